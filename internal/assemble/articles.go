package assemble

import (
	"fmt"

	"concordat/internal/doc"
	"concordat/internal/expand"
)

// articles are the selected clauses under the headings of their articles, and
// the terms that they and the layout around them use.
func (s *assembly) articles(layout filling) ([]doc.Block, []term) {
	found := make([]bool, len(s.terms))
	s.note(layout, s.layoutBlock(nil), found)
	s.filled = make(map[string]filling, len(s.clauses))
	for _, article := range s.selection.Articles {
		for _, c := range article.Clauses {
			t := s.clauses[c.ID]
			f := s.fill(t, s.expand(t))
			s.filled[c.ID] = f
			s.printsTerms = s.printsTerms || f.prints(callTerms)
			s.note(f, s.clauseBlock(nil), found)
		}
	}
	used, meanings := s.usedTerms(found)
	s.used = used
	var blocks []doc.Block
	for _, article := range s.articleOutline {
		if article.omitted {
			blocks = append(blocks, omittedHeading(2, article.number))
			continue
		}
		blocks = append(blocks, doc.Heading{Level: 2, Number: article.number, Anchor: ArticleAnchor(article.ID),
			Text: []doc.Inline{doc.Text{Value: article.Title, Origin: article.TitleSpan}}})
		for _, c := range article.clauses {
			if c.omitted {
				blocks = append(blocks, omittedHeading(3, c.number))
				continue
			}
			blocks = append(blocks, doc.Heading{Level: 3, Number: c.number, Anchor: c.ID, Text: []doc.Inline{s.titles[c.ID]}})
			blocks = append(blocks, s.blocks(s.filled[c.ID], s.clauseBlock(meanings))...)
		}
	}
	return blocks, used
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

func personPath(i int, field string) string { return fmt.Sprintf("People[%d].%s", i, field) }
