package assemble_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/markdown"
)

// companion compiles a layout that accompanies one with a matrix and a budget.
func companion(t *testing.T, body string) (*assemble.Assembler, string) {
	t.Helper()
	main, list := compile(t, plainLayout+"\n{{ schedule \"matrix\" }}\n\n{{ schedule \"budget\" }}\n",
		library("  - {id: one, title: One, clauses: [aa-01]}\n", fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "Text.")}))
	if main == nil {
		t.Fatal(printed(list))
	}
	return beside(t, main, body)
}

// beside compiles a layout that accompanies a document.
func beside(t *testing.T, main *assemble.Assembler, body string) (*assemble.Assembler, string) {
	t.Helper()
	files := fstest.MapFS{"page.md": {Data: []byte("---\nid: page\ntitle: Page\nversion: \"1.0.0\"\nof: plain\n---\n" + body)}}
	layout, list, err := clause.LoadLayout(files, "", "page.md")
	if err != nil || list.HasErrors() {
		t.Fatal(err, printed(list))
	}
	a, list := main.Companion(layout)
	return a, printed(list)
}

// TestCompanion holds that a document beside the agreement calls its parts by
// the numbers they have there, and prints a Schedule under its own letter.
func TestCompanion(t *testing.T) {
	a, list := companion(t, "# Page\n\nSee {{ ref \"aa-01\" }}, {{ ref \"schedule-matrix\" }} and {{ ref \"schedule-budget\" }}.\n\n{{ schedule \"budget\" }}\n\n{{ blanks \"2\" }}\n")
	if a == nil {
		t.Fatal(list)
	}
	document, _, problems := a.Assemble(example(t), assemble.Options{})
	if problems.HasErrors() {
		t.Fatal(printed(problems))
	}
	got := string(markdown.Write(document))
	for _, want := range []string{"See Section 1.1, Schedule A and ", "## Schedule B. Budget"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "Responsibility Matrix") || document.Meta.Title != "Page" {
		t.Errorf("title %q of\n%s", document.Meta.Title, got)
	}
}

// TestCompanionRefuses holds that a layout which cannot be printed beside the
// agreement is refused when it is loaded.
func TestCompanionRefuses(t *testing.T) {
	for body, want := range map[string]string{
		"{{ articles }}":                  "articles",
		"{{ schedule \"training\" }}":     "the layout \"plain\" prints no schedule \"training\" [assemble-unknown-target]",
		"{{ ref \"schedule-training\" }}": "the layout \"plain\" prints no schedule \"training\" [assemble-unknown-target]",
		"{{ ref \"aa-02\" }}":             "unknown reference \"aa-02\" [assemble-unknown-target]",
		"{{ extract \"date\" }}":          "unknown extract \"date\" [assemble-unknown-target]",
		"{{ blanks \"0\" }}":              "expected a number of lines from 1 to 20, found \"0\" [assemble-unknown-target]",
	} {
		if a, list := companion(t, "# Page\n\n"+body+"\n"); a != nil || !strings.Contains(list, want) {
			t.Errorf("%s: got %q, want %q", body, list, want)
		}
	}
}

// TestUnknownPreset holds that a preset which the library lacks is an error.
func TestUnknownPreset(t *testing.T) {
	a, list := compile(t, plainLayout, library("  - {id: one, title: One, clauses: [aa-01]}\n", fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "Text.")}))
	if a == nil {
		t.Fatal(printed(list))
	}
	_, _, list = a.Assemble(example(t, "\nnotices:\n", "\nclauses: {preset: short}\n\nnotices:\n"), assemble.Options{})
	if got := printed(list); !strings.Contains(got, "the library has no preset \"short\" [assemble-unknown-preset]") {
		t.Error(got)
	}
}

