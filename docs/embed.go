// Package docs has the pages that the program itself quotes.
package docs

import _ "embed"

// Checks is checks.md: an entry for each code of a diagnostic, under a heading
// of the third level that is the code.
//
//go:embed checks.md
var Checks string
