package record

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/source"
)

var update = flag.Bool("update", false, "write what was found into the fixtures")

func loadAgreement(t testing.TB) *agreement.Agreement {
	t.Helper()
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, list := agreement.Load(readFile(t, "testdata/agreement.yaml"), frameworks)
	if a == nil { // its warnings are no concern of records
		t.Fatal(printed(t, list))
	}
	return a
}

func readFile(t testing.TB, name string) *source.File {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return source.New(filepath.Base(name), text)
}

// printed is a list as the command prints it.
func printed(t testing.TB, list diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func date(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A fixture is a text archive: its comment says what is wrong, or "as of DATE"
// for a check on that day; then the record, then what is printed.
func TestFixtures(t *testing.T) {
	a := loadAgreement(t)
	names, err := filepath.Glob("testdata/err/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no fixtures", err)
	}
	reported := map[string]bool{}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base := strings.TrimSuffix(filepath.Base(name), ".txtar")
		r, list := Load(source.New("sample.record.yaml", archive.Files[0].Data), a)
		if (r == nil) != list.HasErrors() {
			t.Errorf("%s: record %v beside %d problems", name, r != nil, len(list))
		}
		if day, ok := strings.CutPrefix(strings.TrimSpace(string(archive.Comment)), "as of "); ok {
			if r == nil {
				t.Errorf("%s: %s", name, printed(t, list))
				continue
			}
			// Of what the day finds, the fixture shows its own code.
			for _, d := range Due(a, r, date(t, day)) {
				if base == d.Code || strings.HasPrefix(base, d.Code+"-") {
					list = append(list, d)
				}
			}
		}
		checkLaws(t, list)
		shown := base == "shape"
		for _, d := range list {
			reported[d.Code] = true
			shown = shown || base == d.Code || strings.HasPrefix(base, d.Code+"-")
		}
		if !shown {
			t.Errorf("%s: shows no problem with its code", name)
		}
		got, want := printed(t, list), ""
		if len(archive.Files) > 1 {
			want = string(archive.Files[1].Data)
		}
		if got == want {
			continue
		}
		if !*update {
			t.Errorf("%s: want\n%s\ngot\n%s", name, want, got)
			continue
		}
		archive.Files = append(archive.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, code := range []string{
		codeSchema, codeAgreement, codeMissing, codeUnknownID, codeVersion, codeDuplicate, codeDate, codeEvidence, codeBlocked,
		codePromised, codeConfirmed, codeUnanswered, codeSides, codeDoneLate, codeLateNotice, codeLate, codeUnsigned, codeUnended, codeFuture,
		codeReview, codeRestore, codeConnection, codeRiskReview, codeInterim, codeUndecided, codeLapsed, codeStale, codeQuote, codeRenewal, codeEnded,
	} {
		if !reported[code] {
			t.Errorf("%s has no fixture", code)
		}
	}
}

// checkLaws asserts what holds for every list: places inside their files, and
// the voice of messages.
func checkLaws(t testing.TB, list diag.List) {
	t.Helper()
	for _, d := range list {
		if d.Code == "" || d.Message == "" || d.Span.IsZero() || !d.Span.Valid() || strings.HasSuffix(d.Message, ".") || strings.Contains(d.Message+d.Hint, "%!") {
			t.Errorf("bad diagnostic: %+v", d)
		}
		for _, n := range d.Notes {
			if n.Span.IsZero() || !n.Span.Valid() || n.Message == "" {
				t.Errorf("bad note of %s: %+v", d.Code, n)
			}
		}
	}
}

func TestLoad(t *testing.T) {
	a := loadAgreement(t)
	for _, name := range []string{"testdata/ok/empty.yaml", "testdata/ok/full.yaml"} {
		if r, list := Load(readFile(t, name), a); r == nil || len(list) > 0 {
			t.Errorf("%s:\n%s", name, printed(t, list))
		}
	}
}

// TestDocumentation loads the record that docs/records.md shows, and holds its
// table of causes to the causes.
func TestDocumentation(t *testing.T) {
	text := readFile(t, "../../docs/records.md").Text()
	_, example, _ := strings.Cut(text, "```yaml\n")
	example, _, _ = strings.Cut(example, "```")
	r, list := Load(source.New("records.md", []byte(example)), loadAgreement(t))
	if r == nil || len(list) > 0 {
		t.Fatal(printed(t, list))
	}
	all := reflect.ValueOf(*r)
	for i := range all.NumField() {
		if f := all.Field(i); f.Kind() == reflect.Slice && f.Len() == 0 {
			t.Errorf("the example has no %s", all.Type().Field(i).Name)
		}
	}
	var table strings.Builder
	for _, x := range causes() {
		fmt.Fprintf(&table, "| `%s` | %s |\n", x.cause, x.label)
	}
	if !strings.Contains(text, "|---|---|\n"+table.String()+"\n") {
		t.Errorf("the table of causes is not\n%s", table.String())
	}
}

func TestLookups(t *testing.T) {
	r, list := Load(readFile(t, "testdata/ok/full.yaml"), loadAgreement(t))
	if r == nil {
		t.Fatal(printed(t, list))
	}
	if r.File().Name() != "full.yaml" || FileName(r.Agreement) != "sample-books-2027.record.yaml" {
		t.Error(r.File().Name(), r.Agreement)
	}
	if got := fmt.Sprint([]Status{r.Status("C-PLAN"), r.Status("C-BACKUP"), r.Status("C-LOGS"), r.Status("C-OTHER"), r.Status("")}); got != "[done blocked planned planned planned]" {
		t.Error(got)
	}
	x, ok := r.Commitment("C-BACKUP")
	if !ok || x.Delays[0].Cause.Label() != "A vendor has not delivered" || !x.Delays[0].Open() {
		t.Error(x, ok)
	}
	if got := r.Span("Commitments[1].Delays[0].Cause").Text(); got != "vendor_supply" {
		t.Error(got)
	}
	if got := r.Span("Evidence[0].Reference").Text(); got != "report of the monitoring service" {
		t.Error(got)
	}
	if x, ok := r.LastRestore("B-MAIL"); !ok || x.Result != Passed {
		t.Error(x, ok)
	}
	if _, ok := r.LastRestore("B-TAX"); ok {
		t.Error("found a test that was not made")
	}
	if x, ok := r.LastReview("V-QUARTER"); !ok || x.Summary != "The plan is written.\nThe backup waits for disks." {
		t.Error(x, ok)
	}
	if x, ok := r.SignedBy("P-PAM", "1.0.0"); !ok || x.How != Electronic {
		t.Error(x, ok)
	}
	if _, ok := r.SignedBy("P-PAM", "1.1.0"); ok {
		t.Error("found a signature that was not given")
	}
	if x, ok := r.Acceptance("R-LOGS"); !ok || x.Ended != Closed {
		t.Error(x, ok)
	}
	if _, ok := r.Acceptance("R-NONE"); ok {
		t.Error("found an acceptance that is not there")
	}
}

// TestNeverChangesAPromise: no key of a record is a word in which the agreement
// promises, and reading a record leaves the agreement as it was.
func TestNeverChangesAPromise(t *testing.T) {
	promises := []string{
		"due", "start", "owner", "accountable", "responsible", "cost", "amount", "charges", "budget", "price", "quantity", "level", "target",
		"priority", "acceptance_criteria", "interim_control", "customer_hours", "expires", "effective", "end", "change", "use", "controls",
	}
	keys := 0
	var visit func(x reflect.Type)
	visit = func(x reflect.Type) {
		for i := range x.NumField() {
			field := x.Field(i)
			if key := yamlKey(field); key != "" {
				keys++
				for _, p := range promises {
					if key == p {
						t.Errorf("%s has the field %q", x, key)
					}
				}
			}
			inner := field.Type
			if inner.Kind() == reflect.Slice || inner.Kind() == reflect.Pointer {
				inner = inner.Elem()
			}
			if field.IsExported() && inner.Kind() == reflect.Struct && inner != reflect.TypeFor[calendar.Date]() {
				visit(inner)
			}
		}
	}
	visit(reflect.TypeFor[Record]())
	if keys < 60 {
		t.Errorf("visited %d fields only", keys)
	}
	a := loadAgreement(t)
	r, _ := Load(readFile(t, "testdata/ok/full.yaml"), a)
	Due(a, r, date(t, "2029-12-31"))
	if !reflect.DeepEqual(a, loadAgreement(t)) {
		t.Error("the agreement was changed")
	}
}

func TestWords(t *testing.T) {
	if len(causes()) != 16 {
		t.Errorf("%d causes", len(causes()))
	}
	labels := map[string]bool{}
	for _, w := range Cause("").words() {
		label := Cause(w).Label()
		if label == "" || labels[label] {
			t.Errorf("%s: label %q", w, label)
		}
		labels[label] = true
	}
	for s, open := range map[Status]bool{Planned: true, InProgress: true, Blocked: true, Done: false, Cancelled: false} {
		if s.Open() != open {
			t.Errorf("%s: %t", s, s.Open())
		}
	}
	for _, f := range []func(){func() { Cause("x").Label() }, func() { Status("").Open() }} {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("an unknown word does not panic")
				}
			}()
			f()
		}()
	}
}

