package schedule

import (
	"fmt"
	"slices"
	"time"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/doc"
	"concordat/internal/money"
)

// maturity is the level of each item today and at each target date.
func (w writer) maturity() []doc.Block {
	m := w.a.Maturity
	if m == nil {
		return nil
	}
	dates := w.targetDates()
	sure := slices.ContainsFunc(m.Scores, func(s agreement.Score) bool { return s.Confidence != "" })
	t := doc.Table{Columns: []doc.Column{column("Part", 22, doc.Left), column("Current", 14, doc.Right)}}
	if sure {
		t.Columns = append(t.Columns, column("Confidence", 14, doc.Left))
	}
	for _, d := range dates {
		head := column("", 18, doc.Right)
		head.Head = []doc.Inline{w.targetDate(d)}
		t.Columns = append(t.Columns, head)
	}
	for i, s := range m.Scores {
		name := cell(w.value(w.scoreName(s.Item), "Maturity.Scores[%d].Item", i))
		if s.Evidence != "" {
			name = append(name, text(" ("), w.value(s.Evidence, "Maturity.Scores[%d].Evidence", i), text(")"))
		}
		row := doc.Row{Cells: []doc.Cell{
			name,
			cell(w.value(s.Current.String(), "Maturity.Scores[%d].Current", i)),
		}}
		if sure {
			confidence := none()
			if s.Confidence != "" {
				confidence = cell(text("%s", label(confidenceLabels, s.Confidence)))
			}
			row.Cells = append(row.Cells, confidence)
		}
		for _, d := range dates {
			level := none()
			for j, target := range s.Targets {
				if target.By == d {
					level = cell(w.value(target.Level.String(), "Maturity.Scores[%d].Targets[%d].Level", i, j))
				}
			}
			row.Cells = append(row.Cells, level)
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, w.overall(dates, sure))
	assessment := []doc.Inline{
		text("The scale is %s. Assessed on ", label(scaleLabels, m.Scale)),
		w.date(m.Assessment.Date, "Maturity.Assessment.Date"), text(" by "),
		w.value(m.Assessment.Assessor, "Maturity.Assessment.Assessor"), text(" (%s).", label(methodLabels, m.Assessment.Method)),
	}
	if m.Assessment.Evidence != "" {
		assessment = append(append(assessment, text(" Evidence: ")), sentence(w.value(m.Assessment.Evidence, "Maturity.Assessment.Evidence"))...)
	}
	blocks := []doc.Block{
		paragraph(assessment...),
		t,
		paragraph(text("Each figure is a Maturity Score. Means are rounded half up to one decimal. The scores describe practices on a date. They do not mean that the business is safe.")),
	}
	if len(m.Remedies) > 0 {
		blocks = append(blocks, paragraph(text("Measures for a missed Target: %s.", words(remedyLabels, m.Remedies))))
	}
	return blocks
}

// scoreName is what a score is about: the title of a function or category, or
// a control with its title.
func (w writer) scoreName(item string) string {
	f := w.a.MaturityFramework()
	if f == nil {
		return item
	}
	for _, x := range f.Functions {
		if x.ID == item {
			return x.Title
		}
	}
	for _, x := range f.Categories {
		if x.ID == item {
			return x.ID + " " + x.Title
		}
	}
	if x, ok := f.Item(item); ok {
		return x.ID + " " + x.Title
	}
	return item
}

// overall is the row of means: of the current levels, and at each target date
// of the latest level each item is to have reached by then.
func (w writer) overall(dates []calendar.Date, sure bool) doc.Row {
	scores := w.a.Maturity.Scores
	levels := make([]agreement.Level, len(scores))
	for i, s := range scores {
		levels[i] = s.Current
	}
	row := doc.Row{Total: true, Cells: []doc.Cell{cell(text("Overall (mean)")), cell(text("%s", agreement.Mean(levels)))}}
	if sure {
		row.Cells = append(row.Cells, nil)
	}
	for _, d := range dates {
		for i, s := range scores {
			for _, target := range s.Targets {
				if !target.By.After(d) {
					levels[i] = target.Level
				}
			}
		}
		row.Cells = append(row.Cells, cell(text("%s", agreement.Mean(levels))))
	}
	return row
}

// targetDate is a date with the place of the first target that has it.
func (w writer) targetDate(d calendar.Date) doc.Text {
	for i, s := range w.a.Maturity.Scores {
		for j, target := range s.Targets {
			if target.By == d {
				return w.date(d, "Maturity.Scores[%d].Targets[%d].By", i, j)
			}
		}
	}
	panic("schedule: no target at " + d.String())
}

// targetDates are the dates of all targets, in order.
func (w writer) targetDates() []calendar.Date {
	var dates []calendar.Date
	for _, s := range w.a.Maturity.Scores {
		for _, target := range s.Targets {
			dates = append(dates, target.By)
		}
	}
	return sortedDates(dates)
}

func sortedDates(dates []calendar.Date) []calendar.Date {
	slices.SortFunc(dates, calendar.Date.Compare)
	return slices.Compact(dates)
}

// commitments are the promises to mature, with dates, hours and money.
func (w writer) commitments() []doc.Block {
	if len(w.a.Commitments) == 0 {
		return nil
	}
	promises := doc.Table{Columns: []doc.Column{
		column("No.", 9, doc.Left), column("Commitment", 34, doc.Left), column("Owner", 22, doc.Left),
		column("Due", 18, doc.Left), column("Hours", 10, doc.Right), column("Cost", 9, doc.Right),
	}}
	if w.compact {
		promises.Columns[1].Weight, promises.Columns[3].Weight = 42, 14
	}
	proof := doc.Table{Columns: []doc.Column{
		column("No.", 11, doc.Left), column("Controls", 12, doc.Left),
		column("Done when", 47, doc.Left), column("In the meantime", 30, doc.Left),
	}}
	hours, cost := 0, money.Amount{}
	for i, c := range w.a.Commitments {
		id := cell(w.value(c.ID, "Commitments[%d].ID", i))
		hours += c.CustomerHours
		cost = cost.Add(*c.Cost)
		promises.Rows = append(promises.Rows, doc.Row{Cells: []doc.Cell{
			id,
			cell(w.value(c.Title, "Commitments[%d].Title", i)),
			cell(text("%s, ", party(c.Owner)), w.person(c.Person)),
			cell(w.date(c.Due, "Commitments[%d].Due", i)),
			cell(w.value(number(c.CustomerHours), "Commitments[%d].CustomerHours", i)),
			cell(w.amount(*c.Cost, "Commitments[%d].Cost", i)),
		}})
		var criteria []doc.Inline
		for j, criterion := range c.AcceptanceCriteria {
			if len(c.AcceptanceCriteria) > 1 {
				criteria = append(criteria, text("(%d)", j+1))
			}
			criteria = append(criteria, w.value(criterion, "Commitments[%d].AcceptanceCriteria[%d]", i, j))
		}
		interim := none()
		if c.InterimControl != nil {
			interim = cell(text("Until "), w.date(c.InterimControl.Until, "Commitments[%d].InterimControl.Until", i), text(": "),
				w.value(c.InterimControl.Text, "Commitments[%d].InterimControl.Text", i))
		}
		var controls []doc.Inline
		for j, control := range c.Controls {
			controls = append(controls, w.value(control, "Commitments[%d].Controls[%d]", i, j))
		}
		proof.Rows = append(proof.Rows, doc.Row{Cells: []doc.Cell{id, join(", ", controls), join(" ", criteria), interim}})
	}
	promises.Rows = append(promises.Rows, doc.Row{Total: true, Cells: []doc.Cell{
		cell(text("Total")), nil, nil, nil, cell(text("%s", number(hours))), cell(text("%s", w.digits(cost))),
	}})
	intro := "Hours are hours of the Customer’s people."
	if w.a.Budget != nil {
		intro += " Costs are in " + w.a.Budget.Currency.String() + " over the whole term and equal the lines of the Budget that pay for them."
	}
	blocks := append([]doc.Block{paragraph(text("%s", intro)), promises}, w.roadmap()...)
	blocks = append(blocks, heading("When a Commitment is met"))
	if slices.ContainsFunc(w.a.Commitments, func(c agreement.Commitment) bool { return c.InterimControl != nil }) {
		words := "A measure under “In the meantime” is an Interim Control."
		if !w.clauses.Printed["dly-03"] {
			words += " The owner of the Commitment keeps it in place until its date, and longer while the Commitment is late."
		}
		blocks = append(blocks, paragraph(text("%s", words)))
	}
	return append(append(blocks, proof), w.carriedOut()...)
}

// carriedOut is what is planned about each commitment beyond its date.
func (w writer) carriedOut() []doc.Block {
	t := doc.Table{Columns: []doc.Column{
		column("No.", 11, doc.Left), column("Begins", 20, doc.Left), column("Depends on", 16, doc.Left), column("Plan", 53, doc.Left),
	}}
	planned := false
	for i, c := range w.a.Commitments {
		const path = "Commitments[%d]"
		var plan doc.Cell
		add := func(name string, inlines ...doc.Inline) {
			if len(plan) > 0 {
				plan = append(plan, text(" "))
			}
			plan = append(append(plan, strong(text("%s:", name)), text(" ")), sentence(inlines...)...)
		}
		point := func(name, value, field string) {
			if value != "" {
				add(name, w.value(value, path+"."+field, i))
			}
		}
		point("Why", c.Why, "Why")
		if len(c.Assets) > 0 {
			add("Protects", join(", ", w.assetNames(c.Assets))...)
		}
		if len(c.Raises) > 0 {
			var raised []doc.Inline
			for j, item := range c.Raises {
				raised = append(raised, w.value(w.scoreName(item), path+".Raises[%d]", i, j))
			}
			add("Raises", join(", ", raised)...)
		}
		point("Needs", c.Resources, "Resources")
		point("Tried first", c.TestPlan, "TestPlan")
		point("Way back", c.Rollback, "Rollback")
		if c.TrainingNeeded {
			add("Training", text("users learn something new"))
		}
		if c.Escalation != "" {
			add("When late", w.escalationName(c.Escalation))
		}
		if len(plan) == 0 && len(c.DependsOn) == 0 && c.Start.IsZero() {
			continue
		}
		planned = planned || len(plan) > 0
		if len(plan) == 0 {
			plan = none()
		}
		begins := none()
		if !c.Start.IsZero() {
			begins = cell(w.date(c.Start, path+".Start", i))
		}
		t.Rows = append(t.Rows, row(cell(w.value(c.ID, path+".ID", i)), begins, join(", ", w.texts(c.DependsOn, path+".DependsOn", i)), plan))
	}
	if planned {
		return titled("How Commitments are carried out", t)
	}
	return titled("When Commitments begin", t)
}

// budget is the money by fiscal year: lines, subtotal, contingency, total.
func (w writer) budget() []doc.Block {
	b, totals := w.a.Budget, w.a.Totals()
	if b == nil {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{column("Line", 9, doc.Left), column("What", 47, doc.Left)}}
	if w.compact {
		t.Columns[1].Weight = 90
	}
	for _, year := range totals.Years {
		t.Columns = append(t.Columns, column(w.yearLabel(year), 11, doc.Right))
	}
	t.Columns = append(t.Columns, column("Total", 11, doc.Right))
	for _, lt := range totals.Lines {
		i, line := lt.Line, b.Lines[lt.Line]
		what := cell(w.value(line.Name, "Budget.Lines[%d].Name", i),
			text(" (%s, %s", label(categoryLabels, line.Category), label(basisLabels, line.Basis)))
		if q := line.Quote; q != nil {
			what = append(what, text("; quote "), w.value(q.Number, "Budget.Lines[%d].Quote.Number", i), text(", open until "), w.date(q.Expires, "Budget.Lines[%d].Quote.Expires", i))
		}
		what = append(what, text(")"))
		var paid []doc.Inline
		for k, c := range w.a.Commitments {
			if slices.Contains(c.BudgetLines, line.ID) {
				paid = append(paid, w.value(c.ID, "Commitments[%d].ID", k))
			}
		}
		if len(paid) > 0 {
			what = append(append(what, text(" for ")), join(", ", paid)...)
		}
		if line.Payer != "customer" {
			what = append(what, text("; paid by the %s", party(line.Payer)))
		}
		row := doc.Row{Cells: []doc.Cell{cell(w.value(line.ID, "Budget.Lines[%d].ID", i)), what}}
		for _, amount := range append(lt.Years[:len(lt.Years):len(lt.Years)], lt.Sum) {
			row.Cells = append(row.Cells, cell(doc.Text{Value: w.digits(amount), Origin: w.span("Budget.Lines[%d].Charges", i)}))
		}
		t.Rows = append(t.Rows, row)
	}
	t.Rows = append(t.Rows, w.sumRow("Subtotal", totals.Subtotal))
	if b.Contingency.Percent.Sign() > 0 {
		t.Rows = append(t.Rows, w.sumRow("Contingency of "+b.Contingency.Percent.String()+" percent", totals.Contingency))
	}
	t.Rows = append(t.Rows, w.sumRow("Total "+b.Currency.String(), totals.Total))
	monthly := doc.Row{Cells: []doc.Cell{nil, cell(text("Monthly equivalent"))}}
	for _, amount := range totals.Monthly {
		monthly.Cells = append(monthly.Cells, cell(text("%s", w.digits(amount))))
	}
	t.Rows = append(t.Rows, doc.Row{Cells: append(monthly.Cells, none())})
	tax := "exclude"
	if b.Tax == "included" {
		tax = "include"
	}
	years := ""
	if len(b.Years) > 1 {
		years = " When this Agreement begins, the first Fiscal Year is firm and later years are forecasts."
	}
	blocks := []doc.Block{
		paragraph(text("Amounts are in %s and %s tax.%s Fees for services that no line names come on top.", b.Currency, tax, years)),
		t,
	}
	if b.Contingency.Percent.Sign() > 0 {
		blocks = append(blocks, paragraph(text("The Contingency of each year is rounded to the nearest %s. The Total is the sum of the rounded years. The monthly equivalent is one twelfth of the year’s Total, rounded, for information.",
			b.Contingency.RoundTo.Format(b.Currency))))
	}
	blocks = append(blocks, w.proration()...)
	if b.Rationale != "" {
		blocks = append(blocks, paragraph(text("Why the Customer spends this: "), w.value(b.Rationale, "Budget.Rationale")))
	}
	if b.Approved != nil {
		by := []doc.Inline{w.person(b.Approved.By), text(" approved this Budget for the Customer on "), w.date(b.Approved.Date, "Budget.Approved.Date")}
		blocks = append(blocks, paragraph(append(append(by, w.approvedTotals()...), text("."))...))
	}
	return blocks
}

// proration says which fiscal years lie in the term only in part.
func (w writer) proration() []doc.Block {
	b, term := w.a.Budget, w.a.Term
	var parts []doc.Inline
	for _, year := range b.Years {
		first := calendar.NewMonth(year, time.Month(b.FiscalYearStartMonth))
		months := 0
		for m := first; m.Compare(first.Add(12)) < 0; m = m.Add(1) {
			if m.Compare(term.Effective.Month()) >= 0 && m.Compare(term.End.Month()) <= 0 {
				months++
			}
		}
		if months == 0 || months == 12 {
			continue
		}
		if len(parts) > 0 {
			parts = append(parts, text(" "))
		}
		parts = append(parts, text("This Agreement covers %d of the 12 months of %s. The amounts of that year are for these months only.", months, w.yearLabel(year)))
	}
	if len(parts) == 0 {
		return nil
	}
	return []doc.Block{paragraph(parts...)}
}

// approvedTotals are the totals that the customer approved: ": 9,000.00 for FY
// 2027, 8,500.00 for FY 2028".
func (w writer) approvedTotals() []doc.Inline {
	var parts []doc.Inline
	for i, total := range w.a.Budget.Approved.Totals {
		before := ", "
		if i == 0 {
			before = ": "
		}
		parts = append(parts, text("%s", before), w.amount(total, "Budget.Approved.Totals[%d]", i))
		if i < len(w.a.Budget.Years) {
			parts = append(parts, text(" for %s", w.yearLabel(w.a.Budget.Years[i])))
		}
	}
	return parts
}

func (w writer) sumRow(name string, amounts agreement.YearAmounts) doc.Row {
	row := doc.Row{Total: true, Cells: []doc.Cell{nil, cell(text("%s", name))}}
	for _, amount := range amounts.Years {
		row.Cells = append(row.Cells, cell(text("%s", w.digits(amount))))
	}
	row.Cells = append(row.Cells, cell(text("%s", w.digits(amounts.Sum))))
	return row
}

// yearLabel names a fiscal year: "FY 2027", or "FY 2027–28" when it begins
// within the calendar year.
func (w writer) yearLabel(year int) string {
	if w.a.Budget.FiscalYearStartMonth == 1 {
		return fmt.Sprintf("FY %d", year)
	}
	return fmt.Sprintf("FY %d–%02d", year, (year+1)%100)
}

// digits is an amount without its currency, which the schedule names once.
func (w writer) digits(amount money.Amount) string {
	if w.a.Budget == nil {
		return amount.String()
	}
	return amount.Digits(w.a.Budget.Currency)
}

func (w writer) amount(amount money.Amount, path string, args ...any) doc.Text {
	return w.value(w.digits(amount), path, args...)
}
