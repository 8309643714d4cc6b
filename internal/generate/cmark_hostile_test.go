package generate_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"concordat/internal/doc"
	"concordat/internal/markdown"
	"concordat/internal/source"
)

// TestWrittenFilesSecondOpinion reads the files that are written of all examples
// and small agreements, in all layouts, with another parser of Markdown: what it
// sees is what ours sees. The other parser finds no links in bare words, which
// is an extension that files can be read with.
func TestWrittenFilesSecondOpinion(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	cmark := cmarkGFM(t)
	g := newGenerator(t)
	layouts, err := g.Layouts()
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, id := range layouts {
		g, list, err := g.WithLayout(id)
		if err != nil || g == nil {
			t.Fatalf("%s: %v\n%s", id, err, printed(list))
		}
		for _, p := range paths(t) {
			checked, list := g.CheckTree(p.tree)
			if checked == nil {
				t.Fatalf("%s:\n%s", p.name, printed(list))
			}
			secondOpinion(t, cmark, p.name+", "+id, markdown.Write(checked.Document))
			files++
		}
	}
	t.Logf("%d files", files)
}

// cmarkGFM is the path of the other parser. A machine that tests all changes
// must have it.
func cmarkGFM(t *testing.T) string {
	t.Helper()
	cmark, err := exec.LookPath("cmark-gfm")
	switch {
	case err == nil:
	case os.Getenv("CI") == "true":
		t.Fatal("cmark-gfm is not installed")
	default:
		t.Skip("cmark-gfm is not installed")
	}
	return cmark
}

// secondOpinion compares what two parsers see in a written file.
func secondOpinion(t *testing.T, cmark, name string, written []byte) {
	t.Helper()
	cmd := exec.Command(cmark, "-e", "table", "-t", "xml")
	cmd.Stdin = bytes.NewReader(written)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := seenByCmark(out)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	blocks, list := markdown.Parse(source.New(name, written))
	if len(list) > 0 {
		t.Fatalf("%s:\n%s", name, printed(list))
	}
	ours := &seen{}
	ours.blocks(blocks)
	if got := ours.String(); got != theirs {
		t.Errorf("%s: ours is \"got\", the other parser's \"want\": %s", name, firstDifference(got, theirs))
	}
}

// seen is what a parser saw, a line for each beginning, end and text.
type seen struct {
	strings.Builder
	text string
}

func (s *seen) flush() {
	if s.text != "" {
		fmt.Fprintf(s, "%q\n", s.text)
		s.text = ""
	}
}

func (s *seen) open(format string, args ...any) {
	s.flush()
	fmt.Fprintf(s, format+"\n", args...)
}

func (s *seen) close(name string) {
	s.flush()
	s.WriteString("end " + name + "\n")
}

func (s *seen) blocks(blocks []doc.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case doc.Heading:
			s.open("heading %d", b.Level)
			s.inlines(b.Text)
			s.close("heading")
		case doc.Paragraph:
			s.open("paragraph")
			s.inlines(b.Text)
			s.close("paragraph")
		case doc.List:
			s.open("list ordered=%t", b.Ordered)
			for _, item := range b.Items {
				s.open("item")
				s.blocks(item.Blocks)
				s.close("item")
			}
			s.close("list")
		case doc.Table:
			s.open("table")
			s.open("table_header")
			for _, c := range b.Columns {
				s.cell(c.Head, " "+[]string{doc.Left: "left", doc.Center: "center", doc.Right: "right"}[c.Align])
			}
			s.close("table_header")
			for _, row := range b.Rows {
				s.open("table_row")
				for _, c := range row.Cells {
					s.cell(c, "")
				}
				s.close("table_row")
			}
			s.close("table")
		case doc.Quote:
			s.open("block_quote")
			s.blocks(b.Blocks)
			s.close("block_quote")
		case doc.PageBreak:
			s.open("thematic_break")
			s.close("thematic_break")
		default:
			panic(fmt.Sprintf("a written file has no %T", b))
		}
	}
}

func (s *seen) cell(text []doc.Inline, align string) {
	s.open("table_cell%s", align)
	s.inlines(text)
	s.close("table_cell")
}

func (s *seen) inlines(text []doc.Inline) {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			s.text += in.Value
		case doc.Strong:
			s.open("strong")
			s.inlines(in.Text)
			s.close("strong")
		case doc.Emphasis:
			s.open("emph")
			s.inlines(in.Text)
			s.close("emph")
		case doc.Link:
			s.open("link %s", in.Dest)
			s.inlines(in.Text)
			s.close("link")
		case doc.LineBreak:
			s.open("linebreak")
			s.close("linebreak")
		default:
			panic(fmt.Sprintf("a written file has no %T", in))
		}
	}
}

// seenByCmark is what the other parser saw, of its XML.
func seenByCmark(data []byte) (string, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	s := &seen{}
	inText, inHeader := false, false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return s.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch token := token.(type) {
		case xml.StartElement:
			attrs := map[string]string{}
			for _, a := range token.Attr {
				attrs[a.Name.Local] = a.Value
			}
			switch name := token.Name.Local; name {
			case "document":
			case "text":
				inText = true
			case "softbreak":
				s.text += " "
			case "heading":
				s.open("heading %s", attrs["level"])
			case "list":
				s.open("list ordered=%t", attrs["type"] == "ordered")
			case "link":
				s.open("link %s", attrs["destination"])
			case "table_header":
				inHeader = true
				s.open(name)
			case "table_cell":
				align := ""
				if inHeader {
					if align = " " + attrs["align"]; align == " " {
						align = " left"
					}
				}
				s.open(name + align)
			default:
				s.open(name)
			}
		case xml.EndElement:
			switch name := token.Name.Local; name {
			case "document", "softbreak":
			case "text":
				inText = false
			case "table_header":
				inHeader = false
				s.close(name)
			default:
				s.close(name)
			}
		case xml.CharData:
			if inText {
				s.text += string(token)
			}
		default:
		}
	}
}
