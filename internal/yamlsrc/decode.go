package yamlsrc

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// decoder is the state of one Decode.
type decoder struct {
	what   string
	also   []string // see Options.Also
	list   diag.List
	places []place  // room for those to come
	fields []*place // likewise
}

// Shapes is what the tags of a target and of all structs in it declare. It never
// changes and may be used by several goroutines.
type Shapes struct{ root *shape }

// ShapesOf reads the tags of T, a struct, for Options.Shapes. It panics when T is no
// target.
func ShapesOf[T any]() *Shapes { return shapesOf(reflect.TypeFor[T]()) }

func shapesOf(t reflect.Type) *Shapes { return &Shapes{shapes{}.of(t)} }

// shapes are those of the types seen so far.
type shapes map[reflect.Type]*shape

// form is how a value is decoded.
type form int

const (
	formStruct  form = iota + 1
	formNode         // *Node
	formPointer      // to another shape
	formText         // a type that reads its own text
	formSlice
	formString
	formBool
	formInt
	formUnknown // no value can be decoded into it
)

// shape is how values of a type are decoded.
type shape struct {
	t         reflect.Type
	form      form
	of        *shape     // what a pointer leads to, and what a slice has
	structure *structure // of a struct
}

func (all shapes) of(t reflect.Type) *shape {
	if s, known := all[t]; known {
		return s
	}
	s := &shape{t: t}
	all[t] = s
	switch {
	case t == nodeType:
		s.form = formNode
	case t.Kind() == reflect.Pointer:
		s.form, s.of = formPointer, all.of(t.Elem())
	case reflect.PointerTo(t).Implements(textUnmarshaler):
		s.form = formText
	case t.Kind() == reflect.Struct:
		s.form, s.structure = formStruct, &structure{}
		s.structure.add(t, nil)
		for i := range s.structure.fields {
			f := &s.structure.fields[i]
			f.shape = all.of(t.FieldByIndex(f.index).Type)
		}
	case t.Kind() == reflect.Slice:
		s.form, s.of = formSlice, all.of(t.Elem())
	case t.Kind() == reflect.String:
		s.form = formString
	case t.Kind() == reflect.Bool:
		s.form = formBool
	case t.Kind() == reflect.Int:
		s.form = formInt
	default:
		s.form = formUnknown
	}
	return s
}

// structure is what the tags of a struct declare, those of its inline structs
// included.
type structure struct {
	fields  []field  // in the order of the declaration
	keys    []string // of fields; few enough to look for one
	names   []string // of fields, in Go
	inlines []string // the names of inline structs in Go
}

type field struct {
	index []int // for reflect
	lines bool  // a string that may hold several lines
	shape *shape
}

var (
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	nodeType        = reflect.TypeFor[*Node]()
)

// add reads the tags of t, which stands at index in the struct.
func (s *structure) add(t reflect.Type, index []int) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("yaml")
		key, option, _ := strings.Cut(tag, ",")
		at := append(slices.Clone(index), i)
		switch {
		case !tagged || tag == "-":
		case key == "" && option == "inline" && f.Anonymous && f.IsExported() && f.Type.Kind() == reflect.Struct:
			s.inlines = append(s.inlines, f.Name)
			s.add(f.Type, at)
		case key != "" && f.IsExported() && (option == "" || option == "lines"):
			if slices.Contains(s.keys, key) || slices.Contains(s.names, f.Name) {
				panic(fmt.Sprintf("yamlsrc: two fields of %s are named %q or %s", t, key, f.Name))
			}
			s.names = append(s.names, f.Name)
			s.keys = append(s.keys, key)
			s.fields = append(s.fields, field{at, option == "lines", nil})
		default:
			panic(fmt.Sprintf("yamlsrc: cannot decode field %s of %s with tag %q", f.Name, t, tag))
		}
	}
}

// slot is what is known about a value besides its node.
type slot struct {
	name  string // what messages call it, such as its key
	entry int    // above 0: it is that entry of the list called name
	place *place
	lines bool
}

// String is what messages call the value: "contacts" or "entry 2 of contacts".
func (s slot) String() string {
	if s.entry > 0 {
		return fmt.Sprintf("entry %d of %s", s.entry, s.name)
	}
	return s.name
}

