package clause

// The codes of this package's diagnostics.
const (
	codeEncoding       = "clause-encoding"        // bytes or characters that no input file may hold
	codeTooLarge       = "clause-too-large"       // the file is larger than MaxSize
	codeFrontMatter    = "clause-front-matter"    // the front matter does not begin or does not end
	codeTemplate       = "clause-template"        // the front matter holds "{{"
	codeEmptyBody      = "clause-empty-body"      // nothing but blanks after the front matter
	codeRequired       = "clause-required-field"  // a field that must be written is missing
	codeID             = "clause-id"              // an id that is not of the form of ids, or is reserved
	codeVersion        = "clause-version"         // a version that is not of the form 1.0.0
	codeFileName       = "clause-file-name"       // the file's name is not its id, or cannot be the name of a file on every system
	codeNoLibrary      = "clause-no-library"      // the folder has no library.yaml
	codeDuplicateID    = "clause-duplicate-id"    // an id, source or variant written twice
	codeDuplicateTerm  = "clause-duplicate-term"  // two terms with one name
	codeUnlisted       = "clause-unlisted"        // a clause that stands in no article
	codeListedTwice    = "clause-listed-twice"    // a clause that stands twice in the articles
	codeUnknown        = "clause-unknown"         // an article or "requires" names a clause that does not exist
	codeRetired        = "clause-retired"         // a retired clause that is listed or required
	codeSelfRequired   = "clause-self-required"   // a clause that requires itself
	codeTooMany        = "clause-too-many"        // a folder with more than MaxFiles entries, or files of more than MaxTotal bytes
	codeLink           = "clause-link"            // a symbolic link, or a file with a second name, in the place of a file
	codeUnexpectedFile = "clause-unexpected-file" // a file that is no part of a library; a warning, or an error for a folder or device in the place of a file

	codeApproval      = "clause-approval"       // an approval without a name, day or digest, or of another status
	codeApprovalStale = "clause-approval-stale" // the words are others than those that were approved
	codeParameter     = "clause-parameter"      // a parameter that is declared wrongly
	codeReplaces      = "clause-replaces"       // a layer replaces a clause or term without saying so, or another version of it
	codeExtends       = "clause-extends"        // a layer does not say which library it extends, or says it wrongly
	codeConflicts     = "clause-conflicts"      // two clauses of one document that must not stand together

	codeConditionSyntax   = "clause-condition-syntax"   // the condition cannot be parsed
	codeConditionLong     = "clause-condition-long"     // the condition is longer than MaxCondition
	codeConditionFact     = "clause-condition-fact"     // a fact that does not exist
	codeConditionType     = "clause-condition-type"     // a number, text, or yes-or-no where another of these is needed
	codeConditionWord     = "clause-condition-word"     // a word that the fact can never be
	codeConditionPart     = "clause-condition-part"     // something that conditions do not have, such as calls and lists
	codeConditionConstant = "clause-condition-constant" // the condition asks no fact, or has the same answer for all facts

	codeRequires = "clause-requires" // a selected clause requires one that is not selected

	codeExcluded        = "clause-excluded"         // a clause of the document requires one that the agreement leaves out
	codeExcludedUnknown = "clause-excluded-unknown" // an agreement leaves out a clause that the library does not have
	codeExcludedNothing = "clause-excluded-nothing" // an agreement leaves out a clause that is no part of its document anyway; a warning
)
