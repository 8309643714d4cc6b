package explain_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/clauses"
	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/explain"
	"concordat/internal/generate"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/internal/yamlsrc"
	"concordat/templates"
)

func newGenerator(t *testing.T) *generate.Generator {
	t.Helper()
	g, list, err := generate.New(generate.Library{
		Clauses: []clause.Layer{{FS: clauses.FS, Prefix: "clauses/"}},
		Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
	})
	if g == nil {
		t.Fatal(list, err)
	}
	return g
}

func ids(l *clause.Library) []string {
	var all []string
	for _, c := range l.Clauses() {
		all = append(all, c.ID)
	}
	for _, x := range l.Terms {
		all = append(all, x.ID)
	}
	return all
}

// examine explains every clause and term, and checks what holds of all.
func examine(t *testing.T, g *generate.Generator, i *assemble.Inspection) {
	t.Helper()
	for _, id := range ids(i.Library) {
		e, ok := explain.Of(i, g.Frameworks(), id)
		if !ok {
			t.Errorf("%s is not explained", id)
			continue
		}
		if known := i.View != nil; known == (e.Document.In == explain.Unknown) {
			t.Errorf("%s: in the document %s, agreement known %v", id, e.Document.In, known)
		}
		if (e.Document.In == explain.Yes) != (e.Document.Number != "") {
			t.Errorf("%s: in the document %s with number %q", id, e.Document.In, e.Document.Number)
		}
		if c := e.Document.Condition; c != nil && e.Document.In == explain.Yes && c.Holds != explain.Yes {
			t.Errorf("%s is in the document, and its condition %q holds: %s", id, c.Text, c.Holds)
		}
		for _, v := range e.Values {
			if v.Text == "" || v.Line == 0 {
				t.Errorf("%s: value %+v", id, v)
			}
		}
		data, err := json.Marshal(e)
		if err != nil || strings.Contains(strings.NewReplacer(`"condition":null`, "", `"left_out":null`, "", `"kept":null`, "", `"approval":null`, "", `"place":null`, "").Replace(string(data)), "null") {
			t.Errorf("%s: %v %s", id, err, data)
		}
		var text strings.Builder
		if err := e.Text(&text); err != nil || !strings.HasPrefix(text.String(), id+": ") {
			t.Errorf("%s: %v %s", id, err, text.String())
		}
		if strings.Contains(text.String(), " \n") {
			t.Errorf("%s: a line ends in a space\n%s", id, text.String())
		}
	}
}

// TestExamples explains each clause and term in each example.
func TestExamples(t *testing.T) {
	g := newGenerator(t)
	names, err := filepath.Glob("../../examples/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range names {
		switch filepath.Base(name) {
		case "accounting-firm.yaml", "medical-office.yaml", "manufacturer-cmmc.yaml":
		default:
			continue
		}
		seen++
		file, err := source.Read(name, yamlsrc.MaxSize)
		if err != nil {
			t.Fatal(err)
		}
		resolved, list, err := workspace.NewReader().Read(file)
		if resolved == nil {
			t.Fatal(list, err)
		}
		i, list := g.Inspect(resolved.Tree)
		if list.HasErrors() {
			t.Fatal(list)
		}
		examine(t, g, i)
	}
	if seen != 3 {
		t.Errorf("%d examples", seen)
	}
}

// TestBroken explains agreements that break a rule, as far as that can be said.
func TestBroken(t *testing.T) {
	g := newGenerator(t)
	base := func(name string) string {
		text, err := os.ReadFile("../agreement/testdata/ok/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	names, err := filepath.Glob("../agreement/testdata/rules/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	known, unknown := 0, 0
	for n, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text := base("base.yaml")
		var old string
		for _, f := range archive.Files {
			switch f.Name {
			case "base":
				text = base(strings.TrimSpace(string(f.Data)))
			case "replace":
				old = string(f.Data)
			case "with":
				text = strings.Replace(text, old, string(f.Data), 1)
			}
		}
		file := source.New("a.yaml", []byte(text))
		tree, _ := yamlsrc.Parse(file.Span(0, len(text)), yamlsrc.Options{What: "agreement file"})
		if tree == nil {
			continue
		}
		i, list := g.Inspect(tree)
		if !list.HasErrors() {
			continue
		}
		if i.View == nil {
			unknown++
		} else {
			known++
		}
		if n%80 == 0 {
			examine(t, g, i)
		}
	}
	t.Logf("%d agreements with errors explained, of %d the library only", known, unknown)
	if known < 50 {
		t.Errorf("only %d agreements that break rules were explained", known)
	}
}

// TestNearest offers the id that was meant.
func TestNearest(t *testing.T) {
	i, _ := newGenerator(t).Inspect(mustParse(t, "x: y\n"))
	for id, want := range map[string]string{"acc-4": "acc-04", "incidents": "incident", "zzzzzzzz": ""} {
		if got := explain.Nearest(i.Library, id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	if _, ok := explain.Of(i, nil, "zzzzzzzz"); ok {
		t.Error("something is explained that does not exist")
	}
}

func mustParse(t *testing.T, text string) *yamlsrc.Node {
	t.Helper()
	tree, list := yamlsrc.Parse(source.New("a.yaml", []byte(text)).Span(0, len(text)), yamlsrc.Options{What: "agreement file"})
	if tree == nil {
		t.Fatal(list)
	}
	return tree
}
