package pdf

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"concordat/internal/doc"
)

// TestComparison compares random texts in random parts, equal ones and others:
// it finds no difference exactly where the words are the same, but for kinds of
// white space, over which it may be too strict.
func TestComparison(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	r := rand.New(rand.NewPCG(1, 1))
	pick := func(from []string, most int) string {
		s := ""
		for range r.IntN(most) {
			s += from[r.IntN(len(from))]
		}
		return s
	}
	parts := func(s string) []string {
		var list []string
		for s != "" {
			n := 1 + r.IntN(len(s))
			list, s = append(list, s[:n]), s[n:]
		}
		return list
	}
	common := []string{"a", "b", " ", "  ", "ab ", "é"}
	all := append(slices.Clone(common), "\n", "\u2028", "\u2029", "\xe2", "\x80")
	same, differ := 0, 0
	for range 200_000 {
		letters, strict := common, true
		if r.IntN(2) == 0 {
			letters, strict = all, false
		}
		written := pick(letters, 6)
		planned := written
		switch r.IntN(4) {
		case 0:
			planned = pick(letters, 6)
		case 1:
			planned = " " + strings.ReplaceAll(planned, "  ", " ")
		case 2:
			planned = strings.ReplaceAll(planned, " ", "  ") + " "
		}
		c := comparison{space: true}
		for _, s := range parts(planned) {
			c.runs = append(c.runs, &Run{Text: s})
		}
		for _, s := range parts(written) {
			c.text(s)
		}
		got, want := c.same(), slices.Equal(words(written), words(planned))
		if got && !want || want && !got && strict && strings.HasSuffix(planned, " ") {
			t.Fatalf("%q and %q are said to be the same: %v", written, planned, got)
		}
		if got {
			same++
		} else {
			differ++
		}
	}
	if same < 1000 || differ < 1000 {
		t.Errorf("%d are the same, %d differ: the test compares too little", same, differ)
	}
}

// TestVerifyTells holds the words that are named for a change of a plan.
func TestVerifyTells(t *testing.T) {
	f := loadFonts(t)
	d := document(para("one two  three"), doc.Table{Columns: []doc.Column{tcol("four", doc.Left, 0)}, Rows: []doc.Row{{Cells: []doc.Cell{nil}}}}, para("five"))
	for _, c := range []struct {
		from, to, want string
	}{
		{"two", "tow", `word 2 of the document, "two", is not in its place: the plan has "tow"`},
		{"two  ", "two", `word 2 of the document, "two", is not in its place: the plan has "twothree"`},
		{"three", "", `word 3 of the document, "three", is not in its place: the plan has "four"`},
		{"five", "five six", `the plan has "six" after the end of the document`},
		{"five", "", `word 5 of the document, "five", is not in its place: the plan has ""`},
		{"two  ", "two ", ""},
		{"five", "\tfive\u2028", ""},
	} {
		p := f.Layout(d)
		for i := range p.Pages[0].Runs {
			r := &p.Pages[0].Runs[i]
			r.Text = strings.Replace(r.Text, c.from, c.to, 1)
		}
		got := ""
		if err := p.verifyWords(d); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%q instead of %q: %q, want %q", c.to, c.from, got, c.want)
		}
	}
}
