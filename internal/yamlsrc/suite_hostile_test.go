package yamlsrc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"concordat/internal/source"
)

// intents say why a case of the YAML test suite is refused, by the first code.
var intents = map[string]string{
	codeSyntax:         "not YAML",
	codeEncoding:       "characters that hide or reorder text",
	codeEmpty:          "nothing in it",
	codeDirective:      "directives",
	codeSecondDocument: "several documents",
	codeAnchor:         "anchors and aliases",
	codeMergeKey:       "merge keys",
	codeTag:            "tags",
	codeKey:            "keys that are no names",
	codeDuplicateKey:   "keys twice",
	codeKind:           "no mapping",
}

// lenientCases are cases that the suite calls wrong and that are read all the
// same, with the reason.
var lenientCases = map[string]string{
	"9C9N":     "lenient: a list in brackets goes on without indentation",
	"QB6E":     "lenient: a quoted text goes on without indentation",
	"DK95-01":  "lenient: a tabulator indents a quoted text that goes on",
	"Y79Y-003": "lenient: a tabulator indents a list in brackets that goes on",
	"S98Z":     "lenient: an empty block has lines of spaces",
}

// TestYAMLSuiteTable compares what is accepted and refused of the YAML test
// suite, as a file and as the value of a key, with a table that was read in
// review. Nothing that the suite calls wrong is accepted but what the table
// shows; what is accepted is shown as it was read.
func TestYAMLSuiteTable(t *testing.T) {
	names := glob(t, filepath.Join(corpora(t), "yaml-test-suite", "*.yaml"))
	var table strings.Builder
	groups := map[string]int{}
	table.WriteString("# case | YAML test suite says | as a file | as the value of a key | why\n# = what was read, where it was accepted\n")
	for _, name := range names {
		id, kind, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".yaml"), ".")
		text := read(t, name)
		whole, code, said := suiteVerdict(t, text)
		inside, innerCode, innerSaid := (*Node)(nil), codeSecondDocument, "-"
		if value, ok := asValue(text); ok {
			inside, innerCode, innerSaid = suiteVerdict(t, "value:\n"+value)
		}
		intent := "read as it is written"
		if kind == "ok" && code == codeSyntax && innerSaid != "accepted" {
			if !strings.ContainsAny(text, "&*") {
				t.Errorf("%s is YAML, and refused as none", id)
			}
			intent = "anchors and aliases, in forms that the library cannot read"
		}
		lenient, isLenient := lenientCases[id]
		if isLenient != (kind == "bad" && (code == "" || innerCode == "")) {
			t.Errorf("%s: %s, accepted: %t; in the list of such cases: %t", id, kind, code == "" || innerCode == "", isLenient)
		}
		switch {
		case isLenient:
			intent = lenient
		case code == "":
		case innerCode == "":
			intent = "read below a key; as a file: " + intents[code]
		case !strings.HasPrefix(intent, "anchors"):
			intent = intents[code]
		}
		if code != "" && intents[code] == "" || innerCode != "" && intents[innerCode] == "" {
			t.Errorf("%s: no intent for %q, %q", id, code, innerCode)
		}
		groups[kind+": "+intent]++
		fmt.Fprintf(&table, "%s | %s | %s | %s | %s\n", id, kind, said, innerSaid, intent)
		switch {
		case code == "":
			fmt.Fprintf(&table, "  = %s\n", asJSON(t, whole))
		case innerCode == "":
			fmt.Fprintf(&table, "  = %s\n", asJSON(t, inside.Field("value")))
		}
	}
	table.WriteString("\n# cases by intent\n")
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		fmt.Fprintf(&table, "%4d %s\n", groups[g], g)
	}
	if len(names) != 402 {
		t.Errorf("%d cases, expected 402", len(names))
	}
	const golden = "testdata/suite.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(table.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := read(t, golden); want != table.String() {
		got, want := strings.Split(table.String(), "\n"), strings.Split(want, "\n")
		for i := range min(len(got), len(want)) {
			if got[i] != want[i] {
				t.Fatalf("%s:%d:\n%s\nwant\n%s\nto accept it run: go test ./internal/yamlsrc -run TestYAMLSuiteTable -update", golden, i+1, got[i], want[i])
			}
		}
		t.Fatalf("%s: %d lines, expected %d", golden, len(got), len(want))
	}
}

// asValue is a text indented to stand below a key, where that means the same:
// lines that begin or end a document would be words there.
func asValue(text string) (string, bool) {
	var b strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(text, "---\n")) {
		if strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") || strings.HasPrefix(line, "%") {
			return "", false
		}
		if line != "\n" {
			b.WriteString("  ")
		}
		b.WriteString(line)
	}
	return b.String(), true
}

// suiteVerdict is the tree of a text, or the code of its first problem.
func suiteVerdict(t *testing.T, text string) (root *Node, code, said string) {
	t.Helper()
	f := source.New("s.yaml", []byte(text))
	root, list := Parse(f.Span(0, len(text)), Options{})
	switch {
	case list.HasErrors() && root != nil:
		t.Errorf("a tree beside errors: %q", text)
	case !list.HasErrors() && root == nil:
		t.Errorf("no tree and no error: %q", text)
	}
	for _, d := range list {
		if !d.Span.Valid() || d.Span.IsZero() {
			t.Errorf("%s has no place: %q", d.Code, text)
		}
	}
	if list.HasErrors() {
		return nil, list[0].Code, list[0].Code
	}
	return root, "", "accepted"
}

// asJSON is what a tree says; scalars are texts, since types of fields decide
// what they are.
func asJSON(t *testing.T, n *Node) string {
	t.Helper()
	quote := func(s string) string {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(s); err != nil {
			t.Fatal(err)
		}
		return strings.TrimSuffix(b.String(), "\n")
	}
	var parts []string
	switch n.Kind {
	case Scalar:
		return quote(n.Value)
	case Mapping:
		for _, f := range n.Fields {
			parts = append(parts, quote(f.Key.Value)+": "+asJSON(t, f.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case List:
		for _, item := range n.Items {
			parts = append(parts, asJSON(t, item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	default:
		t.Fatalf("a node of kind %v", n.Kind)
		return ""
	}
}
