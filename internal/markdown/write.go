package markdown

import (
	"fmt"
	"strconv"
	"strings"

	"concordat/internal/doc"
	"concordat/internal/source"
)

// Write is d as canonical Markdown: CommonMark with tables, one line for each
// paragraph, in UTF-8, ending in a line feed. Reading it back gives
// Flatten(d.Blocks), in this and every other reader of that language that
// makes no links of plain text. A draft looks like any other document: its
// mark is one of its blocks.
//
// Write reads back all that it has written. It panics where that differs, and
// where d is not finished: a reference without text, a row with too few or too
// many cells, text that is not UTF-8 or holds NUL.
func Write(d doc.Document) []byte {
	checkReferences(d.Blocks)
	flat := Flatten(d.Blocks)
	written := render(flat)
	back, diags := Parse(source.New(d.Meta.ID+".md", written))
	if len(diags) > 0 {
		panic(fmt.Sprintf("markdown: the written document cannot be read back: %s: %s", diags[0].Span, diags[0].Message))
	}
	if where := difference(flat, back); where != "" {
		panic("markdown: the written document reads back differently: " + where)
	}
	return written
}

// render writes flat blocks.
func render(flat []doc.Block) []byte {
	w := renderer{}
	w.blocks(flat, "", 0)
	if len(w.out) > 0 {
		w.out = append(w.out, '\n')
	}
	return w.out
}

// checkReferences panics where a reference would be written as nothing.
func checkReferences(blocks []doc.Block) {
	var check func([]doc.Inline)
	check = func(text []doc.Inline) {
		for _, in := range text {
			switch in := in.(type) {
			case doc.Ref:
				if in.Text == "" {
					panic(fmt.Sprintf("markdown: the reference to %q has no text", in.Target))
				}
			case doc.Strong:
				check(in.Text)
			case doc.Emphasis:
				check(in.Text)
			case doc.Link:
				check(in.Text)
			}
		}
	}
	doc.Texts(blocks, check)
}

// renderer writes flat blocks.
type renderer struct {
	out    []byte
	inCell bool // a bar ends the text
	inHead bool // a # at the end would be dropped
}

// blocks writes blocks, the first of them where the line stands and the
// following on lines that begin with prefix. outer is the bullet of the list
// item that the blocks begin, if they do.
func (w *renderer) blocks(blocks []doc.Block, prefix string, outer byte) {
	var last byte // the mark of the list just written
	for i, b := range blocks {
		if i > 0 {
			w.blank(prefix)
			outer = 0
		}
		last = w.block(b, prefix, last, outer)
	}
}

// block writes a block after a list with the mark last, which is 0 after others.
// It gives the mark of the block, which is 0 for all but lists.
func (w *renderer) block(b doc.Block, prefix string, last, outer byte) (marker byte) {
	switch b := b.(type) {
	case doc.Heading:
		w.out = append(w.out, "######"[:b.Level]...)
		w.out = append(w.out, ' ')
		w.inHead = true
		w.inlines(b.Text, edgeLine, edgeLine, prefix)
		w.inHead = false
	case doc.Paragraph:
		w.inlines(b.Text, edgeLine, edgeLine, prefix)
	case doc.List:
		marker = listMarker(b.Ordered, last, outer)
		w.list(b, marker, prefix)
	case doc.Table:
		w.table(b, prefix)
	case doc.Quote:
		w.out = append(w.out, "> "...)
		w.blocks(b.Blocks, prefix+"> ", 0)
	case doc.PageBreak:
		w.out = append(w.out, pageBreak...)
	default:
		panic(fmt.Sprintf("markdown: block %T is not flat", b))
	}
	return marker
}

// pageBreak is neither a bullet nor the underline of a heading.
const pageBreak = "___"

// listMarker is another mark than that of the list just before, which would
// take in the items, and than that of the item that the list begins, since
// three equal bullets on a line are a thematic break.
func listMarker(ordered bool, last, outer byte) byte {
	switch {
	case ordered && last == '.':
		return ')'
	case ordered:
		return '.'
	case last == '-' || outer == '-':
		return '*'
	default:
		return '-'
	}
}

func (w *renderer) newline(prefix string) {
	w.out = append(w.out, '\n')
	w.out = append(w.out, prefix...)
}

// blank writes an empty line and begins the next.
func (w *renderer) blank(prefix string) {
	w.newline(strings.TrimRight(prefix, " "))
	w.newline(prefix)
}

func (w *renderer) list(list doc.List, marker byte, prefix string) {
	tight := true
	for _, item := range list.Items {
		if len(item.Blocks) != 1 {
			tight = false
			break
		}
		if _, ok := item.Blocks[0].(doc.Paragraph); !ok {
			tight = false
			break
		}
	}
	for i, item := range list.Items {
		if i > 0 && tight {
			w.newline(prefix)
		} else if i > 0 {
			w.blank(prefix)
		}
		start := len(w.out)
		if list.Ordered {
			w.out = strconv.AppendInt(w.out, int64(i+1), 10)
		}
		w.out = append(w.out, marker, ' ')
		w.blocks(item.Blocks, prefix+strings.Repeat(" ", len(w.out)-start), marker)
	}
}

func (w *renderer) table(t doc.Table, prefix string) {
	w.tableHead(t.Columns, prefix)
	for _, row := range t.Rows {
		w.newline(prefix)
		w.row(row)
	}
}

// tableHead writes the first two lines of a table.
func (w *renderer) tableHead(columns []doc.Column, prefix string) {
	w.inCell = true
	defer func() { w.inCell = false }()
	w.out = append(w.out, '|')
	for _, c := range columns {
		w.cell(c.Head)
	}
	w.newline(prefix)
	w.out = append(w.out, '|')
	for _, c := range columns {
		switch c.Align {
		case doc.Left:
			w.out = append(w.out, " --- |"...)
		case doc.Center:
			w.out = append(w.out, " :-: |"...)
		case doc.Right:
			w.out = append(w.out, " --: |"...)
		default:
			panic(fmt.Sprintf("markdown: unknown alignment %d", c.Align))
		}
	}
}

// row writes one line of a table.
func (w *renderer) row(row doc.Row) {
	w.inCell = true
	defer func() { w.inCell = false }()
	w.out = append(w.out, '|')
	for _, cell := range row.Cells {
		w.cell(cell)
	}
}

func (w *renderer) cell(text []doc.Inline) {
	w.out = append(w.out, ' ')
	w.inlines(text, edgeLine, edgeLine, "")
	w.out = append(w.out, " |"...)
}
