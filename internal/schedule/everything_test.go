package schedule_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/doc"
	"concordat/internal/framework"
	"concordat/internal/money"
	"concordat/internal/schedule"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// unprinted are the fields of the model whose text, number, date or amount no
// schedule prints, with the reason.
var unprinted = map[string]string{
	"Agreement.Schema":         "the form of the file",
	"Amendment.SHA256":         "for programs that compare documents",
	"Assurance.ID":             "names the row for other rows and the record only",
	"Backup.ID":                "names the row for other rows and the record only",
	"Baseline.Framework":       "its title and version are printed",
	"Budget.Years":             "printed as FY 2027",
	"Charge.Amount":            "the years show the sums",
	"Charge.Quantity":          "the years show the sums",
	"ChangesTold.JoinerHours":  "clause cus-03 says it",
	"ChangesTold.LeaverHours":  "clause cus-03 says it",
	"ChangesTold.SystemDays":   "clause cus-03 says it",
	"Charge.UnitPrice":         "the years show the sums",
	"Deemed.PostDays":          "clause not-01 says it",
	"Clauses.Library":          "its clauses are printed",
	"CustomerParty.Delegation": "a clause says it",
	"CustomerParty.Form":       "the first page says it",
	"CustomerParty.LegalName":  "the first page says it",
	"CustomerParty.Sector":     "for the choice of clauses",
	"CustomerParty.ShortName":  "for headers of pages",
	"Hours.From":               "the term Business Hours says it",
	"Hours.To":                 "the term Business Hours says it",
	"Info.Holidays":            "the term Business Day says it",
	"Info.ID":                  "footers of pages say it",
	"Info.Purpose":             "a clause says it",
	"Info.TimeZone":            "for counting hours",
	"Info.Title":               "the title of the document",
	"Info.Version":             "the first page says it",
	"MSA.Date":                 "the first page says it",
	"MSA.Liability":            "a clause says it",
	"MSA.Title":                "the first page says it",
	"Maturity.Framework":       "the names of its parts are printed",
	"ProviderParty.Form":       "the first page says it",
	"ProviderParty.LegalName":  "the first page says it",
	"ProviderParty.ShortName":  "for headers of pages",
	"RegulatorNotice.ID":       "names the row for other rows and the record only",
	"Renewal.Months":           "clause amd-01 says it",
	"Renewal.NoticeDays":       "clause amd-01 says it",
	"Review.ID":                "names the row for other rows and the record only",
	"Signatory.Authority":      "a clause says it",
	"SetParameter.ID":          "the clause prints the value, when it differs from the library's too",
	"SetParameter.Value":       "the clause prints it",
	"Suppression.At":           "for the program, which warns; a document has no warnings",
	"Suppression.Reason":       "for the program, which warns; a document has no warnings",
	"Suppression.Rule":         "for the program, which warns; a document has no warnings",
	"Standalone.PaymentDays":   "clause ord-01 says it",
	"Standalone.Reason":        "clause pur-05 says it",
	"Term.Effective":           "the first page says it",
	"Tool.ID":                  "names the row for other rows and the record only",
}

// filler gives each empty field of a model a value that stands nowhere else.
type filler struct{ n int }

func (f *filler) fill(v reflect.Value, tag string) {
	f.n++
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().Kind() == reflect.Bool {
			return
		}
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		f.fill(v.Elem(), tag)
	case reflect.Slice:
		if v.Len() == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		for i := range v.Len() {
			f.fill(v.Index(i), tag)
		}
	case reflect.String:
		switch _, words, isChoice := strings.Cut(tag, "oneof="); {
		case v.String() != "":
		case isChoice:
			v.SetString(strings.Fields(strings.Split(words, ",")[0])[0])
		default:
			v.SetString(fmt.Sprintf("value %d.", f.n))
		}
	case reflect.Int:
		if v.Int() == 0 {
			v.SetInt(int64(f.n*120 + 1)) // no whole hours of minutes, no whole days of hours
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *calendar.Date:
			if x.IsZero() {
				*x = calendar.NewMonth(2031, 1).First().AddDays(f.n)
			}
		case *money.Amount:
			if x.IsZero() {
				*x = money.FromInt(f.n)
			}
		default:
			for i := range v.NumField() {
				if field := v.Type().Field(i); field.IsExported() {
					f.fill(v.Field(i), field.Tag.Get("validate"))
				}
			}
		}
	}
}

