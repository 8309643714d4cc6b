package expand

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// action is the place of one {{ ... }} in a template's text, delimiters and
// trim markers included.
type action struct {
	start, end int
}

// scan is what is known about a template before it is parsed.
type scan struct {
	actions  []action // in order, without comments
	open     []action // the if, range and with that no end closes
	unclosed int      // where an action or comment begins that never ends, or -1
}

// scanActions finds the actions of a template and refuses what would
// overflow the parser: deep nesting. It splits the text as the lexer of
// text/template does; what that lexer refuses it may split otherwise.
func scanActions(body source.Span, list *diag.List) scan {
	text := body.Text()
	s := scan{unclosed: -1}
	type block struct {
		action
		depth int // one for the block and one for each of its "else if"
	}
	var open []block
	depth, deep := 0, false
	enter := func(a action) {
		depth++
		if depth > MaxNesting && !deep {
			deep = true
			list.Errorf(codeTooDeep, at(body, a.start, a.end), "split the text into several files",
				"more than %d blocks inside each other", MaxNesting)
		}
	}
	for pos := 0; ; {
		i := strings.Index(text[pos:], "{{")
		if i < 0 {
			break
		}
		start := pos + i
		inner := start + len("{{")
		if len(text) >= inner+2 && text[inner] == '-' && isSpace(text[inner+1]) {
			inner += 2
		}
		if strings.HasPrefix(text[inner:], "/*") {
			end := commentEnd(text, inner)
			if end < 0 {
				s.unclosed = start
				break
			}
			pos = end
			continue
		}
		end, parens := actionEnd(text, inner)
		if parens > MaxNesting && !deep {
			deep = true
			list.Errorf(codeTooDeep, at(body, start, inner), "write simpler expressions",
				"more than %d parentheses inside each other", MaxNesting)
		}
		if end < 0 {
			s.unclosed = start
			s.actions = append(s.actions, action{start, len(text)})
			break
		}
		a := action{start, end}
		s.actions = append(s.actions, a)
		word, rest := firstWord(text[inner:end])
		switch word {
		case "if", "range", "with":
			open = append(open, block{a, 1})
			enter(a)
		case "define", "template", "block":
			list.Errorf(codeDefinition, at(body, start, end), "write the text where it is needed",
				"%q is not allowed: a file holds one template and calls no other", word)
			if word != "template" {
				open = append(open, block{a, 1})
				enter(a)
			}
		case "else":
			if next, _ := firstWord(rest); (next == "if" || next == "with") && len(open) > 0 {
				open[len(open)-1].depth++
				enter(a)
			}
		case "end":
			if n := len(open); n > 0 {
				depth -= open[n-1].depth
				open = open[:n-1]
			}
		}
		pos = end
	}
	for _, b := range open {
		s.open = append(s.open, b.action)
	}
	return s
}

// containing is the action that holds the byte at pos of the text.
func (s scan) containing(pos int) (action, bool) {
	i, exact := slices.BinarySearchFunc(s.actions, pos, func(a action, pos int) int { return a.start - pos })
	if !exact {
		i--
	}
	if i < 0 || pos >= s.actions[i].end {
		return action{}, false
	}
	return s.actions[i], true
}

// commentEnd is where the comment ends that begins with /* at pos, or -1.
func commentEnd(text string, pos int) int {
	i := strings.Index(text[pos+2:], "*/")
	if i < 0 {
		return -1
	}
	end := pos + 2 + i + len("*/")
	if len(text) >= end+2 && isSpace(text[end]) && text[end+1] == '-' {
		end += 2
	}
	if !strings.HasPrefix(text[end:], "}}") {
		return -1
	}
	return end + len("}}")
}

// actionEnd is where the action ends whose inner part begins at pos, or -1,
// and how deep its parentheses nest.
func actionEnd(text string, pos int) (end, parens int) {
	depth := 0
	for pos < len(text) {
		switch c := text[pos]; c {
		case '}':
			if strings.HasPrefix(text[pos:], "}}") {
				return pos + len("}}"), parens
			}
		case '(':
			depth++
			parens = max(parens, depth)
		case ')':
			depth--
		case '"', '\'':
			for pos++; pos < len(text) && text[pos] != c; pos++ {
				if text[pos] == '\\' {
					pos++
				}
			}
		case '`':
			i := strings.IndexByte(text[pos+1:], '`')
			if i < 0 {
				return -1, parens
			}
			pos += 1 + i
		}
		pos++
	}
	return -1, parens
}

// firstWord is the word that an action begins with, and what follows it.
func firstWord(inner string) (word, rest string) {
	inner = strings.TrimLeft(inner, " \t\r\n")
	end := 0
	for end < len(inner) {
		r, size := utf8.DecodeRuneInString(inner[end:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		end += size
	}
	return inner[:end], inner[end:]
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// at is the span of the bytes from start to end of the text of body.
func at(body source.Span, start, end int) source.Span {
	return body.File.Span(body.Start+start, body.Start+end)
}
