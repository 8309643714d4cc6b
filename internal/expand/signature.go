package expand

import (
	"fmt"
	"reflect"
)

// What functions give for the types of their operands.

func comparable(args []typed) (reflect.Type, string, string) {
	for _, arg := range args[1:] {
		a, b := args[0].t, arg.t
		if plainType(a) != plainType(b) {
			return nil, "", fmt.Sprintf("a %s and a %s are never equal", describe(a), describe(b))
		}
		if a != b && a != plainType(a) && b != plainType(b) {
			return nil, "", fmt.Sprintf("%s and %s are different things", a.Name(), b.Name())
		}
	}
	return booleanType, "", ""
}

func alike(args []typed) (reflect.Type, string, string) {
	if plainType(args[0].t) != plainType(args[1].t) {
		return nil, "", fmt.Sprintf("both values must be of one kind, found %s and %s", describe(args[0].t), describe(args[1].t))
	}
	return plainType(args[0].t), "", ""
}

func listOf(args []typed) (reflect.Type, string, string) {
	t := plainType(args[0].t)
	for _, arg := range args {
		if plainType(arg.t) != t || t == booleanType {
			return nil, "", "expected all text or all numbers in a list"
		}
	}
	return reflect.SliceOf(t), "", ""
}

func elementOf(args []typed) (reflect.Type, string, string) {
	e := args[0].element()
	return e.t, e.path, ""
}

func sameList(args []typed) (reflect.Type, string, string) { return args[0].t, args[0].path, "" }

// entryOf checks that the operand at entry can be one of the list at list;
// the result is t, or the list's type.
func entryOf(entry, list int, t reflect.Type) func([]typed) (reflect.Type, string, string) {
	return func(args []typed) (reflect.Type, string, string) {
		if plainType(args[list].t.Elem()) != plainType(args[entry].t) {
			return nil, "", fmt.Sprintf("a %s is never in a %s", describe(args[entry].t), describe(args[list].t))
		}
		if t == nil {
			return args[list].t, args[list].path, ""
		}
		return t, "", ""
	}
}

func indexed(args []typed) (reflect.Type, string, string) {
	key, e := numberType, args[0].element()
	if args[0].t.Kind() == reflect.Map {
		key = args[0].t.Key()
	}
	if plainType(args[1].t) != plainType(key) {
		return nil, "", fmt.Sprintf("expected a %s to index a %s, found %s", describe(key), describe(args[0].t), describe(args[1].t))
	}
	return e.t, e.path, ""
}

// plainType is string, int or bool for a scalar type.
func plainType(t reflect.Type) reflect.Type {
	switch c := classOf(t); c {
	case text:
		return textType
	case number:
		return numberType
	case boolean:
		return booleanType
	case truth, sequence, mapping, record, unusable:
		return t
	default:
		panic(fmt.Sprintf("expand: unknown class %d", int(c)))
	}
}
