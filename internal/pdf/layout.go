package pdf

import (
	"fmt"

	"concordat/internal/doc"
)

// manner is how a document is set. Lengths that stand between blocks are the
// least distance: of two that meet, the larger holds.
type manner struct {
	body, cell   look
	smaller      []look // for tables whose words do not fit
	headings     [5]headingLook
	paragraphGap Length
	itemGap      Length
	tableGap     Length
	quoteGap     Length
	quotePadding Length
	signatureGap Length
	signatureRow Length // height of a line that is filled in by hand
	hang         Length // from the number of a clause to its text
	cellPadX     Length
	cellPadY     Length
	margin       Margin // on letter paper; A4 has a little less at its sides
	runIn        bool   // the title of a clause stands on the first line of its text
}

// roomy is how documents are set to be read at leisure.
var roomy = manner{
	body:    look{size: 11 * Pt, leading: 14500},
	cell:    look{size: 9500, leading: 12 * Pt},
	smaller: []look{{size: 8500, leading: 10800}, {size: 7500, leading: 9500}},
	headings: [...]headingLook{
		1: {look{size: 24 * Pt, leading: 29 * Pt, style: Bold, color: navy}, 0, 12 * Pt},
		2: {look{size: 14500, leading: 18 * Pt, style: Bold, color: navy}, 22 * Pt, 7 * Pt},
		3: {look{size: 11 * Pt, leading: 14500, style: Bold}, 13 * Pt, 4 * Pt},
		4: {look{size: 11 * Pt, leading: 14500, style: BoldItalic}, 10 * Pt, 3 * Pt},
	},
	paragraphGap: 7 * Pt, itemGap: 4 * Pt, tableGap: 10 * Pt, quoteGap: 10 * Pt, quotePadding: 8 * Pt, signatureGap: 26 * Pt, signatureRow: 34 * Pt,
	hang: 36 * Pt, cellPadX: 5 * Pt, cellPadY: 3500,
	margin: Margin{72 * Pt, 76 * Pt, 72 * Pt, 76 * Pt},
}

// compact is how documents are set that are to have few pages.
var compact = manner{
	body:    look{size: 9 * Pt, leading: 10600},
	cell:    look{size: 9 * Pt, leading: 10200},
	smaller: []look{{size: 8500, leading: 10200}, {size: 7500, leading: 9500}},
	headings: [...]headingLook{
		1: {look{size: 20 * Pt, leading: 24 * Pt, style: Bold, color: navy}, 0, 7 * Pt},
		2: {look{size: 11500, leading: 13500, style: Bold, color: navy}, 8 * Pt, 2 * Pt},
		3: {look{size: 9 * Pt, leading: 10600, style: Bold}, 4 * Pt, 1500},
		4: {look{size: 9 * Pt, leading: 10600, style: BoldItalic}, 4 * Pt, 1500},
	},
	paragraphGap: 2 * Pt, itemGap: Pt, tableGap: 4 * Pt, quoteGap: 5 * Pt, quotePadding: 4 * Pt, signatureGap: 9 * Pt, signatureRow: 27 * Pt,
	hang: 25 * Pt, cellPadX: 4 * Pt, cellPadY: 1300,
	margin: Margin{50 * Pt, 59 * Pt, 50 * Pt, 56 * Pt},
	runIn:  true,
}

// What is the same in every manner.
var (
	markLook  = look{size: 8500, leading: 11 * Pt, color: grey}
	draftLook = look{size: 8 * Pt, leading: 10 * Pt, style: Bold, color: red}
	labelLook = look{size: 9 * Pt, leading: 12 * Pt, color: grey}
)

type headingLook struct {
	look
	before, after Length
}

const (
	markWidth   = 13 * Pt  // from a bullet to its text
	labelWidth  = 24 * Pt  // from the label of an item to its text, at least
	labelGap    = 5 * Pt   // between a label or number and its text, at least
	leastWidth  = 150 * Pt // of text; deeper levels are not indented further
	keepHeading = 2        // lines that stand with their heading
)

var (
	navy      = Color{0x1b, 0x2f, 0x4e}
	grey      = Color{0x55, 0x5b, 0x63}
	hairline  = Color{0xb8, 0xbf, 0xc9} // rules between rows and in running heads
	fill      = Color{0xee, 0xf1, 0xf5} // behind heads of tables
	quoteFill = Color{0xf5, 0xf6, 0xf8}
	linkColor = Color{0x1a, 0x4e, 0x8a}
	red       = Color{0x9b, 0x1c, 0x1c}
	redFill   = Color{0xfb, 0xec, 0xea}
)

