package manifest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"concordat/internal/outdir/faultdir"
)

// count is the number of customers of a batch that faults befall.
const count = 20

// stride is 1, so that each operation fails, or more for a short test.
func stride() int {
	if testing.Short() {
		return 13
	}
	return 1
}

// batch is a run on a disk, and what the disk holds after it undisturbed.
type batch struct {
	name       string
	before     *faultdir.Disk
	customers  []customer
	old        []customer // that the disk held before
	want       map[string]string
	allowed    map[string][]string // texts by final name
	operations int
}

// batches are a first run and one in which most customers have changed.
func batches(t *testing.T) []batch {
	t.Helper()
	list := []batch{
		{name: "first", before: faultdir.New(), customers: fleet(count, 1)},
		{name: "second", before: faultdir.New(), customers: fleet(count, 2), old: fleet(count, 1)},
	}
	mustRun(t, list[1].before, one, list[1].old)
	for i := range list {
		b := &list[i]
		d := b.before.Clone()
		p := d.Process(faultdir.Fault{})
		if _, _, err := run(p, one, b.customers); err != nil {
			t.Fatal(err)
		}
		b.want, b.operations, b.allowed = final(d), p.Operations(), map[string][]string{}
		for _, c := range append(slices.Clone(b.old), b.customers...) {
			for _, f := range c.files() {
				b.allowed[f.Name] = append(b.allowed[f.Name], string(f.Data))
			}
		}
	}
	return list
}

// fail runs the batch on a copy of its disk, and holds the failure to what is
// promised whatever happens.
func (b batch) fail(t *testing.T, f faultdir.Fault) (*faultdir.Disk, error) {
	t.Helper()
	d := b.before.Clone()
	_, _, err := run(d.Process(f), one, b.customers)
	if !errors.Is(err, f.Kind.Err()) {
		t.Errorf("the error is %v", err)
	}
	b.whole(t, d)
	return d, err
}

// whole checks that each file at a final name is whole, old or new.
func (b batch) whole(t *testing.T, d *faultdir.Disk) {
	t.Helper()
	tree := d.Tree()
	for name, text := range tree {
		if strings.HasSuffix(name, "/") || strings.HasSuffix(name, "lock") || strings.HasSuffix(name, journalSuffix) || strings.HasSuffix(name, temporarySuffix) {
			continue
		}
		if !slices.Contains(b.allowed[name], text) {
			t.Errorf("%s holds %q", name, text)
		}
	}
	for _, c := range b.old {
		for _, f := range c.files() {
			if _, ok := tree[f.Name]; !ok {
				t.Errorf("%s is gone", f.Name)
			}
		}
	}
}

// truthful checks that what the manifest says of a disk is so: an entry that
// matches has the files of its version, all of them. It works on a copy.
func truthful(t *testing.T, d *faultdir.Disk) {
	t.Helper()
	d = d.Clone()
	m, _, err := Open(d.Process(faultdir.Fault{}), one, self)
	if err != nil {
		t.Fatal(err)
	}
	tree := d.Tree()
	for e := range m.All() {
		same, err := m.Matches(e)
		if err != nil {
			t.Fatal(err)
		}
		if !same {
			continue
		}
		for _, o := range e.Outputs {
			if digest(tree[o.Name]) != o.SHA256 {
				t.Errorf("%s looks current and is not: %q", o.Name, tree[o.Name])
			}
		}
	}
	if err := m.Abort(); err != nil {
		t.Fatal(err)
	}
}

// recover runs the batch again and expects the disk of an undisturbed run.
func (b batch) recover(t *testing.T, d *faultdir.Disk) {
	t.Helper()
	mustRun(t, d, one, b.customers)
	if got := final(d); !maps.Equal(b.want, got) {
		equalTrees(t, b.want, got)
	}
}

func temporaries(d *faultdir.Disk) (names []string) {
	for name := range d.Tree() {
		if strings.HasSuffix(name, temporarySuffix) {
			names = append(names, name)
		}
	}
	return names
}

// Whatever operation fails in whatever way: what is there is whole, the error
// says what it was, and the next run ends with the bytes of an undisturbed one.
func TestFaults(t *testing.T) {
	for _, b := range batches(t) {
		for _, kind := range faultdir.Kinds() {
			for _, lasting := range []bool{false, true} {
				if lasting && kind == faultdir.Death {
					continue
				}
				t.Run(fmt.Sprintf("%s, %v, lasting %t", b.name, kind, lasting), func(t *testing.T) {
					t.Parallel()
					for at := 1; at <= b.operations && !t.Failed(); at += stride() {
						d, err := b.fail(t, faultdir.Fault{At: at, Kind: kind, Lasting: lasting})
						// Only what completes a document that has begun to change stays.
						full := lasting && (kind == faultdir.NoSpace || kind == faultdir.ShortWrite)
						if left := temporaries(d); full && !strings.Contains(err.Error(), "cannot rename") && left != nil {
							t.Errorf("temporary files are left: %q", left)
						}
						if !lasting {
							truthful(t, d)
						}
						b.recover(t, d)
						if t.Failed() {
							t.Logf("at operation %d of %d", at, b.operations)
						}
					}
				})
			}
		}
	}
}

