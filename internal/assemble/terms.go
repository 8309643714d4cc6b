package assemble

import (
	"fmt"
	"slices"
	"strings"

	"concordat/internal/clause"
	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/source"
)

// term is a defined term of the library and the forms in which it occurs.
type term struct {
	*clause.Term
	template template
	forms    []string
}

func newTerm(t *clause.Term, compiled template) term {
	return term{t, compiled, append([]string{t.Name}, t.Variants...)}
}

// usedTerms are the terms that occur in parts of a document, or in the meaning of
// another term that does, in alphabetical order, and their meanings as blocks.
func (s *assembly) usedTerms(parts ...[]doc.Block) ([]term, []doc.Block) {
	meanings := make([][]doc.Block, len(s.terms))
	queued := make([]bool, len(s.terms))
	var queue []int
	enqueue := func(occurring []bool) {
		for i, ok := range occurring {
			if ok && !queued[i] {
				queued[i] = true
				queue = append(queue, i)
			}
		}
	}
	enqueue(s.occurring(parts...))
	for len(queue) > 0 {
		i := queue[0]
		t := s.terms[i]
		meanings[i] = s.parse(t.template, s.expand(t.template), func(expand.Slot) []doc.Block { return nil })
		queue = queue[1:]
		enqueue(s.occurring(meanings[i]))
	}
	order := make([]int, 0, len(s.terms))
	for i := range s.terms {
		if meanings[i] != nil {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		return strings.Compare(strings.ToLower(s.terms[i].Name), strings.ToLower(s.terms[j].Name))
	})
	var used []term
	var printed []doc.Block
	for _, i := range order {
		used = append(used, s.terms[i])
		printed = append(printed, definition(s.terms[i], meanings[i])...)
	}
	if s.agreement.Clauses.Short() {
		printed = byInitial(printed)
	}
	return used, printed
}

// definition prints a term and its meaning: "Term means ...".
func definition(t term, meaning []doc.Block) []doc.Block {
	lead := []doc.Inline{
		doc.Strong{Text: []doc.Inline{doc.Text{Value: t.Name, Origin: t.Span("Name")}}},
		doc.Text{Value: " means "},
	}
	if first, ok := meaning[0].(doc.Paragraph); ok {
		return append([]doc.Block{doc.Paragraph{Text: append(lead, first.Text...)}}, meaning[1:]...)
	}
	return append([]doc.Block{doc.Paragraph{Text: lead}}, meaning...)
}

// occurring says of each term whether it occurs in the words of parts of a
// document that nobody wrote for this one agreement: of clauses, layout and
// schedules. A term is used where these use it; a company that is called "Party"
// and a control that is called "System Security Plan" use none.
func (s *assembly) occurring(parts ...[]doc.Block) []bool {
	found := make([]bool, len(s.terms))
	var words []byte // that stand one after another
	var write func([]doc.Inline)
	write = func(text []doc.Inline) {
		for _, in := range text {
			switch in := in.(type) {
			case doc.Text:
				if s.isValue(in.Origin) || in.Origin.IsZero() && s.isControl(in.Value) {
					words = append(words, '\n')
					continue
				}
				words = append(words, in.Value...)
			case doc.Strong:
				write(in.Text)
			case doc.Emphasis:
				write(in.Text)
			case doc.Link:
				write(in.Text)
			case doc.Ref, doc.LineBreak:
				words = append(words, '\n')
			default:
				panic(fmt.Sprintf("assemble: unknown inline %T", in))
			}
		}
		words = append(words, '\n')
	}
	for _, blocks := range parts {
		doc.Texts(blocks, func(text []doc.Inline) {
			words = words[:0]
			write(text)
			s.finder.find(words, found)
		})
	}
	return found
}

// isControl reports whether words are the title of a control.
func (s *assembly) isControl(words string) bool {
	if s.controls == nil {
		s.controls = map[string]bool{}
		if f := s.agreement.Framework(); f != nil {
			for _, item := range f.Items {
				s.controls[item.Title] = true
			}
		}
	}
	return s.controls[strings.TrimSpace(words)]
}

// isValue reports whether words are those of this one agreement. Of a parameter
// that it sets, the words are the library's: the unit, or one of the words that
// the clause allows.
func (s *assembly) isValue(origin source.Span) bool {
	for _, p := range s.set {
		if p.span == origin {
			return false
		}
	}
	return slices.Contains(s.agreement.Files(), origin.File)
}

// checkTerms demands a clause that prints the meanings of terms in use.
func (s *assembly) checkTerms(used []term) {
	if len(used) == 0 || s.printsTerms {
		return
	}
	for _, x := range s.exclude {
		t, ok := s.clauses[x.ID]
		if ok && slices.ContainsFunc(t.Calls(), func(c expand.Call) bool { return c.Func == callTerms }) {
			s.list.Errorf(codeExcludedTarget, x.Span, "keep the clause", "the document uses defined terms, and this agreement leaves out clause %q, which prints their meanings", x.ID)
			return
		}
	}
	s.list.Errorf(codeTermsMissing, used[0].Span("Name"), "add a clause with {{ terms }} in a paragraph of its own",
		"the clauses use %s", countTerms(len(used)))
}

func countTerms(n int) string {
	if n == 1 {
		return "1 defined term, and no clause prints its meaning"
	}
	return fmt.Sprintf("%d defined terms, and no clause prints their meanings", n)
}

func personPath(i int, field string) string { return fmt.Sprintf("People[%d].%s", i, field) }
