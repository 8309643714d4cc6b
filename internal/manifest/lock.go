package manifest

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"concordat/internal/outdir"
)

// text is what stands in the file of a lock.
func (h Holder) text() string { return fmt.Sprintf("%d %s\n", h.PID, h.Host) }

// parseHolder reads the file of a lock. One that is not whole names nobody.
func parseHolder(text string) Holder {
	text, whole := strings.CutSuffix(text, "\n")
	number, host, ok := strings.Cut(text, " ")
	pid, err := strconv.Atoi(number)
	if !whole || !ok || err != nil || pid <= 0 {
		return Holder{}
	}
	return Holder{pid, host}
}

// lock takes the locks of the own shard. The first keeps a run of one process
// and shards apart, the second two processes of one shard. Whoever holds the
// second then looks for shards of another count; of two that begin at once at
// least one sees the other.
func (m *Manifest) lock(holder Holder) error {
	if m.shard.Count == 1 {
		err := m.take(lockName, func() (io.Closer, error) { return m.folder.Lock(lockName, holder.text()) })
		if errors.Is(err, outdir.ErrLocked) {
			// The text may be that of an earlier run, when shards share the lock.
			if other := m.lookFor(func(Shard) bool { return true }); other != nil {
				return other
			}
		}
		return err
	}
	if err := m.take(lockName, func() (io.Closer, error) { return m.folder.LockShared(lockName) }); err != nil {
		return err
	}
	own := m.shard.lock()
	if err := m.take(own, func() (io.Closer, error) { return m.folder.Lock(own, holder.text()) }); err != nil {
		return err
	}
	return m.lookFor(func(s Shard) bool { return s.Count != m.shard.Count })
}

// take takes a lock until the Manifest is closed.
func (m *Manifest) take(name string, lock func() (io.Closer, error)) error {
	l, err := lock()
	if err != nil {
		return m.explain(name, err)
	}
	m.locks = append(m.locks, l)
	return nil
}

// lookFor gives a *LockedError when one of some shards is at work.
func (m *Manifest) lookFor(which func(Shard) bool) error {
	shards, err := m.shards(lockSuffix)
	if err != nil {
		return err
	}
	for _, s := range shards {
		if !which(s) {
			continue
		}
		l, err := m.folder.LockShared(s.lock())
		if err != nil {
			return m.explain(s.lock(), err)
		}
		if err := l.Close(); err != nil {
			return fmt.Errorf("cannot unlock the folder: %w", err)
		}
	}
	return nil
}

// explain makes the error of a lock one that says who holds it.
func (m *Manifest) explain(name string, err error) error {
	if !errors.Is(err, outdir.ErrLocked) {
		return fmt.Errorf("cannot lock the folder: %w", err)
	}
	locked := &LockedError{Name: name}
	if f, err := m.folder.Open(name); err == nil {
		// Who it is only helps a person: without it the folder is as locked.
		text, _ := io.ReadAll(io.LimitReader(f, 1<<10))
		_ = f.Close()
		locked.Holder = parseHolder(string(text))
	}
	return locked
}
