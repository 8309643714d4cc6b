package workspace

// The codes of this package's diagnostics.
const (
	codePath          = "use-path"           // an entry of use: that is no path of a YAML file
	codeMissing       = "use-missing"        // a used file does not exist
	codeOutside       = "use-outside"        // a used file lies outside of the workspace
	codeUnreadable    = "use-unreadable"     // a used file is a folder, pipe or device, too large, or may not be read
	codeCycle         = "use-cycle"          // a file uses itself, directly or through others
	codeTooMany       = "use-too-many"       // an agreement uses more than maxFiles files, or maxTotal bytes
	codeSchema        = "use-schema"         // a used file is not a shared file, or a shared file stands in place of an agreement
	codeDecision      = "use-decision"       // a shared file holds what only a customer decides
	codeConflict      = "use-conflict"       // two files say something about the same thing
	codeChange        = "use-change"         // a change that is not written as one
	codeChangeUnknown = "use-change-unknown" // a change of what no used file has
	codeChangeNothing = "use-change-nothing" // a change to what is there already
	codeRelative      = "use-relative-date"  // a relative date in the agreement's own file, or without a term to count from

	codeLibrary = "use-library" // the folder of a customer's own clauses is none, or cannot be read

	codeWorkspaceFile   = "workspace-file"   // a concordat.yaml that cannot be read
	codeWorkspaceSchema = "workspace-schema" // a concordat.yaml that does not begin with its schema
	codeWorkspacePath   = "workspace-path"   // a path in concordat.yaml that leads nowhere or out of its folder

	codeLock = "workspace-lock" // a concordat.lock that cannot be read

	codeLeftOut = "workspace-left-out" // a file in a folder of agreements that does not say what it is, or says what nobody knows

	codeBook            = "price-book"             // a price book that lacks something
	codeExpired         = "price-book-expired"     // the price book ended before the agreement begins
	codeEarly           = "price-book-early"       // the prices are not in force when the agreement begins
	codeCurrency        = "price-currency"         // the price book is in another currency than the budget
	codeQuantity        = "price-quantity"         // a quantity that lacks something
	codeCharge          = "price-charge"           // a charge that refers to a price and says one itself, or not how many
	codeUnknownPrice    = "price-unknown"          // a charge refers to a price that the price book does not have
	codeUnknownQuantity = "price-unknown-quantity" // a charge refers to a quantity that the agreement does not have
)
