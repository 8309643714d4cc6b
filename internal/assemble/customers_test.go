package assemble_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/agreement"
	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/doc"
	"concordat/internal/source"
	"concordat/templates"
)

// canaries are two customers whose names and words nobody else has, in the full
// and the short form.
func canaries(t testing.TB) map[string]*agreement.Agreement {
	all := map[string]*agreement.Agreement{}
	for _, word := range []string{"Zeisig", "Pirol"} {
		for _, preset := range []string{"full", "short"} {
			all[word+" "+preset] = example(t,
				"legal_name: Example, Sample & Nobody CPAs, LLP", "legal_name: "+word+" Legal, LLP",
				"short_name: Example CPAs", "short_name: "+word+" Short",
				"\nparties:", "\nclauses: {preset: "+preset+"}\nparties:")
		}
	}
	return all
}

// spelled is a document with the place of each text, and what was said about it.
func spelled(a *assemble.Assembler, ag *agreement.Agreement) string {
	d, parts, list := a.Assemble(ag, assemble.Options{Draft: true})
	var b strings.Builder
	fmt.Fprintln(&b, d.Meta, parts.ClauseIDs(), parts.TermIDs(), parts.Dropped, printed(list))
	place := func(s source.Span) string {
		if s.File == nil {
			return "nowhere"
		}
		return fmt.Sprintf("%s %d-%d", s.File.Name(), s.Start, s.End)
	}
	var write func([]doc.Inline)
	write = func(text []doc.Inline) {
		for _, in := range text {
			switch in := in.(type) {
			case doc.Text:
				fmt.Fprintf(&b, "%q %s\n", in.Value, place(in.Origin))
			case doc.Ref:
				fmt.Fprintf(&b, "-> %q %q %s\n", in.Target, in.Text, place(in.Origin))
			case doc.Strong:
				write(in.Text)
			case doc.Emphasis:
				write(in.Text)
			case doc.Link:
				write(in.Text)
			}
		}
	}
	doc.Texts(d.Blocks, write)
	data, err := doc.Encode(d)
	if err != nil {
		panic(err)
	}
	b.Write(data)
	return b.String()
}

// TestCustomersAreApart holds that no value of one agreement reaches another
// through an Assembler that makes both: each document is the one that a new
// Assembler makes, by turns and at the same time, and what the Assembler
// remembers holds no value at all.
func TestCustomersAreApart(t *testing.T) {
	customers := canaries(t)
	var names []string
	want := map[string]string{}
	for name, ag := range customers {
		names = append(names, name)
		want[name] = spelled(builtIn(t), ag)
		word, _, _ := strings.Cut(name, " ")
		for _, other := range []string{"Zeisig", "Pirol"} {
			if got := strings.Contains(want[name], other); got != (other == word) {
				t.Fatalf("the document of %s names %s: %v", name, other, got)
			}
		}
	}
	slices.Sort(names)
	one := builtIn(t)
	for range 3 {
		for _, name := range names {
			if spelled(one, customers[name]) != want[name] {
				t.Fatalf("%s has another document after others", name)
			}
		}
	}
	another := builtIn(t) // that has read nothing yet
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 4 {
				name := names[(w+i)%len(names)]
				if spelled(another, customers[name]) != want[name] {
					t.Errorf("%s has another document beside others", name)
				}
			}
		})
	}
	wg.Wait()
	remembered := one.Remembered() + another.Remembered()
	if !strings.Contains(remembered, "The Provider shall") {
		t.Error("nothing was remembered")
	}
	for _, word := range []string{"Zeisig", "Pirol", "Texas", "Fictional", "examplecpas"} {
		if strings.Contains(remembered, word) {
			t.Errorf("%q was remembered", word)
		}
	}
}

// TestTermsOfCustomers holds that the terms which are found in the words of a clause
// once for all customers, and in its values for each, are those in its blocks.
func TestTermsOfCustomers(t *testing.T) {
	a := builtIn(t)
	for range 2 {
		for _, id := range []string{"accounting-firm", "medical-office", "manufacturer-cmmc"} {
			for _, preset := range []string{"", "short"} {
				noted, found := a.TermsOf(shipped(t, id, preset))
				if diff := cmp.Diff(found, noted); diff != "" {
					t.Errorf("%s %s: %s", id, preset, diff)
				}
			}
		}
	}
}

