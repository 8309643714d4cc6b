package assemble

import (
	"unicode"
	"unicode/utf8"
)

// finder finds the terms of a library in text, all of them at once. A form of a
// term stands there as whole words; a possessive ending is no part of the word.
// It never changes.
type finder struct {
	terms    int                   // of the library
	initials [256]bool             // the first bytes of forms
	forms    map[string][]termForm // by their first word; by "" where they begin with none
}

// termForm is one of the forms in which a term occurs.
type termForm struct {
	text string
	term int // index
}

func newFinder(terms []term) *finder {
	f := &finder{terms: len(terms), forms: map[string][]termForm{}}
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
	afterWord := false
	for i := 0; i < len(text); {
		end := i + wordEnd(text[i:])
		if f.initials[text[i]] && !afterWord {
			f.at(text[i:], text[i:end], found)
		}
		if afterWord = end > i; !afterWord {
			_, size := utf8.DecodeRune(text[i:])
			end += size
		}
		i = end
	}
}

// at notes the terms that text begins with, which begins with a word or with what is
// none.
func (f *finder) at(text, word []byte, found []bool) {
	for _, x := range f.forms[string(word)] {
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
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if !wordBytes[c] {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		if !isWord(r) {
			return i
		}
		i += size
	}
	return len(text)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordBytes are the letters and digits of one byte.
var wordBytes = func() (set [utf8.RuneSelf]bool) {
	for c := range set {
		set[c] = isWord(rune(c))
	}
	return set
}()
