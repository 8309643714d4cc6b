package agreement

import (
	_ "embed"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/go-playground/validator/v10"
)

// validate is the validator with the tags of this package. It never changes
// once made; it is made once because it reads the tags of all structs on first
// use, which takes longer than reading an agreement.
var validate = sync.OnceValue(newValidator)

var (
	agreementIDForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)
	deviceForm      = regexp.MustCompile(`^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
	clockForm       = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]$`)
)

// timezones are the names of the IANA time zone database 2025c, one a line.
// They are listed here so that no machine accepts other names than the next.
//
//go:embed timezones.txt
var timezones string

func isTimezone(name string) bool {
	if name == "" || strings.Contains(name, "\n") {
		return false
	}
	return strings.HasPrefix(timezones, name+"\n") || strings.Contains(timezones, "\n"+name+"\n")
}

// isID reports whether a text is 2 to 32 capital letters, digits and hyphens,
// a letter first.
func isID(text string) bool {
	if len(text) < 2 || len(text) > 32 || text[0] < 'A' || text[0] > 'Z' {
		return false
	}
	for i := range len(text) {
		if b := text[i]; b != '-' && (b < '0' || b > '9') && (b < 'A' || b > 'Z') {
			return false
		}
	}
	return true
}

func newValidator() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	for tag, ok := range map[string]func(string) bool{
		"id":          isID,
		"agreementid": func(s string) bool { return agreementIDForm.MatchString(s) && !deviceForm.MatchString(s) },
		"clock":       clockForm.MatchString,
		"timezone":    isTimezone,
	} {
		err := v.RegisterValidation(tag, func(field validator.FieldLevel) bool { return ok(field.Field().String()) })
		if err != nil {
			panic(fmt.Sprintf("agreement: tag %s: %v", tag, err))
		}
	}
	return v
}

// checkFields reports what is wrong with each field by itself.
func (c *checker) checkFields() {
	var failed validator.ValidationErrors
	err := validate().Struct(c.a)
	if err != nil && !errors.As(err, &failed) {
		panic(fmt.Sprintf("agreement: %v", err))
	}
	for _, f := range failed {
		if c.full() {
			return
		}
		_, path, _ := strings.Cut(f.StructNamespace(), ".")
		c.fieldError(path, f)
	}
	a := c.a
	switch r := a.Term.Renewal; r.Kind {
	case "by_review":
		c.mustBeWritten("Term.Renewal.NoticeDays")
	case "auto":
		c.mustBeCounted("Term.Renewal.Months", r.Months)
		c.mustBeCounted("Term.Renewal.NoticeDays", r.NoticeDays)
	}
	c.checkPrecedence()
	c.checkTold()
	for i := range a.ChangeAuthorization.Classes {
		c.mustBeWritten(fmt.Sprintf("ChangeAuthorization.Classes[%d].NoticeDays", i))
	}
	if a.Budget != nil {
		c.mustBeWritten("Budget.VariancePercent")
	}
	if from, to := a.Info.Hours.From, a.Info.Hours.To; clockForm.MatchString(from) && clockForm.MatchString(to) && from >= to {
		c.report(codeRange, "Info.Hours.To", "give the hour at which the working day ends", "business hours end at %q, not after they begin at %q", to, from)
	}
}

// mustBeWritten reports a number that is not written: 0 is a decision that
// the document prints, so that it is made by a person.
func (c *checker) mustBeWritten(path string) {
	if _, written := c.a.positions.Value(path); !written {
		c.missing(path, c.lookup(path), "required")
	}
}

// mustBeCounted reports a number that is not written or is 0, where 0 would say
// nothing.
func (c *checker) mustBeCounted(path string, n int) {
	up, _ := cutPath(path)
	if _, written := c.a.positions.Value(path); !written {
		c.mustBeWritten(path)
	} else if at := c.lookup(path); n == 0 {
		c.outOfRange(path, fmt.Sprintf("%q in %s", at.key, c.what(up)), at.value, "min", "1")
	}
}

// checkPrecedence holds that the order of documents is a whole order, in which
// no agreement takes the place of a law or widens a liability.
func (c *checker) checkPrecedence() {
	const path = "MSA.Precedence"
	if c.a.MSA == nil || len(c.a.MSA.Precedence) == 0 {
		return
	}
	order := c.a.MSA.Precedence
	own := slices.Index(order, "this_agreement")
	for _, word := range defaultPrecedence {
		switch i := slices.Index(order, word); {
		case i < 0:
			c.report(codePrecedence, path, fmt.Sprintf("add %q at its place", word), "the order of documents leaves out %q", word)
		case word == "msa_other" || own < 0 || i <= own:
		default:
			c.report(codePrecedence, fmt.Sprintf("%s[%d]", path, i), `write it before "this_agreement"`, "%q stands after \"this_agreement\" in the order of documents", word)
			c.note(fmt.Sprintf("%s[%d]", path, own), "this agreement")
		}
	}
}

