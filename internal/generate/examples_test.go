package generate_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/agreement"
	"concordat/internal/framework"
	"concordat/internal/markdown"
)

// loadExample is an example as the model has it.
func loadExample(t *testing.T, id string) *agreement.Agreement {
	t.Helper()
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, list := agreement.LoadTree(resolve(t, id), frameworks)
	if a == nil {
		t.Fatalf("%s has errors:\n%s", id, printed(list))
	}
	return a
}

// TestExampleFigures compares sums, hours, counts and levels of the examples
// with those worked out on paper.
func TestExampleFigures(t *testing.T) {
	for id, want := range map[string]string{
		"accounting-firm": `
BL-MFA        1,800 |     600     600     600
BL-MDR        3,456 |   1,152   1,152   1,152
C-B02           900 |     900       0       0
C-B04         1,380 |     660     360     360
C-B05         2,800 |   1,800     500     500
C-B06         2,500 |   1,500       0   1,000
C-B07           720 |     240     240     240
C-B08         5,300 |   2,600   2,700       0
C-B09         1,440 |     480     480     480
C-B10         5,250 |   1,650   1,750   1,850
C-B11         1,200 |     400     400     400
subtotal     26,746 |  11,982   8,182   6,582
contingency   2,674 |   1,198     818     658
total        29,420 |  13,180   9,000   7,240
C-C01 customer    2027-01-31   2,800  10 h
C-C02 provider    2027-01-31   2,700   4 h
C-C03 provider    2027-01-31   3,456   1 h
C-C04 shared      2027-02-28   1,380   2 h
C-C05 customer    2027-02-15   1,440   6 h
C-C06 customer    2027-01-31     720   5 h
C-C07 customer    2027-06-30   2,500   8 h
C-C08 customer    2028-05-31   5,300   4 h
C-C09 provider    2027-07-31   1,200   1 h
C-C10 customer    2027-04-30       0   4 h
C-RA1  6, 2026-12-15 to 2027-12-15 
C-RA2  2, 2026-12-15 to 2027-12-15 
C-RA3  9, 2026-12-15 to 2027-12-15 
up to 300: P-FAY P-GUS, email
any: P-FAY, signed
level 1.3 2.2 2.5 3.0, low below 2.0
34 rows: 13 provider, 10 customer, 8 shared, 0 third_party, 3 unassigned
notice 48 h
`,
		"medical-office": `
BL-MFA        4,320 |   1,440   1,440   1,440
BL-MDR        6,860 |   2,156   2,352   2,352
BL-TRAIN      1,260 |     396     432     432
BL-LOGS       2,850 |     570   1,140   1,140
A-B02         1,800 |   1,800       0       0
A-B04         6,640 |   2,800   1,920   1,920
A-B05         8,500 |   4,500   2,000   2,000
A-B07         3,800 |   3,800       0       0
A-B08         6,200 |       0   6,200       0
A-B10         5,400 |   2,400   1,500   1,500
A-B11         1,800 |   1,800       0       0
subtotal     49,430 |  21,662  16,984  10,784
contingency   4,942 |   2,166   1,698   1,078
total        54,372 |  23,828  18,682  11,862
A-C01 provider    2027-03-31   6,120  10 h
A-C02 customer    2027-04-30   8,500  16 h
A-C03 provider    2027-02-28   6,860   2 h
A-C04 shared      2027-03-31   6,640   4 h
A-C05 customer    2027-02-28   1,260  12 h
A-C06 provider    2027-06-30   3,800   6 h
A-C07 shared      2027-09-30   5,400  12 h
A-C08 provider    2027-07-31   2,850   1 h
A-C09 customer    2027-10-31   1,800  10 h
A-C10 customer    2028-06-30   6,200   6 h
A-C11 customer    2027-01-31       0   4 h
A-RA1 12, 2026-12-15 to 2028-06-30 A-C10
A-RA2  2, 2026-12-15 to 2027-12-15 
A-RA3  9, 2026-12-15 to 2027-08-31 A-C08
A-RA4 10, 2026-12-15 to 2027-12-15 
up to 500: P-BEN, ticket
up to 5,000: P-ADA, email
any: P-ADA, signed
level 1.0 2.2 2.7 3.0, low below 2.0
34 rows: 13 provider, 6 customer, 12 shared, 1 third_party, 2 unassigned
notice 24 h
`,
		"manufacturer-cmmc": `
BL-GOV       36,828 |  10,044  13,392  13,392
BL-CMMC      79,200 |  21,600  28,800  28,800
B-B02        32,000 |  32,000       0       0
B-B04        24,500 |  24,500       0       0
B-B05        16,000 |   7,600   4,200   4,200
B-B06        30,000 |  18,000   6,000   6,000
B-B07        12,000 |  12,000       0       0
B-B08        55,000 |       0  55,000       0
B-B09         4,000 |       0       0   4,000
B-B10         5,400 |   1,800   1,800   1,800
B-B11        24,500 |   6,500   9,000   9,000
B-B12         7,500 |   7,500       0       0
B-B13        14,000 |       0  14,000       0
subtotal    340,928 | 141,544 132,192  67,192
contingency  51,140 |  21,232  19,829  10,079
total       392,068 | 162,776 152,021  77,271
B-C01 shared      2027-06-30  30,000  80 h
B-C02 provider    2027-08-31  68,828  60 h
B-C03 provider    2027-05-31       0  20 h
B-C04 provider    2027-09-30  79,200  12 h
B-C05 provider    2027-10-31  24,500  24 h
B-C06 shared      2027-09-30  16,000   8 h
B-C07 customer    2027-06-30   5,400  45 h
B-C08 provider    2027-08-31  24,500   8 h
B-C09 customer    2027-09-30   7,500  20 h
B-C10 shared      2027-06-30       0  16 h
B-C11 customer    2027-12-15  12,000  60 h
B-C12 customer    2028-06-30  59,000 120 h
B-C13 customer    2028-09-30  14,000  16 h
B-RA1 12, 2026-12-15 to 2028-09-30 B-C13
B-RA2 15, 2026-12-15 to 2027-09-30 B-C04
up to 2,500: P-DAN, ticket
up to 15,000: P-CORA, email
any: P-CORA, signed
level 1.5 3.2, low below 2.0
110 rows: 40 provider, 25 customer, 41 shared, 4 third_party, 0 unassigned
notice 12 h
`,
	} {
		t.Run(id, func(t *testing.T) {
			if diff := cmp.Diff(want, "\n"+figures(loadExample(t, id))); diff != "" {
				t.Errorf("figures differ (-want +got):\n%s", diff)
			}
		})
	}
}

