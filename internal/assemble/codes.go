package assemble

// Codes of the diagnostics of this package.
const (
	codeUnknownTarget = "assemble-unknown-target" // a reference or schedule names a part that does not exist
	codeMissingTarget = "assemble-missing-target" // a reference names a part that is not in this document
	codeLayoutMissing = "assemble-layout-missing" // a layout does not print articles or signatures
	codeLayoutTwice   = "assemble-layout-twice"   // a layout prints the same part twice
	codeTermsMissing  = "assemble-terms-missing"  // defined terms are used and no clause prints their meanings

	codeLayoutOf         = "assemble-layout-of"         // a layout accompanies another than that of the whole agreement, or this one accompanies another
	codeTooMuch          = "assemble-too-much"          // the clauses take too long to fill, are too long together, or have too many problems
	codeUnknownPreset    = "assemble-unknown-preset"    // an agreement takes a preset that the library does not have
	codeUnknownParameter = "assemble-unknown-parameter" // a clause, layout or agreement names a parameter that the library does not have
	codeParameterValue   = "assemble-parameter-value"   // an agreement sets a parameter to what its clause does not allow

	codeUnapproved = "assemble-unapproved"   // a document for signature has words that nobody has approved, and nobody accepted that
	codeNotInForce = "assemble-not-in-force" // a document for signature has words that may be used only later
	codeOldLaw     = "assemble-old-law"      // a document for signature has words about law that were written over a year ago; a warning

	codeExcludedTarget = "assemble-excluded-target" // the document refers to a clause that the agreement leaves out
)
