package assemble

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

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

// usedTerms are the terms that occur in blocks, or in the meaning of another
// term that does, in alphabetical order, and their meanings as blocks.
func (s *assembly) usedTerms(blocks []doc.Block) ([]term, []doc.Block) {
	meanings := make([][]doc.Block, len(s.terms))
	queue := s.occurring(s.words(blocks), meanings)
	for len(queue) > 0 {
		i := queue[0]
		t := s.terms[i]
		meanings[i] = s.parse(t.template, s.expand(t.template), func(expand.Slot) []doc.Block { return nil })
		queue = append(queue[1:], s.occurring(s.words(meanings[i]), meanings, queue...)...)
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

// occurring are the terms that occur in text and have no meaning yet, apart
// from those already waiting.
func (s *assembly) occurring(text string, meanings [][]doc.Block, waiting ...int) []int {
	var found []int
	for i, t := range s.terms {
		if meanings[i] == nil && !slices.Contains(waiting, i) && slices.ContainsFunc(t.forms, func(form string) bool { return occurs(text, form) }) {
			found = append(found, i)
		}
	}
	return found
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

// words are the words of blocks that nobody wrote for this one agreement: of
// clauses, layout and schedules. A term is used where these use it; a company
// that is called "Party" and a control that is called "System Security Plan"
// use none.
func (s *assembly) words(blocks []doc.Block) string {
	titles := map[string]bool{}
	if f := s.agreement.Framework(); f != nil {
		for _, item := range f.Items {
			titles[item.Title] = true
		}
	}
	var b strings.Builder
	var write func([]doc.Inline)
	write = func(text []doc.Inline) {
		for _, in := range text {
			switch in := in.(type) {
			case doc.Text:
				if s.isValue(in.Origin) || in.Origin.IsZero() && titles[strings.TrimSpace(in.Value)] {
					b.WriteByte('\n')
					continue
				}
				b.WriteString(in.Value)
			case doc.Strong:
				write(in.Text)
			case doc.Emphasis:
				write(in.Text)
			case doc.Link:
				write(in.Text)
			case doc.Ref, doc.LineBreak:
				b.WriteByte('\n')
			default:
				panic(fmt.Sprintf("assemble: unknown inline %T", in))
			}
		}
		b.WriteByte('\n')
	}
	doc.Texts(blocks, write)
	return b.String()
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

// occurs reports whether form stands in text as whole words. A possessive
// ending is no part of the word.
func occurs(text, form string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], form)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(form)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !isWord(before) && !isWord(after) {
			return true
		}
		from = end
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

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
