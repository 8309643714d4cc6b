package pdf

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/doc"
	"concordat/internal/reader"
)

// everywhere is a document that holds one text in each place where text can
// stand.
func everywhere(s string) doc.Document {
	d := document(
		heading(1, "", s),
		heading(2, "Article 1", s),
		heading(3, "1.1", s),
		para(s),
		para("before ", bold(s), ital(s), doc.Link{Dest: "https://example.com", Text: inl(s)}, doc.Ref{Text: s}, " after"),
		items(true, []string{"(a)", s}, []doc.Block{para(s)}, []doc.Block{para(s)}),
		items(false, nil, []doc.Block{para(s)}),
		doc.Table{
			Columns: []doc.Column{tcol(s, doc.Left, 0), tcol("b", doc.Right, 0), tcol("c", doc.Center, 3)},
			Rows:    []doc.Row{trow("a", s, "c"), trow(s, s, s), {Cells: []doc.Cell{inl(s), nil, inl("1")}, Total: true}},
		},
		doc.Quote{Blocks: []doc.Block{para(s), items(false, nil, []doc.Block{para(s)})}},
		doc.Signature{Party: inl(s), LegalName: inl(s), Name: inl(s), Title: inl(s)},
		doc.Signature{Party: inl("Customer"), LegalName: inl(s)},
		doc.Signature{Party: inl(s)},
	)
	d.Meta.Title, d.Meta.Customer, d.Meta.Provider, d.Meta.ID, d.Meta.Version = s, s, s, s, s
	return d
}

func TestHostileTexts(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	f := loadFonts(t)
	texts := map[string]string{
		"empty":           "",
		"space":           " ",
		"spaces":          "     ",
		"one letter":      "W",
		"300 letters":     strings.Repeat("W", 300),
		"300 small":       strings.Repeat("i", 300),
		"300 hyphens":     strings.Repeat("-", 300),
		"300 spaces":      "a" + strings.Repeat(" ", 300) + "b",
		"no-break spaces": strings.Repeat("no\u00a0break\u00a0", 60),
		"hyphenated":      strings.Repeat("hyphen-ated-", 60),
		"address":         "https://example.com/" + strings.Repeat("path/", 50) + "?q=" + strings.Repeat("v", 90),
		"long name":       strings.TrimSpace(strings.Repeat("Łódź Dental Sp. z o.o. ", 15)),
		"amounts":         strings.Repeat("USD 1,000.00 ", 60),
		"tied":            strings.Repeat("USD 1 ", 3) + strings.Repeat("9", 300),
		"page of words":   strings.Repeat("the Provider shall restore ", 500),
		"markup":          `</b>**_|\(` + "`" + `)%s{{.V}}&amp;`,
		"PDF syntax":      `) Tj ET endstream endobj ( \ \) \n \r`,
		"bytes":           "\u010a\u010d\u0a0d\u0d0a\u2028\u0128\u0129\u015c \u2829\u5c5c",
		"control":         "a\nb\tc\rd",
		"beyond":          "a 😀 𝔸 b",
	}
	for name, s := range texts {
		t.Run(name, func(t *testing.T) { tryEverywhere(t, f, s) })
	}
}

// tryEverywhere lays a text out in all places, and draws it if it may be drawn.
func tryEverywhere(t *testing.T, f *Fonts, s string) {
	t.Helper()
	d := everywhere(s)
	d.Meta.Paper = doc.A4
	verified(t, f, d)
	d.Meta.Paper = doc.Letter
	verified(t, f, d)
	if !f.Check(d).HasErrors() {
		readBack(t, f, d)
	}
}

// readBack draws a document and compares what readers find with the plan.
func readBack(t *testing.T, f *Fonts, d doc.Document) {
	t.Helper()
	file, p := written(t, f, d)
	path := reader.Save(t, file)
	reader.Run(t, "qpdf", "--check", path)
	if got, want := pageCount(t, path), len(p.Pages); got != want {
		t.Errorf("%d pages, want %d", got, want)
	}
	want := ""
	for _, page := range p.Pages {
		for _, r := range page.Runs {
			want += r.Text
		}
	}
	if diff := cmp.Diff(letters(want), letters(reader.Run(t, "pdftotext", "-raw", path, "-"))); diff != "" {
		t.Errorf("text of the file (-plan +file):\n%s", diff)
	}
}

func pageCount(t *testing.T, path string) int {
	n := 0
	if _, err := fmt.Sscan(reader.Run(t, "qpdf", "--show-npages", path), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// letters leaves out white space, which readers guess.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == '\u00a0' || r >= '\u2000' && r <= '\u200a' || r == '\u202f' {
			return -1
		}
		return r
	}, s)
}

