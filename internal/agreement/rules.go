package agreement

import (
	"slices"
	"sync"

	"concordat/internal/diag"
)

// Rule is a check of fields together. Its id is the code of its diagnostics.
type Rule struct {
	ID        string
	Severity  diag.Severity // the gravest it gives; some rules also warn
	Rationale string        // why it exists, for the documentation
	check     func(*checker)
	Final     bool // its warnings are for drafts; see Final
}

// Final is a list as it counts for a document that is to be signed: warnings
// of rules that are final are errors. list is not changed.
func Final(list diag.List) diag.List {
	final := map[string]bool{}
	for _, r := range rules() {
		final[r.ID] = r.Final
	}
	strict := slices.Clone(list)
	for i := range strict {
		if final[strict[i].Code] {
			strict[i].Severity = diag.Error
		}
	}
	return strict
}

// Rules are all rules, by concern. A rule says nothing about a field that is absent
// or invalid by itself: that is reported once, by the checks of fields.
func Rules() []Rule { return slices.Clone(rules()) }

// rules are made once, and never change.
var rules = sync.OnceValue(func() []Rule {
	return []Rule{
		// rules_parties.go
		{"R01", diag.Error, "an agreement binds a party when one of its people signs", (*checker).signatoryOfEachParty, false},
		{"R02", diag.Error, "someone who signs for the provider answers for the security of the service", (*checker).securityResponsible, false},
		{"R03", diag.Error, "the person who decides about security for the customer signs or acts by written delegation", (*checker).securityExecutive, false},
		{"R04", diag.Error, "delays begin where nobody can be reached: each side has a first contact and a deputy, and an escalation that reaches somebody else", (*checker).contacts, false},
		{"R05", diag.Error, "a term ends after it begins; below one year or above five it is probably a slip", (*checker).term, false},
		{"R07", diag.Error, "every name in the document is a person of the stated party", (*checker).persons, false},
		{"R08", diag.Error, "a contact who cannot be reached is none", (*checker).reachable, false},
		{"R09", diag.Error, "a review that begins before the time it is about is no review", (*checker).renewalNotice, false},
		{"R10", diag.Error, "nobody makes an agreement with oneself", (*checker).distinctParties, false},
		{"R98", diag.Error, "without its relation to the MSA or what takes the place of one, the risk of each party, the matrix and the signatures it is no such agreement", (*checker).essentialClauses, false}, // clauses.go
		{"R121", diag.Error, "who takes words that no lawyer has approved is one of those who sign, and does so before they bind", (*checker).unapprovedWords, false},                                            // clauses.go

		// rules_standalone.go
		{"R111", diag.Error, "fees, liability and disputes are settled in one place: in the MSA, or in an agreement that says that there is none", (*checker).besideOrAlone, false},
		{"R112", diag.Error, "without an MSA nothing else says which law governs and who decides", (*checker).lawAndForum, false},
		{"R113", diag.Error, "without an MSA nothing else says what help after the end costs", (*checker).priceOfLeaving, false},
		{"R114", diag.Error, "without an MSA nothing else says what follows when a service level is missed", (*checker).remediesStated, false},
		{"R115", diag.Warning, "words about an MSA that does not exist send the reader nowhere", (*checker).namesMSA, false},

		// rules_responsibilities.go
		{"R11", diag.Error, "each control of the baseline has exactly one row: none is forgotten, none is given twice", (*checker).matrixIsComplete, false},
		{"R12", diag.Error, "which risk to take and which policy to follow only the customer decides", (*checker).customerDecides, false},
		{"R13", diag.Error, "exactly one person answers for a control, and somebody does the work", (*checker).accountability, false},
		{"R14", diag.Error, "shared means nobody's unless each party's part is written down", (*checker).split, false},
		{"R15", diag.Error, "the provider does only what the customer has bought", (*checker).providerNeedsService, false},
		{"R16", diag.Error, "a control that relies on a service nobody bought is done by nobody", (*checker).serviceIsBought, false},
		{"R17", diag.Error, "a gap is accepted by the customer or closed soon", (*checker).unassigned, false},
		{"R18", diag.Error, "a third party does what its contract says, so the contract is named", (*checker).thirdParty, false},
		{"R19", diag.Error, "a control that does not apply has a reason; many of them are a sign of a wrong baseline", (*checker).notApplicable, false},
		{"R29", diag.Warning, "a provider runs no security program unless it says that it can", (*checker).programOwner, false},
		{"R107", diag.Warning, "a duty that nobody can break is none", (*checker).vagueDuties, false},

		// rules_assets.go
		{"R20", diag.Error, "protection begins with what the business depends on", (*checker).hasAsset, false},
		{"R21", diag.Warning, "what matters most says how long it may be missing, how much may be lost, and how it comes back", (*checker).importantAssets, true},
		{"R22", diag.Warning, "sensitive data out of scope is protected by nobody", (*checker).excludedData, false},
		{"R23", diag.Warning, "the business needs a way to go on without what it depends on most", (*checker).contingencyPlan, false},
		{"R24", diag.Error, "backups that run less often than the loss the business can bear are no protection", (*checker).backupOftenEnough, false},
		{"R25", diag.Error, "a backup is proved by restoring it, once a year at least", (*checker).restoreTests, false},
		{"R26", diag.Error, "an intruder who can change the backups can destroy them", (*checker).isolatedCopy, false},
		{"R27", diag.Warning, "a customer without a key depends on the provider to get back its own data", (*checker).keyHolder, false},

		// rules_access.go
		{"R31", diag.Error, "accounts of the provider in the customer's administrator groups reach more than is managed", (*checker).adminGroups, false},
		{"R32", diag.Error, "what is done with a shared account, or with a stolen password, was done by nobody", (*checker).namedAccounts, false},
		{"R33", diag.Error, "access ends with the agreement", (*checker).accessEnds, false},
		{"R34", diag.Error, "a customer that cannot open its own systems without the provider cannot leave", (*checker).breakGlass, false},
		{"R35", diag.Error, "access that nobody looks at again grows", (*checker).accessReviews, false},
		{"R36", diag.Error, "a credential used twice opens two customers to one thief", (*checker).credentialReuse, false},
		{"R37", diag.Warning, "a path that others use, or that nobody checks, is a way in", (*checker).connections, false},
		{"R38", diag.Error, "a management tool open to the internet has opened many customers at once", (*checker).exposedTools, false},
		{"R39", diag.Error, "who sees the customer's data is bound as the provider is", (*checker).subcontractors, false},
		{"R77", diag.Error, "what is not kept cannot be looked up when an intrusion is found", (*checker).logRetention, false},

		// rules_maturity.go
		{"R40", diag.Error, "a level outside its scale means nothing; single controls are scored in whole or half steps", (*checker).levelsOnScale, false},
		{"R41", diag.Error, "today's score was found before the agreement begins, and not long before", (*checker).assessmentDate, false},
		{"R42", diag.Error, "a plan to mature never goes down", (*checker).targetsRise, false},
		{"R43", diag.Error, "a target outside the term binds nobody", (*checker).targetsInTerm, false},
		{"R44", diag.Error, "a higher target without a commitment is a wish", (*checker).targetsHaveCommitments, false},

		// rules_commitments.go
		{"R45", diag.Error, "a commitment costs time or money, else it is words", (*checker).commitmentCosts, false},
		{"R46", diag.Error, "what matters and takes long is protected in another way until then", (*checker).interimControls, true},
		{"R47", diag.Warning, "what matters most comes first", (*checker).firstThingsFirst, false},
		{"R48", diag.Error, "what depends on itself, or on something due later, cannot be done in time", (*checker).dependencies, false},
		{"R49", diag.Error, "without acceptance criteria nobody can say when a commitment is fulfilled", (*checker).acceptanceCriteria, false},
		{"R50", diag.Error, "a ladder is climbed step by step", (*checker).escalationOrder, false},
		{"R51", diag.Error, "a ladder ends with those who can decide", (*checker).escalationTop, false},
		{"R52", diag.Error, "a commitment outside the term binds nobody", (*checker).commitmentsInTerm, false},
		{"R53", diag.Warning, "a customer cannot do everything in one month", (*checker).crowding, false},
		{"R104", diag.Warning, "work due when changes need the security executive is easily late", (*checker).dueInBlackout, false},

		// rules_budget.go
		{"R55", diag.Error, "for every amount it is clear who of the customer may approve it", (*checker).thresholds, false},
		{"R56", diag.Error, "a promise is funded when its cost is exactly its budget lines", (*checker).costEqualsLines, false},
		{"R57", diag.Error, "a project the customer pays for belongs to a promise", (*checker).linesHaveCommitments, false},
		{"R58", diag.Error, "a charge is one price, over months of the term", (*checker).charges, false},
		{"R59", diag.Error, "the fiscal years shown leave out no month of the term", (*checker).fiscalYears, false},
		{"R60", diag.Error, "amounts are exact in the currency of the agreement and never below nothing", (*checker).amounts, false},
		{"R61", diag.Warning, "a budget without reserve, or with a very large one, is probably not thought through; one far from what was approved is not approved", (*checker).budgetSize, false},
		{"R108", diag.Warning, "a price that is no longer offered is a guess", (*checker).expiredQuotes, false},

		// rules_risk.go
		{"R62", diag.Error, "only the customer's decision makers accept the customer's risk", (*checker).acceptedBy, false},
		{"R63", diag.Error, "an accepted risk is looked at again within a year, two at most", (*checker).acceptanceExpires, false},
		{"R64", diag.Error, "an acceptance that ends before it begins covers nothing", (*checker).acceptanceOrder, false},
		{"R65", diag.Error, "a grave risk is accepted by the person who answers for security, with something done instead", (*checker).graveRisk, false},
		{"R66", diag.Error, "a risk stays accepted until the commitment that ends it is due", (*checker).acceptanceCoversCommitment, false},
		{"R68", diag.Warning, "a risk accepted again and again is a decision never to end it", (*checker).renewedAcceptances, false},
		{"R69", diag.Error, "advice that was not taken is recorded with its consequence and the reason", (*checker).declined, false},
		{"R100", diag.Warning, "a matrix in which the customer has no part is the misconception this agreement ends", (*checker).everybodyHasAPart, false},

		// rules_reviews.go
		{"R28", diag.Error, "the customer chooses a provider by a statement that is recent and that it has read", (*checker).capability, false},
		{"R70", diag.Warning, "what was safe two years ago may not be safe now", (*checker).securityAnalysis, true},
		{"R71", diag.Warning, "a customer whose security nobody has looked at for a year begins late", (*checker).lastAnalysis, false},
		{"R72", diag.Warning, "who holds sensitive data looks at its security each quarter", (*checker).quarterlyReview, true},
		{"R73", diag.Warning, "an accepted risk that nobody looks at again is forgotten", (*checker).riskRegister, true},
		{"R74", diag.Warning, "a review in the busiest weeks is put off", (*checker).firstReviews, false},
		{"R75", diag.Warning, "an incident at the provider is an incident of its customers", (*checker).notification, false},
		{"R76", diag.Error, "a customer can report in time only what it was told in time", (*checker).firstNotices, false},
		{"R78", diag.Warning, "each kind of change has a rule before it is made", (*checker).changeClasses, true},
		{"R80", diag.Error, "nobody spends the customer's money without approval, in an emergency either", (*checker).emergencyLimits, false},

		// rules_text.go
		{"R110", diag.Warning, "words in brackets wait for somebody to write the real ones", (*checker).leftToFillIn, true},

		// rules_delivery.go
		{"R30", diag.Warning, "evidence that has expired shows nothing", (*checker).expiredAssurance, false},
		{"R81", diag.Error, "planned work does not interrupt business unless the customer agrees", (*checker).windows, false},
		{"R82", diag.Error, "the graver a weakness, the sooner it is closed", (*checker).remediationTimes, false},
		{"R83", diag.Error, "a target is one bound that can be measured", (*checker).goals, false},
		{"R84", diag.Warning, "who promises to answer at night can be reached at night", (*checker).afterHours, false},
		{"R85", diag.Error, "an insurer may refuse to pay when the application was not true", (*checker).attested, false},
		{"R86", diag.Warning, "insurance that ends within the term leaves a gap", (*checker).insuranceEnds, false},

		// rules_regulatory.go
		{"R87", diag.Error, "under HIPAA the provider needs a business associate agreement from the first day", (*checker).businessAssociate, false},
		{"R88", diag.Error, "HIPAA begins with a risk analysis (45 CFR 164.308(a)(1)(ii)(A))", (*checker).riskAnalysis, false},
		{"R89", diag.Error, "PCI DSS 12.8.5 asks who manages which requirement", (*checker).pciMatrix, false},
		{"R90", diag.Error, "CMMC from level 2 on is about all 110 requirements", (*checker).cmmcBaseline, false},
		{"R92", diag.Error, "a score that the matrix contradicts is a false statement to the government", (*checker).cmmcScore, false},
		{"R93", diag.Error, "only some requirements may wait on a plan of action, and 180 days at most (32 CFR 170.21)", (*checker).planOfAction, false},
		{"R94", diag.Error, "controlled information in a cloud service needs FedRAMP Moderate or the equivalent (32 CFR 170.19)", (*checker).controlledInCloud, false},
		{"R95", diag.Error, "the exemption of 16 CFR 314.6 is for fewer than 5,000 consumers", (*checker).exemption, false},
		{"R96", diag.Warning, "facts of law change; who stated them a year ago may say otherwise now", (*checker).statementAge, false},
		{"R106", diag.Error, "accepting a risk does not change what the law requires", (*checker).legalDuty, false},
		{"R109", diag.Error, "a milestone is a wish unless commitments close what it names", (*checker).milestonesAreKept, false},

		// rules_strict.go
		{"R116", diag.Error, "the strict wording allows no shared account, no proof of identity that can be phished for administrators, and no access that is seldom reviewed", strict((*checker).strictAccess), false},
		{"R117", diag.Error, "the strict wording keeps logs and copies out of reach for a year, and tries backups each quarter", strict((*checker).strictRecords), false},
		{"R118", diag.Error, "under the strict wording incidents are told of within a day, and critical weaknesses closed within 14", strict((*checker).strictIncidents), false},
		{"R119", diag.Error, "under the strict wording people are checked and trained before they are trusted", strict((*checker).strictPeople), false},
		{"R120", diag.Error, "under the strict wording a risk is accepted for a year at most, and looked at each quarter", strict((*checker).strictDecisions), false},
	}
})
