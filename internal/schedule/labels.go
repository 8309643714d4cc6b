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

// holder is a party that holds, runs or watches something.
func holder(p agreement.Party) string {
	switch p {
	case agreement.Shared:
		return "both Parties"
	case agreement.ThirdParty:
		return "a third party"
	default:
		return party(p)
	}
}

var partyLabels = map[string]string{
	"provider":       "Provider",
	"customer":       "Customer",
	"shared":         "Shared",
	"third_party":    "Third party",
	"unassigned":     "Nobody",
	"not_applicable": "Not applicable",
}

var roleLabels = map[string]string{
	"primary":      "Primary Contact",
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
	"security_analysis": "Security Analysis",
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
	"pending":            "has not reviewed it yet",
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
	"implementation-1-4": "implementation, from 1 (not implemented) to 4 (fully implemented)",
	"capability-0-5":     "capability, from 0 (none) to 5 (optimizing)",
	"csf-tier-1-4":       "NIST CSF tiers, from 1 (partial) to 4 (adaptive)",
	"c2m2-mil-0-3":       "C2M2 maturity indicator levels, from 0 (none) to 3 (managed)",
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

var implementationLabels = map[string]string{
	"":               "not stated",
	"met":            "met",
	"partial":        "met in part",
	"not_met":        "not met",
	"not_applicable": "does not apply",
}

var fedrampLabels = map[string]string{
	"low":        "FedRAMP Low",
	"moderate":   "FedRAMP Moderate",
	"high":       "FedRAMP High",
	"equivalent": "FedRAMP Moderate equivalent",
	"none":       "no FedRAMP authorization",
}

var dataLabels = map[string]string{
	"phi":        "health information",
	"pii":        "personal data",
	"pci":        "payment card data",
	"cui":        "controlled unclassified information",
	"fci":        "federal contract information",
	"tax":        "tax data",
	"privileged": "legally privileged data",
}

var confidenceLabels = map[string]string{
	"low":    "low",
	"medium": "medium",
	"high":   "high",
}

var remedyLabels = map[string]string{
	"new_plan":           "a new plan",
	"higher_fee":         "a higher fee",
	"restricted_service": "a restricted service",
	"end_of_service":     "the end of a service",
}

var decisionLabels = map[string]string{
	"declined":  "Declined",
	"deferred":  "Put off",
	"no_answer": "No answer",
}

var lawLabels = map[string]string{
	"hipaa":       "HIPAA",
	"pci":         "PCI DSS",
	"glba":        "the FTC Safeguards Rule",
	"cmmc":        "CMMC",
	"nis2":        "NIS2",
	"uk_nis":      "the UK NIS law",
	"public_body": "the law on providers of public bodies",
	"privacy":     "privacy law",
}

// Services and how they are measured.

var unitLabels = map[string]string{
	"percent":        "percent",
	"minutes":        "minutes",
	"hours":          "hours",
	"business_hours": "hours within Business Hours",
	"days":           "days",
	"business_days":  "Business Days",
	"count":          "",
}

// oneUnitLabels are the units of exactly 1.
var oneUnitLabels = map[string]string{
	"percent":        "percent",
	"minutes":        "minute",
	"hours":          "hour",
	"business_hours": "hour within Business Hours",
	"days":           "day",
	"business_days":  "Business Day",
	"count":          "",
}

var frequencyLabels = map[string]string{
	"weekly":    "every week",
	"monthly":   "every month",
	"quarterly": "every quarter",
	"yearly":    "every year",
}

var assuranceLabels = map[string]string{
	"soc2":      "SOC 2 report",
	"iso27001":  "ISO 27001 certificate",
	"trustmark": "Trustmark",
	"audit":     "Audit report",
	"financial": "Financial statement",
	"insurance": "Insurance certificate",
	"other":     "Other evidence",
}

// Access.

var rightsLabels = map[string]string{
	"read":    "read",
	"operate": "operate",
	"admin":   "administer",
}

var mfaLabels = map[string]string{
	"phishing_resistant": "yes, resists phishing",
	"app":                "yes, by app",
	"none":               "no",
}

var toolLabels = map[string]string{
	"rmm":           "Remote monitoring and management",
	"psa":           "Ticket system",
	"backup":        "Backup",
	"edr":           "Detection and response",
	"remote":        "Remote control",
	"vault":         "Password vault",
	"delegated_app": "Application with delegated rights",
	"other":         "Other",
}

var exposureLabels = map[string]string{
	"internal": "from the Provider’s own network only",
	"vpn":      "through a private tunnel only",
	"internet": "from the internet",
}

var connectionLabels = map[string]string{
	"vpn":      "private tunnel (VPN)",
	"ztna":     "zero trust access",
	"saas_api": "interface of a cloud service",
	"rmm":      "remote management tool",
	"other":    "another kind of connection",
}

var tenantLabels = map[string]string{
	"separate":       "a system of its own for each customer",
	"shared_logical": "a shared system, with customers parted by settings",
}

// Incidents and weaknesses.

var noticeContentLabels = map[string]string{
	"what":        "what happened",
	"when":        "when it happened",
	"systems":     "which systems are affected",
	"data":        "which data and people are affected",
	"status":      "whether it goes on",
	"actions":     "what has been done and what the Customer could do next",
	"next_update": "when the next update comes",
}

var weaknessLabels = map[string]string{
	"kev":      "Known to be exploited",
	"critical": "Critical",
	"high":     "High",
	"medium":   "Medium",
	"low":      "Low",
}

var clockLabels = map[string]string{
	"release":   "release of the fix",
	"detection": "finding of the weakness",
}

// Changes.

var contentLabels = map[string]string{
	"reason":            "what the Provider wants to change, and why",
	"risk":              "what can go wrong",
	"options":           "which other choices there are",
	"cost":              "what it costs",
	"downtime":          "how long work will be interrupted, and for whom",
	"data":              "which data it touches",
	"rollback":          "how the Provider would undo it",
	"effect_of_waiting": "what can follow if the Customer waits or refuses",
}

var emergencyLabels = map[string]string{
	"contain":         "contain the Incident by a step that can be undone",
	"isolate":         "disconnect a device",
	"disable_account": "lock an account",
	"block_traffic":   "block traffic",
	"undo_setting":    "undo a setting",
}

var stagingLabels = map[string]string{
	"required":        "always",
	"where_available": "where such a place exists",
}

var dayLabels = map[string]string{
	"mon": "Monday",
	"tue": "Tuesday",
	"wed": "Wednesday",
	"thu": "Thursday",
	"fri": "Friday",
	"sat": "Saturday",
	"sun": "Sunday",
}

// People, suppliers and the end.

var checkLabels = map[string]string{
	"identity":                     "identity",
	"criminal_record_where_lawful": "criminal record where the law allows",
	"references":                   "references",
	"education":                    "education",
}

var ownershipLabels = map[string]string{
	"control_change":        "a change of who controls it",
	"security_lead_change":  "a change of the person who leads security",
	"insolvency":            "insolvency",
	"breach_of_own_systems": "a break-in to its own systems",
}

var ownershipRightLabels = map[string]string{
	"terminate_without_fee": "to end this Agreement and any Purchased Service without a fee, by notice of 30 days within 60 days after it learns of the change",
	"review_meeting":        "to a meeting on what the change means",
}

var handoverLabels = map[string]string{
	"dns":          "domain names",
	"tenant_admin": "administration of cloud services",
	"vault":        "password vault",
	"keys":         "keys",
	"docs":         "documentation",
	"backups":      "backups",
}

var insuranceLabels = map[string]string{
	"cyber":   "Cyber",
	"tech_eo": "Technology errors and omissions",
	"general": "General liability",
	"other":   "Other",
}

var documentLabels = map[string]string{
	"baa":   "Business associate agreement",
	"dpa":   "Data processing agreement",
	"sow":   "Statement of work",
	"nda":   "Non-disclosure agreement",
	"other": "Other",
}

var disputeLabels = map[string]string{
	"contacts":   "Talks between the Primary Contacts",
	"executives": "Talks between the Security Executive and the Security Officer",
	"mediation":  "Mediation",
	"forum":      "The forum",
}

// Laws.

var hipaaRoleLabels = map[string]string{
	"covered_entity":     "covered entity",
	"business_associate": "business associate",
}

var assessmentLabels = map[string]string{
	"self":   "self-assessment",
	"c3pao":  "assessment by a certified assessor (C3PAO)",
	"dibcac": "assessment by the government (DIBCAC)",
}

var pciRoleLabels = map[string]string{
	"merchant":         "merchant",
	"service_provider": "service provider",
}

var lawStatusLabels = map[string]string{
	"in_force": "in force",
	"pending":  "not yet in force",
	"repealed": "no longer in force",
}

var entityLabels = map[string]string{
	"essential": "essential entity",
	"important": "important entity",
	"none":      "neither an essential nor an important entity",
}

var processorLabels = map[string]string{
	"processor":        "processor",
	"controller":       "controller",
	"service_provider": "service provider",
	"none":             "none; it handles no personal data for the Customer",
}
