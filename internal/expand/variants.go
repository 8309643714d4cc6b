package expand

import (
	"encoding/binary"
	"fmt"
	"strings"
	"text/template/parse"
)

// valueText stands for a value in a variant.
const valueText = "…"

// Variants are texts that the template can make, without any data: each text of
// it stands in at least one, and each branch is taken in at least one. Within a
// variant conditions that are written alike are answered alike; otherwise the
// answers are free, so that a variant may be one that no agreement gives. What a
// loop repeats stands there twice. Each printed value is "…". Of a template with
// so many branches that its variants would have more than MaxOutput bytes, only
// the first are made.
func (t *Template) Variants() []Result {
	v := &varier{t: t, taken: map[branch]bool{}}
	var all []Result
	for {
		answers, ok := v.next(t.tree.Root, map[string]bool{})
		if !ok && len(all) > 0 {
			return all
		}
		m := &machine{t: t}
		if !v.run(m, t.tree.Root, answers) {
			return all
		}
		if v.bytes += m.size; v.bytes > MaxOutput {
			return all
		}
		all = append(all, Result{Slots: m.slots, template: t, segments: m.segments, size: m.size})
	}
}

// branch is one of the two ways behind a condition or loop.
type branch struct {
	at  *parse.BranchNode
	yes bool
}

func (b branch) list() *parse.ListNode {
	if b.yes {
		return b.at.List
	}
	return b.at.ElseList
}

// varier takes each branch of a template once at least.
type varier struct {
	t     *Template
	taken map[branch]bool
	bytes int
}

// branching is the node of an if, with or range.
func branching(n parse.Node) (b *parse.BranchNode, loop bool) {
	switch n := n.(type) {
	case *parse.IfNode:
		return &n.BranchNode, false
	case *parse.WithNode:
		return &n.BranchNode, false
	case *parse.RangeNode:
		return &n.BranchNode, true
	default:
		return nil, false
	}
}

// condition is what an if, with or range asks, as it is written.
func (v *varier) condition(b *parse.BranchNode) string {
	first := b.List.Nodes[0].(*parse.TextNode)
	text := v.t.prog.bodies[binary.BigEndian.Uint32(first.Text[1:])].span.Text()
	text = strings.TrimSuffix(strings.TrimPrefix(text, "{{"), "}}")
	text = strings.TrimSuffix(strings.TrimPrefix(text, "- "), " -")
	return strings.TrimPrefix(strings.Join(strings.Fields(text), " "), "else ")
}

// next are answers that lead to the first branch not yet taken. A branch to
// which no answers lead counts as taken.
func (v *varier) next(list *parse.ListNode, answers map[string]bool) (map[string]bool, bool) {
	if list == nil {
		return nil, false
	}
	for _, n := range list.Nodes {
		b, _ := branching(n)
		if b == nil {
			continue
		}
		asked := v.condition(b)
		for _, yes := range []bool{true, false} {
			one := branch{b, yes}
			if answer, ok := answers[asked]; ok && answer != yes {
				v.taken[one] = true
				continue
			}
			deeper := map[string]bool{asked: yes}
			for k, x := range answers {
				deeper[k] = x
			}
			if !v.taken[one] {
				return deeper, true
			}
			if found, ok := v.next(one.list(), deeper); ok {
				return found, true
			}
		}
	}
	return nil, false
}

// run writes one variant. It is false when the variant is too large.
func (v *varier) run(m *machine, list *parse.ListNode, answers map[string]bool) bool {
	if list == nil {
		return true
	}
	for _, n := range list.Nodes {
		if b, loop := branching(n); b != nil {
			asked := v.condition(b)
			if _, ok := answers[asked]; !ok {
				answers[asked] = !v.taken[branch{b, true}] || v.taken[branch{b, false}]
			}
			one := branch{b, answers[asked]}
			v.taken[one] = true
			if !v.run(m, one.list(), answers) || loop && one.yes && !v.run(m, one.list(), answers) {
				return false
			}
			continue
		}
		var err error
		switch n := n.(type) {
		case *parse.TextNode:
			id := binary.BigEndian.Uint32(n.Text[1:])
			switch o := order(n.Text[0]); o {
			case orderStep:
				b := v.t.prog.bodies[id]
				err = m.work(b.weight, b.span)
			case orderText:
				err = m.print(int(id))
			case orderSlot:
				err = m.put(int(id), v.t.prog.emissions[id])
			default:
				panic(fmt.Sprintf("expand: unknown order %q", byte(o)))
			}
		case *parse.ActionNode:
			if len(n.Pipe.Decl) > 0 {
				continue
			}
			args := n.Pipe.Cmds[len(n.Pipe.Cmds)-1].Args
			id := int(args[len(args)-1].(*parse.NumberNode).Int64)
			slot := v.t.prog.emissions[id]
			slot.Text = valueText
			err = m.put(id, slot)
		case *parse.BreakNode, *parse.ContinueNode:
		default:
			panic(fmt.Sprintf("expand: unexpected node %T", n))
		}
		if err != nil {
			return false
		}
	}
	return true
}
