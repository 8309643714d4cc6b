package agreement

import (
	"fmt"
	"slices"

	"concordat/internal/money"
)

func (c *checker) windows() {
	h := c.a.Info.Hours
	for i, x := range c.a.MaintenanceWindows {
		if x.ApprovedBy != "" || !clockForm.MatchString(x.From) || !clockForm.MatchString(x.To) {
			continue
		}
		if day := overlap(x, h); day != "" {
			c.errorf(fmt.Sprintf("MaintenanceWindows[%d].From", i), `move it out of business hours, or name in "approved_by" who agrees`,
				"%s from %s to %s lies in the business hours of a %s", named("maintenance window", x.ID), x.From, x.To, day)
			c.note("Info.Hours", "business hours")
		}
	}
}

var (
	week     = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	weekdays = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)

// overlap is a day on which a window lies in business hours, or "".
func overlap(w Window, h Hours) string {
	for _, day := range w.Days {
		k := slices.Index(week, day)
		if k < 0 {
			continue
		}
		if w.From < w.To {
			if slices.Contains(h.Days, day) && w.From < h.To && h.From < w.To {
				return weekdays[k]
			}
			continue
		}
		if slices.Contains(h.Days, day) && w.From < h.To {
			return weekdays[k]
		}
		if next := week[(k+1)%7]; slices.Contains(h.Days, next) && h.From < w.To {
			return weekdays[(k+1)%7]
		}
	}
	return ""
}

func (c *checker) remediationTimes() {
	rows := c.a.Remediation
	if len(rows) == 0 {
		return
	}
	at := map[string]int{}
	for i, x := range rows {
		at[x.Severity] = i
	}
	before := -1
	var absent []string
	for _, severity := range []string{"kev", "critical", "high", "medium", "low"} {
		i, ok := at[severity]
		if !ok {
			if severity != "medium" && severity != "low" {
				absent = append(absent, severity)
			}
			continue
		}
		if before >= 0 && rows[i].Days > 0 && rows[i].Days < rows[before].Days {
			c.errorf(fmt.Sprintf("Remediation[%d].Days", i), "give a graver weakness the shorter time", "weaknesses of severity %q are closed within %s, sooner than the graver ones of %q", severity, count(rows[i].Days, "day", "days"), rows[before].Severity)
			c.note(fmt.Sprintf("Remediation[%d].Days", before), "%q here", rows[before].Severity)
		}
		before = i
	}
	if len(absent) > 0 {
		c.errorf("Remediation", "add a row for each", "no time is given to close weaknesses of severity %s", conjoin("and", absent))
	}
}

func (c *checker) goals() {
	a := c.a
	for i, x := range a.ServiceLevels {
		c.goal(x.Target, fmt.Sprintf("ServiceLevels[%d].Target", i), named("service level", x.ID))
	}
	for i, x := range a.KPIs {
		c.goal(x.Target, fmt.Sprintf("KPIs[%d].Target", i), named("KPI", x.ID))
	}
	if a.Incident == nil {
		return
	}
	for i, x := range a.Incident.Severities {
		if (x.ResponseMinutes > 0) == (x.ResponseBusinessDays > 0) {
			c.errorf(fmt.Sprintf("Incident.Severities[%d]", i), `give either "response_minutes" or "response_business_days"`, "%s has not exactly one time of response", named("severity", x.ID))
		}
	}
}

func (c *checker) goal(g Goal, path, what string) {
	if (g.AtLeast == nil) == (g.AtMost == nil) {
		if g.Unit != "" || g.AtLeast != nil {
			c.errorf(path, `give either "at_least" or "at_most"`, "the target of %s has not exactly one bound", what)
		}
		return
	}
	bound, x := "AtLeast", g.AtLeast
	if x == nil {
		bound, x = "AtMost", g.AtMost
	}
	if x.Sign() < 0 || g.Unit == "percent" && x.Compare(money.FromInt(100)) > 0 {
		expected := "0 or more"
		if g.Unit == "percent" {
			expected = "0 to 100"
		}
		c.errorf(path+"."+bound, "write a target that can be reached", "the target of %s is %s %s; expected %s", what, x, g.Unit, expected)
	}
}

