package agreement

import (
	"fmt"
	"slices"
)

// checkUnique reports rows of one list with the same id, and entries that may
// stand once but stand twice.
func (c *checker) checkUnique() {
	a := c.a
	// A row of the matrix may name a person or a third party as responsible,
	// so that these share their ids.
	actors := seen{}
	for i, x := range a.People {
		c.once(actors, codeDuplicateID, x.ID, fmt.Sprintf("People[%d].ID", i), "id %q", x.ID)
	}
	for i, x := range a.Parties.ThirdParties {
		c.once(actors, codeDuplicateID, x.ID, fmt.Sprintf("Parties.ThirdParties[%d].ID", i), "id %q", x.ID)
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
	}
	for i, x := range a.RiskAcceptances {
		row := fmt.Sprintf("RiskAcceptances[%d].", i)
		control(x.Control, row+"Control")
		c.known(x.Asset, assets, row+"Asset", "critical asset", "")
		c.known(x.Commitment, commitments, row+"Commitment", "commitment", "")
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
