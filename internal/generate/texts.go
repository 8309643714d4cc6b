package generate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"concordat/internal/clause"
	"concordat/internal/provenance"
)

// texts are those of a library, as provenance states them.
type texts struct {
	clauses, terms map[string]provenance.Text
	library        string
}

func textsOf(library *clause.Library, layout *clause.Layout) *texts {
	t := &texts{clauses: map[string]provenance.Text{}, terms: map[string]provenance.Text{}}
	for _, c := range library.Clauses() {
		t.clauses[c.ID] = edition(c.ID, c.Edition, c.Text, c.IsApproved())
	}
	for _, term := range library.Terms {
		t.terms[term.ID] = edition(term.ID, term.Edition, term.Text, term.IsApproved())
	}
	t.library = outline(library, layout)
	return t
}

func edition(id string, e clause.Edition, t clause.Text, approved bool) provenance.Text {
	return provenance.Text{
		ID: id, Version: e.Version, SHA256: t.File.SHA256(), Words: t.Digest(),
		Material: e.Material, Reason: e.Reason, Approved: approved,
	}
}

// outline is the SHA-256 of what texts that a document does not have can still do
// to it: whether they are selected, what they are called, which parameters they
// give to others, which words are terms.
func outline(library *clause.Library, layout *clause.Layout) string {
	hash := sha256.New()
	for _, l := range library.Layers {
		fmt.Fprintf(hash, "layer %s %s\n", l.ID, l.File.SHA256())
	}
	fmt.Fprintf(hash, "layout %s\n", layout.File.SHA256())
	for _, a := range library.Articles {
		fmt.Fprintf(hash, "article %q\n", a.ID)
		for _, c := range a.Clauses {
			fmt.Fprintf(hash, "clause %q %q %q %q %q %v\n", c.ID, c.Title, c.When.String(), c.Requires, c.Conflicts, c.Binds)
			for _, p := range c.Parameters {
				fmt.Fprintf(hash, "parameter %q %q %q %q\n", p.Name, p.Default, p.Unit, p.Units)
			}
		}
	}
	for _, t := range library.Terms {
		fmt.Fprintf(hash, "term %q %q %q\n", t.ID, t.Name, t.Variants)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// Inputs are the words of which a document with these clauses and terms is made,
// and of what else the library can do to it. The result is false when the library
// has not all of them. A clause or term that is not named, and would be part of
// the document, is so for a reason that the digest of the library has, or a file
// of the agreement.
func (g *Generator) Inputs(clauses, terms []string) (provenance.Inputs, bool) {
	t := g.texts()
	in := provenance.Inputs{
		Layout:  provenance.Text{ID: g.layout.ID, Version: g.layout.Version, SHA256: g.layout.File.SHA256()},
		Library: t.library,
	}
	for _, id := range clauses {
		text, ok := t.clauses[id]
		if !ok {
			return in, false
		}
		in.Clauses = append(in.Clauses, text)
	}
	for _, id := range terms {
		text, ok := t.terms[id]
		if !ok {
			return in, false
		}
		in.Terms = append(in.Terms, text)
	}
	return in, true
}

// InputsOf are the words of which a checked document was made.
func (g *Generator) InputsOf(c *Checked) provenance.Inputs {
	in, ok := g.Inputs(c.Parts.ClauseIDs(), c.Parts.TermIDs())
	if !ok {
		panic("generate: a document with a clause or term that its library has not")
	}
	return in
}
