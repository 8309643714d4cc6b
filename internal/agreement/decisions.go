package agreement

import (
	"concordat/internal/calendar"
	"concordat/internal/money"
)

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
	LongReason   string        `yaml:"long_reason" validate:"max=400"`                                                     // why it must last longer than twelve months
	Commitment   string        `yaml:"commitment"`                                                                         // id of the commitment that ends the risk
	Review       calendar.Date `yaml:"review"`                                                                             // when it is looked at again before it expires
	Supersedes   string        `yaml:"supersedes"`                                                                         // id of the acceptance that it renews
	Law          string        `yaml:"law" validate:"omitempty,oneof=hipaa pci glba cmmc nis2 uk_nis public_body privacy"` // whose duty it touches
	Counsel      string        `yaml:"counsel" validate:"max=200"`                                                         // name of the lawyer who advised on that
}

// Rating is likelihood times impact, 1 to 25.
func (x RiskAcceptance) Rating() int { return x.Likelihood * x.Impact }

// DeclinedRecommendation is advice of the provider that the customer did not
// take. The record protects both.
type DeclinedRecommendation struct {
	ID             string        `yaml:"id" validate:"required,id"`
	Recommendation string        `yaml:"recommendation" validate:"required,max=400"`
	Presented      calendar.Date `yaml:"presented" validate:"required"`
	Options        []string      `yaml:"options" validate:"dive,required,max=200"` // what could have been done
	Decision       string        `yaml:"decision" validate:"required,oneof=declined deferred no_answer"`
	DecidedBy      string        `yaml:"decided_by"`                              // id of a person of the customer
	Date           calendar.Date `yaml:"date"`                                    // of the decision
	Consequence    string        `yaml:"consequence" validate:"required,max=400"` // what can happen, as the provider explained it
	Explained      *bool         `yaml:"consequence_explained" validate:"required"`
	Reason         string        `yaml:"reason" validate:"max=400"` // why the customer decided so
	RiskAcceptance string        `yaml:"risk_acceptance"`           // id of the acceptance of the risk that remains
}

// OptionsPresented is a choice that the provider laid before the customer.
type OptionsPresented struct {
	ID        string        `yaml:"id" validate:"required,id"`
	Topic     string        `yaml:"topic" validate:"required,max=200"`
	Presented calendar.Date `yaml:"presented" validate:"required"`
	Options   []Option      `yaml:"options" validate:"required,min=2,dive"`
	Chosen    string        `yaml:"chosen"` // name of the option; absent while undecided
}

// Option is one of the options presented.
type Option struct {
	Name   string        `yaml:"name" validate:"required,max=120"`
	Cost   *money.Amount `yaml:"cost"` // once and in all, in the currency of the budget; absent is not stated
	Effect string        `yaml:"effect" validate:"required,max=400"`
}

// Gap is a known weakness that no purchased service closes.
type Gap struct {
	ID             string `yaml:"id" validate:"required,id"`
	Text           string `yaml:"text" validate:"required,max=400"`
	Control        string `yaml:"control"`         // of the baseline; absent when it is about none
	Commitment     string `yaml:"commitment"`      // id of the commitment that closes it
	RiskAcceptance string `yaml:"risk_acceptance"` // id of the acceptance; with neither, nothing is planned
}
