package lock

// The codes of this package's diagnostics.
const (
	codeSchema  = "lock-schema"  // a concordat.lock that does not begin with a schema that is known
	codeDamaged = "lock-damaged" // a concordat.lock that has changed since it was written
	codeName    = "lock-name"    // a file in a concordat.lock with a name that none has, or twice
	codeMissing = "lock-missing" // a concordat.lock without library.yaml or the layout of the whole agreement

	codeBehind  = "lock-behind"         // the program has other built-in words than the lock; a warning
	codePrinted = "lock-schedule-words" // the program prints other words of its own than when the lock was written; a warning in drafts
)
