package agreement

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/source"
)

func frameworks(t testing.TB) *framework.Set {
	t.Helper()
	set, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func baseText(t testing.TB) string { return validText(t, "base.yaml") }

func validText(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/ok/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// printed is a list as the command prints it.
func printed(t testing.TB, list diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLoadOK(t *testing.T) {
	names, err := filepath.Glob("testdata/ok/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("no files", err)
	}
	set := frameworks(t)
	for _, name := range names {
		f, err := source.Read(name, 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		a, list := Load(f, set)
		if a == nil || len(list) > 0 {
			t.Errorf("%s:\n%s", name, printed(t, list))
		}
	}
}
