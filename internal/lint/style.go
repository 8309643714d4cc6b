package lint

import (
	"fmt"
	"regexp"

	"concordat/internal/diag"
	"concordat/internal/prose"
	"concordat/internal/source"
)

// archaic are words that nobody says, and phrases that lawyers argue about.
var archaic = regexp.MustCompile(`(?i)\b(?:hereby|hereto|heretofore|herein|hereof|hereunder|herewith|hereafter|thereof|thereto|therein|thereby|thereunder|therefor|thereafter|whereof|whereby|wherein|whereas|witnesseth|pursuant to|notwithstanding|forthwith|aforesaid|aforementioned|said (?:agreement|party|parties|customer|provider)|shall be deemed|in lieu of|inter alia|mutatis mutandis|prima facie|bona fide|per annum|ipso facto|best (?:efforts|endeavou?rs)|reasonable (?:efforts|endeavou?rs)|commercially reasonable|time is of the essence|null and void|cease and desist|indemnify and hold harmless|for the avoidance of doubt|in the event that|prior to|subsequent to|provided that|with respect to|in respect of|save (?:that|as|for)|and/or|he/she|s/he|including but not limited to|including without limitation|know all men|in witness whereof)\b`)

// Limits of what is easy enough to read.
const (
	maxWords     = 35 // in a sentence
	easeArticle  = 45 // Flesch reading ease
	easePage     = 60
	worstNamed   = 3
	enoughToRate = 20 // words, below which an ease says nothing
)

// checkStyle examines words and sentences, and how hard articles are to read.
func (e *examination) checkStyle() {
	first := map[source.Span]bool{}
	for _, u := range e.units {
		for _, p := range u.passages {
			for _, m := range archaic.FindAllStringIndex(p.text, -1) {
				if p.is(m[0], m[1], written) {
					e.list.Warnf(codeArchaic, p.at(m[0], m[1]), "use words that people say", "nobody says %q", p.text[m[0]:m[1]])
				}
			}
		}
		for _, s := range e.sentences(u) {
			start := source.Span{File: s.At.File, Start: s.At.Start}
			if n := s.Measure().Words; n > maxWords && !first[start] {
				first[start] = true
				e.list.Warnf(codeLongSentence, s.At, "split it, or make it a list", "the sentence has %d words, expected %d or less", n, maxWords)
			}
		}
	}
	for _, a := range e.Library.Articles {
		part := prose.Part{}
		for _, c := range a.Clauses {
			for _, u := range e.units {
				if u.clause == c {
					part.Sentences = append(part.Sentences, e.sentences(u)...)
				}
			}
		}
		e.rate(part, easeArticle, a.TitleSpan, fmt.Sprintf("the article %q", a.Title))
	}
	for _, u := range e.units {
		if u.layout != nil && u.layout.Of == "" {
			body := u.body()
			e.rate(prose.Part{Sentences: e.sentences(u)}, easePage, body.File.Span(body.Start, body.Start), "the first page of the layout")
		}
	}
}

// rate reports a part that is hard to read, with its hardest sentences.
func (e *examination) rate(part prose.Part, limit float64, at source.Span, what string) {
	m := part.Measure()
	if m.Words < enoughToRate || m.Ease() >= limit {
		return
	}
	d := diag.Diagnostic{
		Code: codeHard, Severity: diag.Warning, Span: at,
		Message: fmt.Sprintf("%s has the reading ease %.0f, expected %.0f or more", what, m.Ease(), limit),
		Hint:    "shorten the sentences named, and use shorter words in them",
	}
	for _, s := range prose.Hardest([]prose.Part{part}, worstNamed) {
		if s.Measure().Ease() >= limit {
			break
		}
		d.Notes = append(d.Notes, diag.Note{Span: s.At, Message: fmt.Sprintf("reading ease %.0f", s.Measure().Ease())})
	}
	e.list = append(e.list, d)
}

// sentences are those of all variants of a text, each once; of a layout, those of
// its first page.
func (e *examination) sentences(u unit) []prose.Sentence {
	var all []prose.Sentence
	seen := map[string]bool{}
	for _, parts := range u.parts {
		for _, p := range parts {
			for _, s := range p.Sentences {
				key := fmt.Sprintf("%d %s", s.At.Start, s.Text)
				if !seen[key] {
					seen[key] = true
					all = append(all, s)
				}
			}
		}
	}
	return all
}
