package workspace

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

var update = flag.Bool("update", false, "write what was found into the fixtures")

// lay writes the files of an archive into a new folder and gives it.
func lay(t testing.TB, files []txtar.File) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// read reads an agreement file of the operating system.
func read(t testing.TB, r *Reader, name string) (*Resolved, diag.List) {
	t.Helper()
	file, err := source.Read(name, yamlsrc.MaxSize)
	if err != nil {
		t.Fatal(err)
	}
	resolved, list, err := r.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if (resolved == nil) != list.HasErrors() {
		t.Errorf("%s: resolved %t beside %d problems", name, resolved != nil, len(list))
	}
	return resolved, list
}

func printed(t testing.TB, list diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkSpans asserts that every place lies inside its file.
func checkSpans(t testing.TB, list diag.List) {
	t.Helper()
	for _, d := range list {
		if !d.Span.Valid() || d.Span.IsZero() {
			t.Errorf("%s lies outside its file: %s", d.Code, d.Message)
		}
		for _, n := range d.Notes {
			if !n.Span.Valid() || n.Span.IsZero() {
				t.Errorf("a note of %s lies outside its file: %s", d.Code, n.Message)
			}
		}
	}
}

// A fixture is a text archive of files: customers/a.yaml is the agreement,
// "want" is what is reported and, when there is no error, what is shown.
func TestFixtures(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(names) == 0 {
		t.Fatal("no fixtures")
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			if archive.Files[last].Name != "want" {
				t.Fatal("expected the file want at the end")
			}
			dir := lay(t, archive.Files[:last])
			resolved, list := read(t, NewReader(), filepath.Join(dir, "customers", "a.yaml"))
			checkSpans(t, list)
			got := printed(t, list)
			if resolved != nil {
				got += resolved.YAML()
			}
			got = strings.ReplaceAll(got, dir+string(filepath.Separator), "")
			got = strings.ReplaceAll(got, dir, ".")
			// A fixture is named after the code it shows, or "ok".
			base := strings.TrimSuffix(filepath.Base(name), ".txtar")
			shown := strings.HasPrefix(base, "ok-") && resolved != nil
			for _, d := range list {
				shown = shown || base == d.Code || strings.HasPrefix(base, d.Code+"-")
			}
			if !shown {
				t.Errorf("does not show what it is named after:\n%s", got)
			}
			if got == string(archive.Files[last].Data) {
				return
			}
			if !*update {
				t.Fatalf("got\n%s\nwant\n%s", got, archive.Files[last].Data)
			}
			archive.Files[last].Data = []byte(got)
			if err := os.WriteFile(name, txtar.Format(archive), 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestDecisionsAreDocumented holds the table of docs/sharing.md to the code.
func TestDecisionsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/sharing.md")
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	table.WriteString("| field | because |\n|---|---|\n")
	for _, d := range decisions {
		field := d.path
		if d.value != "" {
			field += ": " + d.value
		}
		table.WriteString("| `" + field + "` | " + d.reason + " |\n")
	}
	if !strings.Contains(string(text), "\n\n"+table.String()+"\n") {
		t.Errorf("docs/sharing.md has not this table:\n%s", table.String())
	}
}
