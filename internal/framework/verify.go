package framework

import (
	"fmt"
	"regexp"
)

// flaw is a promise that a framework's data does not keep.
type flaw struct {
	code          string
	path          string // as in yamlsrc.Positions
	message, hint string
}

var (
	frameworkIDForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,79}$`)
	entryIDForm     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.()_-]{0,63}$`)
)

// verifier collects the flaws of one framework.
type verifier struct {
	flaws []flaw
	first map[string]string // path of the entry that has an id
}

func (v *verifier) add(code, path, hint, format string, args ...any) {
	v.flaws = append(v.flaws, flaw{code, path, fmt.Sprintf(format, args...), hint})
}

// entry checks an id. A score of an agreement names a function, a category or
// an item, so no two of them have one id.
func (v *verifier) entry(what, path, id string) {
	switch {
	case id == "":
		v.add(codeField, path, `add "id"`, "the %s has no id", what)
	case !entryIDForm.MatchString(id):
		v.add(codeField, path+".ID", "write it with letters, digits and . ( ) _ - only", "the id %q of the %s has another form than ids have", id, what)
	case v.first[id] != "":
		v.add(codeDuplicateID, path+".ID", "give each function, category and item an id of its own", "a second entry has the id %q", id)
	default:
		v.first[id] = path
	}
}

// verify gives the promises that the data does not keep.
func (f *Framework) verify() []flaw {
	v := &verifier{first: map[string]string{}}
	for _, field := range []struct{ key, path, value string }{
		{"id", "ID", f.ID},
		{"title", "Title", f.Title},
		{"version", "Version", f.Version},
		{"origin", "Origin", f.Origin},
		{"licence", "Licence", f.Licence},
	} {
		if field.value == "" {
			v.add(codeField, field.path, fmt.Sprintf("add %q", field.key), "the framework has no %s", field.key)
		}
	}
	if f.ID != "" && !frameworkIDForm.MatchString(f.ID) {
		v.add(codeField, "ID", "write small letters, digits, points and hyphens", "the id %q has another form than ids of frameworks have", f.ID)
	}
	if f.Published.IsZero() && f.AsOf.IsZero() {
		v.add(codeField, "Published", `add "published", or "as_of" for a text that changes in place`, "the framework has no date")
	}
	if len(f.Items) == 0 {
		v.add(codeCount, "Items", `add "items"`, "the framework has no items")
	} else if len(f.Items) != f.Count {
		v.add(codeCount, "Count", "correct the count, or look for what is missing", "expected %d items, found %d", f.Count, len(f.Items))
	}
	f.verifyGroups(v)
	f.verifyWeights(v)
	return v.flaws
}

// verifyGroups checks ids, titles, and that each entry stands in a group.
func (f *Framework) verifyGroups(v *verifier) {
	items := map[string]int{} // of each function and category
	functionOf := map[string]string{}
	for i, x := range f.Functions {
		path := fmt.Sprintf("Functions[%d]", i)
		v.entry("function", path, x.ID)
		if x.Title == "" {
			v.add(codeField, path, `add "title"`, "the function %q has no title", x.ID)
		}
		functionOf[x.ID] = x.ID
	}
	known := func(path, what, id, function string) {
		if functionOf[function] != function || function == "" {
			v.add(codeGroup, path+".Function", `name one of "functions"`, "the %s %q has the unknown function %q", what, id, function)
		}
	}
	categoryOf := map[string]string{}
	for i, x := range f.Categories {
		path := fmt.Sprintf("Categories[%d]", i)
		v.entry("category", path, x.ID)
		if x.Title == "" {
			v.add(codeField, path, `add "title"`, "the category %q has no title", x.ID)
		}
		known(path, "category", x.ID, x.Function)
		categoryOf[x.ID] = x.Function
	}
	for i, x := range f.Items {
		path := fmt.Sprintf("Items[%d]", i)
		v.entry("item", path, x.ID)
		known(path, "item", x.ID, x.Function)
		items[x.Function]++
		if x.Category == "" {
			continue
		}
		items[x.Category]++
		if function, ok := categoryOf[x.Category]; !ok {
			v.add(codeGroup, path+".Category", `name one of "categories"`, "the item %q has the unknown category %q", x.ID, x.Category)
		} else if function != x.Function {
			v.add(codeGroup, path+".Category", "", "the item %q is of function %q, its category of %q", x.ID, x.Function, function)
		}
	}
	for i, x := range f.Functions {
		if items[x.ID] == 0 && x.ID != "" {
			v.add(codeGroup, fmt.Sprintf("Functions[%d]", i), "delete it", "the function %q has no items", x.ID)
		}
	}
	for i, x := range f.Categories {
		if items[x.ID] == 0 && x.ID != "" {
			v.add(codeGroup, fmt.Sprintf("Categories[%d]", i), "delete it", "the category %q has no items", x.ID)
		}
	}
}

// verifyWeights checks what concerns the score, and kinds.
func (f *Framework) verifyWeights(v *verifier) {
	sum := 0
	for i, x := range f.Items {
		path := fmt.Sprintf("Items[%d]", i)
		switch x.Kind {
		case "", Standard, Required, Addressable:
		default:
			v.add(codeField, path+".Kind", `write "standard", "required" or "addressable"`, "the item %q has the unknown kind %q", x.ID, x.Kind)
		}
		switch x.PlanOfAction {
		case "", PlanAllowed, PlanPartial:
		default:
			v.add(codeField, path+".PlanOfAction", `write "allowed" or "partial"`, "the item %q has the unknown plan of action %q", x.ID, x.PlanOfAction)
		}
		weighted := x.Weight != 0 || x.PartialWeight != 0 || x.PlanOfAction != ""
		switch {
		case weighted && f.Scoring == nil:
			v.add(codeWeight, path, `add "scoring", or delete the weight`, "the item %q has a weight in a framework without a score", x.ID)
		case x.Weight < 0 || x.Weight > maxWeight || x.PartialWeight < 0 || x.PartialWeight > 0 && x.PartialWeight >= x.Weight:
			v.add(codeWeight, path, fmt.Sprintf(`write a weight of 0 to %d, and a smaller "partial_weight"`, maxWeight), "the item %q has an impossible weight", x.ID)
		}
		sum += x.Weight
	}
	if s := f.Scoring; s != nil && s.Highest-sum != s.Lowest {
		v.add(codeWeight, "Scoring", "", "expected weights that sum to %d, from %d to %d; found %d", s.Highest-s.Lowest, s.Highest, s.Lowest, sum)
	}
}

// maxWeight keeps sums far from what an int can hold.
const maxWeight = 1000
