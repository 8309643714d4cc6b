package agreement

// Asset is a system, data set, site, device or service the customer's business
// depends on.
type Asset struct {
	ID              string   `yaml:"id" validate:"required,id"`
	Name            string   `yaml:"name" validate:"required,max=200"`
	Kind            string   `yaml:"kind" validate:"required,oneof=system data site device service"`
	Owner           string   `yaml:"owner" validate:"required"` // id of a person
	InScope         *bool    `yaml:"in_scope" validate:"required"`
	Priority        int      `yaml:"priority" validate:"required,min=1,max=5"`                                       // 1 is restored first
	RTOHours        int      `yaml:"rto_hours" validate:"min=0,max=8760"`                                            // longest time without it, in hours; 0 is not stated
	RPOHours        int      `yaml:"rpo_hours" validate:"min=0,max=8760"`                                            // longest span of lost data, in hours; 0 is not stated
	Contingency     string   `yaml:"contingency" validate:"max=400"`                                                 // how the business goes on without it
	Classification  []string `yaml:"classification" validate:"unique,dive,oneof=phi pii pci cui fci tax privileged"` // sensitive data it holds
	Impact          *Impact  `yaml:"impact" validate:"omitempty"`
	ThirdParty      string   `yaml:"third_party"`                                                             // id of the third party that runs it
	ExclusionReason string   `yaml:"exclusion_reason" validate:"required_if=InScope false,omitempty,max=400"` // why it is out of scope
}

// Impact is what the loss of an asset does to the business, each from 1
// (hardly felt) to 5 (the business cannot go on); 0 is not stated.
type Impact struct {
	Confidentiality int `yaml:"confidentiality" validate:"min=0,max=5"`
	Integrity       int `yaml:"integrity" validate:"min=0,max=5"`
	Availability    int `yaml:"availability" validate:"min=0,max=5"`
	Legal           int `yaml:"legal" validate:"min=0,max=5"`
	Financial       int `yaml:"financial" validate:"min=0,max=5"`
}

// In reports whether the asset is in scope.
func (x Asset) In() bool { return x.InScope != nil && *x.InScope }

// Service is a service of the provider's catalogue, bought or not.
type Service struct {
	ID            string   `yaml:"id" validate:"required,id"`
	Name          string   `yaml:"name" validate:"required,max=200"`
	Kind          string   `yaml:"kind" validate:"required,oneof=help_desk workstation_setup account_admin server_mgmt mail_migration remote_access os_patching third_party_patching mfa firewall network backup edr mdr siem vulnerability_mgmt external_scan awareness_training incident_response vciso compliance_support security_program ot_support physical_security"`
	Purchased     *bool    `yaml:"purchased" validate:"required"`
	Hours         string   `yaml:"hours" validate:"omitempty,oneof=business 24x7"`
	Covers        string   `yaml:"covers" validate:"max=400"`              // what is included, or, when not purchased, what the customer goes without
	ServiceLevels []string `yaml:"slas" validate:"unique,dive,required"`   // ids of the service levels that hold for it
	Assets        []string `yaml:"assets" validate:"unique,dive,required"` // ids of the critical assets it is about; none is all
	Declined      string   `yaml:"declined"`                               // id of the declined recommendation to buy it
}

// Bought reports whether the customer has purchased the service.
func (x Service) Bought() bool { return x.Purchased != nil && *x.Purchased }

// Baseline is the set of controls that must each have a responsible party.
type Baseline struct {
	Framework string      `yaml:"framework" validate:"required"` // id and version, such as "cisa-cpg-2.0"
	Exclude   []Exclusion `yaml:"exclude" validate:"dive"`
}

// Exclusion takes a control out of the baseline.
type Exclusion struct {
	Control string `yaml:"control" validate:"required"`
	Reason  string `yaml:"reason" validate:"required,max=400"`
}

// Responsibility says who does what for one control.
type Responsibility struct {
	Control        string   `yaml:"control" validate:"required"`
	Owner          Party    `yaml:"owner" validate:"required,oneof=provider customer shared third_party unassigned not_applicable"`
	Accountable    string   `yaml:"accountable"`                                 // the one person who answers for it: id of a person
	Responsible    []string `yaml:"responsible" validate:"unique,dive,required"` // who do the work: ids of persons or third parties
	Consulted      []string `yaml:"consulted" validate:"unique,dive,required"`
	Informed       []string `yaml:"informed" validate:"unique,dive,required"`
	Task           string   `yaml:"task" validate:"max=400"`                                                      // what is done, how often
	Split          []Duty   `yaml:"split" validate:"dive"`                                                        // for a shared control: who does which part
	Service        string   `yaml:"service"`                                                                      // id of the service by which the provider does it
	ThirdParty     string   `yaml:"third_party"`                                                                  // id of the third party that does it
	RiskAcceptance string   `yaml:"risk_acceptance"`                                                              // id of the acceptance that covers the gap
	Commitment     string   `yaml:"commitment"`                                                                   // id of the commitment that closes the gap
	Implementation string   `yaml:"implementation" validate:"omitempty,oneof=met partial not_met not_applicable"` // on the day of the assessment; absent is not stated
	Evidence       []string `yaml:"evidence" validate:"dive,required,max=200"`                                    // where it is shown
	Reason         string   `yaml:"reason" validate:"max=400"`
}

// Duty is one party's part of a shared control.
type Duty struct {
	Party Party  `yaml:"party" validate:"required,oneof=provider customer third_party"`
	Duty  string `yaml:"duty" validate:"required,max=400"`
}
