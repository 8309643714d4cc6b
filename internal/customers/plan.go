package customers

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"concordat/internal/calendar"
)

// line is a line of the customer's budget, with what it comes to in the term.
type line struct {
	id, name, category, basis string
	charges                   []string // as YAML
	sum                       int      // in dollars
}

// promise is a commitment.
type promise struct {
	id, title, owner, person string
	controls                 []string
	start, due               calendar.Date
	priority, hours          int
	lines                    []string // ids of budget lines
	cost                     int      // what they come to
	criteria                 []string
	interim                  string
}

// acceptance is a risk that the customer takes because nobody does a control.
type acceptance struct {
	id, title, risk, control     string
	likelihood, impact           int
	reason, instead, task, since string
}

// spend adds a line, and gives its id alone in a list, and its sum.
func (f *firm) spend(x line) ([]string, int) {
	f.lines = append(f.lines, x)
	return []string{x.id}, x.sum
}

// once is a charge of one month, as YAML.
func once(amount int, month calendar.Month) string {
	return fmt.Sprintf("{amount: %d, every: once, from: %s}", amount, month)
}

// early is when the first commitments are due: before the tax season of a firm
// that has one, and otherwise after two months.
func (f *firm) early() calendar.Date {
	if f.trade.key == "accounting" {
		return f.effective.Last()
	}
	return f.effective.Add(1).Last()
}

// plan decides about commitments, and about the budget lines that pay for them.
func (f *firm) plan(r *rand.Rand) {
	year, first, last := f.effective.Year(), f.effective.First(), f.end.Year()
	day := func(year int, monthDay string) calendar.Date { return mustDate(fmt.Sprintf("%d-%s", year, monthDay)) }
	mid, later := day(year, f.trade.early), day(year, f.trade.later)
	add := func(p promise) { f.promises = append(f.promises, p) }

	project := 600 + 100*r.IntN(10)
	lines, sum := f.spend(line{id: "B-HARD", name: "Sign-in protection and hardening project", category: "project", basis: "quoted",
		charges: []string{once(project, f.effective)}, sum: project})
	add(promise{id: "C-MFA", title: "Second sign-in step for mail, files and remote access", owner: "provider", person: "P-SAM", controls: []string{"3.F", "3.G"},
		start: first, due: f.early(), priority: 1, hours: 2 + r.IntN(3), lines: append([]string{"BL-MFA"}, lines...), cost: sum + 10*f.people*f.months(),
		criteria: []string{fmt.Sprintf("A report shows that all %s people need a second step to sign in.", inWords(f.people)), "A report shows that no daily account has administrator rights."}})

	add(promise{id: "C-MDR", title: "Managed detection and response on all computers", owner: "provider", person: "P-LEE", controls: []string{"4.A", "4.B"},
		start: first, due: f.early(), priority: 1, hours: 1, lines: []string{"BL-MDR"}, cost: f.detection() * f.computers * f.months(),
		criteria: []string{fmt.Sprintf("All %s computers report to the monitoring service.", inWords(f.computers))}})

	setup := 200 + 50*r.IntN(8)
	lines, sum = f.spend(line{id: "B-BACKUP", name: "Backup, with set-up", category: "service", basis: "quoted",
		charges: []string{fmt.Sprintf("{price: PR-BACKUP, quantity_of: PEOPLE, every: month, from: %s, to: %s}", f.effective, f.end), once(setup, f.effective)},
		sum:     6*f.people*f.months() + setup})
	add(promise{id: "C-BACKUP", title: "Backup, with a first restore test", owner: "shared", person: "P-SAM", controls: []string{"3.O"},
		start: first, due: f.early(), priority: 1, hours: 2, lines: lines, cost: sum,
		criteria: []string{fmt.Sprintf("Three %s and one mailbox are restored, and the Customer finds them complete.", f.trade.records)}})

	written, review := 900+100*r.IntN(10), 300+50*r.IntN(6)
	lines, sum = f.spend(line{id: "B-PLAN", name: "Written security plan, then yearly review", category: "project", basis: "estimate",
		charges: []string{once(written, f.effective), fmt.Sprintf("{amount: %d, every: year, from: %d-05, to: %d-05}", review, year+1, last)},
		sum:     written + review*(last-year)})
	add(promise{id: "C-PLAN", title: "Write the security plan", owner: "customer", person: f.executive.id, controls: []string{"1.A", "1.B"},
		start: first, due: day(year, "04-30"), priority: 2, hours: 5 + r.IntN(3), lines: lines, cost: sum,
		criteria: []string{"The plan is written, dated and signed by the " + f.executive.title + "."},
		interim:  "Each person has the phone number of the help desk on paper."})

	due := mid
	if f.trade.law == "hipaa" {
		due = f.effective.Add(2).Last() // the rule wants it within 120 days
	}
	price := 800 + 100*r.IntN(12)
	lines, sum = f.spend(line{id: "B-RISK", name: "Written risk assessment", category: "assessment", basis: "estimate", charges: []string{once(price, due.Month())}, sum: price})
	add(promise{id: "C-RISK", title: "Written risk assessment", owner: "customer", person: f.deputy.id, controls: []string{"1.E", "2.A"},
		start: first, due: due, priority: 3, hours: 6, lines: lines, cost: sum,
		criteria: []string{"The assessment covers each Critical Asset and the Provider."}})

	add(promise{id: "C-DRILL", title: "Incident call list and drill", owner: "customer", person: f.manager.id, controls: []string{"1.C", "5.A", "6.A"},
		start: mid.Month().First(), due: later, priority: 3, hours: 3 + r.IntN(2),
		criteria: []string{"The printed call list is stored in the office and away from it, and one drill was held with the Provider."}})

	switch {
	case f.security:
		add(promise{id: "C-TRAIN", title: "First security training for all people", owner: "customer", person: f.manager.id, controls: []string{"3.J"},
			start: first, due: mid, priority: 3, hours: f.people, lines: []string{"BL-TRAIN"}, cost: 3 * f.people * (f.months() - 1),
			criteria: []string{"The attendance list shows all people."}})
	case r.IntN(3) == 0:
		lines, sum = f.spend(line{id: "B-TRAIN", name: "Awareness training", category: "training", basis: "estimate",
			charges: []string{fmt.Sprintf("{quantity: %d, unit_price: 4, every: month, from: %s, to: %s}", f.people, f.effective, f.end)}, sum: 4 * f.people * f.months()})
		add(promise{id: "C-TRAIN", title: "First security training for all people", owner: "customer", person: f.manager.id, controls: []string{"3.J"},
			start: first, due: mid, priority: 3, hours: f.people, lines: lines, cost: sum, criteria: []string{"The attendance list shows all people."}})
	}
	if r.IntN(3) == 0 {
		n, price := 1+r.IntN(4), 1100+50*r.IntN(8)
		next := day(year+1, f.trade.early)
		lines, sum = f.spend(line{id: "B-NEW", name: "Replacement of old computers", category: "hardware", basis: "estimate",
			charges: []string{fmt.Sprintf("{quantity: %d, unit_price: %d, every: once, from: %s}", n, price, next.Month())}, sum: n * price})
		add(promise{id: "C-NEW", title: "Replace old computers", owner: "customer", person: f.deputy.id, controls: []string{"2.B", "3.K"},
			start: next.Month().First(), due: next, priority: 4, hours: 2 * n, lines: lines, cost: sum,
			criteria: []string{"No computer in use runs a system for which its maker no longer issues updates."}})
	}
	f.spend(line{id: "B-INS", name: "Cyber insurance premium", category: "insurance", basis: "estimate",
		charges: []string{fmt.Sprintf("{amount: %d, every: year, from: %d-06, to: %d-06}", 900+50*r.IntN(30), year, last)}})
}

