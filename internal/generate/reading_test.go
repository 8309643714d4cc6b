package generate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"concordat/internal/doc"
	"concordat/internal/generate"
	"concordat/internal/prose"
	"concordat/internal/schedule"
)

// Bounds of what a business owner is asked to read.
const (
	longSentence  = 22 // words of an average sentence
	longest       = 30 // words of a sentence of a Schedule
	articleEase   = 45 // of an article
	firstPageEase = 60 // of the owner's page
)

// hardParts are the parts that may be harder to read than the bounds, each
// with its reason.
var hardParts = map[string]string{}

// reading is the words of one document.
type reading struct {
	name      string
	parts     []prose.Part
	schedules []prose.Part // and the forms of layouts that print one for each row
}

// readings are the words of the documents of all examples and small agreements.
func readings(t *testing.T) []reading {
	t.Helper()
	g := newGenerator(t)
	var all []reading
	for _, p := range paths(t) {
		checked, list := g.CheckTree(p.tree)
		if checked == nil {
			t.Fatalf("%s:\n%s", p.name, printed(list))
		}
		all = append(all, newReading(p.name, checked))
	}
	return all
}

// shortReadings are the words of the examples in the short form. Their articles
// run lists on in one paragraph, which would count as one sentence.
func shortReadings(t *testing.T) []reading {
	t.Helper()
	g := newGenerator(t)
	var all []reading
	for _, id := range examples {
		all = append(all, newReading(id+", short", short(t, g, id)))
	}
	return all
}

// newReading leaves out the note that says that a document is a draft.
func newReading(name string, checked *generate.Checked) reading {
	d := checked.Document
	d.Blocks = slices.DeleteFunc(slices.Clone(d.Blocks), func(b doc.Block) bool {
		q, ok := b.(doc.Quote)
		if !ok {
			return false
		}
		note, ok := q.Blocks[0].(doc.Paragraph)
		return ok && strings.HasPrefix(doc.Plain(note.Text), "Draft.")
	})
	files := checked.Agreement.Files()
	r := reading{name, prose.Read(d, files), prose.Schedules(d, files)}
	for _, id := range schedule.ExtractIDs() {
		form := doc.Document{Blocks: []doc.Block{doc.Heading{Level: 2, Anchor: "schedule-of-" + id, Text: []doc.Inline{doc.Text{Value: "Form: " + id}}}}}
		for _, b := range schedule.Extract(id, checked.Agreement) {
			if _, ok := b.(doc.Heading); !ok {
				form.Blocks = append(form.Blocks, b)
			}
		}
		r.schedules = append(r.schedules, prose.Schedules(form, files)...)
	}
	return r
}

// TestLibraryReads holds the built-in words, in the documents of all examples
// and small agreements, to the bounds of what an owner can read. With -v it
// prints all figures.
func TestLibraryReads(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	excused := map[string]bool{}
	for _, r := range readings(t) {
		id, parts := r.name, r.parts
		var report strings.Builder
		for _, p := range parts {
			m, least, key := p.Measure(), float64(articleEase), p.Anchor
			if p.Anchor == "" {
				least, key = firstPageEase, prose.FirstPage
			}
			line := fmt.Sprintf("%-55s %4d words  %4.1f a sentence  ease %5.1f", p.Title, m.Words, m.SentenceLength(), m.Ease())
			report.WriteString(line + "\n")
			if m.SentenceLength() < longSentence && m.Ease() >= least {
				continue
			}
			if hardParts[key] != "" {
				excused[key] = true
				continue
			}
			one := []prose.Part{p}
			t.Errorf("%s: %s; want under %d words a sentence and an ease of %.0f\n%s", id, line, longSentence, least,
				listed(slices.Concat(prose.Hardest(one, 3), prose.Longest(one, 2))))
		}
		var whole prose.Measure
		for _, p := range parts[1:] {
			whole = whole.Add(p.Measure())
		}
		t.Logf("%s\n%sall articles: %d words in %d sentences, %.1f a sentence, ease %.1f\nlongest:\n%shardest:\n%s", id, report.String(),
			whole.Words, whole.Sentences, whole.SentenceLength(), whole.Ease(), listed(prose.Longest(parts, 8)), listed(prose.Hardest(parts, 8)))
	}
	for key := range hardParts {
		if !excused[key] {
			t.Errorf("%s is an exception and needs none", key)
		}
	}
}

