package outdir

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
)

// Folder is a folder to publish into. Names are slash paths inside it, "."
// being the folder itself, and nothing outside it can be reached, by links
// neither. A Folder may be used by several goroutines at once.
//
// Errors are those of package os: errors.Is knows fs.ErrNotExist, a full disk
// and the like.
type Folder interface {
	// MkdirAll makes a folder and those that it lies in. One that exists is
	// well.
	MkdirAll(name string) error
	// Create makes a new file. One that exists is fs.ErrExist.
	Create(name string) (Writer, error)
	// Append opens a file to write at its end, and makes it if it is missing.
	Append(name string) (Writer, error)
	// Open opens a regular file to read. Links, pipes and folders are errors,
	// and it never blocks.
	Open(name string) (io.ReadCloser, error)
	// ReadDir lists a folder by name.
	ReadDir(name string) ([]fs.DirEntry, error)
	// Lstat tells what stands at a name, and follows no link there.
	Lstat(name string) (fs.FileInfo, error)
	// Rename moves a file to a name and replaces what is there, at one moment.
	Rename(from, to string) error
	// Remove removes a file, or a folder that is empty.
	Remove(name string) error
	// SyncDir makes what was created, renamed and removed directly in a folder
	// outlast a loss of power.
	SyncDir(name string) error
	// Lock locks a file, which it makes if it is missing, and writes who holds
	// it into it. It lasts until it is closed or the process ends, in whatever
	// way. It never waits: when another holds a lock of either kind the error
	// is ErrLocked.
	Lock(name, holder string) (io.Closer, error)
	// LockShared locks a file as several may at once. When another holds it
	// alone the error is ErrLocked.
	LockShared(name string) (io.Closer, error)
}

// Writer is a file that is being written. What was written outlasts a loss of
// power once Sync has returned.
type Writer interface {
	io.WriteCloser
	Sync() error
}

// ErrInTheWay is that something else than a regular file stands at a name.
var ErrInTheWay = errors.New("it is no regular file")

// inTheWay says what does. It is ErrInTheWay.
type inTheWay fs.FileMode

func (w inTheWay) Error() string        { return "it is " + describe(fs.FileMode(w)) }
func (w inTheWay) Is(target error) bool { return target == ErrInTheWay }

// ErrLocked is that another holds a lock.
var ErrLocked = errors.New("it is locked")

// Open opens a folder, which is made if it is missing, together with its
// parents. Close it after use.
func Open(dir string) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("cannot make the folder: %w", err)
	}
	return OpenExisting(dir)
}

// OpenExisting opens a folder as Open does, but makes none: one that is missing
// is fs.ErrNotExist.
func OpenExisting(dir string) (*Dir, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("cannot open the folder: %w", err)
	}
	return &Dir{root}, nil
}

// Dir is a Folder on a disk.
type Dir struct{ root *os.Root }

var _ Folder = (*Dir)(nil)

// Close ends the use of the folder. Locks stay until they are closed.
func (d *Dir) Close() error { return d.root.Close() }

// MkdirAll makes a folder and its parents.
func (d *Dir) MkdirAll(name string) error { return d.root.MkdirAll(name, 0o777) }

// Create makes a new file.
func (d *Dir) Create(name string) (Writer, error) {
	return writer(d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644))
}

// Append opens a file to write at its end.
func (d *Dir) Append(name string) (Writer, error) {
	return writer(d.openRegular(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND))
}

