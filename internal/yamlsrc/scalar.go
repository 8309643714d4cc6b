package yamlsrc

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"concordat/internal/source"
)

// unmarshal gives a scalar to a type that reads its own text.
func (d *decoder) unmarshal(v encoding.TextUnmarshaler, n *Node, s slot) {
	if n.Value == "" {
		d.noValue(n, s)
		return
	}
	if !d.checkCharacters(n, s) {
		return
	}
	if err := v.UnmarshalText([]byte(n.Value)); err != nil {
		hint := ""
		var hinted interface{ Hint() string }
		if errors.As(err, &hinted) {
			hint = hinted.Hint()
		}
		d.list.Errorf(codeValue, s.place.value, hint, "%s: %v", s, err)
	}
}

func (d *decoder) boolean(v reflect.Value, n *Node, s slot) {
	if n.style != 0 || n.Value != "true" && n.Value != "false" {
		d.list.Errorf(codeValue, s.place.value, "write true or false, without quotes", "%s: expected true or false, found %s", s, d.found(n, s))
		return
	}
	v.SetBool(n.Value == "true")
}

func (d *decoder) integer(v reflect.Value, n *Node, s slot) {
	digits := strings.TrimPrefix(n.Value, "-")
	shaped := n.style == 0 && digits != "" && strings.Trim(digits, "0123456789") == "" && (digits[0] != '0' || n.Value == "0")
	if !shaped {
		d.list.Errorf(codeValue, s.place.value, "write digits only, without quotes", "%s: expected a whole number such as 12, found %s", s, d.found(n, s))
		return
	}
	// 32 bits hold every number a person counts, on every platform.
	i, err := strconv.ParseInt(n.Value, 10, 32)
	if err != nil {
		d.list.Errorf(codeValue, s.place.value, "", "%s: expected a number up to %d, found %s", s, 1<<31-1, n.Value)
		return
	}
	v.SetInt(i)
}

// found shows a scalar as it is written, quotes included, or its kind where
// it runs over several lines.
func (d *decoder) found(n *Node, s slot) string {
	text := s.place.value.Text()
	switch {
	case strings.ContainsAny(text, "\n"):
		return "text of several lines"
	case n.style == 0:
		return clip(text)
	default:
		return "the text " + clip(n.Value)
	}
}

func (d *decoder) noValue(n *Node, s slot) {
	place := "key"
	if s.place.key.IsZero() {
		place = "entry"
	}
	hint := fmt.Sprintf("delete the %s or give it a value", place)
	if n.IsNull() {
		// "name: #1 Dental" is a key with a comment.
		rest := n.text.after(s.place.value.End)
		if strings.HasPrefix(strings.TrimLeft(rest, ": \t"), "#") {
			hint += `; put a value that begins with "#" in quotes`
		}
	}
	d.list.Errorf(codeNoValue, s.place.value, hint, "%s has no value", s)
}

// unseen reports whether a text is nothing but spaces: it could not be seen in
// a document. A line feed is another fault.
func unseen(text string) bool {
	return strings.TrimSpace(text) == "" && !strings.ContainsAny(text, "\r\n")
}

// checkText reports what keeps a scalar from being a text.
func (d *decoder) checkText(n *Node, s slot) bool {
	span := s.place.value
	plain, simple := n.style == 0, plainSpaces(n.Value) // nearly all texts
	switch {
	case !simple && unseen(n.Value):
		d.noValue(n, s)
		return false
	case plain && guess(n) != "":
		d.list.Errorf(codeAmbiguous, span, fmt.Sprintf(`put it in quotes: "%s"`, n.Value),
			"%s: %s without quotes can be read as %s", s, n.Value, guess(n))
		return false
	case plain && commentFollows(n.text.after(span.End)):
		d.list.Errorf(codeComment, span, commentHint(n), "%s: a comment follows text without quotes, and may be meant as part of it", s)
		return false
	}
	if simple {
		return true
	}
	if !d.checkLineBreaks(n, s) || !d.checkCharacters(n, s) {
		return false
	}
	d.warnSpaces(n, s)
	if !isASCII(n.Value) {
		d.warnMixedScripts(n, s)
	}
	return true
}

// commentHint shows the value in quotes with what the comment cut off.
func commentHint(n *Node) string {
	const most = 60
	line, _, _ := strings.Cut(n.text.after(n.Span.Start), "\n")
	line = strings.TrimRight(line, " \t\r")
	if strings.ContainsAny(line, "\"\\\t") || strings.Contains(n.Span.Text(), "\n") || len(line) > most {
		return "put the value in quotes, or the comment on a line of its own"
	}
	return fmt.Sprintf(`put the value in quotes, such as "%s", or the comment on a line of its own`, line)
}

