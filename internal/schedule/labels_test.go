package schedule

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"concordat/internal/agreement"
)

// printedChoices are the fields of the model that hold one of a few words, and
// how a schedule prints these words.
var printedChoices = map[string]map[string]string{
	"Access.MFA":                          mfaLabels,
	"Access.Rights":                       rightsLabels,
	"Assessment.Method":                   methodLabels,
	"Asset.Classification":                dataLabels,
	"Asset.Kind":                          assetLabels,
	"Assurance.Kind":                      assuranceLabels,
	"Backup.Isolated":                     isolationLabels,
	"Backup.KeyHolder":                    partyLabels,
	"CMMC.Assessment":                     assessmentLabels,
	"Capability.Tier":                     tierLabels,
	"ChangeAuthorization.RequestContents": contentLabels,
	"ChangeClass.Approval":                approvalLabels,
	"ChangeClass.ID":                      classLabels,
	"ChangeManagement.ReviewedAfter":      classLabels,
	"ChangeManagement.RollbackFor":        classLabels,
	"ChangeManagement.Staging":            stagingLabels,
	"Commitment.Owner":                    partyLabels,
	"Connection.Method":                   connectionLabels,
	"Connection.MonitoredBy":              partyLabels,
	"Contact.Hours":                       hoursLabels,
	"Contact.Role":                        roleLabels,
	"Credentials.BreakGlassHolder":        partyLabels,
	"Credentials.Vault":                   partyLabels,
	"DeclinedRecommendation.Decision":     decisionLabels,
	"DisputeStep.Step":                    disputeLabels,
	"Duty.Party":                          partyLabels,
	"Emergency.Limits":                    emergencyLabels,
	"Goal.Unit":                           unitLabels,
	"HIPAA.Role":                          hipaaRoleLabels,
	"Insurance.Kind":                      insuranceLabels,
	"Insurance.Party":                     partyLabels,
	"KPI.Frequency":                       frequencyLabels,
	"Line.Basis":                          basisLabels,
	"Line.Category":                       categoryLabels,
	"Line.Payer":                          partyLabels,
	"Log.ValidatedBy":                     partyLabels,
	"Maturity.Remedies":                   remedyLabels,
	"Maturity.Scale":                      scaleLabels,
	"NIS2.CustomerClass":                  entityLabels,
	"NIS2.Status":                         lawStatusLabels,
	"Notice.Party":                        partyLabels,
	"OwnershipChange.Events":              ownershipLabels,
	"OwnershipChange.Right":               ownershipRightLabels,
	"PCI.Role":                            pciRoleLabels,
	"PCIDuty.Owner":                       partyLabels,
	"Person.Party":                        partyLabels,
	"Privacy.ProviderRole":                processorLabels,
	"ProviderNotice.Content":              noticeContentLabels,
	"RegulatorNotice.Filer":               partyLabels,
	"RelatedDocument.Kind":                documentLabels,
	"Remediation.Clock":                   clockLabels,
	"Remediation.Severity":                weaknessLabels,
	"Responsibility.Implementation":       implementationLabels,
	"Responsibility.Owner":                partyLabels,
	"Review.Kind":                         reviewLabels,
	"RiskAcceptance.Law":                  lawLabels,
	"Score.Confidence":                    confidenceLabels,
	"Segmentation.Tenants":                tenantLabels,
	"Service.Hours":                       hoursLabels,
	"ServiceLevel.Hours":                  hoursLabels,
	"Severity.Hours":                      hoursLabels,
	"Third.FedRAMP":                       fedrampLabels,
	"Third.Owner":                         partyLabels,
	"Threshold.Channel":                   channelLabels,
	"Tool.AdminExposure":                  exposureLabels,
	"Tool.Kind":                           toolLabels,
	"Training.AttendanceBy":               partyLabels,
	"Training.RunBy":                      partyLabels,
	"TransitionOut.Handover":              handoverLabels,
	"UKNIS.Status":                        lawStatusLabels,
	"Verification.Result":                 verificationLabels,
	"Vetting.Checks":                      checkLabels,
	"Window.Days":                         dayLabels,
	"Window.Frequency":                    frequencyLabels,
}

