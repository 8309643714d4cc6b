package summary

import (
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/money"
)

// Funding is what stands behind a promise.
type Funding string

const (
	// Funded: the commitment costs something, and its budget lines come to
	// exactly that. A line pays for the first commitment that names it and for
	// no other. Whether the customer has approved the budget is another
	// question; a line is reserved, not ordered.
	Funded Funding = "funded"
	// ByService: it costs nothing of its own, and at least one of its controls
	// is done by a service that the customer has bought, whose fee stands
	// elsewhere.
	ByService Funding = "by_service"
	// ByTime: it costs nothing, no bought service does any of its controls, and
	// it takes hours of the customer's people. Time is a price; such a promise
	// is not unfunded.
	ByTime Funding = "by_time"
	// Unfunded is every other: it costs something that no line pays or that
	// its lines do not come to, or it takes neither money nor service nor time.
	Unfunded Funding = "unfunded"
)

// Promises are the commitments of an agreement, those of the provider too.
type Promises struct {
	Total       int         `json:"total"`
	Provider    int         `json:"provider"` // owned by the provider
	Customer    int         `json:"customer"`
	Shared      int         `json:"shared"`
	Funded      int         `json:"funded"`
	ByService   int         `json:"by_service"`
	ByTime      int         `json:"by_time"`
	Unfunded    int         `json:"unfunded"`
	Payers      []Payer     `json:"payers"`         // of the budget: the customer, then the provider, where they pay anything
	Hours       int         `json:"customer_hours"` // of the customer's people, of all commitments
	Heaviest    *Month      `json:"heaviest_month"` // null without hours
	Commitments []Committed `json:"commitments"`    // in the order of the file
}

// Payer is what a party pays over the whole term, without contingency.
type Payer struct {
	Payer    agreement.Party `json:"payer"`
	Promises Money           `json:"promises"` // lines of funded commitments
	Other    Money           `json:"other"`    // all other lines
}

// Month is the month that takes most hours of the customer's people. The hours
// of a commitment are spread evenly over its days, from its start, or the
// first day of the term where it states none, to the day on which it is due.
type Month struct {
	Month       string   `json:"month"`       // such as "2027-01"; the first where two are equal
	Hours       int      `json:"hours"`       // rounded half up
	Commitments []string `json:"commitments"` // ids of those that take hours in it
	month       calendar.Month
}

// Committed is one commitment.
type Committed struct {
	ID       string          `json:"id"`
	Title    string          `json:"title"`
	Owner    agreement.Party `json:"owner"`
	Person   string          `json:"person"` // id of the person who brings it about
	Due      string          `json:"due"`    // such as "2027-03-31"
	Funding  Funding         `json:"funding"`
	Cost     Money           `json:"cost"`
	Paid     []Payment       `json:"paid"`           // by whom, when funded: the customer first
	Services []string        `json:"services"`       // ids, when by service
	Hours    int             `json:"customer_hours"` // of the customer's people
}

// Payment is a part of the cost of a commitment.
type Payment struct {
	Payer  agreement.Party `json:"payer"`
	Amount Money           `json:"amount"`
}

// payers are those who can pay for a line, in the order in which they are shown.
func payers() []agreement.Party { return []agreement.Party{agreement.Customer, agreement.Provider} }

func promises(a *agreement.Agreement) Promises {
	p := Promises{Total: len(a.Commitments), Payers: []Payer{}, Commitments: []Committed{}}
	taken := map[int]bool{}   // lines that a commitment has named
	pledged := map[int]bool{} // those of funded commitments
	for _, c := range a.Commitments {
		x := committed(a, c, taken, pledged)
		switch x.Owner {
		case agreement.Provider:
			p.Provider++
		case agreement.Customer:
			p.Customer++
		case agreement.Shared:
			p.Shared++
		default:
			panic("summary: a commitment owned by " + string(x.Owner))
		}
		switch x.Funding {
		case Funded:
			p.Funded++
		case ByService:
			p.ByService++
		case ByTime:
			p.ByTime++
		case Unfunded:
			p.Unfunded++
		default:
			panic("summary: funding " + string(x.Funding))
		}
		p.Hours += x.Hours
		p.Commitments = append(p.Commitments, x)
	}
	for _, payer := range payers() {
		if x := paidBy(a, payer, pledged); !x.Promises.IsZero() || !x.Other.IsZero() {
			p.Payers = append(p.Payers, x)
		}
	}
	p.Heaviest = heaviest(a)
	return p
}

