package fleet

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/customers"
)

// TestFleetKilled kills runs at random moments, beside the 120 kills of package
// manifest. Each run has all documents
// to make anew, of one of three versions of the shared file, over what the killed
// ones before have left. After each kill every file that a person sees is whole, and
// after a last run that nobody disturbs all files are those of an undisturbed one.
func TestFleetKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("it kills many processes")
	}
	const n, kills = 10, 40
	program, in := builtProgram(t), writeCustomers(t, n, customers.Options{Seed: 1})
	want := references(t, program, in)
	out := filepath.Join(t.TempDir(), "out")
	setVersion(t, in, 0)
	undisturbed := runFleet(t, program, "batch", in, "-o", out)
	undisturbed.expect(t, 0)

	r := rand.New(rand.NewPCG(7, 7))
	killed, early, torn := 0, 0, 0
	var left []string // documents with files of two versions
	// A run says so of each before it makes a document.
	says := func(run fleetRun) {
		t.Helper()
		for _, id := range left {
			if run.stdout != "" && !strings.Contains(run.stderr, "the pair of "+id) {
				t.Errorf("the files of %s were of two versions, and nobody said so:\n%s", id, run.stderr)
			}
		}
	}
	for round := 1; killed < kills; round++ {
		if round == 3*kills {
			t.Fatalf("only %d of %d runs were killed before their end", killed, round)
		}
		setVersion(t, in, round%len(sharedVersions))
		watch := watchRenames(t, out)
		p := startFleet(t, program, "batch", in, "-o", out)
		if round%2 == 0 {
			time.AfterFunc(time.Duration(r.Float64()*float64(undisturbed.took)), func() { _ = p.cmd.Process.Kill() })
		} else {
			// After the Markdown of a document, and before its PDF, or a little later.
			watch.then(1+2*r.IntN(n), func() { _ = p.cmd.Process.Kill() })
		}
		run := p.wait(t)
		watch.close()
		says(run)
		if left = expectWhole(t, out, want); run.status >= 0 {
			run.expect(t, 0) // it was faster
			continue
		}
		killed++
		if run.stdout == "" {
			early++
		}
		torn += len(left)
	}
	t.Logf("%d runs killed, %d of them before they reported a document; %d times a document was left with files of two versions", killed, early, torn)

	setVersion(t, in, 1)
	last := runFleet(t, program, "batch", in, "-o", out)
	last.expect(t, 0)
	says(last)
	if diff := cmp.Diff(want[1], readTree(t, out)); diff != "" {
		t.Errorf("an undisturbed run and one after %d kills differ (-undisturbed +killed):\n%s", killed, diff)
	}
}

// renames counts the files that are renamed into a folder.
type renames struct {
	file *os.File // of the system, which gives an event for each
}

func watchRenames(t *testing.T, dir string) *renames {
	t.Helper()
	fd, err := syscall.InotifyInit1(syscall.IN_NONBLOCK | syscall.IN_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	r := &renames{os.NewFile(uintptr(fd), "inotify")}
	if _, err := syscall.InotifyAddWatch(fd, dir, syscall.IN_MOVED_TO); err != nil {
		t.Fatal(err)
	}
	return r
}

// then calls f after a number of renames, unless close is called before.
func (r *renames) then(times int, f func()) {
	go func() {
		buffer := make([]byte, 64<<10)
		for times > 0 {
			n, err := r.file.Read(buffer)
			if err != nil {
				return
			}
			for at := 0; at < n; times-- {
				// The name follows an event, in the length that its last field says.
				at += syscall.SizeofInotifyEvent + int(binary.NativeEndian.Uint32(buffer[at+12:]))
			}
		}
		f()
	}()
}

func (r *renames) close() { _ = r.file.Close() }

// TestFleetInterrupt interrupts a run as a person does by Control-C. It ends by
// itself, says how far it came, leaves nothing half done, and the next run does what
// is left.
func TestFleetInterrupt(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes the documents of some hundred customers")
	}
	const n = 120
	program, in := builtProgram(t), writeCustomers(t, n, customers.Options{Seed: 1})
	single := filepath.Join(t.TempDir(), "out")
	runFleet(t, program, "batch", in, "-o", single).expect(t, 0)
	want := readTree(t, single)

	out := filepath.Join(t.TempDir(), "out")
	p, first, rest := startSlow(t, program, "batch", in, "-o", out)
	if !strings.HasPrefix(first, "generated ") {
		t.Fatalf("first said was %q", first)
	}
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	asked := time.Now()
	said, err := io.ReadAll(rest)
	if err != nil {
		t.Fatal(err)
	}
	run := p.wait(t)
	t.Logf("it ended %d ms after the interrupt", time.Since(asked).Milliseconds())
	run.stdout = first + string(said)
	run.expect(t, 130)
	if want := "concordat: interrupted\n"; run.stderr != want {
		t.Errorf("said was %q, want %q", run.stderr, want)
	}
	m := regexp.MustCompile(`^interrupted after (\d+) of 120 agreements$`).FindStringSubmatch(run.last())
	if m == nil {
		t.Fatalf("the last line is %q", run.last())
	}
	done, err := strconv.Atoi(m[1])
	if err != nil || done != len(run.lines("generated ")) || done == n {
		t.Errorf("%q after %d documents", run.last(), len(run.lines("generated ")))
	}
	tree := readTree(t, out)
	if left := temporaryFiles(tree); len(left) > 0 {
		t.Errorf("temporary files are left: %v", left)
	}
	if torn := expectWhole(t, out, []map[string]string{want}); len(torn) > 0 {
		t.Errorf("documents of two versions: %v", torn)
	}
	published := 0
	for name := range visibleFiles(t, out) {
		if id, ok := strings.CutSuffix(name, ".md"); ok {
			published++
			if tree[id+".pdf"] == "" || tree[".concordat/documents/"+id+".json"] == "" {
				t.Errorf("%s stands alone", name)
			}
		}
	}
	if published < done {
		t.Errorf("%d documents were reported, and %d are there", done, published)
	}

	next := runFleet(t, program, "batch", in, "-o", out)
	next.expect(t, 0)
	if next.stderr != "" {
		t.Errorf("the next run says %s", next.stderr)
	}
	if want := fmt.Sprintf("%d agreements: %d generated, %d unchanged, 0 failed, 0 stale", n, n-published, published); next.last() != want {
		t.Errorf("the next run says %q, want %q", next.last(), want)
	}
	if diff := cmp.Diff(want, readTree(t, out)); diff != "" {
		t.Errorf("an undisturbed run and one after an interrupt differ (-undisturbed +interrupted):\n%s", diff)
	}
}