// A run that dies while it settles what another has left changes nothing of
// the outcome, nor does one that makes something else of it.
func TestFaultsTwice(t *testing.T) {
	t.Parallel()
	b := batches(t)[1]
	later := b
	later.customers = fleet(count, 3)
	undisturbed := b.before.Clone()
	mustRun(t, undisturbed, one, later.customers)
	later.want = final(undisturbed)
	for at := 1; at <= b.operations && !t.Failed(); at += stride() {
		d, _ := b.fail(t, faultdir.Fault{At: at, Kind: faultdir.Death})
		for _, again := range []int{at%40 + 1, at*7%b.operations + 1} {
			c := d.Clone()
			_, _, err := run(c.Process(faultdir.Fault{At: again, Kind: faultdir.Death}), one, b.customers)
			if err != nil && !errors.Is(err, faultdir.ErrDead) {
				t.Error(err)
			}
			b.whole(t, c)
			b.recover(t, c)
		}
		later.recover(t, d)
		if t.Failed() {
			t.Logf("at operation %d of %d", at, b.operations)
		}
	}
}

// The power is cut at any moment.
func TestPowerLoss(t *testing.T) {
	for _, b := range batches(t) {
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			for at := 1; at <= b.operations && !t.Failed(); at += stride() {
				died, _ := b.fail(t, faultdir.Fault{At: at, Kind: faultdir.Death})
				for seed := range uint64(3) {
					d := died.PowerLoss(seed)
					// Nothing is promised of entries, which may be lost before
					// their folder is synced; files that are there are whole.
					b.whole(t, d)
					truthful(t, d)
					b.recover(t, d)
					if t.Failed() {
						t.Fatalf("at operation %d of %d, seed %d", at, b.operations, seed)
					}
				}
			}
			// What Publish and Close have ended is there.
			d := b.before.Clone()
			mustRun(t, d, one, b.customers)
			for seed := range uint64(20) {
				if got := final(d.PowerLoss(seed)); !maps.Equal(b.want, got) {
					equalTrees(t, b.want, got)
				}
			}
		})
	}
}

// What Publish has returned from is not lost with the power, before Close too.
func TestPublishedLasts(t *testing.T) {
	d := faultdir.New()
	m, _, err := Open(d.Process(faultdir.Fault{}), one, self)
	if err != nil {
		t.Fatal(err)
	}
	customers := fleet(4, 1)
	if _, err := publish(m, customers); err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(40) {
		after := d.PowerLoss(seed)
		findings, made := mustRun(t, after, one, customers)
		if made != 0 {
			t.Errorf("%d are made again, %q", made, findings)
		}
	}
}

// A pair of which one file was renamed is repaired from the temporary files,
// and made anew when they are gone.
func TestTornPair(t *testing.T) {
	customers := []customer{{1, 1}}
	base := faultdir.New()
	mustRun(t, base, one, customers)
	next := []customer{{1, 2}}
	saw := map[string]int{}
	for at := 1; ; at++ {
		d := base.Clone()
		_, _, err := run(d.Process(faultdir.Fault{At: at, Kind: faultdir.Death}), one, next)
		if err == nil {
			break
		}
		if tree := d.Tree(); tree["c01.md"] == string(next[0].files()[0].Data) && tree["c01.pdf"] != string(next[0].files()[1].Data) {
			// What is still to be renamed is not lost with the power either.
			for seed := range uint64(40) {
				for _, f := range findingsOf(t, d.PowerLoss(seed), next) {
					if f != "repaired the pair of c01" {
						t.Errorf("at %d, seed %d: %s", at, seed, f)
					}
				}
			}
			saw["half renamed"]++
		}
		for _, swept := range []bool{false, true} {
			d := d.Clone()
			if swept {
				for _, name := range temporaries(d) {
					if err := d.Process(faultdir.Fault{}).Remove(name); err != nil {
						t.Fatal(err)
					}
				}
			}
			asked, told, err := Read(d.Process(faultdir.Fault{}))
			if err != nil {
				t.Fatal(err)
			}
			if e := asked.Entries(next[0].agreement()); len(e) != 1 && !swept {
				t.Errorf("at %d plan sees %d entries", at, len(e))
			}
			findings, made := mustRun(t, d, one, next)
			saw[fmt.Sprintf("swept %t: %q then %q, made %d", swept, told, findings, made)]++
		}
	}
	for _, want := range []string{
		`swept false: ["publishing the pair of c01 was interrupted"] then ["repaired the pair of c01"], made 0`,
		`swept true: ["publishing the pair of c01 was interrupted"] then ["the pair of c01 is torn, and is made anew"], made 1`,
		`swept false: ["publishing the pair of c01 was interrupted"] then [], made 1`,
		`swept false: ["publishing the pair of c01 was interrupted"] then [], made 0`,
		`swept false: [] then [], made 0`,
		"half renamed",
	} {
		if saw[want] == 0 {
			t.Errorf("never saw %s", want)
		}
	}
}

// findingsOf runs a batch and gives what it found.
func findingsOf(t *testing.T, d *faultdir.Disk, customers []customer) []string {
	t.Helper()
	findings, _ := mustRun(t, d, one, customers)
	return findings
}
