package agreement

import (
	"fmt"
	"slices"
)

func (c *checker) signatoryOfEachParty() {
	a := c.a
	signs := map[Party]bool{}
	for _, s := range a.Signatories {
		person, ok := a.Person(s.Person)
		if !ok || person.Party != Provider && person.Party != Customer {
			return // who signs for whom is not known, which is reported by itself
		}
		signs[person.Party] = true
	}
	for _, party := range []Party{Provider, Customer} {
		if !signs[party] {
			c.errorf("Signatories", fmt.Sprintf("add a person of the %s to the signatories", party), "nobody signs for the %s", party)
		}
	}
}

func (c *checker) securityResponsible() {
	a := c.a
	first := -1
	for i, s := range a.Signatories {
		person, ok := a.Person(s.Person)
		if !ok {
			return
		}
		if person.Party != Provider {
			continue
		}
		if s.SecurityResponsible {
			return
		}
		if first < 0 {
			first = i
		}
	}
	if first >= 0 {
		c.errorf(fmt.Sprintf("Signatories[%d].Person", first), `set "security_responsible: true" at the signatory who does`,
			"no signatory of the provider answers for the security of the service")
	}
}

func (c *checker) securityExecutive() {
	a := c.a
	id := a.Parties.Customer.SecurityExecutive
	const path = "Parties.Customer.SecurityExecutive"
	i, ok := a.PersonIndex(id)
	if !ok {
		return
	}
	if party := a.People[i].Party; party == Provider {
		c.errorf(path, "name a person of the customer", "the security executive %q is a person of the provider", id)
		c.note(fmt.Sprintf("People[%d].Party", i), "%q belongs to the provider", id)
		return
	}
	if a.Parties.Customer.Delegation != "" {
		return
	}
	for _, s := range a.Signatories {
		if s.Person == id {
			return
		}
	}
	c.errorf(path, `let the person sign, or name the written delegation in "security_delegation"`,
		"the security executive %q does not sign and has no written delegation", id)
}

func (c *checker) contacts() {
	a := c.a
	if len(a.Contacts) == 0 {
		return
	}
	at := map[Party]map[string]int{Provider: {}, Customer: {}}
	for i, contact := range a.Contacts {
		person, ok := a.Person(contact.Person)
		if !ok || at[person.Party] == nil || !knownRole(contact.Role) {
			return // which contact of whom it is is reported by itself
		}
		if _, twice := at[person.Party][contact.Role]; !twice {
			at[person.Party][contact.Role] = i
		}
	}
	for _, party := range []Party{Provider, Customer} {
		roles := at[party]
		for _, role := range []string{"primary", "deputy"} {
			if _, ok := roles[role]; !ok {
				c.errorf("Contacts", fmt.Sprintf("add a contact with the role %q", role), "the %s has no \"%s\" contact", party, role)
			}
		}
		primary, ok := roles["primary"]
		if !ok {
			continue
		}
		for _, role := range []string{"deputy", "escalation_1", "escalation_2"} {
			i, ok := roles[role]
			if ok && a.Contacts[i].Person == a.Contacts[primary].Person {
				c.errorf(fmt.Sprintf("Contacts[%d].Person", i), "name somebody else", "%q is both the \"%s\" and the \"primary\" contact of the %s", a.Contacts[i].Person, role, party)
				c.note(fmt.Sprintf("Contacts[%d].Person", primary), "primary contact here")
			}
		}
	}
}

func knownRole(role string) bool {
	switch role {
	case "primary", "deputy", "after_hours", "escalation_1", "escalation_2", "billing", "privacy":
		return true
	default:
		return false
	}
}

func (c *checker) term() {
	from, end := c.a.Term.Effective, c.a.Term.End
	if from.IsZero() || end.IsZero() {
		return
	}
	after := end.AddDays(1) // the first day without agreement
	switch {
	case !end.After(from):
		c.errorf("Term.End", "give the last day of the term", "the term ends on %s, not after it begins", end)
		c.note("Term.Effective", "begins on %s", from)
	case after.Before(from.AddMonths(12)):
		c.warnf("Term.End", "check the year", "the term from %s to %s is shorter than 12 months", from, end)
		c.note("Term.Effective", "begins on %s", from)
	case after.After(from.AddMonths(60)):
		c.warnf("Term.End", "check the year", "the term from %s to %s is longer than 60 months", from, end)
		c.note("Term.Effective", "begins on %s", from)
	}
}

// personReference is a place in the file that names a person.
type personReference struct {
	path, id string
	party    Party  // to which the person must belong; empty for any, and where another rule says more
	role     string // why that party, such as "commitment of the provider"
	third    bool   // a third party or a subcontractor may stand here as well
}

