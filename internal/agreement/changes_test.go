package agreement

import (
	"reflect"
	"slices"
	"testing"
)

// TestClasses walks the model: each field has a class, and only fields have.
func TestClasses(t *testing.T) {
	counts := map[Class]int{}
	fields := 0
	eachField(reflect.TypeFor[Agreement](), "", func(path string) {
		class, ok := ClassOf(path)
		if !ok {
			t.Errorf("%s has no class", path)
		}
		counts[class]++
		fields++
	})
	if len(classes()) != fields {
		t.Errorf("%d classes for %d fields", len(classes()), fields)
	}
	if counts[ByNotice] != len(byNotice) || counts[ByApproval] != len(byApproval) {
		t.Errorf("%v of %d and %d", counts, len(byNotice), len(byApproval))
	}
	for _, path := range slices.Concat(byNotice, byApproval) {
		if _, ok := classes()[path]; !ok {
			t.Errorf("%s is no field", path)
		}
	}
	t.Logf("%d fields: %d change by notice, %d by approval, %d by amendment", fields, counts[ByNotice], counts[ByApproval], counts[ByAmendment])
}

func TestClassOf(t *testing.T) {
	for path, want := range map[string]Class{
		"Contacts[1].Person":                ByNotice,
		"Parties.Provider.Tools[0].Name":    ByNotice,
		"Parties.Provider.LegalName":        ByAmendment,
		"Commitments[3].Due":                ByApproval,
		"Commitments[3].AcceptanceCriteria": ByAmendment,
		"Commitments[3].Controls[0]":        ByAmendment,
		"Budget.Lines[2].Charges[0].Amount": ByApproval,
		"Budget.Lines[2].Payer":             ByAmendment,
		"RiskAcceptances.Expires":           ByAmendment,
		"Schema":                            ByAmendment,
	} {
		if got, ok := ClassOf(path); !ok || got != want {
			t.Errorf("%s changes by %v, want %v", path, got, want)
		}
	}
	for _, path := range []string{"", "Commitments", "Commitments[3]", "Weather", "Commitments[3].Weather", "Term"} {
		if _, ok := ClassOf(path); ok {
			t.Errorf("%q is a field", path)
		}
	}
	if got := ByNotice.String() + ByApproval.String() + ByAmendment.String(); got != "noticeapprovalamendment" {
		t.Error(got)
	}
}
