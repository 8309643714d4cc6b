package clause

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// MaxSize is the size of the largest clause or term file, in bytes.
const MaxSize = 64 * 1024

const (
	libraryFile = "library.yaml"
	termsFolder = "terms"
)

// Load reads the library in the root of fsys. Messages name a file as prefix
// and its name, such as "clauses/" and "bkp-01.md". The list holds the problems
// of all files, sorted; when it has errors the library must not be used. The
// error is a failure of the file system.
func Load(fsys fs.FS, prefix string) (*Library, diag.List, error) {
	l := &loader{fsys: fsys, prefix: prefix, misnamed: map[string]bool{}, clauses: map[string]*Clause{}}
	names, err := l.folder(".")
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		if err := l.clause(name); err != nil {
			return nil, nil, err
		}
	}
	if l.hasTerms {
		names, err := l.folder(termsFolder)
		if err != nil {
			return nil, nil, err
		}
		for _, name := range names {
			if err := l.term(name); err != nil {
				return nil, nil, err
			}
		}
	}
	library, err := l.library()
	if err != nil {
		return nil, nil, err
	}
	l.checkTerms()
	l.checkRequires(library)
	library.Terms = l.terms
	return library, l.list.Sorted(), nil
}

// loader is the work of one Load.
type loader struct {
	fsys   fs.FS
	prefix string
	list   diag.List

	hasLibrary, hasTerms bool

	order    []*Clause          // in order of file names
	clauses  map[string]*Clause // by id
	misnamed map[string]bool    // names, without .md, of clause files that gave no clause of that id; reported already
	terms    []*Term            // in order of file names
}

// folder gives the names of the .md files of a folder that must be clauses or
// terms, sorted, and warns of what does not belong there.
func (l *loader) folder(folder string) ([]string, error) {
	entries, err := fs.ReadDir(l.fsys, folder)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		name, full := e.Name(), path.Join(folder, e.Name())
		switch {
		case strings.HasPrefix(name, ".") || allowed(name):
		case folder == "." && name == libraryFile:
			l.hasLibrary = true
		case folder == "." && name == termsFolder && e.IsDir():
			l.hasTerms = true
		case strings.HasSuffix(name, ".md"):
			names = append(names, full)
		default:
			what := "file"
			if e.IsDir() {
				what = "folder"
			}
			l.list.Warnf(codeUnexpectedFile, l.noText(full), "move it out of the library; clauses are named <id>.md, terms terms/<id>.md", "the %s %q is no part of a library and is not read", what, l.prefix+full)
		}
	}
	return names, nil
}

// allowed are files that stand beside clauses and are not read.
func allowed(name string) bool {
	return strings.HasPrefix(name, "LICENSE") || strings.HasPrefix(name, "LICENCE") ||
		name == "README.md" || name == "embed.go" || strings.HasSuffix(name, "_test.go")
}

// noText is the place of a file whose text was not read.
func (l *loader) noText(name string) source.Span {
	return source.New(l.prefix+name, nil).Span(0, 0)
}

// read reads a file. It is nil when the file cannot be used, which is then
// reported.
func (l *loader) read(name string, limit int64) (*source.File, error) {
	f, err := source.ReadFS(l.fsys, l.prefix, name, limit)
	var large *source.TooLargeError
	switch {
	case errors.As(err, &large):
		l.list.Errorf(codeTooLarge, l.noText(name), "split it", "the file is larger than %d KiB", large.Limit/1024)
		return nil, nil
	case errors.Is(err, source.ErrNotRegular):
		l.list.Errorf(codeUnexpectedFile, l.noText(name), "put a file with text in its place", "%q is not a file", l.prefix+name)
		return nil, nil
	case err != nil:
		return nil, err
	}
	problems := f.Problems()
	for _, p := range problems {
		l.list.Errorf(codeEncoding, p.Span, p.Hint, "%s", p.Message)
	}
	if len(problems) > 0 {
		return nil, nil
	}
	return f, nil
}

