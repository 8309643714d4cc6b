package agreement

import (
	"fmt"
	"slices"
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
		c.warnf("Notification.Provider.Trigger", `consider "suspected"`, "the provider tells of an incident only when it is confirmed, which can be late")
	}
	if len(n.Scope) > 0 && !slices.Contains(n.Scope, "provider_env") {
		c.warnf("Notification.Provider.Scope", `add "provider_env"`, "the provider does not tell of incidents in its own systems")
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
}

func (c *checker) capability() {
	a := c.a
	p, v := a.Parties.Provider.Capability, a.Parties.Customer.Verification
	if !p.Date.IsZero() && !a.Term.Effective.IsZero() && p.Date.AddMonths(12).Before(a.Term.Effective) {
		c.warnf("Parties.Provider.Capability.Date", "ask the provider for a new statement", "the capability statement of %s is older than 12 months when the agreement begins on %s", p.Date, a.Term.Effective)
	}
	if !p.Date.IsZero() && v.Date.Before(p.Date) && !v.Date.IsZero() {
		c.errorf("Parties.Customer.Verification.Date", "correct one of the dates", "the customer verified the capability statement on %s, before its date %s", v.Date, p.Date)
		c.note("Parties.Provider.Capability.Date", "the statement is of %s", p.Date)
	}
	if v.Result == "refused" {
		c.warnf("Parties.Customer.Verification.Result", "settle the gaps before signing", "the customer refused the capability statement")
	}
}
