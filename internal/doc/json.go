package doc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// The JSON form: each block and inline is an object whose "kind" names its
// type in lower case; fields that are empty are left out. It is for later
// stages and other programs, and exact but for origins, which are places in
// files that the reader may not have.

const (
	kindHeading   = "heading"
	kindParagraph = "paragraph"
	kindList      = "list"
	kindTable     = "table"
	kindQuote     = "quote"
	kindSignature = "signature"
	kindPageBreak = "page-break"

	kindText      = "text"
	kindStrong    = "strong"
	kindEmphasis  = "emphasis"
	kindLink      = "link"
	kindRef       = "ref"
	kindLineBreak = "line-break"
)

type jsonDocument struct {
	Meta   jsonMeta          `json:"meta"`
	Blocks []json.RawMessage `json:"blocks"`
}

type jsonMeta struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Version   string `json:"version"`
	Language  string `json:"language"`
	Provider  string `json:"provider"`
	Customer  string `json:"customer"`
	Effective string `json:"effective"`
	Paper     string `json:"paper"`
	Draft     bool   `json:"draft"`
}

type jsonHeading struct {
	Kind   string            `json:"kind"`
	Level  int               `json:"level"`
	Number string            `json:"number,omitempty"`
	Anchor string            `json:"anchor,omitempty"`
	Text   []json.RawMessage `json:"text,omitempty"`
}

// jsonMarked is a paragraph, strong text or emphasis.
type jsonMarked struct {
	Kind string            `json:"kind"`
	Text []json.RawMessage `json:"text,omitempty"`
}

type jsonList struct {
	Kind    string     `json:"kind"`
	Ordered bool       `json:"ordered,omitempty"`
	Items   []jsonItem `json:"items,omitempty"`
}

type jsonItem struct {
	Label  string            `json:"label,omitempty"`
	Blocks []json.RawMessage `json:"blocks,omitempty"`
}

type jsonTable struct {
	Kind    string       `json:"kind"`
	Columns []jsonColumn `json:"columns,omitempty"`
	Rows    []jsonRow    `json:"rows,omitempty"`
}

type jsonColumn struct {
	Head   []json.RawMessage `json:"head,omitempty"`
	Align  string            `json:"align,omitempty"` // "center" or "right"
	Weight int               `json:"weight,omitempty"`
}

type jsonRow struct {
	Cells [][]json.RawMessage `json:"cells,omitempty"`
	Total bool                `json:"total,omitempty"`
}

type jsonQuote struct {
	Kind   string            `json:"kind"`
	Blocks []json.RawMessage `json:"blocks,omitempty"`
}

type jsonSignature struct {
	Kind      string            `json:"kind"`
	Party     []json.RawMessage `json:"party,omitempty"`
	LegalName []json.RawMessage `json:"legalName,omitempty"`
	Name      []json.RawMessage `json:"name,omitempty"`
	Title     []json.RawMessage `json:"title,omitempty"`
}

// jsonMark is a page break or a line break.
type jsonMark struct {
	Kind string `json:"kind"`
}

type jsonText struct {
	Kind  string `json:"kind"`
	Value string `json:"value,omitempty"`
}

type jsonLink struct {
	Kind string            `json:"kind"`
	Dest string            `json:"dest,omitempty"`
	Text []json.RawMessage `json:"text,omitempty"`
}

type jsonRef struct {
	Kind   string `json:"kind"`
	Target string `json:"target,omitempty"`
	Text   string `json:"text,omitempty"`
}

