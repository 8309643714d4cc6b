package schema

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/money"
)

// builder makes the schema of one kind of file.
type builder struct {
	*model
	kind Kind

	fields, described int // fields in all, and those with a comment of their own
}

// place is where a struct stands in a file.
type place struct {
	path   string // of keys; lists add nothing
	merged bool   // mappings alone lead to it, so that several files can write it
}

// build is the schema of a whole file.
func (m *model) build(k Kind) (*node, *builder) {
	b := &builder{model: m, kind: k}
	var n, strict *node
	switch k {
	case Agreement:
		n, strict = b.object("agreement.Agreement", place{merged: true})
		b.extra(n, "workspace.header", "schema")
		b.extra(n, "workspace.pricing", "change")
		n.If, n.Else = &node{Required: []string{"use"}}, strict
		n.Title = "Concordat agreement"
		n.Description = "What a provider and one customer settle about security: who does what, which risks are accepted, and what time and money is committed by when."
	case Shared:
		n, _ = b.object("agreement.Agreement", place{merged: true})
		b.extra(n, "workspace.header", "schema")
		b.extra(n, "workspace.pricing", "change")
		n.property("schema").Const = "concordat/shared/v1"
		n.Title = "Concordat shared file"
		n.Description = "What a provider writes once for many customers: people, services, prices, a package or what firms of one trade need. Decisions of a customer stand in the agreement itself."
		n.Required = []string{"schema"}
	case Record:
		n, _ = b.object("record.Record", place{})
		n.property("schema").Const = "concordat/record/v1"
		n.Title = "Concordat record"
		n.Description = "What happened to an agreement after it was written. A record can fulfil what the agreement promises, never change it."
	case Workspace:
		n, _ = b.object("workspace.settingsFile", place{})
		n.property("schema").Const = "concordat/workspace/v1"
		n.Title = "Concordat workspace"
		n.Description = "What holds for all agreements below the folder of this file."
	default:
		panic("schema: no kind " + string(k))
	}
	n.Schema = "http://json-schema.org/draft-07/schema#"
	n.ID = "urn:concordat:" + string(k) + ":v1"
	return n, b
}

// extra puts the fields of a struct behind a field of n.
func (b *builder) extra(n *node, name, after string) {
	more, _ := b.object(name, place{})
	at := 1 + slices.IndexFunc(n.Properties, func(p property) bool { return p.key == after })
	n.Properties = slices.Insert(n.Properties, at, more.Properties...)
}

func (n *node) property(key string) *node {
	at := slices.IndexFunc(n.Properties, func(p property) bool { return p.key == key })
	return n.Properties[at].node
}

// demands are the fields that code demands, not tags.
var demands = map[string][]string{
	"agreement.Budget":      {"variance_percent"},
	"agreement.ChangeClass": {"notice_days"},
	"workspace.changeRow":   {"at", "reason"},
	"workspace.priceBook":   {"id", "valid_from", "valid_until", "currency", "prices"},
	"workspace.price":       {"id", "amount"},
	"workspace.quantity":    {"id", "count"},

	"workspace.settingsFile": {"schema"},
}

// object is the schema of a struct. strict is what it demands besides when no
// other file can have written it; nil is nothing.
func (b *builder) object(name string, at place) (n, strict *node) {
	st := b.structs[name]
	if st == nil {
		panic("schema: no struct " + name)
	}
	n = &node{Type: "object", AdditionalProperties: new(false)}
	strict = &node{}
	var conditions []*node
	add := func(key string, f structField, of *structType) {
		path := strings.TrimPrefix(at.path+"."+key, ".")
		value, decided := b.decisions[path]
		decided = decided && value == "" || path == "schema"
		if b.kind == Shared && decided && path != "schema" {
			return
		}
		merged := at.merged && !decided
		field, more := b.field(f, of, place{path, merged})
		n.Properties = append(n.Properties, property{key, field})
		required, condition := b.required(st, f)
		if condition != nil {
			conditions = append(conditions, condition)
		}
		required = required || slices.Contains(demands[name], key)
		switch {
		case b.kind == Shared && strings.HasPrefix(name, "agreement."):
			// Other files can complete what stands in this one; but a row says which it is.
			if at.merged || !slices.Contains(b.identity(at.path), key) {
				required = false
			}
		case required && merged && len(field.Required) == 0:
			strict.Required = append(strict.Required, key)
			required = false
		}
		if required {
			n.Required = append(n.Required, key)
		}
		if more != nil {
			strict.Properties = append(strict.Properties, property{key, more})
		}
	}
	for _, f := range st.fields {
		if f.key == "" {
			inner := b.structs[goType(st.pkg, f.typ)]
			for _, in := range inner.fields {
				add(in.key, in, inner)
			}
			continue
		}
		add(f.key, f, st)
	}
	b.besides(name, n, &conditions)
	if b.kind != Shared {
		n.AllOf = conditions
	}
	if len(strict.Required) == 0 && len(strict.Properties) == 0 {
		strict = nil
	}
	return n, strict
}

