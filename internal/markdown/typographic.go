package markdown

import (
	"strings"
	"unicode"
)

// typographic collapses runs of spaces in the author's own text, as Markdown
// means them, refuses marks that would be printed, and turns ", ', --, --- and
// ... into “”, ‘’, –, — and …. Values, escaped characters and character
// references are left alone; a value counts as a letter to what stands beside
// it.
func (l *lowering) typographic(pieces []piece) []piece {
	if len(pieces) > 0 && pieces[0].kind == pieceBreak {
		at := pieces[0].from
		l.errorf(CodeLineBreak, at, at, "delete the backslash", "a line break with nothing before it")
	}
	quotes := false
	for i := range pieces {
		p := &pieces[i]
		if p.kind != piecePlain {
			continue
		}
		l.strayMarks(*p)
		if i == len(pieces)-1 && strings.HasSuffix(p.text, "\\") {
			l.errorf(CodeMark, p.to-1, p.to, `delete it, or write a literal one as \\`, "a backslash at the end of the text breaks no line and would be printed")
		}
		if strings.ContainsAny(p.text, `"'`) {
			quotes = true
		}
	}
	var marks []quoteMark
	if quotes {
		marks = l.quoteMarks(pieces)
	}
	for i := range pieces {
		p := &pieces[i]
		if p.kind != piecePlain {
			continue
		}
		n := 0
		for n < len(marks) && marks[n].piece == i {
			n++
		}
		if n > 0 || strings.Contains(p.text, "--") || strings.Contains(p.text, "...") || strings.Contains(p.text, "  ") {
			p.text = typeset(p.text, marks[:n], isAddress(pieces, i))
		}
		marks = marks[n:]
	}
	return pieces
}

// strayMarks refuses marks that open and close nothing, and links that are
// none.
func (l *lowering) strayMarks(p piece) {
	for i := 0; i < len(p.text); i++ {
		c := p.text[i]
		if c == ']' && strings.HasPrefix(l.src[p.from+i:], "](") {
			l.errorf(CodeMark, p.from+i, p.from+i+2, `write [text](https://example.com) without spaces in the address, or a literal bracket as \]`, `what looks like a link is none and would be printed`)
			continue
		}
		if c != '*' && c != '`' && !(c == '~' && strings.HasPrefix(p.text[i:], "~~")) {
			continue
		}
		from := p.from + i
		for i+1 < len(p.text) && p.text[i+1] == c {
			i++
		}
		to := p.from + i + 1
		l.errorf(CodeMark, from, to, `close or delete the mark, or write a literal one with a backslash before it`, "%q marks nothing here and would be printed", l.src[from:to])
	}
}

// isAddress reports whether piece i is the text of a link that shows an
// address, in which dashes and dots are no punctuation.
func isAddress(pieces []piece, i int) bool {
	text := pieces[i].text
	return i > 0 && pieces[i-1].kind == pieceLink && (strings.Contains(text, "://") || strings.Contains(text, "@") || strings.HasPrefix(text, "www."))
}

// quoteMark is a straight quotation mark or apostrophe of the text.
type quoteMark struct {
	piece, at    int
	before, next rune // the neighbours; a space at the ends, a letter for a value
	double       bool
	curly        string
}

func (l *lowering) quoteMarks(pieces []piece) []quoteMark {
	var marks []quoteMark
	for i, p := range pieces {
		if p.kind != piecePlain {
			continue
		}
		for at := 0; at < len(p.text); at++ {
			if c := p.text[at]; c == '"' || c == '\'' {
				marks = append(marks, quoteMark{
					piece: i, at: at, double: c == '"',
					before: runeBefore(pieces, i, at), next: runeAfter(pieces, i, at+1),
				})
			}
		}
	}
	for i := range marks {
		m := &marks[i]
		if i > 0 && (m.before == '"' || m.before == '\'') && marks[i-1].piece == m.piece && marks[i-1].at == m.at-1 {
			m.before = firstRune(marks[i-1].curly)
		}
		opens := opensQuote(m.before) && !unicode.IsSpace(m.next)
		switch {
		case m.double && opens:
			m.curly = "“"
		case m.double:
			m.curly = "”"
		case opens && !unicode.IsDigit(m.next) && closesLater(marks[i+1:]):
			m.curly = "‘"
		default:
			m.curly = "’"
		}
	}
	l.quotePairs(pieces, marks)
	return marks
}

// quotePairs refuses double quotation marks that do not open and close in
// turn.
func (l *lowering) quotePairs(pieces []piece, marks []quoteMark) {
	open := -1
	wrong := func(m quoteMark) {
		from := pieces[m.piece].from + m.at
		l.errorf(CodeQuote, from, from+1, `write “ and ” themselves, or \" for a straight mark`, `a quotation mark without partner`)
	}
	for i, m := range marks {
		switch {
		case !m.double:
		case m.curly == "“" && open < 0:
			open = i
		case m.curly == "”" && open >= 0:
			open = -1
		default:
			wrong(m)
			return
		}
	}
	if open >= 0 {
		wrong(marks[open])
	}
}

func opensQuote(before rune) bool {
	return unicode.IsSpace(before) || strings.ContainsRune("([{-–—/“‘", before)
}

// closesLater reports whether a single mark follows that can close a
// quotation, before one that could open another.
func closesLater(marks []quoteMark) bool {
	for _, m := range marks {
		if m.double {
			continue
		}
		if opensQuote(m.before) {
			return false
		}
		if !unicode.IsLetter(m.next) && !unicode.IsDigit(m.next) {
			return true
		}
	}
	return false
}

func runeBefore(pieces []piece, i, at int) rune {
	if at > 0 {
		return lastRune(pieces[i].text[:at])
	}
	for i--; i >= 0; i-- {
		switch pieces[i].kind {
		case piecePlain, pieceLiteral:
			return lastRune(pieces[i].text)
		case pieceToken:
			return 'x'
		case pieceBreak:
			return ' '
		}
	}
	return ' '
}

func runeAfter(pieces []piece, i, at int) rune {
	if at < len(pieces[i].text) {
		return firstRune(pieces[i].text[at:])
	}
	for i++; i < len(pieces); i++ {
		switch pieces[i].kind {
		case piecePlain, pieceLiteral:
			return firstRune(pieces[i].text)
		case pieceToken:
			return 'x'
		case pieceBreak:
			return ' '
		}
	}
	return ' '
}

// typeset writes one piece anew. Runs of more than three dashes or dots are
// not punctuation and stay.
func typeset(text string, marks []quoteMark, address bool) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		if len(marks) > 0 && marks[0].at == i {
			b.WriteString(marks[0].curly)
			marks = marks[1:]
			i++
			continue
		}
		c := text[i]
		run := 1
		for i+run < len(text) && text[i+run] == c {
			run++
		}
		switch {
		case c == ' ':
			b.WriteByte(' ')
		case c == '-' && run == 2 && !address:
			b.WriteString("–")
		case c == '-' && run == 3 && !address:
			b.WriteString("—")
		case c == '.' && run == 3 && !address:
			b.WriteString("…")
		case c == '-' || c == '.':
			b.WriteString(text[i : i+run])
		default:
			run = 1
			b.WriteByte(c)
		}
		i += run
	}
	return b.String()
}