// Encode is d as indented JSON that ends in a line feed. It fails where JSON cannot say exactly what d
// holds: text that is not UTF-8, a Paper or Align outside its set, blocks and
// inlines nested deeper than 200 levels.
func Encode(d Document) ([]byte, error) {
	var e encoder
	var paper string
	switch d.Meta.Paper {
	case Letter:
		paper = "letter"
	case A4:
		paper = "a4"
	default:
		return nil, fmt.Errorf("encode document: unknown paper %d", int(d.Meta.Paper))
	}
	m := d.Meta
	for _, s := range []string{m.ID, m.Title, m.Version, m.Language, m.Provider, m.Customer, m.Effective} {
		e.text(s)
	}
	raw := e.marshal(jsonDocument{
		Meta:   jsonMeta{m.ID, m.Title, m.Version, m.Language, m.Provider, m.Customer, m.Effective, paper, m.Draft},
		Blocks: e.blocks(d.Blocks, 0),
	})
	if e.err != nil {
		return nil, fmt.Errorf("encode document: %w", e.err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, raw, "", "  "); err != nil {
		return nil, fmt.Errorf("encode document: %w", err)
	}
	return out.Bytes(), nil
}

// maxDepth bounds blocks and inlines inside each other.
const maxDepth = 200

var errTooDeep = fmt.Errorf("nested deeper than %d levels", maxDepth)

// encoder keeps the first error.
type encoder struct{ err error }

func (e *encoder) marshal(v any) json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil && e.err == nil {
		e.err = err
	}
	return b.Bytes()
}

func (e *encoder) text(s string) string {
	if !utf8.ValidString(s) && e.err == nil {
		e.err = fmt.Errorf("text %q is not UTF-8", s)
	}
	return s
}

// deeper reports whether what is nested this deep can be written.
func (e *encoder) deeper(depth int) bool {
	if depth > maxDepth && e.err == nil {
		e.err = errTooDeep
	}
	return e.err == nil
}

func (e *encoder) blocks(blocks []Block, depth int) []json.RawMessage {
	if !e.deeper(depth) {
		return nil
	}
	raw := make([]json.RawMessage, len(blocks))
	for i, b := range blocks {
		raw[i] = e.marshal(e.block(b, depth))
	}
	return raw
}

func (e *encoder) block(b Block, depth int) any {
	switch b := b.(type) {
	case Heading:
		return jsonHeading{kindHeading, b.Level, e.text(b.Number), e.text(b.Anchor), e.inlines(b.Text, depth)}
	case Paragraph:
		return jsonMarked{kindParagraph, e.inlines(b.Text, depth)}
	case List:
		items := make([]jsonItem, len(b.Items))
		for i, item := range b.Items {
			items[i] = jsonItem{e.text(item.Label), e.blocks(item.Blocks, depth+1)}
		}
		return jsonList{kindList, b.Ordered, items}
	case Table:
		return e.table(b, depth)
	case Quote:
		return jsonQuote{kindQuote, e.blocks(b.Blocks, depth+1)}
	case Signature:
		return jsonSignature{kindSignature, e.inlines(b.Party, depth), e.inlines(b.LegalName, depth), e.inlines(b.Name, depth), e.inlines(b.Title, depth)}
	case PageBreak:
		return jsonMark{kindPageBreak}
	default:
		panic(unknown(b))
	}
}

func (e *encoder) table(t Table, depth int) jsonTable {
	j := jsonTable{Kind: kindTable}
	for _, c := range t.Columns {
		align := ""
		switch c.Align {
		case Left:
		case Center:
			align = "center"
		case Right:
			align = "right"
		default:
			if e.err == nil {
				e.err = fmt.Errorf("unknown alignment %d", int(c.Align))
			}
		}
		j.Columns = append(j.Columns, jsonColumn{e.inlines(c.Head, depth), align, c.Weight})
	}
	for _, row := range t.Rows {
		cells := make([][]json.RawMessage, len(row.Cells))
		for i, cell := range row.Cells {
			cells[i] = e.inlines(cell, depth)
		}
		j.Rows = append(j.Rows, jsonRow{cells, row.Total})
	}
	return j
}

func (e *encoder) inlines(text []Inline, depth int) []json.RawMessage {
	if !e.deeper(depth) {
		return nil
	}
	raw := make([]json.RawMessage, len(text))
	for i, in := range text {
		raw[i] = e.marshal(e.inline(in, depth))
	}
	return raw
}

