package clause

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each code of codes.go stands in an exact expected output of these tests.
func TestCodesAreShown(t *testing.T) {
	table, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("testdata/err/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var shown strings.Builder
	for _, name := range append(names, "testdata/conditions.txt", "clause_test.go", "select_test.go", "hostile_test.go") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		shown.Write(data)
	}
	codes := regexp.MustCompile(`= "(clause-[a-z-]+)" +// .`).FindAllStringSubmatch(string(table), -1)
	if len(codes) != strings.Count(string(table), "= \"") {
		t.Error("a code has no comment, or does not begin with the name of the package")
	}
	for _, code := range codes {
		if !strings.Contains(shown.String(), "["+code[1]+"]") {
			t.Errorf("%s is in no expected output", code[1])
		}
	}
}
