package schedule

import (
	"fmt"
	"unicode/utf8"

	"concordat/internal/doc"
)

// dash is what stands in the cell of something that is openly absent.
const dash = "–"

// space and colon are texts that many lines need, made once.
var (
	space doc.Inline = doc.Text{Value: " "}
	colon doc.Inline = doc.Text{Value: ":"}
)

// none is the cell of something that is openly absent.
func none() doc.Cell { return absent }

// absent is that cell, made once.
var absent = cell(text(dash))

// isNone reports whether a cell is that of something openly absent.
func isNone(c doc.Cell) bool {
	if len(c) != 1 {
		return false
	}
	t, ok := c[0].(doc.Text)
	return ok && t.Value == dash
}

// letters counts the characters of doc.Plain.
func letters(text []doc.Inline) int {
	n := 0
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			n += utf8.RuneCountInString(in.Value)
		case doc.Ref:
			n += utf8.RuneCountInString(in.Text)
		case doc.Strong:
			n += letters(in.Text)
		case doc.Emphasis:
			n += letters(in.Text)
		case doc.Link:
			n += letters(in.Text)
		case doc.LineBreak:
			n++
		default:
			panic(fmt.Sprintf("schedule: unknown inline %T", in))
		}
	}
	return n
}

// endsWith reports whether doc.Plain ends with a character of one byte.
func endsWith(text []doc.Inline, mark byte) bool {
	last, ok := lastByte(text)
	return ok && last == mark
}

// lastByte is the last byte of doc.Plain, if there is one.
func lastByte(text []doc.Inline) (last byte, ok bool) {
	for i := len(text) - 1; i >= 0 && !ok; i-- {
		var words string
		switch in := text[i].(type) {
		case doc.Text:
			words = in.Value
		case doc.Ref:
			words = in.Text
		case doc.Strong:
			last, ok = lastByte(in.Text)
		case doc.Emphasis:
			last, ok = lastByte(in.Text)
		case doc.Link:
			last, ok = lastByte(in.Text)
		case doc.LineBreak:
			words = "\n"
		default:
			panic(fmt.Sprintf("schedule: unknown inline %T", in))
		}
		if words != "" {
			last, ok = words[len(words)-1], true
		}
	}
	return last, ok
}
