package assemble

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"concordat/internal/clause"
)

// stands reports whether form stands in text as whole words, as plainly as that
// can be asked.
func stands(text, form string) bool {
	for i := range text {
		if !strings.HasPrefix(text[i:], form) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+len(form):])
		if !isWord(before) && !isWord(after) {
			return true
		}
	}
	return false
}

// TestFinder holds finding all terms at once to finding each form by itself.
func TestFinder(t *testing.T) {
	forms := [][]string{{"Incident", "Incidents"}, {"Security Incident"}, {"Data"}, {"Data Data"}, {"a"}, {"Łódź"}, {"Party", "Parties"}, {"’s"}, {"(x)"}, {"9 Days"}, {""}, {"É"}, {"Security"}}
	terms := make([]term, len(forms))
	for i, f := range forms {
		terms[i] = term{Term: &clause.Term{Name: f[0]}, forms: f}
	}
	f := newFinder(terms)
	pieces := []string{"Incident", "Incidents", "Security", "Data", "a", "Łódź", "Łód", "Party", "Parties", "’", "s", " ", " ", " ", "\n", "(x)", "(", "9", "Days", ".", "-", "É", "é", "\u0301", "_", "日本"}
	some := make([]int, len(forms))
	for seed := range uint64(20000) {
		random := rand.New(rand.NewPCG(seed, 3))
		var b strings.Builder
		for range random.IntN(12) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		found := make([]bool, len(forms))
		f.find([]byte(b.String()), found)
		for i, all := range forms {
			want := slices.ContainsFunc(all, func(form string) bool { return form != "" && stands(b.String(), form) })
			if found[i] != want {
				t.Fatalf("%q in %q: %v, expected %v", all, b.String(), found[i], want)
			}
			if want {
				some[i]++
			}
		}
	}
	for i, n := range some {
		if n == 0 && forms[i][0] != "" {
			t.Errorf("%q was never found", forms[i])
		}
	}
}
