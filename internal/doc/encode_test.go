package doc

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// random makes documents of every kind of block, with texts that JSON escapes.
type random struct{ *rand.Rand }

var escaped = []string{
	"", "a", "words of a clause", `"`, `\`, "</script>", "a & b", "\u2028", "x\u2029y", "\u2027\u202a", "Łódź", "日本", "\U0001F600", "\x00", "\x01\b\f\n\r\t\x1f ", "\x7f", "\u0080", "\ufffd", "é\"", "\\u0041",
}

func (r random) text() string {
	var b strings.Builder
	for range r.IntN(3) {
		b.WriteString(escaped[r.IntN(len(escaped))])
	}
	return b.String()
}

func (r random) inlines(depth int) []Inline {
	var text []Inline
	for range r.IntN(4) {
		switch n := r.IntN(9); {
		case n == 0 && depth < 4:
			text = append(text, Strong{Text: r.inlines(depth + 1)})
		case n == 1 && depth < 4:
			text = append(text, Emphasis{Text: r.inlines(depth + 1)})
		case n == 2 && depth < 4:
			text = append(text, Link{Dest: r.text(), Text: r.inlines(depth + 1)})
		case n == 3:
			text = append(text, Ref{Target: r.text(), Text: r.text()})
		case n == 4:
			text = append(text, LineBreak{})
		default:
			text = append(text, Text{Value: r.text()})
		}
	}
	return text
}

func (r random) blocks(depth int) []Block {
	blocks := make([]Block, 0, 4)
	for range r.IntN(4) {
		switch n := r.IntN(8); {
		case n == 0:
			blocks = append(blocks, Heading{Level: r.IntN(5), Number: r.text(), Anchor: r.text(), Text: r.inlines(0)})
		case n == 1 && depth < 40:
			list := List{Ordered: r.IntN(2) == 0}
			for range r.IntN(4) {
				list.Items = append(list.Items, Item{Label: r.text(), Blocks: r.blocks(depth + 1)})
			}
			blocks = append(blocks, list)
		case n == 2:
			var t Table
			for range r.IntN(3) {
				t.Columns = append(t.Columns, Column{Head: r.inlines(0), Align: Align(r.IntN(3)), Weight: r.IntN(3)})
			}
			for range r.IntN(3) {
				row := Row{Total: r.IntN(2) == 0}
				for range r.IntN(3) {
					row.Cells = append(row.Cells, r.inlines(0))
				}
				t.Rows = append(t.Rows, row)
			}
			blocks = append(blocks, t)
		case n == 3 && depth < 40:
			blocks = append(blocks, Quote{Blocks: r.blocks(depth + 1)})
		case n == 4:
			blocks = append(blocks, Signature{Party: r.inlines(0), LegalName: r.inlines(0), Name: r.inlines(0), Title: r.inlines(0), Witnessed: r.IntN(2) == 0})
		case n == 5:
			blocks = append(blocks, PageBreak{})
		default:
			blocks = append(blocks, Paragraph{Text: r.inlines(0)})
		}
	}
	return blocks
}

func (r random) document() Document {
	return Document{
		Meta: Meta{
			ID: r.text(), Title: r.text(), Version: r.text(), Language: r.text(), Provider: r.text(), Customer: r.text(), Effective: r.text(),
			Paper: Letter + Paper(r.IntN(2)), Draft: r.IntN(2) == 0, Compact: r.IntN(2) == 0,
		},
		Blocks: r.blocks(0),
	}
}

// TestEncodeAsTheLibrary compares Encode with the encoder of the standard library,
// byte for byte and error for error.
func TestEncodeAsTheLibrary(t *testing.T) {
	deepBlocks, deepText := []Block{PageBreak{}}, []Inline{Text{Value: "a"}}
	emptyBlocks, emptyText := []Block(nil), []Inline(nil)
	for range maxDepth + 1 {
		deepBlocks, deepText = []Block{Quote{Blocks: deepBlocks}}, []Inline{Strong{Text: deepText}}
		emptyBlocks, emptyText = []Block{List{Items: []Item{{Blocks: emptyBlocks}}}}, []Inline{Link{Text: emptyText}}
	}
	meta := Meta{Paper: A4}
	documents := []Document{
		everyKind, {}, {Meta: meta},
		{Meta: meta, Blocks: deepBlocks}, {Meta: meta, Blocks: deepBlocks[0].(Quote).Blocks},
		{Meta: meta, Blocks: emptyBlocks}, {Meta: meta, Blocks: emptyBlocks[0].(List).Items[0].Blocks},
		{Meta: meta, Blocks: []Block{Paragraph{Text: deepText}}}, {Meta: meta, Blocks: []Block{Paragraph{Text: deepText[0].(Strong).Text}}},
		{Meta: meta, Blocks: []Block{Paragraph{Text: emptyText}}}, {Meta: meta, Blocks: []Block{Paragraph{Text: emptyText[0].(Link).Text}}},
		{Meta: Meta{Title: "a\xff", Paper: 7}, Blocks: []Block{Table{Columns: []Column{{Align: 9, Head: []Inline{Text{Value: "\xc0"}}}}}}},
		{Meta: meta, Blocks: []Block{Table{Columns: []Column{{Align: 9, Head: []Inline{Text{Value: "\xc0"}}}}}}},
		{Meta: meta, Blocks: []Block{Heading{Anchor: "\xff", Text: []Inline{Link{Dest: "\xed\xa0\x80"}}}}},
		{Meta: meta, Blocks: []Block{List{Items: []Item{{Label: "ok"}, {Label: "\xf4\x90\x80\x80"}}}, Paragraph{Text: []Inline{Ref{Target: "\xff"}}}}},
	}
	for c := range 256 {
		documents = append(documents, Document{Meta: Meta{Paper: A4, Title: "a" + string([]byte{byte(c)}) + "b"}})
	}
	r := random{rand.New(rand.NewPCG(5, 6))}
	for range 3000 {
		documents = append(documents, r.document())
	}
	for _, d := range documents {
		want, wantErr := encodeByLibrary(d)
		got, err := Encode(d)
		if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Fatalf("error %v, expected %v", err, wantErr)
		}
		if string(got) != string(want) {
			t.Fatalf("%s\nexpected\n%s", got, want)
		}
		if after, err := AppendEncoded([]byte("before"), d); err == nil && string(after) != "before"+string(want) {
			t.Fatalf("after other bytes\n%s\nexpected\n%s", after, want)
		}
	}
}
