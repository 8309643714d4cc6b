//go:build unix

package clause

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A pipe in the place of a clause must not be opened: that would wait for ever.
func TestLoadPipe(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/lib-ok")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pipe-01.md", "library.yaml"} {
		_ = os.Remove(filepath.Join(dir, name))
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Skip(err)
		}
	}
	_, list, err := Load(Layer{os.DirFS(dir), "lib/"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range list {
		got = append(got, d.Code+" "+d.Message)
	}
	want := []string{`clause-unexpected-file "lib/library.yaml" is not a file`, `clause-unexpected-file "lib/pipe-01.md" is not a file`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}
