package view

import (
	"cmp"
	"fmt"

	"concordat/internal/agreement"
	"concordat/internal/money"
)

// New is the view of an agreement that Load returned without errors.
func New(a *agreement.Agreement) *View {
	b := &builder{
		a:        a,
		language: a.Info.Language,
		origins:  origins{agreement: a, places: make(map[any]place, 64)},
		people:   make([]*Person, len(a.People)),
	}
	v := &View{
		Facts:        Facts(a),
		Agreement:    b.agreement(),
		MSA:          b.msa(),
		Standalone:   b.standalone(),
		Provider:     b.provider(),
		Customer:     b.customer(),
		Capability:   b.capability(),
		Changes:      b.changes(),
		Notification: b.notification(),
		Meetings:     b.meetings(),
		Maturity:     b.maturity(),
		Budget:       b.budget(),
		GLBA:         b.glba(),
		HIPAA:        b.hipaa(),
		CMMC:         b.cmmc(),
		PCI:          b.pci(),
		NIS2:         b.nis2(),
		UKNIS:        b.ukNIS(),
		PublicBody:   b.publicBody(),
		Privacy:      b.privacy(),
		Notices:      b.notices(),
		Signing:      b.signing(),
		Training:     b.training(),
		Framework:    b.framework(),
	}
	b.facts(v.Facts)
	v.origins = b.origins
	return v
}

// builder makes the parts of a view and notes where each was written.
type builder struct {
	a        *agreement.Agreement
	language string
	people   []*Person // as in the agreement; nil until asked for
	origins
}

// person is the person with an id, the same pointer each time, or one without
// name where the agreement names none.
func (b *builder) person(id string) *Person {
	i, ok := b.a.PersonIndex(id)
	if !ok {
		p := &Person{}
		b.add(p, "People", nil)
		return p
	}
	if b.people[i] == nil {
		b.people[i] = &Person{Name: b.a.People[i].Name, Title: b.a.People[i].Title}
		b.add(b.people[i], row("People", i), nil)
	}
	return b.people[i]
}

// contact is the person of a party with a role.
func (b *builder) contact(party agreement.Party, role string) *Person {
	p, ok := b.a.Contact(party, role)
	if !ok {
		return b.person("")
	}
	return b.person(p.ID)
}

func (b *builder) agreement() *Agreement {
	info, term := b.a.Info, b.a.Term
	x := &Agreement{
		ID:           info.ID,
		Title:        info.Title,
		Version:      info.Version,
		Effective:    term.Effective.Long(b.language),
		End:          term.End.Long(b.language),
		TimeZone:     info.TimeZone,
		BusinessDays: days(info.Hours.Days),
		Holidays:     cmp.Or(info.Holidays, "a public holiday at the Customer’s main place of business"),
		OpensAt:      info.Hours.From,
		ClosesAt:     info.Hours.To,
		Purpose:      info.Purpose,
		NoticeDays:   term.Renewal.NoticeDays,
	}
	b.add(x, "Info", map[string]string{
		"Effective":    "Term.Effective",
		"End":          "Term.End",
		"BusinessDays": "Info.Hours.Days",
		"OpensAt":      "Info.Hours.From",
		"ClosesAt":     "Info.Hours.To",
		"NoticeDays":   "Term.Renewal.NoticeDays",
	})
	return x
}

func (b *builder) msa() *MSA {
	x := &MSA{}
	b.add(x, "MSA", map[string]string{"Order": "MSA.Precedence"})
	m := b.a.MSA
	if m == nil {
		return x
	}
	x.Title, x.Date, x.Liability = m.Title, m.Date.Long(b.language), m.Liability
	order := m.Order()
	for i, document := range order {
		mark := ";"
		if i == len(order)-1 {
			mark = "."
		}
		x.Order = append(x.Order, word(precedenceWords, document)+mark)
	}
	return x
}

func (b *builder) standalone() *Standalone {
	x := &Standalone{}
	b.add(x, "Standalone", nil)
	if s := b.a.Standalone; s != nil {
		x.Reason, x.Fees, x.PaymentDays = s.Reason, s.Fees, s.PaymentDays
	}
	return x
}

func (b *builder) provider() *Provider {
	p := b.a.Parties.Provider
	x := &Provider{
		LegalName: p.LegalName,
		ShortName: p.ShortName,
		Form:      p.Form,
		Primary:   b.contact(agreement.Provider, "primary"),
		Officer:   b.person(b.officer()),
	}
	b.add(x, "Parties.Provider", map[string]string{"Primary": "Contacts", "Officer": "Signatories"})
	return x
}

// officer is the id of the first person who signs for the provider and answers
// for the security of the service.
func (b *builder) officer() string {
	for _, s := range b.a.Signatories {
		p, ok := b.a.Person(s.Person)
		if ok && p.Party == agreement.Provider && s.SecurityResponsible {
			return p.ID
		}
	}
	return ""
}

// names is the names of persons in words: "a or b".
func (b *builder) names(ids []string, last string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = b.person(id).Name
	}
	return list(names, last)
}

