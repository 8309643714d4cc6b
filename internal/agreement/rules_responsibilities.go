package agreement

import (
	"fmt"
	"slices"
	"strings"
)

// gapDays is how many days after the first day of the term a commitment may
// be due that closes a gap without a risk acceptance.
const gapDays = 180

func (c *checker) matrixIsComplete() {
	a := c.a
	if a.framework == nil {
		return
	}
	rows := map[string]int{}
	for i, x := range a.Responsibilities {
		path := func() string { return fmt.Sprintf("Responsibilities[%d].Control", i) }
		if first, twice := rows[x.Control]; twice && x.Control != "" {
			c.errorf(path(), "delete one of the rows", "%s has a second row", named("control", x.Control))
			c.note(fmt.Sprintf("Responsibilities[%d].Control", first), "first row here")
			continue
		}
		rows[x.Control] = i
		if j, excluded := a.exclusion(x.Control); excluded {
			c.errorf(path(), "delete the row or the exclusion", "%s has a row but is not in the baseline", named("control", x.Control))
			c.note(fmt.Sprintf("Baseline.Exclude[%d].Control", j), "excluded here")
		}
	}
	if len(a.Responsibilities) == 0 || c.unknownControl() {
		return
	}
	var absent []string
	for _, item := range a.BaselineItems() {
		if _, ok := rows[item.ID]; !ok {
			absent = append(absent, item.ID)
		}
	}
	if len(absent) > 0 {
		c.errorf("Responsibilities", `add a row for each, with the owner "unassigned" where nobody does it`,
			"no row for %s of %s: %s", count(len(absent), "control", "controls"), a.framework.ID, conjoin("and", absent))
		c.note("Baseline.Framework", "the baseline")
	}
}

// unknownControl reports whether a row or an exclusion names a control that
// the framework has not: it was meant to be one of those without a row.
func (c *checker) unknownControl() bool {
	a := c.a
	for _, x := range a.Responsibilities {
		if _, ok := a.framework.Item(x.Control); !ok {
			return true
		}
	}
	for _, x := range a.Baseline.Exclude {
		if _, ok := a.framework.Item(x.Control); !ok {
			return true
		}
	}
	return false
}

// governFunction is the function of the baseline's framework whose controls
// decide about risk and policy. Not every framework has one.
func (a *Agreement) governFunction() (id string, ok bool) {
	if a.framework == nil {
		return "", false
	}
	for _, f := range a.framework.Functions {
		if f.Title == "Govern" {
			return f.ID, true
		}
	}
	return "", false
}

func (c *checker) customerDecides() {
	a := c.a
	govern, ok := a.governFunction()
	if !ok {
		return
	}
	for i, x := range a.Responsibilities {
		item, known := a.framework.Item(x.Control)
		k, ok := a.PersonIndex(x.Accountable)
		if !known || !ok || item.Function != govern || a.People[k].Party != Provider {
			continue
		}
		c.errorf(fmt.Sprintf("Responsibilities[%d].Accountable", i), `name a person of the customer; people of the provider may do the work as "responsible"`,
			"%s decides about risk and policy, but %q of the provider is accountable for it", named("control", x.Control), x.Accountable)
		c.note(fmt.Sprintf("People[%d].Party", k), "%q belongs to the provider", x.Accountable)
	}
}

func (c *checker) accountability() {
	for i, x := range c.a.Responsibilities {
		row := func() string { return fmt.Sprintf("Responsibilities[%d]", i) }
		switch x.Owner {
		case Provider, Customer, Shared, ThirdParty:
			if x.Accountable == "" {
				c.errorf(row(), `add "accountable" with the id of one person`, "%s: nobody is accountable", named("control", x.Control))
			}
			if len(x.Responsible) == 0 {
				c.errorf(row(), `add "responsible" with the ids of those who do the work`, "%s: nobody is responsible for the work", named("control", x.Control))
			}
			c.doneByOwner(i, x)
		case Unassigned, NotApplicable:
			if x.Accountable != "" {
				c.errorf(row()+".Accountable", "delete it or change the owner", "%s is %q but names an accountable person", named("control", x.Control), x.Owner)
			}
			if len(x.Responsible) > 0 {
				c.errorf(row()+".Responsible", "delete it or change the owner", "%s is %q but names those who do the work", named("control", x.Control), x.Owner)
			}
		default: // absent or misspelt, which is reported by itself
		}
	}
}

// doneByOwner warns of a row that one party owns while only people of the
// other do the work.
func (c *checker) doneByOwner(i int, x Responsibility) {
	if x.Owner != Provider && x.Owner != Customer {
		return
	}
	for _, id := range x.Responsible {
		if person, ok := c.a.Person(id); !ok || person.Party != Provider && person.Party != Customer || person.Party == x.Owner {
			return
		}
	}
	if len(x.Responsible) > 0 {
		c.warnf(fmt.Sprintf("Responsibilities[%d].Responsible", i), "name somebody of the owner, or change the owner", "%s is owned by the %s but nobody of the %s does the work", named("control", x.Control), x.Owner, x.Owner)
	}
}

