package faultdir_test

import (
	"errors"
	"fmt"
	"testing"

	"concordat/internal/outdir"
	"concordat/internal/outdir/faultdir"

	"github.com/google/go-cmp/cmp"
)

// do makes a file with and a file without syncs.
func do(f outdir.Folder) error {
	if err := outdir.Write(f, []outdir.File{{Name: "a", Data: []byte("synced")}}, []string{"a"}); err != nil {
		return err
	}
	if err := f.SyncDir("."); err != nil {
		return err
	}
	w, err := f.Append("a")
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(" and not")); err != nil {
		return errors.Join(err, w.Close())
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := f.Rename("a", "b"); err != nil {
		return err
	}
	_, err = f.Lstat("b")
	return err
}

// Each operation fails in its way, and no operation goes uncounted.
func TestFaults(t *testing.T) {
	p := faultdir.New().Process(faultdir.Fault{})
	if err := do(p); err != nil || p.Operations() != 10 {
		t.Fatalf("%d operations, %v", p.Operations(), err)
	}
	for _, kind := range faultdir.Kinds() {
		var got []string
		for at := 1; at <= 11; at++ {
			d := faultdir.New()
			err := do(d.Process(faultdir.Fault{At: at, Kind: kind}))
			if (err == nil) != (at == 11) || err != nil && !errors.Is(err, kind.Err()) {
				t.Errorf("%v at %d: %v", kind, at, err)
			}
			got = append(got, fmt.Sprint(d.Tree()))
		}
		begun := "map[]"
		part := begun
		if kind == faultdir.Death {
			begun = "map[a:]"
			part = "map[a:synced]"
		}
		short := "map[a:synced]"
		if kind == faultdir.ShortWrite {
			short = "map[a:synced and]"
		}
		want := []string{
			"map[]", begun, part, part, "map[a:synced]", "map[a:synced]", short, "map[a:synced and not]", "map[a:synced and not]", "map[b:synced and not]", "map[b:synced and not]",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v (-want +got):\n%s", kind, diff)
		}
	}
}

// What was not synced may be lost, in all combinations, and what was is not.
func TestPowerLoss(t *testing.T) {
	d := faultdir.New()
	if err := do(d.Process(faultdir.Fault{})); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for seed := range uint64(400) {
		after := d.PowerLoss(seed)
		tree := after.Tree()
		seen[fmt.Sprintf("%d files", len(tree))] = true
		for name, text := range tree {
			if len(text) < 6 || text[:6] != "synced" {
				t.Errorf("%s holds %q", name, text)
			}
			seen[fmt.Sprintf("%s %q", name, text)] = true
		}
		if diff := cmp.Diff(tree, after.PowerLoss(seed+1).Tree()); diff != "" {
			t.Errorf("a second loss changes something:\n%s", diff)
		}
	}
	for _, want := range []string{"0 files", "1 files", "2 files", `a "synced"`, `b "synced"`, `b "synced and not"`, `b "synced and"`, `b "synced\x00\x00\x00\x00\x00\x00\x00\x00"`, `b "synced an\x00\x00\x00\x00\x00"`} {
		if !seen[want] {
			t.Errorf("never saw %s", want)
		}
	}
	if got := d.Tree()["b"]; got != "synced and not" {
		t.Errorf("the disk itself has %q", got)
	}
}

// A killed process holds no lock and does nothing more.
func TestKill(t *testing.T) {
	d := faultdir.New()
	p, other := d.Process(faultdir.Fault{}), d.Process(faultdir.Fault{})
	if _, err := p.Lock("lock", "p"); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Lock("lock", "other"); !errors.Is(err, outdir.ErrLocked) {
		t.Errorf("locked twice: %v", err)
	}
	p.Kill()
	if _, err := p.Create("a"); !errors.Is(err, faultdir.ErrDead) {
		t.Errorf("the dead create: %v", err)
	}
	if _, err := other.Lock("lock", "other"); err != nil {
		t.Error(err)
	}
}

// A copy of a disk and the disk do not share what is written later.
func TestClone(t *testing.T) {
	d := faultdir.New()
	d.Put("a", "x")
	c := d.Clone()
	for text, disk := range map[string]*faultdir.Disk{"1": d, "2": c} {
		w, err := disk.Process(faultdir.Fault{}).Append("a")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if d.Tree()["a"] != "x1" || c.Tree()["a"] != "x2" {
		t.Error(d.Tree(), c.Tree())
	}
}