// committed sums up one commitment. It adds its lines to taken and, when it is
// funded, to pledged.
func committed(a *agreement.Agreement, c agreement.Commitment, taken, pledged map[int]bool) Committed {
	x := Committed{
		ID: c.ID, Title: c.Title, Owner: c.Owner, Person: c.Person, Due: c.Due.String(), Hours: c.CustomerHours,
		Cost: nothing(a), Paid: []Payment{}, Services: []string{}, Funding: Unfunded,
	}
	if c.Cost != nil {
		x.Cost = x.Cost.add(*c.Cost)
	}
	lines, complete := commitmentLines(a, c, taken)
	switch {
	case x.Cost.amount.Sign() > 0:
		var sum money.Amount
		for _, k := range lines {
			sum = sum.Add(a.Totals().Lines[k].Sum)
		}
		if !complete || !sum.Equal(x.Cost.amount) {
			break
		}
		x.Funding = Funded
		for _, payer := range payers() {
			paid := nothing(a)
			for _, k := range lines {
				pledged[k] = true
				if a.Budget.Lines[k].Payer == payer {
					paid = paid.add(a.Totals().Lines[k].Sum)
				}
			}
			if !paid.IsZero() {
				x.Paid = append(x.Paid, Payment{payer, paid})
			}
		}
	case c.Cost == nil:
	default:
		if x.Services = boughtServices(a, c); len(x.Services) > 0 {
			x.Funding = ByService
		} else if c.CustomerHours > 0 {
			x.Funding = ByTime
		}
	}
	return x
}

// commitmentLines are the indexes of a commitment's lines that no other has
// named before it. It is false when a line is unknown or named before.
func commitmentLines(a *agreement.Agreement, c agreement.Commitment, taken map[int]bool) (lines []int, complete bool) {
	complete = true
	for _, id := range c.BudgetLines {
		k, ok := a.BudgetLine(id)
		if !ok || taken[k] || a.Totals() == nil {
			complete = false
			continue
		}
		taken[k] = true
		lines = append(lines, k)
	}
	return lines, complete
}

// boughtServices are the ids of the bought services that do controls of a
// commitment.
func boughtServices(a *agreement.Agreement, c agreement.Commitment) []string {
	ids := []string{}
	for _, control := range c.Controls {
		row, ok := a.Responsibility(control)
		if !ok {
			continue
		}
		if s, ok := a.Service(row.Service); ok && s.Bought() && !slices.Contains(ids, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func paidBy(a *agreement.Agreement, payer agreement.Party, pledged map[int]bool) Payer {
	p := Payer{payer, nothing(a), nothing(a)}
	if a.Totals() == nil {
		return p
	}
	for _, total := range a.Totals().Lines {
		switch {
		case a.Budget.Lines[total.Line].Payer != payer:
		case pledged[total.Line]:
			p.Promises = p.Promises.add(total.Sum)
		default:
			p.Other = p.Other.add(total.Sum)
		}
	}
	return p
}

// part is the unit in which hours are spread over months: shares of an hour
// that are small enough not to show in whole hours.
const part = 1_000_000

func heaviest(a *agreement.Agreement) *Month {
	parts := map[calendar.Month]int{}
	ids := map[calendar.Month][]string{}
	var months []calendar.Month
	for _, c := range a.Commitments {
		if c.CustomerHours == 0 || c.Due.IsZero() {
			continue
		}
		start := a.Begins(c)
		if start.IsZero() || start.After(c.Due) {
			start = c.Due
		}
		days := start.DaysUntil(c.Due) + 1
		for m, within := range calendar.DaysByMonth(start, c.Due) {
			if _, known := parts[m]; !known {
				months = append(months, m)
			}
			parts[m] += c.CustomerHours * part * within / days
			ids[m] = append(ids[m], c.ID)
		}
	}
	if len(months) == 0 {
		return nil
	}
	slices.SortFunc(months, calendar.Month.Compare)
	most := months[0]
	for _, m := range months {
		if parts[m] > parts[most] {
			most = m
		}
	}
	return &Month{most.String(), (parts[most] + part/2) / part, ids[most], most}
}
