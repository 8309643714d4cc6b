// Package view is what clause and layout templates can see: plain values made
// from an agreement. It is an API for people who write clauses. A field is
// renamed or removed only in a new version of the view; the model behind it
// may change at any time.
//
// All fields are text, whole numbers, or lists and groups of these. Dates are
// printed with the month as a word, amounts with their currency. A field may
// be empty only where its comment says so; printing an empty one is an error,
// so a clause asks `.Facts` first.
//
// The tag needs is the condition on which a field is filled; others always are.
package view

import "concordat/internal/clause"

// View is the root: `.Customer.LegalName` in a clause is View.Customer.LegalName.
type View struct {
	Facts        *clause.Facts
	Agreement    *Agreement
	MSA          *MSA        `needs:"msa.present"`     // all fields empty when .Facts.MSA.Present is false
	Standalone   *Standalone `needs:"not msa.present"` // all fields empty when .Facts.MSA.Present is true
	Provider     *Provider
	Customer     *Customer
	Capability   *Capability
	Changes      *Changes
	Notification *Notification
	Meetings     *Meetings
	Maturity     *Maturity   `needs:"maturity.present"`       // all fields empty when .Facts.Maturity.Present is false
	Budget       *Budget     `needs:"budget.present"`         // all fields empty when .Facts.Budget.Present is false
	GLBA         *GLBA       `needs:"regulatory.glba"`        // all fields empty when .Facts.Regulatory.GLBA is false
	HIPAA        *HIPAA      `needs:"regulatory.hipaa"`       // all fields empty when .Facts.Regulatory.HIPAA is false
	CMMC         *CMMC       `needs:"regulatory.cmmc"`        // all fields empty when .Facts.Regulatory.CMMC is false
	PCI          *PCI        `needs:"regulatory.pci"`         // all fields empty when .Facts.Regulatory.PCI is false
	NIS2         *NIS2       `needs:"regulatory.nis2"`        // all fields empty when .Facts.Regulatory.NIS2 is false
	UKNIS        *UKNIS      `needs:"regulatory.uk_nis"`      // all fields empty when .Facts.Regulatory.UKNIS is false
	PublicBody   *PublicBody `needs:"regulatory.public_body"` // all fields empty when .Facts.Regulatory.PublicBody is false
	Privacy      *Privacy    `needs:"regulatory.privacy"`     // all fields empty when .Facts.Regulatory.Privacy is false
	Notices      *Notices
	Signing      *Signing
	Training     *Training `needs:"training.present"` // all fields empty when .Facts.Training.Present is false
	Framework    *Framework

	origins origins
}

// Agreement is the agreement itself.
type Agreement struct {
	ID           string // "cpa-2027"
	Title        string // "Cyber Constitution"
	Version      string // "1.0.0"
	Effective    string // first day of the term
	End          string // last day of the term
	TimeZone     string // "America/Chicago"
	BusinessDays string // "Monday to Friday", or the days in words
	Holidays     string // which day is no business day: "a public holiday at the Customer’s main place of business"
	OpensAt      string // "08:00", 24-hour clock
	ClosesAt     string // "17:00"
	Purpose      string // completes "so that ..."
	NoticeDays   int    // days before the end by which the renewal review begins, or a party gives notice that the agreement does not renew itself
}

// MSA is the Master Service Agreement.
type MSA struct {
	Title     string
	Date      string
	Liability string   // where it limits liability: "section 9"
	Order     []string // which document decides a conflict, the first first, as entries of a list: "the MSA, on liability and indemnities;"
}

// Standalone is what takes the place of the Master Service Agreement where there is none.
type Standalone struct {
	Reason      string // completes "The Parties have no Master Service Agreement, because ..."
	Fees        string // where the fees of the Purchased Services stand: "the order form of December 1, 2026"
	PaymentDays int    // days after the Customer gets an invoice
}

// Provider is the provider as a legal body.
type Provider struct {
	LegalName string
	ShortName string
	Form      string  // "a Texas limited liability company"
	Primary   *Person // first contact
	Officer   *Person // signs and answers for the security of the service
}

// Customer is the customer as a legal body.
type Customer struct {
	LegalName string
	ShortName string
	Form      string
	Employees int
	Executive *Person // the security executive
	Primary   *Person // first contact
	Delegated string  `needs:"customer.delegated"` // the written delegation; empty unless .Facts.Customer.Delegated
	Deciders  string  // the persons who may accept risks for it: "Fay Fictional or Gus Generic"
}

// Person is a person of a party.
type Person struct {
	Name  string
	Title string
}

// Capability is the provider's capability statement and how it was received.
type Capability struct {
	Date       string
	Summary    string
	Verified   string   // date on which the customer reviewed it
	VerifiedBy *Person  // of the customer
	NotOffered []string `needs:"provider.not_offered > 0"` // empty when .Facts.Provider.NotOffered is 0
}

// Changes is change authorization.
type Changes struct {
	DecisionDays  int    // business days
	CallHours     int    // within which the provider phones the customer after it acted in an emergency
	ReportHours   int    // within which it then reports in writing
	EmergencyCost string `needs:"changes.emergency_cost"` // what that may cost without approval: "USD 300"; empty unless .Facts.Changes.EmergencyCost
	Classes       []*ChangeClass
	Blackouts     []*Blackout  `needs:"changes.blackouts > 0"` // empty when .Facts.Changes.Blackouts is 0
	Thresholds    []*Threshold `needs:"budget.present"`        // empty when .Facts.Budget.Present is false
}

