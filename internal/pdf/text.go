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

// look is how a text is set: its font size, the distance between baselines, the
// style of what is not marked and the colour of what is not a link.
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

// plain is a text of one style.
func (b *texts) plain(style Style, s string) text {
	b.begin()
	b.write(oneLine(s), style, "")
	return b.end(style)
}

// of joins inlines; base is the style of what is not marked.
func (b *texts) of(base Style, inlines []doc.Inline) text {
	b.begin()
	b.add(inlines, base, "")
	return b.end(base)
}

// pair is two texts as one, each with a space at its end.
func (b *texts) pair(firstBase Style, first []doc.Inline, secondBase Style, second []doc.Inline) text {
	b.begin()
	b.add(first, firstBase, "")
	b.space(firstBase)
	b.seam = len(b.marks)
	b.add(second, secondBase, "")
	return b.end(secondBase)
}

// empty reports whether there is nothing to print.
func (t *text) empty() bool {
	word, _ := nextWord(t.s)
	return word == "" && len(t.hard) == 0
}

// texts is the memory in which the texts of a document are made, one after the
// other: each has a part of the string and of the slices.
type texts struct {
	s     strings.Builder
	marks []mark
	hard  []int
	ties  []int
	begun struct{ s, marks, hard, ties int } // where the part of the text that is being made begins
	seam  int                                // marks before this one are not prolonged
}

// chunk is the room for strings that is taken at once.
const chunk = 16 << 10

// reset forgets the texts that were made, whose strings stay as they are.
func (b *texts) reset() {
	b.s.Reset()
	b.marks, b.hard, b.ties = b.marks[:0], b.hard[:0], b.ties[:0]
}

func (b *texts) begin() {
	if b.s.Cap()-b.s.Len() < chunk/16 {
		b.s.Reset()
		b.s.Grow(chunk)
	}
	b.begun.s, b.begun.marks, b.begun.hard, b.begun.ties = b.s.Len(), len(b.marks), len(b.hard), len(b.ties)
	b.seam = len(b.marks)
}

func (b *texts) end(base Style) text {
	b.space(base)
	return text{s: b.s.String()[b.begun.s:], marks: b.marks[b.begun.marks:], hard: b.hard[b.begun.hard:], ties: b.ties[b.begun.ties:]}
}

// at is the offset of what is written next.
func (b *texts) at() int { return b.s.Len() - b.begun.s }

// space writes a space that looks like what is before it; base is the style if
// that is nothing.
func (b *texts) space(base Style) {
	link := ""
	if n := len(b.marks); n > b.seam {
		base, link = b.marks[n-1].style, b.marks[n-1].link
	}
	b.write(" ", base, link)
}

func (b *texts) write(s string, style Style, link string) {
	if s == "" {
		return
	}
	b.s.WriteString(s)
	if n := len(b.marks); n > b.seam && b.marks[n-1].style == style && b.marks[n-1].link == link {
		b.marks[n-1].end = b.at()
		return
	}
	b.marks = append(b.marks, mark{b.at(), style, link})
}

func (b *texts) add(inlines []doc.Inline, style Style, link string) {
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
			ref := oneLine(in.Text)
			b.tie(ref)
			b.write(ref, style, link)
		case doc.LineBreak:
			b.write(" ", style, link)
			b.hard = append(b.hard, b.at())
		default:
			panic(fmt.Sprintf("pdf: unknown member %T of a closed set", in))
		}
	}
}

// tie keeps a short reference, which is to be written next, on one line.
func (b *texts) tie(ref string) {
	if len(ref) > 24 {
		return
	}
	for i := range len(ref) {
		if ref[i] == ' ' {
			b.ties = append(b.ties, b.at()+i)
		}
	}
}

// join is two texts as one.
func join(a, b text) text {
	joined := text{s: a.s + b.s, marks: slices.Clone(a.marks), hard: slices.Clone(a.hard), ties: slices.Clone(a.ties)}
	for _, m := range b.marks {
		m.end += len(a.s)
		joined.marks = append(joined.marks, m)
	}
	for _, h := range b.hard {
		joined.hard = append(joined.hard, h+len(a.s))
	}
	for _, h := range b.ties {
		joined.ties = append(joined.ties, h+len(a.s))
	}
	return joined
}

// oneLine turns white space other than the space into spaces: a line break may
// only come from the layout.
func oneLine(s string) string {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0xe2 && whiteSpace(s[i:]) > 0 {
			return mended(s)
		}
	}
	return s
}

