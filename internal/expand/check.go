package expand

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// typed is what is known about an operand before there are values. The zero
// typed is an operand that was refused: nothing more is said about it.
type typed struct {
	t       reflect.Type
	path    string // from the view's root: "Customer.LegalName", "People[]"; empty for computed values
	root    bool   // the view itself
	outside bool   // depends on data that conditions must not read
	span    source.Span
}

func (v typed) known() bool { return v.t != nil }

type variable struct {
	name string
	typed
}

// checker walks a parsed template once: it checks every operand against the
// types of the view and rewrites the tree in place.
type checker struct {
	opts   Options
	body   source.Span
	text   string
	scan   scan
	list   diag.List
	prog   program
	calls  []Call
	fields []Field

	numbers []int    // literals, as operands
	texts   []string // the same

	dot    typed
	vars   []variable
	weight int         // of the body being walked
	action source.Span // being walked
}

func (c *checker) span(start, end int) source.Span { return at(c.body, start, end) }

// walk rewrites the nodes of one body: a template, a branch or a loop.
func (c *checker) walk(list *parse.ListNode) {
	if list == nil {
		return
	}
	vars, weight := len(c.vars), c.weight
	c.weight = 1
	id := len(c.prog.bodies)
	c.prog.bodies = append(c.prog.bodies, work{span: c.action})
	nodes := []parse.Node{textNode(orderStep, id)}
	for _, n := range list.Nodes {
		c.weight++
		nodes = append(nodes, c.node(n))
	}
	list.Nodes = nodes
	c.prog.bodies[id].weight = c.weight
	c.vars, c.weight = c.vars[:vars], weight
}

func (c *checker) node(n parse.Node) parse.Node {
	if n.Type() != parse.NodeText {
		a, ok := c.scan.containing(int(n.Position()))
		if !ok {
			panic(fmt.Sprintf("expand: no action at %d", n.Position()))
		}
		c.action = c.span(a.start, a.end)
	}
	action := c.action
	switch n := n.(type) {
	case *parse.TextNode:
		text, pos := string(n.Text), int(n.Pos)
		mustStandAt(c.text, pos, text)
		c.prog.texts = append(c.prog.texts, piece{text, c.span(pos, pos+len(text))})
		return textNode(orderText, len(c.prog.texts)-1)
	case *parse.ActionNode:
		return c.print(n)
	case *parse.IfNode:
		vars := len(c.vars)
		c.condition("if", c.control(n.Pipe))
		c.walk(n.List)
		c.action = action
		c.walk(n.ElseList)
		c.vars = c.vars[:vars]
	case *parse.WithNode:
		vars, dot := len(c.vars), c.dot
		value := c.control(n.Pipe)
		c.condition("with", value)
		c.dot = value
		c.walk(n.List)
		c.dot, c.action = dot, action
		c.walk(n.ElseList)
		c.vars = c.vars[:vars]
	case *parse.RangeNode:
		c.loop(n)
	case *parse.BreakNode, *parse.ContinueNode:
	default:
		panic(fmt.Sprintf("expand: unexpected node %T", n))
	}
	return n
}

// control walks the pipeline of an if or with and declares its variable.
func (c *checker) control(p *parse.PipeNode) typed {
	value := c.pipe(p)
	c.declare(p, value)
	return value
}

func (c *checker) condition(word string, value typed) {
	if !value.known() {
		return
	}
	if value.outside {
		c.branch(value)
	}
	if value.t.Kind() == reflect.Struct {
		c.list.Errorf(codeType, value.span, "ask for one of its fields",
			"%q of a %s is always true", word, describe(value.t))
	}
}

func (c *checker) branch(value typed) {
	c.list.Errorf(codeBranch, value.span, "add what the "+c.opts.What+" asks for to the facts, and ask for that",
		"conditions read %s only, so that every variant of the %s can be checked", fieldList(c.opts.Branch), c.opts.What)
}

func fieldList(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = `".` + name + `"`
	}
	return strings.Join(quoted, ", ")
}

func (c *checker) loop(n *parse.RangeNode) {
	vars, dot, action := len(c.vars), c.dot, c.action
	over := c.pipe(n.Pipe)
	key, element := typed{}, typed{}
	if over.known() {
		switch classOf(over.t) {
		case sequence:
			key, element = typed{t: numberType}, over.element()
		case mapping:
			key, element = over, over.element()
			key.t, key.path = over.t.Key(), ""
		case number:
			element = over
			if len(n.Pipe.Decl) > 1 {
				c.list.Errorf(codeCount, over.span, "", "a range over a number has one variable")
			}
		default:
			c.list.Errorf(codeType, over.span, "", "expected a list, map or number to range over, found %s", describe(over.t))
		}
	}
	decl := n.Pipe.Decl
	values := []typed{element}
	if len(decl) > 1 {
		values = []typed{key, element}
	}
	for i, v := range decl {
		c.bind(v, values[i], n.Pipe.IsAssign)
	}
	c.dot = element
	c.walk(n.List)
	c.dot, c.action = dot, action
	c.vars = c.vars[:vars]
	c.walk(n.ElseList) // text/template leaves the variables half set here
}

func (v typed) element() typed {
	e := v
	e.t, e.root = v.t.Elem(), false
	if v.path != "" {
		e.path = v.path + "[]"
	}
	return e
}

