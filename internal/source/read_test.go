package source

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
)

func TestRead(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.yaml")
	if err := os.WriteFile(name, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Read(name, 5)
	if err != nil || f.Text() != "12345" || f.Name() != name {
		t.Errorf("Read = %v, %v", f, err)
	}
	var tooLarge *TooLargeError
	if _, err := Read(name, 4); !errors.As(err, &tooLarge) || tooLarge.Limit != 4 || tooLarge.Name != name {
		t.Errorf("a file over the limit: %v", err)
	}
	if _, err := Read(filepath.Join(dir, "none"), 4); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if _, err := Read(dir, 4); !errors.Is(err, ErrNotRegular) || err.Error() != dir+": not a regular file" {
		t.Errorf("a folder: %v", err)
	}
	if got, want := (&TooLargeError{"a.yaml", 256 * 1024}).Error(), "a.yaml: larger than 256 KiB"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReadFS(t *testing.T) {
	fsys := fstest.MapFS{"terms/a.md": {Data: []byte("abc")}}
	f, err := ReadFS(fsys, "built-in:", "terms/a.md", 3)
	if err != nil || f.Text() != "abc" || f.Name() != "built-in:terms/a.md" {
		t.Errorf("ReadFS = %v, %v", f, err)
	}
	var tooLarge *TooLargeError
	if _, err := ReadFS(fsys, "", "terms/a.md", 2); !errors.As(err, &tooLarge) {
		t.Errorf("a file over the limit: %v", err)
	}
	if _, err := ReadFS(fsys, "", "terms", 2); !errors.Is(err, ErrNotRegular) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := ReadFS(fsys, "", "none", 2); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
