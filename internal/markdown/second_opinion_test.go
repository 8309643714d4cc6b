package markdown

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"concordat/internal/doc"
	"concordat/internal/source"
)

var opinions = flag.Int("opinions", 100, "batches of random documents to show to a second parser")

// TestSecondOpinion reads written documents with cmark-gfm, where it is
// installed: another parser of the same language must see what ours sees.
func TestSecondOpinion(t *testing.T) {
	cmark, err := exec.LookPath("cmark-gfm")
	if err != nil {
		t.Skip("cmark-gfm is not installed")
	}
	random := rand.New(rand.NewPCG(5, 6))
	for range *opinions {
		var blocks []doc.Block
		for range 10 {
			c := choices{randomBytes(random, 300)}
			blocks = append(blocks, c.blocks(0)...)
		}
		secondOpinion(t, cmark, blocks)
		if t.Failed() {
			return
		}
	}
}

func secondOpinion(t *testing.T, cmark string, blocks []doc.Block) {
	t.Helper()
	flat := Flatten(blocks)
	written := render(flat)
	seen := ask(t, cmark, string(written))
	for i := range flat {
		if i >= len(seen) {
			t.Fatalf("%d blocks, expected %d\n%s", len(seen), len(flat), written)
		}
		if where := blockDifference(flat[i], seen[i]); where != "" {
			t.Fatalf("block %d: %s\n%s", i+1, where, render(flat[i:i+1]))
		}
	}
	if len(seen) != len(flat) {
		t.Fatalf("%d blocks, expected %d\n%s", len(seen), len(flat), written)
	}
}

func ask(t *testing.T, cmark, text string) []doc.Block {
	t.Helper()
	cmd := exec.Command(cmark, "-e", "table", "-t", "xml")
	cmd.Stdin = strings.NewReader(text)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen, err := fromXML(string(out))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return seen
}

// TestSecondOpinionOfClauses shows random clauses that ParseClause accepts to
// the other parser: where the two disagree, an author's preview would show
// another contract.
func TestSecondOpinionOfClauses(t *testing.T) {
	cmark, err := exec.LookPath("cmark-gfm")
	if err != nil {
		t.Skip("cmark-gfm is not installed")
	}
	random := rand.New(rand.NewPCG(9, 10))
	asked := 0
	for range *opinions * 20 {
		c := choices{randomBytes(random, 60)}
		template := strings.NewReplacer("\x00", "X", "\x01", "Y", "\r", "").Replace(c.template())
		f := source.New("x.md", []byte(template))
		if _, diags := ParseLayout(template, nil, f.Span); len(diags) > 0 {
			continue
		}
		asked++
		blocks, _ := Parse(f)
		seen := ask(t, cmark, template)
		if where := difference(Flatten(oneSpace(blocks)), Flatten(oneSpace(seen))); where != "" {
			t.Errorf("%q: %s", template, where)
		}
	}
	t.Logf("%d clauses", asked)
}

// oneSpace takes away the indentation of lines, which the other parser, with
// its tables, leaves before a bar, and makes runs of spaces one.
func oneSpace(blocks []doc.Block) []doc.Block {
	return doc.MapInlines(Flatten(blocks), func(text []doc.Inline) []doc.Inline {
		out := make([]doc.Inline, len(text))
		for i, in := range text {
			if t, ok := in.(doc.Text); ok {
				t.Value = regexp.MustCompile(` +`).ReplaceAllString(t.Value, " ")
				if i > 0 && text[i-1] == (doc.LineBreak{}) {
					t.Value = strings.TrimLeft(t.Value, " ")
				}
				in = t
			}
			out[i] = in
		}
		return out
	})
}

// element is a node of cmark's XML.
type element struct {
	name     string
	attrs    map[string]string
	children []element
	text     string
}

func fromXML(s string) ([]doc.Block, error) {
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	root := element{}
	stack := []*element{&root}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			top.children = append(top.children, e)
			stack = append(stack, &top.children[len(top.children)-1])
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
	return xmlBlocks(root.children[0].children)
}

func xmlBlocks(elements []element) ([]doc.Block, error) {
	var blocks []doc.Block
	for _, e := range elements {
		b, err := xmlBlock(e)
		if err != nil {
			return nil, err
		}
		blocks = append(blocks, b)
	}
	return blocks, nil
}

func xmlBlock(e element) (doc.Block, error) {
	switch e.name {
	case "heading":
		level, err := strconv.Atoi(e.attrs["level"])
		if err != nil {
			return nil, err
		}
		text, err := xmlInlines(e.children)
		return doc.Heading{Level: level, Text: text}, err
	case "paragraph":
		text, err := xmlInlines(e.children)
		return doc.Paragraph{Text: text}, err
	case "list":
		list := doc.List{Ordered: e.attrs["type"] == "ordered"}
		for _, item := range e.children {
			blocks, err := xmlBlocks(item.children)
			if err != nil {
				return nil, err
			}
			list.Items = append(list.Items, doc.Item{Blocks: blocks})
		}
		return list, nil
	case "block_quote":
		blocks, err := xmlBlocks(e.children)
		return doc.Quote{Blocks: blocks}, err
	case "thematic_break":
		return doc.PageBreak{}, nil
	case "table":
		return xmlTable(e)
	default:
		return nil, fmt.Errorf("unexpected block %s: %q", e.name, e.text)
	}
}

