package agreement

import (
	"slices"

	"concordat/internal/calendar"
	"concordat/internal/money"
)

// Totals are the sums of a budget. Text, tables and checks all read them here.
type Totals struct {
	Years       []int          // fiscal years, as in Budget.Years
	Lines       []LineTotal    // in the order of Budget.Lines
	Subtotal    YearAmounts    // of the lines
	Contingency YearAmounts    // of the subtotal, rounded in each year
	Total       YearAmounts    // subtotal and contingency
	Monthly     []money.Amount // each year's total divided by twelve, rounded half up to RoundTo; for information
	MonthlyUnit money.Amount   // what Monthly was rounded to
	Outside     []Outside      // charges that fall in no stated fiscal year; none in a loaded agreement
}

// YearAmounts is an amount for each fiscal year and their sum.
type YearAmounts struct {
	Years []money.Amount
	Sum   money.Amount
}

// LineTotal is what one budget line comes to.
type LineTotal struct {
	Line int // index in Budget.Lines
	YearAmounts
}

// Outside is a month in which a charge falls due outside the fiscal years.
type Outside struct {
	Line, Charge int
	Month        calendar.Month
}

// Totals are the sums of the budget, or nil when there is none.
func (a *Agreement) Totals() *Totals { return a.totals }

// FiscalYear is the fiscal year a month lies in, named by the calendar year
// the fiscal year begins in.
func (b *Budget) FiscalYear(m calendar.Month) int {
	if int(m.Month()) < b.FiscalYearStartMonth {
		return m.Year() - 1
	}
	return m.Year()
}

// Price is what the charge comes to each time it falls due.
func (c Charge) Price() money.Amount {
	if c.Amount != nil {
		return *c.Amount
	}
	if c.UnitPrice != nil {
		return c.UnitPrice.Times(c.Quantity)
	}
	return money.Amount{}
}

// Months are the months in which the charge falls due, in order. A charge
// that would fall due more than 600 times is cut there; the rules refuse it.
func (c Charge) Months() []calendar.Month {
	step := map[string]int{"month": 1, "quarter": 3, "year": 12}[c.Every]
	if step == 0 {
		return []calendar.Month{c.From}
	}
	var months []calendar.Month
	for m := c.From; m.Compare(c.To) <= 0 && len(months) < maxCharges; m = m.Add(step) {
		months = append(months, m)
	}
	return months
}

const maxCharges = 600

// sum computes the totals of a budget whose fields are valid by themselves.
func sum(b *Budget) *Totals {
	t := &Totals{Years: b.Years, MonthlyUnit: money.FromInt(1)}
	zero := func() YearAmounts { return YearAmounts{Years: make([]money.Amount, len(b.Years))} }
	t.Subtotal, t.Contingency, t.Total = zero(), zero(), zero()
	times := make([]int, len(b.Years)) // that a charge falls due in each year
	for i, line := range b.Lines {
		lt := LineTotal{Line: i, YearAmounts: zero()}
		for j, c := range line.Charges {
			clear(times)
			for _, m := range c.Months() {
				k := slices.Index(b.Years, b.FiscalYear(m))
				if k < 0 {
					t.Outside = append(t.Outside, Outside{i, j, m})
					continue
				}
				times[k]++
			}
			for k, n := range times {
				if n > 0 {
					lt.add(k, c.Price().Times(n))
				}
			}
		}
		for k, amount := range lt.Years {
			t.Subtotal.add(k, amount)
		}
		t.Lines = append(t.Lines, lt)
	}
	for k, amount := range t.Subtotal.Years {
		var contingency money.Amount
		if b.Contingency.Percent != nil && b.Contingency.RoundTo.Sign() > 0 {
			contingency = amount.Percent(*b.Contingency.Percent, b.Contingency.RoundTo)
		}
		t.Contingency.add(k, contingency)
		t.Total.add(k, amount.Add(contingency))
		t.Monthly = append(t.Monthly, t.Total.Years[k].Share(12, t.MonthlyUnit))
	}
	return t
}

func (y *YearAmounts) add(k int, amount money.Amount) {
	y.Years[k] = y.Years[k].Add(amount)
	y.Sum = y.Sum.Add(amount)
}