func (c *checker) persons() {
	a := c.a
	people := make(map[string]int, len(a.People))
	for i := len(a.People) - 1; i >= 0; i-- { // the first of two with one id
		people[a.People[i].ID] = i
	}
	thirdParties := idsOf(a.Parties.ThirdParties, func(x *Third) string { return x.ID })
	subcontractors := idsOf(a.Subcontractors, func(x *Subcontractor) string { return x.ID })
	other := func(i int, party Party) bool {
		p := a.People[i].Party
		return (p == Provider || p == Customer) && party != "" && p != party
	}
	found := 0
	wrong := a.personReferences(func(id string, party Party, third bool) bool {
		i, ok := people[id]
		isWrong := id != "" && (!ok && !(third && (thirdParties.has(id) || subcontractors.has(id))) || ok && other(i, party))
		if isWrong {
			found++
		}
		return isWrong && found <= maxProblems // no more are listed
	})
	names := idsOf(a.People, func(x *Person) string { return x.ID }).list
	for _, ref := range wrong {
		if c.full() {
			return
		}
		i, ok := people[ref.id]
		if !ok {
			what, known := "person", names
			if ref.third {
				what, known = "person or third party", slices.Concat(known, thirdParties.list, subcontractors.list)
			}
			c.errorf(ref.path, c.unknownHint(ref.id, known), "unknown %s %q", what, ref.id)
			continue
		}
		party := a.People[i].Party
		c.errorf(ref.path, fmt.Sprintf("name a person of the %s", ref.party), "%q is a person of the %s; expected one of the %s for the %s", ref.id, party, ref.party, ref.role)
		c.note(fmt.Sprintf("People[%d].Party", i), "%q belongs to the %s", ref.id, party)
	}
}

// personReferences are the places that name a person of whom wrong is true:
// nearly all of them are right, and their paths need not be written.
func (a *Agreement) personReferences(wrong func(id string, party Party, third bool) bool) []personReference {
	var refs []personReference
	add := func(id string, party Party, role, path string, args ...any) {
		if wrong(id, party, false) {
			refs = append(refs, personReference{path: fmt.Sprintf(path, args...), id: id, party: party, role: role})
		}
	}
	list := func(ids []string, party Party, role, path string, args ...any) {
		for j, id := range ids {
			if wrong(id, party, false) {
				add(id, party, role, "%s[%d]", fmt.Sprintf(path, args...), j)
			}
		}
	}
	add(a.Parties.Customer.SecurityExecutive, "", "", "Parties.Customer.SecurityExecutive") // party: R03
	add(a.Parties.Customer.Verification.By, Customer, "verification of the provider's capability", "Parties.Customer.Verification.By")
	if x := a.Clauses.Unapproved; x != nil {
		add(x.AcceptedBy, "", "", "Clauses.Unapproved.AcceptedBy")
	}
	for i, x := range a.Contacts {
		add(x.Person, "", "", "Contacts[%d].Person", i)
	}
	for i, x := range a.Signatories {
		add(x.Person, "", "", "Signatories[%d].Person", i)
	}
	list(a.Governance.DecisionMakers, Customer, "decisions", "Governance.DecisionMakers")
	for i, x := range a.CriticalAssets {
		add(x.Owner, "", "", "CriticalAssets[%d].Owner", i)
	}
	for i, x := range a.Responsibilities {
		add(x.Accountable, "", "", "Responsibilities[%d].Accountable", i)
		for j, id := range x.Responsible {
			if wrong(id, "", true) {
				refs = append(refs, personReference{path: fmt.Sprintf("Responsibilities[%d].Responsible[%d]", i, j), id: id, third: true})
			}
		}
		list(x.Consulted, "", "", "Responsibilities[%d].Consulted", i)
		list(x.Informed, "", "", "Responsibilities[%d].Informed", i)
	}
	for i, x := range a.Commitments {
		party := x.Owner
		if party != Provider && party != Customer {
			party = ""
		}
		add(x.Person, party, "commitment of the "+string(party), "Commitments[%d].Person", i)
	}
	if b := a.Budget; b != nil {
		for i, x := range b.Thresholds {
			list(x.Approvers, "", "", "Budget.Thresholds[%d].Approvers", i) // party: R55
		}
		if b.Approved != nil {
			add(b.Approved.By, Customer, "approval of the budget", "Budget.Approved.By")
		}
	}
	for i, x := range a.RiskAcceptances {
		add(x.AcceptedBy, "", "", "RiskAcceptances[%d].AcceptedBy", i) // party: R62
	}
	for i, x := range a.Reviews {
		add(x.Owner, "", "", "Reviews[%d].Owner", i)
		list(x.Attendees, "", "", "Reviews[%d].Attendees", i)
	}
	for i, x := range a.Notices {
		add(x.Attention, x.Party, "notices to the "+string(x.Party), "Notices[%d].Attention", i)
	}
	for i, x := range a.People {
		add(x.Deputy, x.Party, "deputy of "+x.ID, "People[%d].Deputy", i)
	}
	for i, x := range a.Amendments {
		list(x.SignedBy, "", "", "Amendments[%d].SignedBy", i)
	}
	for i, x := range a.KPIs {
		add(x.Owner, "", "", "KPIs[%d].Owner", i)
	}
	for i, x := range a.Access {
		add(x.ApprovedBy, Customer, "approval of access", "Access[%d].ApprovedBy", i)
	}
	if a.Incident != nil && a.Incident.Command != nil {
		add(a.Incident.Command.BusinessLead, Customer, "decisions in an incident", "Incident.Command.BusinessLead")
		add(a.Incident.Command.TechnicalLead, "", "", "Incident.Command.TechnicalLead")
	}
	if x := a.ExternalCommunications; x != nil {
		add(x.Spokesperson, Customer, "statements to the public", "ExternalCommunications.Spokesperson")
		add(x.Approval, Customer, "approval of statements to the public", "ExternalCommunications.Approval")
	}
	for i, x := range a.MaintenanceWindows {
		add(x.ApprovedBy, Customer, "approval of work in business hours", "MaintenanceWindows[%d].ApprovedBy", i)
	}
	for i, x := range a.DeclinedRecommendations {
		add(x.DecidedBy, Customer, "decision about a recommendation", "DeclinedRecommendations[%d].DecidedBy", i)
	}
	for i, x := range a.Escalations {
		for j, y := range x.Steps {
			add(y.Provider, Provider, "escalation to the provider", "Escalations[%d].Steps[%d].Provider", i, j)
			add(y.Customer, Customer, "escalation to the customer", "Escalations[%d].Steps[%d].Customer", i, j)
		}
	}
	for i, x := range a.Insurance {
		add(x.AttestedBy, x.Party, "insurance of the "+string(x.Party), "Insurance[%d].AttestedBy", i)
	}
	for _, x := range a.Regulatory.statements() {
		add(x.statedBy, Customer, "facts about the customer", "Regulatory.%s.StatedBy", x.name)
	}
	if x := a.Regulatory.CMMC; x != nil {
		add(x.AffirmingOfficial, Customer, "affirmation", "Regulatory.CMMC.AffirmingOfficial")
	}
	if glba := a.Regulatory.GLBA; glba != nil {
		add(glba.QualifiedIndividual, "", "", "Regulatory.GLBA.QualifiedIndividual")
	}
	return refs
}

