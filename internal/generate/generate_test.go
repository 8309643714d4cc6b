package generate_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/generate"
	"concordat/internal/markdown"
	"concordat/internal/pdf"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/internal/yamlsrc"
	"concordat/templates"
)

var update = flag.Bool("update", false, "write the expected outputs anew")

var both = []generate.Format{generate.Markdown, generate.PDF}

func newGenerator(t testing.TB) *generate.Generator {
	t.Helper()
	g, list, err := generate.New(generate.Library{
		Clauses: []clause.Layer{{FS: clauses.FS, Prefix: "clauses/"}},
		Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) > 0 || g == nil {
		t.Fatalf("the built-in clauses and layouts have problems:\n%s", printed(list))
	}
	return g
}

func printed(list diag.List) string {
	var b strings.Builder
	if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
		panic(err)
	}
	return b.String()
}

// examples are the ids of the example agreements.
var examples = []string{"accounting-firm", "manufacturer-cmmc", "medical-office"}

// resolve is an example with the shared files that it uses.
func resolve(t testing.TB, id string) *yamlsrc.Node {
	t.Helper()
	file, err := source.Read("../../examples/"+id+".yaml", yamlsrc.MaxSize)
	if err != nil {
		t.Fatal(err)
	}
	resolved, list, err := workspace.NewReader().Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if resolved == nil || len(list) > 0 {
		t.Fatalf("the files of %s have problems:\n%s", id, printed(list))
	}
	return resolved.Tree
}

// writeAll makes all documents of a checked agreement.
func writeAll(t testing.TB, g *generate.Generator, checked *generate.Checked) []generate.Output {
	t.Helper()
	outputs, err := g.Write(checked, both)
	if err != nil {
		t.Fatal(err)
	}
	return outputs
}

// single is the accounting firm's agreement in one file, for tests that change
// its text.
const single = "testdata/accounting-firm.yaml"

