package schema

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the schemas anew")

// TestSchemas holds the schemas to the structs, tags and comments from which
// they are made.
func TestSchemas(t *testing.T) {
	m := readModel(t)
	for _, k := range Kinds() {
		n, b := m.build(k)
		want, err := n.text()
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d fields, %d with a comment of their own or their struct, %d KB", k, b.fields, b.described, len(want)/1024)
		names := []string{k.FileName()}
		if _, err := os.Stat(filepath.Join("../../examples", k.FileName())); err == nil || k == Agreement {
			names = append(names, filepath.Join("../../examples", k.FileName()))
		}
		for _, name := range names {
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
