package assemble

import (
	"slices"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/schedule"
	"concordat/internal/source"
	"concordat/internal/view"
)

// Inspection is how the document of one agreement came to be, for those who
// explain a part of it. It is made by Inspect.
type Inspection struct {
	Library   *clause.Library
	Agreement *agreement.Agreement // nil when it has errors
	View      *view.View           // nil when the agreement is

	assembler *Assembler
	s         *assembly          // nil when the agreement is
	rules     []clause.Exclusion // what agreement and preset say, also where a clause stays all the same
}

// Inspect assembles the document of an agreement and keeps how it came to be.
// Without an agreement the inspection knows the library only. Problems are those
// of Assemble; the inspection is of use also with errors among them.
func (a *Assembler) Inspect(ag *agreement.Agreement) (*Inspection, diag.List) {
	i := &Inspection{Library: a.library, assembler: a}
	if ag == nil {
		return i, nil
	}
	s := a.begin(ag, view.New(ag))
	s.whole(Options{})
	list := s.list.Sorted()
	i.Agreement, i.View, i.s = ag, s.view, s
	i.rules, _ = a.exclusions(ag)
	return i, list
}

// Part is a clause or term of the library, as an inspection found it.
type Part struct {
	In     bool   // part of the document
	Number string // as references print it: "Section 4.2"; of a term that of the clause which prints its meaning

	Rule     *clause.Exclusion // what the agreement or a preset says about leaving it out; nil when they say nothing
	Required []string          // why it stays where a preset would drop it: clauses that require it
	Named    []string          // likewise: clauses that refer to it; empty id is the layout

	Filled     bool // values and branches are those of the document, or of what it would be with this clause
	Asked      []string
	Branches   []expand.Branch
	Values     []Value
	Parameters []PartParameter
	Terms      []string // ids of the terms in its words
	Refers     []Named
	ReferredBy []Named // of a term: whose words hold it
}

// Value is what one action of a text printed.
type Value struct {
	Written string // the action, such as ".Agreement.Effective"
	Span    source.Span
	Text    string
	Fields  []string    // paths of the fields in it, such as "Agreement.Effective"
	Origin  source.Span // where the value of a single field was written; zero when it was computed
}

// PartParameter is a parameter that a text prints.
type PartParameter struct {
	Name    string // such as "amd-01.notice"
	Text    string // as printed: "60 days"
	Set     bool   // by the agreement; else it is the default
	Span    source.Span
	Declare clause.Parameter
}

// Named is a part of the document or, with an empty number, one that is not in it.
type Named struct {
	Anchor string // such as "bkp-01", "schedule-budget", "article-roles" or "term-incident"; empty for the layout
	Number string
	Title  string
}

// Clause inspects the clause of an id.
func (i *Inspection) Clause(id string) (Part, bool) {
	c, ok := i.Library.Clause(id)
	if !ok {
		return Part{}, false
	}
	t := i.assembler.clauses[id]
	var p Part
	p.Asked = factsOf(t.Fields())
	if i.s == nil {
		i.printed(&p, t, nil)
		p.ReferredBy = i.callers(id)
		return p, true
	}
	p.In, p.Number = i.s.selection.Has(id), i.s.numbers[id]
	for n, x := range i.rules {
		if x.ID == id {
			p.Rule = &i.rules[n]
			break
		}
	}
	if p.In && p.Rule != nil {
		p.Required, p.Named = i.keptBy(id)
	}
	if c.When.Holds(i.View.Facts) {
		if result, list := t.Execute(i.View); !list.HasErrors() {
			i.fill(&p, t, result)
		}
	}
	if !p.Filled {
		i.printed(&p, t, nil)
	}
	if p.In {
		p.ReferredBy = i.referring(id)
	} else {
		p.ReferredBy = i.callers(id)
	}
	return p, true
}

