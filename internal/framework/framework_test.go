package framework

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"concordat/internal/calendar"
)

func load(t *testing.T) *Set {
	t.Helper()
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestIDs(t *testing.T) {
	if got, want := load(t).IDs(), []string{"cisa-cpg-2.0"}; !slices.Equal(got, want) {
		t.Errorf("IDs() = %q, want %q", got, want)
	}
}

func TestCPG(t *testing.T) {
	f, ok := load(t).Find("cisa-cpg-2.0")
	if !ok {
		t.Fatal("cisa-cpg-2.0 is not found")
	}
	if got := fmt.Sprintf("%s, version %s, %s", f.Title, f.Version, f.Published); got != "CISA Cross-Sector Cybersecurity Performance Goals, version 2.0, 2025-12-11" {
		t.Errorf("found %s", got)
	}
	if f.Origin == "" || f.Licence == "" {
		t.Error("the origin or the licence is not stated")
	}
	var counts []string
	for _, function := range f.Functions {
		n := 0
		for _, item := range f.Items {
			if item.Function == function {
				n++
			}
		}
		counts = append(counts, fmt.Sprintf("%s %d", function, n))
	}
	if got, want := strings.Join(counts, ", "), "Govern 5, Identify 5, Protect 19, Detect 2, Respond 2, Recover 1"; got != want {
		t.Errorf("items by function: %s, want %s", got, want)
	}
	ids := f.ItemIDs()
	if len(ids) != 34 || !slices.IsSorted(ids) {
		t.Errorf("%d ids, want 34 in order: %q", len(ids), ids)
	}
}

func TestItem(t *testing.T) {
	f, _ := load(t).Find("cisa-cpg-2.0")
	want := Item{ID: "3.F", Function: "Protect", Title: "Implement Multifactor Authentication (MFA)"}
	if got, ok := f.Item("3.F"); !ok || got != want {
		t.Errorf("Item(3.F) = %v, %v, want %v", got, ok, want)
	}
	for _, id := range []string{"", "3", "3.f", "3.T", "Protect", " 3.F"} {
		if item, ok := f.Item(id); ok {
			t.Errorf("Item(%q) = %v, want none", id, item)
		}
	}
}

func TestFindUnknown(t *testing.T) {
	for _, id := range []string{"", "cisa-cpg", "cisa-cpg-1.0.1", "CISA-CPG-2.0"} {
		if f, ok := load(t).Find(id); ok {
			t.Errorf("Find(%q) = %s, want none", id, f.ID)
		}
	}
}

func TestVerify(t *testing.T) {
	whole := func() *Framework {
		return &Framework{
			ID: "f-1", Title: "F", Version: "1", Published: calendar.NewMonth(2027, 1).First(), Origin: "o", Licence: "l",
			Count: 2, Functions: []string{"Protect"},
			Items: []Item{{"1", "Protect", "First"}, {"2", "Protect", "Second"}},
		}
	}
	if err := whole().verify(); err != nil {
		t.Fatalf("a whole framework is refused: %v", err)
	}
	tests := []struct {
		change func(*Framework)
		want   string
	}{
		{func(f *Framework) { f.Licence = "" }, `no "licence"`},
		{func(f *Framework) { f.ID = "" }, `no "id"`},
		{func(f *Framework) { f.Published = calendar.Date{} }, `no "published"`},
		{func(f *Framework) { f.Count = 3 }, `expected 3 items, found 2`},
		{func(f *Framework) { f.Items[1].ID = "1" }, `item "1" twice`},
		{func(f *Framework) { f.Items[1].ID = "" }, `item 2 has no id or no title`},
		{func(f *Framework) { f.Items[0].Title = "" }, `item 1 has no id or no title`},
		{func(f *Framework) { f.Items[1].Function = "Detect" }, `item "2" has unknown function "Detect"`},
		{func(f *Framework) { f.Functions = []string{"Protect", "Detect"} }, `function "Detect" has no item`},
		{func(f *Framework) { f.Functions = []string{"Protect", "Protect"} }, `function "Protect" twice`},
		{func(f *Framework) { f.Functions[0], f.Items[0].ID = "1", "x" }, `item "x" has unknown function "Protect"`},
		{func(f *Framework) { f.Items[0].ID = "Protect" }, `item "Protect" has the name of a function`},
	}
	for _, test := range tests {
		f := whole()
		test.change(f)
		if err := f.verify(); err == nil || err.Error() != test.want {
			t.Errorf("verify() = %v, want %s", err, test.want)
		}
	}
}
