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
	c.known(a.Baseline.Framework, newIDs(c.frameworks.IDs()), "Baseline.Framework", "framework", "")
	for i, x := range a.Baseline.Exclude {
		c.control(x.Control, fmt.Sprintf("Baseline.Exclude[%d].Control", i))
	}
	if x := a.Parties.Provider.Baseline; x != nil {
		c.known(x.Framework, newIDs(c.frameworks.IDs()), "Parties.Provider.Baseline.Framework", "framework", "")
	}
	for i, x := range a.CriticalAssets {
		c.known(x.ThirdParty, k.thirdParties, fmt.Sprintf("CriticalAssets[%d].ThirdParty", i), "third party", "")
	}
	for i, x := range a.Services {
		row := fmt.Sprintf("Services[%d].", i)
		c.each(x.ServiceLevels, k.levels, row+"ServiceLevels", "service level")
		c.each(x.Assets, k.assets, row+"Assets", "critical asset")
		c.known(x.Declined, k.declined, row+"Declined", "declined recommendation", "")
	}
	for i, x := range a.ServiceLevels {
		c.known(x.Severity, k.severities, fmt.Sprintf("ServiceLevels[%d].Severity", i), "severity", "")
	}
	for i, x := range a.Responsibilities {
		row := fmt.Sprintf("Responsibilities[%d].", i)
		c.control(x.Control, row+"Control")
		c.known(x.Service, k.services, row+"Service", "service", "")
		c.known(x.ThirdParty, k.thirdParties, row+"ThirdParty", "third party", "")
		c.known(x.RiskAcceptance, k.acceptances, row+"RiskAcceptance", "risk acceptance", "")
		c.known(x.Commitment, k.commitments, row+"Commitment", "commitment", "")
	}
}

func (c *checker) accessReferences(k knownIDs) {
	a := c.a
	for i, x := range a.Access {
		row := fmt.Sprintf("Access[%d].", i)
		c.known(x.Subcontractor, k.subcontractors, row+"Subcontractor", "subcontractor", "")
		c.each(x.Systems, k.assets, row+"Systems", "critical asset")
		c.known(x.RiskAcceptance, k.acceptances, row+"RiskAcceptance", "risk acceptance", "")
	}
	if x := a.Credentials; x != nil {
		c.known(x.RiskAcceptance, k.acceptances, "Credentials.RiskAcceptance", "risk acceptance", "")
	}
	for i, x := range a.Backups {
		c.known(x.Asset, k.assets, fmt.Sprintf("Backups[%d].Asset", i), "critical asset", "")
	}
}

func (c *checker) planReferences(k knownIDs) {
	a := c.a
	for i, x := range a.Commitments {
		row := fmt.Sprintf("Commitments[%d].", i)
		for j, id := range x.Controls {
			c.control(id, fmt.Sprintf("%sControls[%d]", row, j))
		}
		c.each(x.DependsOn, k.commitments, row+"DependsOn", "commitment")
		c.each(x.BudgetLines, k.lines, row+"BudgetLines", "budget line")
		c.each(x.Assets, k.assets, row+"Assets", "critical asset")
		c.known(x.Escalation, k.escalations, row+"Escalation", "escalation", "")
	}
	c.known(a.ChangeAuthorization.Escalation, k.escalations, "ChangeAuthorization.Escalation", "escalation", "")
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
	c.known(m.Framework, newIDs(c.frameworks.IDs()), "Maturity.Framework", "framework", "")
	f, ok := c.frameworks.Find(m.Framework)
	if !ok {
		return
	}
	items := newIDs(f.ScoreIDs())
	for i, x := range m.Scores {
		c.known(x.Item, items, fmt.Sprintf("Maturity.Scores[%d].Item", i), "function or control", " of "+f.ID)
	}
	for i, x := range a.Commitments {
		for j, id := range x.Raises {
			c.known(id, items, fmt.Sprintf("Commitments[%d].Raises[%d]", i, j), "function or control", " of "+f.ID)
		}
	}
}

