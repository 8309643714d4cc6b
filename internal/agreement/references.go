package agreement

import (
	"fmt"
	"slices"
)

// checkReferences reports references to what does not exist, but for persons,
// whom rule R07 looks up.
func (c *checker) checkReferences() {
	k := c.a.knownIDs()
	c.scopeReferences(k)
	c.accessReferences(k)
	c.planReferences(k)
	c.decisionReferences(k)
	c.regulatoryReferences(k)
}

// knownIDs are the ids that a reference can name, by what they are ids of.
type knownIDs struct {
	acceptances, assets, commitments, declined, documents, escalations, levels,
	lines, services, severities, subcontractors, thirdParties ids
}

func (a *Agreement) knownIDs() knownIDs {
	k := knownIDs{
		acceptances:    idsOf(a.RiskAcceptances, func(x *RiskAcceptance) string { return x.ID }),
		assets:         idsOf(a.CriticalAssets, func(x *Asset) string { return x.ID }),
		commitments:    idsOf(a.Commitments, func(x *Commitment) string { return x.ID }),
		declined:       idsOf(a.DeclinedRecommendations, func(x *DeclinedRecommendation) string { return x.ID }),
		documents:      idsOf(a.RelatedDocuments, func(x *RelatedDocument) string { return x.ID }),
		escalations:    idsOf(a.Escalations, func(x *Escalation) string { return x.ID }),
		levels:         idsOf(a.ServiceLevels, func(x *ServiceLevel) string { return x.ID }),
		services:       idsOf(a.Services, func(x *Service) string { return x.ID }),
		subcontractors: idsOf(a.Subcontractors, func(x *Subcontractor) string { return x.ID }),
		thirdParties:   idsOf(a.Parties.ThirdParties, func(x *Third) string { return x.ID }),
	}
	if a.Budget != nil {
		k.lines = idsOf(a.Budget.Lines, func(x *Line) string { return x.ID })
	}
	if a.Incident != nil {
		k.severities = idsOf(a.Incident.Severities, func(x *Severity) string { return x.ID })
	}
	return k
}

func (c *checker) scopeReferences(k knownIDs) {
	a := c.a
	c.known(a.Baseline.Framework, newIDs(c.frameworks.IDs()), "framework", "", "Baseline.Framework")
	for i, x := range a.Baseline.Exclude {
		c.control(x.Control, "Baseline.Exclude[%d].Control", i)
	}
	if x := a.Parties.Provider.Baseline; x != nil {
		c.known(x.Framework, newIDs(c.frameworks.IDs()), "framework", "", "Parties.Provider.Baseline.Framework")
	}
	for i, x := range a.CriticalAssets {
		c.known(x.ThirdParty, k.thirdParties, "third party", "", "CriticalAssets[%d].ThirdParty", i)
	}
	for i, x := range a.Services {
		c.each(x.ServiceLevels, k.levels, "service level", "Services[%d].ServiceLevels", i)
		c.each(x.Assets, k.assets, "critical asset", "Services[%d].Assets", i)
		c.known(x.Declined, k.declined, "declined recommendation", "", "Services[%d].Declined", i)
	}
	for i, x := range a.ServiceLevels {
		c.known(x.Severity, k.severities, "severity", "", "ServiceLevels[%d].Severity", i)
	}
	for i, x := range a.Responsibilities {
		c.control(x.Control, "Responsibilities[%d].Control", i)
		c.known(x.Service, k.services, "service", "", "Responsibilities[%d].Service", i)
		c.known(x.ThirdParty, k.thirdParties, "third party", "", "Responsibilities[%d].ThirdParty", i)
		c.known(x.RiskAcceptance, k.acceptances, "risk acceptance", "", "Responsibilities[%d].RiskAcceptance", i)
		c.known(x.Commitment, k.commitments, "commitment", "", "Responsibilities[%d].Commitment", i)
	}
}

