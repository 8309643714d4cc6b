package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// TooLargeError tells that a file is larger than the reader accepts.
type TooLargeError struct {
	Name  string
	Limit int64 // bytes
}

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s: larger than %d KiB", e.Name, e.Limit/1024)
}

// ErrNotRegular is the reason why a folder, pipe or device is not read.
var ErrNotRegular = errors.New("not a regular file")

// Read reads a file of at most limit bytes. It opens without blocking, so
// that a pipe cannot hang it, and reads regular files only. Its errors are
// *TooLargeError, ErrNotRegular, or what the operating system says; all carry
// the name.
func Read(name string, limit int64) (*File, error) {
	data, err := ReadBytes(name, limit)
	if err != nil {
		return nil, err
	}
	return New(name, data), nil
}

// ReadBytes is Read for those who need no places in the file. It takes a third of the
// room.
func ReadBytes(name string, limit int64) ([]byte, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return bytesFrom(f, name, limit)
}

// ReadFS is Read for a file of a file system, such as an embedded one. The
// name in messages is prefix + name. A file system cannot open without
// blocking, so a pipe is refused before it is opened.
func ReadFS(fsys fs.FS, prefix, name string, limit int64) (*File, error) {
	if info, err := fs.Stat(fsys, name); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w", prefix+name, ErrNotRegular)
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readFrom(f, prefix+name, limit)
}

// ReadRoot is Read for a file inside a folder, out of which no link leads. name
// is its path there, display its name in messages.
func ReadRoot(root *os.Root, name, display string, limit int64) (*File, error) {
	f, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readFrom(f, display, limit)
}

func readFrom(f fs.File, name string, limit int64) (*File, error) {
	data, err := bytesFrom(f, name, limit)
	if err != nil {
		return nil, err
	}
	return New(name, data), nil
}

func bytesFrom(f fs.File, name string, limit int64) ([]byte, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w", name, ErrNotRegular)
	}
	if info.Size() > limit {
		return nil, &TooLargeError{name, limit}
	}
	// The size is room to begin with; the file may have grown meanwhile.
	data := bytes.NewBuffer(make([]byte, 0, info.Size()+bytes.MinRead))
	if _, err := data.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if int64(data.Len()) > limit {
		return nil, &TooLargeError{name, limit}
	}
	return data.Bytes(), nil
}
