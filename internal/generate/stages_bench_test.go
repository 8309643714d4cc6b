package generate_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"concordat/internal/agreement"
	"concordat/internal/doc"
	"concordat/internal/generate"
	"concordat/internal/markdown"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

// The stages of one agreement out of many, each by itself: the firm of five people
// under the short preset, with what all agreements share made before.

const benchFile = "../../examples/accounting-firm.yaml"

// benchText is the text of the agreement file of the stages.
func benchText(b *testing.B) []byte {
	b.Helper()
	text, err := os.ReadFile(benchFile)
	if err != nil {
		b.Fatal(err)
	}
	return []byte(strings.Replace(string(text), "\nparties:", "\nclauses: {preset: short}\nparties:", 1))
}

func benchRead(b *testing.B, r *workspace.Reader, text []byte) *workspace.Resolved {
	resolved, list, err := r.Read(source.New(benchFile, text))
	if err != nil || resolved == nil {
		b.Fatalf("%v\n%s", err, printed(list))
	}
	return resolved
}

func benchDocument(b *testing.B) (*generate.Generator, doc.Document) {
	b.Helper()
	g := newGenerator(b)
	checked, list := g.CheckTree(benchRead(b, workspace.NewReader(), benchText(b)).Tree)
	if checked == nil {
		b.Fatal(printed(list))
	}
	return g, checked.Document
}

func BenchmarkRead(b *testing.B) {
	text, r := benchText(b), workspace.NewReader()
	benchRead(b, r, text)
	b.ReportAllocs()
	for b.Loop() {
		benchRead(b, r, text)
	}
}

func BenchmarkLoadTree(b *testing.B) {
	g := newGenerator(b)
	tree := benchRead(b, workspace.NewReader(), benchText(b)).Tree
	b.ReportAllocs()
	for b.Loop() {
		if a, list := agreement.LoadTree(tree, g.Frameworks()); a == nil {
			b.Fatal(printed(list))
		}
	}
}

func BenchmarkWriteMarkdown(b *testing.B) {
	_, document := benchDocument(b)
	b.SetBytes(int64(len(markdown.Write(document))))
	b.ReportAllocs()
	for b.Loop() {
		markdown.Write(document)
	}
}

// otherCustomer is a document in which no value of the customer's own file is that of
// another one's: the most that customers of one provider can differ.
func otherCustomer(d doc.Document, number int) doc.Document {
	d.Blocks = doc.MapInlines(d.Blocks, func(text []doc.Inline) []doc.Inline { return otherValues(text, " "+strconv.Itoa(number)) })
	return d
}

func otherValues(text []doc.Inline, suffix string) []doc.Inline {
	var other []doc.Inline
	for _, in := range text {
		switch x := in.(type) {
		case doc.Text:
			if x.Origin.File != nil && x.Origin.File.Name() == benchFile {
				x.Value += suffix
			}
			in = x
		case doc.Strong:
			in = doc.Strong{Text: otherValues(x.Text, suffix)}
		case doc.Emphasis:
			in = doc.Emphasis{Text: otherValues(x.Text, suffix)}
		}
		other = append(other, in)
	}
	return other
}

// BenchmarkWriterOtherCustomer writes another customer's document each time.
func BenchmarkWriterOtherCustomer(b *testing.B) {
	_, document := benchDocument(b)
	w := markdown.NewWriter()
	b.SetBytes(int64(len(w.Write(document))))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		other := otherCustomer(document, i)
		b.StartTimer()
		w.Write(other)
	}
}

// BenchmarkWriterSame writes a document that was written before.
func BenchmarkWriterSame(b *testing.B) {
	_, document := benchDocument(b)
	w := markdown.NewWriter()
	b.SetBytes(int64(len(w.Write(document))))
	b.ReportAllocs()
	for b.Loop() {
		w.Write(document)
	}
}

// TestWriterOfExamples writes the examples in all forms by one writer, and their blocks
// in other orders, and compares the bytes with those that are read back as a whole.
func TestWriterOfExamples(t *testing.T) {
	g, w, random := newGenerator(t), markdown.NewWriter(), rand.New(rand.NewPCG(1, 2))
	for _, id := range examples {
		full, list := g.CheckTree(resolve(t, id))
		if full == nil {
			t.Fatal(printed(list))
		}
		for _, d := range []doc.Document{otherCustomer(full.Document, 1), otherCustomer(full.Document, 2), full.Document, short(t, g, id).Document} {
			for range 3 {
				if got, want := w.Write(d), markdown.Write(d); !bytes.Equal(got, want) {
					t.Fatalf("%s is written in another way", id)
				}
				blocks := slices.Clone(d.Blocks)
				random.Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
				d.Blocks = blocks[:len(blocks)*3/4]
			}
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	_, document := benchDocument(b)
	encoded, err := doc.Encode(document)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(encoded)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := doc.Encode(document); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAppendEncoded keeps its buffer, as whoever encodes many documents.
func BenchmarkAppendEncoded(b *testing.B) {
	_, document := benchDocument(b)
	var buffer []byte
	b.ReportAllocs()
	for b.Loop() {
		encoded, err := doc.AppendEncoded(buffer[:0], document)
		if err != nil {
			b.Fatal(err)
		}
		buffer = encoded
	}
}

func BenchmarkDecode(b *testing.B) {
	_, document := benchDocument(b)
	encoded, err := doc.Encode(document)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(encoded)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := doc.Decode(encoded); err != nil {
			b.Fatal(err)
		}
	}
}
