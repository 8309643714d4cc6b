package agreement

import "concordat/internal/calendar"

// Access is a right to reach the customer's systems, agreed before it is used.
type Access struct {
	ID             string        `yaml:"id" validate:"required,id"`
	Subcontractor  string        `yaml:"subcontractor"`                                          // id of the subcontractor whose people have it; absent for the provider's own
	Role           string        `yaml:"role" validate:"required,max=200"`                       // which people, such as "service desk technicians"
	Systems        []string      `yaml:"systems" validate:"required,min=1,unique,dive,required"` // ids of critical assets
	Rights         string        `yaml:"rights" validate:"required,oneof=read operate admin"`
	AdminGroup     *bool         `yaml:"admin_group" validate:"required"`                           // the accounts stand in the customer's administrator groups
	Named          *bool         `yaml:"named" validate:"required"`                                 // one account for each person, none shared
	MFA            string        `yaml:"mfa" validate:"required,oneof=phishing_resistant app none"` // second factor of each sign-in
	JustInTime     bool          `yaml:"just_in_time"`                                              // the right is given for each task and ends by itself
	MaxHours       int           `yaml:"max_hours" validate:"min=0,max=8760"`                       // longest time without a new approval, in hours; 0 is not limited
	ApprovedBy     string        `yaml:"approved_by" validate:"required"`                           // id of a person of the customer
	Granted        calendar.Date `yaml:"granted"`                                                   // first day; absent for the first day of the term
	Expires        calendar.Date `yaml:"expires"`                                                   // last day; absent for the last day of the term
	ReviewMonths   int           `yaml:"review_months" validate:"required,min=1,max=36"`            // longest time between two reviews
	IdleDays       int           `yaml:"disable_after_idle_days" validate:"min=0,max=365"`          // an account unused for so long is locked; 0 is not agreed
	RiskAcceptance string        `yaml:"risk_acceptance"`                                           // id of the acceptance of what is weaker than it should be
}

// Credentials says how the provider keeps keys and passwords.
type Credentials struct {
	ReuseProhibited  *bool  `yaml:"reuse_prohibited" validate:"required"`                                  // none is used for two customers
	Vault            Party  `yaml:"vault" validate:"required,oneof=provider customer shared"`              // who holds the vault
	BreakGlassHolder Party  `yaml:"break_glass_holder" validate:"required,oneof=provider customer shared"` // who holds the account that opens all when nothing else does
	RiskAcceptance   string `yaml:"risk_acceptance"`                                                       // id of the acceptance of what is weaker than it should be
}

// Connection is a path between the provider's systems and the customer's.
type Connection struct {
	ID           string        `yaml:"id" validate:"required,id"`
	From         string        `yaml:"from" validate:"required,max=200"`
	To           string        `yaml:"to" validate:"required,max=200"`
	Method       string        `yaml:"method" validate:"required,oneof=vpn ztna saas_api rmm other"`
	Dedicated    *bool         `yaml:"dedicated" validate:"required"`               // nothing else goes over it
	LimitedTo    []string      `yaml:"limited_to" validate:"dive,required,max=200"` // systems, addresses or ports it reaches
	MonitoredBy  Party         `yaml:"monitored_by" validate:"required,oneof=provider customer shared third_party"`
	LastVerified calendar.Date `yaml:"last_verified"`                                  // before signing
	VerifyMonths int           `yaml:"verify_months" validate:"required,min=1,max=36"` // longest time between two checks that it is needed and limited
}

// Segmentation says how the provider keeps its customers apart.
type Segmentation struct {
	Statement            string `yaml:"statement" validate:"required,max=600"`
	Tenants              string `yaml:"tenants" validate:"required,oneof=separate shared_logical"` // systems of their own, or parted within shared ones
	AdminDomainsSeparate *bool  `yaml:"admin_domains_separate" validate:"required"`                // no administrator account reaches two customers
}
