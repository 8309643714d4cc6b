package expand

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// A rewritten tree is walked as text/template walks one: control flow, pipelines,
// variables and their scopes are its own, which the tests hold against it. It is
// not asked itself, since it finds each function by name and calls it by
// reflection.

// errBreak and errContinue end the body of a loop.
var (
	errBreak    = errors.New("expand: break")
	errContinue = errors.New("expand: continue")
)

// binding is a variable and its value.
type binding struct {
	name  string
	value reflect.Value
}

// walk executes the nodes of one body.
func (m *machine) walk(list *parse.ListNode, dot reflect.Value) error {
	for _, n := range list.Nodes {
		if err := m.node(n, dot); err != nil {
			return err
		}
	}
	return nil
}

func (m *machine) node(n parse.Node, dot reflect.Value) error {
	switch n := n.(type) {
	case *parse.TextNode:
		return m.obey(n.Text)
	case *parse.ActionNode:
		_, err := m.pipeline(n.Pipe, dot)
		return err
	case *parse.IfNode:
		return m.choose(&n.BranchNode, dot, false)
	case *parse.WithNode:
		return m.choose(&n.BranchNode, dot, true)
	case *parse.RangeNode:
		return m.loop(&n.BranchNode, dot)
	case *parse.BreakNode:
		return errBreak
	case *parse.ContinueNode:
		return errContinue
	default:
		panic(fmt.Sprintf("expand: unexpected node %T", n))
	}
}

// obey carries out the order of a text node.
func (m *machine) obey(text []byte) error {
	id := binary.BigEndian.Uint32(text[1:])
	switch o := order(text[0]); o {
	case orderStep:
		if m.begun != nil {
			m.begun[id] = true
		}
		b := &m.t.prog.bodies[id]
		return m.work(b.weight, b.span)
	case orderText:
		return m.print(int(id))
	case orderSlot:
		return m.put(int(id), m.t.prog.emissions[id])
	default:
		panic(fmt.Sprintf("expand: unknown order %q", byte(o)))
	}
}

// choose executes an if or with.
func (m *machine) choose(b *parse.BranchNode, dot reflect.Value, with bool) error {
	defer m.forget(len(m.vars))
	v, err := m.pipeline(b.Pipe, dot)
	switch {
	case err != nil:
		return err
	case isTrue(v) && with:
		return m.walk(b.List, v)
	case isTrue(v):
		return m.walk(b.List, dot)
	case b.ElseList != nil:
		return m.walk(b.ElseList, dot)
	default:
		return nil
	}
}

// forget ends the scope of the variables after the first n.
func (m *machine) forget(n int) { m.vars = m.vars[:n] }

// loop executes a range.
func (m *machine) loop(b *parse.BranchNode, dot reflect.Value) error {
	defer m.forget(len(m.vars))
	over, err := m.pipeline(b.Pipe, dot)
	if err != nil {
		return err
	}
	ran := false
	scope := len(m.vars)
	once := func(key, element reflect.Value) error {
		ran = true
		m.iterate(b.Pipe, key, element)
		defer m.forget(scope)
		if err := m.walk(b.List, element); err != errContinue {
			return err
		}
		return nil
	}
	switch {
	case over.Kind() == reflect.Slice:
		for i := 0; i < over.Len() && err == nil; i++ {
			err = once(reflect.ValueOf(i), over.Index(i))
		}
	case over.Kind() == reflect.Map:
		for _, key := range sortedKeys(over) {
			if err = once(key, over.MapIndex(key)); err != nil {
				break
			}
		}
	case over.CanInt() || over.CanUint():
		for i := range over.Seq() {
			if err = once(reflect.Value{}, i); err != nil {
				break
			}
		}
	default:
		panic(fmt.Sprintf("expand: a range over a %v", over.Kind()))
	}
	switch {
	case err == errBreak:
		return nil
	case err == nil && !ran && b.ElseList != nil:
		return m.walk(b.ElseList, dot)
	default:
		return err
	}
}

// iterate gives the variables of a loop their values: the last of them is the
// element.
func (m *machine) iterate(p *parse.PipeNode, key, element reflect.Value) {
	values := []reflect.Value{key, element}[2-len(p.Decl):]
	for i, v := range p.Decl {
		if p.IsAssign {
			*m.variable(v.Ident[0]) = values[i]
		} else {
			m.vars[len(m.vars)-len(p.Decl)+i].value = values[i]
		}
	}
}

