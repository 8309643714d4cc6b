package record

import (
	"fmt"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
)

// earlyDays is how many days before its date a review may be held to count for
// that date.
const earlyDays = 14

// reviews reports each review of which a date has passed. The dates are the
// first one and every so many months after it, from the beginning of the term; a
// review that was held counts for all dates up to then.
func (x *examination) reviews() {
	for i, y := range x.a.Reviews {
		due, dates, k, overdue := x.review(y)
		if !overdue {
			continue
		}
		passed := ""
		if dates > 1 {
			passed = fmt.Sprintf("; %d dates have passed", dates)
		}
		const format = "review %q has been due since %s (%s), and %s%s"
		path := row("Reviews", i)
		if k < 0 {
			x.warn(codeReview, path+".First", "hold it and record it in "+x.in("reviews"), format, y.ID, due, days(due.DaysUntil(x.day)), "none is recorded", passed)
			continue
		}
		x.warnf(codeReview, row("Reviews", k)+".Date", "hold it and record it here", format, y.ID, due, days(due.DaysUntil(x.day)), "the last one recorded was held on "+x.r.Reviews[k].Date.String(), passed)
		x.noteAgreement(path+".EveryMonths", "first on %s, then %s", y.First, every(y.EveryMonths))
	}
}

// review is the first date of a review that has passed without one, and how
// many dates have passed since. last is the row in which it was held last, or
// negative.
func (x *examination) review(y agreement.Review) (due calendar.Date, dates, last int, overdue bool) {
	last = latest(x.r.Reviews, func(held ReviewHeld) (calendar.Date, bool) {
		return held.Date, held.Review == y.ID && x.happened(held.Date)
	})
	// Each date is counted from the first, so that the 31st is not lost in a
	// shorter month.
	date := func(k int) calendar.Date { return y.First.AddMonths(k * y.EveryMonths) }
	k := 0
	for date(k).Before(x.a.Term.Effective) {
		k++
	}
	if last >= 0 {
		for reach := x.r.Reviews[last].Date.AddDays(earlyDays); !date(k).After(reach); {
			k++
		}
	}
	due = date(k)
	for date(k + dates).Before(x.day) {
		dates++
	}
	return due, dates, last, dates > 0
}

// lastOfKind is the latest day on which a review of a kind was held.
func (x *examination) lastOfKind(kind string) (calendar.Date, bool) {
	k := latest(x.r.Reviews, func(held ReviewHeld) (calendar.Date, bool) {
		i, ok := x.a.ReviewIndex(held.Review)
		return held.Date, ok && x.a.Reviews[i].Kind == kind && x.happened(held.Date)
	})
	if k < 0 {
		return calendar.Date{}, false
	}
	return x.r.Reviews[k].Date, true
}

// restores reports backups of which no restore test has passed for longer than
// agreed. The first test is due that long after the term begins.
func (x *examination) restores() {
	for i, y := range x.a.Backups {
		date := func(passed bool) func(RestoreTest) (calendar.Date, bool) {
			return func(t RestoreTest) (calendar.Date, bool) {
				return t.Date, t.Backup == y.ID && x.happened(t.Date) && (!passed || t.Result == Passed)
			}
		}
		last, since := latest(x.r.Restores, date(true)), x.a.Term.Effective
		if last >= 0 {
			since = x.r.Restores[last].Date
		}
		due := since.AddMonths(y.RestoreTestMonths)
		if !x.day.After(due) {
			continue
		}
		const format = "a restore test of backup %q has been due since %s (%s), and %s"
		path := row("Backups", i) + ".RestoreTestMonths"
		switch tried := latest(x.r.Restores, date(false)); {
		case tried < 0:
			x.warn(codeRestore, path, "test that it can be restored, and record it in "+x.in("restore_tests"), format, y.ID, due, days(due.DaysUntil(x.day)), "none is recorded")
			continue
		case last < 0:
			x.warnf(codeRestore, row("Restores", tried)+".Result", "test again, and record it here", format, y.ID, due, days(due.DaysUntil(x.day)), "none that passed is recorded")
		default:
			x.warnf(codeRestore, row("Restores", last)+".Date", "test again, and record it here", format, y.ID, due, days(due.DaysUntil(x.day)), "the last one that passed was made on "+since.String())
			if tried != last {
				x.note(row("Restores", tried)+".Result", "tried again on %s", x.r.Restores[tried].Date)
			}
		}
		x.noteAgreement(path, "tested %s", every(y.RestoreTestMonths))
	}
}

// connections reports those that nobody has checked for longer than agreed. A
// check is stated in the agreement itself, by notice.
func (x *examination) connections() {
	for i, y := range x.a.Connections {
		since, path := y.LastVerified, row("Connections", i)
		if since.IsZero() {
			since = x.a.Term.Effective
		} else {
			path += ".LastVerified"
		}
		if due := since.AddMonths(y.VerifyMonths); x.past(due) {
			x.warn(codeConnection, path, `check that it is needed and limited, and write the day as "last_verified"`, "a check of connection %q has been due since %s (%s)", y.ID, due, days(due.DaysUntil(x.day)))
			x.noteAgreement(row("Connections", i)+".VerifyMonths", "checked %s", every(y.VerifyMonths))
		}
	}
}

// latest is the index of the row with the latest date of those that are wanted,
// of two on one day the one written last; negative when there is none.
func latest[T any](rows []T, wanted func(T) (calendar.Date, bool)) int {
	found, date := -1, calendar.Date{}
	for i, y := range rows {
		if d, ok := wanted(y); ok && !d.Before(date) {
			found, date = i, d
		}
	}
	return found
}

// every is how often something is done.
func every(months int) string {
	if months == 1 {
		return "every month"
	}
	return fmt.Sprintf("every %d months", months)
}
