package expand

import (
	"fmt"
	"reflect"
)

// class is how templates see a Go type. Its zero is a type that they cannot
// use at all.
type class int

const (
	unusable class = iota
	text           // string kinds
	number         // integer kinds
	boolean        // bool kinds
	truth          // what "and", "or" and "not" give: good for conditions only
	sequence       // slices
	mapping        // maps with keys of text or number
	record         // structs and pointers to structs
)

// condition is the type of what can be asked and not printed.
type condition bool

var (
	textType      = reflect.TypeFor[string]()
	numberType    = reflect.TypeFor[int]()
	booleanType   = reflect.TypeFor[bool]()
	conditionType = reflect.TypeFor[condition]()
	textListType  = reflect.TypeFor[[]string]()
)

func classOf(t reflect.Type) class {
	if t == conditionType {
		return truth
	}
	switch t.Kind() {
	case reflect.String:
		return text
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return number
	case reflect.Bool:
		return boolean
	case reflect.Slice:
		if classOf(t.Elem()) != unusable {
			return sequence
		}
	case reflect.Map:
		if k := classOf(t.Key()); (k == text || k == number) && classOf(t.Elem()) != unusable {
			return mapping
		}
	case reflect.Struct:
		return record
	case reflect.Pointer:
		if t.Elem().Kind() == reflect.Struct {
			return record
		}
	}
	return unusable
}

// describe names a type for a clause author.
func describe(t reflect.Type) string {
	switch c := classOf(t); c {
	case text:
		return "text"
	case number:
		return "number"
	case boolean:
		return "true or false"
	case truth:
		return "condition"
	case sequence:
		return "list of " + describe(t.Elem())
	case mapping:
		return "map of " + describe(t.Elem())
	case record:
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		if t.Name() == "" {
			return "record"
		}
		return "record " + t.Name()
	case unusable:
		return "value that templates cannot use"
	default:
		panic(fmt.Sprintf("expand: unknown class %d", int(c)))
	}
}

// speaks reports whether a type has its own idea of its text, which would
// differ from its plain value.
func speaks(t reflect.Type) bool {
	for _, name := range []string{"String", "Error", "Format"} {
		if _, ok := t.MethodByName(name); ok {
			return true
		}
		if _, ok := reflect.PointerTo(t).MethodByName(name); ok {
			return true
		}
	}
	return false
}

// fieldNames are the fields of a struct that a template can name.
func fieldNames(t reflect.Type) []string {
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() && classOf(f.Type) != unusable {
			names = append(names, f.Name)
		}
	}
	return names
}
