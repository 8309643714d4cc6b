package expand

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"concordat/internal/source"
)

// hostile templates end with a diagnostic of the code, soon and without much
// memory.
var hostile = []struct{ name, text, code string }{
	{"endless range", "{{ range 100000000000 }}{{ end }}", codeSteps},
	{"endless range of calls", "{{ range 100000000000 }}" + strings.Repeat("{{ $x := upper $.City }}", 500) + "{{ end }}", codeSteps},
	{"endless range of variables", "{{ range 100000000000 }}" + strings.Repeat("{{$x:=1}}", 6000) + "{{ end }}", codeSteps},
	{"endless range of text", "{{ range 100000000000 }}" + strings.Repeat("x", 60000) + "{{ end }}", codeOutput},
	{"endless range of values", "{{ range 100000000000 }}{{ $.City }}{{ end }}", codeOutput},
	{"endless calls on a large value", "{{ $x := \"" + strings.Repeat("x", 50000) + "\" }}{{ range 100000000000 }}{{ $y := upper $x }}{{ end }}", codeSteps},
	{"endless large lists", "{{ $x := splitList \"x\" \"" + strings.Repeat("x", 50000) + "\" }}{{ range 100000000000 }}{{ $y := uniq $x }}{{ end }}", codeSteps},
	{"large value again and again", "{{ $x := \"" + strings.Repeat("x", 50000) + "\" }}{{ range 100000000000 }}{{ $x }}{{ end }}", codeOutput},
	{"nested ranges", strings.Repeat("{{ range 1000 }}", 64) + "x" + strings.Repeat("{{ end }}", 64), codeSteps},
	{"nested continue", strings.Repeat("{{ range 1000 }}", 64) + "{{ continue }}" + strings.Repeat("{{ end }}", 64), codeSteps},
	{"doubling", "{{ $x := \"aaaaaaaa\" }}{{ range 100 }}{{ $x = replace \"a\" \"aa\" $x }}{{ end }}{{ $x }}", codeValueSize},
	{"large replacement", "{{ $x := \"" + strings.Repeat("x", 30000) + "\" }}{{ replace \"x\" $x $x }}", codeValueSize},
	{"large join", "{{ $x := \"" + strings.Repeat("x", 30000) + "\" }}{{ join $x (splitList \"x\" $x) }}", codeValueSize},
	{"a million ifs", strings.Repeat("{{if .Flag}}", 1_000_000), codeTooLarge},
	{"many ifs", strings.Repeat("{{if 1}}", 8000), codeTooDeep},
	{"many else ifs", "{{if 1}}" + strings.Repeat("{{else if 1}}", 4500) + "{{end}}", codeTooDeep},
	{"many parentheses", "{{" + strings.Repeat("(", 32000) + "1" + strings.Repeat(")", 32000) + "}}", codeTooDeep},
	{"unclosed parentheses", "{{" + strings.Repeat("(", 60000), codeTooDeep},
	{"recursion", `{{ define "a" }}{{ template "a" }}{{ end }}{{ template "a" }}`, codeDefinition},
	{"a long chain", "{{ ." + strings.Repeat("Customer.", 7000) + "Name }}", codeField},
	{"a long chain that is right", "{{ .Customer" + strings.Repeat(".Boss", 12000) + ".Name }}", codeMissing},
	{"a long pipeline", "{{ .City" + strings.Repeat("|upper", 10000) + "|upperr }}", codeFunction},
	{"many open actions", strings.Repeat("{{", 30000), codeSyntax},
	{"a late error", strings.Repeat("{{1}}", 13000) + "{{1 . .}}", codeSyntax},
	{"many errors", strings.Repeat("{{x}}", 13000), codeFunction},
	{"reserved text", "a\ufdd0b", codeReserved},
	{"reserved text in quotes", "{{ \"\ufdef\" }}", codeReserved},
	{"a token", "{{ .City }}" + Token(0), codeReserved},
	{"an escaped token", `{{ "\ufdd0\ufdd1\ufdd1\ufdd1\ufdd1\ufde1" }}`, codeCharacter},
	{"an escaped token as id", `{{ ref "\ufdd0" }}`, codeLiteral},
	{"invalid bytes", "a\xffb", codeReserved},
	{"escaped invalid bytes", `{{ "a\xff" }}`, codeCharacter},
}

func TestHostile(t *testing.T) {
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			body := bodyOf("h.md", c.text)
			tmpl, list := Compile(body, options())
			if tmpl != nil {
				_, list = tmpl.Execute(sample())
			}
			if len(list) == 0 || list[0].Code != c.code {
				t.Fatalf("want %s, got %.2000s", c.code, printed(list[:min(len(list), 5)]))
			}
			checkSpans(t, body, list)
			if len(list) > maxReported {
				t.Errorf("%d diagnostics", len(list))
			}
		})
	}
}

