package markdown

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"concordat/internal/doc"
)

// checkRemembering holds a Writer to the function Write, which reads back all that it
// writes.
func checkRemembering(t testing.TB, w *Writer, blocks []doc.Block) {
	t.Helper()
	d := doc.Document{Blocks: blocks}
	want := Write(d)
	for _, what := range []string{"what it knew", "all of it known"} {
		if got := w.Write(d); !bytes.Equal(got, want) {
			t.Fatalf("with %s, expected\n%s\nfound\n%s", what, want, got)
		}
	}
}

// TestWriterOfRandomDocuments writes blocks in ever new company: what was read back
// beside some blocks must read the same beside others.
func TestWriterOfRandomDocuments(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	w := NewWriter()
	pool := append([]doc.Block{}, sample.Blocks...)
	for range *documents {
		c := choices{randomBytes(random, 400)}
		blocks := c.blocks(0)
		checkRemembering(t, w, blocks)
		pool = append(pool, blocks...)
	}
	for range *documents {
		blocks := make([]doc.Block, random.IntN(12))
		for i := range blocks {
			blocks[i] = pool[random.IntN(len(pool))]
			if table, ok := blocks[i].(doc.Table); ok {
				blocks[i] = otherRows(random, table, pool)
			}
		}
		checkRemembering(t, w, blocks)
	}
}

// otherRows is a table with rows of itself and of another one as wide.
func otherRows(random *rand.Rand, table doc.Table, pool []doc.Block) doc.Table {
	rows := table.Rows
	for range 20 {
		other, ok := pool[random.IntN(len(pool))].(doc.Table)
		if ok && len(other.Columns) == len(table.Columns) {
			rows = append(append([]doc.Row{}, rows...), other.Rows...)
			break
		}
	}
	some := make([]doc.Row, 0, len(rows))
	for range rows {
		some = append(some, rows[random.IntN(len(rows))])
	}
	return doc.Table{Columns: table.Columns, Rows: some}
}

// TestWriterJoins holds what can stand beside what: lists beside lists, and blocks
// without words between them.
func TestWriterJoins(t *testing.T) {
	item := func(text string) doc.Item { return doc.Item{Blocks: []doc.Block{para(doc.Text{Value: text})}} }
	blocks := []doc.Block{
		doc.List{Items: []doc.Item{item("bullet")}}, doc.List{Ordered: true, Items: []doc.Item{item("number")}}, doc.List{Items: []doc.Item{{}}}, doc.List{Ordered: true, Items: []doc.Item{{Label: "(a)", Blocks: item("label").Blocks}}},
		doc.List{Items: []doc.Item{{Blocks: []doc.Block{doc.List{Items: []doc.Item{item("inner")}}, doc.List{Items: []doc.Item{item("other")}}}}}},
		para(doc.Text{Value: " lead"}), para(), para(doc.Text{Value: "- dash"}), para(doc.Text{Value: "1. one"}), para(doc.Text{Value: "[a]: b"}), para(doc.Text{Value: "==="}), para(doc.Text{Value: "| a |"}), para(doc.Text{Value: "    code"}), para(doc.Text{Value: "<!--"}), para(doc.Text{Value: "```"}),
		doc.Quote{Blocks: []doc.Block{para(doc.Text{Value: "quote"})}}, doc.Quote{}, doc.PageBreak{}, doc.Heading{Level: 2, Text: words("Heading")}, doc.Heading{Level: 2},
		doc.Table{Columns: []doc.Column{{Head: words("a")}, {}}, Rows: []doc.Row{{Cells: []doc.Cell{words("b"), words("---")}}}}, doc.Table{Rows: []doc.Row{{}}},
	}
	w := NewWriter()
	for _, a := range blocks {
		for _, b := range blocks {
			for _, c := range blocks {
				checkRemembering(t, w, []doc.Block{a, b, c})
			}
		}
	}
}

// TestWriterPanics holds that a Writer refuses what Write refuses, before and after it
// has written anything, and in the same words.
func TestWriterPanics(t *testing.T) {
	refusal := func(write func(doc.Document) []byte, blocks []doc.Block) (said string) {
		defer func() { said = fmt.Sprint(recover()) }()
		write(doc.Document{Blocks: blocks})
		return ""
	}
	w := NewWriter()
	w.Write(sample)
	for _, b := range []doc.Block{
		para(doc.Strong{Text: []doc.Inline{doc.Ref{Target: "x"}}}),
		doc.Table{Columns: make([]doc.Column, 2), Rows: []doc.Row{{Cells: make([]doc.Cell, 3)}}},
		para(doc.Text{Value: "a\x00"}), para(doc.Text{Value: "a\xff"}),
		para(doc.Link{Dest: "javascript:x", Text: words("a")}), doc.Heading{Level: 5, Text: words("a")},
		doc.Table{Columns: []doc.Column{{Head: words("a"), Align: 7}}},
	} {
		for _, blocks := range [][]doc.Block{{b}, append([]doc.Block{b}, sample.Blocks...), append(append([]doc.Block{}, sample.Blocks...), b)} {
			want := refusal(Write, blocks)
			for range 2 {
				if got := refusal(w.Write, blocks); got != want || !strings.HasPrefix(got, "markdown: ") {
					t.Errorf("%q, expected %q", got, want)
				}
			}
		}
	}
}

