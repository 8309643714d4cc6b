package agreement

import (
	"errors"
	"fmt"
	"slices"

	"concordat/internal/framework"
)

// cmmcLevel2 is the framework of the requirements of CMMC level 2, those of
// NIST SP 800-171 revision 2.
const cmmcLevel2 = "cmmc-2-l2"

// breachDays is how many days after discovery a business associate has at most
// to tell of a breach (45 CFR 164.410).
const breachDays = 60

func (c *checker) businessAssociate() {
	a := c.a
	x := a.Regulatory.HIPAA
	if x == nil {
		return
	}
	if i, ok := a.RelatedDocumentIndex(x.BAA); ok {
		d := a.RelatedDocuments[i]
		if d.Kind != "baa" && d.Kind != "" {
			c.errorf("Regulatory.HIPAA.BAA", "name the business associate agreement", "%q is no business associate agreement but %q", x.BAA, d.Kind)
			c.note(fmt.Sprintf("RelatedDocuments[%d].Kind", i), "its kind")
		}
		if effective := a.Term.Effective; !effective.IsZero() && d.Date.After(effective) {
			c.errorf("Regulatory.HIPAA.BAA", "sign it before the agreement begins", "the business associate agreement %q is of %s, after the agreement begins on %s", x.BAA, d.Date, effective)
			c.note(fmt.Sprintf("RelatedDocuments[%d].Date", i), "its date")
		}
	}
	if x.BreachNoticeDays > breachDays {
		c.errorf("Regulatory.HIPAA.BreachNoticeDays", "let the provider tell within 60 days", "the provider tells of a breach within %d days; 45 CFR 164.410 allows at most %d", x.BreachNoticeDays, breachDays)
	}
}

// analysisDays is how many days after the first day of the term a commitment
// for a risk analysis may be due.
const analysisDays = 120

func (c *checker) riskAnalysis() {
	a := c.a
	x, effective := a.Regulatory.HIPAA, a.Term.Effective
	if x == nil || effective.IsZero() {
		return
	}
	recent := !x.RiskAnalysis.IsZero() && !x.RiskAnalysis.AddMonths(12).Before(effective)
	if i, ok := a.CommitmentIndex(x.Commitment); ok {
		if due := a.Commitments[i].Due; !recent && !due.IsZero() && effective.DaysUntil(due) > analysisDays {
			c.errorf("Regulatory.HIPAA.Commitment", "let it be due sooner", "the risk analysis is due %d days after the agreement begins; expected at most %d", effective.DaysUntil(due), analysisDays)
			c.note(fmt.Sprintf("Commitments[%d].Due", i), "%q is due on %s", x.Commitment, due)
		}
		return
	}
	if recent || x.Commitment != "" {
		return
	}
	const hint = `name in "risk_analysis_commitment" a commitment due within 120 days`
	if x.RiskAnalysis.IsZero() {
		c.errorf("Regulatory.HIPAA", hint, "no risk analysis was made, and no commitment makes one")
		return
	}
	c.errorf("Regulatory.HIPAA.RiskAnalysis", hint, "the risk analysis of %s is older than 12 months when the agreement begins on %s, and no commitment makes a new one", x.RiskAnalysis, effective)
	c.beginsNote()
}

func (c *checker) pciMatrix() {
	if x := c.a.Regulatory.PCI; x != nil && len(x.Matrix) == 0 {
		c.errorf("Regulatory.PCI", `say in "matrix" who manages which requirement`, "nobody is named who manages a requirement, as PCI DSS 12.8.5 asks")
	}
}