func (c *checker) split() {
	for i, x := range c.a.Responsibilities {
		switch x.Owner {
		case Shared:
			var parties []Party
			for _, d := range x.Split {
				if d.Party != "" && !slices.Contains(parties, d.Party) {
					parties = append(parties, d.Party)
				}
			}
			if len(parties) < 2 {
				c.errorf(fmt.Sprintf("Responsibilities[%d].Split", i), `write in "split" one duty for each party at least`, "%s is shared; expected duties of two parties, found %s", named("control", x.Control), count(len(parties), "party", "parties"))
			}
		case Provider, Customer, ThirdParty, Unassigned, NotApplicable:
			if len(x.Split) > 0 {
				c.errorf(fmt.Sprintf("Responsibilities[%d].Split", i), `delete the split or change the owner to "shared"`, "%s is split between parties but its owner is %q", named("control", x.Control), x.Owner)
			}
		default: // absent or misspelt, which is reported by itself
		}
	}
}

func (c *checker) providerNeedsService() {
	for i, x := range c.a.Responsibilities {
		if x.Owner == Provider && x.Service == "" {
			c.errorf(fmt.Sprintf("Responsibilities[%d].Owner", i), `name in "service" the purchased service by which the provider does it`, "%s is the provider's but no service covers it", named("control", x.Control))
		}
	}
}

func (c *checker) serviceIsBought() {
	a := c.a
	for i, x := range a.Responsibilities {
		j, ok := a.ServiceIndex(x.Service)
		if !ok || a.Services[j].Purchased == nil || a.Services[j].Bought() {
			continue
		}
		c.errorf(fmt.Sprintf("Responsibilities[%d].Service", i), "purchase the service or give the control to another owner",
			"nobody does %s: service %q is not purchased", named("control", x.Control), x.Service)
		c.note(fmt.Sprintf("Services[%d].Purchased", j), "not purchased")
	}
}

func (c *checker) unassigned() {
	a := c.a
	effective := a.Term.Effective
	for i, x := range a.Responsibilities {
		c.gapLinks(i, x)
		if x.Owner != Unassigned || effective.IsZero() {
			continue
		}
		row := fmt.Sprintf("Responsibilities[%d]", i)
		const hint = `name in "risk_acceptance" an acceptance that is active when the agreement begins, or in "commitment" one due within 180 days`
		if x.RiskAcceptance == "" && x.Commitment == "" {
			c.errorf(row+".Owner", hint, "%s is unassigned without a risk acceptance or a commitment", named("control", x.Control))
			continue
		}
		ra, hasAcceptance := a.RiskAcceptanceIndex(x.RiskAcceptance)
		cm, hasCommitment := a.CommitmentIndex(x.Commitment)
		if x.RiskAcceptance != "" && !hasAcceptance || x.Commitment != "" && !hasCommitment {
			continue // reported as an unknown id
		}
		if hasAcceptance {
			r := a.RiskAcceptances[ra]
			if r.Date.IsZero() || r.Expires.IsZero() || !r.Date.After(effective) && !r.Expires.Before(effective) {
				continue
			}
		}
		if hasCommitment {
			if due := a.Commitments[cm].Due; due.IsZero() || effective.DaysUntil(due) <= gapDays {
				continue
			}
		}
		c.errorf(row+".Owner", hint, "%s is unassigned and its gap is not covered when the agreement begins on %s", named("control", x.Control), effective)
		if hasAcceptance {
			r := a.RiskAcceptances[ra]
			c.note(fmt.Sprintf("RiskAcceptances[%d]", ra), "%q is active from %s to %s", r.ID, r.Date, r.Expires)
		}
		if hasCommitment {
			m := a.Commitments[cm]
			c.note(fmt.Sprintf("Commitments[%d].Due", cm), "%q is due %d days after that", m.ID, effective.DaysUntil(m.Due))
		}
	}
}

// gapLinks reports a row that points to an acceptance or a commitment about
// other controls.
func (c *checker) gapLinks(i int, x Responsibility) {
	a := c.a
	if x.Control == "" {
		return
	}
	if j, ok := a.RiskAcceptanceIndex(x.RiskAcceptance); ok {
		if about := a.RiskAcceptances[j].Control; about != "" && about != x.Control {
			c.errorf(fmt.Sprintf("Responsibilities[%d].RiskAcceptance", i), "name the acceptance of this control's risk",
				"control %q names the acceptance %q, which is about control %q", x.Control, x.RiskAcceptance, about)
			c.note(fmt.Sprintf("RiskAcceptances[%d].Control", j), "%q is about %q", x.RiskAcceptance, about)
		}
	}
	if j, ok := a.CommitmentIndex(x.Commitment); ok {
		if controls := a.Commitments[j].Controls; len(controls) > 0 && !slices.Contains(controls, x.Control) {
			report := c.warnf
			if x.Owner == Unassigned {
				report = c.errorf // the commitment was to close the gap
			}
			report(fmt.Sprintf("Responsibilities[%d].Commitment", i), "add the control to the commitment, or name another commitment",
				"control %q names the commitment %q, which raises %s", x.Control, x.Commitment, conjoin("and", controls))
			c.note(fmt.Sprintf("Commitments[%d].Controls", j), "the controls of %q", x.Commitment)
		}
	}
}

