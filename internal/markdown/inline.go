package markdown

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"concordat/internal/doc"
	"concordat/internal/source"
)

type pieceKind int

const (
	piecePlain    pieceKind = iota + 1 // text as written
	pieceLiteral                       // text that was escaped: never typographic
	pieceToken                         // what tokens[token] stands for
	pieceBreak                         // a line break
	pieceStrong                        // opens Strong
	pieceEmphasis                      // opens Emphasis
	pieceLink                          // opens Link
	pieceClose                         // closes the last that is open
)

// piece is a part of a run of inlines, in reading order: neighbours in the
// text are neighbours here, which the marks between them do not change.
type piece struct {
	kind     pieceKind
	text     string // piecePlain, pieceLiteral; the destination of pieceLink
	from, to int    // the bytes of the source
	token    int
}

// inlines reads the inline children of a block. The slice is good until the
// next call.
func (l *lowering) inlines(n ast.Node) []piece {
	l.pieces = l.pieces[:0]
	l.inlineChildren(n)
	if l.mode == writtenMode {
		return l.pieces
	}
	return l.typographic(l.pieces)
}

func (l *lowering) inlineChildren(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			l.text(n)
		case *ast.Emphasis:
			kind := pieceEmphasis
			if n.Level == 2 {
				kind = pieceStrong
			}
			l.pieces = append(l.pieces, piece{kind: kind, from: n.Pos(), to: n.Pos()})
			l.inlineChildren(n)
			l.pieces = append(l.pieces, piece{kind: pieceClose})
		case *ast.Link:
			at := len(l.pieces)
			l.pieces = append(l.pieces, piece{kind: pieceLink, from: n.Pos(), to: n.Pos()})
			l.inlineChildren(n)
			if len(l.pieces) == at+1 && l.mode != writtenMode {
				l.errorf(CodeLinkText, n.Pos(), l.inlineEnd(n, ")"), "write what is to be read between the brackets", "a link without text")
			}
			l.pieces[at].text = l.destination(n, l.pieces[at:])
			l.pieces = append(l.pieces, piece{kind: pieceClose})
		case *ast.CodeSpan:
			l.errorf(CodeCode, n.Pos(), l.inlineEnd(n, "`"), "write it as plain text", "a code span")
		case *ast.RawHTML:
			last := n.Segments.At(n.Segments.Len() - 1)
			l.errorf(CodeHTML, n.Segments.At(0).Start, last.Stop, `write text and Markdown only, or a literal < as \<`, "HTML")
		case *ast.AutoLink:
			l.errorf(CodeAutolink, n.Pos(), l.inlineEnd(n, ">"), "write [text](https://example.com)", "an address in angle brackets")
		case *ast.Image:
			l.errorf(CodeImage, n.Pos(), l.inlineEnd(n, ")]"), "delete it", "an image")
		default:
			panic(fmt.Sprintf("markdown: unknown inline %T", n))
		}
	}
}

// inlineEnd is where a refused inline ends, as well as can be told: after the
// next of the bytes of closers and their repetitions on its line.
func (l *lowering) inlineEnd(n ast.Node, closers string) int {
	from := n.Pos()
	for c := n.LastChild(); c != nil; c = c.LastChild() {
		from = max(from, c.Pos())
	}
	line := l.src[from:l.lineEnd(from)]
	skip := len(line) - len(strings.TrimLeft(line, closers))
	end := strings.IndexAny(line[skip:], closers)
	if end < 0 {
		return from + len(strings.TrimRight(line, " \t"))
	}
	end += skip
	end += len(line[end:]) - len(strings.TrimLeft(line[end:], closers))
	return from + end
}

