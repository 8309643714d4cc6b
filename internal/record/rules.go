package record

import (
	"fmt"
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
)

// checkSigning reports signatures before the version they stand under was sent.
func (c *checker) checkSigning() {
	for i, x := range c.r.Signed {
		first := -1
		for k, s := range c.r.Sent {
			if s.Version == x.Version && !s.Date.IsZero() && (first < 0 || s.Date.Before(c.r.Sent[first].Date)) {
				first = k
			}
		}
		if first >= 0 && !x.Date.IsZero() && x.Date.Before(c.r.Sent[first].Date) {
			c.errorf(codeDate, row("Signed", i)+".Date", "correct one of the dates", "signed on %s, before version %s was sent on %s", x.Date, x.Version, c.r.Sent[first].Date)
			c.note(row("Sent", first)+".Date", "first sent here")
		}
	}
}

// checkCommitments checks the rows of commitments against their promises.
func (c *checker) checkCommitments() {
	for i, x := range c.r.Commitments {
		path := row("Commitments", i)
		k, promised := c.a.CommitmentIndex(x.Commitment)
		past := c.isPast(x.Version)
		floor, floorPath := c.a.Term.Effective, "Term.Effective"
		if promised {
			if start := c.a.Commitments[k].Start; !start.IsZero() && start.Before(floor) {
				floor, floorPath = start, row("Commitments", k)+".Start"
			}
		}
		begun := func(d calendar.Date, at, what string) {
			if !past {
				c.notBefore(d, at, floor, floorPath, what)
			}
		}
		// A planned row states that nothing has begun, which is true at any time.
		if x.Status != Planned {
			begun(x.Since, path+".Since", "the status began on")
		}
		for j, e := range x.Evidence {
			begun(e.Date, row(path+".Evidence", j)+".Date", "the evidence is of")
		}
		for j, d := range x.Delays {
			at := row(path+".Delays", j)
			begun(d.Since, at+".Since", "the delay began on")
			if !d.Until.IsZero() && !d.Since.IsZero() && d.Until.Before(d.Since) {
				c.errorf(codeDate, at+".Until", "correct one of the dates", "the delay ends on %s, before it begins on %s", d.Until, d.Since)
			}
			if promised && !past && !d.ProposedDue.IsZero() && !d.ProposedDue.After(c.a.Commitments[k].Due) {
				c.errorf(codeDate, at+".ProposedDue", "propose a later date, or leave it out", "a delay of commitment %q proposes %s, not after it is due", x.Commitment, d.ProposedDue)
				c.noteAgreement(row("Commitments", k)+".Due", "due on %s", c.a.Commitments[k].Due)
			}
			if d.Cause == Other && d.Note == "" {
				c.errorf(codeMissing, at+".Note", `say in "note" what the cause is`, "a delay of commitment %q has the cause %q without a note", x.Commitment, string(Other))
			}
		}
		if x.Confirmed != nil {
			c.confirmation(x.Confirmed, path+".Confirmed", x.Since)
			if x.Status != Done && x.Status != "" {
				c.errorf(codeConfirmed, path+".Confirmed", `confirm it once the status is "done"`, "commitment %q is confirmed, but is %s", x.Commitment, x.Status)
			}
			if promised && !past {
				c.otherSide(x.Confirmed.By, path+".Confirmed.By", c.a.Commitments[k].Owner, row("Commitments", k)+".Owner", "the owner")
			}
		}
		switch x.Status {
		case Blocked:
			if !slices.ContainsFunc(x.Delays, Delay.Open) {
				c.errorf(codeBlocked, path+".Status", `add to "delays" an entry with its cause and since when, without "until"`, "commitment %q is blocked without a delay that lasts", x.Commitment)
			}
		case Done:
			if len(x.Evidence) == 0 {
				c.errorf(codeEvidence, path+".Status", `add to "evidence" where it is kept, its date and who gave it`, "commitment %q is done without evidence", x.Commitment)
			}
			if promised && !past {
				c.doneLate(&x, path, k)
			}
		case Cancelled:
			if promised {
				c.errorf(codePromised, path+".Status", "amend the agreement first: a record never changes a promise", "commitment %q is cancelled, but the agreement promises it", x.Commitment)
				c.noteAgreement(row("Commitments", k)+".ID", "promised here")
			}
		case Planned, InProgress, "": // "" is reported as missing
		default:
			panic(fmt.Sprintf("record: unknown status %q", string(x.Status)))
		}
	}
}

