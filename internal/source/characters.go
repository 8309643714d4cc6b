package source

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Problem is a place in a text that no input file may hold.
type Problem struct {
	Span    Span
	Message string
	Hint    string
}

// maxProblems ends the list of a file that is not text at all.
const maxProblems = 20

// Problems examines the bytes of a whole file: it must be UTF-8 without byte
// order mark, with line feeds (or carriage return and line feed) as its only
// line breaks, and hold none of the characters that Forbidden names.
func (f *File) Problems() []Problem {
	var list []Problem
	add := func(start, end int, message, hint string) {
		if len(list) < maxProblems {
			list = append(list, Problem{f.Span(start, end), message, hint})
		}
	}
	text := f.text
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		add(0, 0, "the file is UTF-16, not UTF-8", "save the file as UTF-8 without byte order mark")
		return list
	}
	if strings.HasPrefix(text, "\ufeff") {
		add(0, len("\ufeff"), "the file begins with a byte order mark", "save the file as UTF-8 without byte order mark")
		text = text[len("\ufeff"):]
	}
	base := len(f.text) - len(text)
	for i := 0; i < len(text); {
		if c := text[i]; c >= 0x20 && c < 0x7f || c == '\n' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		at := base + i
		switch {
		case r == utf8.RuneError && size == 1:
			add(at, at+1, fmt.Sprintf("byte 0x%02X is not valid UTF-8", text[i]), "save the file as UTF-8")
		case r == '\r':
			if !strings.HasPrefix(text[i+1:], "\n") {
				add(at, at+1, "a carriage return stands without a line feed", "save the file with line feeds as line ends")
			}
		case r == '\t':
		default:
			if why := Forbidden(r); why != "" {
				add(at, at+size, fmt.Sprintf("%s is not allowed here: %s", CodePoint(r), why), "delete it, or write the text without it")
			}
		}
		i += size
	}
	return list
}

// CodePoint names a character the way Unicode does: "U+202E".
func CodePoint(r rune) string { return fmt.Sprintf("U+%04X", r) }

// Forbidden says why a character may stand in no text that is read, or is
// empty for a character that may. Line feed and tabulator count as controls:
// who allows them asks first. Joiners are judged by Faults, in context.
func Forbidden(r rune) string {
	switch {
	case r < 0x20 || r >= 0x7f && r <= 0x9f:
		return "control character"
	case r == 0x2028 || r == 0x2029:
		return "line or paragraph separator"
	case r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe:
		return "noncharacter"
	case r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000 && r <= 0x10fffd:
		return "private use character"
	case r >= 0xe0000 && r <= 0xe007f:
		return "tag character"
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
		return "bidirectional control, which can reorder the text a reader sees"
	case r == 0x200b || r >= 0x2060 && r <= 0x2065 || r == 0xfeff || r == 0x00ad || r == 0x180e || r == 0x034f,
		r == 0x115f || r == 0x1160 || r == 0x3164 || r == 0xffa0:
		return "invisible character"
	case r == 0xfffc || r == 0xfffd:
		return "replacement character, which stands where something was lost"
	case r >= 0x206a && r <= 0x206f || r >= 0xfff9 && r <= 0xfffb:
		return "invisible format character"
	}
	return ""
}

// Fault is what is wrong with one value: the bytes of the value it concerns,
// what is wrong, and what to do.
type Fault struct {
	Start, End    int
	Message, Hint string
}

// Faults examines one value: the characters that Forbidden names, joiners
// outside the scripts that need them, and text that is not in Unicode's
// normal form C. A line feed is allowed where lines is true.
func Faults(value string, lines bool) []Fault {
	ascii := true
	for i := 0; i < len(value); i++ {
		if c := value[i]; c < 0x20 || c >= 0x7f {
			ascii = false
			break
		}
	}
	if ascii {
		return nil
	}
	var list []Fault
	add := func(start, end int, message, hint string) {
		if len(list) < maxProblems {
			list = append(list, Fault{start, end, message, hint})
		}
	}
	for i := 0; i < len(value); {
		r, size := utf8.DecodeRuneInString(value[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			add(i, i+1, fmt.Sprintf("byte 0x%02X is not valid UTF-8", value[i]), "write the text as UTF-8")
		case r == '\n' && lines:
		case r == '\n':
			add(i, i+1, "line break in a value of one line", "write the value on one line")
		case r == 0x200c || r == 0x200d:
			if why := joinerProblem(value, i, size); why != "" {
				add(i, i+size, fmt.Sprintf("%s is not allowed here: %s", CodePoint(r), why), "delete it")
			}
		default:
			if why := Forbidden(r); why != "" {
				add(i, i+size, fmt.Sprintf("%s is not allowed here: %s", CodePoint(r), why), "delete it, or write the text without it")
			}
		}
		i += size
	}
	if len(list) == 0 && !norm.NFC.IsNormalString(value) {
		add(0, len(value), "the text is not in Unicode normal form C", fmt.Sprintf("write %q", norm.NFC.String(value)))
	}
	return list
}

// joinerScripts need zero width joiners and non-joiners between letters.
var joinerScripts = []*unicode.RangeTable{
	unicode.Arabic, unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Mongolian,
}

func joinerProblem(value string, at, size int) string {
	before, _ := utf8.DecodeLastRuneInString(value[:at])
	after, _ := utf8.DecodeRuneInString(value[at+size:])
	if unicode.IsOneOf(joinerScripts, before) && unicode.IsOneOf(joinerScripts, after) {
		return ""
	}
	return "an invisible joiner between letters that do not need it"
}
