package clause

import (
	"fmt"
	"slices"
)

// Invariants are what is true of the facts of each agreement that is accepted,
// whatever it says: conditions over facts that are not free of each other. A
// combination of facts that breaks one of them can be in no document.
func Invariants() []Condition {
	list := make([]Condition, len(invariants))
	for i, text := range invariants {
		c, err := ParseCondition(text)
		if err != nil {
			panic(err)
		}
		list[i] = c
	}
	return list
}

// invariants follow from how the facts are found, from what the model demands,
// and from its rules (R01, R17 and so on) that are errors.
var invariants = slices.Concat(
	[]string{
		"not (agreement.public and agreement.confidential)",
		// R112: without an MSA the agreement itself names a law and a forum.
		"msa.present or disputes.law and disputes.forum",
		"not customer.tax_data or customer.sensitive_data",

		"not (provider.gaps_found and provider.refused)",
		"not (provider.gaps_found and provider.pending)",
		"not (provider.refused and provider.pending)",

		"services.bought > 0 or services.not_bought > 0",
		`services.security_program == bought("security_program")`,
		`services.backup == bought("backup")`,
		`services.patching == (bought("os_patching") or bought("third_party_patching"))`,
		`services.monitoring == (bought("mdr") or bought("edr") or bought("siem"))`,
		"not (services.security_program or services.backup or services.patching or services.monitoring) or services.bought > 0",

		// R20: something that the business depends on is listed, and in scope.
		"assets.count > 0",
		"assets.out_of_scope < assets.count",

		"backups.count > 0 or not (backups.all_offsite or backups.all_isolated)",
		"logging.third_party <= logging.count",

		"responsibilities.provider + responsibilities.customer + responsibilities.shared + responsibilities.third_party + responsibilities.unassigned + responsibilities.not_applicable > 0",

		"maturity.present or not (maturity.low or maturity.self_assessed or maturity.by_provider or maturity.remedies > 0)",
		"not (maturity.self_assessed and maturity.by_provider)",

		"commitments.provider <= commitments.count",
		"commitments.interim <= commitments.count",
		"commitments.hours == 0 or commitments.count > 0",

		"budget.present == (budget.years > 0)",
		"budget.present or not (budget.contingency or budget.tax_included or budget.approved or budget.provider_pays or budget.estimates)",

		"changes.emergency or not (changes.emergency_cost or changes.limited)",
		"not changes.escalated or escalations.count > 0",
		"changes.managed or not (changes.staged or changes.user_notice or changes.way_back or changes.looked_at)",

		// A weaker access names the risk that the customer accepts.
		"not access.weaker or access.count > 0 and acceptances.count > 0",
		"not access.tools_unproven or access.tools > 0",
		"not access.separate_admin or access.separation",
		// An access names assets, and so do backups; R15: the provider does what is bought.
		"responsibilities.provider == 0 or services.bought > 0",

		"vetting.present or not (vetting.before_access or vetting.repeated or vetting.training)",
		"ownership.present or not (ownership.may_leave or ownership.break_in)",
		"training.present or not (training.third_party or training.phishing)",
		"transition.in or not transition.faults",
		"transition.out or not transition.proof",
		"insurance.count > 0 or not insurance.attested",

		"disputes.law or not (disputes.forum or disputes.steps > 0)",
		"not disputes.mediation or disputes.steps > 0",

		"not (term.renewal and term.automatic)",
		"not term.automatic or term.months > 0",

		// R01: a person of each party signs.
		"signing.paper + signing.electronic + signing.free > 1",
		"signing.witnessed <= signing.paper + signing.electronic + signing.free",

		"(regulatory.count > 0) == (regulatory.glba or regulatory.hipaa or regulatory.cmmc or regulatory.pci or regulatory.nis2 or regulatory.uk_nis or regulatory.public_body or regulatory.privacy)",
		"regulatory.glba or not (regulatory.glba_exempt or regulatory.glba_plan)",
		"regulatory.hipaa or not regulatory.hipaa_plan",
		"not (regulatory.glba_plan or regulatory.hipaa_plan) or commitments.count > 0",
		"regulatory.cmmc or not (regulatory.cmmc_data or regulatory.cmmc_places)",
		"regulatory.nis2 or regulatory.uk_nis or not (regulatory.nis_provider or regulatory.nis_not_in_force)",
		"regulatory.public_body or not regulatory.public_body_taken",
		"regulatory.privacy or not (regulatory.privacy_data or regulatory.privacy_agreement or regulatory.privacy_hours)",
		"not regulatory.privacy_directed or regulatory.privacy_data",
	},
	kindsAreBought(),
)

// kindsAreBought says of each kind of service that what is bought is counted.
func kindsAreBought() []string {
	i := slices.IndexFunc(facts, func(f fact) bool { return f.name == boughtField })
	var list []string
	for _, kind := range facts[i].known {
		list = append(list, fmt.Sprintf("not bought(%q) or services.bought > 0", kind))
	}
	return list
}