// doneLate warns of a commitment that was done after its due date, which no
// delay explains.
func (c *checker) doneLate(x *Progress, path string, k int) {
	due := c.a.Commitments[k].Due
	if !x.Since.After(due) || x.explains(due) {
		return
	}
	c.warnf(codeDoneLate, path+".Since", `add to "delays" why`, "commitment %q was done on %s, %s after it was due, without a delay", x.Commitment, x.Since, days(due.DaysUntil(x.Since)))
	c.noteAgreement(row("Commitments", k)+".Due", "due on %s", due)
}

// explains reports whether a delay of x reaches past a due date.
func (x *Progress) explains(due calendar.Date) bool {
	return slices.ContainsFunc(x.Delays, func(d Delay) bool { return d.Open() || !d.Until.Before(due) })
}

// checkDeeds reports tests, reviews and evidence from before the agreement's
// first day, and reviews without a result.
func (c *checker) checkDeeds() {
	effective := c.a.Term.Effective
	for i, x := range c.r.Restores {
		if !c.isPast(x.Version) {
			c.notBefore(x.Date, row("Restores", i)+".Date", effective, "Term.Effective", "the restore test was made on")
		}
		if x.Confirmed != nil {
			at := row("Restores", i) + ".Confirmed"
			c.confirmation(x.Confirmed, at, x.Date)
			if k, ok := c.a.PersonIndex(x.By); ok {
				c.otherSide(x.Confirmed.By, at+".By", c.a.People[k].Party, row("People", k)+".Party", "who made the test")
			}
		}
	}
	for i, x := range c.r.Reviews {
		if !c.isPast(x.Version) {
			c.notBefore(x.Date, row("Reviews", i)+".Date", effective, "Term.Effective", "the review was held on")
		}
		if x.Summary == "" && x.Minutes == "" {
			c.errorf(codeMissing, row("Reviews", i), `say in "summary" what was found, or in "minutes" where the minutes are kept`, "review %s has neither summary nor minutes", quoted(x.Review))
		}
	}
	for i, x := range c.r.Evidence {
		if !c.isPast(x.Version) {
			c.notBefore(x.Date, row("Evidence", i)+".Date", effective, "Term.Effective", "the evidence is of")
		}
	}
}

// checkAcceptances checks how acceptances ended against what they say.
func (c *checker) checkAcceptances() {
	for i, x := range c.r.Acceptances {
		k, ok := c.a.RiskAcceptanceIndex(x.Acceptance)
		if !ok || x.Date.IsZero() || c.isPast(x.Version) {
			continue
		}
		accepted, at, from := c.a.RiskAcceptances[k], row("Acceptances", i)+".Date", row("RiskAcceptances", k)
		switch x.Ended {
		case Closed:
			c.notBefore(x.Date, at, accepted.Date, from+".Date", "the acceptance was closed on")
			if x.Date.After(accepted.Expires) {
				c.errorf(codeDate, at, `write "ended: expired", or correct the date`, "acceptance %q was closed on %s, after it had expired", x.Acceptance, x.Date)
				c.noteAgreement(from+".Expires", "expires on %s", accepted.Expires)
			}
		case Expired:
			if x.Date.Before(accepted.Expires) {
				c.errorf(codeDate, at, `write "ended: closed" if the risk is gone, or correct the date`, "acceptance %q expired on %s, before its last day", x.Acceptance, x.Date)
				c.noteAgreement(from+".Expires", "expires on %s", accepted.Expires)
			}
		case "": // reported as missing
		default:
			panic(fmt.Sprintf("record: unknown ending %q", string(x.Ended)))
		}
	}
}

