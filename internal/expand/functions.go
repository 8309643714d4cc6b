package expand

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/Masterminds/sprig/v3"
)

// param says what an operand of a function may be. Its zero is no operand.
type param int

const (
	anything    param = iota + 1
	textual           // text
	numeric           // a whole number
	scalar            // text, a number, true or false
	conditional       // true or false
	listed            // a list
	textList          // a list of text or numbers
	countable         // a list or a map
)

func (p param) accepts(t reflect.Type) bool {
	c := classOf(t)
	switch p {
	case anything:
		return c != unusable
	case textual:
		return c == text
	case numeric:
		return c == number
	case scalar:
		return c == text || c == number || c == boolean
	case conditional:
		return c == boolean || c == truth
	case listed:
		return c == sequence
	case textList:
		return c == sequence && (classOf(t.Elem()) == text || classOf(t.Elem()) == number)
	case countable:
		return c == sequence || c == mapping
	default:
		panic(fmt.Sprintf("expand: unknown param %d", int(p)))
	}
}

func (p param) String() string {
	switch p {
	case anything:
		return "a value"
	case textual:
		return "text"
	case numeric:
		return "a whole number"
	case scalar:
		return "text, a whole number or true or false"
	case conditional:
		return "true or false"
	case listed:
		return "a list"
	case textList:
		return "a list of text or numbers"
	case countable:
		return "a list or a map"
	default:
		panic(fmt.Sprintf("expand: unknown param %d", int(p)))
	}
}

// function is one entry of the list of functions that templates may call.
// All of them are strict: an operand that does not fit is an error, never a
// zero, and no result is cut.
type function struct {
	name, usage string
	params      []param
	rest        param // of any further operands
	// result is the type of the result, its path in the view if it is a part
	// of it, or a problem that the operands' types have together.
	result func(args []typed) (t reflect.Type, path, problem string)
	// call is nil for and, or, not, which are text/template's own.
	call func(args []reflect.Value) (reflect.Value, error)
}

// lookupFunction is the function of that name, or nil.
func lookupFunction(name string) *function {
	table := functions()
	i, ok := slices.BinarySearchFunc(table, name, func(f function, name string) int { return cmp.Compare(f.name, name) })
	if !ok {
		return nil
	}
	return &table[i]
}

// FunctionNames are the names of the functions that templates may call,
// sorted, without the inline and block functions of Options.
func FunctionNames() []string {
	var names []string
	for _, f := range functions() {
		names = append(names, f.name)
	}
	return names
}

// FunctionUsage is how a function is written, such as "join SEPARATOR LIST",
// or empty for a name that is not on the list.
func FunctionUsage(name string) string {
	if f := lookupFunction(name); f != nil {
		return f.usage
	}
	return ""
}

