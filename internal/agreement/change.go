package agreement

import "concordat/internal/money"

// ChangeAuthorization says which changes need whose approval.
type ChangeAuthorization struct {
	Classes         []ChangeClass `yaml:"classes" validate:"required,min=1,dive"`
	DecisionDays    int           `yaml:"decision_days" validate:"required,min=1,max=60"` // business days the customer has to decide
	NonResponse     string        `yaml:"non_response" validate:"required,oneof=treated_as_refused escalated"`
	RemindDays      []int         `yaml:"remind_days" validate:"dive,min=1,max=60"`                                                                        // business days after a request on which the provider reminds the customer
	Escalation      string        `yaml:"escalation"`                                                                                                      // id of the escalation that a request without answer takes
	RequestContents []string      `yaml:"request_contents" validate:"unique,dive,oneof=reason risk options cost downtime data rollback effect_of_waiting"` // what each request for a normal or major change says
	Emergency       *Emergency    `yaml:"emergency" validate:"omitempty"`
	Blackouts       []Blackout    `yaml:"blackouts" validate:"dive"`
}

// ChangeClass is one class of change.
type ChangeClass struct {
	ID               string        `yaml:"id" validate:"required,oneof=standard normal major emergency"`
	Examples         []string      `yaml:"examples" validate:"required,min=1,dive,required,max=200"`
	Approval         string        `yaml:"approval" validate:"required,oneof=pre_approved contact executive after_the_fact"`
	NoticeDays       int           `yaml:"notice_days" validate:"min=0,max=90"`         // business days of notice before the change
	MaxDowntimeHours int           `yaml:"max_downtime_hours" validate:"min=0,max=720"` // a longer interruption makes it a change of a higher class; 0 is not stated
	MaxCost          *money.Amount `yaml:"max_cost"`                                    // a higher cost makes it a change of a higher class; absent is not stated
}

// Blackout is a period of each year in which normal and major changes need the
// security executive’s agreement.
type Blackout struct {
	Name string   `yaml:"name" validate:"required,max=120"`
	From MonthDay `yaml:"from" validate:"required"` // month and day, such as "02-01"
	To   MonthDay `yaml:"to" validate:"required"`   // last day; before From it means the following year
}

// Emergency is what the provider may do before it asks.
type Emergency struct {
	Allowed     *bool         `yaml:"allowed" validate:"required"`
	Limits      []string      `yaml:"limits" validate:"unique,dive,oneof=contain isolate disable_account block_traffic undo_setting"` // the only steps it may take
	CallHours   int           `yaml:"call_hours" validate:"min=0,max=72"`                                                             // hours within which it phones the customer; 0 is not stated, and the clause says 1
	ReportHours int           `yaml:"report_hours" validate:"required,min=1,max=720"`                                                 // hours within which it reports in writing what it did
	MaxCost     *money.Amount `yaml:"max_cost" validate:"required"`                                                                   // what it may spend without approval, in the currency of the budget
}

// ChangeManagement is how changes are made.
type ChangeManagement struct {
	Staging         string   `yaml:"staging" validate:"required,oneof=required where_available"`                         // changes are tried outside production first
	UserNoticeHours int      `yaml:"user_notice_hours" validate:"min=0,max=720"`                                         // users are told so long before; 0 is not stated
	RollbackFor     []string `yaml:"rollback_required_for" validate:"unique,dive,oneof=standard normal major emergency"` // classes that need a way back
	ReviewedAfter   []string `yaml:"post_review" validate:"unique,dive,oneof=standard normal major emergency"`           // classes that are looked at afterwards
}

// Window is a recurring time for planned work.
type Window struct {
	ID                   string   `yaml:"id" validate:"required,id"`
	Days                 []string `yaml:"days" validate:"required,min=1,unique,dive,oneof=mon tue wed thu fri sat sun"`
	From                 string   `yaml:"from" validate:"required,clock"`                               // 24-hour clock, such as "19:00"
	To                   string   `yaml:"to" validate:"required,clock"`                                 // before From it means the following day
	Frequency            string   `yaml:"frequency" validate:"required,oneof=weekly monthly quarterly"` // monthly: the first such day of a month
	NoticeDays           int      `yaml:"notice_days" validate:"required,min=1,max=90"`                 // business days of notice before work in it
	EmergencyNoticeHours int      `yaml:"emergency_notice_hours" validate:"min=0,max=72"`               // notice before urgent work; 0 is as early as possible
	Except               string   `yaml:"except" validate:"max=200"`                                    // when there is none, such as "from the 25th to the 5th of a month"
	ApprovedBy           string   `yaml:"approved_by"`                                                  // id of the person of the customer who agrees that it lies in business hours
}

// Escalation is a ladder: who deals with what is late, and how soon.
type Escalation struct {
	ID    string           `yaml:"id" validate:"required,id"`
	Name  string           `yaml:"name" validate:"required,max=120"`
	Steps []EscalationStep `yaml:"steps" validate:"required,min=1,dive"`
}

// EscalationStep is one rung of the ladder.
type EscalationStep struct {
	AfterDays   int    `yaml:"after_days" validate:"min=0,max=365"`           // calendar days after the date that was missed
	Provider    string `yaml:"provider" validate:"required"`                  // id of a person of the provider
	Customer    string `yaml:"customer" validate:"required"`                  // id of a person of the customer
	RespondDays int    `yaml:"respond_days" validate:"required,min=1,max=60"` // business days within which they answer
}
