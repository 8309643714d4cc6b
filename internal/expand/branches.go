package expand

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"text/template/parse"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// Branch is an if, with or range of a template, and which way it went. One
// inside of a loop may go both ways.
type Branch struct {
	Condition string      // what it asks, as it is written: "if gt .Facts.Backups.Count 0"
	Span      source.Span // the action
	Depth     int         // how many others it stands in; 0 is none
	Yes       bool        // what stands behind it was printed
	No        bool        // it was asked, and the other way was taken
}

// Branches are the conditions and loops of the template in the order of its
// text, and which way each goes with a view. One that stands in a way not taken
// goes neither way. The list is that of Execute; with an error in it the
// branches end where the template was left.
func (t *Template) Branches(data any) ([]Branch, diag.List) {
	if reflect.TypeOf(data) != t.opts.Data {
		panic(fmt.Sprintf("expand: the view is a %T, not a %v", data, t.opts.Data))
	}
	m := &machine{t: t, begun: make([]bool, len(t.prog.bodies))}
	list := m.run(data)
	b := brancher{varier: &varier{t: t}, begun: m.begun}
	b.walk(t.tree.Root, 0)
	return b.branches, list
}

// brancher reads off which bodies of a template have begun.
type brancher struct {
	*varier
	begun    []bool
	branches []Branch
}

func (b *brancher) walk(list *parse.ListNode, depth int) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		at, _ := branching(n)
		if at == nil {
			continue
		}
		yes := b.hasBegun(at.List)
		no := b.hasBegun(list) && !yes
		if at.ElseList != nil {
			no = b.hasBegun(at.ElseList)
		}
		b.branches = append(b.branches, Branch{Condition: b.condition(at), Span: b.span(at.List), Depth: depth, Yes: yes, No: no})
		b.walk(at.List, depth+1)
		deeper := depth + 1
		if chained(at) {
			deeper = depth // an "else if" stands beside the if
		}
		b.walk(at.ElseList, deeper)
	}
}

// chained reports whether what follows "else" is another condition only.
func chained(at *parse.BranchNode) bool {
	if at.ElseList == nil || len(at.ElseList.Nodes) != 2 {
		return false
	}
	inner, _ := branching(at.ElseList.Nodes[1])
	return inner != nil
}

func (b *brancher) hasBegun(list *parse.ListNode) bool {
	return b.begun[bodyIndex(list)]
}

func (b *brancher) span(list *parse.ListNode) source.Span {
	return b.t.prog.bodies[bodyIndex(list)].span
}

// bodyIndex is the index in program.bodies of a body.
func bodyIndex(list *parse.ListNode) uint32 {
	return binary.BigEndian.Uint32(list.Nodes[0].(*parse.TextNode).Text[1:])
}