// writer keeps a nil file from becoming a Writer that is not nil.
func writer(f *os.File, err error) (Writer, error) {
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Open opens a regular file to read.
func (d *Dir) Open(name string) (io.ReadCloser, error) {
	f, err := d.openRegular(name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// openRegular opens what is a regular file by its own name. It looks before
// and after: a link that is put there in between is another file.
func (d *Dir) openRegular(name string, flag int) (*os.File, error) {
	before, err := d.root.Lstat(name)
	if err != nil && (flag&os.O_CREATE == 0 || !errors.Is(err, fs.ErrNotExist)) {
		return nil, err
	}
	if err == nil && !before.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: inTheWay(before.Mode())}
	}
	f, err := d.root.OpenFile(name, flag|syscall.O_NONBLOCK, 0o644)
	if err != nil {
		return nil, err
	}
	after, err := f.Stat()
	if err == nil && (!after.Mode().IsRegular() || before != nil && !os.SameFile(before, after)) {
		err = &fs.PathError{Op: "open", Path: name, Err: errors.New("it was replaced meanwhile")}
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// ReadDir lists a folder by name.
func (d *Dir) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.root.FS(), name) }

// Lstat tells what stands at a name.
func (d *Dir) Lstat(name string) (fs.FileInfo, error) { return d.root.Lstat(name) }

// Rename moves a file.
func (d *Dir) Rename(from, to string) error { return d.root.Rename(from, to) }

// Remove removes a file or an empty folder.
func (d *Dir) Remove(name string) error { return d.root.Remove(name) }

// SyncDir makes changes of a folder last. Some systems cannot sync folders and
// say so; there is nothing more to do then.
func (d *Dir) SyncDir(name string) error {
	folder, err := d.root.Open(name)
	if err != nil {
		return err
	}
	defer folder.Close()
	if err := folder.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}

// Lock locks a file for one holder.
func (d *Dir) Lock(name, holder string) (io.Closer, error) {
	f, err := d.lock(name, true)
	if err != nil {
		return nil, err
	}
	// In place: renaming another file to the name would leave the lock on a
	// file that nobody finds.
	err = f.Truncate(0)
	if err == nil {
		_, err = f.WriteAt([]byte(holder), 0)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// LockShared locks a file for several.
func (d *Dir) LockShared(name string) (io.Closer, error) {
	f, err := d.lock(name, false)
	if err != nil {
		return nil, err
	}
	return f, nil
}

// lock locks an open file, so that the system lifts the lock when the process
// ends, also killed.
func (d *Dir) lock(name string, alone bool) (*os.File, error) {
	f, err := d.openRegular(name, os.O_RDWR|os.O_CREATE)
	if err != nil {
		return nil, err
	}
	if err := lockFile(f, alone); err != nil {
		return nil, errors.Join(&fs.PathError{Op: "lock", Path: name, Err: err}, f.Close())
	}
	return f, nil
}

// Write writes files that Publish or another is going to rename: each to the new
// name that stands at its place in temporaries. It returns when all are synced;
// on a failure it leaves none of them, and the error names the file.
func Write(folder Folder, files []File, temporaries []string) error {
	for first := 0; first < len(files); first += syncsAtOnce {
		last := min(first+syncsAtOnce, len(files))
		written, err := WriteUnsynced(folder, files[first:last], temporaries[first:last])
		if err == nil {
			err = Sync(written)
		}
		if err != nil {
			return errors.Join(err, RemoveAll(folder, temporaries[:last]))
		}
	}
	return nil
}

// Written is a file that is written, and open until it is synced.
type Written struct {
	name string // that it is going to have
	out  Writer
}

// WriteUnsynced is Write without the syncing. The files are open until Sync or Close.
func WriteUnsynced(folder Folder, files []File, temporaries []string) ([]Written, error) {
	written := make([]Written, 0, len(files))
	for i, f := range files {
		out, err := folder.Create(temporaries[i])
		if err == nil {
			written = append(written, Written{f.Name, out})
			_, err = out.Write(f.Data)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("cannot write %q: %w", f.Name, err), Close(written), RemoveAll(folder, temporaries[:i+1]))
		}
	}
	return written, nil
}

// syncsAtOnce is how many files are synced at a time. Several syncs at once take
// hardly longer than one.
const syncsAtOnce = 16

// Sync makes what was written outlast a loss of power, and closes the files. The
// error names the first file that failed.
func Sync(written []Written) error {
	errs := make([]error, len(written))
	var next atomic.Int64
	var syncs sync.WaitGroup
	for range min(syncsAtOnce, len(written)) {
		syncs.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(written); i = int(next.Add(1)) - 1 {
				errs[i] = written[i].out.Sync()
			}
		})
	}
	syncs.Wait()
	for i, w := range written {
		if err := w.out.Close(); errs[i] == nil {
			errs[i] = err
		}
	}
	for i, err := range errs {
		if err != nil {
			return fmt.Errorf("cannot write %q: %w", written[i].name, err)
		}
	}
	return nil
}

// Close closes files that nobody needs any more.
func Close(written []Written) error {
	var all error
	for _, w := range written {
		all = errors.Join(all, w.out.Close())
	}
	return all
}

// RemoveAll removes files. Those that are missing are well, and one that cannot
// be removed keeps no other.
func RemoveAll(folder Folder, names []string) error {
	var all error
	for _, name := range names {
		if err := folder.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, fmt.Errorf("cannot remove a temporary file: %w", err))
		}
	}
	return all
}

// CheckTarget reports what stands at a name and must not be replaced: anything
// but a regular file.
func CheckTarget(folder Folder, name string) error {
	info, err := folder.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return inTheWay(info.Mode())
	}
	return nil
}