func (c *checker) cmmcBaseline() {
	a := c.a
	x := a.Regulatory.CMMC
	if x == nil || x.Level < 2 {
		return
	}
	if id := a.Baseline.Framework; id != "" && id != cmmcLevel2 && a.framework != nil {
		c.errorf("Baseline.Framework", fmt.Sprintf("set the framework to %q", cmmcLevel2), "CMMC level %d is about all requirements of %q; the baseline is %q", x.Level, cmmcLevel2, id)
		c.note("Regulatory.CMMC.Level", "the level")
	} else if len(a.Baseline.Exclude) > 0 && id == cmmcLevel2 {
		c.errorf("Baseline.Exclude", `delete the exclusions; a requirement that does not apply has a row with the owner "not_applicable"`, "CMMC level %d leaves out no requirement", x.Level)
		c.note("Regulatory.CMMC.Level", "the level")
	}
}

// cmmcOpen are the requirements that the rows of the matrix say are not met,
// those met in part, and the indexes of the rows that do not say. It is false
// when a requirement has no row, or two.
func (a *Agreement) cmmcOpen() (notMet, partly []string, silent []int, ok bool) {
	seen := map[string]bool{}
	for i, x := range a.Responsibilities {
		if _, known := a.framework.Item(x.Control); !known || seen[x.Control] {
			return nil, nil, nil, false
		}
		seen[x.Control] = true
		switch x.Implementation {
		case "met", "not_applicable":
		case "not_met":
			notMet = append(notMet, x.Control)
		case "partial":
			partly = append(partly, x.Control)
		default:
			silent = append(silent, i)
		}
	}
	return notMet, partly, silent, len(seen) == len(a.framework.Items)
}

func (c *checker) cmmcScore() {
	a := c.a
	x := a.Regulatory.CMMC
	if x == nil || x.Level == 0 {
		return
	}
	if x.Level == 1 {
		if x.Score != nil {
			c.errorf("Regulatory.CMMC.Score", "delete it", "a score is given at level 1, where a requirement is met or not met")
		}
		if len(x.Milestones) > 0 {
			c.errorf("Regulatory.CMMC.Milestones", "delete them", "milestones of a score are given at level 1, which has none")
		}
		return
	}
	if x.Score == nil && len(x.Milestones) == 0 || a.framework == nil || a.framework.ID != cmmcLevel2 {
		return
	}
	f := a.framework
	notMet, partly, silent, ok := a.cmmcOpen()
	if !ok {
		return // which row is missing, or too many, is reported by itself
	}
	if len(silent) > 0 {
		c.errorf(fmt.Sprintf("Responsibilities[%d]", silent[0]), `say in "implementation" whether it is met`, "the score cannot be checked: %s of the matrix %s not say whether the requirement is met", count(len(silent), "row", "rows"), plural(len(silent), "does", "do"))
		c.note("Regulatory.CMMC", "the facts for CMMC")
		return
	}
	score, err := f.Score(notMet, partly)
	switch {
	case errors.Is(err, framework.ErrNoScore):
		c.errorf("Regulatory.CMMC.Score", "meet it first, or state no score", "%s: the system security plan (3.12.4) is not met", framework.ErrNoScore)
		if i := slices.IndexFunc(a.Responsibilities, func(y Responsibility) bool { return y.Control == "CA.L2-3.12.4" }); i >= 0 {
			c.note(fmt.Sprintf("Responsibilities[%d]", i), "its row")
		}
		return
	case err != nil:
		panic(fmt.Sprintf("agreement: %v", err)) // cmmcOpen names known items once
	case x.Score != nil && *x.Score != score:
		c.errorf("Regulatory.CMMC.Score", fmt.Sprintf("write %d, or correct the rows", score), "the score is stated as %d, but the rows of the matrix come to %d: %s not met, %d in part", *x.Score, score, count(len(notMet), "is", "are"), len(partly))
		c.note("Responsibilities", "the rows")
	}
	c.milestones(f, notMet, partly)
}

