package schedule

import "concordat/internal/doc"

// access is who at the provider may reach what, with which accounts, tools and
// connections, and how customers are kept apart.
func (w writer) access() []doc.Block {
	blocks := titled("Who may reach what", w.accessRights())
	if limits := titled("How this access is limited", w.accessLimits()); len(limits) > 0 {
		blocks = append(append(append(blocks, limits[0]), w.standIn("acc-02", "The Provider keeps these limits.")...), limits[1:]...)
	}
	blocks = append(blocks, w.credentials()...)
	blocks = append(blocks, titled("Tools", w.tools())...)
	blocks = append(blocks, titled("Connections", w.connections())...)
	if s := w.a.Segmentation; s != nil {
		var f facts
		f.add("Statement of the Provider", w.value(s.Statement, "Segmentation.Statement"))
		f.add("Systems for customers", text("%s", label(tenantLabels, s.Tenants)))
		reach := "one may reach several customers"
		if is(s.AdminDomainsSeparate) {
			reach = "none reaches two customers"
		}
		f.add("Administrator accounts", text("%s", reach))
		blocks = append(blocks, f.table("Separation of customers", "Subject", "What the Provider states")...)
	}
	return blocks
}

func (w writer) accessRights() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		column("No.", 14, doc.Left), column("Who", 23, doc.Left), column("Systems", 26, doc.Left),
		column("May", 13, doc.Left), column("Approved and in force", 24, doc.Left),
	}}
	for i, x := range w.a.Access {
		who := cell(w.value(x.Role, "Access[%d].Role", i))
		if k, ok := w.a.SubcontractorIndex(x.Subcontractor); ok {
			who = append(who, text(" ("), w.value(w.a.Subcontractors[k].Name, "Subcontractors[%d].Name", k), text(")"))
		}
		t.Rows = append(t.Rows, row(
			cell(w.value(x.ID, "Access[%d].ID", i)), who, join(", ", w.assetNames(x.Systems)),
			cell(text("%s", label(rightsLabels, x.Rights))), w.accessPeriod(i)))
	}
	return t
}

// accessPeriod is who approved an access, and from when to when it holds.
func (w writer) accessPeriod(i int) doc.Cell {
	x := w.a.Access[i]
	period := cell(text("by "), w.person(x.ApprovedBy))
	if !x.Granted.IsZero() {
		period = append(period, text("; from "), w.date(x.Granted, "Access[%d].Granted", i))
	}
	if !x.Expires.IsZero() {
		period = append(period, text("; to "), w.date(x.Expires, "Access[%d].Expires", i))
	}
	if x.Granted.IsZero() && x.Expires.IsZero() {
		period = append(period, text("; as long as this Agreement lasts"))
	}
	if x.RiskAcceptance != "" {
		period = append(period, text(". Risk accepted: "), w.value(x.RiskAcceptance, "Access[%d].RiskAcceptance", i))
	}
	return period
}

func (w writer) accessLimits() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		column("No.", 14, doc.Left), column("Own account for each person", 13, doc.Left), column("Second proof of identity", 16, doc.Left),
		column("In administrator groups", 15, doc.Left), column("Limit of each use", 14, doc.Left),
		column("Reviewed", 13, doc.Left), column("Locked when unused", 15, doc.Left),
	}}
	for i, x := range w.a.Access {
		each := "not limited"
		switch {
		case x.MaxHours > 0:
			each = "at most " + duration(x.MaxHours)
		case x.JustInTime:
			each = "for one task"
		}
		idle := "not agreed"
		if x.IdleDays > 0 {
			idle = "after " + plural(x.IdleDays, "day", "days")
		}
		t.Rows = append(t.Rows, row(
			cell(w.value(x.ID, "Access[%d].ID", i)), cell(text("%s", yesNo(is(x.Named)))), cell(text("%s", label(mfaLabels, x.MFA))),
			cell(text("%s", yesNo(is(x.AdminGroup)))), cell(text("%s", each)), cell(text("%s", every(x.ReviewMonths))), cell(text("%s", idle))))
	}
	return t
}

