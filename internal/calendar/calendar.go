// Package calendar has dates and months without clock or time zone.
//
// A date in an agreement is a page of a calendar, not an instant: two readers
// in two time zones must see the same day.
package calendar

import (
	"cmp"
	"fmt"
	"iter"
	"time"
)

// Date is a day of the Gregorian calendar, years 1900 to 2199. The zero Date
// is no date.
type Date struct {
	year, month, day int
}

const (
	minYear = 1900
	maxYear = 2199
)

// NewDate makes a date of numbers as a person writes them, month and day from 1.
func NewDate(year int, month time.Month, day int) (Date, error) {
	d := Date{year, int(month), day}
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if y, m, dd := t.Date(); y != year || m != month || dd != day || year < minYear || year > maxYear {
		return Date{}, fmt.Errorf("%04d-%02d-%02d is not a day of the calendar", year, int(month), day)
	}
	return d, nil
}

// ParseDate reads a date in the form 2006-01-02 and no other.
func ParseDate(text string) (Date, error) {
	if !shaped(text, "dddd-dd-dd") {
		return Date{}, fmt.Errorf("expected a date such as 2027-03-31, found %q", text)
	}
	return NewDate(number(text[:4]), time.Month(number(text[5:7])), number(text[8:]))
}

// UnmarshalText reads the form of ParseDate.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Compare is negative when d is before e, positive when it is after.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.year, e.year), cmp.Compare(d.month, e.month), cmp.Compare(d.day, e.day))
}

// Before reports whether d is before e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is after e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Month is the month d lies in.
func (d Date) Month() Month { return Month{d.year, d.month} }

// Year is the year, such as 2027.
func (d Date) Year() int { return d.year }

// Day is the day of the month from 1.
func (d Date) Day() int { return d.day }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.time().Weekday() }

// AddDays is the date n days later.
func (d Date) AddDays(n int) Date { return fromTime(d.time().AddDate(0, 0, n)) }

// AddMonths is the same day n months later, or the last day of that month
// where it is shorter: one month after 31 January is 28 or 29 February.
func (d Date) AddMonths(n int) Date {
	m := d.Month().Add(n)
	return Date{m.year, m.month, min(d.day, m.Days())}
}

// DaysUntil is the number of days from d to e, negative when e is before d.
func (d Date) DaysUntil(e Date) int {
	// Not time.Time.Sub: a Duration ends at 292 years.
	const secondsOfDay = 24 * 60 * 60
	return int((e.time().Unix() - d.time().Unix()) / secondsOfDay)
}

// String is the form 2006-01-02; the zero Date is empty.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// Long has the month as a word, so that no reader takes it for another day:
// "March 31, 2027" in the language en-US, "31 March 2027" in all others.
func (d Date) Long(language string) string {
	switch {
	case d.IsZero():
		return ""
	case language == "en-US":
		return fmt.Sprintf("%s %d, %d", time.Month(d.month), d.day, d.year)
	default:
		return fmt.Sprintf("%d %s %d", d.day, time.Month(d.month), d.year)
	}
}

func (d Date) time() time.Time {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
}

func fromTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, int(m), d}
}

// Month is a month of a year. The zero Month is no month.
type Month struct {
	year, month int
}

// NewMonth makes a month; months past December run on into later years.
func NewMonth(year int, month time.Month) Month {
	return Month{year: year}.Add(int(month))
}

// ParseMonth reads a month in the form 2006-01 and no other.
func ParseMonth(text string) (Month, error) {
	if !shaped(text, "dddd-dd") {
		return Month{}, fmt.Errorf("expected a month such as 2027-03, found %q", text)
	}
	if _, err := NewDate(number(text[:4]), time.Month(number(text[5:])), 1); err != nil {
		return Month{}, fmt.Errorf("%s is not a month of the calendar", text)
	}
	return Month{number(text[:4]), number(text[5:])}, nil
}

// UnmarshalText reads the form of ParseMonth.
func (m *Month) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMonth(string(text))
	return err
}

// IsZero reports whether m is no month.
func (m Month) IsZero() bool { return m == Month{} }

// Add is the month n months later.
func (m Month) Add(n int) Month {
	months := m.year*12 + m.month - 1 + n
	return Month{months / 12, months%12 + 1}
}

// Compare is negative when m is before n, positive when it is after.
func (m Month) Compare(n Month) int {
	return cmp.Or(cmp.Compare(m.year, n.year), cmp.Compare(m.month, n.month))
}

// Year is the year, such as 2027.
func (m Month) Year() int { return m.year }

// Month is the month of the year.
func (m Month) Month() time.Month { return time.Month(m.month) }

// Days is the number of days of m.
func (m Month) Days() int {
	return time.Date(m.year, time.Month(m.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// First is the first day of m.
func (m Month) First() Date { return Date{m.year, m.month, 1} }

// Last is the last day of m.
func (m Month) Last() Date { return Date{m.year, m.month, m.Days()} }

// String is the form 2006-01; the zero Month is empty.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.year, m.month)
}

// Long is the form "March 2027".
func (m Month) Long() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s %d", time.Month(m.month), m.year)
}

// shaped reports whether text has the form: d is a digit, all else itself.
func shaped(text, form string) bool {
	if len(text) != len(form) {
		return false
	}
	for i := range len(form) {
		if form[i] == 'd' && (text[i] < '0' || text[i] > '9') || form[i] != 'd' && text[i] != form[i] {
			return false
		}
	}
	return true
}

func number(digits string) int {
	n := 0
	for _, c := range []byte(digits) {
		n = n*10 + int(c-'0')
	}
	return n
}

// DaysByMonth gives each month from the first day to the last, both included,
// in order, with the number of its days that lie between them. It gives nothing
// when first is after last.
func DaysByMonth(first, last Date) iter.Seq2[Month, int] {
	return func(yield func(Month, int) bool) {
		for month := first.Month(); month.Compare(last.Month()) <= 0; month = month.Add(1) {
			from, to := month.First(), month.Last()
			if from.Before(first) {
				from = first
			}
			if to.After(last) {
				to = last
			}
			if days := from.DaysUntil(to) + 1; days <= 0 || !yield(month, days) {
				return
			}
		}
	}
}
