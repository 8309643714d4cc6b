package plan

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func page(t *testing.T, r *Report) string {
	t.Helper()
	var b strings.Builder
	if err := r.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPage is the page of many customers whom one cause touches.
func TestPage(t *testing.T) {
	cause := Cause{Kind: ClauseText, ID: "inc-02", What: Changed, From: "1.0.0", To: "1.1.0", Counsel: IsMaterial, Reason: "a shorter time"}
	var r Report
	for i := range 214 {
		c := Change{ID: fmt.Sprintf("c-%03d", i), Customer: fmt.Sprintf("Customer %d", i), Version: "1.0.0", Words: true, Material: IsMaterial, Causes: []Cause{cause}, Action: Regenerate}
		c.Parts = []Part{{Kind: Clause, ID: "inc-02", Title: "Telling", What: Changed, Words: true, Texts: []Replacement{{"Within 48 hours.", "Within 24 hours."}}}}
		if i >= 177 {
			c.State, c.Action = Signed, Amend
		}
		r.Add(c)
	}
	text := page(t, &r)
	const want = `## Clause inc-02: Telling

Clause inc-02 1.0.0 -> 1.1.0 touches 214 customers, 37 of them signed. Counsel calls it material: a shorter time. 37 of them must amend and sign again.

- **Before:** Within 48 hours. **Now:** Within 24 hours.

## Who must amend and sign again

- Customer 177 (c-177, version 1.0.0)
`
	_, rest, _ := strings.Cut(text, "count as material.\n\n")
	if got := rest[:min(len(rest), len(want))]; got != want {
		t.Errorf("(-want +got):\n%s", cmp.Diff(want, got))
	}
	if !strings.HasSuffix(text, "- Customer 196 (c-196, version 1.0.0)\n- and 17 more, see the JSON\n") {
		t.Errorf("ends with %q", text[len(text)-100:])
	}
}

// TestLongSentences holds that what is shown of long sentences is what differs.
func TestLongSentences(t *testing.T) {
	long := strings.Repeat("one word and another ", 30)
	cause := Cause{Kind: ClauseText, ID: "inc-02", What: Changed, From: "1.0.0", To: "1.1.0", Counsel: IsMaterial}
	for _, c := range []struct{ old, now, want string }{
		{long + "in 48 hours.", long + "in 24 hours.", "**Before:** \\[…\\] one word and another one word and another in 48 hours. **Now:** \\[…\\] one word and another one word and another in 24 hours.\n"},
		{"In 48 hours, " + long + ".", "In 24 hours, " + long + ".", "**Before:** In 48 hours, one word and another one word and another \\[…\\] **Now:** In 24 hours, one word and another one word and another \\[…\\]\n"},
		{long + "ends.", long + "truly ends.", "one word and another one word and another ends. **Now:** \\[…\\] another one word and another one word and another truly ends.\n"},
		{long, long + long, "**Before:** \\[…\\] another one word and another one word and another **Now:** \\[…\\] another one word"},
	} {
		var r Report
		part := Part{Kind: Clause, ID: "inc-02", Title: "Telling", What: Changed, Words: true, Texts: []Replacement{{c.old, c.now}}}
		r.Add(Change{ID: "x", Words: true, Parts: []Part{part}, Causes: []Cause{cause}, Action: Regenerate})
		if text := page(t, &r); !strings.Contains(text, c.want) {
			t.Errorf("expected %q in\n%s", c.want, text)
		}
	}
}

// TestWhoSignsAgain holds that a change which counsel does not call material makes
// nobody sign again, beside one that does.
func TestWhoSignsAgain(t *testing.T) {
	clearer := Cause{Kind: ClauseText, ID: "pur-03", What: Changed, From: "1.0.0", To: "1.0.1", Counsel: NotMaterial}
	own := Cause{Kind: OwnFile, ID: "x.yaml"}
	var r Report
	r.Add(Change{ID: "x", Agreement: "x.yaml", State: Signed, Words: true, Material: Unsaid, Action: Amend, Causes: []Cause{clearer, own}, Values: []Value{
		{"budget.limit", Changed, "10", "20", "x.yaml"}, {"phone", Changed, "1", "2", "provider.yaml"}, {"assets[A-1]", Added, "", "", "x.yaml"}, {"note", Removed, "old", "", "x.yaml"},
	}})
	r.Add(Change{ID: "y", State: Signed, Words: true, Material: NotMaterial, Action: Notify, Causes: []Cause{clearer}})
	text := page(t, &r)
	for _, want := range []string{
		"## The customer's own file\n\nIt touches 1 customer (x), which has signed. Nobody has said whether it is material. It must amend and sign again.\n\n" +
			"- **Before:** budget.limit: 10 **Now:** 20\n- **Added:** assets\\[A-1\\]\n- **Removed:** note: old\n",
		"touches 2 customers, 2 of them signed. Counsel gave it a new version and does not call it material.\n",
		"\n\nWords of which counsel has said nothing count as material.\n\n## The customer's own file",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("expected %q in\n%s", want, text)
		}
	}
}

