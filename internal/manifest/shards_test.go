package manifest

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"concordat/internal/outdir"
	"concordat/internal/outdir/faultdir"

	"github.com/google/go-cmp/cmp"
)

// part gives the customers of a shard.
func part(s Shard, customers []customer) []customer {
	var list []customer
	for _, c := range customers {
		if c.number%s.Count == s.Number-1 {
			list = append(list, c)
		}
	}
	return list
}

// runShards runs all shards of a sharding, side by side, and gives how many
// documents they made.
func runShards(t *testing.T, d *faultdir.Disk, count int, customers []customer) int {
	t.Helper()
	var all sync.WaitGroup
	made := make([]int, count)
	for i := range count {
		s := Shard{i + 1, count}
		all.Go(func() {
			_, n, err := run(d.Process(faultdir.Fault{}), s, part(s, customers))
			if err != nil {
				t.Error(s, err)
			}
			made[i] = n
		})
	}
	all.Wait()
	sum := 0
	for _, n := range made {
		sum += n
	}
	return sum
}

// documentsOf gives the part of a tree that does not depend on the sharding.
func documentsOf(d *faultdir.Disk) map[string]string {
	tree := d.Tree()
	maps.DeleteFunc(tree, func(name, _ string) bool {
		return strings.HasPrefix(name, home) && !strings.HasPrefix(name, documents)
	})
	return tree
}

// The union of all shards is what one process makes, and one process takes over
// what they know.
func TestShards(t *testing.T) {
	want := faultdir.New()
	mustRun(t, want, one, fleet(count, 2))
	d := faultdir.New()
	if made := runShards(t, d, 4, fleet(count, 1)); made != count {
		t.Errorf("shards made %d", made)
	}
	if made := runShards(t, d, 4, fleet(count, 1)); made != 0 {
		t.Errorf("shards made %d again", made)
	}
	if made := runShards(t, d, 3, fleet(count, 2)); made != 12 {
		t.Errorf("other shards made %d of 12 that have changed", made)
	}
	if made := runShards(t, d, 3, fleet(count, 2)); made != 0 {
		t.Errorf("other shards made %d again", made)
	}
	equalTrees(t, documentsOf(want), documentsOf(d))
	if _, made := mustRun(t, d, one, fleet(count, 2)); made != 0 {
		t.Errorf("one process made %d", made)
	}
	equalTrees(t, final(want), final(d))
	if made := runShards(t, d, 4, fleet(count, 2)); made != 0 {
		t.Errorf("shards made %d after one process", made)
	}
}

// A shard dies at any moment. Then others do the work, with another count and
// other words; what the first has left must not come back when it runs again.
func TestShardDies(t *testing.T) {
	t.Parallel()
	base := faultdir.New()
	runShards(t, base, 3, fleet(12, 1))
	want := faultdir.New()
	mustRun(t, want, one, fleet(12, 3))
	s := Shard{3, 3} // of customers whose texts are the same in the versions 2 and 3
	for at, died := 1, true; died; at++ {
		d := base.Clone()
		_, _, err := run(d.Process(faultdir.Fault{At: at, Kind: faultdir.Death}), s, part(s, fleet(12, 2)))
		died = errors.Is(err, faultdir.ErrDead)
		if err != nil && !died {
			t.Fatal(err)
		}
		again := d.Clone()
		if _, _, err := run(again.Process(faultdir.Fault{}), s, part(s, fleet(12, 3))); err != nil {
			t.Fatal(err)
		}
		runShards(t, again, 3, fleet(12, 3))
		if got := documentsOf(again); !maps.Equal(got, documentsOf(want)) {
			equalTrees(t, documentsOf(want), got)
		}
		runShards(t, d, 2, fleet(12, 3))
		if got := documentsOf(d); !maps.Equal(got, documentsOf(want)) {
			equalTrees(t, documentsOf(want), got)
		}
		for _, lost := range []bool{false, true} {
			d := d.Clone()
			if lost {
				// Nothing that is still to be read says who was there since.
				for _, other := range []Shard{{1, 2}, {2, 2}} {
					d.Put(other.journal(), "")
				}
			}
			m, _, err := Open(d.Process(faultdir.Fault{}), s, self)
			if err != nil {
				t.Fatal(err)
			}
			if err := m.Abort(); err != nil {
				t.Fatal(err)
			}
			if got := documentsOf(d); !maps.Equal(got, documentsOf(want)) {
				equalTrees(t, documentsOf(want), got)
			}
		}
		mustRun(t, d, one, fleet(12, 3))
		if got := final(d); !maps.Equal(got, final(want)) {
			equalTrees(t, final(want), got)
		}
		if t.Failed() {
			t.Fatalf("at operation %d", at)
		}
	}
}

