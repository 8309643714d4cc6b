package customers_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/customers"
	"concordat/internal/diag"
	"concordat/internal/generate"
	"concordat/internal/pdf"
	"concordat/internal/record"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/internal/yamlsrc"
	"concordat/templates"
)

var update = flag.Bool("update", false, "write the expected outputs anew")

func newGenerator(t testing.TB) *generate.Generator {
	t.Helper()
	g, list, err := generate.New(generate.Library{
		Clauses: []clause.Layer{{FS: clauses.FS, Prefix: "clauses/"}},
		Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
	})
	if err != nil || len(list) > 0 {
		t.Fatalf("%v\n%s", err, printed(list))
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

// write makes n customers in a folder of the test.
func write(t testing.TB, n int, o customers.Options) string {
	t.Helper()
	dir := t.TempDir()
	if err := customers.Write(dir, n, o); err != nil {
		t.Fatal(err)
	}
	return dir
}

// read reads a file of a workspace.
func read(t testing.TB, dir, name string) *source.File {
	t.Helper()
	file, err := source.Read(filepath.Join(dir, filepath.FromSlash(name)), yamlsrc.MaxSize)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// check checks the agreement of a customer as the program does.
func check(t testing.TB, g *generate.Generator, r *workspace.Reader, file *source.File) (*generate.Checked, diag.List) {
	t.Helper()
	resolved, list, err := r.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if resolved == nil {
		return nil, list
	}
	checked, more := g.CheckTree(resolved.Tree)
	return checked, append(list, more...)
}

// TestGood holds that customers without a fault pass all checks without a
// finding, that their records do, that each prints its own canaries and nobody
// else's, and that nearly all documents have 12 to 16 pages.
func TestGood(t *testing.T) {
	const n = 200
	o := customers.Options{Seed: 1, Records: true}
	dir, g, reader := write(t, n, o), newGenerator(t), workspace.NewReader()
	fonts, err := pdf.LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	owner := map[string]int{}
	for i := range n {
		for _, word := range o.Customer(i).Canaries {
			if other, ok := owner[word]; ok {
				t.Fatalf("customers %d and %d have the canary %q", other, i, word)
			}
			owner[word] = i
		}
	}
	pages, sent, signed := map[int]int{}, 0, 0
	for i := range n {
		c := o.Customer(i)
		file := read(t, dir, c.File)
		if file.Lines() > 250 {
			t.Errorf("%s has %d lines", c.File, file.Lines())
		}
		checked, list := check(t, g, reader, file)
		if len(list) > 0 || checked == nil {
			t.Errorf("%s has findings:\n%s", c.File, printed(list))
			continue
		}
		formats := []generate.Format{generate.Markdown, generate.PDF}
		if i%20 > 0 {
			formats = formats[:1] // the plan of the pages is made below all the same
		}
		outputs, err := g.Write(checked, formats)
		if err != nil {
			t.Fatal(err)
		}
		pages[len(fonts.Layout(checked.Document).Pages)]++
		if checked.Document.Meta.ID != c.ID {
			t.Errorf("%s has the id %q", c.File, checked.Document.Meta.ID)
		}
		if len(formats) == 2 && !bytes.HasPrefix(outputs[1].Data, []byte("%PDF-")) {
			t.Errorf("%s gives no PDF", c.File)
		}
		text := string(outputs[0].Data)
		if !strings.Contains(strings.ReplaceAll(text, `\`, ""), c.LegalName) {
			t.Errorf("%s does not print the name %q", c.File, c.LegalName)
		}
		found := map[string]bool{}
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if whose, ok := owner[word]; ok && whose != i {
				t.Errorf("%s prints %q of customer %d", c.File, word, whose)
			}
			found[word] = true
		}
		for _, word := range c.Canaries {
			if !found[word] {
				t.Errorf("%s does not print its canary %q", c.File, word)
			}
		}
		name := strings.TrimSuffix(c.File, ".yaml") + record.Suffix
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != c.Sent || c.Signed && !c.Sent {
			t.Errorf("%s: %v, but sent is %t and signed is %t", name, err, c.Sent, c.Signed)
		}
		if !c.Sent {
			continue
		}
		sent++
		r, list := record.Load(read(t, dir, name), checked.Agreement)
		if r == nil || len(list) > 0 {
			t.Fatalf("%s has findings:\n%s", name, printed(list))
		}
		if c.Signed {
			signed++
		}
		if got := len(r.Sent) == 1; got != c.Sent || (len(r.Signed) == 2) != c.Signed {
			t.Errorf("%s says sent %v, signed %v", name, r.Sent, r.Signed)
		}
	}
	t.Logf("pages: %v; %d sent, %d of them signed", pages, sent, signed)
	usual := 0
	for count, of := range pages {
		if count >= 12 && count <= 16 {
			usual += of
		}
	}
	if usual < n*95/100 {
		t.Errorf("%d of %d documents have 12 to 16 pages: %v", usual, n, pages)
	}
	if sent < n/4 || signed < n/8 || signed == sent {
		t.Errorf("%d of %d were sent and %d signed", sent, n, signed)
	}
}

// TestFaults holds that each kind of fault is reported with its code at its line,
// and that nothing else is said about a file without one.
func TestFaults(t *testing.T) {
	kinds := customers.Faults()
	n := 4 * len(kinds)
	o := customers.Options{Seed: 3, Bad: customers.Spread(3*len(kinds), n)}
	dir, g, reader := write(t, n, o), newGenerator(t), workspace.NewReader()
	seen := map[string]int{}
	var report strings.Builder
	for i := range n {
		c := o.Customer(i)
		if slices.Contains(o.Bad, i) != (c.Fault != nil) {
			t.Fatalf("customer %d has the fault %v", i, c.Fault)
		}
		checked, list := check(t, g, reader, read(t, dir, c.File))
		if c.Fault == nil {
			if len(list) > 0 {
				t.Errorf("%s has findings:\n%s", c.File, printed(list))
			}
			continue
		}
		if checked != nil {
			t.Errorf("%s has %s, and passes", c.File, c.Fault.Name)
		}
		if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool {
			return d.Severity == diag.Error && d.Code == c.Fault.Diagnostic && d.Span.File.Name() == filepath.Join(dir, filepath.FromSlash(c.File)) &&
				d.Span.File.Position(d.Span.Start).Line == c.Fault.Line
		}) {
			t.Errorf("%s: %s is not reported as %s at line %d, but:\n%s", c.File, c.Fault.Name, c.Fault.Diagnostic, c.Fault.Line, printed(list))
		}
		if seen[c.Fault.Name]++; seen[c.Fault.Name] == 1 {
			fmt.Fprintf(&report, "%s\n%s\n", c.Fault.Name, strings.ReplaceAll(printed(list), dir+string(filepath.Separator), ""))
		}
	}
	if len(seen) != len(kinds) {
		t.Errorf("%d kinds of fault, want %d", len(seen), len(kinds))
	}
	golden(t, "testdata/faults.txt", report.String())
}

// TestGolden compares two customers with files that were read in review: a small
// one with letters outside ASCII and a record, and a large one without.
func TestGolden(t *testing.T) {
	var b strings.Builder
	for _, i := range []int{3, 5} {
		for _, file := range (customers.Options{Seed: 1, Records: true}).Files(i) {
			fmt.Fprintf(&b, "-- %s --\n%s", file.Name, file.Text)
		}
	}
	golden(t, "testdata/customers.txt", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// tree is each file of a folder with its text.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestSame holds that a customer is a function of the seed and its index.
func TestSame(t *testing.T) {
	o := customers.Options{Seed: 7, Records: true}
	few, many, again := tree(t, write(t, 10, o)), tree(t, write(t, 60, o)), tree(t, write(t, 60, o))
	if diff := cmp.Diff(many, again); diff != "" {
		t.Errorf("two runs differ:\n%s", diff)
	}
	for name, text := range few {
		if many[name] != text {
			t.Errorf("%s differs among 60 customers from what it is among 10", name)
		}
	}
	other := tree(t, write(t, 10, customers.Options{Seed: 8, Records: true}))
	for name := range few {
		if _, ok := other[name]; ok && strings.HasPrefix(name, "customers/") {
			t.Errorf("%s is there under another seed too", name)
		}
	}
}

// TestUnique holds that no id, file and canary comes twice among 10,000
// customers, on a disk that does not tell capitals apart either.
func TestUnique(t *testing.T) {
	o := customers.Options{Seed: 1}
	seen := map[string]int{}
	for i := range 10_000 {
		c := o.Customer(i)
		for _, x := range append([]string{c.ID, c.LegalName}, c.Canaries...) {
			key := strings.ToLower(x)
			if other, ok := seen[key]; ok {
				t.Fatalf("customers %d and %d have %q", other, i, x)
			}
			seen[key] = i
		}
	}
}

func TestSpread(t *testing.T) {
	for _, x := range [][2]int{{37, 10_000}, {1, 1}, {5, 3}, {0, 9}, {10, 10}} {
		got := customers.Spread(x[0], x[1])
		if len(got) != min(x[0], x[1]) || !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Errorf("Spread(%d, %d) is %v", x[0], x[1], got)
		}
		for _, i := range got {
			if i < 0 || i >= x[1] {
				t.Errorf("Spread(%d, %d) has %d", x[0], x[1], i)
			}
		}
	}
}

// TestRefused holds that wrong numbers are refused before anything is written.
func TestRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none")
	for _, err := range []error{
		customers.Write(dir, -1, customers.Options{}),
		customers.Write(dir, 3, customers.Options{Bad: []int{3}}),
		customers.Write(dir, 3, customers.Options{Bad: []int{1, 1}}),
	} {
		if err == nil {
			t.Error("no error")
		}
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a folder was made")
	}
}

func BenchmarkFiles(b *testing.B) {
	o := customers.Options{Seed: 1, Records: true}
	for i := range b.N {
		if files := o.Files(i % 10_000); len(bytes.TrimSpace([]byte(files[0].Text))) == 0 {
			b.Fatal("no text")
		}
	}
}
