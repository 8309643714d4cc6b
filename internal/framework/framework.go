// Package framework has the security frameworks whose controls an agreement
// assigns: identifiers and short titles, with version, origin and licence.
//
// Ids are unique within one version of a framework only. CPG 1.0.1 and 2.0 use
// the same ids for different goals, so a framework is always named with its
// version, and nothing converts between versions.
package framework

import (
	"slices"
	"strings"

	"concordat/internal/calendar"
)

// Framework is one version of a framework: its items are the controls that an
// agreement assigns, in up to two levels of groups.
type Framework struct {
	ID         string        `yaml:"id"` // with the version, such as "cisa-cpg-2.0"
	Title      string        `yaml:"title"`
	Version    string        `yaml:"version"`
	Published  calendar.Date `yaml:"published"` // zero where as_of says which text is meant
	AsOf       calendar.Date `yaml:"as_of"`     // for law that changes in place: the day whose text this is
	Origin     string        `yaml:"origin"`    // address of the document the items were taken from
	Licence    string        `yaml:"licence"`   // under which the ids and titles are given
	Note       string        `yaml:"note"`      // what a reader must know besides; may be empty
	Count      int           `yaml:"count"`     // number of items, asserted when loaded
	Scoring    *Scoring      `yaml:"scoring"`   // nil: the framework has no score of its own
	Functions  []Function    `yaml:"functions"`
	Categories []Category    `yaml:"categories"` // empty: items stand in functions only
	Items      []Item        `yaml:"items"`
}

// Function is a group of items, such as "Protect" or a family of requirements.
type Function struct {
	ID    string `yaml:"id"`
	Title string `yaml:"title"`
}

// Category is a group of items within a function.
type Category struct {
	ID       string `yaml:"id"`
	Function string `yaml:"function"` // id of one of the framework's functions
	Title    string `yaml:"title"`
}

// Item is one control of a framework.
type Item struct {
	ID       string `yaml:"id"`
	Function string `yaml:"function"` // id of one of the framework's functions
	Category string `yaml:"category"` // id of one of its categories; empty where it has none
	Title    string `yaml:"title"`    // empty where the licence permits bare numbers only

	// Numbers are other designations of the item, such as that of the
	// requirement it takes over. They identify nothing: they serve hints.
	Numbers []string `yaml:"numbers"`

	Kind Kind `yaml:"kind"`

	// Weight is what the score loses when the item is not met, PartialWeight
	// what it loses when it is met in part. A PartialWeight of 0 makes a part
	// count as nothing; a Weight of 0 in a framework with scoring means that
	// without the item there is no score.
	Weight        int          `yaml:"weight"`
	PartialWeight int          `yaml:"partial_weight"`
	PlanOfAction  PlanOfAction `yaml:"plan_of_action"`
}

// Kind is the force of an item, where the framework knows several. Its zero is
// that of a framework with one kind.
type Kind string

// The kinds of the HIPAA Security Rule.
const (
	Standard    Kind = "standard"    // a standard, met by its implementation specifications
	Required    Kind = "required"    // a specification that must be implemented
	Addressable Kind = "addressable" // a specification that may be met in another way, with a written reason
)

// PlanOfAction says whether an item that is not met may stand on a plan of
// action and milestones. Its zero is that it may not.
type PlanOfAction string

const (
	PlanAllowed PlanOfAction = "allowed" // whether met in part or not at all
	PlanPartial PlanOfAction = "partial" // only when it is met in part
)

// MayWait reports whether the item, met in part or not at all, may stand on a
// plan of action and milestones.
func (i Item) MayWait(partly bool) bool {
	return i.PlanOfAction == PlanAllowed || i.PlanOfAction == PlanPartial && partly
}

// Item is the item with an id.
func (f *Framework) Item(id string) (Item, bool) {
	for _, item := range f.Items {
		if item.ID == id {
			return item, true
		}
	}
	return Item{}, false
}

// ItemIDs are the ids of all items in the framework's order.
func (f *Framework) ItemIDs() []string {
	ids := make([]string, len(f.Items))
	for i, item := range f.Items {
		ids[i] = item.ID
	}
	return ids
}

// Within are the items that a score of a function, a category or an item is
// about, in the framework's order. It is empty for an unknown id.
func (f *Framework) Within(id string) []Item {
	var items []Item
	for _, item := range f.Items {
		if id != "" && (item.ID == id || item.Function == id || item.Category == id) {
			items = append(items, item)
		}
	}
	return items
}

// ScoreIDs are the ids that a score can name: the items, the functions and the
// categories. No two are the same.
func (f *Framework) ScoreIDs() []string {
	ids := f.ItemIDs()
	for _, function := range f.Functions {
		ids = append(ids, function.ID)
	}
	for _, category := range f.Categories {
		ids = append(ids, category.ID)
	}
	return ids
}

// Hint is the id of the item that somebody meant who wrote another of its
// designations, such as "3.1.1" or the old "AC.L1-3.1.1", or "" if there is
// none.
func (f *Framework) Hint(id string) string {
	number := id[strings.LastIndexByte(id, '-')+1:]
	for _, item := range f.Items {
		if number != "" && (slices.Contains(item.Numbers, number) || slices.Contains(item.Numbers, id)) {
			return item.ID
		}
	}
	return ""
}