// besides adds what no tag of a struct says.
func (b *builder) besides(name string, n *node, conditions *[]*node) {
	switch name {
	case "agreement.Renewal":
		least := properties{{"months", &node{Minimum: new(1)}}, {"notice_days", &node{Minimum: new(1)}}}
		auto := when("kind", "auto", "months", "notice_days")
		auto.Then.Properties = least
		*conditions = append(*conditions, when("kind", "by_review", "notice_days"), auto)
	case "agreement.Charge":
		n.Properties = append(n.Properties,
			property{"price", b.reference("Price: id of a price in the price book, in place of amount and unit_price.")},
			property{"quantity_of", b.reference("Quantity of: id of a row of quantities, in place of quantity.")})
	case "workspace.changeRow":
		set, empty := &node{Required: []string{"set"}}, 1
		n.AnyOf = []*node{set, {Required: []string{"clear"}, Properties: properties{{"clear", &node{MinItems: &empty}}}}}
		n.property("set").MinProperties = 1
	case "workspace.priceBook":
		n.property("prices").MinItems = new(1)
	case "workspace.quantity":
		n.property("count").Minimum = new(0)
	case "workspace.price":
		amount := n.property("amount")
		amount.ExclusiveMinimum, amount.Minimum = nil, new(0)
		amount.Pattern = strings.TrimPrefix(amountForm, "^-?")
		amount.Pattern = "^" + amount.Pattern
	}
}

func (b *builder) reference(description string) *node {
	b.fields++
	b.described++
	return &node{Type: "string", Description: description, Pattern: lineForm, PatternErrorMessage: lineMessage}
}

// when is the condition that fields are required when another has a value.
func when(key string, value any, required ...string) *node {
	return &node{
		If:   &node{Required: []string{key}, Properties: properties{{key, &node{Const: value}}}},
		Then: &node{Required: required},
	}
}

// required reports whether tags demand a field, always or on a condition.
func (b *builder) required(st *structType, f structField) (bool, *node) {
	if need, _, _ := strings.Cut(f.check, ","); need == "required" {
		return true, nil
	}
	for rule := range strings.SplitSeq(f.validate, ",") {
		name, param, _ := strings.Cut(rule, "=")
		switch name {
		case "dive":
			return false, nil
		case "required":
			return true, nil
		case "required_if":
			goName, value, _ := strings.Cut(param, " ")
			var is any = value
			if value == "true" || value == "false" {
				is = value == "true"
			}
			return false, when(st.keyOf(goName), is, f.key)
		}
	}
	return false, nil
}

func (st *structType) keyOf(goName string) string {
	for _, f := range st.fields {
		if f.name == goName {
			return f.key
		}
	}
	panic("schema: " + st.name + " has no field " + goName)
}

// identity are the fields that tell the rows of a list apart.
func (b *builder) identity(path string) []string {
	if keys, ok := b.identities[path]; ok {
		return keys
	}
	return []string{"id"}
}

// hasRows reports whether several files can give rows to the list at a path.
func (b *builder) hasRows(path, rowType string) bool {
	if _, ok := b.identities[path]; ok {
		return true
	}
	st := b.structs[rowType]
	return st != nil && slices.ContainsFunc(st.fields, func(f structField) bool { return f.key == "id" })
}

