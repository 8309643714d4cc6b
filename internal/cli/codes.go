package cli

// The codes of this package's diagnostics.
const (
	codeRecord   = "cli-record"     // a record where an agreement is expected; a warning
	codeSameID   = "cli-same-id"    // two agreements that would write the same files
	codeLayout   = "cli-layout"     // a workspace names a layout that there is not
	codeTooLarge = "file-too-large" // a file that is too large for what it should be
	codeLargeCSV = "csv-too-large"  // a CSV file that is too large
)
