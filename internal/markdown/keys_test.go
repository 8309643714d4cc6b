package markdown

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"concordat/internal/doc"
	"concordat/internal/source"
)

// shapeOf is the shape of a text and of blocks, and whether something follows from it.
func shapeOf(text string, blocks []doc.Block) (string, bool) {
	var k keys
	sure := k.shape(text, func() { k.blocks(blocks) })
	return string(k.out), sure
}

// otherLetters is text with the next of words in the place of each row of letters.
func otherLetters(text string, words func() string) string {
	var b strings.Builder
	inWord := false
	for i, r := range text {
		switch {
		case !unicode.IsLetter(r):
			b.WriteString(text[i : i+len(string(r))])
		case !inWord:
			b.WriteString(words())
		}
		inWord = unicode.IsLetter(r)
	}
	return b.String()
}

// TestShapes holds what a Writer takes for sure: of two texts of one shape, whatever
// Markdown they are, the second reads as the first with other letters.
func TestShapes(t *testing.T) {
	pieces := []string{
		"a", "b", "word", "é", "Łódź", "www", "http", "amp", "1", "23", " ", " ", " ", "  ", "    ", "\n", "\n\n", "\n\n", ".", ")", "1. ", "- ", "* ", "+ ", "> ", "# ", "## ",
		"*", "**", "_", "__", "\\", "\\\n", "|", "| ", "| --- |\n", "| --- | --- |\n", "---", "===", "___", "!", "[", "](", "](http://b)", ":", "://", "<", ">", "/", "&", "& ", ";", "`", "~~~", "``", "#", "\u00a0", "\u0301", "\u200b", "…", "’",
	}
	others := []string{"a", "B", "é", "amp", "http", "mailto", "br", "script", "x", "www", "Łódź", "quite", "日本"}
	random := rand.New(rand.NewPCG(21, 22))
	read := func(text string) ([]doc.Block, bool) {
		blocks, diags := Parse(source.New("x.md", []byte(text)))
		return blocks, len(diags) == 0
	}
	said := 0
	for range 40 * *documents {
		var b strings.Builder
		for range 1 + random.IntN(14) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		text := b.String()
		blocks, ok := read(text)
		shape, sure := shapeOf(text, blocks)
		if !ok || !sure {
			continue
		}
		seed := random.Uint64()
		words := func() func() string {
			r := rand.New(rand.NewPCG(seed, 1))
			return func() string { return others[r.IntN(len(others))] }
		}
		text = otherLetters(text, words())
		next := words()
		other := doc.MapInlines(blocks, func(text []doc.Inline) []doc.Inline { return otherTexts(text, next) })
		if again, sure := shapeOf(text, other); !sure || again != shape {
			t.Fatalf("%q has another shape than %q, or none", text, b.String())
		}
		back, ok := read(text)
		if where := difference(other, back); !ok || where != "" {
			t.Fatalf("%q has the shape of %q, and is read in another way: %s", text, b.String(), where)
		}
		said++
	}
	if said < *documents {
		t.Errorf("nothing followed from the shapes of all but %d texts", said)
	}
}

func otherTexts(text []doc.Inline, words func() string) []doc.Inline {
	other := make([]doc.Inline, len(text))
	for i, in := range text {
		switch in := in.(type) {
		case doc.Text:
			other[i] = doc.Text{Value: otherLetters(in.Value, words)}
		case doc.Strong:
			other[i] = doc.Strong{Text: otherTexts(in.Text, words)}
		case doc.Emphasis:
			other[i] = doc.Emphasis{Text: otherTexts(in.Text, words)}
		case doc.Link:
			dest := in.Dest // after the words of the link in the text
			inner := otherTexts(in.Text, words)
			other[i] = doc.Link{Dest: otherLetters(dest, words), Text: inner}
		default:
			other[i] = in
		}
	}
	return other
}