// field is the schema of the value of a field.
func (b *builder) field(f structField, of *structType, at place) (n, strict *node) {
	b.fields++
	typ := strings.TrimPrefix(goType(of.pkg, f.typ), "*")
	rules, inner, isList := strings.Cut(strings.TrimSuffix(f.validate, ",dive"), ",dive,")
	rules = strings.TrimPrefix(rules, "dive,")
	if strings.HasPrefix(typ, "[]") {
		typ = strings.TrimPrefix(typ, "[]")
		isList = true
		if rules == "dive" {
			rules = ""
		}
		if rest, ok := strings.CutPrefix(f.validate, "dive,"); ok {
			rules, inner = "", rest
		}
		n = &node{Type: "array"}
		n.Items, _ = b.value(typ, inner, f, place{path: at.path})
		limits := rules
		if need, _, _ := strings.Cut(f.check, ","); need == "required" {
			limits += ",min=1"
		}
		b.limitList(n, limits)
		if n.MinItems != nil && at.merged && b.hasRows(at.path, typ) {
			strict = &node{MinItems: n.MinItems}
			n.MinItems = nil
		}
		if b.kind == Shared && n.Items.Type == "object" {
			n.MinItems = nil
		}
	} else {
		if isList {
			panic("schema: entries of what is no list: " + f.name)
		}
		n, strict = b.value(typ, rules, f, at)
	}
	if n.Type != "object" && (n.Items == nil || n.Items.Type != "object") {
		typ = "" // the comment of the type says how the program holds it
	}
	comment := b.comment(f, of, typ, n.Type == "array")
	if strings.Contains(comment, ":") {
		b.described++
	}
	form := n.Description // of the value itself
	if n.Type == "array" && n.Items.Type != "object" {
		form, n.Items.Description = n.Items.Description, ""
		if form != "" {
			form = "Each entry: " + lower(form)
		}
	}
	n.Description = strings.TrimSpace(comment + " " + form)
	return n, strict
}

// limitList puts the rules of a list into its schema.
func (b *builder) limitList(n *node, rules string) {
	for rule := range strings.SplitSeq(rules, ",") {
		name, param, _ := strings.Cut(rule, "=")
		switch name {
		case "", "required", "omitempty":
		case "min":
			n.MinItems = number(param)
		case "max":
			n.MaxItems = number(param)
		case "unique":
			n.UniqueItems = true
		default:
			panic("schema: no words for the rule of a list: " + rule)
		}
	}
}

// The forms of texts. JavaScript and Go read them alike.
const (
	lineForm    = `^.*\S.*$`
	lineMessage = "expected text of one line"
	linesForm   = `\S([\s\S]*[^\n])?$`
	amountForm  = `^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$`
	monthForm   = `(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])`
	monthDays   = `((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)`
	dateForm    = `(19|20|21)[0-9]{2}-(02-29|` + monthDays + `)`
	relative    = `([0-9]{1,4} (day|month)s? (after|before) )?(effective|end)`
	idForm      = `^[A-Z][A-Z0-9-]{1,31}$`
	nameForm    = `^[a-z0-9][a-z0-9-]{0,63}$`
	deviceForm  = `^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`
	clockForm   = `^([01][0-9]|2[0-3]):[0-5][0-9]$`
	emailForm   = `^\S+@\S+\.\S+$`
	shaForm     = `^[0-9a-f]{64}$`
	versionForm = `^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)` +
		`(-(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$`
)

