package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/schedule"
	"concordat/internal/source"
	"concordat/internal/view"
)

// Report says what was tried.
type Report struct {
	Facts     int      // that the library asks
	Texts     int      // clauses, terms and layouts
	Exact     int      // combinations of the facts that single texts ask, all of them
	Pairwise  []string // ids of texts with more than MaxExact combinations, which only whole documents examine
	Cut       []string // facts that are compared with so many numbers that only the clause.MaxValues smallest were tried
	Rows      int      // combinations of all facts, in which each two values of two facts meet that can
	Documents int      // whole documents assembled of them: one of each layout for each row, or fewer where texts loop too long
}

// Limits of the work on one library.
const (
	MaxExact  = 1 << 18 // combinations of the facts of one text and of another that it names
	maxTable  = 1 << 16 // combinations that are held in memory for one text or condition
	maxSteps  = 4 << 20 // nodes of one template, executed with all combinations; of all templates twice that
	maxEffort = 1 << 26 // comparisons of combinations, to explain all problems
	maxSubset = 3       // facts of which all choices are tried to explain a problem
	maxPairs  = 1 << 19 // pairs of values that whole documents cover
	maxRows   = 10      // problems of whole documents that are explained
	maxLoops  = 2 << 20 // nodes of templates, executed for all whole documents
)

// Combinations examines a library and its layouts with the facts of all
// agreements that may come. Each text is filled with each combination of the
// facts that it asks, and what it then names is looked for with each combination
// of the facts that decide about that. Whole documents are assembled with
// combinations in which each two values of two facts meet. Combinations that
// no agreement can have are left out. Each problem is reported with the fewest
// facts that bring it about, whatever the others are.
//
// Numbers are tried as 0, 1, 2 and at and beside the numbers with which they are
// compared. Where a layout or a text does not compile, the list says that.
func Combinations(library *clause.Library, layouts []*clause.Layout) (Report, diag.List) {
	var report Report
	var list diag.List
	for _, layout := range layouts {
		if layout.Of != "" {
			continue
		}
		c, problems := newCombinations(library, layout, layouts)
		list = append(list, problems...)
		if c == nil {
			continue
		}
		c.examine()
		list = append(list, c.list...)
		report = report.with(c.report)
	}
	return report, list.Sorted()
}

// newCombinations compiles a layout and those that accompany it. It is nil when
// that has errors.
func newCombinations(library *clause.Library, layout *clause.Layout, layouts []*clause.Layout) (*combinations, diag.List) {
	main, list := assemble.New(library, layout)
	if main == nil {
		return nil, list
	}
	c := &combinations{
		library: library, main: main, documents: []*assemble.Assembler{main},
		texts: main.Templates(layout), reported: map[string]bool{},
	}
	for _, other := range layouts {
		if other.Of != layout.ID {
			continue
		}
		companion, problems := main.Companion(other)
		list = append(list, problems...)
		if companion != nil {
			c.documents = append(c.documents, companion)
			c.texts = append(c.texts, companion.Templates(other)[0])
		}
	}
	if list.HasErrors() {
		return nil, list
	}
	return c, list
}

// with is the report of two layouts.
func (r Report) with(o Report) Report {
	return Report{
		max(r.Facts, o.Facts), r.Texts + o.Texts, r.Exact + o.Exact, merged(r.Pairwise, o.Pairwise), merged(r.Cut, o.Cut),
		r.Rows + o.Rows, r.Documents + o.Documents,
	}
}

