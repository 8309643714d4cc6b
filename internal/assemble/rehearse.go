package assemble

import (
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/schedule"
	"concordat/internal/source"
	"concordat/internal/view"
)

// Rehearsal is a document that an agreement may lead to, without the agreement:
// the facts say which clauses it has and which branches they take.
type Rehearsal struct {
	View *view.View // such as view.Sample makes
	// Printed reports whether the document has something to put into the
	// schedule with an id.
	Printed func(id string) bool
	// Extract is the same for extracts.
	Extract func(id string) bool
}

// Rehearse assembles a rehearsal with the checks of Assemble. It takes the
// preset short where the facts say that the document is short. Each schedule is
// one paragraph, and so is each extract. Values come from the template itself.
// The steps are those of all templates together, as expand.MaxSteps counts them.
func (a *Assembler) Rehearse(r Rehearsal) (document doc.Document, steps int, list diag.List) {
	ag := &agreement.Agreement{}
	if r.View.Facts.Agreement.Short {
		ag.Clauses.Preset = "short"
	}
	s := a.begin(ag, r.View)
	s.computed = rehearsed{r}
	document = s.document(Options{})
	return document, s.steps, s.list.Sorted()
}

// rehearsed are the computed parts of a rehearsal.
type rehearsed struct{ Rehearsal }

func (r rehearsed) schedule(id string) (schedule.Schedule, bool) {
	if !r.Printed(id) {
		return schedule.Schedule{}, false
	}
	return schedule.Schedule{ID: id, Title: view.SampleText, Blocks: sampleBlocks()}, true
}

func (r rehearsed) extract(id string) []doc.Block {
	if !r.Extract(id) {
		return nil
	}
	return sampleBlocks()
}

func (r rehearsed) signatures() []doc.Block { return sampleBlocks() }

func sampleBlocks() []doc.Block {
	return []doc.Block{doc.Paragraph{Text: []doc.Inline{doc.Text{Value: view.SampleText}}}}
}

// Template is one text of the library or a layout, as an Assembler has
// compiled it. One of Clause, Term and Layout is not nil.
type Template struct {
	Clause *clause.Clause
	Term   *clause.Term
	Layout *clause.Layout

	assembler *Assembler
	template  template
}

// Templates are the layout of a, all clauses and all terms, in this order.
func (a *Assembler) Templates(layout *clause.Layout) []Template {
	list := []Template{{Layout: layout, assembler: a, template: a.layout}}
	for _, c := range a.library.Clauses() {
		list = append(list, Template{Clause: c, assembler: a, template: a.clauses[c.ID]})
	}
	for _, t := range a.terms {
		list = append(list, Template{Term: t.Term, assembler: a, template: t.template})
	}
	return list
}

// Body is where the template is written.
func (t Template) Body() source.Span {
	switch {
	case t.Clause != nil:
		return t.Clause.Body
	case t.Term != nil:
		return t.Term.Body
	default:
		return t.Layout.Body
	}
}

// Uses are what the template uses, whichever branches it takes.
func (t Template) Uses() *expand.Template { return t.template.Template }

// Filled is a template with the values of a view.
type Filled struct {
	Calls    []Call
	Terms    []string // ids of the terms that stand in its words
	Empty    bool     // it says nothing
	Problems diag.List
}

// Filler fills a template with views. What it has read before it does not read
// again.
type Filler struct {
	Steps int // of all templates filled so far, as expand.MaxSteps counts them

	of   Template
	read map[string]Filled // by expand.Result.Way
}

// Call is a part of the document that a template names or prints.
type Call struct {
	Target string      // the anchor that it refers to, such as "bkp-01" or "schedule-budget"
	Prints string      // id of the schedule that it prints; one of both is empty
	Terms  bool        // it prints the meanings of terms
	Span   source.Span // the action
}

// Filler is a filler of t.
func (t Template) Filler() *Filler { return &Filler{of: t, read: map[string]Filled{}} }

// Fill fills the template. A part that it prints is one paragraph.
func (f *Filler) Fill(v *view.View) Filled {
	result, problems := f.of.template.Execute(v)
	if problems.HasErrors() {
		f.Steps += expand.MaxSteps
		return Filled{Problems: problems}
	}
	f.Steps += result.Steps
	way := result.Way()
	filled, ok := f.read[way]
	if !ok {
		filled = f.of.fill(v, result)
		filled.Problems = append(problems, filled.Problems...)
		f.read[way] = filled
	}
	return filled
}

// fill is what a filled template comes to.
func (t Template) fill(v *view.View, result expand.Result) Filled {
	s := &assembly{Assembler: t.assembler, agreement: &agreement.Agreement{}, view: v}
	var f Filled
	for _, slot := range result.Slots {
		switch slot.Func {
		case callRef:
			f.Calls = append(f.Calls, Call{Target: slot.Arg, Span: slot.Span})
		case callSchedule:
			f.Calls = append(f.Calls, Call{Prints: slot.Arg, Span: slot.Span})
		case callTerms:
			f.Calls = append(f.Calls, Call{Terms: true, Span: slot.Span})
		}
	}
	filled, sample := s.fill(t.template, result), func(expand.Slot) []doc.Block { return sampleBlocks() }
	blocks := s.blocks(filled, sample)
	f.Problems = s.list
	f.Empty = !slices.ContainsFunc(blocks, func(b doc.Block) bool {
		_, breaks := b.(doc.PageBreak)
		return !breaks
	})
	f.Terms = s.termIDs(filled, sample)
	return f
}
