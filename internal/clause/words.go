package clause

import (
	"fmt"

	"concordat/internal/diag"
)

// words are the words of a closed set and their values.
type words []struct {
	word  string
	value int
}

func (w words) read(to *int, text string) error {
	var known []string
	for _, x := range w {
		if x.word == text {
			*to = x.value
			return nil
		}
		known = append(known, x.word)
	}
	return wordError{known, text}
}

func (w words) word(what string, value int) string {
	for _, x := range w {
		if x.value == value {
			return x.word
		}
	}
	panic(fmt.Sprintf("clause: unknown %s %d", what, value))
}

// wordError tells that a word is not one of a closed set.
type wordError struct {
	known []string
	found string
}

func (e wordError) Error() string {
	return fmt.Sprintf("expected %s, found %q", alternatives(e.known), e.found)
}

// Hint is the nearest word.
func (e wordError) Hint() string { return didYouMean(e.found, e.known) }

func didYouMean(name string, known []string) string {
	if near := diag.Nearest(name, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// alternatives joins words as in "a, b or c".
func alternatives(list []string) string {
	text := ""
	for i, word := range list {
		switch {
		case i == 0:
		case i == len(list)-1:
			text += " or "
		default:
			text += ", "
		}
		text += word
	}
	return text
}
