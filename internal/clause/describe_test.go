package clause

import (
	"fmt"
	"io"
)

// describe writes all that a library holds, with its places.
func describe(w io.Writer, l *Library) {
	for _, x := range l.Layers {
		fmt.Fprintf(w, "library %s %q %s %s\n", x.ID, x.Title, x.Version, x.Licence)
	}
	fmt.Fprintf(w, "numbering %s omitted %s\n", l.Numbering, l.Omitted)
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
			for _, id := range c.Conflicts {
				fmt.Fprintf(w, "    conflicts with %s\n", id)
			}
			for _, p := range c.Parameters {
				fmt.Fprintf(w, "    parameter %s %q is %q at %v\n", p.Name, p.About, p.Text(p.Default), p.Span)
			}
			if c.Layer > 0 || c.Approved != nil || c.Material {
				fmt.Fprintf(w, "    layer %d replaces %q material %t approved %t\n", c.Layer, c.Replaces, c.Material, c.IsApproved())
			}
			for _, x := range c.Suppress {
				fmt.Fprintf(w, "    suppresses %s %q at %v\n", x.Code, x.Reason, x.Span)
			}
			fmt.Fprintf(w, "    sources %q plain %q purpose %q reason %q from %q as of %q licence %q\n", c.Sources, c.Plain, c.Purpose, c.Reason, c.EffectiveFrom, c.AsOf, c.Licence)
			fmt.Fprintf(w, "    body at %v %q\n", c.Body, c.Body.Text())
		}
	}
	for _, x := range l.Excluded {
		fmt.Fprintf(w, "excluded %s %q at %v\n", x.Clause.ID, x.Reason, x.Span)
	}
	for _, p := range l.Presets {
		fmt.Fprintf(w, "preset %s %v\n", p.ID, p.Drops)
	}
	for _, x := range l.Sources {
		fmt.Fprintf(w, "source %s %q %q %s %q at %v\n", x.ID, x.Title, x.Publisher, x.Published, x.URL, x.Span)
	}
	if len(l.Lint.Words)+len(l.Lint.Suppress) > 0 {
		fmt.Fprintf(w, "lint %q %v\n", l.Lint.Words, l.Lint.Suppress)
	}
	for _, t := range l.Terms {
		fmt.Fprintf(w, "term %s %q %q %s %s sources %q reason %q at %v\n", t.ID, t.Name, t.Variants, t.Version, t.Status, t.Sources, t.Reason, t.Span("Name"))
		fmt.Fprintf(w, "    body at %v %q\n", t.Body, t.Body.Text())
	}
}
