package faultdir

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"

	"concordat/internal/outdir"
)

// Kind is a way to fail.
type Kind int

// The ways to fail.
const (
	NoSpace    Kind = iota + 1 // ENOSPC, nothing was done
	IO                         // EIO, nothing was done
	ReadOnly                   // EROFS, nothing was done
	ShortWrite                 // a write puts down half of its bytes, then ENOSPC; other operations as NoSpace
	Death                      // the process ends: this operation and all after it are ErrDead, and its locks fall
)

// Kinds lists the ways to fail.
func Kinds() []Kind { return []Kind{NoSpace, IO, ReadOnly, ShortWrite, Death} }

// String names a kind as the system does.
func (k Kind) String() string {
	switch k {
	case NoSpace:
		return "ENOSPC"
	case IO:
		return "EIO"
	case ReadOnly:
		return "EROFS"
	case ShortWrite:
		return "short write"
	case Death:
		return "death"
	default:
		panic(k)
	}
}

// Err gives what the operation that fails returns.
func (k Kind) Err() error {
	switch k {
	case NoSpace, ShortWrite:
		return syscall.ENOSPC
	case IO:
		return syscall.EIO
	case ReadOnly:
		return syscall.EROFS
	case Death:
		return ErrDead
	default:
		panic(k)
	}
}

// ErrDead is what a process that has ended is told.
var ErrDead = errors.New("the process is dead")

// Fault is the failure of one operation, or of all from one on.
type Fault struct {
	At   int // number of the operation, from 1; 0 fails none
	Kind Kind
	// Lasting makes all operations after it fail too which such a disk would
	// refuse: a full one what writes and makes, one for reading only all that
	// changes, a broken one all.
	Lasting bool
}

// Process is a Folder as one process sees it. It counts its operations: each
// call that reads or changes the disk, those of files that it opened too, but
// not the closing of what was read and of locks.
type Process struct {
	disk  *Disk
	fault Fault

	mu    sync.Mutex
	count int
	dead  bool
}

var _ outdir.Folder = (*Process)(nil)

// Operations gives how many operations were asked for so far.
func (p *Process) Operations() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count
}

// Kill ends the process: its locks fall, and nothing that it asks for is done
// any more.
func (p *Process) Kill() {
	p.mu.Lock()
	p.dead = true
	p.mu.Unlock()
	p.disk.mu.Lock()
	defer p.disk.mu.Unlock()
	for n := range p.disk.locks {
		p.disk.unlock(n, p)
	}
}

// what an operation does, for faults that last.
type what int

const (
	reads   what = iota + 1
	grows        // takes room on the disk
	changes      // changes the disk and takes no room
)

// step counts an operation and gives the error that it fails with.
func (p *Process) step(w what) error {
	p.mu.Lock()
	p.count++
	k := p.fault.Kind
	fails := p.fault.At != 0 && (p.count == p.fault.At || p.fault.Lasting && p.count > p.fault.At && (k == IO || w == grows || w == changes && k == ReadOnly))
	dead := p.dead || fails && k == Death
	p.mu.Unlock()
	switch {
	case dead:
		p.Kill()
		return ErrDead
	case fails:
		return k.Err()
	}
	return nil
}

// do does an operation under the lock of the disk.
func (p *Process) do(w what, op, name string, f func(d *Disk) error) error {
	err := p.step(w)
	if err == nil {
		p.disk.mu.Lock()
		defer p.disk.mu.Unlock()
		err = f(p.disk)
	}
	if err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	return nil
}

// MkdirAll makes a folder and its parents.
func (p *Process) MkdirAll(name string) error {
	return p.do(grows, "mkdir", name, func(d *Disk) error {
		n := d.root
		for element := range strings.SplitSeq(name, "/") {
			if element == "." {
				continue
			}
			next, ok := n.entries[element]
			if !ok {
				next = newFolder()
				n.entries[element] = next
			}
			if !next.dir {
				return syscall.ENOTDIR
			}
			n = next
		}
		return nil
	})
}

