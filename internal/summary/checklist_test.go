package summary

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"concordat/internal/agreement"
)

// TestFieldsExist demands that each field that a question names is a field of
// the model, and a list where it is written as one.
func TestFieldsExist(t *testing.T) {
	n := 0
	for _, q := range questions() {
		for _, need := range q.needs {
			for _, field := range need.fields {
				n++
				if err := lookUp(field); err != nil {
					t.Errorf("%s: %v", q.id, err)
				}
			}
		}
	}
	t.Logf("%d questions, %d fields", len(questions()), n)
	for _, wrong := range []string{"critical_assets[].size", "parties[].customer", "critical_assets.impact"} {
		if lookUp(wrong) == nil {
			t.Errorf("%s is taken for a field", wrong)
		}
	}
}

// lookUp finds a field of the agreement file by its key.
func lookUp(key string) error {
	t := reflect.TypeFor[agreement.Agreement]()
	for step := range strings.SplitSeq(key, ".") {
		name, isList := strings.CutSuffix(step, "[]")
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct {
			return fmt.Errorf("%s: nothing lies inside the value before %q", key, step)
		}
		i := slices.IndexFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool {
			tag, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			return tag == name
		})
		if i < 0 {
			return fmt.Errorf("%s: no field %q", key, name)
		}
		t = reflect.VisibleFields(t)[i].Type
		if isList {
			if t.Kind() != reflect.Slice {
				return fmt.Errorf("%s: %q is no list", key, name)
			}
			t = t.Elem()
		}
	}
	return nil
}

func TestQuestionsAreWellFormed(t *testing.T) {
	ids, topics, asked := map[string]bool{}, map[string]bool{}, map[string]bool{}
	parts := map[byte]int{}
	for _, q := range questions() {
		if ids[q.id] || topics[q.topic] || asked[q.ask] {
			t.Errorf("%s occurs twice", q.id)
		}
		ids[q.id], topics[q.topic], asked[q.ask] = true, true, true
		parts[q.id[0]]++
		if want := fmt.Sprintf("%c%d", q.id[0], parts[q.id[0]]); q.id != want {
			t.Errorf("found %s, expected %s", q.id, want)
		}
		if len(q.needs) == 0 || !strings.HasSuffix(q.ask, "?") {
			t.Errorf("%s asks for nothing", q.id)
		}
	}
	if parts['S'] != 10 || parts['O'] != 12 || parts['T'] != 11 {
		t.Errorf("found %v, expected 10 strategic, 12 operational and 11 tactical questions", parts)
	}
}

// TestNothingIsAnsweredByNothing: an agreement that says nothing answers
// nothing, and each question says what is missing.
func TestNothingIsAnsweredByNothing(t *testing.T) {
	c := checklist(&agreement.Agreement{})
	for _, q := range c.Questions {
		if q.Answered || len(q.Fields) > 0 || len(q.Missing) == 0 {
			t.Errorf("%s is answered by an empty agreement: %v", q.ID, q.Fields)
		}
	}
}

// TestAnswersStandWhereTheySay: each field that answers is one that the
// question names, and its place is in one of the files of the agreement.
func TestAnswersStandWhereTheySay(t *testing.T) {
	for _, id := range exampleIDs() {
		t.Run(id, func(t *testing.T) {
			a := loadExample(t, id)
			for i, q := range questions() {
				answer := checklist(a).Questions[i]
				asked := slices.DeleteFunc(slices.Clone(q.needs), func(n need) bool { return !n.asks(a) })
				if len(answer.Fields)+len(answer.Missing) != len(asked) {
					t.Errorf("%s: %d answers and %d gaps for %d parts", q.id, len(answer.Fields), len(answer.Missing), len(asked))
				}
				for _, need := range asked {
					path := need.find(a)
					if path == "" {
						continue
					}
					if k := key(path); !slices.Contains(need.fields, k) {
						t.Errorf("%s is answered by %s, which is none of %v", q.id, k, need.fields)
					}
					at := a.Span(path)
					parent, _ := cutLast(path)
					if at.IsZero() || at == a.Span(parent) {
						t.Errorf("%s: nothing is written at %s", q.id, path)
					}
				}
			}
		})
	}
}

