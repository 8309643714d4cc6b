package agreement

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

func loadBase(t testing.TB) *Agreement { return loadValid(t, "base.yaml") }

func loadValid(t testing.TB, name string) *Agreement {
	t.Helper()
	a, list := Load(source.New(name, []byte(validText(t, name))), frameworks(t))
	if a == nil || len(list) > 0 {
		t.Fatal(printed(t, list))
	}
	return a
}

// TestEmptiedFields sets each field of a valid agreement to its zero, one at a
// time and at every depth: nothing panics, and a field that must be there is
// missed.
func TestEmptiedFields(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	for _, name := range []string{"base.yaml", "cmmc.yaml"} {
		emptyFields(t, loadValid(t, name))
	}
}

func emptyFields(t *testing.T, a *Agreement) {
	set := frameworks(t)
	n := 0
	var visit func(v reflect.Value, path string)
	empty := func(v reflect.Value, path, tag string) {
		n++
		old := reflect.ValueOf(v.Interface())
		v.SetZero()
		list := check(a, set)
		v.Set(old)
		required := strings.HasPrefix(tag, "required,") || tag == "required"
		if required && !list.HasErrors() {
			t.Errorf("%s: nobody misses it", path)
		}
	}
	visit = func(v reflect.Value, path string) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				visit(v.Elem(), path)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				field := v.Type().Field(i)
				if !field.IsExported() {
					continue
				}
				at := path + "." + field.Name
				empty(v.Field(i), at, field.Tag.Get("validate"))
				visit(v.Field(i), at)
			}
		case reflect.Slice:
			for i := range min(v.Len(), 5) { // the rows after are alike
				at := fmt.Sprintf("%s[%d]", path, i)
				empty(v.Index(i), at, "")
				visit(v.Index(i), at)
			}
		}
	}
	visit(reflect.ValueOf(a).Elem(), "Agreement")
	if n < 500 {
		t.Errorf("visited %d fields only", n)
	}
	if list := check(a, set); len(list) > 0 {
		t.Errorf("the agreement was not restored:\n%s", printed(t, list))
	}
}

// TestAbsentSections runs every rule on agreements in which sections are absent
// two at a time, in which one section stands alone, and in which every list is
// empty and every optional part absent at once.
func TestAbsentSections(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	set := frameworks(t)
	n := 0
	for _, name := range []string{"base.yaml", "cmmc.yaml"} {
		whole := loadValid(t, name)
		fields := reflect.VisibleFields(reflect.TypeFor[Agreement]())
		run := func(a *Agreement) {
			n++
			for _, d := range check(a, set) {
				if d.Message == "" || strings.Contains(d.Message+d.Hint, "%!") {
					t.Errorf("%s: bad diagnostic: %+v", name, d)
				}
			}
		}
		for i, first := range fields {
			if !first.IsExported() {
				continue
			}
			alone := &Agreement{files: whole.files, positions: whole.positions}
			reflect.ValueOf(alone).Elem().Field(i).Set(reflect.ValueOf(whole).Elem().Field(i))
			run(alone)
			for j := range i {
				if fields[j].IsExported() && name == "base.yaml" {
					a := *whole
					reflect.ValueOf(&a).Elem().Field(i).SetZero()
					reflect.ValueOf(&a).Elem().Field(j).SetZero()
					run(&a)
				}
			}
		}
		for _, pointers := range []bool{false, true} {
			hollow := loadValid(t, name)
			hollowOut(reflect.ValueOf(hollow).Elem(), pointers)
			run(hollow)
		}
	}
	t.Logf("%d rules on %d agreements", len(Rules()), n)
}

// hollowOut empties every list below a value, and where pointers is true takes
// away every optional part.
func hollowOut(v reflect.Value, pointers bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Type().Elem().Kind() == reflect.Struct {
			hollowOut(v.Elem(), pointers)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Field(i)
			switch {
			case !v.Type().Field(i).IsExported():
			case f.Kind() == reflect.Slice, f.Kind() == reflect.Pointer && pointers:
				f.SetZero()
			default:
				hollowOut(f, pointers)
			}
		}
	}
}