func (c *checker) declare(p *parse.PipeNode, value typed) {
	for _, v := range p.Decl {
		c.bind(v, value, p.IsAssign)
	}
}

// bind declares a variable or, in an assignment, checks that it may hold the
// value.
func (c *checker) bind(v *parse.VariableNode, value typed, assign bool) {
	name, pos := v.Ident[0], int(v.Pos)
	span := c.span(pos, pos+len(name))
	if name == "$" {
		c.list.Errorf(codeVariable, span, "choose another name", `"$" is the view and cannot be changed`)
		return
	}
	if !assign {
		c.vars = append(c.vars, variable{name, value})
		return
	}
	old, ok := c.lookup(name)
	switch {
	case !ok:
		c.list.Errorf(codeVariable, span, "declare it with := before the block", "variable %q is not declared here", name)
	case !old.known() || !value.known():
	case old.t != value.t:
		c.list.Errorf(codeType, span, "", "expected %s for variable %q, found %s", describe(old.t), name, describe(value.t))
	case value.outside && !old.outside:
		c.list.Errorf(codeBranch, span, "declare a new variable with :=",
			"variable %q holds what conditions may read; this value is not such", name)
	}
}

func (c *checker) lookup(name string) (typed, bool) {
	for _, v := range slices.Backward(c.vars) {
		if v.name == name {
			return v.typed, true
		}
	}
	return typed{}, false
}

// print rewrites an action that is no control: a printed pipeline, an inline
// or block function, or a declaration.
func (c *checker) print(n *parse.ActionNode) parse.Node {
	p := n.Pipe
	if len(p.Decl) > 0 {
		c.declare(p, c.pipe(p))
		return n
	}
	id := len(c.prog.emissions)
	slot := Slot{Kind: Value, Span: c.action}
	first := p.Cmds[0].Args[0]
	if ident, ok := first.(*parse.IdentifierNode); ok && c.makesToken(ident.Ident) {
		slot = c.token(ident, p)
		c.prog.emissions = append(c.prog.emissions, slot)
		return textNode(orderSlot, id)
	}
	if len(p.Cmds) == 1 && len(p.Cmds[0].Args) == 1 {
		if base, idents, start := c.bareChain(first); base != nil {
			cmd, value := c.get(base, idents, start)
			slot.Field = idents[len(idents)-1]
			c.printable(value)
			cmd.Args[0] = parse.NewIdentifier(fnEmitField)
			c.prog.emissions = append(c.prog.emissions, slot)
			cmd.Args = append(cmd.Args, integer(id))
			return printing(cmd)
		}
	}
	c.printable(c.pipe(p))
	c.prog.emissions = append(c.prog.emissions, slot)
	p.Cmds = append(p.Cmds, call(fnEmit, id))
	return n
}

func (c *checker) printable(value typed) {
	if !value.known() {
		return
	}
	cl := classOf(value.t)
	hint := ""
	switch {
	case cl == text || cl == number:
		if speaks(value.t) {
			c.list.Errorf(codePrint, value.span, "use a field of the view that is plain text", "a %s has its own way of being written", value.t.Name())
		}
		return
	case cl == boolean || cl == truth:
		hint = "choose words: ternary \"yes\" \"no\" CONDITION"
	case cl == sequence:
		hint = "use andList, or range over it"
	case cl == record:
		hint = "print one of its fields"
	}
	c.list.Errorf(codePrint, value.span, hint, "expected text or a whole number to print, found %s", describe(value.t))
}

func (c *checker) makesToken(name string) bool {
	return slices.Contains(c.opts.Inline, name) || slices.Contains(c.opts.Blocks, name)
}

// token checks an inline or block function that begins an action.
func (c *checker) token(ident *parse.IdentifierNode, p *parse.PipeNode) Slot {
	name := ident.Ident
	slot := Slot{Kind: Block, Func: name, Span: c.action}
	inline := slices.Contains(c.opts.Inline, name)
	usage := fmt.Sprintf(`write {{ %s }} or {{ %s "id" }}`, name, name)
	if inline {
		slot.Kind = Inline
		usage = fmt.Sprintf(`write {{ %s "id" }}`, name)
	}
	args := p.Cmds[0].Args[1:]
	start := int(ident.Pos)
	place := c.span(start, start+len(name))
	if len(p.Cmds) > 1 {
		c.list.Errorf(codePlace, place, usage, "%q stands alone in its action; nothing can be done with its result", name)
		return slot
	}
	if len(args) > 1 || inline && len(args) == 0 {
		c.list.Errorf(codeCount, place, usage, "%q has %d operands", name, len(args))
		return slot
	}
	if len(args) == 1 {
		literal, ok := args[0].(*parse.StringNode)
		if !ok {
			c.list.Errorf(codeLiteral, place, usage, "expected text in quotes after %q, so that it can be checked in the library", name)
			return slot
		}
		start := int(literal.Pos)
		if !plainText(literal.Text) {
			c.list.Errorf(codeLiteral, c.span(start, start+len(literal.Quoted)), usage, "%q expects an id on one line, without control characters", name)
			return slot
		}
		slot.Arg = literal.Text
	}
	c.calls = append(c.calls, Call{name, slot.Arg, c.action})
	return slot
}

func plainText(s string) bool { return s != "" && len(source.Faults(s, false)) == 0 }
