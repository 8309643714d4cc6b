package schedule

import (
	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/doc"
)

// regulatory are the facts about laws that the customer has stated. Nothing
// here says that a law applies or that somebody complies with it.
func (w writer) regulatory() []doc.Block {
	var blocks []doc.Block
	r := w.a.Regulatory
	if x := r.HIPAA; x != nil {
		blocks = append(blocks, w.hipaa(x)...)
	}
	if x := r.CMMC; x != nil {
		blocks = append(blocks, w.cmmc(x)...)
	}
	if x := r.PCI; x != nil {
		blocks = append(blocks, w.pci(x)...)
	}
	if x := r.GLBA; x != nil {
		var f facts
		f.add("Consumers on whom it holds information", w.value(number(x.Consumers), "Regulatory.GLBA.Consumers"))
		f.add("Relies on the exemption in 16 CFR 314.6", text("%s", yesNo(is(x.Exempt))))
		f.add("Qualified Individual", w.person(x.QualifiedIndividual))
		f.commitment(w, "Commitment for the Security Plan", x.SecurityPlan, "Regulatory.GLBA.SecurityPlan")
		blocks = append(blocks, w.stated("FTC Safeguards Rule (16 CFR part 314)", "GLBA", x.StatedBy, x.AsOf, f)...)
	}
	if x := r.NIS2; x != nil {
		var f facts
		f.add("State of the law of the country", text("%s", label(lawStatusLabels, x.Status)))
		f.add("The Customer is", text("%s", label(entityLabels, x.CustomerClass)))
		f.add("The law covers the Provider itself", text("%s", yesNo(is(x.ProviderInScope))))
		f.add("Early warning", w.value("within "+duration(x.EarlyWarningHours), "Regulatory.NIS2.EarlyWarningHours"))
		f.add("Report", w.value("within "+duration(x.ReportHours), "Regulatory.NIS2.ReportHours"))
		f.add("Final report", w.value("within "+plural(x.FinalDays, "day", "days")+" of the report", "Regulatory.NIS2.FinalDays"))
		blocks = append(blocks, w.stated("NIS2 (Directive (EU) 2022/2555)", "NIS2", x.StatedBy, x.AsOf, f)...)
	}
	if x := r.UKNIS; x != nil {
		var f facts
		f.add("State of the law", text("%s", label(lawStatusLabels, x.Status)))
		f.add("The Provider is a relevant managed service provider", text("%s", yesNo(is(x.RelevantMSP))))
		f.add("Regulator", w.value(x.Regulator, "Regulatory.UKNIS.Regulator"))
		f.add("First report", w.value("within "+duration(x.InitialHours), "Regulatory.UKNIS.InitialHours"))
		f.add("Full report", w.value("within "+duration(x.FullHours), "Regulatory.UKNIS.FullHours"))
		blocks = append(blocks, w.stated("Network and information systems law of the United Kingdom", "UKNIS", x.StatedBy, x.AsOf, f)...)
	}
	if x := r.PublicBody; x != nil {
		var f facts
		f.add("State", w.value(x.State, "Regulatory.PublicBody.State"))
		f.add("Law", w.value(x.Law, "Regulatory.PublicBody.Law"))
		f.add("The contract takes this law in", text("%s", yesNo(is(x.Incorporated))))
		if x.IncidentHours > 0 {
			f.add("The Provider reports an incident to the state", w.value("within "+duration(x.IncidentHours), "Regulatory.PublicBody.IncidentHours"))
		}
		blocks = append(blocks, w.stated("Law on providers of public bodies", "PublicBody", x.StatedBy, x.AsOf, f)...)
	}
	if x := r.Privacy; x != nil {
		var f facts
		f.list("Laws", w.texts(x.Laws, "Regulatory.Privacy.Laws"))
		f.add("Role of the Provider", text("%s", label(processorLabels, x.ProviderRole)))
		f.document(w, "Data processing agreement", x.DPA, "Regulatory.Privacy.DPA")
		if x.BreachHours > 0 {
			f.add("The Provider tells of a breach of personal data", w.value("within "+duration(x.BreachHours), "Regulatory.Privacy.BreachHours"))
		}
		blocks = append(blocks, w.stated("Privacy", "Privacy", x.StatedBy, x.AsOf, f)...)
	}
	if len(blocks) == 0 {
		return nil
	}
	intro := paragraph(text("The Customer states these facts. This Schedule does not say that a law is met."))
	return append([]doc.Block{intro}, blocks...)
}

// stated is one law: its name, who stated the facts when, and the facts.
func (w writer) stated(title, field, by string, asOf calendar.Date, f facts) []doc.Block {
	blocks := []doc.Block{
		heading("%s", title),
		paragraph(w.person(by), text(" stated for the Customer on "), w.date(asOf, "Regulatory.%s.AsOf", field), text(":")),
	}
	return append(blocks, f.table("", "Subject", "What was stated")...)
}

// commitment adds the commitment with an id, if there is one.
func (f *facts) commitment(w writer, name, id, path string) {
	if id == "" {
		return
	}
	due := cell(w.value(id, "%s", path))
	if i, ok := w.a.CommitmentIndex(id); ok {
		due = append(due, text(", due "), w.date(w.a.Commitments[i].Due, "Commitments[%d].Due", i))
	}
	f.add(name, due...)
}

// document adds the related document with an id, if there is one.
func (f *facts) document(w writer, name, id, path string) {
	if id == "" {
		return
	}
	if i, ok := w.a.RelatedDocumentIndex(id); ok {
		d := w.a.RelatedDocuments[i]
		f.add(name, w.value(d.Title, "RelatedDocuments[%d].Title", i), text(" of "), w.date(d.Date, "RelatedDocuments[%d].Date", i))
		return
	}
	f.add(name, w.value(id, "%s", path))
}

