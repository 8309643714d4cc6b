package agreement

import (
	"fmt"
	"strings"

	"concordat/internal/calendar"
)

// maxDueInMonth is how many commitments may be due in one month, and
// maxHoursInMonth how many hours of one person commitments may take in it.
const (
	maxDueInMonth   = 5
	maxHoursInMonth = 8
)

func (c *checker) crowding() {
	c.crowdedMonths()
	c.busyPeople()
}

func (c *checker) crowdedMonths() {
	due, first := map[calendar.Month]int{}, map[calendar.Month]int{}
	for i, m := range c.a.Commitments {
		if m.Due.IsZero() {
			continue
		}
		month := m.Due.Month()
		if due[month]++; due[month] == 1 {
			first[month] = i
		}
		if due[month] == maxDueInMonth+1 {
			c.warnf(fmt.Sprintf("Commitments[%d].Due", i), "spread the dates", "more than %d commitments are due in %s", maxDueInMonth, month.Long())
			c.note(fmt.Sprintf("Commitments[%d].Due", first[month]), "the first of them")
		}
	}
}

// work is what one commitment takes of one person in one month.
type work struct {
	commitment int
	minutes    int
}

// busyPeople warns once for each person of the customer whose commitments take
// more hours in a month than a small firm can spare, in the heaviest month.
// The hours of a commitment are those of the person who brings it about,
// spread evenly over the days from its start, or the first day of the term,
// until it is due. Hours of training are those of everybody at work.
func (c *checker) busyPeople() {
	a := c.a
	months := make([]map[calendar.Month][]work, len(a.People))
	for i, m := range a.Commitments {
		k, ok := a.PersonIndex(m.Person)
		if !ok || a.People[k].Party != Customer || m.CustomerHours <= 0 || m.Due.IsZero() {
			continue
		}
		minutes := m.CustomerHours * 60
		if a.isTraining(m) && a.Parties.Customer.Employees > 0 {
			minutes /= a.Parties.Customer.Employees
		}
		if months[k] == nil {
			months[k] = map[calendar.Month][]work{}
		}
		for _, s := range spread(minutes, a.Begins(m), m.Due) {
			months[k][s.month] = append(months[k][s.month], work{i, s.minutes})
		}
	}
	for k := range months {
		c.busyPerson(k, months[k])
	}
}

func (c *checker) busyPerson(k int, months map[calendar.Month][]work) {
	a := c.a
	var heaviest calendar.Month
	most := maxHoursInMonth * 60
	for month, all := range months { // the heaviest, the earliest of them: no order matters
		sum := 0
		for _, w := range all {
			sum += w.minutes
		}
		if sum > most || sum == most && !heaviest.IsZero() && month.Compare(heaviest) < 0 {
			heaviest, most = month, sum
		}
	}
	if heaviest.IsZero() {
		return
	}
	all := months[heaviest]
	longest := 0
	for j := range all {
		if all[j].minutes > all[longest].minutes {
			longest = j
		}
	}
	c.warnf(fmt.Sprintf("Commitments[%d].CustomerHours", all[longest].commitment), "spread the dates, or let somebody else bring about part of it",
		"commitments take %s of %q in %s; expected at most %s of one person in a month", hours((most+59)/60), a.People[k].ID, heaviest.Long(), hours(maxHoursInMonth))
	for j, w := range all {
		if j != longest {
			c.note(fmt.Sprintf("Commitments[%d].CustomerHours", w.commitment), "and here %s", hours((w.minutes+59)/60))
		}
	}
}

// Begins is the day on which work on a commitment begins: its start, or the
// first day of the term where it states none.
func (a *Agreement) Begins(m Commitment) calendar.Date {
	if m.Start.IsZero() {
		return a.Term.Effective
	}
	return m.Start
}

// isTraining reports whether a commitment raises nothing but the training of
// people, which takes an hour here and there of everybody.
func (a *Agreement) isTraining(m Commitment) bool {
	if a.framework == nil || len(m.Controls) == 0 {
		return false
	}
	for _, id := range m.Controls {
		item, ok := a.framework.Item(id)
		if !ok || !strings.Contains(item.Title, "Training") && !strings.Contains(item.Title, "Awareness") {
			return false
		}
	}
	return true
}

type share struct {
	month   calendar.Month
	minutes int
}

// maxSpread is the number of days beyond which work is not looked at: no term
// is so long, and the date is reported by itself.
const maxSpread = 6000

// spread divides minutes among the months from the first day to the last, both
// included, by days and rounded down, so that a sum never comes out too high.
// Work whose first day is unknown or after the last is done in the last month.
func spread(minutes int, first, last calendar.Date) []share {
	if first.IsZero() || first.After(last) {
		return []share{{last.Month(), minutes}}
	}
	days := first.DaysUntil(last) + 1
	if days > maxSpread {
		return nil
	}
	var shares []share
	for month, part := range calendar.DaysByMonth(first, last) {
		shares = append(shares, share{month, minutes * part / days})
	}
	return shares
}
