package assemble

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/expand"
)

// outline is the articles of a document in order.
type outline []outlineArticle

// outlineArticle is one article with its number as its heading prints it, such
// as "Article 3".
type outlineArticle struct {
	*clause.Article
	number  string
	omitted bool // prints its number only, and no clauses
	clauses []outlineClause
}

// outlineClause is one clause with its number as its heading prints it, such as
// "3.2".
type outlineClause struct {
	*clause.Clause
	number  string
	omitted bool // prints its number only
}

// omittedText stands in the place of the title of what is left out.
const omittedText = "[Intentionally omitted]"

// outline numbers the articles and clauses that are selected, and those that
// are not where the library keeps their numbers.
func (s *assembly) outline() outline {
	keep := s.library.Omitted == clause.IntentionallyOmitted
	var o outline
	for i := range s.library.Articles {
		a := outlineArticle{Article: &s.library.Articles[i], omitted: true}
		n := len(o) + 1
		a.number = articleNumber(s.library.Numbering, n)
		for _, c := range a.Clauses {
			selected := s.selection.Has(c.ID)
			if selected {
				a.omitted = false
			}
			if selected || keep {
				a.clauses = append(a.clauses, outlineClause{c, clauseNumber(s.library.Numbering, n, len(a.clauses)+1), !selected})
			}
		}
		if !a.omitted || keep {
			o = append(o, a)
		}
	}
	return o
}

func articleNumber(numbering clause.Numbering, n int) string {
	switch numbering {
	case clause.Lettered:
		return fmt.Sprintf("Article %d", n)
	case clause.Roman:
		return "Article " + strings.ToUpper(roman(n))
	case clause.Decimal:
		return strconv.Itoa(n)
	default:
		panic(fmt.Sprintf("assemble: unknown numbering %d", int(numbering)))
	}
}

func clauseNumber(numbering clause.Numbering, article, n int) string {
	switch numbering {
	case clause.Lettered, clause.Decimal:
		return fmt.Sprintf("%d.%d", article, n)
	case clause.Roman:
		return fmt.Sprintf("Section %d.%d", article, n)
	default:
		panic(fmt.Sprintf("assemble: unknown numbering %d", int(numbering)))
	}
}

// withKind is a number as references print it: behind the word for what it
// numbers.
func withKind(kind, number string) string {
	if strings.HasPrefix(number, kind) {
		return number
	}
	return kind + number
}

// number gives each article, clause and schedule of the document its number:
// articles and clauses as the outline has them, schedules in the order in which
// the layout prints them.
func (s *assembly) number(layout expand.Result) {
	s.articleOutline = s.outline()
	for _, article := range s.articleOutline {
		if article.omitted {
			continue
		}
		s.numbers[ArticleAnchor(article.ID)] = withKind("Article ", article.number)
		for _, c := range article.clauses {
			if !c.omitted {
				s.numbers[c.ID] = withKind("Section ", c.number)
			}
		}
	}
	s.schedules = map[string][]doc.Block{}
	for _, slot := range layout.Slots {
		if slot.Kind != expand.Block || slot.Func != callSchedule {
			continue
		}
		number := "Schedule " + letters(len(s.schedules), 'A')
		made, ok := s.computed.schedule(slot.Arg)
		if !ok {
			if s.library.Omitted == clause.IntentionallyOmitted {
				s.schedules[slot.Arg] = []doc.Block{omittedHeading(2, number)}
			}
			continue
		}
		anchor := ScheduleAnchor(slot.Arg)
		s.numbers[anchor] = number
		heading := doc.Heading{Level: 2, Number: number, Anchor: anchor, Text: []doc.Inline{doc.Text{Value: made.Title}}}
		s.schedules[slot.Arg] = append([]doc.Block{heading}, made.Blocks...)
	}
}

// omittedHeading stands in the place of a part that is left out. It has no
// anchor, since nothing may refer to it.
func omittedHeading(level int, number string) doc.Heading {
	return doc.Heading{Level: level, Number: number, Text: []doc.Inline{doc.Text{Value: omittedText}}}
}

// label gives each item of an ordered list its label: (a), inside it (i),
// inside that (A), and so on by turns; or, where all numbers are decimal, the
// number of its clause and its own, such as 3.2.1. Lists of one clause go on
// where the one before ended, so that no label occurs twice in a clause.
func (s *assembly) label(blocks []doc.Block) []doc.Block {
	l := labeller{decimal: s.library.Numbering == clause.Decimal}
	labelled, _ := l.blocks(blocks, "", 0, 0)
	return labelled
}

type labeller struct {
	decimal bool
}

// blocks labels blocks inside an item or clause with the number before, at a
// depth of ordered lists, from the next number. It gives the number after them.
func (l labeller) blocks(blocks []doc.Block, before string, depth, next int) ([]doc.Block, int) {
	labelled := make([]doc.Block, len(blocks))
	for i, b := range blocks {
		switch b := b.(type) {
		case doc.Heading:
			next = 0
			if b.Level <= 3 {
				before = ""
			}
			if b.Level == 3 {
				before = b.Number
			}
			labelled[i] = b
		case doc.List:
			items := make([]doc.Item, len(b.Items))
			for j, item := range b.Items {
				inner, number := depth, before
				if b.Ordered {
					item.Label = l.item(before, depth, next)
					number = item.Label
					next++
					inner++
				}
				item.Blocks, _ = l.blocks(item.Blocks, number, inner, 0)
				items[j] = item
			}
			labelled[i] = doc.List{Ordered: b.Ordered, Items: items}
		case doc.Quote:
			quoted, _ := l.blocks(b.Blocks, before, depth, 0)
			labelled[i] = doc.Quote{Blocks: quoted}
		case doc.Paragraph, doc.Table, doc.Signature, doc.PageBreak:
			labelled[i] = b
		default:
			panic(fmt.Sprintf("assemble: unknown block %T", b))
		}
	}
	return labelled, next
}

func (l labeller) item(before string, depth, n int) string {
	switch {
	case !l.decimal:
		return itemLabel(depth, n)
	case before == "":
		return strconv.Itoa(n + 1)
	default:
		return fmt.Sprintf("%s.%d", before, n+1)
	}
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
	resolved := slices.Clone(blocks)
	for i := range blocks {
		one := blocks[i : i+1]
		refers := false
		doc.Texts(one, func(text []doc.Inline) { refers = refers || holdsRef(text) })
		if refers {
			resolved[i] = doc.MapInlines(one, s.resolveInlines)[0]
		}
	}
	return resolved
}

func holdsRef(text []doc.Inline) bool {
	return slices.ContainsFunc(text, func(in doc.Inline) bool {
		switch in := in.(type) {
		case doc.Ref:
			return true
		case doc.Strong:
			return holdsRef(in.Text)
		case doc.Emphasis:
			return holdsRef(in.Text)
		case doc.Link:
			return holdsRef(in.Text)
		case doc.Text, doc.LineBreak:
			return false
		default:
			panic(fmt.Sprintf("assemble: unknown inline %T", in))
		}
	})
}

func (s *assembly) resolveInlines(text []doc.Inline) []doc.Inline {
	if !holdsRef(text) {
		return text
	}
	resolved := make([]doc.Inline, len(text))
	for i, in := range text {
		switch in := in.(type) {
		case doc.Ref:
			number, ok := s.numbers[in.Target]
			if x := slices.IndexFunc(s.exclude, func(x clause.Exclusion) bool { return x.ID == in.Target }); x >= 0 && !ok {
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
