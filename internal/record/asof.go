package record

import (
	"fmt"
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
)

// Due compares an agreement and its record with a day. It reports what of the
// agreement is late, overdue, expired or out of date on that day, and what is
// recorded for later days. All of it are warnings. r was loaded with a; it is
// nil when there is no record, which says the same as an empty one: nothing has
// happened yet.
//
// What is due on the day itself is not late. Before the first day of the term
// nothing is due; after its last day the end is all that is said. What was out
// of date already when the term began is said by the rules of package
// agreement, and not again here.
//
// A place is in the record where a row is about the thing, else in the
// agreement where it is promised. The list is in the order of files and places.
func Due(a *agreement.Agreement, r *Record, day calendar.Date) diag.List {
	if r == nil {
		r = &Record{}
	}
	x := &examination{checker: checker{r: r, a: a}, day: day}
	x.future()
	switch {
	case day.Before(a.Term.Effective):
	case day.After(a.Term.End):
		x.ended()
	default:
		x.unsigned()
		x.renewal()
		x.commitments()
		x.acceptances()
		x.reviews()
		x.restores()
		x.connections()
		x.evidenceLapsed()
		x.quotes()
		x.statements()
		x.assessment()
		x.milestones()
		x.planOfAction()
		x.undecided()
	}
	return x.list.Sorted()
}

// examination compares one agreement and its record with one day.
type examination struct {
	checker
	day calendar.Date
}

// warn reports what has no row in the record, at its place in the agreement.
func (x *examination) warn(code, path, hint, format string, args ...any) {
	x.list.Warnf(code, x.a.Span(path), hint, format, args...)
}

// in names a list of the record to somebody who reads the agreement.
func (x *examination) in(list string) string {
	return fmt.Sprintf("%q of %s", list, FileName(x.a.Info.ID))
}

// past reports whether the day is after the last day of something. What was
// past when the term began is the matter of the agreement's rules.
func (x *examination) past(last calendar.Date) bool {
	return x.day.After(last) && !last.Before(x.a.Term.Effective)
}

// ago is how long before the day something was, such as "12 days ago".
func (x *examination) ago(d calendar.Date) string { return days(d.DaysUntil(x.day)) + " ago" }

// ahead is how long after the day something is, such as "in 12 days".
func (x *examination) ahead(d calendar.Date) string {
	if d == x.day {
		return "today"
	}
	return "in " + days(x.day.DaysUntil(d))
}

// happened reports whether a row is of the day or earlier. What is recorded for
// a later day has not happened yet.
func (x *examination) happened(d calendar.Date) bool { return !d.After(x.day) }

func (x *examination) future() {
	x.r.dates(func(path string, d calendar.Date) {
		if !x.happened(d) {
			x.warnf(codeFuture, path, "record it when it has happened, or correct the date", "%s is after %s, the day of this check", d, x.day)
		}
	})
}

func (x *examination) unsigned() {
	for k, s := range x.a.Signatories {
		if _, signed := x.r.SignedBy(s.Person, x.present()); !signed {
			x.warn(codeUnsigned, row("Signatories", k)+".Person", "add the signature to "+x.in("signed"), "the term has begun on %s, and no signature of %q under version %s is recorded", x.a.Term.Effective, s.Person, x.present())
		}
	}
}