// checkTold holds that the provider has the contact whom the customer tells of
// an incident.
func (c *checker) checkTold() {
	role := c.a.Notification.Customer.Contact
	if _, ok := c.a.Contact(Provider, role); ok || !knownRole(role) {
		return
	}
	c.report(codeUnknownID, "Notification.Customer.Contact", "add it to the contacts, or name another", "the provider has no %q contact", role)
}

// fieldError reports one failed tag in the words of the file.
func (c *checker) fieldError(path string, f validator.FieldError) {
	up, _ := cutPath(path)
	at := c.lookup(path)
	name := fmt.Sprintf("%q in %s", at.key, c.what(up))
	switch tag := f.Tag(); tag {
	case "required", "required_if":
		c.missing(path, at, tag)
	case "eq", "oneof":
		words := strings.Fields(f.Param())
		hint := ""
		found := fmt.Sprint(f.Value())
		if near := nearest(found, words); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		if found == "treated_as_approved" {
			hint = "no answer is never consent" // rule R79; the nearest word means the opposite
		}
		c.report(codeChoice, path, hint, "%s: expected %s, found %q", name, choice(words), found)
	case "id":
		c.report(codeFormat, path, `write an id such as "C-07"`, "%s: expected 2 to 32 capital letters, digits and hyphens, a letter first, found %q", name, f.Value())
	case "agreementid":
		c.report(codeFormat, path, `write an id such as "sample-dental-2027"; it becomes the name of files`, "%s: expected 1 to 64 small letters, digits and hyphens, no hyphen first and no name of a device, found %q", name, f.Value())
	case "clock":
		c.report(codeFormat, path, `write a time such as "08:00" in quotes`, "%s: expected hours and minutes of the 24-hour clock, found %q", name, f.Value())
	case "semver":
		c.report(codeFormat, path, "write a version such as 1.0.0", "%s: expected a semantic version of three numbers, found %q", name, f.Value())
	case "email":
		c.report(codeFormat, path, "write an address such as name@company.example", "%s: expected an e-mail address, found %q", name, f.Value())
	case "timezone":
		hint := `write a name such as "America/Chicago"`
		if near := nearest(fmt.Sprint(f.Value()), strings.Fields(timezones)); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		c.report(codeFormat, path, hint, "%s: expected an IANA time zone, found %q", name, f.Value())
	case "sha256":
		c.report(codeFormat, path, "write the 64 digits 0 to 9 and a to f", "%s: expected a SHA-256 sum, found %q", name, f.Value())
	case "min", "max":
		c.outOfRange(path, name, at.value, tag, f.Param())
	case "unique":
		c.repeated(path, name, at.value)
	default:
		panic("agreement: no message for the tag " + tag)
	}
}

// missing reports a required field that is not written, or is written with a
// value that says nothing.
func (c *checker) missing(path string, at place, tag string) {
	up, _ := cutPath(path)
	if _, written := c.a.positions.Value(path); written {
		switch at.value.Kind() {
		case reflect.Int:
			low, _ := tagParam(at.tag, "min")
			c.outOfRange(path, fmt.Sprintf("%q in %s", at.key, c.what(up)), at.value, "min", low)
		case reflect.Struct:
			var keys []string
			for _, field := range reflect.VisibleFields(at.value.Type()) {
				if key, ok := yamlKey(field); ok && strings.Contains(field.Tag.Get("validate"), "required") {
					keys = append(keys, key)
				}
			}
			c.report(codeMissing, path, "add the missing fields", "%q in %s is empty; expected %s", at.key, c.what(up), conjoin("and", keys))
		default:
			c.report(codeMissing, path, "", "%q in %s has no value", at.key, c.what(up))
		}
		return
	}
	hint := fmt.Sprintf("add the field %q", at.key)
	if words, ok := tagParam(at.tag, "oneof"); ok {
		hint += " with " + choice(strings.Fields(words))
	}
	if tag == "required_if" {
		// The one such field is the reason why an asset is out of scope.
		hint = fmt.Sprintf("say in %q why it is out of scope", at.key)
	}
	c.report(codeMissing, path, hint, "missing %q in %s", at.key, c.what(up))
}

// outOfRange reports a number, a text or a list beyond its bound.
func (c *checker) outOfRange(path, name string, value reflect.Value, bound, param string) {
	least := "at least"
	if bound == "max" {
		least = "at most"
	}
	switch value.Kind() {
	case reflect.Int:
		c.report(codeRange, path, fmt.Sprintf("write a number of %s %s", least, param), "%s: expected %s %s, found %d", name, least, param, value.Int())
	case reflect.String:
		c.report(codeRange, path, "shorten it", "%s: expected %s %s characters, found %d", name, least, param, len([]rune(value.String())))
	case reflect.Slice:
		n, err := strconv.Atoi(param)
		if err != nil {
			panic("agreement: bound of a list is no number: " + param)
		}
		hint := "add what is missing"
		if bound == "max" {
			hint = "delete some, or split the agreement"
		}
		c.report(codeRange, path, hint, "%s: expected %s %s, found %d", name, least, count(n, "entry", "entries"), value.Len())
	default:
		panic("agreement: no message for the range of a " + value.Kind().String())
	}
}

