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
	if decoded, err := doc.Decode(encoded); err != nil || !reflect.DeepEqual(d, decoded) {
		t.Fatalf("Decode(Encode(d)) is not d: %v\n%s", err, encoded)
	}
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
