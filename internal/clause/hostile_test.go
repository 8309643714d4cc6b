package clause

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/diag"
)

// own is a library of its own, in a folder of the operating system.
func own(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "own")
	if err := os.CopyFS(dir, os.DirFS("testdata/lib-ok")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// short is diagnostics without excerpts.
func short(t *testing.T, list diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := (diag.Printer{}).Print(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestLoadLinks holds that nothing is read through a link, which can lead
// anywhere.
func TestLoadLinks(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.md")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := own(t)
	move := func(name, to string) {
		t.Helper()
		if err := os.Rename(filepath.Join(dir, name), filepath.Join(dir, "..", to)); err != nil {
			t.Fatal(err)
		}
	}
	move("library.yaml", "library.yaml")
	move("terms", "terms")
	for name, to := range map[string]string{
		"library.yaml": "../library.yaml", "terms": "../terms", "link-01.md": outside, "link-02.md": "link-02.md", "link-03.md": "bkp-01.md",
	} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	if err := os.Link(outside, filepath.Join(dir, "link-04.md")); err != nil {
		t.Skip(err)
	}
	_, list, err := Load(Layer{os.DirFS(dir), "own/"})
	if err != nil {
		t.Fatal(err)
	}
	const hint = "   = hint: put the file itself in its place\n"
	want := `own/library.yaml:1:1: error: "own/library.yaml" is a symbolic link [clause-link]
` + hint + `own/link-01.md:1:1: error: "own/link-01.md" is a symbolic link [clause-link]
` + hint + `own/link-02.md:1:1: error: "own/link-02.md" is a symbolic link [clause-link]
` + hint + `own/link-03.md:1:1: error: "own/link-03.md" is a symbolic link [clause-link]
` + hint + `own/link-04.md:1:1: error: the file "own/link-04.md" has a second name elsewhere (a hard link) [clause-link]
   = hint: put a copy of the file in its place
own/terms:1:1: warning: the file "own/terms" is no part of a library and is not read [clause-unexpected-file]
   = hint: move it out of the library; clauses are named <id>.md, terms terms/<id>.md, layouts layouts/<id>.md
`
	if diff := cmp.Diff(want, short(t, list)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestLoadTooMuch holds that a folder with too many files, or with too much in
// them, ends in one message.
func TestLoadTooMuch(t *testing.T) {
	text := func(name string) *fstest.MapFile {
		data, err := fs.ReadFile(os.DirFS("testdata/lib-ok"), name)
		if err != nil {
			t.Fatal(err)
		}
		return &fstest.MapFile{Data: data}
	}
	for _, c := range []struct {
		name, want string
		files      func(fstest.MapFS)
	}{
		{"entries", "own/library.yaml:1:1: error: the folder holds more than 1000 files [clause-too-many]\n   = hint: keep each library in a folder of its own, without other files\n", func(files fstest.MapFS) {
			for i := range MaxFiles + 1 {
				files[fmt.Sprintf("aa-%04d.md", i)] = &fstest.MapFile{}
			}
		}},
		{"bytes", "own/aa-0129.md:1:1: error: the files of the library are larger than 8192 KiB together [clause-too-many]\n   = hint: make several libraries of it\n", func(files fstest.MapFS) {
			for i := range 300 {
				id := fmt.Sprintf("aa-%04d", i)
				files[id+".md"] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\nid: %s\ntitle: A\nversion: 1.0.0\nstatus: retired\nbinds: both\nplain: A.\n---\n%s", id, strings.Repeat("The Parties agree.\n", 3400))}
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{"library.yaml": text("library.yaml")}
			c.files(files)
			_, list, err := Load(Layer{files, "own/"})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, short(t, list)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
