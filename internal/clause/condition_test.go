package clause

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// parse reads a condition that stands in a file as it is.
func parse(text string) (Condition, diag.List) {
	f := source.New("when", []byte(text))
	return parseCondition(f.Span(0, len(text)), text)
}

func sampleFacts() *Facts {
	return &Facts{
		Customer:         CustomerFacts{Employees: 12, TaxData: true},
		Provider:         ProviderFacts{Tier: "some", NotOffered: 2},
		Services:         ServiceFacts{Kinds: []string{"backup", "help_desk", "mdr"}, Bought: 3, Monitoring: true},
		Backups:          BackupFacts{Count: 1},
		Maturity:         MaturityFacts{Present: true},
		Reviews:          ReviewFacts{Quarterly: true},
		Assets:           AssetFacts{Count: 4, OutOfScope: 1},
		Responsibilities: ResponsibilityFacts{Provider: 5, Shared: 1},
	}
}

func TestConditionHolds(t *testing.T) {
	tests := []struct {
		text   string
		want   bool
		fields string
	}{
		{`backups.count > 0`, true, "backups.count"},
		{`backups.count > 1`, false, "backups.count"},
		{`backups.count >= 1`, true, "backups.count"},
		{`0 < backups.count`, true, "backups.count"},
		{`backups.count == 1`, true, "backups.count"},
		{`backups.count != 1`, false, "backups.count"},
		{`backups.count <= -1`, false, "backups.count"},
		{`maturity.present`, true, "maturity.present"},
		{`maturity.present == true`, true, "maturity.present"},
		{`not maturity.present`, false, "maturity.present"},
		{`!maturity.low`, true, "maturity.low"},
		{`not not maturity.low`, false, "maturity.low"},
		{`maturity.present and maturity.low`, false, "maturity.low maturity.present"},
		{`maturity.present && !maturity.low`, true, "maturity.low maturity.present"},
		{`maturity.low or reviews.quarterly`, true, "maturity.low reviews.quarterly"},
		{`maturity.low || reviews.risk_register`, false, "maturity.low reviews.risk_register"},
		{`maturity.low or maturity.present and reviews.quarterly`, true, "maturity.low maturity.present reviews.quarterly"},
		{`(maturity.low or maturity.present) and reviews.risk_register`, false, "maturity.low maturity.present reviews.risk_register"},
		{`maturity.present == reviews.quarterly`, true, "maturity.present reviews.quarterly"},
		{`not (backups.count > 0)`, false, "backups.count"},
		{`bought("mdr")`, true, "services.kinds"},
		{`bought('mdr')`, true, "services.kinds"},
		{`bought("siem")`, false, "services.kinds"},
		{`not bought("siem") and bought("backup")`, true, "services.kinds"},
		{`provider.tier == "some"`, true, "provider.tier"},
		{`"minimal" == provider.tier`, false, "provider.tier"},
		{`provider.tier != "some"`, false, "provider.tier"},
		{`provider.tier in ["minimal", "some"]`, true, "provider.tier"},
		{`provider.tier not in ["minimal", "some"]`, false, "provider.tier"},
		{`not (provider.tier in ["comprehensive"])`, true, "provider.tier"},
		{`assets.count - assets.out_of_scope > 3`, false, "assets.count assets.out_of_scope"},
		{`responsibilities.provider + responsibilities.shared == 6`, true, "responsibilities.provider responsibilities.shared"},
		{`commitments.hours > 0`, false, "commitments.hours"},
	}
	for _, tt := range tests {
		c, list := parse(tt.text)
		if len(list) > 0 {
			t.Errorf("%s: refused: %s", tt.text, list[0].Message)
			continue
		}
		if got := c.Holds(sampleFacts()); got != tt.want {
			t.Errorf("%s: got %v", tt.text, got)
		}
		if got := strings.Join(c.Fields(), " "); got != tt.fields {
			t.Errorf("%s: asks %q", tt.text, got)
		}
		if c.String() != tt.text {
			t.Errorf("%s: printed as %q", tt.text, c)
		}
	}
	if !(Condition{}).Holds(sampleFacts()) || len((Condition{}).Fields()) != 0 {
		t.Error("the zero Condition asks something")
	}
}

// Each line of testdata/conditions.txt that begins with "when: " is refused
// with the diagnostics below it.
func TestConditionRefuses(t *testing.T) {
	const golden = "testdata/conditions.txt"
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for line := range strings.Lines(string(data)) {
		text, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "when: ")
		if !ok {
			continue
		}
		text = strings.ReplaceAll(text, "LONG", strings.Repeat("maturity.present and ", 24))
		c, list := parse(text)
		fmt.Fprintf(&b, "%s%s\n", line, printed(t, list))
		if len(list) == 0 {
			t.Errorf("%s: not refused", text)
		}
		if !c.IsZero() {
			t.Errorf("%s: refused and not zero", text)
		}
	}
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(data), b.String()); diff != "" {
		t.Errorf("diagnostics (-want +got):\n%s", diff)
	}
}

