package generate_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/clauses"
	"concordat/internal/agreement"
	"concordat/internal/clause"
	"concordat/internal/framework"
	"concordat/internal/generate"
	"concordat/internal/markdown"
	"concordat/internal/source"
	"concordat/internal/view"
	"concordat/internal/yamlsrc"
	"concordat/templates"
)

// path is an agreement that takes its own way through the clauses.
type path struct {
	name    string
	tree    *yamlsrc.Node
	archive *txtar.Archive // nil for an example
}

// paths are the examples, and the small agreements of testdata/paths. Each of
// these is the accounting firm's with some lines changed: the comment of the
// archive says what is different, "drop" names top-level fields that are not
// there, "delete" patterns of what is taken out, pairs of "replace" and "with" change text that stands there exactly
// once, and "want" is which clauses come and go.
func paths(t *testing.T) []path {
	t.Helper()
	var all []path
	for _, id := range examples {
		all = append(all, path{name: id, tree: resolve(t, id)})
	}
	names, err := filepath.Glob("testdata/paths/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	base := string(read(t, single).Text())
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file := source.New(name, []byte(edited(t, name, base, archive.Files)))
		tree, list := yamlsrc.Parse(file.Span(0, len(file.Text())), yamlsrc.Options{What: "agreement file"})
		if tree == nil || list.HasErrors() {
			t.Fatalf("%s:\n%s", name, printed(list))
		}
		all = append(all, path{strings.TrimSuffix(filepath.Base(name), ".txtar"), tree, archive})
	}
	return all
}

// edited is the text of an agreement after the edits of an archive.
func edited(t *testing.T, name, text string, edits []txtar.File) string {
	t.Helper()
	for len(edits) > 0 {
		switch {
		case edits[0].Name == "drop":
			for field := range strings.FieldsSeq(string(edits[0].Data)) {
				text = drop(t, name, text, field)
			}
			edits = edits[1:]
		case edits[0].Name == "delete":
			for pattern := range strings.Lines(string(edits[0].Data)) {
				found := regexp.MustCompile(strings.TrimSuffix(pattern, "\n"))
				if !found.MatchString(text) {
					t.Fatalf("%s: nothing matches %q", name, pattern)
				}
				text = found.ReplaceAllString(text, "")
			}
			edits = edits[1:]
		case len(edits) >= 2 && edits[0].Name == "replace" && edits[1].Name == "with":
			old := strings.TrimSuffix(string(edits[0].Data), "\n")
			if n := strings.Count(text, old); n != 1 {
				t.Fatalf("%s: expected once, found %d times: %q", name, n, old)
			}
			text = strings.Replace(text, old, strings.TrimSuffix(string(edits[1].Data), "\n"), 1)
			edits = edits[2:]
		case len(edits) == 1 && edits[0].Name == "want":
			return text
		default:
			t.Fatalf("%s: expected drop, delete, pairs of replace and with, then want, found %q", name, edits[0].Name)
		}
	}
	return text
}

// drop takes a top-level field out of the text of an agreement.
func drop(t *testing.T, name, text, field string) string {
	t.Helper()
	start := strings.Index(text, "\n"+field+":")
	if start < 0 {
		t.Fatalf("%s: there is no %s", name, field)
	}
	start++
	end := start + strings.Index(text[start:], "\n") + 1
	for end < len(text) && strings.HasPrefix(text[end:], " ") {
		end += strings.Index(text[end:], "\n") + 1
	}
	return text[:start] + text[end:]
}