// milestones holds each milestone to the score that its requirements come to.
func (c *checker) milestones(f *framework.Framework, notMet, partly []string) {
	x := c.a.Regulatory.CMMC
	for i, m := range x.Milestones {
		row := fmt.Sprintf("Regulatory.CMMC.Milestones[%d]", i)
		if i > 0 && !m.By.IsZero() && !m.By.After(x.Milestones[i-1].By) {
			c.errorf(row+".By", "write the milestones in order of their dates", "the milestone of %s does not come after the one of %s", m.By, x.Milestones[i-1].By)
			c.note(fmt.Sprintf("Regulatory.CMMC.Milestones[%d].By", i-1), "the one of %s", x.Milestones[i-1].By)
		}
		for j, id := range m.Closes {
			open := slices.Contains(notMet, id) || slices.Contains(partly, id)
			if _, known := f.Item(id); known && !open && !slices.Contains(m.Closes[:j], id) {
				c.errorf(fmt.Sprintf("%s.Closes[%d]", row, j), "delete it, or correct the row of the matrix", "requirement %q is met already", id)
				if k, ok := c.a.ResponsibilityIndex(id); ok {
					c.note(fmt.Sprintf("Responsibilities[%d]", k), "its row")
				}
			}
		}
		without := func(ids []string) []string {
			return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return slices.Contains(m.Closes, id) })
		}
		notMet, partly = without(notMet), without(partly)
		score, err := f.Score(notMet, partly)
		if err != nil {
			panic(fmt.Sprintf("agreement: %v", err)) // a score was given with more of them open
		}
		if m.Score != nil && *m.Score != score {
			c.errorf(row+".Score", fmt.Sprintf("write %d, or correct what it closes", score), "the milestone of %s is stated as %d, but comes to %d", m.By, *m.Score, score)
		}
	}
}

func (c *checker) milestonesAreKept() {
	a := c.a
	x := a.Regulatory.CMMC
	if x == nil || a.framework == nil || a.framework.ID != cmmcLevel2 {
		return
	}
	for i, m := range x.Milestones {
		var nobody, late []string
		for _, id := range m.Closes {
			if _, known := a.framework.Item(id); !known {
				continue
			}
			raised, inTime := false, false
			for _, y := range a.Commitments {
				if slices.Contains(y.Controls, id) {
					raised = true
					inTime = inTime || !y.Due.After(m.By)
				}
			}
			switch {
			case !raised:
				nobody = append(nobody, id)
			case !inTime && !m.By.IsZero():
				late = append(late, id)
			}
		}
		path := fmt.Sprintf("Regulatory.CMMC.Milestones[%d]", i)
		if len(nobody) > 0 {
			c.errorf(path+".Closes", "add each to the controls of a commitment", "the milestone of %s closes %s, which no commitment raises", m.By, conjoin("and", nobody))
		}
		if len(late) > 0 {
			c.warnf(path+".By", "move one of the dates, or make sure that the commitment is so far by then", "the milestone of %s closes %s, but what raises them is due later", m.By, conjoin("and", late))
			if k := slices.IndexFunc(a.Commitments, func(y Commitment) bool { return slices.Contains(y.Controls, late[0]) }); k >= 0 {
				c.note(fmt.Sprintf("Commitments[%d].Due", k), "%q is due on %s", a.Commitments[k].ID, a.Commitments[k].Due)
			}
		}
	}
}

// poamDays is how many days after a conditional status its plan of action may
// last (32 CFR 170.21).
const poamDays = 180

