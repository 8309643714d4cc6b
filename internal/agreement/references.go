package agreement

import (
	"fmt"
	"slices"
)

// checkUnique reports rows of one list with the same id, and entries that may
// stand once but stand twice.
func (c *checker) checkUnique() {
	a := c.a
	// A row of the matrix may name a person, a third party or a subcontractor
	// as responsible, so that these share their ids.
	actors := seen{}
	for i, x := range a.People {
		c.once(actors, codeDuplicateID, x.ID, fmt.Sprintf("People[%d].ID", i), "id %q", x.ID)
	}
	for i, x := range a.Parties.ThirdParties {
		c.once(actors, codeDuplicateID, x.ID, fmt.Sprintf("Parties.ThirdParties[%d].ID", i), "id %q", x.ID)
	}
	for i, x := range a.Subcontractors {
		c.once(actors, codeDuplicateID, x.ID, fmt.Sprintf("Subcontractors[%d].ID", i), "id %q", x.ID)
	}
	ids := func(list string, n int, id func(i int) string) {
		s := seen{}
		for i := range n {
			c.once(s, codeDuplicateID, id(i), fmt.Sprintf("%s[%d].ID", list, i), "id %q", id(i))
		}
	}
	ids("CriticalAssets", len(a.CriticalAssets), func(i int) string { return a.CriticalAssets[i].ID })
	ids("Services", len(a.Services), func(i int) string { return a.Services[i].ID })
	ids("Backups", len(a.Backups), func(i int) string { return a.Backups[i].ID })
	ids("Commitments", len(a.Commitments), func(i int) string { return a.Commitments[i].ID })
	ids("RiskAcceptances", len(a.RiskAcceptances), func(i int) string { return a.RiskAcceptances[i].ID })
	ids("ChangeAuthorization.Classes", len(a.ChangeAuthorization.Classes), func(i int) string { return a.ChangeAuthorization.Classes[i].ID })
	ids("Reviews", len(a.Reviews), func(i int) string { return a.Reviews[i].ID })
	ids("RelatedDocuments", len(a.RelatedDocuments), func(i int) string { return a.RelatedDocuments[i].ID })
	ids("ServiceLevels", len(a.ServiceLevels), func(i int) string { return a.ServiceLevels[i].ID })
	ids("KPIs", len(a.KPIs), func(i int) string { return a.KPIs[i].ID })
	ids("Access", len(a.Access), func(i int) string { return a.Access[i].ID })
	ids("Connections", len(a.Connections), func(i int) string { return a.Connections[i].ID })
	ids("Logging", len(a.Logging), func(i int) string { return a.Logging[i].ID })
	ids("MaintenanceWindows", len(a.MaintenanceWindows), func(i int) string { return a.MaintenanceWindows[i].ID })
	ids("DeclinedRecommendations", len(a.DeclinedRecommendations), func(i int) string { return a.DeclinedRecommendations[i].ID })
	ids("OptionsPresented", len(a.OptionsPresented), func(i int) string { return a.OptionsPresented[i].ID })
	ids("Gaps", len(a.Gaps), func(i int) string { return a.Gaps[i].ID })
	ids("Escalations", len(a.Escalations), func(i int) string { return a.Escalations[i].ID })
	ids("Insurance", len(a.Insurance), func(i int) string { return a.Insurance[i].ID })
	ids("Parties.Provider.Assurance", len(a.Parties.Provider.Assurance), func(i int) string { return a.Parties.Provider.Assurance[i].ID })
	ids("Parties.Provider.Tools", len(a.Parties.Provider.Tools), func(i int) string { return a.Parties.Provider.Tools[i].ID })
	ids("Notification.Regulators", len(a.Notification.Regulators), func(i int) string { return a.Notification.Regulators[i].ID })
	if a.Incident != nil {
		ids("Incident.Severities", len(a.Incident.Severities), func(i int) string { return a.Incident.Severities[i].ID })
	}
	if a.Budget != nil {
		ids("Budget.Lines", len(a.Budget.Lines), func(i int) string { return a.Budget.Lines[i].ID })
	}

	contacts := seen{}
	for i, x := range a.Contacts {
		if person, ok := a.Person(x.Person); ok && x.Role != "" {
			c.once(contacts, codeDuplicate, string(person.Party)+" "+x.Role, fmt.Sprintf("Contacts[%d].Role", i), "%q contact of the %s", x.Role, person.Party)
		}
	}
	signatories := seen{}
	for i, x := range a.Signatories {
		c.once(signatories, codeDuplicate, x.Person, fmt.Sprintf("Signatories[%d].Person", i), "signatory %q", x.Person)
	}
	exclusions := seen{}
	for i, x := range a.Baseline.Exclude {
		c.once(exclusions, codeDuplicate, x.Control, fmt.Sprintf("Baseline.Exclude[%d].Control", i), "exclusion of %q", x.Control)
	}
	notices := seen{}
	for i, x := range a.Notices {
		c.once(notices, codeDuplicate, string(x.Party), fmt.Sprintf("Notices[%d].Party", i), "address for notices to the %s", x.Party)
	}
	severities := seen{}
	for i, x := range a.Remediation {
		c.once(severities, codeDuplicate, x.Severity, fmt.Sprintf("Remediation[%d].Severity", i), "severity %q", x.Severity)
	}
	steps := seen{}
	if a.GoverningLaw != nil {
		for i, x := range a.GoverningLaw.DisputeSteps {
			c.once(steps, codeDuplicate, x.Step, fmt.Sprintf("GoverningLaw.DisputeSteps[%d].Step", i), "step %q", x.Step)
		}
	}
	for i, x := range a.OptionsPresented {
		names := seen{}
		for j, option := range x.Options {
			c.once(names, codeDuplicate, option.Name, fmt.Sprintf("OptionsPresented[%d].Options[%d].Name", i, j), "option %q", option.Name)
		}
	}
	versions := seen{}
	for i, x := range a.Amendments {
		c.once(versions, codeDuplicate, x.Version, fmt.Sprintf("Amendments[%d].Version", i), "version %q", x.Version)
	}
	if x := a.Regulatory.PCI; x != nil {
		requirements := seen{}
		for i, y := range x.Matrix {
			c.once(requirements, codeDuplicate, y.Requirement, fmt.Sprintf("Regulatory.PCI.Matrix[%d].Requirement", i), "requirement %q", y.Requirement)
		}
	}
	if x := a.Regulatory.CMMC; x != nil {
		items := seen{}
		for i, y := range x.POAM {
			c.once(items, codeDuplicate, y.Control, fmt.Sprintf("Regulatory.CMMC.POAM[%d].Control", i), "item %q", y.Control)
		}
	}
	if a.Maturity != nil {
		scores := seen{}
		for i, x := range a.Maturity.Scores {
			c.once(scores, codeDuplicate, x.Item, fmt.Sprintf("Maturity.Scores[%d].Item", i), "score of %q", x.Item)
		}
	}
}

