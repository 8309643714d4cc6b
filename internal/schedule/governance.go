package schedule

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"concordat/internal/calendar"
	"concordat/internal/doc"
)

func plainInt(n int) string { return strconv.Itoa(n) }

func sortedDates(dates []calendar.Date) []calendar.Date {
	slices.SortFunc(dates, calendar.Date.Compare)
	return slices.Compact(dates)
}

// acceptances is the register of accepted risks, the next to expire first.
func (w writer) acceptances() []doc.Block {
	if len(w.a.RiskAcceptances) == 0 {
		return nil
	}
	order := make([]int, len(w.a.RiskAcceptances))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return w.a.RiskAcceptances[i].Expires.Compare(w.a.RiskAcceptances[j].Expires)
	})
	t := doc.Table{Columns: []doc.Column{
		column("No.", 12, doc.Left), column("Risk", 28, doc.Left), column("Why accepted, and what reduces it", 29, doc.Left),
		column("Rating", 10, doc.Right), column("Accepted", 21, doc.Left),
	}}
	for _, i := range order {
		x := w.a.RiskAcceptances[i]
		id := cell(w.value(x.ID, "RiskAcceptances[%d].ID", i))
		if x.Control != "" {
			id = append(id, text(" (control "), w.value(x.Control, "RiskAcceptances[%d].Control", i), text(")"))
		}
		why := cell(w.value(x.Reason, "RiskAcceptances[%d].Reason", i))
		if x.Compensating != "" {
			why = append(why, text(" Reduced by: "), w.value(x.Compensating, "RiskAcceptances[%d].Compensating", i))
		}
		if x.Commitment != "" {
			why = append(why, text(" Ended by Commitment "), w.value(x.Commitment, "RiskAcceptances[%d].Commitment", i), text("."))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			id,
			cell(strong(w.value(x.Title, "RiskAcceptances[%d].Title", i)), text(". "), w.value(x.Risk, "RiskAcceptances[%d].Risk", i)),
			why,
			cell(text("%d × %d = %d", x.Likelihood, x.Impact, x.Rating())),
			cell(text("by "), w.person(x.AcceptedBy), text(" on "), w.date(x.Date, "RiskAcceptances[%d].Date", i),
				text("; ends "), w.date(x.Expires, "RiskAcceptances[%d].Expires", i)),
		}})
	}
	return []doc.Block{
		paragraph(text("The rating is likelihood times impact, each from 1 (low) to 5 (high). A Risk Acceptance ends on its date. It does not renew itself.")),
		t,
	}
}

// reviews is who convenes which review how often, and the dates of the first
// twelve months.
func (w writer) reviews() []doc.Block {
	t := doc.Table{Columns: []doc.Column{
		column("Review", 30, doc.Left), column("How often", 18, doc.Left), column("First", 18, doc.Left), column("Convened by", 17, doc.Left), column("With", 17, doc.Left),
	}}
	type meeting struct {
		date   calendar.Date
		review int
	}
	var meetings []meeting
	end := w.a.Term.Effective.AddMonths(12)
	for i, r := range w.a.Reviews {
		var attendees []doc.Inline
		for _, id := range r.Attendees {
			attendees = append(attendees, w.person(id))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(text("%s", label(reviewLabels, r.Kind))),
			cell(text("%s", every(r.EveryMonths))),
			cell(w.date(r.First, "Reviews[%d].First", i)),
			cell(w.person(r.Owner)),
			join(", ", attendees),
		}})
		for n := 0; ; n += r.EveryMonths {
			d := r.First.AddMonths(n)
			if !d.Before(end) || d.After(w.a.Term.End) {
				break
			}
			meetings = append(meetings, meeting{d, i})
		}
	}
	slices.SortStableFunc(meetings, func(a, b meeting) int {
		return cmp.Or(a.date.Compare(b.date), cmp.Compare(a.review, b.review))
	})
	dates := doc.Table{Columns: []doc.Column{column("Date", 35, doc.Left), column("Review", 65, doc.Left)}}
	for _, m := range meetings {
		dates.Rows = append(dates.Rows, doc.Row{Cells: []doc.Cell{
			cell(text("%s", m.date.Long(w.language))), cell(text("%s", label(reviewLabels, w.a.Reviews[m.review].Kind))),
		}})
	}
	blocks := []doc.Block{t}
	if len(dates.Rows) > 0 {
		blocks = append(blocks, heading("Dates in the first twelve months"), dates)
	}
	return blocks
}

func every(months int) string {
	switch months {
	case 1:
		return "every month"
	case 12:
		return "every year"
	default:
		return "every " + plural(months, "month", "months")
	}
}

