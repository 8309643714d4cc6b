package doc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// encodeByLibrary is Encode by structs and the encoder of the standard library: what
// the form is defined by.
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

type jsonDocument struct {
	Meta   jsonMeta    `json:"meta"`
	Blocks []jsonBlock `json:"blocks"`
}

type jsonMeta struct {
	ID        string `json:"id"`
	Title     string `json:"title"`
	Version   string `json:"version"`
	Language  string `json:"language"`
	Provider  string `json:"provider"`
	Customer  string `json:"customer"`
	Effective string `json:"effective"`
	Paper     string `json:"paper"` // "letter" or "a4"
	Draft     bool   `json:"draft"`
	Compact   bool   `json:"compact,omitempty"`
}

// jsonBlock has the fields of all kinds of blocks.
type jsonBlock struct {
	Kind      string       `json:"kind"`
	Level     int          `json:"level,omitempty"`
	Number    string       `json:"number,omitempty"`
	Anchor    string       `json:"anchor,omitempty"`
	Ordered   bool         `json:"ordered,omitempty"`
	Text      []jsonInline `json:"text,omitempty"`
	Items     []jsonItem   `json:"items,omitempty"`
	Columns   []jsonColumn `json:"columns,omitempty"`
	Rows      []jsonRow    `json:"rows,omitempty"`
	Blocks    []jsonBlock  `json:"blocks,omitempty"`
	Party     []jsonInline `json:"party,omitempty"`
	LegalName []jsonInline `json:"legalName,omitempty"`
	Name      []jsonInline `json:"name,omitempty"`
	Title     []jsonInline `json:"title,omitempty"`
	Witnessed bool         `json:"witnessed,omitempty"`
}

type jsonItem struct {
	Label  string      `json:"label,omitempty"`
	Blocks []jsonBlock `json:"blocks,omitempty"`
}

type jsonColumn struct {
	Head   []jsonInline `json:"head,omitempty"`
	Align  string       `json:"align,omitempty"` // "center" or "right"
	Weight int          `json:"weight,omitempty"`
}

type jsonRow struct {
	Cells [][]jsonInline `json:"cells,omitempty"`
	Total bool           `json:"total,omitempty"`
}

// jsonInline has the fields of all kinds of inlines.
type jsonInline struct {
	Kind    string       `json:"kind"`
	Value   string       `json:"value,omitempty"`
	Dest    string       `json:"dest,omitempty"`
	Target  string       `json:"target,omitempty"`
	Printed string       `json:"printed,omitempty"` // the text of a reference
	Text    []jsonInline `json:"text,omitempty"`
}

// decodeByLibrary is Decode by these structs and the decoder of the standard library.
func decodeByLibrary(data []byte) (Document, error) {
	if !utf8.Valid(data) {
		return Document{}, errors.New("not UTF-8")
	}
	var j jsonDocument
	if err := json.Unmarshal(data, &j); err != nil {
		return Document{}, err
	}
	m := j.Meta
	d := Document{Meta: Meta{
		ID: m.ID, Title: m.Title, Version: m.Version, Language: m.Language,
		Provider: m.Provider, Customer: m.Customer, Effective: m.Effective, Draft: m.Draft, Compact: m.Compact,
	}}
	switch m.Paper {
	case "letter":
		d.Meta.Paper = Letter
	case "a4":
		d.Meta.Paper = A4
	default:
		return Document{}, fmt.Errorf("unknown paper %q", m.Paper)
	}
	var err error
	if d.Blocks, err = decodeBlocks(j.Blocks); err != nil {
		return Document{}, err
	}
	if err := sameJSON(d, data); err != nil {
		return Document{}, err
	}
	return d, nil
}

// sameJSON refuses JSON that is not what Encode writes for d: the decoder of
// the standard library accepts a field twice, in any case and of any name, and here
// a field of another kind.
func sameJSON(d Document, data []byte) error {
	want, err := Encode(d)
	if err != nil {
		return err
	}
	if bytes.Equal(bytes.TrimSpace(want), bytes.TrimSpace(data)) {
		return nil
	}
	var a, b bytes.Buffer
	if err := json.Compact(&a, want); err != nil {
		return err
	}
	if err := json.Compact(&b, data); err != nil {
		return err
	}
	if bytes.Equal(a.Bytes(), b.Bytes()) {
		return nil
	}
	at := 0
	for at < a.Len() && at < b.Len() && a.Bytes()[at] == b.Bytes()[at] {
		at++
	}
	return fmt.Errorf("not in the one form of a document: near %q", b.Bytes()[max(0, at-20):min(b.Len(), at+20)])
}

func decodeBlocks(j []jsonBlock) ([]Block, error) {
	var blocks []Block
	for i, jb := range j {
		b, err := decodeBlock(jb)
		if err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
		blocks = append(blocks, b)
	}
	return blocks, nil
}

func decodeBlock(j jsonBlock) (Block, error) {
	switch j.Kind {
	case kindHeading:
		text, err := decodeInlines(j.Text)
		return Heading{Level: j.Level, Number: j.Number, Anchor: j.Anchor, Text: text}, err
	case kindParagraph:
		text, err := decodeInlines(j.Text)
		return Paragraph{Text: text}, err
	case kindList:
		list := List{Ordered: j.Ordered}
		for i, item := range j.Items {
			blocks, err := decodeBlocks(item.Blocks)
			if err != nil {
				return nil, fmt.Errorf("item %d: %w", i+1, err)
			}
			list.Items = append(list.Items, Item{Label: item.Label, Blocks: blocks})
		}
		return list, nil
	case kindTable:
		return decodeTable(j)
	case kindQuote:
		blocks, err := decodeBlocks(j.Blocks)
		return Quote{Blocks: blocks}, err
	case kindSignature:
		s := Signature{Witnessed: j.Witnessed}
		var errs [4]error
		s.Party, errs[0] = decodeInlines(j.Party)
		s.LegalName, errs[1] = decodeInlines(j.LegalName)
		s.Name, errs[2] = decodeInlines(j.Name)
		s.Title, errs[3] = decodeInlines(j.Title)
		return s, errors.Join(errs[:]...)
	case kindPageBreak:
		return PageBreak{}, nil
	default:
		return nil, fmt.Errorf("unknown kind of block %q", j.Kind)
	}
}

func decodeTable(j jsonBlock) (Block, error) {
	var table Table
	for i, c := range j.Columns {
		head, err := decodeInlines(c.Head)
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
			cell, err := decodeInlines(c)
			if err != nil {
				return nil, fmt.Errorf("row %d: %w", i+1, err)
			}
			row.Cells = append(row.Cells, cell)
		}
		table.Rows = append(table.Rows, row)
	}
	return table, nil
}

func decodeInlines(j []jsonInline) ([]Inline, error) {
	var text []Inline
	for _, in := range j {
		inner, err := decodeInlines(in.Text)
		if err != nil {
			return nil, err
		}
		switch in.Kind {
		case kindText:
			text = append(text, Text{Value: in.Value})
		case kindStrong:
			text = append(text, Strong{Text: inner})
		case kindEmphasis:
			text = append(text, Emphasis{Text: inner})
		case kindLink:
			text = append(text, Link{Dest: in.Dest, Text: inner})
		case kindRef:
			text = append(text, Ref{Target: in.Target, Text: in.Printed})
		case kindLineBreak:
			text = append(text, LineBreak{})
		default:
			return nil, fmt.Errorf("unknown kind of inline %q", in.Kind)
		}
	}
	return text, nil
}