// TestHalfFilled empties many fields at once, at random but the same each time:
// no rule relies on a field that another check demands.
func TestHalfFilled(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	set := frameworks(t)
	random := rand.New(rand.NewPCG(1, 2))
	var damage func(v reflect.Value, part int)
	damage = func(v reflect.Value, part int) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				damage(v.Elem(), part)
			}
		case reflect.Struct:
			for i := range v.NumField() {
				switch f := v.Field(i); {
				case !v.Type().Field(i).IsExported():
				case random.IntN(part) == 0:
					f.SetZero()
				default:
					damage(f, part)
				}
			}
		case reflect.Slice:
			for i := range v.Len() {
				damage(v.Index(i), part)
			}
		case reflect.String:
			if random.IntN(part) == 0 {
				v.SetString("X-1")
			}
		case reflect.Int:
			if random.IntN(part) == 0 {
				v.SetInt(int64(random.IntN(2000) - 1000))
			}
		}
	}
	for i := range 40 {
		for _, name := range []string{"base.yaml", "cmmc.yaml"} {
			f := source.New(name, []byte(validText(t, name)))
			a := &Agreement{}
			positions, list := yamlsrc.Decode(f.Span(0, len(f.Text())), a, yamlsrc.Options{What: what})
			if list.HasErrors() {
				t.Fatal(printed(t, list))
			}
			a.positions = positions
			damage(reflect.ValueOf(a).Elem(), 5+i*3/2)
			for _, d := range check(a, set) {
				if d.Message == "" || strings.Contains(d.Message+d.Hint, "%!") {
					t.Errorf("bad diagnostic: %+v", d)
				}
			}
		}
	}
}

// TestBrokenSections deletes or empties each section of the file.
func TestBrokenSections(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	set := frameworks(t)
	text := baseText(t)
	starts := regexp.MustCompile(`(?m)^([a-z_]+):`).FindAllStringSubmatchIndex(text, -1)
	optional, keys := map[string]bool{}, 0
	root := reflect.TypeFor[Agreement]()
	for i := range root.NumField() {
		key, ok := yamlKey(root.Field(i))
		if ok {
			keys++
		}
		optional[key] = ok && !strings.HasPrefix(root.Field(i).Tag.Get("validate"), "required")
	}
	if len(starts) != keys-1 { // it has an MSA, and so does not stand alone
		t.Errorf("the base has %d of %d sections", len(starts), keys)
	}
	for i, m := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		key := text[m[2]:m[3]]
		for _, replacement := range []string{"", key + ": {}\n", key + ": []\n", key + ": [{}]\n", key + ":\n", key + ": x\n", key + ": [[]]\n", key + ": {id: {}}\n"} {
			a, list := Load(source.New("a.yaml", []byte(text[:m[0]]+replacement+text[end:])), set)
			if (a == nil) != list.HasErrors() {
				t.Errorf("%q: agreement %v", replacement, a != nil)
			}
			empty := replacement == "" || replacement == key+": []\n" || replacement == key+": {}\n"
			if a != nil && !(empty && optional[key]) {
				t.Errorf("%s as %q is accepted", key, replacement)
			}
			checkSpans(t, list)
		}
	}
}

func checkSpans(t *testing.T, list diag.List) {
	t.Helper()
	for _, d := range list {
		if d.Message == "" || d.Code == "" || !d.Span.Valid() || d.Span.IsZero() || strings.HasSuffix(d.Message, ".") || strings.Contains(d.Message, "%!") || strings.Contains(d.Hint, "%!") {
			t.Errorf("bad diagnostic: %+v", d)
		}
	}
}

func TestEmptyModel(t *testing.T) {
	for _, text := range []string{"", "{}", "schema: concordat/v1\n", "[]", "x", "---\n", "\n# nothing\n"} {
		a, list := Load(source.New("a.yaml", []byte(text)), frameworks(t))
		if a != nil || !list.HasErrors() {
			t.Errorf("%q is accepted", text)
		}
		checkSpans(t, list)
	}
	a := &Agreement{}
	if !a.Span("Term.End").IsZero() || a.BaselineItems() != nil || a.ScoreControls("Govern") != nil {
		t.Error("an empty agreement has no places and no controls")
	}
	if _, ok := a.Person(""); ok {
		t.Error("nobody has the id of no letters")
	}
	positions, _ := yamlsrc.Decode(source.New("a.yaml", []byte("{}")).Span(0, 2), &struct{}{}, yamlsrc.Options{})
	a.positions = positions
	if !check(a, &framework.Set{}).HasErrors() {
		t.Error("an empty agreement is accepted")
	}
}

