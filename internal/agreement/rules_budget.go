package agreement

import (
	"fmt"

	"concordat/internal/money"
)

// money is an amount in the agreement's currency, where that is known.
func (c *checker) money(a money.Amount) string {
	if b := c.a.Budget; b != nil && !b.Currency.IsZero() {
		return a.Format(b.Currency)
	}
	return a.String()
}

func (c *checker) thresholds() {
	a := c.a
	if a.Budget == nil {
		return
	}
	last := len(a.Budget.Thresholds) - 1
	for i, t := range a.Budget.Thresholds {
		path := fmt.Sprintf("Budget.Thresholds[%d]", i)
		switch {
		case i < last && t.UpTo == nil:
			c.errorf(path, `add "up_to", or make it the last threshold`, "a threshold without upper limit stands before others")
			c.note(fmt.Sprintf("Budget.Thresholds[%d]", i+1), "the next one")
		case i == last && t.UpTo != nil:
			c.errorf(path+".UpTo", `delete "up_to", or add a threshold without it`, "the last threshold ends at %s; nobody may approve more", c.money(*t.UpTo))
		case i > 0 && t.UpTo != nil && a.Budget.Thresholds[i-1].UpTo != nil:
			if before := *a.Budget.Thresholds[i-1].UpTo; t.UpTo.Compare(before) <= 0 {
				c.errorf(path+".UpTo", "write the thresholds in rising order", "the threshold %s is not above the %s before it", c.money(*t.UpTo), c.money(before))
				c.note(fmt.Sprintf("Budget.Thresholds[%d].UpTo", i-1), "%s stands here", c.money(before))
			}
		}
		for j, id := range t.Approvers {
			if k, ok := a.PersonIndex(id); ok && a.People[k].Party == Provider {
				c.errorf(fmt.Sprintf("%s.Approvers[%d]", path, j), "name a person of the customer", "%q of the provider may not approve the customer's spending", id)
				c.note(fmt.Sprintf("People[%d].Party", k), "%q belongs to the provider", id)
			}
		}
	}
}

func (c *checker) costEqualsLines() {
	a := c.a
	users := map[string]string{} // path at which a line is first named
	for i, m := range a.Commitments {
		shared := false
		for j, id := range m.BudgetLines {
			path := fmt.Sprintf("Commitments[%d].BudgetLines[%d]", i, j)
			if first, twice := users[id]; twice {
				shared = true
				c.errorf(path, "divide the line, or name it at one commitment only", "budget line %q belongs to two commitments; its money would count twice", id)
				c.note(first, "first named here")
				continue
			}
			users[id] = path
		}
		if m.Cost == nil || shared {
			continue
		}
		path := fmt.Sprintf("Commitments[%d].Cost", i)
		if len(m.BudgetLines) == 0 {
			if m.Cost.Sign() > 0 {
				c.errorf(path, `name in "budget_lines" the lines that pay for it`, "%s costs %s but no budget line pays for it", named("commitment", m.ID), c.money(*m.Cost))
			}
			continue
		}
		sum, ok := c.linesTotal(m.BudgetLines)
		if !ok || sum.Equal(*m.Cost) {
			continue
		}
		c.errorf(path, "correct the cost or the lines", "%s costs %s, but its budget lines come to %s", named("commitment", m.ID), c.money(*m.Cost), c.money(sum))
		for _, id := range m.BudgetLines {
			k, _ := a.BudgetLine(id)
			c.note(fmt.Sprintf("Budget.Lines[%d]", k), "%q comes to %s", id, c.money(a.totals.Lines[k].Sum))
		}
	}
}

// linesTotal is the sum of budget lines. It is false when one of them is
// unknown or has charges that are reported by themselves.
func (c *checker) linesTotal(ids []string) (money.Amount, bool) {
	a := c.a
	var sum money.Amount
	for _, id := range ids {
		k, ok := a.BudgetLine(id)
		if !ok {
			return sum, false
		}
		for j := range a.Budget.Lines[k].Charges {
			if !a.Budget.Lines[k].Charges[j].sound() {
				return sum, false
			}
		}
		for _, o := range a.totals.Outside {
			if o.Line == k {
				return sum, false
			}
		}
		sum = sum.Add(a.totals.Lines[k].Sum)
	}
	return sum, true
}

