package generate_test

import "testing"

// BenchmarkCheckManufacturer examines the largest example.
func BenchmarkCheckManufacturer(b *testing.B) {
	g, tree := newGenerator(b), resolve(b, "manufacturer-cmmc")
	b.ReportAllocs()
	for b.Loop() {
		if checked, list := g.CheckTree(tree); checked == nil {
			b.Fatal(printed(list))
		}
	}
}
