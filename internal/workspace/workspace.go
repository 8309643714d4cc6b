// Package workspace reads an agreement file together with the shared files it
// uses, and gives them as one tree in which every value knows its file.
//
// It is for the commands that read agreements: the provider's people, services
// and prices are written once and used by all customers. It keeps three
// promises. A used file lies inside the workspace, or, where there is none,
// inside the agreement's own folder; nothing else is opened. A value comes from
// one file: two files that say something about the same thing are an error,
// unless the later one changes it with a reason. A shared file gives terms,
// never a decision of the customer.
package workspace

import (
	"path/filepath"
	"slices"
	"sync"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Limits of what one agreement may use, directly and through others. They are
// far above what a person writes.
const (
	maxFiles = 64
	maxTotal = 1024 * 1024 // bytes of all files together
)

// maxHints is the number of problems after which nobody searches for what might
// have been meant.
const maxHints = 100

// Reader reads agreements. It parses each shared file once, however many
// agreements use it, and does not see when the file changes later. It may be
// used by several goroutines.
type Reader struct {
	mu      sync.Mutex
	folders map[string]*folder // by absolute path

	unwritten map[string][]byte // see NewReaderOver
}

// NewReader makes a Reader that has read nothing yet.
func NewReader() *Reader { return NewReaderOver(nil) }

// NewReaderOver makes a Reader for which files that are not written yet are there
// already: texts by absolute path. They can so be examined before they are written.
func NewReaderOver(unwritten map[string][]byte) *Reader {
	return &Reader{folders: map[string]*folder{}, unwritten: unwritten}
}

// Resolved is an agreement with all it uses.
type Resolved struct {
	Tree     *yamlsrc.Node  // the whole agreement, as if it were written in one file
	Files    []*source.File // in the order in which they were merged, the agreement last
	Settings *Settings      // the same for all agreements of a workspace
	Library  *Library       // with the customer's own clauses; nil without one

	notes map[*yamlsrc.Node]string // how a value came to be what it is
}

// Read resolves an agreement file, whose name is its path in the operating
// system. With an error in the list the result is nil; warnings come beside it.
func (r *Reader) Read(file *source.File) (*Resolved, diag.List, error) {
	return r.read(parseAgreement(file), resolve)
}

// Merge is Read for an agreement that is being written: prices, quantities and
// relative dates stand as the files say them, for what they need is not there yet.
func (r *Reader) Merge(file *source.File) (*Resolved, diag.List, error) {
	return r.read(parseAgreement(file), merge)
}

func (r *Reader) read(main *part, join func(used []*part, main *part) (*Resolved, diag.List)) (*Resolved, diag.List, error) {
	name, err := filepath.Abs(main.file.Name())
	if err != nil {
		return nil, nil, err
	}
	if main.list.HasErrors() {
		return nil, main.list.Sorted(), nil
	}
	root, up, isWorkspace := r.FindRoot(filepath.Dir(name))
	inside, err := filepath.Rel(root, name)
	if err != nil {
		return nil, nil, err
	}
	display := filepath.Dir(main.file.Name())
	for range up {
		display = filepath.Join(display, "..")
	}
	f := r.folder(root, display, isWorkspace)
	c := &collector{folder: f}
	c.collect(&part{uses: f.uses}, FileName)
	c.collect(main, filepath.ToSlash(inside))
	own := c.ownLibrary(main.tree, filepath.ToSlash(inside))
	list := slices.Concat(f.list, main.list, c.list)
	for _, p := range c.parts {
		list = append(list, p.list...)
	}
	if list.HasErrors() {
		return nil, list.Sorted(), nil
	}
	resolved, problems := join(c.parts, main)
	if list = append(list, problems...).Sorted(); list.HasErrors() {
		return nil, list, nil
	}
	resolved.Settings, resolved.Library = &f.settings, own
	return resolved, list, nil
}

// folder is the folder inside which used files must lie. display is its path in
// messages.
func (r *Reader) folder(dir, display string, isWorkspace bool) *folder {
	r.mu.Lock()
	defer r.mu.Unlock()
	f, ok := r.folders[dir]
	if !ok {
		f = &folder{dir: dir, display: display, isWorkspace: isWorkspace, unwritten: r.unwritten, parts: map[string]func() (*part, error){}}
		if isWorkspace {
			f.readSettings()
		}
		r.folders[dir] = f
	}
	return f
}
