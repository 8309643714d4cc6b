package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"concordat/internal/clause"
	"concordat/internal/expand"
	"concordat/internal/source"
	"concordat/internal/view"
)

// TestViewReference holds docs/view.md to the code. It is written anew when the
// environment sets CONCORDAT_UPDATE, as scripts are.
func TestViewReference(t *testing.T) {
	const name = "../../docs/view.md"
	var b strings.Builder
	b.WriteString(`# What clauses and layouts can see

A test makes this page of the code. How to use what stands here is in
[clause-authors.md](clause-authors.md).

- [Values](#values): what a text can print
- [Facts](#facts): what conditions and branches can ask
- [Functions](#functions): what can be done with values

## Values

A text is printed by its path: ` + "`{{ .Agreement.Effective }}`" + `. A person is a group of values, so
` + "`{{ .Customer.Executive.Name }}`" + ` prints a name. A list is gone through by ` + "`range`" + `, or joined
by ` + "`andList`" + `. Dates have the month as a word, amounts their currency.

`)
	groups := map[string]structOf{}
	for _, s := range structs(t, "../../internal/view") {
		groups[s.name] = s
	}
	written := 0
	order := []string{"View"}
	for i := 0; i < len(order); i++ {
		s, ok := groups[order[i]]
		if !ok {
			t.Fatalf("the view has no group %q", order[i])
		}
		if s.name != "View" {
			fmt.Fprintf(&b, "### %s\n\n", s.name)
		}
		fmt.Fprintf(&b, "%s\n\n| field | holds | what |\n|---|---|---|\n", s.doc)
		for _, f := range s.fields.List {
			if len(f.Names) != 1 || !f.Names[0].IsExported() {
				continue
			}
			holds, group := typeWords(f.Type)
			if group != "" && group != "clause.Facts" && !slices.Contains(order, group) {
				order = append(order, group)
			}
			what := cell(f.Comment.Text())
			if group == "clause.Facts" {
				holds, what = "[facts](#facts)", "for branches"
			}
			fmt.Fprintf(&b, "| `.%s` | %s | %s |\n", f.Names[0].Name, holds, what)
			written++
		}
		b.WriteString("\n")
	}
	if n := countFields(reflect.TypeFor[view.View](), map[reflect.Type]bool{}); n != written {
		t.Errorf("the page has %d fields, the view %d", written, n)
	}
	writeFacts(t, &b)
	writeFunctions(t, &b)

	if os.Getenv("CONCORDAT_UPDATE") != "" {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got := readText(t, name); got != b.String() {
		t.Error("docs/view.md is not what the code says: run \"CONCORDAT_UPDATE=1 go test ./cmd/concordat -run ViewReference\", and read the difference")
	}
}

// writeFacts writes the facts of conditions and branches.
func writeFacts(t *testing.T, b *strings.Builder) {
	t.Helper()
	b.WriteString(`## Facts

A condition writes ` + "`backups.count > 0`" + `, a branch ` + "`{{ if gt .Facts.Backups.Count 0 }}`" + `. Numbers are never
below 0. In conditions ` + "`bought(\"mdr\")`" + ` asks whether a kind of service is bought.

`)
	all := map[string]structOf{}
	for _, s := range structs(t, "../../internal/clause") {
		all[s.name] = s
	}
	known := clause.FactNames()
	for _, group := range all["Facts"].fields.List {
		s := all[group.Type.(*ast.Ident).Name]
		fmt.Fprintf(b, "### %s\n\n%s\n\n| in conditions | in branches | values | what |\n|---|---|---|---|\n",
			tagOf(group, "expr"), strings.Replace(s.doc, s.name, "These", 1))
		for _, f := range s.fields.List {
			name := tagOf(group, "expr") + "." + tagOf(f, "expr")
			path := group.Names[0].Name + "." + f.Names[0].Name
			if field, ok := clause.FieldOf(name); !ok || field != path || known[0] != name {
				t.Fatalf("%s is %s in the code, and %s here", name, field, path)
			}
			known = known[1:]
			values := map[string]string{"bool": "yes or no", "int": "a number", "string": "a word", "[]string": "words"}[typeName(f.Type)]
			if words := tagOf(f, "oneof"); words != "" {
				values = "`" + strings.Join(strings.Fields(words), "`, `") + "`"
			}
			what := f.Comment.Text()
			if what == "" {
				what = f.Doc.Text()
			}
			condition := "`" + name + "`"
			if name == "services.kinds" {
				condition = "`bought(\"mdr\")`"
			}
			fmt.Fprintf(b, "| %s | `.Facts.%s` | %s | %s |\n", condition, path, values, cell(what))
		}
		b.WriteString("\n")
	}
	if len(known) > 0 {
		t.Errorf("facts that the page lacks: %q", known)
	}
}

// examples of each function. What they give is computed.
var functionExamples = map[string]string{
	"add": `add 2 3`, "and": `and (gt 2 1) (eq "a" "a")`, "andList": `andList (list "a" "b" "c")`, "contains": `contains "cat" "concatenate"`,
	"countOf": `countOf 1 "day" "days"`, "countWords": `countWords 5 "day" "days"`, "eq": `eq 2 1 2`, "fail": `fail "no such class"`,
	"first": `first (list "a" "b")`, "ge": `ge 2 2`, "gt": `gt 2 2`, "has": `has "a" (list "a" "b")`, "hasPrefix": `hasPrefix "con" "concordat"`,
	"hasSuffix": `hasSuffix "dat" "concordat"`, "index": `index (list "a" "b") 1`, "initial": `initial (list "a" "b" "c")`, "join": `join "; " (list "a" "b")`,
	"last": `last (list "a" "b")`, "le": `le 3 2`, "len": `len (list "a" "b")`, "list": `list "a" "b"`, "lower": `lower "The MSA"`, "lt": `lt 1 2`,
	"ne": `ne "a" "b"`, "not": `not (gt 2 1)`, "or": `or (gt 1 2) (eq "a" "a")`, "orList": `orList (list "a" "b" "c")`, "ordinal": `ordinal 3`,
	"plural": `plural "day" "days" 2`, "replace": `replace "-" " " "a-b"`, "rest": `rest (list "a" "b" "c")`, "reverse": `reverse (list "a" "b")`,
	"semverCompare": `semverCompare ">= 1.2" "1.3.0"`, "sortAlpha": `sortAlpha (list "b" "a")`, "splitList": `splitList "/" "a/b"`, "sub": `sub 5 2`,
	"ternary": `ternary "one" "many" (eq 1 1)`, "trim": `trim " a "`, "trimAll": `trimAll "*" "*a*"`, "trimPrefix": `trimPrefix "the " "the sum"`,
	"trimSuffix": `trimSuffix "." "end."`, "uniq": `uniq (list "a" "b" "a")`, "upper": `upper "msa"`, "upperFirst": `upperFirst "each month"`,
	"without": `without (list "a" "b") "a"`, "words": `words 125`,
}

// writeFunctions writes the functions with an example and what it gives.
func writeFunctions(t *testing.T, b *strings.Builder) {
	t.Helper()
	b.WriteString(`## Functions

There are no others. Functions that make parts of a document (` + "`ref`, `parameter`, `terms`, `schedule`" + `)
stand in [clause-authors.md](clause-authors.md#references), those of layouts in [layouts.md](layouts.md).
What gives true or false stands in a branch, a list in ` + "`range` or `andList`" + `.

| function | how it is written | example | gives |
|---|---|---|---|
`)
	names := expand.FunctionNames()
	for _, name := range names {
		example, ok := functionExamples[name]
		if !ok {
			t.Errorf("the function %q has no example", name)
			continue
		}
		fmt.Fprintf(b, "| `%s` | %s | `%s` | %s |\n", name, cell(expand.FunctionUsage(name)), example, cell(given(t, example)))
	}
	for name := range functionExamples {
		if !slices.Contains(names, name) {
			t.Errorf("there is no function %q", name)
		}
	}
}

// given is what an expression gives.
func given(t *testing.T, expression string) string {
	t.Helper()
	for _, form := range []string{"{{ %s }}", "{{ range %s }}{{ . }}{{ end }}", "{{ if %s }}true{{ else }}false{{ end }}"} {
		body := fmt.Sprintf(form, expression)
		f := source.New("example", []byte(body))
		template, _ := expand.Compile(f.Span(0, len(body)), expand.Options{What: "clause", Data: reflect.TypeFor[struct{}]()})
		if template == nil {
			continue
		}
		result, list := template.Execute(struct{}{})
		if list.HasErrors() {
			return "no document: the agreement is refused with this message"
		}
		if len(result.Slots) == 0 {
			return result.Text()
		}
		var texts []string
		for _, slot := range result.Slots {
			texts = append(texts, slot.Text)
		}
		if strings.HasPrefix(form, "{{ range") {
			return "a list of " + strings.Join(texts, ", ")
		}
		return strings.Join(texts, ", ")
	}
	t.Errorf("%s cannot be compiled", expression)
	return ""
}

// structOf is a struct of the source with its comment.
type structOf struct {
	name, doc string
	fields    *ast.FieldList
}

// structs are the structs of a package, by the names of its files.
func structs(t *testing.T, folder string) []structOf {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatal(folder, err)
	}
	var all []structOf
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range g.Specs {
				if x, ok := spec.(*ast.TypeSpec); ok {
					if s, ok := x.Type.(*ast.StructType); ok {
						all = append(all, structOf{x.Name.Name, cell(g.Doc.Text()), s.Fields})
					}
				}
			}
		}
	}
	return all
}

