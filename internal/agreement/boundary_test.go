package agreement

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// TestBoundaries holds each bound of a rule on both sides: the last value that
// is accepted and the first that is not.
func TestBoundaries(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	set := frameworks(t)
	base := baseText(t)
	const end = "  end: 2029-12-31\n"
	for _, tc := range []struct {
		rule, old, accepted, refused string
	}{
		{"R05", end, "  end: 2027-12-31\n", "  end: 2027-12-30\n"},
		{"R05", end, "  end: 2031-12-31\n", "  end: 2032-01-01\n"},
		{"R17", "    due: 2027-06-30\n", "    due: 2027-06-30\n", "    due: 2027-07-01\n"},
		{"R17", "    date: 2026-12-15\n    expires: 2027-12-15\n", "    date: 2027-01-01\n    expires: 2027-01-02\n", "    date: 2027-01-02\n    expires: 2027-12-15\n"},
		{"R17", "    expires: 2027-12-15\n", "    expires: 2027-01-01\n", "    expires: 2026-12-31\n"},
		{"R24", "asset: A-MAIL, every_hours: 24,", "asset: A-MAIL, every_hours: 24,", "asset: A-MAIL, every_hours: 25,"},
		{"R25", "restore_test_months: 12}", "restore_test_months: 12}", "restore_test_months: 13}"},
		{"R28", "      date: 2026-10-01\n", "      date: 2026-01-01\n", "      date: 2025-12-31\n"},
		{"R28", "{date: 2026-10-15, by:", "{date: 2026-10-01, by:", "{date: 2026-09-30, by:"},
		{"R40", "current: 1.2", "current: 1", "current: 0.9"},
		{"R40", "{by: 2028-12-31, level: 3}", "{by: 2028-12-31, level: 4}", "{by: 2028-12-31, level: 4.1}"},
		{"R41", "{date: 2026-11-02, assessor", "{date: 2027-01-01, assessor", "{date: 2027-01-02, assessor"},
		{"R41", "{date: 2026-11-02, assessor", "{date: 2026-01-01, assessor", "{date: 2025-12-31, assessor"},
		{"R42", "{by: 2028-12-31, level: 3}", "{by: 2028-12-31, level: 2}", "{by: 2028-12-31, level: 1.9}"},
		{"R43", "{by: 2027-12-31, level: 3}", "{by: 2027-01-02, level: 3}", "{by: 2027-01-01, level: 3}"},
		{"R43", "{by: 2027-12-31, level: 3}", "{by: 2029-12-31, level: 3}", "{by: 2030-01-01, level: 3}"},
		{"R44", "{by: 2029-12-31, level: 2}", "{by: 2029-12-31, level: 2.0}", "{by: 2029-12-31, level: 2.1}"},
		{"R46", "    due: 2027-06-30\n    priority: 3\n", "    due: 2027-04-01\n    priority: 2\n", "    due: 2027-04-02\n    priority: 2\n"},
		{"R46", "until: 2027-05-31}", "until: 2027-05-31}", "until: 2027-05-30}"},
		{"R48", "    start: 2027-02-01\n", "    start: 2027-01-31\n", "    start: 2027-01-30\n"},
		{"R48", "    due: 2027-01-31\n", "    due: 2027-02-01\n", "    due: 2027-06-01\n"},
		{"R52", "    due: 2027-01-31\n", "    due: 2027-01-01\n", "    due: 2026-12-31\n"},
		{"R52", "    due: 2027-06-30\n", "    due: 2029-12-31\n", "    due: 2030-01-01\n"},
		{"R55", "{approvers: [P-FAY], channel: signed}", "{up_to: 301, approvers: [P-FAY], channel: signed}\n    - {approvers: [P-FAY], channel: signed}", "{up_to: 300, approvers: [P-FAY], channel: signed}\n    - {approvers: [P-FAY], channel: signed}"},
		{"R56", "    cost: 1380\n", "    cost: 1380.00\n", "    cost: 1380.01\n"},
		{"R58", "unit_price: 6, every: month, from: 2027-01, to: 2029-12", "unit_price: 6, every: month, from: 2027-01, to: 2029-12", "unit_price: 6, every: month, from: 2027-01, to: 2030-01"},
		{"R58", "{amount: 300, every: once, from: 2027-01}", "{amount: 300, every: once, from: 2027-01}", "{amount: 300, every: once, from: 2026-12}"},
		{"R60", "percent: 10,", "percent: 100,", "percent: 100.01,"},
		{"R60", "{amount: 300, every", "{amount: 300.01, every", "{amount: 300.001, every"},
		{"R60", "{amount: 300, every", "{amount: 0, every", "{amount: -0.01, every"},
		{"R61", "percent: 10,", "percent: 25,", "percent: 25.01,"},
		{"R63", "    expires: 2027-12-15\n", "    expires: 2027-12-15\n", "    expires: 2027-12-16\n"},
		{"R64", "    review: 2027-06-01\n    accepted_by: P-FAY\n    date: 2026-12-15\n    expires: 2027-12-15\n", "    accepted_by: P-FAY\n    date: 2026-12-15\n    expires: 2026-12-16\n", "    accepted_by: P-FAY\n    date: 2026-12-15\n    expires: 2026-12-15\n"},
		{"R64", "    review: 2027-06-01\n", "    review: 2027-12-15\n", "    review: 2027-12-16\n"},
		{"R64", "    review: 2027-06-01\n", "    review: 2026-12-16\n", "    review: 2026-12-15\n"},
		{"R53", "    customer_hours: 8\n", "    customer_hours: 8\n", "    customer_hours: 9\n"},
		{"R53", "    customer_hours: 8\n", "    start: 2026-12-03\n    customer_hours: 15\n", "    start: 2026-12-03\n    customer_hours: 16\n"},
		{"R61", "approved: {by: P-FAY, date: 2026-12-15}", "approved: {by: P-FAY, date: 2026-12-15, totals: [4521, 2510, 2761]}", "approved: {by: P-FAY, date: 2026-12-15, totals: [4521, 2509, 2761]}"},
		{"R65", "    likelihood: 3\n    impact: 3\n", "    likelihood: 3\n    impact: 4\n", "    likelihood: 5\n    impact: 3\n"},
		{"R66", "    expires: 2027-06-30\n", "    expires: 2027-06-30\n", "    expires: 2027-06-29\n"},
		{"R70", "first: 2027-05-15", "first: 2028-01-01", "first: 2028-01-02"},
		{"R95", "consumers_count: 1900", "consumers_count: 4999", "consumers_count: 5000"},
		{"R09", "notice_days: 90}", "months: 4, notice_days: 90}", "months: 3, notice_days: 90}"},
		{"R30", "issued: 2026-06-30, expires: 2027-06-30", "expires: 2027-01-01", "expires: 2026-12-31"},
		{"R33", "granted: 2027-01-01, expires: 2029-12-31", "granted: 2029-12-31, expires: 2029-12-31", "granted: 2030-01-01, expires: 2029-12-31"},
		{"R33", "granted: 2027-01-01, expires: 2029-12-31", "granted: 2027-01-01, expires: 2029-12-31", "granted: 2027-01-01, expires: 2030-01-01"},
		{"R35", "approved_by: P-FAY, review_months: 3", "approved_by: P-FAY, review_months: 3", "approved_by: P-FAY, review_months: 4"},
		{"R37", "last_verified: 2026-12-01", "last_verified: 2026-07-01", "last_verified: 2026-06-30"},
		{"R50", "after_days: 15", "after_days: 6", "after_days: 5"},
		{"R71", "first: 2027-05-15", "first: 2027-05-15, last: 2026-01-01", "first: 2027-05-15, last: 2025-12-31"},
		{"R74", "first: 2027-04-19", "first: 2027-04-16", "first: 2027-04-15"},
		{"R76", "filed_by: customer, hours: 720", "filed_by: customer, hours: 96", "filed_by: customer, hours: 95"},
		{"R76", "filed_by: customer, hours: 720", "filed_by: provider, hours: 24", "filed_by: customer, hours: 24"},
		{"R77", "retention_days: 365", "retention_days: 365", "retention_days: 364"},
		{"R80", "max_cost: 0}", "max_cost: 300}", "max_cost: 300.01}"},
		{"R80", "report_hours: 4,", "report_hours: 24,", "report_hours: 25,"},
		{"R81", "from: \"19:00\", to: \"22:00\"", "from: \"17:00\", to: \"08:00\"", "from: \"16:59\", to: \"08:00\""},
		{"R81", "from: \"19:00\", to: \"22:00\"", "from: \"17:00\", to: \"08:00\"", "from: \"17:00\", to: \"08:01\""},
		{"R81", "days: [wed], from: \"19:00\", to: \"22:00\"", "days: [fri], from: \"19:00\", to: \"22:00\"", "days: [sun], from: \"22:00\", to: \"09:00\""},
		{"R82", "{severity: critical, days: 14,", "{severity: critical, days: 30,", "{severity: critical, days: 31,"},
		{"R83", "{at_least: 95,", "{at_least: 100,", "{at_least: 100.01,"},
		{"R86", "expires: 2027-06-30, renewal: renewed each July", "expires: 2029-12-31", "expires: 2029-12-30"},
		{"R87", "title: Business Associate Agreement, date: 2025-03-10", "title: Business Associate Agreement, date: 2027-01-01", "title: Business Associate Agreement, date: 2027-01-02"},
		{"R87", "breach_notice_days: 10", "breach_notice_days: 60", "breach_notice_days: 61"},
		{"R88", "risk_analysis_date: 2026-05-01, risk_analysis_commitment: C-PLAN", "risk_analysis_date: 2026-01-01", "risk_analysis_date: 2025-12-31"},
		{"R96", "privacy: {stated_by: P-FAY, as_of: 2026-11-02", "privacy: {stated_by: P-FAY, as_of: 2026-01-01", "privacy: {stated_by: P-FAY, as_of: 2025-12-31"},
		{"R107", "duty: runs and tests the backups", "duty: runs all backups", "duty: runs backups"},
		{"R108", "quote: {number: Q-1, expires: 2027-01-31}", "quote: {number: Q-1, expires: 2027-01-01}", "quote: {number: Q-1, expires: 2026-12-31}"},
		{"R104", "    due: 2027-06-30\n", "    due: 2027-04-16\n", "    due: 2027-04-15\n"},
	} {
		if n := strings.Count(base, tc.old); n != 1 {
			t.Errorf("%s: %q stands %d times in the base", tc.rule, tc.old, n)
			continue
		}
		for _, side := range []struct {
			text string
			want bool
		}{{tc.accepted, false}, {tc.refused, true}} {
			_, list := Load(source.New("a.yaml", []byte(strings.Replace(base, tc.old, side.text, 1))), set)
			got := slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Code == tc.rule })
			if got != side.want {
				t.Errorf("%s: with %q reported: %v\n%s", tc.rule, side.text, got, printed(t, list))
			}
		}
	}
}

