package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/clause"
	"concordat/internal/source"
)

// allowed are words with a capital letter that need no definition.
var allowed = strings.Fields("January February March April May June July August September October November December " +
	"Monday Tuesday Wednesday Thursday Friday Saturday Sunday I")

// form is a term, or an allowed word, as it stands in a text.
type form struct {
	words []string
	term  *clause.Term // nil for allowed words
}

// forms are all that a word with a capital letter can be, by their first word.
func (e *examination) forms() map[string][]form {
	all := map[string][]form{}
	add := func(text string, t *clause.Term) {
		if words := parts(text); len(words) > 0 {
			all[words[0]] = append(all[words[0]], form{words, t})
		}
	}
	for _, t := range e.Library.Terms {
		add(t.Name, t)
		for _, variant := range t.Variants {
			add(variant, t)
		}
	}
	for _, text := range slices.Concat(allowed, e.Library.Lint.Words) {
		add(text, nil)
	}
	for _, list := range all {
		slices.SortStableFunc(list, func(a, b form) int { return len(b.words) - len(a.words) })
	}
	return all
}

// parts are the words of a term, parted as those of passages are.
func parts(text string) []string {
	p := passage{text: text}
	var all []string
	for _, w := range p.words(0, len(text)) {
		all = append(all, p.of(w))
	}
	return all
}

// use is one place in which a term stands.
type use struct {
	term *clause.Term
	unit int
	at   source.Span
	self bool // in the meaning of the term itself, in quotation marks
}

// checkTerms examines the words with a capital letter in all texts.
func (e *examination) checkTerms() {
	forms := e.forms()
	var uses []use
	seen := map[source.Span]bool{}
	for i, u := range e.units {
		for _, p := range u.passages {
			for _, s := range p.sentences() {
				for _, x := range e.capitals(u, p, p.words(s.Start, s.End), forms) {
					if !seen[x.at] {
						seen[x.at] = true
						x.unit = i
						uses = append(uses, x)
					}
				}
			}
		}
	}
	e.checkUses(uses)
	e.checkCircles(uses)
}

// capitals finds the terms of one sentence, and reports the words with a capital
// letter that are none.
func (e *examination) capitals(u unit, p passage, words []word, forms map[string][]form) []use {
	var uses []use
	unknown := -1 // where a run of unknown words begins
	report := func(to int) {
		if unknown >= 0 {
			e.undefined(u, p, words, unknown, to, forms)
		}
		unknown = -1
	}
	for i := 0; i < len(words); {
		w := words[i]
		if f, n := longest(p, words[i:], forms); n > 0 {
			report(i)
			if f.term != nil {
				last := words[i+n-1]
				quoted := strings.HasSuffix(p.text[:w.start], "“")
				uses = append(uses, use{term: f.term, at: p.at(w.start, last.end), self: quoted && u.term == f.term})
			}
			i += n
			continue
		}
		first, _ := utf8.DecodeRuneInString(p.of(w))
		switch {
		case !unicode.IsUpper(first) || !p.is(w.start, w.end, written) || p.heading:
			report(i)
		case unknown < 0:
			unknown = i
		case p.text[words[i-1].end:w.start] != " ": // a mark stands between
			report(i)
			unknown = i
		}
		i++
		if unknown >= 0 && e.continues(p, words, i, forms) {
			i++
		}
	}
	report(len(words))
	return uses
}

// continues reports whether a small word at i joins two words with a capital
// letter of one name, as in "Department of Defense".
func (e *examination) continues(p passage, words []word, i int, forms map[string][]form) bool {
	if i+1 >= len(words) || !slices.Contains([]string{"of", "for"}, p.of(words[i])) {
		return false
	}
	if _, n := longest(p, words[i+1:], forms); n > 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(p.of(words[i+1]))
	return unicode.IsUpper(first) && p.text[words[i-1].end:words[i+1].start] == " "+p.of(words[i])+" "
}

// longest is the longest form that begins with the first of words, and how many
// words it has; 0 for none. Values are no terms.
func longest(p passage, words []word, forms map[string][]form) (form, int) {
	for _, f := range forms[p.of(words[0])] {
		if len(f.words) > len(words) {
			continue
		}
		same := true
		for k, text := range f.words {
			same = same && p.of(words[k]) == text && p.is(words[k].start, words[k].end, written) &&
				(k == 0 || p.text[words[k-1].end:words[k].start] == " ")
		}
		if same {
			return f, len(f.words)
		}
	}
	return form{}, 0
}

// opens reports whether a word stands where a sentence, or what is quoted or
// follows a colon, begins.
func opens(p passage, words []word, i int) bool {
	if i == 0 {
		return true
	}
	between := p.text[words[i-1].end:words[i].start]
	return strings.ContainsAny(between, ":“?!") || strings.Contains(between, "\n") || p.table
}

