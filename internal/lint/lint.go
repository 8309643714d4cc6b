// Package lint examines a clause library for the person who writes it.
//
// Everything that a library may hold is checked when it is loaded. What is left
// is what a careful reader would find: words with a capital letter that nobody
// defined, numbers typed by hand, what a draft left behind, texts that say twice
// what one table decides, hard sentences, sources that nobody can look up. It
// reads texts, with each branch of them, and needs no agreement. It promises that
// each finding has a place in a file of the library, and that the same library
// and day give the same findings.
package lint

import (
	"fmt"
	"slices"
	"strings"

	"concordat/internal/assemble"
	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/prose"
	"concordat/internal/source"
)

// Subject is what is examined.
type Subject struct {
	Library    *clause.Library  // loaded without errors
	Layouts    []*clause.Layout // that of the whole agreement first
	Frameworks *framework.Set   // whose controls sources may name
	Day        calendar.Date    // with which the law described is compared
}

// Result is what there is to say about a library besides the findings.
type Result struct {
	Clauses, Terms, Layouts int
	Suppressed              int // findings that files suppress

	Promises []prose.Promise // that all texts together lay down, each once; empty with an error that stops the reading
}

// Examine finds what is wrong with a library.
func Examine(s Subject) (Result, diag.List) {
	e := &examination{Subject: s, result: Result{Clauses: len(s.Library.Clauses()), Terms: len(s.Library.Terms), Layouts: len(s.Layouts)}}
	e.checkEditions()
	e.checkSources()
	e.checkConditions()
	e.checkWritten()
	if e.read() {
		e.checkTerms()
		e.checkLinks()
		e.checkParameters()
		e.checkFields()
		e.checkHeadings()
		e.checkMatrix()
		e.checkPromises()
		e.checkStyle()
	}
	e.suppress()
	return e.result, e.list.Sorted()
}

// examination is the work on one library.
type examination struct {
	Subject
	result Result
	list   diag.List

	units []unit
	ran   bool // the texts were read
}

// unit is one text with what its file says.
type unit struct {
	clause *clause.Clause // one of these three is not nil
	term   *clause.Term
	layout *clause.Layout

	assemble.Text
	values   *source.File   // where its values seem to be written
	passages []passage      // each once, in the order of the file as far as branches allow
	parts    [][]prose.Part // of each variant
}

// body is the template of a unit.
func (u unit) body() source.Span {
	switch {
	case u.clause != nil:
		return u.clause.Body
	case u.term != nil:
		return u.term.Body
	default:
		return u.layout.Body
	}
}

// id is the name of a unit.
func (u unit) id() string {
	switch {
	case u.clause != nil:
		return u.clause.ID
	case u.term != nil:
		return u.term.ID
	default:
		return u.layout.ID
	}
}

// all are the units of the library before their texts are read.
func (e *examination) all() []unit {
	var units []unit
	for _, c := range e.Library.Clauses() {
		units = append(units, unit{clause: c})
	}
	for _, t := range e.Library.Terms {
		units = append(units, unit{term: t})
	}
	for _, l := range e.Layouts {
		units = append(units, unit{layout: l})
	}
	return units
}

// read compiles and reads all texts. It is false when one of them has an error.
func (e *examination) read() bool {
	main := e.Layouts[0]
	a, list := assemble.New(e.Library, main)
	e.list = append(e.list, list...)
	if a == nil {
		return false
	}
	texts, list := a.Texts()
	e.list = append(e.list, list...)
	wrong := list.HasErrors()
	for _, u := range e.all() {
		u.values = texts.Values
		switch {
		case u.clause != nil:
			u.Text = texts.Clauses[u.clause.ID]
		case u.term != nil:
			u.Text = texts.Terms[u.term.ID]
		case u.layout == main:
			u.Text = texts.Layout
		default:
			text, values, ok := e.companion(a, u.layout)
			if !ok {
				wrong = true
				continue
			}
			u.Text, u.values = text, values
		}
		u.passages, u.parts = passages(u.Variants, u.values), u.read()
		e.units = append(e.units, u)
	}
	e.ran = !wrong
	return !wrong
}

// companion reads a layout that accompanies another, or is one more of its own.
func (e *examination) companion(main *assemble.Assembler, layout *clause.Layout) (assemble.Text, *source.File, bool) {
	var a *assemble.Assembler
	var list diag.List
	if layout.Of == "" {
		a, list = assemble.New(e.Library, layout)
	} else {
		a, list = main.Companion(layout)
	}
	e.list = append(e.list, list...)
	if a == nil {
		return assemble.Text{}, nil, false
	}
	text, values, list := a.LayoutText()
	e.list = append(e.list, list...)
	return text, values, !list.HasErrors()
}

// edition is the version of a unit's words, and its file; ok is false for a
// layout, which has none.
func (u unit) edition() (edition clause.Edition, text clause.Text, ok bool) {
	switch {
	case u.clause != nil:
		return u.clause.Edition, u.clause.Text, true
	case u.term != nil:
		return u.term.Edition, u.term.Text, true
	default:
		return clause.Edition{}, clause.Text{}, false
	}
}

// suppress drops the findings that files suppress. A clause or term suppresses
// those of its file, library.yaml those of all files that are neither.
func (e *examination) suppress() {
	own := map[*source.File][]clause.Suppression{}
	var order []*source.File
	for _, u := range e.all() {
		if edition, text, ok := u.edition(); ok {
			own[text.File] = edition.Suppress
			order = append(order, text.File)
		}
	}
	used := map[source.Span]bool{}
	dropped := func(d diag.Diagnostic, by []clause.Suppression) bool {
		found := false
		for _, x := range by {
			if x.Code == d.Code {
				used[x.Span] = true
				found = true
			}
		}
		return found
	}
	var left diag.List
	for _, d := range e.list.Sorted() {
		by, ok := own[d.Span.File]
		if !ok {
			by = e.Library.Lint.Suppress
		}
		if slices.Contains(suppressible, d.Code) && dropped(d, by) {
			e.result.Suppressed++
			continue
		}
		left = append(left, d)
	}
	e.list = left
	check := func(list []clause.Suppression) {
		for _, x := range list {
			switch {
			case !slices.Contains(suppressible, x.Code):
				hint := "delete it, and mend what is found"
				if near := diag.Nearest(x.Code, suppressible); near != "" {
					hint = fmt.Sprintf("did you mean %q?", near)
				}
				e.list.Errorf(codeSuppression, x.Span, hint, "%q cannot be suppressed", x.Code)
			case e.ran && !used[x.Span]:
				e.list.Warnf(codeIdleSuppression, x.Span, "delete it", "%q is not found here", x.Code)
			}
		}
	}
	for _, f := range order {
		check(own[f])
	}
	check(e.Library.Lint.Suppress)
}

// joined is a list of words for a message: "a", "b" and "c".
func joined(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = fmt.Sprintf("%q", w)
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:len(quoted)-1], ", ") + " and " + quoted[len(quoted)-1]
}
