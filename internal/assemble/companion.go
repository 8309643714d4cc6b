package assemble

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/schedule"
	"concordat/internal/view"
)

// layoutOptions are what a layout may use.
var layoutOptions = expand.Options{
	What: "layout", Branch: []string{"Facts"}, Data: reflect.TypeFor[*view.View](), Inline: inlineCalls,
	Blocks: []string{callArticles, callSchedule, callSignatures, callExtract, callBlanks},
}

// Companion compiles the layout of a document that accompanies the one which a
// makes: a page for the owner, a form. It prints no articles. It may name them,
// and all Schedules, and calls them by the numbers that they have in the
// document of a.
func (a *Assembler) Companion(layout *clause.Layout) (*Assembler, diag.List) {
	options := layoutOptions
	options.Blocks = options.Blocks[1:] // no articles
	compiled, list := expand.Compile(layout.Body, options)
	if compiled == nil {
		return nil, list
	}
	list = append(list, a.checkCalls(compiled.Calls(), a.targets())...)
	list = append(list, checkLayout(layout, compiled.Calls())...)
	if layout.Of != a.layoutID {
		list.Errorf(codeLayoutOf, layout.OfSpan, "write \"of: "+a.layoutID+"\"", "expected a layout that accompanies %q, found one of %q", a.layoutID, layout.Of)
	}
	var printed []string
	for _, c := range a.layout.Calls() {
		if c.Func == callSchedule {
			printed = append(printed, c.Arg)
		}
	}
	for _, c := range compiled.Calls() {
		id := c.Arg
		switch c.Func {
		case callRef:
			id = strings.TrimPrefix(id, ScheduleAnchor(""))
		case callSchedule:
		default:
			continue
		}
		if slices.Contains(schedule.IDs(), id) && !slices.Contains(printed, id) {
			list.Errorf(codeUnknownTarget, c.Span, "name another schedule, or add it to that layout", "the layout %q prints no schedule %q", layout.Of, id)
		}
	}
	if list.HasErrors() {
		return nil, list.Sorted()
	}
	return &Assembler{
		library: a.library, clauses: a.clauses, terms: a.terms, finder: a.finder, titles: a.titles,
		layout: newLayoutTemplate(compiled), title: layout.Title, compact: layout.Compact, main: a,
	}, list
}

// companion makes a document that accompanies the one of the main layout.
func (s *assembly) companion(opts Options) doc.Document {
	s.number(s.expand(s.main.layout))
	var used []term
	if s.agreement.Clauses.Unapproved != nil || !opts.Final.IsZero() {
		used = s.usedByMain()
		s.counted(used)
	}
	blocks := s.blocks(s.fill(s.layout, s.expand(s.layout)), s.layoutBlock(nil))
	if !opts.Final.IsZero() {
		s.checkFinal(opts.Final, used, blocks)
	}
	if opts.Draft {
		blocks = withDraftNote(blocks)
	}
	blocks = s.label(blocks)
	here := map[string]bool{}
	for _, b := range blocks {
		if h, ok := b.(doc.Heading); ok && h.Anchor != "" {
			here[h.Anchor] = true
		}
	}
	blocks = doc.MapInlines(s.resolve(blocks), func(text []doc.Inline) []doc.Inline { return outside(text, here) })
	meta := s.meta(opts)
	meta.Title = s.title
	return doc.Document{Meta: meta, Blocks: blocks}
}

// usedByMain are the terms in use in the document that this one accompanies.
func (s *assembly) usedByMain() []term {
	m := s.main.begin(s.agreement, s.view)
	layout := m.fill(m.layout, m.expand(m.layout))
	m.number(layout.Result)
	_, used := m.articles(layout)
	return used
}

// outside makes plain text of references that lead out of the document.
func outside(text []doc.Inline, here map[string]bool) []doc.Inline {
	named := make([]doc.Inline, len(text))
	for i, in := range text {
		switch in := in.(type) {
		case doc.Ref:
			named[i] = in
			if !here[in.Target] {
				named[i] = doc.Text{Value: in.Text, Origin: in.Origin}
			}
		case doc.Strong:
			named[i] = doc.Strong{Text: outside(in.Text, here)}
		case doc.Emphasis:
			named[i] = doc.Emphasis{Text: outside(in.Text, here)}
		case doc.Link:
			named[i] = doc.Link{Dest: in.Dest, Text: outside(in.Text, here)}
		case doc.Text, doc.LineBreak:
			named[i] = in
		default:
			panic(fmt.Sprintf("assemble: unknown inline %T", in))
		}
	}
	return named
}

// blankLines is how many lines a layout may leave to write on.
var blankLines = regexp.MustCompile(`^([1-9]|1[0-9]|20)$`)

// blankLine is a line to write on, as wide as the text of a page.
var blankLine = strings.Repeat("_", 78)

// blanks are lines to write on, by hand or on a screen.
func blanks(lines string) []doc.Block {
	n, err := strconv.Atoi(lines)
	if err != nil {
		panic("assemble: a number of lines was not checked: " + lines)
	}
	return slices.Repeat([]doc.Block{doc.Paragraph{Text: []doc.Inline{doc.Text{Value: blankLine}}}}, n)
}
