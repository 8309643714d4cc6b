package draft

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/source"
)

// Provider is what is asked about the provider, once.
type Provider struct {
	LegalName string // exactly as registered
	ShortName string
	Signer    Person
}

// Customer is what is asked about a customer. Fields that a comment calls
// optional may be empty; brackets then say what is left to fill in.
type Customer struct {
	ID        string // of the agreement; names its files
	LegalName string // exactly as registered
	ShortName string
	Form      string // legal form; optional
	Address   string // lines; optional
	Employees int
	Sector    string // name of a preset
	Package   string
	TimeZone  string        // IANA name; optional
	Effective calendar.Date // first day of the term
	Executive Person        // decides about security
	Deputy    Person        // stands in; optional
	Others    []Person      // further people; optional
	Assets    []Asset       // optional
	Services  []string      // ids of the services that were bought; see HasServices

	// HasServices says that Services is known: a service of the package that is not
	// among them was not bought.
	HasServices bool
}

// Person is a person of a party. Title and Phone are optional, and but for those
// who sign Email too.
type Person struct{ Name, Title, Email, Phone string }

// Asset is something the customer's business depends on.
type Asset struct {
	Name     string
	Kind     string // system, data, site, device or service
	Priority int    // 1 to 5; 1 is restored first
}

// Field names what is asked for. Its text is the name of the field in messages
// and in a map.
type Field string

// Fields of a provider and of a customer.
const (
	ProviderLegalName   Field = "provider.legal_name"
	ProviderShortName   Field = "provider.short_name"
	ProviderSigner      Field = "provider.signer.name"
	ProviderSignerEmail Field = "provider.signer.email"

	AgreementID       Field = "agreement.id"
	AgreementTimeZone Field = "agreement.timezone"
	TermEffective     Field = "term.effective"
	CustomerLegalName Field = "customer.legal_name"
	CustomerShortName Field = "customer.short_name"
	CustomerForm      Field = "customer.form"
	CustomerAddress   Field = "customer.address"
	CustomerEmployees Field = "customer.employees"
	CustomerSector    Field = "customer.sector"
	CustomerPackage   Field = "customer.package"
	ExecutiveName     Field = "security_executive.name"
	ExecutiveTitle    Field = "security_executive.title"
	ExecutiveEmail    Field = "security_executive.email"
	ExecutivePhone    Field = "security_executive.phone"

	PersonName  Field = "name"
	PersonTitle Field = "title"
	PersonEmail Field = "email"
	PersonPhone Field = "phone"
	PersonRole  Field = "role"

	AssetName     Field = "name"
	AssetKind     Field = "kind"
	AssetPriority Field = "priority"

	ServiceID Field = "service"
)

// Problem is what is wrong with one answer.
type Problem struct {
	Field   Field
	Message string // what is wrong, as after "customer.legal_name: "
}

// Largest numbers of characters, as the agreement has them.
const (
	maxLegalName = 400
	maxShortName = 60
	maxForm      = 120
	maxName      = 200
	maxPhone     = 40
	maxAddress   = 600
	maxEmployees = 1_000_000
)

// Problems are what is wrong with the answers about a provider.
func (p Provider) Problems() []Problem {
	var c problems
	c.text(ProviderLegalName, p.LegalName, maxLegalName, true)
	c.text(ProviderShortName, p.ShortName, maxShortName, true)
	c.text(ProviderSigner, p.Signer.Name, maxName, true)
	c.email(ProviderSignerEmail, p.Signer.Email, true)
	return c
}

