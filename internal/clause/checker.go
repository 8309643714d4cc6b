package clause

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// parseCondition reads the text of a condition that is written at span, with
// or without quotes. The Condition is zero when the list has errors.
func parseCondition(span source.Span, text string) (Condition, diag.List) {
	c := &checker{text: text, span: span, facts: facts}
	if c.refuse(); len(c.list) > 0 {
		return Condition{}, c.list
	}
	tree, err := parser.Parse(text)
	if err != nil {
		c.syntax(err)
		return Condition{}, c.list
	}
	result := c.check(tree.Node)
	if result.kind != truth && result.kind != reported {
		c.typeError(tree.Node, "a condition must be true or false", result)
	}
	if len(c.list) == 0 && len(c.fields) == 0 {
		c.list.Errorf(codeConditionConstant, span, "delete the line if the clause is always part of a document",
			"the condition asks nothing about the agreement")
	}
	if len(c.list) > 0 {
		return Condition{}, c.list.Sorted()
	}
	slices.Sort(c.fields)
	fields := slices.Compact(c.fields)
	condition := Condition{
		text: text, fields: fields, program: compile(text),
		asked: Asked{Facts: fields, Numbers: c.numbers, Words: c.kinds, Compared: c.arithmetic},
	}
	if answer, ok := c.constant(condition); ok {
		message, hint := "the condition can never be true", "correct it; no document would have the clause"
		if answer {
			message, hint = "the condition is always true", "correct it, or delete the line if the clause is always part of a document"
		}
		c.list.Errorf(codeConditionConstant, span, hint, "%s", message)
		return Condition{}, c.list
	}
	return condition, nil
}

// checker examines the tree of one condition.
//
// It admits a small part of what the library can parse. What is admitted
// cannot fail when it runs, and is worded for a lawyer when it is wrong.
type checker struct {
	text   string
	span   source.Span
	facts  []fact
	fields []string
	list   diag.List

	numbers    []int    // written in the condition
	kinds      []string // of services that it asks for
	arithmetic bool     // a number is more than one fact compared with one written number
}

// kind is what a part of a condition is.
type kind int

const (
	reported kind = iota // already refused
	truth
	number
	word
)

func (k kind) String() string {
	switch k {
	case truth:
		return "true or false"
	case number:
		return "a number"
	case word:
		return "a word"
	default:
		panic(fmt.Sprintf("clause: unknown kind %d", int(k)))
	}
}

// typed is the kind of a part and, for a fact that is a word, its name and the
// words it can be.
type typed struct {
	kind  kind
	name  string
	known []string
}

// refuse finds what the parser would pass over in silence.
func (c *checker) refuse() {
	if len(c.text) > MaxCondition {
		c.list.Errorf(codeConditionLong, c.span, "split the clause in two, or ask for a new fact",
			"the condition is longer than %d characters", MaxCondition)
		return
	}
	for _, mark := range []string{"//", "/*", ";"} {
		if i := strings.Index(c.text, mark); i >= 0 {
			from := utf8.RuneCountInString(c.text[:i])
			c.list.Errorf(codeConditionPart, c.at(from, from+len(mark)), "keep one line of facts, comparisons, and, or, not", "%q has no meaning in a condition", mark)
			return
		}
	}
}

func (c *checker) syntax(err error) {
	var at *file.Error
	if !errors.As(err, &at) {
		c.list.Errorf(codeConditionSyntax, c.span, "", "the condition cannot be read")
		return
	}
	span := c.at(at.From, at.To)
	found := ""
	if c.exact() {
		found = span.Text()
	}
	switch {
	case strings.Contains(at.Message, "EOF") || strings.Contains(at.Message, "unexpected end"):
		length := utf8.RuneCountInString(c.text)
		c.list.Errorf(codeConditionSyntax, c.at(length, length), "complete it, or delete what stands at its end", "the condition ends too early")
	case strings.Contains(at.Message, "not terminated"):
		c.list.Errorf(codeConditionSyntax, span, "close the quotes", "a word in quotes has no end")
	case strings.Contains(at.Message, "integer literal"):
		c.list.Errorf(codeConditionSyntax, span, "", "a number is too large")
	case strings.HasPrefix(at.Message, "unexpected token") && found != "":
		hint := ""
		switch found {
		case "=":
			hint = `write "==" to compare`
		case "AND", "OR", "NOT", "IN":
			hint = fmt.Sprintf("write %q", strings.ToLower(found))
		}
		c.list.Errorf(codeConditionSyntax, span, hint, "%q is not expected here", found)
	default:
		c.list.Errorf(codeConditionSyntax, span, "", "the condition cannot be read here")
	}
}