func (c *checker) decisionReferences(k knownIDs) {
	a := c.a
	for i, x := range a.RiskAcceptances {
		row := fmt.Sprintf("RiskAcceptances[%d].", i)
		c.control(x.Control, row+"Control")
		c.known(x.Asset, k.assets, row+"Asset", "critical asset", "")
		c.known(x.Commitment, k.commitments, row+"Commitment", "commitment", "")
		c.known(x.Supersedes, k.acceptances, row+"Supersedes", "risk acceptance", "")
	}
	for i, x := range a.DeclinedRecommendations {
		c.known(x.RiskAcceptance, k.acceptances, fmt.Sprintf("DeclinedRecommendations[%d].RiskAcceptance", i), "risk acceptance", "")
	}
	for i, x := range a.OptionsPresented {
		names := idsOf(x.Options, func(y *Option) string { return y.Name })
		c.known(x.Chosen, names, fmt.Sprintf("OptionsPresented[%d].Chosen", i), "option", "")
	}
	for i, x := range a.Gaps {
		row := fmt.Sprintf("Gaps[%d].", i)
		c.control(x.Control, row+"Control")
		c.known(x.Commitment, k.commitments, row+"Commitment", "commitment", "")
		c.known(x.RiskAcceptance, k.acceptances, row+"RiskAcceptance", "risk acceptance", "")
	}
	for i, x := range a.Insurance {
		for j, id := range x.AttestedControls {
			c.control(id, fmt.Sprintf("Insurance[%d].AttestedControls[%d]", i, j))
		}
	}
}

func (c *checker) regulatoryReferences(k knownIDs) {
	r := c.a.Regulatory
	if x := r.HIPAA; x != nil {
		c.known(x.BAA, k.documents, "Regulatory.HIPAA.BAA", "related document", "")
		c.each(x.Systems, k.assets, "Regulatory.HIPAA.Systems", "critical asset")
		c.known(x.Commitment, k.commitments, "Regulatory.HIPAA.Commitment", "commitment", "")
	}
	if x := r.CMMC; x != nil {
		for i, y := range x.Milestones {
			for j, id := range y.Closes {
				c.control(id, fmt.Sprintf("Regulatory.CMMC.Milestones[%d].Closes[%d]", i, j))
			}
		}
		for i, y := range x.POAM {
			row := fmt.Sprintf("Regulatory.CMMC.POAM[%d].", i)
			c.control(y.Control, row+"Control")
			c.known(y.Commitment, k.commitments, row+"Commitment", "commitment", "")
		}
	}
	if x := r.GLBA; x != nil {
		c.known(x.SecurityPlan, k.commitments, "Regulatory.GLBA.SecurityPlan", "commitment", "")
	}
	if x := r.Privacy; x != nil {
		c.known(x.DPA, k.documents, "Regulatory.Privacy.DPA", "related document", "")
	}
}

// control reports a control that the baseline's framework has not.
func (c *checker) control(id, path string) {
	f := c.a.framework
	if f == nil {
		return
	}
	if _, ok := f.Item(id); ok || id == "" {
		return
	}
	if meant := f.Hint(id); meant != "" {
		c.report(codeUnknownID, path, fmt.Sprintf("did you mean %q?", meant), "unknown control %q of %s", id, f.ID)
		return
	}
	c.known(id, newIDs(f.ItemIDs()), path, "control", " of "+f.ID)
}

// each reports the ids of a list that are none of known.
func (c *checker) each(named []string, known ids, path, what string) {
	for j, id := range named {
		if !known.has(id) {
			c.known(id, known, fmt.Sprintf("%s[%d]", path, j), what, "")
		}
	}
}

// known reports an id that is none of known. An absent id is no reference.
func (c *checker) known(id string, known ids, path, what, of string) {
	if !known.has(id) {
		c.report(codeUnknownID, path, c.unknownHint(id, known.list), "unknown %s %q%s", what, id, of)
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
