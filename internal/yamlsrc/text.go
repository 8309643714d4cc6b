package yamlsrc

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"concordat/internal/source"
)

// text is the part of a file that is decoded. The YAML library says only on
// which line and column a node begins; text finds its bytes.
type text struct {
	file  *source.File
	base  int // offset in the file at which text begins
	above int // lines of the file above it
	text  string

	// The last place asked for: nodes come in order, so that a long line is
	// walked once and not once for each of its nodes.
	line, column, offset int
}

func newText(span source.Span) *text {
	return &text{file: span.File, base: span.Start, above: span.File.Position(span.Start).Line - 1, text: span.Text()}
}

// span of the bytes from start to end of the text.
func (t *text) span(start, end int) source.Span {
	return t.file.Span(t.base+start, t.base+end)
}

// at is the offset in the text of a line and a column in characters, both
// from 1. Places outside are moved to the nearest end.
func (t *text) at(line, column int) int {
	if line < 1 {
		return 0
	}
	if line != t.line || column < t.column {
		t.line, t.column, t.offset = line, 1, min(t.file.LineStart(t.above+line)-t.base, len(t.text))
	}
	for t.column < column && t.offset < len(t.text) && t.text[t.offset] != '\n' {
		_, size := utf8.DecodeRuneInString(t.text[t.offset:])
		t.offset += size
		t.column++
	}
	return t.offset
}

// start is the offset of the first byte of a node.
func (t *text) start(n *yaml.Node) int { return t.at(n.Line, n.Column) }

// token is the span of the one character at start, or the empty span where a
// line or the text ends.
func (t *text) token(start int) source.Span {
	if start >= len(t.text) || t.text[start] == '\n' || t.text[start] == '\r' {
		return t.span(start, start)
	}
	_, size := utf8.DecodeRuneInString(t.text[start:])
	return t.span(start, start+size)
}

// scalar is the span of a scalar, with its quotes or the header of a block.
func (t *text) scalar(n *yaml.Node) source.Span {
	start := t.start(n)
	if start >= len(t.text) {
		return t.span(start, start)
	}
	end := start
	switch c := t.text[start]; {
	case n.Style&yaml.DoubleQuotedStyle != 0 && c == '"':
		end = start + 1
		for end < len(t.text) && t.text[end] != '"' {
			if t.text[end] == '\\' {
				end++
			}
			end++
		}
		end = min(end+1, len(t.text))
	case n.Style&yaml.SingleQuotedStyle != 0 && c == '\'':
		end = start + 1
		for end < len(t.text) && (t.text[end] != '\'' || strings.HasPrefix(t.text[end+1:], "'")) {
			if t.text[end] == '\'' {
				end++
			}
			end++
		}
		end = min(end+1, len(t.text))
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 && (c == '|' || c == '>'):
		header := start + 1
		for header < len(t.text) && strings.IndexByte("+-0123456789", t.text[header]) >= 0 {
			header++
		}
		body := header
		for body < len(t.text) && t.text[body] != '\n' {
			body++
		}
		end = max(header, t.match(body, n.Value))
	case strings.HasPrefix(t.text[start:], n.Value): // nearly all, on one line
		end = start + len(n.Value)
	default:
		end = t.match(start, n.Value)
	}
	return t.span(start, end)
}

// match is the end of value where it is written from start on without escapes,
// whatever line breaks and indentation stand between its words.
func (t *text) match(start int, value string) int {
	i, end := start, start
	for j := 0; j < len(value); j++ {
		if blank(value[j]) {
			continue
		}
		for i < len(t.text) && blank(t.text[i]) {
			i++
		}
		if i >= len(t.text) || t.text[i] != value[j] {
			break
		}
		i++
		end = i
	}
	for end < len(t.text) && !utf8.RuneStart(t.text[end]) {
		end++
	}
	return end
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// after is the text from an offset of its file on.
func (t *text) after(offset int) string { return t.text[offset-t.base:] }

// commentFollows reports whether a comment begins rest, after a space.
func commentFollows(rest string) bool {
	trimmed := strings.TrimLeft(rest, " \t")
	return strings.HasPrefix(trimmed, "#") && len(trimmed) < len(rest)
}