func (d *decoder) checkLineBreaks(n *Node, s slot) bool {
	block := n.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
	switch {
	case !strings.Contains(n.Value, "\n"):
		return true
	case block && (s.lines || strings.Count(n.Value, "\n") == 1) && strings.HasSuffix(n.Value, "\n"):
		header := s.place.value.Text()[:1]
		d.list.Errorf(codeLineBreak, n.text.token(s.place.value.Start-n.text.base), fmt.Sprintf("write %q instead of %q", header+"-", d.header(s)),
			"%s: the value ends with a line break", s)
	case s.lines && strings.HasSuffix(n.Value, "\n"):
		d.list.Errorf(codeLineBreak, s.place.value, "delete it", "%s: the value ends with a line break", s)
	case s.lines:
		return true
	default:
		hint := "write the value on one line"
		if block {
			hint = "write the value on one line, or under \">-\", which joins lines"
		}
		d.list.Errorf(codeLineBreak, s.place.value, hint, "%s: expected one line, found several", s)
	}
	return false
}

// header is the header of a block scalar, such as "|" or ">2+".
func (d *decoder) header(s slot) string {
	line, _, _ := strings.Cut(s.place.value.Text(), "\n")
	header, _, _ := strings.Cut(strings.TrimSpace(line), " ")
	return header
}

// checkCharacters reports each character that no value may hold.
func (d *decoder) checkCharacters(n *Node, s slot) bool {
	faults := source.Faults(n.Value, s.lines)
	for _, f := range faults {
		d.list.Errorf(codeCharacter, d.inside(n, s, f.Start, f.End), f.Hint, "%s: %s", s, f.Message)
	}
	return len(faults) == 0
}

// inside is the span of a part of a value where it is written as it is, else
// that of the whole value.
func (d *decoder) inside(n *Node, s slot, start, end int) source.Span {
	span := s.place.value
	text := span.Text()
	quote := 0
	if n.style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 && len(text) >= 2 {
		quote = 1
		text = text[1 : len(text)-1]
	}
	if text != n.Value {
		return span
	}
	return span.File.Span(span.Start+quote+start, span.Start+quote+end)
}

// warnSpaces reports the first space of a value that a reader cannot see.
func (d *decoder) warnSpaces(n *Node, s slot) {
	lineStart := 0
	for line := range strings.SplitSeq(n.Value, "\n") {
		start, end, what := hiddenSpace(line)
		if what != "" {
			d.list.Warnf(codeSpaces, d.inside(n, s, lineStart+start, lineStart+end), "delete it, or write one plain space", "%s: the text has %s", s, what)
			return
		}
		lineStart += len(line) + 1
	}
}

// plainSpaces reports whether a text is one line of ASCII without controls, and has
// single spaces within only, so that none is hidden.
func plainSpaces(text string) bool {
	before := byte(' ')
	for i := range len(text) {
		b := text[i]
		if b < ' ' || b >= 0x7f || b == ' ' && before == ' ' {
			return false
		}
		before = b
	}
	return before != ' '
}

func hiddenSpace(line string) (start, end int, what string) {
	if !isASCII(line) {
		otherSpace := func(r rune) bool { return r != ' ' && r != '\u3000' && unicode.Is(unicode.Zs, r) }
		if i := strings.IndexFunc(line, otherSpace); i >= 0 {
			r, size := utf8.DecodeRuneInString(line[i:])
			return i, i + size, "a space of another kind, " + source.CodePoint(r)
		}
	}
	if trimmed := strings.TrimLeft(line, " \u3000"); trimmed != line {
		return 0, len(line) - len(trimmed), "a space at the start"
	}
	if trimmed := strings.TrimRight(line, " \u3000"); trimmed != line {
		return len(trimmed), len(line), "a space at the end"
	}
	if i := strings.Index(line, "  "); i >= 0 {
		return i, i + len(line[i:]) - len(strings.TrimLeft(line[i:], " ")), "two spaces in a row"
	}
	return 0, 0, ""
}

// warnMixedScripts reports the first word whose letters only look alike.
func (d *decoder) warnMixedScripts(n *Node, s slot) {
	start, end, a, b := mixedScripts(n.Value)
	if end == 0 {
		return
	}
	d.list.Warnf(codeMixedScripts, d.inside(n, s, start, end), "type the word again on one keyboard",
		"%s: the word %s mixes scripts: %s is %s, %s is %s", s, clip(n.Value[start:end]), describe(a.letter), a.script, describe(b.letter), b.script)
}

func describe(r rune) string { return fmt.Sprintf("%q (%s)", r, source.CodePoint(r)) }

// clip quotes a text, shortened to a length that fits a message.
func clip(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most-1]) + "…"
	}
	return `"` + strings.ReplaceAll(text, "\n", "\\n") + `"`
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
