package agreement

import "concordat/internal/calendar"

// Capability is the provider's own statement of what it can do in security.
type Capability struct {
	Tier           string          `yaml:"tier" validate:"required,oneof=minimal some comprehensive"`
	Date           calendar.Date   `yaml:"date" validate:"required"`
	Summary        string          `yaml:"summary" validate:"required"`
	NotOffered     []string        `yaml:"not_offered" validate:"dive,required"` // what the customer must look for elsewhere
	Certifications []Certification `yaml:"certifications" validate:"dive"`
	Staff          []string        `yaml:"staff" validate:"dive,required,max=200"`      // qualifications of the people who do the work
	References     []string        `yaml:"references" validate:"dive,required,max=200"` // customers who may be asked
	Answers        []Answer        `yaml:"answers" validate:"dive"`                     // to questions the customer asked
}

// Certification is a certificate that the provider holds.
type Certification struct {
	Name    string        `yaml:"name" validate:"required,max=200"`
	Scope   string        `yaml:"scope" validate:"max=200"` // which people, services or sites it covers
	Expires calendar.Date `yaml:"expires"`                  // last day; absent when it does not expire
}

// Answer is the provider's answer to a question of the customer.
type Answer struct {
	Question string `yaml:"question" validate:"required,max=400"`
	Answer   string `yaml:"answer" validate:"required,max=600"`
}

// OwnBaseline is what the provider does for its own security.
type OwnBaseline struct {
	Framework string `yaml:"framework" validate:"required"` // id and version, such as "cisa-cpg-2.0"
	Statement string `yaml:"statement" validate:"required,max=600"`
}

// Assurance is evidence about the provider that somebody else gave, or that
// the provider shows on request.
type Assurance struct {
	ID      string        `yaml:"id" validate:"required,id"`
	Kind    string        `yaml:"kind" validate:"required,oneof=soc2 iso27001 trustmark audit financial insurance other"`
	Ref     string        `yaml:"ref" validate:"required,max=200"`
	Issued  calendar.Date `yaml:"issued"`
	Expires calendar.Date `yaml:"expires"` // last day; absent when it does not expire
}

// Tool is a program by which the provider reaches the customer's systems.
type Tool struct {
	ID            string `yaml:"id" validate:"required,id"`
	Name          string `yaml:"name" validate:"required,max=200"`
	Kind          string `yaml:"kind" validate:"required,oneof=rmm psa backup edr remote vault delegated_app other"`
	MFA           *bool  `yaml:"mfa" validate:"required"`                                        // each sign-in to it needs a second factor
	AdminExposure string `yaml:"admin_exposure" validate:"required,oneof=internal vpn internet"` // from where its administration can be reached
	AllowList     bool   `yaml:"allow_list"`                                                     // its traffic is limited to known addresses
	Rights        string `yaml:"rights" validate:"max=200"`                                      // what it may do in the customer's systems
	Scope         string `yaml:"scope" validate:"max=200"`                                       // which tenants, devices or accounts it reaches
}