// detection is the price of managed detection and response for a computer and
// month.
func (f *firm) detection() int {
	if f.computers >= 10 {
		return 14
	}
	return 16
}

// accept decides which risks the customer takes.
func (f *firm) accept(r *rand.Rand) {
	all := []acceptance{
		{id: "RA-TEST", title: "No independent test", risk: "A weakness in the controls stays unnoticed because nobody outside the parties looks for it.", control: "2.C",
			reason: "An independent test costs more than the Customer can spend while basic protection is being built.", instead: "The yearly external scan and the written risk assessment.",
			task: "Have an independent tester check the controls each year.", since: "Nobody does this in 2027. The Provider itself makes the yearly external scan, so the scan is not independent."},
		{id: "RA-PUBLIC", title: "No public channel for reports of weaknesses", risk: "An outsider finds a weakness and does not know whom to tell.", control: "2.D",
			reason: "The Customer runs no public system of its own except a website.", instead: "The general mail address on the website is read each Business Day.",
			task: "Offer outsiders a public channel for reports of weaknesses, and answer each report within 5 Business Days.", since: "Nobody does this in 2027."},
		{id: "RA-LOGS", title: "No central collection of logs", risk: "After an incident nobody can say which records were seen or copied.", control: "3.Q",
			reason: "Central log collection was offered and not purchased.", instead: "The monitoring service keeps the records of computers.",
			task: "Collect the logs of all systems in one place and keep them for at least one year.", since: "Nobody does this in 2027. Each system keeps its own logs for as long as its settings allow."},
	}
	for _, x := range all {
		x.likelihood, x.impact = 1+r.IntN(3), 2+r.IntN(2)
		if x.control == "3.Q" && f.security || x.control == "2.D" && r.IntN(3) == 0 {
			continue // the package does it, or the customer does
		}
		f.accepted = append(f.accepted, x)
	}
}

// accepts reports whether nobody does a control.
func (f *firm) accepts(control string) bool {
	return slices.ContainsFunc(f.accepted, func(x acceptance) bool { return x.control == control })
}

func mustDate(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err) // from a table of this package
	}
	return d
}
