package generate_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/generate"
	"concordat/internal/source"
)

// pathEdits are the changes that make a small agreement of testdata/paths, which
// has no other.
func pathEdits(t *testing.T, name string) [][2]string {
	t.Helper()
	var edits [][2]string
	files := pathFiles(t, name)
	for len(files) >= 2 && files[0].Name == "replace" && files[1].Name == "with" {
		edits = append(edits, [2]string{strings.TrimSuffix(string(files[0].Data), "\n"), strings.TrimSuffix(string(files[1].Data), "\n")})
		files = files[2:]
	}
	return edits
}

// strictClauses are the clauses that have a strict wording.
func strictClauses(t *testing.T) []*clause.Clause {
	t.Helper()
	library, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || len(list) > 0 {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	var strict []*clause.Clause
	for _, c := range library.Clauses() {
		if strings.Contains(c.Body.Text(), ".Facts.Agreement.Strict") {
			strict = append(strict, c)
		}
	}
	return strict
}

// TestStrict holds that each clause with a strict wording reads differently
// under it, and that no other clause does.
func TestStrict(t *testing.T) {
	g := newGenerator(t)
	text := edited(t, "strict", string(read(t, single).Text()), pathFiles(t, "strict"))
	strict := markdownOf(t, g, text)
	standard := markdownOf(t, g, strings.Replace(text, "clauses: {wording: strict}", "clauses: {wording: standard}", 1))
	has := map[string]bool{}
	for _, c := range strictClauses(t) {
		has[c.ID] = true
	}
	library, _, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range library.Clauses() {
		before, after := part(standard, c.Title), part(strict, c.Title)
		if differ := before != after; differ != has[c.ID] {
			t.Errorf("%s has a strict wording: %t, reads differently under it: %t", c.ID, has[c.ID], differ)
		}
	}
	const note = "The Parties have chosen the strict wording."
	if !strings.Contains(strict, note) || strings.Contains(standard, note) {
		t.Error("the last Schedule does not say which wording is used")
	}
}

// pathFiles are the edits of a small agreement of testdata/paths.
func pathFiles(t *testing.T, name string) []txtar.File {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/paths/" + name + ".txtar")
	if err != nil {
		t.Fatal(err)
	}
	return archive.Files
}

// markdownOf is the document of the text of an agreement.
func markdownOf(t *testing.T, g *generate.Generator, text string) string {
	t.Helper()
	checked, list := g.Check(source.New(single, []byte(text)))
	if checked == nil {
		t.Fatal(printed(list))
	}
	outputs, err := g.Write(checked, []generate.Format{generate.Markdown})
	if err != nil {
		t.Fatal(err)
	}
	return string(outputs[0].Data)
}

// TestStrictIsDocumented holds that docs/layouts.md lists the clauses that have
// a strict wording, and no other.
func TestStrictIsDocumented(t *testing.T) {
	var want []string
	for _, c := range strictClauses(t) {
		want = append(want, "| `"+c.ID+"` | "+c.Title+" |")
	}
	page, err := os.ReadFile("../../docs/layouts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| clause | title | what is stronger |\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var got []string
	for line := range strings.Lines(table) {
		cells := strings.SplitN(line, "|", 4)
		if len(cells) != 4 || strings.Trim(cells[3], " |\n") == "" {
			t.Fatalf("expected a row of three cells, found %q", line)
		}
		got = append(got, strings.Join(cells[:3], "|")+"|")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/layouts.md (-library +page):\n%s", diff)
	}
}
