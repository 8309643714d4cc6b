package expand

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"concordat/internal/diag"
	"concordat/internal/source"
)

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
		c.texts = append(c.texts, n.Text)
		return n, typed{t: textType, span: c.span(pos, pos+len(n.Quoted))}
	case *parse.BoolNode:
		return n, typed{t: booleanType, span: c.span(pos, pos+len(n.String()))}
	case *parse.NumberNode:
		span := c.span(pos, pos+len(n.Text))
		if !wholeNumber.MatchString(n.Text) || !n.IsInt || int64(int(n.Int64)) != n.Int64 {
			c.list.Errorf(codeUnsupported, span, "write other numbers as text in quotes", "expected a whole number in decimal digits, found %q", n.Text)
			return n, typed{}
		}
		c.numbers = append(c.numbers, int(n.Int64))
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
	if len(c.list) > maxReported {
		return "" // it is not reported
	}
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
	if len(c.list) > maxReported {
		known = nil // it is not reported
	}
	if near := diag.Nearest(name, known); hint == "" && near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	c.list.Errorf(codeFunction, place, hint, "unknown function %q", name)
}
