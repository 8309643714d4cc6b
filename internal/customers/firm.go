package customers

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"concordat/internal/calendar"
)

// firm is all that is decided about one customer. Its text is written from it
// without further choice.
type firm struct {
	index   int
	id      string
	trade   *trade
	place   *place
	foreign bool // its names have letters outside ASCII

	legalName, shortName, form string
	street, domain             string
	vendor, server, devices    string // names with a canary

	people    int
	computers int
	executive person
	deputy    person
	manager   person // who deals with the provider; in small firms the deputy

	assured  bool     // has the assured package beside the essential one
	security bool     // has the security package, which brings these two
	full     bool     // has the full form of the document
	without  []string // ids of clauses that the parties do without

	effective  calendar.Month
	end        calendar.Month
	msa        string
	decided    int // day of October 2026 on which the customer decided
	scores     [6]score
	lines      []line
	promises   []promise
	accepted   []acceptance
	smallSpend int // what the manager may approve, in dollars
	declines   bool
	writes     int // which of several ways of saying a thing it takes

	sent, signed bool
}

type person struct{ id, name, title, mail, phone string }

// score is where a function of CISA CPG 2.0 stands, in tenths, and its whole
// levels at the ends of the years of the term.
type score struct {
	current int
	targets []int
}

// newFirm decides about customer i.
func newFirm(seed uint64, i int) *firm {
	if i < 0 || i >= maxCustomers {
		panic(fmt.Sprintf("customer %d of %d", i, maxCustomers))
	}
	r := rand.New(rand.NewPCG(seed, uint64(i)))
	f := &firm{index: i, trade: &trades[r.IntN(len(trades))], place: &places[r.IntN(len(places))], foreign: r.IntN(8) == 0}
	f.people = 3 + r.IntN(8)
	if r.IntN(4) == 0 {
		f.people = 3 + r.IntN(38)
	}
	f.computers = f.people + r.IntN(3)
	f.security = f.people >= 12 && r.IntN(3) > 0
	f.assured = f.security || r.IntN(4) == 0
	f.full = f.people >= 25 && r.IntN(10) == 0
	f.writes = r.IntN(3)
	f.leaveOut(r)
	f.names(seed, r)
	f.dates(r)
	for k := range f.scores {
		f.scores[k] = f.newScore(r)
	}
	f.plan(r)
	f.accept(r)
	f.smallSpend = 250 + 50*r.IntN(6)
	f.declines = f.people >= 10 && r.IntN(2) == 0
	switch r.IntN(10) {
	case 0, 1:
		f.sent = true
	case 2, 3, 4:
		f.sent, f.signed = true, true
	}
	return f
}

// leaveOut decides which clauses the parties do without: the smallest firms want
// a short document, others mind one or two.
func (f *firm) leaveOut(r *rand.Rand) {
	settled := [...]string{"bud-02", "cnf-01", "mat-03", "not-01", "prv-03", "rol-02", "shr-01", "sub-01"}
	switch small := f.people <= 8 && !f.assured; {
	case f.full:
	case small:
		f.without = settled[:]
	case r.IntN(3) == 0:
		k := r.IntN(len(settled) - 1)
		f.without = settled[k : k+1+r.IntN(2)]
	}
}

func (f *firm) names(seed uint64, r *rand.Rand) {
	say := func(k kind) string { return name(word(seed, f.index, k), f.foreign) }
	plain := word(seed, f.index, firmWord)
	f.id = fmt.Sprintf("%s-%s-%d", plain, f.trade.key, f.index)
	form := f.trade.forms[r.IntN(len(f.trade.forms))]
	noun := f.trade.nouns[r.IntN(len(f.trade.nouns))]
	f.legalName = say(firmWord) + " " + noun + ", " + form.suffix
	f.shortName = say(firmWord)
	article := "a"
	if strings.ContainsRune("AEIO", rune(f.place.state[0])) {
		article = "an"
	}
	f.form = article + " " + f.place.state + " " + form.words
	f.street = fmt.Sprintf("%d %s %s", 1+r.IntN(980), say(streetWord), [...]string{"Street", "Avenue", "Road", "Lane"}[r.IntN(4)])
	f.domain = plain + domains[r.IntN(len(domains))]
	f.vendor = say(systemWord) + [...]string{" Software, Inc.", " Cloud, Inc.", " Systems, LLC"}[r.IntN(3)]
	f.server = say(serverWord)
	f.devices = say(deviceWord)

	given := r.Perm(len(firstNames))
	line := r.IntN(90)
	person := func(k int, surname kind, title string) person {
		first := firstNames[given[k]]
		return person{
			id: "P-" + strings.ToUpper(first), name: first + " " + say(surname), title: title,
			mail:  strings.ToLower(first) + "@" + f.domain,
			phone: fmt.Sprintf("+1 %d 555 01%02d", f.place.area, line+k),
		}
	}
	f.executive = person(0, executiveWord, f.trade.executive)
	f.deputy = person(1, deputyWord, f.trade.deputy)
	f.manager = f.deputy
	if f.people >= 10 {
		f.manager = person(2, managerWord, "Office Coordinator")
	}
}

// canaries are the words that no other customer's document has.
func (f *firm) canaries() []string {
	last := func(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }
	first := func(name string) string { return name[:strings.IndexByte(name, ' ')] }
	all := []string{f.shortName, last(f.executive.name), last(f.deputy.name)}
	if f.manager != f.deputy {
		all = append(all, last(f.manager.name))
	}
	return append(all, strings.Fields(f.street)[1], first(f.vendor), f.server, f.devices)
}

func (f *firm) dates(r *rand.Rand) {
	f.effective = calendar.NewMonth(2027, time.January)
	if f.trade.key != "accounting" { // its work begins before the tax season
		f.effective = f.effective.Add(r.IntN(3))
	}
	f.end = calendar.NewMonth(2028+r.IntN(2), time.December)
	f.msa = calendar.NewMonth(2023, time.January).Add(r.IntN(40)).First().AddDays(r.IntN(28)).String()
	f.decided = 5 + r.IntN(8)
}

func (f *firm) newScore(r *rand.Rand) score {
	s := score{current: 10 + r.IntN(13)}
	level := 2
	if s.current > 20 {
		level = 3
	}
	for range f.end.Year() - f.effective.Year() + 1 {
		s.targets = append(s.targets, level)
		if level < 3 && r.IntN(2) == 0 {
			level++
		}
	}
	return s
}

// months is the number of months of the term.
func (f *firm) months() int {
	return 12*(f.end.Year()-f.effective.Year()) + int(f.end.Month()) - int(f.effective.Month()) + 1
}

// folder is the folder of its files, with a slash at its end.
func (f *firm) folder() string { return "customers/" + strings.ToLower(f.place.code) + "/" }

// october is a day of October 2026, when the agreement was prepared.
func october(day int) string { return fmt.Sprintf("2026-10-%02d", day) }

// inWords is a number as it stands in a sentence.
func inWords(n int) string {
	if n < len(numbers) {
		return numbers[n]
	}
	return fmt.Sprint(n)
}

// beginning is text with a capital letter, where it begins a cell.
func beginning(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
