package agreement_test

import (
	"testing"

	"concordat/internal/agreement"
	"concordat/internal/framework"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/internal/yamlsrc"
)

// BenchmarkManufacturer checks the largest example, parsed and merged with its
// shared files already.
func BenchmarkManufacturer(b *testing.B) {
	f, err := source.Read("../../examples/manufacturer-cmmc.yaml", yamlsrc.MaxSize)
	if err != nil {
		b.Fatal(err)
	}
	resolved, list, err := workspace.NewReader().Read(f)
	if err != nil || resolved == nil {
		b.Fatal(err, list)
	}
	set, err := framework.Load()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if a, list := agreement.LoadTree(resolved.Tree, set); a == nil {
			b.Fatal(list)
		}
	}
}
