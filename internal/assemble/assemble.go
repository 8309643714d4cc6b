// Package assemble makes a document from an agreement, a clause library and a
// layout.
//
// Library and layout are compiled once, by New; Assemble then runs for any
// number of agreements, also at the same time. Clauses are filled and parsed
// one by one and joined as blocks, never as text, so that nothing in one
// clause can reach the next.
package assemble

import (
	"fmt"
	"reflect"
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/markdown"
	"concordat/internal/schedule"
	"concordat/internal/source"
	"concordat/internal/view"
)

// The functions by which clauses and layouts name other parts.
const (
	callRef        = "ref"
	callTerms      = "terms"
	callArticles   = "articles"
	callSchedule   = "schedule"
	callSignatures = "signatures"
	callExtract    = "extract"
	callBlanks     = "blanks"
	callParameter  = "parameter"
)

// inlineCalls are the functions that stand for something inside of a line.
var inlineCalls = []string{callRef, callParameter}

// Assembler is a library and a layout, compiled. It may be used by several
// goroutines. What it says never changes after New; it only remembers which texts
// of its templates it has read: see forms.
type Assembler struct {
	library  *clause.Library
	layout   template
	title    string // of the layout
	compact  bool   // as the layout says
	layoutID string
	main     *Assembler          // of the document that this one accompanies; nil for a document of its own
	clauses  map[string]template // by clause id
	terms    []term
	finder   *finder             // of the terms
	titles   map[string]doc.Text // of the library's clauses, by id
}

// template is one compiled text and how it is parsed.
type template struct {
	*expand.Template
	read  func(string, []markdown.Token, func(from, to int) source.Span) ([]doc.Block, *markdown.Form, diag.List)
	forms *forms // what has been read of it
}

func newClauseTemplate(t *expand.Template) template {
	return template{t, markdown.ReadClause, &forms{}}
}
func newLayoutTemplate(t *expand.Template) template {
	return template{t, markdown.ReadLayout, &forms{}}
}

// Options are choices for one document.
type Options struct {
	Draft bool          // the document says that it is not for signature
	Final calendar.Date // where it is not zero, the day on which the document is to be signed: its words must be approved and in force
}

// New compiles a library and a layout. It reports every reference to a field,
// function, clause or schedule that does not exist.
func New(library *clause.Library, layout *clause.Layout) (*Assembler, diag.List) {
	var list diag.List
	data := reflect.TypeFor[*view.View]()
	a := &Assembler{library: library, clauses: map[string]template{}, titles: map[string]doc.Text{}}
	targets := a.targets()
	compile := func(body source.Span, opts expand.Options) *expand.Template {
		if len(list) > maxProblems {
			if list[len(list)-1].Code != codeTooMuch {
				list.Errorf(codeTooMuch, body.File.Span(body.Start, body.Start), "correct those before it first", "there are too many problems before this text; it and what follows was not examined")
			}
			return nil
		}
		opts.Data, opts.Inline = data, inlineCalls
		t, problems := expand.Compile(body, opts)
		list = append(list, problems...)
		if t != nil {
			list = append(list, a.checkCalls(t.Calls(), targets)...)
		}
		return t
	}
	branch := []string{"Facts"}
	for _, article := range library.Articles {
		for _, c := range article.Clauses {
			t := compile(c.Body, expand.Options{What: "clause", Branch: branch, Blocks: []string{callTerms, callSchedule}})
			a.clauses[c.ID] = newClauseTemplate(t)
			a.titles[c.ID] = doc.Text{Value: c.Title, Origin: c.Span("Title")}
		}
	}
	for _, t := range library.Terms {
		compiled := compile(t.Body, expand.Options{What: "term", Branch: branch})
		a.terms = append(a.terms, newTerm(t, newClauseTemplate(compiled)))
	}
	a.finder = newFinder(a.terms)
	compiled := compile(layout.Body, layoutOptions)
	a.layout, a.title = newLayoutTemplate(compiled), layout.Title
	a.compact, a.layoutID = layout.Compact, layout.ID
	if layout.Of != "" {
		list.Errorf(codeLayoutOf, layout.OfSpan, "delete the line", "the layout %q is that of the whole agreement, and accompanies no other", layout.ID)
	}
	if compiled != nil {
		list = append(list, checkLayout(layout, compiled.Calls())...)
	}
	if list.HasErrors() {
		return nil, list
	}
	return a, list
}

