package schedule_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/agreement"
	"concordat/internal/doc"
	"concordat/internal/framework"
	"concordat/internal/markdown"
	"concordat/internal/schedule"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/internal/yamlsrc"
)

var update = flag.Bool("update", false, "write the expected outputs anew")

// load is an example by its name without ending.
func load(t testing.TB, example string) *agreement.Agreement {
	t.Helper()
	file, err := source.Read("../../examples/"+example+".yaml", yamlsrc.MaxSize)
	if err != nil {
		t.Fatal(err)
	}
	resolved, list, err := workspace.NewReader().Read(file)
	if err != nil || resolved == nil {
		t.Fatalf("%s: %v %v", example, err, list)
	}
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, list := agreement.LoadTree(resolved.Tree, frameworks)
	if list.HasErrors() {
		t.Fatalf("%v: %s", list[0].Span, list[0].Message)
	}
	return a
}

// examples are the names of all examples without ending.
var examples = []string{"accounting-firm", "manufacturer-cmmc", "medical-office"}

// TestGolden compares each schedule of each example with what was read in
// review. A schedule that an example has no data for has no file.
func TestGolden(t *testing.T) {
	for _, example := range examples {
		a := load(t, example)
		for _, id := range schedule.IDs() {
			name := filepath.Join("testdata", example, id+".md")
			s, ok := schedule.Build(id, a)
			if !ok {
				if _, err := os.Stat(name); err == nil {
					t.Errorf("%s: %s is absent, but %s is there; delete it", example, id, name)
				}
				continue
			}
			heading := doc.Heading{Level: 2, Number: "Schedule", Text: []doc.Inline{doc.Text{Value: s.Title}}}
			got := markdown.Write(doc.Document{Blocks: append([]doc.Block{heading}, s.Blocks...)})
			if *update {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, got, 0o644); err != nil {
					t.Fatal(err)
				}
				continue
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != string(want) {
				t.Errorf("%s is not what %s says; to accept it run: go test ./internal/schedule -update\n%s", id, name, got)
			}
		}
	}
}

// TestFigures holds the figures of the accounting firm, which were checked by
// hand, independently of the golden files.
func TestFigures(t *testing.T) {
	s, _ := schedule.Build("budget", load(t, "accounting-firm"))
	var rows []string
	for _, b := range s.Blocks {
		if table, ok := b.(doc.Table); ok {
			for _, row := range table.Rows {
				var cells []string
				for _, c := range row.Cells {
					cells = append(cells, doc.Plain(c))
				}
				rows = append(rows, strings.Join(cells, "|"))
			}
		}
	}
	all := strings.Join(rows, "\n")
	for _, want := range []string{
		"|Subtotal|11,982|8,182|6,582|26,746",
		"|Contingency 10 %|1,198|818|658|2,674",
		"|Total USD|13,180|9,000|7,240|29,420",
		"|Monthly equivalent|1,098|750|603|–",
		"C-B03|Managed detection and response (Service, quoted)|1,152|1,152|1,152|3,456",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("the budget lacks the row %q:\n%s", want, all)
		}
	}
}

// TestTablesAreGrids holds what all writers rely on: each row has a cell for
// each column.
func TestTablesAreGrids(t *testing.T) {
	for _, example := range examples {
		a := load(t, example)
		for _, id := range schedule.IDs() {
			s, _ := schedule.Build(id, a)
			for _, b := range s.Blocks {
				table, ok := b.(doc.Table)
				if !ok {
					continue
				}
				weight := 0
				for _, c := range table.Columns {
					weight += c.Weight
				}
				for i, row := range table.Rows {
					if len(row.Cells) != len(table.Columns) {
						t.Errorf("%s: %s: row %d has %d cells, the table %d columns", example, id, i, len(row.Cells), len(table.Columns))
					}
				}
				if len(table.Rows) == 0 {
					t.Errorf("%s: %s: a table without rows", example, id)
				}
				if weight == 0 {
					t.Errorf("%s: %s: a table without weights", example, id)
				}
			}
		}
	}
}

// TestOrigins holds that each word of the example that a schedule prints leads
// back to the example.
func TestOrigins(t *testing.T) {
	a := load(t, "accounting-firm")
	found := map[string]bool{}
	for _, id := range schedule.IDs() {
		s, _ := schedule.Build(id, a)
		doc.Texts(s.Blocks, func(text []doc.Inline) {
			for _, in := range text {
				if v, ok := in.(doc.Text); ok && !v.Origin.IsZero() {
					if v.Origin.File != a.File() || !v.Origin.Valid() {
						t.Errorf("%s: %q has a false origin %v", id, v.Value, v.Origin)
					}
					found[v.Value] = true
				}
			}
		})
	}
	for _, want := range []string{"Fay Fictional", "Fictional Tax Cloud, Inc.", "C-C04", "Anytown, TX 00000"} {
		if !found[want] {
			t.Errorf("%q has no origin in any schedule", want)
		}
	}
}

// TestAbsentData holds that a schedule without data is absent, not empty.
func TestAbsentData(t *testing.T) {
	a := *load(t, "accounting-firm")
	a.Maturity, a.Budget, a.Commitments, a.RiskAcceptances, a.CriticalAssets = nil, nil, nil, nil, nil
	for _, id := range []string{"maturity", "budget", "commitments", "acceptances", "assets"} {
		if s, ok := schedule.Build(id, &a); ok || len(s.Blocks) > 0 {
			t.Errorf("%s is there without data", id)
		}
	}
}

// TestUnknown holds that an unknown name is a defect of the caller.
func TestUnknown(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic for an unknown schedule")
		}
	}()
	schedule.Build("bugdet", load(t, "accounting-firm"))
}

func BenchmarkBuild(b *testing.B) {
	a := load(b, "accounting-firm")
	b.ReportAllocs()
	for b.Loop() {
		for _, id := range schedule.IDs() {
			schedule.Build(id, a)
		}
	}
}
