package agreement_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/internal/agreement"
	"concordat/internal/framework"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// shape is a file of the largest size that is made to take long.
type shape struct {
	name, text string
}

// hostile are files of at most 256 KiB and 20,000 values, most of them just
// within these bounds.
func hostile(t testing.TB) []shape {
	f, err := source.Read("testdata/ok/base.yaml", yamlsrc.MaxSize)
	if err != nil {
		t.Fatal(err)
	}
	base := f.Text()
	rows := func(n int, row func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString("  - " + row(i) + "\n")
		}
		return b.String()
	}
	// with puts rows in the place of a section of the valid agreement.
	with := func(section, rows string) string {
		start := strings.Index("\n"+base, "\n"+section+":")
		if start < 0 {
			t.Fatal(section)
		}
		after := ""
		if end := strings.Index(base[start:], "\n\n"); end >= 0 {
			after = base[start+end+1:]
		}
		return base[:start] + section + ":\n" + rows + after
	}
	list := func(n int, word func(i int) string) string {
		words := make([]string, n)
		for i := range words {
			words[i] = word(i)
		}
		return "[" + strings.Join(words, ", ") + "]"
	}
	id := func(i int) string { return fmt.Sprintf("C%d", i) }
	return []shape{
		{"empty rows", with("commitments", rows(17_000, func(int) string { return "{}" }))},
		{"empty rows of the matrix", with("responsibilities", rows(18_000, func(int) string { return "{}" }))},
		{"unknown fields", strings.Replace(base, "msa:", strings.Join(strings.Split(rows(8_000, func(i int) string { return fmt.Sprintf("x%d: 1", i) }), "  - "), "")+"msa:", 1)},
		{"one id", with("commitments", rows(1_990, func(int) string { return "{id: CC}" }))},
		{"many ids", with("commitments", rows(1_990, func(i int) string { return "{id: " + id(i) + "}" }))},
		{"a chain", with("commitments", rows(1_990, func(i int) string { return "{id: " + id(i) + ", depends_on: [" + id(i+1) + "]}" }))},
		{"a circle", with("commitments", rows(1_990, func(i int) string { return "{id: " + id(i) + ", depends_on: [" + id((i+1)%1_990) + "]}" }))},
		{"all depend on all", with("commitments", rows(130, func(i int) string { return "{id: " + id(i) + ", depends_on: " + list(130, id) + "}" }))},
		{"unknown references", with("responsibilities", rows(1_990, func(i int) string { return fmt.Sprintf("{control: Q%d, accountable: P-%d}", i, i) }))},
		{"20,000 references", with("responsibilities", "  - {control: 1.A, owner: customer, responsible: "+list(18_000, id)+"}\n")},
		{"references to many", with("people", rows(1_990, func(i int) string { return "{id: " + id(i) + "}" }))},
		{"unknown among many", strings.Replace(with("people", rows(2_000, func(i int) string { return "{id: " + id(i) + ", deputy: X" + id(i) + "}" })), "attendees: [P-TED]", "attendees: "+list(6_000, func(i int) string { return "Y" + id(i) }), 1)},
		{"many circles", with("commitments", rows(90, func(i int) string {
			return "{id: " + id(i) + ", depends_on: " + list(90, id) + ", priority: 1, owner: customer, person: P-FAY, due: 2027-05-31, start: 2027-01-01, customer_hours: 9}"
		}))},
		{"many busy people", with("commitments", rows(900, func(i int) string {
			return "{id: " + id(i) + ", priority: " + fmt.Sprint(i%2+1) + ", owner: customer, person: P-FAY, due: 2029-12-31, start: 2014-01-01, customer_hours: 9}"
		}))},
		{"full rows", strings.Replace(with("commitments", rows(600, func(i int) string {
			return fmt.Sprintf("{id: C%d, title: a, owner: customer, person: P-FAY, controls: [3.D], start: 2027-01-01, due: 2029-12-31, priority: %d, depends_on: [C%d], customer_hours: 9, cost: 0, acceptance_criteria: [a]}", i, i%2+1, (i+1)%600)
		})), "commitment: C-LOGS", "commitment: C1", 1)},
		{"much in brackets", with("gaps", rows(1_990, func(i int) string { return fmt.Sprintf("{id: G%d, text: \"[a b] [c]\"}", i) }))},
		{"open brackets", with("gaps", "  - {id: GG, text: \""+strings.Repeat("[a", 100_000)+"\"}\n")},
		{"suppressions", with("suppressions", rows(1_990, func(i int) string { return fmt.Sprintf("{rule: R104, at: C%d, reason: a}", i) }))},
		{"charges", strings.Replace(base, "        - {amount: 1800, every: once, from: 2027-01}\n", strings.ReplaceAll(rows(1_800, func(int) string { return "{amount: 1, every: month, from: 2000-01, to: 2990-12}" }), "  - ", "        - "), 1)},
		{"deep", base + "use: " + strings.Repeat("[", 31) + strings.Repeat("]", 31) + "\n"},
		{"milestones", strings.Replace(base, "level: 1, assessment", "level: 2, milestones: ["+strings.Repeat("{by: 2027-12-31, score: 1, closes: [a, b, c]}, ", 1_500)+"], assessment", 1)},
		{"blackouts", strings.Replace(with("commitments", rows(1_200, func(i int) string { return "{id: " + id(i) + ", due: 2027-02-02}" })), `    - {name: tax season, from: "02-01", to: "04-15"}`, strings.TrimRight(strings.ReplaceAll(rows(1_200, func(int) string { return `{name: a, from: "02-01", to: "04-15"}` }), "  - ", "    - "), "\n"), 1)},
		{"long ids", with("commitments", rows(3, func(i int) string {
			return fmt.Sprintf("{id: %s%d, depends_on: [%s]}", strings.Repeat("A", 35_000), i, strings.Repeat("B", 35_000))
		}))},
		{"long words", with("gaps", rows(5, func(i int) string { return fmt.Sprintf("{id: G%d, commitment: %s}", i, strings.Repeat("A", 40_000)) }))},
	}
}

// TestHostile holds that each shape is refused, and is what it says.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	set, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range hostile(t) {
		if len(s.text) > yamlsrc.MaxSize {
			t.Errorf("%s: %d bytes", s.name, len(s.text))
		}
		a, list := agreement.Load(source.New("a.yaml", []byte(s.text)), set)
		if a != nil && s.name != "suppressions" && s.name != "much in brackets" && s.name != "open brackets" {
			t.Errorf("%s: accepted", s.name)
		}
		first := ""
		if len(list) > 0 {
			first = list[0].Code
		}
		t.Logf("%s: %d bytes, %d problems, first %s", s.name, len(s.text), len(list), first)
	}
}

func BenchmarkHostile(b *testing.B) {
	set, err := framework.Load()
	if err != nil {
		b.Fatal(err)
	}
	for _, s := range hostile(b) {
		f := source.New("a.yaml", []byte(s.text))
		b.Run(s.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				agreement.Load(f, set)
			}
		})
	}
}
