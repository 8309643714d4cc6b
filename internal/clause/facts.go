package clause

// Facts are what a condition may ask and a clause may branch on: a small,
// closed set of plain facts about one agreement. A condition names them as in
// `when: backups.count > 0`, a clause body as in `{{ if .Facts.Backups.Count }}`.
//
// The tag expr is a fact's name in conditions. The tag oneof of a text is the
// closed set of its words: a condition that compares it with another word is
// refused when it is read.
type Facts struct {
	Agreement        AgreementFacts      `expr:"agreement"`
	MSA              MSAFacts            `expr:"msa"`
	Customer         CustomerFacts       `expr:"customer"`
	Provider         ProviderFacts       `expr:"provider"`
	Services         ServiceFacts        `expr:"services"`
	Assets           AssetFacts          `expr:"assets"`
	Backups          BackupFacts         `expr:"backups"`
	Logging          LoggingFacts        `expr:"logging"`
	Continuity       ContinuityFacts     `expr:"continuity"`
	Incident         IncidentFacts       `expr:"incident"`
	Weaknesses       WeaknessFacts       `expr:"weaknesses"`
	Responsibilities ResponsibilityFacts `expr:"responsibilities"`
	ThirdParties     ThirdPartyFacts     `expr:"third_parties"`
	Maturity         MaturityFacts       `expr:"maturity"`
	Commitments      CommitmentFacts     `expr:"commitments"`
	Budget           BudgetFacts         `expr:"budget"`
	Acceptances      AcceptanceFacts     `expr:"acceptances"`
	Changes          ChangeFacts         `expr:"changes"`
	Access           AccessFacts         `expr:"access"`
	Reviews          ReviewFacts         `expr:"reviews"`
	Notification     NotificationFacts   `expr:"notification"`
	Regulatory       RegulatoryFacts     `expr:"regulatory"`
	Disputes         DisputeFacts        `expr:"disputes"`
	Term             TermFacts           `expr:"term"`
	Signing          SigningFacts        `expr:"signing"`
	Told             ToldFacts           `expr:"told"`
	Notices          NoticeFacts         `expr:"notices"`
	Vetting          VettingFacts        `expr:"vetting"`
	Subcontractors   SubcontractorFacts  `expr:"subcontractors"`
	Ownership        OwnershipFacts      `expr:"ownership"`
	ServiceLevels    ServiceLevelFacts   `expr:"service_levels"`
	Training         TrainingFacts       `expr:"training"`
	Escalations      EscalationFacts     `expr:"escalations"`
	Transition       TransitionFacts     `expr:"transition"`
	Insurance        InsuranceFacts      `expr:"insurance"`
}

// AgreementFacts are facts about the document. One that is neither public nor
// confidential is restricted.
type AgreementFacts struct {
	Public       bool `expr:"public"`       // anybody may see it
	Confidential bool `expr:"confidential"` // fewer may see it than need it for the work
	Short        bool `expr:"short"`        // the document is to have few pages: a clause may be put more briefly
	Strict       bool `expr:"strict"`       // the clauses have their strict wording: shorter times and stronger duties for both parties
}

// MSAFacts describe the Master Service Agreement. An agreement without one
// stands alone: it states a law and a forum, and Disputes.Law and
// Disputes.Forum are true.
type MSAFacts struct {
	Present bool `expr:"present"`
}

// CustomerFacts are facts about the customer.
type CustomerFacts struct {
	Employees     int  `expr:"employees"`      // people who work there
	SensitiveData bool `expr:"sensitive_data"` // holds any kind of sensitive data
	TaxData       bool `expr:"tax_data"`       // holds tax data
	Delegated     bool `expr:"delegated"`      // the security executive acts by written delegation, not by signature
}

// ProviderFacts are facts about the provider.
type ProviderFacts struct {
	Tier       string `expr:"tier" oneof:"minimal some comprehensive"` // the provider's own class of capability
	NotOffered int    `expr:"not_offered"`                             // number of kinds of work the provider does not offer
	GapsFound  bool   `expr:"gaps_found"`                              // the customer accepted the capability statement with gaps
	Refused    bool   `expr:"refused"`                                 // the customer did not accept the capability statement
	Pending    bool   `expr:"pending"`                                 // the customer has not reviewed the capability statement yet
	Baseline   bool   `expr:"baseline"`                                // it states what it does for its own security
	Evidence   int    `expr:"evidence"`                                // certificates and other evidence that it lists
}

