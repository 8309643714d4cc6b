package clause

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// Layout is one layout file: which parts a document has, in which order.
type Layout struct {
	ID      string // equals the file's name without ".md"
	Title   string // of the kind of document, such as "Cyber Constitution"
	Version string
	Of      string // id of the layout whose document this one accompanies; empty for a document of its own
	OfSpan  source.Span
	Compact bool // is set to have few pages
	File    *source.File
	Body    source.Span // the template
}

// layoutMatter is the front matter of a layout file.
type layoutMatter struct {
	ID      string `yaml:"id"`
	Title   string `yaml:"title"`
	Version string `yaml:"version"`
	Of      string `yaml:"of"`
	Compact bool   `yaml:"compact"`
}

// LoadLayout reads a layout file of fsys. Messages name it as prefix and name.
// With errors in the list there is no layout; the error is a failure of the file
// system.
func LoadLayout(fsys fs.FS, prefix, name string) (*Layout, diag.List, error) {
	l := &reader{Layer: Layer{fsys, prefix}}
	layout, err := l.layout(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("no layout %q: %w", prefix+name, err)
	}
	return layout, l.list.Sorted(), err
}

// layout reads a layout file. It is nil when that has an error.
func (l *reader) layout(name string) (*Layout, error) {
	f, err := l.read(name, MaxSize)
	if err != nil || f == nil {
		return nil, err
	}
	matter, body, list := split(f)
	l.list = append(l.list, list...)
	if list.HasErrors() {
		return nil, nil
	}
	before := len(l.list)
	var m layoutMatter
	positions, list, ok := decode(matter, &m, "layout", "ID", "Title", "Version")
	l.list = append(l.list, list...)
	if ok {
		checkRequired(&l.list, positions, f.Span(0, len(fence)), "the layout", []required{
			{"ID", "id", m.ID == ""},
			{"Title", "title", m.Title == ""},
			{"Version", "version", m.Version == ""},
		})
		checkVersion(&l.list, positions.Nearest("Version"), m.Version)
		l.checkName(positions, m.ID, stem(name), name)
	}
	if l.list[before:].HasErrors() {
		return nil, nil
	}
	return &Layout{ID: m.ID, Title: m.Title, Version: m.Version, Of: m.Of, OfSpan: positions.Nearest("Of"), Compact: m.Compact, File: f, Body: body}, nil
}

// Layouts are the ids of the layouts in the root of a folder, in order.
func Layouts(fsys fs.FS) ([]string, error) {
	names, err := fs.Glob(fsys, "*.md")
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(names))
	for i, name := range names {
		ids[i] = strings.TrimSuffix(name, ".md")
	}
	return ids, nil
}
