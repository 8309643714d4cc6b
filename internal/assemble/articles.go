package assemble

import (
	"slices"

	"concordat/internal/clause"
	"concordat/internal/doc"
	"concordat/internal/expand"
)

// articles are the selected clauses under the headings of their articles, and
// the terms that they and the blocks around them use.
func (s *assembly) articles(around []doc.Block) ([]doc.Block, []term) {
	filled := map[string]filledClause{}
	words := [][]doc.Block{around}
	for _, article := range s.selection.Articles {
		for _, c := range article.Clauses {
			f := s.fill(c)
			filled[c.ID] = f
			s.printsTerms = s.printsTerms || f.printsTerms
			words = append(words, f.blocks)
		}
	}
	used, meanings := s.usedTerms(words...)
	s.filled, s.used = filled, used
	var blocks []doc.Block
	for _, article := range s.articleOutline {
		if article.omitted {
			blocks = append(blocks, omittedHeading(2, article.number))
			continue
		}
		blocks = append(blocks, doc.Heading{Level: 2, Number: article.number, Anchor: articleAnchor(article.ID),
			Text: []doc.Inline{doc.Text{Value: article.Title, Origin: article.TitleSpan}}})
		for _, c := range article.clauses {
			if c.omitted {
				blocks = append(blocks, omittedHeading(3, c.number))
				continue
			}
			f := filled[c.ID]
			if f.printsTerms {
				f.blocks = s.parse(s.clauses[c.ID], f.result, s.clauseBlock(meanings))
			}
			blocks = append(blocks, doc.Heading{Level: 3, Number: c.number, Anchor: c.ID,
				Text: []doc.Inline{doc.Text{Value: c.Title, Origin: c.Span("Title")}}})
			blocks = append(blocks, f.blocks...)
		}
	}
	return blocks, used
}

// filledClause is a clause with its values, before the terms are known.
type filledClause struct {
	result      expand.Result
	blocks      []doc.Block
	printsTerms bool
}

func (s *assembly) fill(c *clause.Clause) filledClause {
	t := s.clauses[c.ID]
	result := s.expand(t)
	printsTerms := slices.ContainsFunc(result.Slots, func(slot expand.Slot) bool { return slot.Func == callTerms })
	return filledClause{result, s.parse(t, result, s.clauseBlock(nil)), printsTerms}
}

// clauseBlock gives what stands in the place of a clause's block tokens.
func (s *assembly) clauseBlock(meanings []doc.Block) func(expand.Slot) []doc.Block {
	return func(slot expand.Slot) []doc.Block {
		switch slot.Func {
		case callTerms:
			return meanings
		case callSchedule:
			made, _ := s.computed.schedule(slot.Arg)
			return made.Blocks
		default:
			panic("assemble: unknown block " + slot.Func)
		}
	}
}

// signatures are one block for each signatory, the provider's first.
func (s *assembly) signatures() []doc.Block {
	var blocks []doc.Block
	for _, p := range []struct{ party, term, legalName, path string }{
		{"provider", "Provider", s.agreement.Parties.Provider.LegalName, "Parties.Provider.LegalName"},
		{"customer", "Customer", s.agreement.Parties.Customer.LegalName, "Parties.Customer.LegalName"},
	} {
		for _, signatory := range s.agreement.Signatories {
			i, ok := s.agreement.PersonIndex(signatory.Person)
			if !ok || string(s.agreement.People[i].Party) != p.party {
				continue
			}
			person := s.agreement.People[i]
			blocks = append(blocks, doc.Signature{
				Party:     []doc.Inline{doc.Text{Value: p.term}},
				LegalName: []doc.Inline{doc.Text{Value: p.legalName, Origin: s.agreement.Span(p.path)}},
				Name:      []doc.Inline{doc.Text{Value: person.Name, Origin: s.agreement.Span(personPath(i, "Name"))}},
				Title:     []doc.Inline{doc.Text{Value: person.Title, Origin: s.agreement.Span(personPath(i, "Title"))}},
				Witnessed: signatory.Witnessed,
			})
		}
	}
	return blocks
}
