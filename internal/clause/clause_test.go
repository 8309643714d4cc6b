package clause

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
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
	l, list, err := Load(Layer{os.DirFS("testdata/lib-ok"), "lib/"})
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
			_, list, err := Load(asLayers(files[:len(files)-1])...)
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

// TestLoadLayers reads a library of three layers.
func TestLoadLayers(t *testing.T) {
	const golden = "testdata/layers.txtar"
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	comment, files := parseArchive(string(data))
	want := &files[len(files)-1]
	l, list, err := Load(asLayers(files[:len(files)-1])...)
	if err != nil || len(list) > 0 {
		t.Fatalf("%v\n%s", err, printed(t, list))
	}
	var b strings.Builder
	describe(&b, l)
	if *update {
		want.text = b.String()
		if err := os.WriteFile(golden, []byte(formatArchive(comment, files)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want.text, b.String()); diff != "" {
		t.Errorf("library (-want +got):\n%s", diff)
	}
}

// TestLoadWhole reads a whole library in the place of the one below it, of whose
// problems nothing is said.
func TestLoadWhole(t *testing.T) {
	own := asFS([]archived{
		{"library.yaml", "id: own\nextends: none\ntitle: T\nversion: 1.0.0\nlicence: CC0-1.0\narticles: [{id: all, title: All, clauses: [own-01]}]\n"},
		{"own-01.md", "---\nid: own-01\ntitle: T\nversion: 1.0.0\nstatus: draft\nbinds: both\nplain: P.\n---\nText.\n"},
	})
	l, list, err := Load(Layer{asFS([]archived{{"library.yaml", "id: [\n"}}), "clauses/"}, Layer{own, "own/"})
	if err != nil || len(list) > 0 {
		t.Fatalf("%v\n%s", err, printed(t, list))
	}
	if len(l.Layers) != 1 || l.Layers[0].ID != "own" || len(l.Clauses()) != 1 || l.Clauses()[0].Layer != 0 {
		t.Errorf("%+v", l)
	}
}

// TestDigest holds what a digest depends on: all of the file but its status and
// approval.
func TestDigest(t *testing.T) {
	digest := func(lines, body string) string {
		t.Helper()
		library := "id: sample\ntitle: T\nversion: 1.0.0\nlicence: CC0-1.0\narticles: [{id: all, title: All, clauses: [one-01]}]\n"
		front := "---\nid: one-01\ntitle: T\nversion: 1.0.0\n" + lines + "binds: both\nplain: P.\n---\n"
		l, list, err := Load(Layer{asFS([]archived{{"library.yaml", library}, {"one-01.md", front + body}}), ""})
		if err != nil || list.HasErrors() {
			t.Fatalf("%v\n%s", err, printed(t, list))
		}
		return l.Clauses()[0].Digest()
	}
	sum := strings.Repeat("0f", 32)
	draft := digest("status: draft\n", "Text.\n")
	for _, lines := range []string{
		"status: reviewed\n",
		"status: approved\napproved: {by: Lena Lawyer, on: 2026-11-21, sha256: " + sum + "}\n",
		"approved:\n  by: Lena Lawyer\n  on: 2026-11-21\n  sha256: " + sum + "\nstatus: approved\n",
		"approved: {by: Lena Lawyer,\n  on: 2026-11-21, sha256: " + sum + "}\nstatus:\n  approved\n",
	} {
		if got := digest(lines, "Text.\n"); got != draft {
			t.Errorf("the digest depends on %q", lines)
		}
	}
	for _, other := range []string{digest("status: draft\nreason: R.\n", "Text.\n"), digest("status: draft\n", "text.\n"), digest("status: draft\n", "Text.\n\n"), digest("# status: draft\nstatus: draft\n", "Text.\n")} {
		if other == draft {
			t.Error("the digest does not depend on all of the file")
		}
	}
	if sum := sha256.Sum256([]byte("---\nid: one-01\ntitle: T\nversion: 1.0.0\nbinds: both\nplain: P.\n---\nText.\n")); draft != hex.EncodeToString(sum[:]) {
		t.Errorf("digest %s", draft)
	}
}

// A failing file system is an error, never a library with fewer clauses.
func TestLoadFails(t *testing.T) {
	if _, _, err := Load(Layer{os.DirFS("testdata/none"), "lib/"}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that does not exist: %v", err)
	}
	for _, name := range []string{"bkp-01.md", "terms", "terms/party.md", "library.yaml"} {
		_, _, err := Load(Layer{failing{os.DirFS("testdata/lib-ok"), name}, "lib/"})
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
		_, list, err := Load(Layer{asFS([]archived{{"library.yaml", library}, {"one-01.md", front + strings.Repeat("x", size-len(front))}}), "clauses/"})
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

// asLayers are the layers of an archive: the names of files of a layer above the
// lowest begin with "provider/" or "customer/".
func asLayers(files []archived) []Layer {
	var lowest, provider, customer []archived
	for _, f := range files {
		if name, ok := strings.CutPrefix(f.name, "provider/"); ok {
			provider = append(provider, archived{name, f.text})
		} else if name, ok := strings.CutPrefix(f.name, "customer/"); ok {
			customer = append(customer, archived{name, f.text})
		} else {
			lowest = append(lowest, f)
		}
	}
	layers := []Layer{{asFS(lowest), "clauses/"}}
	if provider != nil {
		layers = append(layers, Layer{asFS(provider), "provider/"})
	}
	if customer != nil {
		layers = append(layers, Layer{asFS(customer), "customer/"})
	}
	return layers
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
			l, list, err := Load(Layer{asFS(files), ""})
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
		if _, _, err := Load(Layer{fsys, ""}); err != nil {
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
