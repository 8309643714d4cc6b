package agreement

// The codes of problems with single fields. Problems of fields together have
// the id of their rule, such as "R05"; see Rules.
const (
	codeMissing     = "agreement-missing"      // a required field is not written
	codeChoice      = "agreement-choice"       // a value is none of the words its field allows
	codeFormat      = "agreement-format"       // a value has not the form its field needs
	codeRange       = "agreement-range"        // a number, a text or a list is smaller or larger than its field allows
	codeDuplicate   = "agreement-duplicate"    // an entry that may stand once in its list stands there twice
	codeDuplicateID = "agreement-duplicate-id" // two rows of one list have the same id
	codeSuppression = "agreement-suppression"  // a suppression of what cannot be suppressed
	codeUnknownID   = "agreement-unknown-id"   // a reference to something that is not in the file or the framework
	codePrecedence  = "agreement-precedence"   // an order of documents that lacks one, or puts this agreement above liability or law

	codeUnusedSuppression = "agreement-unused-suppression" // a suppression of what is not reported
	codeTooManyProblems   = "agreement-too-many-problems"  // the list of problems was cut
)