// single is an agreement that stands in one file.
func single(t *testing.T) *agreement.Agreement {
	t.Helper()
	file, err := source.Read("../../testdata/accounting-firm.yaml", yamlsrc.MaxSize)
	if err != nil {
		t.Fatal(err)
	}
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	a, list := agreement.Load(file, frameworks)
	if list.HasErrors() {
		t.Fatalf("%v: %s", list[0].Span, list[0].Message)
	}
	return a
}

// everything fills all that is empty, and mends what cannot stand together.
func everything(a *agreement.Agreement) {
	(&filler{}).fill(reflect.ValueOf(a).Elem(), "")
	third := a.Parties.ThirdParties[0].ID
	for i := range a.CriticalAssets {
		x := &a.CriticalAssets[i]
		x.ThirdParty = third
		if x.In() {
			x.ExclusionReason = ""
		} else {
			x.RTOHours, x.RPOHours, x.Contingency = 0, 0, ""
		}
	}
	for i := range a.Responsibilities {
		x := &a.Responsibilities[i]
		x.ThirdParty, x.Service = third, a.Services[0].ID
	}
	for i := range a.Backups { // 12 months are printed as a year
		a.Backups[i].RestoreTestMonths = 5
	}
	for i := range a.Reviews {
		a.Reviews[i].EveryMonths = 5
	}
	a.Access[0].Subcontractor = a.Subcontractors[0].ID
	a.Gaps[0].Commitment, a.Gaps[0].RiskAcceptance = a.Commitments[0].ID, a.RiskAcceptances[0].ID
	a.ServiceLevels[0].Target.AtLeast, a.KPIs[0].Target.AtMost = nil, nil
	minutes, days := a.Incident.Severities[0], a.Incident.Severities[0]
	minutes.ResponseBusinessDays, days.ResponseMinutes = 0, 0
	a.Incident.Severities = []agreement.Severity{minutes, days}
	for i := range a.Services {
		x := &a.Services[i]
		if x.Bought() {
			x.Declined = ""
		} else {
			x.Assets, x.ServiceLevels = nil, nil
		}
	}
	for i := range a.RiskAcceptances {
		a.RiskAcceptances[i].Asset = a.CriticalAssets[0].ID
	}
	for i := range a.Commitments {
		for j := range a.Commitments[i].BudgetLines {
			a.Commitments[i].BudgetLines[j] = a.Budget.Lines[0].ID
		}
	}
}

// named are the words by which schedules name rows of other lists.
func named(a *agreement.Agreement) map[string]string {
	names := map[string]string{}
	for _, x := range a.People {
		names[x.ID] = x.Name
	}
	for _, x := range a.CriticalAssets {
		names[x.ID] = x.Name
	}
	for _, x := range a.Services {
		names[x.ID] = x.Name
	}
	for _, x := range a.Parties.ThirdParties {
		names[x.ID] = x.Name
	}
	for _, x := range a.Subcontractors {
		names[x.ID] = x.Name
	}
	return names
}

