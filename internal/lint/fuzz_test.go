package lint

import (
	"strings"
	"testing"
	"testing/fstest"

	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/framework"
)

// FuzzExamine examines a library with any text in one clause: each finding has a
// place inside its file, and two runs find the same.
func FuzzExamine(f *testing.F) {
	files := goodLibrary(f)
	head := files["req-02.md"][:strings.LastIndex(files["req-02.md"], "---\n")+len("---\n")]
	for _, name := range []string{"req-01.md", "bkp-01.md", "def-01.md"} {
		f.Add(files[name][strings.LastIndex(files[name], "---\n")+len("---\n"):])
	}
	f.Add("It's {{ if .Facts.Maturity.Present }}\"A\" -- b{{- else -}} C... {{ end }} of Reports [x] (a) see Section 4.2 above.\n\n| A | b |\n|---|---|\n| C D | ?? |\n")
	frameworks, err := framework.Load()
	if err != nil {
		f.Fatal(err)
	}
	day, err := calendar.ParseDate("2026-12-01")
	if err != nil {
		f.Fatal(err)
	}
	layouts := fstest.MapFS{"main.md": &fstest.MapFile{Data: []byte(files["layouts/main.md"])}}
	layout, _, err := clause.LoadLayout(layouts, "templates/", "main.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		library := fstest.MapFS{}
		for name, text := range files {
			if name == "req-02.md" {
				text = head + body
			}
			if !strings.HasPrefix(name, "layouts/") {
				library[name] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		loaded, list, err := clause.Load(clause.Layer{FS: library, Prefix: "clauses/"})
		if err != nil {
			t.Fatal(err)
		}
		if list.HasErrors() {
			return
		}
		subject := Subject{Library: loaded, Layouts: []*clause.Layout{layout}, Frameworks: frameworks, Day: day}
		_, found := Examine(subject)
		for _, d := range found {
			if d.Span.IsZero() || !d.Span.Valid() {
				t.Errorf("%s: %q at %v", d.Code, d.Message, d.Span)
			}
		}
		if _, again := Examine(subject); printed(t, again) != printed(t, found) {
			t.Errorf("two runs differ:\n%s\n%s", printed(t, found), printed(t, again))
		}
	})
}
