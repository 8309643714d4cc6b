package agreement

import (
	"fmt"
	"slices"
	"sync"

	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Load reads an agreement file and checks it against the frameworks. It
// reports all it finds, in the order of the file: first what is wrong with the
// file's shape and, when nothing is, what is wrong with fields and rules.
//
// The agreement is nil when one of the problems is an error; warnings come
// beside it.
func Load(f *source.File, frameworks *framework.Set) (*Agreement, diag.List) {
	tree, list := yamlsrc.Parse(f.Span(0, len(f.Text())), yamlsrc.Options{What: what})
	if tree == nil {
		return nil, list
	}
	return LoadTree(tree, frameworks)
}

// LoadTree is Load for an agreement that is parsed already, and perhaps
// written in several files. The tree's own place is in the agreement's file.
func LoadTree(tree *yamlsrc.Node, frameworks *framework.Set) (*Agreement, diag.List) {
	a, list := LoadBroken(tree, frameworks)
	if list.HasErrors() {
		return nil, list
	}
	return a, list
}

// LoadBroken is LoadTree for those who explain an agreement: it is not nil either
// when rules are broken and nothing else is wrong. Each field is then well formed,
// and refers to something that is there; but no document may be made of it.
func LoadBroken(tree *yamlsrc.Node, frameworks *framework.Set) (*Agreement, diag.List) {
	a := &Agreement{}
	positions, list := tree.Decode(a, yamlsrc.Options{What: what, Also: sharing, Shapes: modelShapes()})
	if list.HasErrors() {
		return nil, list
	}
	a.files, a.positions = tree.Files(), positions
	list = append(list, check(a, frameworks)...).Sorted()
	for _, d := range list {
		if d.Severity == diag.Error && !slices.ContainsFunc(rules(), func(r Rule) bool { return r.ID == d.Code }) {
			return nil, list
		}
	}
	return a, list
}

const what = "agreement file"

// modelShapes are read once: that takes longer than reading an agreement.
var modelShapes = sync.OnceValue(yamlsrc.ShapesOf[Agreement])

// sharing are the fields of an agreement file that package workspace reads.
var sharing = []string{"use", "change", "price_book", "quantities"}

// check examines a decoded agreement and computes what Load promises to have
// computed. Any field may be absent.
func check(a *Agreement, frameworks *framework.Set) diag.List {
	c := &checker{a: a, frameworks: frameworks}
	if f, ok := frameworks.Find(a.Baseline.Framework); ok {
		a.framework = f
	}
	if a.Maturity != nil {
		if f, ok := frameworks.Find(a.Maturity.Framework); ok {
			a.maturity = f
		}
	}
	if b := a.Parties.Provider.Baseline; b != nil {
		if f, ok := frameworks.Find(b.Framework); ok {
			a.provider = f
		}
	}
	if a.Budget != nil {
		a.totals = sum(a.Budget)
	}
	if !c.checkRows() {
		return c.cut()
	}
	c.checkFields()
	c.checkUnique()
	c.checkReferences()
	rules := rules()
	for i := range rules {
		if c.full() {
			break // the rest has to wait, see cut
		}
		c.rule = &rules[i]
		c.rule.check(c)
	}
	c.suppress()
	return c.cut()
}

// checker collects what is wrong with one agreement.
type checker struct {
	a          *Agreement
	frameworks *framework.Set
	rule       *Rule // the rule at work, nil before the first
	list       diag.List
	findings   []finding // what rules reported, in the order of list
	dropped    bool      // the problem reported last is not in list, which is full
	compared   int       // words compared for hints so far
}

// errorf reports that the rule at work is broken at a path.
func (c *checker) errorf(path, hint, format string, args ...any) {
	if c.rule.Severity != diag.Error {
		panic("agreement: rule " + c.rule.ID + " gives warnings only")
	}
	if !c.full() {
		c.findings = append(c.findings, finding{len(c.list), path})
	}
	c.report(c.rule.ID, path, hint, format, args...)
}

// warnf warns for the rule at work at a path.
func (c *checker) warnf(path, hint, format string, args ...any) {
	if c.dropped = c.full(); c.dropped {
		return
	}
	c.findings = append(c.findings, finding{len(c.list), path})
	c.list.Warnf(c.rule.ID, c.a.Span(path), hint, format, args...)
}

// report reports an error at a path.
func (c *checker) report(code, path, hint, format string, args ...any) {
	if c.dropped = c.full(); c.dropped {
		return
	}
	c.list.Errorf(code, c.a.Span(path), hint, format, args...)
}

// maxProblems is how many problems are listed: nobody reads more, and a file
// that is made to have many must not take long.
const maxProblems = 1000

func (c *checker) full() bool { return len(c.list) >= maxProblems }

// cut is the list, with its end when it is full.
func (c *checker) cut() diag.List {
	if !c.full() {
		return c.list
	}
	c.list = c.list[:maxProblems]
	c.list.Errorf(codeTooManyProblems, c.list[maxProblems-1].Span, "correct these first", "more than %d problems; the rest is not looked at", maxProblems)
	return c.list
}

// beginsNote adds the first day of the term to the problem reported last.
func (c *checker) beginsNote() { c.note("Term.Effective", "begins on %s", c.a.Term.Effective) }

// endsNote adds the last day of the term to the problem reported last.
func (c *checker) endsNote() { c.note("Term.End", "ends on %s", c.a.Term.End) }

// note adds another place to the problem reported last.
func (c *checker) note(path, format string, args ...any) {
	if c.dropped {
		return
	}
	last := &c.list[len(c.list)-1]
	last.Notes = append(last.Notes, diag.Note{Span: c.a.Span(path), Message: fmt.Sprintf(format, args...)})
}
