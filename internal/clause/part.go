package clause

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

const (
	libraryFile   = "library.yaml"
	termsFolder   = "terms"
	layoutsFolder = "layouts"
)

// part is what one layer holds, for itself.
type part struct {
	reader
	hasLibrary, hasTerms, hasLayouts bool

	unlisted bool // a folder of it has too many entries

	file      *source.File // library.yaml
	matter    libraryMatter
	positions *yamlsrc.Positions // of matter
	readable  bool               // matter holds what library.yaml says

	order    []*Clause          // in order of file names
	clauses  map[string]*Clause // by id
	misnamed map[string]bool
	terms    []*Term   // in order of file names
	layouts  []*Layout // in order of file names
}

// span is where a value of library.yaml is written.
func (p *part) span(path string) source.Span { return p.positions.Nearest(path) }

// reader reads the files of one folder.
type reader struct {
	Layer
	list diag.List
	size int // bytes of the files read so far
}

// readPart reads all files of a layer.
func readPart(layer Layer) (*part, error) {
	l := &part{reader: reader{Layer: layer}, clauses: map[string]*Clause{}, misnamed: map[string]bool{}}
	names, err := l.folder(".")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := l.clause(name); err != nil {
			return nil, err
		}
	}
	if l.hasTerms {
		names, err := l.folder(termsFolder)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if err := l.term(name); err != nil {
				return nil, err
			}
		}
	}
	if l.hasLayouts {
		names, err := l.folder(layoutsFolder)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			layout, err := l.layout(name)
			if err != nil {
				return nil, err
			}
			if layout != nil {
				l.layouts = append(l.layouts, layout)
			}
		}
	}
	return l, l.library()
}

// folder gives the names of the .md files of a folder that must be clauses,
// terms or layouts, sorted, and warns of what does not belong there.
func (l *part) folder(folder string) ([]string, error) {
	entries, err := l.entries(folder)
	if err != nil {
		return nil, err
	}
	var names []string
	alike := map[string]string{} // names by their small letters
	for _, e := range entries {
		name, full := e.Name(), path.Join(folder, e.Name())
		if strings.HasPrefix(name, ".") || allowed(name) {
			continue
		}
		small := strings.ToLower(name)
		if first, ok := alike[small]; ok {
			l.misnamed[stem(name)] = true
			l.list.Errorf(codeFileName, l.noText(full), "give one of them another name", "the names %q and %q are one name on some systems", first, name)
			continue
		}
		alike[small] = name
		switch {
		case folder == "." && name == libraryFile:
			l.hasLibrary = true
		case folder == "." && name == termsFolder && e.IsDir():
			l.hasTerms = true
		case folder == "." && name == layoutsFolder && e.IsDir():
			l.hasLayouts = true
		case strings.HasSuffix(name, ".md"):
			names = append(names, full)
		default:
			what := "file"
			if e.IsDir() {
				what = "folder"
			}
			l.list.Warnf(codeUnexpectedFile, l.noText(full), "move it out of the library; clauses are named <id>.md, terms terms/<id>.md, layouts layouts/<id>.md", "the %s %q is no part of a library and is not read", what, l.Prefix+full)
		}
	}
	return names, nil
}