func TestHostileCorpus(t *testing.T) {
	dir := os.Getenv("CONCORDAT_CORPORA")
	if dir == "" {
		t.Skip("CONCORDAT_CORPORA is not set")
	}
	f := loadFonts(t)
	var drawn []doc.Document
	for _, name := range []string{"hostile-strings.json", "blns.json"} {
		file, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		if err := json.Unmarshal(file, &texts); err != nil {
			t.Fatal(err)
		}
		for _, s := range texts {
			d := everywhere(s)
			verified(t, f, d)
			if !f.Check(d).HasErrors() {
				drawn = append(drawn, d)
			}
		}
	}
	t.Logf("%d texts may be drawn", len(drawn))
	for batch := range slices.Chunk(drawn, 20) {
		d := batch[0]
		for _, more := range batch[1:] {
			d.Blocks = append(append(d.Blocks, doc.PageBreak{}), more.Blocks...)
		}
		readBack(t, f, d)
	}
}

func TestHostileShapes(t *testing.T) {
	f := loadFonts(t)
	deep := []doc.Block{para("innermost ", strings.Repeat("word ", 40))}
	for i := range 12 {
		deep = []doc.Block{items(i%2 == 0, []string{"(a)"}, append([]doc.Block{para("level")}, deep...))}
	}
	quotes := []doc.Block{para(strings.Repeat("quoted ", 40))}
	for range 8 {
		quotes = []doc.Block{doc.Quote{Blocks: append([]doc.Block{para("level")}, quotes...)}}
	}
	many := func(columns, rows int, cell string) doc.Table {
		var tb doc.Table
		for c := range columns {
			tb.Columns = append(tb.Columns, tcol(fmt.Sprintf("Column %d", c+1), doc.Align(c%3), c%2*3))
		}
		for r := range rows {
			var row doc.Row
			for c := range columns {
				row.Cells = append(row.Cells, inl(fmt.Sprintf("%s %d.%d", cell, r+1, c+1)))
			}
			tb.Rows = append(tb.Rows, row)
		}
		return tb
	}
	for name, d := range map[string]doc.Document{
		"nothing":                  document(),
		"empty paragraph":          document(para()),
		"page breaks only":         document(doc.PageBreak{}, doc.PageBreak{}),
		"page breaks around":       document(doc.PageBreak{}, para("a"), doc.PageBreak{}, doc.PageBreak{}, para("b"), doc.PageBreak{}),
		"heading at the end":       document(para("a"), heading(2, "Article 1", "End")),
		"headings only":            document(repeat(heading(2, "Article 1", "Heading"), 80)...),
		"colons only":              document(repeat(para("and further:"), 200)...),
		"deep lists":               document(deep...),
		"deep quotes":              document(quotes...),
		"empty quote":              document(para("a"), doc.Quote{}, para("b")),
		"empty list":               document(doc.List{}, items(false, nil, nil), items(true, []string{"(a)"}, nil)),
		"list of lists":            document(items(true, []string{"(a)"}, []doc.Block{items(true, []string{"(i)"}, []doc.Block{para("x")})})),
		"long labels":              document(items(true, []string{strings.Repeat("label ", 60)}, []doc.Block{para("x")})),
		"table in item":            document(items(true, []string{"(a)"}, []doc.Block{many(4, 6, "cell")})),
		"table without rows":       document(doc.Table{Columns: []doc.Column{tcol("Head", doc.Left, 0)}}),
		"table without columns":    document(doc.Table{}),
		"table without head":       document(doc.Table{Columns: []doc.Column{{}, {}}, Rows: []doc.Row{trow("a", "b")}}),
		"200 rows":                 document(many(4, 200, "cell")),
		"12 columns":               document(many(12, 30, "cell")),
		"12 columns of long words": document(many(12, 3, strings.Repeat("W", 300))),
		"32 columns":               document(many(32, 3, "cell")),
		"row higher than a page":   document(many(3, 2, strings.Repeat("words in a cell ", 400))),
		"rows in a quote":          document(doc.Quote{Blocks: []doc.Block{many(3, 90, "cell")}}),
		"head higher than a page":  document(doc.Table{Columns: []doc.Column{tcol(strings.Repeat("head ", 2000), doc.Left, 0), tcol("b", doc.Left, 0)}, Rows: []doc.Row{trow("a", "b")}}),
		"total alone":              document(doc.Table{Columns: []doc.Column{tcol("a", doc.Left, 0)}, Rows: []doc.Row{{Cells: []doc.Cell{inl("1")}, Total: true}}}),
		"signature alone":          document(doc.Signature{}),
		"nine signatures":          document(repeat(doc.Signature{Party: inl("Provider"), LegalName: inl("X")}, 9)...),
		"signature in quote":       document(doc.Quote{Blocks: []doc.Block{doc.Signature{Party: inl("Provider")}}}),
		"long signature":           document(doc.Signature{LegalName: inl(strings.Repeat("long name ", 900)), Title: inl(strings.Repeat("title ", 900))}),
		"line breaks":              document(para("a", doc.LineBreak{}, doc.LineBreak{}, "b", doc.LineBreak{})),
		"line breaks only":         document(para(doc.LineBreak{}, doc.LineBreak{})),
		"200 line breaks":          document(doc.Paragraph{Text: repeatInline(doc.LineBreak{}, 200)}),
	} {
		t.Run(name, func(t *testing.T) {
			file, p := written(t, f, d)
			path := reader.Save(t, file)
			reader.Run(t, "qpdf", "--check", path)
			if got, want := pageCount(t, path), len(p.Pages); got != want {
				t.Errorf("%d pages, want %d", got, want)
			}
		})
	}
}

