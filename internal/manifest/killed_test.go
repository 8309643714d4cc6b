//go:build unix

package manifest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"concordat/internal/outdir"
)

const childVariable = "MANIFEST_TEST_FOLDER"

// TestChild is no test: it is the process that others kill or meet. It makes
// one version of twelve customers after the other, in the folder that it is
// told, and says so.
func TestChild(t *testing.T) {
	dir := os.Getenv(childVariable)
	if dir == "" {
		t.Skip("only as a child of another test")
	}
	folder, err := outdir.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := Open(folder, one, Holder{os.Getpid(), "here"})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("open")
	for version := 1; ; version++ {
		if version%5 == 0 {
			if err := m.Close(); err != nil {
				t.Fatal(err)
			}
			if m, _, err = Open(folder, one, Holder{os.Getpid(), "here"}); err != nil {
				t.Fatal(err)
			}
		}
		var all []customer
		for n := range 12 {
			all = append(all, customer{n, version})
		}
		if _, err := publish(m, all); err != nil {
			t.Fatal(err)
		}
		fmt.Println("published")
	}
}

// startChild starts a child and waits for what it says.
func startChild(t *testing.T, dir string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestChild$")
	child.Env = append(os.Environ(), childVariable+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("the child says %q", lines.Text())
	}
	return child, lines
}

// kill kills a process at once and waits until it is gone.
func kill(t *testing.T, child *exec.Cmd) {
	t.Helper()
	if err := child.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = child.Wait()
}

// Killed at any moment, a process leaves pairs that are whole and belong
// together, or that the next one knows to be torn.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	dir := t.TempDir()
	repaired := 0
	for round := range 120 {
		child, _ := startChild(t, dir)
		// The moment of the kill differs from round to round, and from machine
		// to machine. Nothing depends on it.
		time.Sleep(time.Duration(round%40) * 300 * time.Microsecond)
		kill(t, child)
		folder, err := outdir.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		m, findings, err := Open(folder, one, Holder{os.Getpid(), "here"})
		if err != nil {
			t.Fatal(err)
		}
		repaired += len(findings)
		for _, f := range findings {
			if !strings.HasPrefix(f, "repaired the pair of c") {
				t.Errorf("round %d: %s", round, f)
			}
		}
		for n := range 12 {
			c := customer{n, 0}
			entries := m.Entries(c.agreement())
			if len(entries) == 0 {
				if _, err := os.Stat(filepath.Join(dir, c.id()+".pdf")); err == nil {
					t.Errorf("round %d: %s is there and nobody knows it", round, c.id())
				}
				continue
			}
			if same, err := m.Matches(entries[0]); !same || err != nil {
				t.Errorf("round %d: the files of %s do not match, %v", round, c.id(), err)
			}
			c.version, err = strconv.Atoi(strings.Split(entries[0].Version, ".")[1])
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range c.files() {
				got, err := os.ReadFile(filepath.Join(dir, f.Name))
				if err != nil || string(got) != string(f.Data) {
					t.Errorf("round %d: %s holds %.60q, %v", round, f.Name, got, err)
				}
			}
		}
		left, err := os.ReadDir(filepath.Join(dir, one.staging()))
		if err != nil || len(left) > 0 {
			t.Errorf("round %d: left %v, %v", round, left, err)
		}
		if err := errors.Join(m.Abort(), folder.Close()); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d pairs were repaired", repaired)
}

// A second process on a folder in use ends at once, and names the first.
func TestSecondProcess(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	dir := t.TempDir()
	child, lines := startChild(t, dir)
	lines.Scan()
	second := exec.Command(os.Args[0], "-test.run=^TestChild$")
	second.Env = append(os.Environ(), childVariable+"="+dir)
	out, err := second.CombinedOutput()
	want := fmt.Sprintf("the folder is in use by process %d on host here\n", child.Process.Pid)
	if err == nil || !strings.Contains(string(out), want) {
		t.Errorf("the second says %q, %v", out, err)
	}
	kill(t, child)
	third, _ := startChild(t, dir)
	kill(t, third)
}
