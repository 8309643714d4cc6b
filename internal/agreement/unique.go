package agreement

import (
	"fmt"
	"strings"
)

// checkUnique reports rows of one list with the same id, and entries that may
// stand once but stand twice.
func (c *checker) checkUnique() {
	a := c.a
	// A row of the matrix may name a person, a third party or a subcontractor
	// as responsible, so that these share their ids.
	actors := seen{}
	for i, x := range a.People {
		c.once(actors, codeDuplicateID, x.ID, rowPath{"People[%d].ID", i, -1}, "id %q", x.ID)
	}
	for i, x := range a.Parties.ThirdParties {
		c.once(actors, codeDuplicateID, x.ID, rowPath{"Parties.ThirdParties[%d].ID", i, -1}, "id %q", x.ID)
	}
	for i, x := range a.Subcontractors {
		c.once(actors, codeDuplicateID, x.ID, rowPath{"Subcontractors[%d].ID", i, -1}, "id %q", x.ID)
	}
	ids := func(list string, n int, id func(i int) string) {
		s, path := make(seen, n), list+"[%d].ID"
		for i := range n {
			c.once(s, codeDuplicateID, id(i), rowPath{path, i, -1}, "id %q", id(i))
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
			c.once(contacts, codeDuplicate, string(person.Party)+" "+x.Role, rowPath{"Contacts[%d].Role", i, -1}, "%q contact of the %s", x.Role, person.Party)
		}
	}
	signatories := seen{}
	for i, x := range a.Signatories {
		c.once(signatories, codeDuplicate, x.Person, rowPath{"Signatories[%d].Person", i, -1}, "signatory %q", x.Person)
	}
	exclusions := seen{}
	for i, x := range a.Baseline.Exclude {
		c.once(exclusions, codeDuplicate, x.Control, rowPath{"Baseline.Exclude[%d].Control", i, -1}, "exclusion of %q", x.Control)
	}
	excluded := seen{}
	for i, x := range a.Clauses.Exclude {
		c.once(excluded, codeDuplicate, x.ID, rowPath{"Clauses.Exclude[%d].ID", i, -1}, "clause %q", x.ID)
	}
	parameters := seen{}
	for i, x := range a.Clauses.Parameters {
		c.once(parameters, codeDuplicate, x.ID, rowPath{"Clauses.Parameters[%d].ID", i, -1}, "parameter %q", x.ID)
	}
	notices := seen{}
	for i, x := range a.Notices {
		c.once(notices, codeDuplicate, string(x.Party), rowPath{"Notices[%d].Party", i, -1}, "address for notices to the %s", x.Party)
	}
	severities := seen{}
	for i, x := range a.Remediation {
		c.once(severities, codeDuplicate, x.Severity, rowPath{"Remediation[%d].Severity", i, -1}, "severity %q", x.Severity)
	}
	steps := seen{}
	if a.GoverningLaw != nil {
		for i, x := range a.GoverningLaw.DisputeSteps {
			c.once(steps, codeDuplicate, x.Step, rowPath{"GoverningLaw.DisputeSteps[%d].Step", i, -1}, "step %q", x.Step)
		}
	}
	for i, x := range a.OptionsPresented {
		names := seen{}
		for j, option := range x.Options {
			c.once(names, codeDuplicate, option.Name, rowPath{"OptionsPresented[%d].Options[%d].Name", i, j}, "option %q", option.Name)
		}
	}
	versions := seen{}
	for i, x := range a.Amendments {
		c.once(versions, codeDuplicate, x.Version, rowPath{"Amendments[%d].Version", i, -1}, "version %q", x.Version)
	}
	if x := a.Regulatory.PCI; x != nil {
		requirements := seen{}
		for i, y := range x.Matrix {
			c.once(requirements, codeDuplicate, y.Requirement, rowPath{"Regulatory.PCI.Matrix[%d].Requirement", i, -1}, "requirement %q", y.Requirement)
		}
	}
	if x := a.Regulatory.CMMC; x != nil {
		items := seen{}
		for i, y := range x.POAM {
			c.once(items, codeDuplicate, y.Control, rowPath{"Regulatory.CMMC.POAM[%d].Control", i, -1}, "item %q", y.Control)
		}
	}
	suppressions := seen{}
	for i, x := range a.Suppressions {
		c.once(suppressions, codeDuplicate, strings.TrimSpace(x.Rule+" "+x.At), rowPath{"Suppressions[%d].Rule", i, -1}, "suppression of %q", x.Rule)
	}
	if a.Maturity != nil {
		scores := seen{}
		for i, x := range a.Maturity.Scores {
			c.once(scores, codeDuplicate, x.Item, rowPath{"Maturity.Scores[%d].Item", i, -1}, "score of %q", x.Item)
		}
	}
}

// rowPath is the path of a field of a row, or of a row in a row where j is not
// negative. It is written only where a problem is reported.
type rowPath struct {
	format string
	i, j   int
}

func (p rowPath) String() string {
	if p.j < 0 {
		return fmt.Sprintf(p.format, p.i)
	}
	return fmt.Sprintf(p.format, p.i, p.j)
}

// seen remembers the path at which each key stood first.
type seen map[string]rowPath

// once reports a key that was seen before. An empty key is reported elsewhere.
func (c *checker) once(s seen, code, key string, path rowPath, format string, args ...any) {
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
	c.report(code, path.String(), hint, format+" stands here a second time", args...)
	c.note(first.String(), "first here")
}
