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
	what    string
	also    []string // see Options.Also
	list    diag.List
	structs map[reflect.Type]*structure
}

// structure is what the tags of a struct declare, those of its inline structs
// included.
type structure struct {
	fields  []field
	keys    []string       // of fields, in the order of the declaration
	byKey   map[string]int // into fields
	inlines []inline       // outer before inner
}

type field struct {
	name   string // in Go
	index  []int  // for reflect
	lines  bool   // a string that may hold several lines
	parent int    // the inline struct it stands in, counted from 1; 0 is none
}

type inline struct {
	name   string
	parent int
}

var (
	textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()
	nodeType        = reflect.TypeFor[*Node]()
)

func (d *decoder) structure(t reflect.Type) *structure {
	s, known := d.structs[t]
	if !known {
		s = &structure{byKey: map[string]int{}}
		s.add(t, nil, 0)
		d.structs[t] = s
	}
	return s
}

// add reads the tags of t, which stands at index in the struct.
func (s *structure) add(t reflect.Type, index []int, parent int) {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, tagged := f.Tag.Lookup("yaml")
		key, option, _ := strings.Cut(tag, ",")
		at := append(slices.Clone(index), i)
		switch {
		case !tagged || tag == "-":
		case key == "" && option == "inline" && f.Anonymous && f.IsExported() && f.Type.Kind() == reflect.Struct:
			s.inlines = append(s.inlines, inline{f.Name, parent})
			s.add(f.Type, at, len(s.inlines))
		case key != "" && f.IsExported() && (option == "" || option == "lines"):
			if _, twice := s.byKey[key]; twice {
				panic(fmt.Sprintf("yamlsrc: two fields of %s are named %q", t, key))
			}
			s.byKey[key] = len(s.fields)
			s.keys = append(s.keys, key)
			s.fields = append(s.fields, field{f.Name, at, option == "lines", parent})
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
func (d *decoder) mapping(v reflect.Value, n *Node, s slot) {
	structure := d.structure(v.Type())
	places := make([]*place, 1, 1+len(structure.inlines))
	places[0] = s.place
	for _, in := range structure.inlines {
		inner := &place{key: s.place.key, value: s.place.value}
		parent := places[in.parent]
		parent.fields = append(parent.fields, namedPlace{in.name, inner, true})
		places = append(places, inner)
	}
	seen := make([]source.Span, len(structure.fields))
	var unknown map[string]source.Span
	for _, at := range n.Fields {
		key, value := at.Key, at.Value
		span := key.Span
		index, known := structure.byKey[key.Value]
		first := unknown[key.Value]
		if known {
			first = seen[index]
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
		seen[index] = span
		f := structure.fields[index]
		p := &place{key: span, value: span}
		parent := places[f.parent]
		parent.fields = append(parent.fields, namedPlace{f.name, p, false})
		if value.Kind == Scalar && !value.IsNull() {
			p.value = value.Span
		}
		d.value(v.FieldByIndex(f.index), value, slot{name: key.Value, place: p, lines: f.lines})
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

// value decodes a node by the type of v.
func (d *decoder) value(v reflect.Value, n *Node, s slot) {
	if n.IsNull() {
		d.noValue(n, s)
		return
	}
	if v.Type() == nodeType {
		v.Set(reflect.ValueOf(n))
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Elem(), n, s)
		return
	}
	if v.Addr().Type().Implements(textUnmarshaler) {
		if d.expect(Scalar, n, s) {
			d.unmarshal(v.Addr().Interface().(encoding.TextUnmarshaler), n, s)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if d.expect(Mapping, n, s) {
			d.mapping(v, n, s)
		}
	case reflect.Slice:
		if d.expect(List, n, s) {
			d.entries(v, n, s)
		}
	case reflect.String:
		if d.expect(Scalar, n, s) && d.checkText(n, s) {
			v.SetString(n.Value)
		}
	case reflect.Bool:
		if d.expect(Scalar, n, s) {
			d.boolean(v, n, s)
		}
	case reflect.Int:
		if d.expect(Scalar, n, s) {
			d.integer(v, n, s)
		}
	default:
		panic(fmt.Sprintf("yamlsrc: cannot decode into %s", v.Type()))
	}
}

func (d *decoder) entries(v reflect.Value, n *Node, s slot) {
	v.Set(reflect.MakeSlice(v.Type(), len(n.Items), len(n.Items)))
	s.place.items = make([]*place, len(n.Items))
	name := s.String()
	for i, entry := range n.Items {
		p := &place{value: entry.Span}
		s.place.items[i] = p
		d.value(v.Index(i), entry, slot{name: name, entry: i + 1, place: p, lines: s.lines})
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
