//go:build linux

package generate_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/generate"
	"concordat/templates"
)

// Bounds for one hostile pack. The time is for a machine that does much else:
// a pack that takes long by design never ends.
const (
	packTime   = 60 * time.Second
	packMemory = 200 << 20
)

// packEnv names the pack that the process of TestHostilePack reads.
const packEnv = "CONCORDAT_TEST_PACK"

// TestHostilePacks gives each folder of clauses of testdata/hostile/packs to a
// process of its own. Each ends in the diagnostics that its archive lists, none
// of them in a clause of somebody else, or leaves the words of all other clauses
// as they are; within the bounds of memory and time.
func TestHostilePacks(t *testing.T) {
	if testing.Short() {
		t.Skip("a process for each pack")
	}
	names, err := filepath.Glob("testdata/hostile/packs/*.txtar")
	if err != nil || len(names) < 40 {
		t.Fatalf("%d packs, %v", len(names), err)
	}
	var most, longest int64
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), packTime)
			defer cancel()
			cmd := exec.CommandContext(ctx, os.Args[0], "-test.run", "^TestHostilePack$")
			cmd.Env = append(os.Environ(), packEnv+"="+name)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			start := time.Now()
			err = cmd.Run()
			took := time.Since(start)
			if err != nil {
				t.Fatalf("after %s: %v\n%.2000s\n%.4000s", took, err, stdout.String(), stderr.String())
			}
			got, ended := strings.CutSuffix(stdout.String(), "PASS\n")
			if !ended {
				t.Fatalf("the process did not end as a test does:\n%.2000s", stdout.String())
			}
			if use, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
				bytes := use.Maxrss << 10
				most = max(most, bytes)
				if bytes > packMemory {
					t.Errorf("%d MB of memory, expected at most %d", bytes>>20, packMemory>>20)
				}
			}
			worked, err := strconv.ParseInt(strings.TrimSpace(stderr.String()), 10, 64)
			if err != nil {
				t.Errorf("%v: %.4000s", err, stderr.String())
			}
			longest = max(longest, worked)
			last := len(archive.Files) - 1
			if last >= 0 && archive.Files[last].Name == "want" && string(archive.Files[last].Data) == got {
				return
			}
			if !*update {
				t.Fatalf("got\n%s\nto accept it run: go test ./internal/generate -run TestHostilePacks -update", got)
			}
			if last >= 0 && archive.Files[last].Name == "want" {
				archive.Files = archive.Files[:last]
			}
			archive.Files = append(archive.Files, txtar.File{Name: "want", Data: []byte(got)})
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
	t.Logf("%d packs, at most %d MB and %d ms for one, with reading the built-in clauses", len(names), most>>20, longest)
}

// Files of a pack that an archive need not have.
const (
	packLibrary = "id: pack\ntitle: Pack\nversion: 1.0.0\nlicence: CC0-1.0\nextends: concordat-core\narticles:\n  - {id: pack, title: The pack, after: %s, clauses: [evil-01, kind-01]}\n"
	packMatter  = "---\nid: %s\ntitle: Title of %s\nversion: 1.0.0\nstatus: draft\nbinds: both\nplain: One sentence.\n---\n"
)

