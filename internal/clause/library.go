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
	"fmt"

	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Library is the clauses and defined terms of one folder.
type Library struct {
	ID        string
	Title     string
	Version   string // semantic version such as "1.2.0"
	Licence   string // as an SPDX expression, such as "CC0-1.0"
	Numbering Numbering
	Omitted   Omitted
	Articles  []Article
	Presets   []Preset
	Terms     []*Term // in order of their ids; retired ones are not in it
	File      *source.File

	byID      map[string]*Clause
	positions *yamlsrc.Positions
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
	ID            string
	Title         string
	Version       string // semantic version such as "1.2.0"
	Status        Status
	Binds         Binds
	When          Condition     // when the clause is part of a document; the zero Condition is always
	Requires      []string      // ids of clauses that must be selected with it
	Sources       []string      // short codes of what it was written from, such as "aa22-131a"
	Plain         string        // one sentence for the owner of a business
	Purpose       string        // what the clause is for; may be empty
	Reason        string        // why this version exists; may be empty
	EffectiveFrom calendar.Date // first day on which the clause may be used; may be zero
	AsOf          calendar.Date // the day whose law the clause describes; zero when it describes none
	Licence       string        // where it differs from the library's; may be empty
	File          *source.File
	Body          source.Span // the template, from the line after the front matter to the end of the file

	positions *yamlsrc.Positions
}

// Span is where a value of the front matter is written, by the name of its
// field, such as "Title", "When" or "Requires[0]". A value that is not written
// has the start of the front matter.
func (c *Clause) Span(path string) source.Span { return c.positions.Nearest(path) }

// Term is one defined term.
type Term struct {
	ID       string
	Name     string   // as it stands in the text, such as "Essential Records"
	Variants []string // other forms of it in the text, such as a plural
	Version  string   // semantic version such as "1.2.0"
	Status   Status
	Sources  []string
	Reason   string
	AsOf     calendar.Date // the day whose law the meaning describes; may be zero
	File     *source.File
	Body     source.Span // the meaning: a template, from the line after the front matter to the end of the file

	positions *yamlsrc.Positions
}

// Span is where a value of the front matter is written, by the name of its
// field, such as "Name" or "Variants[0]". A value that is not written has the
// start of the front matter.
func (t *Term) Span(path string) source.Span { return t.positions.Nearest(path) }

// Clause is the clause of an id, if it stands in an article.
func (l *Library) Clause(id string) (*Clause, bool) {
	c, ok := l.byID[id]
	return c, ok
}

// Clauses are all clauses that stand in an article, in their order.
func (l *Library) Clauses() []*Clause {
	var list []*Clause
	for _, a := range l.Articles {
		list = append(list, a.Clauses...)
	}
	return list
}

// Span is where a value of library.yaml is written, such as "Title" or
// "Articles[2].Title". A value that is not written has its nearest parent's.
func (l *Library) Span(path string) source.Span { return l.positions.Nearest(path) }

// Status is how far a clause or term has come. Its zero is invalid.
type Status int

const (
	Draft    Status = iota + 1 // being written
	Reviewed                   // read by a second person
	Approved                   // released by a lawyer
	Retired                    // kept for the record, in no document
)

var statusWords = words{{"draft", int(Draft)}, {"reviewed", int(Reviewed)}, {"approved", int(Approved)}, {"retired", int(Retired)}}

// UnmarshalText reads draft, reviewed, approved or retired.
func (s *Status) UnmarshalText(text []byte) error {
	return statusWords.read((*int)(s), string(text))
}

// String is the word that UnmarshalText reads.
func (s Status) String() string { return statusWords.word("status", int(s)) }

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

// words are the words of a closed set and their values.
type words []struct {
	word  string
	value int
}

func (w words) read(to *int, text string) error {
	var known []string
	for _, x := range w {
		if x.word == text {
			*to = x.value
			return nil
		}
		known = append(known, x.word)
	}
	return wordError{known, text}
}

func (w words) word(what string, value int) string {
	for _, x := range w {
		if x.value == value {
			return x.word
		}
	}
	panic(fmt.Sprintf("clause: unknown %s %d", what, value))
}

// wordError tells that a word is not one of a closed set.
type wordError struct {
	known []string
	found string
}

func (e wordError) Error() string {
	return fmt.Sprintf("expected %s, found %q", alternatives(e.known), e.found)
}

// Hint is the nearest word.
func (e wordError) Hint() string { return didYouMean(e.found, e.known) }

func didYouMean(name string, known []string) string {
	if near := diag.Nearest(name, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// alternatives joins words as in "a, b or c".
func alternatives(list []string) string {
	text := ""
	for i, word := range list {
		switch {
		case i == 0:
		case i == len(list)-1:
			text += " or "
		default:
			text += ", "
		}
		text += word
	}
	return text
}
