package agreement

import "concordat/internal/money"

// Notification says how fast the parties tell each other about incidents.
type Notification struct {
	Provider   ProviderNotice    `yaml:"provider" validate:"required"`
	Customer   CustomerNotice    `yaml:"customer" validate:"required"`
	Regulators []RegulatorNotice `yaml:"regulators" validate:"dive"`
}

// ProviderNotice is the provider's duty to tell the customer.
type ProviderNotice struct {
	Trigger string   `yaml:"trigger" validate:"required,oneof=suspected confirmed"`
	Scope   []string `yaml:"scope" validate:"required,min=1,unique,dive,oneof=customer_env provider_env subcontractor"`
	Hours   int      `yaml:"hours" validate:"required,min=1,max=72"` // from awareness
	Channel []string `yaml:"channel" validate:"required,min=1,unique,dive,oneof=phone email"`
	Updates int      `yaml:"update_hours" validate:"required,min=1,max=168"`                                         // hours between two updates
	Content []string `yaml:"content" validate:"unique,dive,oneof=what when systems data status actions next_update"` // what each notice says as far as it is known
}

// CustomerNotice is the customer's duty to tell the provider.
type CustomerNotice struct {
	Hours   int    `yaml:"hours" validate:"required,min=1,max=72"`                                     // from awareness
	Contact string `yaml:"contact" validate:"omitempty,oneof=primary deputy after_hours escalation_1"` // role of the provider's contact whom it tells; absent is any of them
}

// RegulatorNotice is a report that a law or a contract demands after an incident.
type RegulatorNotice struct {
	ID    string `yaml:"id" validate:"required,id"`
	Law   string `yaml:"law" validate:"required,max=200"` // law or contract that demands it
	Filer Party  `yaml:"filed_by" validate:"required,oneof=provider customer third_party"`
	Hours int    `yaml:"hours" validate:"required,min=1,max=8760"` // from awareness; 60 days are 1440 hours
}

// Incident is how incidents are handled.
type Incident struct {
	Plan            string           `yaml:"plan_ref" validate:"max=200"`                // the incident response plan
	Severities      []Severity       `yaml:"severities" validate:"dive"`                 // the gravest first
	ExerciseMonths  int              `yaml:"exercise_months" validate:"min=0,max=60"`    // longest time between two exercises; 0 is not stated
	AfterActionDays int              `yaml:"after_action_days" validate:"min=0,max=365"` // days after the end within which the parties review what happened; 0 is not stated
	EvidenceDays    int              `yaml:"evidence_days" validate:"min=0,max=3650"`    // how long evidence is kept; 0 is not stated
	OutOfScopeRate  *money.Amount    `yaml:"out_of_scope_hourly_rate"`                   // for an hour of response that is not purchased, in the currency of the budget
	Command         *IncidentCommand `yaml:"command" validate:"omitempty"`
}

// Severity is one class of incidents.
type Severity struct {
	ID                   string `yaml:"id" validate:"required,id"` // such as "SEV1"
	Definition           string `yaml:"definition" validate:"required,max=400"`
	ResponseMinutes      int    `yaml:"response_minutes" validate:"min=0,max=10080"`    // the provider begins to work on it within; 0 when business days are stated
	ResponseBusinessDays int    `yaml:"response_business_days" validate:"min=0,max=30"` // 1 is the next business day; 0 when minutes are stated
	Hours                string `yaml:"hours" validate:"required,oneof=business 24x7"`  // when minutes are counted
}

// IncidentCommand is who leads while an incident lasts.
type IncidentCommand struct {
	BusinessLead  string `yaml:"business_lead" validate:"required"`  // id of the person of the customer who decides
	TechnicalLead string `yaml:"technical_lead" validate:"required"` // id of the person who leads the technical work
}

// ExternalCommunications says who speaks to the public after an incident.
type ExternalCommunications struct {
	Spokesperson string `yaml:"spokesperson" validate:"required"` // id of a person of the customer
	Approval     string `yaml:"approval" validate:"required"`     // id of the person of the customer who approves each statement
}

// VulnerabilityDisclosure is the way for people outside to report a weakness.
type VulnerabilityDisclosure struct {
	Contact     string `yaml:"contact" validate:"required,max=200"`       // address or page to which outsiders report
	SecurityTxt *bool  `yaml:"security_txt" validate:"required"`          // it is published in /.well-known/security.txt (RFC 9116)
	AckDays     int    `yaml:"ack_days" validate:"required,min=1,max=90"` // days within which a report is acknowledged
}

// Remediation is how fast weaknesses of one severity are closed.
type Remediation struct {
	Severity   string `yaml:"severity" validate:"required,oneof=kev critical high medium low"` // kev: known to be exploited, as listed by CISA
	Days       int    `yaml:"days" validate:"required,min=1,max=365"`
	Clock      string `yaml:"clock" validate:"required,oneof=release detection"` // days count from the release of the fix, or from finding the weakness
	Acceptance string `yaml:"acceptance" validate:"max=400"`                     // what shows that it is closed
}
