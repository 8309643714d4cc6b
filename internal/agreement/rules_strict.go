package agreement

import (
	"fmt"

	"concordat/internal/calendar"
)

// The strict wording sets bounds of its own. These rules refuse what a schedule
// would state more loosely than a clause beside it says.

// loose reports a value that the strict wording does not allow.
func (c *checker) loose(path, format string, args ...any) {
	c.againstStrict(path, "make it stricter", format, args...)
}

func (c *checker) againstStrict(path, hint, format string, args ...any) {
	c.errorf(path, hint+", or use the standard wording", format, args...)
	c.note("Clauses.Wording", "the strict wording")
}

func (c *checker) strictAccess() {
	a := c.a
	if !a.Clauses.Strict() {
		return
	}
	for i, x := range a.Access {
		row, what := fmt.Sprintf("Access[%d].", i), named("access", x.ID)
		if x.RiskAcceptance != "" {
			c.loose(row+"RiskAcceptance", "%s is weaker than it should be, by accepted risk; expected no such access", what)
		}
		if x.Rights == "admin" && x.MFA == "app" {
			c.loose(row+"MFA", `%s of administrators has a second factor that can be phished; expected "phishing_resistant"`, what)
		}
		if x.ReviewMonths > 3 {
			c.loose(row+"ReviewMonths", "%s is reviewed every %d months; expected at most 3", what, x.ReviewMonths)
		}
		if x.IdleDays > 30 {
			c.loose(row+"IdleDays", "%s is locked when it is unused for %d days; expected at most 30", what, x.IdleDays)
		}
	}
	for i, x := range a.Parties.Provider.Tools {
		if x.MFA != nil && !*x.MFA {
			c.loose(fmt.Sprintf("Parties.Provider.Tools[%d].MFA", i), "%s needs no second factor", named("tool", x.ID))
		}
	}
	if x := a.Credentials; x != nil && (x.BreakGlassHolder == Provider || x.BreakGlassHolder == Shared) {
		c.loose("Credentials.BreakGlassHolder", "the account that opens all is not the customer's alone")
	}
}

func (c *checker) strictRecords() {
	a := c.a
	if !a.Clauses.Strict() {
		return
	}
	for i, x := range a.Logging {
		row, what := fmt.Sprintf("Logging[%d].", i), named("log", x.ID)
		if x.RetentionDays > 0 && x.RetentionDays < 365 {
			c.loose(row+"RetentionDays", "%s is kept for %s; expected at least 365", what, count(x.RetentionDays, "day", "days"))
		}
		if x.Offsite != nil && !*x.Offsite {
			c.loose(row+"Offsite", "%s has no copy at another place", what)
		}
	}
	for i, x := range a.Backups {
		row, what := fmt.Sprintf("Backups[%d].", i), named("backup", x.ID)
		if x.Offsite != nil && !*x.Offsite {
			c.loose(row+"Offsite", "%s has no copy at another place", what)
		}
		if x.Isolated == "none" {
			c.loose(row+"Isolated", "%s has no copy that an intruder cannot change", what)
		}
		if x.Encrypted != nil && !*x.Encrypted {
			c.loose(row+"Encrypted", "%s is not encrypted", what)
		}
		if x.RestoreTestMonths > 3 {
			c.loose(row+"RestoreTestMonths", "a restore of %s is tested every %d months; expected at most 3", what, x.RestoreTestMonths)
		}
	}
}

func (c *checker) strictIncidents() {
	a := c.a
	if !a.Clauses.Strict() {
		return
	}
	if n := a.Notification.Provider; n.Hours > 24 {
		c.loose("Notification.Provider.Hours", "the provider tells of an incident within %d hours; expected at most 24", n.Hours)
	}
	if n := a.Notification.Provider; n.Updates > 24 {
		c.loose("Notification.Provider.Updates", "the provider sends an update every %d hours; expected at most 24", n.Updates)
	}
	if n := a.Notification.Customer; n.Hours > 24 {
		c.loose("Notification.Customer.Hours", "the customer tells of an incident within %d hours; expected at most 24", n.Hours)
	}
	if x := a.Incident; x != nil && x.AfterActionDays > 30 {
		c.loose("Incident.AfterActionDays", "the parties look back at an incident within %d days; expected at most 30", x.AfterActionDays)
	}
	for i, x := range a.Remediation {
		if (x.Severity == "kev" || x.Severity == "critical") && x.Days > 14 {
			c.loose(fmt.Sprintf("Remediation[%d].Days", i), "weaknesses of severity %q are closed within %d days; expected at most 14", x.Severity, x.Days)
		}
	}
}

func (c *checker) strictPeople() {
	a := c.a
	if !a.Clauses.Strict() {
		return
	}
	if x := a.Vetting; x != nil {
		if x.BeforeAccess != nil && !*x.BeforeAccess {
			c.loose("Vetting.BeforeAccess", "the provider's people get access before they are checked")
		}
		if x.RecheckMonths > 36 {
			c.loose("Vetting.RecheckMonths", "the provider's people are checked again after %d months; expected at most 36", x.RecheckMonths)
		}
		if x.TrainingYearly != nil && !*x.TrainingYearly {
			c.loose("Vetting.TrainingYearly", "the provider's people are not trained each year")
		}
	}
	if x := a.Training; x != nil {
		if x.InitialDays > 30 {
			c.loose("Training.InitialDays", "a new person is trained within %d days; expected at most 30", x.InitialDays)
		}
		if x.EveryMonths > 12 {
			c.loose("Training.EveryMonths", "people are trained every %d months; expected at most 12", x.EveryMonths)
		}
	}
}

// longestStrict is the last day on which a risk acceptance may end under the
// strict wording.
func (x RiskAcceptance) longestStrict() calendar.Date { return x.Date.AddMonths(12) }

func (c *checker) strictDecisions() {
	a := c.a
	if !a.Clauses.Strict() {
		return
	}
	for i, x := range a.RiskAcceptances {
		row, what := fmt.Sprintf("RiskAcceptances[%d]", i), named("acceptance", x.ID)
		if !x.Date.IsZero() && x.Expires.After(x.longestStrict()) {
			c.loose(row+".Expires", "%s of %s lasts until %s; expected at most 12 months", what, x.Date, x.Expires)
		}
		if x.Rating() >= grave && x.Likelihood <= 5 && x.Impact <= 5 && x.Commitment == "" {
			c.againstStrict(row, `name it in "commitment"`, "%s is rated %d of 25 without a commitment that ends the risk", named("risk", x.ID), x.Rating())
		}
	}
	quarterly := false
	for i, x := range a.Reviews {
		if x.Kind != "quarterly" {
			continue
		}
		quarterly = true
		if x.EveryMonths > 3 {
			c.loose(fmt.Sprintf("Reviews[%d].EveryMonths", i), "the quarterly review %q is every %d months; expected at most 3", x.ID, x.EveryMonths)
		}
	}
	if !quarterly && len(a.Reviews) > 0 {
		c.againstStrict("Reviews", "add one", `no review of the kind "quarterly" is agreed`)
	}
}
