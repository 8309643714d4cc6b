package draft

import (
	"fmt"
	"slices"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/yamlsrc"
)

// Days within which the customer decides who does the controls that nobody does.
const (
	decideDays    = 90
	decideMinimum = 28 // a blackout may leave less; the day then comes after it
)

// Use are the paths of the shared files that an agreement names, beside it in its
// workspace.
func (x Customer) Use() []string {
	return []string{ProviderFile, PackageFile(x.Package), PresetFile(x.Sector)}
}

// File is the name of the agreement's file.
func (x Customer) File() string { return x.ID + ".yaml" }

// End is the last day of the term: of three years.
func (x Customer) End() calendar.Date { return x.Effective.AddMonths(36).AddDays(-1) }

// Text is the agreement with a customer, built on the terms of shared files.
// schemaFile is the path of the JSON Schema that the first line names for editors;
// empty without one. The answers have no problems.
func (x Customer) Text(t *Terms, today calendar.Date, schemaFile string) string {
	d := customerFile{
		SchemaFile: schemaFile, Today: today, Verified: t.verified(x.Effective), Use: x.Use(),
		ID: plain(x.ID), TimeZone: "America/New_York",
		Customer: x, Executive: x.Executive,
		Effective: x.Effective, End: x.End(),
		Sector: sectorWords(x.Sector), Sensitive: sensitive(x.Sector, x.Package), Law: law(x.Sector, x.Package, today),
		Framework: t.framework.ID, Signer: t.staff.Signer, Desk: t.staff.Desk,
	}
	if x.TimeZone != "" {
		d.TimeZone = plain(x.TimeZone)
	}
	if d.Customer.Form == "" {
		d.Customer.Form = "[legal form of the customer, such as a Texas limited liability company]"
	}
	if d.Customer.Address == "" {
		d.Customer.Address = "[street of the customer]\n[town, state and postal code of the customer]"
	}
	d.people(x)
	d.assets(x)
	d.matrix(x, t)
	d.budget(x, t.prices)
	d.DecideBy = t.within(x.Effective.AddDays(decideMinimum), x.Effective.AddDays(decideDays))
	d.Interim = x.Effective.DaysUntil(d.DecideBy) > decideDays
	// One person of the customer can give 8 hours in a month.
	switch days := x.Effective.DaysUntil(d.DecideBy); {
	case len(d.Gaps) <= 20:
		d.DecideHours = 6
	case days < 80:
		d.DecideHours = 8
	default:
		d.DecideHours = 16
	}
	d.FirstQuarter = t.after(x.Effective.AddMonths(3))
	d.FirstAnalysis = t.after(x.Effective.AddMonths(6))
	return render("customer.yaml", d)
}

// verified is the day of a statement about the provider's capability: not before
// that was written.
func (t *Terms) verified(today calendar.Date) calendar.Date {
	if t.stated.After(today) {
		return t.stated
	}
	return today
}

// customerFile is what the starter's customer.yaml is filled with.
type customerFile struct {
	SchemaFile                  string
	Today                       calendar.Date
	Verified                    calendar.Date // by then the customer has read the provider's statement
	Use                         []string
	Changes                     []change
	ID, TimeZone                string
	Customer                    Customer
	Executive                   Person
	Effective, End              calendar.Date
	Sector                      string
	Sensitive                   []string
	People                      []person
	Signer, Desk                string
	Assets                      []asset
	Framework                   string
	Rows                        []duty
	Gaps                        []string
	DecideBy                    calendar.Date
	DecideHours                 int
	Interim                     bool
	FirstAnalysis, FirstQuarter calendar.Date
	Law                         []string
	Quantities                  []quantity
	Budget                      []string // lines of its section
}

// quantity is how many of something the customer has.
type quantity struct {
	ID, Name string
	Count    int
}

// change is an entry of change. Set is the inside of its mapping.
type change struct {
	At, Reason, Set string
	Clear           []string
}

type person struct{ ID, Name, Title, Email, Phone string }

type asset struct {
	ID, Name, Kind string
	Priority       int
	Contingency    string
}

// duty is a row for a control that no package brings. Without a task nobody does it.
type duty struct{ Control, Task string }

