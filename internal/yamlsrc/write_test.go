package yamlsrc

import (
	"fmt"
	"reflect"
	"testing"

	"concordat/internal/source"
)

// checkWrite asserts that a text without errors is written as a tree that
// decodes to the same values and is written the same again.
func checkWrite(t testing.TB, text string) {
	t.Helper()
	f := source.New("f.yaml", []byte(text))
	var a, b sample
	root, list := Parse(f.Span(0, len(text)), Options{})
	if root == nil {
		return
	}
	if _, problems := root.Decode(&a, Options{}); append(list, problems...).HasErrors() {
		return
	}
	line := func(n *Node) string { return fmt.Sprintf("f.yaml:%d # \"'", f.Position(n.Span.Start).Line) }
	written := root.Write(line)
	if len(written) > MaxSize {
		return
	}
	g := source.New("g.yaml", []byte(written))
	again, list := Parse(g.Span(0, len(written)), Options{})
	if again == nil {
		t.Errorf("%q is written as\n%s\nwhich cannot be read: %s", text, written, printed(list))
		return
	}
	if _, list = again.Decode(&b, Options{}); list.HasErrors() || !reflect.DeepEqual(a, b) {
		t.Errorf("%q is written as\n%s\nwhich reads as %+v\n%s", text, written, b, printed(list))
	}
	if none := func(*Node) string { return "" }; root.Write(none) != again.Write(none) {
		t.Errorf("%q is not written the same again", text)
	}
	if !validPlaces(root) {
		t.Errorf("%q has a place outside", text)
	}
}

// validPlaces reports whether all spans of a tree are valid.
func validPlaces(n *Node) bool {
	if !n.Span.Valid() || n.Span.IsZero() {
		return false
	}
	for _, f := range n.Fields {
		if !f.Key.Span.Valid() || !validPlaces(f.Value) {
			return false
		}
	}
	for _, item := range n.Items {
		if !validPlaces(item) {
			return false
		}
	}
	return true
}

func TestWrite(t *testing.T) {
	text := `schema: 'it''s # one'
customer:
  phone: "+1"
  address: |-
    12 Street
    Town "x" \ y
  fee: 10.50
start: 2027-01-01
lines: []
tags: [a, "010", "true"]
remarks: ["one\ntwo"]
counts: [1, 2]
nested: [[a], [b, c]]
draft: true
seats: 3
note: "a\u00a0b\u2028c"
`
	f := source.New("f.yaml", []byte(text))
	root, list := Parse(f.Span(0, len(text)), Options{})
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	got := root.Write(func(n *Node) string { return fmt.Sprint("line ", f.Position(n.Span.Start).Line) })
	want := `schema: "it's # one" # line 1
customer:
  phone: "+1" # line 3
  address: "12 Street\nTown \"x\" \\ y" # line 4
  fee: 10.50 # line 7
start: 2027-01-01 # line 8
lines: [] # line 9
tags: ["a", "010", "true"] # line 10
remarks: ["one\ntwo"] # line 11
counts: [1, 2] # line 12
nested:
  - ["a"] # line 13
  - ["b", "c"] # line 13
draft: true # line 14
seats: 3 # line 15
note: "a` + "\u00a0" + `b\U00002028c" # line 16
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	checkWrite(t, text)
}

// A tree of several files decodes with the places of each.
func TestDecodeTree(t *testing.T) {
	parse := func(name, text string) *Node {
		f := source.New(name, []byte(text))
		root, list := Parse(f.Span(0, len(text)), Options{})
		if len(list) > 0 {
			t.Fatal(printed(list))
		}
		return root
	}
	a, b := parse("a.yaml", "seats: 3\ntags: [x]\n"), parse("b.yaml", "\nschema: s\ndraft: maybe\n")
	joined := b.WithFields(append(append([]Field{}, a.Fields...), b.Fields...))
	joined.Fields[0].Value = joined.Fields[0].Value.Plain("7")
	var dst sample
	positions, list := joined.Decode(&dst, Options{})
	if dst.Seats != 7 || dst.Schema != "s" || len(dst.Tags) != 1 {
		t.Errorf("%+v", dst)
	}
	for path, want := range map[string]string{"Seats": "a.yaml:1:8", "Tags": "a.yaml:2:1", "Tags[0]": "a.yaml:2:8", "Schema": "b.yaml:2:9", "": "b.yaml:1:1"} {
		if got, _ := positions.Value(path); got.String() != want {
			t.Errorf("%q stands at %s, want %s", path, got, want)
		}
	}
	if len(list) != 1 || list[0].Span.String() != "b.yaml:3:8" {
		t.Errorf("%s", printed(list))
	}
	if files := joined.Files(); len(files) != 2 || files[0].Name() != "b.yaml" || files[1].Name() != "a.yaml" {
		t.Errorf("%d files", len(files))
	}
	if joined.Field("seats").Value != "7" || a.Field("seats").Value != "3" || joined.Field("none") != nil || (*Node)(nil).Field("a") != nil {
		t.Error("a field is not found, or a tree changed")
	}
}

// A hint knows the keys that somebody else reads, in the whole mapping only.
func TestAlso(t *testing.T) {
	text := "uses: [a]\nprovider: {uses: a}\n"
	f := source.New("f.yaml", []byte(text))
	var dst sample
	_, list := Decode(f.Span(0, len(text)), &dst, Options{Also: []string{"use"}})
	if len(list) != 2 || list[0].Hint != `did you mean "use"?` || list[1].Hint == list[0].Hint {
		t.Error(printed(list))
	}
}
