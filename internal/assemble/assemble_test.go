package assemble_test

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"concordat/internal/agreement"
	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/framework"
	"concordat/internal/markdown"
	"concordat/internal/source"
)

// example is the accounting firm after replacing text in it.
func example(t testing.TB, replace ...string) *agreement.Agreement {
	t.Helper()
	text, err := os.ReadFile("../../testdata/accounting-firm.yaml")
	if err != nil {
		t.Fatal(err)
	}
	changed := string(text)
	for i := 0; i < len(replace); i += 2 {
		if strings.Count(changed, replace[i]) != 1 {
			t.Fatalf("%q stands %d times in the example", replace[i], strings.Count(changed, replace[i]))
		}
		changed = strings.Replace(changed, replace[i], replace[i+1], 1)
	}
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, list := agreement.Load(source.New("example.yaml", []byte(changed)), frameworks)
	if list.HasErrors() {
		t.Fatal(printed(list))
	}
	return a
}

func printed(list diag.List) string {
	var b strings.Builder
	if err := (diag.Printer{}).Print(&b, list); err != nil {
		panic(err)
	}
	return b.String()
}

// clauseFile is a clause with front matter; extra is a line of it or empty.
func clauseFile(id, extra, body string) *fstest.MapFile {
	if extra != "" {
		extra += "\n"
	}
	return &fstest.MapFile{Data: fmt.Appendf(nil,
		"---\nid: %s\ntitle: Title of %s\nversion: \"1.0.0\"\nstatus: draft\nbinds: both\nplain: plain words\n%s---\n%s\n", id, id, extra, body)}
}

func termFile(id, name, extra, meaning string) *fstest.MapFile {
	if extra != "" {
		extra += "\n"
	}
	return &fstest.MapFile{Data: fmt.Appendf(nil, "---\nid: %s\nterm: %s\nversion: \"1.0.0\"\nstatus: draft\n%s---\n%s\n", id, name, extra, meaning)}
}

const plainLayout = "# {{ .Agreement.Title }}\n\n{{ articles }}\n\n{{ signatures }}\n"

func compile(t testing.TB, layout string, files fstest.MapFS) (*assemble.Assembler, diag.List) {
	t.Helper()
	library, list, err := clause.Load(clause.Layer{FS: files})
	if err != nil {
		t.Fatal(err)
	}
	if list.HasErrors() {
		t.Fatal(printed(list))
	}
	layouts := fstest.MapFS{"plain.md": {Data: []byte("---\nid: plain\ntitle: Plain\nversion: \"1.0.0\"\n---\n" + layout)}}
	l, list, err := clause.LoadLayout(layouts, "", "plain.md")
	if err != nil {
		t.Fatal(err)
	}
	if list.HasErrors() {
		t.Fatal(printed(list))
	}
	return assemble.New(library, l)
}

func library(articles string, files fstest.MapFS) fstest.MapFS {
	files["library.yaml"] = &fstest.MapFile{Data: []byte("id: test\ntitle: Test\nversion: \"1.0.0\"\nlicence: CC0-1.0\narticles:\n" + articles)}
	return files
}

// written is the Markdown of the example made with a library and a layout.
func written(t *testing.T, layout string, files fstest.MapFS, replace ...string) string {
	t.Helper()
	a, list := compile(t, layout, files)
	if a == nil {
		t.Fatal(printed(list))
	}
	d, _, list := a.Assemble(example(t, replace...), assemble.Options{})
	if list.HasErrors() {
		t.Fatal(printed(list))
	}
	return string(markdown.Write(d))
}

