package diag

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/source"
)

var update = flag.Bool("update", false, "write the examples of docs/reports.md anew")

// example is the report that docs/reports.md shows in each format.
func example() Report {
	lodz := source.New("customers/Łódź dental.yaml", []byte(`schema: concordat/v1
use: [../provider.yaml]
customer:
  legl_name: Łódź Dental Sp. z o.o.
services:
  - id: SVC-1
    hours: 20
`))
	provider := source.New("provider.yaml", []byte("services:\n  - id: SVC-1\n    hours: 12\n"))
	of := func(f *source.File, text string) source.Span {
		start := strings.Index(f.Text(), text)
		return f.Span(start, start+len(text))
	}
	var list List
	list.Errorf("agreement-unknown-field", of(lodz, "legl_name"), `did you mean "legal_name"?`, `unknown field "legl_name" in customer`)
	list.Warnf("R42", of(lodz, "20"), "change one of them", "service SVC-1 has 20 hours, expected 12")
	list[1].Notes = []Note{{of(provider, "12"), "12 hours are stated here"}}
	return Report{
		Version: "1.2.0",
		Files: []FileReport{
			{File: "customers/Łódź dental.yaml", ID: "lodz-dental", Diagnostics: list, Summary: json.RawMessage(`{"controls": {"provider": 31, "customer": 12}}`)},
			{File: "customers/oslo.yaml", ID: "oslo"},
		},
		Rules: []RuleInfo{
			{"agreement-unknown-field", Error, "The file has a field that agreements do not have.", "", "", ""},
			{"R42", Warning, "Hours differ from the shared service.", "The hours of a service differ from those of the file it comes from.", "Bad:\n\n    hours: 20\n", "https://example.org/checks#r42"},
		},
		Excerpts: true,
	}
}