// targets are all anchors that a reference may name.
func (a *Assembler) targets() []string {
	var ids []string
	for _, article := range a.library.Articles {
		ids = append(ids, ArticleAnchor(article.ID))
		for _, c := range article.Clauses {
			ids = append(ids, c.ID)
		}
	}
	for _, id := range schedule.IDs() {
		ids = append(ids, ScheduleAnchor(id))
	}
	slices.Sort(ids)
	return ids
}

// ArticleAnchor names an article among anchors. That of a clause is its id.
func ArticleAnchor(id string) string { return "article-" + id }

// ScheduleAnchor names a schedule among anchors.
func ScheduleAnchor(id string) string { return "schedule-" + id }

// TermAnchor names a term among anchors. Nothing in a document refers to it.
func TermAnchor(id string) string { return "term-" + id }

// checkCalls reports references to parts that do not exist at all.
func (a *Assembler) checkCalls(calls []expand.Call, targets []string) diag.List {
	var list diag.List
	unknown := func(c expand.Call, what string, known []string) {
		hint := "name an id of the library"
		if near := diag.Nearest(c.Arg, known); near != "" {
			hint = "did you mean \"" + near + "\"?"
		}
		list.Errorf(codeUnknownTarget, c.Span, hint, "unknown %s %q", what, c.Arg)
	}
	for _, c := range calls {
		switch {
		case c.Func == callRef && !slices.Contains(targets, c.Arg):
			unknown(c, "reference", targets)
		case c.Func == callSchedule && !slices.Contains(schedule.IDs(), c.Arg):
			unknown(c, "schedule", schedule.IDs())
		case c.Func == callExtract && !slices.Contains(schedule.ExtractIDs(), c.Arg):
			unknown(c, "extract", schedule.ExtractIDs())
		case c.Func == callParameter:
			list = append(list, a.checkParameter(c)...)
		case c.Func == callBlanks && !blankLines.MatchString(c.Arg):
			list.Errorf(codeUnknownTarget, c.Span, "write {{ blanks \"3\" }} for three lines", "expected a number of lines from 1 to 20, found %q", c.Arg)
		}
	}
	return list
}

// checkLayout demands the parts without which a document is no agreement, and
// none of them twice.
func checkLayout(layout *clause.Layout, calls []expand.Call) diag.List {
	var list diag.List
	first := map[string]expand.Call{}
	for _, c := range calls {
		if c.Func == callRef || c.Func == callBlanks || c.Func == callParameter {
			continue
		}
		name := c.Func + " " + c.Arg
		if f, ok := first[name]; ok {
			list = append(list, diag.Diagnostic{
				Code: codeLayoutTwice, Severity: diag.Error, Span: c.Span,
				Message: "the layout prints " + describe(c) + " twice",
				Hint:    "delete one of the two",
				Notes:   []diag.Note{{Span: f.Span, Message: "first here"}},
			})
			continue
		}
		first[name] = c
	}
	if layout.Of != "" {
		return list
	}
	for _, part := range []string{callArticles, callSignatures} {
		if _, ok := first[part+" "]; !ok {
			list.Errorf(codeLayoutMissing, layout.Body.File.Span(layout.Body.Start, layout.Body.Start),
				"add {{ "+part+" }} in a paragraph of its own", "the layout does not print the %s", part)
		}
	}
	return list
}

func describe(c expand.Call) string {
	if c.Arg == "" {
		return "the " + c.Func
	}
	return "the " + c.Func + " \"" + c.Arg + "\""
}

// Parts are the texts of the library that one document was made of.
type Parts struct {
	Clauses []*clause.Clause // in the order of the document
	Terms   []*clause.Term   // in alphabetical order; of a document that accompanies another all of the library, in its order
	Dropped []string         // ids of clauses that a preset leaves out
}

// ClauseIDs are the ids of the clauses.
func (p Parts) ClauseIDs() []string {
	ids := make([]string, len(p.Clauses))
	for i, c := range p.Clauses {
		ids[i] = c.ID
	}
	return ids
}

// TermIDs are the ids of the terms.
func (p Parts) TermIDs() []string {
	ids := make([]string, len(p.Terms))
	for i, t := range p.Terms {
		ids[i] = t.ID
	}
	return ids
}

// Assemble makes the document of one agreement. With an error in the list the
// document is not of use.
func (a *Assembler) Assemble(ag *agreement.Agreement, opts Options) (document doc.Document, parts Parts, list diag.List) {
	s := a.begin(ag, view.New(ag))
	document = s.document(opts)
	terms := s.used
	if a.main != nil {
		terms = a.terms
	}
	parts.Dropped = s.names.Dropped
	for _, article := range s.selection.Articles {
		parts.Clauses = append(parts.Clauses, article.Clauses...)
	}
	for _, t := range terms {
		parts.Terms = append(parts.Terms, t.Term)
	}
	return document, parts, s.list.Sorted()
}

