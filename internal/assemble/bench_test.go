package assemble_test

import (
	"testing"

	"concordat/clauses"
	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/markdown"
	"concordat/templates"
)

// builtIn is the built-in library and layout, compiled.
func builtIn(b testing.TB) *assemble.Assembler {
	b.Helper()
	library, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || list.HasErrors() {
		b.Fatal(err, printed(list))
	}
	layout, list, err := clause.LoadLayout(templates.FS, "templates/", "cyber-constitution.md")
	if err != nil || list.HasErrors() {
		b.Fatal(err, printed(list))
	}
	a, list := assemble.New(library, layout)
	if list.HasErrors() {
		b.Fatal(printed(list))
	}
	return a
}

func BenchmarkAssemble(b *testing.B) {
	a, ag := builtIn(b), example(b)
	b.ReportAllocs()
	for b.Loop() {
		a.Assemble(ag, assemble.Options{Draft: true})
	}
}

func BenchmarkWriteMarkdown(b *testing.B) {
	d, _, _ := builtIn(b).Assemble(example(b), assemble.Options{Draft: true})
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(len(markdown.Write(d))))
	}
}
