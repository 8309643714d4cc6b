package expand

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// The functions that rewritten templates call. No template can name them:
// names that are not on the list are refused before the tree is rewritten.
// The first operand of each is an index into a table of program.
const (
	fnGet       = "x_get"       // a chain of fields of its second operand
	fnEmit      = "x_emit"      // prints the value of a pipeline
	fnEmitField = "x_emitField" // prints the last field of a chain
	fnCall      = "x_call"      // a function of the list
)

// order is what a text node of a rewritten tree tells the machine, which is
// the writer that text/template writes to. It needs no operand, and writing is
// cheaper than calling.
type order byte

const (
	orderStep order = 's' // a body begins
	orderText order = 't' // a piece of template text
	orderSlot order = 'k' // an inline or block function
)

// textNode is the text node that gives an order with an index into a table of
// program.
func textNode(o order, id int) *parse.TextNode {
	text := binary.BigEndian.AppendUint32([]byte{byte(o)}, uint32(id))
	return &parse.TextNode{NodeType: parse.NodeText, Text: text}
}

// program is what the functions of a rewritten tree look up.
type program struct {
	bodies    []work
	texts     []piece
	chains    []chain
	calls     []invocation
	emissions []Slot // without Text and Receiver
}

// work is what executing a body once costs, in nodes.
type work struct {
	weight int
	span   source.Span // the action that begins the body
}

// piece is a run of template text. Its place is exact: byte for byte.
type piece struct {
	text string
	span source.Span
}

// chain is a checked chain of fields such as .Customer.LegalName.
type chain struct {
	name  string // as written in front of the first field, "" for dot
	steps []step
	span  source.Span
}

type step struct {
	name  string
	index []int // for reflect.Value.FieldByIndex
}

// invocation is one call of a function of the list.
type invocation struct {
	*function
	span source.Span
}

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

// pipe walks a pipeline and rewrites it in place.
func (c *checker) pipe(p *parse.PipeNode) typed {
	var value typed
	for i, cmd := range p.Cmds {
		final := &value
		if i == 0 {
			final = nil
		}
		p.Cmds[i], value = c.command(cmd, final)
	}
	return value
}

// command walks a command; final is the value of the command before it in
// the pipeline.
func (c *checker) command(cmd *parse.CommandNode, final *typed) (*parse.CommandNode, typed) {
	first := cmd.Args[0]
	if ident, ok := first.(*parse.IdentifierNode); ok {
		return c.function(ident, cmd.Args[1:], final)
	}
	if len(cmd.Args) > 1 || final != nil {
		switch first.(type) {
		case *parse.FieldNode, *parse.ChainNode, *parse.VariableNode:
			_, value := c.operand(first)
			c.list.Errorf(codeMethod, c.place(first, value), "", "fields are values and take no operands")
		default:
			c.list.Errorf(codeSyntax, c.place(first, typed{}), "", "expected a function in front of the operands")
		}
		for _, arg := range cmd.Args[1:] {
			c.operand(arg)
		}
		return cmd, typed{}
	}
	node, value := c.operand(first)
	if p, ok := node.(*parse.PipeNode); ok && len(p.Cmds) == 1 {
		return p.Cmds[0], value
	}
	return &parse.CommandNode{NodeType: parse.NodeCommand, Pos: cmd.Pos, Args: []parse.Node{node}}, value
}

func (c *checker) place(n parse.Node, value typed) source.Span {
	if !value.span.IsZero() {
		return value.span
	}
	pos := int(n.Position())
	return c.span(pos, pos)
}

var wholeNumber = regexp.MustCompile(`^[+-]?(0|[1-9][0-9]*)$`)

// operand walks one operand and gives what stands in its place.
func (c *checker) operand(n parse.Node) (parse.Node, typed) {
	c.weight++
	pos := int(n.Position())
	switch n := n.(type) {
	case *parse.DotNode:
		value := c.dot
		value.span = c.span(pos, pos+1)
		return n, value
	case *parse.StringNode:
		return n, typed{t: textType, span: c.span(pos, pos+len(n.Quoted))}
	case *parse.BoolNode:
		return n, typed{t: booleanType, span: c.span(pos, pos+len(n.String()))}
	case *parse.NumberNode:
		span := c.span(pos, pos+len(n.Text))
		if !wholeNumber.MatchString(n.Text) || !n.IsInt || int64(int(n.Int64)) != n.Int64 {
			c.list.Errorf(codeUnsupported, span, "write other numbers as text in quotes", "expected a whole number in decimal digits, found %q", n.Text)
			return n, typed{}
		}
		return n, typed{t: numberType, span: span}
	case *parse.NilNode:
		c.list.Errorf(codeUnsupported, c.span(pos, pos+len("nil")), "", `"nil" is not a value that a %s can use`, c.opts.What)
		return n, typed{}
	case *parse.VariableNode:
		if len(n.Ident) == 1 {
			return n, c.variable(n.Ident[0], pos)
		}
		return c.fieldOperand(n)
	case *parse.FieldNode, *parse.ChainNode:
		return c.fieldOperand(n)
	case *parse.IdentifierNode:
		cmd, value := c.function(n, nil, nil)
		return pipeline(cmd), value
	case *parse.PipeNode:
		if len(n.Decl) > 0 {
			c.list.Errorf(codeSyntax, c.span(pos, pos+len(n.Decl[0].Ident[0])), "declare it in an action of its own", "a variable cannot be declared inside parentheses")
		}
		value := c.pipe(n)
		n.Decl = nil
		return n, value
	default:
		panic(fmt.Sprintf("expand: unexpected operand %T", n))
	}
}