func repeat(b doc.Block, n int) []doc.Block {
	var blocks []doc.Block
	for range n {
		blocks = append(blocks, b)
	}
	return blocks
}

func repeatInline(in doc.Inline, n int) []doc.Inline {
	var text []doc.Inline
	for range n {
		text = append(text, in)
	}
	return text
}

// TestRandomDocuments lays out documents of random form.
func TestRandomDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	f := loadFonts(t)
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		d := document(randomBlocks(r, 0, 25)...)
		d.Meta.Paper = doc.Paper(1 + r.IntN(2))
		if err := f.Layout(d).Verify(f, d); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

func randomBlocks(r *rand.Rand, depth, most int) []doc.Block {
	var blocks []doc.Block
	for range r.IntN(most) {
		switch k := r.IntN(10); {
		case k == 0:
			blocks = append(blocks, doc.Heading{Level: 1 + r.IntN(4), Number: []string{"", "1.1", "Article 2", "12.34.56"}[r.IntN(4)], Text: randomText(r, true)})
		case k == 1 && depth < 6:
			l := doc.List{Ordered: r.IntN(2) == 0}
			for range r.IntN(5) {
				item := doc.Item{Blocks: randomBlocks(r, depth+1, 4)}
				if l.Ordered {
					item.Label = []string{"(a)", "(xviii)", "a very long label"}[r.IntN(3)]
				}
				l.Items = append(l.Items, item)
			}
			blocks = append(blocks, l)
		case k == 2:
			var tb doc.Table
			n := 1 + r.IntN(9)
			for range n {
				tb.Columns = append(tb.Columns, doc.Column{Head: randomText(r, false), Align: doc.Align(r.IntN(3)), Weight: r.IntN(3)})
			}
			for range r.IntN(20) {
				row := doc.Row{Total: r.IntN(9) == 0}
				for range n {
					row.Cells = append(row.Cells, randomText(r, false))
				}
				tb.Rows = append(tb.Rows, row)
			}
			blocks = append(blocks, tb)
		case k == 3 && depth < 6:
			blocks = append(blocks, doc.Quote{Blocks: randomBlocks(r, depth+1, 5)})
		case k == 4:
			blocks = append(blocks, doc.Signature{Party: randomText(r, true), LegalName: randomText(r, true), Name: randomText(r, true), Title: randomText(r, true), Witnessed: r.IntN(2) == 0})
		case k == 5 && depth == 0:
			blocks = append(blocks, doc.PageBreak{})
		default:
			blocks = append(blocks, doc.Paragraph{Text: randomText(r, true)})
		}
	}
	return blocks
}

func randomText(r *rand.Rand, breaks bool) []doc.Inline {
	words := []string{"the ", "Provider ", "shall", " ", "  ", "-", ": ", "USD 1,000.00 ", "phishing-resistant ", "Łódź", "W", "responsibilities", strings.Repeat("x", 120), "and the restore test of each system is done twice in a year "}
	var text []doc.Inline
	for range r.IntN(12) {
		w := words[r.IntN(len(words))]
		switch r.IntN(8) {
		case 0:
			text = append(text, bold(w))
		case 1:
			text = append(text, ital(w))
		case 2:
			text = append(text, doc.Link{Dest: "https://example.com", Text: inl(w)})
		case 3:
			text = append(text, doc.Ref{Text: "Section 4.2"})
		case 4:
			if breaks {
				text = append(text, doc.LineBreak{})
			}
		default:
			text = append(text, txt(w))
		}
	}
	return text
}

// FuzzLayout holds plans of any text, and of documents of any form, against
// their promise.
func FuzzLayout(f *testing.F) {
	fonts := loadFonts(f)
	f.Add("the Provider shall pay USD 9.50", uint64(1))
	f.Add("phishing-resistant \u00a0\xff\n", uint64(2))
	f.Fuzz(func(t *testing.T, s string, seed uint64) {
		// A text of a document is valid UTF-8: every reader refuses other
		// bytes, which could join with those of the text beside them.
		d := everywhere(strings.ToValidUTF8(s, "\ufffd"))
		r := rand.New(rand.NewPCG(seed, 2))
		d.Blocks = append(d.Blocks, randomBlocks(r, 0, 10)...)
		if err := fonts.Layout(d).Verify(fonts, d); err != nil {
			t.Fatal(err)
		}
		fonts.Check(d)
	})
}
