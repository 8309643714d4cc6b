package draft

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/source"
)

// Tables are the CSV files of an import. All but Companies may be nil.
type Tables struct{ Companies, People, Assets, Services *source.File }

// Import makes customers of CSV files, one of each row of the companies. It keeps the
// rows that belong to companies in memory, and one company at a time.
type Import struct {
	m         *Map
	today     calendar.Date
	companies *table
	belongs   map[string]*belonging // by key
	keys, ids map[string][]int      // offsets of the first two rows of a key, and of an id
	rows      int                   // of companies

	// Letters says why a text cannot be printed; empty where it can. Taken reports
	// whether a file is there already. Known are the problems of names that only the
	// shared files know: of packages, sectors and services. Each may be nil.
	Letters func(text string) string
	Taken   func(path string) bool
	Known   func(Customer) []Problem
}

// belonging is what belongs to a company beside its row.
type belonging struct {
	executive *Person
	deputy    *Person
	others    []Person
	assets    []Asset
	services  []string
	used      bool
	faulty    *source.Span // of the first row that was rejected
	spans     []source.Span
	roles     map[string]source.Span
}

// Open reads all CSV files but the rows of the companies. Rows that cannot be used
// are in the list, and so are columns that are not there; the import is nil when no
// row can be read at all.
func (m *Map) Open(files Tables, today calendar.Date) (*Import, diag.List) {
	im := &Import{m: m, today: today, belongs: map[string]*belonging{}, keys: map[string][]int{}, ids: map[string][]int{}}
	var list diag.List
	unreadable := false
	for _, s := range []struct {
		name string
		file *source.File
		row  func(*belonging, bound, *diag.List) bool
	}{{"people", files.People, addPerson}, {"assets", files.Assets, addAsset}, {"services", files.Services, addService}} {
		if s.file == nil {
			continue
		}
		b, problems := m.bind(s.name, s.file)
		if list = append(list, problems...); b == nil {
			unreadable = true
			continue
		}
		list = append(list, b.table.each(func(r record) {
			var problems diag.List
			row := bound{binding: b, record: r}
			key, ok := row.key(&problems)
			if !ok {
				list = append(list, problems...)
				return
			}
			x := im.belongs[key]
			if x == nil {
				x = &belonging{roles: map[string]source.Span{}}
				im.belongs[key] = x
			}
			x.spans = append(x.spans, r.span(b.keyColumn))
			if !s.row(x, row, &problems) && x.faulty == nil {
				span := r.span(b.keyColumn)
				x.faulty = &span
			}
			list = append(list, problems...)
		})...)
	}
	b, problems := m.bind("companies", files.Companies)
	list = append(list, problems...)
	if b == nil || unreadable {
		return nil, list.Sorted()
	}
	im.companies = b.table
	// A key or an id that is there twice belongs to nobody: the first pass finds them.
	faulty := b.table.each(func(r record) {
		im.rows++
		row := bound{binding: b, record: r}
		var ignored diag.List
		if key, ok := row.key(&ignored); ok {
			im.keys[key] = firstTwo(im.keys[key], r.starts[b.keyColumn])
		}
		if id := im.id(row); id != "" {
			im.ids[id] = firstTwo(im.ids[id], r.starts[b.keyColumn])
		}
	})
	im.rows += len(faulty)
	return im, list
}

// Rows is the number of rows of the companies, those included that cannot be read.
func (im *Import) Rows() int { return im.rows }

func firstTwo(offsets []int, offset int) []int {
	if len(offsets) < 2 {
		offsets = append(offsets, offset)
	}
	return offsets
}

// Each calls f for each company that can be drafted, in order, until f returns an
// error. All others are in the list, each with what is wrong.
func (im *Import) Each(f func(Customer) error) (diag.List, error) {
	var list diag.List
	var failed error
	b, _ := im.m.bind("companies", im.companies.file)
	list = append(list, b.table.each(func(r record) {
		if failed != nil {
			return
		}
		var problems diag.List
		x, ok := im.customer(bound{binding: b, record: r}, &problems)
		list = append(list, problems...)
		if ok {
			failed = f(x)
		}
	})...)
	if failed != nil {
		return nil, failed
	}
	for key, x := range im.belongs {
		if !x.used && len(im.keys[key]) == 0 {
			for _, span := range x.spans {
				list.Errorf(codeCSVOrphan, span, "correct the key, or add the company", "no company has the key %q", key)
			}
		}
	}
	return list.Sorted(), nil
}

