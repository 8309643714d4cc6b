package framework

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestDocs holds the table of docs/frameworks.md to the data.
func TestDocs(t *testing.T) {
	const name = "../../docs/frameworks.md"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- table: a test holds it to the data -->\n", "<!-- end of table -->"
	head, rest, ok := strings.Cut(string(text), begin)
	found, tail, whole := strings.Cut(rest, end)
	if !ok || !whole {
		t.Fatalf("%s has no table between %q and %q", name, begin, end)
	}
	set := load(t)
	var b strings.Builder
	b.WriteString("\n| id | framework | version | date | items | origin | licence |\n|---|---|---|---|--:|---|---|\n")
	for _, id := range set.IDs() {
		f, _ := set.Find(id)
		date := f.Published.String()
		if !f.AsOf.IsZero() {
			date = "as of " + f.AsOf.String()
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %d | <%s> | %s |\n", f.ID, f.Title, f.Version, date, len(f.Items), f.Origin, f.Licence)
	}
	b.WriteString("\n")
	if found == b.String() {
		return
	}
	if *update {
		if err := os.WriteFile(name, []byte(head+begin+b.String()+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s has the table\n%s\nwant\n%s", name, found, b.String())
}