func TestLongAcceptance(t *testing.T) {
	set := frameworks(t)
	for expires, want := range map[string]diag.Severity{"2027-12-15": 0, "2027-12-16": diag.Warning, "2028-12-15": diag.Warning, "2028-12-16": diag.Error} {
		text := strings.Replace(baseText(t), "    expires: 2027-12-15\n", "    expires: "+expires+"\n    long_reason: the machine is replaced\n", 1)
		_, list := Load(source.New("a.yaml", []byte(text)), set)
		var got diag.Severity
		if len(list) == 1 && list[0].Code == "R63" {
			got = list[0].Severity
		}
		if got != want || len(list) > 1 {
			t.Errorf("%s: %s", expires, printed(t, list))
		}
	}
}

func TestFinal(t *testing.T) {
	text := strings.Replace(baseText(t), "kind: risk_register", "kind: budget", 1)
	text = strings.Replace(text, "percent: 10,", "percent: 0,", 1)
	a, list := Load(source.New("a.yaml", []byte(text)), frameworks(t))
	if a == nil || list.HasErrors() {
		t.Fatal(printed(t, list))
	}
	var got []string
	for _, d := range Final(list) {
		got = append(got, d.Code+" "+d.Severity.String())
	}
	if strings.Join(got, ", ") != "R61 warning, R73 error" || list.HasErrors() {
		t.Error(got)
	}
}

func TestLoadInParallel(t *testing.T) {
	set := frameworks(t)
	text := strings.Replace(baseText(t), "percent: 10,", "percent: 0,", 1)
	var group sync.WaitGroup
	results := make([]string, 8)
	for i := range results {
		group.Go(func() {
			_, list := Load(source.New("a.yaml", []byte(text)), set)
			results[i] = printed(t, list)
		})
	}
	group.Wait()
	for _, r := range results {
		if r != results[0] || r == "" {
			t.Error("two runs differ:", r)
		}
	}
}
