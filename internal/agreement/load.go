package agreement

import (
	"fmt"

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
	a := &Agreement{}
	positions, list := tree.Decode(a, yamlsrc.Options{What: what, Also: sharing})
	if list.HasErrors() {
		return nil, list
	}
	a.files, a.positions = tree.Files(), positions
	list = append(list, check(a, frameworks)...).Sorted()
	if list.HasErrors() {
		return nil, list
	}
	return a, list
}

const what = "agreement file"

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
	c.checkFields()
	c.checkUnique()
	c.checkReferences()
	for _, r := range Rules() {
		c.rule = &r
		r.check(c)
	}
	c.suppress()
	return c.list
}

// checker collects what is wrong with one agreement.
type checker struct {
	a          *Agreement
	frameworks *framework.Set
	rule       *Rule // the rule at work, nil before the first
	list       diag.List
	findings   []finding // what rules reported, in the order of list
}

// errorf reports that the rule at work is broken at a path.
func (c *checker) errorf(path, hint, format string, args ...any) {
	if c.rule.Severity != diag.Error {
		panic("agreement: rule " + c.rule.ID + " gives warnings only")
	}
	c.findings = append(c.findings, finding{len(c.list), path})
	c.list.Errorf(c.rule.ID, c.a.Span(path), hint, format, args...)
}

// warnf warns for the rule at work at a path.
func (c *checker) warnf(path, hint, format string, args ...any) {
	c.findings = append(c.findings, finding{len(c.list), path})
	c.list.Warnf(c.rule.ID, c.a.Span(path), hint, format, args...)
}

// note adds another place to the problem reported last.
func (c *checker) note(path, format string, args ...any) {
	last := &c.list[len(c.list)-1]
	last.Notes = append(last.Notes, diag.Note{Span: c.a.Span(path), Message: fmt.Sprintf(format, args...)})
}
