package framework

// The codes of this package's diagnostics: first those of framework files, then
// those of OSCAL files.
const (
	codeField       = "framework-field"        // a field is missing or has no valid form
	codeCount       = "framework-count"        // the number of items is not the stated one
	codeDuplicateID = "framework-duplicate-id" // two entries of a framework have one id
	codeGroup       = "framework-group"        // an item in no known group, or a group without items
	codeWeight      = "framework-weight"       // weights that make no score
	codeKnownID     = "framework-known-id"     // another framework has the id

	codeFormat           = "oscal-format"             // the file is not JSON
	codeKind             = "oscal-kind"               // the file is OSCAL of another kind, or none
	codeShape            = "oscal-shape"              // a part of the catalog is missing or of the wrong type
	codeOSCALDuplicateID = "oscal-duplicate-id"       // two controls or groups of a catalog have one id
	codeTooLarge         = "oscal-too-large"          // the catalog has more controls than an agreement can assign
	codeUnmarked         = "oscal-unmarked-withdrawn" // warning: a catalog lists withdrawn controls as if in force
)
