package schedule

import (
	"fmt"
	"math"

	"concordat/internal/doc"
)

// In the short form what is a table in the full form stands in lines, where a
// reader does not compare columns. Each word of the table is in them: the heads
// of its columns as well, but for the first, which says what a line is about.

// tabular are the schedules whose first tables stay tables, and how many of
// them: they hold figures, or a row for each of many controls.
var tabular = map[string]int{"matrix": math.MaxInt, "maturity": 1, "commitments": 1, "budget": 1}

// shortRow is the number of characters up to which rows stand one after another
// in a paragraph.
const shortRow = 70

// compacted is a schedule with lines in the place of tables, and titles on the
// lines they announce.
func compacted(id string, blocks []doc.Block) []doc.Block {
	var all []doc.Block
	var title []doc.Inline // of what follows, not printed yet
	tables := 0
	for _, b := range blocks {
		switch b := b.(type) {
		case doc.Heading:
			all = append(all, titleLine(title)...)
			title = b.Text
		case doc.Paragraph:
			all = append(all, paragraph(append(lead(title, "."), oneLine(b.Text)...)...))
			title = nil
		case doc.Table:
			if tables++; tables <= tabular[id] {
				all = append(append(all, titleLine(title)...), b)
			} else {
				all = announced(all, lines(title, b))
			}
			title = nil
		case doc.List:
			all = append(all, listLine(title, b))
			title = nil
		case doc.Quote, doc.Signature, doc.PageBreak:
			all = append(append(all, titleLine(title)...), b)
			title = nil
		default:
			panic(fmt.Sprintf("schedule: unknown block %T", b))
		}
	}
	return append(all, titleLine(title)...)
}

// oneLine is text with commas in the place of the ends of lines, as of an
// address.
func oneLine(written []doc.Inline) []doc.Inline {
	var line []doc.Inline
	for _, in := range written {
		if _, ok := in.(doc.LineBreak); ok {
			in = text(", ")
		}
		line = append(line, in)
	}
	return line
}

// announced is lines behind blocks, the first of them in the same paragraph as
// words that end with a colon.
func announced(blocks, lines []doc.Block) []doc.Block {
	if len(blocks) == 0 || len(lines) == 0 {
		return append(blocks, lines...)
	}
	last, ok := blocks[len(blocks)-1].(doc.Paragraph)
	if !ok || !endsWith(last.Text, ':') {
		return append(blocks, lines...)
	}
	first := lines[0].(doc.Paragraph)
	return append(append(blocks[:len(blocks)-1], paragraph(spaced(last.Text, first.Text)...)), lines[1:]...)
}

// titleLine is a title alone, if there is one.
func titleLine(title []doc.Inline) []doc.Block {
	if len(title) == 0 {
		return nil
	}
	return []doc.Block{paragraph(strong(title...))}
}

// lead is a title as the beginning of a line, with a mark after it.
func lead(title []doc.Inline, mark string) []doc.Inline {
	if len(title) == 0 {
		return nil
	}
	return []doc.Inline{strong(append(title[:len(title):len(title)], text("%s", mark))...), space}
}

// lines is a table as text: facts about one thing, or short rows, in one
// paragraph, other rows in one paragraph each.
func lines(title []doc.Inline, t doc.Table) []doc.Block {
	rows := make([][]doc.Inline, 0, len(t.Rows))
	if len(t.Columns) == 2 && doc.Plain(t.Columns[0].Head) == "Subject" {
		for _, r := range t.Rows {
			rows = append(rows, append(named(r.Cells[0]), sentence(r.Cells[1]...)...))
		}
		return []doc.Block{paragraph(append(lead(title, ":"), spaced(rows...)...)...)}
	}
	names := make([][]doc.Inline, len(t.Columns))
	for i, c := range t.Columns[1:] {
		names[i+1] = named(c.Head)
	}
	short := true
	for _, r := range t.Rows {
		line := rowLine(names, r)
		rows = append(rows, line)
		short = short && letters(line) <= shortRow
	}
	if short || len(rows) == 1 {
		return []doc.Block{paragraph(append(lead(title, ":"), spaced(rows...)...)...)}
	}
	var blocks []doc.Block
	for i, line := range rows {
		if i == 0 {
			line = append(lead(title, ":"), line...)
		}
		blocks = append(blocks, paragraph(line...))
	}
	return blocks
}

// rowLine is a row as a sentence: its first cell, then each further one that
// has something to say, after the name of its column, as named gives it.
func rowLine(names [][]doc.Inline, r doc.Row) []doc.Inline {
	size := 1 // the full stop
	for i, c := range r.Cells {
		size += 1 + len(names[i]) + len(c)
	}
	line := append(make([]doc.Inline, 0, size), r.Cells[0]...)
	said := 0
	for i := 1; i < len(r.Cells); i++ {
		if _, says := lastByte(r.Cells[i]); !says || isNone(r.Cells[i]) {
			continue
		}
		switch said++; {
		case said == 1:
			line = append(line, text(" – "))
		case endsWith(line, '.'):
			line = append(line, space)
		default:
			line = append(line, text("; "))
		}
		line = append(append(line, names[i]...), r.Cells[i]...)
	}
	if !endsWith(line, '.') {
		line = append(line, text("."))
	}
	return line
}

// named is what a value is about.
func named(name []doc.Inline) []doc.Inline {
	return []doc.Inline{doc.Emphasis{Text: append(name[:len(name):len(name)], colon)}, space}
}

// listLine is a list of short items as one paragraph.
func listLine(title []doc.Inline, list doc.List) doc.Block {
	line := lead(title, ":")
	for i, item := range list.Items {
		if i > 0 {
			line = append(line, text("; "))
		}
		for _, b := range item.Blocks {
			p, ok := b.(doc.Paragraph)
			if !ok {
				panic(fmt.Sprintf("schedule: %T in a list", b))
			}
			line = append(line, p.Text...)
		}
	}
	return paragraph(sentence(line...)...)
}

// compactMatrix is the matrix with one table for each owner, without the counts
// that a reader of few rows sees at a glance.
func (w writer) compactMatrix(stated bool) []doc.Block {
	rows, baseline := w.rowsByControl(), w.a.BaselineItems()
	var blocks []doc.Block
	for _, owner := range owners {
		t := doc.Table{Columns: []doc.Column{column("Control, and who is accountable", 31, doc.Left)}}
		if stated {
			t.Columns = append(t.Columns, column("Today", 10, doc.Left))
		}
		t.Columns = append(t.Columns, column("Who does what", 69, doc.Left))
		for _, item := range baseline {
			i, ok := rows[item.ID]
			if !ok || w.a.Responsibilities[i].Owner != owner {
				continue
			}
			r := w.matrixRow(item, i, stated) // control, owner, accountable, and the rest
			control := r.Cells[0]
			if !isNone(r.Cells[2]) {
				control = append(append(control, text(". ")), r.Cells[2]...)
			}
			t.Rows = append(t.Rows, doc.Row{Cells: append([]doc.Cell{control}, r.Cells[3:]...)})
		}
		if len(t.Rows) > 0 {
			blocks = append(blocks, heading("Owner: %s (%d of %d)", party(owner), len(t.Rows), len(baseline)), t)
		}
	}
	return blocks
}
