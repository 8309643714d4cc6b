package expand

import (
	"cmp"
	"errors"
	"fmt"
	"math"
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
				return reflect.Value{}, fmt.Errorf("expected a constraint such as %q and a version such as %q, found %q and %q",
					">= 1.2", "1.2.3", a[0].String(), a[1].String())
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

var errEmptyList = errors.New("the list is empty")

// refusal is the message of fail.
type refusal string

func (r refusal) Error() string { return string(r) }

// tooLarge is a result that would exceed MaxValue.
type tooLarge struct{}

func (tooLarge) Error() string { return fmt.Sprintf("the result is larger than %d KiB", MaxValue/1024) }

func fits(size int) error {
	if size > MaxValue {
		return tooLarge{}
	}
	return nil
}

// Results.

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

// Calls.

// plain is a scalar as string, int64, uint64 or bool. A uint64 is given only
// for what no int64 can hold, so that equal numbers are equal.
func plain(v reflect.Value) reflect.Value {
	switch {
	case v.Kind() == reflect.String:
		return reflect.ValueOf(v.String())
	case v.CanInt():
		return reflect.ValueOf(v.Int())
	case v.CanUint() && v.Uint() <= math.MaxInt64:
		return reflect.ValueOf(int64(v.Uint()))
	case v.CanUint():
		return reflect.ValueOf(v.Uint())
	case v.Kind() == reflect.Bool:
		return reflect.ValueOf(v.Bool())
	default:
		panic(fmt.Sprintf("expand: a %v is no scalar", v.Kind()))
	}
}

// isTrue is text/template's truth of a value: of a condition, too, since "and"
// and "or" give one of their operands.
func isTrue(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Invalid:
		return false
	case reflect.Bool:
		return v.Bool()
	case reflect.String, reflect.Slice, reflect.Map:
		return v.Len() > 0
	case reflect.Struct:
		return true
	default:
		return !v.IsZero()
	}
}

func sameScalar(a, b reflect.Value) bool { return plain(a).Interface() == plain(b).Interface() }

func equal(a []reflect.Value) (reflect.Value, error) {
	for _, b := range a[1:] {
		if sameScalar(a[0], b) {
			return reflect.ValueOf(true), nil
		}
	}
	return reflect.ValueOf(false), nil
}

func ordered(want func(int) bool) func([]reflect.Value) (reflect.Value, error) {
	return func(a []reflect.Value) (reflect.Value, error) {
		x, y := plain(a[0]), plain(a[1])
		var c int
		switch {
		case x.CanInt() && y.CanInt():
			c = cmp.Compare(x.Int(), y.Int())
		case x.CanUint() && y.CanUint():
			c = cmp.Compare(x.Uint(), y.Uint())
		case x.CanUint():
			c = 1
		default:
			c = -1
		}
		return reflect.ValueOf(want(c)), nil
	}
}

func asInt(v reflect.Value) (int, error) {
	v = plain(v)
	if !v.CanInt() || int64(int(v.Int())) != v.Int() {
		return 0, errors.New("the number is too large")
	}
	return int(v.Int()), nil
}

func add(a []reflect.Value) (reflect.Value, error) {
	sum := 0
	for _, v := range a {
		n, err := asInt(v)
		if err != nil {
			return reflect.Value{}, err
		}
		if n > 0 && sum > math.MaxInt-n || n < 0 && sum < math.MinInt-n {
			return reflect.Value{}, errors.New("the sum is too large")
		}
		sum += n
	}
	return reflect.ValueOf(sum), nil
}

func subtract(a []reflect.Value) (reflect.Value, error) {
	x, err := asInt(a[0])
	y, err2 := asInt(a[1])
	if err := cmp.Or(err, err2); err != nil {
		return reflect.Value{}, err
	}
	if y > 0 && x < math.MinInt+y || y < 0 && x > math.MaxInt+y {
		return reflect.Value{}, errors.New("the difference is too large")
	}
	return reflect.ValueOf(x - y), nil
}

func makeList(a []reflect.Value) (reflect.Value, error) {
	if a[0].Kind() == reflect.String {
		list := make([]string, len(a))
		for i, v := range a {
			list[i] = v.String()
		}
		return reflect.ValueOf(list), nil
	}
	list := make([]int, len(a))
	for i, v := range a {
		n, err := asInt(v)
		if err != nil {
			return reflect.Value{}, err
		}
		list[i] = n
	}
	return reflect.ValueOf(list), nil
}

// texts are the entries of a list, refused when they and a separator of so
// many bytes between them exceed MaxValue.
func texts(v reflect.Value, separator int) ([]string, error) {
	list := make([]string, v.Len())
	size := 0
	for i := range list {
		list[i] = fmt.Sprint(plain(v.Index(i)).Interface())
		size += len(list[i]) + separator
		if err := fits(size - separator); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// sentence is "a", "a and b" or "a, b and c".
func sentence(v reflect.Value, word string) (reflect.Value, error) {
	list, err := texts(v, len(", "))
	if err != nil {
		return reflect.Value{}, err
	}
	if len(list) == 0 {
		return reflect.Value{}, errEmptyList
	}
	if i := slices.Index(list, ""); i >= 0 {
		return reflect.Value{}, fmt.Errorf("entry %d of the list is empty", i+1)
	}
	last := len(list) - 1
	if last == 0 {
		return reflect.ValueOf(list[0]), nil
	}
	return reflect.ValueOf(strings.Join(list[:last], ", ") + " " + word + " " + list[last]), nil
}

func element(list reflect.Value, i int) (reflect.Value, error) {
	if list.Len() == 0 {
		return reflect.Value{}, errEmptyList
	}
	if i < 0 || i >= list.Len() {
		return reflect.Value{}, fmt.Errorf("expected a position from 0 to %d, found %d", list.Len()-1, i)
	}
	return list.Index(i), nil
}

func index(a []reflect.Value) (reflect.Value, error) {
	if a[0].Kind() == reflect.Slice {
		i, err := asInt(a[1])
		if err != nil {
			return reflect.Value{}, err
		}
		return element(a[0], i)
	}
	wanted := plain(a[1])
	for _, key := range a[0].MapKeys() {
		if plain(key).Interface() == wanted.Interface() {
			return a[0].MapIndex(key), nil
		}
	}
	return reflect.Value{}, fmt.Errorf("the map has no key %q", fmt.Sprint(wanted.Interface()))
}

func holds(list reflect.Value, n int, v reflect.Value) bool {
	for i := range n {
		if sameScalar(list.Index(i), v) {
			return true
		}
	}
	return false
}

// rebuild copies a list: entry i is the old entry from(i), if keep says so.
func rebuild(list reflect.Value, from func(int) int, keep func(reflect.Value) bool) reflect.Value {
	built := reflect.MakeSlice(list.Type(), 0, list.Len())
	for i := range list.Len() {
		if from != nil {
			i = from(i)
		}
		if v := list.Index(i); keep == nil || keep(v) {
			built = reflect.Append(built, v)
		}
	}
	return built
}
