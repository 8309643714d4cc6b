package schedule_test

import (
	"os"
	"strings"
	"testing"

	"concordat/internal/agreement"
	"concordat/internal/doc"
	"concordat/internal/framework"
	"concordat/internal/schedule"
	"concordat/internal/source"
)

// TestBudgetWords holds what the budget says below its table: which fiscal
// years lie in the term only in part, and which totals were approved.
func TestBudgetWords(t *testing.T) {
	text, err := os.ReadFile("../../testdata/accounting-firm.yaml")
	if err != nil {
		t.Fatal(err)
	}
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		changes []string // old, new
		want    []string
	}{
		{nil, []string{"Fay Fictional approved this Budget for the Customer on December 14, 2026."}},
		{
			[]string{"fiscal_year_start_month: 1\n", "fiscal_year_start_month: 10\n", "years: [2027, 2028, 2029]", "years: [2026, 2027, 2028, 2029]"},
			[]string{
				"This Agreement covers 9 of the 12 months of FY 2026–27. The amounts of that year are for these months only. This Agreement covers 3 of the 12 months of FY 2029–30. The amounts of that year are for these months only.",
				"Fay Fictional approved this Budget for the Customer on December 14, 2026.",
			},
		},
		{
			[]string{"approved: {by: P-FAY, date: 2026-12-14}", "approved: {by: P-FAY, date: 2026-12-14, totals: [1000, 2000.50, 3000]}"},
			[]string{"Fay Fictional approved this Budget for the Customer on December 14, 2026: 1,000 for FY 2027, 2,000.50 for FY 2028, 3,000 for FY 2029."},
		},
	} {
		changed := string(text)
		for i := 0; i < len(tc.changes); i += 2 {
			if strings.Count(changed, tc.changes[i]) != 1 {
				t.Fatalf("%q does not stand there once", tc.changes[i])
			}
			changed = strings.Replace(changed, tc.changes[i], tc.changes[i+1], 1)
		}
		a, list := agreement.Load(source.New("a.yaml", []byte(changed)), frameworks)
		if a == nil {
			t.Fatal(list)
		}
		s, _ := schedule.Build("budget", a, nil)
		var all []string
		doc.Texts(s.Blocks, func(text []doc.Inline) { all = append(all, doc.Plain(text)) })
		for _, want := range tc.want {
			found := false
			for _, text := range all {
				found = found || text == want
			}
			if !found {
				t.Errorf("expected %q in\n%s", want, strings.Join(all[max(len(all)-5, 0):], "\n"))
			}
		}
	}
}
