// Package faultdir is a disk in memory whose operations can be made to fail,
// and whose power can be cut.
//
// It is for the tests of those who publish files. Its promise: it fails as
// disks do, at an operation that the test names by its number, and what it says
// was synced, and nothing else, is sure to be there after the power was lost.
package faultdir

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Disk is a folder in memory. It outlives the processes that work on it.
type Disk struct {
	mu    sync.Mutex
	root  *node
	locks map[*node]*held
}

// node is a file or a folder.
type node struct {
	dir            bool
	data, synced   []byte
	alone          bool             // no copy of the disk shares data
	entries, lasts map[string]*node // as seen, and as of the last sync
}

// held is who locks a file.
type held struct {
	alone bool
	by    []*Process
}

// New makes an empty disk.
func New() *Disk { return &Disk{root: newFolder(), locks: map[*node]*held{}} }

func newFolder() *node {
	return &node{dir: true, entries: map[string]*node{}, lasts: map[string]*node{}}
}

// Process begins a process that works on the disk, and on which a fault falls.
func (d *Disk) Process(f Fault) *Process { return &Process{disk: d, fault: f} }

// Clone copies a disk, all as synced as it was, with nobody at work on it.
func (d *Disk) Clone() *Disk {
	d.mu.Lock()
	defer d.mu.Unlock()
	copies := map[*node]*node{}
	var clone func(n *node) *node
	clone = func(n *node) *node {
		if c, ok := copies[n]; ok {
			return c
		}
		n.alone = false
		c := &node{dir: n.dir, data: n.data, synced: n.synced}
		copies[n] = c
		if n.dir {
			c.entries, c.lasts = make(map[string]*node, len(n.entries)), make(map[string]*node, len(n.lasts))
			for name, e := range n.entries {
				c.entries[name] = clone(e)
			}
			for name, e := range n.lasts {
				c.lasts[name] = clone(e)
			}
		}
		return c
	}
	return &Disk{root: clone(d.root), locks: map[*node]*held{}}
}

// PowerLoss gives the disk as it is found after its power was cut. A file has
// the bytes of its last sync, or, by the seed, some or all of those written
// since, or zeros in their place. An entry that was made, replaced or removed
// in a folder and not synced since has changed or not, by the seed, each apart
// from all others.
func (d *Disk) PowerLoss(seed uint64) *Disk {
	after := d.Clone()
	random := rand.New(rand.NewPCG(seed, 1))
	seen := map[*node]bool{}
	var lose func(n *node)
	lose = func(n *node) {
		if seen[n] {
			return
		}
		seen[n] = true
		if !n.dir {
			n.data = lost(n, random)
			n.synced = n.data
			return
		}
		var names []string
		for name := range n.entries {
			names = append(names, name)
		}
		for name := range n.lasts {
			if _, ok := n.entries[name]; !ok {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for _, name := range names {
			now, last := n.entries[name], n.lasts[name]
			if now != last && random.IntN(2) == 0 {
				now = last
			}
			if now == nil {
				delete(n.entries, name)
				delete(n.lasts, name)
				continue
			}
			n.entries[name], n.lasts[name] = now, now
			lose(now)
		}
	}
	lose(after.root)
	return after
}

// lost gives what is left of a file.
func lost(n *node, random *rand.Rand) []byte {
	if string(n.data) == string(n.synced) {
		return n.data
	}
	if !strings.HasPrefix(string(n.data), string(n.synced)) {
		if random.IntN(2) == 0 {
			return n.synced
		}
		return n.data
	}
	tail := n.data[len(n.synced):]
	kept := slices.Clone(n.data)
	switch at := len(n.synced) + random.IntN(len(tail)+1); random.IntN(4) {
	case 0:
		return n.synced
	case 1:
		return n.data
	case 2:
		return kept[:at]
	default:
		clear(kept[at:])
		return kept
	}
}

// Tree gives all files, by name their bytes, and all folders, by name and a
// slash nothing.
func (d *Disk) Tree() map[string]string {
	d.mu.Lock()
	defer d.mu.Unlock()
	tree := map[string]string{}
	var walk func(prefix string, n *node)
	walk = func(prefix string, n *node) {
		for name, e := range n.entries {
			if e.dir {
				tree[prefix+name+"/"] = ""
				walk(prefix+name+"/", e)
				continue
			}
			tree[prefix+name] = string(e.data)
		}
	}
	walk("", d.root)
	return tree
}

// Put writes a file, synced, as a test wants to find it. The folder that it
// lies in exists.
func (d *Disk) Put(name, text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	folder, base, err := d.parent(name)
	if err != nil {
		panic(fmt.Sprintf("no folder for %q", name))
	}
	n := &node{data: []byte(text), synced: []byte(text)}
	folder.entries[base], folder.lasts[base] = n, n
}

// find gives what stands at a name.
func (d *Disk) find(name string) (*node, error) {
	n := d.root
	if name == "." {
		return n, nil
	}
	for element := range strings.SplitSeq(name, "/") {
		if !n.dir {
			return nil, syscall.ENOTDIR
		}
		next, ok := n.entries[element]
		if !ok {
			return nil, fs.ErrNotExist
		}
		n = next
	}
	return n, nil
}

// parent gives the folder of a name and the last element of it.
func (d *Disk) parent(name string) (*node, string, error) {
	if !fs.ValidPath(name) || name == "." {
		return nil, "", fs.ErrInvalid
	}
	folder, err := d.find(path.Dir(name))
	if err == nil && !folder.dir {
		err = syscall.ENOTDIR
	}
	return folder, path.Base(name), err
}

// info tells of a node.
type info struct {
	name string
	size int64
	dir  bool
}

func (i info) Name() string               { return i.name }
func (i info) Size() int64                { return i.size }
func (i info) Mode() fs.FileMode          { return i.Type() | 0o644 }
func (i info) ModTime() time.Time         { return time.Time{} }
func (i info) IsDir() bool                { return i.dir }
func (i info) Sys() any                   { return nil }
func (i info) Info() (fs.FileInfo, error) { return i, nil }
func (i info) Type() fs.FileMode {
	if i.dir {
		return fs.ModeDir
	}
	return 0
}