func (c *checker) afterHours() {
	a := c.a
	if _, ok := a.Contact(Provider, "after_hours"); ok {
		return
	}
	for i, x := range a.ServiceLevels {
		if x.Hours == "24x7" {
			c.warnf(fmt.Sprintf("ServiceLevels[%d].Hours", i), `add a contact of the provider with the role "after_hours"`, "%s counts day and night, but the provider has no contact after hours", named("service level", x.ID))
		}
	}
}

func (c *checker) attested() {
	a := c.a
	for i, x := range a.Insurance {
		if len(x.AttestedControls) > 0 && x.AttestedBy == "" {
			c.errorf(fmt.Sprintf("Insurance[%d].AttestedControls", i), `add "attested_by"`, "the application for %s says that controls are in place, but nobody answers for it", named("insurance", x.ID))
		}
		for j, id := range x.AttestedControls {
			k, ok := a.ResponsibilityIndex(id)
			if !ok {
				continue
			}
			path := fmt.Sprintf("Insurance[%d].AttestedControls[%d]", i, j)
			row := a.Responsibilities[k]
			accepted := slices.ContainsFunc(a.RiskAcceptances, func(r RiskAcceptance) bool { return r.Control == id })
			switch {
			case row.Owner == Unassigned || row.Owner == NotApplicable:
				c.errorf(path, "correct the application, or give the control to somebody", "the application for %s says that control %q is in place, but its owner is %q", named("insurance", x.ID), id, row.Owner)
			case row.RiskAcceptance != "" || accepted:
				c.errorf(path, "correct the application, or end the risk", "the application for %s says that control %q is in place, but its risk is accepted", named("insurance", x.ID), id)
			case row.Implementation == "not_met":
				c.errorf(path, "correct the application", "the application for %s says that control %q is in place, but it is not met", named("insurance", x.ID), id)
			case row.Implementation == "partial":
				c.warnf(path, "check what the application says", "the application for %s says that control %q is in place, but it is met in part only", named("insurance", x.ID), id)
			case len(row.Evidence) == 0:
				c.warnf(path, `say in "evidence" of the control where it is shown`, "the application for %s says that control %q is in place, but nothing shows it", named("insurance", x.ID), id)
			default:
				continue
			}
			c.note(fmt.Sprintf("Responsibilities[%d]", k), "control %q", id)
		}
	}
}

func (c *checker) insuranceEnds() {
	end := c.a.Term.End
	for i, x := range c.a.Insurance {
		if !x.Expires.IsZero() && x.Expires.Before(end) && x.Renewal == "" {
			c.warnf(fmt.Sprintf("Insurance[%d].Expires", i), `say in "renewal" how it goes on`, "%s expires on %s, before the term ends on %s", named("insurance", x.ID), x.Expires, end)
			c.endsNote()
		}
	}
}

func (c *checker) expiredAssurance() {
	effective := c.a.Term.Effective
	p := c.a.Parties.Provider
	for i, x := range p.Assurance {
		if !x.Expires.IsZero() && x.Expires.Before(effective) {
			c.warnf(fmt.Sprintf("Parties.Provider.Assurance[%d].Expires", i), "ask the provider for a current one", "%s expired on %s, before the agreement begins on %s", named("assurance", x.ID), x.Expires, effective)
			c.beginsNote()
		}
	}
	for i, x := range p.Capability.Certifications {
		if !x.Expires.IsZero() && x.Expires.Before(effective) {
			c.warnf(fmt.Sprintf("Parties.Provider.Capability.Certifications[%d].Expires", i), "ask the provider for a current one", "the certificate %q expired on %s, before the agreement begins on %s", x.Name, x.Expires, effective)
			c.beginsNote()
		}
	}
}
