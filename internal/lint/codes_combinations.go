package lint

// The codes of what is found by trying combinations of facts. None of them can
// be suppressed: each is of a document that could not be made, or not be read.
const (
	codeBrokenReference = "lint-broken-reference" // a part is named, or a schedule printed, where the document does not have it
	codeBrokenRequires  = "lint-broken-requires"  // a clause stands without one that it requires
	codeBrokenConflict  = "lint-broken-conflict"  // two clauses stand together that must not
	codeNoMeanings      = "lint-no-meanings"      // terms are used and no clause prints their meanings
	codeEmptyPart       = "lint-empty-part"       // a heading with nothing below it
	codeSameNumber      = "lint-same-number"      // two parts have one number
	codeRefusedText     = "lint-refused-text"     // a text that cannot be printed, because a value is empty and the like
)
