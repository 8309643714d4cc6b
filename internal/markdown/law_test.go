package markdown

import (
	"flag"
	"math/rand/v2"
	"reflect"
	"testing"

	"concordat/internal/doc"
	"concordat/internal/source"
)

// checkLaw holds Write and Flatten to their laws; Write itself panics where
// the written text reads back differently.
func checkLaw(t *testing.T, blocks []doc.Block) {
	t.Helper()
	flat := Flatten(blocks)
	if where := difference(flat, Flatten(flat)); where != "" {
		t.Fatalf("Flatten is not idempotent: %s\n%+v", where, blocks)
	}
	text := render(flat)
	back, diags := Parse(source.New("x.md", text))
	if len(diags) > 0 {
		t.Fatalf("%s %s\n%q\n%s", diags[0].Span, diags[0].Message, text, text)
	}
	if where := difference(flat, back); where != "" {
		t.Fatalf("reads back differently: %s\n%q\n%s", where, text, text)
	}
	written := Write(doc.Document{Blocks: blocks})
	if again := Write(doc.Document{Blocks: flat}); string(again) != string(written) {
		t.Fatalf("Write(Flatten(d)) differs from Write(d):\n%s\n---\n%s", again, written)
	}
}

// checkJSON holds doc.Encode and doc.Decode to their law with these documents,
// which know more places for hostile texts than that package's own tests.
func checkJSON(t *testing.T, blocks []doc.Block) {
	t.Helper()
	d := doc.Document{Meta: doc.Meta{Paper: doc.A4}, Blocks: blocks}
	encoded, err := doc.Encode(d)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := doc.Decode(encoded)
	want := doc.MapInlines(blocks, joined)
	got := doc.MapInlines(decoded.Blocks, func(text []doc.Inline) []doc.Inline { return text })
	if err != nil || !reflect.DeepEqual(d.Meta, decoded.Meta) || !reflect.DeepEqual(want, got) {
		t.Fatalf("Decode(Encode(d)) is not d with one text for several beside each other: %v\n%s", err, encoded)
	}
}

// joined is a run in which texts beside each other are one.
func joined(text []doc.Inline) []doc.Inline {
	var all []doc.Inline
	for _, in := range text {
		switch x := in.(type) {
		case doc.Text:
			if n := len(all); n > 0 {
				if before, ok := all[n-1].(doc.Text); ok {
					all[n-1] = doc.Text{Value: before.Value + x.Value}
					continue
				}
			}
		case doc.Strong:
			in = doc.Strong{Text: joined(x.Text)}
		case doc.Emphasis:
			in = doc.Emphasis{Text: joined(x.Text)}
		case doc.Link:
			in = doc.Link{Dest: x.Dest, Text: joined(x.Text)}
		}
		all = append(all, in)
	}
	return all
}

var documents = flag.Int("documents", 1000, "random documents to hold to the laws")

func TestLawOfRandomDocuments(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range *documents {
		c := choices{randomBytes(random, 400)}
		blocks := c.blocks(0)
		checkLaw(t, blocks)
		checkJSON(t, blocks)
	}
}

func randomBytes(random *rand.Rand, n int) []byte {
	data := make([]byte, n)
	for i := range data {
		data[i] = byte(random.Uint32())
	}
	return data
}

func FuzzFlattenLaw(f *testing.F) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		f.Add(randomBytes(random, 200))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := choices{data}
		blocks := c.blocks(0)
		checkLaw(t, blocks)
		checkJSON(t, blocks)
	})
}
