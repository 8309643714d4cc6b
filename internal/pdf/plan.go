// Package pdf sets documents as PDF files: it is for the last stage of making
// an agreement, and for tests and tools that ask what stands on which page.
//
// The work is done in four steps, each a function of values. Check finds the
// characters that cannot be drawn right, where they were written. Layout turns
// a document into a Plan, in which every line, rule and box has its place.
// Verify holds a plan against its document. Write draws a plan.
//
// The promise: the words of the document stand in the file, all of them, in
// order and unchanged; nothing is clipped, covered or outside the page; and
// the same document gives the same bytes, on every machine and at any time.
package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"concordat/internal/doc"
)

// Length is a distance in thousandths of a point (1/72000 inch). Whole numbers
// make a plan the same on every machine.
type Length int

// Pt is one point.
const Pt Length = 1000

// String is the length in points with three decimals.
func (l Length) String() string {
	sign := ""
	if l < 0 {
		sign, l = "-", -l
	}
	return fmt.Sprintf("%s%d.%03d", sign, l/Pt, l%Pt)
}

// Plan is a document laid out: everything that is to be drawn, in its place.
// X grows to the right and Y downwards from the upper left corner of a page.
type Plan struct {
	Paper         doc.Paper
	Width, Height Length // of the paper
	Margin        Margin
	Pages         []Page // at least one
}

// Margin is the space between the edges of the paper and the body.
type Margin struct {
	Left, Top, Right, Bottom Length
}

// Page is one page. Boxes are drawn first, then rules, then runs, each in
// their order; the order of the runs is the order of reading.
type Page struct {
	Boxes []Box
	Rules []Rule
	Runs  []Run
}

// Run is text of one style on one line. Text holds the spaces that follow its
// words, and one at the end of a line, so that extracted text does not run
// together and the runs of a flow, joined, give its words.
type Run struct {
	X, Y  Length // start of the baseline
	Size  Length // of the font
	Style Style
	Color Color
	Role  Role
	Flow  int // counts the texts of the document in reading order, from 1; 0 outside the body
	Link  string
	Text  string
}

// Rule is a straight line, horizontal or vertical, Thick wide around its path.
type Rule struct {
	X1, Y1, X2, Y2 Length
	Thick          Length
	Color          Color
}

// Box is a filled rectangle with its upper left corner at X, Y.
type Box struct {
	X, Y, Width, Height Length
	Color               Color
}

// Style is the face of a font. Its zero is Regular.
type Style uint8

const (
	Regular    Style = 0
	Bold       Style = 1
	Italic     Style = 2
	BoldItalic Style = Bold | Italic
)

// String is one of "regular", "bold", "italic" and "bold-italic".
func (s Style) String() string {
	switch s {
	case Regular:
		return "regular"
	case Bold:
		return "bold"
	case Italic:
		return "italic"
	case BoldItalic:
		return "bold-italic"
	default:
		panic(fmt.Sprintf("pdf: unknown style %d", uint8(s)))
	}
}

// Role says what a run is for. Its zero is invalid.
type Role uint8

const (
	RoleBody   Role = iota + 1 // a part of the document's text
	RoleMark                   // the bullet of a list item
	RoleRepeat                 // the head of a table again, on a further page
	RoleHeader                 // the running header
	RoleFooter                 // the running footer
)

// String is the name of the role, such as "body".
func (r Role) String() string {
	switch r {
	case RoleBody:
		return "body"
	case RoleMark:
		return "mark"
	case RoleRepeat:
		return "repeat"
	case RoleHeader:
		return "header"
	case RoleFooter:
		return "footer"
	default:
		panic(fmt.Sprintf("pdf: unknown role %d", uint8(r)))
	}
}

// Color is a colour in sRGB. Its zero is black.
type Color struct {
	R, G, B uint8
}

// String is the colour as in "#1f3a5f".
func (c Color) String() string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// String is the plan as text, one line for each box, rule and run, for a
// person to read and a test to compare.
func (p *Plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "paper %s x %s, pages %d\n", p.Width, p.Height, len(p.Pages))
	for i, page := range p.Pages {
		fmt.Fprintf(&b, "\npage %d\n", i+1)
		for _, x := range page.Boxes {
			fmt.Fprintf(&b, "  box %s %s size %s x %s %s\n", x.X, x.Y, x.Width, x.Height, x.Color)
		}
		for _, x := range page.Rules {
			fmt.Fprintf(&b, "  rule %s %s to %s %s thick %s %s\n", x.X1, x.Y1, x.X2, x.Y2, x.Thick, x.Color)
		}
		for _, x := range page.Runs {
			fmt.Fprintf(&b, "  %s %s %s %s %s %s", x.Role, x.X, x.Y, x.Size, x.Style, x.Color)
			if x.Flow != 0 {
				fmt.Fprintf(&b, " flow %d", x.Flow)
			}
			b.WriteString(" " + strconv.Quote(x.Text))
			if x.Link != "" {
				b.WriteString(" -> " + strconv.Quote(x.Link))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}
