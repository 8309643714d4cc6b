package doc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
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

// maxDepth bounds blocks and inlines inside each other.
const maxDepth = 200

// Decode reads what Encode writes: Decode(Encode(d)) is d without origins, with
// one text for several beside each other and nil for empty slices. But for white
// space and texts beside each other it accepts nothing else: no unknown fields,
// kinds or values, no field twice, in another order, on the wrong kind, or
// written though it is empty.
func Decode(data []byte) (Document, error) {
	const space = " \t\r\n"
	data = bytes.Trim(data, space)
	d, err := decode(data)
	if err != nil && bytes.ContainsAny(data, space) {
		var compact bytes.Buffer
		if json.Compact(&compact, data) == nil {
			d, err = decode(compact.Bytes())
		}
	}
	if err != nil {
		return Document{}, fmt.Errorf("decode document: %w", err)
	}
	return d, nil
}

// decode reads JSON without white space between its parts. What decoder takes and
// encoder would not have written, such as a field that is there and empty, shows when
// it is encoded again.
func decode(data []byte) (Document, error) {
	d := decoder{in: data}
	document := d.document()
	if d.err != nil {
		return Document{}, d.err
	}
	want, err := Encode(document)
	if err != nil {
		return Document{}, err
	}
	want = bytes.TrimSuffix(want, []byte("\n"))
	for d.at = 0; d.at < len(want) && d.at < len(data) && want[d.at] == data[d.at]; d.at++ {
	}
	if d.at < len(want) || d.at < len(data) {
		d.fail()
	}
	return document, d.err
}

// decoder reads what encoder writes, in its order. It keeps the first error, and
// reads nothing after it.
type decoder struct {
	in    []byte
	at    int  // how far it was read
	empty bool // nothing was read yet of the innermost object or array that is open
	err   error
}

func (d *decoder) fail() {
	if d.err == nil {
		d.err = fmt.Errorf("not in the one form of a document: near %q", d.in[max(0, d.at-20):min(len(d.in), d.at+20)])
	}
}

// take passes a text if it stands next.
func (d *decoder) take(text string) bool {
	if d.err != nil || len(d.in)-d.at < len(text) || string(d.in[d.at:d.at+len(text)]) != text {
		return false
	}
	d.at += len(text)
	return true
}

func (d *decoder) want(text string) {
	if !d.take(text) {
		d.fail()
	}
}

func (d *decoder) open(bracket string) {
	d.want(bracket)
	d.empty = true
}

func (d *decoder) close(bracket string) {
	d.want(bracket)
	d.empty = false
}

// key passes a quoted key with its colon if it stands next.
func (d *decoder) key(quoted string) bool {
	before := d.at
	if !d.empty && !d.take(",") || !d.take(quoted) {
		d.at = before
		return false
	}
	d.empty = false
	return true
}

// each reads the elements of an array.
func (d *decoder) each(read func()) {
	d.open("[")
	for d.err == nil && !d.take("]") {
		if !d.empty {
			d.want(",")
		}
		read()
		d.empty = false
	}
	d.empty = false
}

func (d *decoder) text(key string) string {
	if !d.key(key) {
		d.fail()
	}
	return d.string()
}

// optional is text for a field that is left out where it is empty.
func (d *decoder) optional(key string) string {
	if !d.key(key) {
		return ""
	}
	return d.string()
}

func (d *decoder) optionalBool(key string) bool {
	if !d.key(key) {
		return false
	}
	d.want("true")
	return true
}

func (d *decoder) optionalInt(key string) int {
	if !d.key(key) {
		return 0
	}
	start := d.at
	for d.at < len(d.in) && (d.in[d.at] == '-' || '0' <= d.in[d.at] && d.in[d.at] <= '9') {
		d.at++
	}
	n, err := strconv.Atoi(string(d.in[start:d.at]))
	if err != nil {
		d.fail()
	}
	return n
}

func (d *decoder) string() string {
	start := d.at
	d.want(`"`)
	escaped := false
	for ; d.err == nil && d.at < len(d.in); d.at++ {
		switch d.in[d.at] {
		case '"':
			d.at++
			if !escaped {
				return string(d.in[start+1 : d.at-1])
			}
			var text string
			if err := json.Unmarshal(d.in[start:d.at], &text); err != nil {
				d.fail()
			}
			return text
		case '\\':
			escaped = true
			d.at++
		}
	}
	d.fail()
	return ""
}

