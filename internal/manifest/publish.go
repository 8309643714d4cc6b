package manifest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"concordat/internal/outdir"
)

// File is a file to stage.
type File struct {
	Output
	Data []byte
}

// NewFile is data under a name, with its digest.
func NewFile(name string, data []byte) File {
	return File{Output{name, int64(len(data)), Digest(data)}, data}
}

// Digest is the SHA-256 of data in hexadecimal digits.
func Digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Staged is files that are written under temporary names, and open.
type Staged struct {
	manifest    *Manifest
	outputs     []Output
	written     []outdir.Written // none when synced or discarded
	temporaries []string         // none when published or discarded
}

// Discard removes the temporary files, unless they are published.
func (s *Staged) Discard() error {
	written, names := s.written, s.temporaries
	s.written, s.temporaries = nil, nil
	return errors.Join(outdir.Close(written), outdir.RemoveAll(s.manifest.folder, names))
}

// syncAll syncs and closes the files of several at once.
func syncAll(staged ...*Staged) error {
	var written []outdir.Written
	for _, s := range staged {
		written = append(written, s.written...)
		s.written = nil
	}
	return outdir.Sync(written)
}

// Set is one document to publish.
type Set struct {
	Entry  Entry // its Outputs are those of Staged, whatever it says
	Words  Words // that Entry.Words names
	Staged *Staged
}

