package lint

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"concordat/internal/clause"
	"concordat/internal/diag"
)

var update = flag.Bool("update", false, "write expected findings anew")

// goodLibrary are the files of the small library in which nothing is found.
func goodLibrary(t testing.TB) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/good.txtar")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// examined is what is found in a library of files.
func examined(t testing.TB, files map[string]string) diag.List {
	t.Helper()
	library, layouts := fstest.MapFS{}, fstest.MapFS{}
	for name, text := range files {
		to := library
		if rest, ok := strings.CutPrefix(name, "layouts/"); ok {
			to, name = layouts, rest
		}
		to[name] = &fstest.MapFile{Data: []byte(text)}
	}
	_, list := Examine(subject(t, layouts, "2026-12-01", clause.Layer{FS: library, Prefix: "clauses/"}))
	return list
}

func TestGoodLibrary(t *testing.T) {
	if list := examined(t, goodLibrary(t)); len(list) > 0 {
		t.Errorf("%s", printed(t, list))
	}
}

// TestFaults makes one change to the small library for each file in
// testdata/faults, and demands that the rule meant for it finds it, and no other.
// A change is a file "replace NAME", with words that stand there once, and a file
// "with", or a file "add NAME".
func TestFaults(t *testing.T) {
	names, err := filepath.Glob("testdata/faults/*.txtar")
	if err != nil || len(names) < 25 {
		t.Fatalf("%d faults, %v", len(names), err)
	}
	var found []string
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files := goodLibrary(t)
			var changed, old, want string
			for _, f := range archive.Files {
				verb, file, _ := strings.Cut(f.Name, " ")
				switch verb {
				case "replace":
					changed, old = file, strings.TrimSuffix(string(f.Data), "\n")
					if strings.Count(files[changed], old) != 1 {
						t.Fatalf("%s: %q does not stand there once", changed, old)
					}
				case "with":
					files[changed] = strings.Replace(files[changed], old, strings.TrimSuffix(string(f.Data), "\n"), 1)
				case "add":
					files[file] = string(f.Data)
				case "want":
					want = string(f.Data)
				default:
					t.Fatalf("unknown part %q", f.Name)
				}
			}
			list := examined(t, files)
			got := printed(t, list)
			if *update {
				if archive.Files[len(archive.Files)-1].Name == "want" {
					archive.Files = archive.Files[:len(archive.Files)-1]
				}
				archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
					t.Fatal(err)
				}
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			code, _, _ := strings.Cut(strings.TrimSuffix(filepath.Base(name), ".txtar"), "_")
			for _, d := range list {
				found = append(found, d.Code)
				if d.Code != code {
					t.Errorf("expected %s alone, found %s", code, d.Code)
				}
			}
			if len(list) == 0 {
				t.Errorf("%s is not found", code)
			}
		})
	}
	for _, code := range slices.Concat(suppressible, []string{codeNeverSelected, codeConflict, codeSuppression, codeIdleSuppression}) {
		if !slices.Contains(found, code) {
			t.Errorf("no fault shows %s", code)
		}
	}
}
