package outdir_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/outdir"
	"concordat/internal/outdir/faultdir"

	"github.com/google/go-cmp/cmp"
)

// kind gives the errors that callers ask for a name.
func kind(err error) string {
	for _, known := range []error{fs.ErrNotExist, fs.ErrExist, outdir.ErrLocked} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	if err != nil {
		return "an error"
	}
	return "done"
}

// script does what a Folder can do, and gives what came of it.
func script(f outdir.Folder) []string {
	var said []string
	say := func(what string, err error) { said = append(said, what+": "+kind(err)) }
	write := func(what string, w outdir.Writer, err error, text string) {
		if err == nil {
			_, err = io.WriteString(w, text)
			err = errors.Join(err, w.Sync(), w.Close())
		}
		say(what, err)
	}
	read := func(name string) {
		r, err := f.Open(name)
		var data []byte
		if err == nil {
			data, err = io.ReadAll(r)
			err = errors.Join(err, r.Close())
		}
		say(fmt.Sprintf("read %s %q", name, data), err)
	}
	list := func(name string) {
		entries, err := f.ReadDir(name)
		text := "list " + name
		for _, e := range entries {
			text += fmt.Sprintf(" %s %t", e.Name(), e.IsDir())
		}
		say(text, err)
	}
	look := func(name string) {
		info, err := f.Lstat(name)
		if err == nil && info.Mode().IsRegular() {
			name += fmt.Sprint(" ", info.Size())
		} else if err == nil {
			name += fmt.Sprint(" ", info.IsDir())
		}
		say("look at "+name, err)
	}
	say("make", f.MkdirAll("a/b"))
	say("make again", f.MkdirAll("a/b"))
	w, err := f.Create("a/one")
	write("create", w, err, "1")
	w, err = f.Create("a/one")
	write("create again", w, err, "2")
	w, err = f.Create("none/one")
	write("create nowhere", w, err, "2")
	w, err = f.Append("a/one")
	write("append", w, err, "+")
	w, err = f.Append("a/two")
	write("append to nothing", w, err, "2")
	w, err = f.Append("a/b")
	write("append to a folder", w, err, "2")
	read("a/one")
	read("a/two")
	read("a/none")
	read("a/b")
	list("a")
	list(".")
	list("none")
	list("a/one")
	look("a/one")
	look("a")
	look("none")
	look("a/one/inside")
	say("make in a file", f.MkdirAll("a/one/b"))
	say("rename", f.Rename("a/one", "a/b/three"))
	say("rename over", f.Rename("a/two", "a/b/three"))
	say("rename nothing", f.Rename("a/two", "a/b/three"))
	say("rename to nowhere", f.Rename("a/b/three", "none/three"))
	say("rename to a folder", f.Rename("a/b/three", "a/b"))
	read("a/b/three")
	say("remove a folder that holds something", f.Remove("a/b"))
	say("remove", f.Remove("a/b/three"))
	say("remove again", f.Remove("a/b/three"))
	say("remove a folder", f.Remove("a/b"))
	say("sync", f.SyncDir("a"))
	say("sync all", f.SyncDir("."))
	say("sync nothing", f.SyncDir("none"))
	for _, name := range []string{"../x", "/x", "a/../../x", ".."} {
		_, err := f.Create(name)
		say("create "+name, err)
	}
	lock := func(what string, l io.Closer, err error) io.Closer {
		say(what, err)
		return l
	}
	l, err := f.Lock("a/lock", "somebody")
	alone := lock("lock", l, err)
	read("a/lock")
	l, err = f.Lock("a/lock", "another")
	lock("lock twice", l, err)
	l, err = f.LockShared("a/lock")
	lock("share what is locked", l, err)
	say("unlock", alone.Close())
	l, err = f.LockShared("a/lock")
	first := lock("share", l, err)
	l, err = f.LockShared("a/lock")
	second := lock("share again", l, err)
	l, err = f.Lock("a/lock", "another")
	lock("lock what is shared", l, err)
	say("unlock", first.Close())
	l, err = f.Lock("a/lock", "another")
	lock("lock what one shares", l, err)
	say("unlock", second.Close())
	l, err = f.Lock("a/lock", "me")
	alone = lock("lock at last", l, err)
	read("a/lock")
	say("unlock", alone.Close())
	l, err = f.Lock("none/lock", "me")
	lock("lock nowhere", l, err)
	l, err = f.Lock("a", "me")
	lock("lock a folder", l, err)
	return said
}

// The disk in memory does what one of the system does.
func TestFolder(t *testing.T) {
	dir, err := outdir.Open(filepath.Join(t.TempDir(), "out", "deep"))
	if err != nil {
		t.Fatal(err)
	}
	onDisk := script(dir)
	if err := dir.Close(); err != nil {
		t.Error(err)
	}
	inMemory := script(faultdir.New().Process(faultdir.Fault{}))
	if diff := cmp.Diff(onDisk, inMemory); diff != "" {
		t.Errorf("what came of it (-disk +memory):\n%s", diff)
	}
	var wrong []string
	for _, line := range onDisk {
		if strings.HasSuffix(line, "an error") {
			wrong = append(wrong, strings.TrimSuffix(line, ": an error"))
		}
	}
	want := []string{
		"append to a folder", `read a/b ""`, "list a/one", "look at a/one/inside", "make in a file",
		"create ../x", "create /x", "create a/../../x", "create ..", "lock a folder",
	}
	if diff := cmp.Diff(want, wrong); diff != "" {
		t.Errorf("refused (-want +got):\n%s", diff)
	}
}

// Nothing outside the folder is reached through a link, and a link is no file.
func TestFolderLinks(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "outside")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	base := t.TempDir()
	dir, err := outdir.Open(base)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	for name, target := range map[string]string{"out": outside, "up": "..", "in": "file", "self": "self", "nothing": "none"} {
		if err := os.Symlink(target, filepath.Join(base, name)); err != nil {
			t.Skip(err)
		}
	}
	if err := os.WriteFile(filepath.Join(base, "file"), []byte("text"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"out", "in", "self", "nothing", "up", "up/x"} {
		if _, err := dir.Open(name); err == nil {
			t.Errorf("opened %s", name)
		}
		if _, err := dir.Append(name); err == nil {
			t.Errorf("appended to %s", name)
		}
		if _, err := dir.Create(name); err == nil {
			t.Errorf("created %s", name)
		}
		if _, err := dir.Lock(name, "me"); err == nil {
			t.Errorf("locked %s", name)
		}
	}
	for path, want := range map[string]string{outside: "secret", filepath.Join(base, "file"): "text"} {
		if got, err := os.ReadFile(path); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v", path, got, err)
		}
	}
	if _, err := outdir.OpenExisting(filepath.Join(base, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("opened a folder that is missing: %v", err)
	}
}
