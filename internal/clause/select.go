package clause

import (
	"fmt"
	"slices"

	"concordat/internal/diag"
)

// Selection is the clauses of one agreement. Articles without a selected
// clause are not in it.
type Selection struct {
	Articles []SelectedArticle
}

// SelectedArticle is an article with at least one selected clause.
type SelectedArticle struct {
	Article *Article
	Clauses []*Clause
}

// Has reports whether the clause of an id is selected.
func (s Selection) Has(id string) bool {
	for _, a := range s.Articles {
		if slices.ContainsFunc(a.Clauses, func(c *Clause) bool { return c.ID == id }) {
			return true
		}
	}
	return false
}

// Select gives the clauses whose conditions hold, in the order of the
// articles. It is an error when one of them requires a clause whose condition
// does not hold. The library must have been loaded without errors.
func (l *Library) Select(f *Facts) (Selection, diag.List) {
	var s Selection
	for i := range l.Articles {
		selected := SelectedArticle{Article: &l.Articles[i]}
		for _, c := range l.Articles[i].Clauses {
			if c.When.Holds(f) {
				selected.Clauses = append(selected.Clauses, c)
			}
		}
		if len(selected.Clauses) > 0 {
			s.Articles = append(s.Articles, selected)
		}
	}
	var list diag.List
	for _, a := range s.Articles {
		for _, c := range a.Clauses {
			for i, id := range c.Requires {
				required, ok := l.byID[id]
				if !ok || required.When.Holds(f) {
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
