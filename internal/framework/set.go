package framework

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

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
// goroutines may use it.
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
		set.ids = append(set.ids, id)
		set.byID[id] = sync.OnceValue(func() *Framework {
			f, err := builtIn(id)
			if err != nil {
				panic(fmt.Sprintf("framework: built-in data: %v", err))
			}
			return f
		})
	}
	slices.Sort(set.ids)
	return set, nil
}

// builtIn reads a built-in framework. An error is a defect of the data.
func builtIn(id string) (*Framework, error) {
	name := dataPrefix + id + dataSuffix
	file, err := source.ReadFS(data, "", name, yamlsrc.MaxSize)
	if err != nil {
		return nil, err
	}
	f := &Framework{}
	if _, problems := yamlsrc.Decode(file.Span(0, len(file.Text())), f, yamlsrc.Options{What: "framework"}); len(problems) > 0 {
		return nil, fmt.Errorf("%s: %s", problems[0].Span, problems[0].Message)
	}
	if err := f.verify(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if f.ID != id {
		return nil, fmt.Errorf("%s: expected the file of %q to be named after it", name, f.ID)
	}
	return f, nil
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
