package prose

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Measure is how much text there is. Measures of parts can be added.
type Measure struct {
	Sentences int
	Words     int
	Syllables int
}

// Measure is the size of a sentence. Its words are what spaces and dashes part: a
// compound with hyphens, a figure and a value of the agreement are one word
// each. The words of a value are not counted, since a writer of clauses cannot
// make a company's name shorter; a value has figureSyllables like a figure.
func (s Sentence) Measure() Measure { return s.measure }

func measure(marked string) Measure {
	m := Measure{Sentences: 1}
	for _, word := range words(marked) {
		m.Words++
		m.Syllables += Syllables(word)
	}
	return m
}

// Measure is the sum of the measures of a part's sentences.
func (p Part) Measure() Measure {
	var sum Measure
	for _, s := range p.Sentences {
		sum = sum.Add(s.Measure())
	}
	return sum
}

// Add is the sum of two measures.
func (m Measure) Add(o Measure) Measure {
	return Measure{m.Sentences + o.Sentences, m.Words + o.Words, m.Syllables + o.Syllables}
}

// SentenceLength is the average number of words in a sentence; 0 for no text.
func (m Measure) SentenceLength() float64 {
	if m.Sentences == 0 {
		return 0
	}
	return float64(m.Words) / float64(m.Sentences)
}

// Ease is the Flesch reading ease: 60 and above is plain English, 30 to 50 is
// hard, and long words and sentences make it less. It is 100 for no text.
func (m Measure) Ease() float64 {
	if m.Words == 0 {
		return 100
	}
	return 206.835 - 1.015*m.SentenceLength() - 84.6*float64(m.Syllables)/float64(m.Words)
}

// Longest are the n sentences with the most words, in falling order; sentences
// of one length are in the order of the document.
func Longest(parts []Part, n int) []Sentence {
	return worst(parts, n, func(s Sentence) float64 { return -float64(s.Measure().Words) })
}

// Hardest are the n sentences of at least 8 words with the lowest Ease, in
// rising order. Shorter ones have extreme figures that say little.
func Hardest(parts []Part, n int) []Sentence {
	const few = 8
	return worst(parts, n, func(s Sentence) float64 {
		m := s.Measure()
		if m.Words < few {
			return 1000
		}
		return m.Ease()
	})
}

func worst(parts []Part, n int, rank func(Sentence) float64) []Sentence {
	type ranked struct {
		Sentence
		rank float64
	}
	var all []ranked
	for _, p := range parts {
		for _, s := range p.Sentences {
			all = append(all, ranked{s, rank(s)})
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	var first []Sentence
	for _, r := range all[:min(n, len(all))] {
		first = append(first, r.Sentence)
	}
	return first
}

// words parts a text at spaces and dashes, and drops what has neither letter nor
// digit.
func words(text string) []string {
	fields := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '–' || r == '—' || r == '/' })
	return slices.DeleteFunc(fields, func(word string) bool {
		return !strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == valueMark })
	})
}
