//go:build unix

// Package fleet holds tests of "concordat batch" as a process: killed, interrupted,
// beside others, on full disks, and with 10,000 customers.
package fleet

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/customers"
)

// TestFleetShards holds that four processes at work in one output folder at once
// make what one process makes, and leave it nothing to do.
func TestFleetShards(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes the documents of some ten customers twice")
	}
	const n, shards = 30, 4
	program, in := builtProgram(t), writeCustomers(t, n, customers.Options{Seed: 1, Records: true})
	single, shared := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
	first := runFleet(t, program, "batch", in, "-o", single)
	first.expect(t, 0)

	var processes []*fleetProcess
	for i := range shards {
		processes = append(processes, startFleet(t, program, "batch", in, "-o", shared, "--shard", fmt.Sprintf("%d/%d", i+1, shards)))
	}
	var lines []string
	for _, p := range processes {
		run := p.wait(t)
		run.expect(t, 0)
		lines = append(lines, run.lines("generated ")...)
	}
	if slices.Sort(lines); len(lines) == 0 {
		t.Fatal("the shards have generated nothing")
	}
	want := first.lines("generated ")
	for i := range want {
		want[i] = strings.ReplaceAll(want[i], single, shared)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("what one process generated, and what shards did (-one +shards):\n%s", diff)
	}
	documents := func(dir string) map[string]string {
		tree := readTree(t, dir)
		for name := range tree {
			if strings.HasPrefix(name, ".concordat/") && !strings.HasPrefix(name, ".concordat/documents/") {
				delete(tree, name)
			}
		}
		return tree
	}
	if diff := cmp.Diff(documents(single), documents(shared)); diff != "" {
		t.Errorf("one process and shards differ (-one +shards):\n%s", diff)
	}
	after := runFleet(t, program, "batch", in, "-o", shared)
	after.expect(t, 0)
	if len(after.lines("generated ")) > 0 {
		t.Errorf("after the shards one process has something to do:\n%s", after.stdout)
	}
	if diff := cmp.Diff(readTree(t, single), readTree(t, shared)); diff != "" {
		t.Errorf("one process alone, and one after shards, differ (-alone +after):\n%s", diff)
	}
}

// TestFleetTenThousand makes the documents of many customers, of which 37 have a
// fault. Exactly these are reported, each at the line of its fault, and nobody's
// document holds a word of somebody else. There are 300 customers, or as many as
// CONCORDAT_FLEET says: "make fleet" does it with 10,000.
func TestFleetTenThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("it makes the documents of some hundred customers")
	}
	n, bad := fleetSize(t), 37
	o := customers.Options{Seed: 1, Bad: customers.Spread(bad, n)}
	program, in := builtProgram(t), writeCustomers(t, n, o)
	out := filepath.Join(t.TempDir(), "out")
	var all []customers.Customer
	faulty, owner := map[string]customers.Fault{}, map[string]int{}
	expected := map[string]bool{}
	for i := range n {
		c := o.Customer(i)
		all = append(all, c)
		if c.Fault != nil {
			faulty[filepath.Join(in, filepath.FromSlash(c.File))] = *c.Fault
			continue
		}
		for _, word := range c.Canaries {
			if other, taken := owner[word]; taken {
				t.Fatalf("customers %d and %d have the canary %q", other, i, word)
			}
			owner[word] = i
		}
	}

	first := runFleet(t, program, "batch", in, "-o", out)
	first.expect(t, 1)
	t.Logf("%d customers in %.1f s, %.1f ms each, at most %.0f MB", n, first.took.Seconds(), first.took.Seconds()*1000/float64(n), first.megabytes())
	sayFaults(t, first.stderr, faulty)
	var failed []string
	for name := range faulty {
		failed = append(failed, "failed "+name)
	}
	slices.Sort(failed)
	got := first.lines("failed ")
	if slices.Sort(got); !slices.Equal(got, failed) {
		t.Errorf("failed are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(failed, "\n"))
	}
	for _, c := range all {
		if c.Fault == nil {
			expected[c.ID+".md"], expected[c.ID+".pdf"] = true, true
		}
	}
	summary := func(generated, unchanged int) string {
		return fmt.Sprintf("%d agreements: %d generated, %d unchanged, %d failed, 0 stale", n, generated, unchanged, bad)
	}
	if want := summary(n-bad, 0); first.last() != want {
		t.Errorf("got %q, want %q", first.last(), want)
	}
	for name := range visibleFiles(t, out) {
		if !expected[name] {
			t.Errorf("there is a file %s", name)
		}
		delete(expected, name)
	}
	if len(expected) > 0 {
		t.Errorf("%d files are missing, such as %v", len(expected), firstOf(expected))
	}
	made := 0
	for i, c := range all {
		if c.Fault != nil {
			continue
		}
		text, err := os.ReadFile(filepath.Join(out, c.ID+".md"))
		if err != nil {
			t.Error(err)
			continue
		}
		found := canaries(t, i, string(text), owner)
		if want := slices.Sorted(slices.Values(c.Canaries)); !slices.Equal(found, want) {
			t.Errorf("%s.md holds the words %v, want %v", c.ID, found, want)
		}
		if made++; made%min(500, n/20) == 1 {
			if found := canaries(t, i, pdfText(t, filepath.Join(out, c.ID+".pdf")), owner); len(found) == 0 {
				t.Errorf("%s.pdf holds no word of its customer", c.ID)
			}
		}
	}

	before := readTree(t, out)
	second := runFleet(t, program, "batch", in, "-o", out)
	second.expect(t, 1)
	t.Logf("unchanged in %.1f s, at most %.0f MB", second.took.Seconds(), second.megabytes())
	if want := summary(0, n-bad); second.last() != want {
		t.Errorf("the second time got %q, want %q", second.last(), want)
	}
	sayFaults(t, second.stderr, faulty)
	if diff := cmp.Diff(before, readTree(t, out)); diff != "" {
		t.Errorf("a run that had nothing to do has changed (-before +after):\n%s", diff)
	}
}

