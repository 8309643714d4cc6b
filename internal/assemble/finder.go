package assemble

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// finder finds the terms of a library in text, all of them at once. A form of a
// term stands there as whole words; a possessive ending is no part of the word.
// It never changes.
type finder struct {
	initials [256]bool             // the first bytes of forms
	forms    map[string][]termForm // by their first word; by "" where they begin with none
}

// termForm is one of the forms in which a term occurs.
type termForm struct {
	text string
	term int // index
}

func newFinder(terms []term) *finder {
	f := &finder{forms: map[string][]termForm{}}
	for i, t := range terms {
		for _, text := range t.forms {
			if text == "" {
				continue
			}
			first := text[:wordEnd([]byte(text))]
			f.forms[first] = append(f.forms[first], termForm{text, i})
			f.initials[text[0]] = true
		}
	}
	return f
}

// find notes the terms that occur in text.
func (f *finder) find(text []byte, found []bool) {
	inWord := false // before i
	for i := 0; i < len(text); {
		c := text[i]
		if !inWord && f.initials[c] {
			f.at(text[i:], found)
		}
		size := 1
		if c < utf8.RuneSelf {
			inWord = isWordByte(c)
		} else {
			var r rune
			r, size = utf8.DecodeRune(text[i:])
			inWord = isWord(r)
		}
		i += size
	}
}

// at notes the terms that text begins with.
func (f *finder) at(text []byte, found []bool) {
	for _, x := range f.forms[string(text[:wordEnd(text)])] {
		if found[x.term] || len(text) < len(x.text) || string(text[:len(x.text)]) != x.text {
			continue
		}
		if after, _ := utf8.DecodeRune(text[len(x.text):]); !isWord(after) {
			found[x.term] = true
		}
	}
}

// wordEnd is where the word ends that text begins with.
func wordEnd(text []byte) int {
	if i := bytes.IndexFunc(text, func(r rune) bool { return !isWord(r) }); i >= 0 {
		return i
	}
	return len(text)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
