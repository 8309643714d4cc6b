package clause

import (
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// Limits of what one layer holds, far above what a person writes.
const (
	MaxSize  = 64 * 1024       // bytes of a clause, term or layout
	MaxFiles = 1000            // entries of a folder
	MaxTotal = 8 * 1024 * 1024 // bytes of all files together
)

// Layer is one folder of clauses.
type Layer struct {
	FS     fs.FS
	Prefix string // put before names of its files in messages, such as "clauses/"
}

// Load reads a library of layers: a whole one, then those that extend what is
// below them. A layer that says "extends: none" is whole, and takes the place of
// all that is below it. The list holds the problems of all files, sorted; when
// it has errors the library must not be used. The error is a failure of the
// file system.
func Load(layers ...Layer) (*Library, diag.List, error) {
	var parts []*part
	for i, layer := range layers {
		p, err := readPart(layer)
		if err != nil {
			return nil, nil, err
		}
		if i > 0 && p.matter.Extends == extendsNone {
			parts = nil
		}
		parts = append(parts, p)
	}
	l := &loader{
		library:  &Library{byID: map[string]*Clause{}},
		clauses:  map[string]*Clause{},
		terms:    map[string]*Term{},
		misnamed: map[string]bool{},
	}
	for i, p := range parts {
		l.list = append(l.list, p.list...)
		if i == 0 {
			l.base(p)
		} else {
			l.extend(p, i)
		}
	}
	l.checkTerms()
	l.checkIDs()
	return l.library, l.list.Sorted(), nil
}

// loader joins the layers of one Load.
type loader struct {
	library *Library
	list    diag.List

	clauses  map[string]*Clause // of the layers so far, by id; also retired ones
	terms    map[string]*Term   // the same
	misnamed map[string]bool    // names, without .md, of clause files that gave no clause of that id; reported already
}

// checkTerms reports names and variants that stand twice in all terms: the
// document could not say which meaning applies.
func (l *loader) checkTerms() {
	for _, id := range slices.Sorted(maps.Keys(l.terms)) {
		if t := l.terms[id]; t.Status != Retired {
			l.library.Terms = append(l.library.Terms, t)
		}
	}
	first := map[string]source.Span{}
	check := func(name string, at source.Span) {
		if name == "" {
			return
		}
		if before, seen := first[name]; seen {
			d := repeat(at, before, fmt.Sprintf("the term %q has a meaning already", name), "delete one of them")
			d.Code = codeDuplicateTerm
			l.list = append(l.list, d)
			return
		}
		first[name] = at
	}
	for _, t := range l.library.Terms {
		check(t.Name, t.Span("Name"))
		for i, variant := range t.Variants {
			check(variant, t.Span(fmt.Sprintf("Variants[%d]", i)))
		}
	}
}
