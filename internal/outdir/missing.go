package outdir

import (
	"io"
	"io/fs"
)

// Missing is a Folder that is not there. It can be read, and holds nothing; whatever
// would change it is fs.ErrNotExist.
type Missing struct{}

var _ Folder = Missing{}

func missing(op, name string) error {
	return &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
}

// MkdirAll fails.
func (Missing) MkdirAll(name string) error { return missing("mkdir", name) }

// Create fails.
func (Missing) Create(name string) (Writer, error) { return nil, missing("create", name) }

// Append fails.
func (Missing) Append(name string) (Writer, error) { return nil, missing("append", name) }

// Open fails: there is no file.
func (Missing) Open(name string) (io.ReadCloser, error) { return nil, missing("open", name) }

// ReadDir fails: there is no folder.
func (Missing) ReadDir(name string) ([]fs.DirEntry, error) { return nil, missing("open", name) }

// Lstat fails: there is nothing.
func (Missing) Lstat(name string) (fs.FileInfo, error) { return nil, missing("lstat", name) }

// Rename fails.
func (Missing) Rename(from, _ string) error { return missing("rename", from) }

// Remove fails.
func (Missing) Remove(name string) error { return missing("remove", name) }

// SyncDir fails.
func (Missing) SyncDir(name string) error { return missing("sync", name) }

// Lock fails.
func (Missing) Lock(name, _ string) (io.Closer, error) { return nil, missing("lock", name) }

// LockShared fails.
func (Missing) LockShared(name string) (io.Closer, error) { return nil, missing("lock", name) }