// packOf is the folder of a pack: the files of an archive with what they leave
// out, and a clause "kind-01" that does no harm. A file that is only the text of
// a clause gets front matter. harmless puts a clause that does no harm in the
// place of "evil-01" too.
func packOf(t *testing.T, archive *txtar.Archive, harmless bool) fstest.MapFS {
	t.Helper()
	base, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || list.HasErrors() {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	files := fstest.MapFS{}
	put := func(name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }
	put("library.yaml", fmt.Sprintf(packLibrary, base.Articles[len(base.Articles)-1].ID))
	for _, id := range []string{"evil-01", "kind-01"} {
		put(id+".md", fmt.Sprintf(packMatter, id, id)+"The Parties shall agree.\n")
	}
	for _, f := range archive.Files {
		if f.Name == "want" || harmless && f.Name == "evil-01.md" {
			continue
		}
		text := strings.ReplaceAll(grown(t, string(f.Data)), "LAST-ARTICLE", base.Articles[len(base.Articles)-1].ID)
		if strings.HasSuffix(f.Name, ".md") && !strings.HasPrefix(text, "---\n") && !strings.HasPrefix(text, "\xff") {
			id := strings.TrimSuffix(f.Name, ".md")
			text = fmt.Sprintf(packMatter, id, id) + text
		}
		put(f.Name, text)
	}
	return files
}

// grows are what an archive cannot well hold: "«8000»{{if 1}}«»" is that text
// 8000 times, "«\xff»" the bytes of a Go string.
var grows = regexp.MustCompile(`«(\d+)»((?s:.*?))«»|«(\\[^»]*)»`)

func grown(t *testing.T, text string) string {
	t.Helper()
	return grows.ReplaceAllStringFunc(text, func(found string) string {
		m := grows.FindStringSubmatch(found)
		if m[3] != "" {
			raw, err := strconv.Unquote(`"` + m[3] + `"`)
			if err != nil {
				t.Fatal(err)
			}
			return raw
		}
		n, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		return strings.Repeat(m[2], n)
	})
}

// TestHostilePack is the process in which one pack is read; see TestHostilePacks.
func TestHostilePack(t *testing.T) {
	name := os.Getenv(packEnv)
	if name == "" {
		t.Skip("it is a part of TestHostilePacks")
	}
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	pack := packOf(t, archive, false)
	start := time.Now()
	text, list := packDocument(t, pack)
	fmt.Fprintln(os.Stderr, time.Since(start).Milliseconds())
	for _, d := range list {
		if file := d.Span.File.Name(); !strings.HasPrefix(file, "pack/") || file == "pack/kind-01.md" {
			t.Errorf("a diagnostic in a file of somebody else: %s", file)
		}
		line, _, _ := strings.Cut(d.Span.String()+" "+d.Code+" "+d.Message, "\n")
		if len(line) > 200 {
			line = line[:200] + "..."
		}
		if len(list) < 20 || d.Code != list[0].Code { // the first of each kind where there are many
			fmt.Println(line)
		}
	}
	if len(list) >= 20 {
		fmt.Printf("%d problems, first %s\n", len(list), list[0].Code)
	}
	if text == "" {
		// Words after those of a hostile pack are as if it had never been.
		if text, list := packDocument(t, packOf(t, &txtar.Archive{}, false)); text == "" {
			t.Errorf("a harmless pack is refused after it:\n%s", printed(list))
		}
		return
	}
	other, list := packDocument(t, packOf(t, archive, true))
	if other == "" {
		t.Fatalf("the pack is refused without its hostile clause:\n%s", printed(list))
	}
	const heading = " Title of evil-01"
	evil := part(text, "Title of evil-01")
	fmt.Printf("accepted:\n%s\n", evil)
	if !strings.Contains(text, heading) {
		text += "\n" // the clause is not there
	}
	if strings.Replace(text, evil, "", 1) != strings.Replace(other, part(other, "Title of evil-01"), "", 1) {
		t.Errorf("other words than those of the clause are changed:\n%s", firstDifference(text, other))
	}
}

// packDocument is the accounting firm's agreement in the words of the built-in
// clauses and of a pack, in Markdown, or the errors.
func packDocument(t *testing.T, pack fstest.MapFS) (string, diag.List) {
	t.Helper()
	g, list, err := generate.New(generate.Library{
		Clauses: []clause.Layer{{FS: clauses.FS, Prefix: "clauses/"}, {FS: pack, Prefix: "pack/"}},
		Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
	})
	if err != nil {
		t.Fatal(err)
	}
	if g == nil {
		return "", errorsOf(list)
	}
	for name := range pack {
		if id, ok := strings.CutPrefix(name, "layouts/"); ok {
			other, list, err := g.WithLayout(strings.TrimSuffix(id, ".md"))
			if err != nil {
				t.Fatal(err)
			}
			if other == nil {
				return "", errorsOf(list)
			}
			if checked, list := other.CheckTree(resolve(t, "accounting-firm")); checked == nil {
				return "", errorsOf(list)
			}
		}
	}
	checked, list := g.CheckTree(resolve(t, "accounting-firm"))
	if checked == nil {
		return "", errorsOf(list)
	}
	outputs := writeAll(t, g, checked)
	return string(outputs[0].Data), nil
}
