package yamlsrc

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v4"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// decoder is the state of one Decode.
type decoder struct {
	text    *text
	what    string
	list    diag.List
	structs map[reflect.Type][]field
}

// field is one field of a struct as its tag declares it.
type field struct {
	key    string // empty for an inline struct
	name   string // in Go
	index  int
	lines  bool // a string that may hold several lines
	inline []field
}

var textUnmarshaler = reflect.TypeFor[encoding.TextUnmarshaler]()

// fields reads the tags of a struct type.
func (d *decoder) fields(t reflect.Type) []field {
	if fields, ok := d.structs[t]; ok {
		return fields
	}
	var fields []field
	for i := range t.NumField() {
		f := t.Field(i)
		tag, ok := f.Tag.Lookup("yaml")
		key, option, _ := strings.Cut(tag, ",")
		switch {
		case !ok || tag == "-":
		case key == "" && option == "inline" && f.Anonymous && f.Type.Kind() == reflect.Struct:
			fields = append(fields, field{name: f.Name, index: i, inline: d.fields(f.Type)})
		case key != "" && f.IsExported() && (option == "" || option == "lines"):
			fields = append(fields, field{key: key, name: f.Name, index: i, lines: option == "lines"})
		default:
			panic(fmt.Sprintf("yamlsrc: cannot decode field %s of %s with tag %q", f.Name, t, tag))
		}
	}
	d.structs[t] = fields
	return fields
}

// target is a field of a mapping that is being decoded: where its value goes
// and where its place is recorded.
type target struct {
	field  field
	value  reflect.Value
	parent *place
}

// targets adds the fields of a struct, those of inline structs among them, to
// byKey, and their places to at.
func targets(v reflect.Value, fields []field, at *place, byKey map[string]target, keys []string) []string {
	for _, f := range fields {
		if f.inline != nil {
			inner := &place{key: at.key, value: at.value}
			at.fields = append(at.fields, namedPlace{f.name, inner, true})
			keys = targets(v.Field(f.index), f.inline, inner, byKey, keys)
			continue
		}
		if _, twice := byKey[f.key]; twice {
			panic(fmt.Sprintf("yamlsrc: two fields of %s are named %q", v.Type(), f.key))
		}
		byKey[f.key] = target{f, v.Field(f.index), at}
		keys = append(keys, f.key)
	}
	return keys
}

// mapping decodes a node that is a mapping. name is what messages call it.
func (d *decoder) mapping(v reflect.Value, n *yaml.Node, name string, at *place) {
	byKey := make(map[string]target)
	keys := targets(v, d.fields(v.Type()), at, byKey, nil)
	seen := make(map[string]source.Span, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		span := d.text.scalar(key)
		if first, twice := seen[key.Value]; twice {
			d.list.Errorf(codeDuplicateKey, span, "keep one of them", "%s is written twice in %s", clip(key.Value), name)
			last := &d.list[len(d.list)-1]
			last.Notes = append(last.Notes, diag.Note{Span: first, Message: "first written here"})
			continue
		}
		seen[key.Value] = span
		t, known := byKey[key.Value]
		if !known {
			d.list.Errorf(codeUnknownField, span, unknownHint(key.Value, keys), "unknown field %s in %s", clip(key.Value), name)
			continue
		}
		p := &place{key: span, value: span}
		t.parent.fields = append(t.parent.fields, namedPlace{t.field.name, p, false})
		if value.Kind == yaml.ScalarNode && !isNull(value) {
			p.value = d.text.scalar(value)
		}
		d.value(t.value, value, slot{name: key.Value, place: p, lines: t.field.lines})
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

// slot is what is known about a value besides its node.
type slot struct {
	name  string // what messages call it: its key, or "entry 2 of contacts"
	place *place
	lines bool
}

// value decodes a node by the type of v.
func (d *decoder) value(v reflect.Value, n *yaml.Node, s slot) {
	if isNull(n) {
		d.noValue(s)
		return
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		d.value(v.Elem(), n, s)
		return
	}
	if v.Addr().Type().Implements(textUnmarshaler) {
		if d.expect(yaml.ScalarNode, n, s) {
			d.unmarshal(v.Addr().Interface().(encoding.TextUnmarshaler), n, s)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		if d.expect(yaml.MappingNode, n, s) {
			d.mapping(v, n, s.name, s.place)
		}
	case reflect.Slice:
		if d.expect(yaml.SequenceNode, n, s) {
			d.entries(v, n, s)
		}
	case reflect.String:
		if d.expect(yaml.ScalarNode, n, s) && d.checkText(n, s) {
			v.SetString(n.Value)
		}
	case reflect.Bool:
		if d.expect(yaml.ScalarNode, n, s) {
			d.boolean(v, n, s)
		}
	case reflect.Int:
		if d.expect(yaml.ScalarNode, n, s) {
			d.integer(v, n, s)
		}
	default:
		panic(fmt.Sprintf("yamlsrc: cannot decode into %s", v.Type()))
	}
}

func (d *decoder) entries(v reflect.Value, n *yaml.Node, s slot) {
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	s.place.items = make([]*place, len(n.Content))
	for i, entry := range n.Content {
		p := &place{}
		switch {
		case isNull(entry):
			start := d.text.start(entry)
			p.value = d.text.span(start, start)
		case entry.Kind == yaml.ScalarNode:
			p.value = d.text.scalar(entry)
		default:
			p.value = d.text.first(entry)
		}
		s.place.items[i] = p
		d.value(v.Index(i), entry, slot{name: fmt.Sprintf("entry %d of %s", i+1, s.name), place: p, lines: s.lines})
	}
}

// expect reports a node of another kind.
func (d *decoder) expect(kind yaml.Kind, n *yaml.Node, s slot) bool {
	if n.Kind == kind {
		return true
	}
	expected, hint := "", ""
	switch kind {
	case yaml.MappingNode:
		expected, hint = "a mapping", fmt.Sprintf("write the fields of %s below it, indented, each as \"name: value\"", s.name)
	case yaml.SequenceNode:
		expected, hint = "a list", fmt.Sprintf("write the entries of %s below it, each after \"- \"", s.name)
	case yaml.ScalarNode:
		expected, hint = "a single value", "write the value on the line of its key"
		switch {
		case n.Style&yaml.FlowStyle != 0:
			hint = "put a value that begins with a bracket in quotes"
		case s.place.key.IsZero():
			hint = "put a value that holds \": \" in quotes"
		}
	default:
		panic(fmt.Sprintf("yamlsrc: no value is expected to be of kind %d", kind))
	}
	d.list.Errorf(codeKind, s.place.value, hint, "%s: expected %s, found %s", s.name, expected, kindOf(n))
	return false
}

// place is the span of a node that stands alone.
func (d *decoder) place(n *yaml.Node) source.Span {
	if n.Kind == yaml.ScalarNode {
		return d.text.scalar(n)
	}
	return d.text.first(n)
}
