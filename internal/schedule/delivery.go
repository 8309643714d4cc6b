package schedule

import (
	"concordat/internal/agreement"
	"concordat/internal/doc"
)

// goal is a number to be reached, such as "at most 30 minutes".
func (w writer) goal(g agreement.Goal, path string, args ...any) doc.Cell {
	bound, amount, field := "at least ", g.AtLeast, ".AtLeast"
	if amount == nil {
		bound, amount, field = "at most ", g.AtMost, ".AtMost"
	}
	if amount == nil {
		return none()
	}
	unit := label(unitLabels, g.Unit)
	if amount.String() == "1" {
		unit = label(oneUnitLabels, g.Unit)
	}
	if unit != "" {
		unit = " " + unit
	}
	return cell(text("%s", bound), w.value(amount.String(), path+field, args...), text("%s", unit))
}

// serviceLevels are the figures by which the provider's work is measured.
func (w writer) serviceLevels() []doc.Block {
	levels := doc.Table{Columns: []doc.Column{
		column("No.", 15, doc.Left), column("What is measured", 31, doc.Left), column("Level", 16, doc.Left),
		column("Time counts", 12, doc.Left), column("If missed", 26, doc.Left),
	}}
	for i, x := range w.a.ServiceLevels {
		name := cell(w.value(x.Name, "ServiceLevels[%d].Name", i))
		if x.Severity != "" {
			name = append(name, text(" ("), w.value(x.Severity, "ServiceLevels[%d].Severity", i), text(")"))
		}
		if len(x.Exclusions) > 0 {
			name = append(append(name, text(". Not counted: ")), join("; ", w.texts(x.Exclusions, "ServiceLevels[%d].Exclusions", i))...)
		}
		target := x.Target
		if x.Hours == "business" && target.Unit == "business_hours" {
			target.Unit = "hours" // the next column says which
		}
		remedy := cell(text("as the MSA says")) // where there is none, a rule demands a remedy
		if x.Remedy != "" {
			remedy = cell(w.value(x.Remedy, "ServiceLevels[%d].Remedy", i))
		}
		levels.Rows = append(levels.Rows, row(
			cell(w.value(x.ID, "ServiceLevels[%d].ID", i)), name, w.goal(target, "ServiceLevels[%d].Target", i),
			cell(text("%s", label(hoursLabels, x.Hours))), remedy))
	}
	measures := doc.Table{Columns: []doc.Column{
		column("No.", 15, doc.Left), column("What is measured", 27, doc.Left), column("Aim", 14, doc.Left),
		column("Where the figure comes from", 22, doc.Left), column("Reported", 22, doc.Left),
	}}
	for i, x := range w.a.KPIs {
		measures.Rows = append(measures.Rows, row(
			cell(w.value(x.ID, "KPIs[%d].ID", i)), cell(w.value(x.Name, "KPIs[%d].Name", i)), w.goal(x.Target, "KPIs[%d].Target", i),
			cell(w.value(x.Source, "KPIs[%d].Source", i)),
			cell(text("%s by ", label(frequencyLabels, x.Frequency)), w.person(x.Owner))))
	}
	var blocks []doc.Block
	if len(levels.Rows) > 0 {
		blocks = append(blocks, heading("Service levels"))
		blocks = append(blocks, w.standIn("sla-01", "The Provider keeps these levels as far as a Purchased Service covers the work.")...)
		blocks = append(blocks, levels)
	}
	if len(measures.Rows) > 0 {
		blocks = append(blocks, heading("Measures"))
		blocks = append(blocks, w.standIn("sla-02", "No payment or remedy depends on these figures.")...)
		blocks = append(blocks, measures)
	}
	return blocks
}

// training is how people learn and how the provider's people are checked.
func (w writer) training() []doc.Block {
	var blocks []doc.Block
	if t := w.a.Training; t != nil {
		var f facts
		f.add("New people are trained", w.value("within "+plural(t.InitialDays, "day", "days")+" of their first day", "Training.InitialDays"))
		f.add("All people are trained", w.value(every(t.EveryMonths), "Training.EveryMonths"))
		if t.PhishingMonths > 0 {
			f.add("Test with made-up mail", w.value(every(t.PhishingMonths), "Training.PhishingMonths"))
		}
		f.add("Run by", text("%s", holder(t.RunBy)))
		f.add("Sees to it that people take part", text("%s", holder(t.AttendanceBy)))
		blocks = append(blocks, f.table("Training of the Customer’s people", "Subject", "What is agreed")...)
	}
	if v := w.a.Vetting; v != nil {
		var f facts
		f.add("What the Provider checks", text("%s", words(checkLabels, v.Checks)))
		f.add("Before a person gets access", text("%s", yesNo(is(v.BeforeAccess))))
		if v.RecheckMonths > 0 {
			f.add("It checks again", w.value(every(v.RecheckMonths), "Vetting.RecheckMonths"))
		}
		f.add("Security training every year", text("%s", yesNo(is(v.TrainingYearly))))
		blocks = append(blocks, f.table("Vetting of the Provider’s people", "Subject", "What is agreed")...)
	}
	return blocks
}

