package agreement

import (
	"concordat/internal/calendar"
	"concordat/internal/money"
)

// Commitment is a promise to raise controls by a date.
type Commitment struct {
	ID                 string        `yaml:"id" validate:"required,id"`
	Title              string        `yaml:"title" validate:"required,max=200"`
	Owner              Party         `yaml:"owner" validate:"required,oneof=provider customer shared"`
	Person             string        `yaml:"person" validate:"required"` // id of the person who brings it about
	Controls           []string      `yaml:"controls" validate:"required,min=1,unique,dive,required"`
	Raises             []string      `yaml:"raises" validate:"unique,dive,required"` // items of Maturity.Scores that it raises, where the maturity framework is not the baseline's
	Assets             []string      `yaml:"assets" validate:"unique,dive,required"` // ids of critical assets that it protects
	Why                string        `yaml:"why" validate:"max=400"`
	Start              calendar.Date `yaml:"start"`
	Due                calendar.Date `yaml:"due" validate:"required"`
	Priority           int           `yaml:"priority" validate:"required,min=1,max=5"` // 1 comes first
	DependsOn          []string      `yaml:"depends_on" validate:"unique,dive,required"`
	CustomerHours      int           `yaml:"customer_hours" validate:"min=0,max=10000"` // hours of the customer's people
	Cost               *money.Amount `yaml:"cost" validate:"required"`                  // equals the sum of its budget lines
	BudgetLines        []string      `yaml:"budget_lines" validate:"unique,dive,required"`
	AcceptanceCriteria []string      `yaml:"acceptance_criteria" validate:"dive,required,max=400"`
	InterimControl     *Interim      `yaml:"interim_control" validate:"omitempty"`
	Resources          string        `yaml:"resources" validate:"max=400"` // who and what is needed
	TestPlan           string        `yaml:"test_plan" validate:"max=400"` // how it is tried before it goes live
	TrainingNeeded     bool          `yaml:"training_needed"`              // users must learn something new
	Rollback           string        `yaml:"rollback" validate:"max=400"`  // the way back when it fails
	Escalation         string        `yaml:"escalation"`                   // id of the escalation that it takes when it is late
}

// Interim is a temporary measure until a commitment is fulfilled.
type Interim struct {
	Text  string        `yaml:"text" validate:"required,max=400"`
	Until calendar.Date `yaml:"until" validate:"required"`
}