func (b *builder) customer() *Customer {
	c := b.a.Parties.Customer
	x := &Customer{
		LegalName: c.LegalName,
		ShortName: c.ShortName,
		Form:      c.Form,
		Employees: c.Employees,
		Executive: b.person(c.SecurityExecutive),
		Primary:   b.contact(agreement.Customer, "primary"),
		Delegated: c.Delegation,
		Deciders:  b.names(b.a.Governance.DecisionMakers, "or"),
	}
	b.add(x, "Parties.Customer", map[string]string{
		"Deciders":  "Governance.DecisionMakers",
		"Executive": "Parties.Customer.SecurityExecutive",
		"Primary":   "Contacts",
		"Delegated": "Parties.Customer.Delegation",
	})
	return x
}

func (b *builder) capability() *Capability {
	c, verified := b.a.Parties.Provider.Capability, b.a.Parties.Customer.Verification
	x := &Capability{
		Date:       c.Date.Long(b.language),
		Summary:    c.Summary,
		Verified:   verified.Date.Long(b.language),
		VerifiedBy: b.person(verified.By),
		NotOffered: c.NotOffered,
	}
	b.add(x, "Parties.Provider.Capability", map[string]string{
		"Verified":   "Parties.Customer.Verification.Date",
		"VerifiedBy": "Parties.Customer.Verification.By",
	})
	return x
}

func (b *builder) changes() *Changes {
	c := b.a.ChangeAuthorization
	x := &Changes{DecisionDays: c.DecisionDays, Thresholds: b.thresholds()}
	b.add(x, "ChangeAuthorization", map[string]string{
		"Thresholds":    "Budget.Thresholds",
		"CallHours":     "ChangeAuthorization.Emergency.CallHours",
		"ReportHours":   "ChangeAuthorization.Emergency.ReportHours",
		"EmergencyCost": "ChangeAuthorization.Emergency.MaxCost",
	})
	b.emergency(x)
	for i, class := range c.Classes {
		y := &ChangeClass{
			Name:     word(classWords, class.ID),
			Examples: list(class.Examples, "and"),
			Approval: word(approvalWords, class.Approval),
			Notice:   notice(class.NoticeDays),
		}
		at := row("ChangeAuthorization.Classes", i)
		b.add(y, at, map[string]string{"Name": at + ".ID", "Notice": at + ".NoticeDays"})
		x.Classes = append(x.Classes, y)
	}
	for i, blackout := range c.Blackouts {
		y := &Blackout{Name: blackout.Name, From: blackout.From.Long(b.language), To: blackout.To.Long(b.language)}
		b.add(y, row("ChangeAuthorization.Blackouts", i), nil)
		x.Blackouts = append(x.Blackouts, y)
	}
	return x
}

// emergency fills in what holds in an emergency. What the agreement does not
// state is what the clause has always said.
func (b *builder) emergency(x *Changes) {
	x.CallHours, x.ReportHours = 1, 24
	if e := b.a.ChangeAuthorization.Emergency; e != nil {
		x.CallHours = cmp.Or(e.CallHours, x.CallHours)
		x.ReportHours = e.ReportHours
		if !e.MaxCost.IsZero() {
			x.EmergencyCost = b.price(*e.MaxCost)
		}
	}
}

// price is an amount with the currency of the budget, if there is one.
func (b *builder) price(amount money.Amount) string {
	if b.a.Budget == nil {
		return amount.String()
	}
	return amount.Format(b.a.Budget.Currency)
}

func (b *builder) thresholds() []*Threshold {
	if b.a.Budget == nil {
		return nil
	}
	currency, all := b.a.Budget.Currency, b.a.Budget.Thresholds
	var thresholds []*Threshold
	for i, t := range all {
		var limits []string
		if i > 0 && all[i-1].UpTo != nil {
			limits = append(limits, "above "+all[i-1].UpTo.Format(currency))
		}
		if t.UpTo != nil {
			limits = append(limits, "up to "+t.UpTo.Format(currency))
		}
		if len(limits) == 0 {
			limits = []string{"of any amount"}
		}
		y := &Threshold{Range: list(limits, "and"), Approver: b.names(t.Approvers, "or"), Channel: word(spendingWords, t.Channel)}
		at := row("Budget.Thresholds", i)
		b.add(y, at, map[string]string{"Range": at + ".UpTo", "Approver": at + ".Approvers"})
		thresholds = append(thresholds, y)
	}
	return thresholds
}

func (b *builder) notification() *Notification {
	n := b.a.Notification
	var channels []string
	for _, channel := range n.Provider.Channel {
		channels = append(channels, word(channelWords, channel))
	}
	x := &Notification{
		ProviderHours: n.Provider.Hours,
		CustomerHours: n.Customer.Hours,
		UpdateHours:   n.Provider.Updates,
		Channel:       "by " + list(channels, "and"),
	}
	if role := n.Customer.Contact; role != "" {
		x.Contact = word(contactWords, role)
	}
	b.add(x, "Notification", map[string]string{
		"ProviderHours": "Notification.Provider.Hours",
		"CustomerHours": "Notification.Customer.Hours",
		"UpdateHours":   "Notification.Provider.Updates",
		"Channel":       "Notification.Provider.Channel",
		"Contact":       "Notification.Customer.Contact",
	})
	return x
}

