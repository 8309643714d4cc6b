package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/source"
)

var update = flag.Bool("update", false, "write the golden files anew")

// expansion is a template in the small language of these tests, expanded:
// {{value TEXT}} prints TEXT, {{ref TARGET}} a reference, {{block NAME}} the
// block NAME. In TEXT, \n is a line feed.
type expansion struct {
	text   string
	tokens []Token
	file   *source.File
	chunks []chunk
}

// chunk is text of an expansion and where it comes from.
type chunk struct{ to, from, size int }

func expand(name, template string) *expansion {
	x := &expansion{file: source.New(name, []byte(template))}
	var b strings.Builder
	for i := 0; i < len(template); {
		open := strings.Index(template[i:], "{{")
		if open < 0 {
			open = len(template) - i
		}
		x.chunks = append(x.chunks, chunk{b.Len(), i, open})
		b.WriteString(template[i : i+open])
		i += open
		if i == len(template) {
			break
		}
		end := i + strings.Index(template[i:], "}}") + 2
		kind, argument, _ := strings.Cut(template[i+2:end-2], " ")
		t := Token{Text: strings.ReplaceAll(argument, `\n`, "\n"), Name: fmt.Sprintf("%s %q", kind, argument), Origin: x.file.Span(i, end)}
		switch kind {
		case "value":
			t.Kind = Value
		case "ref":
			t.Kind = Reference
		case "block":
			t.Kind = Block
			t.Blocks = []doc.Block{doc.Paragraph{Text: []doc.Inline{doc.Text{Value: "the block " + argument}}}}
		default:
			panic(kind)
		}
		x.chunks = append(x.chunks, chunk{b.Len(), i, end - i})
		b.WriteString(tokenText(len(x.tokens)))
		x.tokens = append(x.tokens, t)
		i = end
	}
	x.text = b.String()
	return x
}

func tokenText(n int) string {
	text := "\uFDD0"
	for shift := 12; shift >= 0; shift -= 4 {
		text += string(rune(tokenZero + n>>shift&15))
	}
	return text + "\uFDE1"
}

func (x *expansion) span(from, to int) source.Span {
	start, end := len(x.file.Text()), len(x.file.Text())
	for i, c := range x.chunks {
		next := len(x.text)
		if i+1 < len(x.chunks) {
			next = x.chunks[i+1].to
		}
		isToken := next-c.to != c.size
		if from >= c.to && from < next {
			start = c.from
			if !isToken {
				start += from - c.to
			}
		}
		if to > c.to && to <= next {
			end = c.from + c.size
			if !isToken {
				end = c.from + to - c.to
			}
		}
	}
	return x.file.Span(start, max(start, end))
}

// TestClauses reads testdata/clause/*.md and testdata/layout/*.md. Beside
// each stands what comes out: its blocks, or its diagnostics.
func TestClauses(t *testing.T) {
	for _, kind := range []string{"clause", "layout"} {
		files, err := filepath.Glob(filepath.Join("testdata", kind, "*.md"))
		if err != nil || len(files) == 0 {
			t.Fatalf("no files of kind %s (%v)", kind, err)
		}
		for _, name := range files {
			t.Run(strings.TrimSuffix(filepath.Base(name), ".md"), func(t *testing.T) {
				template, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				x := expand(filepath.Base(name), string(template))
				read := ParseClause
				if kind == "layout" {
					read = ParseLayout
				}
				blocks, diags := read(x.text, x.tokens, x.span)
				golden(t, strings.TrimSuffix(name, ".md")+".txt", result(t, blocks, diags))
			})
		}
	}
}

