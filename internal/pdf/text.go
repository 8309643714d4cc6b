package pdf

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/doc"
)

// text is inlines made ready to be broken into lines: one string, and marks
// that say how its parts look. It ends in a space.
type text struct {
	s     string
	marks []mark // in order of end; the last one ends with s
	hard  []int  // offsets before which a line break is prescribed
	ties  []int  // offsets of spaces at which no line may end
}

// mark is the look of a text from the end of the mark before it to end.
type mark struct {
	end   int
	style Style
	link  string
}

// look is how a text is set: its font size, the distance between baselines
// and the colour of what is not a link.
type look struct {
	size, leading Length
	style         Style
	color         Color
}

// baseline is the distance from the top of a line to its baseline: the line's
// ink, taken as 0.891 em above and 0.216 em below, stands in its middle.
func (k look) baseline() Length {
	return (k.leading-k.size*1107/1000)/2 + k.size*891/1000
}

// textOf joins inlines; base is the style of what is not marked.
func textOf(base Style, inlines ...doc.Inline) text {
	var b textBuilder
	b.s.Grow(size(inlines) + 1)
	b.marks = make([]mark, 0, len(inlines)+1)
	b.add(inlines, base, "")
	b.write(" ", b.lastStyle(base), b.lastLink())
	t := text{s: b.s.String(), marks: b.marks, hard: b.hard, ties: b.ties}
	t.tieAmounts()
	return t
}

// size is about how many bytes the text of inlines has.
func size(inlines []doc.Inline) int {
	n := 0
	for _, in := range inlines {
		switch in := in.(type) {
		case doc.Text:
			n += len(in.Value)
		case doc.Strong:
			n += size(in.Text)
		case doc.Emphasis:
			n += size(in.Text)
		case doc.Link:
			n += size(in.Text)
		case doc.Ref:
			n += len(in.Text)
		case doc.LineBreak:
			n++
		default:
			panic(fmt.Sprintf("pdf: unknown member %T of a closed set", in))
		}
	}
	return n
}

// tieAmounts keeps a currency and its amount on one line, as in "USD 9.50".
func (t *text) tieAmounts() {
	found := false
	for i := 3; i+1 < len(t.s); i++ {
		if t.s[i] == ' ' && t.s[i+1] >= '0' && t.s[i+1] <= '9' && isCode(t.s[i-3:i]) && (i == 3 || t.s[i-4] == ' ' || t.s[i-4] == '(') {
			t.ties = append(t.ties, i)
			found = true
		}
	}
	if found {
		slices.Sort(t.ties)
	}
}

// isCode reports whether s has the form of a currency code.
func isCode(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}

// plainText is a text of one style.
func plainText(style Style, s string) text {
	return textOf(style, doc.Text{Value: s})
}

// empty reports whether there is nothing to print.
func (t text) empty() bool {
	word, _ := nextWord(t.s)
	return word == "" && len(t.hard) == 0
}

type textBuilder struct {
	s     strings.Builder
	marks []mark
	hard  []int
	ties  []int
}

func (b *textBuilder) lastStyle(base Style) Style {
	if len(b.marks) == 0 {
		return base
	}
	return b.marks[len(b.marks)-1].style
}

func (b *textBuilder) lastLink() string {
	if len(b.marks) == 0 {
		return ""
	}
	return b.marks[len(b.marks)-1].link
}

func (b *textBuilder) write(s string, style Style, link string) {
	if s == "" {
		return
	}
	b.s.WriteString(s)
	if n := len(b.marks); n > 0 && b.marks[n-1].style == style && b.marks[n-1].link == link {
		b.marks[n-1].end = b.s.Len()
		return
	}
	b.marks = append(b.marks, mark{b.s.Len(), style, link})
}

func (b *textBuilder) add(inlines []doc.Inline, style Style, link string) {
	for _, in := range inlines {
		switch in := in.(type) {
		case doc.Text:
			b.write(oneLine(in.Value), style, link)
		case doc.Strong:
			b.add(in.Text, style|Bold, link)
		case doc.Emphasis:
			b.add(in.Text, style|Italic, link)
		case doc.Link:
			b.add(in.Text, style, in.Dest)
		case doc.Ref:
			b.tie(in.Text)
			b.write(oneLine(in.Text), style, link)
		case doc.LineBreak:
			b.write(" ", style, link)
			b.hard = append(b.hard, b.s.Len())
		default:
			panic(fmt.Sprintf("pdf: unknown member %T of a closed set", in))
		}
	}
}

// tie keeps a short reference, which is to be written next, on one line.
func (b *textBuilder) tie(ref string) {
	if len(ref) > 24 {
		return
	}
	for i := range len(ref) {
		if ref[i] == ' ' {
			b.ties = append(b.ties, b.s.Len()+i)
		}
	}
}

