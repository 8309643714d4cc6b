package schema

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the schemas anew")

// TestSchemas holds the schemas to the structs, tags and comments from which
// they are made, and those beside the examples to them.
func TestSchemas(t *testing.T) {
	m := readModel(t)
	for _, k := range Kinds() {
		n, b := m.build(k)
		want, err := n.text()
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d fields, %d with a comment of their own or their struct, %d KB", k, b.fields, b.described, len(want)/1024)
		for _, name := range []string{k.FileName(), filepath.Join("../../examples", k.FileName())} {
			if *update {
				if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			got, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != want {
				t.Errorf("%s is not what the structs say; run the tests of this package with -update", name)
			}
		}
	}
}
