package framework

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

//go:embed data/*.yaml
var data embed.FS

const (
	dataPrefix = "data/"
	dataSuffix = ".yaml"
)

// Set is the frameworks a program knows. It never changes, and several
// goroutines may use it. The zero Set knows none.
type Set struct {
	ids  []string // sorted
	byID map[string]func() *Framework
}

// Load gives the built-in frameworks. It reads none of them: each is read once,
// when it is first asked for.
func Load() (*Set, error) {
	names, err := fs.Glob(data, dataPrefix+"*"+dataSuffix)
	if err != nil {
		return nil, err
	}
	set := &Set{byID: map[string]func() *Framework{}}
	for _, name := range names {
		id := strings.TrimSuffix(strings.TrimPrefix(name, dataPrefix), dataSuffix)
		set.byID[id] = sync.OnceValue(func() *Framework { return builtIn(id) })
	}
	set.ids = slices.Sorted(maps.Keys(set.byID))
	return set, nil
}

// builtIn reads a built-in framework. It panics when the data has a defect.
func builtIn(id string) *Framework {
	name := dataPrefix + id + dataSuffix
	file, err := source.ReadFS(data, "", name, yamlsrc.MaxSize)
	if err != nil {
		panic(fmt.Sprintf("framework: %v", err))
	}
	f, _, problems := read(file)
	if len(problems) > 0 {
		panic(fmt.Sprintf("framework: %s: %s", problems[0].Span, problems[0].Message))
	}
	if f.ID != id {
		panic(fmt.Sprintf("framework: expected the file of %q to be named after it, found %s", f.ID, name))
	}
	return f
}

// Read reads one framework file. It is nil when the list has errors.
func Read(file *source.File) (*Framework, diag.List) {
	f, _, list := read(file)
	return f, list
}

func read(file *source.File) (*Framework, *yamlsrc.Positions, diag.List) {
	f := &Framework{}
	positions, list := yamlsrc.Decode(file.Span(0, len(file.Text())), f, yamlsrc.Options{What: "framework"})
	if list.HasErrors() {
		return nil, positions, list
	}
	for _, flaw := range f.verify() {
		list.Errorf(flaw.code, positions.Nearest(flaw.path), flaw.hint, "%s", flaw.message)
	}
	if list.HasErrors() {
		return nil, positions, list
	}
	return f, positions, list
}

// With is the set with the frameworks of further files, such as Import writes.
// It reads all of them and reports what is wrong with each; a framework whose
// id is known is refused. s is not changed. The result is nil when the list has
// errors.
func (s *Set) With(files ...*source.File) (*Set, diag.List) {
	var list diag.List
	all := &Set{byID: maps.Clone(s.byID)}
	if all.byID == nil {
		all.byID = map[string]func() *Framework{}
	}
	added := map[string]source.Span{}
	for _, file := range files {
		f, positions, problems := read(file)
		list = append(list, problems...)
		if f == nil {
			continue
		}
		id := positions.Nearest("ID")
		if _, known := all.byID[f.ID]; known {
			list.Errorf(codeKnownID, id, "give the framework an id of its own", "another framework has the id %q", f.ID)
			if first, ok := added[f.ID]; ok {
				last := &list[len(list)-1]
				last.Notes = append(last.Notes, diag.Note{Span: first, Message: "this one"})
			}
			continue
		}
		all.byID[f.ID] = func() *Framework { return f }
		added[f.ID] = id
	}
	if list.HasErrors() {
		return nil, list
	}
	all.ids = slices.Sorted(maps.Keys(all.byID))
	return all, list
}

// Find is the framework with an id. It must not be changed.
func (s *Set) Find(id string) (*Framework, bool) {
	read, ok := s.byID[id]
	if !ok {
		return nil, false
	}
	return read(), true
}

// IDs are the ids of all frameworks, sorted.
func (s *Set) IDs() []string { return slices.Clone(s.ids) }
