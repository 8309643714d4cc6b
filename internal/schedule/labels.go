package schedule

import (
	"fmt"

	"concordat/internal/agreement"
)

// label is how a word of the agreement file is printed. A word without a label
// is a defect: the labels and the choices of the model are one list.
func label(labels map[string]string, word string) string {
	if l, ok := labels[word]; ok {
		return l
	}
	panic(fmt.Sprintf("schedule: no label for %q", word))
}

// party is how an owner of a duty is printed.
func party(p agreement.Party) string { return label(partyLabels, string(p)) }

var partyLabels = map[string]string{
	"provider":       "Provider",
	"customer":       "Customer",
	"shared":         "Shared",
	"third_party":    "Third party",
	"unassigned":     "Nobody",
	"not_applicable": "Not applicable",
}

var roleLabels = map[string]string{
	"primary":      "Primary contact",
	"deputy":       "Deputy",
	"after_hours":  "After hours",
	"escalation_1": "First escalation",
	"escalation_2": "Second escalation",
	"billing":      "Billing",
	"privacy":      "Privacy",
}

var hoursLabels = map[string]string{
	"":         "–",
	"business": "Business Hours",
	"24x7":     "at all hours",
}

var reviewLabels = map[string]string{
	"security_analysis": "Security analysis",
	"quarterly":         "Quarterly review",
	"risk_register":     "Review of accepted risks",
	"access":            "Access review",
	"maturity":          "Maturity assessment",
	"independent_test":  "Independent test",
	"policy":            "Policy review",
	"exercise":          "Exercise",
	"budget":            "Budget review",
}

var classLabels = map[string]string{
	"standard":  "Standard",
	"normal":    "Normal",
	"major":     "Major",
	"emergency": "Emergency",
}

var approvalLabels = map[string]string{
	"pre_approved":   "Approved in advance",
	"contact":        "Customer’s Primary Contact or deputy",
	"executive":      "Security Executive",
	"after_the_fact": "Not needed in advance; reported after",
}

var channelLabels = map[string]string{
	"ticket": "by ticket",
	"email":  "by e-mail",
	"signed": "by signature",
}

var tierLabels = map[string]string{
	"minimal":       "minimal security focus",
	"some":          "some security focus",
	"comprehensive": "comprehensive security practice",
}

var verificationLabels = map[string]string{
	"accepted":           "accepted it",
	"accepted_with_gaps": "accepted it with the gaps it names",
	"refused":            "did not accept it",
}

var methodLabels = map[string]string{
	"self":        "self-assessment by the Customer",
	"provider":    "assessment by the Provider",
	"independent": "independent assessment",
}

var scaleLabels = map[string]string{
	"implementation-1-4": "implementation, 1 (not implemented) to 4 (fully implemented)",
	"capability-0-5":     "capability, 0 (none) to 5 (optimizing)",
	"csf-tier-1-4":       "NIST CSF tiers, 1 (partial) to 4 (adaptive)",
	"c2m2-mil-0-3":       "C2M2 maturity indicator levels, 0 (none) to 3 (managed)",
}

var isolationLabels = map[string]string{
	"immutable": "yes, cannot be changed",
	"offline":   "yes, kept offline",
	"none":      "no",
}

var assetLabels = map[string]string{
	"system":  "System",
	"data":    "Data",
	"site":    "Site",
	"device":  "Device",
	"service": "Service",
}

var categoryLabels = map[string]string{
	"licence":    "License",
	"service":    "Service",
	"project":    "Project",
	"hardware":   "Hardware",
	"training":   "Training",
	"assessment": "Assessment",
	"insurance":  "Insurance",
	"labour":     "Labor",
}

var basisLabels = map[string]string{
	"quoted":   "quoted",
	"estimate": "estimate",
}