// TestWriterIsBounded holds that what a Writer remembers does not grow with what it
// writes, and that what comes back is not forgotten.
func TestWriterIsBounded(t *testing.T) {
	w := NewWriter()
	common := para(doc.Text{Value: "what all have in common"})
	long := strings.Repeat("many words ", 10_000)
	for i := range 200 {
		w.Write(doc.Document{Blocks: []doc.Block{common, para(doc.Text{Value: fmt.Sprint(i, long)}), common}})
		size := 0
		for _, m := range []map[string]string{w.recent, w.older} {
			for key, text := range m {
				size += len(key) + len(text)
			}
		}
		if size > 2*maxRemembered {
			t.Fatalf("%d bytes are remembered", size)
		}
		key := keys{out: []byte{0}}
		key.block(common)
		if _, known := w.find(key.out); !known {
			t.Fatalf("after %d documents what all have in common is forgotten", i+1)
		}
	}
	if len(w.recent) > 80 {
		t.Errorf("%d texts are remembered", len(w.recent))
	}
}

func TestWriterInParallel(t *testing.T) {
	w, want := NewWriter(), Write(sample)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if got := w.Write(sample); !bytes.Equal(got, want) {
					t.Error("other bytes in parallel")
				}
			}
		})
	}
	group.Wait()
}

func FuzzWriter(f *testing.F) {
	random := rand.New(rand.NewPCG(13, 14))
	for range 20 {
		f.Add(randomBytes(random, 200))
	}
	w := NewWriter()
	f.Fuzz(func(t *testing.T, data []byte) {
		c := choices{data}
		checkRemembering(t, w, c.blocks(0))
	})
}

func BenchmarkWriter(b *testing.B) {
	d, w := twelvePages(b), NewWriter()
	b.SetBytes(int64(len(w.Write(d))))
	b.ReportAllocs()
	for b.Loop() {
		w.Write(d)
	}
}

// TestWriterTellsApart writes blocks that differ in one thing one after the other.
func TestWriterTellsApart(t *testing.T) {
	text := func(value string) doc.Inline { return doc.Text{Value: value} }
	row := func(total bool, cells ...doc.Cell) doc.Block {
		return doc.Table{Columns: make([]doc.Column, len(cells)), Rows: []doc.Row{{Cells: cells, Total: total}}}
	}
	item := func(label, words string) doc.Item {
		return doc.Item{Label: label, Blocks: []doc.Block{para(text(words))}}
	}
	blocks := []doc.Block{
		para(text("a")), para(text("b")), para(text("a"), text("b")), para(text("ab")), para(text("a"), doc.LineBreak{}, text("tbb")), para(text("ab"), text("tb"), doc.LineBreak{}), para(text("a"), doc.LineBreak{}, text("b")),
		para(doc.Strong{Text: words("a")}), para(doc.Emphasis{Text: words("a")}), para(doc.Strong{Text: []doc.Inline{text("a"), text("b")}}), para(doc.Strong{Text: words("a")}, text("b")), para(doc.Ref{Target: "x", Text: "a"}), para(doc.Ref{Target: "x", Text: "b"}),
		para(doc.Link{Dest: "https://a.example", Text: words("a")}), para(doc.Link{Dest: "https://b.example", Text: words("a")}), para(doc.Link{Dest: "https://b.example"}),
		doc.Heading{Level: 2, Text: words("a")}, doc.Heading{Level: 3, Text: words("a")}, doc.Heading{Level: 3, Number: "1", Text: words("a")}, doc.Heading{Level: 3, Number: "1 ", Text: words("a")}, doc.Heading{Level: 3, Text: words("1 a")},
		doc.List{Items: []doc.Item{item("", "a")}}, doc.List{Ordered: true, Items: []doc.Item{item("", "a")}}, doc.List{Items: []doc.Item{item("(a)", "a")}}, doc.List{Items: []doc.Item{item("", "a"), item("", "b")}}, doc.List{Items: []doc.Item{{Blocks: []doc.Block{para(text("a")), para(text("b"))}}}},
		doc.Quote{Blocks: []doc.Block{para(text("a"))}}, doc.Quote{Blocks: []doc.Block{para(text("a")), para(text("b"))}}, doc.Quote{Blocks: []doc.Block{row(true, words("a"))}}, doc.Quote{Blocks: []doc.Block{row(false, words("a"))}},
		doc.Signature{Party: words("a")}, doc.Signature{LegalName: words("a")}, doc.Signature{Name: words("a")}, doc.Signature{Title: words("a")}, doc.Signature{Title: words("a"), Witnessed: true}, doc.PageBreak{},
		row(false, words("a"), words("b")), row(true, words("a"), words("b")), row(false, words("a"), nil, words("b")), row(false, words("a"), words("b"), nil), row(false, nil, words("ab")), row(false, words("a"), doc.Cell{doc.Strong{Text: words("b")}}),
	}
	for _, columns := range [][]doc.Column{{{Head: words("a")}, {}}, {{}, {Head: words("a")}}, {{Head: words("a"), Align: doc.Right}, {}}, {{Head: words("a"), Align: doc.Center, Weight: 3}, {}}, {{Head: words("a")}, {}, {}}} {
		blocks = append(blocks, doc.Table{Columns: columns})
	}
	last := para(text("the end"))
	for i, a := range blocks {
		for j, b := range blocks {
			if i == j {
				continue
			}
			w := NewWriter()
			for _, x := range []doc.Block{a, b, a} {
				d := doc.Document{Blocks: []doc.Block{x, last}}
				if got, want := w.Write(d), Write(d); !bytes.Equal(got, want) {
					t.Fatalf("%+v after %+v is written\n%s\nexpected\n%s", x, a, got, want)
				}
			}
		}
	}
}