// TestFirstSentences say of how many customers nothing is known.
func TestFirstSentences(t *testing.T) {
	var r Report
	r.Add(Change{ID: "a", Words: true, Action: Regenerate})
	want := "\n1 of 1 customer would have another document. 0 must amend and sign again, 0 must approve.\n"
	for _, next := range []struct {
		add  func()
		want string
	}{
		{func() {}, want},
		{func() { r.Add(Change{ID: "b", New: true, Action: Regenerate, Causes: []Cause{{Kind: NewAgreement}}}) },
			"\n1 of 2 customers would have another document, and 1 a first one. 0 must amend and sign again, 0 must approve.\n"},
		{func() { r.AddFailed("c.yaml", 1) },
			"\n1 of 3 customers would have another document, and 1 a first one. 0 must amend and sign again, 0 must approve. 1 was not compared: its agreement has errors.\n"},
		{func() { r.AddFailed("d.yaml", 1) }, " 0 must approve. 2 were not compared: their agreements have errors.\n"},
	} {
		next.add()
		if text := page(t, &r); !strings.Contains(text, next.want) {
			t.Errorf("expected %q in\n%s", next.want, text)
		}
	}
}

// TestNamesOnATerminal holds that no name of a file is obeyed by a terminal.
func TestNamesOnATerminal(t *testing.T) {
	var r Report
	cause := Cause{Kind: SharedFile, ID: "pro\x1b[31m\n\u202evider.yaml"}
	r.Add(Change{ID: "x", State: Signed, Words: true, Material: Unsaid, Action: Amend, Causes: []Cause{cause}})
	var b strings.Builder
	if err := r.Text(&b); err != nil || strings.ContainsAny(b.String(), "\x1b\u202e") || strings.Count(b.String(), "file pro�[31m �vider.yaml") != 2 {
		t.Errorf("%q, %v", b.String(), err)
	}
}

// TestSentences are those that tell of a cause.
func TestSentences(t *testing.T) {
	clause := func(what What, from, to string, counsel Material, reason string) Cause {
		return Cause{Kind: ClauseText, ID: "inc-02", What: what, From: from, To: to, Counsel: counsel, Reason: reason}
	}
	for _, c := range []struct {
		cause Cause
		words bool
		want  string
	}{
		{clause(Changed, "1.0.0", "1.1.0", IsMaterial, ""), true, "It touches 1 customer (x). Counsel calls it material."},
		{clause(Changed, "1.0.0", "1.0.1", NotMaterial, "Clearer."), true, "It touches 1 customer (x). Counsel gave it a new version and does not call it material: Clearer."},
		{clause(Changed, "1.0.0", "1.2.0", Unsaid, "clearer"), true, "It touches 1 customer (x). Nobody has said whether it is material: clearer."},
		{clause(Changed, "1.0.0", "1.0.0", Unsaid, ""), true, "It touches 1 customer (x). Its words changed without a new version. Nobody has said whether that is material."},
		{clause(Removed, "1.0.0", "", Unsaid, ""), true, "It touches 1 customer (x). Nobody has said whether it is material."},
		{Cause{Kind: NewAgreement}, false, "It touches 1 customer (x). There is no document yet."},
		{Cause{Kind: Unrecorded}, true, "It touches 1 customer (x). There are files, and nobody knows what they say."},
		{Cause{Kind: Library}, true, "It touches 1 customer (x). Nobody has said whether it is material."},
		{Cause{Kind: Program, From: "v1.0.0", To: "v1.1.0"}, false, "It touches 1 customer (x). Only the look of the files differs, and no word."},
	} {
		var r Report
		r.Add(Change{ID: "x", New: c.cause.Kind == NewAgreement, Words: c.words, Form: !c.words, Causes: []Cause{c.cause}, Action: Regenerate})
		if text := page(t, &r); !strings.Contains(text, "\n"+c.want+"\n") {
			t.Errorf("%s: expected %q in\n%s", c.cause, c.want, text)
		}
	}
}

// TestWordsOfSets holds that each member of each set has its word, and no other.
func TestWordsOfSets(t *testing.T) {
	var words []string
	for _, s := range []State{Unsent, Sent, Signed} {
		words = append(words, s.String())
	}
	for i, a := range actions {
		if int(a) != i {
			t.Errorf("%s has the place %d", a, i)
		}
		words = append(words, a.String())
		if a.meaning() == "" {
			t.Errorf("%s means nothing", a)
		}
	}
	for _, m := range []Material{NotMaterial, Unsaid, IsMaterial} {
		words = append(words, m.String())
	}
	for _, k := range causeKinds {
		words = append(words, Cause{Kind: k, What: Changed}.String())
		Cause{Kind: k}.words(&Change{})
	}
	want := []string{
		"unsent", "sent", "signed",
		"none", "regenerate", "notify", "approve", "amend and sign again", "failed",
		"no", "unsaid", "yes",
		"new agreement", "files of which nothing is recorded", "clause  , without a new version", "term  , without a new version", "layout  , without a new version",
		"library: order, conditions or parameters of clauses", "file ", "framework file ", "the customer's own file",
		"made , no longer ", "concordat , another build", "nothing that is recorded",
	}
	if diff := cmp.Diff(want, words); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEmptyReport holds that a report on nobody can be written.
func TestEmptyReport(t *testing.T) {
	var r Report
	var text, object strings.Builder
	if err := r.Text(&text); err != nil || text.String() != "no agreements\n" {
		t.Errorf("%q, %v", text.String(), err)
	}
	if err := r.JSON(&object); err != nil || !strings.HasSuffix(object.String(), "\"customers\": [\n],\n\"failed\": [\n]\n}\n") {
		t.Errorf("%q, %v", object.String(), err)
	}
	if page := page(t, &r); !strings.Contains(page, "0 of 0 customers would have another document. 0 must amend and sign again, 0 must approve.\n") {
		t.Error(page)
	}
}