// cutLast cuts the last field off a path.
func cutLast(path string) (parent, last string) {
	if i := strings.LastIndexByte(path, '.'); i >= 0 {
		return path[:i], path[i+1:]
	}
	return "", path
}

// TestQuestion holds single questions to changes of an agreement that make
// and take away the answer.
func TestQuestion(t *testing.T) {
	yes, no := true, false
	for _, c := range []struct {
		id, what string
		answered bool
		a        agreement.Agreement
	}{
		{"S2", "decision makers", true, agreement.Agreement{Governance: agreement.Governance{DecisionMakers: []string{"P-A"}}}},
		{"S3", "a budget without reasons", false, agreement.Agreement{Budget: &agreement.Budget{}}},
		{"S3", "a budget with reasons", true, agreement.Agreement{Budget: &agreement.Budget{Rationale: "x"}}},
		{"S5", "a backup of the one most critical asset", true, agreement.Agreement{
			CriticalAssets: []agreement.Asset{{ID: "A1", InScope: &yes, Priority: 1}, {ID: "A2", InScope: &yes, Priority: 2}},
			Backups:        []agreement.Backup{{Asset: "A1"}}}},
		{"S5", "a backup of one of two most critical assets", false, agreement.Agreement{
			CriticalAssets: []agreement.Asset{{ID: "A1", InScope: &yes, Priority: 1}, {ID: "A2", InScope: &yes, Priority: 1}},
			Backups:        []agreement.Backup{{Asset: "A1"}}}},
		{"S5", "a service for it that is not bought", false, agreement.Agreement{
			CriticalAssets: []agreement.Asset{{ID: "A1", InScope: &yes, Priority: 1}},
			Services:       []agreement.Service{{Purchased: &no, Assets: []string{"A1"}}}}},
		{"S5", "a service for it that is bought", true, agreement.Agreement{
			CriticalAssets: []agreement.Asset{{ID: "A1", InScope: &yes, Priority: 1}},
			Services:       []agreement.Service{{Purchased: &yes, Assets: []string{"A1"}}}}},
		{"S5", "a commitment about it, and a third party that runs the other", true, agreement.Agreement{
			CriticalAssets: []agreement.Asset{{ID: "A1", InScope: &yes, Priority: 1}, {ID: "A2", InScope: &yes, Priority: 1, ThirdParty: "T"}},
			Commitments:    []agreement.Commitment{{Assets: []string{"A1"}}}}},
		{"S5", "assets out of scope only", false, agreement.Agreement{CriticalAssets: []agreement.Asset{{ID: "A1", InScope: &no, Priority: 1, ThirdParty: "T"}}}},
		{"S6", "an impact without figures", false, agreement.Agreement{CriticalAssets: []agreement.Asset{{InScope: &yes, Priority: 1, Impact: &agreement.Impact{}}}}},
		{"S6", "an impact of the most critical", true, agreement.Agreement{
			CriticalAssets: []agreement.Asset{{InScope: &yes, Priority: 2}, {InScope: &yes, Priority: 1, Impact: &agreement.Impact{Legal: 3}}}}},
		{"S7", "an audit", false, agreement.Agreement{Parties: agreement.Parties{Provider: agreement.ProviderParty{Assurance: []agreement.Assurance{{Kind: "audit"}}}}}},
		{"S10", "an asset out of scope", false, agreement.Agreement{CriticalAssets: []agreement.Asset{{InScope: &no, Contingency: "x"}}}},
		{"S10", "an asset without a way to go on", false, agreement.Agreement{CriticalAssets: []agreement.Asset{{InScope: &yes, Contingency: "x"}, {InScope: &yes}}}},
		{"S10", "each asset with a way to go on", true, agreement.Agreement{CriticalAssets: []agreement.Asset{{InScope: &no}, {InScope: &yes, Contingency: "x"}}}},
		{"O2", "nobody who answers for security", false, agreement.Agreement{Signatories: []agreement.Signatory{{}}}},
		{"O4", "incidents without a plan", false, agreement.Agreement{Incident: &agreement.Incident{ExerciseMonths: 12}}},
		{"O5", "times without criteria", false, agreement.Agreement{Remediation: []agreement.Remediation{{Days: 3}}}},
		{"O9", "leaving only", false, agreement.Agreement{Transition: &agreement.Transition{Out: &agreement.TransitionOut{}}}},
		{"O9", "taking over", true, agreement.Agreement{Transition: &agreement.Transition{In: &agreement.TransitionIn{}}}},
		{"O12", "insurance of the customer", false, agreement.Agreement{Insurance: []agreement.Insurance{{Party: agreement.Customer, Certificate: "x"}}}},
		{"O12", "insurance of the provider", true, agreement.Agreement{Insurance: []agreement.Insurance{{Party: agreement.Provider, Certificate: "x"}}}},
		{"O12", "a certificate", true, agreement.Agreement{Parties: agreement.Parties{Provider: agreement.ProviderParty{Capability: agreement.Capability{Certifications: []agreement.Certification{{}}}}}}},
		{"T2", "an administrator for ever", false, agreement.Agreement{Access: []agreement.Access{{Rights: "admin", MaxHours: 8}, {Rights: "admin"}}}},
		{"T2", "administrators for some time", true, agreement.Agreement{Access: []agreement.Access{{Rights: "admin", MaxHours: 8}, {Rights: "admin", JustInTime: true}}}},
		{"T2", "no administrators", true, agreement.Agreement{Access: []agreement.Access{{Rights: "read"}}}},
		{"T2", "a subcontractor that sees data without stated rights", false, agreement.Agreement{
			Access: []agreement.Access{{Rights: "read"}}, Subcontractors: []agreement.Subcontractor{{ID: "S", DataAccess: &yes}}}},
		{"T2", "a subcontractor that sees no data", true, agreement.Agreement{
			Access: []agreement.Access{{Rights: "read"}}, Subcontractors: []agreement.Subcontractor{{ID: "S", DataAccess: &no}}}},
		{"T3", "one connection never checked", false, agreement.Agreement{Connections: []agreement.Connection{{}}}},
		{"T7", "backups, and nothing about logs", false, agreement.Agreement{Backups: []agreement.Backup{{Offsite: &yes}}}},
		{"T7", "backups with logs", true, agreement.Agreement{Backups: []agreement.Backup{{Offsite: &yes, IncludesLogs: true}}}},
		{"T8", "logs that only the provider reads", false, agreement.Agreement{Logging: []agreement.Log{{ValidatedBy: agreement.Provider}}}},
		{"T8", "logs that both read", true, agreement.Agreement{Logging: []agreement.Log{{ValidatedBy: agreement.Shared}}}},
		{"T11", "incidents without a look back", false, agreement.Agreement{Incident: &agreement.Incident{}}},
	} {
		list := checklist(&c.a)
		i := slices.IndexFunc(list.Questions, func(q Answer) bool { return q.ID == c.id })
		if list.Questions[i].Answered != c.answered {
			t.Errorf("%s with %s: answered %v, want %v", c.id, c.what, !c.answered, c.answered)
		}
	}
}

