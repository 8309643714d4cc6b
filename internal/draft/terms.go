package draft

import (
	"fmt"
	"slices"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/framework"
	"concordat/internal/yamlsrc"
)

// Terms are what the shared files say that a customer's file builds on.
type Terms struct {
	framework *framework.Framework
	staff     Staff
	rows      []row
	services  []service
	blackouts []agreement.Blackout
	prices    pricing
	stated    calendar.Date // day of the provider's capability statement
}

// row is a row of the responsibilities that a shared file brings.
type row struct {
	control     string
	owner       agreement.Party
	accountable string
	responsible []string
	service     string
}

// pricing is what the budget lines of shared files need from the customer's file.
type pricing struct {
	lines      bool     // there are budget lines
	stated     []string // fields of the budget that the shared files state
	currency   string
	quantities []string // ids of quantities that charges count with
}

// service is a service of the catalogue, as the packages leave it.
type service struct {
	id      string
	bought  bool
	covers  string
	has     []string // other fields that only a bought service needs
	without string   // what the provider's file says that a customer goes without
}

// Stub is the text of an agreement that only uses the shared files. Its merged tree
// is what TermsOf and StaffOf read.
func Stub(use []string) string {
	return fmt.Sprintf("schema: concordat/v1\nuse: [%s]\n", list(use))
}

// StaffOf are the provider's people as its file names them in its contacts, in
// the merged tree of an agreement. An id is empty when the file names nobody for it.
func StaffOf(tree *yamlsrc.Node) Staff {
	provider := map[string]bool{}
	var first string
	for _, p := range items(tree.Field("people")) {
		if value(p, "party") == string(agreement.Provider) {
			provider[value(p, "id")] = true
			if first == "" {
				first = value(p, "id")
			}
		}
	}
	contact := func(roles ...string) string {
		for _, role := range roles {
			for _, c := range items(tree.Field("contacts")) {
				if value(c, "role") == role && provider[value(c, "person")] {
					return value(c, "person")
				}
			}
		}
		return first
	}
	signer := contact("escalation_2", "escalation_1")
	for _, n := range items(tree.Field("notices")) {
		if value(n, "party") == string(agreement.Provider) && provider[value(n, "attention")] {
			signer = value(n, "attention") // who gets the formal letters
		}
	}
	return Staff{Signer: signer, Desk: contact("primary"), Night: contact("after_hours", "deputy")}
}

// TermsOf reads what shared files say from the merged tree of an agreement that uses
// them; catalogue is that of one that uses the provider's file only. The error says
// what they lack.
func TermsOf(tree, catalogue *yamlsrc.Node, frameworks *framework.Set) (*Terms, error) {
	t := &Terms{staff: StaffOf(tree)}
	if t.staff.Signer == "" {
		return nil, fmt.Errorf("the shared files name nobody of the provider under \"people\"")
	}
	id := value(tree.Field("baseline"), "framework")
	if id == "" {
		return nil, fmt.Errorf("the shared files name no framework under \"baseline\", as a package does")
	}
	f, ok := frameworks.Find(id)
	if !ok {
		return nil, fmt.Errorf("the shared files name the framework %q, which is not known", id)
	}
	t.framework = f
	for _, n := range items(tree.Field("responsibilities")) {
		r := row{
			control: value(n, "control"), owner: agreement.Party(value(n, "owner")),
			accountable: value(n, "accountable"), service: value(n, "service"),
		}
		for _, id := range items(n.Field("responsible")) {
			r.responsible = append(r.responsible, id.Value)
		}
		t.rows = append(t.rows, r)
	}
	for _, n := range items(tree.Field("services")) {
		s := service{id: value(n, "id"), bought: value(n, "purchased") == "true", covers: value(n, "covers")}
		for _, field := range []string{"hours", "slas"} {
			if n.Field(field) != nil {
				s.has = append(s.has, field)
			}
		}
		for _, c := range items(catalogue.Field("services")) {
			if value(c, "id") == s.id && value(c, "purchased") == "false" {
				s.without = value(c, "covers")
			}
		}
		t.services = append(t.services, s)
	}
	if n := tree.Field("change_authorization").Field("blackouts"); n != nil {
		var x struct {
			Blackouts []agreement.Blackout `yaml:"blackouts"`
		}
		// What is wrong with a blackout is said when the agreement is checked.
		_, _ = tree.Field("change_authorization").WithFields([]yamlsrc.Field{{Key: keyOf(tree.Field("change_authorization"), "blackouts"), Value: n}}).Decode(&x, yamlsrc.Options{What: "shared file"})
		t.blackouts = x.Blackouts
	}
	if day, err := calendar.ParseDate(value(tree.Field("parties").Field("provider").Field("capability"), "date")); err == nil {
		t.stated = day
	}
	t.prices = pricingOf(tree)
	return t, nil
}

func pricingOf(tree *yamlsrc.Node) pricing {
	var p pricing
	budget := tree.Field("budget")
	if budget == nil {
		return p
	}
	for _, f := range budget.Fields {
		p.stated = append(p.stated, f.Key.Value)
	}
	if p.currency = value(tree.Field("price_book"), "currency"); p.currency == "" {
		p.currency = value(budget, "currency")
	}
	for _, line := range items(budget.Field("lines")) {
		p.lines = true
		for _, charge := range items(line.Field("charges")) {
			if id := value(charge, "quantity_of"); id != "" && !slices.Contains(p.quantities, id) {
				p.quantities = append(p.quantities, id)
			}
		}
	}
	return p
}

// HasService reports whether the catalogue has a service.
func (t *Terms) HasService(id string) bool {
	return slices.ContainsFunc(t.services, func(s service) bool { return s.id == id })
}

// ServiceIDs are the ids of the catalogue.
func (t *Terms) ServiceIDs() []string {
	var ids []string
	for _, s := range t.services {
		ids = append(ids, s.id)
	}
	return ids
}

// free reports whether nothing speaks against a day: it is a working day, and
// in no blackout.
func (t *Terms) free(day calendar.Date) bool {
	if w := day.Weekday(); w == 0 || w == 6 {
		return false
	}
	return !slices.ContainsFunc(t.blackouts, func(b agreement.Blackout) bool {
		return !b.From.IsZero() && !b.To.IsZero() && b.Contains(day)
	})
}

// after is the first free day from a day on, or that day when a year has none.
func (t *Terms) after(day calendar.Date) calendar.Date {
	for n := range 366 {
		if d := day.AddDays(n); t.free(d) {
			return d
		}
	}
	return day
}

// within is the last free day from day first to day last. Where there is none it is
// the first free day after that.
func (t *Terms) within(first, last calendar.Date) calendar.Date {
	for d := last; !d.Before(first); d = d.AddDays(-1) {
		if t.free(d) {
			return d
		}
	}
	return t.after(last)
}

func items(n *yamlsrc.Node) []*yamlsrc.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

// value is the text of a field, empty where there is none.
func value(n *yamlsrc.Node, field string) string {
	if f := n.Field(field); f != nil && f.Kind == yamlsrc.Scalar {
		return strings.TrimSpace(f.Value)
	}
	return ""
}

func keyOf(n *yamlsrc.Node, field string) *yamlsrc.Node {
	for _, f := range n.Fields {
		if f.Key.Value == field {
			return f.Key
		}
	}
	return nil
}
