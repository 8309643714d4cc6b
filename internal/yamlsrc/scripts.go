package yamlsrc

import (
	"unicode"
	"unicode/utf8"
)

// scripts are those whose letters are told apart in a word. Scripts of one
// group may stand together: Japanese, Chinese and Korean are written with
// several, Latin among them.
var scripts = []struct {
	name  string
	group int
	table *unicode.RangeTable
}{
	{"Latin", latin, unicode.Latin},
	{"Greek", 1, unicode.Greek},
	{"Cyrillic", 2, unicode.Cyrillic},
	{"Armenian", 3, unicode.Armenian},
	{"Georgian", 4, unicode.Georgian},
	{"Hebrew", 5, unicode.Hebrew},
	{"Arabic", 6, unicode.Arabic},
	{"Cherokee", 7, unicode.Cherokee},
	{"Coptic", 8, unicode.Coptic},
	{"Thai", 9, unicode.Thai},
	{"Devanagari", 10, unicode.Devanagari},
	{"Han", eastAsian, unicode.Han},
	{"Hiragana", eastAsian, unicode.Hiragana},
	{"Katakana", eastAsian, unicode.Katakana},
	{"Bopomofo", eastAsian, unicode.Bopomofo},
	{"Hangul", eastAsian, unicode.Hangul},
}

const (
	latin     = 0
	eastAsian = 20
)

// letterOf is a letter and its script.
type letterOf struct {
	letter rune
	script string
	group  int
}

// mixedScripts finds the first word with letters of two scripts that are not
// written together, and the first letter of each. Without one, end is 0.
// Characters of no script, or of one not listed, fit everywhere.
func mixedScripts(text string) (start, end int, a, b letterOf) {
	wordStart, mixed := -1, false
	for i, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) {
			if mixed {
				return wordStart, i, a, b
			}
			wordStart = -1
			continue
		}
		if wordStart < 0 {
			wordStart, a = i, letterOf{}
		}
		if mixed {
			continue
		}
		l, ok := scriptOf(r)
		switch {
		case !ok:
		case a.script == "":
			a = l
		case l.group == a.group:
		case a.group == eastAsian && l.group == latin:
		case a.group == latin && l.group == eastAsian:
			a = l
		default:
			b, mixed = l, true
		}
	}
	if mixed {
		return wordStart, len(text), a, b
	}
	return 0, 0, a, b
}

func scriptOf(r rune) (letterOf, bool) {
	if r < utf8.RuneSelf {
		return letterOf{r, "Latin", latin}, unicode.IsLetter(r)
	}
	for _, s := range scripts {
		if unicode.Is(s.table, r) {
			return letterOf{r, s.name, s.group}, true
		}
	}
	return letterOf{}, false
}
