package clause

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"

	"concordat/internal/diag"
)

// fact checks a chain of names such as backups.count.
func (c *checker) fact(node ast.Node) typed {
	path, whole := chain(node)
	if !whole {
		return c.part(node, "an index or \"?.\"")
	}
	name := strings.Join(path, ".")
	if i := slices.IndexFunc(c.facts, func(f fact) bool { return f.name == name }); i >= 0 {
		if name == boughtField {
			c.list.Errorf(codeConditionType, c.extent(node), "ask for one kind, as in bought(\"mdr\")", "%q is a list", name)
			return typed{}
		}
		c.fields = append(c.fields, name)
		return typed{kind: c.facts[i].kind, name: name, known: c.facts[i].known}
	}
	var names, inside []string
	for _, f := range c.facts {
		names = append(names, f.name)
		if strings.HasPrefix(f.name, name+".") && f.name != boughtField {
			inside = append(inside, f.name)
		}
	}
	if len(inside) > 0 {
		c.list.Errorf(codeConditionFact, c.extent(node), fmt.Sprintf("name one of them, such as %q", inside[0]), "%q is a group of facts", name)
		return typed{}
	}
	c.list.Errorf(codeConditionFact, c.extent(node), c.factHint(path, names), "unknown fact %q", name)
	return typed{}
}

// factHint finds the fact that was meant: one with a near name, or the only
// one with this last name, such as "employees".
func (c *checker) factHint(path, names []string) string {
	// A group that exists narrows the search to its facts.
	if len(path) == 2 {
		var inside []string
		for _, name := range names {
			if rest, ok := strings.CutPrefix(name, path[0]+"."); ok {
				inside = append(inside, rest)
			}
		}
		if near := diag.Nearest(path[1], inside); near != "" {
			return fmt.Sprintf("did you mean %q?", path[0]+"."+near)
		}
		if len(inside) > 0 {
			return fmt.Sprintf("the facts of %q are %s", path[0], strings.Join(inside, ", "))
		}
	}
	var last []string
	for _, name := range names {
		if strings.HasSuffix(name, "."+path[len(path)-1]) {
			last = append(last, name)
		}
	}
	if len(path) == 1 && len(last) == 1 {
		return fmt.Sprintf("did you mean %q?", last[0])
	}
	return didYouMean(strings.Join(path, "."), names)
}

// chain gives the names of a chain of fields; whole is false when the chain
// holds anything else.
func chain(node ast.Node) (path []string, whole bool) {
	switch n := node.(type) {
	case *ast.IdentifierNode:
		return []string{n.Value}, true
	case *ast.MemberNode:
		path, whole = chain(n.Node)
		property, ok := n.Property.(*ast.StringNode)
		if !whole || !ok || n.Optional {
			return nil, false
		}
		return append(path, property.Value), true
	default:
		return nil, false
	}
}

// fact is one leaf of Facts.
type fact struct {
	name  string
	index []int // of the field in Facts
	kind  kind
	known []string // words that a text or list of texts can hold
}

// facts are the leaves of Facts in the order of their declaration.
var facts = func() (list []fact) {
	for group := range reflect.TypeFor[Facts]().Fields() {
		for f := range group.Type.Fields() {
			x := fact{name: group.Tag.Get("expr") + "." + f.Tag.Get("expr"), index: append(slices.Clone(group.Index), f.Index...)}
			switch f.Type.Kind() {
			case reflect.Bool:
				x.kind = truth
			case reflect.Int:
				x.kind = number
			case reflect.String, reflect.Slice:
				x.kind = word
				x.known = strings.Fields(f.Tag.Get("oneof"))
			default:
				panic(fmt.Sprintf("clause: fact %s has type %s", x.name, f.Type))
			}
			list = append(list, x)
		}
	}
	return list
}()