// TestNumbers holds numbering: articles and clauses by selection, items by
// nesting, going on within a clause; references print the numbers.
func TestNumbers(t *testing.T) {
	files := library(`  - {id: one, title: First, clauses: [aa-01, aa-02]}
  - {id: two, title: Empty, clauses: [bb-01]}
  - {id: three, title: Third, clauses: [cc-01]}
`, fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", "", "See {{ ref \"cc-01\" }}, {{ ref \"article-three\" }} and {{ ref \"schedule-budget\" }}.\n\n1. one\n\n   1. deep\n\n      1. deeper\n\n   2. deep again\n2. two\n\nBetween.\n\n1. three\n"),
		"aa-02.md": clauseFile("aa-02", "when: responsibilities.third_party > 0", "Out."),
		"bb-01.md": clauseFile("bb-01", "when: budget.years > 99", "Out."),
		"cc-01.md": clauseFile("cc-01", "", "1. one"),
	})
	got := written(t, "{{ articles }}\n\n{{ schedule \"matrix\" }}\n\n{{ signatures }}\n\n{{ schedule \"budget\" }}\n", files)
	want := `## Article 1. First

### 1.1 Title of aa-01

See Section 2.1, Article 2 and Schedule B.

- (a) one

  - (i) deep

    - (A) deeper
  - (ii) deep again
- (b) two

Between.

- (c) three

## Article 2. Third

### 2.1 Title of cc-01

- (a) one

## Schedule A. Responsibility Matrix
`
	if !strings.HasPrefix(squeeze(got), squeeze(want)) {
		t.Errorf("got\n%s\nwant\n%s", got[:min(len(got), 700)], want)
	}
	if !strings.Contains(got, "## Schedule B. Budget\n") {
		t.Error("the second schedule is not Schedule B")
	}
}

// squeeze leaves out empty lines, which say nothing about numbers.
func squeeze(text string) string {
	return strings.ReplaceAll(text, "\n\n", "\n")
}

// TestTerms holds that a term is listed when the words of a clause, of another
// listed term or of the layout use it as a whole word, and not when a value does.
func TestTerms(t *testing.T) {
	files := library("  - {id: one, title: First, clauses: [aa-01, def-01]}\n", fstest.MapFS{
		"aa-01.md":             clauseFile("aa-01", "", "The Widgets’ owner, {{ .Customer.LegalName }}, acts."),
		"def-01.md":            clauseFile("def-01", "", "Words:\n\n{{ terms }}\n\nEnd."),
		"terms/widget.md":      termFile("widget", "Widget", "variants: [Widgets]", "a part of a Machine."),
		"terms/machine.md":     termFile("machine", "Machine", "", "a thing of {{ .Provider.LegalName }}.\n\nIt moves."),
		"terms/nobody.md":      termFile("nobody", "Nobody", "", "the word stands in a value only."),
		"terms/widgetry.md":    termFile("widgetry", "Widgetr", "", "a part of another word."),
		"terms/at-a-glance.md": termFile("at-a-glance", "Glance", "", "a word of the layout."),
	})
	got := written(t, "At a Glance.\n\n{{ articles }}\n\n{{ signatures }}\n", files)
	want := `### 1.2 Title of def-01

Words:

**Glance** means a word of the layout.

**Machine** means a thing of Makebelieve Managed IT, LLC.

It moves.

**Widget** means a part of a Machine.

End.
`
	if !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if strings.Contains(got, "value only") || strings.Contains(got, "another word") {
		t.Errorf("a term is listed that no word of the library uses:\n%s", got)
	}
}

