package fleet

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"concordat/internal/outdir/faultdir"
)

// changed is a shop of 20 agreements, 10 of which say something else than before.
func changed() (before, now *shop) {
	before, now = newShop(20), newShop(20)
	for i := 0; i < 20; i += 2 {
		now.texts[fmt.Sprintf("c-%02d.yaml", i)] = fmt.Sprintf("new text %d, which is longer", i)
	}
	return before, now
}

// Whatever operation fails, and in whatever way: each document is whole, old or
// new; a disk that fails is said; and the next run ends with the bytes of one that
// nothing disturbed.
func TestFaults(t *testing.T) {
	for _, tt := range []struct {
		workers, step int
		build         string // of the second run; the statements of all documents are new with another one
	}{{1, 1, ""}, {3, 4, ""}, {2, 5, digest([]byte("another"))}} {
		workers := tt.workers
		before, now := changed()
		now.build = cmp.Or(tt.build, now.build)
		start := faultdir.New()
		before.run(t, start.Process(faultdir.Fault{}), single, 1).words(t)
		undisturbed := start.Clone()
		process := undisturbed.Process(faultdir.Fault{})
		now.run(t, process, single, workers).words(t)
		want := undisturbed.Tree()
		operations := process.Operations()
		if operations < 200 {
			t.Fatalf("only %d operations", operations)
		}
		step := tt.step
		if testing.Short() {
			step = 17
		}
		for _, kind := range faultdir.Kinds() {
			for k := 1; k <= operations; k += step {
				disk := start.Clone()
				process := disk.Process(faultdir.Fault{At: k, Kind: kind})
				o := now.run(t, process, single, workers)
				process.Kill()
				if process.Operations() >= k && o.err == nil && kind == faultdir.Death {
					t.Fatalf("%v at operation %d of %d was not noticed", kind, k, operations)
				}
				if o.err != nil && !errors.Is(o.err, kind.Err()) {
					t.Fatalf("%v at operation %d: %v", kind, k, o.err)
				}
				recovered(t, fmt.Sprintf("%v at operation %d", kind, k), disk, before, now, want)
				if kind != faultdir.Death || k%3 != 0 {
					continue
				}
				for seed := range uint64(3) {
					recovered(t, fmt.Sprintf("power lost at operation %d, seed %d", k, seed), disk.PowerLoss(seed), before, now, want)
				}
			}
		}
	}
}

// recovered holds that a disk after a fault has whole documents only, and what it
// has after one more run.
func recovered(t *testing.T, when string, disk *faultdir.Disk, before, now *shop, want map[string]string) {
	t.Helper()
	whole(t, disk, now, before)
	if o := now.run(t, disk.Process(faultdir.Fault{}), single, 2); o.err != nil {
		t.Fatalf("%s: the next run: %v", when, o.err)
	}
	if got := disk.Tree(); !maps.Equal(got, want) {
		t.Fatalf("%s: the next run ends with other files (-want +got):\n%s", when, gocmp.Diff(want, got))
	}
}

// A disk that is full stops the run at once and takes its temporary files away, but
// for those of a document whose first file is new already: the next run needs them.
func TestFullDisk(t *testing.T) {
	before, now := changed()
	start := faultdir.New()
	before.run(t, start.Process(faultdir.Fault{}), single, 1).words(t)
	full := 0
	for k := 40; k < 160; k++ {
		disk := start.Clone()
		o := now.run(t, disk.Process(faultdir.Fault{At: k, Kind: faultdir.NoSpace, Lasting: true}), single, 1)
		if !errors.Is(o.err, faultdir.NoSpace.Err()) {
			t.Fatalf("at operation %d: %v", k, o.err)
		}
		left := 0
		for name := range disk.Tree() {
			if strings.HasSuffix(name, ".tmp") {
				left++
			}
		}
		if left > 2 {
			t.Fatalf("at operation %d: %d temporary files are left", k, left)
		}
		full++
	}
	if full == 0 {
		t.Error("no disk was full")
	}
}
