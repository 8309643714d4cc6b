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
