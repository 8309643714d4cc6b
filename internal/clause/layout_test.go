package clause

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLoadLayout(t *testing.T) {
	const text = "---\nid: plain\ntitle: Plain Agreement\nversion: 1.0.0\n---\n# {{ .Agreement.Title }}\n"
	l, list, err := LoadLayout(asFS([]archived{{"plain.md", text}}), "templates/", "plain.md")
	if err != nil || len(list) > 0 {
		t.Fatalf("%v %v", err, list)
	}
	if l.ID != "plain" || l.Title != "Plain Agreement" || l.Version != "1.0.0" ||
		l.Body.String() != "templates/plain.md:6:1" || l.Body.Text() != "# {{ .Agreement.Title }}\n" {
		t.Errorf("%+v", l)
	}
	if _, _, err := LoadLayout(asFS(nil), "templates/", "plain.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a layout that does not exist: %v", err)
	}
}

func TestLoadLayoutRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"# Title\n": `templates/plain.md:1:1: error: expected a line "---" that begins the front matter, found "# Title" [clause-front-matter]
  |
1 | # Title
  | ^^^^^^^
  = hint: begin the file with a line "---", then the fields, then a line "---", then the text
`,
		"---\nid: other\nversion: one\nname: Plain\n---\nText.\n": `templates/plain.md:1:1: error: the layout has no "title" [clause-required-field]
  |
1 | ---
  | ^^^
  = hint: add a line "title: ..."
templates/plain.md:2:5: error: the id "other" and the name of the file "plain.md" differ [clause-file-name]
  |
2 | id: other
  |     ^^^^^
  = hint: name the file "other.md" or write "id: plain"
templates/plain.md:3:10: error: expected a version such as "1.0.0", found "one" [clause-version]
  |
3 | version: one
  |          ^^^
  = hint: write three numbers with points, such as "1.0.0"
templates/plain.md:4:1: error: unknown field "name" in layout [yaml-unknown-field]
  |
4 | name: Plain
  | ^^^^
  = hint: known fields are id, title, version, of, compact
`,
	} {
		l, list, err := LoadLayout(asFS([]archived{{"plain.md", text}}), "templates/", "plain.md")
		if err != nil || l != nil {
			t.Fatalf("%v %v", l, err)
		}
		if diff := cmp.Diff(want, printed(t, list)); diff != "" {
			t.Errorf("diagnostics (-want +got):\n%s", diff)
		}
	}
}
