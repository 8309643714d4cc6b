package schedule

import (
	"cmp"
	"fmt"
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/doc"
)

// A roadmap of fewer commitments shows nothing that their table does not show
// at a glance; one of more columns is wider than a page.
const (
	fewestOnRoadmap = 3
	mostPeriods     = 8
)

// period is a column of the roadmap: a quarter, a half or the whole of a
// calendar year, as its number of months.
type period int

// periods are all lengths of columns, the finest first.
var periods = []period{3, 6, 12}

// number counts the periods since the year 0.
func (p period) number(d calendar.Date) int {
	return (d.Year()*12 + int(d.Month().Month()) - 1) / int(p)
}

// head is how a period is named: "Q1 2027", "H1 2027" or "2027".
func (p period) head(number int) string {
	switch p {
	case 3:
		return fmt.Sprintf("Q%d %d", number%4+1, number/4)
	case 6:
		return fmt.Sprintf("H%d %d", number%2+1, number/2)
	case 12:
		return fmt.Sprint(number)
	default:
		panic(fmt.Sprintf("schedule: no period of %d months", int(p)))
	}
}

// words say what a column is.
func (p period) words() string {
	switch p {
	case 3:
		return "Each column is a quarter of a calendar year."
	case 6:
		return "Each column is half of a calendar year."
	case 12:
		return "Each column is a calendar year."
	default:
		panic(fmt.Sprintf("schedule: no period of %d months", int(p)))
	}
}

// timeline is a table that keeps a column in which nothing happens: without it
// the periods beside it would seem to follow each other.
type timeline struct{ doc.Table }

// roadmap shows in which quarters work on each commitment begins, goes on and is
// due, the most important ones first. There is none where it would show nothing:
// for few commitments, or where all are due in one column; and none that needs
// more columns than a page has room for.
func (w writer) roadmap() []doc.Block {
	if w.compact || len(w.a.Commitments) < fewestOnRoadmap {
		return nil
	}
	var dates []calendar.Date
	unstated := false
	for _, c := range w.a.Commitments {
		dates = append(dates, w.a.Begins(c), c.Due)
		unstated = unstated || c.Start.IsZero()
	}
	first, last := slices.MinFunc(dates, calendar.Date.Compare), slices.MaxFunc(dates, calendar.Date.Compare)
	fits := slices.IndexFunc(periods, func(p period) bool { return p.number(last)-p.number(first) < mostPeriods })
	if fits < 0 {
		return nil
	}
	p := periods[fits]
	if !slices.ContainsFunc(w.a.Commitments, func(c agreement.Commitment) bool {
		return p.number(c.Due) != p.number(w.a.Commitments[0].Due)
	}) {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{column("No.", 12, doc.Left)}}
	for n := p.number(first); n <= p.number(last); n++ {
		t.Columns = append(t.Columns, column(p.head(n), 11, doc.Left))
	}
	for _, i := range w.byPriority() {
		c := w.a.Commitments[i]
		begins, due := p.number(w.a.Begins(c)), p.number(c.Due)
		cells := []doc.Cell{cell(w.value(c.ID, "Commitments[%d].ID", i))}
		for n := p.number(first); n <= p.number(last); n++ {
			switch {
			case n == begins && n == due:
				cells = append(cells, cell(text("begins, due")))
			case n == begins:
				cells = append(cells, cell(text("begins")))
			case n == due:
				cells = append(cells, cell(text("due")))
			case begins < n && n < due:
				cells = append(cells, cell(text("work")))
			default:
				cells = append(cells, none())
			}
		}
		t.Rows = append(t.Rows, row(cells...))
	}
	words := p.words() + " The most important Commitments stand first; their order adds no duty."
	if unstated {
		words += " Where this Schedule states no other day, work begins with this Agreement."
	}
	return []doc.Block{heading("Roadmap"), paragraph(text("%s", words)), timeline{t}}
}

// byPriority are the indexes of commitments by priority, then due date, then id.
func (w writer) byPriority() []int {
	order := make([]int, len(w.a.Commitments))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := w.a.Commitments[i], w.a.Commitments[j]
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
	return order
}