func (c *checker) accessReferences(k knownIDs) {
	a := c.a
	for i, x := range a.Access {
		c.known(x.Subcontractor, k.subcontractors, "subcontractor", "", "Access[%d].Subcontractor", i)
		c.each(x.Systems, k.assets, "critical asset", "Access[%d].Systems", i)
		c.known(x.RiskAcceptance, k.acceptances, "risk acceptance", "", "Access[%d].RiskAcceptance", i)
	}
	if x := a.Credentials; x != nil {
		c.known(x.RiskAcceptance, k.acceptances, "risk acceptance", "", "Credentials.RiskAcceptance")
	}
	for i, x := range a.Backups {
		c.known(x.Asset, k.assets, "critical asset", "", "Backups[%d].Asset", i)
	}
}

func (c *checker) planReferences(k knownIDs) {
	a := c.a
	for i, x := range a.Commitments {
		for j, id := range x.Controls {
			c.control(id, "Commitments[%d].Controls[%d]", i, j)
		}
		c.each(x.DependsOn, k.commitments, "commitment", "Commitments[%d].DependsOn", i)
		c.each(x.BudgetLines, k.lines, "budget line", "Commitments[%d].BudgetLines", i)
		c.each(x.Assets, k.assets, "critical asset", "Commitments[%d].Assets", i)
		c.known(x.Escalation, k.escalations, "escalation", "", "Commitments[%d].Escalation", i)
	}
	c.known(a.ChangeAuthorization.Escalation, k.escalations, "escalation", "", "ChangeAuthorization.Escalation")
	c.maturityReferences()
}

func (c *checker) maturityReferences() {
	a := c.a
	m := a.Maturity
	if m == nil {
		for i, x := range a.Commitments {
			if len(x.Raises) > 0 {
				c.report(codeUnknownID, fmt.Sprintf("Commitments[%d].Raises", i), `add the section "maturity" with its scores, or name in "controls" what is raised`, "%s raises what no maturity assessment is about", named("commitment", x.ID))
			}
		}
		return
	}
	c.known(m.Framework, newIDs(c.frameworks.IDs()), "framework", "", "Maturity.Framework")
	f, ok := c.frameworks.Find(m.Framework)
	if !ok {
		return
	}
	items := newIDs(f.ScoreIDs())
	for i, x := range m.Scores {
		c.known(x.Item, items, "function or control", " of "+f.ID, "Maturity.Scores[%d].Item", i)
	}
	for i, x := range a.Commitments {
		for j, id := range x.Raises {
			c.known(id, items, "function or control", " of "+f.ID, "Commitments[%d].Raises[%d]", i, j)
		}
	}
}

func (c *checker) decisionReferences(k knownIDs) {
	a := c.a
	for i, x := range a.RiskAcceptances {
		c.control(x.Control, "RiskAcceptances[%d].Control", i)
		c.known(x.Asset, k.assets, "critical asset", "", "RiskAcceptances[%d].Asset", i)
		c.known(x.Commitment, k.commitments, "commitment", "", "RiskAcceptances[%d].Commitment", i)
		c.known(x.Supersedes, k.acceptances, "risk acceptance", "", "RiskAcceptances[%d].Supersedes", i)
	}
	for i, x := range a.DeclinedRecommendations {
		c.known(x.RiskAcceptance, k.acceptances, "risk acceptance", "", "DeclinedRecommendations[%d].RiskAcceptance", i)
	}
	for i, x := range a.OptionsPresented {
		names := idsOf(x.Options, func(y *Option) string { return y.Name })
		c.known(x.Chosen, names, "option", "", "OptionsPresented[%d].Chosen", i)
	}
	for i, x := range a.Gaps {
		c.control(x.Control, "Gaps[%d].Control", i)
		c.known(x.Commitment, k.commitments, "commitment", "", "Gaps[%d].Commitment", i)
		c.known(x.RiskAcceptance, k.acceptances, "risk acceptance", "", "Gaps[%d].RiskAcceptance", i)
	}
	for i, x := range a.Insurance {
		for j, id := range x.AttestedControls {
			c.control(id, "Insurance[%d].AttestedControls[%d]", i, j)
		}
	}
}