func (e *encoder) inline(in Inline, depth int) any {
	switch in := in.(type) {
	case Text:
		return jsonText{kindText, e.text(in.Value)}
	case Strong:
		return jsonMarked{kindStrong, e.inlines(in.Text, depth+1)}
	case Emphasis:
		return jsonMarked{kindEmphasis, e.inlines(in.Text, depth+1)}
	case Link:
		return jsonLink{kindLink, e.text(in.Dest), e.inlines(in.Text, depth+1)}
	case Ref:
		return jsonRef{kindRef, e.text(in.Target), e.text(in.Text)}
	case LineBreak:
		return jsonMark{kindLineBreak}
	default:
		panic(unknown(in))
	}
}

// Decode reads what Encode writes: Decode(Encode(d)) is d without origins,
// with nil for empty slices. White space aside it accepts nothing else: no
// unknown fields, kinds or values, no field twice, in another case or order,
// or written though it is empty.
func Decode(data []byte) (Document, error) {
	if !utf8.Valid(data) {
		return Document{}, errors.New("decode document: not UTF-8")
	}
	var j jsonDocument
	if err := decodeStrict(data, &j); err != nil {
		return Document{}, fmt.Errorf("decode document: %w", err)
	}
	m := j.Meta
	d := Document{Meta: Meta{ID: m.ID, Title: m.Title, Version: m.Version, Language: m.Language,
		Provider: m.Provider, Customer: m.Customer, Effective: m.Effective, Draft: m.Draft}}
	switch m.Paper {
	case "letter":
		d.Meta.Paper = Letter
	case "a4":
		d.Meta.Paper = A4
	default:
		return Document{}, fmt.Errorf("decode document: unknown paper %q", m.Paper)
	}
	blocks, err := decodeBlocks(j.Blocks, 0)
	if err != nil {
		return Document{}, fmt.Errorf("decode document: %w", err)
	}
	d.Blocks = blocks
	if err := sameJSON(d, data); err != nil {
		return Document{}, fmt.Errorf("decode document: %w", err)
	}
	return d, nil
}

// sameJSON refuses JSON that is not what Encode writes for d. The decoder of
// the standard library accepts a field twice and in any case.
func sameJSON(d Document, data []byte) error {
	want, err := Encode(d)
	if err != nil {
		return err
	}
	var a, b bytes.Buffer
	if err := json.Compact(&a, want); err != nil {
		return err
	}
	if err := json.Compact(&b, data); err != nil {
		return err
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		return errors.New("not written as this program writes it")
	}
	return nil
}

func decodeStrict(data []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("something follows the document")
	}
	return nil
}

// kindOf is the kind of one object.
func kindOf(raw json.RawMessage) (string, error) {
	var j struct {
		Kind *string `json:"kind"`
	}
	if err := json.Unmarshal(raw, &j); err != nil {
		return "", err
	}
	if j.Kind == nil {
		return "", errors.New("an object without kind")
	}
	return *j.Kind, nil
}

func decodeBlocks(raw []json.RawMessage, depth int) ([]Block, error) {
	if depth > maxDepth {
		return nil, errTooDeep
	}
	var blocks []Block
	for i, r := range raw {
		b, err := decodeBlock(r, depth)
		if err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
		blocks = append(blocks, b)
	}
	return blocks, nil
}

func decodeBlock(raw json.RawMessage, depth int) (Block, error) {
	kind, err := kindOf(raw)
	if err != nil {
		return nil, err
	}
	switch kind {
	case kindHeading:
		var j jsonHeading
		if err := decodeStrict(raw, &j); err != nil {
			return nil, err
		}
		text, err := decodeInlines(j.Text, depth)
		return Heading{Level: j.Level, Number: j.Number, Anchor: j.Anchor, Text: text}, err
	case kindParagraph:
		text, err := decodeMarked(raw, depth)
		return Paragraph{Text: text}, err
	case kindList:
		return decodeList(raw, depth)
	case kindTable:
		return decodeTable(raw, depth)
	case kindQuote:
		var j jsonQuote
		if err := decodeStrict(raw, &j); err != nil {
			return nil, err
		}
		blocks, err := decodeBlocks(j.Blocks, depth+1)
		return Quote{Blocks: blocks}, err
	case kindSignature:
		return decodeSignature(raw, depth)
	case kindPageBreak:
		return PageBreak{}, decodeStrict(raw, &jsonMark{})
	default:
		return nil, fmt.Errorf("unknown kind of block %q", kind)
	}
}