// contacts are the people in daily work, addresses for notices and third parties.
func (w writer) contacts() []doc.Block {
	t := doc.Table{Columns: []doc.Column{
		column("Party", 12, doc.Left), column("Part", 17, doc.Left), column("Person", 25, doc.Left),
		column("Reached", 32, doc.Left), column("When", 14, doc.Left),
	}}
	for i, c := range w.a.Contacts {
		k, _ := w.a.PersonIndex(c.Person)
		p := w.a.People[k]
		var reached []doc.Inline
		if p.Phone != "" {
			reached = append(reached, w.value(p.Phone, "People[%d].Phone", k))
		}
		if p.Email != "" {
			reached = append(reached, w.value(p.Email, "People[%d].Email", k))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(text("%s", party(p.Party))),
			cell(w.value(label(roleLabels, c.Role), "Contacts[%d].Role", i)),
			cell(w.person(c.Person), text(", "), w.value(p.Title, "People[%d].Title", k)),
			join(", ", reached),
			cell(text("%s", label(hoursLabels, c.Hours))),
		}})
	}
	blocks := []doc.Block{t}
	for i, n := range w.a.Notices {
		lines := []doc.Inline{text("Attention: "), w.person(n.Attention), doc.LineBreak{}}
		for _, line := range strings.Split(strings.TrimRight(n.Address, "\n"), "\n") {
			lines = append(lines, w.value(line, "Notices[%d].Address", i), doc.LineBreak{})
		}
		lines = append(lines, w.value(n.Email, "Notices[%d].Email", i))
		blocks = append(blocks, heading("Notices to the %s", party(n.Party)), doc.Paragraph{Text: lines})
	}
	if len(w.a.Parties.ThirdParties) > 0 {
		third := doc.Table{Columns: []doc.Column{
			column("Third party", 30, doc.Left), column("What it does", 40, doc.Left), column("Contract held by", 30, doc.Left),
		}}
		for i, x := range w.a.Parties.ThirdParties {
			holder := cell(text("%s", party(x.Owner)))
			if x.Contract != "" {
				holder = append(holder, text(" ("), w.value(x.Contract, "Parties.ThirdParties[%d].Contract", i), text(")"))
			}
			third.Rows = append(third.Rows, doc.Row{Cells: []doc.Cell{
				cell(w.value(x.Name, "Parties.ThirdParties[%d].Name", i)), cell(w.value(x.Role, "Parties.ThirdParties[%d].Role", i)), holder,
			}})
		}
		blocks = append(blocks, heading("Third parties"), third)
	}
	return blocks
}

// assets are what the business depends on, how long it can do without, and backups.
func (w writer) assets() []doc.Block {
	if len(w.a.CriticalAssets) == 0 {
		return nil
	}
	in := doc.Table{Columns: []doc.Column{
		column("Asset", 26, doc.Left), column("Priority", 8, doc.Right), column("Back within", 12, doc.Right), column("Data lost at most", 12, doc.Right),
		column("Owner", 14, doc.Left), column("If it fails", 28, doc.Left),
	}}
	out := doc.Table{Columns: []doc.Column{column("Asset", 40, doc.Left), column("Why it is out of scope", 60, doc.Left)}}
	for i, x := range w.a.CriticalAssets {
		name := cell(w.value(x.Name, "CriticalAssets[%d].Name", i), text(" (%s)", label(assetLabels, x.Kind)))
		if !x.In() {
			out.Rows = append(out.Rows, doc.Row{Cells: []doc.Cell{name, cell(w.value(x.ExclusionReason, "CriticalAssets[%d].ExclusionReason", i))}})
			continue
		}
		contingency := none()
		if x.Contingency != "" {
			contingency = cell(w.value(x.Contingency, "CriticalAssets[%d].Contingency", i))
		}
		in.Rows = append(in.Rows, doc.Row{Cells: []doc.Cell{
			name, cell(w.value(plainInt(x.Priority), "CriticalAssets[%d].Priority", i)),
			w.hours(x.RTOHours, "CriticalAssets[%d].RTOHours", i), w.hours(x.RPOHours, "CriticalAssets[%d].RPOHours", i),
			cell(w.person(x.Owner)), contingency,
		}})
	}
	blocks := []doc.Block{paragraph(text("Priority 1 is restored first. The times are planning goals, unless the MSA promises them."))}
	if len(in.Rows) > 0 {
		blocks = append(blocks, in)
	}
	if len(out.Rows) > 0 {
		blocks = append(blocks, heading("Out of scope"), out)
	}
	return append(blocks, w.backups()...)
}

func (w writer) hours(n int, path string, i int) doc.Cell {
	if n == 0 {
		return cell(text("not stated"))
	}
	return cell(w.value(plural(n, "hour", "hours"), path, i))
}