// sound reports whether the charge has one price and its months.
func (x Charge) sound() bool {
	if x.From.IsZero() || x.priceForms() != 1 {
		return false
	}
	switch x.Every {
	case "once":
		return x.To.IsZero()
	case "month", "quarter", "year":
		return !x.To.IsZero() && x.From.Compare(x.To) <= 0
	default:
		return false
	}
}

// priceForms counts in how many ways the price is given; a quantity without
// unit price, or the reverse, counts as none.
func (x Charge) priceForms() int {
	n := 0
	if x.Amount != nil {
		n++
	}
	if x.Quantity != 0 && x.UnitPrice != nil {
		n++
	}
	return n
}

func (c *checker) linesHaveCommitments() {
	a := c.a
	if a.Budget == nil {
		return
	}
	named := map[string]bool{}
	for _, m := range a.Commitments {
		for _, id := range m.BudgetLines {
			named[id] = true
		}
	}
	for i, line := range a.Budget.Lines {
		switch line.Category {
		case "project", "hardware", "assessment":
		default:
			continue
		}
		if line.Payer == Customer && line.ID != "" && !named[line.ID] {
			c.errorf(fmt.Sprintf("Budget.Lines[%d]", i), `name the line in "budget_lines" of the commitment it pays for`, "budget line %q of category %q belongs to no commitment", line.ID, line.Category)
		}
	}
}

func (c *checker) charges() {
	a := c.a
	if a.Budget == nil {
		return
	}
	for i, line := range a.Budget.Lines {
		for j, x := range line.Charges {
			c.charge(x, fmt.Sprintf("Budget.Lines[%d].Charges[%d]", i, j))
		}
	}
}

func (c *checker) charge(x Charge, path string) {
	if x.Amount != nil && (x.Quantity != 0 || x.UnitPrice != nil) {
		c.errorf(path, `delete "amount", or "quantity" and "unit_price"`, "%s has an amount and also a quantity or unit price", c.what(path))
	} else if x.priceForms() == 0 {
		c.errorf(path, `give "amount", or "quantity" and "unit_price"`, "%s has no complete price", c.what(path))
	}
	switch x.Every {
	case "once":
		if !x.To.IsZero() {
			c.errorf(path+".To", `delete "to"`, "%s falls due once, but has a last month", c.what(path))
			return
		}
	case "month", "quarter", "year":
		if x.To.IsZero() {
			c.errorf(path, `add "to" with the last month`, "%s falls due every %s without a last month", c.what(path), x.Every)
			return
		}
		if !x.From.IsZero() && x.From.Compare(x.To) > 0 {
			c.errorf(path+".To", "correct one of the months", "%s ends in %s, before it begins in %s", c.what(path), x.To, x.From)
			c.note(path+".From", "begins in %s", x.From)
			return
		}
	default:
		return
	}
	term := c.a.Term
	if !term.ordered() {
		return
	}
	first, last := term.Effective.Month(), term.End.Month()
	if !x.From.IsZero() && (x.From.Compare(first) < 0 || x.From.Compare(last) > 0) {
		c.errorf(path+".From", "move it into the term", "%s begins in %s, outside the term from %s to %s", c.what(path), x.From, first, last)
		c.note("Term", "the term")
		return
	}
	if x.To.Compare(last) > 0 {
		c.errorf(path+".To", "end it with the term", "%s goes on until %s, after the term ends in %s", c.what(path), x.To, last)
		c.endsNote()
	}
}

