// Package agreement is the model of what a provider writes about one
// customer: who the parties are, who does what, which risks are accepted, and
// what time and money the customer commits by when.
//
// A file is read in three steps, each of which reports all it finds: its shape
// (package yamlsrc), each field by itself (the validate tags), and the fields
// together (the rules in rules*.go). Sums are computed here, once. After Load
// an Agreement does not change.
package agreement

import (
	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Agreement is one agreement file.
type Agreement struct {
	Schema                  string                   `yaml:"schema" validate:"required,eq=concordat/v1"`
	Info                    Info                     `yaml:"agreement" validate:"required"`
	Term                    Term                     `yaml:"term" validate:"required"`
	MSA                     *MSA                     `yaml:"msa" validate:"omitempty"`
	Standalone              *Standalone              `yaml:"standalone" validate:"omitempty"`
	RelatedDocuments        []RelatedDocument        `yaml:"related_documents" validate:"dive"`
	GoverningLaw            *GoverningLaw            `yaml:"governing_law" validate:"omitempty"`
	Parties                 Parties                  `yaml:"parties" validate:"required"`
	People                  []Person                 `yaml:"people" validate:"required,min=2,dive"`
	Contacts                []Contact                `yaml:"contacts" validate:"required,min=2,dive"`
	Signatories             []Signatory              `yaml:"signatories" validate:"dive"`
	Governance              Governance               `yaml:"governance" validate:"required"`
	CriticalAssets          []Asset                  `yaml:"critical_assets" validate:"dive"`
	Services                []Service                `yaml:"services" validate:"required,min=1,dive"`
	ServiceLevels           []ServiceLevel           `yaml:"slas" validate:"dive"`
	KPIs                    []KPI                    `yaml:"kpis" validate:"dive"`
	Access                  []Access                 `yaml:"access" validate:"dive"`
	Credentials             *Credentials             `yaml:"credentials" validate:"omitempty"`
	Connections             []Connection             `yaml:"connections" validate:"dive"`
	Segmentation            *Segmentation            `yaml:"segmentation" validate:"omitempty"`
	Logging                 []Log                    `yaml:"logging" validate:"dive"`
	Backups                 []Backup                 `yaml:"backups" validate:"dive"`
	Continuity              *Continuity              `yaml:"continuity" validate:"omitempty"`
	Incident                *Incident                `yaml:"incident" validate:"omitempty"`
	Notification            Notification             `yaml:"notification" validate:"required"`
	ExternalCommunications  *ExternalCommunications  `yaml:"external_communications" validate:"omitempty"`
	VulnerabilityDisclosure *VulnerabilityDisclosure `yaml:"vulnerability_disclosure" validate:"omitempty"`
	Remediation             []Remediation            `yaml:"remediation" validate:"dive"`
	Vetting                 *Vetting                 `yaml:"vetting" validate:"omitempty"`
	Subcontractors          []Subcontractor          `yaml:"subcontractors" validate:"dive"`
	SubcontractNoticeDays   int                      `yaml:"subcontract_notice_days" validate:"min=0,max=365"` // days of notice before a new subcontractor starts
	OwnershipChange         *OwnershipChange         `yaml:"ownership_change" validate:"omitempty"`
	MaintenanceWindows      []Window                 `yaml:"maintenance_windows" validate:"dive"`
	Baseline                Baseline                 `yaml:"baseline" validate:"required"`
	Responsibilities        []Responsibility         `yaml:"responsibilities" validate:"required,min=1,dive"`
	Maturity                *Maturity                `yaml:"maturity" validate:"omitempty"`
	Commitments             []Commitment             `yaml:"commitments" validate:"dive"`
	Budget                  *Budget                  `yaml:"budget" validate:"omitempty"`
	RiskAcceptances         []RiskAcceptance         `yaml:"risk_acceptances" validate:"dive"`
	DeclinedRecommendations []DeclinedRecommendation `yaml:"declined_recommendations" validate:"dive"`
	OptionsPresented        []OptionsPresented       `yaml:"options_presented" validate:"dive"`
	Gaps                    []Gap                    `yaml:"gaps" validate:"dive"`
	ChangeAuthorization     ChangeAuthorization      `yaml:"change_authorization" validate:"required"`
	ChangeManagement        *ChangeManagement        `yaml:"change_management" validate:"omitempty"`
	Escalations             []Escalation             `yaml:"escalations" validate:"dive"`
	ChangesTold             ChangesTold              `yaml:"customer_notice"`
	Training                *Training                `yaml:"training" validate:"omitempty"`
	Meetings                Meetings                 `yaml:"meetings" validate:"required"`
	Reviews                 []Review                 `yaml:"reviews" validate:"required,min=1,dive"`
	Transition              *Transition              `yaml:"transition" validate:"omitempty"`
	Insurance               []Insurance              `yaml:"insurance" validate:"dive"`
	Regulatory              Regulatory               `yaml:"regulatory"`
	Notices                 []Notice                 `yaml:"notices" validate:"required,min=2,dive"`
	Clauses                 Clauses                  `yaml:"clauses"`
	Amendments              []Amendment              `yaml:"amendments" validate:"dive"`
	Suppressions            []Suppression            `yaml:"suppressions" validate:"dive"`

	files     []*source.File // the agreement's own first
	positions *yamlsrc.Positions
	framework *framework.Framework // of the baseline
	maturity  *framework.Framework // of the maturity, nil without one
	provider  *framework.Framework // of the provider's own baseline, nil without one
	totals    *Totals

	suppressed diag.List // warnings, in the order of the file
}

// Info says which agreement this is and how it is printed.
type Info struct {
	ID       string `yaml:"id" validate:"required,agreementid"` // names the files: [a-z0-9][a-z0-9-]{0,63}
	Title    string `yaml:"title" validate:"required"`          // of the document, such as "Cyber Constitution"
	Version  string `yaml:"version" validate:"required,semver"` // semantic version of the promise; rises with each amendment
	Language string `yaml:"language" validate:"required,oneof=en-US en-GB"`
	Paper    string `yaml:"paper" validate:"required,oneof=letter a4"`
	TimeZone string `yaml:"timezone" validate:"required,timezone"` // IANA name in which hours and days are counted
	Hours    Hours  `yaml:"business_hours" validate:"required"`
	Holidays string `yaml:"holidays" validate:"max=200"` // completes "a day of the working week that is not ...", such as "a federal holiday of the United States"; absent is a public holiday where the customer is
	Purpose  string `yaml:"purpose" validate:"required"` // why the parties want this, completing "The parties make this Agreement so that ..."

	// Confidentiality is who may see the document: restricted is whoever needs it for
	// the work, and advisers and authorities; confidential is fewer of these; public is
	// everybody. Absent is restricted.
	Confidentiality string `yaml:"confidentiality" validate:"omitempty,oneof=public restricted confidential"`
}

// Hours are the hours of a normal working week.
type Hours struct {
	Days []string `yaml:"days" validate:"required,min=1,unique,dive,oneof=mon tue wed thu fri sat sun"`
	From string   `yaml:"from" validate:"required,clock"` // 24-hour clock, such as "08:00"
	To   string   `yaml:"to" validate:"required,clock"`
}

// Term is how long the agreement lasts.
type Term struct {
	Effective calendar.Date `yaml:"effective" validate:"required"` // first day
	End       calendar.Date `yaml:"end" validate:"required"`       // last day
	Renewal   Renewal       `yaml:"renewal" validate:"required"`
}

// Renewal is what happens at the end of the term.
type Renewal struct {
	Kind       string `yaml:"kind" validate:"required,oneof=none by_review auto"` // it ends; the parties decide; it goes on unless a party gives notice
	Months     int    `yaml:"months" validate:"min=0,max=120"`                    // length of each renewed term; 0 is not stated, which auto does not allow
	NoticeDays int    `yaml:"notice_days" validate:"min=0,max=365"`               // days before the end by which the parties begin the review, or for auto a party gives notice
}

// MSA is the Master Service Agreement beside which this agreement stands. An
// agreement of parties that have none has "standalone" in its place.
type MSA struct {
	Title     string        `yaml:"title" validate:"required"`
	Date      calendar.Date `yaml:"date" validate:"required"`
	Liability string        `yaml:"liability_ref" validate:"required"` // where it limits liability, such as "section 9"

	// Precedence is which document decides a conflict, the first first. It names all
	// four, and this agreement after the rules of the MSA on liability and after
	// agreements that a law requires. Absent is the order in which they stand here.
	Precedence []string `yaml:"precedence" validate:"unique,dive,oneof=msa_liability regulatory_agreements this_agreement msa_other"`
}

// defaultPrecedence is the order of an agreement that states none.
var defaultPrecedence = []string{"msa_liability", "regulatory_agreements", "this_agreement", "msa_other"}

// Order is Precedence, or the order of an agreement that states none. It must
// not be changed.
func (x MSA) Order() []string {
	if len(x.Precedence) == 0 {
		return defaultPrecedence
	}
	return x.Precedence
}

// Standalone is what an agreement settles itself because the parties have no
// MSA. It then also states the law, the forum, what follows when a service
// level is missed, and the price of help after the end.
type Standalone struct {
	Reason      string `yaml:"reason" validate:"required,max=400"`            // why the parties have no MSA, completing "The Parties have no Master Service Agreement, because ..."
	Fees        string `yaml:"fees" validate:"required,max=200"`              // where the fees of the services that were bought stand, such as "the order form of December 1, 2026"
	PaymentDays int    `yaml:"payment_days" validate:"required,min=1,max=90"` // days after the customer gets an invoice within which it pays
}

// RelatedDocument is another document between the parties, beside the MSA.
type RelatedDocument struct {
	ID    string        `yaml:"id" validate:"required,id"`
	Kind  string        `yaml:"kind" validate:"required,oneof=baa dpa sow nda other"` // business associate agreement, data processing agreement, statement of work, non-disclosure agreement
	Title string        `yaml:"title" validate:"required,max=200"`
	Date  calendar.Date `yaml:"date" validate:"required"`
	Ref   string        `yaml:"ref" validate:"max=200"` // where it is kept, or its number
}

// GoverningLaw is the law and the forum that the parties have chosen. The
// program never decides either.
type GoverningLaw struct {
	Jurisdiction string        `yaml:"jurisdiction" validate:"required,max=200"` // such as "the State of Texas, United States"
	Forum        string        `yaml:"forum" validate:"max=200"`                 // which court or tribunal; absent is as the MSA says
	DisputeSteps []DisputeStep `yaml:"dispute_steps" validate:"dive"`            // in the order in which they are taken
}

// DisputeStep is one step of settling a dispute.
type DisputeStep struct {
	Step string `yaml:"step" validate:"required,oneof=contacts executives mediation forum"`
	Days int    `yaml:"days" validate:"required,min=1,max=365"` // calendar days before the next step may be taken
}

// Amendment is a signed change of this agreement.
type Amendment struct {
	Version  string        `yaml:"version" validate:"required,semver"`
	Date     calendar.Date `yaml:"date" validate:"required"`
	Summary  string        `yaml:"summary" validate:"required,max=600"`                      // what changed
	SignedBy []string      `yaml:"signed_by" validate:"required,min=1,unique,dive,required"` // ids of persons
	SHA256   string        `yaml:"sha256" validate:"omitempty,sha256"`                       // of the signed document, 64 hexadecimal digits
}

// File is the agreement file that a was loaded from.
func (a *Agreement) File() *source.File { return a.files[0] }

// Files are the files in which values of a are written: the agreement file,
// then the shared files that it uses. They must not be changed.
func (a *Agreement) Files() []*source.File { return a.files }

// Span is where the value at a path was written, such as
// "Parties.Customer.LegalName" or "Commitments[3].Due": the Go names from the
// root. A value that is not in the file has the span of its nearest parent.
// An agreement that was not loaded from a file has no places.
func (a *Agreement) Span(path string) source.Span {
	if a.positions == nil {
		return source.Span{}
	}
	return a.positions.Nearest(path)
}
