package clause

import (
	"reflect"
	"slices"
)

// maxAnswers is the number of combinations of facts that are tried to find a
// condition with one answer only. A condition with more is not examined.
const maxAnswers = 4096

// choice is one value of one fact.
type choice func(f *Facts)

// constant reports whether a condition has the same answer for all facts, and
// which.
func (c *checker) constant(condition Condition) (answer, ok bool) {
	yes, no, ok := c.answers(condition.fields, condition.Holds)
	return yes, ok && yes != no
}

// answers reports which answers a question about fields has. It tries every
// combination of values that the comparisons in c can tell apart: both truths,
// each word, each kind of service bought and not, and the numbers at and beside
// those written there. Numbers that facts can be are not negative. That some
// combinations cannot occur in an agreement only makes it find more answers. It
// is not ok when there are too many combinations.
func (c *checker) answers(fields []string, holds func(*Facts) bool) (yes, no, ok bool) {
	if c.arithmetic {
		return false, false, false
	}
	var axes [][]choice
	count := 1
	for _, axis := range c.axes(fields) {
		if count *= len(axis); count > maxAnswers {
			return false, false, false
		}
		axes = append(axes, axis)
	}
	for n := range count {
		var f Facts
		for _, axis := range axes {
			axis[n%len(axis)](&f)
			n /= len(axis)
		}
		if holds(&f) {
			yes = true
		} else {
			no = true
		}
		if yes && no {
			break
		}
	}
	return yes, no, true
}

// axes are the values to try of each fact.
func (c *checker) axes(fields []string) [][]choice {
	var axes [][]choice
	for _, x := range c.facts {
		if !slices.Contains(fields, x.name) {
			continue
		}
		if x.name == boughtField {
			for _, kind := range c.kinds {
				axes = append(axes, []choice{
					func(*Facts) {},
					func(f *Facts) { f.Services.Kinds = append(f.Services.Kinds, kind) },
				})
			}
			continue
		}
		var axis []choice
		add := func(value any) {
			axis = append(axis, func(f *Facts) { x.set(f, reflect.ValueOf(value)) })
		}
		switch x.kind {
		case truth:
			add(false)
			add(true)
		case number:
			values := []int{0}
			for _, n := range c.numbers {
				values = append(values, max(n-1, 0), n, n+1)
			}
			slices.Sort(values)
			for _, n := range slices.Compact(values) {
				add(n)
			}
		case word:
			for _, text := range x.known {
				add(text)
			}
		default:
			panic("clause: fact " + x.name + " of unknown kind")
		}
		axes = append(axes, axis)
	}
	return axes
}

// set stores the value of a fact.
func (x fact) set(f *Facts, value reflect.Value) {
	reflect.ValueOf(f).Elem().FieldByIndex(x.index).Set(value)
}
