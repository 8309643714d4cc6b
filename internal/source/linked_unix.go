//go:build unix

package source

import (
	"io/fs"
	"syscall"
)

// Linked reports whether a file has a second name: a change under the other
// name changes it too, and what it holds may be somebody else's. Where the
// system does not say, it is false.
func Linked(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && info.Mode().IsRegular() && stat.Nlink > 1
}
