package agreement

import (
	"concordat/internal/calendar"
	"concordat/internal/money"
)

// Maturity is where the customer stands and where it commits to be.
type Maturity struct {
	Framework    string     `yaml:"framework" validate:"required"`
	Scale        string     `yaml:"scale" validate:"required,oneof=implementation-1-4 capability-0-5"`
	LowThreshold Level      `yaml:"low_threshold" validate:"required"` // an overall score below it counts as low maturity
	Assessment   Assessment `yaml:"assessment" validate:"required"`
	Scores       []Score    `yaml:"scores" validate:"required,min=1,dive"`
}

// Assessment is how the current scores were found.
type Assessment struct {
	Date     calendar.Date `yaml:"date" validate:"required"`
	Assessor string        `yaml:"assessor" validate:"required,max=200"`
	Method   string        `yaml:"method" validate:"required,oneof=self provider independent"`
	Evidence string        `yaml:"evidence_ref" validate:"max=200"`
}

// Score is the level of one function or control, now and as committed.
type Score struct {
	Item    string   `yaml:"item" validate:"required"` // name of a function of the framework, or id of a control
	Current Level    `yaml:"current" validate:"required"`
	Targets []Target `yaml:"targets" validate:"required,min=1,dive"`
}

// Target is a level to be reached by a date.
type Target struct {
	By    calendar.Date `yaml:"by" validate:"required"`
	Level Level         `yaml:"level" validate:"required"`
}

// Commitment is a promise to raise controls by a date.
type Commitment struct {
	ID                 string        `yaml:"id" validate:"required,id"`
	Title              string        `yaml:"title" validate:"required,max=200"`
	Owner              Party         `yaml:"owner" validate:"required,oneof=provider customer shared"`
	Person             string        `yaml:"person" validate:"required"` // id of the person who brings it about
	Controls           []string      `yaml:"controls" validate:"required,min=1,unique,dive,required"`
	Start              calendar.Date `yaml:"start"`
	Due                calendar.Date `yaml:"due" validate:"required"`
	Priority           int           `yaml:"priority" validate:"required,min=1,max=5"` // 1 comes first
	DependsOn          []string      `yaml:"depends_on" validate:"unique,dive,required"`
	CustomerHours      int           `yaml:"customer_hours" validate:"min=0,max=10000"` // hours of the customer's people
	Cost               *money.Amount `yaml:"cost" validate:"required"`                  // equals the sum of its budget lines
	BudgetLines        []string      `yaml:"budget_lines" validate:"unique,dive,required"`
	AcceptanceCriteria []string      `yaml:"acceptance_criteria" validate:"dive,required,max=400"`
	InterimControl     *Interim      `yaml:"interim_control" validate:"omitempty"`
}

// Interim is a temporary measure until a commitment is fulfilled.
type Interim struct {
	Text  string        `yaml:"text" validate:"required,max=400"`
	Until calendar.Date `yaml:"until" validate:"required"`
}

// Budget is the money the customer reserves, by fiscal year.
type Budget struct {
	Currency             money.Currency `yaml:"currency" validate:"required"`
	Tax                  string         `yaml:"tax" validate:"required,oneof=included excluded"`
	FiscalYearStartMonth int            `yaml:"fiscal_year_start_month" validate:"required,min=1,max=12"`
	Years                []int          `yaml:"years" validate:"required,min=1,max=10"` // each fiscal year by the calendar year it begins in
	Contingency          Contingency    `yaml:"contingency" validate:"required"`
	Lines                []Line         `yaml:"lines" validate:"required,min=1,dive"`
	Thresholds           []Threshold    `yaml:"approval_thresholds" validate:"required,min=1,dive"`
	VariancePercent      int            `yaml:"variance_percent" validate:"min=0,max=100"`
	Approved             *Approval      `yaml:"approved" validate:"omitempty"`
}

// Contingency is reserved on top of each fiscal year's lines.
type Contingency struct {
	Percent *money.Amount `yaml:"percent" validate:"required"`
	RoundTo money.Amount  `yaml:"round_to" validate:"required"` // each year's contingency is rounded half up to a multiple of it
}

// Line is one line of the budget.
type Line struct {
	ID       string   `yaml:"id" validate:"required,id"`
	Name     string   `yaml:"name" validate:"required,max=200"`
	Category string   `yaml:"category" validate:"required,oneof=licence service project hardware training assessment insurance labour"`
	Payer    Party    `yaml:"payer" validate:"required,oneof=provider customer"`
	Basis    string   `yaml:"basis" validate:"required,oneof=quoted estimate"`
	Charges  []Charge `yaml:"charges" validate:"required,min=1,dive"`
}

// Charge is an amount that falls due once or repeatedly: either Amount, or
// Quantity times UnitPrice.
type Charge struct {
	Amount    *money.Amount  `yaml:"amount"`
	Quantity  int            `yaml:"quantity" validate:"min=0,max=1000000"`
	UnitPrice *money.Amount  `yaml:"unit_price"`
	Every     string         `yaml:"every" validate:"required,oneof=month quarter year once"`
	From      calendar.Month `yaml:"from" validate:"required"` // month of the first charge
	To        calendar.Month `yaml:"to"`                       // no charge after this month; absent for once
}

// Threshold says who may approve spending up to an amount.
type Threshold struct {
	UpTo      *money.Amount `yaml:"up_to"`                                                    // absent for the last: no upper limit
	Approvers []string      `yaml:"approvers" validate:"required,min=1,unique,dive,required"` // any one of these persons of the customer
	Channel   string        `yaml:"channel" validate:"required,oneof=ticket email signed"`
}

// Approval is the customer's approval of the budget.
type Approval struct {
	By   string        `yaml:"by" validate:"required"`
	Date calendar.Date `yaml:"date" validate:"required"`
}
