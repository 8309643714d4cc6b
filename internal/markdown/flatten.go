package markdown

import (
	"fmt"
	"slices"

	"concordat/internal/doc"
)

// Flatten is what of blocks Markdown can say, with every word kept:
//
//   - a heading's number is part of its text, its anchor is gone;
//   - a list with labels is a bullet list whose items begin with them;
//   - a signature block is a table, a row of sums is set in bold, weights of
//     columns are gone;
//   - a reference is its printed text;
//   - adjacent texts, and adjacent strong or emphasised texts, are one; marks
//     inside marks of their kind and links inside links are gone;
//   - a line break stands outside of marks, is a space in headings and cells,
//     and is gone at the ends of a paragraph;
//   - what has no words is gone: empty texts, marks, paragraphs, headings,
//     quotes, items and lists;
//   - origins are gone.
//
// Flatten(Flatten(x)) is Flatten(x).
func Flatten(blocks []doc.Block) []doc.Block { return new(flattener).blocks(blocks) }

// flattener makes blocks flat, one after another.
type flattener struct {
	text line // the run of inlines that is made flat
}

func (f *flattener) blocks(blocks []doc.Block) []doc.Block {
	var flat []doc.Block
	for _, b := range blocks {
		switch b := b.(type) {
		case doc.Heading:
			if text := f.oneLine(doc.HeadingText(b)); len(text) > 0 {
				flat = append(flat, doc.Heading{Level: b.Level, Text: text})
			}
		case doc.Paragraph:
			if text := f.paragraph(b.Text); len(text) > 0 {
				flat = append(flat, doc.Paragraph{Text: text})
			}
		case doc.List:
			if list := f.list(b); len(list.Items) > 0 {
				flat = append(flat, list)
			}
		case doc.Table:
			if len(b.Columns) > 0 {
				flat = append(flat, f.table(b))
			}
		case doc.Quote:
			if inner := f.blocks(b.Blocks); len(inner) > 0 {
				flat = append(flat, doc.Quote{Blocks: inner})
			}
		case doc.Signature:
			flat = append(flat, f.signature(b))
		case doc.PageBreak:
			flat = append(flat, b)
		default:
			panic(fmt.Sprintf("markdown: unknown block %T", b))
		}
	}
	return flat
}

func (f *flattener) list(list doc.List) doc.List {
	flat := doc.List{Ordered: list.Ordered, Items: make([]doc.Item, 0, len(list.Items))}
	for _, item := range list.Items {
		blocks := item.Blocks
		if item.Label != "" {
			flat.Ordered = false
			blocks = labelled(item)
		}
		if inner := f.blocks(blocks); len(inner) > 0 {
			flat.Items = append(flat.Items, doc.Item{Blocks: inner})
		}
	}
	return flat
}

// labelled is the blocks of an item with its label as their first words.
func labelled(item doc.Item) []doc.Block {
	if len(item.Blocks) > 0 {
		if p, ok := item.Blocks[0].(doc.Paragraph); ok && len(p.Text) > 0 {
			text := append([]doc.Inline{doc.Text{Value: item.Label + " "}}, p.Text...)
			return append([]doc.Block{doc.Paragraph{Text: text}}, item.Blocks[1:]...)
		}
	}
	return append([]doc.Block{doc.Paragraph{Text: []doc.Inline{doc.Text{Value: item.Label}}}}, item.Blocks...)
}

func (f *flattener) table(t doc.Table) doc.Table {
	flat := doc.Table{Columns: f.columns(t.Columns)}
	for _, row := range t.Rows {
		flat.Rows = append(flat.Rows, f.row(row, len(t.Columns)))
	}
	return flat
}

func (f *flattener) columns(columns []doc.Column) []doc.Column {
	flat := make([]doc.Column, 0, len(columns))
	for _, c := range columns {
		flat = append(flat, doc.Column{Head: f.oneLine(c.Head), Align: c.Align})
	}
	return flat
}

// row is a row of a table of so many columns.
func (f *flattener) row(row doc.Row, columns int) doc.Row {
	if len(row.Cells) != columns {
		panic(fmt.Sprintf("markdown: a row of %d cells in a table of %d columns", len(row.Cells), columns))
	}
	cells := make([]doc.Cell, 0, len(row.Cells))
	for _, cell := range row.Cells {
		if row.Total {
			cell = doc.Cell{doc.Strong{Text: cell}}
		}
		cells = append(cells, f.oneLine(cell))
	}
	return doc.Row{Cells: cells}
}

func (f *flattener) signature(s doc.Signature) doc.Table {
	row := func(label string, text ...doc.Inline) doc.Row {
		return doc.Row{Cells: []doc.Cell{{doc.Text{Value: label}}, text}}
	}
	rows := []doc.Row{
		row(doc.SignBy, doc.Text{Value: doc.SignLine}),
		row(doc.SignName, s.Name...),
		row(doc.SignTitle, s.Title...),
		row(doc.SignDate, doc.Text{Value: doc.SignLine}),
	}
	if s.Witnessed {
		rows = append(rows, row(doc.SignWitness, doc.Text{Value: doc.SignLine}))
	}
	return f.table(doc.Table{Columns: []doc.Column{{Head: s.Party}, {Head: s.LegalName}}, Rows: rows})
}

