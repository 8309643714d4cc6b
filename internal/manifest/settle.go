package manifest

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

	"concordat/internal/outdir"
)

// settle ends what earlier runs have begun and not done. Afterwards the store
// holds what is true of the folder; the journals still say what they said.
//
// A shard may settle what its own journal says, and a run of one process what
// any does. A shard that finds interrupted documents of another sharding, which
// nobody is at work on, cannot complete them, since other shards may see them
// at the same time: it looks which are complete, and before it publishes one of
// them anew it removes their temporary files.
func (m *Manifest) settle(own *loaded, others []*loaded) ([]string, error) {
	var findings, folders []string
	for _, l := range append([]*loaded{own}, others...) {
		if l == nil {
			continue
		}
		mine := l.shard == m.shard || m.shard.Count == 1
		for _, i := range l.intents() {
			id := i.id()
			e := m.store.unpack(i.blob)
			state, err := m.examine(e, i, mine)
			if err != nil {
				return nil, err
			}
			if !mine {
				m.left[id] = append(m.left[id], i.temporaries...)
			}
			switch state {
			case asBefore:
			case complete:
				m.store.put(l.entries, i.blob)
			case completable:
				if err := m.complete(e, i); err != nil {
					return nil, err
				}
				m.store.put(l.entries, i.blob)
				findings = append(findings, fmt.Sprintf("repaired the pair of %s", id))
			case torn:
				m.store.remove(l.entries, id)
				m.torn[id] = true
				findings = append(findings, fmt.Sprintf("the pair of %s is torn, and is made anew", id))
			default:
				panic(state)
			}
			for _, o := range e.Outputs {
				folders = append(folders, path.Dir(o.Name))
			}
		}
	}
	return findings, m.syncFolders(folders)
}

// state is how far publishing a document has come.
type state int

const (
	asBefore    state = iota + 1 // no file has changed
	complete                     // all files are in place
	completable                  // those that are not are there under their temporary names
	torn
)

// examine finds how far an intent has come. Temporary files count only if they
// may be moved.
func (m *Manifest) examine(e Entry, i intent, mine bool) (state, error) {
	found := complete
	begun := false
	for n, o := range e.Outputs {
		inPlace, err := m.holds(o.Name, o, true)
		if err != nil {
			return 0, err
		}
		if inPlace {
			begun = begun || !m.stated(e.ID, o)
			continue
		}
		whole := false
		if mine {
			if whole, err = m.holds(i.temporaries[n], o, true); err != nil {
				return 0, err
			}
			if err := outdir.CheckTarget(m.folder, o.Name); err != nil {
				whole = false
			}
		}
		switch {
		case !whole:
			found = torn
		case found == complete:
			found = completable
		}
	}
	// Documents that were whole stay as they are: somebody may have sent them.
	if found != complete && !begun {
		return asBefore, nil
	}
	return found, nil
}

// stated reports whether an earlier entry of a document has the same file, so
// that its being in place says nothing.
func (m *Manifest) stated(id string, o Output) bool {
	for _, j := range m.store.journals {
		blob := m.store.get(j, id)
		if blob == "" {
			continue
		}
		for _, old := range m.store.unpack(blob).Outputs {
			if old == o {
				return true
			}
		}
	}
	return false
}

// complete renames the files of a document that are not in place.
func (m *Manifest) complete(e Entry, i intent) error {
	for n, o := range e.Outputs {
		inPlace, err := m.holds(o.Name, o, true)
		if err != nil {
			return err
		}
		if inPlace {
			continue
		}
		if err := m.folder.Rename(i.temporaries[n], o.Name); err != nil {
			return fmt.Errorf("cannot rename a temporary file to %q: %w", o.Name, err)
		}
	}
	return nil
}

// sweepOwn removes temporary files that nobody is going to rename: those of the
// own shard, in a run of one process those of all.
func (m *Manifest) sweepOwn() error {
	if m.shard.Count > 1 {
		return m.sweep(m.shard)
	}
	shards, err := m.shards("")
	if err != nil {
		return err
	}
	for _, s := range shards {
		if err := m.sweep(s); err != nil {
			return err
		}
	}
	return nil
}

// sweep removes temporary files of a shard, for good.
func (m *Manifest) sweep(s Shard) error {
	list, err := m.folder.ReadDir(s.staging())
	if err != nil {
		return fmt.Errorf("cannot read the folder of temporary files: %w", err)
	}
	var names []string
	for _, e := range list {
		if name := s.staging() + "/" + e.Name(); isTemporary(s, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	if err := outdir.RemoveAll(m.folder, names); err != nil {
		return err
	}
	return m.syncFolders([]string{s.staging()})
}

// finish writes the journal as Close promises. Nobody changes the store meanwhile.
func (m *Manifest) finish() error {
	if m.shard.Count > 1 {
		if m.journal.whole {
			return nil
		}
		if err := m.compact(m.store.ids(m.shard)); err != nil {
			return err
		}
		return m.syncFolders([]string{m.shard.staging()})
	}
	blobs, err := m.merge()
	if err != nil {
		return err
	}
	// Only when the journal holds all that the others say may they go.
	if len(m.store.journals) > 1 || !m.journal.whole {
		if err := m.compact(blobs); err != nil {
			return err
		}
		if err := m.syncFolders([]string{m.shard.staging()}); err != nil {
			return err
		}
	}
	return m.removeOthers()
}

// merge gives the entries of all journals, one for each ID: that of this run,
// or else one whose files are in place, or else the first.
func (m *Manifest) merge() ([]string, error) {
	own := m.store.journalOf(m.shard)
	if len(m.store.journals) == 1 && len(m.torn) == 0 {
		return m.store.ids(m.shard), nil
	}
	byID := map[string]string{}
	for _, r := range m.store.inOrder(m.shard) {
		id, _ := head(r.blob)
		best, ok := byID[id]
		switch {
		case m.torn[id]:
		case !ok:
			byID[id] = r.blob
		case m.fresh[id] && r.journal == own:
			byID[id] = r.blob
		case m.fresh[id] || best == r.blob:
		default:
			holds, err := m.Matches(m.store.unpack(best))
			if err != nil {
				return nil, err
			}
			if !holds {
				if holds, err = m.Matches(m.store.unpack(r.blob)); err != nil {
					return nil, err
				}
				if holds {
					byID[id] = r.blob
				}
			}
		}
	}
	blobs := make([]string, 0, len(byID))
	for _, blob := range byID {
		blobs = append(blobs, blob)
	}
	sortByID(blobs)
	return blobs, nil
}

// removeOthers removes the journals and the staging folders of all shards but
// the own. A folder with something in it that no run put there stays.
func (m *Manifest) removeOthers() error {
	removed := false
	for _, suffix := range []string{journalSuffix, ""} {
		shards, err := m.shards(suffix)
		if err != nil {
			return err
		}
		for _, s := range shards {
			if s == m.shard {
				continue
			}
			if suffix == "" {
				if err := m.sweep(s); err != nil {
					return err
				}
			}
			switch err := m.folder.Remove(home + "/" + s.String() + suffix); {
			case suffix == "" && errors.Is(err, fs.ErrExist): // it is not empty
				continue
			case err != nil && !errors.Is(err, fs.ErrNotExist):
				return fmt.Errorf("cannot remove what a shard has left: %w", err)
			}
			removed = true
		}
	}
	if !removed {
		return nil
	}
	return m.syncFolders([]string{home})
}
