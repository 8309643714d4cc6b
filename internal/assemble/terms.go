package assemble

import (
	"fmt"
	"slices"
	"strings"

	"concordat/internal/clause"
	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/markdown"
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

// usedTerms are the terms that were found in a document, or occur in the meaning of
// another one that is used, in alphabetical order, and their meanings as blocks.
func (s *assembly) usedTerms(found []bool) ([]term, []doc.Block) {
	meanings := make([][]doc.Block, len(s.terms))
	queued := make([]bool, len(s.terms))
	var queue []int
	enqueue := func() {
		for i, ok := range found {
			if ok && !queued[i] {
				queued[i] = true
				queue = append(queue, i)
			}
		}
	}
	enqueue()
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		t := s.terms[i].template
		meaning := s.fill(t, s.expand(t))
		meanings[i] = s.blocks(meaning, noBlocks)
		s.note(meaning, noBlocks, found)
		enqueue()
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

// note notes the terms that occur in the words of a filled template, and in what
// stands in the place of its block tokens.
func (s *assembly) note(f filling, block func(expand.Slot) []doc.Block, found []bool) {
	for _, slot := range f.Slots {
		if slot.Kind == expand.Block {
			s.noteBlocks(block(slot), found)
		}
	}
	if f.reading == nil {
		s.noteBlocks(f.broken, found)
		return
	}
	for _, i := range f.reading.terms {
		found[i] = true
	}
	for _, run := range f.reading.open {
		if slices.ContainsFunc(run.values, func(n int) bool { _, ok := s.saidBy(f.tokens[n]); return ok }) {
			s.words = appendWords(s.words[:0], run.text, func(t doc.Text) (string, bool) {
				if n, ok := markdown.TokenOf(t); ok {
					return s.saidBy(f.tokens[n])
				}
				return t.Value, true
			})
			s.finder.find(s.words, found)
			continue
		}
		for _, i := range run.terms {
			found[i] = true
		}
	}
}

// saidBy is said of what a token stands for.
func (s *assembly) saidBy(t markdown.Token) (words string, ok bool) {
	if t.Kind != markdown.Value {
		return "", false
	}
	return s.said(doc.Text{Value: t.Text, Origin: t.Origin})
}

// termIDs are the ids of the terms that note notes.
func (s *assembly) termIDs(f filling, block func(expand.Slot) []doc.Block) []string {
	found := make([]bool, len(s.terms))
	s.note(f, block, found)
	var ids []string
	for _, i := range indexes(found) {
		ids = append(ids, s.terms[i].ID)
	}
	return ids
}

// noteBlocks notes the terms that occur in the words of blocks.
func (s *assembly) noteBlocks(blocks []doc.Block, found []bool) {
	doc.Texts(blocks, func(text []doc.Inline) {
		s.words = appendWords(s.words[:0], text, s.said)
		s.finder.find(s.words, found)
	})
}

// said is a text, if nobody wrote it for this one agreement: if it is of the words
// of clauses, layout and schedules. A term is used where these use it; a company that
// is called "Party" and a control that is called "System Security Plan" use none.
func (s *assembly) said(t doc.Text) (words string, ok bool) {
	return t.Value, !s.isValue(t.Origin) && !(t.Origin.IsZero() && s.isControl(t.Value))
}

// appendWords adds the words of a run in which terms are to be found. A line feed,
// which no term holds, ends them and the words of each mark, and stands in the place
// of what is not said.
func appendWords(words []byte, text []doc.Inline, said func(doc.Text) (string, bool)) []byte {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			if value, ok := said(in); ok {
				words = append(words, value...)
			} else {
				words = append(words, '\n')
			}
		case doc.Strong:
			words = appendWords(words, in.Text, said)
		case doc.Emphasis:
			words = appendWords(words, in.Text, said)
		case doc.Link:
			words = appendWords(words, in.Text, said)
		case doc.Ref, doc.LineBreak:
			words = append(words, '\n')
		default:
			panic(fmt.Sprintf("assemble: unknown inline %T", in))
		}
	}
	return append(words, '\n')
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
	if !slices.Contains(s.agreement.Files(), origin.File) {
		return false
	}
	for _, p := range s.set {
		if p.span == origin {
			return false
		}
	}
	return true
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
