package workspace

import (
	"os"
	"path/filepath"
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
	names, list, err := Find(dir)
	if err != nil {
		t.Fatal(err)
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
	if got, want := inside(left), []string{"empty.yaml", "link.yaml", "notes.yaml"}; !slices.Equal(got, want) {
		t.Errorf("left out with a warning %q, want %q", got, want)
	}
}
