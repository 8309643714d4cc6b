package clause

import (
	"github.com/expr-lang/expr/ast"

	"concordat/internal/source"
)

// extent is the span of parts with all parts inside them. Parentheses around
// them are no part of the tree.
func (c *checker) extent(nodes ...ast.Node) source.Span {
	from, to := -1, 0
	seen := map[ast.Node]bool{}
	var walk func(n ast.Node)
	walk = func(n ast.Node) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		if at := n.Location(); at.To > 0 {
			if from < 0 || at.From < from {
				from = at.From
			}
			to = max(to, at.To)
		}
		for _, inside := range parts(n) {
			walk(inside)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	return c.at(max(from, 0), to)
}

// parts are the parts directly inside a part. The library's own walk is not
// used: its parser puts one node at several places of the tree ("1 < a < 2"
// has a twice), which nested a few dozen times would be walked for ever.
func parts(n ast.Node) []ast.Node {
	switch n := n.(type) {
	case *ast.UnaryNode:
		return []ast.Node{n.Node}
	case *ast.BinaryNode:
		return []ast.Node{n.Left, n.Right}
	case *ast.MemberNode:
		return []ast.Node{n.Node, n.Property}
	case *ast.ChainNode:
		return []ast.Node{n.Node}
	case *ast.SliceNode:
		return []ast.Node{n.Node, n.From, n.To}
	case *ast.CallNode:
		return append([]ast.Node{n.Callee}, n.Arguments...)
	case *ast.BuiltinNode:
		return n.Arguments
	case *ast.PredicateNode:
		return []ast.Node{n.Node}
	case *ast.ConditionalNode:
		return []ast.Node{n.Cond, n.Exp1, n.Exp2}
	case *ast.ArrayNode:
		return n.Nodes
	case *ast.MapNode:
		return n.Pairs
	case *ast.PairNode:
		return []ast.Node{n.Key, n.Value}
	default:
		return nil
	}
}

// exact reports whether places inside the condition are places of the file:
// not so in a scalar with escapes.
func (c *checker) exact() bool {
	raw := c.span.Text()
	return raw == c.text || len(raw) == len(c.text)+2 && raw[1:len(raw)-1] == c.text
}

// at is the span of the code points from from to to of the condition, or of
// the whole condition where its places cannot be found.
func (c *checker) at(from, to int) source.Span {
	if !c.exact() {
		return c.span
	}
	base := c.span.Start
	if len(c.span.Text()) != len(c.text) {
		base++
	}
	start, end := len(c.text), len(c.text)
	n := 0
	for i := range c.text {
		if n == from {
			start = i
		}
		if n == to {
			end = i
		}
		n++
	}
	return c.span.File.Span(base+start, base+max(start, end))
}
