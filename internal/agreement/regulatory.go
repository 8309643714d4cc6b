package agreement

import "concordat/internal/calendar"

// Regulatory are laws whose duties the parties take into account. Who states
// that a law applies is recorded; the program never decides it.
type Regulatory struct {
	HIPAA      *HIPAA      `yaml:"hipaa" validate:"omitempty"`
	CMMC       *CMMC       `yaml:"cmmc" validate:"omitempty"`
	PCI        *PCI        `yaml:"pci" validate:"omitempty"`
	GLBA       *GLBA       `yaml:"glba" validate:"omitempty"`
	NIS2       *NIS2       `yaml:"nis2" validate:"omitempty"`
	UKNIS      *UKNIS      `yaml:"uk_nis" validate:"omitempty"`
	PublicBody *PublicBody `yaml:"public_body" validate:"omitempty"`
	Privacy    *Privacy    `yaml:"privacy" validate:"omitempty"`
}

// statement is who stated the facts about one law, and when.
type statement struct {
	name     string // Go name of the field in Regulatory
	law      string // its key in the file
	statedBy string
	asOf     calendar.Date
}

// statements are those of all laws that are stated to apply.
func (r Regulatory) statements() []statement {
	var all []statement
	if x := r.HIPAA; x != nil {
		all = append(all, statement{"HIPAA", "hipaa", x.StatedBy, x.AsOf})
	}
	if x := r.CMMC; x != nil {
		all = append(all, statement{"CMMC", "cmmc", x.StatedBy, x.AsOf})
	}
	if x := r.PCI; x != nil {
		all = append(all, statement{"PCI", "pci", x.StatedBy, x.AsOf})
	}
	if x := r.GLBA; x != nil {
		all = append(all, statement{"GLBA", "glba", x.StatedBy, x.AsOf})
	}
	if x := r.NIS2; x != nil {
		all = append(all, statement{"NIS2", "nis2", x.StatedBy, x.AsOf})
	}
	if x := r.UKNIS; x != nil {
		all = append(all, statement{"UKNIS", "uk_nis", x.StatedBy, x.AsOf})
	}
	if x := r.PublicBody; x != nil {
		all = append(all, statement{"PublicBody", "public_body", x.StatedBy, x.AsOf})
	}
	if x := r.Privacy; x != nil {
		all = append(all, statement{"Privacy", "privacy", x.StatedBy, x.AsOf})
	}
	return all
}

// HIPAA are facts for the HIPAA rules (45 CFR parts 160 and 164).
type HIPAA struct {
	StatedBy         string        `yaml:"stated_by" validate:"required"` // id of the person of the customer who states these facts
	AsOf             calendar.Date `yaml:"as_of" validate:"required"`
	Role             string        `yaml:"role" validate:"required,oneof=covered_entity business_associate"` // of the customer
	BAA              string        `yaml:"baa" validate:"required"`                                          // id of the related document of the kind baa
	Systems          []string      `yaml:"phi_systems" validate:"unique,dive,required"`                      // ids of the critical assets that hold protected health information
	BreachNoticeDays int           `yaml:"breach_notice_days" validate:"required,min=1,max=365"`             // the provider tells of a breach within, from discovery; 45 CFR 164.410 allows 60 at most
	RiskAnalysis     calendar.Date `yaml:"risk_analysis_date"`                                               // of the last one; absent when none was made
	Commitment       string        `yaml:"risk_analysis_commitment"`                                         // id of the commitment that makes the next one
}

// CMMC are facts for the Cybersecurity Maturity Model Certification (32 CFR
// part 170).
type CMMC struct {
	StatedBy           string        `yaml:"stated_by" validate:"required"` // id of the person of the customer who states these facts
	AsOf               calendar.Date `yaml:"as_of" validate:"required"`
	Level              int           `yaml:"level" validate:"required,min=1,max=3"`
	Assessment         string        `yaml:"assessment" validate:"required,oneof=self c3pao dibcac"` // by the customer, a certified assessor, the government
	CUI                *bool         `yaml:"cui" validate:"required"`                                // controlled unclassified information is in the customer's systems
	SPD                *bool         `yaml:"spd" validate:"required"`                                // security protection data is in the provider's systems
	SSP                string        `yaml:"ssp_ref" validate:"required,max=200"`                    // the system security plan
	AffirmingOfficial  string        `yaml:"affirming_official" validate:"required"`                 // id of the person of the customer who affirms each year
	Score              *int          `yaml:"sprs_score" validate:"omitempty,min=-203,max=110"`       // at level 2, as reported
	ScoreDate          calendar.Date `yaml:"score_date"`
	Milestones         []Milestone   `yaml:"milestones" validate:"dive"`
	POAM               []POAMItem    `yaml:"poam" validate:"dive"`                             // plan of action and milestones
	Locations          []string      `yaml:"locations" validate:"unique,dive,required,max=60"` // countries in which the information may be
	ServiceDescription string        `yaml:"service_description_ref" validate:"max=200"`       // the provider's description of its services for the assessor
}

// Milestone is a score to be reached by a date.
type Milestone struct {
	By     calendar.Date `yaml:"by" validate:"required"`
	Score  *int          `yaml:"score" validate:"required,min=-203,max=110"`
	Closes []string      `yaml:"closes" validate:"required,min=1,unique,dive,required"` // controls that are met from then on
}

