package agreement

import "concordat/internal/calendar"

// Party says who owns a duty. Its values are the words of the agreement file.
type Party string

const (
	Provider      Party = "provider"
	Customer      Party = "customer"
	Shared        Party = "shared"         // both, by a written split
	ThirdParty    Party = "third_party"    // a named third party
	Unassigned    Party = "unassigned"     // openly nobody's
	NotApplicable Party = "not_applicable" // for a stated reason
)

// Parties are the two bodies that sign, and third parties they depend on.
type Parties struct {
	Provider     ProviderParty `yaml:"provider" validate:"required"`
	Customer     CustomerParty `yaml:"customer" validate:"required"`
	ThirdParties []Third       `yaml:"third_parties" validate:"dive"`
}

// ProviderParty is the managed service provider.
type ProviderParty struct {
	Kind       string       `yaml:"kind" validate:"omitempty,oneof=msp mssp both"` // managed service provider, managed security service provider
	LegalName  string       `yaml:"legal_name" validate:"required,max=400"`        // exactly as registered
	ShortName  string       `yaml:"short_name" validate:"required,max=60"`
	Form       string       `yaml:"form" validate:"required,max=120"` // legal form with jurisdiction, such as "a Texas limited liability company"
	Address    string       `yaml:"address,lines" validate:"required"`
	Capability Capability   `yaml:"capability" validate:"required"`
	Baseline   *OwnBaseline `yaml:"baseline" validate:"omitempty"`
	Assurance  []Assurance  `yaml:"assurance" validate:"dive"`
	Tools      []Tool       `yaml:"tools" validate:"dive"`
}

// CustomerParty is the customer.
type CustomerParty struct {
	LegalName         string       `yaml:"legal_name" validate:"required,max=400"` // exactly as registered
	ShortName         string       `yaml:"short_name" validate:"required,max=60"`
	Form              string       `yaml:"form" validate:"required,max=120"`
	Address           string       `yaml:"address,lines" validate:"required"`
	Employees         int          `yaml:"employees" validate:"required,min=1"` // people who work there, owners included
	Sector            string       `yaml:"sector" validate:"required,max=60"`
	SensitiveData     []string     `yaml:"sensitive_data" validate:"unique,dive,oneof=phi pii pci cui fci tax privileged"`
	SecurityExecutive string       `yaml:"security_executive" validate:"required"` // id of the person who answers for security and decides
	Delegation        string       `yaml:"security_delegation" validate:"max=200"` // written delegation, where the executive does not sign
	Verification      Verification `yaml:"capability_verification" validate:"required"`
	RiskPlan          string       `yaml:"risk_plan_ref" validate:"max=200"` // the customer's own risk plan, which covers its dependence on the provider
}

// Verification is how the customer received the provider's capability statement.
type Verification struct {
	Date   calendar.Date `yaml:"date" validate:"required"`                                                     // when it was reviewed; while pending, the day by which it will be
	By     string        `yaml:"by" validate:"required"`                                                       // id of a person of the customer
	Result string        `yaml:"result" validate:"required,oneof=pending accepted accepted_with_gaps refused"` // pending: the customer has not reviewed it yet
}

// Third is a third party that one of the parties depends on.
type Third struct {
	ID       string `yaml:"id" validate:"required,id"`
	Name     string `yaml:"name" validate:"required,max=400"`
	Role     string `yaml:"role" validate:"required,max=200"`
	Owner    Party  `yaml:"owner" validate:"required,oneof=provider customer"` // who holds the contract with it
	Contract string `yaml:"contract_ref" validate:"max=200"`
	FedRAMP  string `yaml:"fedramp" validate:"omitempty,oneof=low moderate high equivalent none"` // what the contract with the customer says about a cloud service; absent is not stated
}

// Person is a person of one of the parties.
type Person struct {
	ID     string `yaml:"id" validate:"required,id"`
	Name   string `yaml:"name" validate:"required,max=200"`
	Title  string `yaml:"title" validate:"required,max=200"`
	Party  Party  `yaml:"party" validate:"required,oneof=provider customer"`
	Email  string `yaml:"email" validate:"omitempty,email"`
	Phone  string `yaml:"phone" validate:"max=40"`
	Deputy string `yaml:"deputy"` // id of the person of the same party who stands in
}

// Contact gives a person a part in daily work.
type Contact struct {
	Role   string `yaml:"role" validate:"required,oneof=primary deputy after_hours escalation_1 escalation_2 billing privacy"`
	Person string `yaml:"person" validate:"required"`
	Hours  string `yaml:"hours" validate:"required,oneof=business 24x7"`
}

// Signatory is a person who signs for that person's party.
type Signatory struct {
	Person              string `yaml:"person" validate:"required"`
	Authority           string `yaml:"authority" validate:"required,max=200"`       // on what ground the person may bind the party
	SecurityResponsible bool   `yaml:"security_responsible"`                        // answers for the security of the service
	Method              string `yaml:"method" validate:"omitempty,oneof=wet esign"` // by hand on paper, or electronically; absent is as the person likes
	Witnessed           bool   `yaml:"witnessed"`                                   // a witness sees the person sign, and signs too
}

// Governance says who decides for the customer.
type Governance struct {
	DecisionMakers    []string `yaml:"decision_makers" validate:"required,min=1,unique,dive,required"` // ids of persons of the customer
	ReservedDecisions []string `yaml:"reserved_decisions" validate:"required,min=1,unique,dive,oneof=risk_acceptance policy sanctions spending public_statement"`
}

// Notice is where a party receives formal notices.
type Notice struct {
	Party     Party  `yaml:"party" validate:"required,oneof=provider customer"`
	Attention string `yaml:"attention" validate:"required"` // id of a person of that party
	Address   string `yaml:"address,lines" validate:"required"`
	Email     string `yaml:"email" validate:"required,email"`
	Deemed    Deemed `yaml:"deemed"`
}

// Deemed is when a notice to a party counts as received.
type Deemed struct {
	PostDays int    `yaml:"post_days" validate:"min=0,max=30"`                                     // a letter counts so many days after it is posted at the latest; 0 is when it is delivered
	Email    string `yaml:"email" validate:"omitempty,oneof=next_business_day same_day confirmed"` // after it is sent, or when the receiver has confirmed it; absent is next_business_day
}
