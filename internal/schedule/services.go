package schedule

import "concordat/internal/doc"

// services are what the customer bought, and the provider's capability statement.
func (w writer) services() []doc.Block {
	t := doc.Table{Columns: []doc.Column{column("Service", 34, doc.Left), column("Hours", 16, doc.Left), column("What it covers", 50, doc.Left)}}
	for i, s := range w.a.Services {
		if !s.Bought() {
			continue
		}
		covers := none()
		if s.Covers != "" {
			covers = cell(w.value(s.Covers, "Services[%d].Covers", i))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(w.value(s.Name, "Services[%d].Name", i)), cell(text("%s", label(hoursLabels, s.Hours))), covers,
		}})
	}
	c, v := w.a.Parties.Provider.Capability, w.a.Parties.Customer.Verification
	blocks := []doc.Block{}
	if len(t.Rows) > 0 {
		blocks = append(blocks, paragraph(text("The Customer has purchased these services. The MSA and the orders under it set their fees.")), t)
	}
	return append(blocks,
		heading("Capability Statement of the Provider"),
		paragraph(w.value(c.Summary, "Parties.Provider.Capability.Summary")),
		paragraph(text("The Provider describes its practice as: %s. Statement of ", label(tierLabels, c.Tier)),
			w.date(c.Date, "Parties.Provider.Capability.Date"), text(". "),
			w.person(v.By), text(" reviewed it for the Customer on "), w.date(v.Date, "Parties.Customer.Verification.Date"),
			text(" and %s.", label(verificationLabels, v.Result))),
	)
}