// text reads a text node: plain text, escapes, character references, tokens
// and the line break after it.
func (l *lowering) text(n *ast.Text) {
	from, to := n.Segment.Start, n.Segment.Stop
	l.cover(from, to)
	start := from
	for i := from; i < to; {
		switch c := l.src[i]; {
		case c == '\\' && i+1 < to && isPunct(l.src[i+1]):
			l.plain(start, i)
			l.literal(l.src[i+1:i+2], i, i+2)
			i += 2
			start = i
		case c == '&':
			meaning, size, unknown := entityAt(l.src[:to], i)
			if unknown && l.mode != writtenMode {
				end := i + strings.IndexByte(l.src[i:], ';') + 1
				l.errorf(CodeEntity, i, end, `write the character itself, or \& for a literal ampersand`, "unknown character reference %q", l.src[i:end])
			}
			if size == 0 {
				i++
				continue
			}
			l.plain(start, i)
			l.literal(meaning, i, i+size)
			i += size
			start = i
		case c == tokenLead[0] && l.mode != writtenMode && strings.HasPrefix(l.src[i:], tokenLead):
			l.plain(start, i)
			l.pieces = append(l.pieces, piece{kind: pieceToken, from: i, to: i + tokenSize, token: tokenAt(l.src, i)})
			i += tokenSize
			start = i
		default:
			i++
		}
	}
	l.plain(start, to)
	switch {
	case n.HardLineBreak():
		if l.mode != writtenMode && !strings.HasPrefix(l.src[to:], "\\") {
			l.errorf(CodeLineBreak, to, to, `end the line with a backslash to break it, or delete the spaces at its end`, "a line break made by spaces that nobody sees")
		}
		l.pieces = append(l.pieces, piece{kind: pieceBreak, from: to, to: to})
	case n.SoftLineBreak() && n.NextSibling() != nil:
		l.pieces = append(l.pieces, piece{kind: piecePlain, text: " ", from: to, to: l.lineEnd(to)})
	}
}

func (l *lowering) plain(from, to int) {
	if from < to {
		l.pieces = append(l.pieces, piece{kind: piecePlain, text: l.src[from:to], from: from, to: to})
	}
}

func (l *lowering) literal(text string, from, to int) {
	l.pieces = append(l.pieces, piece{kind: pieceLiteral, text: text, from: from, to: to})
}

// destination checks where a link leads. pieces are the link's own, read
// before.
func (l *lowering) destination(n *ast.Link, pieces []piece) string {
	from := n.Pos()
	for _, p := range pieces {
		from = max(from, p.to)
	}
	raw := string(n.Destination)
	if open := strings.Index(l.src[from:], "]("); open >= 0 {
		from += open + 2
	}
	// Only spaces, an angle bracket and, on a new line, the marks of quotes
	// stand before it. Where it is not found it is not covered.
	skip := strings.Index(l.src[from:], raw)
	if skip >= 0 && strings.Trim(l.src[from:from+skip], " \t\n><") == "" {
		from += skip
	} else {
		from, raw = n.Pos(), ""
	}
	to := from + len(raw)
	if len(n.Title) > 0 {
		l.errorf(CodeLinkTitle, from, to, "delete the title", "a link with a title, which nobody reads")
		return ""
	}
	l.cover(from, to)
	if l.mode != writtenMode && strings.Contains(string(n.Destination), tokenLead) {
		l.errorf(CodeLinkValue, from, to, "write the address into the clause, or print the value as text", "a value in the destination of a link")
		return ""
	}
	dest := unescape(string(n.Destination))
	if why := destinationFault(dest); why != "" {
		l.errorf(CodeLinkTarget, from, to, "write an address that begins with https://, http://, mailto: or tel:", "%s", why)
	}
	return dest
}

// destinationFault says why a link may not lead to dest.
func destinationFault(dest string) string {
	for _, r := range dest {
		if why := source.Forbidden(r); why != "" {
			return fmt.Sprintf("the destination of a link holds %s: %s", source.CodePoint(r), why)
		}
	}
	scheme, rest, ok := strings.Cut(dest, ":")
	switch strings.ToLower(scheme) {
	case "http", "https":
		ok = ok && strings.HasPrefix(rest, "//") && len(rest) > 2
	case "mailto", "tel":
		ok = ok && rest != ""
	default:
		ok = false
	}
	if !ok {
		return fmt.Sprintf("a link to %q, expected a web, mail or telephone address", dest)
	}
	return ""
}

