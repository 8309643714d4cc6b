package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Library is a folder of clauses.
type Library struct {
	Dir     string // absolute, by which one library is told from another
	Display string // its path in messages
	FS      fs.FS  // what it holds; nothing outside of it, and nothing through a link
}

// OpenLibrary gives the library in a folder of the operating system, as a person
// names it. The error says why there is none.
func OpenLibrary(dir string) (Library, error) {
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return Library{}, errors.New("there is no such folder")
	case err != nil:
		return Library{}, errors.New(reason(err))
	case !info.IsDir():
		return Library{}, errors.New("this is no folder")
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return Library{}, err
	}
	return Library{Dir: absolute, Display: filepath.Clean(dir), FS: confined{absolute, "."}}, nil
}

// library is the library at a path inside the folder. Without one, why says so.
func (f *folder) library(name string) (l Library, why, hint string) {
	const write = "write the path of the folder with the library.yaml, with slashes"
	if name == "." {
		return Library{}, "it is the folder of the agreements", "put the clauses into a folder of their own"
	}
	inside := confined{f.dir, "."}
	at := "."
	for step := range strings.SplitSeq(name, "/") {
		info, err := inside.Lstat(path.Join(at, step))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return Library{}, "there is no such folder", "paths begin at the folder of this file"
		case err != nil:
			return Library{}, reason(err), write
		case info.Mode()&fs.ModeSymlink != 0:
			return Library{}, "a symbolic link leads to it", "put the folder itself in its place"
		case !info.IsDir():
			return Library{}, "it is no folder", write
		}
		// A system that does not tell small and large letters apart has found it
		// under another name.
		entries, err := fs.ReadDir(inside, at)
		if err != nil {
			return Library{}, reason(err), write
		}
		if !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == step }) {
			return Library{}, fmt.Sprintf("no folder is written %q", step), "write small and large letters as the folder has them"
		}
		at = path.Join(at, step)
	}
	return Library{
		Dir:     filepath.Join(f.dir, filepath.FromSlash(name)),
		Display: filepath.Join(f.display, filepath.FromSlash(name)),
		FS:      confined{f.dir, name},
	}, "", ""
}

// ownLibrary is the library that the agreement of a tree names, nil when it
// names none. name is the path of the agreement inside the folder.
func (c *collector) ownLibrary(tree *yamlsrc.Node, name string) *Library {
	clauses := tree.Field("clauses")
	if clauses == nil || clauses.Kind != yamlsrc.Mapping {
		return nil
	}
	n := clauses.Field("library")
	if n == nil || n.Kind != yamlsrc.Scalar || n.Value == "" {
		return nil // the decoder says what is wrong
	}
	written := n.Value
	inside := path.Join(path.Dir(name), written)
	switch {
	case strings.Contains(written, `\`) || strings.HasPrefix(written, "/") || filepath.VolumeName(filepath.FromSlash(written)) != "":
		c.list.Errorf(codeLibrary, n.Span, "write the path from the folder of this file, with slashes", "expected the path of a folder of clauses, found %q", written)
		return nil
	case outside(inside):
		c.list.Errorf(codeOutside, n.Span, c.folder.keepInside(), "%q lies outside of the folder %q", written, c.folder.display)
		return nil
	}
	library, why, hint := c.folder.library(inside)
	if why != "" {
		c.list.Errorf(codeLibrary, n.Span, hint, "%q is no library that can be read: %s", written, why)
		return nil
	}
	return &library
}

// confined is what a folder holds, as a file system. It follows no link, also
// none that stays inside, and opens files without blocking, so that a pipe
// cannot hang it. It opens the folder anew each time and needs no closing.
type confined struct {
	dir  string // of the operating system
	base string // path inside dir of what is its root
}

// Open opens a file or folder.
func (c confined) Open(name string) (fs.File, error) {
	root, full, info, err := c.find("open", name)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: source.ErrNotRegular}
	}
	f, err := root.OpenFile(full, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	// Somebody can have put another file in its place meanwhile.
	if opened, err := f.Stat(); err != nil || !os.SameFile(info, opened) {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.Join(errors.New("the file has changed"), err)}
	}
	return f, nil
}

// Stat says what is at a path, without following a link there.
func (c confined) Stat(name string) (fs.FileInfo, error) { return c.Lstat(name) }

// Lstat says what is at a path, without following a link there.
func (c confined) Lstat(name string) (fs.FileInfo, error) {
	root, _, info, err := c.find("stat", name)
	if err != nil {
		return nil, err
	}
	return info, root.Close()
}

// ReadLink refuses to read links.
func (c confined) ReadLink(name string) (string, error) {
	return "", &fs.PathError{Op: "readlink", Path: name, Err: errors.ErrUnsupported}
}

// find opens the root and looks a path up in it, of which no step before the
// last is a link.
func (c confined) find(op, name string) (root *os.Root, full string, info fs.FileInfo, err error) {
	if !fs.ValidPath(name) {
		return nil, "", nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	root, err = os.OpenRoot(c.dir)
	if err != nil {
		return nil, "", nil, err
	}
	full = path.Join(c.base, name)
	at := "."
	for step := range strings.SplitSeq(full, "/") {
		at = path.Join(at, step)
		if info, err = root.Lstat(at); err != nil {
			break
		}
		if at != full && !info.IsDir() {
			err = &fs.PathError{Op: op, Path: name, Err: source.ErrNotRegular}
			break
		}
	}
	if err != nil {
		root.Close()
		return nil, "", nil, err
	}
	return root, full, info, nil
}
