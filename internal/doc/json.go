package doc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// The JSON form: each block and inline is an object whose "kind" names its
// type; fields that are empty are left out. It is for later stages and other
// programs, and exact but for origins, which are places in files that the
// reader may not have.

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

// maxDepth bounds blocks and inlines inside each other.
const maxDepth = 200

// Decode reads what Encode writes: Decode(Encode(d)) is d without origins,
// with nil for empty slices. White space aside it accepts nothing else: no
// unknown fields, kinds or values, no field twice, in another order, on the
// wrong kind, or written though it is empty.
func Decode(data []byte) (Document, error) {
	d, err := decode(data)
	if err != nil {
		return Document{}, fmt.Errorf("decode document: %w", err)
	}
	return d, nil
}

func decode(data []byte) (Document, error) {
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