// sortedKeys are the keys of a map in their order: all text, or all numbers.
func sortedKeys(m reflect.Value) []reflect.Value {
	keys := m.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		switch {
		case a.Kind() == reflect.String:
			return strings.Compare(a.String(), b.String())
		case a.CanInt():
			return cmp.Compare(a.Int(), b.Int())
		case a.CanUint():
			return cmp.Compare(a.Uint(), b.Uint())
		default:
			panic(fmt.Sprintf("expand: a map with keys of %v", a.Kind()))
		}
	})
	return keys
}

// variable is the innermost variable of a name.
func (m *machine) variable(name string) *reflect.Value {
	for i := len(m.vars) - 1; i >= 0; i-- {
		if m.vars[i].name == name {
			return &m.vars[i].value
		}
	}
	panic("expand: unknown variable " + name)
}

// pipeline is the value of a pipeline. It declares the pipeline's variables.
func (m *machine) pipeline(p *parse.PipeNode, dot reflect.Value) (v reflect.Value, err error) {
	for i, cmd := range p.Cmds {
		if v, err = m.command(cmd, dot, v, i > 0); err != nil {
			return v, err
		}
	}
	for _, x := range p.Decl {
		if p.IsAssign {
			*m.variable(x.Ident[0]) = v
		} else {
			m.vars = append(m.vars, binding{x.Ident[0], v})
		}
	}
	return v, nil
}

// command is the value of a command; before is that of the command before it in
// the pipeline, if there is one.
func (m *machine) command(cmd *parse.CommandNode, dot, before reflect.Value, piped bool) (reflect.Value, error) {
	function, ok := cmd.Args[0].(*parse.IdentifierNode)
	if !ok {
		return m.operand(cmd.Args[0], dot)
	}
	operands := cmd.Args[1:]
	switch function.Ident {
	case fnGet:
		base, err := m.operand(operands[1], dot)
		if err != nil {
			return base, err
		}
		_, v, err := m.follow(tableIndex(operands[0]), base)
		return v, err
	case fnEmitField:
		base, err := m.operand(operands[1], dot)
		if err != nil {
			return base, err
		}
		return reflect.Value{}, m.emitField(tableIndex(operands[0]), base, tableIndex(operands[2]))
	case fnEmit:
		id := tableIndex(operands[0])
		return reflect.Value{}, m.value(id, m.t.prog.emissions[id], before)
	case "and", "or":
		var v reflect.Value
		var err error
		for _, n := range operands {
			if v, err = m.operand(n, dot); err != nil || isTrue(v) == (function.Ident == "or") {
				return v, err
			}
		}
		if piped {
			v = before
		}
		return v, nil
	case "not":
		v := before
		if !piped {
			var err error
			if v, err = m.operand(operands[0], dot); err != nil {
				return v, err
			}
		}
		return reflect.ValueOf(!isTrue(v)), nil
	case fnCall:
		args := make([]reflect.Value, 0, len(operands))
		for _, n := range operands[1:] {
			v, err := m.operand(n, dot)
			if err != nil {
				return v, err
			}
			args = append(args, v)
		}
		if piped {
			args = append(args, before)
		}
		return m.call(tableIndex(operands[0]), args)
	default:
		panic("expand: unknown function " + function.Ident)
	}
}

// operand is the value of an operand.
func (m *machine) operand(n parse.Node, dot reflect.Value) (reflect.Value, error) {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot, nil
	case *parse.VariableNode:
		return *m.variable(n.Ident[0]), nil
	case *parse.PipeNode:
		return m.pipeline(n, dot)
	case *parse.StringNode:
		return reflect.ValueOf(n.Text), nil
	case *parse.NumberNode:
		return reflect.ValueOf(int(n.Int64)), nil
	case *parse.BoolNode:
		return reflect.ValueOf(n.True), nil
	default:
		panic(fmt.Sprintf("expand: unexpected operand %T", n))
	}
}

// tableIndex reads an index into a table of program.
func tableIndex(n parse.Node) int { return int(n.(*parse.NumberNode).Int64) }
