package schedule

import "concordat/internal/doc"

// services are what the customer bought, and the provider's capability statement.
func (w writer) services() []doc.Block {
	t := doc.Table{Columns: []doc.Column{column("Service", 34, doc.Left), column("Hours", 16, doc.Left), column("What it covers", 50, doc.Left)}}
	for i, s := range w.a.Services {
		if !s.Bought() {
			continue
		}
		var covers, assets, levels []doc.Inline
		if s.Covers != "" {
			covers = cell(w.value(s.Covers, "Services[%d].Covers", i))
		}
		if len(s.Assets) > 0 {
			assets = sentence(append(cell(text("Critical Assets: ")), join(", ", w.assetNames(s.Assets))...)...)
		}
		if len(s.ServiceLevels) > 0 {
			levels = append(cell(text("Service levels: ")), join(", ", w.texts(s.ServiceLevels, "Services[%d].ServiceLevels", i))...)
			levels = sentence(levels...)
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(w.value(s.Name, "Services[%d].Name", i)), cell(text("%s", label(hoursLabels, s.Hours))), spaced(covers, assets, levels),
		}})
	}
	c, v := w.a.Parties.Provider.Capability, w.a.Parties.Customer.Verification
	blocks := []doc.Block{}
	if len(t.Rows) > 0 {
		fees := cell(text("The MSA and the orders under it set their fees."))
		if s := w.a.Standalone; s != nil {
			fees = sentence(text("Their fees stand in "), w.value(s.Fees, "Standalone.Fees"))
		}
		blocks = append(blocks, paragraph(append(cell(text("The Customer has purchased these services. ")), fees...)...), t)
	}
	verified := []doc.Inline{
		text("The statement of "), w.date(c.Date, "Parties.Provider.Capability.Date"),
		text(" describes what the Provider does for this Customer as “%s”. ", label(tierLabels, c.Tier)), w.person(v.By),
	}
	if date := w.date(v.Date, "Parties.Customer.Verification.Date"); v.Result == "pending" {
		verified = append(verified, text(" %s, and does so for the Customer by ", label(verificationLabels, v.Result)), date, text("."))
	} else {
		verified = append(verified, text(" reviewed it for the Customer on "), date, text(" and %s.", label(verificationLabels, v.Result)))
	}
	blocks = append(blocks,
		heading("Capability Statement of the Provider"),
		paragraph(w.value(c.Summary, "Parties.Provider.Capability.Summary")),
		paragraph(verified...),
	)
	return append(blocks, w.evidence()...)
}

// evidence is what the provider states and shows about itself.
func (w writer) evidence() []doc.Block {
	p := w.a.Parties.Provider
	var f facts
	if b := p.Baseline; b != nil {
		measured := b.Framework
		if x := w.a.ProviderFramework(); x != nil {
			measured = x.Title + ", version " + x.Version
		}
		f.add("Its own security", w.value(b.Statement, "Parties.Provider.Baseline.Statement"))
		f.add("Measured by", w.value(measured, "Parties.Provider.Baseline.Framework"))
	}
	f.list("Qualifications of its people", w.texts(p.Capability.Staff, "Parties.Provider.Capability.Staff"))
	f.list("Customers who may be asked", w.texts(p.Capability.References, "Parties.Provider.Capability.References"))
	for i, x := range p.Capability.Answers {
		f.rows = append(f.rows, row(cell(w.value(x.Question, "Parties.Provider.Capability.Answers[%d].Question", i)),
			cell(w.value(x.Answer, "Parties.Provider.Capability.Answers[%d].Answer", i))))
	}
	blocks := f.table("What the Provider states about itself", "Subject", "What the Provider states")
	t := doc.Table{Columns: []doc.Column{
		column("Evidence", 28, doc.Left), column("Details", 36, doc.Left), column("Issued", 18, doc.Left), column("Valid to", 18, doc.Left),
	}}
	for i, x := range p.Capability.Certifications {
		scope, ends := none(), none()
		if x.Scope != "" {
			scope = cell(w.value(x.Scope, "Parties.Provider.Capability.Certifications[%d].Scope", i))
		}
		if !x.Expires.IsZero() {
			ends = cell(w.date(x.Expires, "Parties.Provider.Capability.Certifications[%d].Expires", i))
		}
		t.Rows = append(t.Rows, row(cell(w.value(x.Name, "Parties.Provider.Capability.Certifications[%d].Name", i)), scope, none(), ends))
	}
	for i, x := range p.Assurance {
		issued, ends := none(), none()
		if !x.Issued.IsZero() {
			issued = cell(w.date(x.Issued, "Parties.Provider.Assurance[%d].Issued", i))
		}
		if !x.Expires.IsZero() {
			ends = cell(w.date(x.Expires, "Parties.Provider.Assurance[%d].Expires", i))
		}
		t.Rows = append(t.Rows, row(cell(text("%s", label(assuranceLabels, x.Kind))), cell(w.value(x.Ref, "Parties.Provider.Assurance[%d].Ref", i)), issued, ends))
	}
	return append(blocks, titled("Certificates and evidence", t)...)
}
