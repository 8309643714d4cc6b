package clause

import (
	"slices"

	"github.com/expr-lang/expr/parser"
)

// CanHold reports whether conditions can all be true of one agreement. Where
// their facts have too many combinations to try, or are added to each other, it
// says yes. That some combinations of facts cannot occur in an agreement only
// makes it say yes more often.
func CanHold(conditions ...Condition) bool {
	c := &checker{facts: facts}
	var fields []string
	for _, condition := range conditions {
		if condition.IsZero() {
			continue
		}
		tree, err := parser.Parse(condition.text)
		if err != nil {
			panic("clause: checked condition " + condition.text + " cannot be parsed")
		}
		c.text = condition.text
		c.check(tree.Node)
		fields = append(fields, condition.fields...)
	}
	slices.Sort(fields)
	holds := func(f *Facts) bool {
		for _, condition := range conditions {
			if !condition.Holds(f) {
				return false
			}
		}
		return true
	}
	yes, _, ok := c.answers(slices.Compact(fields), holds)
	return yes || !ok
}
