package expand

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
)

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
