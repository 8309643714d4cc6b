package generate_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/clauses"
	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/doc"
	"concordat/internal/generate"
	"concordat/internal/pdf"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

// short is an example with the short preset.
func short(t *testing.T, g *generate.Generator, id string) *generate.Checked {
	t.Helper()
	name := "../../examples/" + id + ".yaml"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "\nparties:", "\nclauses: {preset: short}\nparties:", 1)
	resolved, list, err := workspace.NewReader().Read(source.New(name, []byte(changed)))
	if err != nil || resolved == nil {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	checked, list := g.CheckTree(resolved.Tree)
	if checked == nil {
		t.Fatalf("%s:\n%s", id, printed(list))
	}
	return checked
}

// TestShortPages holds that a firm of five people has no more than 16 pages to
// read.
func TestShortPages(t *testing.T) {
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	g := newGenerator(t)
	for _, id := range examples {
		full, _ := g.CheckTree(resolve(t, id))
		before, after := len(fonts.Layout(full.Document).Pages), len(fonts.Layout(short(t, g, id).Document).Pages)
		t.Logf("%s: %d pages, under the short preset %d", id, before, after)
		if id == "accounting-firm" && after > 16 {
			t.Errorf("%s has %d pages under the short preset, more than 16", id, after)
		}
	}
}

// TestShortKeepsWhatIsStated holds that the short preset leaves out words of the
// library only: what the agreement states, and the full form prints, it prints.
func TestShortKeepsWhatIsStated(t *testing.T) {
	g := newGenerator(t)
	for _, id := range examples {
		full, _ := g.CheckTree(resolve(t, id))
		kept := map[string]bool{}
		var all strings.Builder
		checked := short(t, g, id)
		doc.Texts(checked.Document.Blocks, func(text []doc.Inline) {
			visitTexts(text, func(x doc.Text) { kept[x.Value] = true })
			all.WriteString(doc.Plain(text) + "\n")
		})
		lost := map[string]bool{}
		doc.Texts(full.Document.Blocks, func(text []doc.Inline) {
			visitTexts(text, func(x doc.Text) {
				if stated(full.Agreement, x) && !kept[x.Value] && !lost[x.Value] && !strings.Contains(all.String(), x.Value) {
					lost[x.Value] = true
					t.Errorf("%s: the short form does not print %q of %s", id, x.Value, x.Origin)
				}
			})
		})
		if !strings.Contains(all.String(), "Clauses left out by the short form:") {
			t.Errorf("%s does not say what it leaves out", id)
		}
		if len(full.Parts.Dropped) > 0 || !slices.Contains(checked.Parts.Dropped, "vul-01") {
			t.Errorf("%s leaves out %v, and in the short form %v", id, full.Parts.Dropped, checked.Parts.Dropped)
		}
	}
}

// stated reports whether a text was written in the agreement. A date that is
// counted from a written one was not.
func stated(a *agreement.Agreement, x doc.Text) bool {
	if d, err := calendar.ParseDate(x.Origin.Text()); err == nil && x.Value != d.Long(a.Info.Language) {
		return false
	}
	for _, file := range a.Files() {
		if x.Origin.File == file {
			return true
		}
	}
	return false
}

// visitTexts calls f for each text, also inside others.
func visitTexts(text []doc.Inline, f func(doc.Text)) {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			f(in)
		case doc.Strong:
			visitTexts(in.Text, f)
		case doc.Emphasis:
			visitTexts(in.Text, f)
		case doc.Link:
			visitTexts(in.Text, f)
		}
	}
}

// TestShortIsDocumented holds that docs/layouts.md lists what the short preset
// leaves out, and nothing else.
func TestShortIsDocumented(t *testing.T) {
	library, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || len(list) > 0 {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	preset, ok := library.Preset("short")
	if !ok {
		t.Fatal("the library has no short preset")
	}
	var want []string
	for _, d := range preset.Drops {
		c, _ := library.Clause(d.Clause)
		want = append(want, "| `"+c.ID+"` | "+c.Title+" | "+d.Reason+" |")
	}
	page, err := os.ReadFile("../../docs/layouts.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(page), "| clause | title | why a small firm can do without it |\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	if diff := cmp.Diff(want, strings.Split(table, "\n")); diff != "" {
		t.Errorf("docs/layouts.md (-library +page):\n%s", diff)
	}
}
