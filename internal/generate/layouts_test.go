package generate_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/generate"
	"concordat/internal/markdown"
	"concordat/internal/pdf"
)

// samples is the folder of the documents that README links to.
const samples = "../../docs/samples"

// golden compares a text with a file, or writes the file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs: %s\nto accept it run: go test ./internal/generate -update", name, firstDifference(got, string(want)))
	}
}

// withLayout is the generator of another built-in layout.
func withLayout(t *testing.T, g *generate.Generator, id string) *generate.Generator {
	t.Helper()
	made, list, err := g.WithLayout(id)
	if err != nil || made == nil || len(list) > 0 {
		t.Fatalf("%s: %v\n%s", id, err, printed(list))
	}
	return made
}

// TestLayouts compares what each example is made into by each layout with files
// that were read in review. Those of the accounting firm are the samples that
// README links to.
func TestLayouts(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	g := newGenerator(t)
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	layouts, err := g.Layouts()
	if err != nil {
		t.Fatal(err)
	}
	for _, layout := range layouts {
		laid := withLayout(t, g, layout)
		for _, id := range examples {
			checked, list := laid.CheckTree(resolve(t, id))
			if checked == nil {
				t.Fatalf("%s, %s:\n%s", id, layout, printed(list))
			}
			writeAll(t, laid, checked)
			text := string(markdown.Write(checked.Document))
			sample := id == "accounting-firm"
			if layout == g.Layout() {
				if sample {
					golden(t, filepath.Join(samples, id+".md"), text)
				}
				continue // TestExamples holds it
			}
			name := id + "-" + layout
			folder := "testdata/layouts"
			if sample {
				folder = samples
			}
			golden(t, filepath.Join(folder, name+".md"), text)
			plan := fonts.Layout(checked.Document)
			golden(t, filepath.Join("testdata/layouts", name+".plan"), plan.String())
			if layout == "owners-page" && len(plan.Pages) != 1 {
				t.Errorf("%s has %d pages, more than one", name, len(plan.Pages))
			}
		}
	}
	golden(t, filepath.Join(samples, "accounting-firm-short.md"), string(markdown.Write(short(t, g, "accounting-firm").Document)))
	checked, list := g.Check(standsAlone(t, "full"))
	if checked == nil {
		t.Fatal(printed(list))
	}
	golden(t, filepath.Join(samples, "accounting-firm-stand-alone.md"), string(markdown.Write(checked.Document)))
}

// TestOwnersPageIsTheFirstPage holds that the page for the owner says what the
// first page of the agreement says, in the same words.
func TestOwnersPageIsTheFirstPage(t *testing.T) {
	read := func(id string) string {
		text, err := os.ReadFile("../../templates/" + id + ".md")
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	_, first, found := strings.Cut(read("cyber-constitution"), "## At a glance\n")
	first, _, ended := strings.Cut(first, "This page is a summary.")
	if !found || !ended {
		t.Fatal("the first page is not found")
	}
	if !strings.Contains(read("owners-page"), strings.TrimSpace(first)) {
		t.Error("templates/owners-page.md does not hold what stands under \"At a glance\" in templates/cyber-constitution.md")
	}
}

// TestWithLayout holds that a layout which does not exist is an error, and that
// the layout of the whole agreement needs no other.
func TestWithLayout(t *testing.T) {
	g := newGenerator(t)
	if made, _, err := g.WithLayout("nothing"); made != nil || err == nil {
		t.Error("a layout that does not exist was taken")
	}
	if made := withLayout(t, g, g.Layout()); made != g {
		t.Error("the generator was made anew")
	}
}
