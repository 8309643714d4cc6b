package workspace

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

func TestValues(t *testing.T) {
	f := source.New("a.yaml", []byte(`term: {end: 2028-12-31}
lines:
  - {id: B-1, charges: [{amount: 1}, {amount: 2, years: [3, 4]}], name: one}
  - {name: two}
  - {id: [x], name: three}
tags: []
last: "5"
`))
	tree, list := yamlsrc.Parse(f.Span(0, len(f.Text())), yamlsrc.Options{})
	if tree == nil {
		t.Fatal(list)
	}
	var got [][2]string
	for _, v := range (&Resolved{Tree: tree}).Values() {
		got = append(got, [2]string{v.Path, v.Text})
		if v.File != f {
			t.Errorf("%s is of file %v", v.Path, v.File)
		}
	}
	want := [][2]string{
		{"term.end", "2028-12-31"},
		{"lines[B-1].id", "B-1"},
		{"lines[B-1].charges[0].amount", "1"},
		{"lines[B-1].charges[1].amount", "2"},
		{"lines[B-1].charges[1].years[0]", "3"},
		{"lines[B-1].charges[1].years[1]", "4"},
		{"lines[B-1].name", "one"},
		{"lines[1].name", "two"},
		{"lines[2].id[0]", "x"},
		{"lines[2].name", "three"},
		{"last", "5"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
