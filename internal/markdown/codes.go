package markdown

// Codes of the diagnostics of this package.
const (
	CodeHTML           = "markdown-html"            // HTML tags, comments and declarations
	CodeCode           = "markdown-code"            // code spans, indented and fenced code
	CodeFence          = "markdown-unclosed-fence"  // a code fence without end
	CodeImage          = "markdown-image"           // images
	CodeAutolink       = "markdown-autolink"        // <https://...>
	CodeLinkDefinition = "markdown-link-definition" // [label]: https://...
	CodeLinkTitle      = "markdown-link-title"      // [text](https://... "title")
	CodeLinkText       = "markdown-link-text"       // [](https://...)
	CodeLinkTarget     = "markdown-link-target"     // a destination that is not http, https, mailto or tel
	CodeLinkValue      = "markdown-link-value"      // a value or reference inside a destination
	CodeLinkReference  = "markdown-link-reference"  // a reference inside the text of a link
	CodeHeading        = "markdown-heading"         // a heading where none may stand
	CodeHeadingLevel   = "markdown-heading-level"   // a heading of level 5 or 6
	CodeUnderline      = "markdown-heading-line"    // a heading made by a line of = or - under it
	CodePageBreak      = "markdown-thematic-break"  // a thematic break in a clause
	CodeLineBreak      = "markdown-line-break"      // a line break made by two spaces
	CodeListNumber     = "markdown-list-number"     // an ordered list whose numbers are not 1, 2, 3 or all 1
	CodeListEmpty      = "markdown-list-empty"      // an item without text
	CodeTable          = "markdown-table"           // rows of different length, a table that is none
	CodeTableColumns   = "markdown-table-columns"   // more than 32 columns
	CodeNesting        = "markdown-nesting"         // more than 32 levels
	CodeTooLarge       = "markdown-too-large"       // a block over 64 KiB, a text over 1 MiB
	CodeCharacter      = "markdown-character"       // a character that no text may hold, written or as a character reference
	CodeTab            = "markdown-tab"             // a tabulator
	CodeEntity         = "markdown-entity"          // &unknown;
	CodeMark           = "markdown-stray-mark"      // * ` or ~~ that would be printed
	CodeQuote          = "markdown-quotation-mark"  // a " without partner
	CodeBlockAlone     = "markdown-block-alone"     // a schedule and the like inside other text
	CodeLines          = "markdown-value-lines"     // a value of several lines inside other text
	CodeLost           = "markdown-lost-text"       // words or values that would not stand in the document
)
