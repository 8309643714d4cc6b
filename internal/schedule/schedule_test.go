package schedule_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
			s, ok := schedule.Build(id, a, nil)
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

// rows are the rows of all tables of a schedule, each with "|" between cells.
func rows(s schedule.Schedule) []string {
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
	return rows
}

// TestFigures holds the figures of the examples, which were checked by hand,
// independently of the golden files.
func TestFigures(t *testing.T) {
	for _, x := range []struct{ example, schedule, row string }{
		{"accounting-firm", "budget", "|Subtotal|11,982|8,182|6,582|26,746"},
		{"accounting-firm", "budget", "|Contingency of 10 percent|1,198|818|658|2,674"},
		{"accounting-firm", "budget", "|Total USD|13,180|9,000|7,240|29,420"},
		{"accounting-firm", "budget", "|Monthly equivalent|1,098|750|603|–"},
		{"accounting-firm", "commitments", "Total||||45|21,496"},
		{"accounting-firm", "matrix", "All|34|13|10|8|3"},
		{"accounting-firm", "maturity", "Overall (mean)|1.3|2.2|2.5|3.0"},
		{"medical-office", "budget", "|Subtotal|21,662|16,984|10,784|49,430"},
		{"medical-office", "budget", "|Contingency of 10 percent|2,166|1,698|1,078|4,942"},
		{"medical-office", "budget", "|Total USD|23,828|18,682|11,862|54,372"},
		{"medical-office", "commitments", "Total||||83|49,430"},
		{"medical-office", "matrix", "All|34|13|6|12|1|2"},
		{"medical-office", "maturity", "Overall (mean)|1.0|2.2|2.7|3.0"},
		{"manufacturer-cmmc", "budget", "|Subtotal|141,544|132,192|67,192|340,928"},
		{"manufacturer-cmmc", "budget", "|Contingency of 15 percent|21,232|19,829|10,079|51,140"},
		{"manufacturer-cmmc", "budget", "|Total USD|162,776|152,021|77,271|392,068"},
		{"manufacturer-cmmc", "commitments", "Total||||489|340,928"},
		{"manufacturer-cmmc", "matrix", "Access Control|22|8|3|10|1|3|9"},
		{"manufacturer-cmmc", "matrix", "System and Communications Protection|16|8|2|4|2|3|9"},
		{"manufacturer-cmmc", "matrix", "All|110|40|25|41|4|32|84"},
		{"manufacturer-cmmc", "regulatory", "October 20, 2026|26|–"},
	} {
		s, _ := schedule.Build(x.schedule, load(t, x.example), nil)
		if all := rows(s); !slices.Contains(all, x.row) {
			t.Errorf("%s: the %s lacks the row %q:\n%s", x.example, x.schedule, x.row, strings.Join(all, "\n"))
		}
	}
}

// TestTablesAreGrids holds what all writers rely on: each row has a cell for
// each column.
func TestTablesAreGrids(t *testing.T) {
	for _, example := range examples {
		a := load(t, example)
		for _, id := range schedule.IDs() {
			s, _ := schedule.Build(id, a, nil)
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
		s, _ := schedule.Build(id, a, nil)
		var visit func(text []doc.Inline)
		visit = func(text []doc.Inline) {
			for _, in := range text {
				switch in := in.(type) {
				case doc.Strong:
					visit(in.Text)
				case doc.Emphasis:
					visit(in.Text)
				case doc.Text:
					if !in.Origin.IsZero() && (!in.Origin.Valid() || !slices.Contains(a.Files(), in.Origin.File)) {
						t.Errorf("%s: %q has a false origin %v", id, in.Value, in.Origin)
					}
					found[in.Value] = !in.Origin.IsZero()
				}
			}
		}
		doc.Texts(s.Blocks, visit)
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
		if s, ok := schedule.Build(id, &a, nil); ok || len(s.Blocks) > 0 {
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
	schedule.Build("bugdet", load(t, "accounting-firm"), nil)
}

func BenchmarkBuild(b *testing.B) {
	a := load(b, "accounting-firm")
	b.ReportAllocs()
	for b.Loop() {
		for _, id := range schedule.IDs() {
			schedule.Build(id, a, nil)
		}
	}
}

// TestOrder holds that the whole agreement prints the schedules in the order in
// which an owner reads them.
func TestOrder(t *testing.T) {
	layout, err := os.ReadFile("../../templates/cyber-constitution.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, call := range regexp.MustCompile(`\{\{ schedule "(.*?)" \}\}`).FindAllSubmatch(layout, -1) {
		got = append(got, string(call[1]))
	}
	if !slices.Equal(got, schedule.IDs()) {
		t.Errorf("the layout prints %v, want %v", got, schedule.IDs())
	}
}
