package schedule

import (
	"cmp"
	"slices"

	"concordat/internal/calendar"
	"concordat/internal/doc"
)

// reviews is who convenes which review how often, and the dates of the first
// twelve months.
func (w writer) reviews() []doc.Block {
	t := doc.Table{Columns: []doc.Column{
		column("Review", 26, doc.Left), column("How often", 16, doc.Left), column("First", 20, doc.Left), column("Convened by", 15, doc.Left), column("With", 23, doc.Left),
	}}
	type meeting struct {
		date   calendar.Date
		review int
	}
	var meetings []meeting
	end := w.a.Term.Effective.AddMonths(12)
	for i, r := range w.a.Reviews {
		var attendees []doc.Inline
		for _, id := range r.Attendees {
			attendees = append(attendees, w.person(id))
		}
		first := cell(w.date(r.First, "Reviews[%d].First", i))
		if !r.Last.IsZero() {
			first = append(first, text(" (last: "), w.date(r.Last, "Reviews[%d].Last", i), text(")"))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(text("%s", label(reviewLabels, r.Kind))),
			cell(text("%s", every(r.EveryMonths))),
			first,
			cell(w.person(r.Owner)),
			join(", ", attendees),
		}})
		for n := 0; ; n += r.EveryMonths {
			d := r.First.AddMonths(n)
			if !d.Before(end) || d.After(w.a.Term.End) {
				break
			}
			meetings = append(meetings, meeting{d, i})
		}
	}
	slices.SortStableFunc(meetings, func(a, b meeting) int {
		return cmp.Or(a.date.Compare(b.date), cmp.Compare(a.review, b.review))
	})
	dates := doc.Table{Columns: []doc.Column{column("Date", 35, doc.Left), column("Review", 65, doc.Left)}}
	for _, m := range meetings {
		dates.Rows = append(dates.Rows, doc.Row{Cells: []doc.Cell{
			cell(w.date(m.date, "Reviews[%d].First", m.review)), cell(text("%s", label(reviewLabels, w.a.Reviews[m.review].Kind))),
		}})
	}
	blocks := []doc.Block{t}
	if len(dates.Rows) > 0 && !w.a.Clauses.Short() { // they follow from the table
		blocks = append(blocks, heading("Dates in the first twelve months"), dates)
	}
	return blocks
}

func every(months int) string {
	switch months {
	case 1:
		return "every month"
	case 12:
		return "every year"
	default:
		return "every " + plural(months, "month", "months")
	}
}
