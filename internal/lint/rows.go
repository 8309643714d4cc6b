package lint

import (
	"fmt"
	"slices"
	"strings"

	"concordat/internal/assemble"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/source"
)

// rehearsed is a document without an agreement.
type rehearsed struct {
	document doc.Document
	list     diag.List
}

// fault is one thing that is wrong with a rehearsed document.
type fault struct {
	code    string
	at      source.Span
	message string
	hint    string
}

// faults are all of a document.
func (r rehearsed) faults() []fault {
	var list []fault
	for _, d := range r.list {
		if d.Severity == diag.Error {
			list = append(list, fault{codeOf(d), d.Span, d.Message, d.Hint})
		}
	}
	if r.list.HasErrors() {
		return list // what is printed is not whole
	}
	return append(append(list, emptyParts(r.document.Blocks)...), sameNumbers(r.document.Blocks)...)
}

// codeOf is the code under which a problem of assembly is reported here.
func codeOf(d diag.Diagnostic) string {
	switch d.Code {
	case "assemble-missing-target":
		return codeBrokenReference
	case "assemble-terms-missing", "assemble-excluded-target":
		return codeNoMeanings
	case "clause-requires", "clause-excluded":
		return codeBrokenRequires
	case "clause-conflicts":
		return codeBrokenConflict
	default:
		return codeRefusedText
	}
}

// emptyParts are headings with nothing below them.
func emptyParts(blocks []doc.Block) []fault {
	var list []fault
	for i, b := range blocks {
		h, ok := b.(doc.Heading)
		if !ok {
			continue
		}
		rest := blocks[i+1:]
		for len(rest) > 0 {
			if _, ok := rest[0].(doc.PageBreak); !ok {
				break
			}
			rest = rest[1:]
		}
		if len(rest) > 0 {
			next, ok := rest[0].(doc.Heading)
			if !ok || next.Level > h.Level {
				continue
			}
		}
		list = append(list, fault{codeEmptyPart, origin(h.Text), fmt.Sprintf("nothing stands below the heading %q", doc.Plain(h.Text)),
			"write what holds then, or print the heading under the condition of what is below it"})
	}
	return list
}

// sameNumbers are headings and items of lists that have the number of another.
func sameNumbers(blocks []doc.Block) []fault {
	var list []fault
	seen := map[string]bool{}
	add := func(number string, at source.Span) {
		if seen[number] {
			list = append(list, fault{codeSameNumber, at, fmt.Sprintf("two parts have the number %q", strings.TrimSpace(number)),
				"put the items into one list, or write one of the two as a sentence"})
		}
		seen[number] = true
	}
	var walk func(blocks []doc.Block, before string)
	walk = func(blocks []doc.Block, before string) {
		for _, b := range blocks {
			switch b := b.(type) {
			case doc.Heading:
				if b.Number != "" {
					add(b.Number, origin(b.Text))
					before = b.Number + " "
				} else if b.Level <= 3 {
					before = "" // a part without a number: its lists are not named
				}
			case doc.List:
				for _, item := range b.Items {
					if item.Label != "" && before != "" {
						add(before+item.Label, firstOrigin(item.Blocks))
						walk(item.Blocks, before+item.Label+" ")
					} else {
						walk(item.Blocks, before)
					}
				}
			case doc.Quote:
				walk(b.Blocks, before)
			}
		}
	}
	walk(blocks, "")
	return list
}

// origin is where the first words of a text are written.
func origin(text []doc.Inline) source.Span {
	for _, in := range text {
		var at source.Span
		switch in := in.(type) {
		case doc.Text:
			at = in.Origin
		case doc.Ref:
			at = in.Origin
		case doc.Strong:
			at = origin(in.Text)
		case doc.Emphasis:
			at = origin(in.Text)
		case doc.Link:
			at = origin(in.Text)
		case doc.LineBreak:
		default:
			panic(fmt.Sprintf("lint: unknown inline %T", in))
		}
		if !at.IsZero() {
			return at
		}
	}
	return source.Span{}
}

// firstOrigin is that of blocks.
func firstOrigin(blocks []doc.Block) source.Span {
	var first source.Span
	doc.Texts(blocks, func(text []doc.Inline) {
		if first.IsZero() {
			first = origin(text)
		}
	})
	return first
}

// someDocument begins a message about a problem that is not explained.
const someDocument = "in some document: "

// examineRows assembles whole documents.
func (c *combinations) examineRows() {
	rows := c.space.cover()
	c.report.Rows = len(rows)
	for _, a := range c.documents {
		for _, row := range rows {
			if c.steps > maxLoops {
				return
			}
			c.report.Documents++
			for _, f := range c.rehearse(a, row).faults() {
				if c.reported[key(f.code, f.at)] {
					continue
				}
				why := someDocument
				if c.inRows++; c.inRows <= maxRows && c.steps <= maxLoops {
					why = c.explain(a, row, f)
				}
				c.found(f.code, f.at, diag.Diagnostic{Message: why + f.message, Hint: f.hint})
			}
		}
	}
}

// explain is the beginning of a message about a fault of a whole document: the
// facts that matter to it, found by giving each its first value in turn.
func (c *combinations) explain(a *assemble.Assembler, row point, f fault) string {
	fails := func(p point) bool {
		return slices.ContainsFunc(c.rehearse(a, p).faults(), func(g fault) bool { return g.code == f.code && g.at == f.at })
	}
	// The facts that are not at their first value, as few as can be.
	kept := slices.Clone(row)
	try := func(change func(point)) bool {
		want := slices.Clone(kept)
		change(want)
		full, ok := c.space.complete(want)
		if !ok || c.steps > maxLoops || !fails(full) {
			return false
		}
		kept = want
		return true
	}
	for x := range kept {
		try(func(p point) { p[x] = free })
	}
	var axes []int
	for x, v := range kept {
		if v != free {
			axes = append(axes, x)
		}
	}
	full, _ := c.space.complete(kept)
	// Of those that were left free, the ones whose first value matters.
	for x, choice := range c.space.choices {
		if kept[x] != free || !c.space.asked[x] {
			continue
		}
		for v := range choice.Len() {
			p := slices.Clone(kept)
			p[x] = int8(v)
			if other, ok := c.space.complete(p); ok && c.steps <= maxLoops && int8(v) != full[x] && !fails(other) {
				axes = append(axes, x)
				break
			}
		}
	}
	if c.steps > maxLoops {
		return someDocument
	}
	slices.Sort(axes)
	return c.says(axes, full, nil)
}