// repeated reports the entries of a list of words that stand there twice.
func (c *checker) repeated(path, name string, list reflect.Value) {
	first := map[string]int{}
	for i := range list.Len() {
		word := list.Index(i).String()
		j, seen := first[word]
		if !seen {
			first[word] = i
			continue
		}
		c.report(codeDuplicate, fmt.Sprintf("%s[%d]", path, i), "delete one of them", "%s names %q twice", name, word)
		c.note(fmt.Sprintf("%s[%d]", path, j), "first named here")
	}
}

// place is what a path leads to.
type place struct {
	value reflect.Value
	key   string            // name in the file of the field, or of the list it is an entry of
	tag   reflect.StructTag // of that field
}

// lookup follows a path of Go names, such as "Commitments[3].Due". It panics
// when the path leads nowhere.
func (c *checker) lookup(path string) place {
	at := place{value: reflect.ValueOf(c.a).Elem()}
	for step := range strings.SplitSeq(path, ".") {
		name, index, isEntry := strings.Cut(strings.TrimSuffix(step, "]"), "[")
		field, ok := at.value.Type().FieldByName(name)
		if !ok {
			panic("agreement: no such path: " + path)
		}
		at.value = at.value.FieldByIndex(field.Index)
		at.key, _ = yamlKey(field)
		at.tag = field.Tag
		if isEntry {
			i, err := strconv.Atoi(index)
			if err != nil {
				panic("agreement: no such path: " + path)
			}
			at.value = at.value.Index(i)
		}
		if at.value.Kind() == reflect.Pointer && !at.value.IsNil() {
			at.value = at.value.Elem()
		}
	}
	return at
}

// what names the mapping at a path as a person would: "customer",
// `commitment "C-07"`, `interim_control of commitment "C-07"`.
func (c *checker) what(path string) string {
	if path == "" {
		return "agreement file"
	}
	up, last := cutPath(path)
	at := c.lookup(path)
	if strings.HasSuffix(last, "]") {
		noun := noun(at.value.Type())
		if id := identity(at.value); id != "" {
			return fmt.Sprintf("%s %q", noun, id)
		}
		if strings.HasSuffix(up, "]") {
			noun += " of " + c.what(up)
		}
		return noun
	}
	if up == "" || up == "Parties" {
		return at.key
	}
	return at.key + " of " + c.what(up)
}

// noun is what one entry of a list is called.
func noun(t reflect.Type) string {
	switch name := t.Name(); name {
	case "Third":
		return "third party"
	case "Asset":
		return "critical asset"
	case "Line":
		return "budget line"
	case "Log":
		return "log"
	case "Threshold":
		return "approval threshold"
	case "RiskAcceptance":
		return "risk acceptance"
	case "ChangeClass":
		return "change class"
	case "RelatedDocument":
		return "related document"
	case "DisputeStep":
		return "step of a dispute"
	case "ServiceLevel":
		return "service level"
	case "KPI":
		return "KPI"
	case "Amount":
		return "amount"
	case "ExcludedClause":
		return "excluded clause"
	case "SetParameter":
		return "parameter"
	case "Window":
		return "maintenance window"
	case "EscalationStep":
		return "step"
	case "DeclinedRecommendation":
		return "declined recommendation"
	case "OptionsPresented":
		return "choice"
	case "RegulatorNotice":
		return "report"
	case "POAMItem":
		return "POA&M item"
	case "PCIDuty":
		return "requirement"
	case "Person", "Contact", "Signatory", "Service", "Backup", "Exclusion", "Responsibility", "Duty", "Score",
		"Target", "Commitment", "Charge", "Blackout", "Review", "Notice", "Amendment", "Certification", "Answer",
		"Assurance", "Tool", "Access", "Connection", "Severity", "Remediation", "Subcontractor", "Option", "Gap",
		"Escalation", "Insurance", "Milestone", "Suppression":
		return strings.ToLower(name)
	default:
		panic("agreement: no noun for the type " + name)
	}
}

// identity is the value by which a person tells an entry from the others.
func identity(entry reflect.Value) string {
	for _, name := range []string{"ID", "Control", "Item", "Severity", "Requirement", "Role", "Person", "Name", "Party", "Version", "Rule"} {
		if field := entry.FieldByName(name); field.IsValid() && field.Kind() == reflect.String {
			return field.String()
		}
	}
	return ""
}

func yamlKey(field reflect.StructField) (string, bool) {
	key, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
	return key, key != ""
}

// tagParam is the parameter of one rule of a validate tag.
func tagParam(tag reflect.StructTag, rule string) (string, bool) {
	for r := range strings.SplitSeq(tag.Get("validate"), ",") {
		if param, ok := strings.CutPrefix(r, rule+"="); ok {
			return param, true
		}
	}
	return "", false
}

// cutPath splits "Commitments[3].Due" into "Commitments[3]" and "Due".
func cutPath(path string) (up, last string) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return "", path
	}
	return path[:i], path[i+1:]
}