func xmlTable(e element) (doc.Block, error) {
	var table doc.Table
	for _, row := range e.children {
		var cells []doc.Cell
		for _, c := range row.children {
			cell, err := xmlInlines(c.children)
			if err != nil {
				return nil, err
			}
			cells = append(cells, cell)
			if row.name == "table_header" {
				aligns := map[string]doc.Align{"": doc.Left, "left": doc.Left, "center": doc.Center, "right": doc.Right}
				table.Columns = append(table.Columns, doc.Column{Head: cell, Align: aligns[c.attrs["align"]]})
			}
		}
		if row.name != "table_header" {
			table.Rows = append(table.Rows, doc.Row{Cells: cells})
		}
	}
	return table, nil
}

func xmlInlines(elements []element) ([]doc.Inline, error) {
	var text []doc.Inline
	for _, e := range elements {
		inner, err := xmlInlines(e.children)
		if err != nil {
			return nil, err
		}
		switch e.name {
		case "text":
			if n := len(text); n > 0 {
				if last, ok := text[n-1].(doc.Text); ok {
					text[n-1] = doc.Text{Value: last.Value + e.text}
					continue
				}
			}
			text = append(text, doc.Text{Value: e.text})
		case "emph":
			text = append(text, doc.Emphasis{Text: inner})
		case "strong":
			text = append(text, doc.Strong{Text: inner})
		case "link":
			text = append(text, doc.Link{Dest: e.attrs["destination"], Text: inner})
		case "softbreak":
			text = append(text, doc.Text{Value: " "})
		case "linebreak":
			text = append(text, doc.LineBreak{})
		default:
			return nil, fmt.Errorf("unexpected inline %s: %q", e.name, e.text)
		}
	}
	return text, nil
}

// corpora are lists of strings, outside the repository, that broke programs.
func corpora(t *testing.T) []string {
	t.Helper()
	dir := os.Getenv("CONCORDAT_CORPORA")
	if dir == "" {
		t.Skip("CONCORDAT_CORPORA names no folder")
	}
	var all []string
	for _, name := range []string{"hostile-strings.json", "blns.json"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		if err := json.Unmarshal(data, &list); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, s := range list {
			if len(source.Faults(s, false)) == 0 {
				all = append(all, s)
			}
		}
	}
	return all
}

// everywhere puts one text in every place of a document that takes text, and
// beside every mark.
func everywhere(s string) []doc.Block {
	text := doc.Text{Value: s}
	a, z := doc.Text{Value: "a"}, doc.Text{Value: "z"}
	dot := doc.Text{Value: "(.)"}
	run := func(in ...doc.Inline) []doc.Inline { return in }
	strong := func(in ...doc.Inline) doc.Inline { return doc.Strong{Text: in} }
	emphasis := func(in ...doc.Inline) doc.Inline { return doc.Emphasis{Text: in} }
	link := func(in ...doc.Inline) doc.Inline { return doc.Link{Dest: "https://example.com/", Text: in} }
	runs := [][]doc.Inline{
		run(text), run(a, strong(text), z), run(text, strong(a), text), run(a, emphasis(text), z), run(text, emphasis(a), text),
		run(text, strong(dot), text), run(text, emphasis(dot), text), run(strong(text, emphasis(text), text)), run(emphasis(text, strong(text), text)),
		run(text, link(text), text), run(strong(link(emphasis(text)))), run(link(text), link(text)), run(doc.Ref{Target: "x", Text: "Section " + s}),
	}
	var blocks []doc.Block
	for _, r := range runs {
		quote := doc.Quote{Blocks: []doc.Block{doc.Paragraph{Text: r}, doc.List{Items: []doc.Item{{Blocks: []doc.Block{doc.Paragraph{Text: r}}}}}}}
		blocks = append(blocks,
			doc.Paragraph{Text: r}, doc.Heading{Level: 2, Number: "1.1", Text: r}, doc.Heading{Level: 1, Text: r}, quote,
			doc.List{Items: []doc.Item{{Label: s, Blocks: []doc.Block{doc.Paragraph{Text: r}}}, {Blocks: []doc.Block{quote}}}},
			doc.Table{Columns: []doc.Column{{Head: r}, {Head: r}}, Rows: []doc.Row{{Cells: []doc.Cell{r, r}}, {Cells: []doc.Cell{r, r}, Total: true}}},
			doc.Signature{Party: r, LegalName: r, Name: r, Title: r},
			doc.Paragraph{Text: append(append(run(a, doc.LineBreak{}), r...), doc.LineBreak{}, z)},
		)
	}
	return append(blocks, doc.Heading{Level: 3, Number: s, Text: run(text)})
}

func TestLawOfCorpora(t *testing.T) {
	cmark, noCmark := exec.LookPath("cmark-gfm")
	list := corpora(t)
	for _, s := range list {
		blocks := everywhere(s)
		checkLaw(t, blocks)
		if noCmark == nil {
			secondOpinion(t, cmark, blocks)
		}
	}
	t.Logf("%d strings", len(list))
}

func TestLawOfHostileTexts(t *testing.T) {
	for _, s := range hostile {
		checkLaw(t, everywhere(s))
	}
}
