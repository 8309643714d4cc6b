package assemble

import (
	"fmt"
	"slices"
	"strings"

	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/schedule"
)

// number gives each article, clause and schedule of the document its number:
// articles and clauses from the selection, schedules in the order in which the
// layout prints them.
func (s *assembly) number(layout expand.Result) {
	for i, article := range s.selection.Articles {
		s.numbers[articleAnchor(article.Article.ID)] = fmt.Sprintf("Article %d", i+1)
		for j, c := range article.Clauses {
			s.numbers[c.ID] = fmt.Sprintf("Section %d.%d", i+1, j+1)
		}
	}
	s.schedules = map[string][]doc.Block{}
	for _, slot := range layout.Slots {
		if slot.Kind != expand.Block || slot.Func != callSchedule {
			continue
		}
		made, ok := schedule.Build(slot.Arg, s.agreement, s.titles())
		if !ok {
			continue
		}
		number := "Schedule " + letters(len(s.schedules), 'A')
		anchor := scheduleAnchor(slot.Arg)
		s.numbers[anchor] = number
		heading := doc.Heading{Level: 2, Number: number, Anchor: anchor, Text: []doc.Inline{doc.Text{Value: made.Title}}}
		s.schedules[slot.Arg] = append([]doc.Block{heading}, made.Blocks...)
	}
}

// label gives each item of an ordered list its label: (a), inside it (i),
// inside that (A), and so on by turns. Lists of one clause go on where the one
// before ended, so that no label occurs twice in a clause.
func label(blocks []doc.Block) []doc.Block {
	labelled, _ := labelFrom(blocks, 0, 0)
	return labelled
}

func labelFrom(blocks []doc.Block, depth, next int) ([]doc.Block, int) {
	labelled := make([]doc.Block, len(blocks))
	for i, b := range blocks {
		switch b := b.(type) {
		case doc.Heading:
			next = 0
			labelled[i] = b
		case doc.List:
			items := make([]doc.Item, len(b.Items))
			for j, item := range b.Items {
				inner := depth
				if b.Ordered {
					item.Label = itemLabel(depth, next)
					next++
					inner++
				}
				item.Blocks, _ = labelFrom(item.Blocks, inner, 0)
				items[j] = item
			}
			labelled[i] = doc.List{Ordered: b.Ordered, Items: items}
		case doc.Quote:
			quoted, _ := labelFrom(b.Blocks, depth, 0)
			labelled[i] = doc.Quote{Blocks: quoted}
		case doc.Paragraph, doc.Table, doc.Signature, doc.PageBreak:
			labelled[i] = b
		default:
			panic(fmt.Sprintf("assemble: unknown block %T", b))
		}
	}
	return labelled, next
}

func itemLabel(depth, n int) string {
	switch depth % 3 {
	case 0:
		return "(" + letters(n, 'a') + ")"
	case 1:
		return "(" + roman(n+1) + ")"
	default:
		return "(" + letters(n, 'A') + ")"
	}
}

// letters counts a, b, ... z, aa, bb, ... from n = 0, as lawyers do.
func letters(n int, first rune) string {
	return strings.Repeat(string(first+rune(n%26)), n/26+1)
}

func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= d.value {
			b.WriteString(d.text)
			n -= d.value
		}
	}
	return b.String()
}

// resolve gives each reference the number of the part it names.
func (s *assembly) resolve(blocks []doc.Block) []doc.Block {
	return doc.MapInlines(blocks, s.resolveInlines)
}

func (s *assembly) resolveInlines(text []doc.Inline) []doc.Inline {
	resolved := make([]doc.Inline, len(text))
	for i, in := range text {
		switch in := in.(type) {
		case doc.Ref:
			number, ok := s.numbers[in.Target]
			if x := slices.IndexFunc(s.exclude, func(x clause.Exclusion) bool { return x.ID == in.Target }); x >= 0 {
				s.list = append(s.list, diag.Diagnostic{
					Code: codeExcludedTarget, Severity: diag.Error, Span: s.exclude[x].Span,
					Message: fmt.Sprintf("the document refers to clause %q, which this agreement leaves out", in.Target),
					Hint:    "keep the clause, or leave out what refers to it too",
					Notes:   []diag.Note{{Span: in.Origin, Message: "referred to here"}},
				})
			} else if !ok {
				s.list.Errorf(codeMissingTarget, in.Origin, "print the reference only under the condition of what it names, or name another part",
					"the reference names %q, which is not in this document", in.Target)
			}
			in.Text = number
			resolved[i] = in
		case doc.Strong:
			resolved[i] = doc.Strong{Text: s.resolveInlines(in.Text)}
		case doc.Emphasis:
			resolved[i] = doc.Emphasis{Text: s.resolveInlines(in.Text)}
		case doc.Link:
			resolved[i] = doc.Link{Dest: in.Dest, Text: s.resolveInlines(in.Text)}
		case doc.Text, doc.LineBreak:
			resolved[i] = in
		default:
			panic(fmt.Sprintf("assemble: unknown inline %T", in))
		}
	}
	return resolved
}
