package agreement

import (
	"fmt"

	"concordat/internal/calendar"
)

// The strict wording sets bounds of its own. These rules refuse what a schedule
// would state more loosely than a clause beside it says.

// strict is a rule of the strict wording only.
func strict(check func(*checker)) func(*checker) {
	return func(c *checker) {
		if c.a.Clauses.Strict() {
			check(c)
		}
	}
}

// loose reports a value that the strict wording does not allow.
func (c *checker) loose(path, format string, args ...any) {
	c.againstStrict(path, "make it stricter", format, args...)
}

// atMost reports a number that is above the most that the strict wording allows. The
// format takes it after the other arguments.
func (c *checker) atMost(most, number int, path, format string, args ...any) {
	if number > most {
		c.loose(path, format+"; expected at most %d", append(args, number, most)...)
	}
}

// demand reports that somebody said no to what the strict wording asks.
func (c *checker) demand(said *bool, path, format string, args ...any) {
	if said != nil && !*said {
		c.loose(path, format, args...)
	}
}

func (c *checker) againstStrict(path, hint, format string, args ...any) {
	c.errorf(path, hint+", or use the standard wording", format, args...)
	c.note("Clauses.Wording", "the strict wording")
}

func (c *checker) strictAccess() {
	a := c.a
	for i, x := range a.Access {
		row, what := fmt.Sprintf("Access[%d].", i), named("access", x.ID)
		if x.RiskAcceptance != "" {
			c.loose(row+"RiskAcceptance", "%s is weaker than it should be, by accepted risk; expected no such access", what)
		}
		if x.Rights == "admin" && x.MFA == "app" {
			c.loose(row+"MFA", `%s of administrators has a second factor that can be phished; expected "phishing_resistant"`, what)
		}
		c.atMost(3, x.ReviewMonths, row+"ReviewMonths", "%s is reviewed every %d months", what)
		c.atMost(30, x.IdleDays, row+"IdleDays", "%s is locked when it is unused for %d days", what)
	}
	for i, x := range a.Parties.Provider.Tools {
		c.demand(x.MFA, fmt.Sprintf("Parties.Provider.Tools[%d].MFA", i), "%s needs no second factor", named("tool", x.ID))
	}
	if x := a.Credentials; x != nil && (x.BreakGlassHolder == Provider || x.BreakGlassHolder == Shared) {
		c.loose("Credentials.BreakGlassHolder", "the account that opens all is not the customer's alone")
	}
}

func (c *checker) strictRecords() {
	a := c.a
	for i, x := range a.Logging {
		row, what := fmt.Sprintf("Logging[%d].", i), named("log", x.ID)
		if x.RetentionDays > 0 && x.RetentionDays < 365 {
			c.loose(row+"RetentionDays", "%s is kept for %s; expected at least 365", what, count(x.RetentionDays, "day", "days"))
		}
		c.demand(x.Offsite, row+"Offsite", "%s has no copy at another place", what)
	}
	for i, x := range a.Backups {
		row, what := fmt.Sprintf("Backups[%d].", i), named("backup", x.ID)
		c.demand(x.Offsite, row+"Offsite", "%s has no copy at another place", what)
		if x.Isolated == "none" {
			c.loose(row+"Isolated", "%s has no copy that an intruder cannot change", what)
		}
		c.demand(x.Encrypted, row+"Encrypted", "%s is not encrypted", what)
		c.atMost(3, x.RestoreTestMonths, row+"RestoreTestMonths", "a restore of %s is tested every %d months", what)
	}
}

func (c *checker) strictIncidents() {
	a := c.a
	c.atMost(24, a.Notification.Provider.Hours, "Notification.Provider.Hours", "the provider tells of an incident within %d hours")
	c.atMost(24, a.Notification.Provider.Updates, "Notification.Provider.Updates", "the provider sends an update every %d hours")
	c.atMost(24, a.Notification.Customer.Hours, "Notification.Customer.Hours", "the customer tells of an incident within %d hours")
	if x := a.Incident; x != nil {
		c.atMost(30, x.AfterActionDays, "Incident.AfterActionDays", "the parties look back at an incident within %d days")
	}
	for i, x := range a.Remediation {
		if x.Severity == "kev" || x.Severity == "critical" {
			c.atMost(14, x.Days, fmt.Sprintf("Remediation[%d].Days", i), "weaknesses of severity %q are closed within %d days", x.Severity)
		}
	}
}

func (c *checker) strictPeople() {
	a := c.a
	if x := a.Vetting; x != nil {
		c.demand(x.BeforeAccess, "Vetting.BeforeAccess", "the provider's people get access before they are checked")
		c.atMost(36, x.RecheckMonths, "Vetting.RecheckMonths", "the provider's people are checked again after %d months")
		c.demand(x.TrainingYearly, "Vetting.TrainingYearly", "the provider's people are not trained each year")
	}
	if x := a.Training; x != nil {
		c.atMost(30, x.InitialDays, "Training.InitialDays", "a new person is trained within %d days")
		c.atMost(12, x.EveryMonths, "Training.EveryMonths", "people are trained every %d months")
	}
}

// longestStrict is the last day on which a risk acceptance may end under the
// strict wording.
func (x RiskAcceptance) longestStrict() calendar.Date { return x.Date.AddMonths(12) }

func (c *checker) strictDecisions() {
	a := c.a
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
		c.atMost(3, x.EveryMonths, fmt.Sprintf("Reviews[%d].EveryMonths", i), "the quarterly review %q is every %d months", x.ID)
	}
	if !quarterly && len(a.Reviews) > 0 {
		c.againstStrict("Reviews", "add one", `no review of the kind "quarterly" is agreed`)
	}
}