// POAMItem is a requirement that is not met when a conditional status is given.
type POAMItem struct {
	Control    string        `yaml:"control" validate:"required"`
	From       calendar.Date `yaml:"from" validate:"required"`     // of the conditional status
	CloseBy    calendar.Date `yaml:"close_by" validate:"required"` // 32 CFR 170.21 allows 180 days at most
	Commitment string        `yaml:"commitment"`                   // id of the commitment that closes it
}

// PCI are facts for the PCI Data Security Standard.
type PCI struct {
	StatedBy   string        `yaml:"stated_by" validate:"required"` // id of the person of the customer who states these facts
	AsOf       calendar.Date `yaml:"as_of" validate:"required"`
	Role       string        `yaml:"role" validate:"required,oneof=merchant service_provider"` // of the customer
	Validation string        `yaml:"validation" validate:"required,max=200"`                   // how it shows that it complies, such as "self-assessment questionnaire P2PE"
	AOC        string        `yaml:"aoc_ref" validate:"max=200"`                               // attestation of compliance
	Matrix     []PCIDuty     `yaml:"matrix" validate:"dive"`                                   // who manages which requirement (12.8.5)
}

// PCIDuty says who manages a requirement of the standard.
type PCIDuty struct {
	Requirement string `yaml:"requirement" validate:"required,max=20"` // number, such as "9.5"
	Owner       Party  `yaml:"owner" validate:"required,oneof=provider customer shared third_party not_applicable"`
	Note        string `yaml:"note" validate:"max=200"`
}

// GLBA are facts for the FTC Safeguards Rule (16 CFR part 314).
type GLBA struct {
	StatedBy            string        `yaml:"stated_by" validate:"required"` // id of the person of the customer who states these facts
	AsOf                calendar.Date `yaml:"as_of" validate:"required"`
	Consumers           int           `yaml:"consumers_count" validate:"required,min=1"`
	Exempt              *bool         `yaml:"exempt" validate:"required"` // claims the exemption of 16 CFR 314.6 for fewer than 5,000 consumers
	QualifiedIndividual string        `yaml:"qualified_individual" validate:"required"`
	SecurityPlan        string        `yaml:"wisp_commitment"` // id of the commitment that delivers the written information security plan
}

// NIS2 are facts for the laws that carry out Directive (EU) 2022/2555.
type NIS2 struct {
	StatedBy          string        `yaml:"stated_by" validate:"required"` // id of the person of the customer who states these facts
	AsOf              calendar.Date `yaml:"as_of" validate:"required"`
	Status            string        `yaml:"status" validate:"required,oneof=in_force pending repealed"` // of the law of the country
	CustomerClass     string        `yaml:"customer_class" validate:"required,oneof=essential important none"`
	ProviderInScope   *bool         `yaml:"provider_in_scope" validate:"required"`                 // the provider itself falls under the law
	EarlyWarningHours int           `yaml:"early_warning_hours" validate:"required,min=1,max=720"` // from awareness
	ReportHours       int           `yaml:"report_hours" validate:"required,min=1,max=720"`        // from awareness
	FinalDays         int           `yaml:"final_report_days" validate:"required,min=1,max=365"`   // from the report
}

// UKNIS are facts for the network and information systems law of the United
// Kingdom.
type UKNIS struct {
	StatedBy     string        `yaml:"stated_by" validate:"required"` // id of the person of the customer who states these facts
	AsOf         calendar.Date `yaml:"as_of" validate:"required"`
	Status       string        `yaml:"status" validate:"required,oneof=in_force pending repealed"`
	RelevantMSP  *bool         `yaml:"relevant_msp" validate:"required"` // the provider is a relevant managed service provider
	Regulator    string        `yaml:"regulator" validate:"required,max=200"`
	InitialHours int           `yaml:"initial_hours" validate:"required,min=1,max=720"` // from awareness
	FullHours    int           `yaml:"full_hours" validate:"required,min=1,max=720"`    // from awareness
}

// PublicBody are facts for laws about providers of public bodies, such as
// Louisiana R.S. 51:2111 to 2116.
type PublicBody struct {
	StatedBy      string        `yaml:"stated_by" validate:"required"` // id of the person of the customer who states these facts
	AsOf          calendar.Date `yaml:"as_of" validate:"required"`
	State         string        `yaml:"state" validate:"required,max=60"`
	Law           string        `yaml:"law" validate:"required,max=200"`
	Incorporated  *bool         `yaml:"incorporated" validate:"required"`         // the contract between the parties takes the law in
	IncidentHours int           `yaml:"incident_hours" validate:"min=0,max=8760"` // the provider reports an incident to the state within; 0 is not stated
}

// Privacy are facts for laws about personal data.
type Privacy struct {
	StatedBy     string        `yaml:"stated_by" validate:"required"` // id of the person of the customer who states these facts
	AsOf         calendar.Date `yaml:"as_of" validate:"required"`
	Laws         []string      `yaml:"laws" validate:"required,min=1,unique,dive,required,max=200"`
	ProviderRole string        `yaml:"provider_role" validate:"required,oneof=processor controller service_provider none"`
	DPA          string        `yaml:"dpa"`                                           // id of the related document of the kind dpa
	BreachHours  int           `yaml:"breach_notice_hours" validate:"min=0,max=8760"` // the provider tells of a breach of personal data within; 0 is not stated
}
