// Package schema has the JSON Schemas of the files that people write, for
// editors: what a file may hold, with the words that explain each field.
//
// It is for the command that prints a schema. It keeps one promise: on what a
// JSON Schema can say, the schema and the reader of a file come to the same
// verdict. The schemas are made by the tests of this package from the structs,
// tags and comments by which the files are read, and embedded as they stand in
// the repository; run the tests with -update after a change of a struct.
//
// What a schema cannot say, the check says: whether rows refer to rows that
// exist, whether sums and dates agree, how a number or text is quoted.
package schema

import (
	"embed"
	"fmt"
	"slices"
)

// Kind is a kind of file that has a schema. Its zero is invalid.
type Kind string

const (
	Agreement Kind = "agreement" // the file of one customer
	Shared    Kind = "shared"    // a file that agreements use: of the provider, a package, a preset
	Record    Kind = "record"    // what happened after an agreement was written
	Workspace Kind = "workspace" // concordat.yaml
)

//go:embed *.schema.json
var files embed.FS

// Kinds are all kinds, that of an agreement first.
func Kinds() []Kind { return []Kind{Agreement, Shared, Record, Workspace} }

// Parse is the kind with a name, such as "agreement".
func Parse(name string) (Kind, bool) {
	return Kind(name), slices.Contains(Kinds(), Kind(name))
}

// FileName is the name under which the schema stands beside the files that it
// describes, such as "agreement.schema.json".
func (k Kind) FileName() string { return string(k) + ".schema.json" }

// JSON is the schema of a kind, draft-07, indented, with a line feed at its
// end. It panics when there is no such kind.
func JSON(k Kind) []byte {
	text, err := files.ReadFile(k.FileName())
	if err != nil {
		panic(fmt.Sprintf("schema: no kind %q", string(k)))
	}
	return text
}