// TestDocs holds docs/checklist.md to the questions.
func TestDocs(t *testing.T) {
	const name = "../../docs/checklist.md"
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	const begin, end = "<!-- table: a test holds it to the program -->\n", "<!-- end of table -->\n"
	head, rest, ok := strings.Cut(string(file), begin)
	found, tail, whole := strings.Cut(rest, end)
	if !ok || !whole {
		t.Fatalf("%s has no table between %q and %q", name, begin, end)
	}
	var b strings.Builder
	for _, part := range []struct{ letter, title string }{{"S", "Strategic"}, {"O", "Operational"}, {"T", "Tactical"}} {
		fmt.Fprintf(&b, "\n## %s\n\n| | question | answered by |\n|---|---|---|\n", part.title)
		for _, q := range questions() {
			if !strings.HasPrefix(q.id, part.letter) {
				continue
			}
			var needs []string
			for _, need := range q.needs {
				needs = append(needs, "`"+strings.Join(need.fields, "` or `")+"`")
			}
			answered := strings.Join(needs, "; ")
			if q.note != "" {
				answered += " (" + q.note + ")"
			}
			fmt.Fprintf(&b, "| %s | %s | %s |\n", q.id, q.ask, answered)
		}
	}
	b.WriteString("\n")
	if found == b.String() {
		return
	}
	if *update {
		if err := os.WriteFile(name, []byte(head+begin+b.String()+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s has\n%s\nwant\n%s", name, found, b.String())
}
