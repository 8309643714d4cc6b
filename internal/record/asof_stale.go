package record

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
)

// staleMonths is how long a statement can be relied on.
const staleMonths = 12

// evidenceLapsed reports evidence, certificates and insurance after their last
// day. Each is renewed by notice: by a new date in the agreement.
func (x *examination) evidenceLapsed() {
	const renew = "ask for the current one, and write its last day here"
	p := x.a.Parties.Provider
	for i, y := range p.Assurance {
		if !y.Expires.IsZero() && x.past(y.Expires) {
			x.warn(codeLapsed, row("Parties.Provider.Assurance", i)+".Expires", renew, "assurance %q expired on %s, %s", y.ID, y.Expires, x.ago(y.Expires))
		}
	}
	for i, y := range p.Capability.Certifications {
		if !y.Expires.IsZero() && x.past(y.Expires) {
			x.warn(codeLapsed, row("Parties.Provider.Capability.Certifications", i)+".Expires", renew, "the certificate %q expired on %s, %s", y.Name, y.Expires, x.ago(y.Expires))
		}
	}
	for i, y := range x.a.Insurance {
		// No rule says that insurance had expired when the term began.
		if x.day.After(y.Expires) {
			x.warn(codeLapsed, row("Insurance", i)+".Expires", renew, "insurance %q of the %s expired on %s, %s", y.ID, y.Party, y.Expires, x.ago(y.Expires))
		}
	}
}

// quotes reports those that have expired before anything was charged.
func (x *examination) quotes() {
	if x.a.Budget == nil {
		return
	}
	for i, y := range x.a.Budget.Lines {
		if y.Quote == nil || !x.past(y.Quote.Expires) {
			continue
		}
		first := y.Charges[0].From
		for _, charge := range y.Charges {
			if charge.From.Compare(first) < 0 {
				first = charge.From
			}
		}
		if x.day.Before(first.First()) {
			path := row("Budget.Lines", i)
			x.warn(codeQuote, path+".Quote.Expires", "ask for a new quote", "budget line %q rests on quote %q, which expired on %s, %s; its charges begin in %s", y.ID, y.Quote.Number, y.Quote.Expires, x.ago(y.Quote.Expires), first)
		}
	}
}

// statements reports the provider's statement and the facts for laws when they
// have grown old.
func (x *examination) statements() {
	if d := x.a.Parties.Provider.Capability.Date; x.past(d.AddMonths(staleMonths)) {
		x.warn(codeStale, "Parties.Provider.Capability.Date", "ask the provider for a new statement, and let the customer verify it", "the capability statement of %s is older than %d months", d, staleMonths)
	}
	laws := reflect.ValueOf(x.a.Regulatory)
	for i := range laws.NumField() {
		if laws.Field(i).IsNil() {
			continue
		}
		field := laws.Type().Field(i)
		d := laws.Field(i).Elem().FieldByName("AsOf").Interface().(calendar.Date)
		if x.past(d.AddMonths(staleMonths)) {
			x.warn(codeStale, "Regulatory."+field.Name+".AsOf", "ask the customer again, and write the day of the answer", "the facts for %q are of %s, older than %d months", yamlKey(field), d, staleMonths)
		}
	}
}

// assessment reports scores that nobody has looked at for long. A review of the
// maturity looks at them; one that is overdue says it already.
func (x *examination) assessment() {
	if x.a.Maturity == nil {
		return
	}
	for _, y := range x.a.Reviews {
		if _, _, _, overdue := x.review(y); overdue && y.Kind == "maturity" {
			return
		}
	}
	date := x.a.Maturity.Assessment.Date
	if held, ok := x.lastOfKind("maturity"); ok && held.After(date) {
		date = held
	}
	if x.past(date.AddMonths(staleMonths)) {
		x.warn(codeStale, "Maturity.Assessment.Date", `assess again, and record it in `+x.in("reviews")+` as a review of the kind "maturity"`, "the maturity was last assessed on %s, more than %d months ago", date, staleMonths)
	}
}

// milestones reports scores that were to be reached by now, when the record does
// not show each requirement that they count with.
func (x *examination) milestones() {
	if x.a.Regulatory.CMMC == nil {
		return
	}
	for i, y := range x.a.Regulatory.CMMC.Milestones {
		if !x.day.After(y.By) || y.Score == nil {
			continue
		}
		var open []string
		for _, control := range y.Closes {
			if !x.shown(control) {
				open = append(open, control)
			}
		}
		if len(open) > 0 {
			x.warn(codeMilestone, row("Regulatory.CMMC.Milestones", i)+".By", "record the commitments that close them as done in "+x.in("commitments")+`, or evidence of each in "evidence"`,
				"the score of %d was to be reached by %s, %s, and the record shows %d of the %d requirements that it counts with; open: %s", *y.Score, y.By, x.ago(y.By), len(y.Closes)-len(open), len(y.Closes), some(open))
		}
	}
}

