package customers

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is a mistake that somebody made in the agreement of one customer.
type Fault struct {
	Name       string // what is wrong, such as "an unknown field"
	Diagnostic string // code of the one that reports it
	Line       int    // where that stands in the agreement file, from 1; in Faults 0

	change func(lines []string) int // makes the mistake and gives the index of its line
}

// Faults are the kinds of fault, in the order in which customers get them.
func Faults() []Fault {
	return []Fault{
		{Name: "an unknown field", Diagnostic: "yaml-unknown-field", change: replace("    legal_name:", "legal_name", "legl_name")},
		{Name: "a sum that does not fit", Diagnostic: "R56", change: replace("     start: ", ", cost: ", ", cost: 1")},
		{Name: "a missing signatory", Diagnostic: "R01", change: func(lines []string) int {
			at := find(lines, "signatories:")
			copy(lines[at+2:], lines[at+3:])
			lines[len(lines)-1] = ""
			return at
		}},
		{Name: "a date in no calendar", Diagnostic: "yaml-value", change: replace("     interim_control: ", "04-30", "04-31")},
		{Name: "a syntax error", Diagnostic: "yaml-syntax", change: replace("  end: ", "  end: ", "  end ")},
		{Name: "an unknown used file", Diagnostic: "use-missing", change: replace("use: ", "packages/", "packages/very-")},
		{Name: "an unknown person", Diagnostic: "R07", change: replace("  - {control: 3.P", "accountable: P-", "accountable: P-NO-")},
		{Name: "a control without a row", Diagnostic: "R11", change: func(lines []string) int {
			at := find(lines, "  - {control: 5.B")
			lines[at] = ""
			return find(lines, "responsibilities:")
		}},
		{Name: "a key written twice", Diagnostic: "yaml-duplicate-key", change: replace("    sector: ", "sector: ", "short_name: ")},
		{Name: "a risk accepted for too long", Diagnostic: "R63", change: replace("     compensating: ", "expires: 2027", "expires: 2029")},
		{Name: "an approval nobody can give", Diagnostic: "R55", change: replace("    - {approvers: [", "{approvers", "{up_to: 5000, approvers")},
		{Name: "letters that cannot be printed", Diagnostic: "pdf-glyph", change: replace("  - {id: AC-DESK", "service desk", "תמיכה")},
		{Name: "a word out of its list", Diagnostic: "agreement-choice", change: replace("  - {id: AC-ADMIN", "rights: admin,", "rights: root,")},
	}
}

// find is the index of the first line that begins with a text.
func find(lines []string, begins string) int {
	at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, begins) })
	if at < 0 {
		panic("no line begins with " + begins)
	}
	return at
}

// replace is the mistake of writing one text in place of another, once in the
// first line that begins so.
func replace(begins, right, wrong string) func([]string) int {
	return func(lines []string) int {
		at := find(lines, begins)
		changed := strings.Replace(lines[at], right, wrong, 1)
		if changed == lines[at] {
			panic(fmt.Sprintf("no %q in %q", right, lines[at]))
		}
		lines[at] = changed
		return at
	}
}

// apply is a text with the fault in it, and the line of the fault.
func (x Fault) apply(text string) (string, int) {
	lines := strings.Split(text, "\n")
	at := x.change(lines)
	return strings.Join(lines, "\n"), at + 1
}

// fault is the fault of customer i, nil for a good one.
func (o Options) fault(i int) *Fault {
	k := slices.Index(o.Bad, i)
	if k < 0 {
		return nil
	}
	all := Faults()
	x := all[k%len(all)]
	_, x.Line = x.apply(newFirm(o.Seed, i).agreement())
	return &x
}

// check reports indexes of bad customers that make no sense.
func (o Options) check(n int) error {
	seen := map[int]bool{}
	for _, i := range o.Bad {
		if i < 0 || i >= n || seen[i] {
			return fmt.Errorf("bad customer %d of %d; expected each once, from 0 to %d", i, n, n-1)
		}
		seen[i] = true
	}
	return nil
}

// Spread gives count indexes of n customers at even distances, or all n where there
// are fewer, for Options.Bad.
func Spread(count, n int) []int {
	all := make([]int, 0, count)
	for k := range min(count, n) {
		all = append(all, (2*k+1)*n/(2*min(count, n)))
	}
	return all
}
