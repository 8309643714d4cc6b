package pdf

import (
	"fmt"
	"strings"

	"concordat/internal/doc"
)

// document adds the blocks of a whole document. What follows a numbered clause
// heading is set under the clause's title, to the right of its number.
func (l *layouter) document(blocks []doc.Block) {
	c := l.full
	for i := 0; i < len(blocks); i++ {
		switch b := blocks[i].(type) {
		case doc.Heading:
			if b.Level < 4 {
				c = l.full
			}
			if b.Level == 3 && b.Number != "" {
				c = l.full.indent(l.manner.hang)
			}
			if p, ok := blockAt(blocks, i+1).(doc.Paragraph); ok && l.manner.runIn && b.Level == 3 && b.Number != "" {
				l.runIn(b, p, c)
				i++
				continue
			}
			l.heading(b, c)
		case doc.PageBreak:
			l.page, l.glue = true, 0
		case doc.Signature:
			end := i + 1
			for isSignature(blockAt(blocks, end)) {
				end++
			}
			l.signatures(blocks[i:end], l.full)
			i = end - 1
		case doc.Paragraph:
			l.block(b, c, 0)
			if isTable(blockAt(blocks, i+1)) {
				l.glue = max(l.glue, 1) // it introduces the table
			}
		default:
			l.block(b, c, 0)
		}
	}
}

// blockAt is the block at i, or nil where there is none.
func blockAt(blocks []doc.Block, i int) doc.Block {
	if i < len(blocks) {
		return blocks[i]
	}
	return nil
}

func isTable(b doc.Block) bool {
	_, ok := b.(doc.Table)
	return ok
}

func isSignature(b doc.Block) bool {
	_, ok := b.(doc.Signature)
	return ok
}

// runIn adds the heading of a clause and its first paragraph as one text.
func (l *layouter) runIn(h doc.Heading, p doc.Paragraph, c column) {
	k := l.manner.headings[h.Level]
	l.space(k.before)
	number := l.texts.plain(k.style, strings.TrimRight(doc.NumberText(h.Number), " "))
	t := l.texts.pair(k.style, h.Text, Regular, p.Text)
	l.labelled(number, RoleBody, t, l.manner.body, l.full, c)
	l.space(l.manner.paragraphGap)
}

// blocks adds blocks that stand inside an item or a quote; depth counts the
// lists around them.
func (l *layouter) blocks(blocks []doc.Block, c column, depth int) {
	for _, b := range blocks {
		l.block(b, c, depth)
	}
}

func (l *layouter) block(b doc.Block, c column, depth int) {
	switch b := b.(type) {
	case doc.Heading:
		l.heading(b, c)
	case doc.Paragraph:
		l.space(l.manner.paragraphGap)
		l.paragraph(l.texts.of(Regular, b.Text), l.manner.body, c)
		l.space(l.manner.paragraphGap)
	case doc.List:
		l.list(b, c, depth)
	case doc.Table:
		l.table(b, c)
	case doc.Quote:
		l.quote(b, c, depth)
	case doc.Signature:
		l.signatures([]doc.Block{b}, c)
	case doc.PageBreak:
		l.page, l.glue = true, 0
	default:
		panic(fmt.Sprintf("pdf: unknown member %T of a closed set", b))
	}
}

// heading adds a heading. Below the full measure the number of a clause hangs
// to the left of c.
func (l *layouter) heading(h doc.Heading, c column) {
	if h.Level < 1 || h.Level >= len(l.manner.headings) {
		panic(fmt.Sprintf("pdf: heading of level %d", h.Level))
	}
	k := l.manner.headings[h.Level]
	at := c
	if h.Level == 3 && c.x > l.full.x {
		at = l.full
	}
	label, words := text{}, h.Text
	switch {
	case h.Number == "":
	case at == c || len(h.Text) == 0:
		words = doc.HeadingText(h)
	default:
		label = l.texts.plain(k.style, strings.TrimRight(doc.NumberText(h.Number), " "))
	}
	t := l.texts.of(k.style, words)
	l.space(k.before)
	first := len(l.pieces)
	l.labelled(label, RoleBody, t, k.look, at, c)
	for i := first + 1; i < len(l.pieces); i++ {
		l.pieces[i].glued = true
	}
	if h.Level == 1 && len(l.pieces) > first {
		last := &l.pieces[len(l.pieces)-1]
		last.height += 8 * Pt
		y := last.height - Pt
		last.rules = append(last.rules, Rule{X1: l.full.x, Y1: y, X2: l.full.x + l.full.width, Y2: y, Thick: 1500, Color: navy})
	}
	l.exactly(k.after)
	l.glue = keepHeading
}

