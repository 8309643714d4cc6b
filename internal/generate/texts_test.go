package generate_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/clause"
	"concordat/internal/doc"
	"concordat/internal/generate"
	"concordat/templates"
)

// TestInputs holds that the inputs of a document say all that the library does to it:
// with the same inputs the document is the same, whatever the words of clauses and
// terms that it does not have; and other words that it has are other inputs.
func TestInputs(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	files := overlay(t, nil)
	made := func() *generate.Generator {
		g, list, err := generate.New(generate.Library{
			Clauses: []clause.Layer{{FS: files, Prefix: "clauses/"}},
			Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
		})
		if err != nil || g == nil {
			t.Fatal(err, printed(list))
		}
		return g
	}
	g := made()
	for _, before := range []*generate.Checked{short(t, g, "accounting-firm"), short(t, g, "medical-office")} {
		was := g.InputsOf(before)
		clauseIDs, termIDs := before.Parts.ClauseIDs(), before.Parts.TermIDs()
		want, err := doc.Encode(before.Document)
		if err != nil {
			t.Fatal(err)
		}
		unused, used := 0, 0
		names := make([]string, 0, len(files))
		for name := range files {
			names = append(names, name)
		}
		slices.Sort(names)
		for i, name := range names {
			id, isTerm := name[:max(0, len(name)-3)], len(name) > 6 && name[:6] == "terms/"
			if isTerm {
				id = id[6:]
			}
			if name[len(name)-3:] != ".md" || !isTerm && id == "README" {
				continue
			}
			has := slices.Contains(clauseIDs, id)
			if isTerm {
				has = slices.Contains(termIDs, id)
			}
			if has && i%9 != 0 {
				continue
			}
			kept := files[name].Data
			more := "\nThe Provider shall keep to {{ ref \"vul-01\" }} and to {{ ref \"trn-01\" }} in Writing, as in each Incident.\n"
			if isTerm {
				more = "\nIt is in Writing.\n"
			}
			files[name] = &fstest.MapFile{Data: append(slices.Clone(kept), more...)}
			other := made()
			files[name] = &fstest.MapFile{Data: kept}
			now, ok := other.Inputs(clauseIDs, termIDs)
			same := ok && now.Texts() == was.Texts()
			if has {
				used++
				if same {
					t.Errorf("%s: %s has other words, and the inputs are the same", before.Agreement.Info.ID, name)
				}
				continue
			}
			unused++
			if !same {
				t.Errorf("%s: %s is not used, and the inputs are others", before.Agreement.Info.ID, name)
				continue
			}
			got, err := doc.Encode(short(t, other, before.Agreement.Info.ID).Document)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s: %s is not used, and the document is another with other words in it", before.Agreement.Info.ID, name)
			}
		}
		t.Logf("%s: %d unused texts, %d used ones", before.Agreement.Info.ID, unused, used)
		if unused < 20 || used < 5 {
			t.Error("too few to say anything")
		}
	}
}
