package markdown

import (
	"fmt"
	"strings"
)

// tokenised replaces {0}, {1}, ... of text by tokens.
func tokenised(text string, n int) string {
	for i := range n {
		text = strings.ReplaceAll(text, fmt.Sprintf("{%d}", i), token(i))
	}
	return text
}

func token(n int) string {
	digits := ""
	for shift := 12; shift >= 0; shift -= 4 {
		digits += string(rune(tokenZero + n>>shift&15))
	}
	return "\uFDD0" + digits + "\uFDE1"
}
