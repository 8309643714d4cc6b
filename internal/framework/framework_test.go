package framework

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"concordat/internal/calendar"
)

func load(t testing.TB) *Set {
	t.Helper()
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func find(t testing.TB, id string) *Framework {
	t.Helper()
	f, ok := load(t).Find(id)
	if !ok {
		t.Fatalf("%s is not found", id)
	}
	return f
}

// byFunction counts the items of each function, as in "Govern 5, Identify 5".
func byFunction(f *Framework) string {
	var counts []string
	for _, function := range f.Functions {
		counts = append(counts, fmt.Sprintf("%s %d", function.ID, len(f.Within(function.ID))))
	}
	return strings.Join(counts, ", ")
}

func TestCPG(t *testing.T) {
	f := find(t, "cisa-cpg-2.0")
	if got := fmt.Sprintf("%s, version %s, %s", f.Title, f.Version, f.Published); got != "CISA Cross-Sector Cybersecurity Performance Goals, version 2.0, 2025-12-11" {
		t.Errorf("found %s", got)
	}
	if got, want := byFunction(f), "Govern 5, Identify 5, Protect 19, Detect 2, Respond 2, Recover 1"; got != want {
		t.Errorf("items by function: %s, want %s", got, want)
	}
	ids := f.ItemIDs()
	if len(ids) != 34 || !slices.IsSorted(ids) {
		t.Errorf("%d ids, want 34 in order: %q", len(ids), ids)
	}
}

func TestItem(t *testing.T) {
	f := find(t, "cisa-cpg-2.0")
	if got, ok := f.Item("3.F"); !ok || got.ID != "3.F" || got.Function != "Protect" || got.Title != "Implement Multifactor Authentication (MFA)" {
		t.Errorf("Item(3.F) = %v, %v", got, ok)
	}
	for _, id := range []string{"", "3", "3.f", "3.T", "Protect", " 3.F"} {
		if item, ok := f.Item(id); ok {
			t.Errorf("Item(%q) = %v, want none", id, item)
		}
	}
}

func TestFindUnknown(t *testing.T) {
	for _, id := range []string{"", "cisa-cpg", "cisa-cpg-2", "CISA-CPG-2.0", "../data/cisa-cpg-2.0"} {
		if f, ok := load(t).Find(id); ok {
			t.Errorf("Find(%q) = %s, want none", id, f.ID)
		}
	}
	if f, ok := (&Set{}).Find("cisa-cpg-2.0"); ok {
		t.Errorf("the empty set has %s", f.ID)
	}
}

func TestVerify(t *testing.T) {
	whole := func() *Framework {
		return &Framework{
			ID: "f-1", Title: "F", Version: "1", Published: calendar.NewMonth(2027, 1).First(), Origin: "o", Licence: "l",
			Count: 2, Functions: []Function{{"Protect", "Protecting"}},
			Scoring: &Scoring{Highest: 10, Conditional: 8, Lowest: 2},
			Items: []Item{
				{ID: "1", Function: "Protect", Title: "First", Weight: 5, PartialWeight: 3},
				{ID: "2", Function: "Protect", Title: "Second", Weight: 3, PlanOfAction: PlanAllowed},
			},
		}
	}
	categories := func(f *Framework) {
		f.Categories = []Category{{"P.A", "Protect", "Part A"}}
		f.Items[0].Category = "P.A"
	}
	if flaws := whole().verify(); len(flaws) > 0 {
		t.Fatalf("a whole framework is refused: %v", flaws)
	}
	f := whole()
	categories(f)
	if flaws := f.verify(); len(flaws) > 0 {
		t.Fatalf("a whole framework with categories is refused: %v", flaws)
	}
	tests := []struct {
		change func(*Framework)
		want   string
	}{
		{func(f *Framework) { f.Licence = "" }, `framework-field Licence: the framework has no licence`},
		{func(f *Framework) { f.ID = "" }, `framework-field ID: the framework has no id`},
		{func(f *Framework) { f.ID = "F 1" }, `framework-field ID: the id "F 1" has another form than ids of frameworks have`},
		{func(f *Framework) { f.Published = calendar.Date{} }, `framework-field Published: the framework has no date`},
		{func(f *Framework) { f.Count = 3 }, `framework-count Count: expected 3 items, found 2`},
		{func(f *Framework) { f.Items[1].ID = "1" }, `framework-duplicate-id Items[1].ID: a second entry has the id "1"`},
		{func(f *Framework) { f.Items[1].ID = "" }, `framework-field Items[1]: the item has no id`},
		{func(f *Framework) { f.Items[1].ID = "a b" }, `framework-field Items[1].ID: the id "a b" of the item has another form than ids have`},
		{func(f *Framework) { f.Items[1].Function = "Detect" }, `framework-group Items[1].Function: the item "2" has the unknown function "Detect"`},
		{func(f *Framework) { f.Functions = []Function{{"Protect", "P"}, {"Detect", "D"}} }, `framework-group Functions[1]: the function "Detect" has no items`},
		{func(f *Framework) { f.Functions = []Function{{"Protect", "P"}, {"Protect", "P"}} }, `framework-duplicate-id Functions[1].ID: a second entry has the id "Protect"`},
		{func(f *Framework) { f.Functions[0].Title = "" }, `framework-field Functions[0]: the function "Protect" has no title`},
		{func(f *Framework) { f.Items[0].ID = "Protect" }, `framework-duplicate-id Items[0].ID: a second entry has the id "Protect"`},
		{func(f *Framework) { f.Items[0].Kind = "optional" }, `framework-field Items[0].Kind: the item "1" has the unknown kind "optional"`},
		{func(f *Framework) { f.Items[0].PlanOfAction = "yes" }, `framework-field Items[0].PlanOfAction: the item "1" has the unknown plan of action "yes"`},
		{func(f *Framework) { f.Items[0].PartialWeight = 5 }, `framework-weight Items[0]: the item "1" has an impossible weight`},
		{func(f *Framework) { f.Items[0].Weight = 4 }, `framework-weight Scoring: expected weights that sum to 8, from 10 to 2; found 7`},
		{func(f *Framework) { f.Scoring, f.Items[1] = nil, Item{ID: "2", Function: "Protect"} }, `framework-weight Items[0]: the item "1" has a weight in a framework without a score`},
		{func(f *Framework) { f.Items[0].Category = "P.A" }, `framework-group Items[0].Category: the item "1" has the unknown category "P.A"`},
		{func(f *Framework) { categories(f); f.Categories[0].Function = "Detect" },
			`framework-group Categories[0].Function: the category "P.A" has the unknown function "Detect"; framework-group Items[0].Category: the item "1" is of function "Protect", its category of "Detect"`},
		{func(f *Framework) { categories(f); f.Categories[0].Title = "" }, `framework-field Categories[0]: the category "P.A" has no title`},
		{func(f *Framework) {
			categories(f)
			f.Categories = append(f.Categories, Category{"P.B", "Protect", "B"})
		}, `framework-group Categories[1]: the category "P.B" has no items`},
		{func(f *Framework) { *f = Framework{} }, `framework-field ID: the framework has no id; framework-field Title: the framework has no title; framework-field Version: the framework has no version; framework-field Origin: the framework has no origin; framework-field Licence: the framework has no licence; framework-field Published: the framework has no date; framework-count Items: the framework has no items`},
	}
	for _, test := range tests {
		f := whole()
		test.change(f)
		var got []string
		for _, flaw := range f.verify() {
			got = append(got, flaw.code+" "+flaw.path+": "+flaw.message)
		}
		if strings.Join(got, "; ") != test.want {
			t.Errorf("verify() = %s\nwant %s", strings.Join(got, "; "), test.want)
		}
	}
}
