package fleet

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/customers"
)

// TestFleetFullDisk lets the disk become full. The run stops, says which folder it
// is, removes what it has begun, and leaves whole documents. With more room the next
// run ends with the files of an undisturbed one.
func TestFleetFullDisk(t *testing.T) {
	if !mayMount(t) {
		return
	}
	const n = 8
	program, in := builtProgram(t), writeCustomers(t, n, customers.Options{Seed: 1})
	want := references(t, program, in)
	// Several documents are half done when the disk becomes full.
	batch := func(out string) fleetRun {
		return runFleet(t, program, "batch", in, "-o", out, "--jobs", strconv.Itoa(n))
	}
	for _, mebibytes := range []int{1, 2, 3} {
		out := filepath.Join(t.TempDir(), "out")
		mount(t, out, 0, fmt.Sprintf("size=%dm", mebibytes))
		setVersion(t, in, 0)
		expectFull(t, batch(out), out)
		expectWhole(t, out, want)
		first := len(visibleFiles(t, out))

		// Again, with no more room, and as another version.
		setVersion(t, in, 1)
		expectFull(t, batch(out), out)
		expectWhole(t, out, want)
		t.Logf("%d MiB have room for %d of %d files, and then for %d", mebibytes, first, 2*n, len(visibleFiles(t, out)))

		mount(t, out, syscall.MS_REMOUNT, "size=64m")
		batch(out).expect(t, 0)
		if diff := cmp.Diff(want[1], readTree(t, out)); diff != "" {
			t.Errorf("an undisturbed run and one after a full disk of %d MiB differ (-undisturbed +full):\n%s", mebibytes, diff)
		}
	}
}

// expectFull holds that a run ended since the disk is full, and nothing of what it
// had begun is left.
func expectFull(t *testing.T, run fleetRun, out string) {
	t.Helper()
	run.expect(t, 3)
	if !strings.Contains(run.stderr, "concordat: "+out+": ") || !strings.Contains(run.stderr, syscall.ENOSPC.Error()) {
		t.Errorf("said was %s", run.stderr)
	}
	if left := temporaryFiles(readTree(t, out)); len(left) > 0 {
		t.Errorf("temporary files are left: %v", left)
	}
}

// TestFleetReadOnly holds that a run into a folder that cannot be written says so and
// changes nothing, and that a plan needs no more than reading.
func TestFleetReadOnly(t *testing.T) {
	if !mayMount(t) {
		return
	}
	const n = 3
	program, in := builtProgram(t), writeCustomers(t, n, customers.Options{Seed: 1})
	out := filepath.Join(t.TempDir(), "out")
	mount(t, out, 0, "size=64m")
	runFleet(t, program, "batch", in, "-o", out).expect(t, 0)
	before := readTree(t, out)
	mount(t, out, syscall.MS_REMOUNT|syscall.MS_RDONLY, "size=64m")
	setVersion(t, in, 1)

	plan := runFleet(t, program, "plan", in, "-o", out)
	plan.expect(t, 0)
	if !strings.Contains(plan.stdout, fmt.Sprintf("%9d  regenerate\n", n)) {
		t.Errorf("the plan is\n%s", plan.stdout)
	}
	for _, dir := range []string{out, filepath.Join(out, "new")} {
		run := runFleet(t, program, "batch", in, "-o", dir)
		run.expect(t, 3)
		if !strings.Contains(run.stderr, dir) || !strings.Contains(run.stderr, syscall.EROFS.Error()) || run.stdout != "" {
			t.Errorf("said was %s and %s", run.stderr, run.stdout)
		}
	}
	if diff := cmp.Diff(before, readTree(t, out)); diff != "" {
		t.Errorf("what cannot be written has changed (-before +after):\n%s", diff)
	}

	mount(t, out, syscall.MS_REMOUNT, "size=64m")
	run := runFleet(t, program, "batch", in, "-o", out)
	run.expect(t, 0)
	if got := len(run.lines("generated ")); got != n {
		t.Errorf("%d documents were made afterwards, want %d", got, n)
	}
}

// mounting is set in the process that may mount.
const mounting = "CONCORDAT_TEST_MOUNTING"

// mayMount reports whether this is a process that may mount without anybody else
// seeing it. In any other it runs the test in one, so that nothing stays mounted
// whatever happens, and reports false.
func mayMount(t *testing.T) bool {
	t.Helper()
	if testing.Short() {
		t.Skip("it mounts disks")
	}
	if os.Getenv(mounting) != "" {
		if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
			unavailable(t, "a disk cannot be mounted here: %v", err)
		}
		return true
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var refused error
	for _, attributes := range []*syscall.SysProcAttr{
		{Cloneflags: syscall.CLONE_NEWNS},
		{
			Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
		},
	} {
		cmd := exec.Command(program, "-test.run", "^"+t.Name()+"$", "-test.v", "-test.timeout", "10m")
		cmd.Env = append(os.Environ(), mounting+"=1")
		cmd.SysProcAttr = attributes
		out, err := cmd.CombinedOutput()
		switch {
		case cmd.ProcessState == nil:
			refused = errors.Join(refused, err)
			continue
		case err != nil:
			t.Fatalf("%v\n%s", err, out)
		case strings.Contains(string(out), "--- SKIP"):
			t.Skipf("%s", out)
		}
		t.Logf("%s", out)
		return false
	}
	unavailable(t, "no process may mount here: %v", refused)
	return false
}

// mount mounts a disk in memory, or changes one.
func mount(t *testing.T, dir string, flags uintptr, options string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", flags, options); err != nil {
		unavailable(t, "a disk cannot be mounted here: %v", err)
	}
	if flags == 0 {
		// The folder of the test is removed when nothing is mounted there.
		t.Cleanup(func() {
			if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
				t.Error(err)
			}
		})
	}
}
