package assemble

import (
	"cmp"
	"fmt"
	"slices"

	"concordat/internal/clause"
	"concordat/internal/doc"
)

// In the short form a document has the same words with less air.

// withoutNamed are exclusions without those of a preset to which a clause of the
// document, or its layout, refers: a preset never drops what the rest rests on.
// A document beside the agreement has no say in that: the clauses of the
// agreement are the same, whatever is printed beside it.
func (a *Assembler) withoutNamed(e *expander, answers clause.Answers, exclude []clause.Exclusion) []clause.Exclusion {
	whole := cmp.Or(a.main, a)
	isPreset := func(x clause.Exclusion) bool { return x.Preset != "" }
	for slices.ContainsFunc(exclude, isPreset) {
		named := map[string]bool{}
		note := func(t template) {
			result, _ := e.expand(t)
			for _, slot := range result.Slots {
				if slot.Func == callRef {
					named[slot.Arg] = true
				}
			}
		}
		note(whole.layout)
		selection, _ := answers.Select(exclude...)
		for _, article := range selection.Articles {
			for _, c := range article.Clauses {
				note(a.clauses[c.ID])
			}
		}
		before := len(exclude)
		exclude = slices.DeleteFunc(slices.Clone(exclude), func(x clause.Exclusion) bool { return isPreset(x) && named[x.ID] })
		if len(exclude) == before {
			break
		}
	}
	return exclude
}

// runOn leaves out the page breaks after the first one, which ends the page for
// the owner.
func runOn(blocks []doc.Block) []doc.Block {
	kept := make([]doc.Block, 0, len(blocks))
	broken := false
	for _, b := range blocks {
		if _, ok := b.(doc.PageBreak); ok {
			if broken {
				continue
			}
			broken = true
		}
		kept = append(kept, b)
	}
	return kept
}

// inline puts the items of labelled lists, where each is one paragraph, into the
// paragraph that announces them.
func inline(blocks []doc.Block) []doc.Block {
	all := make([]doc.Block, 0, len(blocks))
	for _, b := range blocks {
		list, ok := b.(doc.List)
		if !ok || len(all) == 0 || !list.Ordered {
			all = append(all, b)
			continue
		}
		before, isText := all[len(all)-1].(doc.Paragraph)
		items, short := paragraphs(list)
		if !isText || !short {
			all = append(all, b)
			continue
		}
		text := slices.Clone(before.Text)
		for i, item := range items {
			text = append(text, doc.Text{Value: " " + list.Items[i].Label + " "})
			text = append(text, item.Text...)
		}
		all[len(all)-1] = doc.Paragraph{Text: text}
	}
	return all
}

// paragraphs are the items of a list, if each is one paragraph.
func paragraphs(list doc.List) ([]doc.Paragraph, bool) {
	var items []doc.Paragraph
	for _, item := range list.Items {
		if len(item.Blocks) != 1 {
			return nil, false
		}
		p, ok := item.Blocks[0].(doc.Paragraph)
		if !ok {
			return nil, false
		}
		items = append(items, p)
	}
	return items, true
}

// fewLetters is how long joined paragraphs of the short form are at most: about
// eight lines.
const fewLetters = 1000

// together joins paragraphs of one clause while they have few letters in all. One
// that announces a list stands alone, and so does a definition.
func together(blocks []doc.Block) []doc.Block {
	all := make([]doc.Block, 0, len(blocks))
	inClause, open := false, false // open: the last block may take another paragraph
	for i, b := range blocks {
		if h, ok := b.(doc.Heading); ok {
			inClause = h.Level == 3 && h.Anchor != ""
		}
		p, ok := b.(doc.Paragraph)
		if !ok || len(p.Text) == 0 || isStrong(p.Text[0]) || announces(blocks, i) {
			all, open = append(all, b), false
			continue
		}
		if inClause && open {
			before := all[len(all)-1].(doc.Paragraph)
			if plainSize(before.Text)+len(" ")+plainSize(p.Text) <= fewLetters {
				all[len(all)-1] = doc.Paragraph{Text: slices.Concat(before.Text, []doc.Inline{doc.Text{Value: " "}}, p.Text)}
				continue
			}
		}
		all, open = append(all, b), true
	}
	return all
}

// plainSize is the length of doc.Plain in bytes.
func plainSize(text []doc.Inline) int {
	n := 0
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			n += len(in.Value)
		case doc.Ref:
			n += len(in.Text)
		case doc.Strong:
			n += plainSize(in.Text)
		case doc.Emphasis:
			n += plainSize(in.Text)
		case doc.Link:
			n += plainSize(in.Text)
		case doc.LineBreak:
			n++
		default:
			panic(fmt.Sprintf("assemble: unknown inline %T", in))
		}
	}
	return n
}

// announces says whether a list follows a block.
func announces(blocks []doc.Block, i int) bool {
	if i+1 == len(blocks) {
		return false
	}
	_, ok := blocks[i+1].(doc.List)
	return ok
}

// byInitial puts definitions that begin with one letter into one paragraph.
func byInitial(definitions []doc.Block) []doc.Block {
	var all []doc.Block
	initial := byte(0) // of the last paragraph; 0 where nothing may join it
	for _, b := range definitions {
		p, ok := b.(doc.Paragraph)
		if !ok || len(p.Text) == 0 {
			all, initial = append(all, b), 0
			continue
		}
		if name := doc.Plain(p.Text[:1]); isStrong(p.Text[0]) && name != "" && name[0] == initial {
			before := all[len(all)-1].(doc.Paragraph)
			all[len(all)-1] = doc.Paragraph{Text: slices.Concat(before.Text, []doc.Inline{doc.Text{Value: " "}}, p.Text)}
			continue
		} else if isStrong(p.Text[0]) && name != "" {
			initial = name[0]
		} else {
			initial = 0
		}
		all = append(all, b)
	}
	return all
}

func isStrong(in doc.Inline) bool {
	_, ok := in.(doc.Strong)
	return ok
}