// Term inspects the term of an id.
func (i *Inspection) Term(id string) (Part, bool) {
	n := slices.IndexFunc(i.assembler.terms, func(t term) bool { return t.ID == id })
	if n < 0 {
		return Part{}, false
	}
	t := i.assembler.terms[n]
	var p Part
	p.Asked = factsOf(t.template.Fields())
	if i.s == nil {
		i.printed(&p, t.template, &t)
		return p, true
	}
	p.In = slices.ContainsFunc(i.s.used, func(x term) bool { return x.ID == id })
	if result, list := t.template.Execute(i.View); !list.HasErrors() {
		i.fill(&p, t.template, result)
	} else {
		i.printed(&p, t.template, &t)
	}
	p.Terms = slices.DeleteFunc(p.Terms, func(x string) bool { return x == id })
	if !p.In {
		return p, true
	}
	for _, a := range i.s.selection.Articles {
		for _, c := range a.Clauses {
			f := i.s.filled[c.ID]
			if f.prints(callTerms) {
				p.Number = i.s.numbers[c.ID]
			}
			if slices.Contains(i.s.termIDs(f, i.s.clauseBlock(nil)), id) {
				p.ReferredBy = append(p.ReferredBy, i.named(c.ID))
			}
		}
	}
	for _, x := range i.s.used {
		if x.ID != id && slices.Contains(i.termIDs(x.template, i.s.expand(x.template)), id) {
			p.ReferredBy = append(p.ReferredBy, i.named(TermAnchor(x.ID)))
		}
	}
	if len(p.ReferredBy) == 0 {
		p.ReferredBy = []Named{i.named("")} // layout and schedules are left
	}
	return p, true
}

