//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package outdir

import (
	"os"
	"syscall"
)

// lockFile locks an open file, alone or as one of several, and never waits. The
// file was opened inside the folder: a library that opens it by its path would
// follow links out of it.
func lockFile(f *os.File, alone bool) error {
	how := syscall.LOCK_SH
	if alone {
		how = syscall.LOCK_EX
	}
	for {
		switch err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB); err {
		case syscall.EINTR:
		case syscall.EWOULDBLOCK:
			return ErrLocked
		default:
			return os.NewSyscallError("flock", err)
		}
	}
}