func (c *checker) planOfAction() {
	a := c.a
	x := a.Regulatory.CMMC
	if x == nil {
		return
	}
	if x.Level == 1 && len(x.POAM) > 0 {
		c.errorf("Regulatory.CMMC.POAM", "delete it", "a plan of action is given at level 1, which allows none")
		return
	}
	for i, y := range x.POAM {
		row := fmt.Sprintf("Regulatory.CMMC.POAM[%d].", i)
		if !y.From.IsZero() && !y.CloseBy.IsZero() {
			switch days := y.From.DaysUntil(y.CloseBy); {
			case days < 0:
				c.errorf(row+"CloseBy", "correct one of the dates", "%s is closed by %s, before the status of %s", named("item", y.Control), y.CloseBy, y.From)
			case days > poamDays:
				c.errorf(row+"CloseBy", "close it within 180 days of the conditional status", "%s is closed %d days after the status of %s; expected at most %d", named("item", y.Control), days, y.From, poamDays)
			}
		}
		if a.framework == nil || a.framework.ID != cmmcLevel2 {
			continue
		}
		item, ok := a.framework.Item(y.Control)
		if !ok {
			continue
		}
		k, hasRow := a.ResponsibilityIndex(y.Control)
		partly := hasRow && a.Responsibilities[k].Implementation == "partial"
		if !item.MayWait(partly) {
			c.errorf(row+"Control", "meet it before the assessment", "requirement %q may not wait on a plan of action (32 CFR 170.21)", y.Control)
		}
		if j, ok := a.CommitmentIndex(y.Commitment); ok && a.Commitments[j].Due.After(y.CloseBy) && !y.CloseBy.IsZero() {
			c.errorf(row+"Commitment", "move one of the dates", "%s is closed by %s, before commitment %q is due", named("item", y.Control), y.CloseBy, y.Commitment)
			c.note(fmt.Sprintf("Commitments[%d].Due", j), "%q is due on %s", y.Commitment, a.Commitments[j].Due)
		}
	}
}

func (c *checker) controlledInCloud() {
	a := c.a
	if a.Regulatory.CMMC == nil {
		return
	}
	for i, x := range a.CriticalAssets {
		k, ok := a.ThirdPartyIndex(x.ThirdParty)
		if !ok || x.Kind != "service" || !slices.Contains(x.Classification, "cui") {
			continue
		}
		if third := a.Parties.ThirdParties[k]; third.FedRAMP == "" || third.FedRAMP == "none" || third.FedRAMP == "low" {
			c.errorf(fmt.Sprintf("CriticalAssets[%d].ThirdParty", i), `choose a service with FedRAMP Moderate or the equivalent, and say so in "fedramp"`,
				"%s holds controlled information in the cloud service of %q, which is not stated to have FedRAMP Moderate or the equivalent", named("asset", x.ID), third.ID)
			c.note(fmt.Sprintf("Parties.ThirdParties[%d]", k), "third party %q", third.ID)
		}
	}
}

func (c *checker) statementAge() {
	effective := c.a.Term.Effective
	for _, x := range c.a.Regulatory.statements() {
		if !x.asOf.IsZero() && !effective.IsZero() && x.asOf.AddMonths(12).Before(effective) {
			c.warnf("Regulatory."+x.name+".AsOf", "ask the customer again", "the facts for %q are of %s, older than 12 months when the agreement begins on %s", x.law, x.asOf, effective)
			c.beginsNote()
		}
	}
}

func (c *checker) legalDuty() {
	a := c.a
	cmmc := a.Regulatory.CMMC != nil && a.framework != nil && a.framework.ID == cmmcLevel2
	for i, x := range a.RiskAcceptances {
		if k, ok := a.ResponsibilityIndex(x.Control); ok && cmmc && a.Responsibilities[k].Implementation == "met" {
			c.errorf(fmt.Sprintf("RiskAcceptances[%d].Control", i), `set "implementation: not_met", or end the acceptance`, "requirement %q is stated as met, but %s is about it; in CMMC an acceptance never makes a requirement met", x.Control, named("acceptance", x.ID))
			c.note(fmt.Sprintf("Responsibilities[%d].Implementation", k), "stated as met")
		}
		c.endedDuty(i, cmmc)
		if x.Law == "" {
			continue
		}
		path := fmt.Sprintf("RiskAcceptances[%d].Law", i)
		if x.Counsel == "" {
			c.errorf(path, `name in "counsel" the lawyer who advised`, "%s touches a legal duty (%q) and names no counsel", named("risk", x.ID), x.Law)
		}
		if x.Commitment == "" {
			c.errorf(path, `name in "commitment" what ends the risk`, "%s touches a legal duty (%q) and no commitment ends it", named("risk", x.ID), x.Law)
		}
		if !slices.ContainsFunc(a.Regulatory.statements(), func(s statement) bool { return s.law == x.Law }) {
			c.errorf(path, `add the law to "regulatory", or delete it here`, "%s touches the law %q, which nobody states to apply", named("risk", x.ID), x.Law)
		}
	}
}

