package agreement

import (
	"fmt"
	"slices"
)

// grave is the rating from which a risk needs the security executive.
const grave = 15

func (c *checker) acceptedBy() {
	a := c.a
	g := a.Governance
	for i, x := range a.RiskAcceptances {
		path := fmt.Sprintf("RiskAcceptances[%d].AcceptedBy", i)
		k, ok := a.PersonIndex(x.AcceptedBy)
		switch {
		case !ok:
		case a.People[k].Party == Provider:
			c.errorf(path, "name a decision maker of the customer", "%q of the provider may not accept the customer's %s", x.AcceptedBy, named("risk", x.ID))
			c.note(fmt.Sprintf("People[%d].Party", k), "%q belongs to the provider", x.AcceptedBy)
		case len(g.DecisionMakers) > 0 && !slices.Contains(g.DecisionMakers, x.AcceptedBy):
			c.errorf(path, `name one of "decision_makers", or add the person there`, "%q accepts %s but is no decision maker", x.AcceptedBy, named("risk", x.ID))
			c.note("Governance.DecisionMakers", "the decision makers")
		}
	}
	if len(a.RiskAcceptances) > 0 && len(g.ReservedDecisions) > 0 && !slices.Contains(g.ReservedDecisions, "risk_acceptance") {
		c.errorf("Governance.ReservedDecisions", `add "risk_acceptance"`, "risks are accepted, but accepting them is not reserved to the decision makers")
		c.note("RiskAcceptances", "the accepted risks")
	}
}

func (c *checker) acceptanceExpires() {
	a := c.a
	for i, x := range a.RiskAcceptances {
		if x.Date.IsZero() || x.Expires.IsZero() {
			continue
		}
		path := fmt.Sprintf("RiskAcceptances[%d].Expires", i)
		if a.Term.ordered() && x.Expires.After(a.Term.End) {
			c.errorf(path, "let it expire within the term", "%s expires on %s, after the term ends on %s", named("acceptance", x.ID), x.Expires, a.Term.End)
			c.note("Term.End", "ends on %s", a.Term.End)
		}
		switch {
		case x.Expires.After(x.Date.AddMonths(24)):
			c.errorf(path, "let it expire within 12 months, or 24 with a reason", "%s of %s lasts until %s, longer than 24 months", named("acceptance", x.ID), x.Date, x.Expires)
			c.note(fmt.Sprintf("RiskAcceptances[%d].Date", i), "accepted on %s", x.Date)
		case x.Expires.After(x.Date.AddMonths(12)) && x.LongReason == "":
			c.errorf(path, `let it expire sooner, or say in "long_reason" why it must last longer`, "%s of %s lasts until %s, longer than 12 months, without a reason", named("acceptance", x.ID), x.Date, x.Expires)
			c.note(fmt.Sprintf("RiskAcceptances[%d].Date", i), "accepted on %s", x.Date)
		case x.Expires.After(x.Date.AddMonths(12)):
			c.warnf(path, "check whether it can expire sooner", "%s of %s lasts until %s, longer than 12 months", named("acceptance", x.ID), x.Date, x.Expires)
		}
	}
}

func (c *checker) acceptanceOrder() {
	for i, x := range c.a.RiskAcceptances {
		if !x.Date.IsZero() && !x.Expires.IsZero() && !x.Expires.After(x.Date) {
			c.errorf(fmt.Sprintf("RiskAcceptances[%d].Expires", i), "correct one of the dates", "%s expires on %s, not after it is accepted on %s", named("acceptance", x.ID), x.Expires, x.Date)
			c.note(fmt.Sprintf("RiskAcceptances[%d].Date", i), "accepted on %s", x.Date)
		}
		path := fmt.Sprintf("RiskAcceptances[%d].Review", i)
		switch {
		case x.Review.IsZero():
		case !x.Expires.IsZero() && x.Review.After(x.Expires):
			c.errorf(path, "look at it again while it lasts", "%s is looked at again on %s, after it expires on %s", named("acceptance", x.ID), x.Review, x.Expires)
			c.note(fmt.Sprintf("RiskAcceptances[%d].Expires", i), "expires on %s", x.Expires)
		case !x.Date.IsZero() && !x.Review.After(x.Date):
			c.errorf(path, "look at it again after some time", "%s is looked at again on %s, not after it is accepted on %s", named("acceptance", x.ID), x.Review, x.Date)
			c.note(fmt.Sprintf("RiskAcceptances[%d].Date", i), "accepted on %s", x.Date)
		}
	}
}