func (c *checker) distinctParties() {
	p := c.a.Parties
	if p.Provider.LegalName != "" && p.Provider.LegalName == p.Customer.LegalName {
		c.errorf("Parties.Customer.LegalName", "give the legal name of the customer", "provider and customer have the same legal name %q", p.Customer.LegalName)
		c.note("Parties.Provider.LegalName", "the provider's")
	}
	c.oneSignsForBoth()
}

// oneSignsForBoth reports signatories of two parties who are probably one
// person: the same name, and for certain with the same address as well.
func (c *checker) oneSignsForBoth() {
	a := c.a
	first := map[string]int{} // index in Signatories by name
	for i, s := range a.Signatories {
		p, ok := a.Person(s.Person)
		if !ok || p.Name == "" {
			continue
		}
		j, seen := first[p.Name]
		if !seen {
			first[p.Name] = i
			continue
		}
		other, _ := a.Person(a.Signatories[j].Person)
		if other.Party == p.Party || other.Party == "" || p.Party == "" {
			continue
		}
		path := fmt.Sprintf("Signatories[%d].Person", i)
		if p.Email != "" && p.Email == other.Email {
			c.errorf(path, "let somebody else sign for one of them", "%q signs for both parties", p.Name)
		} else {
			c.warnf(path, "check that these are two people", "%q signs for the %s, and somebody of the same name for the %s", p.Name, p.Party, other.Party)
		}
		c.note(fmt.Sprintf("Signatories[%d].Person", j), "signs for the %s", other.Party)
	}
}

func (c *checker) reachable() {
	a := c.a
	allDay := slices.ContainsFunc(a.Services, func(x Service) bool { return x.Bought() && x.Hours == "24x7" })
	for i, x := range a.Contacts {
		k, ok := a.PersonIndex(x.Person)
		if !ok {
			continue
		}
		p := a.People[k]
		path := fmt.Sprintf("Contacts[%d].Person", i)
		if p.Phone == "" {
			report := c.warnf
			if x.Role == "after_hours" && allDay {
				report = c.errorf
			}
			report(path, `add "phone" to the person`, "the %q contact %q has no telephone number", x.Role, p.ID)
			c.note(fmt.Sprintf("People[%d]", k), "%q is described here", p.ID)
		}
		if p.Email == "" {
			c.warnf(path, `add "email" to the person`, "the %q contact %q has no e-mail address", x.Role, p.ID)
			c.note(fmt.Sprintf("People[%d]", k), "%q is described here", p.ID)
		}
	}
}

func (c *checker) renewalNotice() {
	r := c.a.Term.Renewal
	if r.Months > 0 && r.NoticeDays >= r.Months*30 {
		c.errorf("Term.Renewal.NoticeDays", "shorten the notice", "the notice before the end is %s, but the renewal is for %s only; expected fewer than %d days", count(r.NoticeDays, "day", "days"), count(r.Months, "month", "months"), r.Months*30)
		c.note("Term.Renewal.Months", "the renewal")
	}
}
