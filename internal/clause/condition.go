package clause

import (
	"fmt"
	"slices"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// MaxCondition is the longest condition, in bytes.
const MaxCondition = 500

// Condition is a parsed `when`: what must be true of an agreement for a clause
// to be part of its document. The zero Condition is always true.
//
// It is made of facts such as backups.count, whole numbers, words in quotes,
// true and false, bought("mdr"), the comparisons == != < <= > >=, + and -,
// and, or, not (also && || !), in and not in with a list of words, and
// parentheses. A fact that is a number or a word must be compared; nothing is
// converted. A condition with the same answer for all facts is refused.
type Condition struct {
	text    string
	fields  []string
	asked   Asked
	program *vm.Program // nil in the zero Condition
}

// Holds reports whether c is true of the facts. It may be called by several
// goroutines.
func (c Condition) Holds(f *Facts) bool { return c.holds(&vm.VM{}, f) }

// holds is Holds on a machine, which may be used again.
func (c Condition) holds(machine *vm.VM, f *Facts) bool {
	if c.program == nil {
		return true
	}
	result, err := machine.Run(c.program, f)
	if err != nil {
		panic(fmt.Sprintf("clause: checked condition %q failed: %v", c.text, err))
	}
	return result.(bool)
}

// Fields are the names of the facts that c asks, such as "backups.count",
// sorted, each once. bought asks "services.kinds".
func (c Condition) Fields() []string { return slices.Clone(c.fields) }

// IsZero reports whether c is the condition that is always true.
func (c Condition) IsZero() bool { return c.program == nil }

// String is the condition as it was written; the zero Condition is empty.
func (c Condition) String() string { return c.text }

// compile makes the program of a condition that the checker has accepted.
// The library checks it once more, with the limits it offers.
func compile(text string) *vm.Program {
	program, err := expr.Compile(text,
		expr.Env(Facts{}),
		expr.AsBool(),
		expr.MaxNodes(MaxCondition),
		expr.DisableAllBuiltins(),
		expr.Patch(boughtPatch{}),
	)
	if err != nil {
		panic(fmt.Sprintf("clause: checked condition %q does not compile: %v", text, err))
	}
	return program
}
