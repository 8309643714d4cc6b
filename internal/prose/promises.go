package prose

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Side is whom a sentence speaks of. Its zero is invalid.
type Side int

const (
	Provider Side = iota + 1
	Customer
	Both   // each of the parties, either or neither
	Nobody // something that cannot act, such as "each amendment"
)

// String is the word for a side in a report.
func (s Side) String() string {
	switch s {
	case Provider:
		return "provider"
	case Customer:
		return "customer"
	case Both:
		return "both"
	case Nobody:
		return "nobody"
	default:
		panic(fmt.Sprintf("prose: unknown side %d", int(s)))
	}
}

// Kind is what a sentence gives or takes. Its zero is invalid.
type Kind int

const (
	Duty   Kind = iota + 1 // "shall", "shall not" and "may not"
	Right                  // "may"
	Remedy                 // a right to end, refuse, object or stop, or the other side's duty to pay for something
)

// Promise is one duty, right or remedy of one side.
type Promise struct {
	Side     Side
	Kind     Kind
	Sentence Sentence
}

// Promises are the duties, rights and remedies that the sentences of articles
// lay down, in order. Each item of a list that "shall:" introduces is a duty. It
// reads words, not sense: the figures show where a text leans, and a person
// looks at what they count.
func Promises(parts []Part) []Promise {
	var all []Promise
	for _, p := range parts {
		if p.Anchor == "" {
			continue
		}
		r := &roles{}
		for _, s := range p.Sentences {
			if s.Clause != r.clause {
				r = &roles{clause: s.Clause}
			}
			all = append(all, r.promises(s)...)
		}
	}
	return all
}

// Count is how many promises of a side and kind there are.
func Count(promises []Promise, side Side, kind Kind) int {
	n := 0
	for _, p := range promises {
		if p.Side == side && p.Kind == kind {
			n++
		}
	}
	return n
}

// roles remembers who acted before in a clause.
type roles struct {
	clause  string
	subject Side // who was named first in the sentence before: what "it" means
	lead    Side // who acts in the items of the list
}

// nouns are the words by which a clause names who acts.
var nouns = map[string]Side{
	"Provider": Provider, "Officer": Provider,
	"Customer": Customer, "Executive": Customer,
	"Party": Both, "Parties": Both, "party": Both, "Contacts": Both, "Contact": Both, "owner": Both, "two": Both,
}

// relatives follow the noun of a long subject, as in "the Party that owns it".
var relatives = []string{"that", "of", "to", "which", "who", "whose", "people"}

// Words of a promise. Adverbs may stand between who acts and "shall" or "may";
// a right with one of the verbs is a remedy.
var (
	pronouns    = []string{"It", "it", "They", "they", "who", "and", "or", "but"}
	adverbs     = []string{"also", "then", "each", "both", "still", "only", "therefore", "first"}
	remedyVerbs = []string{"end", "pause", "leave", "refuse", "object", "suspend", "stop", "lock", "undone"}
	carried     = []string{"shall bear", "at its own cost", "at its cost", "shall not charge", "shall pay the extra"}
	owesNothing = []string{"owes no fee", "does not owe"}
)

// promises are those of one sentence.
func (r *roles) promises(s Sentence) []Promise {
	var found []Promise
	add := func(side Side, kind Kind) { found = append(found, Promise{side, kind, s}) }
	var first, actor Side // who is named first here, and who acts
	if strings.HasSuffix(s.Lead, " shall:") {
		actor = r.lead
		add(actor, Duty)
	}
	list := tokens(s.marked)
	for i, word := range list {
		if side, ok := nouns[word]; ok && first == 0 {
			first = side
		}
		if word != "shall" && word != "may" {
			continue
		}
		actor = r.actor(list[:i], actor)
		rest := list[i+1:]
		switch {
		case word == "shall" && strings.HasSuffix(s.marked, " shall:") && len(rest) == 0:
			r.lead = actor // each item is a duty
		case word == "shall", len(rest) > 0 && rest[0] == "not":
			add(actor, Duty)
		case actor != Nobody && slices.ContainsFunc(rest, func(w string) bool { return slices.Contains(remedyVerbs, w) }):
			add(actor, Remedy)
		default:
			add(actor, Right)
		}
	}
	contains := func(list []string) bool {
		return slices.ContainsFunc(list, func(words string) bool { return strings.Contains(s.marked, words) })
	}
	if contains(carried) {
		switch actor {
		case Provider:
			add(Customer, Remedy)
		case Customer:
			add(Provider, Remedy)
		}
	}
	if contains(owesNothing) {
		i := slices.IndexFunc(list, func(w string) bool { return w == "owes" || w == "owe" })
		before := slices.DeleteFunc(slices.Clone(list[:i]), func(w string) bool { return w == "does" || w == "not" })
		if side := r.actor(before, actor); side != Nobody {
			add(side, Remedy)
		}
	}
	if first != 0 && !slices.Contains(pronouns, list[0]) {
		r.subject = first
	}
	return found
}

// actor is who acts in what follows the words before. last acted before in the
// same sentence; 0 is none.
func (r *roles) actor(before []string, last Side) Side {
	for len(before) > 0 && slices.Contains(adverbs, before[len(before)-1]) {
		before = before[:len(before)-1]
	}
	if len(before) == 0 {
		return Nobody
	}
	word := before[len(before)-1]
	if side, ok := nouns[word]; ok {
		return side
	}
	if !slices.Contains(pronouns, word) {
		for i, w := range before[:len(before)-1] {
			if side, ok := nouns[w]; ok && slices.Contains(relatives, before[i+1]) {
				return side
			}
		}
		return Nobody
	}
	for i := len(before) - 1; i >= 0 && last == 0; i-- {
		last = nouns[before[i]]
	}
	switch {
	case last != 0:
		return last
	case r.subject != 0:
		return r.subject
	default:
		return Nobody
	}
}

// tokens are the words of a text without the marks around them.
func tokens(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '’' && c != '-' && c != valueMark
	})
}