// TestFleetLocked holds that a second run on a folder ends, and names the process
// that uses it, which goes on.
func TestFleetLocked(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes the documents of some ten customers")
	}
	const n = 60
	program, in := builtProgram(t), writeCustomers(t, n, customers.Options{Seed: 1})
	out := filepath.Join(t.TempDir(), "out")
	p, first, rest := startSlow(t, program, "batch", in, "-o", out)
	if err := p.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("concordat: %s: the folder is in use by process %d on host %s\n", out, p.cmd.Process.Pid, host)
	for _, args := range [][]string{{}, {"--shard", "2/4"}} {
		second := runFleet(t, program, append([]string{"batch", in, "-o", out}, args...)...)
		second.expect(t, 3)
		if second.stderr != want || second.stdout != "" {
			t.Errorf("%v said %q and %q, want %q", args, second.stderr, second.stdout, want)
		}
	}
	// Who only asks is not kept waiting.
	runFleet(t, program, "plan", in, "-o", out).expect(t, 0)
	if err := p.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	said, err := io.ReadAll(rest)
	if err != nil {
		t.Fatal(err)
	}
	run := p.wait(t)
	run.stdout = first + string(said)
	run.expect(t, 0)
	if want := fmt.Sprintf("%d agreements: %d generated, 0 unchanged, 0 failed, 0 stale", n, n); run.last() != want {
		t.Errorf("the first run says %q, want %q", run.last(), want)
	}
	again := runFleet(t, program, "batch", in, "-o", out)
	again.expect(t, 0)
	if want := fmt.Sprintf("%d agreements: 0 generated, %d unchanged, 0 failed, 0 stale", n, n); again.last() != want || again.stderr != "" {
		t.Errorf("a later run says %q and %q, want %q", again.last(), again.stderr, want)
	}
}

// setPipeSize is F_SETPIPE_SZ of fcntl.
const setPipeSize = 1031

// startSlow starts the program with a standard output that takes little before
// somebody reads it, so that it cannot come to its end by itself. It gives the first
// line, and the rest to read.
func startSlow(t *testing.T, program string, args ...string) (*fleetProcess, string, io.Reader) {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = reader.Close() })
	if _, _, errno := syscall.Syscall(syscall.SYS_FCNTL, writer.Fd(), setPipeSize, uintptr(os.Getpagesize())); errno != 0 {
		t.Fatal(errno)
	}
	p := startFleetWith(t, func(cmd *exec.Cmd) { cmd.Stdout = writer }, program, args...)
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	// A buffer of one line at most: what is not read holds the process.
	rest := bufio.NewReaderSize(reader, 16)
	var first []byte
	for !slices.Contains(first, '\n') {
		b, err := rest.ReadByte()
		if err != nil {
			t.Fatalf("it ended after %q\n%s", first, p.stderr.String())
		}
		first = append(first, b)
	}
	return p, string(first), rest
}
