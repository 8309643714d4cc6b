package schedule

import (
	"concordat/internal/agreement"
	"concordat/internal/doc"
	"concordat/internal/framework"
)

// matrix is the responsibility matrix: one row for each control of the
// baseline, grouped by the framework's functions.
func (w writer) matrix() []doc.Block {
	fw := w.a.Framework()
	rows := w.rowsByControl()
	blocks := []doc.Block{
		paragraph(
			text("Each Control of %s, version %s, stands in one row. ", fw.Title, fw.Version),
			strong(text("Owner")), text(" says which side does the work. The person named as "),
			strong(text("accountable")), text(" answers for it within that Party.")),
		paragraph(text("%s", w.ownerCounts())),
	}
	for _, function := range fw.Functions {
		t := doc.Table{Columns: []doc.Column{
			column("Control", 26, doc.Left),
			column("Owner", 11, doc.Left),
			column("Accountable", 14, doc.Left),
			column("Who does what", 49, doc.Left),
		}}
		for _, item := range w.a.BaselineItems() {
			if item.Function == function.ID {
				t.Rows = append(t.Rows, w.matrixRow(item, rows[item.ID]))
			}
		}
		if len(t.Rows) > 0 {
			blocks = append(blocks, heading("%s", function.Title), t)
		}
	}
	return append(blocks, w.excluded()...)
}

// rowsByControl is the index of each control's row.
func (w writer) rowsByControl() map[string]int {
	rows := make(map[string]int, len(w.a.Responsibilities))
	for i, r := range w.a.Responsibilities {
		rows[r.Control] = i
	}
	return rows
}

// ownerCounts says how many controls each owner has.
func (w writer) ownerCounts() string {
	counts := map[agreement.Party]int{}
	for _, r := range w.a.Responsibilities {
		counts[r.Owner]++
	}
	sentence := "Of " + plural(len(w.a.Responsibilities), "Control", "Controls") + ", "
	sentence += plural(counts[agreement.Provider], "belongs", "belong") + " to the Provider, "
	sentence += plural(counts[agreement.Customer], "belongs", "belong") + " to the Customer, "
	sentence += plural(counts[agreement.Shared], "is", "are") + " shared"
	if n := counts[agreement.ThirdParty]; n > 0 {
		sentence += ", " + plural(n, "belongs", "belong") + " to a third party"
	}
	if n := counts[agreement.NotApplicable]; n > 0 {
		sentence += ", " + plural(n, "does", "do") + " not apply"
	}
	if n := counts[agreement.Unassigned]; n > 0 {
		return sentence + ", and " + plural(n, "is nobody’s", "are nobody’s") + "."
	}
	return sentence + "."
}

func (w writer) matrixRow(item framework.Item, i int) doc.Row {
	r := w.a.Responsibilities[i]
	accountable := none()
	if r.Accountable != "" {
		accountable = cell(w.person(r.Accountable))
	}
	return doc.Row{Cells: []doc.Cell{
		cell(strong(text("%s", item.ID)), text(" %s", item.Title)),
		cell(text("%s", party(r.Owner))),
		accountable,
		w.whoDoesWhat(i, r),
	}}
}

func (w writer) whoDoesWhat(i int, r agreement.Responsibility) doc.Cell {
	var parts []doc.Inline
	add := func(inlines ...doc.Inline) {
		if len(parts) > 0 {
			parts = append(parts, text(" "))
		}
		parts = append(parts, inlines...)
	}
	if r.Owner == agreement.Unassigned {
		add(strong(text("Not done:")))
	}
	if r.Task != "" {
		add(w.value(r.Task, "Responsibilities[%d].Task", i))
	}
	for j, duty := range r.Split {
		add(strong(text("%s:", party(duty.Party))), text(" "), w.value(duty.Duty, "Responsibilities[%d].Split[%d].Duty", i, j))
	}
	if r.ThirdParty != "" {
		if k, ok := w.a.ThirdPartyIndex(r.ThirdParty); ok {
			add(strong(text("Third party:")), text(" "), w.value(w.a.Parties.ThirdParties[k].Name, "Parties.ThirdParties[%d].Name", k), text("."))
		}
	}
	if r.RiskAcceptance != "" {
		add(text("Risk accepted: "), w.value(r.RiskAcceptance, "Responsibilities[%d].RiskAcceptance", i), text("."))
	}
	if r.Commitment != "" {
		add(text("Commitment: "), w.value(r.Commitment, "Responsibilities[%d].Commitment", i), text("."))
	}
	if r.Reason != "" {
		add(w.value(r.Reason, "Responsibilities[%d].Reason", i))
	}
	if s, ok := w.a.ServiceIndex(r.Service); ok {
		add(doc.Emphasis{Text: []doc.Inline{text("By: "), w.value(w.a.Services[s].Name, "Services[%d].Name", s), text(".")}})
	}
	if len(parts) == 0 {
		return none()
	}
	return parts
}

