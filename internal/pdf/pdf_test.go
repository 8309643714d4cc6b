package pdf

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/doc"
	"concordat/internal/reader"
)

var update = flag.Bool("update", false, "write golden files")

func loadFonts(t testing.TB) *Fonts {
	t.Helper()
	f, err := LoadFonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// verified lays a document out and holds the plan against its promises.
func verified(t testing.TB, f *Fonts, d doc.Document) *Plan {
	t.Helper()
	p := f.Layout(d)
	if err := p.Verify(f, d); err != nil {
		t.Fatal(err)
	}
	return p
}

func written(t testing.TB, f *Fonts, d doc.Document) ([]byte, *Plan) {
	t.Helper()
	if list := f.Check(d); len(list) > 0 {
		t.Fatalf("check: %v", list)
	}
	p := verified(t, f, d)
	file, err := f.Write(p, d.Meta)
	if err != nil {
		t.Fatal(err)
	}
	return file, p
}

// words are those of a text in their order.
func words(s string) []string {
	var list []string
	for {
		var word string
		if word, s = nextWord(s); word == "" {
			return list
		}
		list = append(list, word)
	}
}

// TestWords holds the division into words against that of the library.
func TestWords(t *testing.T) {
	for _, s := range []string{"", " ", "a", " a\tb\nc\u2028d\u2029 e\u00a0f ", "\u2028", "\u2027x\u202ay", "\xe2\x80", "\xe2\x80\xa8\xe2\x80", "é – “x”\r\n\x00z", "\xff \xe2"} {
		want := strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || r == '\u2028' || r == '\u2029' })
		if diff := cmp.Diff(want, words(s), cmpEmpty); diff != "" {
			t.Errorf("%q (-want +got):\n%s", s, diff)
		}
		if strings.ContainsFunc(oneLine(s), func(r rune) bool { return r < ' ' || r == '\u2028' || r == '\u2029' }) {
			t.Errorf("%q still has %q", s, oneLine(s))
		}
	}
}

// document is blocks on Letter paper.
func document(blocks ...doc.Block) doc.Document {
	return doc.Document{Meta: sampleMeta(), Blocks: blocks}
}