// TestSignatures holds that each signatory has a block with the exact names.
func TestSignatures(t *testing.T) {
	a, list := compile(t, plainLayout, library("  - {id: one, title: First, clauses: [aa-01]}\n", fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "Text.")}))
	if a == nil {
		t.Fatal(printed(list))
	}
	d, _, list := a.Assemble(example(t,
		"  - {person: P-FAY, authority: Managing Partner under the partnership agreement}\n",
		"  - {person: P-FAY, authority: Managing Partner under the partnership agreement}\n  - {person: P-GUS, authority: Partner, witnessed: true}\n"), assemble.Options{})
	if list.HasErrors() {
		t.Fatal(printed(list))
	}
	var got []string
	for _, b := range d.Blocks {
		if s, ok := b.(doc.Signature); ok {
			got = append(got, strings.Join([]string{doc.Plain(s.Party), doc.Plain(s.LegalName), doc.Plain(s.Name), doc.Plain(s.Title), fmt.Sprint(s.Witnessed)}, "; "))
		}
	}
	want := []string{
		"Provider; Makebelieve Managed IT, LLC; Pat Placeholder; President; false",
		"Customer; Example, Sample & Nobody CPAs, LLP; Fay Fictional; Managing Partner; false",
		"Customer; Example, Sample & Nobody CPAs, LLP; Gus Generic; Partner; true",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestDraft holds that a draft says so under its title, and nothing else does.
func TestDraft(t *testing.T) {
	a, list := compile(t, plainLayout, library("  - {id: one, title: First, clauses: [aa-01]}\n", fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "Text.")}))
	if a == nil {
		t.Fatal(printed(list))
	}
	for _, draft := range []bool{true, false} {
		d, _, _ := a.Assemble(example(t), assemble.Options{Draft: draft})
		text := string(markdown.Write(d))
		if got := strings.HasPrefix(text, "# Cyber Constitution\n\n> **Draft.** Not for signature."); got != draft {
			t.Errorf("draft %v:\n%s", draft, text[:120])
		}
		if d.Meta.Draft != draft {
			t.Errorf("Meta.Draft is %v", d.Meta.Draft)
		}
	}
}

// TestOrigins holds that a value leads to the agreement file and a word of a
// clause to the clause.
func TestOrigins(t *testing.T) {
	a, list := compile(t, plainLayout, library("  - {id: one, title: First, clauses: [aa-01]}\n", fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", "", "Words of {{ .Customer.LegalName }} end.\n\n{{ range .Changes.Blackouts }}\n1. {{ .Name }}\n{{ end }}"),
	}))
	if a == nil {
		t.Fatal(printed(list))
	}
	d, _, _ := a.Assemble(example(t), assemble.Options{})
	origins := map[string]string{}
	doc.Texts(d.Blocks, func(text []doc.Inline) {
		for _, in := range text {
			if v, ok := in.(doc.Text); ok && !v.Origin.IsZero() {
				origins[v.Value] = v.Origin.File.Name() + ": " + v.Origin.Text()
			}
		}
	})
	for value, want := range map[string]string{
		"Example, Sample & Nobody CPAs, LLP": "example.yaml: Example, Sample & Nobody CPAs, LLP",
		"fall extension season":              "example.yaml: fall extension season",
		"Words of ":                          "aa-01.md: Words of ",
		"Title of aa-01":                     "aa-01.md: Title of aa-01",
	} {
		if origins[value] != want {
			t.Errorf("%q comes from %q, want %q", value, origins[value], want)
		}
	}
}