// fewSentences is the number of sentences below which the average of a Schedule
// says little: one hard word decides it.
const fewSentences = 5

// TestSchedulesRead holds the sentences that the program writes around the
// tables of Schedules, and in forms, to the bounds of articles. Values and cells
// of tables do not count. A Schedule with few sentences counts together with the
// other Schedules of its document, and with itself in all documents; and no
// single sentence is long. With -v it prints all figures and sentences.
func TestSchedulesRead(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	everywhere := map[string]*prose.Part{} // each sentence of a Schedule once, by anchor
	var anchors []string
	hold := func(where string, p prose.Part) {
		m := p.Measure()
		t.Logf("%-22s %-45s %3d sentences  %4.1f words each  ease %5.1f", where, p.Title, m.Sentences, m.SentenceLength(), m.Ease())
		if m.Sentences >= fewSentences && (m.SentenceLength() >= longSentence || m.Ease() < articleEase) {
			one := []prose.Part{p}
			t.Errorf("%s: %s: %.1f words a sentence and an ease of %.1f; want under %d and at least %d\n%s", where, p.Title, m.SentenceLength(), m.Ease(),
				longSentence, articleEase, listed(slices.Concat(prose.Hardest(one, 3), prose.Longest(one, 2))))
		}
	}
	for _, r := range append(readings(t), shortReadings(t)...) {
		whole := prose.Part{Title: "all schedules"}
		for _, p := range r.schedules {
			hold(r.name, p)
			whole.Sentences = append(whole.Sentences, p.Sentences...)
			if everywhere[p.Anchor] == nil {
				anchors = append(anchors, p.Anchor)
				everywhere[p.Anchor] = &prose.Part{Title: p.Anchor}
			}
			all := everywhere[p.Anchor]
			for _, s := range p.Sentences {
				if !slices.ContainsFunc(all.Sentences, func(o prose.Sentence) bool { return o.Text == s.Text }) {
					all.Sentences = append(all.Sentences, s)
				}
			}
		}
		hold(r.name, whole)
	}
	for _, anchor := range anchors {
		hold("all documents", *everywhere[anchor])
		for _, s := range everywhere[anchor].Sentences {
			if n := s.Measure().Words; n >= longest {
				t.Errorf("%s: %d words, want under %d: %s", anchor, n, longest, s.Text)
			}
		}
		t.Log(listed(everywhere[anchor].Sentences))
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
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	for _, r := range readings(t) {
		id, promises := r.name, prose.Promises(r.parts)
		var report strings.Builder
		fmt.Fprintf(&report, "%-9s duties rights remedies\n", id)
		for _, side := range []prose.Side{prose.Provider, prose.Customer, prose.Both} {
			duties, remedies := prose.Count(promises, side, prose.Duty), prose.Count(promises, side, prose.Remedy)
			fmt.Fprintf(&report, "%-9s %6d %6d %8d\n", side, duties, prose.Count(promises, side, prose.Right), remedies)
			if duties == 0 {
				t.Errorf("%s: no duty of %s", id, side)
			}
			if side != prose.Both && remedies+prose.Count(promises, prose.Both, prose.Remedy) == 0 {
				t.Errorf("%s: no remedy of %s", id, side)
			}
		}
		for _, p := range promises {
			switch {
			case p.Kind == prose.Remedy:
				fmt.Fprintf(&report, "remedy of %s: %s: %s\n", p.Side, p.Sentence.At, p.Sentence.Text)
			case p.Kind == prose.Duty && p.Side == prose.Nobody:
				t.Errorf("%s: nobody can break this duty: %s: %s", id, p.Sentence.At, p.Sentence.Text)
			}
		}
		t.Log(report.String())
	}
}