// sayFaults compares what was reported as an error with the faults that files have:
// each of them, at its line, and no other file.
func sayFaults(t *testing.T, stderr string, faulty map[string]customers.Fault) {
	t.Helper()
	type place struct {
		line int
		code string
	}
	said := map[string][]place{}
	for _, m := range regexp.MustCompile(`(?m)^(\S+\.yaml):(\d+):\d+: error: .* \[([\w-]+)\]$`).FindAllStringSubmatch(stderr, -1) {
		line, err := strconv.Atoi(m[2])
		if err != nil {
			t.Fatal(err)
		}
		said[m[1]] = append(said[m[1]], place{line, m[3]})
	}
	for name, fault := range faulty {
		if !slices.Contains(said[name], place{fault.Line, fault.Diagnostic}) {
			t.Errorf("%s has %s at line %d [%s]; said was %v", name, fault.Name, fault.Line, fault.Diagnostic, said[name])
		}
		delete(said, name)
	}
	for name, places := range said {
		t.Errorf("%s has no fault; said was %v", name, places)
	}
}

// canaries are the canaries in the document of customer i, in order. A word of
// somebody else is an error.
func canaries(t *testing.T, i int, text string, owner map[string]int) []string {
	t.Helper()
	found := map[string]bool{}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch whose, ok := owner[word]; {
		case !ok:
		case whose != i:
			t.Errorf("the document of customer %d holds %q, which belongs to customer %d", i, word, whose)
		default:
			found[word] = true
		}
	}
	var all []string
	for word := range found {
		all = append(all, word)
	}
	slices.Sort(all)
	return all
}

// fleetSize is how many customers a large test makes.
func fleetSize(t testing.TB) int {
	t.Helper()
	text := os.Getenv("CONCORDAT_FLEET")
	if text == "" {
		return 300
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 40 {
		t.Fatalf("expected a number of customers from 40 in CONCORDAT_FLEET, found %q", text)
	}
	return n
}

// unavailable ends a test that this machine cannot run. In CI that is a failure: a
// test that nobody runs proves nothing.
func unavailable(t testing.TB, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// pdfText is what another program reads in a PDF.
func pdfText(t *testing.T, name string) string {
	t.Helper()
	program, err := exec.LookPath("pdftotext")
	if err != nil {
		unavailable(t, "pdftotext is not installed")
	}
	text, err := exec.Command(program, name, "-").Output()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(text)
}

// TestMain builds the program, as users have it, for all tests that ask for it.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "concordat")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	build = sync.OnceValues(func() (string, error) {
		name := filepath.Join(dir, "concordat")
		out, err := exec.Command("go", "build", "-o", name, "concordat/cmd/concordat").CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, out)
		}
		return name, err
	})
	status := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(status)
}

// build makes the program once and gives its name.
var build func() (string, error)

func builtProgram(t testing.TB) string {
	t.Helper()
	name, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return name
}

// writeCustomers makes a folder of customers, and gives its name without links.
func writeCustomers(t testing.TB, n int, o customers.Options) string {
	t.Helper()
	dir := t.TempDir()
	if err := customers.Write(dir, n, o); err != nil {
		t.Fatal(err)
	}
	return dir
}

// sharedVersions are telephone numbers of the provider. Each document prints the one
// that the shared file has, so that it differs between versions.
var sharedVersions = []string{"+1 512 555 0112", "+1 512 555 0197", "+1 512 555 0198"}

