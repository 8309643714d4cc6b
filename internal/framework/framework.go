// Package framework has the security frameworks whose controls an agreement
// assigns: identifiers and short titles, with version, origin and licence.
//
// Ids are unique within one version of a framework only. CPG 1.0.1 and 2.0 use
// the same ids for different goals, so a framework is always named with its
// version, and nothing converts between versions.
package framework

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"concordat/internal/calendar"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

//go:embed data/*.yaml
var data embed.FS

// Framework is one version of a framework.
type Framework struct {
	ID        string        `yaml:"id"` // with the version, such as "cisa-cpg-2.0"
	Title     string        `yaml:"title"`
	Version   string        `yaml:"version"`
	Published calendar.Date `yaml:"published"`
	Origin    string        `yaml:"origin"`  // address of the document the items were taken from
	Licence   string        `yaml:"licence"` // under which the ids and titles are given
	Count     int           `yaml:"count"`   // number of items, asserted when loaded
	Functions []string      `yaml:"functions"`
	Items     []Item        `yaml:"items"`
}

// Item is one control of a framework.
type Item struct {
	ID       string `yaml:"id"`
	Function string `yaml:"function"` // one of the framework's functions
	Title    string `yaml:"title"`
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

// Set is the frameworks a program knows. It never changes after Load.
type Set struct {
	frameworks []*Framework
}

// maxData is the largest data file in bytes.
const maxData = 1 << 20

// Load reads the built-in frameworks. An error is a defect of the data.
func Load() (*Set, error) {
	names, err := fs.Glob(data, "data/*.yaml")
	if err != nil {
		return nil, err
	}
	set := &Set{}
	for _, name := range names {
		file, err := source.ReadFS(data, "", name, maxData)
		if err != nil {
			return nil, err
		}
		f := &Framework{}
		if _, problems := yamlsrc.Decode(file.Span(0, len(file.Text())), f, yamlsrc.Options{What: "framework"}); len(problems) > 0 {
			return nil, fmt.Errorf("%s: %s", problems[0].Span, problems[0].Message)
		}
		if err := f.verify(); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if name != "data/"+f.ID+".yaml" {
			return nil, fmt.Errorf("%s: expected the file of %q to be named after it", name, f.ID)
		}
		set.frameworks = append(set.frameworks, f)
	}
	return set, nil
}

// verify holds the promises of a framework's data. A score of an agreement
// names a function or an item, so their names must differ.
func (f *Framework) verify() error {
	for _, field := range []struct{ name, value string }{
		{"id", f.ID},
		{"title", f.Title},
		{"version", f.Version},
		{"published", f.Published.String()},
		{"origin", f.Origin},
		{"licence", f.Licence},
	} {
		if field.value == "" {
			return fmt.Errorf("no %q", field.name)
		}
	}
	if len(f.Items) != f.Count {
		return fmt.Errorf("expected %d items, found %d", f.Count, len(f.Items))
	}
	used := map[string]int{}
	for _, function := range f.Functions {
		if _, twice := used[function]; twice {
			return fmt.Errorf("function %q twice", function)
		}
		used[function] = 0
	}
	seen := map[string]bool{}
	for i, item := range f.Items {
		if item.ID == "" || item.Title == "" {
			return fmt.Errorf("item %d has no id or no title", i+1)
		}
		if seen[item.ID] {
			return fmt.Errorf("item %q twice", item.ID)
		}
		seen[item.ID] = true
		if _, isFunction := used[item.ID]; isFunction {
			return fmt.Errorf("item %q has the name of a function", item.ID)
		}
		if _, known := used[item.Function]; !known {
			return fmt.Errorf("item %q has unknown function %q", item.ID, item.Function)
		}
		used[item.Function]++
	}
	for _, function := range f.Functions {
		if used[function] == 0 {
			return fmt.Errorf("function %q has no item", function)
		}
	}
	return nil
}

// Find is the framework with an id.
func (s *Set) Find(id string) (*Framework, bool) {
	for _, f := range s.frameworks {
		if f.ID == id {
			return f, true
		}
	}
	return nil, false
}

// IDs are the ids of all frameworks, sorted.
func (s *Set) IDs() []string {
	ids := make([]string, len(s.frameworks))
	for i, f := range s.frameworks {
		ids[i] = f.ID
	}
	slices.Sort(ids)
	return ids
}