func figures(a *agreement.Agreement) string {
	var b strings.Builder
	totals, currency := a.Totals(), a.Budget.Currency
	line := func(name string, y agreement.YearAmounts) {
		fmt.Fprintf(&b, "%-11s %7s |", name, y.Sum.Digits(currency))
		for _, amount := range y.Years {
			fmt.Fprintf(&b, " %7s", amount.Digits(currency))
		}
		b.WriteByte('\n')
	}
	for _, l := range totals.Lines {
		line(a.Budget.Lines[l.Line].ID, l.YearAmounts)
	}
	line("subtotal", totals.Subtotal)
	line("contingency", totals.Contingency)
	line("total", totals.Total)
	for _, c := range a.Commitments {
		fmt.Fprintf(&b, "%s %-11s %s %7s %3d h\n", c.ID, c.Owner, c.Due, c.Cost.Digits(currency), c.CustomerHours)
	}
	for _, r := range a.RiskAcceptances {
		fmt.Fprintf(&b, "%s %2d, %s to %s %s\n", r.ID, r.Rating(), r.Date, r.Expires, r.Commitment)
	}
	for _, x := range a.Budget.Thresholds {
		upTo := "any"
		if x.UpTo != nil {
			upTo = "up to " + x.UpTo.Digits(currency)
		}
		fmt.Fprintf(&b, "%s: %s, %s\n", upTo, strings.Join(x.Approvers, " "), x.Channel)
	}
	var levels []agreement.Level
	for _, s := range a.Maturity.Scores {
		levels = append(levels, s.Current)
	}
	fmt.Fprintf(&b, "level %s", agreement.Mean(levels))
	for i := range a.Maturity.Scores[0].Targets {
		for j, s := range a.Maturity.Scores {
			levels[j] = s.Targets[i].Level
		}
		fmt.Fprintf(&b, " %s", agreement.Mean(levels))
	}
	fmt.Fprintf(&b, ", low below %s\n", a.Maturity.LowThreshold)
	fmt.Fprintf(&b, "%d rows:", len(a.Responsibilities))
	for i, owner := range []agreement.Party{agreement.Provider, agreement.Customer, agreement.Shared, agreement.ThirdParty, agreement.Unassigned} {
		n := 0
		for _, r := range a.Responsibilities {
			if r.Owner == owner {
				n++
			}
		}
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, " %d %s", n, owner)
	}
	fmt.Fprintf(&b, "\nnotice %d h\n", a.Notification.Provider.Hours)
	return b.String()
}

