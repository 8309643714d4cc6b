package clause

import (
	"fmt"
	"io"
)

// describe writes all that a library holds, with its places.
func describe(w io.Writer, l *Library) {
	fmt.Fprintf(w, "library %s %q %s %s at %v\n", l.ID, l.Title, l.Version, l.Licence, l.Span("ID"))
	fmt.Fprintf(w, "numbering %s omitted %s at %v\n", l.Numbering, l.Omitted, l.Span("Omitted"))
	for _, a := range l.Articles {
		fmt.Fprintf(w, "article %s %q at %v\n", a.ID, a.Title, a.TitleSpan)
		for _, c := range a.Clauses {
			fmt.Fprintf(w, "  clause %s %q %s %s binds %s\n", c.ID, c.Title, c.Version, c.Status, c.Binds)
			fmt.Fprintf(w, "    title at %v %s\n", c.Span("Title"), c.Span("Title").Text())
			if !c.When.IsZero() {
				fmt.Fprintf(w, "    when %s asks %q at %v\n", c.When, c.When.Fields(), c.Span("When"))
			}
			for i, id := range c.Requires {
				fmt.Fprintf(w, "    requires %s at %v\n", id, c.Span(fmt.Sprintf("Requires[%d]", i)))
			}
			fmt.Fprintf(w, "    sources %q plain %q purpose %q reason %q from %q as of %q licence %q\n", c.Sources, c.Plain, c.Purpose, c.Reason, c.EffectiveFrom, c.AsOf, c.Licence)
			fmt.Fprintf(w, "    body at %v %q\n", c.Body, c.Body.Text())
		}
	}
	for _, t := range l.Terms {
		fmt.Fprintf(w, "term %s %q %q %s %s sources %q reason %q at %v\n", t.ID, t.Name, t.Variants, t.Version, t.Status, t.Sources, t.Reason, t.Span("Name"))
		fmt.Fprintf(w, "    body at %v %q\n", t.Body, t.Body.Text())
	}
}
