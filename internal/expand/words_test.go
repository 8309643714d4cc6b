package expand

import (
	"math"
	"reflect"
	"strings"
	"testing"
)

func TestNumberWords(t *testing.T) {
	for n, want := range map[int]string{
		0: "zero", 1: "one", 12: "twelve", 19: "nineteen", 20: "twenty", 21: "twenty-one", 99: "ninety-nine", 100: "one hundred",
		101: "one hundred one", 110: "one hundred ten", 342: "three hundred forty-two", 1000: "one thousand",
		1001: "one thousand one", 20_015: "twenty thousand fifteen", 999_999: "nine hundred ninety-nine thousand nine hundred ninety-nine",
	} {
		if got, err := numberWords(n); got != want || err != nil {
			t.Errorf("%d: %q, %v", n, got, err)
		}
	}
	seen := map[string]bool{}
	for n := 0; n < 1_000_000; n += 13 {
		words, err := numberWords(n)
		if err != nil || seen[words] {
			t.Fatalf("%d: %q, %v", n, words, err)
		}
		seen[words] = true
	}
	for _, n := range []int{-1, 1_000_000, math.MaxInt} {
		if got, err := numberWords(n); err == nil {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 111: "111th", 102: "102nd"} {
		if got, err := ordinal(n); got != want || err != nil {
			t.Errorf("%d: %q, %v", n, got, err)
		}
	}
	if got, err := ordinal(0); err == nil {
		t.Errorf("0: %q", got)
	}
}

// TestCalls calls functions with operands of other kinds than the view of
// the other tests has, and at the ends of their ranges.
func TestCalls(t *testing.T) {
	for _, c := range []struct {
		name string
		args []any
		want any // an error's text begins with "error: "
	}{
		{"add", []any{math.MaxInt, 1}, "error: the sum is too large"},
		{"add", []any{math.MinInt, -1}, "error: the sum is too large"},
		{"add", []any{1, uint8(2), int64(-3)}, 0},
		{"sub", []any{math.MinInt, 1}, "error: the difference is too large"},
		{"sub", []any{0, math.MinInt}, "error: the difference is too large"},
		{"sub", []any{-1, math.MinInt}, math.MaxInt},
		{"add", []any{uint64(math.MaxUint64), 1}, "error: the number is too large"},
		{"lt", []any{math.MinInt, uint64(math.MaxUint64)}, true},
		{"gt", []any{uint64(math.MaxUint64), uint64(math.MaxUint64) - 1}, true},
		{"ge", []any{-1, uint(0)}, false},
		{"eq", []any{level("high"), "high"}, true},
		{"eq", []any{uint16(3), 4, 3}, true},
		{"eq", []any{true, false}, false},
		{"index", []any{[]int{1}, -1}, "error: expected a position from 0 to 0, found -1"},
		{"index", []any{[]int{}, 0}, "error: the list is empty"},
		{"index", []any{map[level]int{"high": 3}, "high"}, 3},
		{"index", []any{map[uint8]int{3: 4}, 259}, `error: the map has no key "259"`},
		{"first", []any{[]string{}}, "error: the list is empty"},
		{"rest", []any{[]string{}}, "error: the list is empty"},
		{"initial", []any{[]string(nil)}, "error: the list is empty"},
		{"andList", []any{[]string{}}, "error: the list is empty"},
		{"andList", []any{[]string{"a", ""}}, "error: entry 2 of the list is empty"},
		{"andList", []any{[]level{"a", "b"}}, "a and b"},
		{"orList", []any{[]uint8{1, 2, 3}}, "1, 2 or 3"},
		{"upperFirst", []any{"łódź"}, "Łódź"},
		{"upperFirst", []any{""}, ""},
		{"uniq", []any{[]level{"a", "b", "a"}}, []level{"a", "b"}},
		{"without", []any{[]int{1, 2}, uint8(2)}, []int{1}},
		{"splitList", []any{"", "ab"}, "error: the separator is empty"},
		{"replace", []any{"a", strings.Repeat("b", MaxValue), "aa"}, "error: the result is larger than 64 KiB"},
		{"semverCompare", []any{"", "1.0.0"}, "error: the constraint is empty"},
		{"semverCompare", []any{"newest", "1.0.0"}, `error: expected a constraint such as ">= 1.2" and a version such as "1.2.3"`},
	} {
		args := make([]reflect.Value, len(c.args))
		for i, arg := range c.args {
			args[i] = reflect.ValueOf(arg)
		}
		v, err := lookupFunction(c.name).call(args)
		var got any
		if err != nil {
			got = "error: " + err.Error()
		} else {
			got = v.Interface()
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %.80v: %v, want %v", c.name, c.args, got, c.want)
		}
	}
}
