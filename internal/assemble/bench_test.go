package assemble_test

import (
	"os"
	"strings"
	"testing"

	"concordat/clauses"
	"concordat/internal/agreement"
	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/framework"
	"concordat/internal/markdown"
	"concordat/internal/source"
	"concordat/internal/workspace"
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

// shipped is an agreement of examples/, with the shared files that it uses.
// preset is empty or one that it takes.
func shipped(t testing.TB, id, preset string) *agreement.Agreement {
	t.Helper()
	name := "../../examples/" + id + ".yaml"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if preset != "" {
		text = []byte(strings.Replace(string(text), "\nparties:", "\nclauses: {preset: "+preset+"}\nparties:", 1))
	}
	resolved, list, err := workspace.NewReader().Read(source.New(name, text))
	if err != nil || resolved == nil {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, list := agreement.LoadTree(resolved.Tree, frameworks)
	if list.HasErrors() {
		t.Fatal(printed(list))
	}
	return a
}

// BenchmarkAssemble makes the documents of the accounting firm over and over, as
// a run over many customers does.
func BenchmarkAssemble(b *testing.B) {
	for _, form := range []struct{ name, preset string }{{"full", ""}, {"short", "short"}} {
		b.Run(form.name, func(b *testing.B) {
			a, ag := builtIn(b), shipped(b, "accounting-firm", form.preset)
			b.ReportAllocs()
			for b.Loop() {
				a.Assemble(ag, assemble.Options{Draft: true})
			}
		})
	}
}

func BenchmarkWriteMarkdown(b *testing.B) {
	d, _, _ := builtIn(b).Assemble(example(b), assemble.Options{Draft: true})
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(len(markdown.Write(d))))
	}
}
