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
	pairwise := append(slices.Clone(r.Pairwise), o.Pairwise...)
	slices.Sort(pairwise)
	return Report{max(r.Facts, o.Facts), r.Texts + o.Texts, r.Exact + o.Exact, slices.Compact(pairwise), r.Rows + o.Rows, r.Documents + o.Documents}
}

// String is the report in one line.
func (r Report) String() string {
	text := fmt.Sprintf("%d combinations of %d facts, all that decide about %d texts; %d documents of %d combinations with each pair of facts",
		r.Exact, r.Facts, r.Texts, r.Documents, r.Rows)
	if len(r.Pairwise) > 0 {
		text += fmt.Sprintf("; only in these documents, because they ask more: %s", strings.Join(r.Pairwise, ", "))
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
	for _, asked := range c.space.asked {
		if asked {
			c.report.Facts++
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

// study is a text with all that it says.
type study struct {
	assemble.Template
	axes []int // that its words depend on
	when formula

	live     []life // all combinations of its facts with which it stands in a document
	outcomes []assemble.Filled
}

// life is a combination of facts with which a text stands in a document.
type life struct {
	at      point // of the axes of the text and of its condition
	outcome int   // index
}

func (s *study) name() string {
	switch {
	case s.Clause != nil:
		return s.Clause.ID
	case s.Term != nil:
		return s.Term.ID
	default:
		return s.Layout.ID
	}
}

// subject is the text in a message.
func (s *study) subject() string {
	switch {
	case s.Clause != nil:
		return fmt.Sprintf("clause %q", s.Clause.ID)
	case s.Term != nil:
		return fmt.Sprintf("the meaning of the term %q", s.Term.Name)
	default:
		return fmt.Sprintf("the layout %q", s.Layout.ID)
	}
}

// study fills a text with all combinations of its facts. It is nil where there
// are too many.
func (c *combinations) study(t assemble.Template) *study {
	asked := textAsks(t)
	s := &study{Template: t, when: formula{holds: func(point) bool { return true }}}
	if t.Clause != nil {
		s.when = c.space.condition(t.Clause.When)
		asked = asked[1:]
	}
	s.axes = c.space.axesOf(asked...)
	axes := union(s.axes, s.when.axes)
	if c.space.size(axes, maxTable+1) > maxTable {
		c.report.Pairwise = append(c.report.Pairwise, s.name())
		return nil
	}
	filled := map[int]int{}
	known := map[string]int{}
	filler := t.Filler()
	same := c.alike(t, s.axes)
	p := c.space.nowhere()
	whole := c.space.each(axes, p, func() bool {
		c.report.Exact++
		if filler.Steps > maxSteps || c.filled+filler.Steps > 2*maxSteps {
			return false
		}
		if !s.when.holds(p) || !c.space.possible(p) {
			return true
		}
		at := c.space.index(s.axes, same(p))
		i, ok := filled[at]
		if !ok {
			f := filler.Fill(view.Sample(c.space.facts(p)))
			key := fmt.Sprintf("%+v", f)
			if i, ok = known[key]; !ok {
				i = len(s.outcomes)
				known[key] = i
				s.outcomes = append(s.outcomes, f)
			}
			filled[at] = i
		}
		s.live = append(s.live, life{slices.Clone(p), i})
		return true
	})
	c.filled += filler.Steps
	if !whole {
		c.report.Pairwise = append(c.report.Pairwise, s.name())
		return nil
	}
	if len(s.live) == 0 && t.Clause != nil {
		c.found(codeNeverSelected, t.Clause.Span("When"), diag.Diagnostic{
			Message: fmt.Sprintf("no agreement can have facts with which %s is part of a document", s.subject()),
			Hint:    "correct the condition",
		})
	}
	return s
}

// reckoning is where a template puts a fact beside another, or keeps it.
var reckoning = regexp.MustCompile(`\.Facts\.[A-Za-z.]+\)*\s+\(*\$?\.Facts\.|:=|\brange\s+\$?\.Facts\.|\b(add|sub)\b`)

// alike maps points to those with which a text says the same: where it compares
// numbers with 0 only, 2 is as good as 1.
func (c *combinations) alike(t assemble.Template, axes []int) func(point) point {
	numbers, _ := t.Uses().Literals()
	if slices.ContainsFunc(numbers, func(n int) bool { return n != 0 }) || reckoning.MatchString(t.Body().Text()) {
		return func(p point) point { return p }
	}
	q := c.space.nowhere()
	return func(p point) point {
		copy(q, p)
		for _, x := range axes {
			if c.space.choices[x].Number() {
				q[x] = min(q[x], 1)
			}
		}
		return q
	}
}

// examineText looks for what is wrong with a text where it stands.
func (c *combinations) examineText(s *study) {
	axes := union(s.axes, s.when.axes)
	where := func(outcome func(assemble.Filled) bool) []point {
		var list []point
		for _, l := range s.live {
			if outcome(s.outcomes[l.outcome]) {
				list = append(list, l.at)
			}
		}
		return list
	}
	for _, o := range s.outcomes {
		for _, problem := range o.Problems {
			if problem.Severity != diag.Error || c.reported[key(codeRefusedText, problem.Span)] {
				continue
			}
			at := where(func(f assemble.Filled) bool {
				return slices.ContainsFunc(f.Problems, func(d diag.Diagnostic) bool { return d.Span == problem.Span && d.Message == problem.Message })
			})
			c.reasonOf(s, codeRefusedText, problem.Span, at, formula{holds: always}, func(using string) string {
				if using == "" {
					return problem.Message
				}
				return problem.Message + ", and " + using + " uses the term"
			}, problem.Hint)
		}
	}
	if at := where(func(f assemble.Filled) bool { return f.Empty }); len(at) > 0 && s.Clause != nil {
		c.reason(codeEmptyPart, s.Clause.Span("Title"), axes, at, formula{holds: always}, s.subject()+" says nothing",
			"write what holds then, or give the clause a condition under which it says something")
	}
	var calls []assemble.Call
	for _, o := range s.outcomes {
		for _, call := range o.Calls {
			if !slices.Contains(calls, call) && !call.Terms {
				calls = append(calls, call)
			}
		}
	}
	for _, call := range calls {
		at := where(func(f assemble.Filled) bool { return slices.Contains(f.Calls, call) })
		c.examineCall(s, call, at)
	}
	if s.Clause == nil {
		return
	}
	var all []point
	for _, l := range s.live {
		all = append(all, l.at)
	}
	for i, id := range s.Clause.Requires {
		if other, ok := c.library.Clause(id); ok {
			when := c.space.condition(other.When)
			c.reason(codeBrokenRequires, s.Clause.Span(fmt.Sprintf("Requires[%d]", i)), axes, all, not(when),
				fmt.Sprintf("%s requires clause %q, which is not part of the document", s.subject(), id),
				fmt.Sprintf("give both clauses conditions that hold together, or delete %q here", id), notes(other)...)
		}
	}
	for i, id := range s.Clause.Conflicts {
		if other, ok := c.library.Clause(id); ok {
			c.reason(codeBrokenConflict, s.Clause.Span(fmt.Sprintf("Conflicts[%d]", i)), axes, all, c.space.condition(other.When),
				fmt.Sprintf("clauses %q and %q stand together, which they must not", s.Clause.ID, id),
				"give them conditions that do not hold together", notes(other)...)
		}
	}
}

// notes say when a clause is part of a document.
func notes(c *clause.Clause) []diag.Note {
	if c.When.IsZero() {
		return nil
	}
	return []diag.Note{{Span: c.Span("When"), Message: fmt.Sprintf("%q is part of a document when %s", c.ID, c.When)}}
}

func always(point) bool { return true }

// not holds where f does not.
func not(f formula) formula {
	return formula{f.axes, func(p point) bool { return !f.holds(p) }}
}

// examineCall looks for a part that a text names or prints at some points.
func (c *combinations) examineCall(s *study, call assemble.Call, at []point) {
	hint := ""
	var present formula
	var other []diag.Note
	id, isSchedule := strings.CutPrefix(call.Target, assemble.ScheduleAnchor(""))
	if call.Prints != "" {
		if s.Layout != nil {
			return // a layout prints the schedules that there are
		}
		id, isSchedule = call.Prints, true
	}
	switch {
	case isSchedule && slices.Contains(schedule.IDs(), id):
		present = c.printed[id]
		if call.Prints == "" {
			present = both(present, c.inLayout(id))
		}
		hint = fmt.Sprintf("do so only where %s", schedule.PrintedWhen(id))
		if call.Prints == "" && !slices.Contains(c.layout, id) {
			present, hint = formula{holds: func(point) bool { return false }}, fmt.Sprintf("print the schedule in the layout %q", c.texts[0].Layout.ID)
		}
	default:
		if x, ok := c.library.Clause(call.Target); ok {
			present, other = c.space.condition(x.When), notes(x)
			hint = fmt.Sprintf("do so only where %s", x.When)
			break
		}
		i := slices.IndexFunc(c.library.Articles, func(a clause.Article) bool { return assemble.ArticleAnchor(a.ID) == call.Target })
		var all []formula
		for _, x := range c.library.Articles[i].Clauses {
			all = append(all, c.space.condition(x.When))
			other = append(other, notes(x)...)
		}
		present, hint = either(all), "do so only where the article has a clause"
	}
	lacks := fmt.Sprintf("refers to %q, which is not printed", call.Target)
	if call.Prints != "" {
		lacks = fmt.Sprintf("prints the schedule %q, which has no rows", id)
	}
	c.reasonOf(s, codeBrokenReference, call.Span, at, not(present), func(using string) string {
		if using == "" {
			return s.subject() + " " + lacks
		}
		return s.subject() + ", which " + using + " uses, " + lacks
	}, hint, other...)
}

// reasonOf is reason for a problem of a text at some points of its facts. The
// meaning of a term is printed where a text uses the term, which then stands in
// the message.
func (c *combinations) reasonOf(s *study, code string, span source.Span, at []point, bad formula, message func(using string) string, hint string, notes ...diag.Note) {
	axes := union(s.axes, s.when.axes)
	if s.Term == nil {
		c.reason(code, span, axes, at, bad, message(""), hint, notes...)
		return
	}
	for _, user := range c.users(s) {
		var together []point
		for _, l := range user.live {
			if !slices.Contains(user.outcomes[l.outcome].Terms, s.Term.ID) {
				continue
			}
			for _, p := range at {
				if q, ok := joinPoints(l.at, p); ok && c.space.possible(q) {
					together = append(together, q)
				}
			}
		}
		c.reason(code, span, union(axes, union(user.axes, user.when.axes)), together, bad, message(user.subject()), hint, notes...)
	}
}

// inLayout is when the main layout prints a schedule, if it has rows.
func (c *combinations) inLayout(id string) formula {
	s := c.studied[0]
	has := func(f assemble.Filled) bool {
		return slices.ContainsFunc(f.Calls, func(call assemble.Call) bool { return call.Prints == id })
	}
	if s.Layout != c.texts[0].Layout || !slices.ContainsFunc(s.outcomes, func(f assemble.Filled) bool { return !has(f) }) {
		return formula{holds: always}
	}
	at := map[int]bool{}
	for _, l := range s.live {
		if has(s.outcomes[l.outcome]) {
			at[c.space.index(s.axes, l.at)] = true
		}
	}
	return formula{s.axes, func(p point) bool { return at[c.space.index(s.axes, p)] }}
}

// users are the clauses and layouts in whose words the term of s stands.
func (c *combinations) users(s *study) []*study {
	var list []*study
	for _, u := range c.studied {
		if u.Term == nil && slices.ContainsFunc(u.outcomes, func(f assemble.Filled) bool { return slices.Contains(f.Terms, s.Term.ID) }) {
			list = append(list, u)
		}
	}
	return list
}

// joinPoints is both points, unless they give a fact two values.
func joinPoints(a, b point) (point, bool) {
	both := slices.Clone(a)
	for x, v := range b {
		if v == free {
			continue
		}
		if both[x] != free && both[x] != v {
			return nil, false
		}
		both[x] = v
	}
	return both, true
}

// examineMeanings looks for documents in which no clause prints the meanings of
// terms.
func (c *combinations) examineMeanings() {
	var printing []formula
	for _, s := range c.studied {
		if s.Clause == nil || !slices.ContainsFunc(s.outcomes, prints) {
			continue
		}
		axes := union(s.axes, s.when.axes)
		at := map[int]bool{}
		for _, l := range s.live {
			if prints(s.outcomes[l.outcome]) {
				at[c.space.index(axes, l.at)] = true
			}
		}
		printing = append(printing, formula{axes, func(p point) bool { return at[c.space.index(axes, p)] }})
	}
	none := either(printing)
	if c.space.size(none.axes, maxTable+1) > maxTable {
		return // whole documents show it
	}
	// All texts that use a term use it where they stand; so one is enough.
	for _, s := range c.studied {
		if s.Clause == nil {
			continue
		}
		for _, o := range s.outcomes {
			if len(o.Terms) == 0 {
				continue
			}
			t, _ := c.library.Term(o.Terms[0])
			var at []point
			for _, l := range s.live {
				if len(s.outcomes[l.outcome].Terms) > 0 {
					at = append(at, l.at)
				}
			}
			c.reason(codeNoMeanings, t.Span("Name"), union(s.axes, s.when.axes), at, not(none),
				fmt.Sprintf("%s uses the term %q, and no clause prints its meaning", s.subject(), t.Name),
				"add a clause with {{ terms }} in a paragraph of its own, outside of any branch")
			if c.reported[key(codeNoMeanings, t.Span("Name"))] {
				return
			}
			break
		}
	}
}

func prints(f assemble.Filled) bool {
	return slices.ContainsFunc(f.Calls, func(call assemble.Call) bool { return call.Terms })
}

func key(code string, at source.Span) string {
	name := ""
	if !at.IsZero() {
		name = at.File.Name()
	}
	return fmt.Sprintf("%s %s %d", code, name, at.Start)
}

// found reports a problem, once for each code and place.
func (c *combinations) found(code string, at source.Span, d diag.Diagnostic) {
	if c.reported[key(code, at)] {
		return
	}
	c.reported[key(code, at)] = true
	d.Code, d.Severity, d.Span = code, diag.Error, at
	c.list = append(c.list, d)
}

// reason reports a problem that occurs at those of some points, of axes, that
// can be completed so that bad holds: with the fewest facts that bring it about.
func (c *combinations) reason(code string, at source.Span, axes []int, points []point, bad formula, message, hint string, other ...diag.Note) {
	extra := minus(bad.axes, axes)
	if len(points) == 0 || c.reported[key(code, at)] {
		return
	}
	if size := c.space.size(extra, MaxExact); size*len(points) > MaxExact {
		c.report.Pairwise = append(c.report.Pairwise, at.File.Name())
		return
	}
	all := union(axes, extra)
	failing := map[string]point{}
	var order []point
	for _, from := range points {
		p := slices.Clone(from)
		c.space.each(extra, p, func() bool {
			c.report.Exact++
			if bad.holds(p) && c.space.possible(p) {
				q := slices.Clone(p)
				failing[pointKey(q)] = q
				order = append(order, q)
			}
			return true
		})
	}
	if len(order) == 0 {
		return
	}
	says := c.smallest(all, order, func(p point) bool { _, fails := failing[pointKey(p)]; return fails })
	c.found(code, at, diag.Diagnostic{Message: says + message, Hint: hint, Notes: other})
}

func pointKey(p point) string {
	b := make([]byte, len(p))
	for i, v := range p {
		b[i] = byte(v)
	}
	return string(b)
}

// smallest is the beginning of a message: the fewest facts with which a problem
// occurs whatever the other facts of axes are.
func (c *combinations) smallest(axes []int, failing []point, fails func(point) bool) string {
	// What does not fail, of what can be.
	var fine []point
	if c.space.size(axes, maxTable+1) <= maxTable {
		p := c.space.nowhere()
		c.space.each(axes, p, func() bool {
			if !fails(p) && c.space.possible(p) {
				fine = append(fine, slices.Clone(p))
			}
			return true
		})
	} else {
		return c.says(axes, failing[0], nil)
	}
	enough := func(p point, kept []int) bool {
		c.effort += len(fine)
		return !slices.ContainsFunc(fine, func(q point) bool {
			return !slices.ContainsFunc(kept, func(x int) bool { return q[x] != p[x] })
		})
	}
	for n := range min(len(axes), maxSubset) + 1 {
		for _, kept := range subsets(axes, n) {
			if c.effort += len(fine) + len(failing); c.effort > maxEffort {
				break
			}
			spoiled := map[int]bool{} // values of these facts with which the problem may be absent
			for _, p := range fine {
				spoiled[c.space.index(kept, p)] = true
			}
			i := slices.IndexFunc(failing, func(p point) bool { return !spoiled[c.space.index(kept, p)] })
			if i >= 0 {
				return c.says(kept, failing[i], func(q point) bool { return enough(q, kept) })
			}
		}
	}
	p, kept := failing[0], slices.Clone(axes)
	for _, x := range axes {
		if less := minus(kept, []int{x}); c.effort <= maxEffort && enough(p, less) {
			kept = less
		}
	}
	return c.says(kept, p, func(q point) bool { return c.effort <= maxEffort && enough(q, kept) })
}

// subsets are all choices of n axes, in order.
func subsets(axes []int, n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var list [][]int
	for i := range axes {
		for _, rest := range subsets(axes[i+1:], n-1) {
			list = append(list, append([]int{axes[i]}, rest...))
		}
	}
	return list
}

// says puts facts into words: "when backups.count is 0 and access.count is
// above 0: ". It tells of as many values of numbers as are enough, too.
func (c *combinations) says(axes []int, p point, enough func(point) bool) string {
	if len(axes) == 0 {
		return "in each document: "
	}
	from, to := slices.Clone(p), slices.Clone(p)
	q := slices.Clone(p)
	var inside func(axes []int) bool
	inside = func(axes []int) bool {
		if len(axes) == 0 {
			return enough(q)
		}
		x := axes[0]
		defer func() { q[x] = p[x] }()
		for q[x] = from[x]; q[x] <= to[x]; q[x]++ {
			if !inside(axes[1:]) {
				return false
			}
		}
		return true
	}
	var list []string
	for _, x := range axes {
		choice := c.space.choices[x]
		for enough != nil && choice.Number() && int(to[x]) < choice.Len()-1 {
			if to[x]++; !inside(axes) {
				to[x]--
				break
			}
		}
		for enough != nil && choice.Number() && from[x] > 0 {
			if from[x]--; !inside(axes) {
				from[x]++
				break
			}
		}
		list = append(list, choice.SaysRange(int(from[x]), int(to[x])))
	}
	last := len(list) - 1
	if last == 0 {
		return "when " + list[0] + ": "
	}
	return "when " + strings.Join(list[:last], ", ") + " and " + list[last] + ": "
}