// begin selects the clauses of one agreement.
func (a *Assembler) begin(ag *agreement.Agreement, v *view.View) *assembly {
	exclude, problems := a.exclusions(ag)
	expander := newExpander(v)
	answers := a.library.Ask(v.Facts)
	exclude = a.withoutNamed(expander, answers, exclude)
	set, wrong := a.parameters(ag)
	selection, list := answers.Select(exclude...)
	dropped := a.dropped(answers, exclude, selection)
	s := &assembly{
		Assembler: a, agreement: ag, view: v, expander: expander, selection: selection, exclude: exclude, set: set,
		names:   &schedule.Clauses{Titles: a.titles, Dropped: dropped, Printed: a.printed(selection)},
		numbers: map[string]string{}, list: slices.Concat(problems, wrong, list),
	}
	s.computed = agreed{s}
	return s
}

// printed are the clauses of a selection, by id.
func (a *Assembler) printed(selection clause.Selection) map[string]bool {
	clauses := a.library.Clauses()
	ids := make(map[string]bool, len(clauses))
	for _, c := range clauses {
		ids[c.ID] = selection.Has(c.ID)
	}
	return ids
}

// document makes the document.
func (s *assembly) document(opts Options) doc.Document {
	if s.main != nil {
		return s.companion(opts)
	}
	return s.whole(opts)
}

// whole makes a document of its own.
func (s *assembly) whole(opts Options) doc.Document {
	layout := s.fill(s.layout, s.expand(s.layout))
	s.number(layout.Result)
	articles, used := s.articles(layout)
	s.counted(used)
	blocks := s.blocks(layout, s.layoutBlock(articles))
	s.checkTerms(used)
	if !opts.Final.IsZero() {
		s.checkFinal(opts.Final, used, blocks)
	}
	if opts.Draft {
		blocks = withDraftNote(blocks)
	}
	blocks = s.label(blocks)
	if s.agreement.Clauses.Short() {
		blocks = inline(together(runOn(blocks)))
	}
	blocks = s.resolve(blocks)
	return doc.Document{Meta: s.meta(opts), Blocks: blocks}
}

// exclusions are the clauses that an agreement leaves out, and those that the
// preset which it takes drops.
func (a *Assembler) exclusions(ag *agreement.Agreement) ([]clause.Exclusion, diag.List) {
	var all []clause.Exclusion
	var list diag.List
	for i, x := range ag.Clauses.Exclude {
		all = append(all, clause.Exclusion{ID: x.ID, Span: ag.Span(fmt.Sprintf("Clauses.Exclude[%d].ID", i))})
	}
	if id := ag.Clauses.Preset; id != "" && id != "full" {
		preset, ok := a.library.Preset(id)
		if !ok {
			list.Errorf(codeUnknownPreset, ag.Span("Clauses.Preset"), "add it to the presets of the library", "the library has no preset %q", id)
		}
		for _, d := range preset.Drops {
			all = append(all, clause.Exclusion{ID: d.Clause, Span: d.Span, Preset: id})
		}
	}
	return all, list
}