// ServiceFacts count services. Whether one kind is bought is asked by the
// function bought("mdr") in a condition.
type ServiceFacts struct {
	// Kinds are the kinds of the services that are bought, in the words of an
	// agreement's services, sorted, each once.
	Kinds []string `expr:"kinds" oneof:"help_desk workstation_setup account_admin server_mgmt mail_migration remote_access os_patching third_party_patching mfa firewall network backup edr mdr siem vulnerability_mgmt external_scan awareness_training incident_response vciso compliance_support security_program ot_support physical_security"`

	Bought          int  `expr:"bought"`           // number of services bought
	NotBought       int  `expr:"not_bought"`       // number of services offered and not bought
	SecurityProgram bool `expr:"security_program"` // a full security program is bought
	Monitoring      bool `expr:"monitoring"`       // mdr, edr or siem is bought
	Patching        bool `expr:"patching"`         // patching is bought
	Backup          bool `expr:"backup"`           // backup is bought
}

// AssetFacts count critical assets.
type AssetFacts struct {
	Count      int `expr:"count"`        // all critical assets listed
	OutOfScope int `expr:"out_of_scope"` // of them, out of scope
}

// BackupFacts describe backups.
type BackupFacts struct {
	Count       int  `expr:"count"`        // backups listed
	AllOffsite  bool `expr:"all_offsite"`  // each has an off-site copy
	AllIsolated bool `expr:"all_isolated"` // each has an immutable or offline copy
}

// LoggingFacts count the logs that are listed.
type LoggingFacts struct {
	Count      int `expr:"count"`       // all logs
	ThirdParty int `expr:"third_party"` // of them, looked through by a third party
}

// ContinuityFacts say what is agreed for the failure of systems or of the provider.
type ContinuityFacts struct {
	Plan           bool `expr:"plan"`            // a plan is named
	Suppliers      int  `expr:"suppliers"`       // key suppliers that the plan counts in
	ManualPatching bool `expr:"manual_patching"` // a way to patch while the provider's tools are down
	Exercise       bool `expr:"exercise"`        // how often the parties practice
}

// IncidentFacts say what is agreed on the handling of incidents.
type IncidentFacts struct {
	Severities  int  `expr:"severities"`   // classes of incidents
	Plan        bool `expr:"plan"`         // an incident plan is named
	Command     bool `expr:"command"`      // it is agreed who leads
	Evidence    bool `expr:"evidence"`     // how long evidence is kept
	AfterAction bool `expr:"after_action"` // when the parties look back
	Exercise    bool `expr:"exercise"`     // how often the parties practice
	Rate        bool `expr:"rate"`         // the price of an hour that no service covers
	Speaker     bool `expr:"speaker"`      // who speaks to the public for the customer
}

// WeaknessFacts say what is agreed on weaknesses of systems.
type WeaknessFacts struct {
	Times   int  `expr:"times"`   // severities with a time to close them; 0 is no time agreed
	Channel bool `expr:"channel"` // outsiders have a way to report one
}

// ResponsibilityFacts count rows of the responsibility matrix by owner.
type ResponsibilityFacts struct {
	Provider      int `expr:"provider"`
	Customer      int `expr:"customer"`
	Shared        int `expr:"shared"`
	ThirdParty    int `expr:"third_party"`
	Unassigned    int `expr:"unassigned"`
	NotApplicable int `expr:"not_applicable"`
}

// ThirdPartyFacts count third parties by who holds the contract.
type ThirdPartyFacts struct {
	Provider int `expr:"provider"`
	Customer int `expr:"customer"`
}

// MaturityFacts describe the maturity assessment.
type MaturityFacts struct {
	Present      bool `expr:"present"`
	Low          bool `expr:"low"`           // the overall score is below the threshold
	SelfAssessed bool `expr:"self_assessed"` // not assessed by an independent body or the provider
	ByProvider   bool `expr:"by_provider"`   // assessed by the provider
	Remedies     int  `expr:"remedies"`      // what the provider may propose when a target is missed
}

// CommitmentFacts count commitments.
type CommitmentFacts struct {
	Count    int `expr:"count"`
	Provider int `expr:"provider"` // owned by the provider
	Interim  int `expr:"interim"`  // with an interim control
	Hours    int `expr:"hours"`    // of the customer, in total
}

// BudgetFacts describe the budget.
type BudgetFacts struct {
	Years        int  `expr:"years"` // fiscal years
	Present      bool `expr:"present"`
	Contingency  bool `expr:"contingency"`   // a contingency is reserved
	TaxIncluded  bool `expr:"tax_included"`  // amounts include tax
	Approved     bool `expr:"approved"`      // the customer has approved it
	ProviderPays bool `expr:"provider_pays"` // the provider pays at least one line
	Estimates    bool `expr:"estimates"`     // at least one line is an estimate
}

