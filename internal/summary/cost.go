package summary

import (
	"fmt"
	"strings"
	"time"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/money"
)

// Cost is what the customer pays, by fiscal year.
//
// It is the total of the budget, contingency included, without the lines that
// the provider pays. The contingency counts as the customer's throughout, for
// the agreement names nobody else who reserves it.
type Cost struct {
	Employees int        `json:"employees"` // of the customer, owners included
	Tax       string     `json:"tax"`       // "included" or "excluded"
	Years     []YearCost `json:"years"`     // as in budget.years
	Total     Money      `json:"total"`     // of all years
}

// YearCost is what the customer pays in one fiscal year. The figures for a
// person are for information and rounded half up: to whole units of the
// currency, or to the smallest unit of it where that gives less than 10.
type YearCost struct {
	Year           int    `json:"year"`             // the calendar year in which the fiscal year begins
	Name           string `json:"name"`             // "2027", or "2027–28" when it begins within the calendar year
	Months         int    `json:"months"`           // of the fiscal year that lie in the term, 0 to 12
	Total          Money  `json:"total"`            // exact
	Provider       Money  `json:"paid_by_provider"` // lines that the provider pays; not in Total
	PerPerson      Money  `json:"per_person"`       // Total for each employee
	PerPersonMonth *Money `json:"per_person_month"` // and for each of Months; null when there are none
}

func cost(a *agreement.Agreement) *Cost {
	b, totals := a.Budget, a.Totals()
	if b == nil || totals == nil {
		return nil
	}
	people := a.Parties.Customer.Employees
	c := &Cost{Employees: people, Tax: b.Tax, Years: []YearCost{}, Total: nothing(a)}
	for k, year := range totals.Years {
		y := YearCost{Year: year, Name: yearName(b, year), Months: monthsInTerm(a, year), Provider: nothing(a)}
		for _, line := range totals.Lines {
			if b.Lines[line.Line].Payer == agreement.Provider {
				y.Provider = y.Provider.add(line.Years[k])
			}
		}
		y.Total = Money{totals.Total.Years[k].Sub(y.Provider.amount), b.Currency}
		y.PerPerson = share(y.Total, people, totals.MonthlyUnit)
		if y.Months > 0 {
			month := share(y.Total, people*y.Months, totals.MonthlyUnit)
			y.PerPersonMonth = &month
		}
		c.Total = c.Total.add(y.Total.amount)
		c.Years = append(c.Years, y)
	}
	return c
}

// share is m/n, rounded to unit, or to the smallest unit of the currency where
// that would leave less than ten units and so hide a good part of the figure.
func share(m Money, n int, unit money.Amount) Money {
	rounded := m.amount.Share(n, unit)
	if rounded.Compare(unit.Times(10)) < 0 && m.currency.Scale() > 0 {
		smallest, err := money.Parse("0." + strings.Repeat("0", m.currency.Scale()-1) + "1")
		if err != nil {
			panic("summary: " + err.Error())
		}
		rounded = m.amount.Share(n, smallest)
	}
	return Money{rounded, m.currency}
}

// yearName names a fiscal year as the document does.
func yearName(b *agreement.Budget, year int) string {
	if b.FiscalYearStartMonth == 1 {
		return fmt.Sprint(year)
	}
	return fmt.Sprintf("%d–%02d", year, (year+1)%100)
}

// monthsInTerm counts the months of a fiscal year of which at least one day
// lies in the term.
func monthsInTerm(a *agreement.Agreement, year int) int {
	first, last := a.Term.Effective.Month(), a.Term.End.Month()
	n := 0
	m := calendar.NewMonth(year, time.Month(a.Budget.FiscalYearStartMonth))
	for range 12 {
		if m.Compare(first) >= 0 && m.Compare(last) <= 0 {
			n++
		}
		m = m.Add(1)
	}
	return n
}