func (d *customerFile) people(x Customer) {
	add := func(id string, p Person, name, whose string) {
		or := func(text, other string) string {
			if text == "" {
				return other
			}
			return text
		}
		d.People = append(d.People, person{id, or(p.Name, name), or(p.Title, "[title of "+whose+"]"), p.Email, or(p.Phone, "[phone number of "+whose+"]")})
	}
	add("P-EXEC", x.Executive, "", "the security executive")
	add("P-DEPUTY", x.Deputy, "[name of the deputy]", "the deputy")
	for i, p := range x.Others {
		if p.Title == "" {
			p.Title = "[title of " + p.Name + "]"
		}
		d.People = append(d.People, person{fmt.Sprintf("P-%02d", i+1), p.Name, clipTo(p.Title, maxName), p.Email, p.Phone})
	}
}

// clipTo keeps a bracket about a long name inside what a field can hold.
func clipTo(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return "[title]"
	}
	return text
}

func (d *customerFile) assets(x Customer) {
	add := func(id, name, kind string, priority int) {
		contingency := "[how the business goes on without it]"
		d.Assets = append(d.Assets, asset{id, name, kind, priority, contingency})
	}
	if len(x.Assets) > 0 {
		for i, a := range x.Assets {
			add(fmt.Sprintf("A-%02d", i+1), a.Name, a.Kind, a.Priority)
		}
		return
	}
	switch x.Sector {
	case "accounting":
		add("A-MAIN", "[name of the tax application]", "service", 1)
	case "medical":
		add("A-MAIN", "[name of the health records]", "service", 1)
	case "manufacturer":
		add("A-MAIN", "[name of the system for orders and stock]", "system", 1)
	default:
		add("A-MAIN", "[name of the application that the business depends on most]", "service", 1)
	}
	add("A-MAIL", "Mail and files", "data", 1)
	add("A-COMPUTERS", "Computers of the staff", "device", 3)
}

// matrix gives each control of the baseline a row: those of the packages, with the
// customer's person where one is needed, and one for each of the others.
func (d *customerFile) matrix(x Customer, t *Terms) {
	wanted := map[string]bool{}
	for _, id := range x.Services {
		wanted[id] = true
	}
	gone := map[string]bool{} // services of the package that were not bought
	for _, s := range t.services {
		switch {
		case !x.HasServices || wanted[s.id] == s.bought:
		case s.bought:
			gone[s.id] = true
			c := change{At: "services." + s.id, Reason: "not bought by this customer", Set: "purchased: false", Clear: s.has}
			switch {
			case s.without == "" && s.covers != "":
				c.Clear = append(slices.Clone(c.Clear), "covers") // it says what is included
			case s.without != s.covers:
				c.Set += ", covers: " + yamlsrc.Quote(s.without)
			}
			d.Changes = append(d.Changes, c)
		default:
			d.Changes = append(d.Changes, change{At: "services." + s.id, Reason: "bought by this customer", Set: `purchased: true, hours: business, covers: "[what the service includes]"`})
		}
	}
	has := map[string]bool{}
	for _, r := range t.rows {
		has[r.control] = true
		at := "responsibilities." + r.control
		switch {
		case gone[r.service]:
			c := change{At: at, Reason: "its service is not bought", Clear: []string{"service"}}
			if r.owner == agreement.Shared {
				c.Clear = append(c.Clear, "split")
			}
			if task := onlyCustomer(t.framework.ID, r.control); task != "" {
				c.Set = "owner: customer, accountable: P-EXEC, responsible: [P-EXEC], task: " + yamlsrc.Quote(task)
				d.Changes = append(d.Changes, c)
				continue
			}
			c.Set = `owner: unassigned, commitment: C-DECIDE, reason: "Its service is not bought."`
			if r.accountable != "" {
				c.Clear = append(c.Clear, "accountable")
			}
			if len(r.responsible) > 0 {
				c.Clear = append(c.Clear, "responsible")
			}
			d.Changes = append(d.Changes, c)
			d.Gaps = append(d.Gaps, r.control)
		case (r.owner == agreement.Shared || r.owner == agreement.Customer) && r.accountable == "":
			people := append([]string{"P-EXEC"}, slices.DeleteFunc(slices.Clone(r.responsible), func(id string) bool { return id == "P-EXEC" })...)
			d.Changes = append(d.Changes, change{At: at, Reason: "who answers for it at this customer", Set: "accountable: P-EXEC, responsible: [" + list(people) + "]"})
		}
	}
	for _, item := range t.framework.Items {
		if has[item.ID] {
			continue
		}
		row := duty{plain(item.ID), onlyCustomer(t.framework.ID, item.ID)}
		d.Rows = append(d.Rows, row)
		if row.Task == "" {
			d.Gaps = append(d.Gaps, item.ID)
		}
	}
}