func (c *checker) fiscalYears() {
	a := c.a
	b := a.Budget
	if b == nil || len(b.Years) == 0 {
		return
	}
	if x := b.Approved; x != nil && len(x.Totals) > 0 && len(x.Totals) != len(b.Years) {
		c.errorf("Budget.Approved.Totals", "give one total for each fiscal year, in their order", "%s approved for %s", count(len(x.Totals), "total is", "totals are"), count(len(b.Years), "fiscal year", "fiscal years"))
		c.note("Budget.Years", "the fiscal years")
	}
	for i := 1; i < len(b.Years); i++ {
		if b.Years[i] != b.Years[i-1]+1 {
			c.errorf(fmt.Sprintf("Budget.Years[%d]", i), "list each fiscal year once, in order", "fiscal year %d does not follow %d", b.Years[i], b.Years[i-1])
			return
		}
	}
	if start := b.FiscalYearStartMonth; start < 1 || start > 12 || !a.Term.ordered() {
		return
	}
	first, last := b.FiscalYear(a.Term.Effective.Month()), b.FiscalYear(a.Term.End.Month())
	if b.Years[0] > first || b.Years[len(b.Years)-1] < last {
		c.errorf("Budget.Years", "list the fiscal years of the whole term", "the fiscal years %d to %d do not cover the term; expected %d to %d", b.Years[0], b.Years[len(b.Years)-1], first, last)
		c.note("Term", "the term is %s to %s; a fiscal year is named by the calendar year it begins in", a.Term.Effective, a.Term.End)
	}
}

func (c *checker) amounts() {
	a := c.a
	odd := func(x *money.Amount) bool {
		return x != nil && (x.Sign() < 0 || a.Budget != nil && !a.Budget.Currency.IsZero() && !x.Fits(a.Budget.Currency))
	}
	scale := func(x *money.Amount, path, what string) {
		switch {
		case x == nil:
		case x.Sign() < 0:
			c.errorf(path, "give an amount of 0 or more", "%s is %s; expected 0 or more", what, c.money(*x))
		case a.Budget != nil && !a.Budget.Currency.IsZero() && !x.Fits(a.Budget.Currency):
			c.errorf(path, "give the exact amount the currency can express", "%s is %s, but %s has %s", what, x, a.Budget.Currency, count(a.Budget.Currency.Scale(), "decimal place", "decimal places"))
			c.note("Budget.Currency", "the currency")
		}
	}
	for i, m := range a.Commitments {
		if odd(m.Cost) {
			scale(m.Cost, fmt.Sprintf("Commitments[%d].Cost", i), "the cost of "+named("commitment", m.ID))
		}
	}
	for i, x := range a.ChangeAuthorization.Classes {
		if odd(x.MaxCost) {
			scale(x.MaxCost, fmt.Sprintf("ChangeAuthorization.Classes[%d].MaxCost", i), "the cost of "+named("change", x.ID))
		}
	}
	if x := a.ChangeAuthorization.Emergency; x != nil && odd(x.MaxCost) {
		scale(x.MaxCost, "ChangeAuthorization.Emergency.MaxCost", "the cost of an emergency action")
	}
	if x := a.Incident; x != nil && odd(x.OutOfScopeRate) {
		scale(x.OutOfScopeRate, "Incident.OutOfScopeRate", "the rate of incident response")
	}
	if x := a.Transition; x != nil && x.Out != nil && odd(x.Out.HourlyRate) {
		scale(x.Out.HourlyRate, "Transition.Out.HourlyRate", "the rate of help at the end")
	}
	for i, x := range a.Insurance {
		if odd(x.Limit) {
			scale(x.Limit, fmt.Sprintf("Insurance[%d].Limit", i), "the limit of "+named("insurance", x.ID))
		}
	}
	for i, x := range a.OptionsPresented {
		for j, option := range x.Options {
			if odd(option.Cost) {
				scale(option.Cost, fmt.Sprintf("OptionsPresented[%d].Options[%d].Cost", i, j), fmt.Sprintf("the cost of option %q", option.Name))
			}
		}
	}
	b := a.Budget
	if b == nil {
		return
	}
	if p := b.Contingency.Percent; p != nil && (p.Sign() < 0 || p.Compare(money.FromInt(100)) > 0) {
		c.errorf("Budget.Contingency.Percent", "write how many percent of the lines are reserved on top", "the contingency is %s percent; expected 0 to 100", p)
	}
	if _, written := a.positions.Value("Budget.Contingency.RoundTo"); written {
		if r := b.Contingency.RoundTo; r.Sign() <= 0 {
			c.errorf("Budget.Contingency.RoundTo", "give the unit to which the contingency is rounded, such as 1", "the contingency is rounded to a multiple of %s; expected more than 0", r)
		} else {
			scale(&r, "Budget.Contingency.RoundTo", "the unit to which the contingency is rounded")
		}
	}
	for i, line := range b.Lines {
		for j, x := range line.Charges {
			if odd(x.Amount) || odd(x.UnitPrice) {
				path := fmt.Sprintf("Budget.Lines[%d].Charges[%d].", i, j)
				scale(x.Amount, path+"Amount", "the amount of "+named("budget line", line.ID))
				scale(x.UnitPrice, path+"UnitPrice", "the unit price of "+named("budget line", line.ID))
			}
		}
	}
	if x := b.Approved; x != nil {
		for i := range x.Totals {
			scale(&x.Totals[i], fmt.Sprintf("Budget.Approved.Totals[%d]", i), "the approved total")
		}
	}
	for i, t := range b.Thresholds {
		scale(t.UpTo, fmt.Sprintf("Budget.Thresholds[%d].UpTo", i), "the threshold")
	}
}

