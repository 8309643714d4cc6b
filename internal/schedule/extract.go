package schedule

import (
	"cmp"
	"fmt"
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/doc"
)

// extracts are the parts that layouts print of what the schedules say in full.
var extracts = []struct {
	id    string
	build func(writer) []doc.Block
	when  string // as that of a schedule
}{
	{"dates", writer.nextDates, ""},
	{"costs", writer.yearlyCosts, "budget.present"},
	{"risks", writer.largestRisks, "acceptances.count > 0"},
	{"acceptance-forms", writer.acceptanceForms, "acceptances.count > 0"},
	{"declined-forms", writer.declinedForms, "acceptances.declined > 0"},
}

// ExtractPrintedWhen is PrintedWhen for the extract with an id.
func ExtractPrintedWhen(id string) string {
	for _, e := range extracts {
		if e.id == id {
			return e.when
		}
	}
	panic(fmt.Sprintf("schedule: no extract %q", id))
}

// ExtractIDs are the names of all extracts.
func ExtractIDs() []string {
	var ids []string
	for _, e := range extracts {
		ids = append(ids, e.id)
	}
	return ids
}

// Extract makes the extract with an id: a short part of what schedules say, or
// forms, one for each row of a schedule. It is empty where the agreement has
// nothing to put into it. It panics when there is no extract of that id.
func Extract(id string, a *agreement.Agreement) []doc.Block {
	for _, e := range extracts {
		if e.id == id {
			return e.build(writer{a: a, language: a.Info.Language, clauses: &Clauses{}})
		}
	}
	panic(fmt.Sprintf("schedule: no extract %q", id))
}

// few is the number of rows of an extract for the owner.
const few = 4

// nextDates are the first dates of the term: what is due, meets or expires.
func (w writer) nextDates() []doc.Block {
	type event struct {
		date calendar.Date
		row  doc.Row
	}
	var events []event
	add := func(d calendar.Date, when doc.Text, what, who doc.Cell) {
		if !d.Before(w.a.Term.Effective) {
			events = append(events, event{d, row(cell(when), what, who)})
		}
	}
	for i, c := range w.a.Commitments {
		add(c.Due, w.date(c.Due, "Commitments[%d].Due", i),
			cell(w.value(c.ID, "Commitments[%d].ID", i), text(": "), w.value(c.Title, "Commitments[%d].Title", i)), cell(w.person(c.Person)))
	}
	for i, r := range w.a.Reviews {
		add(r.First, w.date(r.First, "Reviews[%d].First", i), cell(text("%s", label(reviewLabels, r.Kind))), cell(w.person(r.Owner)))
	}
	for i, x := range w.a.RiskAcceptances {
		add(x.Expires, w.date(x.Expires, "RiskAcceptances[%d].Expires", i),
			cell(text("Risk Acceptance "), w.value(x.ID, "RiskAcceptances[%d].ID", i), text(" ends")), cell(w.person(x.AcceptedBy)))
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.date.Compare(b.date) })
	t := doc.Table{Columns: []doc.Column{column("Date", 24, doc.Left), column("What", 52, doc.Left), column("Who", 24, doc.Left)}}
	for _, e := range events[:min(len(events), few)] {
		t.Rows = append(t.Rows, e.row)
	}
	return tableOf(t)
}

// yearlyCosts are the totals of the budget by fiscal year.
func (w writer) yearlyCosts() []doc.Block {
	if w.a.Budget == nil {
		return nil
	}
	totals := w.a.Totals()
	t := doc.Table{Columns: []doc.Column{column("In "+w.a.Budget.Currency.String(), 30, doc.Left)}}
	all, monthly := cell(text("Total")), cell(text("Monthly equivalent"))
	allRow, monthlyRow := row(all), row(monthly)
	for i, year := range totals.Years {
		t.Columns = append(t.Columns, column(w.yearLabel(year), 14, doc.Right))
		allRow.Cells = append(allRow.Cells, cell(text("%s", w.digits(totals.Total.Years[i]))))
		monthlyRow.Cells = append(monthlyRow.Cells, cell(text("%s", w.digits(totals.Monthly[i]))))
	}
	t.Columns = append(t.Columns, column("All", 14, doc.Right))
	allRow.Cells = append(allRow.Cells, cell(text("%s", w.digits(totals.Total.Sum))))
	monthlyRow.Cells = append(monthlyRow.Cells, none())
	t.Rows = []doc.Row{allRow, monthlyRow}
	return []doc.Block{t}
}

// largestRisks are the accepted risks of the highest rating.
func (w writer) largestRisks() []doc.Block {
	order := make([]int, len(w.a.RiskAcceptances))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Compare(w.a.RiskAcceptances[j].Rating(), w.a.RiskAcceptances[i].Rating())
	})
	t := doc.Table{Columns: []doc.Column{column("Accepted risk", 56, doc.Left), column("Rating, 1 to 25", 20, doc.Right), column("Ends", 24, doc.Left)}}
	for _, i := range order[:min(len(order), few-1)] {
		x := w.a.RiskAcceptances[i]
		t.Rows = append(t.Rows, row(
			cell(w.value(x.ID, "RiskAcceptances[%d].ID", i), text(": "), w.value(x.Title, "RiskAcceptances[%d].Title", i)),
			cell(text("%d", x.Rating())), cell(w.date(x.Expires, "RiskAcceptances[%d].Expires", i))))
	}
	return tableOf(t)
}

