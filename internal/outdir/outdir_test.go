package outdir

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// content lists a folder: names and texts, sorted by name.
func content(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		text := e.Type().String()
		if e.Type().IsRegular() {
			data, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			text = string(data)
		}
		list = append(list, e.Name()+": "+text)
	}
	return list
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func expect(t *testing.T, dir string, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, content(t, dir)); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
}

func TestPublish(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out", "deep")
	if err := Publish(dir, []File{{"a.md", []byte("one")}, {"Łódź dental.pdf", nil}}); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, "a.md: one", "Łódź dental.pdf: ")
	if err := Publish(dir, []File{{"b.md", []byte("two")}, {"a.md", []byte("new")}}); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, "a.md: new", "b.md: two", "Łódź dental.pdf: ")
	if err := Publish(dir, nil); err != nil {
		t.Fatal(err)
	}
	expect(t, dir, "a.md: new", "b.md: two", "Łódź dental.pdf: ")
}

// A reader who has opened the old file keeps it whole.
func TestPublishReplaces(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.md", "old")
	old, err := os.Open(filepath.Join(dir, "a.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if err := Publish(dir, []File{{"a.md", []byte("newer")}}); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(old); err != nil || b.String() != "old" {
		t.Errorf("the opened file holds %q, %v", b.String(), err)
	}
	expect(t, dir, "a.md: newer")
}

// What stands in the place of a file and is none is not replaced, and stops
// all files.
func TestPublishRefusesTargets(t *testing.T) {
	for _, tt := range []struct {
		name  string
		place func(path string) error
		want  string
	}{
		{"folder", func(path string) error { return os.Mkdir(path, 0o700) }, "it is a folder"},
		{"link", func(path string) error { return os.Symlink("other.md", path) }, "it is a symbolic link"},
		{"link to outside", func(path string) error { return os.Symlink("/etc/hosts", path) }, "it is a symbolic link"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, "a.md", "old")
			put(t, dir, "other.md", "other")
			if err := tt.place(filepath.Join(dir, "b.md")); err != nil {
				t.Skip(err)
			}
			before := content(t, dir)
			err := Publish(dir, []File{{"a.md", []byte("new")}, {"b.md", []byte("new")}})
			if want := dir + `: cannot replace "b.md": ` + tt.want; err == nil || err.Error() != want {
				t.Errorf("got %v, want %s", err, want)
			}
			expect(t, dir, before...)
		})
	}
}

func TestPublishNeedsAFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "file", "text")
	for _, path := range []string{filepath.Join(dir, "file"), filepath.Join(dir, "file", "inside")} {
		err := Publish(path, []File{{"a.md", []byte("x")}})
		if err == nil || !strings.Contains(err.Error(), filepath.Join(dir, "file")) {
			t.Errorf("%s: %v", path, err)
		}
	}
	expect(t, dir, "file: text")
}

func TestPublishInParallel(t *testing.T) {
	dir := t.TempDir()
	shared := []string{strings.Repeat("a", 1<<16), strings.Repeat("b", 1<<16)}
	var wg sync.WaitGroup
	var want []string
	for i := range 8 {
		wg.Go(func() {
			for round := range 5 {
				own := fmt.Sprintf("own-%d.md", i)
				if err := Publish(dir, []File{{own, []byte(fmt.Sprint(round))}, {"shared.md", []byte(shared[i%2])}}); err != nil {
					t.Error(err)
				}
			}
		})
		want = append(want, fmt.Sprintf("own-%d.md: 4", i))
	}
	wg.Wait()
	got := content(t, dir)
	last := got[len(got)-1]
	if diff := cmp.Diff(want, got[:len(got)-1]); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
	if last != "shared.md: "+shared[0] && last != "shared.md: "+shared[1] {
		t.Errorf("the file that all publish is torn: %.40s", last)
	}
}

