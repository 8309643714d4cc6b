package markdown

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/doc"
	"concordat/internal/source"
)

// edge is what stands beside a text.
type edge int

const (
	edgeLine   edge = iota + 1 // the start or end of a line or cell
	edgeLink                   // the bracket around the text of a link
	edgeInside                 // the mark that surrounds the text
	edgeAny                    // a mark or link that works beside every character
	edgeStrict                 // a mark that works beside spaces and punctuation only
)

// A row of * or _ is a mark only where the characters beside it allow it. Of
// what stands inside, a letter is always good, and beside a letter inside **
// anything is good outside. Otherwise the character outside must be a space
// or punctuation. Whatever is not surely right is written as a numeric
// character reference, which begins and ends with punctuation.

// class is what a character counts as beside a mark, in every version of
// CommonMark.
type class int

const (
	classLetter class = iota + 1
	classPunct
	classSpace
	classUnsure // symbols, spaces other than U+0020, marks and the rest
)

func classOf(r rune) class {
	switch {
	case r == ' ':
		return classSpace
	case r < utf8.RuneSelf && isPunct(byte(r)), r >= utf8.RuneSelf && unicode.IsPunct(r):
		return classPunct
	case unicode.IsLetter(r), unicode.IsDigit(r):
		return classLetter
	default:
		return classUnsure
	}
}

// inlines writes flat inlines between two edges.
func (w *renderer) inlines(text []doc.Inline, before, after edge, prefix string) {
	for i, in := range text {
		switch in := in.(type) {
		case doc.Text:
			left, right := before, after
			if i > 0 {
				left = edgeOf(text[i-1], false)
			}
			if i+1 < len(text) {
				right = edgeOf(text[i+1], true)
			}
			w.text(in.Value, left, right)
		case doc.Strong:
			w.out = append(w.out, "**"...)
			w.inlines(in.Text, edgeInside, edgeInside, prefix)
			w.out = append(w.out, "**"...)
		case doc.Emphasis:
			w.out = append(w.out, '_')
			w.inlines(in.Text, edgeInside, edgeInside, prefix)
			w.out = append(w.out, '_')
		case doc.Link:
			if n := len(w.out); n > 0 && w.out[n-1] == '!' {
				w.out = append(w.out[:n-1], `\!`...)
			}
			w.out = append(w.out, '[')
			w.inlines(in.Text, edgeLink, edgeLink, prefix)
			w.out = append(w.out, "]("...)
			w.destination(in.Dest)
			w.out = append(w.out, ')')
		case doc.LineBreak:
			w.out = append(w.out, '\\')
			w.newline(prefix)
		default:
			panic(fmt.Sprintf("markdown: inline %T is not flat", in))
		}
	}
}

// edgeOf is what an inline is to the text before it (opening) or after it.
func edgeOf(in doc.Inline, opening bool) edge {
	switch in := in.(type) {
	case doc.Strong:
		if innerClass(in.Text, opening) == classLetter {
			return edgeAny
		}
		return edgeStrict
	case doc.Emphasis:
		return edgeStrict // _ inside a word is no mark
	case doc.Link:
		return edgeAny
	case doc.LineBreak:
		return edgeLine
	default:
		panic(fmt.Sprintf("markdown: inline %T beside text is not flat", in))
	}
}

// innerClass is the class of the first or last character inside a mark as it
// is written.
func innerClass(text []doc.Inline, first bool) class {
	in, beside := text[0], 1
	if !first {
		in, beside = text[len(text)-1], len(text)-2
	}
	t, ok := in.(doc.Text)
	if !ok {
		return classPunct // another mark or a bracket
	}
	r, _ := utf8.DecodeRuneInString(t.Value)
	if !first {
		r, _ = utf8.DecodeLastRuneInString(t.Value)
	}
	// A text of one character also stands beside what follows it, or goes
	// before it.
	alone := len(text) > 1 && len(t.Value) == utf8.RuneLen(r)
	if needsReference(r, edgeInside) || alone && needsReference(r, edgeOf(text[beside], first)) {
		return classPunct
	}
	return classOf(r)
}