// paragraph adds the lines of a text.
func (l *layouter) paragraph(t text, k look, c column) {
	l.labelled(text{}, RoleBody, t, k, c, c)
}

// labelled adds the lines of a text in column c and, on the first of them, a
// label at the left of column at. A page holds at least two lines of a text,
// if it has them, and a text that announces what follows stands with it.
func (l *layouter) labelled(label text, role Role, t text, k look, at, c column) {
	if label.s == "" && t.empty() {
		return
	}
	if label.s != "" && at.x+l.labelRoom(label.marks[0].style, label.s, k) > c.x {
		if role == RoleBody {
			t = join(label, t)
		}
		label = text{}
	}
	labelFlow := 0
	if label.s != "" && role == RoleBody {
		labelFlow = l.nextFlow()
	}
	flow := l.nextFlow()
	l.lines = l.f.lines(l.lines[:0], &t, c.units(k.size))
	for i, ln := range l.lines {
		if i == 0 && label.s != "" {
			l.setLabel(&label, k, at.x, k.baseline(), role, labelFlow)
		}
		l.set(&t, ln, k, c.x, k.baseline(), RoleBody, flow)
		if i == 1 || i > 0 && i == len(l.lines)-1 {
			l.glue = max(l.glue, 1)
		}
		l.push(l.piece(k.leading))
	}
	if strings.HasSuffix(t.s, ": ") {
		l.glue = max(l.glue, 1)
	}
}

// labelRoom is the width that a label needs to the left of its text.
func (l *layouter) labelRoom(style Style, label string, k look) Length {
	return scale(l.f.width(style, strings.TrimRight(label, " ")), k.size) + labelGap
}

// bullets are the signs of items without label, by the depth of their list.
var bullets = [...]string{"•", "–"}

func (l *layouter) list(b doc.List, c column, depth int) {
	room := Length(markWidth)
	for _, item := range b.Items {
		if item.Label != "" {
			w := l.labelRoom(Regular, item.Label, l.manner.body)
			if w <= c.width/3 {
				room = max(room, labelWidth, w)
			}
		}
	}
	inner := c.indent(room)
	l.space(l.manner.itemGap)
	var short []bool // the items of one line
	for i, item := range b.Items {
		l.space(l.manner.itemGap)
		first := len(l.pieces)
		l.item(item, c, inner, depth)
		short = append(short, len(l.pieces) == first+1)
		if i > 0 && i == len(b.Items)-1 && short[i] && short[i-1] {
			l.pieces[first].glued = true // the last of short items is not alone on its page
		}
	}
	l.space(l.manner.paragraphGap)
}

// item adds one item. Its label stands on the first line of its first
// paragraph, or on a line of its own if it begins otherwise.
func (l *layouter) item(item doc.Item, c, inner column, depth int) {
	sign, role := item.Label, RoleBody
	if sign == "" {
		sign, role = bullets[depth%len(bullets)], RoleMark
	}
	blocks := item.Blocks
	var first []doc.Inline
	if p, ok := blockAt(blocks, 0).(doc.Paragraph); ok {
		first, blocks = p.Text, blocks[1:]
	}
	at := c
	if inner == c && role == RoleMark {
		// No room to indent: the sign stands before the column, as far as there is room.
		at.x = max(c.x-markWidth, l.full.x)
	}
	l.labelled(l.texts.plain(Regular, sign), role, l.texts.of(Regular, first), l.manner.body, at, inner)
	if len(blocks) > 0 && len(blocks) == len(item.Blocks) {
		l.glue = max(l.glue, 1)
	}
	l.space(l.manner.itemGap)
	l.blocks(blocks, inner, depth+1)
}

// quote sets its blocks in a tinted box with a bar at its left.
func (l *layouter) quote(b doc.Quote, c column, depth int) {
	outer, glue := l.frame, l.glue
	l.space(l.manner.quoteGap)
	if outer == nil {
		l.frame = &frame{c.x, c.width}
	}
	inner := column{c.x + frameBar + l.manner.quotePadding, c.width - frameBar - 2*l.manner.quotePadding}
	if inner.width < leastWidth/2 {
		inner = c
	}
	first := len(l.pieces)
	l.push(piece{height: l.manner.quotePadding})
	l.exactly(0)
	l.glue = max(glue, 1)
	l.blocks(b.Blocks, inner, depth)
	l.exactly(0)
	l.glue = 1
	l.push(piece{height: l.manner.quotePadding})
	if len(l.pieces) == first+2 { // nothing inside
		l.pieces = l.pieces[:first]
	}
	l.frame = outer
	l.space(l.manner.quoteGap)
}
