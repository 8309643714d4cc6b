package expand

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"concordat/internal/source"
)

// TestBranches compares which way conditions and loops go.
func TestBranches(t *testing.T) {
	type facts struct {
		A, B bool
		N    int
	}
	type data struct {
		Facts facts
		Names []string
	}
	for _, c := range []struct {
		body string
		data data
		want string
	}{
		{"plain", data{}, ""},
		{"{{ if .Facts.A }}a{{ end }}", data{Facts: facts{A: true}}, "0 if .Facts.A: yes"},
		{"{{ if .Facts.A }}a{{ end }}", data{}, "0 if .Facts.A: no"},
		{"{{ if .Facts.A }}a{{- else -}}b{{ end }}", data{}, "0 if .Facts.A: no"},
		{"{{- if .Facts.A }}a{{ else if .Facts.B }}b{{ else }}c{{ end }}", data{}, "0 if .Facts.A: no, 0 if .Facts.B: no"},
		{"{{ if .Facts.A }}a{{ else if .Facts.B }}b{{ end }}", data{Facts: facts{A: true}}, "0 if .Facts.A: yes, 0 if .Facts.B: neither"},
		{"{{ if .Facts.A }}{{ if gt .Facts.N 1 }}x{{ end }}{{ end }}", data{Facts: facts{A: true, N: 2}}, "0 if .Facts.A: yes, 1 if gt .Facts.N 1: yes"},
		{"{{ if .Facts.A }}{{ if gt .Facts.N 1 }}x{{ end }}{{ end }}", data{}, "0 if .Facts.A: no, 1 if gt .Facts.N 1: neither"},
		{"{{ range .Names }}{{ . }}{{ if $.Facts.A }}a{{ end }}{{ end }}", data{Names: []string{"x", "y"}}, "0 range .Names: yes, 1 if $.Facts.A: no"},
		{"{{ range .Names }}{{ . }}{{ else }}none{{ end }}", data{}, "0 range .Names: no"},
		{"{{ with .Facts.N }}{{ . }}{{ end }}", data{}, "0 with .Facts.N: no"},
	} {
		f := source.New("x.md", []byte(c.body))
		tmpl, list := Compile(f.Span(0, len(c.body)), Options{Data: reflect.TypeFor[data](), What: "clause"})
		if tmpl == nil {
			t.Errorf("%s: %v", c.body, list)
			continue
		}
		branches, list := tmpl.Branches(c.data)
		if len(list) > 0 {
			t.Errorf("%s: %v", c.body, list)
		}
		var got []string
		for _, b := range branches {
			way := "neither"
			switch {
			case b.Yes && b.No:
				way = "both"
			case b.Yes:
				way = "yes"
			case b.No:
				way = "no"
			}
			got = append(got, fmt.Sprintf("%d %s: %s", b.Depth, b.Condition, way))
			if !strings.Contains(b.Span.Text(), strings.Fields(b.Condition)[1]) {
				t.Errorf("%s: %q stands at %q", c.body, b.Condition, b.Span.Text())
			}
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", c.body, got, c.want)
		}
	}
}
