// Package schedule makes the computed parts of a document: tables of who does
// what, what it costs, and by when.
//
// A schedule is made from the agreement alone. It computes nothing that the
// agreement has already summed, and every cell that a person wrote knows where.
package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/doc"
	"concordat/internal/money"
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
//
// It is printed in each document whose facts meet its condition, written as
// clauses write theirs; empty is each document. Where more is printed, because
// of something that no fact tells, no clause can count on it. A short document
// names the clauses that it does without.
type builder struct {
	id    string
	title string
	build func(writer) []doc.Block
	when  string
}

// builders are all schedules, in the order an owner reads them.
var builders = []builder{
	{"matrix", "Responsibility Matrix", writer.matrix, ""},
	{"not-covered", "What Is Not Covered", writer.notCovered, ""},
	{"maturity", "Maturity", writer.maturity, "maturity.present"},
	{"commitments", "Commitments", writer.commitments, "commitments.count > 0"},
	{"budget", "Budget", writer.budget, "budget.present"},
	{"acceptances", "Risk Acceptances", writer.acceptances, "acceptances.count > 0"},
	{"options", "Choices Presented", writer.options, "acceptances.options > 0"},
	{"reviews", "Review Calendar", writer.reviews, ""},
	{"escalation", "Escalation", writer.escalation, "escalations.count > 0"},
	{"contacts", "Contacts and Notices", writer.contacts, ""},
	{"slas", "Service Levels and Measures", writer.serviceLevels, "service_levels.count > 0 or service_levels.measures > 0"},
	{"assets", "Critical Assets and Backups", writer.assets, ""},
	{"access", "Access and Connections", writer.access, "access.count > 0 or access.tools > 0 or access.connections > 0 or access.emergency_account or access.separation"},
	{"logging", "Logs", writer.logging, "logging.count > 0"},
	{"services", "Services and Capability", writer.services, ""},
	{"incidents", "Incidents and Weaknesses", writer.incidents, "incident.severities > 0 or incident.plan or incident.command or incident.evidence or incident.after_action or incident.exercise or incident.rate or incident.speaker or weaknesses.times > 0 or weaknesses.channel or notification.contents"},
	{"changes", "Changes and Spending Approval", writer.changes, ""},
	{"training", "Training and Vetting", writer.training, "training.present or vetting.present"},
	{"subcontractors", "Subcontractors", writer.subcontractors, "subcontractors.count > 0 or subcontractors.notice_days > 0"},
	{"insurance", "Insurance", writer.insurance, "insurance.count > 0"},
	{"regulatory", "Facts about Laws", writer.regulatory, "regulatory.count > 0"},
	{"transition", "Taking Over and Leaving", writer.transition, "transition.in or transition.out"},
	{"documents", "Other Documents and Terms", writer.documents, "disputes.law or ownership.present or agreement.strict or agreement.short"},
}

// PrintedWhen is the condition on facts under which the schedule with an id is
// surely printed, as clauses write theirs; empty is in each document. It panics
// when there is no schedule of that id.
func PrintedWhen(id string) string {
	for _, b := range builders {
		if b.id == id {
			return b.when
		}
	}
	panic(fmt.Sprintf("schedule: no schedule %q", id))
}

// IDs are the names of all schedules, in the order an owner reads them.
func IDs() []string {
	ids := make([]string, len(builders))
	for i, b := range builders {
		ids[i] = b.id
	}
	return ids
}

// Clauses are what schedules must know about the clauses of a document.
type Clauses struct {
	Titles  map[string]doc.Text // by id
	Dropped []string            // ids of those that a preset leaves out of this document
	Printed map[string]bool     // ids of those that it prints

	Clauses, Terms Count // of the document, by whether somebody has approved them
}

// Count is how many of something there are, and how many of them nobody has
// approved.
type Count struct{ Unapproved, All int }

