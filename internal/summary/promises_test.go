package summary

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"concordat/internal/agreement"
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

func date(t testing.TB, text string) calendar.Date {
	t.Helper()
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestFigures compares the summaries of the examples with what was worked out
// on paper. Hours of the heaviest months, each over all days of a commitment:
// medical office, February: 10×28/87 + 16×28/117 + 2×28/49 + 4×28/80 + 12 = 21.6;
// manufacturer, August: 60×31/62 + 12×31/183 + 24×31/118 + 8×31/151 + 8×31/121
// + 20×31/122 = 47.1; accounting firm, January: 10 + 4 + 1 + 2×28/56 + 6×21/36 + 5 = 24.5.
func TestFigures(t *testing.T) {
	for id, want := range map[string]string{
		"medical-office": `
13 provider, 6 customer, 12 shared, 1 third_party, 2 unassigned, 0 not_applicable of 34
10 funded, 0 by service, 1 by time, 0 unfunded of 11
customer USD 49,430 and USD 0
83 h, 22 in 2027-02
2027 USD 23,828 USD 1,986 USD 165
2028 USD 18,682 USD 1,557 USD 130
2029 USD 11,862 USD 989 USD 82
USD 54,372
`,
		"manufacturer-cmmc": `
40 provider, 25 customer, 41 shared, 4 third_party, 0 unassigned, 0 not_applicable of 110
11 funded, 1 by service, 1 by time, 0 unfunded of 13
customer USD 340,928 and USD 0
489 h, 47 in 2027-08
2027 USD 162,776 USD 3,617 USD 301
2028 USD 152,021 USD 3,378 USD 282
2029 USD 77,271 USD 1,717 USD 143
USD 392,068
`,
		"accounting-firm": `
13 provider, 10 customer, 8 shared, 0 third_party, 3 unassigned, 0 not_applicable of 34
9 funded, 0 by service, 1 by time, 0 unfunded of 10
customer USD 21,496 and USD 5,250
45 h, 25 in 2027-01
2027 USD 13,180 USD 2,636 USD 220
2028 USD 9,000 USD 1,800 USD 150
2029 USD 7,240 USD 1,448 USD 121
USD 29,420
`,
	} {
		t.Run(id, func(t *testing.T) {
			if got := figures(Of(loadExample(t, id))); got != want {
				t.Errorf("found %swant %s", got, want)
			}
		})
	}
}

func figures(s Summary) string {
	var b strings.Builder
	var owned []string
	for _, o := range s.Controls.Owners {
		owned = append(owned, fmt.Sprintf("%d %s", o.Count, o.Owner))
	}
	x := s.Promises
	fmt.Fprintf(&b, "\n%s of %d\n", strings.Join(owned, ", "), s.Controls.Total)
	fmt.Fprintf(&b, "%d funded, %d by service, %d by time, %d unfunded of %d\n", x.Funded, x.ByService, x.ByTime, x.Unfunded, x.Total)
	for _, p := range x.Payers {
		fmt.Fprintf(&b, "%s %s and %s\n", p.Payer, p.Promises, p.Other)
	}
	fmt.Fprintf(&b, "%d h, %d in %s\n", x.Hours, x.Heaviest.Hours, x.Heaviest.Month)
	for _, y := range s.Cost.Years {
		fmt.Fprintf(&b, "%s %s %s %s\n", y.Name, y.Total, y.PerPerson, y.PerPersonMonth)
	}
	fmt.Fprintf(&b, "%s\n", s.Cost.Total)
	return b.String()
}

// TestEachControlHasOneOwner: the lists are the baseline, each control once.
func TestEachControlHasOneOwner(t *testing.T) {
	for _, id := range exampleIDs() {
		t.Run(id, func(t *testing.T) {
			a := loadExample(t, id)
			c := Of(a).Controls
			owner := map[string]agreement.Party{}
			for _, o := range c.Owners {
				if o.Count != len(o.Controls) {
					t.Errorf("%s: %d counted, %d listed", o.Owner, o.Count, len(o.Controls))
				}
				for _, control := range o.Controls {
					if owner[control] != "" {
						t.Errorf("%s is listed twice", control)
					}
					owner[control] = o.Owner
				}
			}
			for _, item := range a.BaselineItems() {
				if row, ok := a.Responsibility(item.ID); !ok || owner[item.ID] != row.Owner {
					t.Errorf("%s is listed with %q", item.ID, owner[item.ID])
				}
			}
			if len(owner) != len(a.BaselineItems()) || c.Total != len(owner) {
				t.Errorf("%d controls listed, %d counted, %d in the baseline", len(owner), c.Total, len(a.BaselineItems()))
			}
		})
	}
}

func TestProviderPays(t *testing.T) {
	const line = "category: project, payer: %s, basis: quoted, charges: [{amount: 900,"
	s := Of(loadChanged(t, fmt.Sprintf(line, "customer"), fmt.Sprintf(line, "provider")))
	want := `
13 provider, 10 customer, 8 shared, 0 third_party, 3 unassigned, 0 not_applicable of 34
9 funded, 0 by service, 1 by time, 0 unfunded of 10
customer USD 20,596 and USD 5,250
provider USD 900 and USD 0
45 h, 25 in 2027-01
2027 USD 12,280 USD 2,456 USD 205
2028 USD 9,000 USD 1,800 USD 150
2029 USD 7,240 USD 1,448 USD 121
USD 28,520
`
	if got := figures(s); got != want {
		t.Errorf("found %swant %s", got, want)
	}
	text := textOf(t, s, true)
	for _, want := range []string{
		"USD 1,800 by the customer and USD 900 by the\n         provider, 4 hours\n",
		"  in 2027 the provider pays USD 900 more\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
	if want := "9 funded (USD 20,596 by the customer, USD 900 by"; !strings.Contains(textOf(t, s, false), want) {
		t.Errorf("the short text lacks %q", want)
	}
}

// TestFiscalYearWithinCalendarYear: half years at both ends of the term count
// six months, so that a month costs what it costs.
func TestFiscalYearWithinCalendarYear(t *testing.T) {
	s := Of(loadChanged(t, "fiscal_year_start_month: 1", "fiscal_year_start_month: 7", "years: [2027, 2028, 2029]", "years: [2026, 2027, 2028, 2029]"))
	want := `Cost to the customer of 5 people, contingency included, tax excluded
                 total   per person   per person and month
  2026–27   USD 11,183    USD 2,237                USD 373   for 6 months of the term
`
	if text := textOf(t, s, true); !strings.Contains(text, want) {
		t.Errorf("the text lacks\n%s\nin\n%s", want, text)
	}
	months := 0
	for _, y := range s.Cost.Years {
		months += y.Months
	}
	if months != 36 {
		t.Errorf("%d months in all, want 36", months)
	}
}

// TestFunding goes through what can stand behind a promise, with cases that
// the rules refuse as well: a summary never calls a promise funded that is not.
func TestFunding(t *testing.T) {
	commitment := func(cost string, hours int, lines ...string) agreement.Commitment {
		return agreement.Commitment{ID: "C-X", Owner: agreement.Customer, Cost: amount(t, cost), CustomerHours: hours, BudgetLines: lines, Controls: []string{"1.A"}}
	}
	ofService := commitment("0", 5)
	ofService.Controls = []string{"1.A", "3.F", "3.G"} // the customer's, and two of a bought service
	noCost := commitment("0", 5)
	noCost.Cost = nil
	a := loadChanged(t)
	for _, c := range []struct {
		what  string
		other []agreement.Commitment // before it
		x     agreement.Commitment
		want  Funding
	}{
		{"lines that come to the cost", nil, commitment("2700", 0, "C-B01", "C-B02"), Funded},
		{"the same number with cents", nil, commitment("2700.00", 3, "C-B02", "C-B01"), Funded},
		{"lines that come to less", nil, commitment("2700", 4, "C-B02"), Unfunded},
		{"lines that come to more", nil, commitment("899.99", 4, "C-B02"), Unfunded},
		{"a line that does not exist", nil, commitment("900", 4, "C-B02", "C-B99"), Unfunded},
		{"a line named twice", nil, commitment("1800", 4, "C-B02", "C-B02"), Unfunded},
		{"a line of another commitment", []agreement.Commitment{commitment("900", 0, "C-B02")}, commitment("900", 4, "C-B02"), Unfunded},
		{"a cost without lines", nil, commitment("5", 4), Unfunded},
		{"time", nil, commitment("0", 4), ByTime},
		{"nothing", nil, commitment("0", 0), Unfunded},
		{"a bought service, and time", nil, ofService, ByService},
		{"no cost written", nil, noCost, Unfunded},
	} {
		changed := *a
		changed.Commitments = append(slices.Clone(c.other), c.x)
		s := Of(&changed)
		got := s.Promises.Commitments[len(c.other)]
		if got.Funding != c.want {
			t.Errorf("%s: found %s, want %s", c.what, got.Funding, c.want)
		}
		if (got.Funding == Funded) != (len(got.Paid) > 0) || (got.Funding == ByService) != (len(got.Services) > 0) {
			t.Errorf("%s: paid %v, services %v beside %s", c.what, got.Paid, got.Services, got.Funding)
		}
		step := slices.ContainsFunc(s.NextSteps, func(x Step) bool { return x.About == "C-X" })
		if step != (c.want == Unfunded) {
			t.Errorf("%s: a next step about it is %v", c.what, step)
		}
		// Whatever a commitment names, the sums stay those of the budget.
		sum := nothing(a)
		for _, p := range s.Promises.Payers {
			sum = sum.add(p.Promises.amount).add(p.Other.amount)
		}
		if !sum.amount.Equal(a.Totals().Subtotal.Sum) {
			t.Errorf("%s: the payers pay %s of %s", c.what, sum, a.Totals().Subtotal.Sum)
		}
	}
}

func TestUnfundedIsSaid(t *testing.T) {
	a := &agreement.Agreement{Commitments: []agreement.Commitment{
		{ID: "C-1", Title: "First", Owner: agreement.Provider, Cost: amount(t, "1200.50"), Due: date(t, "2027-03-31")},
		{ID: "C-2", Title: "Second", Owner: agreement.Shared, Cost: amount(t, "0"), CustomerHours: 1, Due: date(t, "2027-03-31")},
	}}
	s := Of(a)
	want := `controls  none
promises  2: 1 by time only, 1 unfunded (C-1); 1 customer hour, at most 1 in a
          month
cost      not stated; there is no budget
`
	if got := textOf(t, s, false); !strings.HasPrefix(got, want) {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
	want = `2 promises: 1 provider, 1 shared
  C-1  First
       provider, due 2027-03-31, 1200.5 unfunded
  C-2  Second
       shared, due 2027-03-31, by time only, 1 hour

  1 by time only, 1 unfunded (C-1)
  people of the customer give 1 hour, 1 of them in March 2027 (C-2)

Cost to the customer
  not stated; there is no budget
`
	if got := textOf(t, s, true); !strings.Contains(got, want) {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
}

func TestHeaviestMonth(t *testing.T) {
	term := agreement.Term{Effective: date(t, "2027-01-16"), End: date(t, "2029-12-31")}
	c := func(id string, hours int, start, due string) agreement.Commitment {
		x := agreement.Commitment{ID: id, Owner: agreement.Customer, CustomerHours: hours, Due: date(t, due)}
		if start != "" {
			x.Start = date(t, start)
		}
		return x
	}
	for _, test := range []struct {
		what        string
		commitments []agreement.Commitment
		want        string
	}{
		{"one day", []agreement.Commitment{c("A", 7, "2027-03-05", "2027-03-05")}, "2027-03 7 [A]"},
		{"from the first day of the term", []agreement.Commitment{c("A", 30, "", "2027-02-14")}, "2027-01 16 [A]"},
		{"the first of two equal months", []agreement.Commitment{c("B", 5, "2027-06-01", "2027-06-30"), c("A", 5, "2027-05-01", "2027-05-31")}, "2027-05 5 [A]"},
		{"two together", []agreement.Commitment{c("A", 5, "2027-05-01", "2027-05-31"), c("B", 6, "2027-06-01", "2027-06-30"), c("C", 2, "2027-05-31", "2027-05-31")}, "2027-05 7 [A C]"},
		{"half an hour", []agreement.Commitment{c("A", 1, "2027-05-31", "2027-06-01")}, "2027-05 1 [A]"},
		{"thirds that are one hour", []agreement.Commitment{c("A", 1, "2027-05-30", "2027-06-01"), c("B", 1, "2027-05-31", "2027-06-02")}, "2027-05 1 [A B]"},
		{"over the end of a year", []agreement.Commitment{c("A", 62, "2027-12-01", "2028-01-31"), c("B", 1, "2028-01-31", "2028-01-31")}, "2028-01 32 [A B]"},
		{"a start after the date it is due", []agreement.Commitment{c("A", 4, "2027-05-30", "2027-04-01")}, "2027-04 4 [A]"},
		{"no hours", []agreement.Commitment{c("A", 0, "2027-05-30", "2027-06-01")}, "none"},
	} {
		got := "none"
		if m := heaviest(&agreement.Agreement{Term: term, Commitments: test.commitments}); m != nil {
			got = fmt.Sprint(m.Month, " ", m.Hours, " ", m.Commitments)
		}
		if got != test.want {
			t.Errorf("%s: found %s, want %s", test.what, got, test.want)
		}
	}
}

// TestShare: a figure for a person never hides that there is a cost.
func TestShare(t *testing.T) {
	for _, c := range []struct {
		currency, total string
		n               int
		want            string
	}{
		{"USD", "13180", 60, "USD 220"},
		{"USD", "300", 1200, "USD 0.25"},
		{"USD", "540.60", 60, "USD 9.01"},
		{"USD", "599.40", 60, "USD 10"}, // rounds to ten whole units
		{"USD", "0", 60, "USD 0"},
		{"USD", "0.10", 60, "USD 0"},
		{"JPY", "300", 200, "JPY 2"},
		{"KWD", "1", 3, "KWD 0.333"},
	} {
		currency, err := money.ParseCurrency(c.currency)
		if err != nil {
			t.Fatal(err)
		}
		if got := share(Money{*amount(t, c.total), currency}, c.n, money.FromInt(1)).String(); got != c.want {
			t.Errorf("%s %s by %d: found %s, want %s", c.currency, c.total, c.n, got, c.want)
		}
	}
}

// TestNextSteps: what is not answered comes first, then money, owners and approval.
func TestNextSteps(t *testing.T) {
	a := loadExample(t, "accounting-firm")
	a.Budget.Approved = nil
	a.Commitments[0].BudgetLines = nil
	want := `S6: write "critical_assets[].impact" (cost of a loss)
S9: write "parties.customer.risk_plan_ref" (the customer’s own risk plan)
O9: write "transition.in" (taking over)
T10: write "vulnerability_disclosure.contact" (who tells whom)
C-C01: name the budget lines that pay for C-C01
2.C: decide who does 2.C; the risk is accepted until 2027-12-15
2.D: decide who does 2.D; the risk is accepted until 2027-12-15
3.Q: decide who does 3.Q; the risk is accepted until 2027-12-15
budget.approved: let the customer approve the budget, and write who did and when
`
	var b strings.Builder
	for _, step := range Of(a).NextSteps {
		fmt.Fprintf(&b, "%s: %s\n", step.About, step.Text)
	}
	if b.String() != want {
		t.Errorf("found\n%swant\n%s", b.String(), want)
	}
}