// leaves calls f with each text, number, date and amount of a model as a
// schedule would print it. Choices have tests of their own.
func leaves(v reflect.Value, field, tag string, f func(field, printed string)) {
	if strings.Contains(tag, "oneof=") {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			leaves(v.Elem(), field, tag, f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			leaves(v.Index(i), field, tag, f)
		}
	case reflect.String:
		f(field, v.String())
	case reflect.Int:
		f(field, money.FromInt(int(v.Int())).Digits(money.Currency{}))
	case reflect.Struct:
		switch x := v.Addr().Interface().(type) {
		case *calendar.Date:
			f(field, x.Long("en-US"))
		case *money.Amount:
			f(field, x.Digits(money.Currency{}))
		default:
			for i := range v.NumField() {
				if sub := v.Type().Field(i); sub.IsExported() {
					leaves(v.Field(i), v.Type().Name()+"."+sub.Name, sub.Tag.Get("validate"), f)
				}
			}
		}
	}
}

// stands reports whether words stand in a text, and not inside a number.
func stands(text, words string) bool {
	inNumber := func(b byte) bool { return '0' <= b && b <= '9' || b == ',' || b == '.' }
	isDigit := func(b byte) bool { return '0' <= b && b <= '9' }
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(words)
		if words == "" || !(isDigit(words[0]) && start > 0 && inNumber(text[start-1])) && !(isDigit(words[len(words)-1]) && end < len(text) && isDigit(text[end])) {
			return true
		}
		from = start + 1
	}
}

// TestNothingForgotten holds that each field of the model is printed by a
// schedule, or is listed with the reason why not: a field added to the model
// cannot be forgotten here.
func TestNothingForgotten(t *testing.T) {
	for _, preset := range []string{"full", "short"} {
		t.Run(preset, func(t *testing.T) { nothingForgotten(t, preset) })
	}
}

func nothingForgotten(t *testing.T, preset string) {
	a := *single(t)
	everything(&a)
	a.Clauses.Preset = preset
	var all strings.Builder
	for _, id := range schedule.IDs() {
		s, ok := schedule.Build(id, &a, nil)
		if !ok {
			t.Errorf("%s is absent though all is stated", id)
		}
		doc.Texts(s.Blocks, func(text []doc.Inline) { all.WriteString(doc.Plain(text) + "\n") })
	}
	names := named(&a)
	missing, found := map[string]string{}, map[string]bool{}
	leaves(reflect.ValueOf(&a).Elem(), "", "", func(field, printed string) {
		found[field] = true
		if name, ok := names[printed]; ok {
			printed = name
		}
		for line := range strings.Lines(printed) {
			if !stands(all.String(), strings.TrimSpace(line)) {
				missing[field] = printed
			}
		}
	})
	var fields []string
	for field := range missing {
		if unprinted[field] == "" {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	for _, field := range fields {
		t.Errorf("%s: no schedule prints %q", field, missing[field])
	}
	for field := range unprinted {
		if _, ok := missing[field]; !ok {
			t.Errorf("%s is listed as not printed, but is printed or gone", field)
		}
	}
	t.Logf("%d fields with text, numbers, dates or amounts; %d of them not printed", len(found), len(missing))
}

// TestWordsHaveOrigins holds that no schedule prints words that a person wrote
// as words of our own, which no message could lead back to their file.
func TestWordsHaveOrigins(t *testing.T) {
	for _, example := range examples {
		a := load(t, example)
		var written []string
		leaves(reflect.ValueOf(a).Elem(), "", "", func(_, printed string) {
			if len(printed) >= 12 {
				written = append(written, printed)
			}
		})
		for _, id := range schedule.IDs() {
			s, _ := schedule.Build(id, a, nil)
			var visit func(text []doc.Inline)
			visit = func(text []doc.Inline) {
				for _, in := range text {
					switch in := in.(type) {
					case doc.Strong:
						visit(in.Text)
					case doc.Emphasis:
						visit(in.Text)
					case doc.Text:
						for _, words := range written {
							if in.Origin.IsZero() && strings.Contains(in.Value, words) {
								t.Errorf("%s: %s: %q has no origin, but %q is written", example, id, in.Value, words)
							}
						}
					}
				}
			}
			doc.Texts(s.Blocks, visit)
		}
	}
}