func (c *checker) check(node ast.Node) typed {
	switch n := node.(type) {
	case *ast.BoolNode:
		return typed{kind: truth}
	case *ast.IntegerNode:
		c.numbers = append(c.numbers, n.Value)
		return typed{kind: number}
	case *ast.StringNode:
		return typed{kind: word}
	case *ast.IdentifierNode, *ast.MemberNode:
		return c.fact(node)
	case *ast.CallNode:
		return c.bought(n)
	case *ast.UnaryNode:
		return c.unary(n)
	case *ast.BinaryNode:
		return c.binary(n)
	case *ast.FloatNode:
		return c.part(n, "a number with a decimal point")
	case *ast.ArrayNode:
		return c.part(n, "a list that does not follow \"in\"")
	case *ast.BuiltinNode:
		return c.part(n, fmt.Sprintf("the function %q", n.Name))
	case *ast.NilNode:
		return c.part(n, "nil")
	case *ast.ConditionalNode:
		return c.part(n, "a choice with \"?\" or \"if\"")
	case *ast.ChainNode:
		return c.part(n, "\"?.\"")
	case *ast.SliceNode:
		return c.part(n, "a part of a list")
	case *ast.MapNode:
		return c.part(n, "a map")
	case *ast.VariableDeclaratorNode:
		return c.part(n, "\"let\"")
	default:
		// The set is the library's: a kind of node that it gains later is
		// refused like those named above.
		return c.part(n, "this")
	}
}

const partHint = "use facts, whole numbers, words in quotes, bought(\"...\"), comparisons, and, or, not, in"

func (c *checker) part(n ast.Node, what string) typed {
	c.list.Errorf(codeConditionPart, c.extent(n), partHint, "%s has no meaning in a condition", what)
	return typed{}
}

func (c *checker) unary(n *ast.UnaryNode) typed {
	switch n.Operator {
	case "not", "!":
		got := c.check(n.Node)
		if got.kind == truth {
			return got
		}
		if got.kind != reported {
			hint := fmt.Sprintf("put the comparison in parentheses, as in %s (...)", n.Operator)
			c.list.Errorf(codeConditionType, c.extent(n.Node), hint, "%q needs true or false after it, found %s", n.Operator, got.kind)
		}
		return typed{}
	case "-":
		c.want(n.Node, number, "\"-\" needs a number after it")
		c.arithmetic = true
		return typed{kind: number}
	default:
		return c.part(n, fmt.Sprintf("%q", n.Operator))
	}
}

func (c *checker) binary(n *ast.BinaryNode) typed {
	op := n.Operator
	switch op {
	case "and", "&&", "or", "||":
		if at, ok := chained(n); ok {
			c.list.Errorf(codeConditionPart, c.extent(at), "write two comparisons with \"and\" between them", "a comparison on both sides of %q has no meaning in a condition", c.extent(at).Text())
			return typed{}
		}
		needs := fmt.Sprintf("%q needs true or false on both sides", op)
		c.want(n.Left, truth, needs)
		c.want(n.Right, truth, needs)
		return typed{kind: truth}
	case "<", "<=", ">", ">=":
		needs := fmt.Sprintf("%q needs a number on both sides", op)
		c.want(n.Left, number, needs)
		c.want(n.Right, number, needs)
		c.compared(n)
		return typed{kind: truth}
	case "+", "-":
		needs := fmt.Sprintf("%q needs a number on both sides", op)
		c.want(n.Left, number, needs)
		c.want(n.Right, number, needs)
		c.arithmetic = true
		return typed{kind: number}
	case "==", "!=":
		return c.equal(n)
	case "in":
		return c.in(n)
	default:
		return c.part(n, fmt.Sprintf("%q", op))
	}
}

// chained finds the middle of "1 < a < 2", which the parser reads as
// "1 < a && a < 2" with one node for both a. Refusing it keeps the tree a tree.
func chained(n *ast.BinaryNode) (middle ast.Node, ok bool) {
	right, ok := n.Right.(*ast.BinaryNode)
	if !ok {
		return nil, false
	}
	left, ok := n.Left.(*ast.BinaryNode)
	if ok && (left.Operator == "&&" || left.Operator == "and") {
		left, ok = left.Right.(*ast.BinaryNode)
	}
	return right.Left, ok && left.Right == right.Left
}

// want checks a part that must be of one kind.
func (c *checker) want(n ast.Node, k kind, needs string) {
	if got := c.check(n); got.kind != k && got.kind != reported {
		c.typeError(n, needs, got)
	}
}

func (c *checker) typeError(n ast.Node, needs string, got typed) {
	hint := ""
	name := c.extent(n).Text()
	if _, literal := n.(*ast.StringNode); !literal && c.exact() {
		switch got.kind {
		case number:
			hint = fmt.Sprintf("compare it, as in %s > 0", name)
		case word:
			hint = fmt.Sprintf("compare it with a word, as in %s == %q", name, got.known[0])
		case truth, reported:
		default:
			panic(fmt.Sprintf("clause: unknown kind %d", int(got.kind)))
		}
	}
	if _, fact := n.(*ast.MemberNode); !fact && got.kind == number {
		hint = ""
	}
	c.list.Errorf(codeConditionType, c.extent(n), hint, "%s, found %s", needs, got.kind)
}

