package agreement

// Backup is how an asset is backed up.
type Backup struct {
	ID                string `yaml:"id" validate:"required,id"`
	Asset             string `yaml:"asset" validate:"required"`                                 // id of a critical asset
	EveryHours        int    `yaml:"every_hours" validate:"required,min=1,max=8760"`            // longest time between two backups
	Offsite           *bool  `yaml:"offsite" validate:"required"`                               // a copy is kept at another place
	Isolated          string `yaml:"isolated" validate:"required,oneof=immutable offline none"` // the copy an intruder cannot change
	Encrypted         *bool  `yaml:"encrypted" validate:"required"`
	KeyHolder         Party  `yaml:"key_holder" validate:"required,oneof=provider customer shared"`
	RestoreTestMonths int    `yaml:"restore_test_months" validate:"required,min=1,max=60"` // longest time between two restore tests
	IncludesLogs      bool   `yaml:"includes_logs"`                                        // network and system logs are backed up with it
}

// Continuity is how the business goes on when systems or the provider fail.
type Continuity struct {
	Plan           string   `yaml:"plan_ref" validate:"max=200"`                // the continuity plan
	Suppliers      []string `yaml:"suppliers" validate:"dive,required,max=200"` // key suppliers that the plan counts in
	ManualPatching string   `yaml:"manual_patch_procedure" validate:"max=400"`  // how systems are patched while the provider's tools are down
	ExerciseMonths int      `yaml:"exercise_months" validate:"min=0,max=60"`    // longest time between two exercises; 0 is not stated
}

// Log is one source of logs.
type Log struct {
	ID              string `yaml:"id" validate:"required,id"`
	Source          string `yaml:"source" validate:"required,max=200"` // what is logged, such as "sign-ins to mail and files"
	RetentionDays   int    `yaml:"retention_days" validate:"required,min=1,max=36500"`
	CustomerVisible *bool  `yaml:"customer_visible" validate:"required"`                                        // the customer can read it, the provider's own actions included
	ValidatedBy     Party  `yaml:"validated_by" validate:"required,oneof=provider customer shared third_party"` // who looks through it
	Offsite         *bool  `yaml:"offsite" validate:"required"`                                                 // a copy is kept at another place
	CustomerCopy    bool   `yaml:"customer_copy"`                                                               // the customer receives a copy
}
