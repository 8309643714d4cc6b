package framework

import "fmt"

// verify holds the promises of a framework's data. A score of an agreement
// names a function, a category or an item, so their ids must differ.
func (f *Framework) verify() error {
	for _, field := range []struct{ name, value string }{
		{"id", f.ID},
		{"title", f.Title},
		{"version", f.Version},
		{"origin", f.Origin},
		{"licence", f.Licence},
	} {
		if field.value == "" {
			return fmt.Errorf("no %q", field.name)
		}
	}
	if f.Published.IsZero() && f.AsOf.IsZero() {
		return fmt.Errorf(`neither "published" nor "as_of"`)
	}
	if len(f.Items) != f.Count {
		return fmt.Errorf("expected %d items, found %d", f.Count, len(f.Items))
	}
	functions := map[string]int{}
	used := map[string]bool{}
	claim := func(what, id string) error {
		if id == "" {
			return fmt.Errorf("%s without an id", what)
		}
		if used[id] {
			return fmt.Errorf("%s %q has the id of another entry", what, id)
		}
		used[id] = true
		return nil
	}
	for _, x := range f.Functions {
		if err := claim("function", x.ID); err != nil {
			return err
		}
		if x.Title == "" {
			return fmt.Errorf("function %q has no title", x.ID)
		}
		functions[x.ID] = 0
	}
	categories := map[string]int{}
	functionOf := map[string]string{}
	for _, x := range f.Categories {
		if err := claim("category", x.ID); err != nil {
			return err
		}
		if x.Title == "" {
			return fmt.Errorf("category %q has no title", x.ID)
		}
		if _, known := functions[x.Function]; !known {
			return fmt.Errorf("category %q has unknown function %q", x.ID, x.Function)
		}
		categories[x.ID] = 0
		functionOf[x.ID] = x.Function
	}
	sum := 0
	for _, item := range f.Items {
		if err := claim("item", item.ID); err != nil {
			return err
		}
		if _, known := functions[item.Function]; !known {
			return fmt.Errorf("item %q has unknown function %q", item.ID, item.Function)
		}
		functions[item.Function]++
		if item.Category != "" || len(f.Categories) > 0 {
			if _, known := categories[item.Category]; !known {
				return fmt.Errorf("item %q has unknown category %q", item.ID, item.Category)
			}
			if functionOf[item.Category] != item.Function {
				return fmt.Errorf("item %q has a category of another function", item.ID)
			}
			categories[item.Category]++
		}
		if err := item.verify(f.Scoring != nil); err != nil {
			return err
		}
		sum += item.Weight
	}
	for _, x := range f.Functions {
		if functions[x.ID] == 0 {
			return fmt.Errorf("function %q has no item", x.ID)
		}
	}
	for _, x := range f.Categories {
		if categories[x.ID] == 0 {
			return fmt.Errorf("category %q has no item", x.ID)
		}
	}
	if s := f.Scoring; s != nil && s.Highest-sum != s.Lowest {
		return fmt.Errorf("expected weights that sum to %d, found %d", s.Highest-s.Lowest, sum)
	}
	return nil
}

// verify holds what is promised of one item.
func (i Item) verify(scored bool) error {
	switch i.Kind {
	case "", Standard, Required, Addressable:
	default:
		return fmt.Errorf("item %q has unknown kind %q", i.ID, i.Kind)
	}
	switch i.PlanOfAction {
	case "", PlanAllowed, PlanPartial:
	default:
		return fmt.Errorf("item %q has unknown plan of action %q", i.ID, i.PlanOfAction)
	}
	weighted := i.Weight != 0 || i.PartialWeight != 0 || i.PlanOfAction != ""
	if weighted && !scored {
		return fmt.Errorf("item %q has a weight in a framework without a score", i.ID)
	}
	if i.PartialWeight < 0 || i.PartialWeight > 0 && i.PartialWeight >= i.Weight || i.Weight < 0 {
		return fmt.Errorf("item %q has an impossible weight", i.ID)
	}
	return nil
}
