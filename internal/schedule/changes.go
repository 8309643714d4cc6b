package schedule

import (
	"slices"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/doc"
)

// changes are the classes of change, who approves spending, and blackout periods.
func (w writer) changes() []doc.Block {
	ca := w.a.ChangeAuthorization
	limited := slices.ContainsFunc(ca.Classes, func(c agreement.ChangeClass) bool { return c.MaxDowntimeHours > 0 || c.MaxCost != nil })
	classes := doc.Table{Columns: []doc.Column{column("Class", 14, doc.Left), column("Examples", 36, doc.Left)}}
	if limited {
		classes.Columns = append(classes.Columns, column("At most", 18, doc.Left))
	}
	classes.Columns = append(classes.Columns, column("Approval", 26, doc.Left), column("Notice", 16, doc.Left))
	for i, c := range ca.Classes {
		var examples []doc.Inline
		for j, e := range c.Examples {
			examples = append(examples, w.value(e, "ChangeAuthorization.Classes[%d].Examples[%d]", i, j))
		}
		notice := "none"
		if c.NoticeDays > 0 {
			notice = plural(c.NoticeDays, "Business Day", "Business Days")
		}
		cells := []doc.Cell{cell(text("%s", label(classLabels, c.ID))), join("; ", examples)}
		if limited {
			var limits []doc.Inline
			if c.MaxDowntimeHours > 0 {
				limits = append(limits, w.value(plural(c.MaxDowntimeHours, "hour", "hours")+" of interruption", "ChangeAuthorization.Classes[%d].MaxDowntimeHours", i))
			}
			if c.MaxCost != nil {
				limits = append(limits, w.price(*c.MaxCost, "ChangeAuthorization.Classes[%d].MaxCost", i))
			}
			cells = append(cells, join("; ", limits))
		}
		classes.Rows = append(classes.Rows, row(append(cells, cell(text("%s", label(approvalLabels, c.Approval))), cell(text("%s", notice)))...))
	}
	blocks := []doc.Block{heading("Classes of change"), classes}
	blocks = append(blocks, w.requests()...)
	blocks = append(blocks, w.emergency()...)
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
	blocks = append(blocks, w.changeManagement()...)
	blocks = append(blocks, titled("Times for planned work", w.windows())...)
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

// requests is what a request for approval says, and what follows from silence.
func (w writer) requests() []doc.Block {
	ca := w.a.ChangeAuthorization
	var f facts
	if len(ca.RequestContents) > 0 {
		f.add("What a request says", text("%s", points(contentLabels, ca.RequestContents)))
	}
	if len(ca.RemindDays) > 0 {
		days := make([]doc.Inline, len(ca.RemindDays))
		for i, n := range ca.RemindDays {
			days[i] = w.value(number(n), "ChangeAuthorization.RemindDays[%d]", i)
		}
		f.add("The Provider reminds the Customer", append(join(" and ", days), text(" Business Days after the request"))...)
	}
	if ca.Escalation != "" {
		f.add("Escalation of a request without an answer", w.escalationName(ca.Escalation))
	}
	return f.table("Requests for approval", "Subject", "What is agreed")
}

// escalationName is the name of the escalation with an id.
func (w writer) escalationName(id string) doc.Text {
	if i, ok := w.a.EscalationIndex(id); ok {
		return w.value(w.a.Escalations[i].Name+" ("+id+")", "Escalations[%d].Name", i)
	}
	return text("%s", id)
}

// emergency is what the provider may do before it asks.
func (w writer) emergency() []doc.Block {
	e := w.a.ChangeAuthorization.Emergency
	if e == nil {
		return nil
	}
	var f facts
	f.add("Action before approval allowed", text("%s", yesNo(is(e.Allowed))))
	if is(e.Allowed) {
		if len(e.Limits) > 0 {
			f.add("The only steps before approval", text("%s", points(emergencyLabels, e.Limits)))
		}
		if !w.clauses.Printed["aut-04"] {
			w.afterEmergency(&f, e)
		}
	}
	return f.table("Emergencies", "Subject", "What is agreed")
}

// afterEmergency is what the clause on emergencies says with these figures.
func (w writer) afterEmergency(f *facts, e *agreement.Emergency) {
	const path = "ChangeAuthorization.Emergency."
	if e.CallHours > 0 {
		f.add("The Provider phones the Customer", w.value("within "+plural(e.CallHours, "hour", "hours"), path+"CallHours"))
	}
	f.add("The Provider reports in Writing", w.value("within "+plural(e.ReportHours, "hour", "hours"), path+"ReportHours"))
	if e.MaxCost.IsZero() {
		f.add("Cost without approval", w.value("none", path+"MaxCost"))
	} else {
		f.add("Cost without approval", text("at most "), w.price(*e.MaxCost, path+"MaxCost"))
	}
}

// changeManagement is how changes are made.
func (w writer) changeManagement() []doc.Block {
	c := w.a.ChangeManagement
	if c == nil {
		return nil
	}
	var f facts
	f.add("The Provider tries a Change elsewhere first", text("%s", label(stagingLabels, c.Staging)))
	if c.UserNoticeHours > 0 {
		f.add("The Provider tells users", w.value(duration(c.UserNoticeHours)+" before", "ChangeManagement.UserNoticeHours"))
	}
	if len(c.RollbackFor) > 0 {
		f.add("The Provider keeps a way back for", text("%s", strings.ToLower(words(classLabels, c.RollbackFor))+" Changes"))
	}
	if len(c.ReviewedAfter) > 0 {
		f.add("The Parties look afterwards at", text("%s", strings.ToLower(words(classLabels, c.ReviewedAfter))+" Changes"))
	}
	return f.table("How Changes are made", "Subject", "What is agreed")
}

// windows are the times for planned work.
func (w writer) windows() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		column("No.", 13, doc.Left), column("When", 25, doc.Left), column("How often", 13, doc.Left),
		column("Notice", 15, doc.Left), column("Before urgent work", 13, doc.Left), column("Except", 21, doc.Left),
	}}
	for i, x := range w.a.MaintenanceWindows {
		when := cell(text("%s, ", words(dayLabels, x.Days)), w.value(x.From, "MaintenanceWindows[%d].From", i), text(" to "), w.value(x.To, "MaintenanceWindows[%d].To", i))
		if x.ApprovedBy != "" {
			when = append(when, text(" (agreed by "), w.person(x.ApprovedBy), text(")"))
		}
		urgent := cell(text("as early as possible"))
		if x.EmergencyNoticeHours > 0 {
			urgent = cell(w.value(plural(x.EmergencyNoticeHours, "hour", "hours"), "MaintenanceWindows[%d].EmergencyNoticeHours", i))
		}
		except := none()
		if x.Except != "" {
			except = cell(w.value(x.Except, "MaintenanceWindows[%d].Except", i))
		}
		t.Rows = append(t.Rows, row(
			cell(w.value(x.ID, "MaintenanceWindows[%d].ID", i)), when, cell(text("%s", label(frequencyLabels, x.Frequency))),
			cell(w.value(plural(x.NoticeDays, "Business Day", "Business Days"), "MaintenanceWindows[%d].NoticeDays", i)), urgent, except))
	}
	return t
}
