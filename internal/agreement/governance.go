package agreement

import "concordat/internal/calendar"

// Meetings is how often the parties review progress, and who writes it down.
type Meetings struct {
	Progress string `yaml:"progress" validate:"required,oneof=weekly monthly quarterly"`
	Minutes  Party  `yaml:"minutes" validate:"required,oneof=provider customer"`
}

// ChangesTold is how early the customer tells the provider what changes at it.
type ChangesTold struct {
	JoinerHours int `yaml:"joiner_hours" validate:"min=0,max=720"` // before a new person first uses the systems; 0 is not agreed
	LeaverHours int `yaml:"leaver_hours" validate:"min=0,max=720"` // after a person who used them leaves; 0 is on the last working day at the latest
	SystemDays  int `yaml:"system_days" validate:"min=0,max=90"`   // business days before a system, a site or a kind of sensitive data is added; 0 is before it is added
}

// Training is how the customer's people learn about security.
type Training struct {
	InitialDays    int   `yaml:"initial_days" validate:"required,min=1,max=365"` // a new person is trained within, from the first day of work
	EveryMonths    int   `yaml:"every_months" validate:"required,min=1,max=36"`
	PhishingMonths int   `yaml:"phishing_months" validate:"min=0,max=36"` // longest time between two tests with made-up phishing mail; 0 is not agreed
	RunBy          Party `yaml:"run_by" validate:"required,oneof=provider customer third_party"`
	AttendanceBy   Party `yaml:"attendance_by" validate:"required,oneof=provider customer"` // who sees to it that people attend
}

// Review is a recurring review.
type Review struct {
	ID          string        `yaml:"id" validate:"required,id"`
	Kind        string        `yaml:"kind" validate:"required,oneof=security_analysis quarterly risk_register access maturity independent_test policy exercise budget"`
	EveryMonths int           `yaml:"every_months" validate:"required,min=1,max=36"`
	First       calendar.Date `yaml:"first" validate:"required"`
	Owner       string        `yaml:"owner" validate:"required"` // id of the person who convenes it
	Attendees   []string      `yaml:"attendees" validate:"unique,dive,required"`
	Last        calendar.Date `yaml:"last"` // the last one before this agreement; absent when none is known
}