// TestPaths holds that all examples and small agreements become documents, that
// no two take the same way through the clauses, and that all of them together
// decide each condition of the library both ways.
func TestPaths(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	g := newGenerator(t)
	library, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || list.HasErrors() {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	all := paths(t)
	if n := len(all) - len(examples); n < 12 {
		t.Errorf("only %d small agreements", n)
	}
	in, out := map[string]bool{}, map[string]bool{}
	facts := map[string]string{}
	first := selected(t, library, read(t, single))
	for _, p := range all {
		checked, list := g.CheckTree(p.tree)
		if checked == nil {
			t.Errorf("%s:\n%s", p.name, printed(list))
			continue
		}
		writeAll(t, g, checked)
		asked := view.New(checked.Agreement).Facts
		key := fmt.Sprintf("%+v", *asked)
		if other, taken := facts[key]; taken {
			t.Errorf("%s and %s take the same way", p.name, other)
		}
		facts[key] = p.name
		selection, _ := library.Select(asked)
		var ids []string
		for _, c := range library.Clauses() {
			if selection.Has(c.ID) {
				in[c.ID] = true
				ids = append(ids, c.ID)
			} else {
				out[c.ID] = true
			}
		}
		if p.archive != nil {
			compareWant(t, p, difference(first, ids))
		}
	}
	for _, c := range library.Clauses() {
		if !in[c.ID] {
			t.Errorf("no example and no small agreement has the clause %s", c.ID)
		}
		if !c.When.IsZero() && !out[c.ID] {
			t.Errorf("each example and small agreement has the clause %s, which has a condition", c.ID)
		}
	}
}

// standsAlone is the small agreement without a Master Service Agreement, with a
// preset.
func standsAlone(t *testing.T, preset string) *source.File {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/paths/stand-alone.txtar")
	if err != nil {
		t.Fatal(err)
	}
	text := edited(t, "stand-alone", string(read(t, single).Text()), archive.Files)
	return source.New(single, []byte(strings.Replace(text, "\nnotices:", "\nclauses: {preset: "+preset+"}\nnotices:", 1)))
}

// TestStandsAlone holds that no layout speaks of a Master Service Agreement
// where there is none, but to say that there is none.
func TestStandsAlone(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	g := newGenerator(t)
	layouts, err := g.Layouts()
	if err != nil {
		t.Fatal(err)
	}
	none := regexp.MustCompile(`(?i)\bno Master Service Agreement\b`)
	mention := regexp.MustCompile(`.*(\bMSA|(?i:\bmaster services? agreement)).*`)
	for _, preset := range []string{"full", "short"} {
		file := standsAlone(t, preset)
		for _, layout := range layouts {
			checked, list := withLayout(t, g, layout).Check(file)
			if checked == nil {
				t.Fatalf("%s, %s:\n%s", preset, layout, printed(list))
			}
			got := string(markdown.Write(checked.Document))
			if layout == g.Layout() && len(none.FindAllString(got, -1)) != 3 {
				t.Errorf("%s: expected on the first page, and in the title and the words of a clause, that there is none", preset)
			}
			for _, line := range mention.FindAllString(none.ReplaceAllString(got, "none"), -1) {
				t.Errorf("%s, %s: there is no such agreement: %s", preset, layout, line)
			}
		}
	}
}

// selected are the ids of the clauses of an agreement in one file.
func selected(t *testing.T, library *clause.Library, file *source.File) []string {
	t.Helper()
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, list := agreement.Load(file, frameworks)
	if a == nil {
		t.Fatal(printed(list))
	}
	selection, _ := library.Select(view.New(a).Facts)
	var ids []string
	for _, c := range library.Clauses() {
		if selection.Has(c.ID) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// difference names the clauses that are in one list only, those that go first.
func difference(before, after []string) string {
	var b strings.Builder
	for _, id := range before {
		if !slices.Contains(after, id) {
			fmt.Fprintf(&b, "- %s\n", id)
		}
	}
	for _, id := range after {
		if !slices.Contains(before, id) {
			fmt.Fprintf(&b, "+ %s\n", id)
		}
	}
	return b.String()
}

// compareWant compares what was found with the last file of an archive.
func compareWant(t *testing.T, p path, got string) {
	t.Helper()
	last := len(p.archive.Files) - 1
	if last >= 0 && p.archive.Files[last].Name == "want" && string(p.archive.Files[last].Data) == got {
		return
	}
	if !*update {
		t.Errorf("%s: the clauses that go and come are\n%sto accept it run: go test ./internal/generate -run TestPaths -update", p.name, got)
		return
	}
	if last >= 0 && p.archive.Files[last].Name == "want" {
		p.archive.Files = p.archive.Files[:last]
	}
	p.archive.Files = append(p.archive.Files, txtar.File{Name: "want", Data: []byte(got)})
	if err := os.WriteFile(filepath.Join("testdata", "paths", p.name+".txtar"), txtar.Format(p.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestSchemes holds that the built-in words fit each scheme of numbers, and
// each way to show what is left out.
func TestSchemes(t *testing.T) {
	text, err := fs.ReadFile(clauses.FS, "library.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, scheme := range []struct{ numbering, omitted, want string }{
		{"roman", "vanish", "## Article III. Risk ownership\n\n### Section 3.1. Each Party carries its own risk\n"},
		{"decimal", "vanish", "## 3 Risk ownership\n\n### 3.1 Each Party carries its own risk\n"},
		{"lettered", "intentionally_omitted", ".2 \\[Intentionally omitted\\]\n"},
	} {
		settings := strings.NewReplacer("\nnumbering: lettered\n", "\nnumbering: "+scheme.numbering+"\n", "\nomitted: vanish\n", "\nomitted: "+scheme.omitted+"\n")
		library := map[string]string{"library.yaml": settings.Replace(string(text))}
		g, list, err := generate.New(generate.Library{
			Clauses: []clause.Layer{{FS: overlay(t, library), Prefix: "clauses/"}},
			Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
		})
		if err != nil || list.HasErrors() {
			t.Fatalf("%v\n%s", err, printed(list))
		}
		checked, list := g.CheckTree(resolve(t, "accounting-firm"))
		if checked == nil {
			t.Fatalf("%s:\n%s", scheme.numbering, printed(list))
		}
		outputs := writeAll(t, g, checked)
		if got := string(outputs[0].Data); !strings.Contains(got, scheme.want) {
			t.Errorf("%s, %s: the document has no %q", scheme.numbering, scheme.omitted, scheme.want)
		}
	}
}
