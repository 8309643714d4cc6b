package expand

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"concordat/internal/source"
)

// TestVariants compares the variants of templates, with "…" for each token.
func TestVariants(t *testing.T) {
	type facts struct {
		A, B bool
		N    int
	}
	type data struct {
		Facts facts
		Names []string
	}
	token := regexp.MustCompile("\uFDD0[\uFDD1-\uFDE0]{4}\uFDE1")
	for _, c := range []struct {
		body string
		want []string
	}{
		{"plain", []string{"plain"}},
		{"{{ if .Facts.A }}a{{ end }}", []string{"a", ""}},
		{"{{ if .Facts.A }}a{{ else }}b{{ end }} {{ if .Facts.A }}c{{ else }}d{{ end }}", []string{"a c", "b d"}},
		{"{{ if .Facts.A }}a{{ else if .Facts.B }}b{{ else }}c{{ end }}", []string{"a", "b", "c"}},
		{"{{ if .Facts.A }}{{ if .Facts.B }}ab{{ else }}a{{ end }}{{ end }}.", []string{"ab.", "a.", "."}},
		{"{{ if .Facts.A }}{{ if .Facts.A }}a{{ else }}never{{ end }}{{ end }}.", []string{"a.", "."}},
		{"{{ range .Names }}- {{ . }} {{ end }}", []string{"- … - … ", ""}},
		{"{{- if .Facts.A -}} a {{- end }} {{ .Facts.N }} {{ add .Facts.N 1 }} {{ ref \"x\" }}", []string{"a … … …", " … … …"}},
		{"{{ $n := .Facts.N }}{{ with .Facts.N }}{{ $n }}{{ else }}none{{ end }}", []string{"…", "none"}},
	} {
		f := source.New("x.md", []byte(c.body))
		tmpl, list := Compile(f.Span(0, len(c.body)), Options{Data: reflect.TypeFor[data](), Inline: []string{"ref"}, What: "clause"})
		if tmpl == nil {
			t.Errorf("%s: %v", c.body, list)
			continue
		}
		var got []string
		for _, v := range tmpl.Variants() {
			got = append(got, token.ReplaceAllString(v.Text(), "…"))
			if n := len(token.FindAllString(v.Text(), -1)); n != len(v.Slots) {
				t.Errorf("%s: %d tokens, %d slots", c.body, n, len(v.Slots))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, expected %q", c.body, got, c.want)
		}
	}
}

// TestVariantsEnd holds a template with very many branches to its limit.
func TestVariantsEnd(t *testing.T) {
	body := strings.Repeat("{{ if .Facts.A }}a{{ end }}", 60) + "{{ if .Facts.A }}b" + strings.Repeat("{{ else if eq .Facts.N 1 }}c", 60) + "{{ end }}"
	f := source.New("x.md", []byte(body))
	type facts struct {
		A bool
		N int
	}
	tmpl, list := Compile(f.Span(0, len(body)), Options{Data: reflect.TypeFor[struct{ Facts facts }](), What: "clause"})
	if tmpl == nil {
		t.Fatal(list)
	}
	if n := len(tmpl.Variants()); n != 3 {
		t.Errorf("expected 3 variants, found %d", n)
	}
}