// excluded lists controls that were taken out of the baseline.
func (w writer) excluded() []doc.Block {
	if len(w.a.Baseline.Exclude) == 0 {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{column("Control", 20, doc.Left), column("Reason", 80, doc.Left)}}
	for i, x := range w.a.Baseline.Exclude {
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(w.value(x.Control, "Baseline.Exclude[%d].Control", i)),
			cell(w.value(x.Reason, "Baseline.Exclude[%d].Reason", i)),
		}})
	}
	return []doc.Block{heading("Left out of the baseline"), t}
}

// notCovered is what the customer goes without: services it did not buy,
// controls that are nobody’s, and work the provider does not offer.
func (w writer) notCovered() []doc.Block {
	blocks := []doc.Block{paragraph(text("This Schedule lists the main work that nobody does under this Agreement. Work that neither this Agreement nor the MSA names is not covered either."))}
	services := doc.Table{Columns: []doc.Column{column("Service not purchased", 35, doc.Left), column("What the Customer goes without", 65, doc.Left)}}
	for i, s := range w.a.Services {
		if s.Bought() {
			continue
		}
		covers := none()
		if s.Covers != "" {
			covers = cell(w.value(s.Covers, "Services[%d].Covers", i))
		}
		services.Rows = append(services.Rows, doc.Row{Cells: []doc.Cell{cell(w.value(s.Name, "Services[%d].Name", i)), covers}})
	}
	if len(services.Rows) > 0 {
		blocks = append(blocks, heading("Services not purchased"), services)
	}
	open := doc.Table{Columns: []doc.Column{column("Control", 45, doc.Left), column("Risk accepted", 30, doc.Left), column("Commitment", 25, doc.Left)}}
	for i, r := range w.a.Responsibilities {
		if r.Owner != agreement.Unassigned {
			continue
		}
		item, _ := w.a.Framework().Item(r.Control)
		accepted, commitment := none(), none()
		if k, ok := w.a.RiskAcceptanceIndex(r.RiskAcceptance); ok {
			accepted = cell(w.value(r.RiskAcceptance, "Responsibilities[%d].RiskAcceptance", i), text(", until "),
				w.date(w.a.RiskAcceptances[k].Expires, "RiskAcceptances[%d].Expires", k))
		}
		if k, ok := w.a.CommitmentIndex(r.Commitment); ok {
			commitment = cell(w.value(r.Commitment, "Responsibilities[%d].Commitment", i), text(", due "),
				w.date(w.a.Commitments[k].Due, "Commitments[%d].Due", k))
		}
		open.Rows = append(open.Rows, doc.Row{Cells: []doc.Cell{cell(strong(text("%s", item.ID)), text(" %s", item.Title)), accepted, commitment}})
	}
	if len(open.Rows) > 0 {
		blocks = append(blocks, heading("Unassigned Controls"), open)
	}
	if not := w.a.Parties.Provider.Capability.NotOffered; len(not) > 0 {
		list := doc.List{}
		for i, n := range not {
			list.Items = append(list.Items, doc.Item{Blocks: []doc.Block{paragraph(w.value(n, "Parties.Provider.Capability.NotOffered[%d]", i))}})
		}
		blocks = append(blocks, heading("Work the Provider does not offer"), list)
	}
	return blocks
}
