package summary

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/agreement"
	"concordat/internal/framework"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

var update = flag.Bool("update", false, "write what was found into the expected outputs")

func frameworks(t testing.TB) *framework.Set {
	t.Helper()
	set, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// exampleIDs name the examples.
func exampleIDs() []string { return []string{"medical-office", "manufacturer-cmmc", "accounting-firm"} }

// loadExample loads an example. Its files are named from their folder, so that
// the outputs are the same on all systems.
func loadExample(t testing.TB, id string) *agreement.Agreement {
	t.Helper()
	t.Chdir("../../examples")
	file, err := source.Read(id+".yaml", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	resolved, list, err := workspace.NewReader().Read(file)
	if err != nil || resolved == nil {
		t.Fatal(err, list)
	}
	a, list := agreement.LoadTree(resolved.Tree, frameworks(t))
	if a == nil {
		t.Fatal(list)
	}
	return a
}

// loadChanged loads the spelled-out accounting firm after pairs of replacements,
// each of which must stand there exactly once.
func loadChanged(t testing.TB, pairs ...string) *agreement.Agreement {
	t.Helper()
	text, err := os.ReadFile("../../testdata/accounting-firm.yaml")
	if err != nil {
		t.Fatal(err)
	}
	changed := string(text)
	for i := 0; i < len(pairs); i += 2 {
		if n := strings.Count(changed, pairs[i]); n != 1 {
			t.Fatalf("expected once, found %d times: %q", n, pairs[i])
		}
		changed = strings.Replace(changed, pairs[i], pairs[i+1], 1)
	}
	a, list := agreement.Load(source.New("a.yaml", []byte(changed)), frameworks(t))
	if a == nil {
		t.Fatal(list)
	}
	return a
}

func textOf(t testing.TB, s Summary, full bool) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Text(&b, full); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: found\n%s", name, got)
	}
}

func TestExamples(t *testing.T) {
	for _, id := range exampleIDs() {
		t.Run(id, func(t *testing.T) {
			dir, err := filepath.Abs("testdata")
			if err != nil {
				t.Fatal(err)
			}
			a := loadExample(t, id)
			s := Of(a)
			golden(t, filepath.Join(dir, id+".txt"), textOf(t, s, false)+"\n"+strings.Repeat("=", pageWidth)+"\n\n"+textOf(t, s, true))
			text, err := json.MarshalIndent(s, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join(dir, id+".json"), string(text)+"\n")
			again, err := json.MarshalIndent(Of(a), "", "  ")
			if err != nil || !bytes.Equal(text, again) {
				t.Errorf("a second summary differs: %v", err)
			}
		})
	}
}