func (b *builder) meetings() *Meetings {
	m := b.a.Meetings
	x := &Meetings{Progress: word(meetingWords, m.Progress), Minutes: word(partyWords, string(m.Minutes))}
	b.add(x, "Meetings", nil)
	return x
}

func (b *builder) maturity() *Maturity {
	x := &Maturity{}
	b.add(x, "Maturity", map[string]string{
		"Date":     "Maturity.Assessment.Date",
		"Assessor": "Maturity.Assessment.Assessor",
		"Current":  "Maturity.Scores",
		"Low":      "Maturity.LowThreshold",
		"Method":   "Maturity.Assessment.Method",
	})
	m := b.a.Maturity
	if m == nil {
		return x
	}
	x.Date = m.Assessment.Date.Long(b.language)
	x.Assessor = m.Assessment.Assessor
	x.Scale = word(scaleWords, m.Scale)
	x.Current = overall(m).String()
	x.Low = m.LowThreshold.String()
	x.Method = word(methodWords, m.Assessment.Method)
	return x
}

// overall is the mean of all current levels.
func overall(m *agreement.Maturity) agreement.Level {
	var levels []agreement.Level
	for _, score := range m.Scores {
		levels = append(levels, score.Current)
	}
	return agreement.Mean(levels)
}

func (b *builder) budget() *Budget {
	x := &Budget{}
	b.add(x, "Budget", map[string]string{
		"FirstYear":   "Budget.Years",
		"LastYear":    "Budget.Years",
		"Contingency": "Budget.Contingency.Percent",
		"Variance":    "Budget.VariancePercent",
		"Hours":       "Commitments",
	})
	budget, totals := b.a.Budget, b.a.Totals()
	if budget == nil {
		return x
	}
	x.FirstYear = fiscalYear(budget, budget.Years[0])
	x.LastYear = fiscalYear(budget, budget.Years[len(budget.Years)-1])
	x.FirstTotal = totals.Total.Years[0].Format(budget.Currency)
	x.Total = totals.Total.Sum.Format(budget.Currency)
	if !budget.Contingency.Percent.IsZero() {
		x.Contingency = budget.Contingency.Percent.String() + " percent"
	}
	x.Variance = fmt.Sprintf("%d percent", budget.VariancePercent)
	x.Hours = commitmentFacts(b.a).Hours
	return x
}

// fiscalYear names a fiscal year by the calendar years it lies in.
func fiscalYear(b *agreement.Budget, year int) string {
	if b.FiscalYearStartMonth == 1 {
		return fmt.Sprint(year)
	}
	return fmt.Sprintf("%d–%02d", year, (year+1)%100)
}

func (b *builder) notices() *Notices {
	x := &Notices{Provider: b.noticeAddress(agreement.Provider), Customer: b.noticeAddress(agreement.Customer)}
	b.add(x, "Notices", nil)
	return x
}

// signing is the names of signatories by how they sign.
func (b *builder) signing() *Signing {
	var paper, electronic, witnessed []string
	for _, x := range b.a.Signatories {
		switch x.Method {
		case "wet":
			paper = append(paper, x.Person)
		case "esign":
			electronic = append(electronic, x.Person)
		}
		if x.Witnessed {
			witnessed = append(witnessed, x.Person)
		}
	}
	x := &Signing{Paper: b.names(paper, "and"), Electronic: b.names(electronic, "and"), Witnessed: b.names(witnessed, "and")}
	b.add(x, "Signatories", nil)
	return x
}

// noticeAddress is the first address of a party.
func (b *builder) noticeAddress(party agreement.Party) *NoticeAddress {
	for i, n := range b.a.Notices {
		if n.Party == party {
			x := &NoticeAddress{
				Attention: b.person(n.Attention),
				Email:     n.Email,
				ByLetter:  posted(n.Deemed.PostDays),
				ByEmail:   word(deemedWords, n.Deemed.Email),
			}
			at := row("Notices", i)
			b.add(x, at, map[string]string{"ByLetter": at + ".Deemed.PostDays", "ByEmail": at + ".Deemed.Email"})
			return x
		}
	}
	x := &NoticeAddress{Attention: b.person("")}
	b.add(x, "Notices", nil)
	return x
}

func (b *builder) training() *Training {
	x := &Training{}
	b.add(x, "Training", nil)
	if t := b.a.Training; t != nil {
		x.AttendanceBy = word(partyWords, string(t.AttendanceBy))
		if t.RunBy != agreement.ThirdParty {
			x.RunBy = word(partyWords, string(t.RunBy))
		}
	}
	return x
}

func (b *builder) framework() *Framework {
	f := b.a.Framework()
	x := &Framework{Title: f.Title, Version: f.Version, Count: len(b.a.BaselineItems())}
	b.add(x, "Baseline", map[string]string{
		"Title":   "Baseline.Framework",
		"Version": "Baseline.Framework",
		"Count":   "Baseline.Framework",
	})
	return x
}
