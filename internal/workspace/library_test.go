//go:build unix

package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"concordat/internal/source"
)

// TestConfined holds that the file system of a library shows what lies in its
// folder, follows no link and waits for no pipe.
func TestConfined(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("text"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("secret.md")
	write("own/library.yaml")
	write("own/terms/a.md")
	l, err := OpenLibrary(filepath.Join(dir, "own"))
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(l.FS, "library.yaml", "terms/a.md"); err != nil {
		t.Error(err)
	}
	for name, to := range map[string]string{"inward": "library.yaml", "outward": "../secret.md", "absolute": filepath.Join(dir, "secret.md"), "folder": "terms", "loop": "loop"} {
		if err := os.Symlink(to, filepath.Join(dir, "own", name)); err != nil {
			t.Skip(err)
		}
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "own", "pipe"), 0o600); err != nil {
		t.Skip(err)
	}
	for _, name := range []string{"inward", "outward", "absolute", "folder", "folder/a.md", "loop", "pipe"} {
		if f, err := l.FS.Open(name); !errors.Is(err, source.ErrNotRegular) {
			t.Errorf("%s: opened %v, %v", name, f, err)
		}
	}
	for _, name := range []string{"../secret.md", "/etc/passwd", "terms/../../secret.md", ""} {
		if f, err := l.FS.Open(name); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: opened %v, %v", name, f, err)
		}
	}
}

// TestLibraryThroughLinks holds that no link leads to a library inside of a
// workspace.
func TestLibraryThroughLinks(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "work", "own", "words"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, to := range map[string]string{"link": "own", "out": dir, "own/here": "words"} {
		if err := os.Symlink(to, filepath.Join(dir, "work", name)); err != nil {
			t.Skip(err)
		}
	}
	f := &folder{dir: filepath.Join(dir, "work"), display: "work"}
	for _, name := range []string{"link", "link/words", "out", "out/work/own", "own/here"} {
		if l, why, _ := f.library(name); why != "a symbolic link leads to it" {
			t.Errorf("%s: %+v, %q", name, l, why)
		}
	}
	l, why, _ := f.library("own/words")
	if why != "" || l.Dir != filepath.Join(f.dir, "own", "words") || !strings.HasSuffix(l.Display, "words") {
		t.Errorf("%+v, %q", l, why)
	}
}
