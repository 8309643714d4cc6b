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
	"concordat/internal/framework"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Agreement is one agreement file.
type Agreement struct {
	Schema              string              `yaml:"schema" validate:"required,eq=concordat/v1"`
	Info                Info                `yaml:"agreement" validate:"required"`
	Term                Term                `yaml:"term" validate:"required"`
	MSA                 MSA                 `yaml:"msa" validate:"required"`
	Parties             Parties             `yaml:"parties" validate:"required"`
	People              []Person            `yaml:"people" validate:"required,min=2,dive"`
	Contacts            []Contact           `yaml:"contacts" validate:"required,min=2,dive"`
	Signatories         []Signatory         `yaml:"signatories" validate:"dive"`
	Governance          Governance          `yaml:"governance" validate:"required"`
	CriticalAssets      []Asset             `yaml:"critical_assets" validate:"dive"`
	Services            []Service           `yaml:"services" validate:"required,min=1,dive"`
	Backups             []Backup            `yaml:"backups" validate:"dive"`
	Baseline            Baseline            `yaml:"baseline" validate:"required"`
	Responsibilities    []Responsibility    `yaml:"responsibilities" validate:"required,min=1,dive"`
	Maturity            *Maturity           `yaml:"maturity" validate:"omitempty"`
	Commitments         []Commitment        `yaml:"commitments" validate:"dive"`
	Budget              *Budget             `yaml:"budget" validate:"omitempty"`
	RiskAcceptances     []RiskAcceptance    `yaml:"risk_acceptances" validate:"dive"`
	ChangeAuthorization ChangeAuthorization `yaml:"change_authorization" validate:"required"`
	Notification        Notification        `yaml:"notification" validate:"required"`
	Meetings            Meetings            `yaml:"meetings" validate:"required"`
	Reviews             []Review            `yaml:"reviews" validate:"required,min=1,dive"`
	Regulatory          Regulatory          `yaml:"regulatory"`
	Notices             []Notice            `yaml:"notices" validate:"required,min=2,dive"`

	file      *source.File
	positions *yamlsrc.Positions
	framework *framework.Framework
	totals    *Totals
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
	Purpose  string `yaml:"purpose" validate:"required"` // why the parties want this, completing "The parties make this Agreement so that ..."
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
	Kind       string `yaml:"kind" validate:"required,oneof=none by_review"`
	NoticeDays int    `yaml:"notice_days" validate:"min=0,max=365"` // days before the end by which the parties begin the renewal review
}

// MSA is the Master Service Agreement beside which this agreement stands.
type MSA struct {
	Title     string        `yaml:"title" validate:"required"`
	Date      calendar.Date `yaml:"date" validate:"required"`
	Liability string        `yaml:"liability_ref" validate:"required"` // where it limits liability, such as "section 9"
}

// File is the agreement file that a was loaded from.
func (a *Agreement) File() *source.File { return a.file }

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