func result(t *testing.T, blocks []doc.Block, diags diag.List) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, d := range diags {
		if !d.Span.Valid() {
			t.Errorf("the span of %q is not valid", d.Message)
		}
	}
	if err := (diag.Printer{Excerpts: true}).Print(&b, diags); err != nil {
		t.Fatal(err)
	}
	if !diags.HasErrors() {
		dumpBlocks(&b, "", blocks)
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

// dumpBlocks shows blocks one a line, with the text of their origins.
func dumpBlocks(b *bytes.Buffer, indent string, blocks []doc.Block) {
	for _, block := range blocks {
		switch block := block.(type) {
		case doc.Heading:
			fmt.Fprintf(b, "%sheading %d\n", indent, block.Level)
			dumpInlines(b, indent+"  ", block.Text)
		case doc.Paragraph:
			fmt.Fprintf(b, "%sparagraph\n", indent)
			dumpInlines(b, indent+"  ", block.Text)
		case doc.List:
			kind := "bullets"
			if block.Ordered {
				kind = "ordered"
			}
			fmt.Fprintf(b, "%s%s\n", indent, kind)
			for _, item := range block.Items {
				fmt.Fprintf(b, "%s  item %s\n", indent, item.Label)
				dumpBlocks(b, indent+"    ", item.Blocks)
			}
		case doc.Table:
			fmt.Fprintf(b, "%stable\n", indent)
			for _, c := range block.Columns {
				fmt.Fprintf(b, "%s  column %s\n", indent, []string{"left", "center", "right"}[c.Align])
				dumpInlines(b, indent+"    ", c.Head)
			}
			for _, row := range block.Rows {
				fmt.Fprintf(b, "%s  row\n", indent)
				for _, cell := range row.Cells {
					fmt.Fprintf(b, "%s    cell\n", indent)
					dumpInlines(b, indent+"      ", cell)
				}
			}
		case doc.Quote:
			fmt.Fprintf(b, "%squote\n", indent)
			dumpBlocks(b, indent+"  ", block.Blocks)
		case doc.PageBreak:
			fmt.Fprintf(b, "%spage break\n", indent)
		default:
			panic(fmt.Sprintf("%T", block))
		}
	}
}

func dumpInlines(b *bytes.Buffer, indent string, text []doc.Inline) {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			fmt.Fprintf(b, "%s%s", indent, in.Value)
			if !in.Origin.IsZero() && in.Origin.Text() != in.Value {
				fmt.Fprintf(b, "  <- %q", in.Origin.Text())
			}
			b.WriteByte('\n')
		case doc.Ref:
			fmt.Fprintf(b, "%sref %s  <- %q\n", indent, in.Target, in.Origin.Text())
		case doc.Strong:
			fmt.Fprintf(b, "%sstrong\n", indent)
			dumpInlines(b, indent+"  ", in.Text)
		case doc.Emphasis:
			fmt.Fprintf(b, "%semphasis\n", indent)
			dumpInlines(b, indent+"  ", in.Text)
		case doc.Link:
			fmt.Fprintf(b, "%slink %s\n", indent, in.Dest)
			dumpInlines(b, indent+"  ", in.Text)
		case doc.LineBreak:
			fmt.Fprintf(b, "%sbreak\n", indent)
		default:
			panic(fmt.Sprintf("%T", in))
		}
	}
}

// TestLost holds the last line of defence, which no known text reaches: words
// and tokens that stand nowhere in the result are reported.
func TestLost(t *testing.T) {
	f := source.New("c.md", []byte("kept **lost words** {}\n"))
	l := &lowering{
		src: f.Text(), span: f.Span, mode: clauseMode, covered: make([]bool, len(f.Text())),
		tokens: []Token{{Kind: Value, Name: "value X", Origin: f.Span(20, 22)}}, found: []int{0},
	}
	l.cover(0, 5)
	l.checkLost()
	l.cover(0, len(l.src))
	lost := l.diags
	l.diags = nil
	l.checkLost()
	var b bytes.Buffer
	if err := (diag.Printer{}).Print(&b, append(lost, l.diags...)); err != nil {
		t.Fatal(err)
	}
	const want = `c.md:1:8: error: words that would not stand in the document [markdown-lost-text]
   = hint: write it as plain text
c.md:1:21: error: value X would stand in the document 0 times, not once [markdown-lost-text]
   = hint: move it into plain text
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}
