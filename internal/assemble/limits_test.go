package assemble_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"concordat/internal/assemble"
)

// TestTooManyProblems holds that a library which is no library ends in some
// messages.
func TestTooManyProblems(t *testing.T) {
	files := fstest.MapFS{}
	var ids []string
	for i := range 30 {
		id := fmt.Sprintf("aa-%02d", i)
		ids = append(ids, id)
		files[id+".md"] = clauseFile(id, "", strings.Repeat("{{ .Nope }}\n", 4000))
	}
	_, list := compile(t, plainLayout, library("  - {id: one, title: One, clauses: ["+strings.Join(ids, ", ")+"]}\n", files))
	got := printed(list)
	const want = "aa-06.md:9:1: error: there are too many problems before this text; it and what follows was not examined [assemble-too-much]\n"
	if len(list) != 601 || !strings.Contains(got, want) {
		t.Errorf("%d problems:\n%s", len(list), got[max(0, len(got)-500):])
	}
}

// TestTooMuch holds that many clauses which each stay inside of its limits do
// not take long together, and that clauses with errors count too.
func TestTooMuch(t *testing.T) {
	for _, c := range []struct{ name, body string }{
		{"steps", "{{ range 90000 }}{{ end }}Text."},
		{"errors", "{{ range 900000 }}{{ end }}Text."},
		{"bytes", strings.Repeat("{{ range 900 }}"+strings.Repeat("Words and words. ", 50)+"{{ end }}\n\n", 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{}
			var ids []string
			for i := range 30 {
				id := fmt.Sprintf("aa-%02d", i)
				ids = append(ids, id)
				files[id+".md"] = clauseFile(id, "", c.body)
			}
			a, list := compile(t, plainLayout, library("  - {id: one, title: One, clauses: ["+strings.Join(ids, ", ")+"]}\n", files))
			if a == nil {
				t.Fatal(printed(list))
			}
			_, _, list = a.Assemble(example(t), assemble.Options{})
			got := printed(list)
			const want = "error: the clauses before this text take too long, or are too long together [assemble-too-much]\n   = hint: shorten the loops in the clauses before it\n"
			if strings.Count(got, want) != 1 {
				t.Errorf("got\n%s", got)
			}
		})
	}
}
