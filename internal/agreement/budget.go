package agreement

import (
	"concordat/internal/calendar"
	"concordat/internal/money"
)

// Budget is the money the customer reserves, by fiscal year.
type Budget struct {
	Currency             money.Currency `yaml:"currency" validate:"required"`
	Tax                  string         `yaml:"tax" validate:"required,oneof=included excluded"`
	FiscalYearStartMonth int            `yaml:"fiscal_year_start_month" validate:"required,min=1,max=12"`
	Years                []int          `yaml:"years" validate:"required,min=1,max=10"` // each fiscal year by the calendar year it begins in
	Rationale            string         `yaml:"rationale" validate:"max=600"`           // why the customer spends this money, and what it weighed against it
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
	Quote    *Quote   `yaml:"quote" validate:"omitempty"`
	Charges  []Charge `yaml:"charges" validate:"required,min=1,dive"`
}

// Quote is the offer on which a line rests.
type Quote struct {
	Number  string        `yaml:"number" validate:"required,max=60"`
	Expires calendar.Date `yaml:"expires" validate:"required"` // last day on which it can be taken
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
	By     string         `yaml:"by" validate:"required"`
	Date   calendar.Date  `yaml:"date" validate:"required"`
	Totals []money.Amount `yaml:"totals"` // what was approved for each fiscal year, contingency included, in the order of years; absent is what the lines come to
}
