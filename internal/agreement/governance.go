package agreement

import "concordat/internal/calendar"

// RiskAcceptance is a risk the customer accepts for a limited time.
type RiskAcceptance struct {
	ID           string        `yaml:"id" validate:"required,id"`
	Title        string        `yaml:"title" validate:"required,max=200"`
	Risk         string        `yaml:"risk" validate:"required,max=600"` // what can happen
	Control      string        `yaml:"control"`
	Asset        string        `yaml:"asset"`
	Likelihood   int           `yaml:"likelihood" validate:"required,min=1,max=5"`
	Impact       int           `yaml:"impact" validate:"required,min=1,max=5"`
	Reason       string        `yaml:"reason" validate:"required,max=600"`
	Compensating string        `yaml:"compensating" validate:"max=600"`
	AcceptedBy   string        `yaml:"accepted_by" validate:"required"` // id of a person of the customer
	Date         calendar.Date `yaml:"date" validate:"required"`
	Expires      calendar.Date `yaml:"expires" validate:"required"`
	LongReason   string        `yaml:"long_reason" validate:"max=400"` // why it must last longer than twelve months
	Commitment   string        `yaml:"commitment"`                     // id of the commitment that ends the risk
}

// Rating is likelihood times impact, 1 to 25.
func (x RiskAcceptance) Rating() int { return x.Likelihood * x.Impact }

// ChangeAuthorization says which changes need whose approval.
type ChangeAuthorization struct {
	Classes      []ChangeClass `yaml:"classes" validate:"required,min=1,dive"`
	DecisionDays int           `yaml:"decision_days" validate:"required,min=1,max=60"` // business days the customer has to decide
	NonResponse  string        `yaml:"non_response" validate:"required,oneof=treated_as_refused escalated"`
	Blackouts    []Blackout    `yaml:"blackouts" validate:"dive"`
}

// ChangeClass is one class of change.
type ChangeClass struct {
	ID         string   `yaml:"id" validate:"required,oneof=standard normal major emergency"`
	Examples   []string `yaml:"examples" validate:"required,min=1,dive,required,max=200"`
	Approval   string   `yaml:"approval" validate:"required,oneof=pre_approved contact executive after_the_fact"`
	NoticeDays int      `yaml:"notice_days" validate:"min=0,max=90"` // business days of notice before the change
}

// Blackout is a period of each year in which normal and major changes need the
// security executive’s agreement.
type Blackout struct {
	Name string   `yaml:"name" validate:"required,max=120"`
	From MonthDay `yaml:"from" validate:"required"` // month and day, such as "02-01"
	To   MonthDay `yaml:"to" validate:"required"`   // last day; before From it means the following year
}

// Notification says how fast the parties tell each other about incidents.
type Notification struct {
	Provider ProviderNotice `yaml:"provider" validate:"required"`
	Customer CustomerNotice `yaml:"customer" validate:"required"`
}

// ProviderNotice is the provider's duty to tell the customer.
type ProviderNotice struct {
	Trigger string   `yaml:"trigger" validate:"required,oneof=suspected confirmed"`
	Scope   []string `yaml:"scope" validate:"required,min=1,unique,dive,oneof=customer_env provider_env subcontractor"`
	Hours   int      `yaml:"hours" validate:"required,min=1,max=72"` // from awareness
	Channel []string `yaml:"channel" validate:"required,min=1,unique,dive,oneof=phone email"`
	Updates int      `yaml:"update_hours" validate:"required,min=1,max=168"` // hours between two updates
}

// CustomerNotice is the customer's duty to tell the provider.
type CustomerNotice struct {
	Hours int `yaml:"hours" validate:"required,min=1,max=72"` // from awareness
}

// Meetings is how often the parties review progress, and who writes it down.
type Meetings struct {
	Progress string `yaml:"progress" validate:"required,oneof=weekly monthly quarterly"`
	Minutes  Party  `yaml:"minutes" validate:"required,oneof=provider customer"`
}

// Review is a recurring review.
type Review struct {
	ID          string        `yaml:"id" validate:"required,id"`
	Kind        string        `yaml:"kind" validate:"required,oneof=security_analysis quarterly risk_register access maturity independent_test policy exercise budget"`
	EveryMonths int           `yaml:"every_months" validate:"required,min=1,max=36"`
	First       calendar.Date `yaml:"first" validate:"required"`
	Owner       string        `yaml:"owner" validate:"required"` // id of the person who convenes it
	Attendees   []string      `yaml:"attendees" validate:"unique,dive,required"`
}

// Regulatory are laws whose duties the parties take into account. Who states
// that a law applies is recorded; the program never decides it.
type Regulatory struct {
	GLBA *GLBA `yaml:"glba" validate:"omitempty"`
}

// GLBA are facts for the FTC Safeguards Rule (16 CFR part 314).
type GLBA struct {
	StatedBy            string        `yaml:"stated_by" validate:"required"` // id of the person of the customer who states these facts
	AsOf                calendar.Date `yaml:"as_of" validate:"required"`
	Consumers           int           `yaml:"consumers_count" validate:"required,min=1"`
	Exempt              *bool         `yaml:"exempt" validate:"required"` // claims the exemption of 16 CFR 314.6 for fewer than 5,000 consumers
	QualifiedIndividual string        `yaml:"qualified_individual" validate:"required"`
	SecurityPlan        string        `yaml:"wisp_commitment"` // id of the commitment that delivers the written information security plan
}
