package schedule

import (
	"slices"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/doc"
)

// contacts are the people in daily work, addresses for notices and third parties.
func (w writer) contacts() []doc.Block {
	t := doc.Table{Columns: []doc.Column{
		column("Party", 12, doc.Left), column("Role", 17, doc.Left), column("Person", 25, doc.Left),
		column("Reached", 32, doc.Left), column("When", 14, doc.Left),
	}}
	for i, c := range w.a.Contacts {
		same := func(o agreement.Contact) bool { return o.Person == c.Person && o.Hours == c.Hours }
		if slices.ContainsFunc(w.a.Contacts[:i], same) {
			continue // one row for all roles that a person has at the same times
		}
		var roles []doc.Inline
		for j, o := range w.a.Contacts {
			if same(o) {
				roles = append(roles, w.value(label(roleLabels, o.Role), "Contacts[%d].Role", j))
			}
		}
		k, _ := w.a.PersonIndex(c.Person)
		p := w.a.People[k]
		var reached []doc.Inline
		if p.Phone != "" {
			reached = append(reached, w.value(p.Phone, "People[%d].Phone", k))
		}
		if p.Email != "" {
			reached = append(reached, w.value(p.Email, "People[%d].Email", k))
		}
		person := cell(w.person(c.Person), text(", "), w.value(p.Title, "People[%d].Title", k))
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(text("%s", party(p.Party))),
			join(", ", roles),
			person,
			join(", ", reached),
			cell(text("%s", label(hoursLabels, c.Hours))),
		}})
	}
	blocks := append([]doc.Block{t}, w.deputies()...)
	for i, n := range w.a.Notices {
		lines := []doc.Inline{text("Attention: "), w.person(n.Attention), doc.LineBreak{}}
		for _, line := range strings.Split(strings.TrimRight(n.Address, "\n"), "\n") {
			lines = append(lines, w.value(line, "Notices[%d].Address", i), doc.LineBreak{})
		}
		lines = append(lines, w.value(n.Email, "Notices[%d].Email", i))
		blocks = append(blocks, heading("Notices to the %s", party(n.Party)), doc.Paragraph{Text: lines})
	}
	if len(w.a.Parties.ThirdParties) > 0 {
		third := doc.Table{Columns: []doc.Column{
			column("Third party", 30, doc.Left), column("What it does", 40, doc.Left), column("Contract held by", 30, doc.Left),
		}}
		for i, x := range w.a.Parties.ThirdParties {
			holder := cell(text("%s", party(x.Owner)))
			if x.Contract != "" {
				holder = append(holder, text(" ("), w.value(x.Contract, "Parties.ThirdParties[%d].Contract", i), text(")"))
			}
			role := cell(w.value(x.Role, "Parties.ThirdParties[%d].Role", i))
			if x.FedRAMP != "" {
				role = append(role, text(" (its contract states: %s)", label(fedrampLabels, x.FedRAMP)))
			}
			third.Rows = append(third.Rows, doc.Row{Cells: []doc.Cell{
				cell(w.value(x.Name, "Parties.ThirdParties[%d].Name", i)), role, holder,
			}})
		}
		blocks = append(blocks, heading("Third parties"), third)
	}
	return blocks
}

// deputies are who stands in for whom.
func (w writer) deputies() []doc.Block {
	t := doc.Table{Columns: []doc.Column{
		column("Party", 20, doc.Left), column("While this person cannot be reached", 40, doc.Left), column("This person stands in", 40, doc.Left),
	}}
	for i, p := range w.a.People {
		if p.Deputy != "" {
			t.Rows = append(t.Rows, row(cell(text("%s", party(p.Party))), cell(w.value(p.Name, "People[%d].Name", i)), cell(w.person(p.Deputy))))
		}
	}
	return titled("Who stands in for whom", t)
}
