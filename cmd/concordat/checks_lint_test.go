package main

import (
	"slices"
	"testing"

	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/lint"
)

// combined are the codes that lint.Combinations gives; lint.Examine gives the
// others.
var combined = []string{
	"lint-broken-reference", "lint-broken-requires", "lint-broken-conflict", "lint-no-meanings",
	"lint-empty-part", "lint-same-number", "lint-refused-text",
}

// lintProblems are what lint finds in the library and layout of a case, on
// 2027-07-01.
func (c *testCase) lintProblems(t *testing.T) diag.List {
	layers, layouts := c.files()
	library, list, err := clause.Load(layers...)
	if err != nil {
		t.Fatal(err)
	}
	layout, problems, err := clause.LoadLayout(layouts, "", "layout.md")
	if err != nil {
		t.Fatal(err)
	}
	if list = append(list, problems...); list.HasErrors() {
		return list
	}
	library.Lint.Words = append(library.Lint.Words, "Provider", "Customer") // as if they were defined
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	day, err := calendar.ParseDate("2027-07-01")
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(combined, c.lint) {
		_, problems = lint.Combinations(library, []*clause.Layout{layout})
		return append(list, problems...)
	}
	_, problems = lint.Examine(lint.Subject{Library: library, Layouts: []*clause.Layout{layout}, Frameworks: frameworks, Day: day})
	return append(list, problems...)
}
