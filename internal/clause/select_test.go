package clause

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/source"
)

func selected(s Selection) string {
	var parts []string
	for _, a := range s.Articles {
		var ids []string
		for _, c := range a.Clauses {
			ids = append(ids, c.ID)
		}
		parts = append(parts, a.Article.ID+": "+strings.Join(ids, " "))
	}
	return strings.Join(parts, "; ")
}

func TestSelect(t *testing.T) {
	l := loadOK(t)
	backup := func(f *Facts) {
		f.Backups.Count, f.Services.Kinds = 2, []string{"backup"}
	}
	for _, tt := range []struct {
		name string
		set  func(*Facts)
		want string
	}{
		{"no facts: articles without clauses vanish", func(*Facts) {}, "scope: pur-01"},
		{"low maturity", func(f *Facts) { f.Maturity.Present, f.Maturity.Low = true, true }, "scope: pur-01 pur-02"},
		{"required clause selected", func(f *Facts) { backup(f); f.Notification.Suspected = true }, "scope: pur-01; recovery: bkp-01; incidents: inc-01"},
		{"backups that are not bought", func(f *Facts) { backup(f); f.Services.Kinds = []string{"mdr"} }, "scope: pur-01"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &Facts{}
			tt.set(f)
			s, list := l.Select(f)
			if len(list) > 0 || selected(s) != tt.want {
				t.Errorf("got %q, %v", selected(s), list)
			}
			for _, c := range l.Clauses() {
				if s.Has(c.ID) != slices.Contains(strings.Fields(strings.ReplaceAll(tt.want, ";", "")), c.ID) {
					t.Errorf("Has(%q) is %v", c.ID, s.Has(c.ID))
				}
			}
		})
	}
}

func TestSelectRequires(t *testing.T) {
	l := loadOK(t)
	f := &Facts{Backups: BackupFacts{Count: 2}, Services: ServiceFacts{Kinds: []string{"backup"}}}
	s, list := l.Select(f)
	if selected(s) != "scope: pur-01; recovery: bkp-01" {
		t.Errorf("selected %q", selected(s))
	}
	const want = `lib/bkp-01.md:12:12: error: clause "bkp-01" is part of this document and requires clause "inc-01", which is not [clause-requires]
   |
12 | requires: [inc-01]
   |            ^^^^^^
   = note: lib/inc-01.md:7:7: "inc-01" is part of a document when notification.suspected || responsibilities.provider > 0
   = hint: give both clauses conditions that hold together, or delete "inc-01" here
`
	if diff := cmp.Diff(want, printed(t, list)); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}

// TestSelectConflicts holds that two clauses do not stand together where one
// says so.
func TestSelectConflicts(t *testing.T) {
	front := "version: 1.0.0\nstatus: draft\nbinds: both\nplain: P.\n"
	l, list, err := Load(Layer{asFS([]archived{
		{"library.yaml", "id: sample\ntitle: T\nversion: 1.0.0\nlicence: CC0-1.0\narticles: [{id: all, title: All, clauses: [one-01, two-01]}]\n"},
		{"one-01.md", "---\nid: one-01\ntitle: One\n" + front + "when: backups.count > 0\n---\nText.\n"},
		{"two-01.md", "---\nid: two-01\ntitle: Two\n" + front + "conflicts: [one-01]\n---\nText.\n"},
	}), "lib/"})
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	if _, list := l.Select(&Facts{}); len(list) > 0 {
		t.Errorf("apart from each other: %v", list)
	}
	const want = `lib/two-01.md:8:13: error: clauses "two-01" and "one-01" are parts of this document, and must not stand together [clause-conflicts]
  |
8 | conflicts: [one-01]
  |             ^^^^^^
  = note: lib/one-01.md:2:5: the other clause
  = hint: give them conditions that do not hold together, or leave one of them out
`
	_, list = l.Select(&Facts{Backups: BackupFacts{Count: 1}})
	if diff := cmp.Diff(want, printed(t, list)); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}