// seen remembers the path at which each key stood first.
type seen map[string]string

// once reports a key that was seen before. An empty key is reported elsewhere.
func (c *checker) once(s seen, code, key, path, format string, args ...any) {
	if key == "" {
		return
	}
	first, again := s[key]
	if !again {
		s[key] = path
		return
	}
	hint := "delete one of them"
	if code == codeDuplicateID {
		hint = "give one of them another id"
	}
	c.list.Errorf(code, c.a.Span(path), hint, format+" stands here a second time", args...)
	c.note(first, "first here")
}

// checkReferences reports references to what does not exist, but for persons,
// whom rule R07 looks up.
func (c *checker) checkReferences() {
	a := c.a
	commitments := idsOf(a.Commitments, func(x *Commitment) string { return x.ID })
	acceptances := idsOf(a.RiskAcceptances, func(x *RiskAcceptance) string { return x.ID })
	assets := idsOf(a.CriticalAssets, func(x *Asset) string { return x.ID })
	services := idsOf(a.Services, func(x *Service) string { return x.ID })
	thirdParties := idsOf(a.Parties.ThirdParties, func(x *Third) string { return x.ID })
	documents := idsOf(a.RelatedDocuments, func(x *RelatedDocument) string { return x.ID })
	levels := idsOf(a.ServiceLevels, func(x *ServiceLevel) string { return x.ID })
	subcontractors := idsOf(a.Subcontractors, func(x *Subcontractor) string { return x.ID })
	escalations := idsOf(a.Escalations, func(x *Escalation) string { return x.ID })
	declined := idsOf(a.DeclinedRecommendations, func(x *DeclinedRecommendation) string { return x.ID })
	var severities []string
	if a.Incident != nil {
		severities = idsOf(a.Incident.Severities, func(x *Severity) string { return x.ID })
	}
	var lines []string
	if a.Budget != nil {
		lines = idsOf(a.Budget.Lines, func(x *Line) string { return x.ID })
	}
	var controls []string
	if a.framework != nil {
		controls = a.framework.ItemIDs()
	}
	control := func(id, path string) {
		if a.framework == nil {
			return
		}
		if meant := a.framework.Hint(id); meant != "" && !slices.Contains(controls, id) {
			c.list.Errorf(codeUnknownID, c.a.Span(path), fmt.Sprintf("did you mean %q?", meant), "unknown control %q of %s", id, a.framework.ID)
			return
		}
		c.known(id, controls, path, "control", " of "+a.framework.ID)
	}

	c.known(a.Baseline.Framework, c.frameworks.IDs(), "Baseline.Framework", "framework", "")
	for i, x := range a.Baseline.Exclude {
		control(x.Control, fmt.Sprintf("Baseline.Exclude[%d].Control", i))
	}
	if x := a.Parties.Provider.Baseline; x != nil {
		c.known(x.Framework, c.frameworks.IDs(), "Parties.Provider.Baseline.Framework", "framework", "")
	}
	each := func(named, ids []string, path, what string) {
		for j, id := range named {
			c.known(id, ids, fmt.Sprintf("%s[%d]", path, j), what, "")
		}
	}
	for i, x := range a.CriticalAssets {
		c.known(x.ThirdParty, thirdParties, fmt.Sprintf("CriticalAssets[%d].ThirdParty", i), "third party", "")
	}
	for i, x := range a.Services {
		row := fmt.Sprintf("Services[%d].", i)
		each(x.ServiceLevels, levels, row+"ServiceLevels", "service level")
		each(x.Assets, assets, row+"Assets", "critical asset")
		c.known(x.Declined, declined, row+"Declined", "declined recommendation", "")
	}
	for i, x := range a.ServiceLevels {
		c.known(x.Severity, severities, fmt.Sprintf("ServiceLevels[%d].Severity", i), "severity", "")
	}
	for i, x := range a.Access {
		row := fmt.Sprintf("Access[%d].", i)
		c.known(x.Subcontractor, subcontractors, row+"Subcontractor", "subcontractor", "")
		each(x.Systems, assets, row+"Systems", "critical asset")
		c.known(x.RiskAcceptance, acceptances, row+"RiskAcceptance", "risk acceptance", "")
	}
	if x := a.Credentials; x != nil {
		c.known(x.RiskAcceptance, acceptances, "Credentials.RiskAcceptance", "risk acceptance", "")
	}
	for i, x := range a.DeclinedRecommendations {
		c.known(x.RiskAcceptance, acceptances, fmt.Sprintf("DeclinedRecommendations[%d].RiskAcceptance", i), "risk acceptance", "")
	}
	for i, x := range a.OptionsPresented {
		names := idsOf(x.Options, func(y *Option) string { return y.Name })
		c.known(x.Chosen, names, fmt.Sprintf("OptionsPresented[%d].Chosen", i), "option", "")
	}
	for i, x := range a.Gaps {
		row := fmt.Sprintf("Gaps[%d].", i)
		control(x.Control, row+"Control")
		c.known(x.Commitment, commitments, row+"Commitment", "commitment", "")
		c.known(x.RiskAcceptance, acceptances, row+"RiskAcceptance", "risk acceptance", "")
	}
	c.known(a.ChangeAuthorization.Escalation, escalations, "ChangeAuthorization.Escalation", "escalation", "")
	for i, x := range a.Insurance {
		for j, id := range x.AttestedControls {
			control(id, fmt.Sprintf("Insurance[%d].AttestedControls[%d]", i, j))
		}
	}
	if x := a.Regulatory.HIPAA; x != nil {
		c.known(x.BAA, documents, "Regulatory.HIPAA.BAA", "related document", "")
		each(x.Systems, assets, "Regulatory.HIPAA.Systems", "critical asset")
		c.known(x.Commitment, commitments, "Regulatory.HIPAA.Commitment", "commitment", "")
	}
	if x := a.Regulatory.Privacy; x != nil {
		c.known(x.DPA, documents, "Regulatory.Privacy.DPA", "related document", "")
	}
	if x := a.Regulatory.CMMC; x != nil {
		for i, y := range x.Milestones {
			for j, id := range y.Closes {
				control(id, fmt.Sprintf("Regulatory.CMMC.Milestones[%d].Closes[%d]", i, j))
			}
		}
		for i, y := range x.POAM {
			row := fmt.Sprintf("Regulatory.CMMC.POAM[%d].", i)
			control(y.Control, row+"Control")
			c.known(y.Commitment, commitments, row+"Commitment", "commitment", "")
		}
	}
	for i, x := range a.Backups {
		c.known(x.Asset, assets, fmt.Sprintf("Backups[%d].Asset", i), "critical asset", "")
	}
	for i, x := range a.Responsibilities {
		row := fmt.Sprintf("Responsibilities[%d].", i)
		control(x.Control, row+"Control")
		c.known(x.Service, services, row+"Service", "service", "")
		c.known(x.ThirdParty, thirdParties, row+"ThirdParty", "third party", "")
		c.known(x.RiskAcceptance, acceptances, row+"RiskAcceptance", "risk acceptance", "")
		c.known(x.Commitment, commitments, row+"Commitment", "commitment", "")
	}
	for i, x := range a.Commitments {
		for j, id := range x.Controls {
			control(id, fmt.Sprintf("Commitments[%d].Controls[%d]", i, j))
		}
		for j, id := range x.DependsOn {
			c.known(id, commitments, fmt.Sprintf("Commitments[%d].DependsOn[%d]", i, j), "commitment", "")
		}
		for j, id := range x.BudgetLines {
			c.known(id, lines, fmt.Sprintf("Commitments[%d].BudgetLines[%d]", i, j), "budget line", "")
		}
		each(x.Assets, assets, fmt.Sprintf("Commitments[%d].Assets", i), "critical asset")
		c.known(x.Escalation, escalations, fmt.Sprintf("Commitments[%d].Escalation", i), "escalation", "")
	}
	for i, x := range a.RiskAcceptances {
		row := fmt.Sprintf("RiskAcceptances[%d].", i)
		control(x.Control, row+"Control")
		c.known(x.Asset, assets, row+"Asset", "critical asset", "")
		c.known(x.Commitment, commitments, row+"Commitment", "commitment", "")
		c.known(x.Supersedes, acceptances, row+"Supersedes", "risk acceptance", "")
	}
	if glba := a.Regulatory.GLBA; glba != nil {
		c.known(glba.SecurityPlan, commitments, "Regulatory.GLBA.SecurityPlan", "commitment", "")
	}
	if m := a.Maturity; m != nil {
		c.known(m.Framework, c.frameworks.IDs(), "Maturity.Framework", "framework", "")
		if f, ok := c.frameworks.Find(m.Framework); ok {
			items := f.ScoreIDs()
			for i, x := range m.Scores {
				c.known(x.Item, items, fmt.Sprintf("Maturity.Scores[%d].Item", i), "function or control", " of "+f.ID)
			}
			for i, x := range a.Commitments {
				for j, id := range x.Raises {
					c.known(id, items, fmt.Sprintf("Commitments[%d].Raises[%d]", i, j), "function or control", " of "+f.ID)
				}
			}
		}
	} else {
		for i, x := range a.Commitments {
			if len(x.Raises) > 0 {
				c.list.Errorf(codeUnknownID, c.a.Span(fmt.Sprintf("Commitments[%d].Raises", i)), `add the section "maturity" with its scores, or name in "controls" what is raised`, "%s raises what no maturity assessment is about", named("commitment", x.ID))
			}
		}
	}
}

// known reports an id that is none of ids. An absent id is no reference.
func (c *checker) known(id string, ids []string, path, what, of string) {
	if id != "" && !slices.Contains(ids, id) {
		c.list.Errorf(codeUnknownID, c.a.Span(path), unknownHint(id, ids), "unknown %s %q%s", what, id, of)
	}
}

// unknownHint says what may have been meant by an id that does not exist.
func unknownHint(id string, ids []string) string {
	if near := nearest(id, ids); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	switch {
	case len(ids) == 1:
		return "name " + choice(ids)
	case len(ids) > 1 && len(ids) <= 12:
		return "name one of " + choice(ids)
	default:
		return ""
	}
}

// idsOf are the ids of rows, each once, without the missing ones.
func idsOf[T any](rows []T, id func(*T) string) []string {
	var ids []string
	for i := range rows {
		if id := id(&rows[i]); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
