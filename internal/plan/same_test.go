package plan

import (
	"testing"

	"concordat/internal/doc"
)

// TestSameText says that how a text is divided does not tell two texts apart, and
// all else does.
func TestSameText(t *testing.T) {
	text := func(values ...string) (all []doc.Inline) {
		for _, v := range values {
			all = append(all, doc.Text{Value: v})
		}
		return all
	}
	strong := func(values ...string) doc.Inline { return doc.Strong{Text: text(values...)} }
	for _, c := range []struct {
		a, b []doc.Inline
		same bool
	}{
		{nil, nil, true},
		{nil, text(""), true},
		{nil, text("a"), false},
		{text("ab", "c"), text("a", "", "bc"), true},
		{text("ab", "c"), text("ab", "d"), false},
		{text("a"), append(text("a"), doc.LineBreak{}), false},
		{append(text("a"), strong("b", "c"), doc.LineBreak{}), append(text("", "a"), strong("bc"), doc.LineBreak{}), true},
		{append(text("a"), strong("b")), append(text("a"), doc.Emphasis{Text: text("b")}), false},
		{append(text("a"), strong("b")), text("a", "b"), false},
		{append([]doc.Inline{doc.LineBreak{}}, text("a")...), append(text("a"), doc.LineBreak{}), false},
	} {
		if got := sameText(c.a, c.b); got != c.same {
			t.Errorf("%v and %v: %t", c.a, c.b, got)
		}
		if got := sameText(c.b, c.a); got != c.same {
			t.Errorf("%v and %v: %t", c.b, c.a, got)
		}
	}
}
