package calendar

import (
	"fmt"
	"testing"
	"time"
)

func mustDate(t *testing.T, text string) Date {
	t.Helper()
	d, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustMonth(t *testing.T, text string) Month {
	t.Helper()
	m, err := ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestParseDate(t *testing.T) {
	for _, text := range []string{"1900-01-01", "2000-02-29", "2024-02-29", "2027-12-31", "2199-12-31"} {
		d := mustDate(t, text)
		if d.String() != text || d.IsZero() {
			t.Errorf("ParseDate(%q) = %q", text, d)
		}
		var u Date
		if err := u.UnmarshalText([]byte(text)); err != nil || u != d {
			t.Errorf("UnmarshalText(%q) = %v, %v", text, u, err)
		}
	}
	const form = "expected a date such as 2027-03-31, found "
	for _, tc := range []struct{ text, want string }{
		{"", form + `""`},
		{"2027-1-5", form + `"2027-1-5"`},
		{"2027/01/05", form + `"2027/01/05"`},
		{"31.03.2027", form + `"31.03.2027"`},
		{" 2027-01-05", form + `" 2027-01-05"`},
		{"2027-01-05 ", form + `"2027-01-05 "`},
		{"+027-01-05", form + `"+027-01-05"`},
		{"٢٠٢٧-٠١-٠٥", form + `"٢٠٢٧-٠١-٠٥"`},
		{"2027-01-05T00:00:00Z", form + `"2027-01-05T00:00:00Z"`},
		{"2027-02-29", "2027-02-29 is not a day of the calendar"},
		{"2100-02-29", "2100-02-29 is not a day of the calendar"},
		{"2027-00-01", "2027-00-01 is not a day of the calendar"},
		{"2027-13-01", "2027-13-01 is not a day of the calendar"},
		{"2027-04-31", "2027-04-31 is not a day of the calendar"},
		{"2027-04-00", "2027-04-00 is not a day of the calendar"},
		{"1899-12-31", "1899-12-31 is not a day of the calendar"},
		{"2200-01-01", "2200-01-01 is not a day of the calendar"},
		{"0000-00-00", "0000-00-00 is not a day of the calendar"},
	} {
		d, err := ParseDate(tc.text)
		if err == nil || err.Error() != tc.want || !d.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v, want %s", tc.text, d, err, tc.want)
		}
	}
	if _, err := NewDate(2027, time.February, 30); err == nil {
		t.Error("NewDate takes 30 February")
	}
}

func TestParseMonth(t *testing.T) {
	for _, text := range []string{"1900-01", "2027-12", "2199-12"} {
		m := mustMonth(t, text)
		if m.String() != text || m.IsZero() {
			t.Errorf("ParseMonth(%q) = %q", text, m)
		}
		var u Month
		if err := u.UnmarshalText([]byte(text)); err != nil || u != m {
			t.Errorf("UnmarshalText(%q) = %v, %v", text, u, err)
		}
	}
	for _, tc := range []struct{ text, want string }{
		{"2027-3", `expected a month such as 2027-03, found "2027-3"`},
		{"2027-03-01", `expected a month such as 2027-03, found "2027-03-01"`},
		{"March 2027", `expected a month such as 2027-03, found "March 2027"`},
		{"2027-00", "2027-00 is not a month of the calendar"},
		{"2027-13", "2027-13 is not a month of the calendar"},
		{"2200-01", "2200-01 is not a month of the calendar"},
	} {
		if m, err := ParseMonth(tc.text); err == nil || err.Error() != tc.want || !m.IsZero() {
			t.Errorf("ParseMonth(%q) = %v, %v, want %s", tc.text, m, err, tc.want)
		}
	}
}

func TestAddMonths(t *testing.T) {
	for _, tc := range []struct {
		from string
		n    int
		want string
	}{
		{"2027-01-31", 1, "2027-02-28"}, {"2028-01-31", 1, "2028-02-29"}, {"2027-01-31", 2, "2027-03-31"}, {"2027-01-31", 3, "2027-04-30"},
		{"2027-12-15", 1, "2028-01-15"}, {"2027-01-15", -1, "2026-12-15"}, {"2027-03-31", -1, "2027-02-28"}, {"2028-02-29", 12, "2029-02-28"},
		{"2028-02-29", -48, "2024-02-29"}, {"2027-06-30", 0, "2027-06-30"}, {"2027-01-01", 36, "2030-01-01"}, {"2027-11-30", 13, "2028-12-30"},
	} {
		if got := mustDate(t, tc.from).AddMonths(tc.n).String(); got != tc.want {
			t.Errorf("%s + %d months = %s, want %s", tc.from, tc.n, got, tc.want)
		}
	}
}

func TestDays(t *testing.T) {
	for _, tc := range []struct {
		from, to string
		days     int
	}{
		{"2027-01-01", "2027-01-01", 0}, {"2027-01-01", "2027-01-02", 1}, {"2027-03-01", "2027-02-28", -1}, {"2028-02-28", "2028-03-01", 2},
		{"2027-03-27", "2027-03-29", 2}, // clocks change in Europe
		{"2027-01-01", "2028-01-01", 365}, {"1900-01-01", "2199-12-31", 109572}, {"2199-12-31", "1900-01-01", -109572},
	} {
		from, to := mustDate(t, tc.from), mustDate(t, tc.to)
		if got := from.DaysUntil(to); got != tc.days {
			t.Errorf("%s until %s = %d days, want %d", tc.from, tc.to, got, tc.days)
		}
		if got := from.AddDays(tc.days); got != to {
			t.Errorf("%s + %d days = %s, want %s", tc.from, tc.days, got, tc.to)
		}
	}
}

// Each day follows the one before, in number, order and weekday.
func TestEveryDay(t *testing.T) {
	first := mustDate(t, "1900-01-01")
	weekday := time.Monday
	for n, d := 0, first; d.Year() < 2200; n, d = n+1, d.AddDays(1) {
		if first.DaysUntil(d) != n || d.Weekday() != weekday {
			t.Fatalf("%s is day %d, a %s", d, first.DaysUntil(d), d.Weekday())
		}
		if back := mustDate(t, d.String()); back != d {
			t.Fatalf("%s is read as %s", d, back)
		}
		if next := d.AddDays(1); !d.Before(next) || d.After(next) || !next.After(d) || d.Compare(d) != 0 {
			t.Fatalf("%s does not stand before %s", d, next)
		}
		if m := d.Month(); m.First().After(d) || m.Last().Before(d) || m.Compare(m.Add(1)) >= 0 || m.Add(1).Add(-1) != m || m.Last().AddDays(1) != m.Add(1).First() {
			t.Fatalf("%s does not lie in its month %s", d, m)
		}
		weekday = (weekday + 1) % 7
	}
}

func TestForms(t *testing.T) {
	d := mustDate(t, "2027-03-05")
	for _, tc := range []struct{ got, want string }{
		{d.Long("en-US"), "March 5, 2027"},
		{d.Long("en-GB"), "5 March 2027"},
		{d.Long(""), "5 March 2027"},
		{Date{}.Long("en-US"), ""},
		{Date{}.String(), ""},
		{d.Month().String(), "2027-03"},
		{d.Month().Long(), "March 2027"},
		{Month{}.Long(), ""},
		{Month{}.String(), ""},
		{d.Month().First().String(), "2027-03-01"},
		{d.Month().Last().String(), "2027-03-31"},
		{NewMonth(2027, 14).String(), "2028-02"},
		{NewMonth(2027, time.December).String(), "2027-12"},
		{mustMonth(t, "2027-01").Add(-13).String(), "2025-12"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
	if d.Day() != 5 || d.Year() != 2027 || d.Month().Month() != time.March || d.Month().Year() != 2027 || mustMonth(t, "2028-02").Days() != 29 {
		t.Error("the parts of a date are wrong")
	}
	if !(Date{}).IsZero() || !(Month{}).IsZero() || !(Date{}).Before(d) {
		t.Error("the zero date is none, and before all")
	}
}

func TestDaysByMonth(t *testing.T) {
	for _, c := range []struct{ first, last, want string }{
		{"2027-01-04", "2027-01-31", "2027-01 28;"},
		{"2028-02-29", "2028-02-29", "2028-02 1;"},
		{"2027-12-31", "2028-03-01", "2027-12 1;2028-01 31;2028-02 29;2028-03 1;"},
		{"2027-03-02", "2027-03-01", ""},
		{"2027-03-02", "2027-02-01", ""},
	} {
		first, last := mustDate(t, c.first), mustDate(t, c.last)
		got := ""
		for month, days := range DaysByMonth(first, last) {
			got += fmt.Sprintf("%s %d;", month, days)
		}
		if got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.first, c.last, got, c.want)
		}
	}
}