// commitments reports what is late without a delay that lasts on the day, and
// else the end of the measure that stands in for it.
func (x *examination) commitments() {
	for k, promise := range x.a.Commitments {
		status := x.r.Status(promise.ID)
		if !status.Open() {
			continue
		}
		path := row("Commitments", k)
		progress, recorded := x.r.Commitment(promise.ID)
		interim := promise.InterimControl
		over := interim != nil && x.day.After(interim.Until)
		const format = "commitment %q is %s, %s after it was due, without a delay that lasts"
		switch late := days(promise.Due.DaysUntil(x.day)); {
		case x.day.After(promise.Due) && !recorded:
			x.warn(codeLate, path+".Due", "record it in "+x.in("commitments")+` as done with its evidence, or with "delays" that say why`, format, promise.ID, status, late)
		case x.day.After(promise.Due) && !progress.delayed(x.day):
			i := slices.IndexFunc(x.r.Commitments, func(p Progress) bool { return p.Commitment == promise.ID })
			x.warnf(codeLate, row("Commitments", i)+".Status", `record it as done with its evidence, or add to its "delays" why`, format, promise.ID, status, late)
			x.noteAgreement(path+".Due", "due on %s", promise.Due)
		case over:
			x.warn(codeInterim, path+".InterimControl.Until", "agree to keep it up until the commitment is done, and write until when", "the interim control of commitment %q ended on %s, %s, and the commitment is %s", promise.ID, interim.Until, x.ago(interim.Until), status)
			continue
		default:
			continue
		}
		if over {
			x.noteAgreement(path+".InterimControl.Until", "its interim control ended on %s", interim.Until)
		}
	}
}

// delayed reports whether a delay of p lasts on a day.
func (p *Progress) delayed(day calendar.Date) bool {
	return slices.ContainsFunc(p.Delays, func(d Delay) bool {
		return !d.Since.After(day) && (d.Open() || !d.Until.Before(day))
	})
}

// acceptances reports those that have expired, and those that were to be looked
// at before. Of one that another acceptance renews, or whose end is recorded,
// there is nothing left to say.
func (x *examination) acceptances() {
	for k, y := range x.a.RiskAcceptances {
		_, ended := x.r.Acceptance(y.ID)
		if ended || slices.ContainsFunc(x.a.RiskAcceptances, func(z agreement.RiskAcceptance) bool { return z.Supersedes == y.ID }) {
			continue
		}
		path := row("RiskAcceptances", k)
		switch {
		case x.day.After(y.Expires):
			x.warn(codeUnended, path+".Expires", "say in "+x.in("acceptances")+" what became of it", "acceptance %q expired on %s, %s, and nobody says what became of it", y.ID, y.Expires, x.ago(y.Expires))
		case !y.Review.IsZero() && x.day.After(y.Review) && !x.looked(y.Review):
			x.warn(codeRiskReview, path+".Review", `hold a review of the kind "risk_register" and record it in `+x.in("reviews"), "acceptance %q was to be looked at again on %s, %s, and no review of the risks since then is recorded", y.ID, y.Review, x.ago(y.Review))
		}
	}
}

// looked reports whether a review of the risks was held for a date.
func (x *examination) looked(due calendar.Date) bool {
	last, ok := x.lastOfKind("risk_register")
	return ok && !last.AddDays(earlyDays).Before(due)
}

// ended says that the term is over, and what follows from it.
func (x *examination) ended() {
	end := x.a.Term.End
	x.warn(codeEnded, "Term.End", "write the new last day if the parties have renewed it by an amendment; else carry out what it says about its end", "the term ended on %s, %s", end, x.ago(end))
	if t := x.a.Transition; t != nil && t.Out != nil {
		x.noteAgreement("Transition.Out", "what the provider does at the end")
	}
}

// nearDays is how many days before the notice date of a term the end comes into
// view.
const nearDays = 30

// renewal reports that the end of the term is near.
func (x *examination) renewal() {
	t := x.a.Term
	notice := t.End.AddDays(-t.Renewal.NoticeDays)
	if x.day.Before(notice.AddDays(-nearDays)) {
		return
	}
	switch {
	case t.Renewal.Kind == "none":
		x.warn(codeRenewal, "Term.End", "prepare what the agreement says about its end", "the term ends on %s, %s, and is not renewed", t.End, x.ahead(t.End))
		return
	case x.day.After(notice):
		x.warn(codeRenewal, "Term.Renewal", "hold the renewal review now, and renew the agreement by an amendment or let it end", "the renewal review was to begin by %s, %s; the term ends on %s", notice, x.ago(notice), t.End)
	default:
		x.warn(codeRenewal, "Term.Renewal", "agree on a day for the renewal review", "the renewal review begins by %s, %s; the term ends on %s", notice, x.ahead(notice), t.End)
	}
	x.noteAgreement("Term.End", "ends on %s", t.End)
}
