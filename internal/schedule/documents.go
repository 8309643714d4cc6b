package schedule

import (
	"slices"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/doc"
)

// documents are other documents between the parties, the chosen law, changes
// of ownership, the wording of clauses, those left out, and amendments.
func (w writer) documents() []doc.Block {
	t := doc.Table{Columns: []doc.Column{
		column("No.", 12, doc.Left), column("Document", 36, doc.Left), column("Date", 20, doc.Left), column("Kept", 32, doc.Left),
	}}
	for i, x := range w.a.RelatedDocuments {
		name := cell(w.value(x.Title, "RelatedDocuments[%d].Title", i))
		if x.Kind != "other" && !strings.EqualFold(x.Title, label(documentLabels, x.Kind)) {
			name = append(name, text(" (%s)", label(documentLabels, x.Kind)))
		}
		kept := none()
		if x.Ref != "" {
			kept = cell(w.value(x.Ref, "RelatedDocuments[%d].Ref", i))
		}
		t.Rows = append(t.Rows, row(cell(w.value(x.ID, "RelatedDocuments[%d].ID", i)), name, cell(w.date(x.Date, "RelatedDocuments[%d].Date", i)), kept))
	}
	blocks := titled("Related documents", t)
	if g := w.a.GoverningLaw; g != nil {
		var f facts
		f.add("Law chosen by the Parties", w.value(g.Jurisdiction, "GoverningLaw.Jurisdiction"))
		f.text(w, "Forum", g.Forum, "GoverningLaw.Forum")
		blocks = append(blocks, f.table("Law and forum", "Subject", "What is agreed")...)
		steps := doc.Table{Columns: []doc.Column{column("Step", 50, doc.Left), column("Time before the next step", 50, doc.Left)}}
		for i, step := range g.DisputeSteps {
			steps.Rows = append(steps.Rows, row(cell(text("%d. %s", i+1, label(disputeLabels, step.Step))),
				cell(w.value(plural(step.Days, "day", "days"), "GoverningLaw.DisputeSteps[%d].Days", i))))
		}
		blocks = append(blocks, titled("Steps in a dispute", steps)...)
	}
	if x := w.a.OwnershipChange; x != nil {
		var f facts
		f.add("What the Provider tells of", text("%s", words(ownershipLabels, x.Events)))
		f.add("When it can foresee the change", w.value(plural(x.NoticeDays, "day", "days")+" before it, or as soon after that as the law allows", "OwnershipChange.NoticeDays"))
		if !w.clauses.Printed["own-01"] {
			if slices.Contains(x.Events, "breach_of_own_systems") {
				f.add("When its own systems are broken into", text("within the time for telling of an Incident, counted from when it learns of the break-in"))
			}
			f.add("The Customer then has the right", text("%s", label(ownershipRightLabels, x.Right)))
		}
		blocks = append(blocks, f.table("If something changes at the Provider", "Subject", "What is agreed")...)
	}
	if w.a.Clauses.Strict() {
		blocks = append(blocks, heading("Wording of the clauses"),
			paragraph(text("The Parties have chosen the "), w.value(w.a.Clauses.Wording, "Clauses.Wording"),
				text(" wording. It has shorter times and stronger duties for both Parties than the standard wording.")))
	}
	blocks = append(blocks, w.leftOut()...)
	blocks = append(blocks, w.unapproved()...)
	amendments := doc.Table{Columns: []doc.Column{
		column("Version", 12, doc.Left), column("Date", 20, doc.Left), column("What changed", 43, doc.Left), column("Signed by", 25, doc.Left),
	}}
	for i, x := range w.a.Amendments {
		var signers []doc.Inline
		for _, id := range x.SignedBy {
			signers = append(signers, w.person(id))
		}
		amendments.Rows = append(amendments.Rows, row(
			cell(w.value(x.Version, "Amendments[%d].Version", i)), cell(w.date(x.Date, "Amendments[%d].Date", i)),
			cell(w.value(x.Summary, "Amendments[%d].Summary", i)), join(", ", signers)))
	}
	return append(blocks, titled("Amendments so far", amendments)...)
}

// leftOut are the clauses that the parties do without.
func (w writer) leftOut() []doc.Block {
	t := doc.Table{Columns: []doc.Column{column("Clause", 40, doc.Left), column("Why the Parties do without it", 60, doc.Left)}}
	for i, x := range w.a.Clauses.Exclude {
		clause := cell(w.value(x.ID, "Clauses.Exclude[%d].ID", i))
		if title, ok := w.clauses.Titles[x.ID]; ok {
			clause = cell(title, text(" ("), w.value(x.ID, "Clauses.Exclude[%d].ID", i), text(")"))
		}
		t.Rows = append(t.Rows, row(clause, cell(w.value(x.Reason, "Clauses.Exclude[%d].Reason", i))))
	}
	blocks := titled("Clauses left out by agreement", t)
	if len(w.clauses.Dropped) > 0 {
		var names []doc.Inline
		for _, id := range w.clauses.Dropped {
			name, ok := w.clauses.Titles[id]
			if !ok {
				name = text("%s", id)
			}
			names = append(names, name)
		}
		var f facts
		f.add("This Agreement does without these clauses of the full form", join("; ", names)...)
		blocks = append(blocks, f.table("Clauses left out by the short form", "Subject", "What is left out")...)
		blocks = append(blocks, paragraph(text("What the Schedules state about these subjects binds the Parties.")))
	}
	return blocks
}

// unapproved says who took words that no lawyer has approved: a signed document
// never hides it.
func (w writer) unapproved() []doc.Block {
	x := w.a.Clauses.Unapproved
	if x == nil {
		return nil
	}
	party := "Provider"
	if i, ok := w.a.PersonIndex(x.AcceptedBy); ok && w.a.People[i].Party == agreement.Customer {
		party = "Customer"
	}
	count := func(c Count) doc.Inline { return text("%d of %d", c.Unapproved, c.All) }
	var f facts
	f.add("Clauses that no lawyer has approved", count(w.clauses.Clauses))
	f.add("Defined terms that no lawyer has approved", count(w.clauses.Terms))
	f.add("Accepted by", w.person(x.AcceptedBy), text(" for the "+party+" on "), w.date(x.On, "Clauses.Unapproved.On"))
	f.add("Reason", w.value(x.Reason, "Clauses.Unapproved.Reason"))
	return f.table("Words that no lawyer has approved", "Subject", "What is accepted")
}
