package view

// glba are the facts stated for the FTC Safeguards Rule.
func (b *builder) glba() *GLBA {
	x := &GLBA{}
	at := map[string]string{}
	b.add(x, "Regulatory.GLBA", at)
	g := b.a.Regulatory.GLBA
	if g == nil {
		x.StatedBy, x.QualifiedIndividual = b.person(""), b.person("")
		return x
	}
	x.StatedBy = b.person(g.StatedBy)
	x.AsOf = g.AsOf.Long(b.language)
	x.Consumers = thousands(g.Consumers)
	x.QualifiedIndividual = b.person(g.QualifiedIndividual)
	if i, ok := b.a.CommitmentIndex(g.SecurityPlan); ok {
		x.PlanDue = b.a.Commitments[i].Due.Long(b.language)
		at["PlanDue"] = row("Commitments", i) + ".Due"
	}
	return x
}

func (b *builder) hipaa() *HIPAA {
	x := &HIPAA{}
	at := map[string]string{"BAADate": "Regulatory.HIPAA.BAA"}
	b.add(x, "Regulatory.HIPAA", at)
	h := b.a.Regulatory.HIPAA
	if h == nil {
		x.StatedBy = b.person("")
		return x
	}
	x.StatedBy = b.person(h.StatedBy)
	x.AsOf = h.AsOf.Long(b.language)
	x.Role = word(hipaaWords, h.Role)
	x.BAA, x.BAADate = b.document(h.BAA, at, "BAA", "BAADate")
	return x
}

func (b *builder) cmmc() *CMMC {
	x := &CMMC{}
	b.add(x, "Regulatory.CMMC", nil)
	c := b.a.Regulatory.CMMC
	if c == nil {
		x.StatedBy, x.AffirmingOfficial = b.person(""), b.person("")
		return x
	}
	x.StatedBy = b.person(c.StatedBy)
	x.AsOf = c.AsOf.Long(b.language)
	x.Level = c.Level
	x.AffirmingOfficial = b.person(c.AffirmingOfficial)
	return x
}

func (b *builder) pci() *PCI {
	x := &PCI{}
	b.add(x, "Regulatory.PCI", nil)
	p := b.a.Regulatory.PCI
	if p == nil {
		x.StatedBy = b.person("")
		return x
	}
	x.StatedBy = b.person(p.StatedBy)
	x.AsOf = p.AsOf.Long(b.language)
	x.Role = word(pciWords, p.Role)
	return x
}

func (b *builder) nis2() *NIS2 {
	x := &NIS2{}
	b.add(x, "Regulatory.NIS2", map[string]string{"Class": "Regulatory.NIS2.CustomerClass"})
	n := b.a.Regulatory.NIS2
	if n == nil {
		x.StatedBy = b.person("")
		return x
	}
	x.StatedBy = b.person(n.StatedBy)
	x.AsOf = n.AsOf.Long(b.language)
	x.Class = word(entityWords, n.CustomerClass)
	x.Status = word(lawStatusWords, n.Status)
	return x
}

func (b *builder) ukNIS() *UKNIS {
	x := &UKNIS{}
	b.add(x, "Regulatory.UKNIS", nil)
	n := b.a.Regulatory.UKNIS
	if n == nil {
		x.StatedBy = b.person("")
		return x
	}
	x.StatedBy = b.person(n.StatedBy)
	x.AsOf = n.AsOf.Long(b.language)
	x.Status = word(lawStatusWords, n.Status)
	return x
}

func (b *builder) publicBody() *PublicBody {
	x := &PublicBody{}
	b.add(x, "Regulatory.PublicBody", nil)
	p := b.a.Regulatory.PublicBody
	if p == nil {
		x.StatedBy = b.person("")
		return x
	}
	x.StatedBy = b.person(p.StatedBy)
	x.AsOf = p.AsOf.Long(b.language)
	x.State = p.State
	x.Law = p.Law
	return x
}

func (b *builder) privacy() *Privacy {
	x := &Privacy{}
	at := map[string]string{"Role": "Regulatory.Privacy.ProviderRole", "DPADate": "Regulatory.Privacy.DPA"}
	b.add(x, "Regulatory.Privacy", at)
	p := b.a.Regulatory.Privacy
	if p == nil {
		x.StatedBy = b.person("")
		return x
	}
	x.StatedBy = b.person(p.StatedBy)
	x.AsOf = p.AsOf.Long(b.language)
	x.Role = word(processorWords, p.ProviderRole)
	x.DPA, x.DPADate = b.document(p.DPA, at, "DPA", "DPADate")
	return x
}

// document is the title and the date of a related document, and notes under
// the names of two fields where these are written.
func (b *builder) document(id string, at map[string]string, title, date string) (string, string) {
	i, ok := b.a.RelatedDocumentIndex(id)
	if !ok {
		return "", ""
	}
	d := b.a.RelatedDocuments[i]
	at[title] = row("RelatedDocuments", i) + ".Title"
	at[date] = row("RelatedDocuments", i) + ".Date"
	return d.Title, d.Date.Long(b.language)
}
