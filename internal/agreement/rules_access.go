package agreement

import (
	"fmt"
	"slices"
)

func (c *checker) adminGroups() {
	for i, x := range c.a.Access {
		if said(x.AdminGroup) && x.RiskAcceptance == "" {
			c.errorf(fmt.Sprintf("Access[%d].AdminGroup", i), `take the accounts out of the groups, or name in "risk_acceptance" who accepts it`,
				"%s stands in the customer's administrator groups and nobody accepts the risk", named("access", x.ID))
		}
	}
}

func (c *checker) namedAccounts() {
	for i, x := range c.a.Access {
		if x.RiskAcceptance != "" {
			continue
		}
		if x.Named != nil && !*x.Named {
			c.errorf(fmt.Sprintf("Access[%d].Named", i), `give each person an account, or name in "risk_acceptance" who accepts it`,
				"%s uses shared accounts and nobody accepts the risk", named("access", x.ID))
		}
		if x.MFA == "none" {
			c.errorf(fmt.Sprintf("Access[%d].MFA", i), `demand a second factor, or name in "risk_acceptance" who accepts it`,
				"%s needs no second factor and nobody accepts the risk", named("access", x.ID))
		}
	}
}

func (c *checker) accessEnds() {
	a := c.a
	for i, x := range a.Access {
		if x.Expires.IsZero() {
			if a.Term.ordered() && x.Granted.After(a.Term.End) {
				c.errorf(fmt.Sprintf("Access[%d].Granted", i), "grant it within the term", "%s is granted on %s, after the term ends on %s", named("access", x.ID), x.Granted, a.Term.End)
				c.note("Term.End", "ends on %s", a.Term.End)
			}
			continue
		}
		path := fmt.Sprintf("Access[%d].Expires", i)
		if x.Granted.After(x.Expires) {
			c.errorf(path, "correct one of the dates", "%s ends on %s, before it is granted on %s", named("access", x.ID), x.Expires, x.Granted)
			c.note(fmt.Sprintf("Access[%d].Granted", i), "granted on %s", x.Granted)
		}
		if a.Term.ordered() && x.Expires.After(a.Term.End) {
			c.errorf(path, "end it with the term", "%s ends on %s, after the term ends on %s", named("access", x.ID), x.Expires, a.Term.End)
			c.note("Term.End", "ends on %s", a.Term.End)
		}
	}
}

func (c *checker) breakGlass() {
	if x := c.a.Credentials; x != nil && x.BreakGlassHolder == Provider && x.RiskAcceptance == "" {
		c.errorf("Credentials.BreakGlassHolder", `let the customer hold the account as well ("shared"), or name in "risk_acceptance" who accepts it`,
			"only the provider holds the account that opens all, and nobody accepts the risk")
	}
}

func (c *checker) accessReviews() {
	for i, x := range c.a.Access {
		path := fmt.Sprintf("Access[%d].ReviewMonths", i)
		switch {
		case x.ReviewMonths > 6:
			c.errorf(path, "review it every 6 months at least", "%s is reviewed every %d months; expected at most 6 months", named("access", x.ID), x.ReviewMonths)
		case x.ReviewMonths > 3:
			c.warnf(path, "consider a review each quarter", "%s is reviewed every %d months, more seldom than each quarter", named("access", x.ID), x.ReviewMonths)
		}
	}
}

func (c *checker) credentialReuse() {
	if x := c.a.Credentials; x != nil && x.ReuseProhibited != nil && !*x.ReuseProhibited {
		c.errorf("Credentials.ReuseProhibited", `set "reuse_prohibited: true"`, "the provider may use one credential for several customers")
	}
}

func (c *checker) connections() {
	effective := c.a.Term.Effective
	for i, x := range c.a.Connections {
		if x.Dedicated != nil && !*x.Dedicated {
			c.warnf(fmt.Sprintf("Connections[%d].Dedicated", i), "give the provider a path of its own", "%s also carries what is not the provider's", named("connection", x.ID))
		}
		if last := x.LastVerified; !last.IsZero() && !effective.IsZero() && x.VerifyMonths > 0 && last.AddMonths(x.VerifyMonths).Before(effective) {
			c.warnf(fmt.Sprintf("Connections[%d].LastVerified", i), `check that it is needed and limited, and write the day in "last_verified"`, "%s was last verified on %s, more than %d months before the agreement begins on %s", named("connection", x.ID), last, x.VerifyMonths, effective)
			c.note(fmt.Sprintf("Connections[%d].VerifyMonths", i), "to be verified every %s", count(x.VerifyMonths, "month", "months"))
			c.beginsNote()
		}
	}
}

func (c *checker) exposedTools() {
	for i, x := range c.a.Parties.Provider.Tools {
		if x.AdminExposure != "internet" {
			continue
		}
		path := fmt.Sprintf("Parties.Provider.Tools[%d].AdminExposure", i)
		if x.MFA != nil && !*x.MFA {
			c.errorf(path, "put its administration behind a VPN, and demand a second factor", "%s can be administered from the internet without a second factor", named("tool", x.ID))
		} else {
			c.warnf(path, "put its administration behind a VPN", "%s can be administered from the internet", named("tool", x.ID))
		}
	}
}

func (c *checker) subcontractors() {
	a := c.a
	for i, x := range a.Subcontractors {
		row := fmt.Sprintf("Subcontractors[%d].", i)
		if !said(x.DataAccess) {
			continue
		}
		if x.FlowDown != nil && !*x.FlowDown {
			c.errorf(row+"FlowDown", "bind it to the duties of this agreement", "%s sees data of the customer but is not bound to the provider's duties", named("subcontractor", x.ID))
		}
		if a.Regulatory.HIPAA != nil && !x.BAA {
			c.errorf(row+"DataAccess", `sign a business associate agreement with it and set "baa: true"`, "%s sees data of a customer under HIPAA without a business associate agreement", named("subcontractor", x.ID))
			c.note("Regulatory.HIPAA", "HIPAA is stated to apply")
		}
		cmmc := a.Regulatory.CMMC
		if cmmc == nil || len(cmmc.Locations) == 0 {
			continue
		}
		for j, place := range x.Locations {
			if !slices.Contains(cmmc.Locations, place) {
				c.errorf(fmt.Sprintf("%sLocations[%d]", row, j), "let it see no data, or choose another subcontractor", "%s sees data of the customer in %q; expected %s", named("subcontractor", x.ID), place, choice(cmmc.Locations))
				c.note("Regulatory.CMMC.Locations", "where the information may be")
			}
		}
	}
}

func (c *checker) logRetention() {
	if x := c.a.Incident; x != nil && x.EvidenceDays > 0 && x.EvidenceDays < 180 {
		c.errorf("Incident.EvidenceDays", "keep it for 180 days at least", "evidence of an incident is kept for %d days; expected at least 180", x.EvidenceDays)
	}
	for i, x := range c.a.Logging {
		path := fmt.Sprintf("Logging[%d].RetentionDays", i)
		switch {
		case x.RetentionDays == 0:
		case x.RetentionDays < 180:
			c.errorf(path, "keep it for 180 days at least", "%s is kept for %d days; expected at least 180", named("log", x.ID), x.RetentionDays)
		case x.RetentionDays < 365:
			c.warnf(path, "consider 365 days: many intrusions are found late", "%s is kept for %d days, less than a year", named("log", x.ID), x.RetentionDays)
		}
	}
}

// said reports a yes.
func said(b *bool) bool { return b != nil && *b }
