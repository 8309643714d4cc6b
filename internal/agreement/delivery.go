package agreement

import (
	"concordat/internal/calendar"
	"concordat/internal/money"
)

// Goal is a number to be reached: either AtLeast or AtMost.
type Goal struct {
	AtLeast *money.Amount `yaml:"at_least"`
	AtMost  *money.Amount `yaml:"at_most"`
	Unit    string        `yaml:"unit" validate:"required,oneof=percent minutes hours business_hours days business_days count"`
}

// ServiceLevel is a measured promise about a service.
type ServiceLevel struct {
	ID         string   `yaml:"id" validate:"required,id"`
	Name       string   `yaml:"name" validate:"required,max=200"` // what is measured, such as "first answer to a severity 1 incident"
	Severity   string   `yaml:"severity"`                         // id of the severity it is about; absent for all
	Target     Goal     `yaml:"target" validate:"required"`
	Hours      string   `yaml:"hours" validate:"required,oneof=business 24x7"` // when time is counted
	Exclusions []string `yaml:"exclusions" validate:"dive,required,max=200"`   // what is not counted
	Remedy     string   `yaml:"remedy" validate:"max=400"`                     // what follows when it is missed; absent is as the MSA says
}

// KPI is a measure that the parties look at, without a remedy.
type KPI struct {
	ID        string `yaml:"id" validate:"required,id"`
	Name      string `yaml:"name" validate:"required,max=200"`
	Target    Goal   `yaml:"target" validate:"required"`
	Source    string `yaml:"source" validate:"required,max=200"` // where the number comes from
	Frequency string `yaml:"frequency" validate:"required,oneof=monthly quarterly yearly"`
	Owner     string `yaml:"owner" validate:"required"` // id of the person who reports it
}

// Vetting is how the provider checks its people before they get access.
type Vetting struct {
	Checks         []string `yaml:"checks" validate:"required,min=1,unique,dive,oneof=identity criminal_record_where_lawful references education"`
	BeforeAccess   *bool    `yaml:"before_access" validate:"required"`
	RecheckMonths  int      `yaml:"recheck_months" validate:"min=0,max=120"` // longest time between two checks; 0 is not agreed
	TrainingYearly *bool    `yaml:"training_yearly" validate:"required"`
}

// Subcontractor does part of the provider's work.
type Subcontractor struct {
	ID         string        `yaml:"id" validate:"required,id"`
	Name       string        `yaml:"name" validate:"required,max=400"`
	Service    string        `yaml:"service" validate:"required,max=200"`                             // what it does
	DataAccess *bool         `yaml:"data_access" validate:"required"`                                 // it can see data of the customer
	Locations  []string      `yaml:"locations" validate:"required,min=1,unique,dive,required,max=60"` // countries in which it works
	Since      calendar.Date `yaml:"since"`
	FlowDown   *bool         `yaml:"flow_down" validate:"required"` // its contract has the same duties as this agreement
	BAA        bool          `yaml:"baa"`                           // a business associate agreement with it is signed
}

// OwnershipChange says of which changes a party tells the other.
type OwnershipChange struct {
	NoticeDays int      `yaml:"notice_days" validate:"required,min=1,max=365"` // days before, or after where the law forbids to tell before
	Events     []string `yaml:"events" validate:"required,min=1,unique,dive,oneof=control_change security_lead_change insolvency breach_of_own_systems"`
	Right      string   `yaml:"customer_right" validate:"required,oneof=terminate_without_fee review_meeting"`
}

// Transition is how the provider takes over and how it leaves.
type Transition struct {
	In  *TransitionIn  `yaml:"in" validate:"omitempty"`
	Out *TransitionOut `yaml:"out" validate:"omitempty"`
}

// TransitionIn is how the provider takes over.
type TransitionIn struct {
	Plan            string        `yaml:"plan_ref" validate:"max=200"`
	Until           calendar.Date `yaml:"until" validate:"required"`           // last day of taking over
	InheritedFaults string        `yaml:"inherited_faults" validate:"max=600"` // how faults found by then are dealt with
}

// TransitionOut is how the provider leaves.
type TransitionOut struct {
	AssistDays         int           `yaml:"assist_days" validate:"required,min=1,max=365"`                                  // days after the end for which it helps
	HourlyRate         *money.Amount `yaml:"hourly_rate"`                                                                    // for that help, in the currency of the budget; absent is as the MSA says
	ReturnFormats      []string      `yaml:"return_formats" validate:"dive,required,max=120"`                                // in which the customer's data comes back
	DeletionDays       int           `yaml:"deletion_days" validate:"required,min=1,max=3650"`                               // days after the end within which the provider deletes the customer's data
	DeletionProof      *bool         `yaml:"deletion_proof" validate:"required"`                                             // in writing
	AccessRemovalHours int           `yaml:"access_removal_hours" validate:"required,min=1,max=720"`                         // hours after the end
	Handover           []string      `yaml:"handover" validate:"unique,dive,oneof=dns tenant_admin vault keys docs backups"` // of what the customer gets control
}

// Insurance is cover that a party keeps up.
type Insurance struct {
	ID               string        `yaml:"id" validate:"required,id"`
	Party            Party         `yaml:"party" validate:"required,oneof=provider customer"`
	Kind             string        `yaml:"kind" validate:"required,oneof=cyber tech_eo general other"`
	Limit            *money.Amount `yaml:"limit" validate:"required"` // for each claim, in the currency of the budget
	Certificate      string        `yaml:"certificate_ref" validate:"max=200"`
	Expires          calendar.Date `yaml:"expires" validate:"required"`                       // last day of the policy
	Renewal          string        `yaml:"renewal" validate:"max=200"`                        // how it goes on when it expires within the term
	AttestedControls []string      `yaml:"attested_controls" validate:"unique,dive,required"` // controls of the baseline that the application says are in place
	AttestedBy       string        `yaml:"attested_by"`                                       // id of the person who answers for that
}