// A condition is marked in its file inside quotes too; where the scalar has
// escapes the whole scalar is marked.
func TestConditionPlaces(t *testing.T) {
	for _, tt := range []struct{ raw, text, want string }{
		{`backup.count > 0`, `backup.count > 0`, `backup.count`},
		{`'backup.count > 0'`, `backup.count > 0`, `backup.count`},
		{`"not backup.count > 0 "`, `not backup.count > 0 `, `backup.count`},
		{`"bought(\"mdx\")"`, `bought("mdx")`, `"bought(\"mdx\")"`},
		{`'bought("mdx")'`, `bought("mdx")`, `"mdx"`},
	} {
		f := source.New("x.md", []byte("when: "+tt.raw+"\n"))
		_, list := parseCondition(f.Span(6, 6+len(tt.raw)), tt.text)
		if len(list) == 0 || list[len(list)-1].Span.Text() != tt.want {
			t.Errorf("%s: %v", tt.raw, list)
		}
	}
}

func TestFactsAreNamed(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range facts {
		group, name, _ := strings.Cut(f.name, ".")
		if group == "" || name == "" || seen[f.name] {
			t.Errorf("fact %q has no name of its own", f.name)
		}
		seen[f.name] = true
		if (f.kind == word) != (len(f.known) > 0) {
			t.Errorf("fact %q: a word needs a closed set, found %q", f.name, f.known)
		}
		if f.name == boughtField {
			continue
		}
		text := f.name
		switch f.kind {
		case truth:
		case number:
			text += " == 0"
		case word:
			text += ` == "` + f.known[0] + `"`
		default:
			t.Fatalf("fact %q has kind %d", f.name, int(f.kind))
		}
		c, list := parse(text)
		if len(list) > 0 {
			t.Errorf("%s: %s", text, list[0].Message)
			continue
		}
		if got, want := c.Holds(&Facts{}), f.kind == number; got != want {
			t.Errorf("%s of no facts: %v", text, got)
		}
	}
	for _, kind := range facts[slices.IndexFunc(facts, func(f fact) bool { return f.name == boughtField })].known {
		c, list := parse("bought('" + kind + "')")
		if len(list) > 0 || c.Holds(&Facts{}) || !c.Holds(&Facts{Services: ServiceFacts{Kinds: []string{kind}}}) {
			t.Errorf("bought %s: %v", kind, list)
		}
	}
}

func TestConditionIsShared(t *testing.T) {
	c, _ := parse(`backups.count > 0 and bought("mdr") and provider.tier in ["some", "minimal"]`)
	yes, no := sampleFacts(), &Facts{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if !c.Holds(yes) || c.Holds(no) {
					t.Error("wrong answer")
					return
				}
			}
		})
	}
	wg.Wait()
}

// The parser puts the middle of a chain of comparisons into its tree twice: a
// few dozen chains inside each other must not take for ever to refuse.
func TestConditionChains(t *testing.T) {
	for _, pair := range [][2]string{{"1 < (", ") < 2"}, {"(", ")?:1"}, {"1 < (", ") < 2 < 3"}, {"-(1<(", ")<2)*3"}} {
		text := "1"
		for len(text)+len(pair[0])+len(pair[1]) <= MaxCondition {
			text = pair[0] + text + pair[1]
		}
		if _, list := parse(text); len(list) == 0 {
			t.Errorf("%s: not refused", text)
		}
	}
}

func FuzzCondition(f *testing.F) {
	for _, text := range []string{
		`backups.count > 0`, `not (a.b) and bought("mdr") || provider.tier in ["some"]`, `1 < backups.count < 3`, `"`, `a?.b`,
		`let x = 1; x`, `count(x, # > 1)`, `backups["count"] == 1`, `{"a": 1}`, `a[1:2]`, `if a {b} else {c}`, `-9223372036854775808 - 1 < backups.count`, `maturity.present ?? true`, "b\"a\"", `maturity.present | bought("mdr")`, `bought("mdr").x`, `customer.employees.x > 0`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		c, list := parse(text)
		for _, d := range list {
			if !d.Span.Valid() {
				t.Fatalf("span of %s is not valid: %+v", d.Code, d.Span)
			}
			if strings.Contains(d.Message+d.Hint, "*ast.") || strings.Contains(d.Message+d.Hint, "clause.") {
				t.Fatalf("a Go type in %q", d.Message)
			}
		}
		if c.IsZero() != (len(list) > 0) {
			t.Fatalf("%d problems and condition %q", len(list), c)
		}
		tiers := &Facts{Provider: ProviderFacts{Tier: "comprehensive"}}
		for _, f := range []*Facts{tiers, sampleFacts()} {
			switch {
			case !c.IsZero():
				agree(t, c, f)
			case list[0].Code == codeConditionConstant && !strings.Contains(list[0].Message, "nothing"):
				agreeConstant(t, text, list, f)
			}
		}
	})
}

func BenchmarkConditionHolds(b *testing.B) {
	c, _ := parse(`backups.count > 0 and bought("mdr")`)
	f := sampleFacts()
	b.ReportAllocs()
	for b.Loop() {
		c.Holds(f)
	}
}

func BenchmarkConditionParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		parse(`backups.count > 0 and bought("mdr")`)
	}
}