// setVersion changes the file that all customers use to one of sharedVersions.
func setVersion(t testing.TB, dir string, version int) {
	t.Helper()
	for _, file := range customers.Shared() {
		if file.Name != "provider.yaml" {
			continue
		}
		if strings.Count(file.Text, sharedVersions[0]) != 1 {
			t.Fatalf("%q does not stand once in %s", sharedVersions[0], file.Name)
		}
		text := strings.Replace(file.Text, sharedVersions[0], sharedVersions[version], 1)
		if err := os.WriteFile(filepath.Join(dir, file.Name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Fatal("customers share no provider.yaml")
}

// references are the trees that undisturbed runs make of each of sharedVersions.
func references(t *testing.T, program, in string) []map[string]string {
	t.Helper()
	var all []map[string]string
	for version := range sharedVersions {
		setVersion(t, in, version)
		out := filepath.Join(t.TempDir(), "out")
		runFleet(t, program, "batch", in, "-o", out).expect(t, 0)
		all = append(all, readTree(t, out))
	}
	for name, sum := range all[0] {
		if !strings.HasPrefix(name, ".concordat") && (sum == all[1][name] || sum == all[2][name] || all[1][name] == all[2][name]) {
			t.Fatalf("%s is the same in two versions", name)
		}
	}
	return all
}

// expectWhole holds that each file of an output folder that a person sees is one of
// an undisturbed run, and gives the ids of documents whose files are of two.
func expectWhole(t *testing.T, out string, references []map[string]string) (torn []string) {
	t.Helper()
	versions := map[string]int{} // by id
	for name, sum := range visibleFiles(t, out) {
		version := slices.IndexFunc(references, func(tree map[string]string) bool { return tree[name] == sum })
		if version < 0 {
			t.Fatalf("%s is not as any undisturbed run makes it", name)
		}
		id := strings.TrimSuffix(name, filepath.Ext(name))
		if other, ok := versions[id]; ok && other != version {
			torn = append(torn, id)
		}
		versions[id] = version
	}
	slices.Sort(torn)
	return torn
}

// fleetProcess is a process of the program.
type fleetProcess struct {
	cmd            *exec.Cmd
	stdout, stderr bytes.Buffer
	began          time.Time
}

// startFleet starts the program. What it says goes to buffers; change may say
// otherwise.
func startFleet(t testing.TB, program string, args ...string) *fleetProcess {
	t.Helper()
	return startFleetWith(t, func(*exec.Cmd) {}, program, args...)
}

func startFleetWith(t testing.TB, change func(*exec.Cmd), program string, args ...string) *fleetProcess {
	t.Helper()
	p := &fleetProcess{cmd: exec.Command(program, args...)}
	p.cmd.Stdout, p.cmd.Stderr = &p.stdout, &p.stderr
	change(p.cmd)
	p.began = time.Now()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			_ = p.cmd.Process.Kill()
			_ = p.cmd.Wait()
		}
	})
	return p
}

// wait gives what a process came to.
func (p *fleetProcess) wait(t testing.TB) fleetRun {
	t.Helper()
	if err := p.cmd.Wait(); err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	run := fleetRun{took: time.Since(p.began), status: p.cmd.ProcessState.ExitCode(), stdout: p.stdout.String(), stderr: p.stderr.String()}
	run.memory = p.cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss
	if runtime.GOOS != "darwin" {
		run.memory *= 1024
	}
	return run
}

// fleetRun is a process that has ended.
type fleetRun struct {
	status         int // -1 when it was killed
	stdout, stderr string
	took           time.Duration
	memory         int64 // the most that it had at a time, in bytes
}

func runFleet(t testing.TB, program string, args ...string) fleetRun {
	t.Helper()
	return startFleet(t, program, args...).wait(t)
}

// expect ends the test when a process has another status.
func (r fleetRun) expect(t testing.TB, status int) {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d\n%s\n%s", r.status, status, tail(r.stdout), tail(r.stderr))
	}
}

// lines are those of the output that begin so.
func (r fleetRun) lines(begin string) []string {
	var all []string
	for line := range strings.Lines(r.stdout) {
		if strings.HasPrefix(line, begin) {
			all = append(all, strings.TrimSuffix(line, "\n"))
		}
	}
	return all
}

// last is the last line of the output.
func (r fleetRun) last() string {
	text := strings.TrimSuffix(r.stdout, "\n")
	return text[strings.LastIndex(text, "\n")+1:]
}

func (r fleetRun) megabytes() float64 { return float64(r.memory) / 1e6 }

// tail is the end of a text that may be long.
func tail(text string) string {
	const most = 4000
	if len(text) > most {
		return "[...]" + text[len(text)-most:]
	}
	return text
}

// readTree gives the SHA-256 of each file below a folder by its path, with slashes,
// and "folder" for a folder. Who holds the lock is left out: it is another process
// each time.
func readTree(t testing.TB, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		inside, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		inside = filepath.ToSlash(inside)
		switch {
		case entry.IsDir():
			tree[inside] = "folder"
			return nil
		case strings.HasPrefix(inside, ".concordat/") && strings.HasSuffix(inside, "lock"):
			return nil
		}
		data, err := os.ReadFile(name)
		sum := sha256.Sum256(data)
		tree[inside] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// visibleFiles are the files of an output folder that a person sees, by name.
func visibleFiles(t testing.TB, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		if e.Name() == ".concordat" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		files[e.Name()] = hex.EncodeToString(sum[:])
	}
	return files
}

// temporaryFiles are those that a run writes to before it publishes.
func temporaryFiles(tree map[string]string) []string {
	var all []string
	for name := range tree {
		if strings.HasSuffix(name, ".tmp") {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// firstOf is the first of some names.
func firstOf(names map[string]bool) string {
	var all []string
	for name := range names {
		all = append(all, name)
	}
	return slices.Min(all)
}