// TestTermsAndValues holds that words which a library prints by an action make terms
// with those around them, and that those of an agreement make none: also where
// another agreement led the same way before.
func TestTermsAndValues(t *testing.T) {
	files := library("  - {id: one, title: First, clauses: [aa-01, aa-02, bb-01]}\n", fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", "parameters: [{name: kind, about: which, default: Tree, oneof: [Tree, House]}]", "An Old {{ parameter \"aa-01.kind\" }} stands. A {{ \"New\" }} Road goes by."),
		"aa-02.md": clauseFile("aa-02", "", "An Old {{ .Customer.ShortName }} stands. A {{ .Customer.ShortName }} Road goes by."),
		"bb-01.md": clauseFile("bb-01", "", "{{ terms }}"),

		"terms/old-tree.md":  termFile("old-tree", "Old Tree", "", "a tree."),
		"terms/old-house.md": termFile("old-house", "Old House", "", "a house."),
		"terms/new-road.md":  termFile("new-road", "New Road", "", "a road."),
		"terms/day-road.md":  termFile("day-road", "Day Road", "", "a road."),
		"terms/tree.md":      termFile("tree", "Tree", "", "a plant."),
		"terms/house.md":     termFile("house", "House", "", "a house."),
	})
	one, list := compile(t, plainLayout, files)
	if one == nil {
		t.Fatal(printed(list))
	}
	for range 2 {
		for _, c := range []struct{ name, value, want string }{
			{"House", "Tree", "[new-road old-tree tree]"},
			{"Tree", "House", "[house new-road old-house]"},
			{"Day", "Tree", "[new-road old-tree tree]"},
		} {
			ag := example(t, "short_name: Example CPAs", "short_name: "+c.name, "\nnotices:\n", "\nclauses: {parameters: [{id: aa-01.kind, value: "+c.value+"}]}\nnotices:\n")
			_, parts, list := one.Assemble(ag, assemble.Options{})
			if list.HasErrors() {
				t.Fatal(printed(list))
			}
			if got := fmt.Sprint(parts.TermIDs()); got != c.want {
				t.Errorf("%s, %s: %s, expected %s", c.name, c.value, got, c.want)
			}
		}
	}
}

// TestCompanionsAreApart is TestCustomersAreApart for a document that stands
// beside the agreement.
func TestCompanionsAreApart(t *testing.T) {
	layout, list, err := clause.LoadLayout(templates.FS, "templates/", "owners-page.md")
	if err != nil || list.HasErrors() {
		t.Fatal(err, printed(list))
	}
	companion := func() *assemble.Assembler {
		c, list := builtIn(t).Companion(layout)
		if c == nil {
			t.Fatal(printed(list))
		}
		return c
	}
	one, customers := companion(), canaries(t)
	for range 2 {
		for name, ag := range customers {
			if spelled(one, ag) != spelled(companion(), ag) {
				t.Errorf("%s has another page after others", name)
			}
		}
	}
}

// TestSaidAgain holds that problems and their places are the same for the second
// agreement as for the first: of a clause that cannot be read, of one that leads
// another way to the same text, and of values.
func TestSaidAgain(t *testing.T) {
	files := library("  - {id: one, title: First, clauses: [aa-01, aa-02, aa-03]}\n", fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", "", "{{ if .Facts.MSA.Present }}a *stray mark{{ else }}fine{{ end }}"),
		"aa-02.md": clauseFile("aa-02", "", "{{ if .Facts.MSA.Present }}See {{ ref \"aa-01\" }}.{{ else }}See {{ ref \"schedule-budget\" }}.{{ end }}"),
		"aa-03.md": clauseFile("aa-03", "", "{{ .Customer.ShortName }} {{ .Customer.Delegated }}"),
	})
	compiled := func() *assemble.Assembler {
		a, list := compile(t, plainLayout, files)
		if a == nil {
			t.Fatal(printed(list))
		}
		return a
	}
	with := example(t)
	without := example(t, "msa: {title: Master Services Agreement, date: 2025-03-10, liability_ref: section 9}", "standalone: {reason: they are new to each other, fees: the order form, payment_days: 30}\ngoverning_law: {jurisdiction: Texas, forum: Anytown}")
	one := compiled()
	for range 2 {
		for name, ag := range map[string]*agreement.Agreement{"with": with, "without": without} {
			_, _, first := compiled().Assemble(ag, assemble.Options{})
			_, _, again := one.Assemble(ag, assemble.Options{})
			if printed(first) != printed(again) {
				t.Errorf("%s: first\n%sthen\n%s", name, printed(first), printed(again))
			}
			if got := strings.Contains(printed(again), "markdown-stray-mark"); got != (name == "with") {
				t.Errorf("%s: %s", name, printed(again))
			}
			if !strings.Contains(printed(again), "aa-03.md:9:27") {
				t.Errorf("%s: %s", name, printed(again))
			}
		}
	}
}