// TestSelectExclude holds that a clause can be left out, unless another needs it,
// and that an exclusion leaves out something.
func TestSelectExclude(t *testing.T) {
	l := loadOK(t)
	f := &Facts{Backups: BackupFacts{Count: 2}, Services: ServiceFacts{Kinds: []string{"backup"}}, Notification: NotificationFacts{Suspected: true}}
	agreement := source.New("a.yaml", []byte("pur-01\ninc-01\nbpk-01\npur-02\n"))
	at := func(i int) source.Span { return agreement.Span(7*i, 7*i+6) }
	s, list := l.Select(f, Exclusion{ID: "pur-01", Span: at(0)})
	if len(list) > 0 || selected(s) != "recovery: bkp-01; incidents: inc-01" {
		t.Errorf("selected %q\n%s", selected(s), printed(t, list))
	}
	_, list = l.Select(f, Exclusion{ID: "inc-01", Span: at(1)}, Exclusion{ID: "bpk-01", Span: at(2)}, Exclusion{ID: "pur-02", Span: at(3)})
	const want = `a.yaml:2:1: error: clause "bkp-01" requires clause "inc-01", which this agreement leaves out [clause-excluded]
  |
2 | inc-01
  | ^^^^^^
  = note: lib/bkp-01.md:12:12: required here
  = hint: keep "inc-01", or leave out "bkp-01" too
a.yaml:3:1: error: the library has no clause "bpk-01" [clause-excluded-unknown]
  |
3 | bpk-01
  | ^^^^^^
  = hint: did you mean "bkp-01"?
a.yaml:4:1: warning: clause "pur-02" is no part of this document anyway [clause-excluded-nothing]
  |
4 | pur-02
  | ^^^^^^
  = note: lib/pur-02.md:7:7: "pur-02" is part of a document when maturity.present and maturity.low
  = hint: take it out of "exclude"
`
	if diff := cmp.Diff(want, printed(t, list)); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}

func TestLibraryClause(t *testing.T) {
	l := loadOK(t)
	if c, ok := l.Clause("bkp-01"); !ok || c.ID != "bkp-01" || c.Status != Approved || c.Binds != BindsProvider {
		t.Errorf("bkp-01: %v %v", c, ok)
	}
	for _, id := range []string{"old-01", "none", ""} {
		if _, ok := l.Clause(id); ok {
			t.Errorf("%q is a clause of the library", id)
		}
	}
}

// The words of the closed sets are read and printed alike.
func TestWords(t *testing.T) {
	for _, s := range []Status{Draft, Reviewed, Approved, Retired} {
		var got Status
		if err := got.UnmarshalText([]byte(s.String())); err != nil || got != s {
			t.Errorf("%s: %v %v", s, got, err)
		}
	}
	for _, b := range []Binds{BindsProvider, BindsCustomer, BindsBoth} {
		var got Binds
		if err := got.UnmarshalText([]byte(b.String())); err != nil || got != b {
			t.Errorf("%s: %v %v", b, got, err)
		}
	}
}

// A library that is refused can still be asked without a panic, so that later
// stages may report more.
func TestRefusedLibraryIsWhole(t *testing.T) {
	archives, err := os.ReadDir("testdata/err")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range archives {
		data, err := os.ReadFile("testdata/err/" + a.Name())
		if err != nil {
			t.Fatal(err)
		}
		_, files := parseArchive(string(data))
		l, _, err := Load(Layer{asFS(files[:len(files)-1]), ""})
		if err != nil {
			t.Fatal(err)
		}
		s, _ := l.Select(sampleFacts())
		for _, c := range l.Clauses() {
			s.Has(c.ID)
			if !c.Span("Title").Valid() || !c.Body.Valid() {
				t.Errorf("%s: spans of %s", a.Name(), c.ID)
			}
		}
	}
}
