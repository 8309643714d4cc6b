package lint

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

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
	if report.Documents%report.Rows != 0 {
		t.Errorf("not all documents were assembled: %s", report)
	}
	t.Log(report)
}

func BenchmarkCombinations(b *testing.B) {
	library, layouts := builtIn(b)
	for b.Loop() {
		Combinations(library, layouts)
	}
}

// loadFiles is the library and the layouts of an archive's files.
func loadFiles(t testing.TB, files map[string]string) (*clause.Library, []*clause.Layout) {
	t.Helper()
	library, texts := fstest.MapFS{}, fstest.MapFS{}
	for name, text := range files {
		if rest, ok := strings.CutPrefix(name, "layouts/"); ok {
			texts[rest] = &fstest.MapFile{Data: []byte(text)}
		} else if name != "want" {
			library[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	l, list, err := clause.Load(clause.Layer{FS: library})
	if err != nil || list.HasErrors() {
		t.Fatalf("%v\n%s", err, printedList(list))
	}
	var layouts []*clause.Layout
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		layout, list, err := clause.LoadLayout(texts, "layouts/", name)
		if err != nil || list.HasErrors() {
			t.Fatalf("%v\n%s", err, printedList(list))
		}
		layouts = append(layouts, layout)
	}
	return l, layouts
}

// archived are the files of an archive, beside those of base.
func archived(t testing.TB, name string, base map[string]string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := maps.Clone(base)
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// TestCombinationFaults compares what is found in small libraries, each with one
// change that brings a fault, with the end of their files: the problem, and the
// fewest facts that bring it about.
func TestCombinationFaults(t *testing.T) {
	const folder = "testdata/combinations/"
	base := archived(t, folder+"base.txtar", map[string]string{})
	names, err := filepath.Glob(folder + "*.txtar")
	if err != nil || len(names) < 25 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			files := archived(t, name, base)
			report, list := Combinations(loadFiles(t, files))
			got := printedList(list) + report.String() + "\n"
			if got == files["want"] {
				return
			}
			if !*update {
				t.Fatal(cmp.Diff(files["want"], got))
			}
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == "want" })
			archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestCombinationsAreAll compares what is found in the small libraries with what
// is wrong with all documents of all combinations of the facts that they ask.
func TestCombinationsAreAll(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	const folder = "testdata/combinations/"
	base := archived(t, folder+"base.txtar", map[string]string{})
	names, err := filepath.Glob(folder + "*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, name := range names {
		library, layouts := loadFiles(t, archived(t, name, base))
		want := map[string]bool{}
		for _, layout := range layouts {
			if layout.Of != "" {
				continue
			}
			c, _ := newCombinations(library, layout, layouts)
			c.examine()
			p := c.space.nowhere()
			var asked []int
			for x := range c.space.choices {
				if c.space.asked[x] {
					asked = append(asked, x)
				}
			}
			c.space.each(asked, p, func() bool {
				full, ok := c.space.complete(p)
				if !ok {
					return true
				}
				tried++
				for _, a := range c.documents {
					for _, f := range c.rehearse(a, full).faults() {
						want[key(f.code, f.at)] = true
					}
				}
				return true
			})
		}
		_, list := Combinations(library, layouts)
		got := map[string]bool{}
		for _, d := range list {
			// Of these a document shows nothing.
			if d.Code != codeNeverSelected && !strings.Contains(d.Message, "prints the schedule") {
				got[key(d.Code, d.Span)] = true
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-all documents +found):\n%s", name, diff)
		}
	}
	t.Logf("%d combinations", tried)
}

// TestCover holds that the rows obey all laws, and that each pair of values of
// two facts which some agreement may have stands in one of them.
func TestCover(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	library, layouts := builtIn(t)
	i := slices.IndexFunc(layouts, func(l *clause.Layout) bool { return l.Of == "" })
	c, _ := newCombinations(library, layouts[i], layouts)
	s := newSpace(c.asks())
	rows := s.cover()
	in := map[pair]bool{}
	for _, row := range rows {
		for _, law := range s.laws {
			if !law.holds(row) {
				t.Errorf("a row breaks a law: %v", law.axes)
			}
		}
		for x := range row {
			for y := x + 1; y < len(row); y++ {
				in[pair{x, y, row[x], row[y]}] = true
			}
		}
	}
	pairs, never := 0, 0
	for x, a := range s.choices {
		for y := x + 1; y < len(s.choices); y++ {
			if !s.asked[x] || !s.asked[y] {
				continue
			}
			for v := range a.Len() {
				for w := range s.choices[y].Len() {
					pairs++
					if in[pair{x, y, int8(v), int8(w)}] {
						continue
					}
					p := s.nowhere()
					p[x], p[y] = int8(v), int8(w)
					if _, ok := s.complete(p); ok {
						t.Errorf("no row has that %s and %s", a.Says(v), s.choices[y].Says(w))
					}
					never++
				}
			}
		}
	}
	t.Logf("%d rows for %d pairs, %d of which cannot be", len(rows), pairs, never)
}

// TestCombinationsBounded tries a library that asks more than can be tried, and
// loops as long as a template may.
func TestCombinationsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	files := archived(t, "testdata/combinations/base.txtar", map[string]string{})
	names := []string{
		"Backups.Count", "Access.Count", "Access.Tools", "Commitments.Hours", "Commitments.Count", "Assets.Count", "Logging.Count", "Budget.Years",
		"Incident.Severities", "Weaknesses.Times", "Disputes.Steps", "Term.Months", "Signing.Free", "Told.SystemDays", "Insurance.Count",
	}
	var long, loop strings.Builder
	for i, name := range names {
		for n := range 40 {
			fmt.Fprintf(&long, "{{ if gt .Facts.%s %d }}x{{ end }}", name, 3*n+i)
		}
		fmt.Fprintf(&long, "{{ if gt .Facts.%s 7 }}{{ ref \"bb-02\" }}{{ end }}\n", name)
	}
	for _, name := range names[:4] {
		fmt.Fprintf(&loop, "{{ range 9000 }}{{ if gt $.Facts.%s 0 }}{{ end }}{{ end }}", name)
	}
	matter := strings.Split(files["bb-03.md"], "---\n")[1]
	files["bb-03.md"] = "---\n" + matter + "---\nIt waits.\n" + long.String()
	matter = strings.Split(files["bb-01.md"], "---\n")[1]
	files["bb-01.md"] = "---\n" + matter + "---\nIt loops.\n" + loop.String() + "\n"
	report, list := Combinations(loadFiles(t, files))
	if len(list) == 0 || !slices.Equal(report.Pairwise, []string{"bb-01", "bb-03"}) {
		t.Errorf("%v\n%s", report, printedList(list))
	}
}
