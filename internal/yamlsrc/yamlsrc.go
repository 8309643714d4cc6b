// Package yamlsrc reads YAML text strictly into Go structs and remembers where
// each value was written.
//
// It is for the packages whose input a person writes as YAML: agreements,
// records, the front matter of clauses, layouts. They declare structs; this
// package fills them by the type of each field, never by what YAML guesses a
// scalar to be, and reports every problem at its place.
//
// It keeps three promises. A value is decoded exactly as it was written or
// refused: nothing is trimmed, converted, defaulted or normalised. Every
// recorded span lies inside its file. No input makes it panic or hang; files
// that could (aliases, depth, size) are refused.
//
// # Targets
//
// A target is a pointer to a zero struct. Fields are named by their tag
// `yaml:"name"`; a field tagged `yaml:"-"` or without a name is left alone, an
// embedded struct tagged `yaml:",inline"` has its fields in the same mapping.
// A field is a struct, a slice, a string, a bool, an int, a type whose pointer
// implements encoding.TextUnmarshaler, or a pointer to one of these, which
// stays nil when the key is absent; a *Node takes the value as it is written.
// A string holds one line, or several when tagged `yaml:"name,lines"`. No field
// is required here. No two fields of one mapping, inline ones included, have the
// same key or the same name in Go.
//
// A TextUnmarshaler reads plain and quoted scalars alike. When its error has a
// method Hint() string, the diagnostic carries that hint.
package yamlsrc

import (
	"fmt"
	"reflect"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// Limits of one text. They are far above what a person writes.
const (
	MaxSize  = 256 * 1024 // bytes
	MaxDepth = 32         // mappings and lists inside each other
	MaxNodes = 20_000     // keys, values, mappings and lists

	maxProblems = 500 // diagnostics of one text
)

// Options of one Decode.
type Options struct {
	What string   // what the whole text is called in messages, such as "agreement"; empty is "file"
	Also []string // keys of the whole mapping that are read elsewhere, for hints about misspelled ones

	// Shapes are those of the target, for whoever decodes many texts into targets of
	// one type. Without them Decode reads the tags of the target each time.
	Shapes *Shapes
}

// Decode reads the YAML text of span, a whole file or a part that begins at
// the start of a line, into dst, a pointer to a zero struct. It reports the
// problems of the whole text, sorted by place. The Positions are never nil;
// when the list has errors they and dst hold what could be read, and dst must
// not be used as input of anything but further checks. Decode panics when dst
// is no such target.
func Decode(span source.Span, dst any, opts Options) (*Positions, diag.List) {
	checkTarget(dst)
	root, list := Parse(span, opts)
	if root == nil {
		return &Positions{root: &place{value: span.File.Span(span.Start, span.Start)}}, list
	}
	return root.Decode(dst, opts)
}

// Parse reads the YAML text of span, a whole file or a part that begins at the
// start of a line, as a tree. It reports the problems of the text as YAML,
// sorted by place; those of types are found by Node.Decode. With a problem
// there is no tree.
func Parse(span source.Span, opts Options) (*Node, diag.List) {
	p := &parser{text: newText(span), what: opts.what()}
	root := p.parse()
	return root, limit(p.list)
}

// Decode reads a mapping into dst, as the function Decode reads a text. The
// nodes may come from several files.
func (n *Node) Decode(dst any, opts Options) (*Positions, diag.List) {
	target := checkTarget(dst)
	if n.Kind != Mapping {
		panic("yamlsrc: " + n.Kind.String() + " is decoded as a mapping")
	}
	shapes := opts.Shapes
	if shapes == nil {
		shapes = shapesOf(target.Type())
	}
	if shapes.root.t != target.Type() {
		panic(fmt.Sprintf("yamlsrc: the shapes of %s are given for a target of %s", shapes.root.t, target.Type()))
	}
	d := &decoder{what: opts.what(), also: opts.Also}
	positions := &Positions{root: &place{value: n.text.span(0, 0)}}
	d.mapping(target, shapes.root.structure, n, slot{name: d.what, place: positions.root})
	return positions, limit(d.list)
}

func checkTarget(dst any) reflect.Value {
	target := reflect.ValueOf(dst)
	if target.Kind() != reflect.Pointer || target.IsNil() || target.Elem().Kind() != reflect.Struct {
		panic("yamlsrc: the target of Decode is not a pointer to a struct")
	}
	return target.Elem()
}

func (o Options) what() string {
	if o.What == "" {
		return "file"
	}
	return o.What
}

// limit is a list in order, cut where nobody would read on.
func limit(list diag.List) diag.List {
	list = list.Sorted()
	if len(list) > maxProblems {
		last := list[maxProblems-1].Span
		list = list[:maxProblems]
		list.Errorf(codeTooManyProblems, last, "correct these first", "more than %d problems; the rest is not shown", maxProblems)
	}
	return list
}