// write is the report in a format.
func write(t *testing.T, r Report, f Format) string {
	t.Helper()
	var b strings.Builder
	if err := r.Write(&b, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestExamplesOfDocs holds the examples in docs/reports.md to the code.
func TestExamplesOfDocs(t *testing.T) {
	const name = "../../docs/reports.md"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)(\n<!-- example ([a-z]+) -->\n+```[a-z]*\n)(.*?)(```\n)")
	shown := map[string]bool{}
	got := block.ReplaceAllStringFunc(string(text), func(old string) string {
		m := block.FindStringSubmatch(old)
		f, ok := ParseFormat(m[2])
		if !ok {
			t.Fatalf("docs/reports.md has an example of no format: %q", m[2])
		}
		shown[m[2]] = true
		want := write(t, example(), f)
		if diff := cmp.Diff(want, m[3]); diff != "" && !*update {
			t.Errorf("%s: -want +docs:\n%s", m[2], diff)
		}
		return m[1] + want + m[4]
	})
	for _, f := range Formats() {
		if !shown[f.String()] {
			t.Errorf("docs/reports.md has no example of %s", f)
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFormats(t *testing.T) {
	for _, f := range Formats() {
		if got, ok := ParseFormat(f.String()); !ok || got != f {
			t.Errorf("ParseFormat(%q) = %v, %t", f, got, ok)
		}
	}
	for _, name := range []string{"", "JSON", "xml", "text "} {
		if _, ok := ParseFormat(name); ok {
			t.Errorf("ParseFormat(%q) finds one", name)
		}
	}
}

func TestZeroFormatPanics(t *testing.T) {
	for name, f := range map[string]func(){
		"String": func() { _ = Format(0).String() },
		"Write":  func() { _ = Report{}.Write(nil, 0) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			f()
		})
	}
}

// hostile are reports that a format could break on.
func hostile() map[string]Report {
	bad := "\x00\x01\x1b[2J\r\n\t\u0085\u2028\u202e\u2066\u200b\u200d\ufeff\ufffd\xff\xc3\U000e0041\U0010ffff<&>%\"\\`{0}{{x}}::error::[a](http://b)"
	names := []string{"", ".", "/", "//", "a b.yaml", "ü/é.yaml", "a#b?c.yaml", "100%.yaml", "%2e%2e/x", "a:b,c.yaml", `a\b.yaml`, `C:\a.yaml`, "../up.yaml",
		"/abs/x.yaml", "\xff\xfe.yaml", "a\nb.yaml", "a\u202eb.yaml", "[x](1).yaml", "-", "::set-output name=a::b"}
	list := func(name, text string) List {
		f := source.New(name, []byte(text))
		var l List
		l.Errorf("code", f.Span(0, len(text)), bad, "%s", bad)
		l.Warnf("code", f.Span(len(text), len(text)), "", "")
		l.Warnf("another:code,%\n", f.Span(0, 0), "", "%s", name)
		l.Errorf("outside", source.Span{File: f, Start: -3, End: len(text) + 9}, "", "a defect")
		l.Errorf("nowhere", source.Span{}, bad, "of no place")
		l[4].Notes = []Note{{f.Span(0, min(1, len(text))), bad}, {source.Span{}, bad}, {f.Span(0, 0), ""}, {f.Span(0, 0), ""}}
		return l
	}
	reports := map[string]Report{
		"nothing":    {},
		"no problem": {Files: []FileReport{{File: "a.yaml"}}},
		"rules":      {Rules: []RuleInfo{{"b", Warning, "", "", "", ""}, {"a", Error, bad, bad, bad, ""}, {"a", Error, "again", "", "", ""}}},
	}
	add := func(what, name, text string) {
		l := list(name, text)
		reports[what] = Report{Version: bad, Files: []FileReport{{name, bad, l, json.RawMessage(`{"a":"\u202e"}`)}, {name, "", l, nil}}}
	}
	for i, name := range names {
		add(fmt.Sprintf("name %d", i), name, bad)
	}
	for i, text := range []string{"", "\n", "a", "\ufeffa: é👍🏽\r\nb: " + bad, strings.Repeat("👍", maxShown)} {
		add(fmt.Sprintf("text %d", i), "a.yaml", text)
	}
	return reports
}

// many is a report of 10,000 diagnostics.
func many() Report {
	var list List
	f := source.New("many.yaml", []byte(strings.Repeat("key: value\n", 10_000)))
	for i := range 10_000 {
		list.Errorf("many", f.Span(11*i, 11*i+3), "", "problem %d", i%7)
	}
	return Report{Files: []FileReport{{File: "many.yaml", Diagnostics: list}}, Excerpts: true}
}

func TestSameReportSameBytes(t *testing.T) {
	for name, r := range hostile() {
		for _, f := range Formats() {
			first, second := write(t, r, f), write(t, r, f)
			if first != second {
				t.Errorf("%s: two reports as %s differ", name, f)
			}
		}
	}
}

// TestReportsHideNothing holds reports to plain text: no character in them
// moves a cursor, hides or reorders text. Text is tested with Printer.
func TestReportsHideNothing(t *testing.T) {
	for name, r := range hostile() {
		for _, f := range []Format{JSONFormat, SARIFFormat, GitHubFormat} {
			for i, c := range write(t, r, f) {
				if c != '\n' && c != '\ufffd' && hides(c) {
					t.Fatalf("%s as %s: %s at byte %d", name, f, source.CodePoint(c), i)
				}
			}
		}
	}
}

// TestWithoutExcerpts holds a report to what messages say: nothing else of the
// file gets out.
func TestWithoutExcerpts(t *testing.T) {
	text := "password: hunter2-Łódź\nnext: hunter3\n"
	f := source.New("a.yaml", []byte(text))
	r := Report{Files: []FileReport{{File: "a.yaml", Diagnostics: List{
		{"c", Error, f.Span(10, 24), "do not write passwords", "remove it", []Note{{f.Span(31, 38), "and here"}}},
	}}}}
	for _, format := range Formats() {
		r.Excerpts = false
		if got := write(t, r, format); strings.Contains(got, "hunter") || strings.Contains(got, "LineHash") {
			t.Errorf("%s shows the file:\n%s", format, got)
		}
		r.Excerpts = true
		if got := write(t, r, format); format != GitHubFormat && !strings.Contains(got, "hunter2") {
			t.Errorf("%s shows no excerpt:\n%s", format, got)
		}
	}
}

// TestSharedFilesAreToldOnce: two agreements use one file with a problem.
func TestSharedFilesAreToldOnce(t *testing.T) {
	shared := source.New("provider.yaml", []byte("a: b\n"))
	list := List{
		{"c", Error, shared.Span(0, 1), "m", "", nil},
		{"d", Error, source.Span{}, "of the agreement itself", "", nil},
	}
	r := Report{Files: []FileReport{{File: "one.yaml", Diagnostics: list}, {File: "two.yaml", Diagnostics: list}}}
	want := `::error file=provider.yaml,line=1,endLine=1,col=1,endColumn=2,title=c::m
::error file=one.yaml,title=d::of the agreement itself
::error file=two.yaml,title=d::of the agreement itself
`
	if diff := cmp.Diff(want, write(t, r, GitHubFormat)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := strings.Count(write(t, r, SARIFFormat), `"ruleId"`); got != 3 {
		t.Errorf("SARIF has %d results, want 3", got)
	}
	if got := strings.Count(write(t, r, JSONFormat), `"code"`); got != 4 {
		t.Errorf("JSON has %d diagnostics, want 4: each file is whole", got)
	}
}

func TestReportTellsFaultsOfTheWorld(t *testing.T) {
	for _, f := range Formats() {
		r := Report{Files: []FileReport{{Diagnostics: List{{Code: "c", Severity: Error}}}}}
		if err := r.Write(fullDisk{}, f); !errors.Is(err, errFull) {
			t.Errorf("%s: got %v", f, err)
		}
	}
	broken := Report{Files: []FileReport{{Summary: json.RawMessage(`{"a":`)}}}
	if err := broken.Write(&strings.Builder{}, JSONFormat); err == nil {
		t.Error("a summary that is no JSON is written")
	}
}

func BenchmarkReport(b *testing.B) {
	r := many()
	for _, f := range Formats() {
		b.Run(f.String(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := r.Write(&strings.Builder{}, f); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
