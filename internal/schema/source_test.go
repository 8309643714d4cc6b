package schema

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

// model is what the source of the packages that read files says. Types are
// named with their package: "agreement.Term".
type model struct {
	structs    map[string]*structType
	words      map[string][]string // values of the constants of a type
	identities map[string][]string // of lists of rows by path, from package workspace
	decisions  map[string]string   // what only a customer's own file holds, by path: one value, or "" for all
	timezones  []string
}

// structType is a struct with its comment.
type structType struct {
	pkg, name, doc string
	fields         []structField
}

// structField is a field that is read from a file.
type structField struct {
	name     string // in Go
	key      string // in the file; "" for a struct whose fields stand beside the others
	lines    bool
	typ      ast.Expr
	validate string
	check    string
	comment  string
}

func readModel(t *testing.T) *model {
	m := &model{structs: map[string]*structType{}, words: map[string][]string{}, identities: map[string][]string{}, decisions: map[string]string{}}
	for _, pkg := range []string{"agreement", "record", "workspace"} {
		names, err := filepath.Glob(filepath.Join("..", pkg, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			for _, decl := range file.Decls {
				if g, ok := decl.(*ast.GenDecl); ok {
					m.add(t, pkg, g)
				}
			}
		}
	}
	zones, err := os.ReadFile("../agreement/timezones.txt")
	if err != nil {
		t.Fatal(err)
	}
	m.timezones = strings.Fields(string(zones))
	if len(m.decisions) == 0 || len(m.identities) == 0 {
		t.Fatal("package workspace has no tables decisions and identities")
	}
	return m
}

// add takes in one declaration.
func (m *model) add(t *testing.T, pkg string, g *ast.GenDecl) {
	for _, spec := range g.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if s, ok := spec.Type.(*ast.StructType); ok {
				doc := spec.Doc
				if doc == nil {
					doc = g.Doc
				}
				st := &structType{pkg: pkg, name: spec.Name.Name, doc: words(doc)}
				st.addFields(t, s)
				m.structs[pkg+"."+st.name] = st
			}
		case *ast.ValueSpec:
			name, isType := spec.Type.(*ast.Ident)
			for i, value := range spec.Values {
				switch value := value.(type) {
				case *ast.BasicLit:
					if isType && g.Tok == token.CONST && value.Kind == token.STRING {
						of := pkg + "." + name.Name
						m.words[of] = append(m.words[of], unquote(t, value))
					}
				case *ast.CompositeLit:
					m.addTable(t, pkg+"."+spec.Names[i].Name, value)
				}
			}
		}
	}
}

// addTable takes in the tables of package workspace.
func (m *model) addTable(t *testing.T, name string, table *ast.CompositeLit) {
	switch name {
	case "workspace.identities":
		for _, e := range table.Elts {
			row := e.(*ast.KeyValueExpr)
			for _, key := range row.Value.(*ast.CompositeLit).Elts {
				path := unquote(t, row.Key)
				m.identities[path] = append(m.identities[path], unquote(t, key))
			}
		}
	case "workspace.decisions":
		for _, e := range table.Elts {
			row := e.(*ast.CompositeLit).Elts
			path, value := unquote(t, row[0]), unquote(t, row[1])
			if old, twice := m.decisions[path]; twice {
				value = old + " " + value
			}
			m.decisions[path] = value
		}
	}
}

func unquote(t *testing.T, e ast.Expr) string {
	s, err := strconv.Unquote(e.(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (st *structType) addFields(t *testing.T, s *ast.StructType) {
	for _, f := range s.Fields.List {
		if f.Tag == nil {
			continue
		}
		tag := reflect.StructTag(unquote(t, f.Tag))
		key, option, _ := strings.Cut(tag.Get("yaml"), ",")
		comment := words(f.Comment)
		if comment == "" {
			comment = words(f.Doc)
		}
		field := structField{key: key, lines: option == "lines", typ: f.Type, validate: tag.Get("validate"), check: tag.Get("check"), comment: comment}
		if len(f.Names) > 0 {
			field.name = f.Names[0].Name
		}
		st.fields = append(st.fields, field)
	}
}

// words are those of a comment, on one line.
func words(c *ast.CommentGroup) string {
	if c == nil {
		return ""
	}
	return strings.Join(strings.Fields(c.Text()), " ")
}

// goType is a type as it is written, with its package: "[]agreement.Person".
func goType(pkg string, e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return "*" + goType(pkg, e.X)
	case *ast.ArrayType:
		return "[]" + goType(pkg, e.Elt)
	case *ast.SelectorExpr:
		return e.X.(*ast.Ident).Name + "." + e.Sel.Name
	case *ast.Ident:
		if ast.IsExported(e.Name) || !basic(e.Name) {
			return pkg + "." + e.Name
		}
		return e.Name
	default:
		panic("schema: a type that no file is read into")
	}
}

func basic(name string) bool { return name == "string" || name == "bool" || name == "int" }