func (c *checker) graveRisk() {
	a := c.a
	executive := a.Parties.Customer.SecurityExecutive
	for i, x := range a.RiskAcceptances {
		if x.Rating() < grave || x.Likelihood > 5 || x.Impact > 5 {
			continue
		}
		if executive != "" && x.AcceptedBy != "" && x.AcceptedBy != executive {
			c.errorf(fmt.Sprintf("RiskAcceptances[%d].AcceptedBy", i), fmt.Sprintf("let %q accept it", executive),
				"%s is rated %d of 25; from %d on the security executive accepts it, not %q", named("risk", x.ID), x.Rating(), grave, x.AcceptedBy)
			c.note("Parties.Customer.SecurityExecutive", "the security executive is %q", executive)
		}
		if x.Compensating == "" {
			c.errorf(fmt.Sprintf("RiskAcceptances[%d]", i), `say in "compensating" what is done instead`, "%s is rated %d of 25 without a compensating measure", named("risk", x.ID), x.Rating())
		}
	}
}

func (c *checker) acceptanceCoversCommitment() {
	a := c.a
	for i, x := range a.RiskAcceptances {
		k, ok := a.CommitmentIndex(x.Commitment)
		if !ok || x.Expires.IsZero() || a.Commitments[k].Due.IsZero() {
			continue
		}
		due := a.Commitments[k].Due
		if a.Clauses.Strict() && due.After(x.longestStrict()) {
			continue // it ends earlier, and is signed again
		}
		if due.After(x.Expires) {
			c.errorf(fmt.Sprintf("RiskAcceptances[%d].Expires", i), "move one of the dates", "%s expires on %s, before commitment %q that ends the risk is due", named("acceptance", x.ID), x.Expires, x.Commitment)
			c.note(fmt.Sprintf("Commitments[%d].Due", k), "%q is due on %s", x.Commitment, due)
		}
	}
}

func (c *checker) renewedAcceptances() {
	a := c.a
	for i, x := range a.RiskAcceptances {
		j, ok := a.RiskAcceptanceIndex(x.Supersedes)
		if !ok || j == i || a.RiskAcceptances[j].Supersedes == "" {
			continue
		}
		c.warnf(fmt.Sprintf("RiskAcceptances[%d].Supersedes", i), `end the risk by a commitment, and name it in "commitment"`, "%s is accepted for the third time", named("risk", x.ID))
		c.note(fmt.Sprintf("RiskAcceptances[%d].Supersedes", j), "%q renews an acceptance as well", x.Supersedes)
	}
}

func (c *checker) declined() {
	for i, x := range c.a.DeclinedRecommendations {
		row := fmt.Sprintf("DeclinedRecommendations[%d]", i)
		what := named("recommendation", x.ID)
		if (x.Decision == "declined" || x.Decision == "no_answer") && x.RiskAcceptance == "" && x.Reason == "" {
			c.errorf(row+".Decision", `say why in "reason", or name in "risk_acceptance" who accepts the risk`, "%s was not taken (%q) without a reason or a risk acceptance", what, x.Decision)
		}
		if x.Decision == "declined" && (x.DecidedBy == "" || x.Date.IsZero()) {
			c.errorf(row+".Decision", `add "decided_by" and "date"`, "%s was declined, but not by whom or when", what)
		}
		c.unanswered(x, i)
		if x.Date.Before(x.Presented) && !x.Date.IsZero() {
			c.errorf(row+".Date", "correct one of the dates", "%s was decided on %s, before it was presented on %s", what, x.Date, x.Presented)
			c.note(row+".Presented", "presented on %s", x.Presented)
		}
		if x.Explained != nil && !*x.Explained {
			c.errorf(row+".Explained", "explain the consequence before the customer decides", "the consequence of %s was not explained", what)
		}
	}
}

// graceDays are the calendar days beyond the days for a decision after which
// advice without an answer counts as advice that was not taken.
const graceDays = 10

// unanswered warns of advice that waits for its answer longer than the parties
// agree, on the first day of the term.
func (c *checker) unanswered(x DeclinedRecommendation, i int) {
	effective := c.a.Term.Effective
	days := c.a.ChangeAuthorization.DecisionDays
	if x.Decision != "no_answer" || x.RiskAcceptance != "" || x.Presented.IsZero() || effective.IsZero() || days == 0 {
		return
	}
	if waited := x.Presented.DaysUntil(effective); waited > days+graceDays {
		c.warnf(fmt.Sprintf("DeclinedRecommendations[%d].Decision", i), `ask once more, or name in "risk_acceptance" who accepts the risk`,
			"%s has waited for an answer for %s when the agreement begins; the customer has %s to decide", named("recommendation", x.ID), count(waited, "day", "days"), count(days, "business day", "business days"))
		c.note("ChangeAuthorization.DecisionDays", "the days to decide")
		c.note(fmt.Sprintf("DeclinedRecommendations[%d].Presented", i), "presented on %s", x.Presented)
	}
}
