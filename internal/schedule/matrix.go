package schedule

import (
	"fmt"
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/doc"
	"concordat/internal/framework"
)

// matrix is the responsibility matrix: one row for each control of the
// baseline, grouped by the framework's functions.
func (w writer) matrix() []doc.Block {
	fw := w.a.Framework()
	rows := w.rowsByControl()
	except := ""
	if len(w.a.Baseline.Exclude) > 0 {
		except = ", except those left out at the end"
	}
	others := "."
	if slices.ContainsFunc(w.a.Responsibilities, func(r agreement.Responsibility) bool { return len(r.Consulted)+len(r.Informed) > 0 }) {
		others = ". “Asked first” and “Told” name people whom the owner asks before the work or tells after it."
	}
	blocks := []doc.Block{
		paragraph(
			text("Each Control of %s, version %s, stands in one row%s. ", fw.Title, fw.Version, except),
			strong(text("Owner")), text(" says which side does the work. Others who do it stand after the person named as "),
			strong(text("accountable")), text("%s", others)),
	}
	stated := w.statesStated()
	if !w.compact || stated {
		blocks = append(blocks, w.ownerCounts())
	}
	if stated {
		how := "“Today” says how far the practice was in place on the day of the assessment."
		if fw.Scoring != nil {
			how += fmt.Sprintf(" The points after it are lost from the highest score, %d, until the Control is met.", fw.Scoring.Highest)
		}
		blocks = append(blocks, paragraph(text("%s", how)))
	}
	if w.compact {
		return append(append(blocks, w.compactMatrix(stated)...), w.excluded()...)
	}
	baseline := w.a.BaselineItems()
	for _, function := range fw.Functions {
		t := doc.Table{Columns: []doc.Column{column("Control", 24, doc.Left), column("Owner", 10, doc.Left), column("Accountable", 18, doc.Left)}}
		if stated {
			t.Columns = append(t.Columns, column("Today", 12, doc.Left))
		}
		t.Columns = append(t.Columns, column("Who does what", 46, doc.Left))
		for _, item := range baseline {
			if item.Function == function.ID {
				t.Rows = append(t.Rows, w.matrixRow(item, rows[item.ID], stated))
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

// owners are all owners a control can have, in the order of their columns.
var owners = []agreement.Party{
	agreement.Provider, agreement.Customer, agreement.Shared, agreement.ThirdParty, agreement.Unassigned, agreement.NotApplicable,
}

// ownerCounts says how many controls of each function each owner has. An owner
// without any has no column.
func (w writer) ownerCounts() doc.Table {
	total := map[agreement.Party]int{}
	byFunction := map[string]map[agreement.Party]int{}
	baseline := w.a.BaselineItems()
	for _, item := range baseline {
		if byFunction[item.Function] == nil {
			byFunction[item.Function] = map[agreement.Party]int{}
		}
		r, _ := w.a.Responsibility(item.ID)
		byFunction[item.Function][r.Owner]++
		total[r.Owner]++
	}
	t := doc.Table{Columns: []doc.Column{column("Controls by owner", 28, doc.Left), column("All", 10, doc.Right)}}
	for _, owner := range owners {
		if total[owner] > 0 {
			t.Columns = append(t.Columns, column(party(owner), 12, doc.Right))
		}
	}
	stated, scored := w.statesStated(), w.a.Framework().Scoring != nil
	if stated {
		t.Columns = append(t.Columns, column("Not fully met", 12, doc.Right))
		if scored {
			t.Columns = append(t.Columns, column("Points lost", 12, doc.Right))
		}
	}
	add := func(name string, counts map[agreement.Party]int, open, points int, sum bool) {
		all := 0
		var cells []doc.Cell
		for _, owner := range owners {
			all += counts[owner]
			if total[owner] > 0 {
				cells = append(cells, cell(text("%d", counts[owner])))
			}
		}
		if stated {
			cells = append(cells, cell(text("%d", open)))
			if scored {
				cells = append(cells, cell(text("%d", points)))
			}
		}
		t.Rows = append(t.Rows, doc.Row{Total: sum, Cells: append([]doc.Cell{cell(text("%s", name)), cell(text("%d", all))}, cells...)})
	}
	allOpen, allPoints := 0, 0
	for _, function := range w.a.Framework().Functions {
		if counts, any := byFunction[function.ID]; any {
			open, points := w.open(baseline, function.ID)
			allOpen, allPoints = allOpen+open, allPoints+points
			add(function.Title, counts, open, points, false)
		}
	}
	add("All", total, allOpen, allPoints, true)
	return t
}

// open counts the controls of a baseline that belong to a function and are not
// fully met, and the points they lose.
func (w writer) open(baseline []framework.Item, function string) (controls, points int) {
	for _, item := range baseline {
		if r, ok := w.a.Responsibility(item.ID); ok && item.Function == function && (r.Implementation == "partial" || r.Implementation == "not_met") {
			controls++
			points += lost(item, r.Implementation)
		}
	}
	return controls, points
}

// statesStated reports whether any row says how far its practice is in place.
func (w writer) statesStated() bool {
	return slices.ContainsFunc(w.a.Responsibilities, func(r agreement.Responsibility) bool { return r.Implementation != "" })
}

// lost is what the score of the framework loses by the state of an item.
func lost(item framework.Item, implementation string) int {
	switch {
	case implementation == "partial" && item.PartialWeight > 0:
		return item.PartialWeight
	case implementation == "partial" || implementation == "not_met":
		return item.Weight
	default:
		return 0
	}
}

// controlCell names the control of row i. A framework of bare numbers has no titles.
func (w writer) controlCell(item framework.Item, i int) doc.Cell {
	if item.Title == "" {
		return cell(strong(w.value(item.ID, "Responsibilities[%d].Control", i)))
	}
	return cell(strong(w.value(item.ID, "Responsibilities[%d].Control", i)), text(" %s", item.Title))
}

func (w writer) matrixRow(item framework.Item, i int, stated bool) doc.Row {
	r := w.a.Responsibilities[i]
	cells := []doc.Cell{w.controlCell(item, i), cell(text("%s", party(r.Owner))), w.accountable(r)}
	if stated {
		state := label(implementationLabels, r.Implementation)
		if points := lost(item, r.Implementation); points > 0 {
			state += fmt.Sprintf(" (−%d)", points)
		}
		cells = append(cells, cell(text("%s", state)))
	}
	return doc.Row{Cells: append(cells, w.whoDoesWhat(i, r))}
}

// accountable is the person who answers for a row, and the others who do the
// work.
func (w writer) accountable(r agreement.Responsibility) doc.Cell {
	var others []doc.Inline
	for _, id := range r.Responsible {
		if id != r.Accountable {
			others = append(others, w.someone(id))
		}
	}
	switch {
	case r.Accountable == "" && len(others) == 0:
		return none()
	case r.Accountable == "":
		return append(cell(text("work by ")), join(", ", others)...)
	case len(others) == 0:
		return cell(w.person(r.Accountable))
	case slices.Contains(r.Responsible, r.Accountable):
		return append(cell(w.person(r.Accountable), text(", with ")), join(", ", others)...)
	default:
		return append(cell(w.person(r.Accountable), text("; work by ")), join(", ", others)...)
	}
}

// someone is the name of a person or of a third party.
func (w writer) someone(id string) doc.Text {
	if i, ok := w.a.ThirdPartyIndex(id); ok {
		return w.value(w.a.Parties.ThirdParties[i].Name, "Parties.ThirdParties[%d].Name", i)
	}
	return w.person(id)
}

// people are the names of persons or third parties.
func (w writer) people(ids []string) []doc.Inline {
	names := make([]doc.Inline, len(ids))
	for i, id := range ids {
		names[i] = w.someone(id)
	}
	return names
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
			add(sentence(strong(text("Third party:")), text(" "), w.value(w.a.Parties.ThirdParties[k].Name, "Parties.ThirdParties[%d].Name", k))...)
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
	if len(r.Consulted) > 0 {
		add(sentence(append(cell(text("Asked first: ")), join(", ", w.people(r.Consulted))...)...)...)
	}
	if len(r.Informed) > 0 {
		add(sentence(append(cell(text("Told: ")), join(", ", w.people(r.Informed))...)...)...)
	}
	if len(r.Evidence) > 0 {
		add(text("Shown by: "))
		parts = append(parts, sentence(join("; ", w.texts(r.Evidence, "Responsibilities[%d].Evidence", i))...)...)
	}
	if s, ok := w.a.ServiceIndex(r.Service); ok {
		add(doc.Emphasis{Text: sentence(text("Service: "), w.value(w.a.Services[s].Name, "Services[%d].Name", s))})
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
	blocks := []doc.Block{paragraph(text("This Schedule lists the main work that the Provider does not do under this Agreement."))}
	services := doc.Table{Columns: []doc.Column{column("Service", 35, doc.Left), column("What the Customer goes without", 65, doc.Left)}}
	for i, s := range w.a.Services {
		if s.Bought() {
			continue
		}
		var covers []doc.Inline
		if s.Covers != "" {
			covers = append(covers, w.value(s.Covers, "Services[%d].Covers", i))
		}
		if s.Declined != "" {
			covers = append(covers, strong(text("Recommendation not taken:")), w.value(s.Declined, "Services[%d].Declined", i))
		}
		services.Rows = append(services.Rows, doc.Row{Cells: []doc.Cell{cell(w.value(s.Name, "Services[%d].Name", i)), join(" ", covers)}})
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
		open.Rows = append(open.Rows, doc.Row{Cells: []doc.Cell{w.controlCell(item, i), accepted, commitment}})
	}
	if len(open.Rows) > 0 {
		blocks = append(blocks, heading("Unassigned Controls"), open)
	}
	blocks = append(blocks, titled("Known weaknesses", w.gaps())...)
	blocks = append(blocks, titled("Recommendations not taken", w.declined())...)
	if not := w.a.Parties.Provider.Capability.NotOffered; len(not) > 0 {
		list := doc.List{}
		for i, n := range not {
			list.Items = append(list.Items, doc.Item{Blocks: []doc.Block{paragraph(w.value(n, "Parties.Provider.Capability.NotOffered[%d]", i))}})
		}
		blocks = append(blocks, heading("Work the Provider does not offer"), list)
	}
	return blocks
}
