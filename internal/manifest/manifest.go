// Package manifest keeps what an output folder of a batch holds, and publishes
// into it.
//
// It is for runs that make the documents of many agreements, and for those who
// ask what such a run would do. Its promises, which hold after a kill at any
// moment, a full or read-only disk and a loss of power: a file at a final name
// is whole, old or new; the files of one document belong together, or the next
// Open says that they do not and knows nothing of them; and the journal of a
// folder holds the same bytes whatever happened on the way there.
//
// # Layout
//
// Documents stand in the folder itself. All else stands in .concordat:
//
//	documents/<id>.json  what a document was made of
//	lock                 held alone by a run of one process, shared by shards
//	1-of-4.lock          held by a shard
//	1-of-4.journal       what a shard has published
//	1-of-4/              temporary files, named by number
//
// Locks are those of the system and fall with their process. Their files stay:
// removing one would let two processes lock two files of one name.
//
// # Publishing
//
// A group of documents is published in five steps: temporary files, which were
// written before, are synced; the journal says what is intended, and is synced; the
// files are renamed; their folders are synced; the journal says that it is done. An
// intent that is not done was interrupted, and Open settles it.
//
// The journal is lines of text, each with its checksum. From the first line on
// that is not whole it is not trusted.
//
// # Shards
//
// An agreement belongs to one shard of a sharding by its path alone: two shards
// that run side by side never publish one document.
package manifest

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"concordat/internal/outdir"
)

// Output is a file that belongs to a document.
type Output struct {
	Name   string `json:"name"` // in the output folder, such as "lodz.pdf" or ".concordat/documents/lodz.json"
	Size   int64  `json:"size"` // in bytes
	SHA256 string `json:"sha256"`
}

// Entry is what is known of one published document. A document has one entry
// in a journal, the last one of its ID.
type Entry struct {
	ID        string   `json:"id"`
	Agreement string   `json:"agreement"` // path of its file, as the caller names it
	Version   string   `json:"version"`
	Inputs    string   `json:"inputs"`   // SHA-256 in hexadecimal, or nothing, of what the caller means by it
	Document  string   `json:"document"` // likewise
	Maker     string   `json:"maker"`    // likewise
	Files     []string `json:"files"`    // paths of the files that were used
	Words     string   `json:"words"`    // names the Words that were used
	Outputs   []Output `json:"outputs"`  // in the order in which they are published
}

// Words names the clauses and the layout of many documents.
type Words struct {
	Clauses []string `json:"clauses"`
	Terms   []string `json:"terms"`
	Layout  string   `json:"layout"`
}

// Shard is one of the processes that share the work of a run.
type Shard struct {
	Number int // from 1
	Count  int // at least 1
}

// String gives the name of a shard: 1-of-4.
func (s Shard) String() string { return fmt.Sprintf("%d-of-%d", s.Number, s.Count) }

// parseShard reads the name of a shard.
func parseShard(name string) (Shard, bool) {
	number, count, ok := strings.Cut(name, "-of-")
	if !ok {
		return Shard{}, false
	}
	n, err := strconv.Atoi(number)
	c, err2 := strconv.Atoi(count)
	s := Shard{n, c}
	return s, err == nil && err2 == nil && s.valid() && s.String() == name
}

func (s Shard) valid() bool { return 1 <= s.Number && s.Number <= s.Count }

// Holder is a process that uses a folder.
type Holder struct {
	PID  int
	Host string
}

// LockedError is that another process uses the folder. It is outdir.ErrLocked.
type LockedError struct {
	Holder Holder // zero when the other did not yet say who it is
	Name   string // of the file that is locked
}

func (e *LockedError) Error() string {
	if e.Holder.PID == 0 {
		return "the folder is in use by another process"
	}
	return fmt.Sprintf("the folder is in use by process %d on host %s", e.Holder.PID, e.Holder.Host)
}

// Unwrap gives outdir.ErrLocked.
func (e *LockedError) Unwrap() error { return outdir.ErrLocked }

// Names inside the folder.
const (
	home          = ".concordat"
	documents     = home + "/documents"
	lockName      = home + "/lock"
	lockSuffix    = ".lock"
	journalSuffix = ".journal"
)

