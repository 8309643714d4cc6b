package clause

import (
	"bytes"
	"flag"
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
			fsys := fstest.MapFS{}
			for _, f := range files[:len(files)-1] {
				fsys[f.name] = &fstest.MapFile{Data: []byte(f.text)}
			}
			_, list, err := Load(fsys, "clauses/")
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