func read(t testing.TB, name string) *source.File {
	t.Helper()
	text, err := os.ReadFile("../../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return source.New(name, text)
}

// TestExamples compares what each example is made into, and what is found in
// it, with files that were read in review: the Markdown, the plan of pages
// and lines of the PDF, the findings, and a hash of the PDF's bytes.
func TestExamples(t *testing.T) {
	g := newGenerator(t)
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range examples {
		tree := resolve(t, name)
		checked, list := g.CheckTree(tree)
		if checked == nil {
			t.Fatalf("%s:\n%s", name, printed(list))
		}
		document := checked.Document
		if document.Meta.ID != name {
			t.Errorf("%s has the id %q", name, document.Meta.ID)
		}
		outputs := writeAll(t, g, checked)
		for ending, got := range map[string]string{
			"md":       string(outputs[0].Data),
			"plan":     fonts.Layout(document).String(),
			"findings": strings.ReplaceAll(printed(list), "../../", ""),
			"sha256":   fmt.Sprintf("%x\n", sha256.Sum256(outputs[1].Data)),
		} {
			golden(t, filepath.Join("testdata", name+"."+ending), got)
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return fmt.Sprintf("line %d is\n%q, want\n%q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}

// TestSameBytes holds that one agreement gives the same bytes, also when made
// by several at once.
func TestSameBytes(t *testing.T) {
	g := newGenerator(t)
	for _, name := range examples {
		checked, _ := g.CheckTree(resolve(t, name))
		first := writeAll(t, g, checked)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				checked, _ := g.CheckTree(resolve(t, name))
				outputs, err := g.Write(checked, both)
				if err != nil {
					t.Error(err)
					return
				}
				for i, o := range outputs {
					if !bytes.Equal(o.Data, first[i].Data) {
						t.Errorf("%s: two runs gave different %s", name, o.Format.Extension())
					}
				}
			})
		}
		wg.Wait()
	}
}

const (
	legalName       = "Example, Sample & Nobody CPAs, LLP"
	legalNameInYAML = "legal_name: " + legalName
)

// withLegalName is the accounting firm under another legal name.
func withLegalName(t testing.TB, name string) *source.File {
	t.Helper()
	quoted, err := json.Marshal(name)
	if err != nil {
		t.Fatal(err)
	}
	text := read(t, single).Text()
	if strings.Count(text, legalNameInYAML) != 1 {
		t.Fatal("the example's legal name does not stand there once")
	}
	return source.New(single, []byte(strings.Replace(text, legalNameInYAML, "legal_name: "+string(quoted), 1)))
}

// structure is a document as JSON in which another word stands for the legal
// name, wherever the name is a whole text that comes from its field. A name in
// any other place stays, and is seen.
func structure(t testing.TB, d doc.Document, name string) string {
	t.Helper()
	field := strings.Index(read(t, single).Text(), legalNameInYAML) + len("legal_name: ")
	if d.Meta.Customer != name {
		t.Errorf("the document's customer is %q, want %q", d.Meta.Customer, name)
	}
	d.Meta.Customer = ""
	var maskAll func([]doc.Inline) []doc.Inline
	maskAll = func(text []doc.Inline) []doc.Inline {
		masked := make([]doc.Inline, len(text))
		for i, in := range text {
			switch in := in.(type) {
			case doc.Text:
				if in.Origin.Start == field && in.Origin.File.Name() == single {
					if in.Value != name {
						t.Errorf("the legal name %q is printed as %q", name, in.Value)
					}
					in.Value = "the legal name"
				}
				masked[i] = in
			case doc.Strong:
				masked[i] = doc.Strong{Text: maskAll(in.Text)}
			default:
				masked[i] = in
			}
		}
		return masked
	}
	d.Blocks = doc.MapInlines(d.Blocks, maskAll)
	data, err := doc.Encode(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// hostileNames are refused or appear exactly as written; what is true of them
// is written beside each.
var hostileNames = []struct {
	name string
	code string // of the error, or empty when the name is printed
}{
	{"A*B* | <b>Smith_ & Sons {{env \"HOME\"}}", ""},
	{"{{.Customer.LegalName}}", ""},
	{"Acme\\", ""},
	{"1. FC Example", ""},
	{"# Heading", ""},
	{"---", ""},
	{"**", ""},
	{"[x](javascript:alert(1))", ""},
	{"&amp; &#35; &copy;", ""},
	{strings.Repeat("W", 300), ""},
	{"Łódź Ćwiczenia Sp. z o.o.", ""},
	{"Smile \U0001F600 LLC", "pdf-glyph"},
	{"Sample \u202eCPL", "yaml-encoding"},
	{"דוגמה בעמ", "pdf-glyph"},
	{"Sample\u0000LLC", "yaml-character"},
	{"Two\nLines", "yaml-line-break"},
	{"\ufdd0\ufdd1\ufdd1\ufdd1\ufdd1\ufde1", "yaml-encoding"},
	{"", "yaml-no-value"},
}

// TestLegalNames holds the first promise of this program on names that try to
// break it.
func TestLegalNames(t *testing.T) {
	names := newNameChecker(t)
	for _, c := range hostileNames {
		if code := names.check(t, c.name); code != c.code {
			t.Errorf("%q: the error is %q, want %q", c.name, code, c.code)
		}
	}
}

// TestLegalNamesCorpus is TestLegalNames on the shared corpora.
func TestLegalNamesCorpus(t *testing.T) {
	folder := os.Getenv("CONCORDAT_CORPORA")
	if folder == "" {
		t.Skip("CONCORDAT_CORPORA names no folder")
	}
	if testing.Short() {
		t.Skip("a document for each string takes a while")
	}
	checker := newNameChecker(t)
	for _, corpus := range []string{"hostile-strings.json", "blns.json"} {
		data, err := os.ReadFile(filepath.Join(folder, corpus))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		if err := json.Unmarshal(data, &names); err != nil {
			t.Fatal(err)
		}
		refused := 0
		for _, name := range names {
			if checker.check(t, name) != "" {
				refused++
			}
		}
		t.Logf("%s: %d names, %d refused, %d printed exactly", corpus, len(names), refused, len(names)-refused)
	}
}

// nameChecker puts names into the accounting firm's agreement.
type nameChecker struct {
	generator *generate.Generator
	fonts     *pdf.Fonts
	structure string // of the document under its own name
}

func newNameChecker(t *testing.T) nameChecker {
	t.Helper()
	g := newGenerator(t)
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	plain, list := g.Check(read(t, single))
	if plain == nil {
		t.Fatal(printed(list))
	}
	return nameChecker{g, fonts, structure(t, plain.Document, legalName)}
}

// check gives the code of the error by which a name is refused, or proves that
// it is printed exactly, in the same structure as any other name.
func (c nameChecker) check(t *testing.T, name string) string {
	t.Helper()
	file := withLegalName(t, name)
	checked, list := c.generator.Check(file)
	for _, d := range list {
		if !d.Span.Valid() {
			t.Errorf("%q: %s lies outside its file", name, d.Code)
		}
		if d.Severity == diag.Error {
			return d.Code
		}
	}
	if structure(t, checked.Document, name) != c.structure {
		t.Errorf("%q changes the structure of the document", name)
	}
	markdown.Write(checked.Document) // reads back what it wrote and panics where it differs
	if err := c.fonts.Layout(checked.Document).Verify(c.fonts, checked.Document); err != nil {
		t.Errorf("%q: %v", name, err)
	}
	return ""
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newGenerator(b)
	}
}

func BenchmarkCheck(b *testing.B) {
	g, file := newGenerator(b), read(b, single)
	b.ReportAllocs()
	for b.Loop() {
		g.Check(file)
	}
}

func BenchmarkGenerate(b *testing.B) {
	g, file := newGenerator(b), read(b, single)
	fonts, err := pdf.LoadFonts()
	if err != nil {
		b.Fatal(err)
	}
	var checked *generate.Checked
	b.ReportAllocs()
	for b.Loop() {
		checked, _ = g.Check(file)
		writeAll(b, g, checked)
	}
	b.ReportMetric(float64(len(fonts.Layout(checked.Document).Pages)), "pages")
}
