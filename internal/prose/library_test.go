package prose_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"concordat/clauses"
	"concordat/internal/agreement"
	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/prose"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/templates"
)

// examples are the ids of the example agreements.
var examples = []string{"accounting-firm", "manufacturer-cmmc", "medical-office"}

// Bounds of what a business owner is asked to read.
const (
	mostWords = 22 // of an average sentence
	leastEase = 45 // of an article
	firstEase = 60 // of the owner's page
)

// exceptions are the parts that may be harder to read than the bounds, each
// with its reason.
var exceptions = map[string]string{}

// read gives the parts of the document of an example, as it is to be signed.
func read(t *testing.T, id string) []prose.Part {
	t.Helper()
	a := load(t, id)
	library, list, err := clause.Load(clauses.FS, "clauses/")
	check(t, list, err)
	layout, list, err := clause.LoadLayout(templates.FS, "templates/", "cyber-constitution.md")
	check(t, list, err)
	assembler, list := assemble.New(library, layout)
	check(t, list, nil)
	d, list := assembler.Assemble(a, assemble.Options{})
	check(t, list, nil)
	return prose.Read(d, a.Files())
}

func load(t *testing.T, id string) *agreement.Agreement {
	t.Helper()
	file, err := source.Read(filepath.Join("..", "..", "examples", id+".yaml"), 256*1024)
	if err != nil {
		t.Fatal(err)
	}
	resolved, list, err := workspace.NewReader().Read(file)
	check(t, list, err)
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, list := agreement.LoadTree(resolved.Tree, frameworks)
	check(t, list, nil)
	return a
}

func check(t *testing.T, list diag.List, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if list.HasErrors() {
		var b strings.Builder
		if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
			t.Fatal(err)
		}
		t.Fatal(b.String())
	}
}

// TestLibraryReads holds the built-in words, in the documents of all examples,
// to the bounds of what an owner can read. With -v it prints all figures.
func TestLibraryReads(t *testing.T) {
	excused := map[string]bool{}
	for _, id := range examples {
		parts := read(t, id)
		var report strings.Builder
		for _, p := range parts {
			m, least, key := p.Measure(), float64(leastEase), p.Anchor
			if p.Anchor == "" {
				least, key = firstEase, prose.FirstPage
			}
			line := fmt.Sprintf("%-55s %4d words  %4.1f a sentence  ease %5.1f", p.Title, m.Words, m.SentenceLength(), m.Ease())
			report.WriteString(line + "\n")
			if m.SentenceLength() < mostWords && m.Ease() >= least {
				continue
			}
			if exceptions[key] != "" {
				excused[key] = true
				continue
			}
			one := []prose.Part{p}
			t.Errorf("%s: %s; want under %d words a sentence and an ease of %.0f\n%s", id, line, mostWords, least,
				listed(slices.Concat(prose.Hardest(one, 3), prose.Longest(one, 2))))
		}
		var whole prose.Measure
		for _, p := range parts[1:] {
			whole = whole.Add(p.Measure())
		}
		t.Logf("%s\n%sall articles: %d words in %d sentences, %.1f a sentence, ease %.1f\nlongest:\n%shardest:\n%s", id, report.String(),
			whole.Words, whole.Sentences, whole.SentenceLength(), whole.Ease(), listed(prose.Longest(parts, 8)), listed(prose.Hardest(parts, 8)))
	}
	for key := range exceptions {
		if !excused[key] {
			t.Errorf("%s is an exception and needs none", key)
		}
	}
}

func listed(sentences []prose.Sentence) string {
	var b strings.Builder
	for _, s := range sentences {
		m := s.Measure()
		place := "" // words that no file holds
		if !s.At.IsZero() {
			place = s.At.String()
		}
		fmt.Fprintf(&b, "  %s: %d words, ease %.0f: %s\n", place, m.Words, m.Ease(), s.Text)
	}
	return b.String()
}

// TestLibraryBindsBoth holds that the built-in words lay duties on both sides
// and give remedies to both, and that whoever shall do something can act. With
// -v it prints the figures and each remedy.
func TestLibraryBindsBoth(t *testing.T) {
	for _, id := range examples {
		promises := prose.Promises(read(t, id))
		var report strings.Builder
		fmt.Fprintf(&report, "%-9s duties rights remedies\n", id)
		for _, side := range []prose.Side{prose.Provider, prose.Customer, prose.Both} {
			duties, remedies := prose.Count(promises, side, prose.Duty), prose.Count(promises, side, prose.Remedy)
			fmt.Fprintf(&report, "%-9s %6d %6d %8d\n", side, duties, prose.Count(promises, side, prose.Right), remedies)
			if duties == 0 || remedies == 0 {
				t.Errorf("%s: %s has %d duties and %d remedies", id, side, duties, remedies)
			}
		}
		for _, p := range promises {
			switch {
			case p.Kind == prose.Remedy:
				fmt.Fprintf(&report, "remedy of %s: %s: %s\n", p.Side, p.Sentence.At, p.Sentence.Text)
			case p.Kind == prose.Duty && p.Side == prose.Nobody:
				fmt.Fprintf(&report, "duty of nobody: %s: %s\n", p.Sentence.At, p.Sentence.Text)
			}
		}
		t.Log(report.String())
	}
}