// needsReference reports whether the character beside an edge must be written
// as a numeric reference.
func needsReference(r rune, e edge) bool {
	switch e {
	case edgeLine, edgeLink:
		return r == ' '
	case edgeInside:
		return classOf(r) == classSpace || classOf(r) == classUnsure
	case edgeAny:
		return false
	case edgeStrict:
		return classOf(r) == classLetter || classOf(r) == classUnsure
	default:
		panic(fmt.Sprintf("markdown: unknown edge %d", e))
	}
}

func (w *renderer) reference(r rune) {
	w.out = append(w.out, "&#"...)
	w.out = strconv.AppendInt(w.out, int64(r), 10)
	w.out = append(w.out, ';')
}

// text writes literal text so that it is read as such.
func (w *renderer) text(s string, left, right edge) {
	if w.inCell && left == edgeLine && right == edgeLine && strings.Trim(s, "_") == "" {
		w.out = append(w.out, s...) // a line to sign on, with spaces around it
		return
	}
	_, lastSize := utf8.DecodeLastRuneInString(s)
	last := len(s) - lastSize
	dot := -1
	if left == edgeLine && !w.inCell && !w.inHead {
		dot = listDot(s)
	}
	for i, r := range s {
		switch {
		case i == 0 && needsReference(r, left), i == last && needsReference(r, right):
			w.reference(r)
		case r >= utf8.RuneSelf || r < ' ':
			if source.Forbidden(r) != "" {
				w.reference(r)
			} else {
				w.out = utf8.AppendRune(w.out, r)
			}
		case isAlnum(byte(r)) || r == ' ':
			w.out = append(w.out, byte(r))
		case r == '|' && w.inCell, r == '\\' && i == last && right == edgeLine:
			// A cell ends at an escaped bar in some readers, and a
			// backslash before a line's end breaks the line.
			w.reference(r)
		case r == 0x7f:
			w.reference(r)
		case w.escapes(s, i, last) || i == 0 && left == edgeLine && !w.inCell && !w.inHead && strings.IndexByte("#>+-=:", byte(r)) >= 0 || i == dot:
			w.out = append(w.out, '\\', byte(r))
		default:
			w.out = append(w.out, byte(r))
		}
	}
}

// escapes reports whether the punctuation at byte i of s means something
// wherever it stands. last is where the last character of s begins.
func (w *renderer) escapes(s string, i, last int) bool {
	switch s[i] {
	case '\\', '`', '*', '[', ']', '<', '|', '~':
		return true
	case '_':
		// Between letters that are written as such it is no mark.
		return i < 2 || i+1 >= last || !isAlnum(s[i-1]) || !isAlnum(s[i+1])
	case '&':
		return i < last && (s[i+1] == '#' || isAlnum(s[i+1]))
	case '#':
		return w.inHead
	}
	return false
}

// listDot is where the dot or parenthesis stands that would make the first
// words of a line the number of a list item, or -1.
func listDot(s string) int {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i == 0 || i > 9 || i == len(s) || s[i] != '.' && s[i] != ')' {
		return -1
	}
	if i+1 < len(s) && s[i+1] != ' ' {
		return -1
	}
	return i
}

// destination writes where a link leads. What is no plain part of an address
// is a numeric reference.
func (w *renderer) destination(dest string) {
	for _, r := range dest {
		if r < utf8.RuneSelf && (isAlnum(byte(r)) || strings.ContainsRune("-._~:/?#@!$'*+,;=%", r)) {
			w.out = append(w.out, byte(r))
		} else if r >= utf8.RuneSelf && unicode.IsLetter(r) {
			w.out = utf8.AppendRune(w.out, r)
		} else if r == '&' && !strings.Contains(dest, ";") {
			w.out = append(w.out, '&')
		} else {
			w.reference(r)
		}
	}
}
