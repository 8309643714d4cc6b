//go:build !unix

package source

import "io/fs"

// Linked reports whether a file has a second name. This system does not say so
// where files are read; it is false.
func Linked(fs.FileInfo) bool { return false }