func (w writer) backups() []doc.Block {
	if len(w.a.Backups) == 0 {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{
		column("Asset", 28, doc.Left), column("At least every", 14, doc.Left), column("Off-site copy", 12, doc.Left), column("Isolated Copy", 16, doc.Left),
		column("Encrypted; key held by", 16, doc.Left), column("Restore test", 14, doc.Left),
	}}
	yes := func(b *bool) string {
		if *b {
			return "yes"
		}
		return "no"
	}
	for i, b := range w.a.Backups {
		k, _ := w.a.AssetIndex(b.Asset)
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(w.value(w.a.CriticalAssets[k].Name, "CriticalAssets[%d].Name", k)),
			cell(w.value(plural(b.EveryHours, "hour", "hours"), "Backups[%d].EveryHours", i)),
			cell(text("%s", yes(b.Offsite))),
			cell(text("%s", label(isolationLabels, b.Isolated))),
			cell(text("%s; %s", yes(b.Encrypted), party(b.KeyHolder))),
			cell(w.value(every(b.RestoreTestMonths), "Backups[%d].RestoreTestMonths", i)),
		}})
	}
	return []doc.Block{heading("Backups"), t}
}

// services are what the customer bought, and the provider's capability statement.
func (w writer) services() []doc.Block {
	t := doc.Table{Columns: []doc.Column{column("Service", 34, doc.Left), column("Hours", 16, doc.Left), column("What it covers", 50, doc.Left)}}
	for i, s := range w.a.Services {
		if !s.Bought() {
			continue
		}
		covers := none()
		if s.Covers != "" {
			covers = cell(w.value(s.Covers, "Services[%d].Covers", i))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(w.value(s.Name, "Services[%d].Name", i)), cell(text("%s", label(hoursLabels, s.Hours))), covers,
		}})
	}
	c, v := w.a.Parties.Provider.Capability, w.a.Parties.Customer.Verification
	blocks := []doc.Block{}
	if len(t.Rows) > 0 {
		blocks = append(blocks, paragraph(text("The Customer has purchased these services. The MSA and the orders under it set their fees.")), t)
	}
	return append(blocks,
		heading("Capability Statement of the Provider"),
		paragraph(w.value(c.Summary, "Parties.Provider.Capability.Summary")),
		paragraph(text("The Provider describes its practice as: %s. Statement of ", label(tierLabels, c.Tier)),
			w.date(c.Date, "Parties.Provider.Capability.Date"), text(". "),
			w.person(v.By), text(" reviewed it for the Customer on "), w.date(v.Date, "Parties.Customer.Verification.Date"),
			text(" and %s.", label(verificationLabels, v.Result))),
	)
}

// changes are the classes of change, who approves spending, and blackout periods.
func (w writer) changes() []doc.Block {
	ca := w.a.ChangeAuthorization
	classes := doc.Table{Columns: []doc.Column{
		column("Class", 14, doc.Left), column("Examples", 42, doc.Left), column("Approval", 26, doc.Left), column("Notice", 18, doc.Left),
	}}
	for i, c := range ca.Classes {
		var examples []doc.Inline
		for j, e := range c.Examples {
			examples = append(examples, w.value(e, "ChangeAuthorization.Classes[%d].Examples[%d]", i, j))
		}
		notice := "none"
		if c.NoticeDays > 0 {
			notice = plural(c.NoticeDays, "Business Day", "Business Days")
		}
		classes.Rows = append(classes.Rows, doc.Row{Cells: []doc.Cell{
			cell(text("%s", label(classLabels, c.ID))), join("; ", examples),
			cell(text("%s", label(approvalLabels, c.Approval))), cell(text("%s", notice)),
		}})
	}
	blocks := []doc.Block{heading("Classes of change"), classes}
	if b := w.a.Budget; b != nil {
		t := doc.Table{Columns: []doc.Column{column("Spending", 30, doc.Left), column("Approved by", 45, doc.Left), column("How", 25, doc.Left)}}
		lower := ""
		for i, x := range b.Thresholds {
			limit := cell(text("above %s", lower))
			if x.UpTo != nil {
				limit = cell(text("up to "), w.value(x.UpTo.Format(b.Currency), "Budget.Thresholds[%d].UpTo", i))
				lower = x.UpTo.Format(b.Currency)
			} else if lower == "" {
				limit = cell(text("any amount"))
			}
			var approvers []doc.Inline
			for _, id := range x.Approvers {
				approvers = append(approvers, w.person(id))
			}
			t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{limit, join(" or ", approvers), cell(text("%s", label(channelLabels, x.Channel)))}})
		}
		blocks = append(blocks, heading("Who approves spending"), t)
	}
	if len(ca.Blackouts) > 0 {
		t := doc.Table{Columns: []doc.Column{column("Blackout Period", 50, doc.Left), column("From", 25, doc.Left), column("To", 25, doc.Left)}}
		for i, b := range ca.Blackouts {
			t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
				cell(w.value(b.Name, "ChangeAuthorization.Blackouts[%d].Name", i)),
				cell(w.value(b.From.Long(w.language), "ChangeAuthorization.Blackouts[%d].From", i)),
				cell(w.value(b.To.Long(w.language), "ChangeAuthorization.Blackouts[%d].To", i)),
			}})
		}
		blocks = append(blocks, heading("Blackout Periods of each year"), t)
	}
	return blocks
}
