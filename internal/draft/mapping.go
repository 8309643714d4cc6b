package draft

import (
	"slices"
	"strconv"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

const mapSchema = "concordat/map/v1"

// Map says which column of which CSV file is what. It never changes once read.
type Map struct {
	provider  *Provider
	separator rune
	sections  map[string]*section // by name: companies, people, assets, services
	file      *source.File
}

// section is what a map says about one CSV file.
type section struct {
	name    string
	key     string // column by which rows belong to a company
	keySpan source.Span
	span    source.Span
	fields  []mapping
}

// mapping is where the value of a field comes from: a column or a constant.
type mapping struct {
	field   Field
	column  string
	value   string
	values  []translation
	other   string // for what values does not list; empty for none
	span    source.Span
	colSpan source.Span
}

type translation struct{ from, to string }

// mapFile is a map as it is written.
type mapFile struct {
	Schema    string      `yaml:"schema"`
	Separator string      `yaml:"separator"`
	Companies *mapSection `yaml:"companies"`
	People    *mapSection `yaml:"people"`
	Assets    *mapSection `yaml:"assets"`
	Services  *mapSection `yaml:"services"`
}

type mapSection struct {
	Key    string     `yaml:"key"`
	Fields []mapField `yaml:"fields"`
}

type mapField struct {
	Field  string     `yaml:"field"`
	Column string     `yaml:"column"`
	Value  string     `yaml:"value"`
	Values []mapValue `yaml:"values"`
	Other  string     `yaml:"other"`
}

type mapValue struct {
	From string `yaml:"from"`
	To   string `yaml:"to"`
}

// mappable are the fields of each section, those that must be there first.
func mappable(section string) (required, optional []Field) {
	switch section {
	case "companies":
		return []Field{CustomerLegalName, CustomerShortName, CustomerEmployees, CustomerSector, CustomerPackage},
			[]Field{
				ExecutiveName, ExecutiveEmail, ExecutiveTitle, ExecutivePhone, CustomerForm, CustomerAddress,
				AgreementID, AgreementTimeZone, TermEffective, ProviderLegalName, ProviderShortName, ProviderSigner, ProviderSignerEmail,
			}
	case "people":
		return []Field{PersonName}, []Field{PersonTitle, PersonEmail, PersonPhone, PersonRole}
	case "assets":
		return []Field{AssetName, AssetKind, AssetPriority}, nil
	case "services":
		return []Field{ServiceID}, nil
	default:
		panic("draft: no section " + strconv.Quote(section))
	}
}

// ReadMap reads a map. given are the sections for which there is a CSV file, beside
// companies. newProvider says that the provider's answers must be in it. With an
// error in the list there is no map.
func ReadMap(file *source.File, given []string, newProvider bool) (*Map, diag.List) {
	var x mapFile
	positions, list := yamlsrc.Decode(file.Span(0, len(file.Text())), &x, yamlsrc.Options{What: "map"})
	if list.HasErrors() {
		return nil, list
	}
	if x.Schema != mapSchema {
		list.Errorf(codeMapSchema, positions.Nearest("Schema"), `begin the file with "schema: `+mapSchema+`"`, "expected the schema %q of a map, found %q", mapSchema, x.Schema)
		return nil, list
	}
	m := &Map{sections: map[string]*section{}, file: file}
	switch x.Separator {
	case "":
	case "comma":
		m.separator = ','
	case "semicolon":
		m.separator = ';'
	case "tab":
		m.separator = '\t'
	default:
		list.Errorf(codeMapField, positions.Nearest("Separator"), "leave it out: it is found by itself", "separator: expected comma, semicolon or tab, found %q", x.Separator)
	}
	for _, s := range []struct {
		name, path string
		written    *mapSection
	}{{"companies", "Companies", x.Companies}, {"people", "People", x.People}, {"assets", "Assets", x.Assets}, {"services", "Services", x.Services}} {
		wanted := s.name == "companies" || slices.Contains(given, s.name)
		switch {
		case s.written == nil && wanted:
			list.Errorf(codeMapSection, file.Span(0, 0), "say in "+strconv.Quote(s.name)+" which column is what", "the map has no section %q", s.name)
		case s.written != nil && !wanted:
			list.Errorf(codeMapSection, positions.Nearest(s.path), "name its CSV file by --"+s.name+", or delete the section", "the map has a section %q, but there is no such file", s.name)
		case s.written != nil:
			m.sections[s.name] = readSection(s.name, s.path, s.written, positions, &list)
		}
	}
	if list.HasErrors() {
		return nil, list
	}
	m.executive(&list, slices.Contains(given, "people"))
	m.readProvider(&list, newProvider)
	if list.HasErrors() {
		return nil, list
	}
	return m, list
}

func readSection(name, path string, w *mapSection, positions *yamlsrc.Positions, list *diag.List) *section {
	s := &section{name: name, key: w.Key, span: positions.Nearest(path), keySpan: positions.Nearest(path + ".Key")}
	if w.Key == "" {
		list.Errorf(codeMapSection, s.span, `name in "key" the column that tells companies apart, in each file`, "%s: expected a key", name)
	}
	required, optional := mappable(name)
	known := slices.Concat(required, optional)
	for i, f := range w.Fields {
		at := path + ".Fields[" + strconv.Itoa(i) + "]"
		y := mapping{field: Field(f.Field), column: f.Column, value: f.Value, other: f.Other, span: positions.Nearest(at), colSpan: positions.Nearest(at + ".Column")}
		if _, ok := positions.Value(at + ".Value"); ok {
			y.span = positions.Nearest(at + ".Value")
		}
		switch {
		case !slices.Contains(known, y.field):
			var names []string
			for _, k := range known {
				names = append(names, string(k))
			}
			hint := "expected one of " + strings.Join(names, ", ")
			if near := diag.Nearest(f.Field, names); near != "" {
				hint = "did you mean " + strconv.Quote(near) + "?"
			}
			list.Errorf(codeMapField, positions.Nearest(at+".Field"), hint, "%s have no field %q", name, f.Field)
			continue
		case slices.ContainsFunc(s.fields, func(z mapping) bool { return z.field == y.field }):
			list.Errorf(codeMapField, positions.Nearest(at+".Field"), "keep one of them", "the field %q is given twice", f.Field)
			continue
		case (f.Column == "") == (f.Value == ""):
			list.Errorf(codeMapField, positions.Nearest(at), `give either "column", or in "value" a constant`, "the field %q has not exactly one source", f.Field)
		case f.Value != "" && (len(f.Values) > 0 || f.Other != ""):
			list.Errorf(codeMapField, positions.Nearest(at), "write the constant as it is to stand in the agreement", "the field %q is a constant and has translations", f.Field)
		case f.Other != "" && len(f.Values) == 0:
			list.Errorf(codeMapValues, positions.Nearest(at+".Other"), `write it as "value", or say in "values" what is translated`, "the field %q has \"other\" without \"values\"", f.Field)
		case strings.HasPrefix(f.Field, "provider.") && f.Column != "":
			list.Errorf(codeMapField, positions.Nearest(at+".Column"), `give it in "value"`, "the field %q is the same for all customers, and cannot come from a column", f.Field)
		}
		for j, v := range f.Values {
			span := positions.Nearest(at + ".Values[" + strconv.Itoa(j) + "]")
			switch {
			case v.From == "" || v.To == "":
				list.Errorf(codeMapValues, span, "write {from: what the column says, to: what the agreement says}", "a translation of %q is not complete", f.Field)
			case slices.ContainsFunc(y.values, func(t translation) bool { return t.from == v.From }):
				list.Errorf(codeMapValues, span, "keep one of them", "%q is translated twice", v.From)
			}
			y.values = append(y.values, translation{v.From, v.To})
		}
		s.fields = append(s.fields, y)
	}
	for _, f := range required {
		if s.field(f) == nil {
			list.Errorf(codeMapField, s.span, "name its column, or give a constant", "%s: the field %q is missing", name, f)
		}
	}
	return s
}

// executive demands that somebody says who decides about security: companies, or
// people by their role.
func (m *Map) executive(list *diag.List, people bool) {
	companies := m.sections["companies"]
	name, email := companies.field(ExecutiveName) != nil, companies.field(ExecutiveEmail) != nil
	byRole := people && m.sections["people"].field(PersonRole) != nil
	switch {
	case byRole && (name || email):
		list.Errorf(codeMapField, companies.field2(ExecutiveName, ExecutiveEmail).span, `take it away, or the field "role" of people`, "who decides about security is said by companies and by people")
	case !byRole && (!name || !email):
		list.Errorf(codeMapField, companies.span, "name their columns, or give people with the role security_executive", "companies: expected the fields %q and %q", ExecutiveName, ExecutiveEmail)
	}
}

func (m *Map) readProvider(list *diag.List, wanted bool) {
	companies := m.sections["companies"]
	get := func(f Field) string {
		y := companies.field(f)
		if y == nil {
			return ""
		}
		return y.value
	}
	p := Provider{LegalName: get(ProviderLegalName), ShortName: get(ProviderShortName), Signer: Person{Name: get(ProviderSigner), Email: get(ProviderSignerEmail)}}
	if !wanted {
		for _, f := range []Field{ProviderLegalName, ProviderShortName, ProviderSigner, ProviderSignerEmail} {
			if y := companies.field(f); y != nil {
				list.Errorf(codeMapField, y.span, "delete it", "the field %q is not used: the folder has a %s", f, ProviderFile)
			}
		}
		return
	}
	for _, x := range p.Problems() {
		span := companies.span
		if y := companies.field(x.Field); y != nil {
			span = y.span
		}
		list.Errorf(codeMapField, span, "give it in \"value\" of that field", "%s: %s", x.Field, x.Message)
	}
	m.provider = &p
}

// Provider are the answers about the provider; nil where its file is there.
func (m *Map) Provider() *Provider { return m.provider }

// field is where a field comes from, or nil.
func (s *section) field(f Field) *mapping {
	if i := slices.IndexFunc(s.fields, func(y mapping) bool { return y.field == f }); i >= 0 {
		return &s.fields[i]
	}
	return nil
}

// field2 is the first of two fields that is there.
func (s *section) field2(a, b Field) *mapping {
	if y := s.field(a); y != nil {
		return y
	}
	return s.field(b)
}