func (d *decoder) document() Document {
	var document Document
	d.open("{")
	if !d.key(`"meta":`) {
		d.fail()
	}
	d.open("{")
	document.Meta = Meta{
		ID: d.text(`"id":`), Title: d.text(`"title":`), Version: d.text(`"version":`), Language: d.text(`"language":`),
		Provider: d.text(`"provider":`), Customer: d.text(`"customer":`), Effective: d.text(`"effective":`),
	}
	switch d.text(`"paper":`) {
	case "letter":
		document.Meta.Paper = Letter
	case "a4":
		document.Meta.Paper = A4
	default:
		d.fail()
	}
	if !d.key(`"draft":`) {
		d.fail()
	}
	if document.Meta.Draft = d.take("true"); !document.Meta.Draft {
		d.want("false")
	}
	document.Meta.Compact = d.optionalBool(`"compact":`)
	d.close("}")
	if !d.key(`"blocks":`) {
		d.fail()
	}
	document.Blocks = d.blocks(0)
	d.close("}")
	if d.at < len(d.in) {
		d.fail()
	}
	return document
}

func (d *decoder) blocks(depth int) []Block {
	if depth > maxDepth {
		d.fail()
		return nil
	}
	var blocks []Block
	d.each(func() { blocks = append(blocks, d.block(depth)) })
	return blocks
}

func (d *decoder) optionalBlocks(depth int) []Block {
	if !d.key(`"blocks":`) {
		return nil
	}
	return d.blocks(depth)
}

func (d *decoder) block(depth int) Block {
	var b Block
	d.open("{")
	switch d.text(`"kind":`) {
	case kindHeading:
		b = Heading{Level: d.optionalInt(`"level":`), Number: d.optional(`"number":`), Anchor: d.optional(`"anchor":`), Text: d.inlines(`"text":`, 0)}
	case kindParagraph:
		b = Paragraph{Text: d.inlines(`"text":`, 0)}
	case kindList:
		list := List{Ordered: d.optionalBool(`"ordered":`)}
		if d.key(`"items":`) {
			d.each(func() {
				d.open("{")
				list.Items = append(list.Items, Item{Label: d.optional(`"label":`), Blocks: d.optionalBlocks(depth + 1)})
				d.close("}")
			})
		}
		b = list
	case kindTable:
		b = d.table()
	case kindQuote:
		b = Quote{Blocks: d.optionalBlocks(depth + 1)}
	case kindSignature:
		b = Signature{
			Party: d.inlines(`"party":`, 0), LegalName: d.inlines(`"legalName":`, 0), Name: d.inlines(`"name":`, 0), Title: d.inlines(`"title":`, 0),
			Witnessed: d.optionalBool(`"witnessed":`),
		}
	case kindPageBreak:
		b = PageBreak{}
	default:
		d.fail()
	}
	d.close("}")
	return b
}

func (d *decoder) table() Table {
	var t Table
	if d.key(`"columns":`) {
		d.each(func() {
			d.open("{")
			c := Column{Head: d.inlines(`"head":`, 0)}
			switch d.optional(`"align":`) {
			case "":
			case "center":
				c.Align = Center
			case "right":
				c.Align = Right
			default:
				d.fail()
			}
			c.Weight = d.optionalInt(`"weight":`)
			d.close("}")
			t.Columns = append(t.Columns, c)
		})
	}
	if d.key(`"rows":`) {
		d.each(func() {
			d.open("{")
			var row Row
			if d.key(`"cells":`) {
				d.each(func() { row.Cells = append(row.Cells, d.run(0)) })
			}
			row.Total = d.optionalBool(`"total":`)
			d.close("}")
			t.Rows = append(t.Rows, row)
		})
	}
	return t
}

// inlines reads the field of a run of inlines, which is left out where it is empty.
func (d *decoder) inlines(key string, depth int) []Inline {
	if !d.key(key) {
		return nil
	}
	return d.run(depth)
}

func (d *decoder) run(depth int) []Inline {
	if depth > maxDepth {
		d.fail()
		return nil
	}
	var text []Inline
	d.each(func() { text = append(text, d.inline(depth)) })
	return text
}

func (d *decoder) inline(depth int) Inline {
	var in Inline
	d.open("{")
	switch d.text(`"kind":`) {
	case kindText:
		in = Text{Value: d.optional(`"value":`)}
	case kindStrong:
		in = Strong{Text: d.inlines(`"text":`, depth+1)}
	case kindEmphasis:
		in = Emphasis{Text: d.inlines(`"text":`, depth+1)}
	case kindLink:
		in = Link{Dest: d.optional(`"dest":`), Text: d.inlines(`"text":`, depth+1)}
	case kindRef:
		in = Ref{Target: d.optional(`"target":`), Text: d.optional(`"printed":`)}
	case kindLineBreak:
		in = LineBreak{}
	default:
		d.fail()
	}
	d.close("}")
	return in
}
