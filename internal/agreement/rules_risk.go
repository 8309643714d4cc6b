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
		case x.Expires.After(x.Date.AddMonths(12)) && x.LongReason == "":
			c.errorf(path, `let it expire sooner, or say in "long_reason" why it must last longer`, "%s of %s lasts until %s, longer than 12 months, without a reason", named("acceptance", x.ID), x.Date, x.Expires)
		case x.Expires.After(x.Date.AddMonths(12)):
			c.warnf(path, "check whether it can expire sooner", "%s of %s lasts until %s, longer than 12 months", named("acceptance", x.ID), x.Date, x.Expires)
		}
	}
}

func (c *checker) acceptanceOrder() {
	for i, x := range c.a.RiskAcceptances {
		if !x.Date.IsZero() && !x.Expires.IsZero() && !x.Expires.After(x.Date) {
			c.errorf(fmt.Sprintf("RiskAcceptances[%d].Expires", i), "correct one of the dates", "%s expires on %s, not after it is accepted on %s", named("acceptance", x.ID), x.Expires, x.Date)
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
		if due := a.Commitments[k].Due; due.After(x.Expires) {
			c.errorf(fmt.Sprintf("RiskAcceptances[%d].Expires", i), "move one of the dates", "%s expires on %s, before commitment %q that ends the risk is due", named("acceptance", x.ID), x.Expires, x.Commitment)
			c.note(fmt.Sprintf("Commitments[%d].Due", k), "%q is due on %s", x.Commitment, due)
		}
	}
}

// exempt is the number of consumers from which no exemption is possible.
const exempt = 5000

func (c *checker) exemption() {
	glba := c.a.Regulatory.GLBA
	if glba != nil && glba.Exempt != nil && *glba.Exempt && glba.Consumers >= exempt {
		c.errorf("Regulatory.GLBA.Exempt", `set "exempt: false", or correct the number`, "the exemption is claimed with information of %d consumers; expected fewer than %d", glba.Consumers, exempt)
		c.note("Regulatory.GLBA.Consumers", "the number of consumers")
	}
}
