package lint

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"concordat/clauses"
	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/templates"
)

// subject is the library of layers with the layouts of a folder, on a day.
func subject(t testing.TB, layouts fs.FS, day string, layers ...clause.Layer) Subject {
	t.Helper()
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	library, list, err := clause.Load(layers...)
	if err != nil || list.HasErrors() {
		t.Fatalf("%v %s", err, printed(t, list))
	}
	date, err := calendar.ParseDate(day)
	if err != nil {
		t.Fatal(err)
	}
	s := Subject{Library: library, Frameworks: frameworks, Day: date}
	ids, err := clause.Layouts(layouts)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		layout, list, err := clause.LoadLayout(layouts, "templates/", id+".md")
		if err != nil || list.HasErrors() {
			t.Fatalf("%v %s", err, printed(t, list))
		}
		s.Layouts = append(s.Layouts, layout)
	}
	slices.SortStableFunc(s.Layouts, func(a, b *clause.Layout) int { return strings.Compare(a.Of, b.Of) })
	return s
}

func builtInSubject(t testing.TB) Subject {
	return subject(t, templates.FS, "2026-12-01", clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
}

func printed(t testing.TB, list diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := (diag.Printer{}).Print(&b, list.Sorted()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestBuiltIn demands that nothing is found in the built-in library.
func TestBuiltIn(t *testing.T) {
	result, list := Examine(builtInSubject(t))
	if len(list) > 0 {
		t.Errorf("%s", printed(t, list))
	}
	if result.Clauses < 80 || result.Terms < 40 || result.Layouts != 6 || len(result.Promises) < 100 {
		t.Errorf("%d clauses, %d terms, %d layouts, %d promises", result.Clauses, result.Terms, result.Layouts, len(result.Promises))
	}
}

// BenchmarkBuiltIn examines the built-in library.
func BenchmarkBuiltIn(b *testing.B) {
	s := builtInSubject(b)
	for b.Loop() {
		Examine(s)
	}
}
