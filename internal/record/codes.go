package record

// The codes of this package's diagnostics. What is wrong with the shape of a
// record has the codes of package yamlsrc.
const (
	codeSchema     = "record-schema"             // the file does not say that it is a record
	codeAgreement  = "record-agreement"          // the record belongs to another agreement
	codeMissing    = "record-missing"            // a field that must be written is not
	codeUnknownID  = "record-unknown-id"         // an id that is not in the agreement
	codeVersion    = "record-version"            // a version that the agreement has not reached
	codeDuplicate  = "record-duplicate"          // a row that may stand once stands there twice
	codeDate       = "record-date"               // a date before what must come first
	codeEvidence   = "record-evidence"           // a commitment is done without evidence
	codeBlocked    = "record-blocked"            // a commitment is blocked without an open delay
	codePromised   = "record-promised"           // a commitment is cancelled that the agreement still promises
	codeConfirmed  = "record-confirmed"          // a commitment is confirmed that is not done
	codeUnanswered = "record-unanswered"         // a recommendation has no answer, but somebody who gave it
	codeSides      = "record-sides"              // somebody told, confirmed or decided in place of the other party
	codeDoneLate   = "record-done-late"          // warning: a commitment was done after its due date without a delay
	codeLateNotice = "record-late-notice"        // warning: an incident was told later than agreed
	codeLate       = "record-late"               // warning: a commitment is past its due date without a delay
	codeUnsigned   = "record-unsigned"           // warning: the term has begun and a signatory has not signed
	codeUnended    = "record-unended"            // warning: an acceptance has expired and nobody says what became of it
	codeFuture     = "record-future"             // warning: something is recorded that has not happened yet
	codeReview     = "record-review-overdue"     // warning: a date of a review has passed without one
	codeRestore    = "record-restore-overdue"    // warning: no restore test of a backup has passed for longer than agreed
	codeConnection = "record-connection-overdue" // warning: a connection was not checked for longer than agreed
	codeRiskReview = "record-risk-review"        // warning: nobody has looked at an accepted risk when they should have
	codeInterim    = "record-interim"            // warning: an interim control has ended before its commitment is done
	codeMilestone  = "record-milestone"          // warning: a score was to be reached, and the record does not show it
	codePlan       = "record-plan-of-action"     // warning: an item of the plan of action is not closed in time
	codeUndecided  = "record-undecided"          // warning: a recommendation waits for its answer
	codeLapsed     = "record-lapsed"             // warning: evidence, a certificate or insurance is past its last day
	codeStale      = "record-stale"              // warning: a statement, an assessment or facts of law are older than twelve months
	codeQuote      = "record-quote"              // warning: a quote has expired before its charges begin
	codeRenewal    = "record-renewal"            // warning: the end of the term is near
	codeEnded      = "record-ended"              // warning: the term is over
)