func (c *checker) equal(n *ast.BinaryNode) typed {
	left, right := c.check(n.Left), c.check(n.Right)
	switch {
	case left.kind == reported || right.kind == reported:
	case left.kind != right.kind:
		c.list.Errorf(codeConditionType, c.extent(n), "", "%q compares %s with %s", n.Operator, left.kind, right.kind)
	case left.kind == word:
		c.words(n.Left, left, n.Right, right)
	case left.kind == number:
		c.compared(n)
	}
	return typed{kind: truth}
}

// compared notes a comparison of two facts that are numbers.
func (c *checker) compared(n *ast.BinaryNode) {
	_, left := n.Left.(*ast.IntegerNode)
	_, right := n.Right.(*ast.IntegerNode)
	if !left && !right {
		c.arithmetic = true
	}
}

// words checks the comparison of a fact with a word in quotes.
func (c *checker) words(left ast.Node, l typed, right ast.Node, r typed) {
	switch {
	case l.known != nil && r.known == nil:
		c.known(right.(*ast.StringNode), l)
	case r.known != nil && l.known == nil:
		c.known(left.(*ast.StringNode), r)
	default:
		c.list.Errorf(codeConditionType, c.extent(left, right), "", "expected a fact on one side and a word in quotes on the other")
	}
}

// known checks a word that a fact is compared with.
func (c *checker) known(n *ast.StringNode, fact typed) {
	if slices.Contains(fact.known, n.Value) {
		return
	}
	hint := didYouMean(n.Value, fact.known)
	if hint == "" {
		hint = "write one of " + alternatives(fact.known)
	}
	message := fmt.Sprintf("%s is never %q", fact.name, n.Value)
	if fact.name == boughtField {
		message = fmt.Sprintf("there is no kind of service %q", n.Value)
	}
	c.list.Errorf(codeConditionWord, c.extent(n), hint, "%s", message)
}

// in checks `fact in ["a", "b"]`.
func (c *checker) in(n *ast.BinaryNode) typed {
	left := c.check(n.Left)
	list, ok := n.Right.(*ast.ArrayNode)
	if !ok || len(list.Nodes) == 0 {
		c.list.Errorf(codeConditionType, c.extent(n.Right), "write a list such as [\"some\", \"minimal\"]; whether a service is bought is asked by bought(\"mdr\")",
			"expected a list of words in quotes after \"in\"")
		return typed{}
	}
	if left.kind != reported && left.known == nil {
		c.list.Errorf(codeConditionType, c.extent(n.Left), "", "expected a fact that is a word before \"in\", found %s", left.kind)
	}
	if left.known == nil {
		return typed{}
	}
	for _, x := range list.Nodes {
		if text, ok := x.(*ast.StringNode); ok {
			c.known(text, left)
		} else {
			c.list.Errorf(codeConditionType, c.extent(x), "", "expected a word in quotes in the list")
		}
	}
	return typed{kind: truth}
}

// bought checks the only function, bought("mdr").
func (c *checker) bought(n *ast.CallNode) typed {
	callee, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return c.part(n, "a call")
	}
	if callee.Value != boughtName {
		c.list.Errorf(codeConditionPart, c.extent(callee), didYouMean(callee.Value, []string{boughtName}),
			"the function %q has no meaning in a condition", callee.Value)
		return typed{}
	}
	if len(n.Arguments) == 1 {
		if kind, ok := n.Arguments[0].(*ast.StringNode); ok {
			i := slices.IndexFunc(c.facts, func(f fact) bool { return f.name == boughtField })
			c.known(kind, typed{kind: word, name: boughtField, known: c.facts[i].known})
			c.fields = append(c.fields, boughtField)
			if !slices.Contains(c.kinds, kind.Value) {
				c.kinds = append(c.kinds, kind.Value)
			}
			return typed{kind: truth}
		}
	}
	c.list.Errorf(codeConditionType, c.extent(n), "write it as in bought(\"mdr\")", "%s needs one kind of service in quotes", boughtName)
	return typed{}
}

// boughtName is a function for authors: it stands for membership of a list,
// which would begin with a quote and so could not be written plainly in YAML.
const (
	boughtName  = "bought"
	boughtField = "services.kinds"
)

// boughtPatch rewrites bought("mdr") to "mdr" in services.kinds.
type boughtPatch struct{}

// Visit is called by the library for each node.
func (boughtPatch) Visit(node *ast.Node) {
	call, ok := (*node).(*ast.CallNode)
	if !ok {
		return
	}
	ast.Patch(node, &ast.BinaryNode{
		Operator: "in",
		Left:     call.Arguments[0],
		Right: &ast.MemberNode{
			Node:     &ast.IdentifierNode{Value: "services"},
			Property: &ast.StringNode{Value: "kinds"},
		},
	})
}
