package workspace_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/workspace"
)

// TestLock holds that the lock beside the workspace file is read, from a folder
// below too, and that what cannot be read is an error.
func TestLock(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		make func(lock string) error
		want string // text of the lock
		code string
	}{
		{"none", func(string) error { return nil }, "", ""},
		{"file", func(lock string) error { return os.WriteFile(lock, []byte("words"), 0o600) }, "words", ""},
		{"folder", func(lock string) error { return os.Mkdir(lock, 0o700) }, "", "workspace-lock"},
		{"link that leads out", func(lock string) error { return os.Symlink(outside, lock) }, "", "workspace-lock"},
		{"too large", func(lock string) error {
			return os.WriteFile(lock, []byte(strings.Repeat("x", 8*1024*1024+1)), 0o600)
		}, "", "workspace-lock"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			below := filepath.Join(dir, "customers")
			if err := os.Mkdir(below, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, workspace.FileName), []byte("schema: concordat/workspace/v1\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := c.make(filepath.Join(dir, workspace.LockName)); err != nil {
				t.Fatal(err)
			}
			settings, list, err := workspace.NewReader().Settings(below)
			if err != nil {
				t.Fatal(err)
			}
			if settings.Dir != dir {
				t.Errorf("the folder is %q, want %q", settings.Dir, dir)
			}
			got, code := "", ""
			if settings.Lock != nil {
				got = settings.Lock.Text()
			}
			if len(list) > 0 {
				code = list[0].Code
			}
			if got != c.want || code != c.code {
				t.Errorf("got %q and %q, want %q and %q", got, code, c.want, c.code)
			}
		})
	}
}