func (c *checker) regulatoryReferences(k knownIDs) {
	r := c.a.Regulatory
	if x := r.HIPAA; x != nil {
		c.known(x.BAA, k.documents, "related document", "", "Regulatory.HIPAA.BAA")
		c.each(x.Systems, k.assets, "critical asset", "Regulatory.HIPAA.Systems")
		c.known(x.Commitment, k.commitments, "commitment", "", "Regulatory.HIPAA.Commitment")
	}
	if x := r.CMMC; x != nil {
		for i, y := range x.Milestones {
			for j, id := range y.Closes {
				c.control(id, "Regulatory.CMMC.Milestones[%d].Closes[%d]", i, j)
			}
		}
		for i, y := range x.POAM {
			c.control(y.Control, "Regulatory.CMMC.POAM[%d].Control", i)
			c.known(y.Commitment, k.commitments, "commitment", "", "Regulatory.CMMC.POAM[%d].Commitment", i)
		}
	}
	if x := r.GLBA; x != nil {
		c.known(x.SecurityPlan, k.commitments, "commitment", "", "Regulatory.GLBA.SecurityPlan")
	}
	if x := r.Privacy; x != nil {
		c.known(x.DPA, k.documents, "related document", "", "Regulatory.Privacy.DPA")
	}
}

// control reports a control that the baseline's framework has not, at a path
// that is written only then.
func (c *checker) control(id, path string, args ...any) {
	f := c.a.framework
	if f == nil {
		return
	}
	if _, ok := f.Item(id); ok || id == "" {
		return
	}
	if meant := f.Hint(id); meant != "" {
		c.report(codeUnknownID, fmt.Sprintf(path, args...), fmt.Sprintf("did you mean %q?", meant), "unknown control %q of %s", id, f.ID)
		return
	}
	c.known(id, newIDs(f.ItemIDs()), "control", " of "+f.ID, path, args...)
}

// each reports the ids of a list that are none of known.
func (c *checker) each(named []string, known ids, what, path string, args ...any) {
	for j, id := range named {
		if !known.has(id) {
			c.known(id, known, what, "", "%s[%d]", fmt.Sprintf(path, args...), j)
		}
	}
}

// known reports an id that is none of known, at a path that is written only
// then. An absent id is no reference.
func (c *checker) known(id string, known ids, what, of, path string, args ...any) {
	if !known.has(id) {
		c.report(codeUnknownID, fmt.Sprintf(path, args...), c.unknownHint(id, known.list), "unknown %s %q%s", what, id, of)
	}
}

// maxCompared is how many words are compared for hints: enough for the slips
// of a person, and soon over in a file that is made to take long.
const maxCompared = 50_000

// unknownHint says what may have been meant by an id that does not exist.
func (c *checker) unknownHint(id string, ids []string) string {
	if c.full() {
		return ""
	}
	if c.compared += len(ids); c.compared > maxCompared {
		return ""
	}
	if near := nearest(id, ids); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	switch {
	case len(ids) == 0:
		return "there is none: add it, or delete the reference"
	case len(ids) == 1:
		return "name " + choice(ids)
	case len(ids) > 1 && len(ids) <= 12:
		return "name one of " + choice(ids)
	default:
		return "name one that exists, or add it"
	}
}

// ids are the ids that a reference can name.
type ids struct {
	list []string
	set  map[string]bool // of a long list
}

func newIDs(list []string) ids {
	known := ids{list: list}
	if len(list) > 20 {
		known.set = make(map[string]bool, len(list))
		for _, id := range list {
			known.set[id] = true
		}
	}
	return known
}

// has reports whether id can be named, or names nothing.
func (known ids) has(id string) bool {
	if id == "" {
		return true
	}
	if known.set != nil {
		return known.set[id]
	}
	return slices.Contains(known.list, id)
}

// idsOf are the ids of rows, each once, without the missing ones.
func idsOf[T any](rows []T, id func(*T) string) ids {
	var list []string
	once := make(map[string]bool, len(rows))
	for i := range rows {
		if id := id(&rows[i]); id != "" && !once[id] {
			once[id] = true
			list = append(list, id)
		}
	}
	return ids{list, once}
}
