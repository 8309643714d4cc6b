package lint

// The codes of this package's diagnostics.
const (
	codeUndefinedTerm = "lint-undefined-term" // a word with a capital letter that nobody defined
	codeTermForm      = "lint-term-form"      // a form of a term that is not among its variants
	codeUnusedTerm    = "lint-unused-term"    // a term that no text uses; a warning
	codeTermOnce      = "lint-term-once"      // a term that stands in one place only; a warning
	codeCircularTerm  = "lint-circular-term"  // terms whose meanings use each other

	codeTypedNumber    = "lint-typed-number"    // the number of a part that is typed by hand
	codePosition       = "lint-position"        // "above", "below" and the like; a warning
	codeSkippedHeading = "lint-skipped-heading" // a heading more than one level below the one before
	codeLeftover       = "lint-leftover"        // what a draft leaves: TODO, [name], ____
	codeDoubleSpace    = "lint-double-space"    // two spaces inside a line; a warning

	codeUnusedParameter = "lint-unused-parameter" // a parameter that no text prints; a warning
	codeRepeatedNumber  = "lint-repeated-number"  // a number typed where a parameter holds it; a warning
	codeNeverSelected   = "lint-never-selected"   // a clause that no document can have
	codeUnusedField     = "lint-unused-field"     // fields of the view that no text prints; a warning

	codeOutsideMatrix = "lint-outside-matrix" // a sentence that says who is responsible, beside the matrix
	codeBinds         = "lint-binds"          // a clause lays a duty on a side that it does not bind; a warning
	codeOneSided      = "lint-one-sided"      // one side has more than three times the duties or remedies; a warning

	codeArchaic      = "lint-archaic"       // a word that nobody says; a warning
	codeLongSentence = "lint-long-sentence" // a sentence of more than maxWords words; a warning
	codeHard         = "lint-hard-to-read"  // an article or first page that is hard to read; a warning

	codeUnknownSource = "lint-unknown-source" // a source that has no entry
	codeUnusedSource  = "lint-unused-source"  // an entry that nothing names; a warning
	codeLink          = "lint-link"           // a link to an address that no source has

	codeStale           = "lint-stale"            // the law that it describes is that of over a year ago; a warning
	codeNoSources       = "lint-no-sources"       // it describes law and names no source; a warning
	codeNoReason        = "lint-no-reason"        // no reason for this version; a warning
	codeNoMaterial      = "lint-no-material"      // a later version that does not say whether the change is material; a warning
	codeNoDate          = "lint-no-date"          // no first day of this version; a warning
	codeConflict        = "lint-conflict"         // a clause requires what conflicts with it
	codeIdleConflict    = "lint-idle-conflict"    // two clauses conflict that never meet; a warning
	codeSuppression     = "lint-suppression"      // a code that cannot be suppressed
	codeIdleSuppression = "lint-idle-suppression" // a suppression of what is not found; a warning
)

// suppressible are the codes that a file may suppress with a reason. The others
// are of documents that could not be made.
var suppressible = []string{
	codeUndefinedTerm, codeTermForm, codeUnusedTerm, codeTermOnce, codeCircularTerm,
	codeTypedNumber, codePosition, codeSkippedHeading, codeLeftover, codeDoubleSpace,
	codeUnusedParameter, codeRepeatedNumber, codeUnusedField,
	codeOutsideMatrix, codeBinds, codeOneSided,
	codeArchaic, codeLongSentence, codeHard,
	codeUnknownSource, codeUnusedSource, codeLink,
	codeStale, codeNoSources, codeNoReason, codeNoMaterial, codeNoDate, codeIdleConflict,
}
