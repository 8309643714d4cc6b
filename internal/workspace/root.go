package workspace

import (
	"os"
	"path/filepath"
)

// FileName is the name of the file that makes its folder a workspace.
const FileName = "concordat.yaml"

// LockName is the name of the file beside it that pins the built-in words.
const LockName = "concordat.lock"

// FindRoot is the nearest folder with a workspace file, from dir upwards, and
// how many levels up it is. Without one it is dir itself.
func (r *Reader) FindRoot(dir string) (root string, up int, found bool) {
	for at := dir; ; up++ {
		if _, ok := r.unwritten[filepath.Join(at, FileName)]; ok {
			return at, up, true
		}
		if _, err := os.Lstat(filepath.Join(at, FileName)); err == nil {
			return at, up, true
		}
		parent := filepath.Dir(at)
		if parent == at {
			return dir, 0, false
		}
		at = parent
	}
}
