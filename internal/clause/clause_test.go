package clause

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/diag"
)

var update = flag.Bool("update", false, "write the golden files under testdata")

func printed(t *testing.T, list diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func loadOK(t testing.TB) *Library {
	t.Helper()
	l, list, err := Load(os.DirFS("testdata/lib-ok"), "lib/")
	if err != nil || len(list) > 0 {
		t.Fatalf("testdata/lib-ok: %v\n%v", err, list)
	}
	return l
}

// Each archive in testdata/err is a library and, as "want", its diagnostics.
func TestLoadRefuses(t *testing.T) {
	archives, err := filepath.Glob("testdata/err/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			comment, files := parseArchive(string(data))
			if len(files) == 0 || files[len(files)-1].name != "want" || !strings.HasPrefix(comment, "what: ") {
				t.Fatal("an archive begins with a line \"what: ...\" and ends with the file \"want\"")
			}
			want := &files[len(files)-1]
			_, list, err := Load(asFS(files[:len(files)-1]), "clauses/")
			if err != nil {
				t.Fatal(err)
			}
			got := printed(t, list)
			if *update {
				want.text = got
				if err := os.WriteFile(name, []byte(formatArchive(comment, files)), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(want.text, got); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
			for _, d := range list {
				if !d.Span.Valid() {
					t.Errorf("span of %s is not valid", d.Code)
				}
			}
			if len(list) == 0 {
				t.Error("no diagnostics")
			}
		})
	}
}

func TestLoadReads(t *testing.T) {
	l := loadOK(t)
	var b bytes.Buffer
	describe(&b, l)
	golden := "testdata/lib-ok.txt"
	if *update {
		if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("library (-want +got):\n%s", diff)
	}
}

// A failing file system is an error, never a library with fewer clauses.
func TestLoadFails(t *testing.T) {
	if _, _, err := Load(os.DirFS("testdata/none"), "lib/"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that does not exist: %v", err)
	}
	for _, name := range []string{"bkp-01.md", "terms", "terms/party.md", "library.yaml"} {
		_, _, err := Load(failing{os.DirFS("testdata/lib-ok"), name}, "lib/")
		if !errors.Is(err, errBroken) {
			t.Errorf("%s cannot be read: %v", name, err)
		}
	}
}

var errBroken = errors.New("broken disk")

// failing is a file system in which one name cannot be opened.
type failing struct {
	fs.FS
	name string
}

func (f failing) Open(name string) (fs.File, error) {
	if name == f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errBroken}
	}
	return f.FS.Open(name)
}

func TestLoadSizes(t *testing.T) {
	front := "---\nid: one-01\ntitle: T\nversion: 1.0.0\nstatus: draft\nbinds: both\nplain: P.\n---\n"
	library := "id: sample\ntitle: T\nversion: 1.0.0\nlicence: CC0-1.0\narticles: [{id: all, title: All, clauses: [one-01]}]\n"
	for _, size := range []int{MaxSize, MaxSize + 1} {
		_, list, err := Load(asFS([]archived{{"library.yaml", library}, {"one-01.md", front + strings.Repeat("x", size-len(front))}}), "clauses/")
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		if size > MaxSize {
			want = "clauses/one-01.md:1:1: error: the file is larger than 64 KiB [clause-too-large]\n  |\n1 |\n  | ^\n  = hint: split it\n"
		}
		if got := printed(t, list); got != want {
			t.Errorf("%d bytes: %s", size, got)
		}
	}
}

func asFS(files []archived) fs.FS {
	fsys := fstest.MapFS{}
	for _, f := range files {
		fsys[f.name] = &fstest.MapFile{Data: []byte(f.text)}
	}
	return fsys
}

// FuzzClauseFile loads any text as a clause, a term and library.yaml.
func FuzzClauseFile(f *testing.F) {
	err := fs.WalkDir(os.DirFS("testdata/lib-ok"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join("testdata/lib-ok", name))
		f.Add(string(data))
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("---\n---\n")
	f.Add("---\r\nid: [\r\n---\r\n\xff")
	f.Fuzz(func(t *testing.T, text string) {
		const library = "id: sample\ntitle: T\nversion: 1.0.0\nlicence: CC0-1.0\narticles: [{id: all, title: All, clauses: [pur-01]}]\n"
		for _, files := range [][]archived{
			{{"library.yaml", library}, {"pur-01.md", text}, {"terms/party.md", text}},
			{{"library.yaml", text}, {"pur-01.md", "---\nid: pur-01\n---\nText.\n"}},
		} {
			l, list, err := Load(asFS(files), "")
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range list {
				if !d.Span.Valid() {
					t.Fatalf("span of %s is not valid: %+v", d.Code, d.Span)
				}
				for _, n := range d.Notes {
					if !n.Span.Valid() {
						t.Fatalf("span of a note of %s is not valid: %+v", d.Code, n.Span)
					}
				}
			}
			l.Select(sampleFacts())
			if list.HasErrors() {
				continue
			}
			for _, c := range l.Clauses() {
				raw := c.File.Text()
				if !c.Body.Valid() || c.Body.End != len(raw) || strings.TrimSpace(c.Body.Text()) == "" {
					t.Fatalf("body %v of %q", c.Body, raw)
				}
				front := raw[:c.Body.Start]
				if !strings.HasPrefix(front, "---") || strings.TrimRight(front, "\r\n")[len(strings.TrimRight(front, "\r\n"))-3:] != "---" {
					t.Fatalf("front matter %q", front)
				}
				if !idForm.MatchString(c.ID) || !versionForm.MatchString(c.Version) || c.Title == "" || c.Plain == "" {
					t.Fatalf("clause %+v", c)
				}
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	fsys := os.DirFS("testdata/lib-ok")
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Load(fsys, ""); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSelect(b *testing.B) {
	l, f := loadOK(b), sampleFacts()
	b.ReportAllocs()
	for b.Loop() {
		l.Select(f)
	}
}