// id is the agreement's id that a row gives, by its column or by the short name.
func (im *Import) id(row bound) string {
	var ignored diag.List
	if row.section.field(AgreementID) != nil {
		id, _ := row.text(AgreementID, &ignored)
		return id
	}
	short, _ := row.text(CustomerShortName, &ignored)
	return ID(short)
}

// customer reads the row of a company and what belongs to it.
func (im *Import) customer(row bound, list *diag.List) (Customer, bool) {
	key, ok := row.key(list)
	if !ok {
		return Customer{}, false
	}
	before := len(*list)
	at := row.span(row.keyColumn)
	twice := func(code string, offsets []int, format, what string) {
		if len(offsets) < 2 {
			return
		}
		other := offsets[0]
		if other == row.starts[row.keyColumn] {
			other = offsets[1]
		}
		hint := "give each company a key of its own"
		if code == codeCSVSameID {
			hint = `map a column to "agreement.id" that tells them apart`
		}
		list.Errorf(code, at, hint, format, what)
		(*list)[len(*list)-1].Notes = []diag.Note{{Span: im.companies.file.Span(other, other), Message: "another one"}}
	}
	twice(codeCSVDuplicate, im.keys[key], "the key %q stands in two rows", key)
	x := Customer{Effective: Effective(im.today)}
	text := func(f Field) string {
		t, _ := row.text(f, list)
		return t
	}
	x.ID, x.LegalName, x.ShortName = text(AgreementID), text(CustomerLegalName), text(CustomerShortName)
	if row.section.field(AgreementID) == nil {
		x.ID = ID(x.ShortName)
	}
	x.Form, x.Address, x.TimeZone = text(CustomerForm), text(CustomerAddress), text(AgreementTimeZone)
	x.Sector, x.Package = text(CustomerSector), text(CustomerPackage)
	x.Employees = row.number(CustomerEmployees, list)
	if day := text(TermEffective); day != "" {
		var err error
		if x.Effective, err = calendar.ParseDate(day); err != nil {
			row.problem(list, TermEffective, "%v", err)
			x.Effective = Effective(im.today)
		}
	}
	x.Executive = Person{text(ExecutiveName), text(ExecutiveTitle), text(ExecutiveEmail), text(ExecutivePhone)}
	own := im.belongs[key]
	x.HasServices = im.m.sections["services"] != nil
	if own != nil {
		own.used = true
		if own.executive != nil {
			x.Executive = *own.executive
		}
		if own.deputy != nil {
			x.Deputy = *own.deputy
		}
		x.Others, x.Assets, x.Services = own.others, own.assets, own.services
		if own.faulty != nil {
			list.Errorf(codeCSVRows, at, "correct the rows that belong to it", "the company is left out, for a row that belongs to it is wrong")
			(*list)[len(*list)-1].Notes = []diag.Note{{Span: *own.faulty, Message: "this row"}}
		}
	}
	if x.Executive == (Person{}) && row.section.field(ExecutiveName) == nil {
		list.Errorf(codeCSVValue, at, "give one of its people the role security_executive", "nobody decides about security at this company")
	}
	if len(*list) > before {
		return x, false // what follows would say the same again
	}
	twice(codeCSVSameID, im.ids[x.ID], "two companies have the id %q", x.ID)
	if im.Taken != nil && im.Taken(x.File()) {
		list.Errorf(codeCSVSameID, at, `map a column to "agreement.id" that gives another, or delete the file`, "there is a file %q already", x.File())
	}
	for _, p := range x.Problems() {
		if p.Field == AgreementID && row.section.field(AgreementID) == nil {
			p.Field = CustomerShortName // of which it is made
		}
		row.problem(list, p.Field, "%s", p.Message)
	}
	im.letters(row, x, list)
	if p := im.m.provider; p != nil && p.LegalName == x.LegalName {
		row.problem(list, CustomerLegalName, "it is that of the provider")
	}
	if len(*list) == before && im.Known != nil {
		for _, p := range im.Known(x) {
			row.problem(list, p.Field, "%s", p.Message)
		}
	}
	return x, len(*list) == before
}

