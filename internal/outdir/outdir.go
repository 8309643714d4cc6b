// Package outdir publishes finished files into a folder.
//
// It is for the commands that write documents. Its promise: whoever looks into
// the folder, at any moment and after any failure, sees each file whole as it
// was or whole as it is now, never a part of one; and when Publish could not
// write all of its files, it has changed none of those it can avoid changing.
//
// Publish does so for a few files at once. Folder is what it works with, for
// those who publish many and keep a journal: package manifest.
package outdir

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"time"
)

// File is a file to publish.
type File struct {
	Name string // a single element of a path, such as "lodz.pdf", unless said otherwise
	Data []byte
}

// Publish writes all files into dir, which is made if it is missing, together
// with its parents. Each file is written to a temporary name in dir and synced;
// only when all are written are they renamed to their names, in the order
// given. On a failure before the first rename nothing that existed has changed
// and the temporary files are removed; a failure between two renames leaves the
// earlier files new and the later ones as they were.
//
// Files that exist are replaced. A name that CheckName refuses, names that a
// file system without upper and lower case cannot tell apart, and a folder,
// symbolic link, pipe or device in the place of a file are errors before
// anything is written. Errors name the file or the folder.
//
// Several goroutines and processes may publish into one folder. When two
// publish one name, the file is that of one of them.
func Publish(dir string, files []File) error {
	if err := checkNames(files); err != nil {
		return err
	}
	folder, err := Open(dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	for _, f := range files {
		if err := CheckTarget(folder, f.Name); err != nil {
			return fmt.Errorf("%s: cannot replace %q: %w", dir, f.Name, err)
		}
	}
	temporaries := make([]string, len(files))
	for i := range files {
		// Unpredictable and new each time: two writers never share a
		// temporary file, and nobody can put a link in its place.
		temporaries[i] = temporaryPrefix + rand.Text() + temporarySuffix
	}
	if err := Write(folder, files, temporaries); err != nil {
		return fmt.Errorf("%s: %w", dir, err)
	}
	for i, f := range files {
		if err := folder.Rename(temporaries[i], f.Name); err != nil {
			return errors.Join(fmt.Errorf("%s: cannot rename a temporary file to %q: %w", dir, f.Name, err), RemoveAll(folder, temporaries[i:]))
		}
	}
	if err := folder.SyncDir("."); err != nil {
		return fmt.Errorf("%s: cannot sync the folder: %w", dir, err)
	}
	return nil
}

// Sweep removes the temporary files last changed before a time that processes
// which were killed have left in dir, and gives their number. The time is well
// in the past, so that no Publish at work in dir meanwhile loses its files. A
// folder that does not exist has nothing to sweep.
func Sweep(dir string, before time.Time) (removed int, err error) {
	folder, err := OpenExisting(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer folder.Close()
	entries, err := folder.ReadDir(".")
	if err != nil {
		return 0, fmt.Errorf("%s: cannot read the folder: %w", dir, err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !temporaryForm.MatchString(e.Name()) {
			continue
		}
		if info, err := e.Info(); err != nil || !info.ModTime().Before(before) {
			continue // another process has removed it, or is at work on it
		}
		if err := folder.Remove(e.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, fmt.Errorf("%s: cannot remove a left-over file: %w", dir, err)
		}
		removed++
	}
	return removed, nil
}

const (
	temporaryPrefix = ".concordat-"
	temporarySuffix = ".tmp"
)

// temporaryForm matches the temporary names that Publish makes, and no others.
var temporaryForm = regexp.MustCompile(`^\.concordat-[A-Z2-7]{26}\.tmp$`)

// describe names what a mode is for a person.
func describe(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeSymlink != 0:
		return "a symbolic link"
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	default:
		return "not a regular file"
	}
}

// checkNames examines the names of all files, and that they differ.
func checkNames(files []File) error {
	var all error
	seen := map[string]string{}
	for _, f := range files {
		if err := CheckName(f.Name); err != nil {
			all = errors.Join(all, err)
			continue
		}
		folded := fold(f.Name)
		if first, ok := seen[folded]; ok {
			if first == f.Name {
				all = errors.Join(all, fmt.Errorf("the name %q stands twice", f.Name))
			} else {
				all = errors.Join(all, fmt.Errorf("the names %q and %q are one name on some systems", first, f.Name))
			}
			continue
		}
		seen[folded] = f.Name
	}
	return all
}

// maxName is the longest name that file systems take, in bytes.
const maxName = 255

// devices are names that Windows gives to devices, with any extension.
var devices = strings.Fields("con prn aux nul conin$ conout$" +
	" com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 com¹ com² com³" +
	" lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 lpt¹ lpt² lpt³")

// CheckName says why a name is not the name of a file on every system: it must
// be a single element of a path in UTF-8, without control characters and
// < > : " / \ | ? *, not end in a point or space, not be the name of a device,
// not begin like a temporary file, and have at most 255 bytes.
func CheckName(name string) error {
	refuse := func(why string) error { return fmt.Errorf("cannot name a file %q: %s", name, why) }
	stem, _, _ := strings.Cut(name, ".")
	switch {
	case name == "" || name == "." || name == "..":
		return refuse("it is no name")
	case len(name) > maxName:
		return refuse(fmt.Sprintf("it is longer than %d bytes", maxName))
	case strings.ContainsFunc(name, forbidden):
		return refuse("it holds a character that file systems do not take")
	case strings.HasSuffix(name, ".") || strings.HasSuffix(name, " "):
		return refuse("it ends in a point or space")
	case strings.HasPrefix(fold(name), temporaryPrefix):
		return refuse("it begins like a temporary file")
	case slices.Contains(devices, strings.ToLower(strings.TrimRight(stem, " "))):
		return refuse("it is the name of a device on Windows")
	}
	return nil
}

// forbidden characters are those that Windows refuses, and bytes that are no
// UTF-8.
func forbidden(r rune) bool {
	return r < 0x20 || r >= 0x7f && r <= 0x9f || r == '\ufffd' || strings.ContainsRune(`<>:"/\|?*`, r)
}