// dropped are the ids of the clauses that would be part of the document, had the
// agreement not taken a preset that leaves them out.
func (a *Assembler) dropped(answers clause.Answers, exclude []clause.Exclusion, selection clause.Selection) []string {
	var ids []string
	for _, x := range exclude {
		if c, ok := a.library.Clause(x.ID); ok && x.Preset != "" && answers.Holds(c) && !selection.Has(x.ID) {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// assembly is the work on one document.
type assembly struct {
	*Assembler
	agreement      *agreement.Agreement
	view           *view.View
	expander       *expander
	selection      clause.Selection
	exclude        []clause.Exclusion
	set            map[string]parameter   // by the agreement
	names          *schedule.Clauses      // what schedules say about clauses
	numbers        map[string]string      // how each anchor is printed: "Section 4.2"
	schedules      map[string][]doc.Block // the schedules the layout prints, with heading
	articleOutline outline
	computed       computed
	printsTerms    bool               // a clause of the document prints the meanings of terms
	steps          int                // of all templates, as expand.MaxSteps counts them
	bytes          int                // of the text of all templates
	exhausted      bool               // there was more than maxSteps or maxText allow
	filled         map[string]filling // clauses by id
	used           []term
	controls       map[string]bool // titles of the framework's controls; see isControl
	words          []byte          // room for those of one run
	list           diag.List
}

// layoutBlock gives what stands in the place of a layout's block tokens.
func (s *assembly) layoutBlock(articles []doc.Block) func(expand.Slot) []doc.Block {
	return func(slot expand.Slot) []doc.Block {
		switch slot.Func {
		case callArticles:
			return articles
		case callSignatures:
			return s.computed.signatures()
		case callSchedule:
			return s.schedules[slot.Arg]
		case callExtract:
			return s.computed.extract(slot.Arg)
		case callBlanks:
			return blanks(slot.Arg)
		default:
			panic("assemble: unknown block " + slot.Func)
		}
	}
}

// Limits of all templates of one document together. Those of the built-in
// library stay far below.
const (
	maxSteps = 1_000_000 // as expand.MaxSteps counts them
	maxText  = 4 << 20   // bytes
)

// maxProblems is the number of problems of templates after which nobody reads on.
const maxProblems = 500

// expander fills templates with one view, each once.
type expander struct {
	view *view.View
	made map[*expand.Template]*expansion
}

type expansion struct {
	result   expand.Result
	problems diag.List
}

func newExpander(v *view.View) *expander {
	return &expander{view: v, made: map[*expand.Template]*expansion{}}
}

func (e *expander) expand(t template) (expand.Result, diag.List) {
	x, ok := e.made[t.Template]
	if !ok {
		x = &expansion{}
		x.result, x.problems = t.Execute(e.view)
		e.made[t.Template] = x
	}
	return x.result, x.problems
}

// expand fills a template with the agreement's values.
func (s *assembly) expand(t template) expand.Result {
	if s.steps > maxSteps || s.bytes > maxText {
		if !s.exhausted {
			s.exhausted = true
			body := t.Body()
			s.list.Errorf(codeTooMuch, body.File.Span(body.Start, body.Start), "shorten the loops in the clauses before it", "the clauses before this text take too long, or are too long together")
		}
		return expand.Result{}
	}
	result, problems := s.expander.expand(t)
	s.steps += result.Steps
	s.bytes += result.Size()
	s.list = append(s.list, problems...)
	return result
}

// token is what stands for a slot, without the blocks of one for blocks.
func (s *assembly) token(slot expand.Slot) markdown.Token {
	token := markdown.Token{Origin: slot.Span, Name: slot.Func}
	if slot.Arg != "" {
		token.Name += " \"" + slot.Arg + "\""
	}
	switch slot.Kind {
	case expand.Value:
		token.Kind, token.Text = markdown.Value, slot.Text
		if slot.Receiver != nil {
			if origin, ok := s.view.Origin(slot.Receiver, slot.Field); ok {
				token.Origin = origin
			}
		}
	case expand.Inline:
		switch slot.Func {
		case callRef:
			token.Kind, token.Text = markdown.Reference, slot.Arg
		case callParameter:
			p := s.parameter(slot.Arg, s.set)
			token.Kind, token.Text, token.Origin = markdown.Value, p.text, p.span
		default:
			panic("assemble: unknown function " + slot.Func)
		}
	case expand.Block:
		token.Kind = markdown.Block
	default:
		panic("assemble: unknown kind of slot")
	}
	return token
}

func (s *assembly) meta(opts Options) doc.Meta {
	ag := s.agreement
	paper := doc.Letter
	if ag.Info.Paper == "a4" {
		paper = doc.A4
	}
	return doc.Meta{
		ID: ag.Info.ID, Title: ag.Info.Title, Version: ag.Info.Version, Language: ag.Info.Language,
		Provider: ag.Parties.Provider.LegalName, Customer: ag.Parties.Customer.LegalName,
		Effective: ag.Term.Effective.String(), Paper: paper, Draft: opts.Draft, Compact: s.compact || s.main == nil && ag.Clauses.Short(),
	}
}

// withDraftNote puts the draft note under the title, which is the first block
// of a layout.
func withDraftNote(blocks []doc.Block) []doc.Block {
	note := doc.Quote{Blocks: []doc.Block{doc.Paragraph{Text: []doc.Inline{
		doc.Strong{Text: []doc.Inline{doc.Text{Value: "Draft."}}},
		doc.Text{Value: " Not for signature. Lawyers have not approved these words."},
	}}}}
	at := 0
	if len(blocks) > 0 {
		if h, ok := blocks[0].(doc.Heading); ok && h.Level == 1 {
			at = 1
		}
	}
	return slices.Insert(slices.Clone(blocks), at, doc.Block(note))
}
