package workspace

import (
	"path/filepath"
	"strings"

	"concordat/internal/diag"
)

// Settings are those of the workspace that a folder of the operating system lies
// in; empty without one. With an error in the list they are of no use. The error
// is a failure of the file system.
func (r *Reader) Settings(dir string) (*Settings, diag.List, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, nil, err
	}
	root, up, found := r.FindRoot(absolute)
	f := r.folder(root, filepath.Join(dir, strings.Repeat("../", up)), found)
	return &f.settings, f.list, nil
}
