package agreement

import (
	"fmt"
	"slices"

	"concordat/internal/money"
)

func (c *checker) securityAnalysis() {
	a := c.a
	if len(a.Reviews) == 0 || !c.reviewed("security_analysis", 12, "no security analysis at least every 12 months is agreed") {
		return
	}
	effective := a.Term.Effective
	if effective.IsZero() {
		return
	}
	for i, x := range a.Reviews {
		if x.Kind == "security_analysis" && x.First.After(effective.AddMonths(12)) {
			c.warnf(fmt.Sprintf("Reviews[%d].First", i), "hold the first one within 12 months", "the first security analysis is on %s, more than 12 months after the agreement begins on %s", x.First, effective)
			c.note("Term.Effective", "begins on %s", effective)
		}
	}
}

func (c *checker) quarterlyReview() {
	data := c.a.Parties.Customer.SensitiveData
	if len(data) > 0 && len(c.a.Reviews) > 0 {
		c.reviewed("quarterly", 3, "the customer holds sensitive data ("+conjoin("and", data)+") but no quarterly review is agreed")
	}
}

func (c *checker) riskRegister() {
	if len(c.a.RiskAcceptances) > 0 && len(c.a.Reviews) > 0 {
		c.reviewed("risk_register", 6, "risks are accepted but no review of the risk register at least every 6 months is agreed")
	}
}

// reviewed reports whether there is a review of a kind at least every so many
// months, and warns with the message where there is none.
func (c *checker) reviewed(kind string, months int, message string) bool {
	for i, x := range c.a.Reviews {
		if x.Kind != kind {
			continue
		}
		if x.EveryMonths > months {
			c.warnf(fmt.Sprintf("Reviews[%d].EveryMonths", i), fmt.Sprintf("hold it every %d months or more often", months), "%s; review %q is every %d months", message, x.ID, x.EveryMonths)
			return false
		}
		return true
	}
	c.warnf("Reviews", fmt.Sprintf("add a review of the kind %q", kind), "%s", message)
	return false
}

func (c *checker) notification() {
	n := c.a.Notification.Provider
	if n.Trigger == "confirmed" {
		c.warnf("Notification.Provider.Trigger", `consider "trigger: suspected"`, "the provider tells of an incident only when it is confirmed, which can be late")
	}
	if len(n.Scope) > 0 && !slices.Contains(n.Scope, "provider_env") {
		c.warnf("Notification.Provider.Scope", `add "provider_env" to the scope`, "the provider does not tell of incidents in its own systems")
	}
}

func (c *checker) changeClasses() {
	classes := c.a.ChangeAuthorization.Classes
	if len(classes) == 0 {
		return
	}
	var absent []string
	for _, id := range []string{"standard", "normal", "major", "emergency"} {
		if !slices.ContainsFunc(classes, func(x ChangeClass) bool { return x.ID == id }) {
			absent = append(absent, id)
		}
	}
	if len(absent) > 0 {
		c.warnf("ChangeAuthorization.Classes", "add the missing classes", "no rule for changes of the %s %s", plural(len(absent), "class", "classes"), conjoin("and", absent))
	}
	if i := slices.IndexFunc(classes, func(x ChangeClass) bool { return x.ID == "emergency" }); i >= 0 && c.a.ChangeAuthorization.Emergency == nil {
		c.warnf(fmt.Sprintf("ChangeAuthorization.Classes[%d]", i), `say in "emergency" what the provider may do before it asks, and when it reports`, "there are changes of the class \"emergency\", but no limits for them")
	}
}

func (c *checker) capability() {
	a := c.a
	p, v := a.Parties.Provider.Capability, a.Parties.Customer.Verification
	if !p.Date.IsZero() && !a.Term.Effective.IsZero() && p.Date.AddMonths(12).Before(a.Term.Effective) {
		c.warnf("Parties.Provider.Capability.Date", "ask the provider for a new statement", "the capability statement of %s is older than 12 months when the agreement begins on %s", p.Date, a.Term.Effective)
		c.beginsNote()
	}
	if !p.Date.IsZero() && v.Date.Before(p.Date) && !v.Date.IsZero() {
		c.errorf("Parties.Customer.Verification.Date", "correct one of the dates", "the customer verified the capability statement on %s, before its date %s", v.Date, p.Date)
		c.note("Parties.Provider.Capability.Date", "the statement is of %s", p.Date)
	}
	switch v.Result {
	case "pending":
		c.warnf("Parties.Customer.Verification.Result", "let the customer read the statement, and write down whether it accepts it", "the customer has not reviewed the capability statement yet")
		c.note("Parties.Provider.Capability.Date", "the statement of %s", p.Date)
	case "refused":
		c.warnf("Parties.Customer.Verification.Result", "settle what is missing, and let the customer verify the statement again", "the customer refused the capability statement")
		c.note("Parties.Provider.Capability.Date", "the statement of %s", p.Date)
	}
}