// TestPreset holds that a preset leaves out clauses, says so, and keeps what the
// rest requires or names.
func TestPreset(t *testing.T) {
	files := library(`  - {id: one, title: One, clauses: [aa-01, aa-02, aa-03, aa-04]}
presets:
  - id: short
    title: Short
    drops:
      - {clause: aa-02, reason: required}
      - {clause: aa-03, reason: named}
      - {clause: aa-04, reason: not needed}
`, fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", "requires: [aa-02]\n", "See {{ ref \"aa-03\" }}. The Provider shall:\n\n1. do this;\n2. do that."),
		"aa-02.md": clauseFile("aa-02", "", "Second."),
		"aa-03.md": clauseFile("aa-03", "", "Third."),
		"aa-04.md": clauseFile("aa-04", "", "Fourth."),
	})
	got := written(t, plainLayout+"\n{{ schedule \"documents\" }}\n", files, "\nnotices:\n", "\nclauses: {preset: short}\n\nnotices:\n")
	for _, want := range []string{"Second.", "Third.", "The Provider shall: (a) do this; (b) do that.", "_This Agreement does without these clauses of the full form:_ Title of aa-04."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	if strings.Contains(got, "Fourth.") {
		t.Error(got)
	}
}

// TestShortTogether holds that short paragraphs of one clause stand in one in the
// short form, and that a long one and one that announces a list stand alone.
func TestShortTogether(t *testing.T) {
	long := strings.Repeat("Long words. ", 90)
	files := library(`  - {id: one, title: One, clauses: [aa-01, aa-02, aa-03]}
presets:
  - id: short
    title: Short
    drops:
      - {clause: aa-03, reason: not needed}
`, fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", "", "First.\n\nSecond.\n\nThe Provider shall:\n\n1. do this;\n2. do that.\n\nThird.\n\nFourth."),
		"aa-02.md": clauseFile("aa-02", "", "Fifth.\n\n"+long+"\n\nSixth."),
		"aa-03.md": clauseFile("aa-03", "", "Not printed."),
	})
	got := written(t, plainLayout, files, "\nnotices:\n", "\nclauses: {preset: short}\n\nnotices:\n")
	for _, want := range []string{"\n\nFirst. Second.\n\nThe Provider shall: (a) do this; (b) do that.\n\nThird. Fourth.\n\n", "\n\nFifth.\n\nLong words.", "words.\n\nSixth."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// TestPresetBeside holds that a document beside the agreement counts the clauses
// that the agreement has: it neither brings back one that a preset drops, nor
// loses one that the agreement's own layout names.
func TestPresetBeside(t *testing.T) {
	files := library(`  - {id: one, title: One, clauses: [aa-01, aa-02, aa-03]}
presets:
  - id: short
    title: Short
    drops:
      - {clause: aa-01, reason: named by the layout}
      - {clause: aa-02, reason: not needed}
`, fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", "", "First."),
		"aa-02.md": clauseFile("aa-02", "", "Second."),
		"aa-03.md": clauseFile("aa-03", "", "Third."),
	})
	main, list := compile(t, plainLayout+"\nSee {{ ref \"aa-01\" }} and {{ ref \"aa-03\" }}.\n", files)
	if main == nil {
		t.Fatal(printed(list))
	}
	short := []string{"\nnotices:\n", "\nclauses: {preset: short}\n\nnotices:\n"}
	written := func(body string) (string, string) {
		a, list := beside(t, main, "# Page\n\n"+body+"\n")
		if a == nil {
			t.Fatal(list)
		}
		document, _, problems := a.Assemble(example(t, short...), assemble.Options{})
		return string(markdown.Write(document)), printed(problems)
	}
	if got, problems := written("See {{ ref \"aa-03\" }}."); problems != "" || !strings.Contains(got, "See Section 1.2.") {
		t.Errorf("want Section 1.2, as in the agreement, got\n%s\n%s", got, problems)
	}
	if _, problems := written("See {{ ref \"aa-02\" }}."); !strings.Contains(problems, "[assemble-excluded-target]") {
		t.Errorf("a clause that the preset drops is named: %q", problems)
	}
}

// TestLayoutOf holds that a layout says which document it accompanies, and that
// of the whole agreement accompanies none.
func TestLayoutOf(t *testing.T) {
	files := library("  - {id: one, title: One, clauses: [aa-01]}\n", fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "Text.")})
	main, list := compile(t, plainLayout, files)
	if main == nil {
		t.Fatal(printed(list))
	}
	text := "---\nid: page\ntitle: Page\nversion: \"1.0.0\"\nof: other\n---\n" + plainLayout
	layout, list, err := clause.LoadLayout(fstest.MapFS{"page.md": {Data: []byte(text)}}, "", "page.md")
	if err != nil || list.HasErrors() {
		t.Fatal(err, printed(list))
	}
	layout.Body = layout.File.Span(strings.Index(text, "# {{"), strings.Index(text, "\n\n{{ articles"))
	_, list = main.Companion(layout)
	want := "page.md:5:5: error: expected a layout that accompanies \"plain\", found one of \"other\" [assemble-layout-of]\n   = hint: write \"of: plain\"\n"
	if got := printed(list); got != want {
		t.Errorf("got\n%s", got)
	}
	all, list, err := clause.Load(clause.Layer{FS: files})
	if err != nil || list.HasErrors() {
		t.Fatal(err, printed(list))
	}
	_, list = assemble.New(all, layout)
	want = "page.md:5:5: error: the layout \"page\" is that of the whole agreement, and accompanies no other [assemble-layout-of]\n   = hint: delete the line\n"
	if got := printed(list); got != want {
		t.Errorf("got\n%s", got)
	}
}
