package agreement

import "concordat/internal/diag"

// Rule is a check of fields together. Its id is the code of its diagnostics.
type Rule struct {
	ID        string
	Severity  diag.Severity // the gravest it gives; some rules also warn
	Rationale string        // why it exists, for the documentation
	check     func(*checker)
}

// Rules are all rules, by id. A rule says nothing about a field that is absent
// or invalid by itself: that is reported once, by the checks of fields.
func Rules() []Rule {
	return []Rule{
		// rules_parties.go
		{"R01", diag.Error, "an agreement binds a party when one of its people signs", (*checker).signatoryOfEachParty},
		{"R02", diag.Error, "someone who signs for the provider answers for the security of the service", (*checker).securityResponsible},
		{"R03", diag.Error, "the person who decides about security for the customer signs or acts by written delegation", (*checker).securityExecutive},
		{"R04", diag.Error, "delays begin where nobody can be reached: each side has a first contact and a deputy, and an escalation that reaches somebody else", (*checker).contacts},
		{"R05", diag.Error, "a term ends after it begins; below one year or above five it is probably a slip", (*checker).term},
		{"R07", diag.Error, "every name in the document is a person of the stated party", (*checker).persons},
		{"R10", diag.Error, "nobody makes an agreement with oneself", (*checker).distinctParties},

		// rules_responsibilities.go
		{"R11", diag.Error, "each control of the baseline has exactly one row: none is forgotten, none is given twice", (*checker).matrixIsComplete},
		{"R13", diag.Error, "exactly one person answers for a control, and somebody does the work", (*checker).accountability},
		{"R14", diag.Error, "shared means nobody's unless each party's part is written down", (*checker).split},
		{"R15", diag.Error, "the provider does only what the customer has bought", (*checker).providerNeedsService},
		{"R16", diag.Error, "a control that relies on a service nobody bought is done by nobody", (*checker).serviceIsBought},
		{"R17", diag.Error, "a gap is accepted by the customer or closed soon", (*checker).unassigned},
		{"R18", diag.Error, "a third party does what its contract says, so the contract is named", (*checker).thirdParty},
		{"R19", diag.Error, "a control that does not apply has a reason; many of them are a sign of a wrong baseline", (*checker).notApplicable},

		// rules_assets.go
		{"R20", diag.Error, "protection begins with what the business depends on", (*checker).hasAsset},
		{"R24", diag.Error, "backups that run less often than the loss the business can bear are no protection", (*checker).backupOftenEnough},
		{"R25", diag.Error, "a backup is proved by restoring it, once a year at least", (*checker).restoreTests},

		// rules_maturity.go
		{"R40", diag.Error, "a level outside its scale means nothing; single controls are scored in whole or half steps", (*checker).levelsOnScale},
		{"R41", diag.Error, "today's score was found before the agreement begins, and not long before", (*checker).assessmentDate},
		{"R42", diag.Error, "a plan to mature never goes down", (*checker).targetsRise},
		{"R43", diag.Error, "a target outside the term binds nobody", (*checker).targetsInTerm},
		{"R44", diag.Error, "a higher target without a commitment is a wish", (*checker).targetsHaveCommitments},

		// rules_commitments.go
		{"R45", diag.Error, "a commitment costs time or money, else it is words", (*checker).commitmentCosts},
		{"R48", diag.Error, "what depends on itself, or on something due later, cannot be done in time", (*checker).dependencies},
		{"R49", diag.Error, "without acceptance criteria nobody can say when a commitment is fulfilled", (*checker).acceptanceCriteria},
		{"R52", diag.Error, "a commitment outside the term binds nobody", (*checker).commitmentsInTerm},
		{"R104", diag.Warning, "work due when no changes may be made is late or breaks the promise", (*checker).dueInBlackout},

		// rules_budget.go
		{"R55", diag.Error, "for every amount it is clear who of the customer may approve it", (*checker).thresholds},
		{"R56", diag.Error, "a promise is funded when its cost is exactly its budget lines", (*checker).costEqualsLines},
		{"R57", diag.Error, "a project the customer pays for belongs to a promise", (*checker).linesHaveCommitments},
		{"R58", diag.Error, "a charge is one price, over months of the term", (*checker).charges},
		{"R59", diag.Error, "the fiscal years shown leave out no month of the term", (*checker).fiscalYears},
		{"R60", diag.Error, "amounts are exact in the currency of the agreement and never below nothing", (*checker).amounts},
		{"R61", diag.Warning, "a budget without reserve, or with a very large one, is probably not thought through", (*checker).contingency},

		// rules_risk.go
		{"R62", diag.Error, "only the customer's decision makers accept the customer's risk", (*checker).acceptedBy},
		{"R63", diag.Error, "an accepted risk is looked at again within a year, two at most", (*checker).acceptanceExpires},
		{"R64", diag.Error, "an acceptance that ends before it begins covers nothing", (*checker).acceptanceOrder},
		{"R65", diag.Error, "a grave risk is accepted by the person who answers for security, with something done instead", (*checker).graveRisk},
		{"R66", diag.Error, "a risk stays accepted until the commitment that ends it is due", (*checker).acceptanceCoversCommitment},
		{"R95", diag.Error, "the exemption of 16 CFR 314.6 is for fewer than 5,000 consumers", (*checker).exemption},
		{"R100", diag.Warning, "a matrix in which the customer has no part is the misconception this agreement ends", (*checker).everybodyHasAPart},
	}
}
