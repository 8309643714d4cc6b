// Package clause reads a clause library and selects the clauses of one
// agreement.
//
// It is for the stages that make a document: they ask a Library which clauses
// one agreement needs, in which order, and get the place of each clause's
// text. A library is a folder: library.yaml names the articles and the clauses
// in them, <id>.md is a clause, terms/<id>.md a defined term. A lawyer edits
// these files; so each file is checked for itself and against all others when
// the library is loaded, and all problems are reported at once, at their
// places.
//
// It keeps two promises. A Library never changes after Load and may be used by
// several goroutines. A condition is checked in full when it is loaded: it
// asks existing facts only and cannot fail when it is asked.
package clause

import (
	"slices"

	"concordat/internal/calendar"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Library is clauses and defined terms, of one folder or of several that extend
// each other.
type Library struct {
	Layers    []LayerInfo // at least one, the lowest first
	Numbering Numbering
	Omitted   Omitted
	Articles  []Article
	Presets   []Preset
	Terms     []*Term // in order of their ids; retired ones are not in it
	Sources   []Source
	Excluded  []Excluded // by layers above the one that has them
	Layouts   []*Layout  // in order of their ids; each that of the topmost layer which has it
	Lint      Lint

	byID map[string]*Clause
}

// LayerInfo says what a layer is.
type LayerInfo struct {
	ID      string
	Title   string
	Version string       // semantic version such as "1.2.0"
	Licence string       // as an SPDX expression, such as "CC0-1.0"
	Prefix  string       // put before names of its files in messages, such as "clauses/"
	File    *source.File // its library.yaml
}

// Source is what clauses were written from.
type Source struct {
	ID        string        `yaml:"id"`        // short code, such as "aa22-131a"
	Title     string        `yaml:"title"`     // as published
	Publisher string        `yaml:"publisher"` // who published it
	Published calendar.Date `yaml:"published"` // may be zero
	URL       string        `yaml:"url"`       // may be empty
	Span      source.Span   // of its id
}

// Excluded is a clause that a layer leaves out of the library.
type Excluded struct {
	Clause *Clause
	Reason string
	Span   source.Span // where its id is written
}

// Lint is what a library says to those who examine it.
type Lint struct {
	Words    []string      // with capital letters that are no defined terms
	Suppress []Suppression // findings about the whole library
}

// Suppression says that a finding was seen, and why it stays.
type Suppression struct {
	Code   string      `yaml:"code"` // of the finding, such as "lint-long-sentence"
	Reason string      `yaml:"reason"`
	Span   source.Span // of the code
}

// Article is a heading of the document and the clauses under it.
type Article struct {
	ID        string
	Title     string
	TitleSpan source.Span
	Clauses   []*Clause // at least one, in order
}

// Clause is one clause file.
type Clause struct {
	ID         string
	Title      string
	Binds      Binds
	When       Condition   // when the clause is part of a document; the zero Condition is always
	Requires   []string    // ids of clauses that must be selected with it
	Conflicts  []string    // ids of clauses that must not be selected with it
	Plain      string      // one sentence for the owner of a business
	Purpose    string      // what the clause is for; may be empty
	Parameters []Parameter // in the order of the file
	Licence    string      // where it differs from the library's; may be empty
	Edition
	Text
}

// Term is one defined term.
type Term struct {
	ID       string
	Name     string   // as it stands in the text, such as "Essential Records"
	Variants []string // other forms of it in the text, such as a plural
	Edition
	Text
}

// Text is the file of a clause or term.
type Text struct {
	File *source.File
	Body source.Span // the template, from the line after the front matter to the end of the file

	Layer int // of the library, counted from 0

	positions *yamlsrc.Positions
}

// Span is where a value of the front matter is written, by the name of its
// field, such as "Title", "When" or "Requires[0]". A value that is not written
// has the start of the front matter.
func (t Text) Span(path string) source.Span { return t.positions.Nearest(path) }

// Written reports whether the front matter has a field, by its name in Go.
func (t Text) Written(field string) bool {
	_, ok := t.positions.Key(field)
	return ok
}

// Clause is the clause of an id, if it stands in an article.
func (l *Library) Clause(id string) (*Clause, bool) {
	c, ok := l.byID[id]
	return c, ok
}

// Clauses are all clauses that stand in an article, in their order.
func (l *Library) Clauses() []*Clause {
	list := make([]*Clause, 0, len(l.byID))
	for _, a := range l.Articles {
		list = append(list, a.Clauses...)
	}
	return list
}

// Layout is the layout of an id, if a layer has one.
func (l *Library) Layout(id string) (*Layout, bool) {
	i := slices.IndexFunc(l.Layouts, func(x *Layout) bool { return x.ID == id })
	if i < 0 {
		return nil, false
	}
	return l.Layouts[i], true
}

// Term is the term of an id, unless it is retired.
func (l *Library) Term(id string) (*Term, bool) {
	i := slices.IndexFunc(l.Terms, func(t *Term) bool { return t.ID == id })
	if i < 0 {
		return nil, false
	}
	return l.Terms[i], true
}

// Binds says on whom a clause lays duties. Its zero is invalid.
type Binds int

const (
	BindsProvider Binds = iota + 1
	BindsCustomer
	BindsBoth
)

var bindsWords = words{{"provider", int(BindsProvider)}, {"customer", int(BindsCustomer)}, {"both", int(BindsBoth)}}

// UnmarshalText reads provider, customer or both.
func (b *Binds) UnmarshalText(text []byte) error {
	return bindsWords.read((*int)(b), string(text))
}

// String is the word that UnmarshalText reads.
func (b Binds) String() string { return bindsWords.word("binds", int(b)) }
