package markdown

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"concordat/internal/doc"
	"concordat/internal/source"
)

func words(s string) []doc.Inline { return []doc.Inline{doc.Text{Value: s}} }

func para(text ...doc.Inline) doc.Block { return doc.Paragraph{Text: text} }

// sample holds every construct, and texts that mean something to Markdown.
var sample = doc.Document{
	Meta: doc.Meta{ID: "sample", Paper: doc.A4},
	Blocks: []doc.Block{
		doc.Heading{Level: 1, Text: words("Cyber Constitution #")},
		doc.Quote{Blocks: []doc.Block{para(doc.Text{Value: "DRAFT – not for signature."})}},
		doc.Heading{Level: 2, Number: "Article 3", Anchor: "art-3", Text: words("Risk ownership")},
		doc.Heading{Level: 3, Number: "3.2", Anchor: "risk-02", Text: words("Reserved decisions")},
		para(
			doc.Text{Value: "The "}, doc.Strong{Text: words("“Provider”")}, doc.Text{Value: " (1. FC Köln) follows "},
			doc.Ref{Target: "inc-01", Text: "Section 4.2"}, doc.Text{Value: ", "}, doc.Emphasis{Text: words("not")}, doc.Text{Value: "hing else: "},
			doc.Link{Dest: "https://example.com/a_(b)?c=1&d=2", Text: words("the report")}, doc.Text{Value: "."},
		),
		para(doc.Text{Value: "1. FC Köln"}, doc.LineBreak{}, doc.Text{Value: "- Stadionstraße 1 -"}, doc.LineBreak{}, doc.Text{Value: "# 50933 * <Köln> & AT&T; a|b \\ `c` [d](e) a_b ~ ! snake_case_name www.example.com"}),
		doc.List{Ordered: true, Items: []doc.Item{
			{Label: "(a)", Blocks: []doc.Block{para(doc.Text{Value: "first;"})}},
			{Label: "(b)", Blocks: []doc.Block{
				para(doc.Text{Value: "second:"}),
				doc.List{Ordered: true, Items: []doc.Item{
					{Label: "(i)", Blocks: []doc.Block{para(doc.Text{Value: "inner one; and"})}},
					{Label: "(ii)", Blocks: []doc.Block{para(doc.Text{Value: "inner two."})}},
				}},
			}},
		}},
		doc.List{Items: []doc.Item{{Blocks: []doc.Block{para(doc.Text{Value: "another list"})}}, {Blocks: []doc.Block{para(doc.Text{Value: "of two"})}}}},
		doc.List{Ordered: true, Items: []doc.Item{{Blocks: []doc.Block{para(doc.Text{Value: "numbered"})}}, {Blocks: []doc.Block{doc.List{Items: []doc.Item{{Blocks: []doc.Block{para(doc.Text{Value: "a list in an item"})}}}}}}}},
		doc.Table{
			Columns: []doc.Column{{Head: words("Charge"), Weight: 3}, {Head: words("USD"), Align: doc.Right}, {Align: doc.Center}},
			Rows: []doc.Row{
				{Cells: []doc.Cell{words("Backup | copy"), words("1,440.00"), nil}},
				{Cells: []doc.Cell{{doc.Text{Value: "Sum "}, doc.Strong{Text: words("all")}}, words("1,440.00"), {doc.Text{Value: "a"}, doc.LineBreak{}, doc.Text{Value: "b"}}}, Total: true},
			},
		},
		doc.PageBreak{},
		doc.Signature{Party: words("Customer"), LegalName: words("Łódź Dental Sp. z o.o."), Name: words("Anna Nowak"), Title: words("Owner")},
		para(doc.Text{Value: "x"}, doc.Strong{Text: words("Acme Inc.")}, doc.Text{Value: "ship"}, doc.Strong{Text: words(" ")}, doc.Emphasis{Text: []doc.Inline{doc.Strong{Text: words("both")}}}, doc.Text{Value: " end "}),
	},
}

func TestWrite(t *testing.T) {
	golden(t, "testdata/written/sample.md", Write(sample))
}

func TestWriteNothing(t *testing.T) {
	if got := Write(doc.Document{}); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestWritePanics(t *testing.T) {
	for name, blocks := range map[string][]doc.Block{
		"reference without text": {para(doc.Strong{Text: []doc.Inline{doc.Ref{Target: "x"}}})},
		"ragged row":             {doc.Table{Columns: make([]doc.Column, 2), Rows: []doc.Row{{Cells: make([]doc.Cell, 3)}}}},
		"NUL":                    {para(doc.Text{Value: "a\x00"})},
		"not UTF-8":              {para(doc.Text{Value: "a\xff"})},
		"wrong link":             {para(doc.Link{Dest: "javascript:x", Text: words("a")})},
		"heading level":          {doc.Heading{Level: 5, Text: words("a")}},
		"alignment":              {doc.Table{Columns: []doc.Column{{Head: words("a"), Align: 7}}}},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if r, ok := recover().(string); !ok || !strings.HasPrefix(r, "markdown: ") {
					t.Errorf("recovered %v", r)
				}
			}()
			Write(doc.Document{Blocks: blocks})
		})
	}
}

// TestParallel writes and reads in parallel, with the same bytes as alone.
func TestParallel(t *testing.T) {
	want := string(Write(sample))
	x := expand("typical.md", typicalClause)
	var alone bytes.Buffer
	blocks, _ := ParseClause(x.text, x.tokens, x.span)
	dumpBlocks(&alone, "", blocks)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := string(Write(sample)); got != want {
				t.Error("Write gives other bytes in parallel")
			}
			var b bytes.Buffer
			blocks, _ := ParseClause(x.text, x.tokens, x.span)
			dumpBlocks(&b, "", blocks)
			if b.String() != alone.String() {
				t.Error("ParseClause gives other blocks in parallel")
			}
		})
	}
	group.Wait()
}

// TestFlattenKeepsWords holds that Flatten loses no text of the sample.
func TestFlattenKeepsWords(t *testing.T) {
	var all strings.Builder
	doc.Texts(Flatten(sample.Blocks), func(text []doc.Inline) { all.WriteString(doc.Plain(text)) })
	doc.Texts(sample.Blocks, func(text []doc.Inline) {
		for _, word := range strings.Fields(doc.Plain(text)) {
			if !strings.Contains(all.String(), word) {
				t.Errorf("%q is lost", word)
			}
		}
	})
}

func TestMalformedTokensPanic(t *testing.T) {
	value := Token{Kind: Value, Text: "v", Name: "v"}
	for name, test := range map[string]struct {
		text   string
		tokens []Token
	}{
		"cut off":  {"\uFDD0\uFDD1", []Token{value}},
		"no digit": {"\uFDD0aaaaaaaaaaaaaaaaaaa", []Token{value}},
		"unknown":  {tokenText(1), []Token{value}},
		"repeated": {tokenText(0) + tokenText(0), []Token{value}},
		"missing":  {"a", []Token{value}},
		"kind":     {tokenText(0), []Token{{}}},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if r, ok := recover().(string); !ok || !strings.HasPrefix(r, "markdown: ") {
					t.Errorf("recovered %v", r)
				}
			}()
			ParseClause(test.text, test.tokens, func(int, int) source.Span { return source.Span{} })
		})
	}
}