func TestSweep(t *testing.T) {
	dir := t.TempDir()
	left := temporaryPrefix + strings.Repeat("A2", 13) + temporarySuffix
	put(t, dir, left, "part")
	put(t, dir, temporaryPrefix+"x"+temporarySuffix, "not ours")
	put(t, dir, "a.md", "old")
	if err := os.Mkdir(filepath.Join(dir, temporaryPrefix+strings.Repeat("B3", 13)+temporarySuffix), 0o700); err != nil {
		t.Fatal(err)
	}
	if n, err := Sweep(dir, time.Now().Add(-time.Hour)); n != 0 || err != nil {
		t.Errorf("swept %d of another process's files, %v", n, err)
	}
	later := time.Now().Add(time.Hour)
	if n, err := Sweep(dir, later); n != 1 || err != nil {
		t.Errorf("swept %d, %v", n, err)
	}
	expect(t, dir, temporaryPrefix+strings.Repeat("B3", 13)+temporarySuffix+": d---------", ".concordat-x.tmp: not ours", "a.md: old")
	if n, err := Sweep(filepath.Join(dir, "none"), later); n != 0 || err != nil {
		t.Errorf("swept %d of no folder, %v", n, err)
	}
	if _, err := Sweep(filepath.Join(dir, "a.md"), later); err == nil {
		t.Error("swept a file")
	}
}

func TestCheckName(t *testing.T) {
	for _, name := range []string{
		"a", "a.md", "lodz-2027.pdf", "Łódź.pdf", ".hidden", "com10.md", "console", "com.md", "a b.md", "..a", "nul-1.md", "con prn.md", "aux nul", strings.Repeat("x", 255),
	} {
		if err := CheckName(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for name, why := range map[string]string{
		"":                       "it is no name",
		".":                      "it is no name",
		"..":                     "it is no name",
		"a/b":                    "it holds a character",
		"/a":                     "it holds a character",
		`a\b`:                    "it holds a character",
		"a:b":                    "it holds a character",
		"a<b":                    "it holds a character",
		"a>b":                    "it holds a character",
		`a"b`:                    "it holds a character",
		"a|b":                    "it holds a character",
		"a?":                     "it holds a character",
		"a*":                     "it holds a character",
		"a\n":                    "it holds a character",
		"a\x00":                  "it holds a character",
		"a\u0085":                "it holds a character",
		"a\xff":                  "it holds a character",
		"a.":                     "it ends in a point or space",
		"a ":                     "it ends in a point or space",
		"con":                    "it is the name of a device",
		"CON":                    "it is the name of a device",
		"Aux.md":                 "it is the name of a device",
		"nul.tar.gz":             "it is the name of a device",
		"com1.pdf":               "it is the name of a device",
		"LPT0":                   "it is the name of a device",
		"com².md":                "it is the name of a device",
		"prn .md":                "it is the name of a device",
		"conout$":                "it is the name of a device",
		".concordat-a.tmp":       "it begins like a temporary file",
		".Concordat-a.tmp":       "it begins like a temporary file",
		strings.Repeat("x", 256): "it is longer than 255 bytes",
	} {
		if err := CheckName(name); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: got %v, want %s", name, err, why)
		}
	}
}

func TestPublishRefusesNames(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		names []string
		want  string
	}{
		{[]string{"a.md", "a.md"}, `the name "a.md" stands twice`},
		{[]string{"a.md", "A.MD"}, `the names "a.md" and "A.MD" are one name on some systems`},
		{[]string{"straße", "STRASSE"}, `the names "straße" and "STRASSE" are one name on some systems`},
		{[]string{"Ł", "ł"}, `the names "Ł" and "ł" are one name on some systems`},
		{[]string{"\u00e9", "e\u0301"}, "the names \"\u00e9\" and \"e\u0301\" are one name on some systems"},
		{[]string{"ok.md", "../up.md", "nul"}, "cannot name a file \"../up.md\": it holds a character that file systems do not take\ncannot name a file \"nul\": it is the name of a device on Windows"},
	} {
		var files []File
		for _, name := range tt.names {
			files = append(files, File{name, []byte("x")})
		}
		if err := Publish(filepath.Join(dir, "out"), files); err == nil || err.Error() != tt.want {
			t.Errorf("%q:\ngot  %v\nwant %s", tt.names, err, tt.want)
		}
	}
	expect(t, dir)
}

func BenchmarkPublish(b *testing.B) {
	dir := b.TempDir()
	files := []File{{"a.md", make([]byte, 40<<10)}, {"a.pdf", make([]byte, 120<<10)}}
	for b.Loop() {
		if err := Publish(dir, files); err != nil {
			b.Fatal(err)
		}
	}
}
