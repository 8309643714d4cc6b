package lint

import (
	"strings"
	"testing"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/templates"
)

// builtIn is the built-in library and its layouts.
func builtIn(t testing.TB) (*clause.Library, []*clause.Layout) {
	t.Helper()
	library, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || list.HasErrors() {
		t.Fatalf("%v\n%s", err, printedList(list))
	}
	ids, err := clause.Layouts(templates.FS)
	if err != nil {
		t.Fatal(err)
	}
	var layouts []*clause.Layout
	for _, id := range ids {
		layout, list, err := clause.LoadLayout(templates.FS, "templates/", id+".md")
		if err != nil || list.HasErrors() {
			t.Fatalf("%v\n%s", err, printedList(list))
		}
		layouts = append(layouts, layout)
	}
	return library, layouts
}

func printedList(list diag.List) string {
	var b strings.Builder
	if err := (diag.Printer{}).Print(&b, list); err != nil {
		panic(err)
	}
	return b.String()
}

// TestBuiltInCombinations holds that no agreement that may come leads to a
// document of the built-in library that is broken.
func TestBuiltInCombinations(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	report, list := Combinations(builtIn(t))
	if len(list) > 0 {
		t.Error(printedList(list))
	}
	if len(report.Pairwise) > 0 {
		t.Errorf("not examined exactly: %v", report.Pairwise)
	}
	t.Log(report)
}

func BenchmarkCombinations(b *testing.B) {
	library, layouts := builtIn(b)
	for b.Loop() {
		Combinations(library, layouts)
	}
}
