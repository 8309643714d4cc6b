package agreement

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"concordat/internal/diag"
)

// Suppression silences warnings of a rule that the customer and the provider
// have understood. It is a note to the program and printed in no document.
// Errors cannot be suppressed, nor the warnings of rules that are final.
type Suppression struct {
	Rule   string `yaml:"rule" validate:"required"`           // id of the rule, such as "R104"
	At     string `yaml:"at"`                                 // id of the row that the warnings are about; absent is all warnings of the rule
	Reason string `yaml:"reason" validate:"required,max=400"` // why the warning needs no change
}

// Suppressed are the warnings that the agreement suppresses, in the order of
// the file. They are not among the problems that Load gives.
func (a *Agreement) Suppressed() diag.List { return a.suppressed }

// finding is the path of a problem that a rule reported.
type finding struct {
	index int // in checker.list
	path  string
}

// row is the id of the outermost row in which a path lies, or "".
func (c *checker) row(path string) string {
	start := strings.IndexByte(path, '[')
	if start < 0 {
		return ""
	}
	end := start + strings.IndexByte(path[start:], ']') + 1
	at := c.lookup(path[:end]).value
	if at.Kind() != reflect.Struct {
		return ""
	}
	return identity(at)
}

// suppress takes the suppressed warnings from the problems found so far, and
// reports suppressions that cannot be or that suppress nothing.
func (c *checker) suppress() {
	a := c.a
	a.suppressed = nil
	if len(a.Suppressions) == 0 {
		return
	}
	type rowFinding struct {
		index int
		row   string
	}
	byRule := map[string][]rowFinding{}
	for _, f := range c.findings {
		rule := c.list[f.index].Code
		byRule[rule] = append(byRule[rule], rowFinding{f.index, c.row(f.path)})
	}
	byID := map[string]Rule{}
	var ids []string
	for _, r := range rules() {
		byID[r.ID] = r
		ids = append(ids, r.ID)
	}
	broken := c.list.HasErrors() // then rules may have said nothing for want of a field
	gone := map[int]bool{}
	for i, s := range a.Suppressions {
		path := fmt.Sprintf("Suppressions[%d]", i)
		r, known := byID[s.Rule]
		switch {
		case s.Rule == "":
			continue
		case !known:
			c.list.Errorf(codeUnknownID, a.Span(path+".Rule"), c.unknownHint(s.Rule, ids), "unknown rule %q", s.Rule)
			continue
		case r.Final:
			c.list.Errorf(codeSuppression, a.Span(path+".Rule"), "delete the suppression and settle the warning", "warnings of rule %q must be settled before the agreement is signed; they cannot be suppressed", s.Rule)
			continue
		}
		warned, failed := false, -1
		var rows []string
		for _, f := range byRule[s.Rule] {
			if f.row != "" && !slices.Contains(rows, f.row) && len(rows) < 12 {
				rows = append(rows, f.row)
			}
			switch {
			case s.At != "" && s.At != f.row:
			case c.list[f.index].Severity == diag.Error:
				failed = f.index
			default:
				warned = true
				gone[f.index] = true
			}
		}
		switch {
		case warned:
		case failed >= 0:
			at := c.list[failed].Span
			c.list.Errorf(codeSuppression, a.Span(path+".Rule"), "delete the suppression and mend the error", "rule %q reports an error here, which cannot be suppressed", s.Rule)
			last := &c.list[len(c.list)-1]
			last.Notes = append(last.Notes, diag.Note{Span: at, Message: "the error"})
		case broken:
		case s.At == "":
			c.list.Warnf(codeUnusedSuppression, a.Span(path+".Rule"), "delete the suppression", "rule %q gives no warning, so that nothing is suppressed", s.Rule)
		default:
			hint := "delete the suppression"
			if len(rows) > 0 {
				hint = fmt.Sprintf("delete the suppression, or name %s, which the rule warns of", choice(rows))
			}
			c.list.Warnf(codeUnusedSuppression, a.Span(path+".At"), hint, "rule %q gives no warning for %q, so that nothing is suppressed", s.Rule, s.At)
		}
	}
	kept := c.list[:0:0]
	for i, d := range c.list {
		if gone[i] {
			a.suppressed = append(a.suppressed, d)
		} else {
			kept = append(kept, d)
		}
	}
	c.list, a.suppressed = kept, a.suppressed.Sorted()
}