// merged is what two lists have, each once and in order.
func merged(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

// String is the report in one line.
func (r Report) String() string {
	text := fmt.Sprintf("%d combinations of %d facts, all that decide about %d texts; %d documents of %d combinations with each pair of facts",
		r.Exact, r.Facts, r.Texts, r.Documents, r.Rows)
	if len(r.Pairwise) > 0 {
		text += fmt.Sprintf("; only in these documents, because they ask more: %s", strings.Join(r.Pairwise, ", "))
	}
	if len(r.Cut) > 0 {
		text += fmt.Sprintf("; only the %d smallest values of %s", clause.MaxValues, strings.Join(r.Cut, ", "))
	}
	return text
}

// combinations is the work on one layout and those that accompany it.
type combinations struct {
	library   *clause.Library
	main      *assemble.Assembler
	documents []*assemble.Assembler // main first
	texts     []assemble.Template   // the main layout, clauses, terms, other layouts

	space    *space
	printed  map[string]formula // when a schedule has something to print, by id
	extracts map[string]formula // the same of extracts
	layout   []string           // ids of the schedules that the main layout prints

	studied  []*study
	reported map[string]bool // code and place
	effort   int             // so far, to explain problems
	inRows   int             // problems of whole documents so far
	steps    int             // of the templates of all whole documents so far
	filled   int             // of single texts

	report Report
	list   diag.List
}

func (c *combinations) examine() {
	var laws []clause.Condition
	if _, ok := c.library.Preset("short"); !ok {
		laws = append(laws, mustParse("not agreement.short"))
	}
	c.space = newSpace(c.asks(), laws...)
	c.printed, c.extracts = map[string]formula{}, map[string]formula{}
	for _, id := range schedule.IDs() {
		c.printed[id] = c.space.computed(schedule.PrintedWhen(id))
	}
	for _, id := range schedule.ExtractIDs() {
		c.extracts[id] = c.space.computed(schedule.ExtractPrintedWhen(id))
	}
	for _, call := range c.texts[0].Uses().Calls() {
		if call.Func == "schedule" {
			c.layout = append(c.layout, call.Arg)
		}
	}
	for x, asked := range c.space.asked {
		if asked {
			c.report.Facts++
		}
		if choice := c.space.choices[x]; choice.Cut {
			c.report.Cut = append(c.report.Cut, choice.Fact)
		}
	}
	c.report.Texts = len(c.texts)
	for _, t := range c.texts {
		if s := c.study(t); s != nil {
			c.studied = append(c.studied, s)
		}
	}
	for _, s := range c.studied {
		c.examineText(s)
	}
	c.examineMeanings()
	c.examineRows()
}

// computed is the condition of a schedule or extract.
func (s *space) computed(when string) formula {
	if when == "" {
		return formula{holds: always}
	}
	return s.condition(mustParse(when))
}

func mustParse(when string) clause.Condition {
	c, err := clause.ParseCondition(when)
	if err != nil {
		panic(err)
	}
	return c
}

// asks is all that the library, the layouts and the schedules ask.
func (c *combinations) asks() []clause.Asked {
	var list []clause.Asked
	if _, ok := c.library.Preset("short"); ok {
		list = append(list, clause.Asked{Facts: []string{"agreement.short"}})
	}
	schedules := map[string]bool{}
	for _, t := range c.texts {
		list = append(list, textAsks(t)...)
		for _, call := range t.Uses().Calls() {
			id := strings.TrimPrefix(call.Arg, assemble.ScheduleAnchor(""))
			if slices.Contains(schedule.IDs(), id) {
				schedules[id] = true
			}
		}
	}
	for _, id := range schedule.IDs() {
		if when := schedule.PrintedWhen(id); schedules[id] && when != "" {
			list = append(list, mustParse(when).Asked())
		}
	}
	return list
}

// textAsks is what a text asks, by its condition, in its branches, and by values
// that are there on a condition only.
func textAsks(t assemble.Template) []clause.Asked {
	var list []clause.Asked
	if t.Clause != nil {
		list = append(list, t.Clause.When.Asked())
	}
	own, fields := clause.Asked{}, t.Uses().Fields()
	own.Numbers, own.Words = t.Uses().Literals()
	for _, f := range fields {
		if path, ok := strings.CutPrefix(f.Name, "Facts."); ok {
			if name, ok := clause.FactOf(path); ok && !onlyPrinted(f.Span) {
				own.Facts = append(own.Facts, name)
			}
			continue
		}
		for _, need := range view.Needs(f.Name) {
			list = append(list, need.Asked())
		}
	}
	return append(list, own)
}

// printing is the beginning of an action that prints a fact, or counts by it.
var printing = regexp.MustCompile(`^\{\{-?\s*(countOf\s+)?$`)

// onlyPrinted reports whether a fact stands in an action that prints it: that it
// has another value changes nothing else.
func onlyPrinted(field source.Span) bool {
	text := field.File.Text()[:field.Start]
	return printing.MatchString(text[max(strings.LastIndex(text, "{{"), 0):])
}

// rehearse assembles a document at a point.
func (c *combinations) rehearse(a *assemble.Assembler, p point) rehearsed {
	d, steps, list := a.Rehearse(assemble.Rehearsal{
		View:    view.Sample(c.space.facts(p)),
		Printed: func(id string) bool { return c.printed[id].holds(p) },
		Extract: func(id string) bool { return c.extracts[id].holds(p) },
	})
	c.steps += steps
	return rehearsed{d, list}
}
