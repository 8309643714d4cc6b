package lint

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/doc"
	"concordat/internal/prose"
	"concordat/internal/source"
)

// passage is the text of one paragraph, heading or cell, as it is printed.
type passage struct {
	text    string
	pieces  []piece
	heading bool
	table   bool
}

// piece is a part of a passage with one origin.
type piece struct {
	start, end int         // of the passage's text
	at         source.Span // where it is written; zero for values
	kind       kind
}

// kind is who wrote a piece. Its zero is invalid.
type kind int

const (
	written   kind = iota + 1 // the author
	value                     // an agreement
	reference                 // the number of a part
)

// passages are those of variants, each once.
func passages(variants [][]doc.Block, values *source.File) []passage {
	var all []passage
	seen := map[string]bool{}
	add := func(text []doc.Inline, heading, table bool) {
		p := passage{heading: heading, table: table}
		var b strings.Builder
		p.add(&b, text, values)
		p.text = b.String()
		key := p.text
		for _, x := range p.pieces {
			key += fmt.Sprintf(" %d", x.at.Start)
		}
		if !seen[key] && strings.TrimSpace(p.text) != "" {
			seen[key] = true
			all = append(all, p)
		}
	}
	var walk func(blocks []doc.Block)
	walk = func(blocks []doc.Block) {
		for _, b := range blocks {
			switch b := b.(type) {
			case doc.Heading:
				add(b.Text, true, false)
			case doc.Paragraph:
				add(b.Text, false, false)
			case doc.List:
				for _, item := range b.Items {
					walk(item.Blocks)
				}
			case doc.Quote:
				walk(b.Blocks)
			case doc.Table:
				for _, c := range b.Columns {
					add(c.Head, false, true)
				}
				for _, row := range b.Rows {
					for _, cell := range row.Cells {
						add(cell, false, true)
					}
				}
			case doc.Signature, doc.PageBreak:
			default:
				panic(fmt.Sprintf("lint: unknown block %T", b))
			}
		}
	}
	for _, blocks := range variants {
		walk(blocks)
	}
	return all
}

func (p *passage) add(b *strings.Builder, text []doc.Inline, values *source.File) {
	put := func(text string, at source.Span, k kind) {
		start := b.Len()
		b.WriteString(text)
		p.pieces = append(p.pieces, piece{start, b.Len(), at, k})
	}
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			if in.Origin.File == values {
				put(in.Value, source.Span{}, value)
			} else {
				put(in.Value, in.Origin, written)
			}
		case doc.Ref:
			put(in.Text, in.Origin, reference)
		case doc.Strong:
			p.add(b, in.Text, values)
		case doc.Emphasis:
			p.add(b, in.Text, values)
		case doc.Link:
			p.add(b, in.Text, values)
		case doc.LineBreak:
			b.WriteByte('\n')
		default:
			panic(fmt.Sprintf("lint: unknown inline %T", in))
		}
	}
}

// is reports whether the text from start to end was all written by who k says.
func (p passage) is(start, end int, k kind) bool {
	for _, x := range p.pieces {
		if x.start < end && start < x.end && x.kind != k {
			return false
		}
	}
	return true
}

// at is where the text from start to end is written.
func (p passage) at(start, end int) source.Span {
	var span source.Span
	for _, x := range p.pieces {
		if x.end <= start || x.start >= end || x.at.IsZero() {
			continue
		}
		here := x.at
		if x.kind == written {
			here = within(x.at, p.text[x.start:x.end], max(start-x.start, 0), min(end, x.end)-x.start)
		}
		switch {
		case span.IsZero():
			span = here
		case span.File == here.File && here.End > span.End:
			span.End = here.End
		}
	}
	return span
}

