// Package schedule makes the computed parts of a document: tables of who does
// what, what it costs, and by when.
//
// A schedule is made from the agreement alone. It computes nothing that the
// agreement has already summed, and every cell that a person wrote knows where.
package schedule

import (
	"fmt"
	"strconv"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/doc"
	"concordat/internal/source"
)

// Schedule is one computed part of a document, without its letter.
type Schedule struct {
	ID     string // such as "budget"; its anchor is "schedule-budget"
	Title  string
	Blocks []doc.Block
}

// builder is one schedule a layout can name. It makes no blocks where the
// agreement has no data for it.
type builder struct {
	id    string
	title string
	build func(writer) []doc.Block
}

// builders are all schedules, in the order an owner reads them.
var builders = []builder{
	{"matrix", "Responsibility Matrix", writer.matrix},
	{"not-covered", "What Is Not Covered", writer.notCovered},
	{"maturity", "Maturity", writer.maturity},
	{"commitments", "Commitments", writer.commitments},
	{"budget", "Budget", writer.budget},
	{"acceptances", "Risk Acceptances", writer.acceptances},
	{"reviews", "Review Calendar", writer.reviews},
	{"contacts", "Contacts and Notices", writer.contacts},
	{"assets", "Critical Assets and Backups", writer.assets},
	{"services", "Services and Capability", writer.services},
	{"changes", "Changes and Spending Approval", writer.changes},
}

// IDs are the names of all schedules, in the order an owner reads them.
func IDs() []string {
	ids := make([]string, len(builders))
	for i, b := range builders {
		ids[i] = b.id
	}
	return ids
}

// Build makes the schedule with an id; ok is false where the agreement has
// nothing to put into it. It panics when there is no schedule of that id.
func Build(id string, a *agreement.Agreement) (s Schedule, ok bool) {
	for _, b := range builders {
		if b.id == id {
			blocks := b.build(writer{a: a, language: a.Info.Language})
			return Schedule{ID: id, Title: b.title, Blocks: blocks}, len(blocks) > 0
		}
	}
	panic(fmt.Sprintf("schedule: no schedule %q", id))
}

// writer makes the blocks of one agreement.
type writer struct {
	a        *agreement.Agreement
	language string
}

// value is text a person wrote at a path of the agreement.
func (w writer) value(text, path string, args ...any) doc.Text {
	return doc.Text{Value: text, Origin: w.span(path, args...)}
}

func (w writer) span(path string, args ...any) source.Span {
	if len(args) > 0 {
		path = fmt.Sprintf(path, args...)
	}
	return w.a.Span(path)
}

// date is a date a person wrote at a path.
func (w writer) date(d calendar.Date, path string, args ...any) doc.Text {
	return w.value(d.Long(w.language), path, args...)
}

// person is the name of a person.
func (w writer) person(id string) doc.Text {
	if i, ok := w.a.PersonIndex(id); ok {
		return w.value(w.a.People[i].Name, "People[%d].Name", i)
	}
	return text(id)
}

// text is text of our own.
func text(format string, args ...any) doc.Text {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	return doc.Text{Value: format}
}

func paragraph(inlines ...doc.Inline) doc.Block { return doc.Paragraph{Text: inlines} }

func heading(format string, args ...any) doc.Block {
	return doc.Heading{Level: 3, Text: []doc.Inline{text(format, args...)}}
}

func strong(inlines ...doc.Inline) doc.Inline { return doc.Strong{Text: inlines} }

// cell is one table cell.
func cell(inlines ...doc.Inline) doc.Cell { return inlines }

// none is the cell of something that is openly absent.
func none() doc.Cell { return cell(text("–")) }

// join puts a separator between inlines.
func join(separator string, inlines []doc.Inline) doc.Cell {
	var joined doc.Cell
	for i, in := range inlines {
		if i > 0 {
			joined = append(joined, text("%s", separator))
		}
		joined = append(joined, in)
	}
	if len(joined) == 0 {
		return none()
	}
	return joined
}

// column is a column of a table; weight is its share of the width.
func column(head string, weight int, align doc.Align) doc.Column {
	return doc.Column{Head: []doc.Inline{text("%s", head)}, Align: align, Weight: weight}
}

// plural is "1 day" or "5 days".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// plainInt is a number that a person wrote.
func plainInt(n int) string { return strconv.Itoa(n) }
