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

// TestMerge gives prices and quantities as they are written, which Read refuses
// while the agreement does not say how many there are.
func TestMerge(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	r := NewReaderOver(map[string][]byte{
		filepath.Join(dir, "provider.yaml"): []byte("schema: concordat/shared/v1\nbudget: {lines: [{id: B-1, charges: [{quantity_of: PEOPLE, from: effective}]}]}\n"),
	})
	file := source.New(filepath.Join(dir, "a.yaml"), []byte("schema: concordat/v1\nuse: [provider.yaml]\n"))
	merged, list, err := r.Merge(file)
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	charge := merged.Tree.Field("budget").Field("lines").Items[0].Field("charges").Items[0]
	if charge.Field("quantity_of").Value != "PEOPLE" || charge.Field("from").Value != "effective" {
		t.Error("not as written")
	}
	if _, list, err := r.Read(file); err != nil || !list.HasErrors() {
		t.Errorf("%v, and Read found nothing", err)
	}
}
