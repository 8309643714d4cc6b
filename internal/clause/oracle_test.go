package clause

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"

	"concordat/internal/diag"
)

// ask evaluates an accepted condition in the plainest way, as a second opinion
// on the program that the library makes and optimizes.
func ask(n ast.Node, f *Facts) any {
	switch n := n.(type) {
	case *ast.BoolNode:
		return n.Value
	case *ast.IntegerNode:
		return n.Value
	case *ast.StringNode:
		return n.Value
	case *ast.MemberNode:
		path, _ := chain(n)
		return factValue(f, path)
	case *ast.CallNode:
		return slices.Contains(f.Services.Kinds, n.Arguments[0].(*ast.StringNode).Value)
	case *ast.UnaryNode:
		if n.Operator == "-" {
			return -ask(n.Node, f).(int)
		}
		return !ask(n.Node, f).(bool)
	case *ast.BinaryNode:
		if n.Operator == "in" {
			word := ask(n.Left, f)
			return slices.ContainsFunc(n.Right.(*ast.ArrayNode).Nodes, func(x ast.Node) bool { return ask(x, f) == word })
		}
		a, b := ask(n.Left, f), ask(n.Right, f)
		switch n.Operator {
		case "and", "&&":
			return a.(bool) && b.(bool)
		case "or", "||":
			return a.(bool) || b.(bool)
		case "==":
			return a == b
		case "!=":
			return a != b
		case "<":
			return a.(int) < b.(int)
		case "<=":
			return a.(int) <= b.(int)
		case ">":
			return a.(int) > b.(int)
		case ">=":
			return a.(int) >= b.(int)
		case "+":
			return a.(int) + b.(int)
		case "-":
			return a.(int) - b.(int)
		}
	}
	panic(fmt.Sprintf("an accepted condition holds %T %v", n, n))
}

func factValue(f *Facts, path []string) any {
	v := reflect.ValueOf(f).Elem()
	for _, name := range path {
		for x := range v.Type().Fields() {
			if x.Tag.Get("expr") == name {
				v = v.FieldByIndex(x.Index)
				break
			}
		}
	}
	return v.Interface()
}

// agree checks a condition against the second opinion.
func agree(t *testing.T, c Condition, f *Facts) {
	t.Helper()
	tree, err := parser.Parse(c.String())
	if err != nil {
		t.Fatalf("accepted %q: %v", c, err)
	}
	if got, want := c.Holds(f), ask(tree.Node, f).(bool); got != want {
		t.Fatalf("%s holds: %v, the second opinion is %v", c, got, want)
	}
}

// agreeConstant checks a refusal of a condition with one answer only: the
// second opinion must be that answer.
func agreeConstant(t *testing.T, text string, list diag.List, f *Facts) {
	t.Helper()
	if len(list) != 1 || list[0].Code != codeConditionConstant || strings.Contains(list[0].Message, "nothing") {
		t.Fatalf("%s: refused with %v", text, list)
	}
	tree, err := parser.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(tree.Node, f).(bool); got != strings.Contains(list[0].Message, "always") {
		t.Fatalf("%s: %s, the second opinion is %v", text, list[0].Message, got)
	}
}

// Every condition of three facts joined in every way is answered as expected.
func TestConditionAgrees(t *testing.T) {
	facts := []string{
		"backups.count > 0", "maturity.present", "not maturity.low", `bought("mdr")`, `provider.tier == "some"`,
		`provider.tier in ["minimal", "comprehensive"]`, "assets.count - assets.out_of_scope >= 3", "maturity.low == reviews.quarterly",
	}
	samples := []*Facts{{Provider: ProviderFacts{Tier: "comprehensive"}}, sampleFacts(), {Maturity: MaturityFacts{Low: true}, Provider: ProviderFacts{Tier: "minimal"}, Assets: AssetFacts{Count: 3}}}
	count := 0
	for _, a := range facts {
		for _, b := range facts {
			for _, x := range facts {
				for _, form := range []string{"A and B or C", "A or B and C", "(A or B) and C", "not (A and B) or not (C)", "A && !(B || C)", "(A) == (B) and C", "(A) != (B or C)"} {
					text := strings.NewReplacer("A", a, "B", b, "C", x).Replace(form)
					c, list := parse(text)
					for _, f := range samples {
						if len(list) == 0 {
							agree(t, c, f)
						} else {
							agreeConstant(t, text, list, f)
						}
						count++
					}
				}
			}
		}
	}
	t.Logf("%d answers", count)
}
