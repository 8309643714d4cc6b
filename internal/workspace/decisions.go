package workspace

import (
	"concordat/internal/yamlsrc"
)

// decision is what only the customer's own file may hold.
type decision struct {
	path   string // of keys; lists add nothing
	value  string // the field is a decision only with this value; empty for any
	reason string
}

// decisions are what no shared file may hold, with why.
var decisions = []decision{
	{"agreement", "", "each agreement has an id, a version and hours of its own"},
	{"amendments", "", "an amendment is signed by the parties of one agreement"},
	{"term", "", "how long they are bound is agreed by the two parties"},
	{"msa", "", "an agreement stands beside one Master Service Agreement"},
	{"standalone", "", "that there is no Master Service Agreement is said by two parties"},
	{"parties.customer", "", "who the customer is, and who answers for its security, is said by the customer"},
	{"people.party", "customer", "who acts for the customer is its own choice"},
	{"notices.party", "customer", "where the customer gets its letters is its own choice"},
	{"signatories", "", "who signs is decided by each party for each agreement"},
	{"governance", "", "who decides for the customer is its own choice"},
	{"critical_assets", "", "what a business depends on only the business knows"},
	{"services.declined", "", "a recommendation is declined by one customer"},
	{"access.approved_by", "", "access is approved by one customer"},
	{"access.risk_acceptance", "", "a risk is accepted by one customer"},
	{"credentials.risk_acceptance", "", "a risk is accepted by one customer"},
	{"maintenance_windows.approved_by", "", "a window is approved by one customer"},
	{"incident.command.business_lead", "", "who decides for the customer in an incident is its own choice"},
	{"external_communications", "", "who speaks for the customer is its own choice"},
	{"baseline.exclude", "", "that a control does not apply is found at one customer"},
	{"responsibilities.owner", "unassigned", "a gap is accepted by one customer"},
	{"responsibilities.owner", "not_applicable", "that a control does not apply is found at one customer"},
	{"responsibilities.risk_acceptance", "", "a gap is accepted by one customer"},
	{"responsibilities.implementation", "", "whether a control is met is found at one customer"},
	{"maturity.assessment", "", "an assessment is of one customer"},
	{"maturity.scores", "", "a score is found at one customer, and its targets are promised by it"},
	{"commitments", "", "hours, money and dates are promised by one customer"},
	{"risk_acceptances", "", "a risk is accepted by one customer"},
	{"declined_recommendations", "", "a recommendation is declined by one customer"},
	{"options_presented", "", "options are presented to one customer, which chooses"},
	{"gaps", "", "a gap is found at one customer"},
	{"quantities", "", "how many there are is counted at one customer"},
	{"budget.approval_thresholds", "", "who approves spending is decided by one customer"},
	{"budget.rationale", "", "why money is spent is said by one customer"},
	{"budget.approved", "", "money is approved by one customer"},
	{"clauses.preset", "", "which form of the document is signed is chosen for one agreement"},
	{"clauses.exclude", "", "a clause is left out by the parties of one agreement"},
	{"clauses.library", "", "clauses of a customer's own are those of one agreement"},
	{"clauses.unapproved", "", "words that no lawyer has approved are accepted by those who sign one agreement"},
	{"suppressions", "", "that a warning needs no change is found at one customer"},
	{"regulatory", "", "which law applies is stated by one customer"},
}

// checkDecisions reports the decisions that a shared file holds.
func (p *part) checkDecisions() {
	p.checkDecision("", p.tree)
	for _, c := range p.changes {
		if c.set != nil {
			p.checkDecision(sectionPath(c.at), c.set)
		}
	}
}

func (p *part) checkDecision(path string, n *yamlsrc.Node) {
	for _, item := range n.Items {
		p.checkDecision(path, item)
	}
	for _, f := range n.Fields {
		path := join(path, f.Key.Value)
		found := false
		for _, d := range decisions {
			if d.path != path || d.value != "" && d.value != f.Value.Value {
				continue
			}
			found = true
			span, what := f.Key.Span, path
			if d.value != "" {
				span, what = f.Value.Span, path+": "+d.value
			}
			p.list.Errorf(codeDecision, span, "write it into the customer's file: "+d.reason, "a shared file cannot hold %q", what)
		}
		if !found {
			p.checkDecision(path, f.Value)
		}
	}
}