// oneLine turns white space other than the space into spaces: a line break may
// only come from the layout.
func oneLine(s string) string {
	clean := true
	for i := range len(s) {
		if s[i] != ' ' && whiteSpace(s[i:]) > 0 {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	b := []byte(strings.ReplaceAll(strings.ReplaceAll(s, "\u2028", " "), "\u2029", " "))
	for i := range b {
		if b[i] < ' ' {
			b[i] = ' '
		}
	}
	return string(b)
}

// whiteSpace is how many bytes the white space has with which s begins, or 0:
// the space and what stands before it in ASCII, U+2028 and U+2029.
func whiteSpace(s string) int {
	switch {
	case s == "":
		return 0
	case s[0] <= ' ':
		return 1
	case s[0] == 0xe2 && (strings.HasPrefix(s, "\u2028") || strings.HasPrefix(s, "\u2029")):
		return 3
	}
	return 0
}

// line is a part of a text, from offset start to end, and the width of its
// ink: the spaces at its end are not counted.
type line struct {
	start, end int
	ink        int // thousandths of an em
}

// scanner walks over a text, rune by rune, and knows where it may be broken.
type scanner struct {
	f    *Fonts
	t    text
	pos  int // offset of the rune to come
	mark int
	hard int
	tie  int
}

// next is the rune at pos, its size in bytes and its width.
func (s *scanner) next() (r rune, size, width int) {
	for s.pos >= s.t.marks[s.mark].end {
		s.mark++
	}
	r, size = rune(s.t.s[s.pos]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(s.t.s[s.pos:])
	}
	return r, size, s.f.runeWidth(s.t.marks[s.mark].style, r)
}

// breakAfter reports whether a line may end after r, which next has just given:
// after a space, and after a hyphen or dash with two letters on either side:
// "e-mail" and "C-C01" stay whole.
func (s *scanner) breakAfter(r rune, size int) bool {
	switch r {
	case ' ':
		for s.tie < len(s.t.ties) && s.t.ties[s.tie] < s.pos {
			s.tie++
		}
		return s.tie == len(s.t.ties) || s.t.ties[s.tie] != s.pos
	case '-', '\u2010', '\u2013', '\u2014':
		before, after := s.t.s[:s.pos], s.t.s[s.pos+size:]
		for range 2 {
			a, n := utf8.DecodeLastRuneInString(before)
			b, m := utf8.DecodeRuneInString(after)
			if !unicode.IsLetter(a) || !unicode.IsLetter(b) {
				return false
			}
			before, after = before[:len(before)-n], after[m:]
		}
		return true
	}
	return false
}

// lines breaks a text into lines no wider than width, in thousandths of an em,
// each as full as it can be. A word that is wider than a line is broken where
// the line is full, if possible behind a sign.
func (f *Fonts) lines(t text, width int) []line {
	var lines []line
	s := scanner{f: f, t: t}
	start, ink, full := 0, 0, 0     // of the line: its begin, ink and advance so far
	brk, brkInk, brkFull := 0, 0, 0 // the last place where the line may end
	for s.pos < len(t.s) {
		if s.hard < len(t.hard) && s.pos == t.hard[s.hard] {
			lines = append(lines, line{start, s.pos, ink})
			start, ink, full = s.pos, 0, 0
			brk, brkInk, brkFull = start, 0, 0
			s.hard++
		}
		r, size, w := s.next()
		for r != ' ' && full+w > width && s.pos > start {
			if brk <= start {
				brk, brkInk, brkFull = emergency(f, t, s.pos, start, ink, width)
			}
			lines = append(lines, line{start, brk, brkInk})
			start, ink, full = brk, ink-brkFull, full-brkFull
			if ink < 0 {
				ink = 0
			}
			brk, brkInk, brkFull = start, 0, 0
		}
		full += w
		if r != ' ' {
			ink = full
		}
		if s.breakAfter(r, size) {
			brk, brkInk, brkFull = s.pos+size, ink, full
		}
		s.pos += size
	}
	return append(lines, line{start, len(t.s), ink})
}

// emergency finds where to break the word that fills a line from start to pos:
// behind a sign in its last third, else at pos.
func emergency(f *Fonts, t text, pos, start, ink, width int) (brk, brkInk, brkFull int) {
	brk, brkInk, brkFull = pos, ink, ink
	s := scanner{f: f, t: t, pos: start}
	w := 0
	for s.pos < pos {
		r, size, rw := s.next()
		w += rw
		s.pos += size
		if w > width*2/3 && strings.ContainsRune("/-_.@:;,&=?", r) {
			brk, brkInk, brkFull = s.pos, w, w
		}
	}
	return brk, brkInk, brkFull
}

// extent is the width of a text's widest word and that of its longest
// prescribed line, in thousandths of an em.
func (f *Fonts) extent(t text) (word, whole int) {
	s := scanner{f: f, t: t}
	full, ink, wordStart := 0, 0, 0
	for s.pos < len(t.s) {
		if s.hard < len(t.hard) && s.pos == t.hard[s.hard] {
			full, ink, wordStart = 0, 0, 0
			s.hard++
		}
		r, size, w := s.next()
		full += w
		if r != ' ' {
			ink = full
			word = max(word, ink-wordStart)
			whole = max(whole, ink)
		}
		if s.breakAfter(r, size) {
			wordStart = full
		}
		s.pos += size
	}
	return word, whole
}

// runs is one line of a text as runs with their baseline at x and y. Of the
// spaces at its end one is kept.
func (l *layouter) runs(t text, ln line, k look, x, y Length, role Role, flow int, to *piece) {
	from, units := 0, 0
	for ln.end-2 >= ln.start && t.s[ln.end-2:ln.end] == "  " {
		ln.end--
	}
	for _, m := range t.marks {
		start, end := max(from, ln.start), min(m.end, ln.end)
		from = m.end
		if start >= end {
			continue
		}
		part := t.s[start:end]
		run := Run{X: x + scale(units, k.size), Y: y, Size: k.size, Style: m.style, Color: k.color, Role: role, Flow: flow, Link: m.link, Text: part}
		w := l.f.width(m.style, part)
		if m.link != "" {
			run.Color = linkColor
			ink := l.f.width(m.style, strings.TrimRight(part, " "))
			under := y + k.size/9
			to.rules = append(to.rules, Rule{X1: run.X, Y1: under, X2: run.X + scale(ink, k.size), Y2: under, Thick: Pt / 2, Color: linkColor})
		}
		units += w
		to.runs = append(to.runs, run)
	}
}