// One process takes over from shards and dies at any moment of it.
func TestTakingOverDies(t *testing.T) {
	t.Parallel()
	base := faultdir.New()
	runShards(t, base, 3, fleet(12, 1))
	want := faultdir.New()
	mustRun(t, want, one, fleet(12, 2))
	for at, died := 1, true; died; at += stride() {
		d := base.Clone()
		_, _, err := run(d.Process(faultdir.Fault{At: at, Kind: faultdir.Death}), one, fleet(12, 2))
		died = errors.Is(err, faultdir.ErrDead)
		lost := d.PowerLoss(uint64(at))
		for _, d := range []*faultdir.Disk{d, lost} {
			mustRun(t, d, one, fleet(12, 2))
			if got := final(d); !maps.Equal(got, final(want)) {
				equalTrees(t, final(want), got)
				t.Fatalf("at operation %d", at)
			}
		}
	}
}

func TestLocks(t *testing.T) {
	for _, tt := range []struct {
		first, second Shard
		name          string // of what is locked, nothing if both may run
	}{
		{Shard{1, 1}, Shard{1, 1}, lockName},
		{Shard{1, 1}, Shard{1, 2}, lockName},
		{Shard{1, 2}, Shard{1, 1}, ".concordat/1-of-2.lock"},
		{Shard{1, 2}, Shard{1, 2}, ".concordat/1-of-2.lock"},
		{Shard{1, 2}, Shard{2, 2}, ""},
		{Shard{1, 2}, Shard{2, 3}, ".concordat/1-of-2.lock"},
		{Shard{3, 3}, Shard{1, 2}, ".concordat/3-of-3.lock"},
	} {
		for name, open := range folders(t) {
			t.Run(fmt.Sprintf("%v, then %v, %s", tt.first, tt.second, name), func(t *testing.T) {
				for _, end := range []func(m *Manifest) error{(*Manifest).Close, (*Manifest).Abort} {
					first, _, err := Open(open(), tt.first, Holder{17, "near"})
					if err != nil {
						t.Fatal(err)
					}
					second, _, err := Open(open(), tt.second, Holder{18, "far"})
					var locked *LockedError
					switch {
					case tt.name == "" && err != nil, tt.name != "" && !errors.As(err, &locked):
						t.Fatal("got", err)
					case err != nil:
						if !errors.Is(err, outdir.ErrLocked) || err.Error() != "the folder is in use by process 17 on host near" || locked.Name != tt.name {
							t.Errorf("got %v, %q", err, locked.Name)
						}
					default:
						if err := second.Close(); err != nil {
							t.Error(err)
						}
					}
					if err := end(first); err != nil {
						t.Error(err)
					}
					second, _, err = Open(open(), tt.second, Holder{18, "far"})
					if err != nil {
						t.Fatal("locked afterwards:", err)
					}
					if err := second.Abort(); err != nil {
						t.Error(err)
					}
				}
			})
		}
	}
}

// folders gives a disk in memory and one of the system, each opened by one
// process after the other.
func folders(t *testing.T) map[string]func() outdir.Folder {
	t.Helper()
	d := faultdir.New()
	dir := t.TempDir()
	return map[string]func() outdir.Folder{
		"in memory": func() outdir.Folder { return d.Process(faultdir.Fault{}) },
		"on disk": func() outdir.Folder {
			folder, err := outdir.Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = folder.Close() })
			return folder
		},
	}
}