// TestShapesTellApart holds that what does not say the same is not sure: a text with
// other words than it was written of, in another order, divided in another way, or with
// characters after which letters matter.
func TestShapesTellApart(t *testing.T) {
	blocks := func(text ...doc.Inline) []doc.Block { return []doc.Block{para(text...)} }
	text := func(value string) doc.Inline { return doc.Text{Value: value} }
	shape, sure := shapeOf("**Ann Lee** pays 5.", blocks(doc.Strong{Text: words("Ann Lee")}, text(" pays 5.")))
	if !sure {
		t.Fatal("nothing follows from a shape")
	}
	for _, c := range []struct {
		name, text string
		blocks     []doc.Block
		same       bool
	}{
		{"other words", "**Bo Łukasz** owes 5.", blocks(doc.Strong{Text: words("Bo Łukasz")}, text(" owes 5.")), true},
		{"another word", "**Bo Li** pays 5.", blocks(doc.Strong{Text: words("Bo Lu")}, text(" pays 5.")), false},
		{"another order", "**Lee Ann** pays 5.", blocks(doc.Strong{Text: words("Ann Lee")}, text(" pays 5.")), false},
		{"divided", "**An nLee** pays 5.", blocks(doc.Strong{Text: words("Ann Lee")}, text(" pays 5.")), false},
		{"a word less", "**Ann Lee** pays 5.", blocks(doc.Strong{Text: words("Ann")}, text(" pays 5.")), false},
		{"another number", "**Ann Lee** pays 6.", blocks(doc.Strong{Text: words("Ann Lee")}, text(" pays 6.")), false},
		{"a number for another", "**Ann Lee** pays 5.", blocks(doc.Strong{Text: words("Ann Lee")}, text(" pays 6.")), false},
		{"another mark", "_Ann Lee_ pays 5.", blocks(doc.Emphasis{Text: words("Ann Lee")}, text(" pays 5.")), false},
		{"another mark than written", "**Ann Lee** pays 5.", blocks(doc.Emphasis{Text: words("Ann Lee")}, text(" pays 5.")), false},
		{"no mark", "**Ann Lee** pays 5.", blocks(text("Ann Lee pays 5.")), false},
		{"another block", "**Ann Lee** pays 5.", []doc.Block{doc.Heading{Level: 1, Text: []doc.Inline{doc.Strong{Text: words("Ann Lee")}, text(" pays 5.")}}}, false},
	} {
		got, sure := shapeOf(c.text, c.blocks)
		if same := sure && got == shape; same != c.same {
			t.Errorf("%s: %v", c.name, same)
		}
	}
	for _, written := range []string{"&amp;", "&a", "&#65;", "<b>", "[a](http://b)", "a\x00", "a\xff"} {
		if _, sure := shapeOf(written, blocks(text(written))); sure {
			t.Errorf("something followed from the shape of %q", written)
		}
	}
	if _, sure := shapeOf("A & B", blocks(text("A & B"))); !sure {
		t.Error("nothing followed from the shape of an ampersand between spaces")
	}
}

// TestWriterOfOtherWords holds that a Writer is sure of a document that differs from
// one before in the letters of its words, and of no other.
func TestWriterOfOtherWords(t *testing.T) {
	w := NewWriter()
	shapes := func(name, sum string) (n int) {
		row := doc.Row{Cells: []doc.Cell{words(name), {doc.Strong{Text: words("pays")}, doc.Text{Value: " " + sum}}}}
		checkRemembering(t, w, []doc.Block{
			doc.Heading{Level: 3, Number: "1", Text: words(name)}, para(doc.Text{Value: "To "}, doc.Emphasis{Text: words(name)}, doc.Text{Value: "."}),
			doc.List{Items: []doc.Item{{Label: "(a)", Blocks: []doc.Block{para(doc.Text{Value: name + " & son"})}}}},
			doc.Table{Columns: make([]doc.Column, 2), Rows: []doc.Row{row, {Cells: row.Cells, Total: true}}}, para(doc.Text{Value: "the end"}),
		})
		for key := range w.recent {
			if key[0] == '=' {
				n++
			}
		}
		return n
	}
	if n := shapes("Ann Lee", "5.00"); n != 5 {
		t.Errorf("%d shapes of a heading, a paragraph, a list and two rows", n)
	}
	if n := shapes("Łucja Sánchez", "5.00"); n != 5 {
		t.Errorf("%d shapes after other names", n)
	}
	if n := shapes("Bo Li", "6.00"); n != 7 {
		t.Errorf("%d shapes after another sum in two rows", n)
	}
}