// ChangeClass is one class of change.
type ChangeClass struct {
	Name     string // "standard change"
	Examples string // "a, b and c"
	Approval string // completes "needs ...": "the written approval of the Security Executive"
	Notice   string // "no notice", "1 Business Day of notice" or "5 Business Days of notice"
}

// Blackout is a period of each year.
type Blackout struct {
	Name string
	From string // "February 1"
	To   string // "April 15", included
}

// Threshold is a limit of spending authority.
type Threshold struct {
	Range    string // "up to USD 300", "above USD 300 and up to USD 900", "above USD 900" or "of any amount"
	Approver string // "Fay Fictional or Gus Generic"
	Channel  string // "by ticket", "by e-mail" or "by signature"
}

// Notification is incident notification; hours count from awareness.
type Notification struct {
	ProviderHours int
	CustomerHours int
	UpdateHours   int    // between two updates
	Channel       string // "by phone and e-mail"
	Contact       string `needs:"notification.contact_named"` // whom of the provider the customer tells: "first contact"; empty unless .Facts.Notification.ContactNamed
}

// Signing is who signs in which way.
type Signing struct {
	Paper      string `needs:"signing.paper > 0"`      // "Fay Fictional and Pat Placeholder"; empty when .Facts.Signing.Paper is 0
	Electronic string `needs:"signing.electronic > 0"` // empty when .Facts.Signing.Electronic is 0
	Witnessed  string `needs:"signing.witnessed > 0"`  // empty when .Facts.Signing.Witnessed is 0
}

// Meetings is the progress meeting.
type Meetings struct {
	Progress string // "each month"
	Minutes  string // "Provider" or "Customer"
}

// Maturity is the assessment of today.
type Maturity struct {
	Date     string
	Assessor string
	Scale    string // "the four-step implementation scale"
	Current  string // overall, "1.3"
	Low      string // the threshold below which maturity is low, "2.0"
	Method   string // "a self-assessment by the Customer"
}

// Budget is the budget's figures in words of the agreement.
type Budget struct {
	FirstYear   string // label of the first fiscal year: "2027", or "2027–28" when it does not begin in January
	LastYear    string
	FirstTotal  string // "USD 13,180"
	Total       string // of all years: "USD 29,420"
	Contingency string `needs:"budget.contingency"` // "10 percent"; empty unless .Facts.Budget.Contingency
	Variance    string // "10 percent"
	Hours       int    // hours of the customer's people that the commitments need
}

// GLBA are facts for the FTC Safeguards Rule.
type GLBA struct {
	StatedBy            *Person
	AsOf                string
	Consumers           string // "1,900"
	QualifiedIndividual *Person
	PlanDue             string `needs:"regulatory.glba_plan"` // due date of the written information security plan; empty unless .Facts.Regulatory.GLBAPlan
}

// HIPAA are facts for the HIPAA rules.
type HIPAA struct {
	StatedBy *Person
	AsOf     string
	Role     string // of the customer: "covered entity"
	BAA      string // title of the business associate agreement
	BAADate  string
}

// CMMC are facts for the Cybersecurity Maturity Model Certification.
type CMMC struct {
	StatedBy          *Person
	AsOf              string
	Level             int
	AffirmingOfficial *Person
}

// PCI are facts for the PCI Data Security Standard.
type PCI struct {
	StatedBy *Person
	AsOf     string
	Role     string // of the customer: "merchant"
}

// NIS2 are facts for the laws that carry out Directive (EU) 2022/2555.
type NIS2 struct {
	StatedBy *Person
	AsOf     string
	Class    string // the customer is ...: "an important entity"
	Status   string // the law of its country is ...: "in force"
}

// UKNIS are facts for the network and information systems law of the United Kingdom.
type UKNIS struct {
	StatedBy *Person
	AsOf     string
	Status   string // the law is ...: "not yet in force"
}

// PublicBody are facts for a law on providers of public bodies.
type PublicBody struct {
	StatedBy *Person
	AsOf     string
	State    string
	Law      string
}

// Privacy are facts for laws about personal data.
type Privacy struct {
	StatedBy *Person
	AsOf     string
	Role     string `needs:"regulatory.privacy_data"`      // the provider handles personal data as ...: "a processor"; empty unless .Facts.Regulatory.PrivacyData
	DPA      string `needs:"regulatory.privacy_agreement"` // title of the data processing agreement; empty unless .Facts.Regulatory.PrivacyAgreement
	DPADate  string `needs:"regulatory.privacy_agreement"` // likewise
}

// Notices are the persons who receive formal notices.
type Notices struct {
	Provider *NoticeAddress
	Customer *NoticeAddress
}

// NoticeAddress is where one party receives notices. The postal address stands in the schedule of contacts.
type NoticeAddress struct {
	Attention *Person
	Email     string
	ByLetter  string // completes "a letter counts as received ...": "when it is delivered"
	ByEmail   string // completes "an e-mail counts as received ...": "on the next Business Day"
}

// Training is how the customer's people are trained.
type Training struct {
	RunBy        string `needs:"training.present and not training.third_party"` // "Provider" or "Customer"; empty when .Facts.Training.ThirdParty
	AttendanceBy string // who sees to it that people take part: "Provider" or "Customer"
}

// Framework is the framework of the baseline.
type Framework struct {
	Title   string
	Version string
	Count   int // controls in the baseline
}