// TestProblems holds the exact messages about a library that does not fit
// together: at load where a part does not exist, per agreement where it is
// not selected.
func TestProblems(t *testing.T) {
	for _, c := range []struct {
		name, layout string
		files        fstest.MapFS
		want         string
	}{
		{"unknown reference", plainLayout, fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "See {{ ref \"aa-02\" }}.")},
			"aa-01.md:9:5: error: unknown reference \"aa-02\" [assemble-unknown-target]\n   = hint: did you mean \"aa-01\"?\n"},
		{"unknown schedule", "{{ articles }}\n\n{{ signatures }}\n\n{{ schedule \"bugdet\" }}\n", fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "Text.")},
			"plain.md:10:1: error: unknown schedule \"bugdet\" [assemble-unknown-target]\n   = hint: did you mean \"budget\"?\n"},
		{"no signatures", "{{ articles }}\n", fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "Text.")},
			"plain.md:6:1: error: the layout does not print the signatures [assemble-layout-missing]\n   = hint: add {{ signatures }} in a paragraph of its own\n"},
		{"articles twice", "{{ articles }}\n\n{{ articles }}\n\n{{ signatures }}\n", fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "Text.")},
			"plain.md:8:1: error: the layout prints the articles twice [assemble-layout-twice]\n   = note: plain.md:6:1: first here\n   = hint: delete one of the two\n"},
		{"reference to a clause that is not selected", plainLayout, fstest.MapFS{
			"aa-01.md": clauseFile("aa-01", "", "See {{ ref \"aa-02\" }}."),
			"aa-02.md": clauseFile("aa-02", "when: budget.years > 99", "Out."),
		},
			"aa-01.md:9:5: error: the reference names \"aa-02\", which is not in this document [assemble-missing-target]\n   = hint: print the reference only under the condition of what it names, or name another part\n"},
		{"terms without a list", plainLayout, fstest.MapFS{
			"aa-01.md":        clauseFile("aa-01", "", "A Widget."),
			"terms/widget.md": termFile("widget", "Widget", "", "a thing."),
		},
			"terms/widget.md:3:7: error: the clauses use 1 defined term, and no clause prints its meaning [assemble-terms-missing]\n   = hint: add a clause with {{ terms }} in a paragraph of its own\n"},
		{"clause that would swallow the next", plainLayout, fstest.MapFS{
			"aa-01.md": clauseFile("aa-01", "", "Text.\n\n```\nopen"),
			"aa-02.md": clauseFile("aa-02", "", "Still here."),
		}, "aa-01.md:11:"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ids := "aa-01"
			if c.files["aa-02.md"] != nil {
				ids += ", aa-02"
			}
			a, list := compile(t, c.layout, library("  - {id: one, title: First, clauses: ["+ids+"]}\n", c.files))
			if a != nil {
				_, _, list = a.Assemble(example(t), assemble.Options{})
			}
			got := printed(list)
			if !strings.HasPrefix(got, c.want) {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

// TestLeftOut holds that a clause can be left out by agreement, which the
// document says, and that nothing else then refers to it.
func TestLeftOut(t *testing.T) {
	const layout = plainLayout + "\n{{ schedule \"documents\" }}\n"
	files := func(body string) fstest.MapFS {
		return library("  - {id: one, title: First, clauses: [aa-01, aa-02]}\n", fstest.MapFS{
			"aa-01.md":        clauseFile("aa-01", "", body),
			"aa-02.md":        clauseFile("aa-02", "", "Out.\n\n{{ terms }}"),
			"terms/widget.md": termFile("widget", "Widget", "", "a thing."),
		})
	}
	exclude := []string{"\nnotices:\n", "\nclauses: {exclude: [{id: aa-02, reason: the MSA says it}]}\n\nnotices:\n"}
	got := written(t, layout, files("Text."), exclude...)
	if strings.Contains(got, "Out.") || !strings.Contains(got, "| Title of aa-02 (aa-02) | the MSA says it |") {
		t.Error(got)
	}
	for body, want := range map[string]string{
		"See {{ ref \"aa-02\" }}.": "example.yaml:328:26: error: the document refers to clause \"aa-02\", which this agreement leaves out [assemble-excluded-target]\n   = note: aa-01.md:9:5: referred to here\n   = hint: keep the clause, or leave out what refers to it too\n",
		"A Widget.":                "example.yaml:328:26: error: the document uses defined terms, and this agreement leaves out clause \"aa-02\", which prints their meanings [assemble-excluded-target]\n   = hint: keep the clause\n",
	} {
		a, list := compile(t, layout, files(body))
		if a == nil {
			t.Fatal(printed(list))
		}
		_, _, list = a.Assemble(example(t, exclude...), assemble.Options{})
		if got := printed(list); got != want {
			t.Errorf("got\n%swant\n%s", got, want)
		}
	}
}

// TestParallel holds that one assembler serves many at once, with one result.
func TestParallel(t *testing.T) {
	a, list := compile(t, plainLayout, library("  - {id: one, title: First, clauses: [aa-01]}\n", fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", "", "Words of {{ .Customer.LegalName }}.\n\n{{ range .Changes.Thresholds }}\n1. {{ .Range }}\n{{ end }}"),
	}))
	if a == nil {
		t.Fatal(printed(list))
	}
	ag := example(t)
	results := make(chan string)
	for range 8 {
		go func() {
			d, _, _ := a.Assemble(ag, assemble.Options{})
			results <- string(markdown.Write(d))
		}()
	}
	first := <-results
	for range 7 {
		if got := <-results; got != first {
			t.Errorf("two results of one agreement differ:\n%s\n%s", got, first)
		}
	}
}