func (w writer) credentials() []doc.Block {
	c := w.a.Credentials
	if c == nil {
		return nil
	}
	var f facts
	f.add("Used for one customer only", text("%s", yesNo(is(c.ReuseProhibited))))
	f.add("Password vault held by", text("%s", holder(c.Vault)))
	f.add("Emergency account held by", text("%s", holder(c.BreakGlassHolder)))
	f.text(w, "Risk accepted", c.RiskAcceptance, "Credentials.RiskAcceptance")
	return f.table("Passwords and keys", "Subject", "What is agreed")
}

func (w writer) tools() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		column("Tool", 24, doc.Left), column("What for", 20, doc.Left), column("Second proof of identity", 12, doc.Left),
		column("Administered", 18, doc.Left), column("May do, and where", 26, doc.Left),
	}}
	for i, x := range w.a.Parties.Provider.Tools {
		const path = "Parties.Provider.Tools[%d]"
		exposure := label(exposureLabels, x.AdminExposure)
		if x.AllowList {
			exposure += "; known addresses only"
		}
		var may []doc.Inline
		if x.Rights != "" {
			may = append(may, w.value(x.Rights, path+".Rights", i))
		}
		if x.Scope != "" {
			may = append(may, w.value(x.Scope, path+".Scope", i))
		}
		t.Rows = append(t.Rows, row(
			cell(w.value(x.Name, path+".Name", i)), cell(text("%s", label(toolLabels, x.Kind))), cell(text("%s", yesNo(is(x.MFA)))),
			cell(text("%s", exposure)), join("; ", may)))
	}
	return t
}

func (w writer) connections() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		column("No.", 13, doc.Left), column("From and to", 23, doc.Left), column("How", 17, doc.Left),
		column("Limited to", 18, doc.Left), column("Watched by", 11, doc.Left), column("Checked", 18, doc.Left),
	}}
	for i, x := range w.a.Connections {
		how := label(connectionLabels, x.Method)
		if is(x.Dedicated) {
			how += ", for this alone"
		}
		checked := cell(text("%s", every(x.VerifyMonths)))
		if !x.LastVerified.IsZero() {
			checked = append(checked, text("; last "), w.date(x.LastVerified, "Connections[%d].LastVerified", i))
		}
		t.Rows = append(t.Rows, row(
			cell(w.value(x.ID, "Connections[%d].ID", i)),
			cell(w.value(x.From, "Connections[%d].From", i), text(" to "), w.value(x.To, "Connections[%d].To", i)),
			cell(text("%s", how)), join("; ", w.texts(x.LimitedTo, "Connections[%d].LimitedTo", i)),
			cell(text("%s", holder(x.MonitoredBy))), checked))
	}
	return t
}

// logging is which logs are kept how long, and who looks at them.
func (w writer) logging() []doc.Block {
	if len(w.a.Logging) == 0 {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{
		column("No.", 16, doc.Left), column("What is logged", 27, doc.Left), column("Kept", 11, doc.Left),
		column("Customer", 18, doc.Left), column("Looked through by", 15, doc.Left), column("Off-site copy", 13, doc.Left),
	}}
	for i, x := range w.a.Logging {
		sees := "cannot read it"
		if is(x.CustomerVisible) {
			sees = "can read it"
		}
		if x.CustomerCopy {
			sees += ", gets a copy"
		}
		t.Rows = append(t.Rows, row(
			cell(w.value(x.ID, "Logging[%d].ID", i)), cell(w.value(x.Source, "Logging[%d].Source", i)),
			cell(w.value(number(x.RetentionDays)+" days", "Logging[%d].RetentionDays", i)),
			cell(text("%s", sees)), cell(text("%s", holder(x.ValidatedBy))), cell(text("%s", yesNo(is(x.Offsite))))))
	}
	return append(w.standIn("log-01", "The Provider keeps each log that comes from its own tools or from a Purchased Service. "+
		"The Customer keeps the others. Each Party keeps an entry at least as long as shown."), t)
}
