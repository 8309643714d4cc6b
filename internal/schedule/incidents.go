package schedule

import (
	"concordat/internal/agreement"
	"concordat/internal/doc"
)

// incidents are how grave incidents are, who leads, who is told, and how fast
// weaknesses are closed.
func (w writer) incidents() []doc.Block {
	var blocks []doc.Block
	if x := w.a.Incident; x != nil {
		if t := w.severities(); len(t.Rows) > 0 {
			blocks = append(blocks, heading("How grave an Incident or fault is"))
			blocks = append(blocks, w.standIn("inc-01", "As far as a Purchased Service covers the work, the Provider begins it within these times.")...)
			blocks = append(blocks, t)
		}
	}
	blocks = append(blocks, w.handling()...)
	blocks = append(blocks, w.reports()...)
	if x := w.a.ExternalCommunications; x != nil {
		var f facts
		f.add("Speaks for the Customer", w.person(x.Spokesperson))
		f.add("Approves each statement", w.person(x.Approval))
		blocks = append(blocks, f.table("Statements to the public", "Subject", "Who")...)
	}
	if t := w.remediation(); len(t.Rows) > 0 {
		blocks = append(blocks, heading("How fast weaknesses are closed"))
		blocks = append(blocks, w.standIn("vul-02", "The Party that has the work by the Responsibility Matrix closes a weakness within these times.")...)
		blocks = append(blocks, t)
	}
	if x := w.a.VulnerabilityDisclosure; x != nil {
		var f facts
		f.add("Where outsiders report a weakness", w.value(x.Contact, "VulnerabilityDisclosure.Contact"))
		f.add("Published in the file security.txt", text("%s", yesNo(is(x.SecurityTxt))))
		f.add("Answered", w.value("within "+plural(x.AckDays, "day", "days"), "VulnerabilityDisclosure.AckDays"))
		blocks = append(blocks, f.table("Reports from outside", "Subject", "What is agreed")...)
	}
	return blocks
}

func (w writer) severities() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		column("No.", 10, doc.Left), column("What it means", 46, doc.Left), column("The Provider begins", 24, doc.Left), column("Time counts", 20, doc.Left),
	}}
	for i, x := range w.a.Incident.Severities {
		response := cell(text("not stated"))
		switch {
		case x.ResponseMinutes > 0 && x.ResponseMinutes%60 == 0:
			response = cell(w.value("within "+plural(x.ResponseMinutes/60, "hour", "hours"), "Incident.Severities[%d].ResponseMinutes", i))
		case x.ResponseMinutes > 0:
			response = cell(w.value("within "+plural(x.ResponseMinutes, "minute", "minutes"), "Incident.Severities[%d].ResponseMinutes", i))
		case x.ResponseBusinessDays > 0:
			response = cell(w.value("within "+plural(x.ResponseBusinessDays, "Business Day", "Business Days"), "Incident.Severities[%d].ResponseBusinessDays", i))
		}
		t.Rows = append(t.Rows, row(
			cell(w.value(x.ID, "Incident.Severities[%d].ID", i)), cell(w.value(x.Definition, "Incident.Severities[%d].Definition", i)),
			response, cell(text("%s", label(hoursLabels, x.Hours)))))
	}
	return t
}

// handling is the plan, the leaders and the terms of work on incidents, and what
// a notice of one says.
func (w writer) handling() []doc.Block {
	x := w.a.Incident
	if x == nil {
		x = &agreement.Incident{}
	}
	var f facts
	f.text(w, "Plan", x.Plan, "Incident.Plan")
	if c := x.Command; c != nil {
		f.add("Decides for the business", w.person(c.BusinessLead))
		f.add("Leads the technical work", w.person(c.TechnicalLead))
	}
	if content := w.a.Notification.Provider.Content; len(content) > 0 {
		f.add("What a notice of the Provider says", text("%s", points(noticeContentLabels, content)))
	}
	if x.EvidenceDays > 0 {
		f.add("Each Party keeps evidence", w.value("for "+number(x.EvidenceDays)+" days", "Incident.EvidenceDays"))
	}
	if x.AfterActionDays > 0 {
		f.add("The Parties look back together", w.value("within "+plural(x.AfterActionDays, "day", "days")+" after the end", "Incident.AfterActionDays"))
	}
	if x.ExerciseMonths > 0 {
		f.add("The Parties practice", w.value(every(x.ExerciseMonths), "Incident.ExerciseMonths"))
	}
	if x.OutOfScopeRate != nil {
		f.add("Work that no Purchased Service covers", w.price(*x.OutOfScopeRate, "Incident.OutOfScopeRate"), text(" an hour"))
	}
	return f.table("Work on an Incident", "Subject", "What is agreed")
}

// reports are what laws and contracts demand after an incident.
func (w writer) reports() []doc.Block {
	t := doc.Table{Columns: []doc.Column{column("Law or contract", 50, doc.Left), column("Who reports", 22, doc.Left), column("At the latest", 28, doc.Left)}}
	for i, x := range w.a.Notification.Regulators {
		t.Rows = append(t.Rows, row(
			cell(w.value(x.Law, "Notification.Regulators[%d].Law", i)), cell(text("%s", holder(x.Filer))),
			cell(w.value("within "+duration(x.Hours), "Notification.Regulators[%d].Hours", i))))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []doc.Block{
		heading("Reports to others"),
		paragraph(text("Whoever reports decides whether a report is owed in a given case. The law or contract itself sets the time, and from when it counts. " +
			"This list may be incomplete. Other laws, such as those of a state, may ask for more or earlier reports.")),
		t,
	}
}

func (w writer) remediation() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		column("Weakness", 22, doc.Left), column("Closed within", 16, doc.Left), column("Counted from", 24, doc.Left), column("Closed when", 38, doc.Left),
	}}
	for i, x := range w.a.Remediation {
		closed := none()
		if x.Acceptance != "" {
			closed = cell(w.value(x.Acceptance, "Remediation[%d].Acceptance", i))
		}
		t.Rows = append(t.Rows, row(
			cell(text("%s", label(weaknessLabels, x.Severity))), cell(w.value(plural(x.Days, "day", "days"), "Remediation[%d].Days", i)),
			cell(text("%s", label(clockLabels, x.Clock))), closed))
	}
	return t
}

// escalation is who deals with what is late, and how soon.
func (w writer) escalation() []doc.Block {
	if len(w.a.Escalations) == 0 {
		return nil
	}
	blocks := []doc.Block{paragraph(text("Days late count from the date that was missed."))}
	for i, x := range w.a.Escalations {
		t := doc.Table{Columns: []doc.Column{
			column("When", 16, doc.Left), column("Provider", 28, doc.Left), column("Customer", 28, doc.Left), column("They settle it within", 28, doc.Left),
		}}
		for j, step := range x.Steps {
			when := "at once"
			if step.AfterDays > 0 {
				when = plural(step.AfterDays, "day", "days") + " late"
			}
			t.Rows = append(t.Rows, row(
				cell(w.value(when, "Escalations[%d].Steps[%d].AfterDays", i, j)),
				cell(w.person(step.Provider)), cell(w.person(step.Customer)),
				cell(w.value(plural(step.RespondDays, "Business Day", "Business Days"), "Escalations[%d].Steps[%d].RespondDays", i, j))))
		}
		title := doc.Heading{Level: 3, Text: cell(w.value(x.Name, "Escalations[%d].Name", i), text(" ("), w.value(x.ID, "Escalations[%d].ID", i), text(")"))}
		blocks = append(blocks, title, t)
	}
	return blocks
}
