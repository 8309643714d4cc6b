package view

import (
	"fmt"
	"testing"

	"concordat/internal/clause"
)

// TestAt compares values and their places.
func TestAt(t *testing.T) {
	v := New(loadExample(t))
	for path, want := range map[string]string{
		"Customer.LegalName":       "Example, Sample & Nobody CPAs, LLP",
		"Customer.Executive.Name":  "Fay Fictional",
		"Customer.Employees":       "5",
		"Facts.Budget.Present":     "yes",
		"Facts.Agreement.Short":    "no",
		"Facts.Provider.Tier":      "minimal",
		"Changes.Blackouts":        "2",
		"Changes.Blackouts.Name":   "",
		"Customer":                 "",
		"Customer.Nothing":         "",
		"origins.agreement":        "",
		"Customer.Executive.Name.": "",
	} {
		got, at, ok := v.At(path)
		if got != want || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", path, got, ok, want)
		}
		if ok && at.IsZero() {
			t.Errorf("%s has no place", path)
		}
	}
	// Each fact has a value and a place.
	for _, fact := range clause.FactNames() {
		path, ok := clause.FieldOf(fact)
		if !ok {
			t.Errorf("%s: no field", fact)
		}
		if name, ok := clause.FactOf(path); !ok || name != fact {
			t.Errorf("%s: %s is %s", fact, path, name)
		}
		if text, at, ok := v.At("Facts." + path); !ok || text == "" || at.IsZero() {
			t.Error(fmt.Sprint(fact, ": ", text, at, ok))
		}
	}
}
