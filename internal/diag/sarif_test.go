package diag

import (
	"encoding/json"
	"net/url"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"concordat/internal/source"
)

// compileSARIF compiles the schema that OASIS publishes.
func compileSARIF(t testing.TB) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open("testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource(sarifSchema, document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile(sarifSchema)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func validate(schema *jsonschema.Schema, text string) error {
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

func TestSARIFIsValid(t *testing.T) {
	schema := compileSARIF(t)
	reports := hostile()
	reports["example"] = example()
	for name, r := range reports {
		for _, excerpts := range []bool{false, true} {
			r.Excerpts = excerpts
			if err := validate(schema, write(t, r, SARIFFormat)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	r := many()
	if err := validate(schema, write(t, r, SARIFFormat)); err != nil {
		t.Error(err)
	}
	if got := len(results(t, r)); got != len(r.Files[0].Diagnostics) {
		t.Errorf("%d results of %d diagnostics", got, len(r.Files[0].Diagnostics))
	}
}

// TestSARIFSchemaRefuses shows that the schema tells right from wrong.
func TestSARIFSchemaRefuses(t *testing.T) {
	schema := compileSARIF(t)
	good := write(t, example(), SARIFFormat)
	for _, tc := range []struct{ old, new string }{
		{`"version": "2.1.0"`, `"version": "2.0.0"`},
		{`"startLine": 4`, `"startLine": 0`},
		{`"level": "error"`, `"level": "fatal"`},
		{`"utf16CodeUnits"`, `"bytes"`},
		{`customers/%C5%81`, `customers/%ZZ`},
		{`"helpUri": "https`, `"helpUri": "%%`},
		{`"ruleIndex"`, `"ruleindex"`},
	} {
		bad := strings.Replace(good, tc.old, tc.new, 1)
		if bad == good {
			t.Fatalf("the example has no %s", tc.old)
		}
		if validate(schema, bad) == nil {
			t.Errorf("the schema takes %s", tc.new)
		}
	}
}

// results reads the results of a log back.
func results(t *testing.T, r Report) []sarifResult {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal([]byte(write(t, r, SARIFFormat)), &log); err != nil {
		t.Fatal(err)
	}
	return log.Runs[0].Results
}

func TestSARIFRegions(t *testing.T) {
	line := func(text string) *sarifText { return &sarifText{Text: text} }
	long := strings.Repeat("x", maxShown)
	for _, tc := range []struct {
		name, text string
		want       sarifPhysical
	}{
		{"a word", "a: «b» c\n", sarifPhysical{Region: sarifRegion{1, 4, 1, 5, line("b")}, Context: &sarifRegion{1, 0, 1, 0, line("a: b c")}}},
		{"UTF-16", "é👍: «👍»", sarifPhysical{Region: sarifRegion{1, 6, 1, 8, line("👍")}, Context: &sarifRegion{1, 0, 1, 0, line("é👍: 👍")}}},
		{"after a byte order mark", "\ufeff«a»b", sarifPhysical{Region: sarifRegion{1, 1, 1, 2, line("a")}, Context: &sarifRegion{1, 0, 1, 0, line("\ufeffab")}}},
		{"a byte order mark", "«\ufeff»b", sarifPhysical{Region: sarifRegion{1, 1, 1, 1, line("\ufeff")}, Context: &sarifRegion{1, 0, 1, 0, line("\ufeffb")}}},
		{"a whole line has nothing around it", "«ab»\n", sarifPhysical{Region: sarifRegion{1, 1, 1, 3, line("ab")}}},
		{"a place between characters", "a«»b", sarifPhysical{Region: sarifRegion{1, 2, 1, 2, nil}, Context: &sarifRegion{1, 0, 1, 0, line("ab")}}},
		{"an empty file", "«»", sarifPhysical{Region: sarifRegion{1, 1, 1, 1, nil}}},
		{"several lines", "a: «b\r\nc» d\r\n", sarifPhysical{Region: sarifRegion{1, 4, 2, 2, line("b\r\nc")}, Context: &sarifRegion{1, 0, 2, 0, line("a: b\r\nc d")}}},
		{"without the line break at its end", "a: «b\r\n\n»c", sarifPhysical{Region: sarifRegion{1, 4, 1, 5, line("b")}, Context: &sarifRegion{1, 0, 1, 0, line("a: b")}}},
		{"line breaks alone", "a«\n\n»c", sarifPhysical{Region: sarifRegion{1, 2, 3, 1, line("\n\n")}, Context: &sarifRegion{1, 0, 3, 0, line("a\n\nc")}}},
		{"a long line", "«a»" + long, sarifPhysical{Region: sarifRegion{1, 1, 1, 2, line("a")}}},
		{"a long place", "«a" + long + "»", sarifPhysical{Region: sarifRegion{1, 1, 1, 1002, nil}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := Diagnostic{Code: "c", Severity: Error, Span: at("a.yaml", tc.text), Message: "m"}
			got := results(t, Report{Excerpts: true, Files: []FileReport{{File: "a.yaml", Diagnostics: List{d}}}})
			tc.want.Artifact = sarifArtifact{"a.yaml", "%SRCROOT%"}
			if diff := cmp.Diff([]sarifLocation{{Physical: tc.want}}, got[0].Locations); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestSARIFOfNoPlace(t *testing.T) {
	list := List{{Code: "c", Severity: Error, Message: "m"}}
	got := results(t, Report{Files: []FileReport{{File: "/a.yaml", Diagnostics: list}, {Diagnostics: list}}})
	for i, file := range []sarifArtifact{{"file:///a.yaml", ""}, {".", "%SRCROOT%"}} {
		want := []sarifLocation{{Physical: sarifPhysical{Artifact: file, Region: sarifRegion{StartLine: 1}}}}
		if diff := cmp.Diff(want, got[i].Locations); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}

func TestSARIFMessage(t *testing.T) {
	d := Diagnostic{"c", Error, source.Span{}, `found "[x](http://y)"`, "write {{ ref }}", []Note{
		{at(`a[1]\b.yaml`, "«x»"), "here [y](1)"}, {source.Span{}, "of no place"}, {at("b.yaml", "\n«x»"), ""},
	}}
	got := results(t, Report{Files: []FileReport{{Diagnostics: List{d}}}})[0]
	want := `found "[x] (http://y)"
note: here [y] (1) ([a\[1\]\\b.yaml:1:1](1))
note: of no place
note:  ([b.yaml:2:1](3))
hint: write {{ ref }}`
	if diff := cmp.Diff(want, got.Message.Text); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(sarifProperties{d.Message, d.Hint, []string{"here [y](1)", "of no place", ""}}, got.Properties); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	var related []string
	for _, l := range got.Related {
		related = append(related, string(rune('0'+l.ID))+" "+l.Physical.Artifact.URI+" "+l.Message.Text)
	}
	if diff := cmp.Diff([]string{"1 a%5B1%5D%5Cb.yaml here [y] (1)", "3 b.yaml c"}, related); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestSARIFRules: each code has one rule, rules are in order of their codes,
// and have all that GitHub requires.
func TestSARIFRules(t *testing.T) {
	r := Report{
		Rules: []RuleInfo{{"b", Warning, "title", "", "", ""}, {"c", Error, "title", "long", "# help", "https://example.org"}},
		Files: []FileReport{{Diagnostics: List{{Code: "c", Severity: Warning}, {Code: "a", Severity: Warning, Message: "1"}, {Code: "a", Severity: Warning, Message: "2"}}}},
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(write(t, r, SARIFFormat)), &log); err != nil {
		t.Fatal(err)
	}
	text := func(s string) sarifText { return sarifText{Text: s} }
	want := []sarifRule{
		{"a", text("a"), text("a"), text("a"), "", sarifConfiguration{"warning"}},
		{"b", text("title"), text("title"), text("title"), "", sarifConfiguration{"warning"}},
		{"c", text("title"), text("long"), sarifText{"# help", "# help"}, "https://example.org", sarifConfiguration{"error"}},
	}
	if diff := cmp.Diff(want, log.Runs[0].Tool.Driver.Rules); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, result := range log.Runs[0].Results {
		if want[result.RuleIndex].ID != result.RuleID || result.Level != "warning" {
			t.Errorf("%+v", result)
		}
	}
}

// TestFingerprintsStay: lines that are written above a problem move no
// fingerprint, and no two problems share one.
func TestFingerprintsStay(t *testing.T) {
	text := "a: bad\nb: good\na: bad\n" + strings.Repeat("filler: to part the windows of the hashes\n", 5)
	of := func(above string) []sarifFingerprints {
		f := source.New("a.yaml", []byte(above+text))
		var list List
		for _, offset := range []int{0, 3, 18} {
			list.Errorf("c", f.Span(len(above)+offset, len(above)+offset+1), "", "message %d", offset%3)
		}
		list.Errorf("other", f.Span(len(above), len(above)+1), "", "message 0")
		var prints []sarifFingerprints
		for _, result := range results(t, Report{Excerpts: true, Files: []FileReport{{File: "a.yaml", Diagnostics: list}}}) {
			prints = append(prints, result.Fingerprints)
		}
		return prints
	}
	before, after := of(""), of("new: line\n# another\n\n")
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("-before +after:\n%s", diff)
	}
	seen := map[string]bool{}
	for _, p := range before {
		if seen[p.Result] || p.Line == "" {
			t.Errorf("%+v", p)
		}
		seen[p.Result] = true
	}
}

// between cuts a region out of a text as a viewer does.
func between(text string, region sarifRegion) string {
	lines := strings.SplitAfter(strings.TrimPrefix(text, "\ufeff"), "\n")[region.StartLine-1 : region.EndLine]
	last := utf16.Encode([]rune(lines[len(lines)-1]))
	end := len(last) - (region.EndColumn - 1)
	all := utf16.Encode([]rune(strings.Join(lines, "")))
	return string(utf16.Decode(all[region.StartColumn-1 : len(all)-end]))
}

// FuzzSARIF holds SARIF to its laws: it is valid, what is read back is what was
// reported, the region is the span, and no value becomes a link.
func FuzzSARIF(f *testing.F) {
	seed(f)
	schema := compileSARIF(f)
	link := regexp.MustCompile(`\[[^\]]*\]\([^)]+\)`)
	f.Fuzz(func(t *testing.T, name, text, code, message, hint, note string, start, end int) {
		r := fuzzed(name, text, code, message, hint, note, start, end)
		if err := validate(schema, write(t, r, SARIFFormat)); err != nil {
			t.Fatal(err)
		}
		got := results(t, r)
		if len(got) != 2 {
			t.Fatalf("%d results of 2 diagnostics", len(got))
		}
		for i, result := range got {
			p := result.Properties
			if result.RuleID != valid(code) || p.Message != valid(message) || p.Hint != valid(hint) || len(p.Notes) != 2*i {
				t.Errorf("read back %+v", result)
			}
			if slices.ContainsFunc(p.Notes, func(n string) bool { return n != valid(note) }) {
				t.Errorf("read back %q", p.Notes)
			}
			if !strings.HasPrefix(strings.ReplaceAll(result.Message.Text, "] (", "]("), strings.ReplaceAll(valid(message), "] (", "](")) {
				t.Errorf("the message %q does not begin with %q", result.Message.Text, message)
			}
		}
		if l := link.FindString(got[0].Message.Text); l != "" {
			t.Errorf("a link: %q", l)
		}
		physical := got[1].Locations[0].Physical
		if u, err := url.Parse(physical.Artifact.URI); err != nil || u.Path != path.Clean(name) {
			t.Errorf("the file reads %v, %v", u, err)
		}
		span := r.Files[0].Diagnostics[1].Span
		if span.Valid() && strings.ToValidUTF8(text, "") == text && physical.Region.Snippet != nil {
			want := strings.TrimPrefix(physical.Region.Snippet.Text, "\ufeff")
			if span.Start > 0 {
				want = physical.Region.Snippet.Text
			}
			if !strings.HasPrefix(span.Text(), physical.Region.Snippet.Text) {
				t.Errorf("the snippet is %q, want %q", physical.Region.Snippet.Text, span.Text())
			}
			if cut := between(text, physical.Region); cut != want {
				t.Errorf("the region holds %q, want %q", cut, want)
			}
		}
	})
}