// paragraph is the normal form of a run of inlines.
func (f *flattener) paragraph(text []doc.Inline) []doc.Inline {
	if isFlat(text) {
		return []doc.Inline{doc.Text{Value: text[0].(doc.Text).Value}}
	}
	f.text.begin(false)
	f.text.inlines(text, marking{})
	runs := f.text.runs
	for len(runs) > 0 && runs[0].isBreak {
		runs = runs[1:]
	}
	for len(runs) > 0 && runs[len(runs)-1].isBreak {
		runs = runs[:len(runs)-1]
	}
	return f.text.nest(runs, 0)
}

// oneLine is paragraph where no line break may stand.
func (f *flattener) oneLine(text []doc.Inline) []doc.Inline {
	if isFlat(text) {
		return []doc.Inline{doc.Text{Value: text[0].(doc.Text).Value}}
	}
	f.text.begin(true)
	f.text.inlines(text, marking{})
	return f.text.nest(f.text.runs, 0)
}

// isFlat reports whether a run of inlines is a single text, as most cells are.
func isFlat(text []doc.Inline) bool {
	if len(text) != 1 {
		return false
	}
	t, ok := text[0].(doc.Text)
	return ok && t.Value != ""
}

// mark is one level of marking of a run: what surrounds it, from outside.
type mark struct {
	kind pieceKind // pieceStrong, pieceEmphasis or pieceLink
	link int       // the link's number from 1: two adjacent links to one place stay two
}

// marking is the marks around a run, from outside; each kind occurs at most
// once.
type marking struct {
	marks [3]mark
	n     int
}

func (m marking) has(kind pieceKind) bool {
	for _, k := range m.marks[:m.n] {
		if k.kind == kind {
			return true
		}
	}
	return false
}

func (m marking) with(k mark) marking {
	if m.has(k.kind) {
		return m
	}
	m.marks[m.n] = k
	m.n++
	return m
}

// run is a text with the marks around it, or a line break.
type run struct {
	text    string // the first part of it
	rest    []byte // the whole, when it has more than one part
	marking marking
	isBreak bool
}

// line turns a tree of inlines into a row of runs, which nest makes a tree again: in
// its normal form.
type line struct {
	runs    []run
	oneLine bool
	links   []string // where they lead, by number
}

// begin makes l ready for a run of inlines, in the room of the one before.
func (l *line) begin(oneLine bool) {
	clear(l.runs)
	*l = line{runs: l.runs[:0], oneLine: oneLine, links: l.links[:0]}
}

func (l *line) inlines(text []doc.Inline, m marking) {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			l.text(in.Value, m)
		case doc.Ref:
			l.text(in.Text, m)
		case doc.Strong:
			l.inlines(in.Text, m.with(mark{kind: pieceStrong}))
		case doc.Emphasis:
			l.inlines(in.Text, m.with(mark{kind: pieceEmphasis}))
		case doc.Link:
			l.links = append(l.links, in.Dest)
			before := len(l.runs)
			inner := m.with(mark{kind: pieceLink, link: len(l.links)})
			l.inlines(in.Text, inner)
			if !hasText(l.runs[before:]) {
				l.text(in.Dest, inner)
			}
		case doc.LineBreak:
			if l.oneLine {
				l.text(" ", m)
			} else {
				l.runs = append(l.runs, run{isBreak: true})
			}
		default:
			panic(fmt.Sprintf("markdown: unknown inline %T", in))
		}
	}
}

func hasText(runs []run) bool {
	return slices.ContainsFunc(runs, func(r run) bool { return !r.isBreak })
}

func (l *line) text(value string, m marking) {
	if value == "" {
		return
	}
	n := len(l.runs)
	if n == 0 || l.runs[n-1].isBreak || l.runs[n-1].marking != m {
		l.runs = append(l.runs, run{text: value, marking: m})
		return
	}
	r := &l.runs[n-1]
	if r.rest == nil {
		r.rest = append(make([]byte, 0, 2*(len(r.text)+len(value))), r.text...)
	}
	r.rest = append(r.rest, value...)
}

// nest makes a tree of runs whose outer depth marks are settled.
func (l *line) nest(runs []run, depth int) []doc.Inline {
	if len(runs) == 0 {
		return nil
	}
	text := make([]doc.Inline, 0, len(runs))
	for i := 0; i < len(runs); {
		r := &runs[i]
		if r.isBreak {
			text = append(text, doc.LineBreak{})
			i++
			continue
		}
		if r.marking.n == depth {
			value := r.text
			if r.rest != nil {
				value = string(r.rest)
			}
			text = append(text, doc.Text{Value: value})
			i++
			continue
		}
		k := r.marking.marks[depth]
		end := i + 1
		for end < len(runs) && !runs[end].isBreak && runs[end].marking.n > depth && runs[end].marking.marks[depth] == k {
			end++
		}
		inner := l.nest(runs[i:end], depth+1)
		switch k.kind {
		case pieceStrong:
			text = append(text, doc.Strong{Text: inner})
		case pieceEmphasis:
			text = append(text, doc.Emphasis{Text: inner})
		case pieceLink:
			text = append(text, doc.Link{Dest: l.links[k.link-1], Text: inner})
		default:
			panic(fmt.Sprintf("markdown: unknown mark %d", k.kind))
		}
		i = end
	}
	return text
}