func decodeList(raw json.RawMessage, depth int) (Block, error) {
	var j jsonList
	if err := decodeStrict(raw, &j); err != nil {
		return nil, err
	}
	list := List{Ordered: j.Ordered}
	for i, item := range j.Items {
		blocks, err := decodeBlocks(item.Blocks, depth+1)
		if err != nil {
			return nil, fmt.Errorf("item %d: %w", i+1, err)
		}
		list.Items = append(list.Items, Item{Label: item.Label, Blocks: blocks})
	}
	return list, nil
}

func decodeTable(raw json.RawMessage, depth int) (Block, error) {
	var j jsonTable
	if err := decodeStrict(raw, &j); err != nil {
		return nil, err
	}
	var table Table
	for i, c := range j.Columns {
		head, err := decodeInlines(c.Head, depth)
		if err != nil {
			return nil, fmt.Errorf("column %d: %w", i+1, err)
		}
		align := Left
		switch c.Align {
		case "":
		case "center":
			align = Center
		case "right":
			align = Right
		default:
			return nil, fmt.Errorf("column %d: unknown alignment %q", i+1, c.Align)
		}
		table.Columns = append(table.Columns, Column{Head: head, Align: align, Weight: c.Weight})
	}
	for i, r := range j.Rows {
		row := Row{Total: r.Total}
		for _, c := range r.Cells {
			cell, err := decodeInlines(c, depth)
			if err != nil {
				return nil, fmt.Errorf("row %d: %w", i+1, err)
			}
			row.Cells = append(row.Cells, cell)
		}
		table.Rows = append(table.Rows, row)
	}
	return table, nil
}

func decodeSignature(raw json.RawMessage, depth int) (Block, error) {
	var j jsonSignature
	if err := decodeStrict(raw, &j); err != nil {
		return nil, err
	}
	var s Signature
	for _, part := range []struct {
		raw  []json.RawMessage
		text *[]Inline
	}{{j.Party, &s.Party}, {j.LegalName, &s.LegalName}, {j.Name, &s.Name}, {j.Title, &s.Title}} {
		text, err := decodeInlines(part.raw, depth)
		if err != nil {
			return nil, err
		}
		*part.text = text
	}
	return s, nil
}

func decodeInlines(raw []json.RawMessage, depth int) ([]Inline, error) {
	if depth > maxDepth {
		return nil, errTooDeep
	}
	var text []Inline
	for i, r := range raw {
		in, err := decodeInline(r, depth)
		if err != nil {
			return nil, fmt.Errorf("inline %d: %w", i+1, err)
		}
		text = append(text, in)
	}
	return text, nil
}

func decodeInline(raw json.RawMessage, depth int) (Inline, error) {
	kind, err := kindOf(raw)
	if err != nil {
		return nil, err
	}
	switch kind {
	case kindText:
		var j jsonText
		err := decodeStrict(raw, &j)
		return Text{Value: j.Value}, err
	case kindStrong:
		text, err := decodeMarked(raw, depth+1)
		return Strong{Text: text}, err
	case kindEmphasis:
		text, err := decodeMarked(raw, depth+1)
		return Emphasis{Text: text}, err
	case kindLink:
		var j jsonLink
		if err := decodeStrict(raw, &j); err != nil {
			return nil, err
		}
		text, err := decodeInlines(j.Text, depth+1)
		return Link{Dest: j.Dest, Text: text}, err
	case kindRef:
		var j jsonRef
		err := decodeStrict(raw, &j)
		return Ref{Target: j.Target, Text: j.Text}, err
	case kindLineBreak:
		return LineBreak{}, decodeStrict(raw, &jsonMark{})
	default:
		return nil, fmt.Errorf("unknown kind of inline %q", kind)
	}
}

func decodeMarked(raw json.RawMessage, depth int) ([]Inline, error) {
	var j jsonMarked
	if err := decodeStrict(raw, &j); err != nil {
		return nil, err
	}
	return decodeInlines(j.Text, depth)
}