func TestSamplePlan(t *testing.T) {
	f := loadFonts(t)
	p := verified(t, f, sample())
	golden := filepath.Join("testdata", "sample.plan")
	if *update {
		if err := os.WriteFile(golden, []byte(p.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(p.String(), "\n")); diff != "" {
		t.Errorf("plan of the sample (-want +got):\n%s", diff)
	}
}

func TestSampleOnA4(t *testing.T) {
	f := loadFonts(t)
	d := sample()
	d.Meta.Paper = doc.A4
	d.Meta.Draft = false
	file, p := written(t, f, d)
	path := reader.Save(t, file)
	if info := reader.Run(t, "pdfinfo", path); !strings.Contains(info, "595.28 x 841.89 pts (A4)") {
		t.Errorf("not A4: %s", info)
	}
	if strings.Contains(p.String(), DraftMark) {
		t.Error("a document that is no draft is marked as one")
	}
}

// TestReaders asks independent readers whether the file is sound, and whether
// it holds what was laid out and nothing else.
func TestReaders(t *testing.T) {
	f := loadFonts(t)
	for name, d := range map[string]doc.Document{"sample": sample(), "long": longDocument(12), "empty": document()} {
		t.Run(name, func(t *testing.T) {
			file, p := written(t, f, d)
			path := reader.Save(t, file)
			if out := reader.Run(t, "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors found") {
				t.Errorf("qpdf: %s", out)
			}
			pages := strings.Split(strings.TrimSuffix(reader.Run(t, "pdftotext", "-raw", path, "-"), "\f"), "\f")
			if len(pages) != len(p.Pages) {
				t.Fatalf("%d pages, want %d", len(pages), len(p.Pages))
			}
			var body []string
			for i, page := range p.Pages {
				want := ""
				for _, r := range page.Runs {
					want += r.Text
				}
				if diff := cmp.Diff(words(want), strings.Fields(pages[i])); diff != "" {
					t.Errorf("words of page %d (-plan +file):\n%s", i+1, diff)
				}
				body = append(body, bodyWords(page, strings.Fields(pages[i]))...)
			}
			if diff := cmp.Diff(words(documentText(d.Blocks)), body, cmpEmpty); diff != "" {
				t.Errorf("words of the document (-document +file):\n%s", diff)
			}
		})
	}
}

var cmpEmpty = cmp.Transformer("nilAsEmpty", func(s []string) string { return strings.Join(s, "\n") })

// bodyWords leaves out of the words of a page those that the plan gives
// another role than that of body.
func bodyWords(page Page, all []string) []string {
	var body []string
	for _, r := range page.Runs {
		n := len(words(r.Text))
		if r.Role == RoleBody {
			// A word may go on in the next run, as in "<b>Acme</b>s".
			for _, w := range words(r.Text) {
				if len(all) == 0 {
					break
				}
				if all[0] == w || !strings.HasPrefix(all[0], w) {
					body, all = append(body, all[0]), all[1:]
				} else {
					all[0] = strings.TrimPrefix(all[0], w)
					body = append(body, w+"\x00")
				}
			}
			continue
		}
		all = all[min(n, len(all)):]
	}
	return strings.Fields(strings.ReplaceAll(strings.Join(body, " "), "\x00 ", ""))
}

// TestPlaces asks a reader where the words of the file stand: each run begins
// and ends where the plan has it.
func TestPlaces(t *testing.T) {
	f := loadFonts(t)
	file, p := written(t, f, sample())
	type word struct {
		left, top, right, bottom float64
	}
	var pages [][]word
	for _, ln := range strings.Split(reader.Run(t, "pdftotext", "-bbox", reader.Save(t, file), "-"), "\n") {
		ln = strings.TrimSpace(ln)
		var w word
		if strings.HasPrefix(ln, "<page ") {
			pages = append(pages, nil)
		} else if n, _ := fmt.Sscanf(ln, `<word xMin="%f" yMin="%f" xMax="%f" yMax="%f"`, &w.left, &w.top, &w.right, &w.bottom); n == 4 {
			pages[len(pages)-1] = append(pages[len(pages)-1], w)
		}
	}
	near := func(a float64, b Length) bool { return math.Abs(a-float64(b)/float64(Pt)) < 0.05 }
	within := func(w word, y Length) bool {
		at := float64(y) / float64(Pt)
		return w.top < at && at < w.bottom
	}
	for i, page := range p.Pages {
		for j, r := range page.Runs {
			ink := strings.TrimRight(r.Text, " ")
			if ink == "" || strings.HasPrefix(ink, " ") {
				continue
			}
			// A reader joins what no space parts.
			joined := j > 0 && page.Runs[j-1].Y == r.Y && !strings.HasSuffix(page.Runs[j-1].Text, " ")
			right := r.X + scale(f.width(r.Style, ink), r.Size)
			begins := slices.ContainsFunc(pages[i], func(w word) bool { return near(w.left, r.X) && within(w, r.Y-Pt) })
			ends := slices.ContainsFunc(pages[i], func(w word) bool { return near(w.right, right) && within(w, r.Y-Pt) })
			if !begins && !joined || !ends && strings.HasSuffix(r.Text, " ") {
				t.Errorf("page %d: %q is not at %s %s to %s", i+1, r.Text, r.X, r.Y, right)
			}
		}
	}
}

// TestSameBytes makes the same file many times at once.
func TestSameBytes(t *testing.T) {
	f := loadFonts(t)
	d := sample()
	want, _ := written(t, f, d)
	files := make([][]byte, 4)
	var group sync.WaitGroup
	for i := range files {
		group.Add(1)
		go func() {
			defer group.Done()
			other := sample()
			other.Meta.Effective = fmt.Sprintf("2030-01-0%d", i+1)
			if _, err := f.Write(f.Layout(other), other.Meta); err != nil {
				t.Error(err)
			}
			file, err := f.Write(f.Layout(d), d.Meta)
			if err != nil {
				t.Error(err)
			}
			files[i] = file
		}()
	}
	group.Wait()
	for i, file := range files {
		if !bytes.Equal(file, want) {
			t.Errorf("file %d differs from the first", i)
		}
	}
}

func TestFileProperties(t *testing.T) {
	file, _ := written(t, loadFonts(t), sample())
	info := reader.Run(t, "pdfinfo", "-isodates", reader.Save(t, file))
	for _, want := range []string{
		"Title:           Cyber Constitution – Łódź Dental Sp. z o.o.\n",
		"Subject:         cpa-2027 · Version 1.0.0\n",
		"Author:          Northwind Managed Security, LLC\n",
		"Creator:         Concordat\n",
		"CreationDate:    2027-01-01T00:00:00",
		"ModDate:         2027-01-01T00:00:00",
	} {
		if !strings.Contains(info, want) {
			t.Errorf("no %q in:\n%s", want, info)
		}
	}
}

// TestFonts asks a reader for the fonts of a file: those that its text is set
// in, each with the glyphs that it needs and a way back to letters.
func TestFonts(t *testing.T) {
	file, _ := written(t, loadFonts(t), sample())
	var got []string
	for _, line := range strings.Split(strings.TrimSpace(reader.Run(t, "pdffonts", reader.Save(t, file))), "\n")[2:] {
		fields := strings.Fields(line)
		_, name, _ := strings.Cut(fields[0], "+")
		got = append(got, name+" "+strings.Join(fields[1:7], " "))
	}
	const kind = " CID TrueType Identity-H yes yes yes" // embedded, subset, Unicode
	want := []string{"LiberationSerif" + kind, "LiberationSerif-Bold" + kind, "LiberationSerif-Italic" + kind, "LiberationSerif-BoldItalic" + kind}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fonts (-want +got):\n%s", diff)
	}
}

func longDocument(articles int) doc.Document {
	d := document(heading(1, "", "Cyber Constitution"))
	for a := 1; a <= articles; a++ {
		d.Blocks = append(d.Blocks, heading(2, fmt.Sprintf("Article %d", a), "Backup, restore and the records of the Customer"))
		for c := 1; c <= 3; c++ {
			d.Blocks = append(d.Blocks,
				heading(3, fmt.Sprintf("%d.%d", a, c), "Scope, isolation and restore tests"),
				para("The ", bold("Provider"), " shall back up each system listed in ", doc.Ref{Text: "Schedule B"}, " at the interval that stands beside it, shall keep one copy that cannot be reached from the Customer’s network, and shall prove twice in each year that the copy restores within the time agreed. ", ital("Essential Records"), " are restored first; the order among them is the Customer’s to decide, in writing, and stands until it is changed in the same way."),
				items(true, []string{"(a)", "(b)"},
					[]doc.Block{para("The Customer shall name the systems and records, and shall tell the Provider of each change within ten business days.")},
					[]doc.Block{para("The Provider shall report the result of each test, its date, and what was restored.")},
				))
		}
		if a%2 == 0 {
			t := doc.Table{Columns: []doc.Column{tcol("Line", doc.Left, 0), tcol("What", doc.Left, 0), tcol("Per month", doc.Right, 0), tcol("Per year", doc.Right, 0)}}
			for i := 1; i <= 12; i++ {
				t.Rows = append(t.Rows, trow(fmt.Sprintf("B-%02d", i), "Endpoint detection and response, monitored at all hours", "USD 228.00", "USD 2,736.00"))
			}
			d.Blocks = append(d.Blocks, t)
		}
	}
	d.Blocks = append(d.Blocks,
		doc.Signature{Party: inl("Provider"), LegalName: inl("Northwind Managed Security, LLC")},
		doc.Signature{Party: inl("Customer"), LegalName: inl("Łódź Dental Sp. z o.o.")})
	return d
}

func BenchmarkLoadFonts(b *testing.B) {
	for b.Loop() {
		loadFonts(b)
	}
}

func BenchmarkLayout(b *testing.B) {
	f := loadFonts(b)
	d := longDocument(11)
	b.ReportAllocs()
	pages := 0
	for b.Loop() {
		pages = len(f.Layout(d).Pages)
	}
	b.ReportMetric(float64(pages), "pages")
}

func BenchmarkVerify(b *testing.B) {
	f := loadFonts(b)
	d := longDocument(11)
	p := f.Layout(d)
	for b.Loop() {
		if err := p.Verify(f, d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	f := loadFonts(b)
	d := longDocument(11)
	for b.Loop() {
		f.Check(d)
	}
}

func BenchmarkWrite(b *testing.B) {
	f := loadFonts(b)
	d := longDocument(11)
	p := f.Layout(d)
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		file, err := f.Write(p, d.Meta)
		if err != nil {
			b.Fatal(err)
		}
		size = len(file)
	}
	b.ReportMetric(float64(len(p.Pages)), "pages")
	b.ReportMetric(float64(size), "file-bytes")
}