func TestLookups(t *testing.T) {
	a := loadBase(t)
	if p, ok := a.Person("P-TED"); !ok || p.Name != "Ted Template" {
		t.Error(p, ok)
	}
	if i, ok := a.PersonIndex("P-TED"); !ok || i != 3 || a.Span(fmt.Sprintf("People[%d].Name", i)).Text() != "Ted Template" {
		t.Error(i, ok)
	}
	if x, ok := a.ThirdParty("T-TAX"); !ok || x.Role != "tax software" {
		t.Error(x, ok)
	}
	if x, ok := a.Asset("A-PAPER"); !ok || x.In() {
		t.Error(x, ok)
	}
	if x, ok := a.Service("S-SIEM"); !ok || x.Bought() {
		t.Error(x, ok)
	}
	if x, ok := a.Responsibility("3.Q"); !ok || x.Owner != Unassigned {
		t.Error(x, ok)
	}
	if x, ok := a.Commitment("C-LOGS"); !ok || x.CustomerHours != 4 {
		t.Error(x, ok)
	}
	if x, ok := a.RiskAcceptance("R-LOGS"); !ok || x.Rating() != 9 {
		t.Error(x, ok)
	}
	if i, ok := a.BudgetLine("L-BACKUP"); !ok || i != 1 {
		t.Error(i, ok)
	}
	if p, ok := a.Contact(Provider, "primary"); !ok || p.ID != "P-TED" {
		t.Error(p, ok)
	}
	for _, ok := range []bool{
		second(a.Person("x")), second(a.ThirdParty("x")), second(a.Asset("x")), second(a.Service("")), second(a.Responsibility("3.R")),
		second(a.Commitment("x")), second(a.RiskAcceptance("x")), second(a.BudgetLine("x")), second(a.Contact(Customer, "billing")),
	} {
		if ok {
			t.Error("found what is not there")
		}
	}
	if f := a.Framework(); f == nil || f.ID != "cisa-cpg-2.0" {
		t.Error(f)
	}
	if items := a.BaselineItems(); len(items) != 33 || items[0].ID != "1.A" || items[32].ID != "6.A" {
		t.Error(items)
	}
	if got := fmt.Sprint(a.ScoreControls("Respond"), a.ScoreControls("3.O"), a.ScoreControls("x")); got != "[5.A 5.B] [3.O] []" {
		t.Error(got)
	}
	if a.File().Name() != "base.yaml" {
		t.Error(a.File().Name())
	}
}

func second[T any](_ T, ok bool) bool { return ok }

// TestTypesHaveNouns walks every list of the model through noun.
func TestTypesHaveNouns(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(reflect.Type)
	visit = func(typ reflect.Type) {
		if seen[typ] {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Pointer:
			visit(typ.Elem())
		case reflect.Slice:
			if typ.Elem().Kind() == reflect.Struct {
				if noun(typ.Elem()) == "" {
					t.Error(typ)
				}
			}
			visit(typ.Elem())
		case reflect.Struct:
			for i := range typ.NumField() {
				if field := typ.Field(i); field.IsExported() {
					visit(field.Type)
				}
			}
		}
	}
	visit(reflect.TypeFor[Agreement]())
}

func TestTimezones(t *testing.T) {
	for name, want := range map[string]bool{"America/Chicago": true, "Europe/Warsaw": true, "UTC": true, "Asia/Tokyo": true,
		"Local": false, "": false, "america/chicago": false, "America": false, "../etc/passwd": false} {
		if isTimezone(name) != want {
			t.Errorf("%q: want %v", name, want)
		}
	}
}

// FuzzLoad changes the valid file: nothing panics, every place lies in the
// file, an agreement comes exactly when there is no error, and twice the same.
func FuzzLoad(f *testing.F) {
	bases := []string{baseText(f), validText(f, "cmmc.yaml")}
	names, _ := filepath.Glob("testdata/rules/*.txtar")
	for i, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(i%2 == 0, uint16(i*97), uint16(5), string(data))
	}
	f.Add(true, uint16(0), uint16(0), "")
	f.Add(false, uint16(0), uint16(0), "")
	set := frameworks(f)
	f.Fuzz(func(t *testing.T, first bool, at, length uint16, insert string) {
		base := bases[0]
		if !first {
			base = bases[1]
		}
		from := min(int(at), len(base))
		to := min(from+int(length), len(base))
		file := source.New("a.yaml", []byte(base[:from]+insert+base[to:]))
		a, list := Load(file, set)
		if (a == nil) != list.HasErrors() {
			t.Error("an agreement beside errors, or none without")
		}
		for _, d := range list {
			if !d.Span.Valid() || d.Span.IsZero() {
				t.Errorf("bad place: %+v", d)
			}
			for _, n := range d.Notes {
				if !n.Span.Valid() || n.Span.IsZero() {
					t.Errorf("bad note: %+v", d)
				}
			}
		}
		if a != nil && a.Totals() != nil && len(a.Totals().Outside) > 0 {
			t.Error("charges outside the fiscal years are accepted")
		}
		if _, again := Load(file, set); !reflect.DeepEqual(list, again) {
			t.Error("two runs differ")
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	f, err := source.Read("../../testdata/accounting-firm.yaml", 1<<20)
	if err != nil {
		f, err = source.Read("testdata/ok/base.yaml", 1<<20)
	}
	if err != nil {
		b.Fatal(err)
	}
	set := frameworks(b)
	b.SetBytes(int64(len(f.Text())))
	for b.Loop() {
		if a, list := Load(f, set); a == nil {
			b.Fatal(list)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	a, set := loadBase(b), frameworks(b)
	for b.Loop() {
		check(a, set)
	}
}