func (s Shard) lock() string    { return home + "/" + s.String() + lockSuffix }
func (s Shard) journal() string { return home + "/" + s.String() + journalSuffix }
func (s Shard) staging() string { return home + "/" + s.String() }

// DocumentName gives the name of the file of what a document was made of.
func DocumentName(id string) string { return documents + "/" + id + ".json" }

// Manifest is an output folder. Its methods may be called by several goroutines
// at once; those that publish work one after the other.
type Manifest struct {
	folder   outdir.Folder
	shard    Shard
	locks    []io.Closer
	number   atomic.Int64 // of the last temporary file
	buffers  sync.Pool    // *[]byte, for digests
	readOnly bool

	publishing sync.Mutex
	journal    *journal // of the own shard
	broken     error    // why nothing more can be published

	mu    sync.RWMutex
	store store
	torn  map[string]bool     // ids whose files do not belong together
	left  map[string][]string // id -> temporary files of an interrupted run of another sharding
	fresh map[string]bool     // ids that this run has published or noted
}

// Open opens the output folder for one shard, and settles what was interrupted:
// a document whose files are all there, renamed or not, is completed; otherwise
// its entry is gone. The findings say so, each in one line for a person.
//
// It never waits: when another run uses the folder the error is a *LockedError.
func Open(folder outdir.Folder, shard Shard, holder Holder) (*Manifest, []string, error) {
	if !shard.valid() {
		panic(fmt.Sprintf("manifest: shard %v", shard))
	}
	m := newManifest(folder)
	m.shard = shard
	findings, err := m.open(holder)
	if err != nil {
		return nil, nil, errors.Join(err, m.release())
	}
	return m, findings, nil
}

// Read reads an output folder that a run may be using. It locks, writes and
// settles nothing: a document that was interrupted counts as not published. What
// would write, and Close and Abort, panic. A folder that no run has used is empty.
func Read(folder outdir.Folder) (*Manifest, []string, error) {
	m := newManifest(folder)
	m.readOnly = true
	shards, err := m.shards(journalSuffix)
	if err != nil {
		return nil, nil, err
	}
	var findings []string
	for _, s := range shards {
		l, err := m.load(s)
		if err != nil {
			return nil, nil, err
		}
		if l == nil {
			continue
		}
		findings = append(findings, l.findings()...)
		for _, i := range l.intents() {
			findings = append(findings, fmt.Sprintf("publishing the pair of %s was interrupted", i.id()))
		}
	}
	return m, findings, nil
}

func newManifest(folder outdir.Folder) *Manifest {
	m := &Manifest{
		folder: folder,
		torn:   map[string]bool{},
		left:   map[string][]string{},
		fresh:  map[string]bool{},
		store:  newStore(),
	}
	m.buffers.New = func() any { b := make([]byte, 64<<10); return &b }
	return m
}

