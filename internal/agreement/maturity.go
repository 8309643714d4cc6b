package agreement

import "concordat/internal/calendar"

// Maturity is where the customer stands and where it commits to be. Its
// framework need not be the baseline's.
type Maturity struct {
	Framework    string     `yaml:"framework" validate:"required"`
	Scale        string     `yaml:"scale" validate:"required,oneof=implementation-1-4 capability-0-5 csf-tier-1-4 c2m2-mil-0-3"`
	LowThreshold Level      `yaml:"low_threshold" validate:"required"` // an overall score below it counts as low maturity
	Assessment   Assessment `yaml:"assessment" validate:"required"`
	Scores       []Score    `yaml:"scores" validate:"required,min=1,dive"`
	Remedies     []string   `yaml:"remedies" validate:"unique,dive,oneof=new_plan higher_fee restricted_service end_of_service"` // what the provider may propose when targets are missed
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
	Item       string   `yaml:"item" validate:"required"` // function or category of the framework, or id of a control
	Current    Level    `yaml:"current" validate:"required"`
	Targets    []Target `yaml:"targets" validate:"required,min=1,dive"`
	Confidence string   `yaml:"confidence" validate:"omitempty,oneof=low medium high"` // how sure the assessor is of the current level
	Evidence   string   `yaml:"evidence_ref" validate:"max=200"`
}

// Target is a level to be reached by a date.
type Target struct {
	By    calendar.Date `yaml:"by" validate:"required"`
	Level Level         `yaml:"level" validate:"required"`
}