// value is the schema of one value, its form as the description.
func (b *builder) value(typ, rules string, f structField, at place) (n, strict *node) {
	switch typ {
	case "string", "agreement.Party":
		return b.text(rules, f, at), nil
	case "bool":
		return &node{Type: "boolean", Description: "true or false."}, nil
	case "int":
		return b.integer(rules), nil
	case "calendar.Date":
		return b.date(dateForm, "A date such as 2027-03-31.", "2027-03-31"), nil
	case "calendar.Month":
		return b.date(monthForm, "A month such as 2027-03.", "2027-03"), nil
	case "agreement.MonthDay":
		return formed("^"+monthDays+"$", "A month and a day such as 02-01.", "02-01"), nil
	case "money.Amount":
		n := formed(amountForm, "An amount in plain digits such as 1440.00.", "")
		n.Type, n.ExclusiveMinimum, n.ExclusiveMaximum = []string{"number", "string"}, new(-1_000_000_000_000_000), new(1_000_000_000_000_000)
		return n, nil
	case "agreement.Level":
		n := formed(`^[0-9](\.[0-9])?$`, "A level with at most one decimal, such as 2 or 1.4.", "")
		n.Type, n.Minimum, n.ExclusiveMaximum = []string{"number", "string"}, new(0), new(10)
		return n, nil
	case "agreement.ParameterValue":
		return &node{Type: []string{"integer", "string"}, MaxLength: new(100), Pattern: lineForm, PatternErrorMessage: lineMessage,
			Description: "A whole number, or one of the words that the clause allows."}, nil
	case "money.Currency":
		return &node{Type: "string", Description: "A currency such as USD.", Enum: currencies()}, nil
	case "record.Version":
		return formed(versionForm, "A version of three numbers such as 1.0.0.", "1.0.0"), nil
	case "record.Digest":
		return formed(shaForm, "A SHA-256 sum: 64 digits 0 to 9 and a to f.", ""), nil
	case "yamlsrc.Node":
		return &node{Type: "object"}, nil
	}
	if values, ok := b.words[typ]; ok {
		return &node{Type: "string", Description: oneOf(values), Enum: values}, nil
	}
	return b.object(typ, at)
}

func oneOf(words []string) string { return "One of: " + strings.Join(words, ", ") + "." }

// formed is text of a form.
func formed(pattern, description, example string) *node {
	n := &node{Type: "string", Description: description, Pattern: pattern, PatternErrorMessage: "expected " + strings.TrimSuffix(lower(description), ".")}
	if example != "" {
		n.Examples = []string{example}
	}
	return n
}

// date is text of a form that a shared file can also count from the term.
func (b *builder) date(form, description, example string) *node {
	if b.kind == Shared {
		return formed("^("+form+"|"+relative+")$", strings.TrimSuffix(description, ".")+", or counted from the term such as 30 days after effective.", "effective")
	}
	return formed("^"+form+"$", description, example)
}

// text is the schema of a text with rules.
func (b *builder) text(rules string, f structField, at place) *node {
	n := &node{Type: "string"}
	plain := true
	for rule := range strings.SplitSeq(rules, ",") {
		name, param, _ := strings.Cut(rule, "=")
		form := (*node)(nil)
		switch name {
		case "", "required", "omitempty", "required_if":
		case "eq":
			n.Const, plain = param, false
		case "oneof":
			n.Enum, plain = strings.Fields(param), false
			defer func() { n.Description = oneOf(n.Enum) }()
			if b.kind == Shared {
				no := strings.Fields(b.decisions[at.path])
				n.Enum = slices.DeleteFunc(n.Enum, func(word string) bool { return slices.Contains(no, word) })
			}
		case "timezone":
			n.Enum, plain = b.timezones, false
			n.Description = "A name such as America/Chicago."
		case "min":
			n.MinLength = number(param)
		case "max":
			n.MaxLength = number(param)
			n.Description = "At most " + param + " characters."
		case "id":
			form = formed(idForm, "An id such as C-07: 2 to 32 capital letters, digits and hyphens, a letter first.", "")
		case "agreementid":
			form = formed(nameForm, "An id such as sample-dental-2027: 1 to 64 small letters, digits and hyphens, no hyphen first.", "")
			n.Not = &node{Pattern: deviceForm}
		case "clock":
			form = formed(clockForm, `A time in quotes such as "08:00".`, "")
		case "semver":
			form = formed(versionForm, "A version of three numbers such as 1.0.0.", "1.0.0")
		case "email":
			form = formed(emailForm, "An address such as name@company.example.", "")
		case "sha256":
			form = formed(shaForm, "64 digits 0 to 9 and a to f.", "")
		default:
			panic("schema: no words for the rule " + rule)
		}
		if form != nil {
			n.Pattern, n.PatternErrorMessage, n.Description, n.Examples = form.Pattern, form.PatternErrorMessage, form.Description, form.Examples
			plain = false
		}
	}
	switch {
	case plain && f.lines:
		n.Pattern, n.PatternErrorMessage = linesForm, "expected text that does not end with a line break"
		n.Description = strings.TrimSpace(n.Description + ` Text of one or more lines, under "|-".`)
	case plain:
		n.Pattern, n.PatternErrorMessage = lineForm, lineMessage
	}
	return n
}