// AcceptanceFacts count risk acceptances, and the advice before them.
type AcceptanceFacts struct {
	Count    int `expr:"count"`
	Declined int `expr:"declined"` // recommendations that the customer did not take
	Options  int `expr:"options"`  // choices that the provider presented; the schedule of them is printed when it is above 0
}

// ChangeFacts describe change authorization.
type ChangeFacts struct {
	Emergency     bool `expr:"emergency"`      // the class emergency is agreed, and the provider may act before approval
	EmergencyCost bool `expr:"emergency_cost"` // such an action may cost the customer something without approval
	Blackouts     int  `expr:"blackouts"`      // blackout periods
	Refused       bool `expr:"refused"`        // no answer counts as refusal; otherwise it is escalated
	Reminds       bool `expr:"reminds"`        // it is agreed when the provider reminds the customer of a request
	Escalated     bool `expr:"escalated"`      // a request without an answer takes a listed escalation
	Windows       int  `expr:"windows"`        // times for planned work
	Managed       bool `expr:"managed"`        // it is agreed how changes are made
	Staged        bool `expr:"staged"`         // each is tried elsewhere first, not only where such a place exists
	UserNotice    bool `expr:"user_notice"`    // it is agreed how long before users are told
	WayBack       bool `expr:"way_back"`       // classes are named that need a way back
	LookedAt      bool `expr:"looked_at"`      // classes are named that the parties look at afterwards
	Contents      bool `expr:"contents"`       // it is agreed what a request for approval says; the schedule of changes lists it
	Limited       bool `expr:"limited"`        // it is agreed which steps such an action may take; the schedule of changes lists them
}

// AccessFacts describe how the provider reaches the customer's systems. The
// schedule of access is printed when one of its lists has an entry, or when
// credentials or separation are stated.
type AccessFacts struct {
	Count            int  `expr:"count"`             // accesses listed
	Weaker           bool `expr:"weaker"`            // at least one is weaker than it should be, and the customer accepts that risk
	Tools            int  `expr:"tools"`             // tools listed
	ToolsUnproven    bool `expr:"tools_unproven"`    // at least one of them needs no second proof of identity
	Connections      int  `expr:"connections"`       // connections listed
	EmergencyAccount bool `expr:"emergency_account"` // the customer holds the account that opens all, alone or with the provider
	Separation       bool `expr:"separation"`        // the provider states how it keeps its customers apart
	SeparateAdmin    bool `expr:"separate_admin"`    // it states that no administrator account reaches two customers
}

// ReviewFacts describe reviews.
type ReviewFacts struct {
	Quarterly       bool `expr:"quarterly"`        // a quarterly review is agreed
	RiskRegister    bool `expr:"risk_register"`    // a review of the risk register is agreed
	IndependentTest bool `expr:"independent_test"` // a test by somebody else is agreed
}

// NotificationFacts describe incident notification.
type NotificationFacts struct {
	Suspected           bool `expr:"suspected"`            // a suspicion starts the clock, not only a confirmed incident
	ProviderEnvironment bool `expr:"provider_environment"` // incidents in the provider's own systems count
	Subcontractors      bool `expr:"subcontractors"`       // incidents at subcontractors count
	ContactNamed        bool `expr:"contact_named"`        // it is agreed which contact of the provider the customer tells
	Contents            bool `expr:"contents"`             // it is agreed what a notice of the provider says; the schedule of incidents lists it
}

// RegulatoryFacts say which overlays a person of the customer has stated.
type RegulatoryFacts struct {
	Count            int  `expr:"count"`             // laws stated; the schedule of facts about laws is printed when it is above 0
	GLBA             bool `expr:"glba"`              // the FTC Safeguards Rule
	GLBAExempt       bool `expr:"glba_exempt"`       // the exemption of 16 CFR 314.6 is claimed
	GLBAPlan         bool `expr:"glba_plan"`         // a commitment delivers the written information security plan
	HIPAA            bool `expr:"hipaa"`             // the HIPAA rules
	HIPAAPlan        bool `expr:"hipaa_plan"`        // a commitment makes the next risk analysis
	CMMC             bool `expr:"cmmc"`              // the certification of 32 CFR part 170
	CMMCData         bool `expr:"cmmc_data"`         // controlled information is in the customer's systems, or security protection data in the provider's
	CMMCPlaces       bool `expr:"cmmc_places"`       // the countries are listed in which it may be
	PCI              bool `expr:"pci"`               // the PCI Data Security Standard
	NIS2             bool `expr:"nis2"`              // Directive (EU) 2022/2555
	UKNIS            bool `expr:"uk_nis"`            // the network and information systems law of the United Kingdom
	NISProvider      bool `expr:"nis_provider"`      // one of these two covers the provider itself
	NISNotInForce    bool `expr:"nis_not_in_force"`  // one of these two that is stated is not, or no longer, in force
	PublicBody       bool `expr:"public_body"`       // a law on providers of public bodies
	PublicBodyTaken  bool `expr:"public_body_taken"` // the contract takes that law in
	Privacy          bool `expr:"privacy"`           // laws about personal data
	PrivacyData      bool `expr:"privacy_data"`      // the provider handles personal data for the customer
	PrivacyDirected  bool `expr:"privacy_directed"`  // it does so as the customer directs, not as it decides itself
	PrivacyAgreement bool `expr:"privacy_agreement"` // a data processing agreement is named
	PrivacyHours     bool `expr:"privacy_hours"`     // hours to tell of a breach of personal data are agreed
}