// TestHostileValues puts values of every unwelcome kind into a template: they
// are refused by name, or stand in a slot byte for byte.
func TestHostileValues(t *testing.T) {
	tmpl, list := Compile(bodyOf("c.md", "a {{ .Empty }} b"), options())
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	for _, c := range []struct{ value, code string }{
		{"", codeEmpty},
		{" ", ""},
		{"{{ .City }}", ""},
		{"# *a* _b_ `c` [d](e) <f> | g &amp; \\", ""},
		{"1. a", ""},
		{"www.example.com", ""},
		{"a\nb", codeLineBreak},
		{"a\rb", codeLineBreak},
		{"a\u2028b", codeCharacter},
		{"a\x00b", codeCharacter},
		{"a\tb", codeCharacter},
		{"a\xffb", codeCharacter},
		{Token(0), codeCharacter},
		{"\ufdef", codeCharacter},
		{"\ufdd0", codeCharacter},
		{"e\u0301", codeCharacter},
		{"\u202e", codeCharacter},
		{"\U0001F600", ""},
		{strings.Repeat("x", MaxValue), ""},
		{strings.Repeat("x", MaxValue+1), codeValueSize},
	} {
		data := sample()
		data.Empty = c.value
		r, list := tmpl.Execute(data)
		switch {
		case c.code == "" && (len(list) > 0 || r.Text() != "a "+Token(0)+" b" || r.Slots[0].Text != c.value):
			t.Errorf("%.40q: %q %v", c.value, r.Text(), list)
		case c.code != "" && (len(list) != 1 || list[0].Code != c.code):
			t.Errorf("%.40q: %v", c.value, list)
		case c.code != "" && (r.Text() != "" || r.Slots != nil):
			t.Errorf("%.40q: a result beside an error", c.value)
		}
	}
}

func TestToken(t *testing.T) {
	seen := map[string]bool{}
	for i := range maxSlots {
		token := Token(i)
		if len(token) != tokenBytes || seen[token] {
			t.Fatalf("token %d is %q", i, token)
		}
		seen[token] = true
	}
	if got, want := Token(0x0f1a), "\ufdd0\ufdd1\ufde0\ufdd2\ufddb\ufde1"; got != want {
		t.Errorf("%+q", got)
	}
}

const typical = `The Provider shall back up each system listed in {{ ref "schedule-backups" }} of {{ .Customer.Name }},
in {{ .City }}, at least once every {{ countOf .Facts.Seats "hour" "hours" }}, and shall keep one copy that cannot be
changed or deleted with the credentials used in daily operation.
{{ if .Facts.Remote }}
{{ .Vendor.Name }} tests a restore twice a year together with {{ .Customer.Boss.Name }} and records how long it took.
{{- else }}
{{ .Vendor.Name }} tests a restore once a year.
{{- end }}

The following persons may ask for a restore:

{{ range .People }}- {{ .Name }}, aged {{ .Age }}
{{ end }}
`

// BenchmarkExecute fills a clause of 1.5 KB.
func BenchmarkExecute(b *testing.B) {
	text := typical + strings.Repeat("Words that stand in every clause of this kind, without any value in them.\n", 9)
	tmpl, list := Compile(bodyOf("c.md", text), options())
	if len(list) > 0 {
		b.Fatal(printed(list))
	}
	data := sample()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, list := tmpl.Execute(data); len(list) > 0 {
			b.Fatal(printed(list))
		}
	}
}

// BenchmarkCompile loads the same clause.
func BenchmarkCompile(b *testing.B) {
	body := bodyOf("c.md", typical)
	b.ReportAllocs()
	for b.Loop() {
		if _, list := Compile(body, options()); len(list) > 0 {
			b.Fatal(printed(list))
		}
	}
}

// TestCorpora compiles and fills every Markdown and template file of a folder
// of files from elsewhere: none may panic, and every span lies in its file.
func TestCorpora(t *testing.T) {
	root := os.Getenv("CONCORDAT_CORPORA")
	if root == "" {
		t.Skip("CONCORDAT_CORPORA names no folder")
	}
	files, filled := 0, 0
	walkFiles(t, root, func(name string, data []byte) {
		f := source.New(name, data)
		body := f.Span(0, len(data))
		files++
		tmpl, list := Compile(body, options())
		checkSpans(t, body, list)
		if tmpl == nil {
			return
		}
		r, list := tmpl.Execute(sample())
		checkSpans(t, body, list)
		if !list.HasErrors() {
			filled++
			checkResult(t, string(data), r)
		}
	})
	fmt.Printf("%d files, %d filled\n", files, filled)
}
