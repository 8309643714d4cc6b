package outdir

import (
	"os"
	"syscall"
	"unsafe"
)

// lockFile locks an open file, alone or as one of several, and never waits. It
// locks a byte far behind the text: what is locked here cannot be read.
func lockFile(f *os.File, alone bool) error {
	const (
		failImmediately = 1
		exclusive       = 2
		violation       = syscall.Errno(33)
	)
	flags := uintptr(failImmediately)
	if alone {
		flags |= exclusive
	}
	at := syscall.Overlapped{OffsetHigh: 1 << 30}
	done, _, err := syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx").Call(f.Fd(), flags, 0, 1, 0, uintptr(unsafe.Pointer(&at)))
	switch {
	case done != 0:
		return nil
	case err == violation || err == syscall.ERROR_IO_PENDING:
		return ErrLocked
	}
	return os.NewSyscallError("LockFileEx", err)
}
