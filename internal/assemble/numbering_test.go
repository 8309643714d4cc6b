package assemble_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"concordat/internal/assemble"
	"concordat/internal/markdown"
	"concordat/internal/pdf"
)

var update = flag.Bool("update", false, "write the expected documents anew")

// numbered is a library with a clause left out inside an article, an article
// left out whole and, in numberedLayout, a Schedule left out.
func numbered(settings string) fstest.MapFS {
	files := library(`  - {id: one, title: First, clauses: [aa-01, aa-02, aa-03]}
  - {id: two, title: Second, clauses: [bb-01, bb-02]}
  - {id: three, title: Third, clauses: [cc-01]}
`, fstest.MapFS{
		"aa-01.md": clauseFile("aa-01", "", "See {{ ref \"aa-03\" }}, {{ ref \"cc-01\" }}, {{ ref \"article-three\" }} and {{ ref \"schedule-budget\" }}.\n\n1. one\n\n   1. deep\n\n      1. deeper\n\n   2. deep again\n2. two\n\nBetween.\n\n1. three, with\n\n   - a point\n"),
		"aa-02.md": clauseFile("aa-02", "when: responsibilities.third_party > 0", "Out."),
		"aa-03.md": clauseFile("aa-03", "", "1. one"),
		"bb-01.md": clauseFile("bb-01", "when: responsibilities.third_party > 0", "Out."),
		"bb-02.md": clauseFile("bb-02", "when: responsibilities.third_party > 0", "Out."),
		"cc-01.md": clauseFile("cc-01", "", "{{ range .Changes.Blackouts }}\n1. {{ .Name }}\n{{ end }}"),
	})
	text := string(files["library.yaml"].Data)
	files["library.yaml"].Data = []byte(strings.Replace(text, "articles:\n", settings+"articles:\n", 1))
	return files
}

const numberedLayout = "# {{ .Agreement.Title }}\n\n1. before\n2. the articles\n\n{{ articles }}\n\n{{ signatures }}\n\n{{ schedule \"insurance\" }}\n\n{{ schedule \"budget\" }}\n"

// TestSchemes compares a document of each scheme of numbers, and with what is
// left out by each of the two ways, with one that was read in review. The pages
// say the same.
func TestSchemes(t *testing.T) {
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, settings string }{
		{"default", ""},
		{"lettered", "numbering: lettered\nomitted: vanish\n"},
		{"lettered-omitted", "omitted: intentionally_omitted\n"},
		{"roman", "numbering: roman\n"},
		{"roman-omitted", "numbering: roman\nomitted: intentionally_omitted\n"},
		{"decimal", "numbering: decimal\n"},
		{"decimal-omitted", "numbering: decimal\nomitted: intentionally_omitted\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, list := compile(t, numberedLayout, numbered(c.settings))
			if a == nil {
				t.Fatal(printed(list))
			}
			d, _, list := a.Assemble(example(t), assemble.Options{})
			if list.HasErrors() {
				t.Fatal(printed(list))
			}
			if err := fonts.Layout(d).Verify(fonts, d); err != nil {
				t.Error(err)
			}
			got := string(markdown.Write(d))
			// The Schedule itself is tested where it is made.
			if i := strings.Index(got, "Budget\n"); i >= 0 {
				got = got[:i+len("Budget\n")]
			}
			name := c.name
			if name == "default" {
				name = "lettered" // the same
			}
			golden := filepath.Join("testdata", "numbering", name+".md")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// TestNumbersStay holds that where the library keeps the numbers of what is
// left out, every part has one number in all documents.
func TestNumbersStay(t *testing.T) {
	for _, scheme := range []string{"lettered", "roman", "decimal"} {
		files := numbered("numbering: " + scheme + "\nomitted: intentionally_omitted\n")
		some := headings(written(t, numberedLayout, files))
		for _, id := range []string{"aa-02", "bb-01", "bb-02"} {
			files[id+".md"] = clauseFile(id, "", "In.")
		}
		all := headings(written(t, numberedLayout, files))
		if len(some) == 0 || len(all) <= len(some) {
			t.Fatalf("%d headings, %d with all clauses", len(some), len(all))
		}
		for number, title := range some {
			if title != "[Intentionally omitted]" && all[number] != title {
				t.Errorf("%s: %s is %q, and with all clauses %q", scheme, number, title, all[number])
			}
		}
	}
}

// headings are the titles of the numbered headings of a Markdown text, by number.
func headings(text string) map[string]string {
	found := map[string]string{}
	for line := range strings.Lines(text) {
		text, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " ")
		if !strings.HasPrefix(line, "#") || !ok {
			continue
		}
		for _, title := range []string{"First", "Second", "Third", "Title of", "\\[Intentionally omitted\\]", "Budget"} {
			if i := strings.Index(text, title); i >= 0 {
				found[text[:i]] = strings.NewReplacer("\\", "", "\n", "").Replace(text[i:])
			}
		}
	}
	return found
}

// TestManyLeftOut holds that pages can be made where a library leaves out more
// in a row than a page holds.
func TestManyLeftOut(t *testing.T) {
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"aa-01.md": clauseFile("aa-01", "", "Text.")}
	articles := ""
	for i := range 120 {
		id := fmt.Sprintf("bb-%03d", i)
		files[id+".md"] = clauseFile(id, "when: responsibilities.third_party > 0", "Out.")
		articles += "  - {id: of-" + id + ", title: Many, clauses: [" + id + "]}\n"
	}
	files = library(articles+"  - {id: last, title: Last, clauses: [aa-01]}\n", files)
	files["library.yaml"].Data = append([]byte("numbering: roman\nomitted: intentionally_omitted\n"), files["library.yaml"].Data...)
	a, list := compile(t, plainLayout, files)
	if a == nil {
		t.Fatal(printed(list))
	}
	d, _, list := a.Assemble(example(t), assemble.Options{})
	if list.HasErrors() {
		t.Fatal(printed(list))
	}
	plan := fonts.Layout(d)
	if err := plan.Verify(fonts, d); err != nil {
		t.Error(err)
	}
	if len(plan.Pages) < 3 {
		t.Errorf("%d pages", len(plan.Pages))
	}
	if text := string(markdown.Write(d)); !strings.Contains(text, "## Article CXX. \\[Intentionally omitted\\]\n\n## Article CXXI. Last\n\n### Section 121.1. Title of aa-01\n") {
		t.Errorf("the last article is not CXXI:\n%s", text[len(text)-300:])
	}
}