// planOfAction reports items that are not closed in time.
func (x *examination) planOfAction() {
	if x.a.Regulatory.CMMC == nil {
		return
	}
	for i, y := range x.a.Regulatory.CMMC.POAM {
		if !x.day.After(y.CloseBy) || x.shown(y.Control) || y.Commitment != "" && x.r.Status(y.Commitment) == Done {
			continue
		}
		x.warn(codePlan, row("Regulatory.CMMC.POAM", i)+".CloseBy", "close it, and record evidence in "+x.in("evidence"), "item %q of the plan of action was to be closed by %s, %s, and nothing recorded shows it", y.Control, y.CloseBy, x.ago(y.CloseBy))
	}
}

// shown reports whether the record shows that a control is met: by evidence, or
// because all commitments that raise it are done.
func (x *examination) shown(control string) bool {
	if slices.ContainsFunc(x.r.Evidence, func(e Proof) bool { return e.Control == control && x.happened(e.Date) }) {
		return true
	}
	raised := false
	for _, y := range x.a.Commitments {
		if slices.Contains(y.Controls, control) {
			if x.r.Status(y.ID) != Done {
				return false
			}
			raised = true
		}
	}
	return raised
}

// undecided reports recommendations on which the customer was to decide and has
// not: put off for longer than a risk can be accepted, or without an answer. The
// latest word on a recommendation is the one that counts, in the agreement or in
// the record; of two on one day it is the agreement's.
func (x *examination) undecided() {
	for i, y := range x.a.DeclinedRecommendations {
		since, path := lastWord(y.Presented, y.Date), row("DeclinedRecommendations", i)+".Decision"
		k := x.answer(y.Recommendation)
		if y.RiskAcceptance != "" || k >= 0 && x.r.Declined[k].lastWord().After(since) {
			continue
		}
		hint := "ask again, and record the answer in " + x.in("declined_recommendations")
		switch Answer(y.Decision) {
		case Deferred:
			if x.day.After(since.AddMonths(staleMonths)) {
				x.warn(codeUndecided, path, hint, "recommendation %q has been put off since %s, for more than %d months", y.ID, since, staleMonths)
			}
		case NoAnswer:
			// A rule says so when it waited too long before the term began.
			if x.past(x.answerBy(y.Presented)) {
				x.warn(codeUndecided, path, hint, "recommendation %q has had no answer for %s", y.ID, days(y.Presented.DaysUntil(x.day)))
				x.noteDecision()
			}
		case Refused:
		default:
			panic(fmt.Sprintf("record: unknown answer %q", y.Decision))
		}
	}
	for i, y := range x.r.Declined {
		if x.answer(y.Recommendation) != i || slices.ContainsFunc(x.a.DeclinedRecommendations, func(z agreement.DeclinedRecommendation) bool {
			return z.Recommendation == y.Recommendation && !lastWord(z.Presented, z.Date).Before(y.lastWord())
		}) {
			continue
		}
		path := row("Declined", i) + ".Decision"
		switch y.Decision {
		case Deferred:
			if x.day.After(y.Date.AddMonths(staleMonths)) {
				x.warnf(codeUndecided, path, "ask again, and record the answer in a new entry", "the recommendation of %s has been put off since %s, for more than %d months", y.Presented, y.Date, staleMonths)
			}
		case NoAnswer:
			if x.day.After(x.answerBy(y.Presented)) {
				x.warnf(codeUndecided, path, "ask again, and record the answer in a new entry", "the recommendation of %s has had no answer for %s", y.Presented, days(y.Presented.DaysUntil(x.day)))
				x.noteDecision()
			}
		case Refused:
		default:
			panic(fmt.Sprintf("record: unknown answer %q", string(y.Decision)))
		}
	}
}

// graceDays are the days beyond the days for a decision for which an answer may
// still come.
const graceDays = 10

// answerBy is the last day for an answer to a recommendation.
func (x *examination) answerBy(presented calendar.Date) calendar.Date {
	return presented.AddDays(x.a.ChangeAuthorization.DecisionDays + graceDays)
}

func (x *examination) noteDecision() {
	x.noteAgreement("ChangeAuthorization.DecisionDays", "the days to decide; %d more have passed", graceDays)
}

// answer is the row of the record with the latest word on a recommendation, or
// negative.
func (x *examination) answer(recommendation string) int {
	return latest(x.r.Declined, func(y Declined) (calendar.Date, bool) {
		return y.lastWord(), y.Recommendation == recommendation && x.happened(y.lastWord())
	})
}

func (x Declined) lastWord() calendar.Date { return lastWord(x.Presented, x.Date) }

// lastWord is when a recommendation was decided on or, without a decision, when
// it was presented.
func lastWord(presented, decided calendar.Date) calendar.Date {
	if decided.IsZero() {
		return presented
	}
	return decided
}

// some names the first few of a list.
func some(ids []string) string {
	const few = 3
	if len(ids) <= few {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(ids[:few], ", "), len(ids)-few)
}