// approvedTotals warns of fiscal years whose total has left what was approved
// by more than the variance.
func (c *checker) approvedTotals(b *Budget) {
	if b.Approved == nil || len(b.Approved.Totals) != len(b.Years) {
		return
	}
	for i, approved := range b.Approved.Totals {
		total := c.a.totals.Total.Years[i]
		off, more := total.Sub(approved), "more"
		if off.Sign() < 0 {
			off, more = approved.Sub(total), "less"
		}
		if approved.Sign() < 0 || off.Times(100).Compare(approved.Times(b.VariancePercent)) <= 0 {
			continue
		}
		c.warnf(fmt.Sprintf("Budget.Approved.Totals[%d]", i), "let the customer approve the new total, or correct the lines",
			"fiscal year %d comes to %s, %s %s than the %s that were approved; expected at most %d percent off", b.Years[i], c.money(total), c.money(off), more, c.money(approved), b.VariancePercent)
		c.note("Budget.VariancePercent", "the variance")
		c.note("Budget.Lines", "the lines")
	}
}

func (c *checker) budgetSize() {
	b := c.a.Budget
	if b == nil {
		return
	}
	c.approvedTotals(b)
	if b.Contingency.Percent == nil {
		return
	}
	p := *b.Contingency.Percent
	switch {
	case p.IsZero():
		c.warnf("Budget.Contingency.Percent", "reserve some percent for what nobody foresaw", "the budget has no contingency")
	case p.Compare(money.FromInt(25)) > 0 && p.Compare(money.FromInt(100)) <= 0:
		c.warnf("Budget.Contingency.Percent", "check whether the lines are complete", "the contingency is %s percent, more than 25", p)
	}
}

func (c *checker) expiredQuotes() {
	a := c.a
	if a.Budget == nil || a.Term.Effective.IsZero() {
		return
	}
	for i, x := range a.Budget.Lines {
		if q := x.Quote; q != nil && !q.Expires.IsZero() && q.Expires.Before(a.Term.Effective) {
			c.warnf(fmt.Sprintf("Budget.Lines[%d].Quote.Expires", i), "ask for a new quote", "%s rests on quote %q, which expires on %s, before the agreement begins on %s", named("budget line", x.ID), q.Number, q.Expires, a.Term.Effective)
			c.beginsNote()
		}
	}
}