// letters reports what cannot be printed.
func (im *Import) letters(row bound, x Customer, list *diag.List) {
	if im.Letters == nil {
		return
	}
	for _, s := range []struct {
		field Field
		text  string
	}{
		{CustomerLegalName, x.LegalName},
		{CustomerShortName, x.ShortName},
		{CustomerForm, x.Form},
		{CustomerAddress, strings.ReplaceAll(x.Address, "\n", " ")},
		{ExecutiveName, x.Executive.Name},
		{ExecutiveTitle, x.Executive.Title},
		{ExecutivePhone, x.Executive.Phone},
	} {
		if why := im.Letters(s.text); why != "" {
			row.problem(list, s.field, "%s", why)
		}
	}
	also := func(text string) {
		if why := im.Letters(text); why != "" {
			list.Errorf(codeCSVValue, row.span(row.keyColumn), "write it in other letters, in the file of people or assets", "%q of this company: %s", text, why)
		}
	}
	for _, p := range append([]Person{x.Deputy}, x.Others...) {
		also(p.Name)
		also(p.Title)
	}
	for _, a := range x.Assets {
		also(a.Name)
	}
}

// binding joins a section of a map to a table.
type binding struct {
	section   *section
	table     *table
	keyColumn int
	columns   []int // of each field of the section; -1 for a constant
}

// bind finds the columns that a section names. With an error in the list it is nil.
func (m *Map) bind(name string, file *source.File) (*binding, diag.List) {
	s := m.sections[name]
	t, list := openTable(file, m.separator)
	if t == nil {
		return nil, list
	}
	b := &binding{section: s, table: t}
	find := func(column string, span source.Span) int {
		i, ok := t.column(column)
		switch {
		case ok || len(t.header) == 1 && list.HasErrors():
		case i >= 0:
			list.Errorf(codeCSVColumn, span, "give one of them another name in the file", "%s has two columns %q", file.Name(), column)
		default:
			hint := "the columns are " + shortened(strings.Join(t.header, ", "))
			if len(t.header) == 1 {
				hint = `name the separator in "separator": comma, semicolon or tab`
			} else if near := diag.Nearest(column, t.header); near != "" {
				hint = "did you mean " + strconv.Quote(near) + "?"
			}
			list.Errorf(codeCSVColumn, span, hint, "%s has no column %q", file.Name(), column)
		}
		return i
	}
	b.keyColumn = find(s.key, s.keySpan)
	for _, f := range s.fields {
		i := -1
		if f.column != "" {
			i = find(f.column, f.colSpan)
		}
		b.columns = append(b.columns, i)
	}
	if list.HasErrors() {
		return nil, list
	}
	return b, list
}

// shortened is a text that fits a hint.
func shortened(text string) string {
	if runes := []rune(text); len(runes) > 200 {
		return string(runes[:199]) + "…"
	}
	return text
}

// bound is a row whose columns are known.
type bound struct {
	*binding
	record
}

func (r bound) span(i int) source.Span { return r.record.span(i) }

// key is the key of a row.
func (r bound) key(list *diag.List) (string, bool) {
	key := r.cells[r.keyColumn]
	if key == "" {
		list.Errorf(codeCSVValue, r.span(r.keyColumn), "", "expected a key in the column %q, found none", r.section.key)
		return "", false
	}
	return key, true
}

