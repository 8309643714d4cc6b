package framework

import (
	"bytes"
	"fmt"
	"strings"

	"concordat/internal/calendar"
)

// write gives the framework file, as read reads it. Every text is in quotes, so
// that YAML takes none for anything else.
func (f *Framework) write() []byte {
	var b bytes.Buffer
	date := func(key string, d calendar.Date) {
		if !d.IsZero() {
			fmt.Fprintf(&b, "%s: %s\n", key, d)
		}
	}
	fmt.Fprintf(&b, "id: %s\n", quoted(f.ID))
	fmt.Fprintf(&b, "title: %s\n", quoted(f.Title))
	fmt.Fprintf(&b, "version: %s\n", quoted(f.Version))
	date("published", f.Published)
	date("as_of", f.AsOf)
	fmt.Fprintf(&b, "origin: %s\n", quoted(f.Origin))
	fmt.Fprintf(&b, "licence: %s\n", quoted(f.Licence))
	if f.Note != "" {
		fmt.Fprintf(&b, "note: %s\n", quoted(f.Note))
	}
	fmt.Fprintf(&b, "count: %d\n", f.Count)
	if s := f.Scoring; s != nil {
		fmt.Fprintf(&b, "scoring: {highest: %d, conditional: %d, lowest: %d}\n", s.Highest, s.Conditional, s.Lowest)
	}
	fmt.Fprintf(&b, "functions:\n")
	for _, x := range f.Functions {
		fmt.Fprintf(&b, "  - {id: %s, title: %s}\n", quoted(x.ID), quoted(x.Title))
	}
	if len(f.Categories) > 0 {
		fmt.Fprintf(&b, "categories:\n")
	}
	for _, x := range f.Categories {
		fmt.Fprintf(&b, "  - {id: %s, function: %s, title: %s}\n", quoted(x.ID), quoted(x.Function), quoted(x.Title))
	}
	fmt.Fprintf(&b, "items:\n")
	for _, x := range f.Items {
		fmt.Fprintf(&b, "  - {id: %s, function: %s", quoted(x.ID), quoted(x.Function))
		texts := func(key, value string) {
			if value != "" {
				fmt.Fprintf(&b, ", %s: %s", key, quoted(value))
			}
		}
		numbers := func(key string, value int) {
			if value != 0 {
				fmt.Fprintf(&b, ", %s: %d", key, value)
			}
		}
		texts("category", x.Category)
		texts("title", x.Title)
		for i, number := range x.Numbers {
			b.WriteString([]string{", numbers: [", ", "}[min(i, 1)] + quoted(number))
		}
		if len(x.Numbers) > 0 {
			b.WriteString("]")
		}
		texts("kind", string(x.Kind))
		numbers("weight", x.Weight)
		numbers("partial_weight", x.PartialWeight)
		texts("plan_of_action", string(x.PlanOfAction))
		b.WriteString("}\n")
	}
	return b.Bytes()
}

// quoted is a text as YAML in double quotes. It holds no control characters,
// which are refused before.
func quoted(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}
