package yamlsrc

// The codes of this package's diagnostics.
const (
	codeTooLarge        = "yaml-too-large"         // the text is larger than MaxSize
	codeEncoding        = "yaml-encoding"          // bytes or characters that no input file may hold
	codeSyntax          = "yaml-syntax"            // the text is not YAML
	codeEmpty           = "yaml-empty"             // the text holds no value at all
	codeDirective       = "yaml-directive"         // a line such as %YAML 1.1
	codeSecondDocument  = "yaml-second-document"   // more than one document in a text
	codeTooDeep         = "yaml-too-deep"          // more than MaxDepth mappings and lists inside each other
	codeTooManyValues   = "yaml-too-many-values"   // more than MaxNodes keys and values
	codeTooManyProblems = "yaml-too-many-problems" // the list of problems was cut
	codeAnchor          = "yaml-anchor"            // an anchor &x or an alias *x
	codeMergeKey        = "yaml-merge-key"         // the key <<
	codeTag             = "yaml-tag"               // a tag such as !!str
	codeKey             = "yaml-key"               // a key that is no name
	codeDuplicateKey    = "yaml-duplicate-key"     // a key written twice in one mapping
	codeUnknownField    = "yaml-unknown-field"     // a key that the mapping does not have
	codeKind            = "yaml-kind"              // a mapping, list or single value where another of these is expected
	codeNoValue         = "yaml-no-value"          // a key, or an entry of a list, with nothing
	codeAmbiguous       = "yaml-ambiguous"         // text without quotes that YAML can read as a number, date or the like
	codeComment         = "yaml-comment"           // a comment right after text without quotes
	codeValue           = "yaml-value"             // a value that its type cannot read
	codeLineBreak       = "yaml-line-break"        // a value with a line break it must not have
	codeCharacter       = "yaml-character"         // a character that no value may hold
	codeSpaces          = "yaml-spaces"            // warning: spaces that do not show
	codeMixedScripts    = "yaml-mixed-scripts"     // warning: letters of several scripts in one word
)