// tableOf is a table, or nothing when it has no rows.
func tableOf(t doc.Table) []doc.Block {
	if len(t.Rows) == 0 {
		return nil
	}
	return []doc.Block{t}
}

// form is the heading of a form about a row, with the row's number.
func form(kind string, id doc.Text) doc.Block {
	return doc.Heading{Level: 2, Text: []doc.Inline{text("%s ", kind), id}}
}

// acceptanceForms are one form for each accepted risk, with its page to sign.
func (w writer) acceptanceForms() []doc.Block {
	var blocks []doc.Block
	for i, x := range w.a.RiskAcceptances {
		const path = "RiskAcceptances[%d]"
		if len(blocks) > 0 {
			blocks = append(blocks, doc.PageBreak{})
		}
		var f facts
		f.add("Title", w.value(x.Title, path+".Title", i))
		f.add("What can happen", w.value(x.Risk, path+".Risk", i))
		if k := slices.IndexFunc(w.a.Responsibilities, func(r agreement.Responsibility) bool { return r.Control == x.Control }); k >= 0 && x.Control != "" {
			item, _ := w.a.Framework().Item(x.Control)
			f.add("Control", w.controlCell(item, k)...)
		}
		if k, ok := w.a.AssetIndex(x.Asset); ok {
			f.add("Critical Asset", w.value(w.a.CriticalAssets[k].Name, "CriticalAssets[%d].Name", k))
		}
		f.add("Rating", text("likelihood %d × impact %d = %d, of at most 25", x.Likelihood, x.Impact, x.Rating()))
		f.add("Why the Customer accepts it", w.value(x.Reason, path+".Reason", i))
		f.text(w, "What softens it", x.Compensating, path+".Compensating", i)
		f.text(w, "Why it lasts longer than twelve months", x.LongReason, path+".LongReason", i)
		f.text(w, "Commitment that ends it", x.Commitment, path+".Commitment", i)
		if !x.Review.IsZero() {
			f.add("Looked at again on", w.date(x.Review, path+".Review", i))
		}
		f.text(w, "Takes the place of", x.Supersedes, path+".Supersedes", i)
		if x.Law != "" {
			f.add("Law whose duty it touches", text("%s", label(lawLabels, x.Law)))
			f.text(w, "Counsel", x.Counsel, path+".Counsel", i)
		}
		f.add("Accepted on", w.date(x.Date, path+".Date", i))
		f.add("Ends on", w.date(x.Expires, path+".Expires", i))
		blocks = append(blocks, form("Risk Acceptance", w.value(x.ID, path+".ID", i)))
		blocks = append(blocks, f.table("", "Subject", "What is stated")...)
		blocks = append(blocks,
			paragraph(text("This Risk Acceptance ends on its last day and does not renew itself. Accepting this risk does not change what the law requires.")),
			w.signer(x.AcceptedBy))
	}
	return blocks
}

// declinedForms are one form for each recommendation that was not taken.
func (w writer) declinedForms() []doc.Block {
	var blocks []doc.Block
	for i, x := range w.a.DeclinedRecommendations {
		const path = "DeclinedRecommendations[%d]"
		if len(blocks) > 0 {
			blocks = append(blocks, doc.PageBreak{})
		}
		var f facts
		f.add("Recommendation of the Provider", w.value(x.Recommendation, path+".Recommendation", i))
		f.add("Presented on", w.date(x.Presented, path+".Presented", i))
		f.list("Other choices", w.texts(x.Options, path+".Options", i))
		f.add("What can follow", w.value(x.Consequence, path+".Consequence", i))
		f.add("The Provider explained this", text("%s", yesNo(is(x.Explained))))
		f.add("Decision", text("%s", label(decisionLabels, x.Decision)))
		f.text(w, "Why", x.Reason, path+".Reason", i)
		if !x.Date.IsZero() {
			f.add("Decided on", w.date(x.Date, path+".Date", i))
		}
		f.text(w, "Risk accepted", x.RiskAcceptance, path+".RiskAcceptance", i)
		blocks = append(blocks, form("Recommendation not taken", w.value(x.ID, path+".ID", i)))
		blocks = append(blocks, f.table("", "Subject", "What is stated")...)
		blocks = append(blocks, w.signer(x.DecidedBy))
	}
	return blocks
}

// signer is the place where a person of the customer signs a form. Without a
// person its name is left to be written.
func (w writer) signer(id string) doc.Block {
	s := doc.Signature{
		Party:     cell(text("Customer")),
		LegalName: cell(w.value(w.a.Parties.Customer.LegalName, "Parties.Customer.LegalName")),
	}
	if i, ok := w.a.PersonIndex(id); ok {
		s.Name = cell(w.value(w.a.People[i].Name, "People[%d].Name", i))
		s.Title = cell(w.value(w.a.People[i].Title, "People[%d].Title", i))
	}
	return s
}
