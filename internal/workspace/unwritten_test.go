package workspace

import (
	"path/filepath"
	"testing"

	"concordat/internal/source"
)

// TestReaderOver reads files that are not there yet, in a folder that is not
// there either.
func TestReaderOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	r := NewReaderOver(map[string][]byte{
		filepath.Join(dir, FileName):               []byte("schema: concordat/workspace/v1\noutput: out\n"),
		filepath.Join(dir, "shared/provider.yaml"): []byte("schema: concordat/shared/v1\nmeetings: {progress: monthly, minutes: provider}\n"),
	})
	name := filepath.Join(dir, "customers", "a.yaml")
	resolved, list, err := r.Read(source.New(name, []byte("schema: concordat/v1\nuse: [../shared/provider.yaml]\n")))
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	if n := resolved.Tree.Field("meetings"); n == nil || n.Field("progress").Value != "monthly" {
		t.Error("the shared file was not merged")
	}
	if got, want := resolved.Settings.Output, filepath.Join(dir, "out"); got != want {
		t.Errorf("output folder %q, want %q", got, want)
	}
}