// endedDuty finds the legal duties behind acceptance i in the commitment that ends
// it: an acceptance is about all controls of that commitment, unless it names one.
func (c *checker) endedDuty(i int, cmmc bool) {
	a := c.a
	x := a.RiskAcceptances[i]
	k, ok := a.CommitmentIndex(x.Commitment)
	if !ok {
		return
	}
	path := fmt.Sprintf("RiskAcceptances[%d].Commitment", i)
	if controls := a.Commitments[k].Controls; cmmc && !slices.Contains(controls, x.Control) {
		for j, id := range controls {
			if row, ok := a.ResponsibilityIndex(id); ok && a.Responsibilities[row].Implementation == "met" {
				c.errorf(path, `set "implementation: not_met", or name in "control" which requirement of the commitment the risk is about`,
					"requirement %q is stated as met, but commitment %q, which ends %s, is about it; in CMMC an acceptance never makes a requirement met", id, x.Commitment, named("risk", x.ID))
				c.note(fmt.Sprintf("Commitments[%d].Controls[%d]", k, j), "the requirement")
				c.note(fmt.Sprintf("Responsibilities[%d].Implementation", row), "stated as met")
			}
		}
	}
	law, duty := "", ""
	if y := a.Regulatory.GLBA; y != nil && y.SecurityPlan == x.Commitment {
		law, duty = "glba", "Regulatory.GLBA.SecurityPlan"
	}
	if y := a.Regulatory.HIPAA; y != nil && y.Commitment == x.Commitment {
		law, duty = "hipaa", "Regulatory.HIPAA.Commitment"
	}
	if law != "" && x.Law == "" {
		c.errorf(path, fmt.Sprintf("add \"law: %s\" and the counsel who advised", law), "%s ends with commitment %q, by which the customer does what %q asks for, and names no law", named("risk", x.ID), x.Commitment, law)
		c.note(duty, "the duty")
	}
}

// exempt is the number of consumers from which no exemption is possible.
const exempt = 5000

func (c *checker) exemption() {
	glba := c.a.Regulatory.GLBA
	c.fullSafeguards(glba)
	if glba != nil && glba.Exempt != nil && *glba.Exempt && glba.Consumers >= exempt {
		c.errorf("Regulatory.GLBA.Exempt", `set "exempt: false", or correct the number`, "the exemption is claimed with information of %d consumers; expected fewer than %d consumers", glba.Consumers, exempt)
		c.note("Regulatory.GLBA.Consumers", "the number of consumers")
	}
}

// fullSafeguards warns of what the Safeguards Rule asks of a customer without
// the exemption, and the agreement does not hold: tests or constant watch (16
// CFR 314.4(d)(2)) and a written incident plan (314.4(h)).
func (c *checker) fullSafeguards(glba *GLBA) {
	a := c.a
	if glba == nil || glba.Exempt == nil || *glba.Exempt {
		return
	}
	watched := slices.ContainsFunc(a.Services, func(x Service) bool { return x.Bought() && (x.Kind == "mdr" || x.Kind == "siem") })
	tested := slices.ContainsFunc(a.Reviews, func(x Review) bool { return x.Kind == "independent_test" && x.EveryMonths <= 12 })
	if !watched && !tested {
		c.warnf("Regulatory.GLBA.Exempt", `add a review of the kind "independent_test" every 12 months, or purchase a service of the kind "mdr" or "siem"`, "without the exemption 16 CFR 314.4(d)(2) asks for yearly tests or constant watch; neither is agreed")
	}
	if a.Incident == nil || a.Incident.Plan == "" {
		c.warnf("Regulatory.GLBA.Exempt", `name the plan in "plan_ref" of "incident"`, "without the exemption 16 CFR 314.4(h) asks for a written incident plan; none is named")
	}
}