func (c *checker) firstReviews() {
	a := c.a
	for i, x := range a.Reviews {
		if x.First.IsZero() {
			continue
		}
		for j, b := range a.ChangeAuthorization.Blackouts {
			if !b.From.IsZero() && !b.To.IsZero() && b.Contains(x.First) {
				c.warnf(fmt.Sprintf("Reviews[%d].First", i), "move it to a quieter time", "%s is first held on %s, in the blackout %q", named("review", x.ID), x.First, b.Name)
				c.note(fmt.Sprintf("ChangeAuthorization.Blackouts[%d]", j), "the blackout")
			}
		}
	}
}

func (c *checker) lastAnalysis() {
	effective := c.a.Term.Effective
	analysis, known := -1, c.a.Maturity != nil && !c.a.Maturity.Assessment.Date.IsZero() // its age: R41
	for i, x := range c.a.Reviews {
		if x.Kind == "security_analysis" {
			known = known || !x.Last.IsZero()
			if analysis < 0 {
				analysis = i
			}
		}
		if x.Kind == "security_analysis" && !x.Last.IsZero() && !effective.IsZero() && x.Last.AddMonths(12).Before(effective) {
			c.warnf(fmt.Sprintf("Reviews[%d].Last", i), "hold the first one soon", "the last security analysis of %s is long overdue when the agreement begins on %s", x.Last, effective)
			c.note("Term.Effective", "begins on %s", effective)
		}
	}
	if analysis >= 0 && !known {
		c.warnf(fmt.Sprintf("Reviews[%d]", analysis), `give in "last" the date of the last one; where there was none, hold the first one soon`, "%s says nothing of an analysis before the agreement, and no maturity was assessed", named("review", c.a.Reviews[analysis].ID))
	}
}

func (c *checker) firstNotices() {
	c.earlyWarning()
	n := c.a.Notification
	for i, x := range n.Regulators {
		if x.Filer != Customer || x.Hours == 0 || n.Provider.Hours == 0 {
			continue
		}
		path := fmt.Sprintf("Notification.Regulators[%d].Hours", i)
		switch {
		case n.Provider.Hours >= x.Hours:
			c.errorf(path, fmt.Sprintf("let the provider tell within fewer than %s", hours(x.Hours)), "the customer reports within %s, but the provider tells it within %s", hours(x.Hours), hours(n.Provider.Hours))
		case n.Provider.Hours*2 > x.Hours:
			c.warnf(path, "let the provider tell sooner", "the customer reports within %s, of which the provider may use %s", hours(x.Hours), hours(n.Provider.Hours))
		default:
			continue
		}
		c.note("Notification.Provider.Hours", "the provider's notice")
	}
}

// earlyWarning holds the provider's notice to the first report that a customer
// in the scope of NIS2 has to make.
func (c *checker) earlyWarning() {
	x, told := c.a.Regulatory.NIS2, c.a.Notification.Provider.Hours
	if x == nil || x.Status != "in_force" || x.CustomerClass != "essential" && x.CustomerClass != "important" || x.EarlyWarningHours == 0 || told < x.EarlyWarningHours {
		return
	}
	c.errorf("Regulatory.NIS2.EarlyWarningHours", fmt.Sprintf("let the provider tell within fewer than %s", hours(x.EarlyWarningHours)), "the customer gives an early warning within %s, but the provider tells it within %s", hours(x.EarlyWarningHours), hours(told))
	c.note("Notification.Provider.Hours", "the provider's notice")
}

func (c *checker) emergencyLimits() {
	a := c.a
	e := a.ChangeAuthorization.Emergency
	var lowest *money.Amount
	if a.Budget != nil && len(a.Budget.Thresholds) > 0 {
		lowest = a.Budget.Thresholds[0].UpTo
	}
	if e != nil && e.ReportHours > 24 {
		c.errorf("ChangeAuthorization.Emergency.ReportHours", "report within 24 hours", "the provider reports an emergency action within %s; expected at most 24", hours(e.ReportHours))
	}
	if e != nil && e.Allowed != nil && !*e.Allowed {
		for i, x := range a.ChangeAuthorization.Classes {
			if x.Approval == "after_the_fact" {
				c.errorf("ChangeAuthorization.Emergency.Allowed", "allow it within limits, or demand approval before", "no emergency action is allowed, but changes of the class %q are approved after the fact", x.ID)
				c.note(fmt.Sprintf("ChangeAuthorization.Classes[%d].Approval", i), "approved after the fact")
			}
		}
	}
	over := func(cost *money.Amount, path, what string) {
		if cost == nil || lowest == nil || lowest.Sign() < 0 || cost.Compare(*lowest) <= 0 {
			return
		}
		c.errorf(path, "lower it to the first threshold", "%s may cost %s without approval, more than the first threshold %s", what, c.money(*cost), c.money(*lowest))
		c.note("Budget.Thresholds[0].UpTo", "the first threshold")
	}
	if e != nil {
		over(e.MaxCost, "ChangeAuthorization.Emergency.MaxCost", "an emergency action")
	}
	for i, x := range a.ChangeAuthorization.Classes {
		if x.Approval == "pre_approved" {
			over(x.MaxCost, fmt.Sprintf("ChangeAuthorization.Classes[%d].MaxCost", i), fmt.Sprintf("a change of the class %q", x.ID))
		}
	}
}