// column is the horizontal room in which blocks are set.
type column struct {
	x, width Length
}

// indent is the column with by less on its left, if enough of it remains.
func (c column) indent(by Length) column {
	if c.width-by < leastWidth {
		return c
	}
	return column{c.x + by, c.width - by}
}

// units is the width of the column in thousandths of an em of a font size.
func (c column) units(size Length) int { return int(c.width * 1000 / size) }

// piece is a part of the document that stands on one page: a line of text, a
// row of a table, a pair of signatures. Y counts from its top.
type piece struct {
	before, height Length // space above, dropped at the top of a page; its own height
	boxes          []Box
	rules          []Rule
	runs           []Run
	glued          bool   // no page ends before it, if that can be
	newPage        bool   // a page begins with it
	head           *piece // the head of its table, to be repeated when a page begins with it
	frame          *frame // in which it stands
}

// frame is the background of a quote; it is drawn behind its pieces on each
// page.
type frame struct {
	x, width Length
}

// layouter turns blocks into pieces.
type layouter struct {
	*memory
	f          *Fonts
	manner     *manner
	full       column // between the margins
	bodyHeight Length
	gap        Length // wanted above the next piece
	exact      bool   // gap stands
	glue       int    // that many pieces to come stand with the one before them
	flow       int    // texts seen
	page       bool   // the next piece begins a page
	head       *piece // of the table around the next piece
	frame      *frame
}

// memory is that in which a document is laid out. It goes from document to
// document, and holds nothing of one when the next begins.
type memory struct {
	texts  texts
	lines  []line      // of one text or row
	cells  []text      // of one table
	row    []cellLines // of one row
	pieces []piece
	runs   []Run  // of all pieces, and of the one that is being made
	rules  []Rule // likewise
	ended  struct{ runs, rules int }
	page   Page // the one that is being filled
}

func (m *memory) reset() {
	m.texts.reset()
	m.pieces, m.runs, m.rules = m.pieces[:0], m.runs[:0], m.rules[:0]
	m.ended.runs, m.ended.rules = 0, 0
}

// Layout lays a document out. It is for documents that Check has passed; of
// others the words are laid out all the same, but cannot be drawn.
func (f *Fonts) Layout(d doc.Document) *Plan {
	m := &roomy
	if d.Meta.Compact {
		m = &compact
	}
	p := newPlan(d.Meta.Paper, m)
	memory := f.layout.Get().(*memory)
	memory.reset()
	l := &layouter{
		memory:     memory,
		f:          f,
		manner:     m,
		full:       column{p.Margin.Left, p.Width - p.Margin.Left - p.Margin.Right},
		bodyHeight: p.bodyHeight(),
	}
	l.document(d.Blocks)
	p.paginate(l.pieces, &memory.page)
	f.running(p, d.Meta)
	f.layout.Put(memory)
	return p
}

func newPlan(paper doc.Paper, m *manner) *Plan {
	switch paper {
	case doc.Letter:
		return &Plan{Paper: paper, Width: 612 * Pt, Height: 792 * Pt, Margin: m.margin}
	case doc.A4:
		margin := m.margin
		margin.Left, margin.Right = margin.Left-1134, margin.Right-1134
		return &Plan{Paper: paper, Width: 595276, Height: 841890, Margin: margin}
	default:
		panic(fmt.Sprintf("pdf: unknown paper %d", int(paper)))
	}
}

// nextFlow counts a text of the document.
func (l *layouter) nextFlow() int {
	l.flow++
	return l.flow
}

// space asks for at least gap above the next piece.
func (l *layouter) space(gap Length) {
	if !l.exact {
		l.gap = max(l.gap, gap)
	}
}

// exactly sets the space above the next piece, whatever that asks for.
func (l *layouter) exactly(gap Length) { l.gap, l.exact = gap, true }

// piece is what was set since the piece before it.
func (l *layouter) piece(height Length) piece {
	runs, rules := len(l.runs), len(l.rules)
	p := piece{height: height, runs: l.runs[l.ended.runs:runs:runs], rules: l.rules[l.ended.rules:rules:rules]}
	l.ended.runs, l.ended.rules = runs, rules
	return p
}

// push adds a piece below the others.
func (l *layouter) push(p piece) {
	p.before = l.gap
	p.head = l.head
	p.frame = l.frame
	p.newPage = l.page
	if l.glue > 0 {
		p.glued = true
		l.glue--
	}
	l.gap, l.exact, l.page = 0, false, false
	l.pieces = append(l.pieces, p)
}
