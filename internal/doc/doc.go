// Package doc is the finished document: blocks and inlines, without file
// format and without knowledge of where an agreement comes from.
//
// Block and Inline are closed sets. A document is a value: nobody changes one
// that another holds.
package doc

import (
	"strings"

	"concordat/internal/source"
)

// Document is one agreement, ready to be written in any format.
type Document struct {
	Meta   Meta
	Blocks []Block
}

// Meta is what a document says about itself in headers and file properties.
type Meta struct {
	ID        string // agreement id, such as "cpa-2027"
	Title     string // such as "Cyber Constitution"
	Version   string // of the agreement, such as "1.0.0"
	Language  string // BCP 47, such as "en-US"
	Provider  string // legal name
	Customer  string // legal name
	Effective string // date as 2006-01-02, the only date a file carries
	Paper     Paper
	Draft     bool // carries a DRAFT mark on every page
	Compact   bool // is set to have few pages
}

// Paper is a sheet size. Its zero is invalid.
type Paper int

const (
	Letter Paper = iota + 1 // 8.5 × 11 inches
	A4                      // 210 × 297 mm
)

// Block is one of Heading, Paragraph, List, Table, Quote, Signature and
// PageBreak.
type Block interface{ block() }

// Heading begins a part. Level 1 is the document's title, 2 an article or
// schedule, 3 a clause or a part of a schedule, 4 a part of that.
type Heading struct {
	Level  int    // 1 to 4
	Number string // as printed: "Article 3", "3.2", "Schedule B"; may be empty
	Anchor string // what a Ref points to, such as "bkp-01"; may be empty
	Text   []Inline
}

// Paragraph is running text.
type Paragraph struct {
	Text []Inline
}

// List is a list of items. In a finished document each item of an ordered
// list has its Label, as in "(a)" and "(i)"; items of other lists have none.
type List struct {
	Ordered bool
	Items   []Item
}

// Item is one item of a List; its Blocks may hold further lists.
type Item struct {
	Label  string
	Blocks []Block
}

// Table is a grid with one header row. Each row has a cell for each column.
type Table struct {
	Columns []Column
	Rows    []Row
}

// Column is a column of a Table.
type Column struct {
	Head   []Inline
	Align  Align
	Weight int // share of the width relative to the other columns; 0 lets the layout decide
}

// Align is the alignment of a column. Its zero is Left.
type Align int

const (
	Left Align = iota
	Center
	Right
)

// Row is a row of a Table.
type Row struct {
	Cells []Cell
	Total bool // a sum, set apart from the rows above it
}

// Cell is the text of one cell; it holds no LineBreak.
type Cell []Inline

// Quote sets its blocks apart from the text around them, as in a box.
type Quote struct {
	Blocks []Block
}

// Signature is the block in which one person signs for one party. It is never
// split between pages. By and Date are blank lines to be filled by hand, and so
// is Witness where a witness signs too.
type Signature struct {
	Party     []Inline // the defined term: "Provider" or "Customer"
	LegalName []Inline // the party's exact legal name
	Name      []Inline // of the person who signs
	Title     []Inline // of the person who signs
	Witnessed bool
}

// PageBreak begins a new page.
type PageBreak struct{}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (Table) block()     {}
func (Quote) block()     {}
func (Signature) block() {}
func (PageBreak) block() {}

// Inline is one of Text, Strong, Emphasis, Link, Ref and LineBreak.
type Inline interface{ inline() }

// Text is literal text, exactly as it is to be read: valid UTF-8 without line
// feed.
type Text struct {
	Value  string
	Origin source.Span // where it was written; not part of the document's identity
}

// Strong is text of strong importance, in bold.
type Strong struct {
	Text []Inline
}

// Emphasis is stressed text, in italics.
type Emphasis struct {
	Text []Inline
}

// Link leads outside the document; Dest is an http, https, mailto or tel URL.
type Link struct {
	Dest string
	Text []Inline
}

// Ref names another part of the document. Text is how it is printed, such as
// "Section 4.2"; it is empty until the document is numbered.
type Ref struct {
	Target string // an Anchor of the document
	Text   string
	Origin source.Span
}

// LineBreak ends a line inside a paragraph, as in an address.
type LineBreak struct{}

func (Text) inline()      {}
func (Strong) inline()    {}
func (Emphasis) inline()  {}
func (Link) inline()      {}
func (Ref) inline()       {}
func (LineBreak) inline() {}

// Plain is the text of inlines without marks; a LineBreak is a line feed.
func Plain(text []Inline) string {
	var b strings.Builder
	writePlain(&b, text)
	return b.String()
}

func writePlain(b *strings.Builder, text []Inline) {
	for _, in := range text {
		switch in := in.(type) {
		case Text:
			b.WriteString(in.Value)
		case Strong:
			writePlain(b, in.Text)
		case Emphasis:
			writePlain(b, in.Text)
		case Link:
			writePlain(b, in.Text)
		case Ref:
			b.WriteString(in.Text)
		case LineBreak:
			b.WriteByte('\n')
		default:
			panic(unknown(in))
		}
	}
}