// Create makes a new file.
func (p *Process) Create(name string) (outdir.Writer, error) {
	n := &node{}
	err := p.do(grows, "create", name, func(d *Disk) error {
		folder, base, err := d.parent(name)
		if err != nil {
			return err
		}
		if _, ok := folder.entries[base]; ok {
			return fs.ErrExist
		}
		folder.entries[base] = n
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &writer{p, n, name}, nil
}

// Append opens a file to write at its end.
func (p *Process) Append(name string) (outdir.Writer, error) {
	var n *node
	err := p.do(grows, "append", name, func(d *Disk) (err error) {
		n, err = d.findOrMake(name)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &writer{p, n, name}, nil
}

// findOrMake gives the file at a name.
func (d *Disk) findOrMake(name string) (*node, error) {
	folder, base, err := d.parent(name)
	if err != nil {
		return nil, err
	}
	n, ok := folder.entries[base]
	if !ok {
		n = &node{}
		folder.entries[base] = n
	}
	if n.dir {
		return nil, syscall.EISDIR
	}
	return n, nil
}

// writer writes at the end of a file.
type writer struct {
	process *Process
	node    *node
	name    string
}

func (w *writer) Write(data []byte) (int, error) {
	err := w.process.do(grows, "write", w.name, func(*Disk) error {
		w.put(data)
		return nil
	})
	if err == nil {
		return len(data), nil
	}
	if w.process.fault.Kind == ShortWrite && errors.Is(err, syscall.ENOSPC) {
		w.process.disk.mu.Lock()
		defer w.process.disk.mu.Unlock()
		w.put(data[:len(data)/2])
		return len(data) / 2, err
	}
	return 0, err
}

// put adds bytes. The old ones are never changed in place: copies of the disk
// share them.
func (w *writer) put(data []byte) {
	n := w.node
	if !n.alone {
		n.data = slices.Clip(n.data)
		n.alone = true
	}
	n.data = append(n.data, data...)
}

func (w *writer) Sync() error {
	return w.process.do(changes, "sync", w.name, func(*Disk) error {
		w.node.synced = w.node.data
		return nil
	})
}

func (w *writer) Close() error {
	return w.process.do(changes, "close", w.name, func(*Disk) error { return nil })
}

// Open opens a file to read.
func (p *Process) Open(name string) (io.ReadCloser, error) {
	r := &reader{process: p, name: name}
	err := p.do(reads, "open", name, func(d *Disk) error {
		n, err := d.find(name)
		if err != nil {
			return err
		}
		if n.dir {
			return syscall.EISDIR
		}
		r.rest = n.data
		return nil
	})
	if err != nil {
		return nil, err
	}
	return r, nil
}

// reader reads what a file held when it was opened.
type reader struct {
	process *Process
	name    string
	rest    []byte
}

func (r *reader) Read(b []byte) (int, error) {
	if err := r.process.do(reads, "read", r.name, func(*Disk) error { return nil }); err != nil {
		return 0, err
	}
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(b, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *reader) Close() error { return nil }

// ReadDir lists a folder by name.
func (p *Process) ReadDir(name string) ([]fs.DirEntry, error) {
	var list []fs.DirEntry
	err := p.do(reads, "readdir", name, func(d *Disk) error {
		n, err := d.find(name)
		if err != nil {
			return err
		}
		if !n.dir {
			return syscall.ENOTDIR
		}
		for base, e := range n.entries {
			list = append(list, info{base, int64(len(e.data)), e.dir})
		}
		return nil
	})
	slices.SortFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return list, err
}

// Lstat tells what stands at a name.
func (p *Process) Lstat(name string) (fs.FileInfo, error) {
	var found info
	err := p.do(reads, "lstat", name, func(d *Disk) error {
		n, err := d.find(name)
		if err != nil {
			return err
		}
		found = info{path.Base(name), int64(len(n.data)), n.dir}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// Rename moves a file.
func (p *Process) Rename(from, to string) error {
	return p.do(changes, "rename", from, func(d *Disk) error {
		source, old, err := d.parent(from)
		if err != nil {
			return err
		}
		n, ok := source.entries[old]
		if !ok {
			return fs.ErrNotExist
		}
		target, base, err := d.parent(to)
		if err != nil {
			return err
		}
		if there, ok := target.entries[base]; ok && there.dir {
			return fs.ErrExist
		}
		delete(source.entries, old)
		target.entries[base] = n
		return nil
	})
}

// Remove removes a file or an empty folder.
func (p *Process) Remove(name string) error {
	return p.do(changes, "remove", name, func(d *Disk) error {
		folder, base, err := d.parent(name)
		if err != nil {
			return err
		}
		n, ok := folder.entries[base]
		if !ok {
			return fs.ErrNotExist
		}
		if len(n.entries) > 0 {
			return syscall.ENOTEMPTY
		}
		delete(folder.entries, base)
		return nil
	})
}

// SyncDir makes the entries of a folder last.
func (p *Process) SyncDir(name string) error {
	return p.do(changes, "syncdir", name, func(d *Disk) error {
		n, err := d.find(name)
		if err != nil {
			return err
		}
		if !n.dir {
			return syscall.ENOTDIR
		}
		n.lasts = make(map[string]*node, len(n.entries))
		for base, e := range n.entries {
			n.lasts[base] = e
		}
		return nil
	})
}

// Lock locks a file for one holder.
func (p *Process) Lock(name, holder string) (io.Closer, error) { return p.lock(name, true, holder) }

// LockShared locks a file for several.
func (p *Process) LockShared(name string) (io.Closer, error) { return p.lock(name, false, "") }

func (p *Process) lock(name string, alone bool, holder string) (io.Closer, error) {
	var n *node
	err := p.do(grows, "lock", name, func(d *Disk) (err error) {
		if n, err = d.findOrMake(name); err != nil {
			return err
		}
		h := d.locks[n]
		if h != nil && (h.alone || alone) {
			return outdir.ErrLocked
		}
		if h == nil {
			h = &held{alone: alone}
			d.locks[n] = h
		}
		h.by = append(h.by, p)
		if alone {
			n.data = []byte(holder)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &lock{process: p, node: n}, nil
}

// unlock takes all locks of a process off a file.
func (d *Disk) unlock(n *node, p *Process) {
	h := d.locks[n]
	h.by = slices.DeleteFunc(h.by, func(by *Process) bool { return by == p })
	if len(h.by) == 0 {
		delete(d.locks, n)
	}
}

// lock is one lock of a process.
type lock struct {
	process *Process
	node    *node
	once    sync.Once
}

func (l *lock) Close() error {
	l.once.Do(func() {
		l.process.disk.mu.Lock()
		defer l.process.disk.mu.Unlock()
		if h := l.process.disk.locks[l.node]; h != nil {
			if i := slices.Index(h.by, l.process); i >= 0 {
				h.by = slices.Delete(h.by, i, i+1)
			}
			if len(h.by) == 0 {
				delete(l.process.disk.locks, l.node)
			}
		}
	})
	return nil
}