func TestVersions(t *testing.T) {
	for _, tc := range []struct {
		v, w string
		want int
	}{
		{"1.0.0", "1.0.0", 0},
		{"1.0.0-draft.1", "1.0.0", 0},
		{"1.2.0", "1.10.0", -1},
		{"2.0.0", "1.10.0", 1},
		{"1.0.99999999999999999999", "1.0.100000000000000000000", -1},
		{"1.0.0+build", "1.0.1", -1},
	} {
		if got := Version(tc.v).compare(Version(tc.w)); got < 0 != (tc.want < 0) || got > 0 != (tc.want > 0) {
			t.Errorf("%s and %s: %d", tc.v, tc.w, got)
		}
	}
	for _, text := range []string{"", "1", "1.0", "v1.0.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0 ", "1.0.٣"} {
		if new(Version).UnmarshalText([]byte(text)) == nil {
			t.Errorf("%q is no version", text)
		}
	}
}

func FuzzLoad(f *testing.F) {
	a := loadAgreement(f)
	for _, pattern := range []string{"testdata/err/*.txtar", "testdata/ok/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			text := readFile(f, name).Text()
			if strings.HasSuffix(name, ".txtar") {
				text = string(txtar.Parse([]byte(text)).Files[0].Data)
			}
			f.Add(text)
		}
	}
	day := date(f, "2027-07-01")
	f.Fuzz(func(t *testing.T, text string) {
		r, list := Load(source.New("f.record.yaml", []byte(text)), a)
		again, listAgain := Load(source.New("f.record.yaml", []byte(text)), a)
		if (r == nil) != list.HasErrors() || (r == nil) != (again == nil) || printed(t, list) != printed(t, listAgain) {
			t.Errorf("loading twice differs, or a record beside an error")
		}
		checkLaws(t, list)
		if r != nil {
			list := Due(a, r, day)
			if list.HasErrors() {
				t.Error("a day makes errors of what was loaded")
			}
			checkLaws(t, list)
		}
	})
}
