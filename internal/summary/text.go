package summary

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/agreement"
)

// Text writes the summary for a person, in lines of at most 80 characters
// where words allow it. The short form has four parts of a line or two each,
// for a folder of many customers; the full form names each control, promise
// and question.
func (s Summary) Text(w io.Writer, full bool) error {
	var p page
	if full {
		s.full(&p)
	} else {
		s.short(&p)
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (s Summary) short(p *page) {
	var owned []string
	for _, o := range s.Controls.Owners {
		if o.Count > 0 {
			owned = append(owned, fmt.Sprintf("%d %s", o.Count, partyName(o.Owner)))
		}
	}
	if len(owned) == 0 {
		owned = []string{"none"}
	}
	p.line("controls  ", 10, strings.Join(owned, ", "))

	x := s.Promises
	if x.Total == 0 {
		p.line("promises  ", 10, "none")
	} else {
		p.line("promises  ", 10, fmt.Sprintf("%d: %s%s", x.Total, x.funding(true), x.hours()))
	}

	if s.Cost == nil {
		p.line("cost      ", 10, noBudget)
	} else {
		p.line("cost      ", 10, s.Cost.perPersonMonth())
	}

	text := fmt.Sprintf("%d of %d questions answered", s.Checklist.Answered, s.Checklist.Total)
	if open := s.Checklist.open(); len(open) > 0 {
		var topics []string
		for _, q := range open {
			topics = append(topics, q.Topic)
		}
		text += "; not answered: " + strings.Join(topics, ", ")
	}
	p.line("CISA      ", 10, text)
}

func (s Summary) full(p *page) {
	c := s.Controls
	p.heading(fmt.Sprintf("Who owns the %s of %s", count(c.Total, "control", "controls"), c.Framework))
	for _, o := range c.Owners {
		p.line(fmt.Sprintf("  %-14s %4d  ", partyName(o.Owner), o.Count), 23, strings.Join(o.Controls, " "))
	}

	s.Promises.full(p)
	s.Cost.full(p)
	s.Checklist.full(p)

	p.heading("Next steps")
	if len(s.NextSteps) == 0 {
		p.line("  ", 2, "none")
	}
	for i, step := range s.NextSteps {
		p.line(fmt.Sprintf("%4d  ", i+1), 6, step.About+": "+step.Text)
	}
}

func (x Promises) full(p *page) {
	if x.Total == 0 {
		p.heading("Promises")
		p.line("  ", 2, "none")
		return
	}
	p.heading(fmt.Sprintf("%s: %s", count(x.Total, "promise", "promises"), x.owners()))
	for _, c := range x.Commitments {
		p.line("  "+c.ID+"  ", 4+utf8.RuneCountInString(c.ID), c.Title)
		facts := []string{partyName(c.Owner), "due " + c.Due, c.means()}
		if c.Hours > 0 {
			facts = append(facts, count(c.Hours, "hour", "hours"))
		}
		indent := 4 + utf8.RuneCountInString(c.ID)
		p.line(strings.Repeat(" ", indent), indent, strings.Join(facts, ", "))
	}
	p.gap()
	p.line("  ", 2, x.funding(false))
	for _, payer := range x.Payers {
		text := fmt.Sprintf("the %s pays %s for promises", payer.Payer, payer.Promises)
		if !payer.Other.IsZero() {
			text += fmt.Sprintf(" and %s for other lines", payer.Other)
		}
		p.line("  ", 2, text+" over the term, without contingency")
	}
	if m := x.Heaviest; m != nil {
		p.line("  ", 2, fmt.Sprintf("people of the customer give %s, %d of them in %s (%s)", count(x.Hours, "hour", "hours"), m.Hours, m.month.Long(), strings.Join(m.Commitments, ", ")))
	}
}

// means is what stands behind a commitment.
func (c Committed) means() string {
	switch c.Funding {
	case Funded:
		var paid []string
		for _, x := range c.Paid {
			paid = append(paid, fmt.Sprintf("%s by the %s", x.Amount, x.Payer))
		}
		return strings.Join(paid, " and ")
	case ByService:
		return "within " + strings.Join(c.Services, ", ")
	case ByTime:
		return "by time only"
	case Unfunded:
		if c.Cost.IsZero() {
			return "unfunded"
		}
		return c.Cost.String() + " unfunded"
	default:
		panic("summary: funding " + string(c.Funding))
	}
}

// owners says who owns how many promises: "3 provider, 6 customer, 1 shared".
func (x Promises) owners() string {
	return counts(
		counted{x.Provider, partyName(agreement.Provider)},
		counted{x.Customer, partyName(agreement.Customer)},
		counted{x.Shared, partyName(agreement.Shared)},
	)
}

// funding says how many promises have what behind them, with who pays how much
// where that is wanted.
func (x Promises) funding(payers bool) string {
	var paid []string
	for _, payer := range x.Payers {
		if payers && !payer.Promises.IsZero() {
			paid = append(paid, fmt.Sprintf("%s by the %s", payer.Promises, payer.Payer))
		}
	}
	funded := "funded"
	if len(paid) > 0 {
		funded += " (" + strings.Join(paid, ", ") + ")"
	}
	unfunded := "unfunded"
	var ids []string
	for _, c := range x.Commitments {
		if c.Funding == Unfunded {
			ids = append(ids, c.ID)
		}
	}
	if len(ids) > 0 {
		unfunded += " (" + strings.Join(ids, ", ") + ")"
	}
	return counts(
		counted{x.Funded, funded},
		counted{x.ByService, "within a bought service"},
		counted{x.ByTime, "by time only"},
		counted{x.Unfunded, unfunded},
	)
}

// hours says how many hours the customer gives, as the end of a line.
func (x Promises) hours() string {
	if x.Heaviest == nil {
		return ""
	}
	return fmt.Sprintf("; %s, at most %d in a month", count(x.Hours, "customer hour", "customer hours"), x.Heaviest.Hours)
}

// perPersonMonth says what a person costs in each year.
func (c *Cost) perPersonMonth() string {
	var years []string
	for _, y := range c.Years {
		if y.PerPersonMonth == nil {
			continue
		}
		amount := y.PerPersonMonth.amount.Digits(y.PerPersonMonth.currency)
		if len(years) == 0 {
			amount = y.PerPersonMonth.String() + " per person and month"
		}
		years = append(years, amount+" in "+y.Name)
	}
	return strings.Join(years, ", ")
}

func (c *Cost) full(p *page) {
	if c == nil {
		p.heading("Cost to the customer")
		p.line("  ", 2, noBudget)
		return
	}
	p.heading(fmt.Sprintf("Cost to the customer of %s, contingency included, tax %s", count(c.Employees, "person", "people"), c.Tax))
	rows := [][]string{{"", "total", "per person", "per person and month", ""}}
	for _, y := range c.Years {
		row := []string{y.Name, y.Total.String(), y.PerPerson.String(), "", ""}
		if y.PerPersonMonth != nil {
			row[3] = y.PerPersonMonth.String()
		}
		if y.Months != 12 {
			row[4] = fmt.Sprintf("for %s of the term", count(y.Months, "month", "months"))
		}
		rows = append(rows, row)
	}
	rows = append(rows, []string{"in all", c.Total.String(), "", "", ""})
	widths := make([]int, 4)
	for _, row := range rows {
		for i := range widths {
			widths[i] = max(widths[i], utf8.RuneCountInString(row[i]))
		}
	}
	for _, row := range rows {
		line := "  " + row[0] + strings.Repeat(" ", widths[0]-utf8.RuneCountInString(row[0]))
		for i := 1; i < len(widths); i++ {
			line += strings.Repeat(" ", 3+widths[i]-utf8.RuneCountInString(row[i])) + row[i]
		}
		if row[4] != "" {
			line += "   " + row[4]
		}
		p.raw(line)
	}
	for _, y := range c.Years {
		if !y.Provider.IsZero() {
			p.line("  ", 2, fmt.Sprintf("in %s the provider pays %s more", y.Name, y.Provider))
		}
	}
}

// open are the questions that are not answered.
func (c Checklist) open() []Answer {
	return slices.DeleteFunc(slices.Clone(c.Questions), func(q Answer) bool { return q.Answered })
}

func (c Checklist) full(p *page) {
	p.heading(fmt.Sprintf("Questions for customers of providers (CISA 2021): %d of %d answered", c.Answered, c.Total))
	p.line("  ", 2, "Answered means that the agreement says something to it, not that the answer is good.")
	for _, answered := range []bool{false, true} {
		head := "Not answered"
		if answered {
			head = "Answered"
		}
		n := 0
		for _, q := range c.Questions {
			if q.Answered != answered {
				continue
			}
			if n++; n == 1 {
				p.gap()
				p.line("  ", 2, head)
			}
			p.line(fmt.Sprintf("  %-4s ", q.ID), 7, q.Question)
			for _, missing := range q.Missing {
				p.line("       ", 9, "missing: "+strings.Join(missing, " or "))
			}
			for _, f := range q.Fields {
				p.line("       ", 9, f.Key+f.place())
			}
		}
	}
}

// place is where the value stands, after a blank: " (a.yaml:12)".
func (f Field) place() string {
	if f.File == "" {
		return ""
	}
	return fmt.Sprintf(" (%s:%d)", f.File, f.Line)
}

// partyName is a kind of owner in words: "third party".
func partyName(p agreement.Party) string { return strings.ReplaceAll(string(p), "_", " ") }

type counted struct {
	n    int
	what string
}

// counts joins what there is at least one of: "3 provider, 6 customer".
func counts(all ...counted) string {
	var texts []string
	for _, x := range all {
		if x.n > 0 {
			texts = append(texts, fmt.Sprintf("%d %s", x.n, x.what))
		}
	}
	return strings.Join(texts, ", ")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// page is text in lines of at most 80 characters.
type page struct {
	strings.Builder
}

const (
	pageWidth = 80
	noBudget  = "not stated; there is no budget"
)

// heading begins a part, after an empty line where something stands before.
func (p *page) heading(text string) {
	if p.Len() > 0 {
		p.gap()
	}
	p.line("", 0, text)
}

func (p *page) gap() { p.WriteByte('\n') }

func (p *page) raw(line string) { p.WriteString(strings.TrimRight(line, " ") + "\n") }

// line writes text after a prefix and breaks it at blanks; further lines are
// indented by so many blanks. A word that is longer than a line stands alone.
func (p *page) line(prefix string, indent int, text string) {
	line, empty := prefix, true
	for word := range strings.FieldsSeq(visible(text)) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > pageWidth {
			p.raw(line)
			line, empty = strings.Repeat(" ", indent), true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	p.raw(line)
}

// visible replaces what could steer a terminal; names of files can hold it.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || unicode.IsSpace(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}
