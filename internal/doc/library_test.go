package doc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// encodeByLibrary is Encode by the structs that Decode reads into and the encoder of
// the standard library: what the form is defined by.
func encodeByLibrary(d Document) ([]byte, error) {
	var e structs
	m := d.Meta
	j := jsonDocument{Meta: jsonMeta{
		ID: e.text(m.ID), Title: e.text(m.Title), Version: e.text(m.Version), Language: e.text(m.Language),
		Provider: e.text(m.Provider), Customer: e.text(m.Customer), Effective: e.text(m.Effective), Draft: m.Draft, Compact: m.Compact,
	}}
	switch m.Paper {
	case Letter:
		j.Meta.Paper = "letter"
	case A4:
		j.Meta.Paper = "a4"
	default:
		e.fail(fmt.Errorf("unknown paper %d", int(m.Paper)))
	}
	j.Blocks = e.blocks(d.Blocks, 0)
	if e.err != nil {
		return nil, fmt.Errorf("encode document: %w", e.err)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(j); err != nil {
		return nil, fmt.Errorf("encode document: %w", err)
	}
	return b.Bytes(), nil
}

// structs makes the structs of a document. It keeps the first error.
type structs struct{ err error }

func (e *structs) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *structs) text(s string) string {
	if !utf8.ValidString(s) {
		e.fail(fmt.Errorf("text %q is not UTF-8", s))
	}
	return s
}

// tooDeep reports whether what is nested this deep cannot be written.
func (e *structs) tooDeep(depth int) bool {
	if depth > maxDepth {
		e.fail(fmt.Errorf("nested deeper than %d levels", maxDepth))
		return true
	}
	return false
}

func (e *structs) blocks(blocks []Block, depth int) []jsonBlock {
	if e.tooDeep(depth) {
		return nil
	}
	j := make([]jsonBlock, len(blocks))
	for i, b := range blocks {
		j[i] = e.block(b, depth)
	}
	return j
}

func (e *structs) block(b Block, depth int) jsonBlock {
	switch b := b.(type) {
	case Heading:
		return jsonBlock{Kind: kindHeading, Level: b.Level, Number: e.text(b.Number), Anchor: e.text(b.Anchor), Text: e.inlines(b.Text, 0)}
	case Paragraph:
		return jsonBlock{Kind: kindParagraph, Text: e.inlines(b.Text, 0)}
	case List:
		items := make([]jsonItem, len(b.Items))
		for i, item := range b.Items {
			items[i] = jsonItem{e.text(item.Label), e.blocks(item.Blocks, depth+1)}
		}
		return jsonBlock{Kind: kindList, Ordered: b.Ordered, Items: items}
	case Table:
		return e.table(b)
	case Quote:
		return jsonBlock{Kind: kindQuote, Blocks: e.blocks(b.Blocks, depth+1)}
	case Signature:
		return jsonBlock{
			Kind: kindSignature, Party: e.inlines(b.Party, 0), LegalName: e.inlines(b.LegalName, 0),
			Name: e.inlines(b.Name, 0), Title: e.inlines(b.Title, 0), Witnessed: b.Witnessed,
		}
	case PageBreak:
		return jsonBlock{Kind: kindPageBreak}
	default:
		panic(unknown(b))
	}
}

func (e *structs) table(t Table) jsonBlock {
	j := jsonBlock{Kind: kindTable}
	for _, c := range t.Columns {
		align := ""
		switch c.Align {
		case Left:
		case Center:
			align = "center"
		case Right:
			align = "right"
		default:
			e.fail(fmt.Errorf("unknown alignment %d", int(c.Align)))
		}
		j.Columns = append(j.Columns, jsonColumn{e.inlines(c.Head, 0), align, c.Weight})
	}
	for _, row := range t.Rows {
		cells := make([][]jsonInline, len(row.Cells))
		for i, cell := range row.Cells {
			cells[i] = e.inlines(cell, 0)
		}
		j.Rows = append(j.Rows, jsonRow{cells, row.Total})
	}
	return j
}

func (e *structs) inlines(text []Inline, depth int) []jsonInline {
	if e.tooDeep(depth) {
		return nil
	}
	j := make([]jsonInline, 0, len(text))
	for _, in := range text {
		switch in := in.(type) {
		case Text:
			value := e.text(in.Value)
			if n := len(j); n > 0 && j[n-1].Kind == kindText {
				j[n-1].Value += value
				continue
			}
			j = append(j, jsonInline{Kind: kindText, Value: value})
		case Strong:
			j = append(j, jsonInline{Kind: kindStrong, Text: e.inlines(in.Text, depth+1)})
		case Emphasis:
			j = append(j, jsonInline{Kind: kindEmphasis, Text: e.inlines(in.Text, depth+1)})
		case Link:
			j = append(j, jsonInline{Kind: kindLink, Dest: e.text(in.Dest), Text: e.inlines(in.Text, depth+1)})
		case Ref:
			j = append(j, jsonInline{Kind: kindRef, Target: e.text(in.Target), Printed: e.text(in.Text)})
		case LineBreak:
			j = append(j, jsonInline{Kind: kindLineBreak})
		default:
			panic(unknown(in))
		}
	}
	return j
}
