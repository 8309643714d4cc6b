package view

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/agreement"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/source"
)

var update = flag.Bool("update", false, "write the golden files")

// example is the accounting firm's agreement in one file.
const example = "testdata/accounting-firm.yaml"

func readExample(tb testing.TB) string {
	tb.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", example))
	if err != nil {
		tb.Fatal(err)
	}
	return string(text)
}

// load reads an agreement and prints what was found in it. The agreement is
// nil when that has errors.
func load(tb testing.TB, text string) (*agreement.Agreement, string) {
	tb.Helper()
	frameworks, err := framework.Load()
	if err != nil {
		tb.Fatal(err)
	}
	a, list := agreement.Load(source.New(example, []byte(text)), frameworks)
	var findings strings.Builder
	if err := (diag.Printer{Excerpts: true}).Print(&findings, list); err != nil {
		tb.Fatal(err)
	}
	return a, findings.String()
}

func loadExample(tb testing.TB) *agreement.Agreement {
	tb.Helper()
	a, findings := load(tb, readExample(tb))
	if a == nil {
		tb.Fatalf("the example has errors:\n%s", findings)
	}
	return a
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

func TestExampleFindings(t *testing.T) {
	a, findings := load(t, readExample(t))
	if a == nil {
		t.Error("the example has errors")
	}
	golden(t, "accounting-firm.findings.txt", findings)
}

// TestExampleFigures compares the sums with those worked out on paper.
func TestExampleFigures(t *testing.T) {
	a := loadExample(t)
	totals, currency := a.Totals(), a.Budget.Currency
	var got strings.Builder
	print := func(name string, y agreement.YearAmounts) {
		fmt.Fprintf(&got, "%-12s", name)
		for _, amount := range append(y.Years[:len(y.Years):len(y.Years)], y.Sum) {
			fmt.Fprintf(&got, " %6s", amount.Digits(currency))
		}
		got.WriteByte('\n')
	}
	for _, line := range totals.Lines {
		print(a.Budget.Lines[line.Line].ID, line.YearAmounts)
	}
	print("subtotal", totals.Subtotal)
	print("contingency", totals.Contingency)
	print("total", totals.Total)
	for _, c := range a.Commitments {
		fmt.Fprintf(&got, "%-12s %6s %3d h\n", c.ID, c.Cost.Digits(currency), c.CustomerHours)
	}
	want := `C-B01           600    600    600  1,800
C-B02           900      0      0    900
C-B03         1,152  1,152  1,152  3,456
C-B04           660    360    360  1,380
C-B05         1,800    500    500  2,800
C-B06         1,500      0  1,000  2,500
C-B07           240    240    240    720
C-B08         2,600  2,700      0  5,300
C-B09           480    480    480  1,440
C-B10         1,650  1,750  1,850  5,250
C-B11           400    400    400  1,200
subtotal     11,982  8,182  6,582 26,746
contingency   1,198    818    658  2,674
total        13,180  9,000  7,240 29,420
C-C01         2,800  10 h
C-C02         2,700   4 h
C-C03         3,456   1 h
C-C04         1,380   2 h
C-C05         1,440   6 h
C-C06           720   5 h
C-C07         2,500   8 h
C-C08         5,300   4 h
C-C09         1,200   1 h
C-C10             0   4 h
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("figures differ (-want +got):\n%s", diff)
	}
	f := Facts(a)
	counts := fmt.Sprintf("%d provider, %d customer, %d shared, %d unassigned, %d commitments, %d lines",
		f.Responsibilities.Provider, f.Responsibilities.Customer, f.Responsibilities.Shared, f.Responsibilities.Unassigned,
		f.Commitments.Count, len(a.Budget.Lines))
	if counts != "13 provider, 10 customer, 8 shared, 3 unassigned, 10 commitments, 11 lines" {
		t.Errorf("found %s", counts)
	}
}

// field is one field of a struct of a view.
type field struct {
	path     string // "Customer.LegalName"
	receiver any    // pointer to the struct
	name     string
	value    reflect.Value
}

// fields are all exported fields of a view, in the order of their types.
func fields(v *View) []field {
	var all []field
	var walk func(path string, value reflect.Value)
	walk = func(path string, value reflect.Value) {
		switch value.Kind() {
		case reflect.Pointer:
			walk(path, value.Elem())
		case reflect.Struct:
			for i := range value.NumField() {
				name := value.Type().Field(i).Name
				if !value.Type().Field(i).IsExported() {
					continue
				}
				if _, root := value.Addr().Interface().(*View); !root {
					all = append(all, field{path + "." + name, value.Addr().Interface(), name, value.Field(i)})
				}
				walk(strings.TrimPrefix(path+"."+name, "."), value.Field(i))
			}
		case reflect.Slice:
			for i := range value.Len() {
				if value.Index(i).Kind() == reflect.Pointer {
					walk(fmt.Sprintf("%s[%d]", path, i), value.Index(i))
				}
			}
		}
	}
	walk("", reflect.ValueOf(v))
	return all
}

// TestView has the whole view of the example and where each value was written.
func TestView(t *testing.T) {
	v := New(loadExample(t))
	var got strings.Builder
	for _, f := range fields(v) {
		switch f.value.Kind() {
		case reflect.String, reflect.Int, reflect.Bool, reflect.Slice:
		default:
			continue
		}
		if f.value.Kind() == reflect.Slice && f.value.Type().Elem().Kind() != reflect.String {
			continue
		}
		span, _ := v.Origin(f.receiver, f.name)
		from, _, _ := strings.Cut(span.Text(), "\n")
		if runes := []rune(from); len(runes) > 50 {
			from = string(runes[:50]) + "…"
		}
		fmt.Fprintf(&got, "%s = %#v\n    %s: %s\n", f.path, f.value.Interface(), span, from)
	}
	golden(t, "accounting-firm.view.txt", got.String())
}

// TestFilled holds that every field of the example's view has a value, or is
// one that may be without.
func TestFilled(t *testing.T) {
	mayBeZero := map[string]bool{
		"Customer.Delegated":                   true, // the executive signs
		"Standalone.Reason":                    true, // there is an MSA
		"Standalone.Fees":                      true,
		"Standalone.PaymentDays":               true,
		"Facts.Responsibilities.ThirdParty":    true,
		"Facts.Responsibilities.NotApplicable": true,
		"Facts.Agreement":                      true, // it is restricted
		"Facts.Term.Months":                    true, // none is stated
		"Facts.Signing.Paper":                  true, // each signs as the person likes
		"Facts.Signing.Electronic":             true,
		"Facts.Signing.Witnessed":              true,
		"Signing.Paper":                        true,
		"Signing.Electronic":                   true,
		"Signing.Witnessed":                    true,
		"Facts.Told":                           true, // no time is stated
		"Facts.Told.JoinerHours":               true,
		"Facts.Told.LeaverHours":               true,
		"Facts.Told.SystemDays":                true,
		"Changes.EmergencyCost":                true, // none is stated
		"Notification.Contact":                 true, // any contact
		"Facts.Logging":                        true, // no log is listed
		"Facts.Logging.Count":                  true,
		"Facts.Logging.ThirdParty":             true,
		"Facts.Continuity":                     true, // nothing is agreed
		"Facts.Continuity.Suppliers":           true,
		"Facts.Incident":                       true, // nothing is agreed
		"Facts.Incident.Severities":            true,
		"Facts.Weaknesses":                     true, // no time is agreed
		"Facts.Weaknesses.Times":               true,
		"Facts.Maturity.Remedies":              true, // no remedy is agreed
		"Facts.Acceptances.Declined":           true, // every recommendation was taken
		"Facts.Acceptances.Options":            true, // no choice is recorded
		"Facts.Escalations":                    true, // there is no ladder
		"Facts.Escalations.Count":              true,
		"Facts.Transition":                     true, // nothing is agreed
		"Facts.Insurance":                      true, // none is listed
		"Facts.Insurance.Count":                true,
		"Facts.Provider.Evidence":              true, // it lists none
		"Facts.Access":                         true, // none is listed
		"Facts.Access.Count":                   true,
		"Facts.Access.Tools":                   true,
		"Facts.Access.Connections":             true,
		"Facts.Changes.Windows":                true, // no time for planned work is agreed
		"Facts.Vetting":                        true, // nothing is agreed
		"Facts.Subcontractors":                 true, // there is none
		"Facts.Subcontractors.Count":           true,
		"Facts.Subcontractors.NoticeDays":      true,
		"Facts.Ownership":                      true, // nothing is agreed
		"Facts.ServiceLevels":                  true, // nothing is measured
		"Facts.ServiceLevels.Count":            true,
		"Facts.ServiceLevels.Measures":         true,
		"Facts.Training":                       true, // nothing is agreed
		"Training.RunBy":                       true,
		"Training.AttendanceBy":                true,
		"Facts.Disputes":                       true, // the MSA says it all
		"Facts.Disputes.Steps":                 true,
		"HIPAA.StatedBy.Name":                  true, // the Safeguards Rule alone is stated
		"HIPAA.StatedBy.Title":                 true,
		"HIPAA.AsOf":                           true,
		"HIPAA.Role":                           true,
		"HIPAA.BAA":                            true,
		"HIPAA.BAADate":                        true,
		"CMMC.StatedBy.Name":                   true,
		"CMMC.StatedBy.Title":                  true,
		"CMMC.AsOf":                            true,
		"CMMC.Level":                           true,
		"CMMC.AffirmingOfficial.Name":          true,
		"CMMC.AffirmingOfficial.Title":         true,
		"PCI.StatedBy.Name":                    true,
		"PCI.StatedBy.Title":                   true,
		"PCI.AsOf":                             true,
		"PCI.Role":                             true,
		"NIS2.StatedBy.Name":                   true,
		"NIS2.StatedBy.Title":                  true,
		"NIS2.AsOf":                            true,
		"NIS2.Class":                           true,
		"NIS2.Status":                          true,
		"UKNIS.StatedBy.Name":                  true,
		"UKNIS.StatedBy.Title":                 true,
		"UKNIS.AsOf":                           true,
		"UKNIS.Status":                         true,
		"PublicBody.StatedBy.Name":             true,
		"PublicBody.StatedBy.Title":            true,
		"PublicBody.AsOf":                      true,
		"PublicBody.State":                     true,
		"PublicBody.Law":                       true,
		"Privacy.StatedBy.Name":                true,
		"Privacy.StatedBy.Title":               true,
		"Privacy.AsOf":                         true,
		"Privacy.Role":                         true,
		"Privacy.DPA":                          true,
		"Privacy.DPADate":                      true,
	}
	for _, f := range fields(New(loadExample(t))) {
		if f.value.Kind() != reflect.Bool && f.value.IsZero() != mayBeZero[f.path] {
			t.Errorf("%s = %#v", f.path, f.value.Interface())
		}
	}
}

// checkOrigins holds that the origin of each field is a place of the file.
func checkOrigins(t *testing.T, a *agreement.Agreement, v *View) {
	t.Helper()
	for _, f := range fields(v) {
		span, ok := v.Origin(f.receiver, f.name)
		if !ok || !span.Valid() || span.File != a.File() {
			t.Errorf("origin of %s is %s, %v", f.path, span, ok)
		}
	}
}

func TestOrigin(t *testing.T) {
	a := loadExample(t)
	v := New(a)
	checkOrigins(t, a, v)
	// A text that is printed as it was written comes from exactly its own place.
	for _, test := range []struct {
		receiver any
		field    string
		want     string
	}{
		{v.Customer, "LegalName", "Example, Sample & Nobody CPAs, LLP"},
		{v.Provider.Officer, "Name", "Pat Placeholder"},
		{v.Agreement, "Effective", "2027-01-01"},
		{v.Changes.Blackouts[1], "To", "10-15"},
		{v.Changes.Classes[2], "Name", "major"},
		{v.Changes.Thresholds[0], "Range", "300"},
		{v.Budget, "Total", "budget"},
		{v.GLBA, "PlanDue", "2027-01-31"},
		{v.Notices.Customer, "Email", "notices@nobody-cpas.example"},
		{&v.Facts.Provider, "Tier", "minimal"},
	} {
		if span, ok := v.Origin(test.receiver, test.field); !ok || span.Text() != test.want {
			t.Errorf("origin of %T.%s is %q, want %q", test.receiver, test.field, span.Text(), test.want)
		}
	}
	for _, stranger := range []any{nil, v, &Customer{}, *v.Customer, New(a).Customer} {
		if span, ok := v.Origin(stranger, "LegalName"); ok {
			t.Errorf("origin of a %T that is no part of the view is %s", stranger, span)
		}
	}
}

func TestPersonOnce(t *testing.T) {
	v := New(loadExample(t))
	if v.Customer.Executive != v.GLBA.QualifiedIndividual || v.Customer.Executive != v.Notices.Customer.Attention {
		t.Error("the same person is two values")
	}
}

func TestDays(t *testing.T) {
	for _, test := range []struct{ days, want string }{
		{"mon", "Monday"},
		{"tue mon", "Monday and Tuesday"},
		{"mon tue wed", "Monday to Wednesday"},
		{"mon tue wed thu fri", "Monday to Friday"},
		{"sun mon tue wed thu", "Sunday to Thursday"},
		{"sat sun mon", "Saturday to Monday"},
		{"sun mon", "Monday and Sunday"},
		{"mon wed fri", "Monday, Wednesday and Friday"},
		{"mon tue wed sat", "Monday, Tuesday, Wednesday and Saturday"},
		{"mon tue wed thu fri sat sun", "Monday to Sunday"},
	} {
		if got := days(strings.Fields(test.days)); got != test.want {
			t.Errorf("days(%s) = %q, want %q", test.days, got, test.want)
		}
	}
}

func TestList(t *testing.T) {
	for _, test := range []struct{ items, want string }{
		{"", ""},
		{"a", "a"},
		{"a b", "a or b"},
		{"a b c", "a, b or c"},
	} {
		if got := list(strings.Fields(test.items), "or"); got != test.want {
			t.Errorf("list(%s) = %q, want %q", test.items, got, test.want)
		}
	}
}

// TestWords holds that each word that the model allows can be printed.
func TestWords(t *testing.T) {
	choices := func(model any, field string) []string {
		f, ok := reflect.TypeOf(model).FieldByName(field)
		if !ok {
			t.Fatalf("%T has no %s", model, field)
		}
		_, words, ok := strings.Cut(f.Tag.Get("validate"), "oneof=")
		if !ok {
			t.Fatalf("%T.%s is no choice", model, field)
		}
		words, _, _ = strings.Cut(words, ",")
		return strings.Fields(words)
	}
	for _, test := range []struct {
		words  map[string]string
		model  any
		choice string
	}{
		{classWords, agreement.ChangeClass{}, "ID"},
		{approvalWords, agreement.ChangeClass{}, "Approval"},
		{spendingWords, agreement.Threshold{}, "Channel"},
		{channelWords, agreement.ProviderNotice{}, "Channel"},
		{meetingWords, agreement.Meetings{}, "Progress"},
		{partyWords, agreement.Meetings{}, "Minutes"},
		{scaleWords, agreement.Maturity{}, "Scale"},
		{methodWords, agreement.Assessment{}, "Method"},
		{precedenceWords, agreement.MSA{}, "Precedence"},
		{contactWords, agreement.CustomerNotice{}, "Contact"},
		{hipaaWords, agreement.HIPAA{}, "Role"},
		{pciWords, agreement.PCI{}, "Role"},
		{entityWords, agreement.NIS2{}, "CustomerClass"},
		{lawStatusWords, agreement.NIS2{}, "Status"},
		{lawStatusWords, agreement.UKNIS{}, "Status"},
	} {
		known := choices(test.model, test.choice)
		for _, choice := range known {
			if test.words[choice] == "" {
				t.Errorf("%T.%s: no words for %q", test.model, test.choice, choice)
			}
		}
		if len(known) != len(test.words) {
			t.Errorf("%T.%s: %d words for %d choices", test.model, test.choice, len(test.words), len(known))
		}
	}
}

func TestNotice(t *testing.T) {
	got := fmt.Sprintf("%s; %s; %s", notice(0), notice(1), notice(10))
	if got != "no notice; 1 Business Day of notice; 10 Business Days of notice" {
		t.Error(got)
	}
}

func TestSameTwice(t *testing.T) {
	a := loadExample(t)
	dump := func(v *View) []byte {
		var b bytes.Buffer
		for _, f := range fields(v) {
			if f.value.Kind() != reflect.Pointer && f.value.Kind() != reflect.Slice {
				fmt.Fprintln(&b, f.path, f.value.Interface())
			}
		}
		return b.Bytes()
	}
	if !bytes.Equal(dump(New(a)), dump(New(a))) {
		t.Error("two views of one agreement differ")
	}
}

func BenchmarkNew(b *testing.B) {
	a := loadExample(b)
	b.ReportAllocs()
	for b.Loop() {
		New(a)
	}
}

// TestVariants holds wordings that the example does not have.
func TestVariants(t *testing.T) {
	for _, test := range []struct {
		name  string
		edits []edit
		value func(*View) string
		want  string
	}{
		{"British dates", []edit{with("language: en-US", "language: en-GB")},
			func(v *View) string { return v.Agreement.Effective + "; " + v.Changes.Blackouts[0].From }, "1 January 2027; 1 February"},
		{"fiscal year from July", []edit{with("fiscal_year_start_month: 1", "fiscal_year_start_month: 7"), with("years: [2027, 2028, 2029]", "years: [2026, 2027, 2028, 2029]")},
			func(v *View) string {
				return fmt.Sprintf("%s %s %s %s %d", v.Budget.FirstYear, v.Budget.LastYear, v.Budget.FirstTotal, v.Budget.Total, v.Facts.Budget.Years)
			}, "2026–27 2029–30 USD 11,183 USD 29,421 4"},
		{"cents", []edit{with("amount: 300", "amount: 299.50"), with("cost: 1380", "cost: 1379.50"), with("round_to: 1", "round_to: 0.01")},
			func(v *View) string { return v.Budget.FirstTotal + " " + v.Budget.Total }, "USD 13,179.65 USD 29,420.05"},
		{"part of a percent", []edit{with("percent: 10, round_to", "percent: 7.5, round_to")},
			func(v *View) string { return v.Budget.Contingency }, "7.5 percent"},
		{"three thresholds", []edit{with("    - {approvers: [P-FAY], channel: signed}", "    - {up_to: 1500.50, approvers: [P-FAY], channel: ticket}\n    - {approvers: [P-FAY], channel: signed}")},
			func(v *View) string {
				return v.Changes.Thresholds[1].Range + "; " + v.Changes.Thresholds[1].Channel + "; " + v.Changes.Thresholds[2].Range
			}, "above USD 300 and up to USD 1,500.50; by ticket; above USD 1,500.50"},
		{"one threshold", []edit{remove(`    - \{up_to: 300.*\n`)},
			func(v *View) string { return v.Changes.Thresholds[0].Range }, "of any amount"},
		{"one exclusion", []edit{with("{framework: cisa-cpg-2.0}", "{framework: cisa-cpg-2.0, exclude: [{control: 3.R, reason: The office is closed.}]}"), remove(`  - \{control: 3\.R.*\n`)},
			func(v *View) string { return fmt.Sprint(v.Framework.Count) }, "33"},
		{"delegated", []edit{with("security_executive: P-FAY", "security_executive: P-GUS\n    security_delegation: letter of delegation of December 14, 2026")},
			func(v *View) string { return v.Customer.Executive.Name + "; " + v.Customer.Delegated }, "Gus Generic; letter of delegation of December 14, 2026"},
		{"two sign for the provider", []edit{with("  - {person: P-PAT, authority", "  - {person: P-SAM, authority: letter of authority}\n  - {person: P-PAT, authority")},
			func(v *View) string { return v.Provider.Officer.Name }, "Pat Placeholder"},
		{"the customer signs first", []edit{with("  - {person: P-PAT, authority", "  - {person: P-GUS, authority: Partner, security_responsible: true}\n  - {person: P-PAT, authority")},
			func(v *View) string { return v.Provider.Officer.Name }, "Pat Placeholder"},
		{"no law stated", []edit{without("regulatory")},
			func(v *View) string { return fmt.Sprintf("%+v %+v", *v.GLBA.StatedBy, v.GLBA.AsOf) }, "{Name: Title:} "},
		{"patients", []edit{with("\nmsa:", "\nrelated_documents: [{id: DOC-BAA, kind: baa, title: Business Associate Agreement, date: 2026-01-05}]\nmsa:"), with("\nnotices:", "\n  hipaa: {stated_by: P-FAY, as_of: 2026-12-14, role: covered_entity, baa: DOC-BAA, phi_systems: [], breach_notice_days: 10, risk_analysis_commitment: C-C01}\nnotices:")},
			func(v *View) string {
				x := v.HIPAA
				span, _ := v.Origin(x, "BAADate")
				return fmt.Sprint(x.StatedBy.Name, "; ", x.AsOf, "; ", x.Role, "; ", x.BAA, "; ", x.BAADate, "; ", span.Text())
			}, "Fay Fictional; December 14, 2026; covered entity; Business Associate Agreement; January 5, 2026; 2026-01-05"},
		{"other laws", []edit{with("\nnotices:", `
  cmmc: {stated_by: P-FAY, as_of: 2026-12-14, level: 1, assessment: self, cui: false, spd: false, ssp_ref: none, affirming_official: P-GUS}
  pci: {stated_by: P-FAY, as_of: 2026-12-14, role: service_provider, validation: questionnaire, matrix: [{requirement: '9', owner: customer}]}
  nis2: {stated_by: P-FAY, as_of: 2026-12-14, status: in_force, customer_class: important, provider_in_scope: true, early_warning_hours: 72, report_hours: 96, final_report_days: 30}
  uk_nis: {stated_by: P-GUS, as_of: 2026-12-15, status: pending, relevant_msp: true, regulator: the Information Commission, initial_hours: 24, full_hours: 72}
  public_body: {stated_by: P-FAY, as_of: 2026-12-14, state: Louisiana, law: R.S. 51:2111 to 2116, incorporated: true}
  privacy: {stated_by: P-FAY, as_of: 2026-12-14, laws: [GDPR], provider_role: processor, dpa: DOC-DPA}
notices:`), with("\nmsa:", "\nrelated_documents: [{id: DOC-DPA, kind: dpa, title: Data Processing Agreement, date: 2026-01-05}]\nmsa:")},
			func(v *View) string {
				return fmt.Sprintln(v.CMMC.Level, v.CMMC.AffirmingOfficial.Name, v.PCI.Role, v.NIS2.Class, v.NIS2.Status, v.UKNIS.StatedBy.Name, v.UKNIS.AsOf, v.UKNIS.Status,
					v.PublicBody.State, v.PublicBody.Law, v.Privacy.Role, v.Privacy.DPA, v.Privacy.DPADate)
			}, "1 Gus Generic service provider an important entity in force Gus Generic December 15, 2026 pending and not yet in force Louisiana R.S. 51:2111 to 2116 a processor Data Processing Agreement January 5, 2026\n"},
		{"another order of documents", []edit{with("liability_ref: section 9}", "liability_ref: section 9, precedence: [regulatory_agreements, msa_liability, msa_other, this_agreement]}")},
			func(v *View) string { return v.MSA.Order[0] + " " + v.MSA.Order[3] }, "an agreement that a law requires the Parties to make, on the subject of that law; this Agreement."},
		{"no MSA", []edit{alone},
			func(v *View) string {
				span, _ := v.Origin(v.Standalone, "Fees")
				return fmt.Sprintf("%+v %+v; %s", *v.MSA, *v.Standalone, span.Text())
			}, "{Title: Date: Liability: Order:[]} {Reason:the Customer is new Fees:the order form of December 2026 PaymentDays:30}; the order form of December 2026"},
		{"notices", []edit{with("email: notices@nobody-cpas.example", "email: notices@nobody-cpas.example\n    deemed: {post_days: 3, email: same_day}")},
			func(v *View) string {
				return v.Notices.Customer.ByLetter + "; " + v.Notices.Customer.ByEmail + "; " + v.Notices.Provider.ByLetter + "; " + v.Notices.Provider.ByEmail
			}, "when it is delivered, or 3 days after it is posted if that is earlier; on the day on which it is sent; when it is delivered; on the next Business Day"},
		{"who signs how", []edit{with("security_responsible: true}", "security_responsible: true, method: wet, witnessed: true}"), with("authority: Managing Partner under the partnership agreement}", "authority: Managing Partner under the partnership agreement, method: wet}")},
			func(v *View) string {
				return v.Signing.Paper + "; " + v.Signing.Witnessed + "; " + v.Signing.Electronic
			}, "Pat Placeholder and Fay Fictional; Pat Placeholder; "},
		{"emergency", []edit{remove(`  emergency: \{allowed.*\n`)},
			func(v *View) string { return fmt.Sprintln(v.Changes.CallHours, v.Changes.ReportHours) }, "1 24\n"},
		{"emergency with limits", []edit{with("limits: [isolate, disable_account, block_traffic, undo_setting], report_hours: 24, max_cost: 0}", "limits: [isolate], call_hours: 2, report_hours: 8, max_cost: 100}")},
			func(v *View) string {
				return fmt.Sprintln(v.Changes.CallHours, v.Changes.ReportHours, v.Changes.EmergencyCost)
			}, "2 8 USD 100\n"},
		{"one channel", []edit{with("[phone, email]", "[phone]")},
			func(v *View) string { return v.Notification.Channel }, "by phone"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := readExample(t)
			for _, e := range test.edits {
				text = e(t, text)
			}
			a, findings := load(t, text)
			if a == nil {
				t.Fatalf("the changed example has errors:\n%s", findings)
			}
			v := New(a)
			checkOrigins(t, a, v)
			if got := test.value(v); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
