//go:build unix

package outdir

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A disk that takes no more, stood in for by the limit of the size of a file:
// the second file cannot be written, so the first is not published either.
func TestPublishOnFullDisk(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.md", "old")
	put(t, dir, "b.md", "old")
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Skip(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	small := limit
	small.Cur = 4096
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		t.Skip(err)
	}
	err := Publish(dir, []File{{"a.md", []byte("new")}, {"b.md", make([]byte, 8192)}, {"c.md", nil}})
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	if err == nil || !strings.HasPrefix(err.Error(), dir+`: cannot write "b.md": `) {
		t.Errorf("got %v", err)
	}
	expect(t, dir, "a.md: old", "b.md: old")
}

func TestPublishRefusesPipe(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "a.md"), 0o600); err != nil {
		t.Skip(err)
	}
	if err := Publish(dir, []File{{"a.md", nil}}); err == nil || !strings.HasSuffix(err.Error(), `cannot replace "a.md": it is a pipe`) {
		t.Errorf("got %v", err)
	}
}

// A pipe that nobody writes into stops nobody.
func TestFolderPipe(t *testing.T) {
	base := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(base, "pipe"), 0o600); err != nil {
		t.Skip(err)
	}
	dir, err := Open(base)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	if _, err := dir.Open("pipe"); err == nil || !strings.HasSuffix(err.Error(), "it is a pipe") {
		t.Errorf("opened: %v", err)
	}
	if _, err := dir.Lock("pipe", "me"); err == nil {
		t.Error("locked a pipe")
	}
}

func TestPublishMode(t *testing.T) {
	dir := t.TempDir()
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	if err := Publish(dir, []File{{"a.md", nil}}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "a.md"))
	if err != nil || info.Mode() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

const killedVariable = "OUTDIR_TEST_KILLED"

// TestKilled is no test: it is the process that TestPublishKilled kills.
func TestKilled(t *testing.T) {
	dir := os.Getenv(killedVariable)
	if dir == "" {
		t.Skip("only as a child of TestPublishKilled")
	}
	for i := 0; ; i++ {
		letter := string(rune('a' + i%26))
		files := []File{{"one", []byte(strings.Repeat(letter, 1<<18))}, {"two", []byte(strings.Repeat(letter, 1<<18))}}
		if err := Publish(dir, files); err != nil {
			t.Fatal(err)
		}
		fmt.Println("published")
	}
}

// Killed at any moment, a process leaves whole files and what Sweep removes.
func TestPublishKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	dir := t.TempDir()
	for round := range 8 {
		child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		child.Env = append(os.Environ(), killedVariable+"="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for range round + 1 {
			lines.Scan()
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait()
		if _, err := Sweep(dir, time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		files := content(t, dir)
		if len(files) != 2 {
			t.Fatalf("%d files are left", len(files))
		}
		for _, f := range files {
			_, text, _ := strings.Cut(f, ": ")
			if len(text) != 1<<18 || strings.Trim(text, text[:1]) != "" {
				t.Fatalf("a file of %d bytes is torn", len(text))
			}
		}
	}
}