// entries are those of a folder, sorted. A folder with too many is reported, and
// none of it is read.
func (l *part) entries(folder string) ([]fs.DirEntry, error) {
	f, err := l.FS.Open(folder)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	dir, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, &fs.PathError{Op: "read", Path: l.Prefix + folder, Err: errors.New("not a folder")}
	}
	var entries []fs.DirEntry
	for len(entries) <= MaxFiles {
		more, err := dir.ReadDir(MaxFiles + 1)
		entries = append(entries, more...)
		if errors.Is(err, io.EOF) || err == nil && len(more) == 0 {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	if len(entries) > MaxFiles {
		l.unlisted = true
		l.list.Errorf(codeTooMany, l.noText(path.Join(folder, libraryFile)), "keep each library in a folder of its own, without other files", "the folder holds more than %d files", MaxFiles)
		return nil, nil
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// allowed are files that stand beside clauses and are not read.
func allowed(name string) bool {
	return strings.HasPrefix(name, "LICENSE") || strings.HasPrefix(name, "LICENCE") ||
		name == "README.md" || name == "embed.go" || strings.HasSuffix(name, "_test.go")
}

// noText is the place of a file whose text was not read.
func (l *reader) noText(name string) source.Span {
	return source.New(l.Prefix+name, nil).Span(0, 0)
}

// read reads a file. It is nil when the file cannot be used, which is then
// reported. A link is not followed: what a library holds lies in its folder.
func (l *reader) read(name string, limit int64) (*source.File, error) {
	info, err := fs.Lstat(l.FS, name)
	switch {
	case err != nil:
		return nil, err
	case info.Mode()&fs.ModeSymlink != 0:
		l.list.Errorf(codeLink, l.noText(name), "put the file itself in its place", "%q is a symbolic link", l.Prefix+name)
		return nil, nil
	case source.Linked(info):
		l.list.Errorf(codeLink, l.noText(name), "put a copy of the file in its place", "the file %q has a second name elsewhere (a hard link)", l.Prefix+name)
		return nil, nil
	case l.size > MaxTotal:
		return nil, nil // which is reported
	}
	f, err := source.ReadFS(l.FS, l.Prefix, name, limit)
	var large *source.TooLargeError
	switch {
	case errors.As(err, &large):
		l.list.Errorf(codeTooLarge, l.noText(name), "split it", "the file is larger than %d KiB", large.Limit/1024)
		return nil, nil
	case errors.Is(err, source.ErrNotRegular):
		l.list.Errorf(codeUnexpectedFile, l.noText(name), "put a file with text in its place", "%q is not a file", l.Prefix+name)
		return nil, nil
	case err != nil:
		return nil, err
	}
	if l.size += len(f.Text()); l.size > MaxTotal {
		l.list.Errorf(codeTooMany, l.noText(name), "make several libraries of it", "the files of the library are larger than %d KiB together", MaxTotal/1024)
		return nil, nil
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
func (l *part) clause(name string) error {
	known := stem(name)
	l.misnamed[known] = true
	var m clauseMatter
	text, err := l.open(name, &m, "clause", "ID", "Title", "Version", "Status", "Binds", "Plain")
	if err != nil || text == nil {
		return err
	}
	checkRequired(&l.list, text.positions, text.File.Span(0, len(fence)), "the clause", []required{
		{"ID", "id", m.ID == ""},
		{"Title", "title", m.Title == ""},
		{"Version", "version", m.Version == ""},
		{"Status", "status", m.Status == 0},
		{"Binds", "binds", m.Binds == 0},
		{"Plain", "plain", m.Plain == ""},
	})
	checkRepeats(&l.list, text.Span, "Requires", m.Requires)
	checkRepeats(&l.list, text.Span, "Conflicts", m.Conflicts)
	var when Condition
	if span, written := text.positions.Value("When"); written && m.When != "" {
		var list diag.List
		when, list = parseCondition(span, m.When)
		l.list = append(l.list, list...)
	}
	l.checkName(text.positions, m.ID, known, name)
	l.checkEdition(m.Edition, *text)
	c := &Clause{
		ID: m.ID, Title: m.Title, Binds: m.Binds, When: when, Requires: m.Requires, Conflicts: m.Conflicts,
		Plain: m.Plain, Purpose: m.Purpose, Parameters: m.Parameters, Licence: m.Licence, Edition: m.Edition, Text: *text,
	}
	l.checkParameters(c)
	l.order = append(l.order, c)
	if c.ID == known {
		delete(l.misnamed, known)
		l.clauses[known] = c
	} else if _, taken := l.clauses[c.ID]; !taken && idForm.MatchString(c.ID) {
		l.clauses[c.ID] = c
	}
	return nil
}

// term reads one term file.
func (l *part) term(name string) error {
	var m termMatter
	text, err := l.open(name, &m, "term", "ID", "Name", "Version", "Status")
	if err != nil || text == nil {
		return err
	}
	checkRequired(&l.list, text.positions, text.File.Span(0, len(fence)), "the term", []required{
		{"ID", "id", m.ID == ""},
		{"Name", "term", m.Name == ""},
		{"Version", "version", m.Version == ""},
		{"Status", "status", m.Status == 0},
	})
	l.checkName(text.positions, m.ID, stem(name), name)
	l.checkEdition(m.Edition, *text)
	l.terms = append(l.terms, &Term{ID: m.ID, Name: m.Name, Variants: m.Variants, Edition: m.Edition, Text: *text})
	return nil
}

// open reads a file and its front matter into dst. It is nil when nothing of
// that could be read, which is then reported.
func (l *part) open(name string, dst any, what string, fields ...string) (*Text, error) {
	f, err := l.read(name, MaxSize)
	if err != nil || f == nil {
		return nil, err
	}
	matter, body, list := split(f)
	l.list = append(l.list, list...)
	if matter.IsZero() {
		return nil, nil
	}
	positions, list, ok := decode(matter, dst, what, fields...)
	l.list = append(l.list, list...)
	if !ok {
		return nil, nil
	}
	return &Text{File: f, Body: body, positions: positions}, nil
}

// checkName checks the id of a file and the file's name against each other.
func (l *reader) checkName(positions *yamlsrc.Positions, id, stem, name string) {
	at := positions.Nearest("ID")
	switch {
	case !checkID(&l.list, at, id):
	case deviceName.MatchString(id):
		l.list.Errorf(codeFileName, at, "write another id", "%q is the name of a device on Windows, where no file can have it", id)
	case id != stem:
		l.list.Errorf(codeFileName, at, fmt.Sprintf("name the file %q or write \"id: %s\"", id+".md", stem),
			"the id %q and the name of the file %q differ", id, path.Base(name))
	}
}

// deviceName matches ids that Windows gives to devices.
var deviceName = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// stem is the id that a file's name stands for.
func stem(name string) string { return strings.TrimSuffix(path.Base(name), ".md") }