// subcontractors are who does part of the provider's work.
func (w writer) subcontractors() []doc.Block {
	t := doc.Table{Columns: []doc.Column{
		column("Subcontractor", 24, doc.Left), column("What it does", 24, doc.Left), column("Sees data of the Customer", 14, doc.Left),
		column("Works in", 14, doc.Left), column("Its contract", 24, doc.Left),
	}}
	for i, x := range w.a.Subcontractors {
		name := cell(w.value(x.Name, "Subcontractors[%d].Name", i))
		if !x.Since.IsZero() {
			name = append(name, text(" (since "), w.date(x.Since, "Subcontractors[%d].Since", i), text(")"))
		}
		contract := "lacks duties of this Agreement"
		if is(x.FlowDown) {
			contract = "has the same duties"
		}
		if x.BAA && w.a.Regulatory.HIPAA != nil {
			contract += "; business associate agreement signed"
		}
		t.Rows = append(t.Rows, row(
			name, cell(w.value(x.Service, "Subcontractors[%d].Service", i)), cell(text("%s", yesNo(is(x.DataAccess)))),
			join(", ", w.texts(x.Locations, "Subcontractors[%d].Locations", i)), cell(text("%s", contract))))
	}
	var blocks []doc.Block
	if len(t.Rows) > 0 {
		blocks = append(blocks, t)
	}
	if n := w.a.SubcontractNoticeDays; n > 0 {
		blocks = append(blocks, paragraph(text("Notice of a new Subcontractor: "),
			w.value(plural(n, "day", "days"), "SubcontractNoticeDays"), text(" before it begins.")))
	}
	return blocks
}

// insurance is the cover that each party keeps up.
func (w writer) insurance() []doc.Block {
	if len(w.a.Insurance) == 0 {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{
		column("No.", 14, doc.Left), column("Party", 11, doc.Left), column("Cover", 26, doc.Left),
		column("For each claim", 18, doc.Right), column("Ends", 31, doc.Left),
	}}
	attested := doc.Table{Columns: []doc.Column{
		column("No.", 14, doc.Left), column("Controls stated to be in place", 56, doc.Left), column("Stated by", 30, doc.Left),
	}}
	for i, x := range w.a.Insurance {
		id := cell(w.value(x.ID, "Insurance[%d].ID", i))
		cover := cell(text("%s", label(insuranceLabels, x.Kind)))
		if x.Certificate != "" {
			cover = append(cover, text(" ("), w.value(x.Certificate, "Insurance[%d].Certificate", i), text(")"))
		}
		ends := cell(w.date(x.Expires, "Insurance[%d].Expires", i))
		if x.Renewal != "" {
			ends = append(ends, text("; then "), w.value(x.Renewal, "Insurance[%d].Renewal", i))
		}
		t.Rows = append(t.Rows, row(id, cell(text("%s", party(x.Party))), cover, cell(w.price(*x.Limit, "Insurance[%d].Limit", i)), ends))
		if len(x.AttestedControls) > 0 {
			by := none()
			if x.AttestedBy != "" {
				by = cell(w.person(x.AttestedBy))
			}
			attested.Rows = append(attested.Rows, row(id, join(", ", w.texts(x.AttestedControls, "Insurance[%d].AttestedControls", i)), by))
		}
	}
	blocks := append(w.standIn("ins-01", "Each Party keeps up the cover in its rows."), t)
	return append(blocks, titled("What the applications state", attested)...)
}

// transition is how the provider takes over and how it leaves.
func (w writer) transition() []doc.Block {
	x := w.a.Transition
	if x == nil {
		return nil
	}
	var blocks []doc.Block
	if in := x.In; in != nil {
		var f facts
		f.add("Last day of taking over", w.date(in.Until, "Transition.In.Until"))
		f.text(w, "Plan", in.Plan, "Transition.In.Plan")
		f.text(w, "Faults found by then", in.InheritedFaults, "Transition.In.InheritedFaults")
		blocks = append(blocks, f.table("Taking over", "Subject", "What is agreed")...)
	}
	if out := x.Out; out != nil {
		var f facts
		f.add("The Provider helps after the end", w.value("for "+plural(out.AssistDays, "day", "days"), "Transition.Out.AssistDays"))
		rate := cell(text("as the MSA says")) // where there is none, a rule demands a price
		if out.HourlyRate != nil {
			rate = cell(w.price(*out.HourlyRate, "Transition.Out.HourlyRate"), text(" an hour"))
		}
		f.add("Price of that help", rate...)
		f.list("Form in which data comes back", w.texts(out.ReturnFormats, "Transition.Out.ReturnFormats"))
		if len(out.Handover) > 0 {
			f.add("The Customer gets control of", text("%s", words(handoverLabels, out.Handover)))
		}
		f.add("The Provider removes access that no Purchased Service needs", w.value("within "+plural(out.AccessRemovalHours, "hour", "hours")+" after the end", "Transition.Out.AccessRemovalHours"))
		f.add("The Provider deletes data that no Purchased Service needs", w.value("within "+plural(out.DeletionDays, "day", "days")+" after the end, but not before the Customer has its data back", "Transition.Out.DeletionDays"))
		f.add("The Provider proves the deletion in Writing", text("%s", yesNo(is(out.DeletionProof))))
		blocks = append(blocks, f.table("Leaving", "Subject", "What is agreed")...)
	}
	return blocks
}