// Problems are what is wrong with the answers about a customer.
func (x Customer) Problems() []Problem {
	var c problems
	reserved := []string{strings.TrimSuffix(WorkspaceFile, ".yaml"), strings.TrimSuffix(ProviderFile, ".yaml")}
	switch {
	case x.ID == "":
		c.add(AgreementID, "expected small letters and digits; none can be made of the short name %q", x.ShortName)
	case !agreement.ValidID(x.ID):
		c.add(AgreementID, "expected 1 to 64 small letters, digits and hyphens, no hyphen first and no name of a device, found %q", x.ID)
	case slices.Contains(reserved, x.ID):
		c.add(AgreementID, "%q is the name of another file", x.ID)
	}
	c.text(CustomerLegalName, x.LegalName, maxLegalName, true)
	c.text(CustomerShortName, x.ShortName, maxShortName, true)
	c.text(CustomerForm, x.Form, maxForm, false)
	c.lines(CustomerAddress, x.Address)
	if x.Employees < 1 || x.Employees > maxEmployees {
		c.add(CustomerEmployees, "expected a number of people from 1 on, owners included, found %d", x.Employees)
	}
	if !ValidName(x.Sector) {
		c.add(CustomerSector, "expected the name of a sector, such as %s, found %q", strings.Join(Sectors(), ", "), x.Sector)
	}
	if !ValidName(x.Package) {
		c.add(CustomerPackage, "expected the name of a package, such as %s, found %q", strings.Join(Packages(), ", "), x.Package)
	}
	if x.TimeZone != "" && !agreement.ValidTimeZone(x.TimeZone) {
		c.add(AgreementTimeZone, "expected a time zone such as America/Chicago, found %q", x.TimeZone)
	}
	if y := x.Effective.Year(); x.Effective.IsZero() || y < 1990 || y > 2190 {
		c.add(TermEffective, "expected a day such as 2027-01-01")
	}
	c.text(ExecutiveName, x.Executive.Name, maxName, true)
	c.text(ExecutiveTitle, x.Executive.Title, maxName, false)
	c.email(ExecutiveEmail, x.Executive.Email, true)
	c.text(ExecutivePhone, x.Executive.Phone, maxPhone, false)
	return c
}

// Problems are what is wrong with a person, beside the one who decides.
func (p Person) Problems() []Problem {
	var c problems
	c.text(PersonName, p.Name, maxName, true)
	c.text(PersonTitle, p.Title, maxName, false)
	c.email(PersonEmail, p.Email, false)
	c.text(PersonPhone, p.Phone, maxPhone, false)
	return c
}

// Problems are what is wrong with an asset.
func (a Asset) Problems() []Problem {
	var c problems
	c.text(AssetName, a.Name, maxName, true)
	if kinds := []string{"system", "data", "site", "device", "service"}; !slices.Contains(kinds, a.Kind) {
		c.add(AssetKind, "expected one of %s, found %q", strings.Join(kinds, ", "), a.Kind)
	}
	if a.Priority < 1 || a.Priority > 5 {
		c.add(AssetPriority, "expected 1 (restored first) to 5, found %d", a.Priority)
	}
	return c
}

type problems []Problem

func (c *problems) add(f Field, format string, args ...any) {
	*c = append(*c, Problem{f, fmt.Sprintf(format, args...)})
}

// text examines a text of one line as the reader of agreements does. What the
// reader only warns of, spaces that nobody sees, is refused.
func (c *problems) text(f Field, text string, most int, required bool) {
	if text == "" {
		if required {
			c.add(f, "expected a text, found none")
		}
		return
	}
	c.characters(f, text, false)
	if n := utf8.RuneCountInString(text); n > most {
		c.add(f, "expected at most %d characters, found %d", most, n)
	}
	c.spaces(f, text)
}

// lines examines a text that may have several lines.
func (c *problems) lines(f Field, text string) {
	if text == "" {
		return
	}
	c.characters(f, text, true)
	if n := utf8.RuneCountInString(text); n > maxAddress {
		c.add(f, "expected at most %d characters, found %d", maxAddress, n)
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			c.add(f, "it has an empty line")
			return
		}
		c.spaces(f, line)
	}
}

func (c *problems) characters(f Field, text string, lines bool) {
	for i, fault := range source.Faults(text, lines) {
		if i == 3 {
			return // one sentence is enough, three are more than enough
		}
		c.add(f, "%s", fault.Message)
	}
}

func (c *problems) spaces(f Field, line string) {
	other := strings.IndexFunc(line, func(r rune) bool { return r != ' ' && r != '\u3000' && unicode.Is(unicode.Zs, r) })
	switch {
	case strings.TrimLeft(line, " \u3000") != line:
		c.add(f, "it begins with a space")
	case strings.TrimRight(line, " \u3000") != line:
		c.add(f, "it ends with a space")
	case strings.Contains(line, "  "):
		c.add(f, "it has two spaces in a row")
	case other >= 0:
		r, _ := utf8.DecodeRuneInString(line[other:])
		c.add(f, "it has a space of another kind, %s", source.CodePoint(r))
	}
}

func (c *problems) email(f Field, text string, required bool) {
	switch {
	case text == "" && !required:
	case text == "":
		c.add(f, "expected an e-mail address, found none")
	case len(source.Faults(text, false)) > 0:
		c.characters(f, text, false)
	case !agreement.ValidEmail(text) || utf8.RuneCountInString(text) > 254:
		c.add(f, "expected an e-mail address, found %q", text)
	}
}
