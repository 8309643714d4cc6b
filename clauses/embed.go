// Package clauses is the built-in clause library as files: one Markdown file a
// clause, one a defined term under terms/, and library.yaml, which names the
// articles and their order. It promises only that the program carries the very
// files of this folder; package clause reads and checks them.
package clauses

import "embed"

// FS holds the library with names relative to this folder: "library.yaml",
// "bkp-01.md", "terms/incident.md".
//
//go:embed *.md terms/*.md library.yaml
var FS embed.FS