// budget writes what the budget lines of shared files need: how many there are of
// what they count, and the fields that they do not state.
func (d *customerFile) budget(x Customer, p pricing) {
	if !p.lines {
		return
	}
	for _, id := range p.quantities {
		d.Quantities = append(d.Quantities, quantity{plain(id), strings.ReplaceAll(strings.ToLower(id), "-", " "), x.Employees})
	}
	currency := p.currency
	if currency == "" {
		currency = "USD"
	}
	var years []string
	for y := x.Effective.Year(); y <= x.End().Year(); y++ {
		years = append(years, fmt.Sprint(y))
	}
	for _, f := range []struct{ name, line string }{
		{"currency", "currency: " + plain(currency)},
		{"tax", "tax: excluded"},
		{"fiscal_year_start_month", "fiscal_year_start_month: 1"},
		{"years", "years: [" + strings.Join(years, ", ") + "]"},
		{"contingency", "contingency: {percent: 10, round_to: 1}"},
		{"approval_thresholds", "approval_thresholds: [{approvers: [P-EXEC], channel: signed}]"},
		{"variance_percent", "variance_percent: 10"},
	} {
		if !slices.Contains(p.stated, f.name) {
			d.Budget = append(d.Budget, f.line)
		}
	}
}

// sectorWords is how an agreement names a sector, as a YAML value.
func sectorWords(preset string) string {
	switch preset {
	case "accounting":
		return "accounting"
	case "medical":
		return "healthcare"
	case "manufacturer":
		return "manufacturing"
	case "general":
		return `"[sector, such as law or retail]"`
	default:
		return plain(preset)
	}
}

// sensitive is the sensitive data that a business of a sector holds as a rule:
// more protection than needed is the safer mistake.
func sensitive(sector, pkg string) []string {
	data := []string{"pii"} // of its own people at least
	switch sector {
	case "accounting":
		data = []string{"tax", "pii"}
	case "medical":
		data = []string{"phi", "pii"}
	}
	if pkg == "cmmc" {
		data = append([]string{"cui", "fci"}, data...)
	}
	return data
}

// law is an example of a statement of law, which a person of the customer makes: with
// the day of the draft wherever there is a day.
func law(sector, pkg string, today calendar.Date) []string {
	var text string
	switch sector {
	case "accounting":
		text = `
regulatory:
  glba: {stated_by: P-EXEC, as_of: DAY, consumers_count: 1200, exempt: true, qualified_individual: P-EXEC}`
	case "medical":
		text = `
related_documents:
  - {id: DOC-BAA, kind: baa, title: Business Associate Agreement, date: DAY}
regulatory:
  hipaa: {stated_by: P-EXEC, as_of: DAY, role: covered_entity, baa: DOC-BAA, breach_notice_days: 10, risk_analysis_date: DAY}`
	case "manufacturer":
		text = `
regulatory:
  cmmc: {stated_by: P-EXEC, as_of: DAY, level: LEVEL, assessment: self, cui: CUI, spd: CUI, ssp_ref: version and date of the plan, affirming_official: P-EXEC}`
		level, cui := "1", "false"
		if pkg == "cmmc" {
			level, cui = "2", "true"
		}
		text = strings.NewReplacer("LEVEL", level, "CUI", cui).Replace(text)
	default:
		text = `
regulatory:
  privacy: {stated_by: P-EXEC, as_of: DAY, laws: [name of the law], provider_role: service_provider}`
	}
	return strings.Split(strings.TrimPrefix(strings.ReplaceAll(text, "DAY", today.String()), "\n"), "\n")
}
