package workspace

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"b.yaml":                 "# a comment\n\"schema\": 'concordat/v1' # and another\n",
		"a/c.yml":                "agreement: {}\nschema: concordat/v1\n",
		"a/c.record.yaml":        "schema: concordat/record/v1\n",
		"provider.yaml":          "schema: concordat/shared/v1\n",
		"columns.yaml":           "schema: concordat/map/v1\n",
		"concordat.yaml":         "schema: concordat/workspace/v1\n",
		"later.yaml":             "schema: concordat/v10\n",
		"notes.yaml":             "text:\n  schema: concordat/v1\n",
		"empty.yaml":             "",
		"readme.txt":             "schema: concordat/v1\n",
		".hidden/d.yaml":         "schema: concordat/v1\n",
		"large.yaml":             strings.Repeat("# large\n", 40_000),
		"a.yaml.d/b.yaml/e.yaml": "schema: concordat/v1\n",
	} {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("b.yaml", filepath.Join(dir, "link.yaml")); err != nil {
		t.Fatal(err)
	}
	found, list, err := Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range found {
		names = append(names, f.Path)
	}
	inside := func(names []string) (short []string) {
		for _, name := range names {
			rel, err := filepath.Rel(dir, name)
			if err != nil {
				t.Fatal(err)
			}
			short = append(short, filepath.ToSlash(rel))
		}
		return short
	}
	if got, want := inside(names), []string{"a/c.yml", "a.yaml.d/b.yaml/e.yaml", "b.yaml", "large.yaml"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	var left []string
	for _, d := range list {
		if d.Code != codeLeftOut {
			t.Errorf("%s: %s", d.Code, d.Message)
		}
		left = append(left, d.Span.File.Name())
	}
	if got, want := inside(left), []string{"empty.yaml", "later.yaml", "link.yaml", "notes.yaml"}; !slices.Equal(got, want) {
		t.Errorf("left out with a warning %q, want %q", got, want)
	}
}

// The id is found without decoding where it is written as usual, and by decoding
// elsewhere.
func TestFindID(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"agreement:\n  id: lodz-2027 # the id\n  version: 1.0.0\n", "lodz-2027"},
		{"agreement:\n\n  # first\n    id: \"a\"\n", "a"},
		{"agreement:\n  version: 1.0.0\n  id: later\n", "later"},
		{"agreement: {id: flow, version: 1.0.0}\n", "flow"},
		{"note: |\n  agreement:\n    id: not-this\nagreement:\n  id: this\n", "this"},
		{"note: \"\nagreement:\n  id: quoted\n  \"\nagreement: {id: real}\n", "real"},
		{"note: \"\nagreement:\n  id: quoted\n  \"\nagreement:\n  id: real\n", "real"},
		{"agreement:\n  id: CON\n", "CON"},
		{"agreement:\n  id: [a]\n", ""},
		{"agreement: text\n", ""},
		{"agreement:\n", ""},
		{"other: [\n", ""},
	} {
		if got := idOf("a.yaml", []byte(tt.text)); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	dir := b.TempDir()
	text, err := os.ReadFile("../../examples/accounting-firm.yaml")
	if err != nil {
		b.Fatal(err)
	}
	for i := range 1000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("c-%d.yaml", i)), text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if found, _, err := Find(dir); err != nil || len(found) != 1000 || found[0].ID == "" {
			b.Fatal(len(found), err)
		}
	}
}

// Who looks for thousands of agreements does not keep their texts.
func TestFindKeepsNoText(t *testing.T) {
	const n, size = 100, 200 << 10
	dir := t.TempDir()
	for i := range n {
		text := fmt.Sprintf("schema: concordat/v1\nagreement:\n  id: a-%d\n#%s\n", i, strings.Repeat("x", size))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.yaml", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	inUse := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := inUse()
	all, schemas := make([]Found, n), make([]string, n)
	for i := range n {
		var err error
		if all[i], schemas[i], err = look(filepath.Join(dir, fmt.Sprintf("%d.yaml", i))); err != nil || all[i].ID == "" || schemas[i] != agreementSchema {
			t.Fatalf("%v %q %v", all[i], schemas[i], err)
		}
	}
	if after := inUse(); after > before+n*size/10 {
		t.Errorf("%d agreements of %d KiB keep %d KiB", n, size>>10, (after-before)>>10)
	}
	runtime.KeepAlive(all)
	runtime.KeepAlive(schemas)
}