func (c *checker) variable(name string, pos int) typed {
	span := c.span(pos, pos+len(name))
	value, ok := c.lookup(name)
	if !ok {
		c.list.Errorf(codeVariable, span, "declare it before it is used, outside of the block", "variable %q is not declared here", name)
		return typed{}
	}
	value.span = span
	return value
}

// fieldOperand rewrites a chain of fields as an operand.
func (c *checker) fieldOperand(n parse.Node) (parse.Node, typed) {
	base, idents, start := c.bareChain(n)
	cmd, value := c.get(base, idents, start)
	return pipeline(cmd), value
}

// bareChain takes a chain of fields apart: what stands before the fields, the
// fields, and where the chain begins in the text; base is nil for other nodes.
//
// The parser gives a chain of several fields the position of its second.
func (c *checker) bareChain(n parse.Node) (base parse.Node, idents []string, start int) {
	pos := int(n.Position())
	switch n := n.(type) {
	case *parse.FieldNode:
		if len(n.Ident) > 1 {
			pos -= len(".") + len(n.Ident[0])
		}
		return &parse.DotNode{NodeType: parse.NodeDot, Pos: parse.Pos(pos)}, n.Ident, pos
	case *parse.VariableNode:
		if len(n.Ident) == 1 {
			return nil, nil, 0
		}
		pos -= len(n.Ident[0])
		return &parse.VariableNode{NodeType: parse.NodeVariable, Pos: parse.Pos(pos), Ident: n.Ident[:1]}, n.Ident[1:], pos
	case *parse.ChainNode:
		return n.Node, n.Field, pos
	}
	return nil, nil, 0
}

// get checks a chain of fields and makes the command that follows it.
func (c *checker) get(base parse.Node, idents []string, start int) (*parse.CommandNode, typed) {
	var value typed
	pos := start
	link := chain{}
	switch b := base.(type) {
	case *parse.DotNode:
		c.weight++
		value = c.dot
	case *parse.VariableNode:
		c.weight++
		value = c.variable(b.Ident[0], start)
		pos += len(b.Ident[0])
		link.name = b.Ident[0]
	default:
		base, value = c.operand(base)
		link.name = "(...)"
	}
	mustStandAt(c.text, pos, "."+strings.Join(idents, "."))
	for _, ident := range idents {
		span := c.span(pos+1, pos+1+len(ident))
		pos += 1 + len(ident)
		if !value.known() {
			continue
		}
		var s step
		s, value = c.step(value, ident, span)
		link.steps = append(link.steps, s)
	}
	link.span = c.span(start, pos)
	if value.known() {
		c.fields = append(c.fields, Field{value.path, link.span})
		value.span = link.span
	}
	c.prog.chains = append(c.prog.chains, link)
	return call(fnGet, len(c.prog.chains)-1, base), value
}