// build makes inlines of pieces.
func (l *lowering) build(pieces []piece) []doc.Inline {
	text, rest := l.buildUntilClose(pieces, false)
	if len(rest) > 0 {
		panic("markdown: a mark closes that was not opened")
	}
	return text
}

func (l *lowering) buildUntilClose(pieces []piece, inLink bool) ([]doc.Inline, []piece) {
	var text []doc.Inline
	for len(pieces) > 0 {
		p := pieces[0]
		switch p.kind {
		case piecePlain, pieceLiteral:
			n := 1
			for n < len(pieces) && (pieces[n].kind == piecePlain || pieces[n].kind == pieceLiteral) {
				n++
			}
			if t := l.joined(pieces[:n]); t.Value != "" {
				text = append(text, t)
			}
			pieces = pieces[n:]
		case pieceToken:
			if in := l.bind(p, inLink); in != nil {
				text = append(text, in)
			}
			pieces = pieces[1:]
		case pieceBreak:
			text = append(text, doc.LineBreak{})
			pieces = pieces[1:]
		case pieceStrong, pieceEmphasis, pieceLink:
			inner, rest := l.buildUntilClose(pieces[1:], inLink || p.kind == pieceLink)
			pieces = rest
			switch p.kind {
			case pieceStrong:
				text = append(text, doc.Strong{Text: inner})
			case pieceEmphasis:
				text = append(text, doc.Emphasis{Text: inner})
			default:
				text = append(text, doc.Link{Dest: p.text, Text: inner})
			}
		case pieceClose:
			return text, pieces[1:]
		default:
			panic(fmt.Sprintf("markdown: unknown piece %d", p.kind))
		}
	}
	return text, nil
}

// joined is the text of adjacent pieces, examined like a value.
func (l *lowering) joined(pieces []piece) doc.Text {
	value := pieces[0].text
	from, to := pieces[0].from, pieces[0].to
	if len(pieces) > 1 {
		var b strings.Builder
		for _, p := range pieces {
			b.WriteString(p.text)
			from, to = min(from, p.from), max(to, p.to)
		}
		value = b.String()
	}
	if l.mode != writtenMode && !l.faults(pieces) {
		for _, f := range source.Faults(value, false) {
			l.errorf(CodeCharacter, from, to, f.Hint, "%s", f.Message)
		}
	}
	return doc.Text{Value: value, Origin: l.span(from, to)}
}

// faults examines pieces one by one, and reports whether it found any fault.
func (l *lowering) faults(pieces []piece) bool {
	found := false
	for _, p := range pieces {
		for _, f := range source.Faults(p.text, false) {
			from, to := p.from, p.to
			if p.text == l.src[from:to] {
				from, to = p.from+f.Start, p.from+f.End
			}
			l.errorf(CodeCharacter, from, to, f.Hint, "%s", f.Message)
			found = true
		}
	}
	return found
}

// bind notes the place of a token inside of a line, where it can stand there.
func (l *lowering) bind(p piece, inLink bool) doc.Inline {
	token := l.tokens[p.token]
	l.found[p.token]++
	switch token.Kind {
	case Value:
		if strings.Contains(token.Text, "\n") {
			l.errorf(CodeLines, p.from, p.to, "put a blank line around it, outside of tables, or print a value of one line", "%s has several lines and stands inside other text", token.Name)
			return nil
		}
		return l.placeholder(p)
	case Reference:
		if inLink {
			l.errorf(CodeLinkReference, p.from, p.to, "move it out of the link", "%s inside the text of a link would lead to two places", token.Name)
			return nil
		}
		return l.placeholder(p)
	case Block:
		if l.quotes > 0 {
			l.errorf(CodeBlockAlone, p.from, p.to, "put it outside of the quote", "%s stands inside a quote", token.Name)
		} else {
			l.errorf(CodeBlockAlone, p.from, p.to, "put a blank line around it", "%s stands inside other text", token.Name)
		}
		return nil
	default:
		panic(fmt.Sprintf("markdown: unknown kind %d of token %d", token.Kind, p.token))
	}
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