// clause reads one clause file. What is wrong with it does not stop the checks
// of its other fields and across files.
func (l *loader) clause(name string) error {
	known := stem(name)
	l.misnamed[known] = true
	f, err := l.read(name, MaxSize)
	if err != nil || f == nil {
		return err
	}
	matter, body, list := split(f)
	l.list = append(l.list, list...)
	if matter.IsZero() {
		return nil
	}
	var m clauseMatter
	positions, list, ok := decode(matter, &m, "clause", "ID", "Title", "Version", "Status", "Binds", "Plain")
	l.list = append(l.list, list...)
	if !ok {
		return nil
	}
	checkRequired(&l.list, positions, f.Span(0, len(fence)), "the clause", []required{
		{"ID", "id", m.ID == ""},
		{"Title", "title", m.Title == ""},
		{"Version", "version", m.Version == ""},
		{"Status", "status", m.Status == 0},
		{"Binds", "binds", m.Binds == 0},
		{"Plain", "plain", m.Plain == ""},
	})
	checkVersion(&l.list, positions.Nearest("Version"), m.Version)
	checkRepeats(&l.list, positions.Nearest, "Requires", m.Requires)
	checkRepeats(&l.list, positions.Nearest, "Sources", m.Sources)
	var when Condition
	if span, written := positions.Value("When"); written && m.When != "" {
		when, list = parseCondition(span, m.When)
		l.list = append(l.list, list...)
	}
	l.checkName(positions, m.ID, known, name)
	c := &Clause{
		ID: m.ID, Title: m.Title, Version: m.Version, Status: m.Status, Binds: m.Binds, When: when,
		Requires: m.Requires, Sources: m.Sources, Plain: m.Plain, Purpose: m.Purpose, Reason: m.Reason,
		EffectiveFrom: m.EffectiveFrom, AsOf: m.AsOf, Licence: m.Licence,
		File: f, Body: body, positions: positions,
	}
	l.order = append(l.order, c)
	if c.ID == known {
		delete(l.misnamed, known)
		l.clauses[known] = c
	} else if _, taken := l.clauses[c.ID]; !taken && idForm.MatchString(c.ID) {
		l.clauses[c.ID] = c
	}
	return nil
}

// checkName checks the id of a file and the file's name against each other.
func (l *loader) checkName(positions *yamlsrc.Positions, id, stem, name string) {
	at := positions.Nearest("ID")
	if checkID(&l.list, at, id) && id != stem {
		l.list.Errorf(codeFileName, at, fmt.Sprintf("name the file %q or write \"id: %s\"", id+".md", stem),
			"the id %q and the name of the file %q differ", id, path.Base(name))
	}
}

// term reads one term file.
func (l *loader) term(name string) error {
	f, err := l.read(name, MaxSize)
	if err != nil || f == nil {
		return err
	}
	matter, body, list := split(f)
	l.list = append(l.list, list...)
	if matter.IsZero() {
		return nil
	}
	var m termMatter
	positions, list, ok := decode(matter, &m, "term", "ID", "Name", "Version", "Status")
	l.list = append(l.list, list...)
	if !ok {
		return nil
	}
	checkRequired(&l.list, positions, f.Span(0, len(fence)), "the term", []required{
		{"ID", "id", m.ID == ""},
		{"Name", "term", m.Name == ""},
		{"Version", "version", m.Version == ""},
		{"Status", "status", m.Status == 0},
	})
	checkVersion(&l.list, positions.Nearest("Version"), m.Version)
	checkRepeats(&l.list, positions.Nearest, "Sources", m.Sources)
	l.checkName(positions, m.ID, stem(name), name)
	if m.Status == Retired {
		return nil
	}
	l.terms = append(l.terms, &Term{
		ID: m.ID, Name: m.Name, Variants: m.Variants, Version: m.Version, Status: m.Status,
		Sources: m.Sources, Reason: m.Reason, AsOf: m.AsOf,
		File: f, Body: body, positions: positions,
	})
	return nil
}

// checkTerms reports names and variants that stand twice in all terms: the
// document could not say which meaning applies.
func (l *loader) checkTerms() {
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
	for _, t := range l.terms {
		check(t.Name, t.Span("Name"))
		for i, variant := range t.Variants {
			check(variant, t.Span(fmt.Sprintf("Variants[%d]", i)))
		}
	}
}

// stem is the id that a file's name stands for.
func stem(name string) string { return strings.TrimSuffix(path.Base(name), ".md") }