// factsOf are the names of the facts among fields, each once, in order.
func factsOf(fields []expand.Field) []string {
	var names []string
	for _, f := range fields {
		path, ok := strings.CutPrefix(f.Name, "Facts.")
		if !ok {
			continue
		}
		if name, ok := clause.FactOf(path); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// termIDs are the ids of the terms in what a template was filled to.
func (i *Inspection) termIDs(t template, r expand.Result) []string {
	return i.s.termIDs(i.s.fill(t, r), noBlocks)
}

// fill says what a filled text came to.
func (i *Inspection) fill(p *Part, t template, result expand.Result) {
	p.Filled = true
	p.Branches, _ = t.Branches(i.View)
	for _, slot := range result.Slots {
		switch slot.Func {
		case "":
			p.Values = append(p.Values, i.value(t, slot))
		case callParameter:
			p.Parameters = append(p.Parameters, i.parameter(slot.Arg))
		default:
			p.refer(i, slot.Func, slot.Arg)
		}
	}
	p.Terms = i.termIDs(t, result)
}

// value is what one action printed, and where that was written.
func (i *Inspection) value(t template, slot expand.Slot) Value {
	written := strings.TrimSuffix(strings.TrimPrefix(slot.Span.Text(), "{{"), "}}")
	written = strings.TrimSuffix(strings.TrimPrefix(written, "- "), " -")
	v := Value{Written: strings.Join(strings.Fields(written), " "), Span: slot.Span, Text: slot.Text}
	for _, f := range t.Fields() {
		if f.Span.Start >= slot.Span.Start && f.Span.End <= slot.Span.End && !slices.Contains(v.Fields, f.Name) {
			v.Fields = append(v.Fields, f.Name)
		}
	}
	if slot.Receiver != nil {
		v.Origin, _ = i.View.Origin(slot.Receiver, slot.Field)
	}
	return v
}

// printed says what a text can come to where nothing fills it: all its parts,
// whichever branches they stand in.
func (i *Inspection) printed(p *Part, t template, self *term) {
	text, _ := i.assembler.text(t, sampleValues())
	for _, c := range text.Calls {
		if c.Func == callParameter {
			p.Parameters = append(p.Parameters, i.parameter(c.Arg))
		} else {
			p.refer(i, c.Func, c.Arg)
		}
	}
	s := &assembly{Assembler: i.assembler, agreement: &agreement.Agreement{}}
	found := make([]bool, len(s.terms))
	for _, blocks := range text.Variants {
		s.noteBlocks(blocks, found)
	}
	for _, n := range indexes(found) {
		if t := s.terms[n]; self == nil || self.ID != t.ID {
			p.Terms = append(p.Terms, t.ID)
		}
	}
}

// parameter is a parameter as the document prints it.
func (i *Inspection) parameter(name string) PartParameter {
	var set map[string]parameter
	if i.s != nil {
		set = i.s.set
	}
	p := i.assembler.parameter(name, set)
	return PartParameter{Name: name, Text: p.text, Set: p.set, Span: p.span, Declare: p.Parameter}
}

// refer notes a part that a text names or prints, once.
func (p *Part) refer(i *Inspection, function, arg string) {
	anchor := arg
	switch function {
	case callRef:
	case callSchedule:
		anchor = ScheduleAnchor(arg)
	default:
		return
	}
	named := i.named(anchor)
	if !slices.Contains(p.Refers, named) {
		p.Refers = append(p.Refers, named)
	}
}

// named is a part by its anchor.
func (i *Inspection) named(anchor string) Named {
	n := Named{Anchor: anchor}
	if i.s != nil {
		n.Number = i.s.numbers[anchor]
	}
	switch c, isClause := i.Library.Clause(anchor); {
	case isClause:
		n.Title = c.Title
	case anchor == "":
		n.Title = i.assembler.layoutID
	case strings.HasPrefix(anchor, TermAnchor("")):
		if t, ok := i.Library.Term(strings.TrimPrefix(anchor, TermAnchor(""))); ok {
			n.Title = t.Name
		}
	case strings.HasPrefix(anchor, ArticleAnchor("")):
		for _, a := range i.Library.Articles {
			if ArticleAnchor(a.ID) == anchor {
				n.Title = a.Title
			}
		}
	case strings.HasPrefix(anchor, ScheduleAnchor("")) && i.s != nil:
		made, _ := schedule.Build(strings.TrimPrefix(anchor, ScheduleAnchor("")), i.Agreement, i.s.names)
		n.Title = made.Title
	}
	return n
}

// callers are the parts of the library that name a clause in any branch.
func (i *Inspection) callers(id string) []Named {
	var all []Named
	calls := func(t template, anchor string) {
		if slices.ContainsFunc(t.Calls(), func(c expand.Call) bool { return c.Func == callRef && c.Arg == id }) {
			all = append(all, i.named(anchor))
		}
	}
	for _, c := range i.Library.Clauses() {
		calls(i.assembler.clauses[c.ID], c.ID)
	}
	for _, t := range i.assembler.terms {
		calls(t.template, TermAnchor(t.ID))
	}
	calls(i.assembler.layout, "")
	return all
}

// referring are the parts of the document that refer to one.
func (i *Inspection) referring(id string) []Named {
	var all []Named
	note := func(r expand.Result, anchor string) {
		if slices.ContainsFunc(r.Slots, func(x expand.Slot) bool { return x.Func == callRef && x.Arg == id }) {
			all = append(all, i.named(anchor))
		}
	}
	for _, a := range i.s.selection.Articles {
		for _, c := range a.Clauses {
			note(i.s.filled[c.ID].Result, c.ID)
		}
	}
	for _, t := range i.s.used {
		result, _ := t.template.Execute(i.View)
		note(result, TermAnchor(t.ID))
	}
	layout, _ := i.assembler.layout.Execute(i.View)
	note(layout, "")
	for _, x := range schedule.IDs() {
		refers := false
		doc.Texts(i.s.schedules[x], func(text []doc.Inline) {
			refers = refers || slices.ContainsFunc(text, func(in doc.Inline) bool {
				r, ok := in.(doc.Ref)
				return ok && r.Target == id
			})
		})
		if refers {
			all = append(all, i.named(ScheduleAnchor(x)))
		}
	}
	return all
}

// keptBy says for whom a clause stays that a preset would drop.
func (i *Inspection) keptBy(id string) (required, named []string) {
	for _, a := range i.s.selection.Articles {
		for _, c := range a.Clauses {
			if slices.Contains(c.Requires, id) {
				required = append(required, c.ID)
			}
		}
	}
	for _, n := range i.referring(id) {
		if _, isClause := i.Library.Clause(n.Anchor); isClause || n.Anchor == "" {
			named = append(named, n.Anchor)
		}
	}
	return required, named
}