// Build makes the schedule with an id; ok is false where the agreement has
// nothing to put into it. A clause without a title, and each when clauses is
// nil, is named by its id. What a clause says stands in a schedule only where the
// document does not print that clause. It panics when there is no schedule of that id.
func Build(id string, a *agreement.Agreement, clauses *Clauses) (s Schedule, ok bool) {
	for _, b := range builders {
		if b.id == id {
			if clauses == nil {
				clauses = &Clauses{}
			}
			blocks := b.build(writer{a: a, language: a.Info.Language, clauses: clauses, compact: a.Clauses.Short()})
			for i, block := range blocks {
				switch t := block.(type) {
				case doc.Table:
					blocks[i] = withoutEmpty(t)
				case timeline:
					blocks[i] = t.Table
				}
			}
			if a.Clauses.Short() {
				blocks = compacted(id, blocks)
			}
			return Schedule{ID: id, Title: b.title, Blocks: blocks}, len(blocks) > 0
		}
	}
	panic(fmt.Sprintf("schedule: no schedule %q", id))
}

// writer makes the blocks of one agreement.
type writer struct {
	a        *agreement.Agreement
	language string
	clauses  *Clauses
	compact  bool // to have few pages: what stands in blocks stands in lines
}

// value is text a person wrote at a path of the agreement.
func (w writer) value(text, path string, args ...any) doc.Text {
	return doc.Text{Value: text, Origin: w.span(path, args...)}
}

func (w writer) span(path string, args ...any) source.Span {
	if len(args) == 0 {
		return w.a.Span(path)
	}
	var full [96]byte // a path is looked up for each value, and this is less work than fmt.Sprintf
	return w.a.Span(string(appendPath(full[:0], path, args)))
}

// appendPath adds a path in which each %d or %s is one of the args.
func appendPath(full []byte, path string, args []any) []byte {
	for _, arg := range args {
		before, rest, _ := strings.Cut(path, "%")
		full = append(full, before...)
		path = rest[len("d"):]
		switch arg := arg.(type) {
		case int:
			full = strconv.AppendInt(full, int64(arg), 10)
		case string:
			full = append(full, arg...)
		default:
			full = fmt.Append(full, arg)
		}
	}
	return append(full, path...)
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
	if len(args) == 1 && format == "%s" {
		if words, ok := args[0].(string); ok {
			return doc.Text{Value: words}
		}
	}
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	return doc.Text{Value: format}
}

// standIn is a paragraph in the place of a clause: what each schedule with such a
// table needs, and the clause says where the document prints it.
func (w writer) standIn(clause, words string) []doc.Block {
	if w.clauses.Printed[clause] {
		return nil
	}
	return []doc.Block{paragraph(text("%s", words))}
}

func paragraph(inlines ...doc.Inline) doc.Block { return doc.Paragraph{Text: inlines} }

func heading(format string, args ...any) doc.Block {
	return doc.Heading{Level: 3, Text: []doc.Inline{text(format, args...)}}
}

func strong(inlines ...doc.Inline) doc.Inline { return doc.Strong{Text: inlines} }

// cell is one table cell.
func cell(inlines ...doc.Inline) doc.Cell { return inlines }

// join puts a separator between inlines.
func join(separator string, inlines []doc.Inline) doc.Cell {
	if len(inlines) == 0 {
		return none()
	}
	joined := make(doc.Cell, 0, 2*len(inlines)-1)
	for i, in := range inlines {
		if i > 0 {
			joined = append(joined, text("%s", separator))
		}
		joined = append(joined, in)
	}
	return joined
}

// spaced puts groups of inlines one after another, with a space between them.
func spaced(groups ...[]doc.Inline) doc.Cell {
	size := len(groups)
	for _, group := range groups {
		size += len(group)
	}
	all := make(doc.Cell, 0, size)
	for _, group := range groups {
		if len(all) > 0 && len(group) > 0 {
			all = append(all, space)
		}
		all = append(all, group...)
	}
	if len(all) == 0 {
		return none()
	}
	return all
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
	return number(n) + " " + many
}

// number is a count with its thousands separated: "1,900".
func number(n int) string { return money.FromInt(n).Digits(money.Currency{}) }

