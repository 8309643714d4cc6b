package framework

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"concordat/internal/diag"
	"concordat/internal/source"
)

var update = flag.Bool("update", false, "write expected outputs anew")

func printed(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s: %s: %s [%s]\n", d.Span, d.Severity, d.Message, d.Code)
	}
	return b.String()
}

func readFile(t testing.TB, name string) *source.File {
	t.Helper()
	file, err := source.Read(name, MaxOSCAL)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// importWhole imports a file, and reads the result as an agreement would.
func importWhole(t testing.TB, file *source.File, id string) (*Imported, diag.List) {
	t.Helper()
	set := load(t)
	imported, list := Import(file, id, set)
	if imported == nil {
		t.Fatalf("not imported:\n%s", printed(list))
	}
	again, _ := Import(file, id, set)
	if !bytes.Equal(imported.Text, again.Text) {
		t.Error("a second import gives other bytes")
	}
	with, problems := set.With(source.New("imported.yaml", imported.Text))
	if problems.HasErrors() {
		t.Fatalf("the imported file is refused:\n%s\n%s", printed(problems), imported.Text)
	}
	found, ok := with.Find(imported.Framework.ID)
	if !ok || !reflect.DeepEqual(found, imported.Framework) {
		t.Errorf("the file has another framework than the import made: %v", found)
	}
	if _, ok := set.Find(imported.Framework.ID); ok || len(with.IDs()) != len(set.IDs())+1 {
		t.Error("With changed the set it began with")
	}
	return imported, list
}

func TestImportSample(t *testing.T) {
	imported, list := importWhole(t, readFile(t, "testdata/sample-catalog.json"), "")
	if len(list) > 0 || imported.Withdrawn != 4 {
		t.Errorf("%d withdrawn, %s", imported.Withdrawn, printed(list))
	}
	const name = "testdata/sample-catalog.yaml"
	if *update {
		if err := os.WriteFile(name, imported.Text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want := readFile(t, name).Text(); string(imported.Text) != want {
		t.Errorf("found\n%s\nwant\n%s", imported.Text, want)
	}
}

// oscalFile is a file of NIST, which is not part of this repository.
func oscalFile(t testing.TB, name string) *source.File {
	t.Helper()
	corpora := os.Getenv("CONCORDAT_CORPORA")
	if corpora == "" {
		t.Skip("CONCORDAT_CORPORA names no folder")
	}
	return readFile(t, filepath.Join(corpora, "..", "reference", "oscal", name))
}

// Catalog 1.0.0 lists the withdrawn subcategories of version 1.1 as if they
// were in force: 185 instead of 106.
func TestImportCSF(t *testing.T) {
	imported, list := importWhole(t, oscalFile(t, "NIST_CSF_v2.0_catalog.converted.json"), "")
	f := imported.Framework
	t.Logf("%s: %d functions, %d categories, %d subcategories; left out %d", f.ID, len(f.Functions), len(f.Categories), len(f.Items), imported.Withdrawn)
	if len(f.Functions) != 6 || len(f.Categories) != 22 || len(f.Items) != 106 || imported.Withdrawn != 79 {
		t.Error("expected 6 functions, 22 categories, 106 subcategories and 79 left out")
	}
	if len(list) != 1 || list[0].Code != codeUnmarked || list[0].Severity != diag.Warning {
		t.Errorf("found %s", printed(list))
	}
	built := find(t, "nist-csf-2.0")
	// The catalog orders Detect in another way than NIST CSWP 29.
	if got, want := slices.Sorted(slices.Values(f.ScoreIDs())), slices.Sorted(slices.Values(built.ScoreIDs())); !slices.Equal(got, want) {
		t.Errorf("found %q\nwant %q", got, want)
	}
	for _, item := range f.Items {
		if want, _ := built.Item(item.ID); item.Function != want.Function || item.Category != want.Category {
			t.Errorf("%s stands in %s and %s, want %s and %s", item.ID, item.Function, item.Category, want.Function, want.Category)
		}
	}
}

func TestImportLowBaseline(t *testing.T) {
	imported, list := importWhole(t, oscalFile(t, "NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json"), "")
	f := imported.Framework
	enhancements := 0
	for _, item := range f.Items {
		if strings.Contains(item.ID, "(") {
			enhancements++
		}
	}
	t.Logf("%s: %d families, %d controls, %d of them enhancements: %s", f.ID, len(f.Functions), len(f.Items), enhancements, byFunction(f))
	if len(f.Functions) != 18 || len(f.Items) != 149 || enhancements != 18 || imported.Withdrawn != 0 || len(list) != 0 {
		t.Errorf("expected 18 families, 149 controls with 18 enhancements: %s", printed(list))
	}
	if item, ok := f.Item("AC-2"); !ok || item.Title != "Account Management" || item.Function != "ac" {
		t.Errorf("AC-2 is %v, %v", item, ok)
	}
	if got := f.Hint("ia-2.12"); got != "IA-2(12)" {
		t.Errorf("Hint(ia-2.12) = %q", got)
	}
}

// catalogWith is a catalog with fields beside its metadata.
func catalogWith(fields string) string {
	return `{"catalog": {"uuid": "u", "metadata": {"title": "T", "version": "1", "last-modified": "2027-01-31T00:00:00Z"}, ` + fields + `}}`
}

func TestImportRefuses(t *testing.T) {
	const controls = `"controls": [{"id": "a-1", "title": "A"}]`
	many := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `{"id": "a-%d", "title": "A", "props": [{"name": "label", "value": "A-%d"}]},`, i, i)
		}
		return catalogWith(`"controls": [` + strings.TrimSuffix(b.String(), ",") + `]`)
	}
	deep := func(n int, open, end string) string { return strings.Repeat(open, n) + strings.Repeat(end, n) }
	for _, test := range []struct{ name, text, want string }{
		{"empty", " \n", `2:1: error: the file is empty [oscal-format]`},
		{"xml", "<?xml version=\"1.0\"?><catalog/>", `1:1: error: expected JSON, found XML or a web page [oscal-format]`},
		{"yaml", "catalog:\n  uuid: u\n", `1:1: error: expected JSON that begins with {, found something else [oscal-format]`},
		{"list", "[]", `1:1: error: expected JSON that begins with {, found something else [oscal-format]`},
		{"mark", "\ufeff{}", `1:1: error: the file begins with a byte order mark [oscal-format]`},
		{"latin", "{\"a\": \"\xe9\"}", `1:8: error: expected text in UTF-8, found the byte 0xE9 [oscal-format]`},
		{"syntax", "{\"catalog\":\n  {uuid: 1}}", `2:4: error: the file is not JSON: invalid character 'u' [oscal-format]`},
		{"truncated", catalogWith(controls)[:120], `1:121: error: the file ends before its end: it is not whole [oscal-format]`},
		{"truncated in prose", `{"catalog": {"back-matter": {"a": [1, 2`, `1:40: error: the file ends before its end: it is not whole [oscal-format]`},
		{"two", catalogWith(controls) + "\n{}", `2:1: error: something follows the end of the JSON [oscal-format]`},
		{"nothing", "{}", `1:1: error: expected an OSCAL catalog, found none [oscal-kind]`},
		{"profile", `{"profile": {"uuid": "u", "imports": [{"href": "x"}]}}`, `1:2: error: expected an OSCAL catalog, found a profile [oscal-kind]`},
		{"component", `{"$schema": "s", "component-definition": {}}`, `1:18: error: expected an OSCAL catalog, found a component definition [oscal-kind]`},
		{"plan", `{"plan-of-action-and-milestones": {}}`, `1:2: error: expected an OSCAL catalog, found a plan of action and milestones [oscal-kind]`},
		{"package", `{"name": "x", "version": "1"}`, `1:2: error: expected an OSCAL catalog, found "name"|1:15: error: expected an OSCAL catalog, found "version" [oscal-kind]`},
		{"metadata", `{"catalog": {` + controls + `}}`,
			`1:13: error: the metadata of the catalog has no "last-modified"|1:13: error: the metadata of the catalog has no "title"|1:13: error: the metadata of the catalog has no "version" [oscal-shape]`},
		{"null", `{"catalog": null}`, `1:13: error: the catalog: expected an object, found null [oscal-shape]`},
		{"types", catalogWith(`"groups": {"id": 1}, "controls": [1, {"id": 2, "props": [true]}]`),
			`1:122: error: the groups: expected a list, found an object|1:146: error: a control: expected an object, found a number|1:149: error: a control has no id|1:156: error: the id of a control: expected text, found a number|1:169: error: a property: expected an object, found true or false [oscal-shape]`},
		{"date", strings.Replace(catalogWith(controls), "2027-01-31T", "31.1.2027 ", 1), `1:87: error: expected a date and time such as 2027-01-31T12:00:00Z, found "31.1.2027 00:00:00Z" [oscal-shape]`},
		{"no controls", catalogWith(`"groups": [{"id": "g", "title": "G"}]`), `1:1: error: the catalog has no controls in force [oscal-shape]`},
		{"all withdrawn", catalogWith(`"controls": [{"id": "a", "props": [{"name": "status", "value": "withdrawn"}]}]`), `1:1: error: the catalog has no controls in force [oscal-shape]`},
		{"id", catalogWith(`"controls": [{"id": "a 1", "title": "A"}]`), `1:125: error: the id "a 1" has another form than ids have: letters, digits and . ( ) _ - only [oscal-shape]`},
		{"group title", catalogWith(`"groups": [{"id": "g", ` + controls + `}]`), `1:123: error: a group has no title [oscal-shape]`},
		{"hidden", catalogWith(`"controls": [{"id": "a", "title": "A\u202eB"}]`), `1:146: error: U+202E is not allowed here: bidirectional control, which can reorder the text a reader sees [oscal-shape]`},
		{"duplicate key", catalogWith(controls + ", " + controls), `1:155: error: the catalog: the key "controls" stands twice|1:175: error: a second control or group has the id "a-1" [oscal-duplicate-id]`},
		{"duplicate id", catalogWith(`"groups": [{"id": "g", "title": "G", "controls": [{"id": "a"}, {"id": "a"}, {"id": "g"}]}]`),
			`1:130: error: a second control or group has the id "g"|1:182: error: a second control or group has the id "a" [oscal-duplicate-id]`},
		{"deep controls", catalogWith(`"controls": ` + deep(60, `[{"id": "a", "controls": `, `}]`)), `error: more than 100 objects and lists inside each other [oscal-shape]`},
		{"deep prose", catalogWith(`"x": ` + deep(100_000, `[`, `]`)), `error: more than 100 objects and lists inside each other [oscal-shape]`},
		{"deep at once", `{` + strings.Repeat(`"x":{`, 5_000), `1:2: error: expected an OSCAL catalog, found "x"|1:502: error: more than 100 objects and lists inside each other [oscal-shape]`},
		{"many", many(2_500), `1:1: error: the catalog has 2500 controls, more than an agreement can assign [oscal-too-large]`},
		{"very many", many(20_001), `error: more than 20000 controls and groups [oscal-too-large]`},
		{"many keys", `{"catalog": {` + func() string {
			var b strings.Builder
			for i := range 101 {
				fmt.Fprintf(&b, `"k%d": 1,`, i)
			}
			return b.String()
		}(), `1:904: error: the catalog: more than 100 keys [oscal-shape]`},
		{"function", catalogWith(`"groups": [{"title": "A 1", "controls": [{"id": "a-1", "title": "A"}]}]`), `1:1: error: the catalog makes no framework: a second entry has the id "a-1" [oscal-shape]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := source.New("x.json", []byte(test.text))
			imported, list := Import(file, "", load(t))
			if imported != nil {
				t.Fatal("it was imported")
			}
			var got []string
			for _, d := range list {
				if !d.Span.Valid() {
					t.Errorf("the span of %q lies outside", d.Message)
				}
				got = append(got, strings.TrimPrefix(fmt.Sprintf("%s: %s: %s", d.Span, d.Severity, d.Message), "x.json:"))
			}
			text := strings.Join(got, "|") + " [" + list[len(list)-1].Code + "]"
			if !strings.HasSuffix(text, test.want) || strings.Count(text, "|") != strings.Count(test.want, "|") {
				t.Errorf("found %s\nwant  %s", text, test.want)
			}
		})
	}
}

// A file of nothing but faults is not read to its end.
func TestImportManyProblems(t *testing.T) {
	text := catalogWith(`"controls": [` + strings.TrimSuffix(strings.Repeat(`{"title": 1},`, 10_000), ",") + `]`)
	imported, list := Import(source.New("x.json", []byte(text)), "", load(t))
	if imported != nil || len(list) != maxOSCALProblems {
		t.Errorf("%d problems", len(list))
	}
}

func TestImportID(t *testing.T) {
	file := source.New("x.json", []byte(catalogWith(`"controls": [{"id": "a-1", "title": "A"}]`)))
	for _, test := range []struct{ id, want string }{
		{"", "t-1"}, {"my-own-2027", "my-own-2027"},
		{"cisa-cpg-2.0", `x.json:1:49: error: another framework has the id "cisa-cpg-2.0" [framework-known-id]` + "\n"},
		{"My own", `x.json:1:49: error: the id "My own" has another form than ids of frameworks have [framework-field]` + "\n"},
	} {
		imported, list := Import(file, test.id, load(t))
		got := printed(list)
		if imported != nil {
			got += imported.Framework.ID
		}
		if got != test.want {
			t.Errorf("%q: found %s, want %s", test.id, got, test.want)
		}
	}
	if got := slug("  NIST: Łódź & (Co)  5.1.1+u4 "); got != "nist-d-co-5.1.1-u4" {
		t.Errorf("slug is %q", got)
	}
}

// Labels that two controls share identify none of them.
func TestImportSharedLabels(t *testing.T) {
	label := `"props": [{"name": "label", "value": "A"}]`
	file := source.New("x.json", []byte(catalogWith(`"controls": [{"id": "a-1", "title": "A", `+label+`}, {"id": "a-2", "title": "B", `+label+`}]`)))
	imported, _ := importWhole(t, file, "")
	if got := imported.Framework.ItemIDs(); !slices.Equal(got, []string{"a-1", "a-2"}) {
		t.Errorf("ids %q", got)
	}
}

// A catalog that says it is the Cybersecurity Framework 2.0 is held to the
// built-in one; a catalog of anything else is not.
func TestImportUnmarked(t *testing.T) {
	text := func(identifier string) string {
		return `{"catalog": {"uuid": "u", "metadata": {"title": "T", "version": "1.0.0", "last-modified": "2025-05-14T00:00:00Z",
			"props": [{"name": "framework-version-identifier", "value": "` + identifier + `"}]},
			"groups": [{"id": "PR", "title": "PROTECT", "controls": [
				{"id": "PR.AA", "class": "category", "title": "A", "controls": [{"id": "PR.AA-01", "title": "PR.AA-01"}]},
				{"id": "PR.AC", "class": "category", "title": "B", "controls": [{"id": "PR.AC-01", "title": "PR.AC-01"}, {"id": "PR.AC-02", "title": "PR.AC-02"}]}]}]}}`
	}
	imported, list := importWhole(t, source.New("x.json", []byte(text("CSF_2_0_0"))), "")
	if got := imported.Framework.ItemIDs(); !slices.Equal(got, []string{"PR.AA-01"}) || imported.Withdrawn != 2 || len(imported.Framework.Categories) != 1 {
		t.Errorf("items %q, %d withdrawn, categories %v", got, imported.Withdrawn, imported.Framework.Categories)
	}
	want := `x.json:1:49: warning: left out 2 controls that nist-csf-2.0 has not, "PR.AC-01" to "PR.AC-02": the catalog lists what was withdrawn as if it were in force [oscal-unmarked-withdrawn]` + "\n"
	if printed(list) != want {
		t.Errorf("found %s, want %s", printed(list), want)
	}
	imported, list = importWhole(t, source.New("x.json", []byte(text("OWN_1"))), "")
	if len(imported.Framework.Items) != 3 || len(list) > 0 {
		t.Errorf("%d items, %s", len(imported.Framework.Items), printed(list))
	}
}

// Many goroutines ask for the same frameworks, which are read once.
func TestFindConcurrently(t *testing.T) {
	set := load(t)
	first := find(t, "nist-csf-2.0")
	var wait sync.WaitGroup
	found := make([]*Framework, 16)
	for i := range found {
		wait.Go(func() {
			for _, id := range set.IDs() {
				if f, _ := set.Find(id); f.ID == first.ID {
					found[i] = f
				}
			}
		})
	}
	wait.Wait()
	for _, f := range found {
		if f == nil || f != found[0] {
			t.Fatal("a framework was read twice")
		}
	}
}

func TestWith(t *testing.T) {
	const good = "id: own-1\ntitle: Own\nversion: \"1\"\nas_of: 2027-01-01\norigin: o\nlicence: l\ncount: 1\nfunctions:\n  - {id: F, title: F}\nitems:\n  - {id: F-1, function: F}\n"
	set := load(t)
	file := func(name, text string) *source.File { return source.New(name, []byte(text)) }
	if with, list := set.With(file("a.yaml", good)); with == nil || len(list) > 0 || !slices.Contains(with.IDs(), "own-1") || !slices.IsSorted(with.IDs()) {
		t.Errorf("a good file is refused: %s", printed(list))
	}
	if with, list := (&Set{}).With(); with == nil || len(list) > 0 {
		t.Errorf("no files are refused: %s", printed(list))
	}
	for _, test := range []struct{ text, want string }{
		{strings.Replace(good, "own-1", "cisa-cpg-2.0", 1), `a.yaml:1:5: error: another framework has the id "cisa-cpg-2.0" [framework-known-id]`},
		{strings.Replace(good, "count: 1", "count: 2", 1), `a.yaml:7:8: error: expected 2 items, found 1 [framework-count]`},
		{strings.Replace(good, "function: F}", "function: G}", 1), `a.yaml:11:25: error: the item "F-1" has the unknown function "G" [framework-group]|a.yaml:9:5: error: the function "F" has no items [framework-group]`},
		{strings.Replace(good, "id: F-1", "id: F", 1), `a.yaml:11:10: error: a second entry has the id "F" [framework-duplicate-id]`},
		{strings.Replace(good, "licence: l\n", "", 1), `a.yaml:1:1: error: the framework has no licence [framework-field]`},
		{strings.Replace(good, "function: F}", "function: F, weight: 5}", 1), `a.yaml:11:5: error: the item "F-1" has a weight in a framework without a score [framework-weight]`},
		{strings.Replace(good, "items:", "item:", 1), `a.yaml:10:1: error: unknown field "item" in framework [yaml-unknown-field]`},
	} {
		with, list := set.With(file("a.yaml", test.text))
		got := strings.ReplaceAll(strings.TrimSpace(printed(list)), "\n", "|")
		if with != nil || got != test.want {
			t.Errorf("found %s\nwant  %s", got, test.want)
		}
	}
	with, list := set.With(file("a.yaml", good), file("b.yaml", good))
	if with != nil || len(list) != 1 || list[0].Span.String() != "b.yaml:1:5" || len(list[0].Notes) != 1 || list[0].Notes[0].Span.String() != "a.yaml:1:5" {
		t.Errorf("two files with one id: %s", printed(list))
	}
}

// Random damage to a catalog is refused or imported, but never makes the
// program fail, and every place lies inside the file.
func FuzzImport(f *testing.F) {
	sample, err := os.ReadFile("testdata/sample-catalog.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sample)
	f.Add([]byte(`{"catalog": {"metadata": {"title": "T"}, "groups": [{"controls": [{"id": "a"}]}]}}`))
	f.Add([]byte(`{"profile": [1, {"x": "\u202e\ud800"}]}`))
	set, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		imported, list := Import(source.New("x.json", text), "", set)
		for _, d := range list {
			if !d.Span.Valid() {
				t.Errorf("the span of %q lies outside", d.Message)
			}
		}
		if (imported == nil) != list.HasErrors() {
			t.Fatalf("imported %v with %s", imported, printed(list))
		}
		if imported != nil {
			if _, problems := set.With(source.New("y.yaml", imported.Text)); problems.HasErrors() {
				t.Errorf("the imported file is refused: %s", printed(problems))
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	for _, id := range []string{"cisa-cpg-2.0", "cmmc-2-l2", "nist-csf-2.0"} {
		b.Run(id, func(b *testing.B) {
			for b.Loop() {
				set, _ := Load()
				if _, ok := set.Find(id); !ok {
					b.Fatal("not found")
				}
			}
		})
	}
}

func BenchmarkImportLowBaseline(b *testing.B) {
	file := oscalFile(b, "NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json")
	set := load(b)
	b.SetBytes(int64(len(file.Text())))
	for b.Loop() {
		if imported, _ := Import(file, "", set); imported == nil {
			b.Fatal("not imported")
		}
	}
}
