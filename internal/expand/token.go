package expand

import "strings"

const (
	tokenOpen  = '\uFDD0'
	tokenDigit = '\uFDD1' // the digit 0; the digit 15 is U+FDE0
	tokenClose = '\uFDE1'

	// tokenBytes is the length of every token in bytes of UTF-8.
	tokenBytes = 6 * 3
	// maxSlots is the number of tokens that four digits can tell apart.
	maxSlots = 1 << 16
)

// Token is the text that stands for slot i, 0 to 65535: U+FDD0, four digits
// of base 16 out of U+FDD1 to U+FDE0, U+FDE1. Noncharacters can stand in no
// input, so that a token cannot be forged, and mean nothing to Markdown.
func Token(i int) string {
	var b strings.Builder
	writeToken(&b, i)
	return b.String()
}

func writeToken(b *strings.Builder, i int) {
	if i < 0 || i >= maxSlots {
		panic("expand: no token has this number")
	}
	b.WriteRune(tokenOpen)
	for shift := 12; shift >= 0; shift -= 4 {
		b.WriteRune(tokenDigit + rune(i>>shift&0xf))
	}
	b.WriteRune(tokenClose)
}

// reservedAt is the offset of the first character from U+FDD0 to U+FDEF in
// text, or -1.
func reservedAt(text string) int {
	return strings.IndexFunc(text, func(r rune) bool { return r >= 0xfdd0 && r <= 0xfdef })
}