func (w writer) hipaa(x *agreement.HIPAA) []doc.Block {
	var f facts
	f.add("The Customer is", text("%s", label(hipaaRoleLabels, x.Role)))
	f.document(w, "Business associate agreement", x.BAA, "Regulatory.HIPAA.BAA")
	f.list("Critical Assets with protected health information", w.assetNames(x.Systems))
	f.add("The Provider tells of a breach", w.value("within "+plural(x.BreachNoticeDays, "day", "days")+" of discovery", "Regulatory.HIPAA.BreachNoticeDays"))
	if x.RiskAnalysis.IsZero() {
		f.add("Last risk analysis", text("none stated"))
	} else {
		f.add("Last risk analysis", w.date(x.RiskAnalysis, "Regulatory.HIPAA.RiskAnalysis"))
	}
	f.commitment(w, "Commitment for the next one", x.Commitment, "Regulatory.HIPAA.Commitment")
	return w.stated("HIPAA (45 CFR parts 160 and 164)", "HIPAA", x.StatedBy, x.AsOf, f)
}

func (w writer) pci(x *agreement.PCI) []doc.Block {
	var f facts
	f.add("The Customer is", text("%s", label(pciRoleLabels, x.Role)))
	f.add("How it shows its state", w.value(x.Validation, "Regulatory.PCI.Validation"))
	f.text(w, "Attestation", x.AOC, "Regulatory.PCI.AOC")
	blocks := w.stated("Payment cards (PCI DSS)", "PCI", x.StatedBy, x.AsOf, f)
	t := doc.Table{Columns: []doc.Column{column("Requirement", 16, doc.Left), column("Managed by", 24, doc.Left), column("Note", 60, doc.Left)}}
	for i, duty := range x.Matrix {
		note := none()
		if duty.Note != "" {
			note = cell(w.value(duty.Note, "Regulatory.PCI.Matrix[%d].Note", i))
		}
		t.Rows = append(t.Rows, row(cell(w.value(duty.Requirement, "Regulatory.PCI.Matrix[%d].Requirement", i)), cell(text("%s", party(duty.Owner))), note))
	}
	return append(blocks, titled("Who manages which requirement of PCI DSS", t)...)
}

// cmmc is the level, the score today and at each milestone, and the plan of
// action.
func (w writer) cmmc(x *agreement.CMMC) []doc.Block {
	var f facts
	f.add("Level", w.value(number(x.Level), "Regulatory.CMMC.Level"))
	f.add("Kind of assessment", text("%s", label(assessmentLabels, x.Assessment)))
	f.add("Controlled unclassified information in the Customer Systems", text("%s", yesNo(is(x.CUI))))
	f.add("Security protection data in the Provider’s systems", text("%s", yesNo(is(x.SPD))))
	f.list("Countries in which that information may be", w.texts(x.Locations, "Regulatory.CMMC.Locations"))
	f.add("System security plan", w.value(x.SSP, "Regulatory.CMMC.SSP"))
	f.text(w, "Description of the Provider’s services", x.ServiceDescription, "Regulatory.CMMC.ServiceDescription")
	f.add("Affirms each year", w.person(x.AffirmingOfficial))
	blocks := w.stated("CMMC (32 CFR part 170)", "CMMC", x.StatedBy, x.AsOf, f)

	scores := doc.Table{Columns: []doc.Column{
		column("Date", 22, doc.Left), column("Score", 10, doc.Right), column("Controls met from then on", 68, doc.Left),
	}}
	if x.Score != nil {
		day := cell(text("as reported"))
		if !x.ScoreDate.IsZero() {
			day = cell(w.date(x.ScoreDate, "Regulatory.CMMC.ScoreDate"))
		}
		scores.Rows = append(scores.Rows, row(day, cell(w.value(number(*x.Score), "Regulatory.CMMC.Score")), none()))
	}
	for i, m := range x.Milestones {
		scores.Rows = append(scores.Rows, row(
			cell(text("by "), w.date(m.By, "Regulatory.CMMC.Milestones[%d].By", i)),
			cell(w.value(number(*m.Score), "Regulatory.CMMC.Milestones[%d].Score", i)),
			join(", ", w.texts(m.Closes, "Regulatory.CMMC.Milestones[%d].Closes", i))))
	}
	if len(scores.Rows) > 0 {
		intro := "The score runs from −203 to 110. It describes practices on a date. It does not mean that the business is safe."
		if len(x.Milestones) > 0 {
			intro += " A score of a later date is a plan, not a promise."
		}
		blocks = append(blocks, heading("CMMC score today and as planned"), paragraph(text("%s", intro)), scores)
	}
	plan := doc.Table{Columns: []doc.Column{
		column("Control", 44, doc.Left), column("Open from", 20, doc.Left), column("Closed by", 20, doc.Left), column("Commitment", 16, doc.Left),
	}}
	for i, item := range x.POAM {
		name := cell(strong(w.value(item.Control, "Regulatory.CMMC.POAM[%d].Control", i)))
		if control, ok := w.a.Framework().Item(item.Control); ok {
			name = append(name, text(" %s", control.Title))
		}
		commitment := none()
		if item.Commitment != "" {
			commitment = cell(w.value(item.Commitment, "Regulatory.CMMC.POAM[%d].Commitment", i))
		}
		plan.Rows = append(plan.Rows, row(name, cell(w.date(item.From, "Regulatory.CMMC.POAM[%d].From", i)),
			cell(w.date(item.CloseBy, "Regulatory.CMMC.POAM[%d].CloseBy", i)), commitment))
	}
	return append(blocks, titled("Plan of action and milestones", plan)...)
}
