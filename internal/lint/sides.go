package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/doc"
	"concordat/internal/prose"
	"concordat/internal/source"
)

// responsible finds a sentence that gives work to a side.
var responsible = regexp.MustCompile(`\b((?:The|the|Each|each|Either|Both) )?(Provider|Customer|Party|Parties|Security Officer|Security Executive|Primary Contact)\b[^.;:]{0,40}?\b(?:is|are|remains?|becomes?|shall be|will be|stays?) (?:(?:solely|fully|also|alone|jointly|always|still) )?(?:responsible|accountable|in charge|answerable)\b(?: (?:for|of) )?`)

// matrixSchedule is the schedule that says who does what.
const matrixSchedule = "schedule-matrix"

// checkMatrix reports sentences that say who is responsible for some work,
// outside of the clauses that print the matrix.
func (e *examination) checkMatrix() {
	for _, u := range e.units {
		if u.clause == nil || refersTo(u.Text, matrixSchedule) {
			continue
		}
		for _, p := range u.passages {
			for _, s := range p.sentences() {
				text := p.text[s.Start:s.End]
				m := responsible.FindStringIndex(text)
				if m == nil || negated.MatchString(text) {
					continue
				}
				e.list.Errorf(codeOutsideMatrix, p.at(s.Start+m[0], s.Start+m[1]), "give it a row of the Responsibility Matrix, or say what the side shall do",
					"only the matrix says who is responsible: %q", short(text))
			}
		}
	}
}

var negated = regexp.MustCompile(`\b(?:not|no|nobody|neither|never)\b`)

// refersTo reports whether a text refers to a part.
func refersTo(t assemble.Text, target string) bool {
	for _, c := range t.Calls {
		if c.Arg == target {
			return true
		}
	}
	return false
}

// short is the beginning of a text for a message.
func short(text string) string {
	const most = 90
	runes := []rune(strings.TrimSpace(text))
	if len(runes) > most {
		return strings.TrimSpace(string(runes[:most])) + "…"
	}
	return string(runes)
}

// checkPromises compares what clauses lay on each side with what they say of it,
// and the sides with each other.
func (e *examination) checkPromises() {
	for _, u := range e.units {
		if u.clause == nil {
			continue
		}
		promises := e.promises(u)
		e.result.Promises = append(e.result.Promises, promises...)
		for _, p := range promises {
			other := prose.Customer
			if u.clause.Binds == clause.BindsCustomer {
				other = prose.Provider
			}
			if u.clause.Binds != clause.BindsBoth && p.Kind == prose.Duty && (p.Side == other || p.Side == prose.Both) && named(p) {
				side := "the " + other.String()
				if p.Side == prose.Both {
					side = "both sides"
				}
				e.list.Warnf(codeBinds, p.Sentence.At, "write \"binds: both\", or reword the sentence", "the clause binds the %s, and this sentence lays a duty on %s", u.clause.Binds, side)
			}
		}
	}
	e.checkSides()
}

// named reports whether the side is named before "shall", and not only meant by
// a word such as "it", whose sense takes a reader.
func named(p prose.Promise) bool {
	return acts.MatchString(p.Sentence.Text) || acts.MatchString(p.Sentence.Lead)
}

var acts = regexp.MustCompile(`\b(?:Provider|Customer|Party|Parties|Officer|Executive)(?: (?:also|then|each|both|still|only|therefore|first))? (?:shall|may not)\b`)

// uneven is how many times as much one side may have as the other.
const uneven = 3

// few is the smallest number that is worth comparing.
const few = 6

func (e *examination) checkSides() {
	for _, kind := range []prose.Kind{prose.Duty, prose.Remedy} {
		provider, customer := prose.Count(e.result.Promises, prose.Provider, kind), prose.Count(e.result.Promises, prose.Customer, kind)
		if more := max(provider, customer); more < few || more <= uneven*min(provider, customer) {
			continue
		}
		top := e.Library.Layers[len(e.Library.Layers)-1].File
		e.list.Warnf(codeOneSided, top.Span(0, len(top.Line(1))), "balance them, or leave a reason under \"lint: {suppress: [...]}\"",
			"one side has more than %d times the %s of the other: the Provider %d, the Customer %d", uneven, kinds(kind), provider, customer)
	}
}

func kinds(kind prose.Kind) string {
	switch kind {
	case prose.Duty:
		return "duties"
	case prose.Remedy:
		return "remedies"
	default:
		panic(fmt.Sprintf("lint: kind %d", int(kind)))
	}
}

// promises are those of one clause, each once.
func (e *examination) promises(u unit) []prose.Promise {
	type key struct {
		side prose.Side
		kind prose.Kind
		at   source.Span
	}
	var all []prose.Promise
	seen := map[key]bool{}
	for _, parts := range u.parts {
		for _, p := range prose.Promises(parts) {
			k := key{p.Side, p.Kind, source.Span{File: p.Sentence.At.File, Start: p.Sentence.At.Start}}
			if !seen[k] || p.Sentence.At.IsZero() {
				seen[k] = true
				all = append(all, p)
			}
		}
	}
	return all
}

// read reads the sentences of each variant of a text: of a layout those of its
// first page, of another text all, as if it were an article.
func (u unit) read() [][]prose.Part {
	var all [][]prose.Part
	for _, blocks := range u.Variants {
		if u.layout != nil {
			all = append(all, prose.Read(doc.Document{Blocks: blocks}, []*source.File{u.values})[:1])
			continue
		}
		blocks = slices.Concat([]doc.Block{
			doc.Heading{Level: 2, Anchor: "article-x"},
			doc.Heading{Level: 3, Anchor: u.id()},
		}, blocks)
		all = append(all, prose.Read(doc.Document{Blocks: blocks}, []*source.File{u.values})[1:])
	}
	return all
}