// DisputeFacts describe how disputes are settled. The schedule of other
// documents is printed when Law is true.
type DisputeFacts struct {
	Law       bool `expr:"law"`       // the parties have chosen a law here, not only in the MSA
	Forum     bool `expr:"forum"`     // they have chosen a forum too
	Steps     int  `expr:"steps"`     // steps before or up to the forum; 0 is none agreed
	Mediation bool `expr:"mediation"` // one of them is mediation
}

// TermFacts describe the term.
type TermFacts struct {
	Renewal   bool `expr:"renewal"`   // the parties review a renewal before the end
	Automatic bool `expr:"automatic"` // the agreement renews itself unless a party gives notice
	Months    int  `expr:"months"`    // of a renewed term; 0 where not stated
}

// SigningFacts count signatories by how they sign.
type SigningFacts struct {
	Paper      int `expr:"paper"`      // by hand on paper
	Electronic int `expr:"electronic"` // electronically
	Free       int `expr:"free"`       // as they like
	Witnessed  int `expr:"witnessed"`  // before a witness
}

// ToldFacts are how early the customer tells the provider what changes at it.
type ToldFacts struct {
	JoinerHours int `expr:"joiner_hours"` // before a new person first uses the systems; 0 is not agreed
	LeaverHours int `expr:"leaver_hours"` // after a person leaves; 0 is on the last working day at the latest
	SystemDays  int `expr:"system_days"`  // business days before something is added; 0 is before it is added
}

// NoticeFacts describe formal notices.
type NoticeFacts struct {
	Alike bool `expr:"alike"` // they count as received at the same time at both parties
}

// EscalationFacts count the ladders for what is late.
type EscalationFacts struct {
	Count int `expr:"count"`
}

// TransitionFacts describe how the provider takes over and how it leaves.
type TransitionFacts struct {
	In     bool `expr:"in"`     // a last day of taking over is agreed
	Faults bool `expr:"faults"` // it is agreed what happens to faults found by then
	Out    bool `expr:"out"`    // times for leaving are agreed
	Proof  bool `expr:"proof"`  // the provider proves in writing that it has deleted data
}

// InsuranceFacts describe the cover that the parties keep up.
type InsuranceFacts struct {
	Count    int  `expr:"count"`
	Attested bool `expr:"attested"` // an application says that controls are in place
}

// VettingFacts say how the provider checks its people. The schedule of training
// is printed when this or training is agreed.
type VettingFacts struct {
	Present      bool `expr:"present"`
	BeforeAccess bool `expr:"before_access"` // before a person gets access
	Repeated     bool `expr:"repeated"`      // it is agreed how often it checks again
	Training     bool `expr:"training"`      // its people are trained each year
}

// SubcontractorFacts describe subcontractors.
type SubcontractorFacts struct {
	Count      int `expr:"count"`       // subcontractors listed
	NoticeDays int `expr:"notice_days"` // before a new one begins; 0 is not agreed
}

// OwnershipFacts say of which changes at the provider it tells the customer.
type OwnershipFacts struct {
	Present  bool `expr:"present"`
	MayLeave bool `expr:"may_leave"` // the customer may then end the agreement without a fee; otherwise it may ask for a meeting
	BreakIn  bool `expr:"break_in"`  // a break-in to the provider's own systems is such a change
}

// ServiceLevelFacts count what is measured. The schedule of service levels is
// printed when either count is above 0.
type ServiceLevelFacts struct {
	Count    int `expr:"count"`    // levels that the provider keeps
	Measures int `expr:"measures"` // measures that the parties look at
}

// TrainingFacts say how the customer's people are trained.
type TrainingFacts struct {
	Present    bool `expr:"present"`
	ThirdParty bool `expr:"third_party"` // a third party runs it
	Phishing   bool `expr:"phishing"`    // there are tests with made-up mail
}