// within is where the bytes from start to end of a text are written, which
// stands at a span: with other quotation marks and dashes, line feeds for spaces,
// and actions of the template and their other branches between.
func within(at source.Span, text string, start, end int) source.Span {
	a := aligner{source: at.Text(), text: text, places: make([]int, len(text)+1), failed: map[[2]int]bool{}}
	if !a.run(0, 0) {
		return at
	}
	from, to := a.places[start], a.places[end]
	if end > 0 {
		last, size := utf8.DecodeLastRuneInString(text[:end])
		to = a.places[end-size]
		n, _ := match(a.source[to:], last)
		to += n
	}
	if from >= to {
		return at
	}
	return at.File.Span(at.Start+from, at.Start+to)
}

// aligner finds where each character of a text stands in its source.
type aligner struct {
	source, text string
	places       []int // in source, of each character of text, by its first byte
	failed       map[[2]int]bool
}

// run aligns the source from byte i on with the text from byte j on.
func (a *aligner) run(i, j int) bool {
	if a.failed[[2]int{i, j}] {
		return false
	}
	from, to := i, j
	for j < len(a.text) {
		if rest := strings.TrimLeft(a.source[i:], " \n"); strings.HasPrefix(a.source[i:], "{{") || strings.HasPrefix(rest, "{{-") {
			// What is printed goes on behind this action or, if this branch was
			// not taken, behind one of the next.
			for next := len(a.source) - len(rest); next >= 0; {
				end := strings.Index(a.source[next:], "}}")
				if end < 0 {
					break
				}
				next += end + len("}}")
				behind := next
				if strings.HasSuffix(a.source[:next], "-}}") {
					behind = len(a.source) - len(strings.TrimLeft(a.source[next:], " \n"))
				}
				if a.run(behind, j) {
					return true
				}
				more := strings.Index(a.source[next:], "{{")
				if more < 0 {
					break
				}
				next += more
			}
			a.failed[[2]int{from, to}] = true
			return false
		}
		c, size := utf8.DecodeRuneInString(a.text[j:])
		n, ok := match(a.source[i:], c)
		if !ok {
			a.failed[[2]int{from, to}] = true
			return false
		}
		a.places[j] = i
		i, j = i+n, j+size
	}
	a.places[j] = i
	return true
}

// match is how many bytes of the source a printed character takes.
func match(source string, c rune) (int, bool) {
	skipped := 0
	if strings.HasPrefix(source, `\`) && c != '\\' {
		skipped, source = 1, source[1:]
	}
	if written := typed(c); written != "" && strings.HasPrefix(source, written) {
		return skipped + len(written), true
	}
	if c == ' ' && strings.HasPrefix(source, "\n") {
		return skipped + len(source) - len(strings.TrimLeft(source, "\n >")), true
	}
	r, size := utf8.DecodeRuneInString(source)
	return skipped + size, r == c
}

// sentences are the sentences of a passage.
func (p passage) sentences() []prose.Extent { return prose.Split(p.text) }

// typed is how a typographic character is written; empty for others.
func typed(c rune) string {
	switch c {
	case '’', '‘':
		return "'"
	case '“', '”':
		return `"`
	case '–':
		return "--"
	case '—':
		return "---"
	case '…':
		return "..."
	default:
		return ""
	}
}

// word is one word of a passage, without the marks around it and without a
// possessive ending.
type word struct {
	start, end int
}

// words are the words between two bytes of a passage. Hyphens and points within
// a word belong to it.
func (p passage) words(from, to int) []word {
	var all []word
	for i := from; i < to; {
		c, size := utf8.DecodeRuneInString(p.text[i:])
		if !inWord(c) {
			i += size
			continue
		}
		start := i
		for i < to {
			c, size := utf8.DecodeRuneInString(p.text[i:])
			if !inWord(c) {
				next, _ := utf8.DecodeRuneInString(p.text[min(i+size, to):])
				if !strings.ContainsRune("-.’&", c) || i+size >= to || !inWord(next) {
					break
				}
			}
			i += size
		}
		end := i
		for _, possessive := range []string{"’s", "’"} {
			end = start + len(strings.TrimSuffix(p.text[start:end], possessive))
		}
		all = append(all, word{start, end})
	}
	return all
}

func inWord(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

func (p passage) of(w word) string { return p.text[w.start:w.end] }