func (m *Manifest) open(holder Holder) ([]string, error) {
	if err := m.makeFolder(home); err != nil {
		return nil, err
	}
	if err := m.lock(holder); err != nil {
		return nil, err
	}
	for _, name := range []string{documents, m.shard.staging()} {
		if err := m.makeFolder(name); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{".", home} {
		if err := m.folder.SyncDir(name); err != nil {
			return nil, fmt.Errorf("cannot sync the folder of the manifest: %w", err)
		}
	}
	shards, err := m.shards(journalSuffix)
	if err != nil {
		return nil, err
	}
	var findings []string
	var own *loaded
	var others []*loaded
	for _, s := range shards {
		// Other shards of the same count may be at work.
		if s != m.shard && s.Count == m.shard.Count {
			continue
		}
		l, err := m.load(s)
		if err != nil {
			return nil, err
		}
		switch {
		case l == nil:
			continue
		case s == m.shard:
			own = l
		default:
			others = append(others, l)
		}
		findings = append(findings, l.findings()...)
	}
	settled, err := m.settle(own, others)
	if err != nil {
		return nil, err
	}
	findings = append(findings, settled...)
	if err := m.sweepOwn(); err != nil {
		return nil, err
	}
	if own == nil || own.cut || own.damaged > 0 || len(own.pending) > 0 {
		return findings, m.compact(m.store.ids(m.shard))
	}
	m.journal = newJournal(m.folder, m.shard.journal(), &m.store)
	m.journal.resume(own)
	return findings, nil
}

// makeFolder makes a folder of the manifest.
func (m *Manifest) makeFolder(name string) error {
	if err := m.folder.MkdirAll(name); err != nil {
		return fmt.Errorf("cannot make the folder of the manifest: %w", m.noFolder(name, err))
	}
	return nil
}

// noFolder is the error of a folder, or that something else stands in its place.
func (m *Manifest) noFolder(name string, err error) error {
	if info, lstatErr := m.folder.Lstat(name); lstatErr == nil && !info.IsDir() {
		return fmt.Errorf("expected the folder %q, found a file or link: move it away, or name another output folder", name)
	}
	return err
}

// shards lists the shards of which there is a file with a suffix, by count and
// number.
func (m *Manifest) shards(suffix string) ([]Shard, error) {
	entries, err := m.folder.ReadDir(home)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the folder of the manifest: %w", m.noFolder(home, err))
	}
	var list []Shard
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), suffix); ok {
			if s, ok := parseShard(name); ok {
				list = append(list, s)
			}
		}
	}
	slices.SortFunc(list, func(a, b Shard) int {
		if a.Count != b.Count {
			return a.Count - b.Count
		}
		return a.Number - b.Number
	})
	return list, nil
}

// Entries gives what is known of the documents of an agreement: normally one
// entry, or none; several when it had other IDs, or when journals of other
// shardings tell something else of one, that of the own journal first. Those of one
// ID that Matches finds in place have the same files. Documents whose files do not
// belong together have none.
func (m *Manifest) Entries(agreement string) []Entry {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var list []Entry
	for _, r := range m.store.of(agreement, m.shard) {
		if e := m.store.unpack(r.blob); !m.torn[e.ID] {
			list = append(list, e)
		}
	}
	return list
}

// All gives all entries, by agreement and ID, for finding documents whose
// agreement is gone.
func (m *Manifest) All() iter.Seq[Entry] {
	m.mu.RLock()
	sorted := m.store.sorted(m.shard)
	m.mu.RUnlock()
	return func(yield func(Entry) bool) {
		for _, blob := range sorted {
			m.mu.RLock()
			e := m.store.unpack(blob)
			torn := m.torn[e.ID]
			m.mu.RUnlock()
			if !torn && !yield(e) {
				return
			}
		}
	}
}

// Words gives the clauses and the layout that Entry.Words names.
func (m *Manifest) Words(key string) (Words, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.store.wordsOf(key)
}

// Close makes all of the journal last, in the form that has one line for each
// document, in order. A run of one process takes over the journals of all
// shards and removes theirs. Then the locks are released, whatever happened.
//
// When something could not be published the journal stays as it is, so that the
// next Open settles it, and the error says what it was.
func (m *Manifest) Close() error {
	m.mayWrite()
	m.publishing.Lock()
	defer m.publishing.Unlock()
	err := m.broken
	if err == nil {
		err = m.finish()
	}
	m.broken = errors.New("the manifest is closed")
	return errors.Join(err, m.release())
}

// Abort releases the locks and leaves the journal as it is. What was published
// stays, and the next Open knows it. After Close it does nothing.
func (m *Manifest) Abort() error {
	m.mayWrite()
	m.publishing.Lock()
	defer m.publishing.Unlock()
	if m.broken == nil {
		m.broken = errors.New("the manifest is closed")
	}
	return m.release()
}

// mayWrite panics on a Manifest that was read only.
func (m *Manifest) mayWrite() {
	if m.readOnly {
		panic("manifest: opened by Read")
	}
}

// release closes what is open, the locks last.
func (m *Manifest) release() error {
	var all error
	if m.journal != nil {
		all = m.journal.close()
	}
	for _, l := range slices.Backward(m.locks) {
		all = errors.Join(all, l.Close())
	}
	m.locks = nil
	return all
}