// words are labels as a list in a sentence: "a, b and c".
func words(labels map[string]string, list []string) string {
	var b strings.Builder
	for i, word := range list {
		switch {
		case i > 0 && i == len(list)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(label(labels, word))
	}
	return b.String()
}

// points are labels that may hold commas, as a list: "a; b, and c; d".
func points(labels map[string]string, list []string) string {
	said := make([]string, len(list))
	for i, word := range list {
		said[i] = label(labels, word)
	}
	return strings.Join(said, "; ")
}

// sentence ends inlines with a full stop, unless they have one: a name such as
// "Example, Inc." ends with its own.
func sentence(inlines ...doc.Inline) []doc.Inline {
	if endsWith(inlines, '.') {
		return inlines
	}
	return append(inlines[:len(inlines):len(inlines)], text("."))
}

// is reports whether something is so; nil is not stated.
func is(b *bool) bool { return b != nil && *b }

// yesNo is "yes" or "no".
func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// duration is hours as people say them: whole days where they are many.
func duration(hours int) string {
	if hours > 72 && hours%24 == 0 {
		return plural(hours/24, "day", "days")
	}
	return plural(hours, "hour", "hours")
}

// texts are the entries of a list that a person wrote at a path.
func (w writer) texts(list []string, path string, args ...any) []doc.Inline {
	path = fmt.Sprintf(path, args...)
	written := make([]doc.Inline, len(list))
	for i, entry := range list {
		written[i] = w.value(entry, "%s[%d]", path, i)
	}
	return written
}

// assetNames are the names of critical assets.
func (w writer) assetNames(ids []string) []doc.Inline {
	names := make([]doc.Inline, len(ids))
	for i, id := range ids {
		names[i] = text("%s", id)
		if k, ok := w.a.AssetIndex(id); ok {
			names[i] = w.value(w.a.CriticalAssets[k].Name, "CriticalAssets[%d].Name", k)
		}
	}
	return names
}

// price is an amount with the currency of the budget, if there is one.
func (w writer) price(amount money.Amount, path string, args ...any) doc.Text {
	if w.a.Budget == nil {
		return w.value(amount.String(), path, args...)
	}
	return w.value(amount.Format(w.a.Budget.Currency), path, args...)
}

// facts is a table of what is agreed or stated about one thing.
type facts struct{ rows []doc.Row }

// add adds a fact.
func (f *facts) add(name string, inlines ...doc.Inline) {
	f.rows = append(f.rows, doc.Row{Cells: []doc.Cell{cell(text("%s", name)), inlines}})
}

// text adds a fact that a person may have left out.
func (f *facts) text(w writer, name, value, path string, args ...any) {
	if value != "" {
		f.add(name, w.value(value, path, args...))
	}
}

// list adds a fact of several entries, if there are any.
func (f *facts) list(name string, entries []doc.Inline) {
	if len(entries) > 0 {
		f.add(name, join("; ", entries)...)
	}
}

// table is the facts below a heading, or nothing when there are none.
func (f facts) table(title, subject, agreed string) []doc.Block {
	if len(f.rows) == 0 {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{column(subject, 34, doc.Left), column(agreed, 66, doc.Left)}, Rows: f.rows}
	if title == "" {
		return []doc.Block{t}
	}
	return []doc.Block{heading("%s", title), t}
}

// withoutEmpty is a table without columns that say nothing in any row.
func withoutEmpty(t doc.Table) doc.Table {
	says := make([]bool, len(t.Columns))
	kept := 0
	for c := range t.Columns {
		says[c] = c == 0 || slices.ContainsFunc(t.Rows, func(r doc.Row) bool { return len(r.Cells[c]) > 0 && !isNone(r.Cells[c]) })
		if says[c] {
			kept++
		}
	}
	if kept == len(t.Columns) {
		return t
	}
	without := doc.Table{Columns: make([]doc.Column, 0, kept), Rows: make([]doc.Row, len(t.Rows))}
	for i, row := range t.Rows {
		without.Rows[i] = doc.Row{Cells: make([]doc.Cell, 0, kept), Total: row.Total}
	}
	for c, column := range t.Columns {
		if !says[c] {
			continue
		}
		without.Columns = append(without.Columns, column)
		for i, row := range t.Rows {
			without.Rows[i].Cells = append(without.Rows[i].Cells, row.Cells[c])
		}
	}
	return without
}

// titled is a table below a heading, or nothing when it has no rows.
func titled(title string, t doc.Table) []doc.Block {
	if len(t.Rows) == 0 {
		return nil
	}
	return []doc.Block{heading("%s", title), t}
}

// row is one row of a table.
func row(cells ...doc.Cell) doc.Row { return doc.Row{Cells: cells} }