func (c *checker) thirdParty() {
	a := c.a
	for i, x := range a.Responsibilities {
		if x.Owner != ThirdParty && !slices.ContainsFunc(x.Split, func(d Duty) bool { return d.Party == ThirdParty }) {
			continue
		}
		if x.ThirdParty == "" {
			does := "is done by a third party"
			if x.Owner != ThirdParty {
				does = "gives a duty to a third party"
			}
			c.errorf(fmt.Sprintf("Responsibilities[%d].Owner", i), `name it in "third_party"`, "%s %s but none is named", named("control", x.Control), does)
			continue
		}
		j, ok := a.ThirdPartyIndex(x.ThirdParty)
		if ok && a.Parties.ThirdParties[j].Contract == "" {
			c.errorf(fmt.Sprintf("Responsibilities[%d].ThirdParty", i), `name the contract in "contract_ref" of the third party`, "%s is done by %q, whose contract is not named", named("control", x.Control), x.ThirdParty)
			c.note(fmt.Sprintf("Parties.ThirdParties[%d]", j), "third party %q", x.ThirdParty)
		}
	}
}

func (c *checker) notApplicable() {
	n := 0
	for i, x := range c.a.Responsibilities {
		if x.Owner != NotApplicable {
			continue
		}
		n++
		if x.Reason == "" {
			c.errorf(fmt.Sprintf("Responsibilities[%d].Owner", i), `say why in "reason"`, "%s is not applicable without a reason", named("control", x.Control))
		}
	}
	if all := len(c.a.BaselineItems()); all > 0 && n*5 > all {
		c.warnf("Responsibilities", "check whether the baseline fits the customer", "%d of %d controls are not applicable, more than 20 percent", n, all)
	}
}

func (c *checker) everybodyHasAPart() {
	rows := c.a.Responsibilities
	provider, customer := 0, 0
	for _, x := range rows {
		switch x.Owner {
		case Provider:
			provider++
		case Customer, Shared:
			customer++
		case ThirdParty, Unassigned, NotApplicable:
		default: // absent or misspelt, which is reported by itself
			return
		}
	}
	switch {
	case len(rows) == 0:
	case provider == len(rows):
		c.warnf("Responsibilities", "check whether the provider can do what only the customer can decide", "the provider owns every control")
	case customer == 0:
		c.warnf("Responsibilities", "check what only the customer can decide or do", "the customer has no part in any control")
	}
}

// vagueWords is the number of words below which a text names no duty that can
// be kept: a verb, its object and how often.
const vagueWords = 3

func (c *checker) vagueDuties() {
	vague := func(text, control, path string, args ...any) {
		if n := countWords(text, vagueWords); n > 0 && n < vagueWords {
			c.warnf(fmt.Sprintf(path, args...), `say what is done, to what, and how often, such as "review administrators each quarter"`, "%s: %q names no duty that can be kept", named("control", control), text)
		}
	}
	for i, x := range c.a.Responsibilities {
		vague(x.Task, x.Control, "Responsibilities[%d].Task", i)
		for j, d := range x.Split {
			vague(d.Duty, x.Control, "Responsibilities[%d].Split[%d].Duty", i, j)
		}
	}
}

// countWords counts the words of a text, up to enough of them.
func countWords(text string, enough int) int {
	n := 0
	for range strings.FieldsSeq(text) {
		if n++; n >= enough {
			break
		}
	}
	return n
}

func (c *checker) programOwner() {
	a := c.a
	tier := a.Parties.Provider.Capability.Tier
	govern, ok := a.governFunction()
	if !ok || tier != "minimal" && tier != "some" {
		return
	}
	for i, x := range a.Responsibilities {
		item, ok := a.framework.Item(x.Control)
		if !ok || x.Owner != Provider && x.Owner != Unassigned {
			continue
		}
		if _, adviser := a.ThirdPartyIndex(x.ThirdParty); adviser || item.Function != govern {
			continue
		}
		c.warnf(fmt.Sprintf("Responsibilities[%d].Owner", i), `give it to the customer, or name in "third_party" who advises on security programs`, "%s belongs to a security program, which a provider of the tier %q does not run; its owner is %q", named("control", x.Control), tier, x.Owner)
		c.note("Parties.Provider.Capability.Tier", "the tier")
	}
}