// integer is the schema of a whole number with rules. 32 bits hold it.
func (b *builder) integer(rules string) *node {
	n := &node{Type: "integer", Minimum: new(-1 << 31), Maximum: new(1<<31 - 1)}
	low, high := "", ""
	for rule := range strings.SplitSeq(rules, ",") {
		name, param, _ := strings.Cut(rule, "=")
		switch name {
		case "", "required", "omitempty":
		case "min":
			n.Minimum, low = number(param), param
		case "max":
			n.Maximum, high = number(param), param
		default:
			panic("schema: no words for the rule of a number: " + rule)
		}
	}
	switch {
	case low != "" && high != "":
		n.Description = fmt.Sprintf("A whole number from %s to %s.", low, high)
	case low != "":
		n.Description = fmt.Sprintf("A whole number from %s.", low)
	default:
		n.Description = "A whole number."
	}
	return n
}

func number(text string) *int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic("schema: no number: " + text)
	}
	return &n
}

// currencies are the codes of all that money knows.
func currencies() []string {
	var all []string
	for i := range 26 * 26 * 26 {
		code := string([]byte{byte('A' + i/676), byte('A' + i/26%26), byte('A' + i%26)})
		if _, err := money.ParseCurrency(code); err == nil {
			all = append(all, code)
		}
	}
	return all
}

// sentence is where one ends: before a capital, unlike in "R.S. 51:2111".
var sentence = regexp.MustCompile(`\. [A-Z]`)

// comment is what the source says about a field: its label with its own
// comment, else with the first sentence of that of its struct.
func (b *builder) comment(f structField, of *structType, typ string, isList bool) string {
	text := b.keys(predicate(f.comment, f.name), of)
	_, names, _ := strings.Cut(f.check, ",")
	switch {
	case f.key == "schema":
		text = "the form of this file"
	case text == "" && names != "":
		text = "id of a " + names + " of the agreement"
	}
	if st := b.structs[typ]; text == "" && st != nil {
		text = st.doc
		if end := sentence.FindStringIndex(text); end != nil {
			text = text[:end[0]]
		}
		isNoun := strings.HasPrefix(text, st.name+" is ") || strings.HasPrefix(text, st.name+" are ")
		text = b.keys(predicate(text, st.name), st)
		switch {
		case isList && isNoun:
			text = "each entry is " + text
		case isList:
			text = "each entry " + text
		}
	}
	if text == "" {
		return label(f.key) + "."
	}
	return label(f.key) + ": " + strings.TrimSuffix(text, ".") + "."
}

// predicate is a comment without the name of what it is about.
func predicate(text, name string) string {
	rest, ok := strings.CutPrefix(text, name+" ")
	if !ok {
		return text
	}
	return strings.TrimPrefix(strings.TrimPrefix(rest, "is "), "are ")
}

// spelled are words of keys that are not written as they are.
var spelled = map[string]string{
	"id": "ID", "msa": "MSA", "rto": "RTO", "rpo": "RPO", "mfa": "MFA", "kpis": "KPIs", "slas": "Service levels", "baa": "BAA", "dpa": "DPA",
	"ssp": "SSP", "sprs": "SPRS", "cmmc": "CMMC", "pci": "PCI", "glba": "GLBA", "nis": "NIS", "nis2": "NIS2", "uk": "UK", "hipaa": "HIPAA",
	"cui": "CUI", "spd": "SPD", "aoc": "AOC", "wisp": "Information security plan", "poam": "POA&M", "fedramp": "FedRAMP", "sha256": "SHA-256", "phi": "PHI",
	"timezone": "time zone", "msp": "MSP", "ref": "reference",
}

// label is a key as a person writes it: "Legal name".
func label(key string) string {
	words := strings.Split(key, "_")
	for i, word := range words {
		if w, ok := spelled[word]; ok {
			words[i] = w
		}
	}
	text := strings.Join(words, " ")
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// keys is a comment with the names of fields as they stand in the file.
func (b *builder) keys(text string, of *structType) string {
	for _, f := range of.fields {
		if f.key == "" {
			continue
		}
		name := regexp.MustCompile(`([a-z,;] )` + f.name + `\b`)
		text = name.ReplaceAllString(text, "${1}"+f.key)
	}
	return text
}

func lower(text string) string {
	return strings.ToLower(text[:1]) + text[1:]
}
