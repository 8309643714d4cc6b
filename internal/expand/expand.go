// Package expand fills the templates of clauses and layouts with values and
// promises that no value becomes syntax.
//
// It is for the stage that turns a clause file and one agreement's view into
// Markdown to parse. Templates are those of text/template with a closed list
// of strict functions. Where a template prints a value, the result holds a
// token of Unicode noncharacters instead, and the value stands beside it in a
// slot. The text that is parsed as Markdown later is thus a function of the
// template and of the branches it took, and of no byte of any value.
//
// # Compile and Execute
//
// Compile checks everything that can be known without values: syntax, the
// names of functions, fields and variables, the type of every operand, and
// which data conditions ask. It reports all problems, each with its place. A
// template that compiles can only fail for its values: one that is empty, of
// several lines, too large or not there, or a loop that goes on too long.
//
// The tree that text/template parses is rewritten, as html/template does. Every
// printed pipeline, every chain of fields and every function becomes a call of a
// function of this package. Text nodes, and a node at the beginning of every body
// that counts the work, become orders to it. The tree is then walked by this
// package, in the way of text/template.
//
// # Differences from text/template
//
// There is no define, template, block, nil, printf or method call. Fields are
// checked against the type of the view. The operands of a function are checked
// before there are values. and, or and not give a condition that cannot be
// printed. len does not count the bytes of a text. A missing map key or a
// position outside of a list is an error.
package expand

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
	"unicode/utf8"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// Limits of one template and of one execution.
const (
	MaxBody    = 64 << 10 // bytes of a template
	MaxNesting = 64       // blocks, or parentheses, inside each other
	MaxSteps   = 200_000  // nodes executed; long operands count more than once
	MaxValue   = 64 << 10 // bytes of a printed value, and of any function's result
	MaxOutput  = 4 << 20  // bytes of the text and of all values together
)

// maxReported is the most problems that are reported of one template.
const maxReported = 100

// Options say what a template may use.
type Options struct {
	// Data is the view: a struct type or a pointer to one. Every field that a
	// template names is checked against it.
	Data reflect.Type
	// Branch, unless empty, lists the fields of the view that conditions (if,
	// with, ternary) may read, such as "Facts". Lists of other data may be
	// ranged over.
	Branch []string
	// Inline names the functions of one literal operand that stand for
	// something inside of a line, such as "ref".
	Inline []string
	// Blocks names the functions of one or no literal operand that stand for
	// blocks, such as "schedule".
	Blocks []string
	// What the template is, for messages: "clause" or "layout".
	What string
}

// Template is a checked template. It never changes and may be executed by
// several goroutines at once.
type Template struct {
	opts    Options
	body    source.Span
	tree    *parse.Tree // rewritten
	prog    program
	calls   []Call
	fields  []Field
	numbers []int
	texts   []string
}

// Call is the use of an inline or block function in a template. Arg is its
// literal operand, empty when a block function has none.
type Call struct {
	Func, Arg string
	Span      source.Span // the action
}

// Field is the use of a chain of fields. Name is its path from the view's
// root, with "[]" for an entry of a list or map: "People[].Name". It begins
// with the name of a type where the record was computed.
type Field struct {
	Name string
	Span source.Span // the chain as written
}

// Compile parses and checks the template that body covers, which begins and
// ends at boundaries of characters. The Template is nil when the list holds
// errors; the list is in file order.
func Compile(body source.Span, opts Options) (*Template, diag.List) {
	if opts.Data == nil || classOf(opts.Data) != record {
		panic(fmt.Sprintf("expand: the view is %v, not a struct", opts.Data))
	}
	for _, name := range slices.Concat(opts.Inline, opts.Blocks) {
		if lookupFunction(name) != nil {
			panic(fmt.Sprintf("expand: %q is a function of the list", name))
		}
	}
	var list diag.List
	text := body.Text()
	if refuseText(body, text, &list); list.HasErrors() {
		return nil, list
	}
	s := scanActions(body, &list)
	if list = list.Sorted(); list.HasErrors() {
		return nil, list[:min(len(list), maxReported)]
	}
	tree := parseBody(body, s, &list)
	if tree == nil {
		return nil, list.Sorted()
	}
	root := typed{t: opts.Data, root: true, outside: len(opts.Branch) > 0}
	c := checker{opts: opts, body: body, text: text, scan: s, dot: root, vars: []variable{{"$", root}}, action: at(body, 0, 0)}
	c.walk(tree.Root)
	if list := c.list.Sorted(); list.HasErrors() {
		return nil, list[:min(len(list), maxReported)]
	}
	return &Template{opts: opts, body: body, tree: tree, prog: c.prog, calls: c.calls, fields: c.fields, numbers: c.numbers, texts: c.texts}, nil
}

// refuseText refuses what would confuse the parser or the tokens.
func refuseText(body source.Span, text string, list *diag.List) {
	if len(text) > MaxBody {
		list.Errorf(codeTooLarge, at(body, 0, 0), "split it into several files", "the template is larger than %d KiB", MaxBody/1024)
		return
	}
	if !utf8.ValidString(text) {
		i := len(text) - len(strings.TrimLeftFunc(text, func(r rune) bool { return r != utf8.RuneError }))
		list.Errorf(codeReserved, at(body, i, i), "save the file as UTF-8", "the template is not valid UTF-8")
		return
	}
	if i := reservedAt(text); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[i:])
		list.Errorf(codeReserved, at(body, i, i+size), "delete it", "the characters from U+FDD0 to U+FDEF are reserved")
	}
}

// Body is the text that was compiled.
func (t *Template) Body() source.Span { return t.body }

// Calls are the inline and block functions that the template uses, in order,
// whichever branches they stand in.
func (t *Template) Calls() []Call { return slices.Clone(t.calls) }

// Fields are the chains of fields that the template uses, in order.
func (t *Template) Fields() []Field { return slices.Clone(t.fields) }

// Literals are the whole numbers and the texts in quotes that the template
// gives to functions, in order: what its conditions compare facts with.
func (t *Template) Literals() (numbers []int, texts []string) {
	return slices.Clone(t.numbers), slices.Clone(t.texts)
}
