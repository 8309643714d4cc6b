package expand

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// walkFiles reads every regular file under root that is not larger than a
// template may be.
func walkFiles(t *testing.T, root string, visit func(name string, data []byte)) {
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if info, err := d.Info(); err != nil || !info.Mode().IsRegular() || info.Size() > MaxBody {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		visit(name, data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