// step checks one field of a record.
func (c *checker) step(of typed, ident string, span source.Span) (step, typed) {
	t := of.t
	switch classOf(t) {
	case record:
	case mapping:
		c.list.Errorf(codeField, span, fmt.Sprintf("write index MAP %q", ident), "a map has no fields")
		return step{}, typed{}
	case sequence:
		c.list.Errorf(codeField, span, "range over it, or take its first", "a list has no fields")
		return step{}, typed{}
	default:
		c.list.Errorf(codeField, span, "", "a %s has no fields", describe(t))
		return step{}, typed{}
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	f, ok := t.FieldByName(ident)
	if !ok || !f.IsExported() {
		if _, ok := reflect.PointerTo(t).MethodByName(ident); ok {
			c.list.Errorf(codeMethod, span, "use a field", "%q is a method of the %s; templates call no methods", ident, describe(t))
			return step{}, typed{}
		}
		in := "the view"
		if !of.root {
			in = describe(t)
		}
		c.list.Errorf(codeField, span, c.fieldHint(of, t, ident), "unknown field %q in %s", ident, in)
		return step{}, typed{}
	}
	if classOf(f.Type) == unusable {
		c.list.Errorf(codeUnsupported, span, "", "field %q is not a value that templates can use", ident)
		return step{}, typed{}
	}
	next := typed{t: f.Type, outside: of.outside}
	switch {
	case of.root:
		next.path = ident
		next.outside = len(c.opts.Branch) > 0 && !slices.Contains(c.opts.Branch, ident)
	case of.path != "":
		next.path = of.path + "." + ident
	default:
		next.path = t.Name() + "." + ident
	}
	return step{ident, f.Index}, next
}

// fieldHint says what may have been meant by a field that t does not have.
func (c *checker) fieldHint(of typed, t reflect.Type, ident string) string {
	names := fieldNames(t)
	if near := diag.Nearest(ident, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	root := c.opts.Data
	if root.Kind() == reflect.Pointer {
		root = root.Elem()
	}
	if !of.root && slices.Contains(fieldNames(root), ident) {
		return fmt.Sprintf(`write "$.%s": inside of with and range the view is "$"`, ident)
	}
	slices.Sort(names)
	return "use one of " + strings.Join(names, ", ")
}

// function checks the call of a function of the list; operands come before
// the value of the pipeline, if there is one.
func (c *checker) function(ident *parse.IdentifierNode, operands []parse.Node, final *typed) (*parse.CommandNode, typed) {
	name, start := ident.Ident, int(ident.Pos)
	place := c.span(start, start+len(name))
	var nodes []parse.Node
	var args []typed
	for _, n := range operands {
		node, value := c.operand(n)
		nodes, args = append(nodes, node), append(args, value)
	}
	if final != nil {
		args = append(args, *final)
	}
	f := lookupFunction(name)
	if f == nil {
		c.unknownFunction(name, place)
		return call(fnCall, 0), typed{}
	}
	end := place.End
	for _, arg := range args {
		if arg.span.File != nil && final == nil {
			end = max(end, arg.span.End)
		}
	}
	result := typed{span: c.body.File.Span(place.Start, end)}
	if len(args) < len(f.params) || f.rest == 0 && len(args) > len(f.params) {
		c.list.Errorf(codeCount, place, "write "+f.usage, "%q has %d operands", name, len(args))
		return call(fnCall, 0), typed{}
	}
	known := true
	for i, arg := range args {
		p := f.rest
		if i < len(f.params) {
			p = f.params[i]
		}
		if !arg.known() {
			known = false
			continue
		}
		if !p.accepts(arg.t) {
			known = false
			c.list.Errorf(codeType, arg.span, "write "+f.usage, "expected %s as operand %d of %q, found %s", p, i+1, name, describe(arg.t))
		}
		result.outside = result.outside || arg.outside
		if p == conditional && arg.outside {
			c.branch(arg)
		}
	}
	if !known {
		return call(fnCall, 0), typed{}
	}
	t, path, problem := f.result(args)
	if problem != "" {
		c.list.Errorf(codeType, result.span, "write "+f.usage, "%s", problem)
		return call(fnCall, 0), typed{}
	}
	result.t, result.path = t, path
	if f.call == nil { // and, or, not: text/template's own, which stop early
		return &parse.CommandNode{NodeType: parse.NodeCommand, Args: append([]parse.Node{parse.NewIdentifier(name)}, nodes...)}, result
	}
	c.prog.calls = append(c.prog.calls, invocation{f, result.span})
	return call(fnCall, len(c.prog.calls)-1, nodes...), result
}

func (c *checker) unknownFunction(name string, place source.Span) {
	if c.makesToken(name) {
		c.list.Errorf(codePlace, place, "put it into an action of its own", "%q stands alone in its action; nothing can be done with its result", name)
		return
	}
	known := slices.Concat(FunctionNames(), c.opts.Inline, c.opts.Blocks)
	hint := insteadOf(name)
	if near := diag.Nearest(name, known); hint == "" && near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	c.list.Errorf(codeFunction, place, hint, "unknown function %q", name)
}

// call is a command that calls one of the functions of rewritten trees.
func call(name string, id int, operands ...parse.Node) *parse.CommandNode {
	args := append([]parse.Node{parse.NewIdentifier(name), integer(id)}, operands...)
	return &parse.CommandNode{NodeType: parse.NodeCommand, Args: args}
}

func integer(i int) *parse.NumberNode {
	return &parse.NumberNode{NodeType: parse.NodeNumber, IsInt: true, Int64: int64(i), Text: fmt.Sprint(i)}
}

func pipeline(cmd *parse.CommandNode) *parse.PipeNode {
	return &parse.PipeNode{NodeType: parse.NodePipe, Cmds: []*parse.CommandNode{cmd}}
}

// printing is an action of one command.
func printing(cmd *parse.CommandNode) *parse.ActionNode {
	return &parse.ActionNode{NodeType: parse.NodeAction, Pipe: pipeline(cmd)}
}
