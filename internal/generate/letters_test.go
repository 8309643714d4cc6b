package generate_test

import (
	"testing"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/generate"
	"concordat/templates"
)

func TestUndrawable(t *testing.T) {
	g, list, err := generate.New(generate.Library{Clauses: []clause.Layer{{FS: clauses.FS, Prefix: "clauses/"}}, Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md"})
	if err != nil || list.HasErrors() {
		t.Fatal(err, list)
	}
	for text, want := range map[string]string{
		"":                    "",
		"Łódź Dental & Söhne": "",
		"שלום":                "character U+05E9 cannot be printed in the PDF: scripts written from right to left are not supported",
		"Acme 🙂":              "character \"🙂\" (U+1F642) cannot be printed in the PDF: the fonts have no glyph for it",
	} {
		if got := g.Undrawable(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