// TestManufacturerScore holds the rows of each family of CMMC and the scores
// of the manufacturer: today, and at each milestone when what it closes is
// met. 88 points with nothing but one-point requirements open permit a
// conditional status.
func TestManufacturerScore(t *testing.T) {
	a := loadExample(t, "manufacturer-cmmc")
	f := a.Framework()
	var got strings.Builder
	for _, function := range f.Functions {
		count := map[agreement.Party]int{}
		for _, r := range a.Responsibilities {
			if item, _ := f.Item(r.Control); item.Function == function.ID {
				count[r.Owner]++
			}
		}
		fmt.Fprintf(&got, "%s %d/%d/%d/%d\n", function.ID, count[agreement.Provider], count[agreement.Customer], count[agreement.Shared], count[agreement.ThirdParty])
	}
	open := map[string]bool{}
	for _, r := range a.Responsibilities {
		switch r.Implementation {
		case "not_met":
			open[r.Control] = true
		case "met":
		default:
			t.Errorf("%s is %q", r.Control, r.Implementation)
		}
	}
	score := func(when string, stated int) {
		var unmet []string
		for _, id := range f.ItemIDs() {
			if open[id] {
				unmet = append(unmet, id)
			}
		}
		n, err := f.Score(unmet, nil)
		if err != nil {
			t.Fatal(err)
		}
		conditional, err := f.Conditional(unmet, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n != stated {
			t.Errorf("%s: the agreement states %d, computed is %d", when, stated, n)
		}
		fmt.Fprintf(&got, "%s: %d open, score %d, conditional %v\n", when, len(unmet), n, conditional)
	}
	cmmc := a.Regulatory.CMMC
	score(cmmc.ScoreDate.String(), *cmmc.Score)
	for _, m := range cmmc.Milestones {
		for _, id := range m.Closes {
			if !open[id] {
				t.Errorf("%s closes %s, which is not open", m.By, id)
			}
			delete(open, id)
		}
		score(m.By.String(), *m.Score)
	}
	want := `AC 8/3/10/1
AT 0/1/2/0
AU 6/0/3/0
CM 3/1/5/0
IA 6/0/5/0
IR 0/0/3/0
MA 3/1/2/0
MP 0/6/2/1
PS 0/2/0/0
PE 0/6/0/0
RA 1/0/2/0
CA 0/3/1/0
SC 8/2/4/2
SI 5/0/2/0
2026-10-20: 32 open, score 26, conditional false
2027-06-30: 21 open, score 65, conditional false
2027-12-31: 6 open, score 104, conditional true
2028-03-31: 0 open, score 110, conditional true
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("rows and scores differ (-want +got):\n%s", diff)
	}
	// Each open requirement is closed by a commitment that its row names.
	for _, r := range a.Responsibilities {
		if r.Implementation == "not_met" && r.Commitment == "" {
			t.Errorf("%s is open, but its row names no commitment", r.Control)
		}
	}
}

// TestExampleSizes holds that the file of a small firm can be read at one
// sitting.
func TestExampleSizes(t *testing.T) {
	for id, most := range map[string]int{"accounting-firm": 249, "medical-office": 249, "manufacturer-cmmc": 520} {
		text, err := os.ReadFile("../../examples/" + id + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(string(text), "\n")
		t.Logf("%s has %d lines", id, lines)
		if lines > most {
			t.Errorf("%s has %d lines, more than %d", id, lines, most)
		}
	}
}

// TestTitlesDefineNoTerm holds that words in the title of a control are no use
// of a defined term: the System Security Plan of CMMC is not the Security Plan
// of another law.
func TestTitlesDefineNoTerm(t *testing.T) {
	g := newGenerator(t)
	for id, want := range map[string]bool{"accounting-firm": true, "manufacturer-cmmc": false} {
		checked, _ := g.CheckTree(resolve(t, id))
		if got := strings.Contains(string(markdown.Write(checked.Document)), "\n**Security Plan** means "); got != want {
			t.Errorf("%s defines Security Plan: %v, want %v", id, got, want)
		}
	}
}
