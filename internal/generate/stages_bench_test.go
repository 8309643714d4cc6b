package generate_test

import (
	"os"
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