// What stands in the place of a folder of the manifest is named, and nothing is changed.
func TestFolderInTheWay(t *testing.T) {
	for _, name := range []string{home, documents, one.staging()} {
		dir := t.TempDir()
		target := filepath.Join(dir, "target")
		if err := os.MkdirAll(filepath.Join(dir, "out", filepath.Dir(name)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Mkdir(target, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, filepath.Join(dir, "out", name)); err != nil {
			t.Skip(err)
		}
		folder, err := outdir.Open(filepath.Join(dir, "out"))
		if err != nil {
			t.Fatal(err)
		}
		defer folder.Close()
		want := fmt.Sprintf(" the folder of the manifest: expected the folder %q, found a file or link: move it away, or name another output folder", name)
		if _, _, err := Open(folder, one, self); err == nil || err.Error() != "cannot make"+want {
			t.Errorf("%s: %v", name, err)
		}
		if _, _, err := Read(folder); name == home && (err == nil || err.Error() != "cannot read"+want) {
			t.Errorf("%s: %v", name, err)
		}
		if list, err := os.ReadDir(target); err != nil || len(list) > 0 {
			t.Errorf("%s: %v, %v", name, list, err)
		}
	}
}

// What somebody else has put into a folder of a shard stays, and keeps no run from
// its end.
func TestNotOurs(t *testing.T) {
	d := faultdir.New()
	if _, _, err := run(d.Process(faultdir.Fault{}), Shard{1, 3}, fleet(3, 1)); err != nil {
		t.Fatal(err)
	}
	d.Put(".concordat/1-of-3/notes", "not ours")
	for range 2 {
		mustRun(t, d, one, fleet(3, 1))
	}
	if tree := d.Tree(); tree[".concordat/1-of-3/notes"] != "not ours" || tree[".concordat/1-of-3.journal"] != "" {
		t.Errorf("%q", tree)
	}
}

// What two shardings know of a document is told, and the one that holds is kept.
func TestSeveralEntries(t *testing.T) {
	d := faultdir.New()
	c := customer{2, 1}
	mustRun(t, d, one, []customer{c})
	now := customer{2, 2}
	s := Shard{1, 2}
	if _, _, err := run(d.Process(faultdir.Fault{}), s, []customer{now}); err != nil {
		t.Fatal(err)
	}
	m, _, err := Read(d.Process(faultdir.Fault{}))
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range m.Entries(c.agreement()) {
		same, err := m.Matches(e)
		told = append(told, fmt.Sprint(e.Version, " ", same, " ", err))
	}
	if diff := cmp.Diff([]string{"1.1.0 false <nil>", "1.2.0 true <nil>"}, told); diff != "" {
		t.Errorf("entries (-want +got):\n%s", diff)
	}
	// The customer's file cannot be read now: nobody notes which entry holds.
	mustRun(t, d, one, nil)
	m, _, err = Read(d.Process(faultdir.Fault{}))
	if err != nil {
		t.Fatal(err)
	}
	if e := m.Entries(c.agreement()); len(e) != 1 || e[0].Version != "1.2.0" {
		t.Errorf("kept %v", e)
	}
}

// A pair that another sharding has torn has no entry, though an older one is
// known: the file of what it was made of may be either.
func TestTornElsewhere(t *testing.T) {
	base := faultdir.New()
	mustRun(t, base, one, []customer{{1, 1}})
	c := customer{1, 2}
	torn := 0
	for at, died := 1, true; died; at++ {
		d := base.Clone()
		_, _, err := run(d.Process(faultdir.Fault{At: at, Kind: faultdir.Death}), Shard{2, 2}, []customer{c})
		died = err != nil
		for _, name := range temporaries(d) {
			if err := d.Process(faultdir.Fault{}).Remove(name); err != nil {
				t.Fatal(err)
			}
		}
		for _, s := range []Shard{one, {2, 3}} {
			d := d.Clone()
			m, findings, err := Open(d.Process(faultdir.Fault{}), s, self)
			if err != nil {
				t.Fatal(err)
			}
			known := m.Entries(c.agreement())
			for e := range m.All() {
				known = append(known, e)
			}
			if findings != nil {
				torn++
				if diff := cmp.Diff([]string{"the pair of c01 is torn, and is made anew"}, findings); diff != "" || known != nil {
					t.Errorf("%v finds %q and knows %v", s, findings, known)
				}
			} else if len(known) == 0 {
				t.Errorf("%v knows nothing at operation %d", s, at)
			}
			if err := m.Close(); err != nil {
				t.Fatal(err)
			}
			if s == one && findings != nil {
				if _, made := mustRun(t, d, one, []customer{c}); made != 1 {
					t.Error("what was torn is not made anew after it was forgotten")
				}
			}
		}
	}
	if torn != 4 {
		t.Errorf("saw %d torn pairs", torn)
	}
}