// checkDeclined checks who answered recommendations, and when.
func (c *checker) checkDeclined() {
	for i, x := range c.r.Declined {
		path := row("Declined", i)
		if !c.isPast(x.Version) {
			c.notBefore(x.Presented, path+".Presented", c.a.Term.Effective, "Term.Effective", "the recommendation was presented on")
		}
		if !x.Date.IsZero() && x.Date.Before(x.Presented) {
			c.errorf(codeDate, path+".Date", "correct one of the dates", "decided on %s, before it was presented on %s", x.Date, x.Presented)
		}
		switch x.Decision {
		case Refused, Deferred:
			if x.DecidedBy == "" || x.Date.IsZero() {
				c.errorf(codeMissing, path, `say in "decided_by" and "date" who decided and when, or write "decision: no_answer"`, "a recommendation is %s by nobody, or on no day", x.Decision)
			}
		case NoAnswer:
			if x.DecidedBy != "" || !x.Date.IsZero() {
				c.errorf(codeUnanswered, path+".Decision", `delete "decided_by" and "date", or write "declined" or "deferred"`, "a recommendation without an answer has somebody who decided, or a day of the decision")
			}
		case "": // reported as missing
		default:
			panic(fmt.Sprintf("record: unknown answer %q", string(x.Decision)))
		}
		if k, ok := c.a.PersonIndex(x.DecidedBy); ok && c.a.People[k].Party != agreement.Customer {
			c.errorf(codeSides, path+".DecidedBy", "name who of the customer decided", "%q belongs to the provider and cannot decide for the customer", x.DecidedBy)
			c.noteAgreement(row("People", k)+".Party", "of the provider")
		}
	}
}

// checkIncidents checks how fast the parties told each other about incidents.
func (c *checker) checkIncidents() {
	for i, x := range c.r.Incidents {
		path := row("Incidents", i)
		if !c.isPast(x.Version) {
			c.notBefore(x.Aware, path+".Aware", c.a.Term.Effective, "Term.Effective", "the party was aware of the incident on")
		}
		if !x.Aware.IsZero() && !x.Notified.IsZero() && x.Hours != nil {
			c.checkHours(x, path)
		}
		from, ok := c.a.Person(x.AwareBy)
		to, known := c.a.Person(x.Told)
		if !ok || !known {
			continue
		}
		if from.Party == to.Party {
			c.errorf(codeSides, path+".Told", "name who of the other party was told", "%q and %q are both people of the %s", x.AwareBy, x.Told, from.Party)
			continue
		}
		agreed, at := c.a.Notification.Provider.Hours, "Notification.Provider.Hours"
		if from.Party == agreement.Customer {
			agreed, at = c.a.Notification.Customer.Hours, "Notification.Customer.Hours"
		}
		if x.Hours != nil && *x.Hours > agreed && !c.isPast(x.Version) {
			c.warnf(codeLateNotice, path+".Hours", "say in the minutes of the next review why", "the %s was told of incident %q after %d hours; %d are agreed", to.Party, x.Incident, *x.Hours, agreed)
			c.noteAgreement(at, "agreed here")
		}
	}
}

// checkHours reports hours that cannot lie between two days. A day may have 25
// hours.
func (c *checker) checkHours(x Incident, path string) {
	between := x.Aware.DaysUntil(x.Notified)
	switch least, most := max((between-1)*24, 0), (between+1)*25; {
	case between < 0:
		c.errorf(codeDate, path+".Notified", "correct one of the dates", "notified on %s, before the party was aware on %s", x.Notified, x.Aware)
	case *x.Hours < least || *x.Hours > most:
		c.errorf(codeDate, path+".Hours", "correct the hours or one of the dates", "%d hours do not lie between %s and %s", *x.Hours, x.Aware, x.Notified)
	}
}

// confirmation reports a confirmation from before what it confirms.
func (c *checker) confirmation(x *Confirmation, path string, done calendar.Date) {
	if !x.Date.IsZero() && x.Date.Before(done) {
		c.errorf(codeDate, path+".Date", "correct one of the dates", "confirmed on %s, before it was done on %s", x.Date, done)
	}
}

// otherSide reports a person who confirms what the person's own party has
// done. Of what the parties share each may confirm.
func (c *checker) otherSide(person, path string, doer agreement.Party, doerPath, who string) {
	x, ok := c.a.Person(person)
	if !ok || x.Party != doer {
		return
	}
	c.errorf(codeSides, path, "name who of the other party has confirmed it", "%q confirms what the %s itself has done", person, doer)
	c.noteAgreement(doerPath, "%s", who)
}

// notBefore reports a date before a date of the agreement.
func (c *checker) notBefore(d calendar.Date, path string, first calendar.Date, firstPath, what string) {
	if d.IsZero() || !d.Before(first) {
		return
	}
	c.errorf(codeDate, path, "correct the date", "%s %s, before %s", what, d, first)
	c.noteAgreement(firstPath, "not before %s", first)
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}