// Stage writes files under temporary names. They stay open until they are published
// or discarded. A name is one of the
// output folder or one of DocumentName; anything else, and a name where
// something else than a file stands, is an error before anything is written. On
// a failure nothing is left.
func (m *Manifest) Stage(files []File) (*Staged, error) {
	m.mayWrite()
	s := &Staged{manifest: m}
	var write []outdir.File
	for _, f := range files {
		if err := checkName(f.Name); err != nil {
			return nil, err
		}
		if err := outdir.CheckTarget(m.folder, f.Name); err != nil {
			return nil, fmt.Errorf("cannot replace %q: %w", f.Name, err)
		}
		write = append(write, outdir.File{Name: f.Name, Data: f.Data})
		s.outputs = append(s.outputs, f.Output)
		s.temporaries = append(s.temporaries, m.temporary())
	}
	var err error
	s.written, err = outdir.WriteUnsynced(m.folder, write, s.temporaries)
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Keep publishes files at once and without the journal: each takes its name whole,
// and they outlast a loss of power when it returns. It is for files that belong to
// no pair: those of an earlier version under names of their own, and what a document
// was made of when the document itself stays, for which a Note follows. Once
// publishing has failed, or ended, it keeps nothing.
func (m *Manifest) Keep(files []File) error {
	m.mayWrite()
	m.publishing.Lock()
	err := m.broken
	m.publishing.Unlock()
	if err != nil {
		return err
	}
	s, err := m.Stage(files)
	if err != nil {
		return err
	}
	if err := syncAll(s); err != nil {
		return errors.Join(err, s.Discard())
	}
	var folders []string
	for i, o := range s.outputs {
		if err := m.folder.Rename(s.temporaries[i], o.Name); err != nil {
			s.temporaries = s.temporaries[i:]
			return errors.Join(fmt.Errorf("cannot rename a temporary file to %q: %w", o.Name, err), s.Discard())
		}
		folders = append(folders, path.Dir(o.Name))
	}
	return m.syncFolders(folders)
}

const temporarySuffix = ".tmp"

// temporary gives a name in the own staging folder that this run has not used.
func (m *Manifest) temporary() string {
	return fmt.Sprintf("%s/%08d%s", m.shard.staging(), m.number.Add(1), temporarySuffix)
}

// isTemporary tells the temporary names of a shard from all others.
func isTemporary(s Shard, name string) bool {
	folder, base := path.Split(name)
	number, ok := strings.CutSuffix(base, temporarySuffix)
	return ok && folder == s.staging()+"/" && len(number) >= 8 && strings.Trim(number, "0123456789") == ""
}

// checkName says why a name is none of a file to publish.
func checkName(name string) error {
	base, inside := strings.CutPrefix(name, documents+"/")
	if err := outdir.CheckName(base); err != nil {
		return err
	}
	if !inside && strings.EqualFold(name, home) {
		return fmt.Errorf("cannot name a file %q: the manifest stands there", name)
	}
	return nil
}

// Publish makes staged files those of their documents, and keeps the entries:
// of one document after the other, and of each its files in the order in which
// they were staged. When it returns they outlast a loss of power.
//
// After a failure no document has changed but those of the group; the temporary
// files of those that have not begun to change are removed, and the Manifest
// publishes nothing more. The next Open settles what was begun.
func (m *Manifest) Publish(sets []Set) error {
	m.mayWrite()
	m.publishing.Lock()
	defer m.publishing.Unlock()
	if m.broken != nil {
		return errors.Join(m.broken, discard(sets))
	}
	if len(sets) == 0 {
		return nil
	}
	blobs, err := m.pack(sets)
	if err == nil {
		err = m.publish(sets, blobs)
	}
	if err != nil {
		m.broken = err
		return errors.Join(err, discard(sets))
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	own := m.store.journalOf(m.shard)
	for i, blob := range blobs {
		m.keep(own, sets[i].Entry.ID, blob)
	}
	return nil
}

// keep makes an entry of this run that of its document.
func (m *Manifest) keep(own *entries, id, blob string) {
	m.store.put(own, blob)
	m.fresh[id] = true
	delete(m.torn, id)
}

func discard(sets []Set) error {
	var all error
	for _, s := range sets {
		all = errors.Join(all, s.Staged.Discard())
	}
	return all
}

func (m *Manifest) pack(sets []Set) ([]string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	blobs := make([]string, len(sets))
	for i, s := range sets {
		e := s.Entry
		e.Outputs = s.Staged.outputs
		if len(s.Staged.temporaries) != len(e.Outputs) {
			panic("manifest: " + e.ID + " was published or discarded before")
		}
		var err error
		if blobs[i], err = m.packOne(e, s.Words); err != nil {
			return nil, err
		}
	}
	return blobs, nil
}

func (m *Manifest) packOne(e Entry, w Words) (string, error) {
	blob, err := m.store.pack(e)
	if err != nil {
		return "", fmt.Errorf("cannot keep what %s was made of: %w", e.ID, err)
	}
	m.store.learn(e.Words, w)
	return blob, nil
}

func (m *Manifest) publish(sets []Set, blobs []string) error {
	staged := make([]*Staged, len(sets))
	for i, s := range sets {
		staged[i] = s.Staged
	}
	if err := syncAll(staged...); err != nil {
		return err
	}
	if err := m.clear(sets); err != nil {
		return err
	}
	if err := m.folder.SyncDir(m.shard.staging()); err != nil {
		return fmt.Errorf("cannot sync temporary files: %w", err)
	}
	for i, s := range sets {
		m.journal.entry(blobs[i], s.Staged.temporaries)
	}
	err := m.journal.flush()
	if err == nil {
		err = m.journal.sync()
	}
	if err != nil {
		return fmt.Errorf("cannot write the journal: %w", err)
	}
	var folders []string
	for _, s := range sets {
		temporaries := s.Staged.temporaries
		for i, o := range s.Staged.outputs {
			if err := m.folder.Rename(temporaries[i], o.Name); err != nil {
				if i > 0 {
					// The next Open completes what was begun.
					s.Staged.temporaries = nil
				}
				return fmt.Errorf("cannot rename a temporary file to %q: %w", o.Name, err)
			}
			folders = append(folders, path.Dir(o.Name))
		}
		s.Staged.temporaries = nil
	}
	if err := m.syncFolders(folders); err != nil {
		return err
	}
	for _, s := range sets {
		m.journal.done(s.Entry.ID)
	}
	if err := m.journal.flush(); err != nil {
		return fmt.Errorf("cannot write the journal: %w", err)
	}
	return nil
}

// clear removes temporary files of interrupted runs of other shardings: their
// shards would complete an older document with them.
func (m *Manifest) clear(sets []Set) error {
	var names, folders []string
	for _, s := range sets {
		names = append(names, m.left[s.Entry.ID]...)
	}
	for _, name := range names {
		folders = append(folders, path.Dir(name))
	}
	if err := outdir.RemoveAll(m.folder, names); err != nil {
		return err
	}
	if err := m.syncFolders(folders); err != nil {
		return err
	}
	for _, s := range sets {
		delete(m.left, s.Entry.ID)
	}
	return nil
}

// syncFolders syncs each of some folders once.
func (m *Manifest) syncFolders(names []string) error {
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if err := m.folder.SyncDir(name); err != nil {
			return fmt.Errorf("cannot sync the folder: %w", err)
		}
	}
	return nil
}

// Note keeps an entry whose files are in place already. When several Entries
// of an agreement were given and one of them holds, noting it makes it the one.
// It outlasts a loss of power after the next Publish or Close.
func (m *Manifest) Note(e Entry, w Words) error {
	m.mayWrite()
	m.publishing.Lock()
	defer m.publishing.Unlock()
	if m.broken != nil {
		return m.broken
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	blob, err := m.packOne(e, w)
	if err != nil {
		return err
	}
	own := m.store.journalOf(m.shard)
	if m.store.get(own, e.ID) != blob {
		m.journal.entry(blob, nil)
		if err := m.journal.flush(); err != nil {
			m.broken = fmt.Errorf("cannot write the journal: %w", err)
			return m.broken
		}
	}
	m.keep(own, e.ID, blob)
	return nil
}

// Matches reports whether the files of a document are those that its entry
// states: those in the output folder byte by byte, those beneath .concordat by
// their size. A file that is missing, or no file, is another; one that cannot
// be read is an error.
func (m *Manifest) Matches(e Entry) (bool, error) {
	for _, o := range e.Outputs {
		same, err := m.holds(o.Name, o, !strings.HasPrefix(o.Name, home+"/"))
		if !same || err != nil {
			return false, err
		}
	}
	return true, nil
}

// holds reports whether a file has the size of an output and, if asked, its
// bytes.
func (m *Manifest) holds(name string, o Output, bytes bool) (bool, error) {
	info, err := m.folder.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("cannot examine %q: %w", name, err)
	}
	if !info.Mode().IsRegular() || info.Size() != o.Size {
		return false, nil
	}
	if !bytes {
		return true, nil
	}
	f, err := m.folder.Open(name)
	if err != nil {
		return false, fmt.Errorf("cannot read %q: %w", name, err)
	}
	defer f.Close()
	buffer := m.buffers.Get().(*[]byte)
	defer m.buffers.Put(buffer)
	sum := sha256.New()
	// Without what io.Copy would use instead of the buffer.
	if _, err := io.CopyBuffer(struct{ io.Writer }{sum}, struct{ io.Reader }{f}, *buffer); err != nil {
		return false, fmt.Errorf("cannot read %q: %w", name, err)
	}
	return hex.EncodeToString(sum.Sum(nil)) == o.SHA256, nil
}
