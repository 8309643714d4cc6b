package workspace

import (
	"slices"
	"sync"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Schemas of files.
const (
	agreementSchema = "concordat/v1"
	sharedSchema    = "concordat/shared/v1"
	workspaceSchema = "concordat/workspace/v1"
)

// part is one file, parsed. It never changes once made.
type part struct {
	file    *source.File
	tree    *yamlsrc.Node // without the fields of header; nil when the file cannot be parsed
	uses    []use
	changes []change
	list    diag.List // what is wrong with the file by itself
}

// use is an entry of use:.
type use struct {
	path string // as written
	span source.Span
}

// header is what a file says about the others. The rest of it is merged.
type header struct {
	Use    []string    `yaml:"use"`    // paths of shared files from the folder of this file, merged in this order; an agreement whose shared files are named in concordat.yaml alone has [] here for editors
	Change []changeRow `yaml:"change"` // what differs from the files used, each with a reason
}

var headerShapes = sync.OnceValue(yamlsrc.ShapesOf[header])

// parseAgreement reads the text of an agreement file.
func parseAgreement(file *source.File) *part {
	tree, list := yamlsrc.Parse(file.Span(0, len(file.Text())), yamlsrc.Options{What: "agreement file"})
	if tree == nil {
		return &part{file: file, list: list}
	}
	return agreementPart(file, tree)
}

func agreementPart(file *source.File, tree *yamlsrc.Node) *part {
	p := split(file, tree, "agreement file")
	schema := tree.Field("schema")
	switch {
	case schema == nil:
	case schema.Value == sharedSchema:
		p.list.Errorf(codeSchema, schema.Span, "give the file of an agreement that uses this one", "this is a shared file, not an agreement")
	case schema.Value == workspaceSchema:
		p.list.Errorf(codeSchema, schema.Span, "give the file of an agreement", "this is a workspace file, not an agreement")
	}
	return p
}

// parseShared reads the text of a shared file.
func parseShared(file *source.File) *part {
	tree, list := yamlsrc.Parse(file.Span(0, len(file.Text())), yamlsrc.Options{What: "shared file"})
	if tree == nil {
		return &part{file: file, list: list}
	}
	return sharedPart(file, tree)
}

func sharedPart(file *source.File, tree *yamlsrc.Node) *part {
	p := split(file, tree, "shared file")
	schema, rest := cut(p.tree, "schema")
	for _, f := range schema {
		if f.Value.Kind != yamlsrc.Scalar || f.Value.Value != sharedSchema {
			p.list.Errorf(codeSchema, f.Value.Span, "", "expected the schema %q of a shared file, found %q", sharedSchema, f.Value.Span.Text())
		}
	}
	if len(schema) == 0 {
		p.list.Errorf(codeSchema, file.Span(0, 0), "begin it with \"schema: "+sharedSchema+"\"", "a used file begins with its schema")
	}
	p.tree = p.tree.WithFields(rest)
	p.checkDecisions()
	return p
}

// split takes the header off a tree.
func split(file *source.File, tree *yamlsrc.Node, what string) *part {
	own, rest := cut(tree, "use", "change")
	p := &part{file: file, tree: tree.WithFields(rest)}
	var h header
	positions, list := tree.WithFields(own).Decode(&h, yamlsrc.Options{What: what, Shapes: headerShapes()})
	p.list = list
	if list.HasErrors() {
		return p
	}
	for i, path := range h.Use {
		span, _ := positions.Value(index("Use", i))
		p.uses = append(p.uses, use{path, span})
	}
	p.readChanges(h.Change, positions)
	return p
}

// cut parts the fields of a mapping: those with one of the keys, and the others.
func cut(n *yamlsrc.Node, keys ...string) (own, rest []yamlsrc.Field) {
	for _, f := range n.Fields {
		if slices.Contains(keys, f.Key.Value) {
			own = append(own, f)
		} else {
			rest = append(rest, f)
		}
	}
	return own, rest
}