// mapping decodes a node that is a mapping.
func (d *decoder) mapping(v reflect.Value, structure *structure, n *Node, s slot) {
	fields := take(&d.fields, len(structure.fields))
	s.place.structure, s.place.fields = structure, fields
	var unknown map[string]source.Span
	for _, at := range n.Fields {
		key, value := at.Key, at.Value
		span := key.Span
		index := slices.Index(structure.keys, key.Value)
		known := index >= 0
		first := unknown[key.Value]
		if known && fields[index] != nil {
			first = fields[index].key
		}
		switch {
		case !first.IsZero():
			d.list.Errorf(codeDuplicateKey, span, "keep one of them", "%s is written twice in %s", clip(key.Value), s)
			last := &d.list[len(d.list)-1]
			last.Notes = append(last.Notes, diag.Note{Span: first, Message: "first written here"})
			continue
		case !known:
			if unknown == nil {
				unknown = map[string]source.Span{}
			}
			unknown[key.Value] = span
			if key.style == 0 && guess(key) != "" {
				d.list.Errorf(codeKey, span, "write the name of a field", "expected a name as key in %s; %s without quotes can be read as %s", s, key.Value, guess(key))
				continue
			}
			known := structure.keys
			if s.place.key.IsZero() && s.entry == 0 {
				known = slices.Concat(known, d.also)
			}
			hint := ""
			if len(d.list) < maxProblems { // the others are not shown
				hint = unknownHint(key.Value, known)
			}
			d.list.Errorf(codeUnknownField, span, hint, "unknown field %s in %s", clip(key.Value), s)
			continue
		}
		f := &structure.fields[index]
		p := &take(&d.places, 1)[0]
		p.key, p.value, fields[index] = span, span, p
		if value.Kind == Scalar && !value.IsNull() {
			p.value = value.Span
		}
		field := v
		for _, i := range f.index {
			field = field.Field(i)
		}
		d.value(field, f.shape, value, slot{name: key.Value, place: p, lines: f.lines})
	}
}

func unknownHint(key string, known []string) string {
	if near := diag.Nearest(key, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	const most = 16
	if len(known) > most {
		return "known fields are " + strings.Join(known[:most], ", ") + " and others"
	}
	return "known fields are " + strings.Join(known, ", ")
}

// value decodes a node by the shape of v.
func (d *decoder) value(v reflect.Value, shape *shape, n *Node, s slot) {
	if n.IsNull() {
		d.noValue(n, s)
		return
	}
	switch shape.form {
	case formNode:
		v.Set(reflect.ValueOf(n))
	case formPointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Elem(), shape.of, n, s)
	case formText:
		if d.expect(Scalar, n, s) {
			d.unmarshal(v.Addr().Interface().(encoding.TextUnmarshaler), n, s)
		}
	case formStruct:
		if d.expect(Mapping, n, s) {
			d.mapping(v, shape.structure, n, s)
		}
	case formSlice:
		if d.expect(List, n, s) {
			d.entries(v, shape.of, n, s)
		}
	case formString:
		if d.expect(Scalar, n, s) && d.checkText(n, s) {
			v.SetString(n.Value)
		}
	case formBool:
		if d.expect(Scalar, n, s) {
			d.boolean(v, n, s)
		}
	case formInt:
		if d.expect(Scalar, n, s) {
			d.integer(v, n, s)
		}
	default:
		panic(fmt.Sprintf("yamlsrc: cannot decode into %s", v.Type()))
	}
}

func (d *decoder) entries(v reflect.Value, shape *shape, n *Node, s slot) {
	v.Set(reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items)))
	s.place.items = take(&d.places, len(n.Items))
	name := s.String()
	for i, entry := range n.Items {
		p := &s.place.items[i]
		p.value = entry.Span
		d.value(v.Index(i), shape, entry, slot{name: name, entry: i + 1, place: p, lines: s.lines})
	}
}

// expect reports a node of another kind.
func (d *decoder) expect(kind Kind, n *Node, s slot) bool {
	if n.Kind == kind {
		return true
	}
	expected, hint := "", ""
	switch kind {
	case Mapping:
		expected, hint = "a mapping", fmt.Sprintf("write the fields of %s below it, indented, each as \"name: value\"", s)
	case List:
		expected, hint = "a list", fmt.Sprintf("write the entries of %s below it, each after \"- \"", s)
	case Scalar:
		expected, hint = "a single value", "write the value on the line of its key"
		switch {
		case n.style&yaml.FlowStyle != 0:
			hint = "put a value that begins with a bracket in quotes"
		case s.place.key.IsZero():
			hint = "put a value that holds \": \" in quotes"
		}
	default:
		panic(fmt.Sprintf("yamlsrc: no value is expected to be of kind %d", kind))
	}
	d.list.Errorf(codeKind, s.place.value, hint, "%s: expected %s, found %s", s, expected, n.Kind)
	return false
}