// undefined reports a run of words with a capital letter, if it is not merely the
// word with which a sentence begins.
func (e *examination) undefined(u unit, p passage, words []word, from, to int, forms map[string][]form) {
	if opens(p, words, from) {
		first := p.of(words[from])
		if to == from+1 && !acronym(first) && stem([]string{first}, forms) == nil || slices.Contains(openers, first) {
			if from++; from == to {
				return
			}
		}
	}
	text := p.text[words[from].start:words[to-1].end]
	at := p.at(words[from].start, words[to-1].end)
	if t := stem(parts(text), forms); t != nil {
		e.list.Errorf(codeTermForm, at, fmt.Sprintf("add %q to the variants of the term, or write %q", text, t.Name),
			"%q is no form of the term %q", text, t.Name)
		return
	}
	e.list.Errorf(codeUndefinedTerm, at, "define it in terms/, write it in small letters, or add it to \"lint: {words: [...]}\" in library.yaml if it is a name",
		"%q has a capital letter and is no defined term", text)
}

// acronym reports whether a word has a capital letter after its first letter.
func acronym(text string) bool {
	_, size := utf8.DecodeRuneInString(text)
	return strings.IndexFunc(text[size:], unicode.IsUpper) >= 0
}

// openers are words that begin sentences and phrases of which they are no part.
var openers = strings.Fields("A An The This That These Those Each Every No Any All Some Such Both Either Neither Only If When Where Until Unless " +
	"In On At By For From To With Within Without Under Of As After Before And Or But Not Nor Its Their His Her Our Your My It They We You One Two Once Other")

// stem is the term of which words are a plural; nil for none.
func stem(words []string, forms map[string][]form) *clause.Term {
	last := words[len(words)-1]
	for _, ending := range [][2]string{{"ies", "y"}, {"es", ""}, {"s", ""}} {
		singular, ok := strings.CutSuffix(last, ending[0])
		if !ok {
			continue
		}
		want := slices.Concat(words[:len(words)-1], []string{singular + ending[1]})
		for _, f := range forms[want[0]] {
			if f.term != nil && slices.Equal(f.words, want) {
				return f.term
			}
		}
	}
	return nil
}

// checkUses reports terms that stand nowhere, or once.
func (e *examination) checkUses(uses []use) {
	for _, t := range e.Library.Terms {
		var at []source.Span
		for _, x := range uses {
			if x.term == t && (e.units[x.unit].term != t) {
				at = append(at, x.at)
			}
		}
		switch {
		case len(at) == 0:
			e.list.Warnf(codeUnusedTerm, t.Span("Name"), "delete the term, or leave a reason under \"lint\" if only a Schedule uses it", "no text uses the term %q", t.Name)
		case len(at) == 1:
			e.list.Warnf(codeTermOnce, t.Span("Name"), "write the meaning where the term stands, and delete the term", "the term %q stands in one place only, %s", t.Name, at[0])
		}
	}
}

// checkCircles reports terms of which each is explained by the next, round to
// the first.
func (e *examination) checkCircles(uses []use) {
	next := map[*clause.Term][]use{}
	for _, x := range uses {
		if t := e.units[x.unit].term; t != nil && !x.self {
			next[t] = append(next[t], x)
		}
	}
	done := map[*clause.Term]bool{}
	for _, t := range e.Library.Terms {
		if done[t] {
			continue
		}
		circle := shortest(t, next)
		if circle == nil {
			continue
		}
		var names []string
		for _, x := range circle {
			done[x.term] = true
			names = append(names, x.term.Name)
		}
		message := fmt.Sprintf("the meaning of %q uses the term itself", t.Name)
		if len(names) > 1 {
			message = fmt.Sprintf("the meanings of %s use each other in a circle", joined(slices.Concat([]string{t.Name}, names[:len(names)-1])))
		}
		e.list.Errorf(codeCircularTerm, circle[0].at, "explain one of them by other words", "%s", message)
	}
}

// shortest is the shortest way from the meaning of a term back to the term, by
// the places in which the next one stands; nil for none.
func shortest(t *clause.Term, next map[*clause.Term][]use) []use {
	ways := [][]use{nil}
	seen := map[*clause.Term]bool{}
	for len(ways) > 0 {
		way := ways[0]
		ways = ways[1:]
		here := t
		if len(way) > 0 {
			here = way[len(way)-1].term
		}
		for _, x := range next[here] {
			longer := append(slices.Clone(way), x)
			if x.term == t {
				return longer
			}
			if !seen[x.term] {
				seen[x.term] = true
				ways = append(ways, longer)
			}
		}
	}
	return nil
}
