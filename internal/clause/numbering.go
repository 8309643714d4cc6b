package clause

// Numbering is how a document numbers its articles, clauses and list items. In
// each, references read as in "Section 1.1" and "Article 1". Its zero is
// Lettered.
type Numbering int

const (
	Lettered Numbering = iota // Article 1, 1.1, (a), (i)
	Roman                     // Article I, Section 1.1, (a), (i)
	Decimal                   // 1, 1.1, 1.1.1, 1.1.1.1
)

var numberingWords = words{{"lettered", int(Lettered)}, {"roman", int(Roman)}, {"decimal", int(Decimal)}}

// UnmarshalText reads lettered, roman or decimal.
func (n *Numbering) UnmarshalText(text []byte) error {
	return numberingWords.read((*int)(n), string(text))
}

// String is the word that UnmarshalText reads.
func (n Numbering) String() string { return numberingWords.word("numbering", int(n)) }

// Omitted is what a document shows of an article, clause or Schedule that is no
// part of it. Its zero is Vanish.
type Omitted int

const (
	Vanish Omitted = iota // nothing; what follows moves up

	// IntentionallyOmitted keeps its number, with "[Intentionally omitted]" in
	// the place of its title and text: so each number means the same thing in
	// the documents of all customers.
	IntentionallyOmitted
)

var omittedWords = words{{"vanish", int(Vanish)}, {"intentionally_omitted", int(IntentionallyOmitted)}}

// UnmarshalText reads vanish or intentionally_omitted.
func (o *Omitted) UnmarshalText(text []byte) error {
	return omittedWords.read((*int)(o), string(text))
}

// String is the word that UnmarshalText reads.
func (o Omitted) String() string { return omittedWords.word("omitted", int(o)) }