// silentChoices are the others, with the reason why no schedule prints their
// words.
var silentChoices = map[string]string{
	"Budget.Tax":                      "a sentence",
	"ChangeAuthorization.NonResponse": "clause aut-05 says it",
	"Charge.Every":                    "the years show the sums",
	"Clauses.Preset":                  "what it leaves out is printed",
	"Clauses.Wording":                 "a sentence, where it is strict",
	"CustomerNotice.Contact":          "clause inc-02 says it",
	"Deemed.Email":                    "clause not-01 says it",
	"Info.Confidentiality":            "clause cnf-01 says it",
	"MSA.Precedence":                  "clause pur-02 says it",
	"Signatory.Method":                "clause sig-01 says it",
	"CustomerParty.SensitiveData":     "not printed",
	"Governance.ReservedDecisions":    "clause rsk-02 says it",
	"Hours.Days":                      "the term Business Day says it",
	"Info.Language":                   "how dates are written",
	"Info.Paper":                      "the size of pages",
	"Meetings.Minutes":                "clause shr-01 says it",
	"Meetings.Progress":               "clause shr-01 says it",
	"ProviderNotice.Channel":          "clause inc-02 says it",
	"ProviderNotice.Scope":            "clause inc-02 says it",
	"ProviderNotice.Trigger":          "clause inc-02 says it",
	"ProviderParty.Kind":              "the capability statement says it",
	"Renewal.Kind":                    "a clause says it",
	"Service.Kind":                    "the name of the service says it",
}

// choices are all fields of the model that hold one of a few words.
func choices(t reflect.Type, found map[string][]string, seen map[reflect.Type]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		choices(t.Elem(), found, seen)
	case reflect.Struct:
		if seen[t] {
			return
		}
		seen[t] = true
		for i := range t.NumField() {
			field := t.Field(i)
			if !field.IsExported() {
				continue
			}
			for _, tag := range strings.Split(field.Tag.Get("validate"), ",") {
				if words, ok := strings.CutPrefix(tag, "oneof="); ok {
					found[t.Name()+"."+field.Name] = strings.Fields(words)
				}
			}
			choices(field.Type, found, seen)
		}
	}
}

// TestLabels holds that each choice of the model has a label, unless no
// schedule prints it, so that a new word cannot be forgotten.
func TestLabels(t *testing.T) {
	found := map[string][]string{}
	choices(reflect.TypeFor[agreement.Agreement](), found, map[reflect.Type]bool{})
	for field, words := range found {
		labels, printed := printedChoices[field]
		if _, silent := silentChoices[field]; printed == silent {
			t.Errorf("%s with the choices %v must stand either in printedChoices or in silentChoices", field, words)
		}
		for _, word := range words {
			if _, ok := labels[word]; printed && !ok {
				t.Errorf("%s: %q has no label", field, word)
			}
		}
	}
	// Several fields may share labels; a label must serve one of them.
	allowed := map[uintptr][]string{}
	for field, labels := range printedChoices {
		if _, ok := found[field]; !ok {
			t.Errorf("%s is no choice of the model", field)
		}
		key := reflect.ValueOf(labels).Pointer()
		allowed[key] = append(allowed[key], found[field]...)
	}
	for field, labels := range printedChoices {
		for word := range labels {
			if word != "" && !slices.Contains(allowed[reflect.ValueOf(labels).Pointer()], word) {
				t.Errorf("%s: the label of %q is for no choice", field, word)
			}
		}
	}
	for field := range silentChoices {
		if _, ok := found[field]; !ok {
			t.Errorf("%s is no choice of the model", field)
		}
	}
	if len(oneUnitLabels) != len(unitLabels) {
		t.Error("a unit lacks its label for one")
	}
	t.Logf("%d choices, %d of them printed", len(found), len(printedChoices))
}