func mended(s string) string {
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

// scanner walks over the words of a text.
type scanner struct {
	f    *Fonts
	t    *text
	pos  int // offset of the word to come
	mark int // that of pos
	hard int // the next prescribed break
	tie  int // the next tied space
}

// word is what stands between two places where a line may end: mostly a word
// and the space behind it. Widths are in thousandths of an em.
type word struct {
	ink  int  // without the spaces at its end
	full int  // with them
	hard bool // a line has to end behind it
}

// next is the word at pos, and puts pos behind it.
func (s *scanner) next() (w word) {
	t := s.t.s
	for s.pos < len(t) {
		for s.pos >= s.t.marks[s.mark].end {
			s.mark++
		}
		m := &s.t.marks[s.mark]
		if size, width := s.f.innerWidth(m.style, t[s.pos:m.end]); size > 0 {
			w.full += width
			w.ink = w.full
			s.pos += size
			continue
		}
		r, size := utf8.DecodeRuneInString(t[s.pos:])
		w.full += s.f.runeWidth(m.style, r)
		if r != ' ' {
			w.ink = w.full
		}
		s.pos += size
		if s.hard < len(s.t.hard) && s.t.hard[s.hard] == s.pos {
			s.hard++
			w.hard = true
			return w
		}
		if s.breakAfter(r, s.pos-size) {
			return w
		}
	}
	return w
}

// inner are the signs of ASCII behind which no line may end.
var inner = func() (table [256]bool) {
	for c := range utf8.RuneSelf {
		table[c] = c != ' ' && c != '-'
	}
	return table
}()

// innerWidth is how many inner signs a text begins with, and their width.
func (f *Fonts) innerWidth(style Style, s string) (size, width int) {
	ascii := &f.ascii[style]
	for size < len(s) && inner[s[size]] {
		width += int(ascii[s[size]])
		size++
	}
	return size, width
}

// breakAfter reports whether a line may end after r, which stands at an
// offset: after a space, and after a hyphen or dash with two letters on either
// side: "e-mail" and "C-C01" stay whole.
func (s *scanner) breakAfter(r rune, at int) bool {
	switch r {
	case ' ':
		for s.tie < len(s.t.ties) && s.t.ties[s.tie] < at {
			s.tie++
		}
		tied := s.tie < len(s.t.ties) && s.t.ties[s.tie] == at
		return !tied && !inAmount(s.t.s, at)
	case '-', '\u2010', '\u2013', '\u2014':
		before, after := s.t.s[:at], s.t.s[s.pos:]
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

// inAmount reports whether the space at an offset stands between a currency
// and its amount, as in "USD 9.50".
func inAmount(s string, at int) bool {
	if at < 3 || at+1 == len(s) || s[at+1] < '0' || s[at+1] > '9' {
		return false
	}
	for _, c := range []byte(s[at-3 : at]) {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return at == 3 || s[at-4] == ' ' || s[at-4] == '('
}

// lines breaks a text into lines no wider than width, in thousandths of an em,
// each as full as it can be, and adds them to those it is given. A word that is
// wider than a line is broken too.
func (f *Fonts) lines(to []line, t *text, width int) []line {
	s := scanner{f: f, t: t}
	ln, full := line{}, 0 // the line so far, and its width with the spaces at its end
	for s.pos < len(t.s) {
		start := s.pos
		w := s.next()
		if w.ink > 0 && full+w.ink > width && start > ln.start {
			ln.end = start
			to = append(to, ln)
			ln, full = line{start: start}, 0
		}
		if w.ink > width {
			to, ln, full = f.split(to, t, start, s.pos, width)
		} else {
			if w.ink > 0 {
				ln.ink = full + w.ink
			}
			full += w.full
		}
		if w.hard {
			ln.end = s.pos
			to = append(to, ln)
			ln, full = line{start: s.pos}, 0
		}
	}
	ln.end = len(t.s)
	return append(to, ln)
}

// split breaks a word, from an offset to another, that is wider than a line:
// where the line is full, if possible behind a sign in its last third. It gives
// the line that is not full, too, and its width with the spaces at its end.
func (f *Fonts) split(to []line, t *text, pos, end, width int) (lines []line, ln line, full int) {
	ln.start = pos
	sign, signInk, mark := 0, 0, 0
	for pos < end {
		for pos >= t.marks[mark].end {
			mark++
		}
		r, size := utf8.DecodeRuneInString(t.s[pos:])
		w := f.runeWidth(t.marks[mark].style, r)
		if r != ' ' && full+w > width && pos > ln.start {
			ln.end = pos
			if sign > ln.start {
				ln.end, ln.ink = sign, signInk
			}
			to = append(to, ln)
			pos, ln, full, mark = ln.end, line{start: ln.end}, 0, 0
			continue
		}
		full += w
		pos += size
		if r != ' ' {
			ln.ink = full
		}
		if full > width*2/3 && strings.ContainsRune("/-_.@:;,&=?", r) {
			sign, signInk = pos, full
		}
	}
	return to, ln, full
}

// extent is the width of a text's widest word and that of its longest
// prescribed line, in thousandths of an em.
func (f *Fonts) extent(t *text) (widest, whole int) {
	s := scanner{f: f, t: t}
	full := 0
	for s.pos < len(t.s) {
		w := s.next()
		widest = max(widest, w.ink)
		if w.ink > 0 {
			whole = max(whole, full+w.ink)
		}
		full += w.full
		if w.hard {
			full = 0
		}
	}
	return widest, whole
}

// set puts one line of a text on the piece that is being made, with its
// baseline at x and y. Of the spaces at its end one is kept.
func (l *layouter) set(t *text, ln line, k look, x, y Length, role Role, flow int) {
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
		if m.link != "" {
			run.Color = linkColor
			ink := l.f.width(m.style, strings.TrimRight(part, " "))
			under := y + k.size/9
			l.rules = append(l.rules, Rule{X1: run.X, Y1: under, X2: run.X + scale(ink, k.size), Y2: under, Thick: Pt / 2, Color: linkColor})
		}
		l.runs = append(l.runs, run)
		if end == ln.end {
			return
		}
		units += l.f.width(m.style, part)
	}
}

// setLabel puts a whole text on the piece that is being made, on one line.
func (l *layouter) setLabel(t *text, k look, x, y Length, role Role, flow int) {
	l.set(t, line{end: len(t.s)}, k, x, y, role, flow)
}
