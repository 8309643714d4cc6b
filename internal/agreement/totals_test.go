package agreement

import (
	"fmt"
	"strings"
	"testing"

	"concordat/internal/calendar"
	"concordat/internal/money"
)

func amount(t testing.TB, text string) *money.Amount {
	t.Helper()
	a, err := money.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return &a
}

func month(t testing.TB, text string) calendar.Month {
	t.Helper()
	if text == "" {
		return calendar.Month{}
	}
	m, err := calendar.ParseMonth(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// charge reads "5 x 10 month 2027-01 2029-12" or "900 once 2027-01".
func charge(t testing.TB, text string) Charge {
	t.Helper()
	f := strings.Fields(text)
	var c Charge
	if f[1] == "x" {
		if _, err := fmt.Sscan(f[0], &c.Quantity); err != nil {
			t.Fatal(err)
		}
		c.UnitPrice = amount(t, f[2])
		f = f[2:]
	} else {
		c.Amount = amount(t, f[0])
	}
	c.Every, c.From = f[1], month(t, f[2])
	if len(f) > 3 {
		c.To = month(t, f[3])
	}
	return c
}

// budget makes a budget of lines "a ; b" whose charges are separated by " ; ".
func budget(t testing.TB, startMonth int, years []int, percent, roundTo string, lines ...string) *Budget {
	t.Helper()
	b := &Budget{FiscalYearStartMonth: startMonth, Years: years}
	b.Contingency = Contingency{Percent: amount(t, percent), RoundTo: *amount(t, roundTo)}
	for i, text := range lines {
		line := Line{ID: fmt.Sprintf("L-%02d", i+1)}
		for part := range strings.SplitSeq(text, " ; ") {
			line.Charges = append(line.Charges, charge(t, part))
		}
		b.Lines = append(b.Lines, line)
	}
	return b
}

// table is the totals as text: one line each with its years and its sum.
func table(s *Totals) string {
	var b strings.Builder
	row := func(name string, y YearAmounts) {
		fmt.Fprintf(&b, "%s", name)
		for _, a := range y.Years {
			fmt.Fprintf(&b, " %s", a)
		}
		fmt.Fprintf(&b, " = %s\n", y.Sum)
	}
	for _, line := range s.Lines {
		row(fmt.Sprint(line.Line+1), line.YearAmounts)
	}
	row("subtotal", s.Subtotal)
	row("contingency", s.Contingency)
	row("total", s.Total)
	b.WriteString("monthly")
	for _, a := range s.Monthly {
		fmt.Fprintf(&b, " %s", a)
	}
	b.WriteString("\n")
	for _, o := range s.Outside {
		fmt.Fprintf(&b, "outside: line %d charge %d in %s\n", o.Line+1, o.Charge+1, o.Month)
	}
	return b.String()
}

func TestTotals(t *testing.T) {
	years := []int{2027, 2028, 2029}
	for _, tc := range []struct {
		name   string
		budget *Budget
		want   string
	}{
		{"a small accounting firm", budget(t, 1, years, "10", "1",
			"5 x 10 month 2027-01 2029-12",
			"900 once 2027-01",
			"6 x 16 month 2027-01 2029-12",
			"5 x 6 month 2027-01 2029-12 ; 300 once 2027-01",
			"1800 once 2027-01 ; 500 year 2028-01 2029-12",
			"1500 once 2027-06 ; 1000 once 2029-06",
			"5 x 4 month 2027-01 2029-12",
			"2600 once 2027-05 ; 2700 once 2028-05",
			"5 x 8 month 2027-01 2029-12",
			"1650 once 2027-01 ; 1750 once 2028-01 ; 1850 once 2029-01",
			"400 year 2027-07 2029-12",
		), `1 600 600 600 = 1800
2 900 0 0 = 900
3 1152 1152 1152 = 3456
4 660 360 360 = 1380
5 1800 500 500 = 2800
6 1500 0 1000 = 2500
7 240 240 240 = 720
8 2600 2700 0 = 5300
9 480 480 480 = 1440
10 1650 1750 1850 = 5250
11 400 400 400 = 1200
subtotal 11982 8182 6582 = 26746
contingency 1198 818 658 = 2674
total 13180 9000 7240 = 29420
monthly 1098 750 603
`},
		{"charges across a fiscal year that starts in July", budget(t, 7, []int{2026, 2027, 2028}, "0", "1",
			"100 month 2027-05 2027-08", "1000 quarter 2027-06 2028-06", "7 year 2027-06 2029-06",
		), `1 200 200 0 = 400
2 1000 4000 0 = 5000
3 7 7 7 = 21
subtotal 1207 4207 7 = 5421
contingency 0 0 0 = 0
total 1207 4207 7 = 5421
monthly 101 351 1
`},
		{"contingency is rounded half up in each year, and the rounded years are added", budget(t, 1, years, "10", "1",
			"5 once 2027-01 ; 15 once 2028-01 ; 24.99 once 2029-01",
		), `1 5 15 24.99 = 44.99
subtotal 5 15 24.99 = 44.99
contingency 1 2 2 = 5
total 6 17 26.99 = 49.99
monthly 1 1 2
`},
		{"contingency rounded to hundreds and to a third decimal", budget(t, 1, years[:1], "12.5", "100",
			"3999.99 once 2027-01",
		), `1 3999.99 = 3999.99
subtotal 3999.99 = 3999.99
contingency 500 = 500
total 4499.99 = 4499.99
monthly 375
`},
		{"a charge outside the years is told, not added", budget(t, 1, years[:1], "10", "0.01",
			"0.1 once 2027-01", "0.2 month 2027-11 2028-02",
		), `1 0.1 = 0.1
2 0.4 = 0.4
subtotal 0.5 = 0.5
contingency 0.05 = 0.05
total 0.55 = 0.55
monthly 0
outside: line 2 charge 1 in 2028-01
outside: line 2 charge 1 in 2028-02
`},
		{"a year that is not reached at the last month", budget(t, 1, years, "0", "1",
			"10 quarter 2027-02 2027-12", "10 year 2027-03 2029-02",
		), `1 40 0 0 = 40
2 10 10 0 = 20
subtotal 50 10 0 = 60
contingency 0 0 0 = 0
total 50 10 0 = 60
monthly 4 1 0
`},
	} {
		if got := table(sum(tc.budget)); got != tc.want {
			t.Errorf("%s:\n%s", tc.name, got)
		}
	}
}

func TestTotalsOfHalfABudget(t *testing.T) {
	for _, b := range []*Budget{
		{},
		{Years: []int{2027}, Lines: []Line{{}, {Charges: []Charge{{}, {Every: "month"}, {Every: "once"}}}}},
		{Lines: []Line{{Charges: []Charge{charge(t, "1 month 1900-01 2199-12")}}}},
		{FiscalYearStartMonth: -4, Years: []int{0, 0, -1}, Contingency: Contingency{RoundTo: *amount(t, "-1"), Percent: amount(t, "-5")}},
	} {
		sum(b)
	}
	if n := len(charge(t, "1 month 1900-01 2199-12").Months()); n != 600 {
		t.Errorf("expected the months to be cut at 600, found %d", n)
	}
}

func TestTotalsAreSumsOfTheirParts(t *testing.T) {
	a := loadBase(t)
	s := a.Totals()
	var subtotal money.Amount
	for k := range s.Years {
		var year money.Amount
		for _, line := range s.Lines {
			year = year.Add(line.Years[k])
		}
		if !year.Equal(s.Subtotal.Years[k]) || !year.Add(s.Contingency.Years[k]).Equal(s.Total.Years[k]) {
			t.Errorf("year %d does not add up", s.Years[k])
		}
		subtotal = subtotal.Add(year)
	}
	if !subtotal.Equal(s.Subtotal.Sum) || !s.Subtotal.Sum.Add(s.Contingency.Sum).Equal(s.Total.Sum) || len(s.Outside) > 0 {
		t.Error("the years do not add up to their sum")
	}
}