// text is the value of a field, translated; empty where nothing gives it.
func (r bound) text(f Field, list *diag.List) (string, bool) {
	i := slices.IndexFunc(r.section.fields, func(m mapping) bool { return m.field == f })
	if i < 0 {
		return "", true
	}
	m, column := r.section.fields[i], r.columns[i]
	if column < 0 {
		return m.value, true
	}
	cell := r.cells[column]
	for _, t := range m.values {
		if t.from == cell {
			return t.to, true
		}
	}
	switch {
	case len(m.values) > 0 && m.other != "":
		return m.other, true
	case len(m.values) > 0:
		list.Errorf(codeCSVValue, r.span(column), `add it to "values" of that field in the map`, "%s: %q is not translated", f, cell)
		return "", false
	case isFormula(cell, f == ExecutivePhone || f == PersonPhone):
		list.Errorf(codeCSVFormula, r.span(column), "correct it where the file comes from", "%s: a text that begins with %q could be run by a spreadsheet", f, cell[:1])
		return "", false
	}
	return cell, true
}

// number is a field that is a number; 0 where it is none, which is reported.
func (r bound) number(f Field, list *diag.List) int {
	text, ok := r.text(f, list)
	n, err := strconv.Atoi(text)
	if ok && (err != nil || strings.Trim(text, "0123456789") != "") {
		r.problem(list, f, "expected a number without signs, found %q", text)
	}
	return n
}

// problem reports what is wrong with a field, at its cell or its constant.
func (r bound) problem(list *diag.List, f Field, format string, args ...any) {
	span := r.span(r.keyColumn)
	if i := slices.IndexFunc(r.section.fields, func(m mapping) bool { return m.field == f }); i >= 0 {
		if span = r.section.fields[i].span; r.columns[i] >= 0 {
			span = r.span(r.columns[i])
		}
	}
	list.Errorf(codeCSVValue, span, "", "%s: %s", f, fmt.Sprintf(format, args...))
}

// check reports the problems of a row, and whether there are none, these and those before.
func (r bound) check(list *diag.List, before int, found []Problem) bool {
	for _, p := range found {
		r.problem(list, p.Field, "%s", p.Message)
	}
	return len(*list) == before
}

func addPerson(x *belonging, r bound, list *diag.List) bool {
	before := len(*list)
	text := func(f Field) string {
		t, _ := r.text(f, list)
		return t
	}
	p := Person{text(PersonName), text(PersonTitle), text(PersonEmail), text(PersonPhone)}
	role := text(PersonRole)
	if len(*list) > before || !r.check(list, before, p.Problems()) {
		return false
	}
	switch role {
	case "security_executive", "deputy":
		if first, twice := x.roles[role]; twice {
			list.Errorf(codeCSVDuplicate, r.span(r.keyColumn), "give one of them another role", "two people of the key %q have the role %q", r.cells[r.keyColumn], role)
			(*list)[len(*list)-1].Notes = []diag.Note{{Span: first, Message: "the other one"}}
			return false
		}
		x.roles[role] = r.span(r.keyColumn)
		if role == "deputy" {
			x.deputy = &p
		} else {
			x.executive = &p
		}
	case "", "other":
		if len(x.others) == 90 {
			r.problem(list, PersonName, "an agreement can name at most 90 other people")
			return false
		}
		x.others = append(x.others, p)
	default:
		r.problem(list, PersonRole, "expected security_executive, deputy or other, found %q", role)
		return false
	}
	return true
}

func addAsset(x *belonging, r bound, list *diag.List) bool {
	before := len(*list)
	name, _ := r.text(AssetName, list)
	kind, _ := r.text(AssetKind, list)
	a := Asset{Name: name, Kind: kind, Priority: r.number(AssetPriority, list)}
	if len(*list) > before || !r.check(list, before, a.Problems()) {
		return false
	}
	if len(x.assets) == 90 {
		r.problem(list, AssetName, "an agreement can name at most 90 assets")
		return false
	}
	x.assets = append(x.assets, a)
	return true
}

func addService(x *belonging, r bound, list *diag.List) bool {
	before := len(*list)
	id, _ := r.text(ServiceID, list)
	switch {
	case len(*list) > before:
		return false
	case id == "":
		r.problem(list, ServiceID, "expected the id of a service, found none")
		return false
	case slices.Contains(x.services, id):
		r.problem(list, ServiceID, "the service %q is there twice", id)
		return false
	}
	x.services = append(x.services, id)
	return true
}
