package yamlsrc

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"concordat/internal/source"
)

// Kind is what a node is. Its zero is invalid.
type Kind int

const (
	Scalar  Kind = iota + 1 // a single value
	Mapping                 // fields
	List                    // entries
)

// String names the kind for a person.
func (k Kind) String() string {
	switch k {
	case Scalar:
		return "a single value"
	case Mapping:
		return "a mapping"
	case List:
		return "a list"
	default:
		panic(fmt.Sprintf("yamlsrc: unknown kind %d", int(k)))
	}
}

// Node is a value as it is written, before it is decoded by the type of a
// field. Nodes are shared between trees and never change: who wants another
// tree makes new nodes around the old ones.
type Node struct {
	Kind   Kind
	Value  string      // of a scalar, without quotes
	Fields []Field     // of a mapping, in the order of the text; a key may be there twice
	Items  []*Node     // of a list
	Span   source.Span // of a scalar all of it with its quotes, else the first token

	style yaml.Style
	tag   string // that the YAML library gives a plain scalar
	text  *text
}

// Field is a key of a mapping and its value.
type Field struct {
	Key   *Node // a scalar
	Value *Node
}

// Field is the value of the first field of a name, or nil. It is nil for what
// is no mapping, and for a nil node.
func (n *Node) Field(name string) *Node {
	if n == nil {
		return nil
	}
	for _, f := range n.Fields {
		if f.Key.Value == name {
			return f.Value
		}
	}
	return nil
}

// IsNull reports whether a node is nothing at all, as after a bare key.
func (n *Node) IsNull() bool {
	return n.Kind == Scalar && n.style == 0 && n.Value == ""
}

// Plain is n as a scalar that says value, written without quotes at the place
// of n.
func (n *Node) Plain(value string) *Node {
	return &Node{Kind: Scalar, Value: value, Span: n.Span, text: n.text}
}

// Files are the files in which n and the values in it are written, that of n
// first.
func (n *Node) Files() []*source.File {
	files := []*source.File{n.Span.File}
	var walk func(*Node)
	walk = func(n *Node) {
		if !slices.Contains(files, n.Span.File) {
			files = append(files, n.Span.File)
		}
		for _, f := range n.Fields {
			walk(f.Value)
		}
		for _, item := range n.Items {
			walk(item)
		}
	}
	walk(n)
	return files
}

// WithFields is a mapping with other fields at the place of n.
func (n *Node) WithFields(fields []Field) *Node {
	return &Node{Kind: Mapping, Fields: fields, Span: n.Span, style: n.style, text: n.text}
}

// WithItems is a list with other entries at the place of n.
func (n *Node) WithItems(items []*Node) *Node {
	return &Node{Kind: List, Items: items, Span: n.Span, style: n.style, text: n.text}
}