// functions is the list, sorted by name. Names are copied out of sprig one by
// one: most of its other functions depend on the clock, chance or the
// environment, or give a silently wrong result for a wrong operand.
var functions = sync.OnceValue(func() []function {
	fromSprig := sprig.TxtFuncMap()
	change := func(name string) func([]reflect.Value) (reflect.Value, error) {
		f := fromSprig[name].(func(string) string)
		return func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(f(a[0].String())), nil
		}
	}
	change2 := func(name string) func([]reflect.Value) (reflect.Value, error) {
		f := fromSprig[name].(func(string, string) string)
		return func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(f(a[0].String(), a[1].String())), nil
		}
	}
	ask2 := func(name string) func([]reflect.Value) (reflect.Value, error) {
		f := fromSprig[name].(func(string, string) bool)
		return func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(f(a[0].String(), a[1].String())), nil
		}
	}
	replace := fromSprig["replace"].(func(string, string, string) string)
	split := fromSprig["splitList"].(func(string, string) []string)
	join := fromSprig["join"].(func(string, any) string)
	plural := fromSprig["plural"].(func(string, string, int) string)
	ternary := fromSprig["ternary"].(func(any, any, bool) any)
	sortAlpha := fromSprig["sortAlpha"].(func(any) []string)
	semverCompare := fromSprig["semverCompare"].(func(string, string) (bool, error))

	gives := func(t reflect.Type) func([]typed) (reflect.Type, string, string) {
		return func([]typed) (reflect.Type, string, string) { return t, "", "" }
	}
	table := []function{
		// Conditions.
		{"and", "and A B ...", []param{anything}, anything, gives(conditionType), nil},
		{"or", "or A B ...", []param{anything}, anything, gives(conditionType), nil},
		{"not", "not A", []param{anything}, 0, gives(conditionType), nil},
		{"eq", "eq A B ..., true if A equals one of the others", []param{scalar, scalar}, scalar, comparable, equal},
		{"ne", "ne A B", []param{scalar, scalar}, 0, comparable, func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(!sameScalar(a[0], a[1])), nil
		}},
		{"lt", "lt A B, two numbers", []param{numeric, numeric}, 0, gives(booleanType), ordered(func(c int) bool { return c < 0 })},
		{"le", "le A B, two numbers", []param{numeric, numeric}, 0, gives(booleanType), ordered(func(c int) bool { return c <= 0 })},
		{"gt", "gt A B, two numbers", []param{numeric, numeric}, 0, gives(booleanType), ordered(func(c int) bool { return c > 0 })},
		{"ge", "ge A B, two numbers", []param{numeric, numeric}, 0, gives(booleanType), ordered(func(c int) bool { return c >= 0 })},
		{"contains", "contains PART TEXT", []param{textual, textual}, 0, gives(booleanType), ask2("contains")},
		{"hasPrefix", "hasPrefix PREFIX TEXT", []param{textual, textual}, 0, gives(booleanType), ask2("hasPrefix")},
		{"hasSuffix", "hasSuffix SUFFIX TEXT", []param{textual, textual}, 0, gives(booleanType), ask2("hasSuffix")},
		{"semverCompare", `semverCompare ">= 1.2" VERSION`, []param{textual, textual}, 0, gives(booleanType), func(a []reflect.Value) (reflect.Value, error) {
			if strings.TrimSpace(a[0].String()) == "" {
				return reflect.Value{}, errors.New("the constraint is empty")
			}
			ok, err := semverCompare(a[0].String(), a[1].String())
			if err != nil {
				return reflect.Value{}, errors.New(`expected a constraint such as ">= 1.2" and a version such as "1.2.3"`)
			}
			return reflect.ValueOf(ok), nil
		}},
		{"ternary", "ternary IF-TRUE IF-FALSE CONDITION", []param{scalar, scalar, conditional}, 0, alike, func(a []reflect.Value) (reflect.Value, error) {
			chosen := ternary(a[0], a[1], isTrue(a[2])).(reflect.Value)
			return plain(chosen), nil
		}},

		// Text.
		{"lower", "lower TEXT", []param{textual}, 0, gives(textType), change("lower")},
		{"upper", "upper TEXT", []param{textual}, 0, gives(textType), change("upper")},
		{"upperFirst", "upperFirst TEXT", []param{textual}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(upperFirst(a[0].String())), nil
		}},
		{"trim", "trim TEXT", []param{textual}, 0, gives(textType), change("trim")},
		{"trimAll", "trimAll CHARACTERS TEXT", []param{textual, textual}, 0, gives(textType), change2("trimAll")},
		{"trimPrefix", "trimPrefix PREFIX TEXT", []param{textual, textual}, 0, gives(textType), change2("trimPrefix")},
		{"trimSuffix", "trimSuffix SUFFIX TEXT", []param{textual, textual}, 0, gives(textType), change2("trimSuffix")},
		{"replace", "replace OLD NEW TEXT", []param{textual, textual, textual}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			old, new, s := a[0].String(), a[1].String(), a[2].String()
			if old == "" {
				return reflect.Value{}, errors.New("the text to replace is empty")
			}
			if err := fits(len(s) + strings.Count(s, old)*(len(new)-len(old))); err != nil {
				return reflect.Value{}, err
			}
			return reflect.ValueOf(replace(old, new, s)), nil
		}},
		{"fail", "fail MESSAGE", []param{textual}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			return reflect.Value{}, refusal(a[0].String())
		}},

		// Numbers in words, and words for numbers.
		{"plural", "plural ONE MANY NUMBER", []param{textual, textual, numeric}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			n, err := asInt(a[2])
			return reflect.ValueOf(plural(a[0].String(), a[1].String(), n)), err
		}},
		{"countOf", `countOf NUMBER ONE MANY, such as countOf 5 "day" "days" for 5 days`, []param{numeric, textual, textual}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			n, err := asInt(a[0])
			return reflect.ValueOf(strconv.Itoa(n) + " " + plural(a[1].String(), a[2].String(), n)), err
		}},
		{"countWords", `countWords NUMBER ONE MANY, such as countWords 5 "day" "days" for five (5) days`, []param{numeric, textual, textual}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			n, err := asInt(a[0])
			if err != nil {
				return reflect.Value{}, err
			}
			words, err := numberWords(n)
			return reflect.ValueOf(fmt.Sprintf("%s (%d) %s", words, n, plural(a[1].String(), a[2].String(), n))), err
		}},
		{"words", "words NUMBER, such as words 5 for five", []param{numeric}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			n, err := asInt(a[0])
			if err != nil {
				return reflect.Value{}, err
			}
			words, err := numberWords(n)
			return reflect.ValueOf(words), err
		}},
		{"ordinal", "ordinal NUMBER, such as ordinal 3 for 3rd", []param{numeric}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			n, err := asInt(a[0])
			if err != nil {
				return reflect.Value{}, err
			}
			word, err := ordinal(n)
			return reflect.ValueOf(word), err
		}},
		{"add", "add A B ..., whole numbers", []param{numeric, numeric}, numeric, gives(numberType), add},
		{"sub", "sub A B, whole numbers", []param{numeric, numeric}, 0, gives(numberType), subtract},

		// Lists.
		{"list", "list A B ..., all text or all numbers", []param{scalar}, scalar, listOf, makeList},
		{"splitList", "splitList SEPARATOR TEXT", []param{textual, textual}, 0, gives(textListType), func(a []reflect.Value) (reflect.Value, error) {
			if a[0].String() == "" {
				return reflect.Value{}, errors.New("the separator is empty")
			}
			return reflect.ValueOf(split(a[0].String(), a[1].String())), nil
		}},
		{"join", "join SEPARATOR LIST", []param{textual, textList}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			list, err := texts(a[1], len(a[0].String()))
			return reflect.ValueOf(join(a[0].String(), list)), err
		}},
		{"andList", "andList LIST, for a, b and c", []param{textList}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			return sentence(a[0], "and")
		}},
		{"orList", "orList LIST, for a, b or c", []param{textList}, 0, gives(textType), func(a []reflect.Value) (reflect.Value, error) {
			return sentence(a[0], "or")
		}},
		{"sortAlpha", "sortAlpha LIST, by code points", []param{textList}, 0, gives(textListType), func(a []reflect.Value) (reflect.Value, error) {
			list, err := texts(a[0], 0)
			return reflect.ValueOf(sortAlpha(list)), err
		}},
		{"len", "len LIST", []param{countable}, 0, gives(numberType), func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(a[0].Len()), nil
		}},
		{"index", "index LIST POSITION (from 0), or index MAP KEY", []param{countable, scalar}, 0, indexed, index},
		{"first", "first LIST", []param{listed}, 0, elementOf, func(a []reflect.Value) (reflect.Value, error) {
			return element(a[0], 0)
		}},
		{"last", "last LIST", []param{listed}, 0, elementOf, func(a []reflect.Value) (reflect.Value, error) {
			return element(a[0], a[0].Len()-1)
		}},
		{"rest", "rest LIST, all but the first", []param{listed}, 0, sameList, func(a []reflect.Value) (reflect.Value, error) {
			if a[0].Len() == 0 {
				return reflect.Value{}, errEmptyList
			}
			return a[0].Slice(1, a[0].Len()), nil
		}},
		{"initial", "initial LIST, all but the last", []param{listed}, 0, sameList, func(a []reflect.Value) (reflect.Value, error) {
			if a[0].Len() == 0 {
				return reflect.Value{}, errEmptyList
			}
			return a[0].Slice(0, a[0].Len()-1), nil
		}},
		{"reverse", "reverse LIST", []param{listed}, 0, sameList, func(a []reflect.Value) (reflect.Value, error) {
			return rebuild(a[0], func(i int) int { return a[0].Len() - 1 - i }, nil), nil
		}},
		{"has", "has ENTRY LIST", []param{scalar, textList}, 0, entryOf(0, 1, booleanType), func(a []reflect.Value) (reflect.Value, error) {
			return reflect.ValueOf(holds(a[1], a[1].Len(), a[0])), nil
		}},
		{"uniq", "uniq LIST, each entry once", []param{textList}, 0, sameList, func(a []reflect.Value) (reflect.Value, error) {
			seen := map[any]bool{}
			return rebuild(a[0], nil, func(v reflect.Value) bool {
				key := plain(v).Interface()
				if seen[key] {
					return false
				}
				seen[key] = true
				return true
			}), nil
		}},
		{"without", "without LIST ENTRY", []param{textList, scalar}, 0, entryOf(1, 0, nil), func(a []reflect.Value) (reflect.Value, error) {
			return rebuild(a[0], nil, func(v reflect.Value) bool { return !sameScalar(v, a[1]) }), nil
		}},
	}
	slices.SortFunc(table, func(a, b function) int { return cmp.Compare(a.name, b.name) })
	return table
})

// insteadOf says what to write instead of a function that templates of other
// tools know.
func insteadOf(name string) string {
	switch name {
	case "print", "printf", "println", "cat":
		return "write the text and the values one after another"
	case "include", "tpl":
		return "write the text where it is needed"
	case "default", "coalesce", "empty":
		return "test the value with if, and write both variants"
	case "html", "js", "urlquery", "quote", "squote":
		return "print the value as it is; no value can become markup"
	case "now", "date", "ago", "toDate":
		return "use a date of the view"
	case "trunc", "abbrev", "substr", "slice":
		return "no text is cut; print the whole value"
	case "title":
		return `use "upperFirst"`
	case "int", "int64", "atoi", "float64":
		return "use a number of the view"
	}
	return ""
}
