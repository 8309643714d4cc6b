package clause

import (
	"fmt"
	"slices"

	"github.com/expr-lang/expr/vm"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// Selection is the clauses of one agreement. Articles without a selected
// clause are not in it.
type Selection struct {
	Articles []SelectedArticle

	selected map[string]bool // by id; what Articles hold
}

// SelectedArticle is an article with at least one selected clause.
type SelectedArticle struct {
	Article *Article
	Clauses []*Clause
}

// Has reports whether the clause of an id is selected.
func (s Selection) Has(id string) bool { return s.selected[id] }

// Exclusion leaves a clause out of one agreement.
type Exclusion struct {
	ID   string
	Span source.Span // where the agreement or the library says so

	Preset string // id of the preset that leaves it out; empty where the agreement itself does
}

// Answers say which conditions of a library's clauses hold for some facts.
type Answers struct {
	library *Library
	holds   map[*Clause]bool
}

// Ask asks the condition of each clause. The library must have been loaded
// without errors.
func (l *Library) Ask(f *Facts) Answers {
	a := Answers{l, make(map[*Clause]bool, len(l.byID))}
	var machine vm.VM
	for _, article := range l.Articles {
		for _, c := range article.Clauses {
			a.holds[c] = c.When.holds(&machine, f)
		}
	}
	return a
}

// Holds reports whether the condition of a clause of the library holds.
func (a Answers) Holds(c *Clause) bool { return a.holds[c] }

// Select is Answers.Select for the answers to some facts.
func (l *Library) Select(f *Facts, exclude ...Exclusion) (Selection, diag.List) {
	return l.Ask(f).Select(exclude...)
}

// Select gives the clauses whose conditions hold and that are not excluded, in
// the order of the articles. What a preset drops stays where a clause that is
// not dropped requires it. It is an error when one of them requires a clause
// that is not among them, or conflicts with one that is, and when an exclusion
// names no clause of the library.
func (a Answers) Select(exclude ...Exclusion) (Selection, diag.List) {
	l := a.library
	list := a.checkExclusions(exclude)
	exclude = a.withoutRequired(exclude)
	excluded := func(id string) (Exclusion, bool) {
		i := slices.IndexFunc(exclude, func(x Exclusion) bool { return x.ID == id })
		if i < 0 {
			return Exclusion{}, false
		}
		return exclude[i], true
	}
	s := Selection{selected: make(map[string]bool, len(l.byID))}
	for i := range l.Articles {
		selected := SelectedArticle{Article: &l.Articles[i]}
		for _, c := range l.Articles[i].Clauses {
			if _, out := excluded(c.ID); !out && a.Holds(c) {
				selected.Clauses = append(selected.Clauses, c)
				s.selected[c.ID] = true
			}
		}
		if len(selected.Clauses) > 0 {
			s.Articles = append(s.Articles, selected)
		}
	}
	for _, article := range s.Articles {
		for _, c := range article.Clauses {
			for i, id := range c.Conflicts {
				if s.Has(id) {
					list = append(list, conflict(c, i, l.byID[id]))
				}
			}
			for i, id := range c.Requires {
				required, ok := l.byID[id]
				if x, out := excluded(id); out && ok {
					list = append(list, diag.Diagnostic{
						Code:     codeExcluded,
						Severity: diag.Error,
						Span:     x.Span,
						Message:  fmt.Sprintf("clause %q requires clause %q, which this agreement leaves out", c.ID, id),
						Hint:     fmt.Sprintf("keep %q, or leave out %q too", id, c.ID),
						Notes:    []diag.Note{{Span: c.Span(fmt.Sprintf("Requires[%d]", i)), Message: "required here"}},
					})
					continue
				}
				if !ok || a.Holds(required) {
					continue
				}
				list = append(list, diag.Diagnostic{
					Code:     codeRequires,
					Severity: diag.Error,
					Span:     c.Span(fmt.Sprintf("Requires[%d]", i)),
					Message:  fmt.Sprintf("clause %q is part of this document and requires clause %q, which is not", c.ID, id),
					Hint:     fmt.Sprintf("give both clauses conditions that hold together, or delete %q here", id),
					Notes:    []diag.Note{{Span: required.Span("When"), Message: fmt.Sprintf("%q is part of a document when %s", id, required.When)}},
				})
			}
		}
	}
	return s, list.Sorted()
}

// conflict is the problem of a document with two clauses, of which c says that
// they must not stand together.
func conflict(c *Clause, i int, other *Clause) diag.Diagnostic {
	return diag.Diagnostic{
		Code:     codeConflicts,
		Severity: diag.Error,
		Span:     c.Span(fmt.Sprintf("Conflicts[%d]", i)),
		Message:  fmt.Sprintf("clauses %q and %q are parts of this document, and must not stand together", c.ID, other.ID),
		Hint:     "give them conditions that do not hold together, or leave one of them out",
		Notes:    []diag.Note{{Span: other.Span("ID"), Message: "the other clause"}},
	}
}

// withoutRequired are exclusions without those of a preset that a clause of the
// document requires: a preset never drops what the rest rests on.
func (a Answers) withoutRequired(exclude []Exclusion) []Exclusion {
	exclude = slices.Clone(exclude)
	out := func(id string) bool {
		return slices.ContainsFunc(exclude, func(x Exclusion) bool { return x.ID == id })
	}
	clauses := a.library.Clauses()
	for again := slices.ContainsFunc(exclude, func(x Exclusion) bool { return x.Preset != "" }); again; {
		again = false
		for _, c := range clauses {
			if len(c.Requires) == 0 || !a.Holds(c) || out(c.ID) {
				continue
			}
			before := len(exclude)
			exclude = slices.DeleteFunc(exclude, func(x Exclusion) bool { return x.Preset != "" && slices.Contains(c.Requires, x.ID) })
			again = again || len(exclude) < before
		}
	}
	return exclude
}

// checkExclusions reports exclusions that leave out nothing.
func (a Answers) checkExclusions(exclude []Exclusion) diag.List {
	l := a.library
	var list diag.List
	dropped := func(id string) int {
		return slices.IndexFunc(exclude, func(x Exclusion) bool { return x.ID == id && x.Preset != "" })
	}
	for _, x := range exclude {
		if x.Preset != "" {
			continue
		}
		c, ok := l.byID[x.ID]
		switch {
		case dropped(x.ID) >= 0:
			by := exclude[dropped(x.ID)]
			list = append(list, diag.Diagnostic{
				Code:     codeExcludedNothing,
				Severity: diag.Warning,
				Span:     x.Span,
				Message:  fmt.Sprintf("the preset %q leaves out clause %q anyway", by.Preset, x.ID),
				Hint:     "take it out of \"exclude\"",
				Notes:    []diag.Note{{Span: by.Span, Message: "left out here"}},
			})
		case !ok:
			var known []string
			for _, c := range l.Clauses() {
				known = append(known, c.ID)
			}
			list.Errorf(codeExcludedUnknown, x.Span, didYouMean(x.ID, known), "the library has no clause %q", x.ID)
		case !a.Holds(c):
			list = append(list, diag.Diagnostic{
				Code:     codeExcludedNothing,
				Severity: diag.Warning,
				Span:     x.Span,
				Message:  fmt.Sprintf("clause %q is no part of this document anyway", x.ID),
				Hint:     "take it out of \"exclude\"",
				Notes:    []diag.Note{{Span: c.Span("When"), Message: fmt.Sprintf("%q is part of a document when %s", x.ID, c.When)}},
			})
		}
	}
	return list
}