// cell is text as it stands in a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", "\\|")
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.StarExpr:
		return "*" + typeName(e.X)
	case *ast.ArrayType:
		return "[]" + typeName(e.Elt)
	case *ast.SelectorExpr:
		return typeName(e.X) + "." + e.Sel.Name
	default:
		return fmt.Sprintf("%T", e)
	}
}

// typeWords says what a field holds, and the group in it.
func typeWords(e ast.Expr) (words, group string) {
	name := typeName(e)
	rest, list := strings.CutPrefix(name, "[]")
	rest, isGroup := strings.CutPrefix(rest, "*")
	switch {
	case isGroup:
		words, group = "["+rest+"](#"+strings.ToLower(rest)+")", rest
	case rest == "string":
		words = "text"
	case rest == "int":
		words = "a number"
	default:
		panic("a field of the view has type " + name)
	}
	if list {
		words = "a list of " + words
	}
	return words, group
}

// countFields is the number of fields of a struct and all it leads to.
func countFields(x reflect.Type, seen map[reflect.Type]bool) int {
	for x.Kind() == reflect.Pointer || x.Kind() == reflect.Slice {
		x = x.Elem()
	}
	if x.Kind() != reflect.Struct || x == reflect.TypeFor[clause.Facts]() || seen[x] {
		return 0
	}
	seen[x] = true
	n := 0
	for f := range x.Fields() {
		if f.IsExported() {
			n += 1 + countFields(f.Type, seen)
		}
	}
	return n
}
