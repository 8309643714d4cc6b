package generate_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/generate"
	"concordat/internal/pdf"
	"concordat/internal/reader"
	"concordat/templates"
)

// overlay is the built-in clauses with some files replaced.
func overlay(t *testing.T, replace map[string]string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(clauses.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(clauses.FS, name)
		files[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range replace {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// clauseWith is the clause pur-03 with another body.
func clauseWith(body string) map[string]string {
	return map[string]string{"pur-03.md": "---\nid: pur-03\ntitle: No promise\nversion: 1.0.0\nstatus: draft\nbinds: both\nplain: \"Plain words.\"\n---\n" + body + "\n"}
}

// TestBadClauses holds that a clause which could harm a document is refused at
// its place, before or while a document is made, and that nothing is made.
func TestBadClauses(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string // begins the first diagnostic
	}{
		{"unclosed fence", clauseWith("Text.\n\n```\nThe next clause."), "clauses/pur-03.md:11:1: error: "},
		{"raw HTML", clauseWith("Text <b>bold</b>."), "clauses/pur-03.md:9:6: error: "},
		{"HTML block", clauseWith("<script>\nx\n</script>"), "clauses/pur-03.md:9:1: error: "},
		{"javascript link", clauseWith("A [link](javascript:alert(1))."), "clauses/pur-03.md:9:"},
		{"unknown field", clauseWith("Dear {{ .Customer.LegalNam }}."), "clauses/pur-03.md:9:19: error: unknown field \"LegalNam\""},
		{"endless range", clauseWith("{{ range 100000000000 }}{{ end }}Text."), "clauses/pur-03.md:9:"},
		{"environment", clauseWith("{{ env \"HOME\" }}"), "clauses/pur-03.md:9:4: error: unknown function \"env\""},
		{"no end of front matter", map[string]string{"pur-03.md": "---\nid: pur-03\ntitle: No promise\n\nText.\n"}, "clauses/pur-03.md:1:1: error: the front matter that begins here does not end"},
		{"unknown fact", map[string]string{"pur-03.md": "---\nid: pur-03\ntitle: No promise\nversion: 1.0.0\nstatus: draft\nbinds: both\nwhen: backup.count > 0\nplain: \"Plain words.\"\n---\nText.\n"}, "clauses/pur-03.md:7:7: error: "},
		{"letter without a glyph", clauseWith("A smile \U0001F600."), "clauses/pur-03.md:9:9: error: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			g, list, err := generate.New(generate.Library{
				Clauses: []clause.Layer{{FS: overlay(t, c.files), Prefix: "clauses/"}},
				Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
			})
			if err != nil {
				t.Fatal(err)
			}
			if g != nil {
				var checked *generate.Checked
				if checked, list = g.Check(read(t, single)); checked != nil {
					t.Error("a document would be made")
				}
			}
			if !list.HasErrors() {
				t.Fatal("no error")
			}
			for _, d := range list {
				if strings.HasPrefix(d.Span.String(), "clauses/") {
					if got := d.Span.String() + ": " + d.Severity.String() + ": " + d.Message; !strings.HasPrefix(got, c.want) {
						t.Errorf("got %q, want %q", got, c.want)
					}
					return
				}
			}
			t.Errorf("no diagnostic at the clause:\n%s", printed(list))
		})
	}
}

// TestReaders asks independent readers about the file that a person opens: it
// is sound, and page by page it holds the words of the plan.
func TestReaders(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	g := newGenerator(t)
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range examples {
		tree := resolve(t, name)
		checked, _ := g.CheckTree(tree)
		outputs, err := g.Write(checked, []generate.Format{generate.PDF})
		if err != nil {
			t.Fatal(err)
		}
		path := reader.Save(t, outputs[0].Data)
		if out := reader.Run(t, "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors found") {
			t.Errorf("%s: qpdf: %s", name, out)
		}
		pages := strings.Split(strings.TrimSuffix(reader.Run(t, "pdftotext", "-raw", path, "-"), "\f"), "\f")
		plan := fonts.Layout(checked.Document)
		if len(pages) != len(plan.Pages) {
			t.Fatalf("%s: %d pages in the file, %d in the plan", name, len(pages), len(plan.Pages))
		}
		for i, page := range plan.Pages {
			var want strings.Builder
			for _, r := range page.Runs {
				want.WriteString(r.Text)
			}
			if got, want := words(pages[i]), words(want.String()); got != want {
				t.Errorf("%s: page %d reads\n%q, want\n%q", name, i+1, got, want)
			}
		}
	}
}

// words is a text with one space between words. A word that is broken behind
// its hyphen at the end of a line is one word.
func words(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "- ", "-")
}

// TestLibraryIsExplained holds that each built-in clause says what it is for, in
// words of a lawyer and of an owner, what it rests on, and since when it stands;
// and that what describes a law says of which day.
func TestLibraryIsExplained(t *testing.T) {
	library, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || library == nil {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	all := library.Clauses()
	for _, c := range all {
		if c.Purpose == "" || c.Plain == "" || c.Reason == "" || len(c.Sources) == 0 || c.EffectiveFrom.IsZero() {
			t.Errorf("%s lacks its purpose, plain words, reason, sources or first day", c.ID)
		}
		if strings.HasPrefix(c.ID, "reg-") && c.AsOf.IsZero() {
			t.Errorf("%s does not say which day's law it describes", c.ID)
		}
		if c.Status != clause.Draft {
			t.Errorf("%s ships as %v: only a lawyer approves", c.ID, c.Status)
		}
	}
	t.Logf("%d clauses, %d terms", len(all), len(library.Terms))
}
