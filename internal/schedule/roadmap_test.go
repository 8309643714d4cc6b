package schedule_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/doc"
	"concordat/internal/markdown"
	"concordat/internal/money"
	"concordat/internal/schedule"
)

// promised is an agreement from January 4, 2027 with commitments, each written
// "id priority start due", and "-" for a start that is not stated.
func promised(t *testing.T, commitments ...string) *agreement.Agreement {
	t.Helper()
	date := func(text string) calendar.Date {
		d, err := calendar.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a := &agreement.Agreement{}
	a.Info.Language = "en-US"
	a.Term.Effective = date("2027-01-04")
	for _, line := range commitments {
		var id, start, due string
		var priority int
		if _, err := fmt.Sscan(line, &id, &priority, &start, &due); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		c := agreement.Commitment{ID: id, Title: "Title of " + id, Owner: "customer", Priority: priority, Due: date(due), Cost: &money.Amount{}}
		if start != "-" {
			c.Start = date(start)
		}
		a.Commitments = append(a.Commitments, c)
	}
	return a
}

// roadmap is the Markdown below the heading of the roadmap, or nothing.
func roadmap(t *testing.T, a *agreement.Agreement) string {
	t.Helper()
	s, ok := schedule.Build("commitments", a, nil)
	if !ok {
		t.Fatal("no schedule")
	}
	var blocks []doc.Block
	inside := false
	for _, b := range s.Blocks {
		if h, ok := b.(doc.Heading); ok {
			inside = doc.Plain(h.Text) == "Roadmap"
			continue
		}
		if inside {
			blocks = append(blocks, b)
		}
	}
	if blocks == nil {
		return ""
	}
	return strings.TrimSpace(string(markdown.Write(doc.Document{Blocks: blocks})))
}

// TestRoadmap holds the columns, rows and cells of the roadmap.
func TestRoadmap(t *testing.T) {
	for _, c := range []struct {
		name        string
		commitments []string
		want        string
	}{
		{"quarters, by priority, then due date, then id, and one in which nothing happens", []string{
			"C-5 2 2027-02-01 2027-03-31", "C-4 1 2027-12-31 2028-01-01", "C-3 1 2027-01-04 2027-06-30", "C-2 1 2027-04-01 2027-06-30", "C-1 3 2027-01-04 2027-03-31",
		}, `
Each column is a quarter of a calendar year. The most important Commitments stand first; their order adds no duty.

| No. | Q1 2027 | Q2 2027 | Q3 2027 | Q4 2027 | Q1 2028 |
| --- | --- | --- | --- | --- | --- |
| C-2 | – | begins, due | – | – | – |
| C-3 | begins | due | – | – | – |
| C-4 | – | – | – | begins | due |
| C-5 | begins, due | – | – | – | – |
| C-1 | begins, due | – | – | – | – |`},
		{"the most quarters, and a leap day", []string{
			"C-1 1 2027-02-28 2027-04-01", "C-2 1 2028-02-29 2028-02-29", "C-3 1 2027-03-31 2028-12-31",
		}, `
Each column is a quarter of a calendar year. The most important Commitments stand first; their order adds no duty.

| No. | Q1 2027 | Q2 2027 | Q3 2027 | Q4 2027 | Q1 2028 | Q2 2028 | Q3 2028 | Q4 2028 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| C-1 | begins | due | – | – | – | – | – | – |
| C-2 | – | – | – | – | begins, due | – | – | – |
| C-3 | begins | work | work | work | work | work | work | due |`},
		{"one quarter more makes half-years", []string{
			"C-1 1 2027-02-28 2027-06-30", "C-2 1 2027-07-01 2028-02-29", "C-3 1 2027-03-31 2029-01-01",
		}, `
Each column is half of a calendar year. The most important Commitments stand first; their order adds no duty.

| No. | H1 2027 | H2 2027 | H1 2028 | H2 2028 | H1 2029 |
| --- | --- | --- | --- | --- | --- |
| C-1 | begins, due | – | – | – | – |
| C-2 | – | begins | due | – | – |
| C-3 | begins | work | work | work | due |`},
		{"the most half-years", []string{
			"C-1 1 2027-07-01 2027-12-31", "C-2 1 2028-01-01 2028-06-30", "C-3 1 2027-12-31 2031-06-30",
		}, `
Each column is half of a calendar year. The most important Commitments stand first; their order adds no duty.

| No. | H2 2027 | H1 2028 | H2 2028 | H1 2029 | H2 2029 | H1 2030 | H2 2030 | H1 2031 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| C-1 | begins, due | – | – | – | – | – | – | – |
| C-2 | – | begins, due | – | – | – | – | – | – |
| C-3 | begins | work | work | work | work | work | work | due |`},
		{"one half-year more makes years", []string{
			"C-1 1 2027-07-01 2027-12-31", "C-2 1 2028-02-29 2028-06-30", "C-3 1 2027-12-31 2031-07-01",
		}, `
Each column is a calendar year. The most important Commitments stand first; their order adds no duty.

| No. | 2027 | 2028 | 2029 | 2030 | 2031 |
| --- | --- | --- | --- | --- | --- |
| C-1 | begins, due | – | – | – | – |
| C-2 | – | begins, due | – | – | – |
| C-3 | begins | work | work | work | due |`},
		{"no start is the first day of the agreement; nothing happens in the third quarter", []string{
			"C-1 1 - 2027-05-31", "C-2 1 2027-04-01 2027-04-30", "C-3 2 2027-10-01 2027-11-30",
		}, `
Each column is a quarter of a calendar year. The most important Commitments stand first; their order adds no duty. Where this Schedule states no other day, work begins with this Agreement.

| No. | Q1 2027 | Q2 2027 | Q3 2027 | Q4 2027 |
| --- | --- | --- | --- | --- |
| C-2 | – | begins, due | – | – |
| C-1 | begins | due | – | – |
| C-3 | – | – | – | begins, due |`},
		{"a start before the agreement", []string{
			"C-1 1 2026-12-31 2027-01-31", "C-2 1 2027-04-01 2027-04-30", "C-3 1 2027-04-01 2027-04-30",
		}, `
Each column is a quarter of a calendar year. The most important Commitments stand first; their order adds no duty.

| No. | Q4 2026 | Q1 2027 | Q2 2027 |
| --- | --- | --- | --- |
| C-1 | begins | due | – |
| C-2 | – | – | begins, due |
| C-3 | – | – | begins, due |`},
		{"one commitment", []string{"C-1 1 2027-01-04 2028-01-31"}, ""},
		{"two commitments", []string{"C-1 1 2027-01-04 2028-01-31", "C-2 1 2027-01-04 2027-01-31"}, ""},
		{"all due in one quarter", []string{"C-1 1 2027-01-04 2027-10-01", "C-2 1 2027-04-01 2027-12-31", "C-3 1 2027-05-01 2027-11-01"}, ""},
		{"all due in one half-year", []string{"C-1 1 2027-01-04 2029-01-31", "C-2 1 2027-04-01 2029-06-30", "C-3 1 2027-05-01 2029-04-01"}, ""},
		{"the most years", []string{"C-1 1 2027-01-04 2027-01-31", "C-2 1 2027-04-01 2027-04-30", "C-3 2 2034-01-01 2034-12-31"}, `
Each column is a calendar year. The most important Commitments stand first; their order adds no duty.

| No. | 2027 | 2028 | 2029 | 2030 | 2031 | 2032 | 2033 | 2034 |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| C-1 | begins, due | – | – | – | – | – | – | – |
| C-2 | begins, due | – | – | – | – | – | – | – |
| C-3 | – | – | – | – | – | – | – | begins, due |`},
		{"one year more than fits", []string{"C-1 1 2027-01-04 2027-01-31", "C-2 1 2027-04-01 2027-04-30", "C-3 2 2034-01-01 2035-01-01"}, ""},
	} {
		a := promised(t, c.commitments...)
		if got, want := roadmap(t, a), strings.TrimSpace(c.want); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, want)
		}
		a.Clauses.Preset = "short"
		if s, _ := schedule.Build("commitments", a, nil); strings.Contains(fmt.Sprint(s.Blocks), "Roadmap") {
			t.Errorf("%s: the short form has a roadmap", c.name)
		}
	}
}
