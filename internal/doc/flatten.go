package doc

import (
	"unicode"
	"unicode/utf8"
)

// SignLine is the blank line of a Signature, to be filled by hand, in formats
// that cannot draw one.
const SignLine = "____________________"

// HeadingText is the text of a heading as it is printed in every format: the
// number and the words, as in "Article 3. Risk ownership" and "3.2 Reserved
// decisions".
func HeadingText(h Heading) []Inline {
	lead := NumberText(h.Number)
	if lead == "" {
		return h.Text
	}
	if len(h.Text) == 0 {
		return []Inline{Text{Value: h.Number}}
	}
	return append([]Inline{Text{Value: lead}}, h.Text...)
}

// NumberText is the number of a heading with what sets it apart from the
// words: ". " after a number that begins with a word ("Article 3. "), a space
// after others ("3.2 "). It is empty for an empty number.
func NumberText(number string) string {
	if number == "" {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(number)
	last, _ := utf8.DecodeLastRuneInString(number)
	if unicode.IsLetter(first) && (unicode.IsLetter(last) || unicode.IsDigit(last)) {
		return number + ". "
	}
	return number + " "
}
