// Package templates is the built-in document layouts as files: Markdown
// templates that say which parts a document has and in which order. It
// promises only that the program carries the very files of this folder.
package templates

import "embed"

// FS holds the layouts with names relative to this folder:
// "cyber-constitution.md".
//
//go:embed *.md
var FS embed.FS
