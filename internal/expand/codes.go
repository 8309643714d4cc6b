package expand

// The codes of this package's diagnostics. Those of the first group are found
// by Compile, when a library is loaded; those of the second by Execute, with
// the values of one agreement.
const (
	codeSyntax      = "expand-syntax"           // the template cannot be parsed
	codeTooLarge    = "expand-too-large"        // the template is larger than MaxBody
	codeTooDeep     = "expand-too-deep"         // blocks or parentheses are nested deeper than MaxNesting
	codeReserved    = "expand-reserved"         // the template holds characters reserved for tokens, or is not UTF-8
	codeDefinition  = "expand-definition"       // define, template or block
	codeFunction    = "expand-unknown-function" // a function that is not on the list
	codeField       = "expand-unknown-field"    // a field that the view does not have
	codeVariable    = "expand-unknown-variable" // a variable that is not declared here
	codeMethod      = "expand-method"           // a method of a value is called
	codeUnsupported = "expand-unsupported"      // a field or literal of a type that templates cannot use
	codeType        = "expand-wrong-type"       // an operand of the wrong type
	codeCount       = "expand-wrong-count"      // too few or too many operands
	codePrint       = "expand-unprintable"      // something other than text or a whole number is printed
	codeLiteral     = "expand-literal"          // an inline or block function without a literal operand
	codePlace       = "expand-place"            // an inline or block function that does not stand alone
	codeBranch      = "expand-branch"           // a condition reads data that it must not read

	codeEmpty     = "expand-empty-value"     // an empty value is printed
	codeLineBreak = "expand-line-break"      // a value of several lines is printed
	codeCharacter = "expand-character"       // a value holds a character that no text may hold
	codeValueSize = "expand-value-size"      // a value is larger than MaxValue
	codeMissing   = "expand-missing-value"   // a field of a record that is not there
	codeCall      = "expand-function-failed" // a function refused its operands
	codeRefused   = "expand-refused"         // the template called fail
	codeSteps     = "expand-steps"           // the template works longer than MaxSteps
	codeOutput    = "expand-output-size"     // the result is larger than MaxOutput or has too many values
)
