package assemble_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"concordat/internal/assemble"
	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/markdown"
)

// finalLibrary has two clauses and two terms, one of which is in use.
func finalLibrary(t *testing.T, approve bool, extra string) fstest.MapFS {
	files := library("  - {id: one, title: First, clauses: [aa-01, bb-01]}\n", fstest.MapFS{
		"aa-01.md":       clauseFile("aa-01", extra, "The Customer shall keep each Key."),
		"bb-01.md":       clauseFile("bb-01", "", "{{ terms }}"),
		"terms/key.md":   termFile("key", "Key", "", "what opens a lock."),
		"terms/other.md": termFile("other", "Other Thing", "", "what nobody uses."),
	})
	if !approve {
		return files
	}
	l, list, err := clause.Load(clause.Layer{FS: files})
	if err != nil || list.HasErrors() {
		t.Fatal(err, printed(list))
	}
	for _, c := range l.Clauses() {
		files[c.ID+".md"].Data = c.WithApproval("Ada Nobody", day(t, "2026-11-01"))
	}
	term, _ := l.Term("key")
	files["terms/key.md"].Data = term.WithApproval("Ada Nobody", day(t, "2026-11-01"))
	return files
}

func day(t *testing.T, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const (
	acceptance      = "clauses: {unapproved: {accepted_by: P-FAY, on: 2026-12-01, reason: the lawyer is ill}}\n"
	scheduledLayout = "# {{ .Agreement.Title }}\n\n{{ articles }}\n\n{{ schedule \"documents\" }}\n\n{{ signatures }}\n"
)

// TestFinal holds which words a document for signature takes: those that are
// approved as they stand, or that somebody accepts where the document says so.
func TestFinal(t *testing.T) {
	changed := func(files fstest.MapFS) fstest.MapFS {
		files["aa-01.md"].Data = []byte(strings.Replace(string(files["aa-01.md"].Data), "shall keep", "should keep", 1))
		return files
	}
	for _, c := range []struct {
		name   string
		files  fstest.MapFS
		layout string
		accept string
		want   string // each line in the output; empty when there is no problem
	}{
		{"drafts", finalLibrary(t, false, ""), plainLayout, "", `error: no lawyer has approved 2 of 2 clauses and 1 of 1 defined terms of this document [assemble-unapproved]
note: aa-01.md:5:9: clause "aa-01" 1.0.0: draft
note: bb-01.md:5:9: clause "bb-01" 1.0.0: draft
note: terms/key.md:5:9: term "key" 1.0.0: draft`},
		{"approved", finalLibrary(t, true, ""), plainLayout, "", ""},
		{"changed after that", changed(finalLibrary(t, true, "")), plainLayout, "", `error: no lawyer has approved 1 of 2 clauses and 0 of 1 defined terms of this document [assemble-unapproved]
note: aa-01.md:5:9: clause "aa-01" 1.0.0: approved, but its words have changed since`},
		{"accepted", finalLibrary(t, false, ""), scheduledLayout, acceptance, ""},
		{"accepted in secret", finalLibrary(t, false, ""), plainLayout, acceptance, `the document does not print who accepted words that no lawyer has approved [assemble-unapproved]`},
		{"later", finalLibrary(t, true, "effective_from: 2027-07-01"), plainLayout, "", `aa-01.md:9:17: error: the clause "aa-01" may be used from 2027-07-01, after 2026-12-15 [assemble-not-in-force]`},
		{"old", finalLibrary(t, true, "as_of: 2025-12-14"), plainLayout, "", `aa-01.md:9:8: warning: the law that the clause "aa-01" describes is that of 2025-12-14, more than 12 months before 2026-12-15 [assemble-old-law]`},
		{"a year old", finalLibrary(t, true, "as_of: 2025-12-15"), plainLayout, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, list := compile(t, c.layout, c.files)
			if a == nil {
				t.Fatal(printed(list))
			}
			ag := example(t, "\nnotices:\n", "\n"+c.accept+"\nnotices:\n")
			_, _, list = a.Assemble(ag, assemble.Options{Final: day(t, "2026-12-15")})
			got := printed(list)
			if c.want == "" && got != "" {
				t.Errorf("expected no problem, got\n%s", got)
			}
			for _, want := range strings.Split(c.want, "\n") {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not in\n%s", want, got)
				}
			}
		})
	}
}

// TestFinalNotes holds that a message names few of many clauses.
func TestFinalNotes(t *testing.T) {
	a := builtIn(t)
	_, _, list := a.Assemble(example(t), assemble.Options{Final: day(t, "2026-12-15")})
	if len(list) != 1 || len(list[0].Notes) != 11 || !strings.HasPrefix(list[0].Notes[10].Message, "and ") {
		t.Error(printed(list))
	}
}

// TestFinalIsMarkedNowhere holds that a document for signature differs from the
// draft by the note of drafts only, and that one with accepted words says so, also
// as a draft.
func TestFinalIsMarkedNowhere(t *testing.T) {
	a := builtIn(t)
	ag := example(t, "\nnotices:\n", "\n"+acceptance+"\nnotices:\n")
	draft, _, _ := a.Assemble(ag, assemble.Options{Draft: true})
	final, _, list := a.Assemble(ag, assemble.Options{Final: day(t, "2026-12-15")})
	if list.HasErrors() {
		t.Fatal(printed(list))
	}
	text := string(markdown.Write(final))
	if before := strings.Replace(string(markdown.Write(draft)), "> **Draft.** Not for signature. Lawyers have not approved these words.\n\n", "", 1); before != text {
		t.Error("the document for signature differs from the draft in more than the note")
	}
	if final.Meta.Draft || !draft.Meta.Draft {
		t.Error("a mark of drafts")
	}
	for _, want := range []string{
		"Words that no lawyer has approved\n",
		"| Accepted by | Fay Fictional for the Customer on December 1, 2026 |",
		"| Reason | the lawyer is ill |",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the document", want)
		}
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.Contains(line, "that no lawyer has approved |") && (strings.Contains(line, "| 0 of") || strings.Contains(line, "of 0 |")) {
			t.Error(line)
		}
	}
}
