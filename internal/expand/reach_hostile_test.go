package expand

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"

	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/Masterminds/sprig/v3"
)

// outside are packages by which a program reaches files, the network, other
// programs, the environment, the clock or chance.
var outside = regexp.MustCompile(`^(os|net|syscall|plugin|unsafe|io/ioutil|embed|time|math/rand|crypto/rand|runtime|log|database|golang\.org/x/sys)(/|$)|^os/`)

// goList is what the Go tool says of packages.
func goList(t *testing.T, args ...string) []struct {
	ImportPath, Dir string
	Imports         []string
	Standard        bool
} {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,Imports,Standard"}, args...)...).Output()
	if err != nil {
		t.Skipf("go list: %v", err)
	}
	var list []struct {
		ImportPath, Dir string
		Imports         []string
		Standard        bool
	}
	d := json.NewDecoder(strings.NewReader(string(out)))
	for d.More() {
		list = append(list, struct {
			ImportPath, Dir string
			Imports         []string
			Standard        bool
		}{})
		if err := d.Decode(&list[len(list)-1]); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// mayImport are imports of packages outside, of packages of this project that
// this one needs, with the reason why no template reaches them.
var mayImport = map[string]string{
	"concordat/internal/source os":      "Read opens the files that the command names; this package calls it nowhere, as TestOpensNothing holds",
	"concordat/internal/source syscall": "the same",
}

// TestImportsNothingOutside holds this package, and what of this project it
// needs, to packages that reach nothing outside of the program.
func TestImportsNothingOutside(t *testing.T) {
	used := map[string]bool{}
	for _, p := range goList(t, "-deps", ".") {
		if p.Standard || !strings.HasPrefix(p.ImportPath, "concordat/") {
			continue
		}
		for _, path := range p.Imports {
			if !outside.MatchString(path) {
				continue
			}
			if key := p.ImportPath + " " + path; mayImport[key] == "" {
				t.Errorf("%s imports %s", p.ImportPath, path)
			} else {
				used[key] = true
			}
		}
	}
	for key := range mayImport {
		if !used[key] {
			t.Errorf("%s is excused and not there", key)
		}
	}
}

// TestOpensNothing holds this package to what it may call of package source:
// names of places, nothing that opens a file.
func TestOpensNothing(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "source" && !slices.Contains([]string{"Span", "File", "Faults", "Fault", "Character", "CodePoint"}, s.Sel.Name) {
					t.Errorf("%s calls source.%s", name, s.Sel.Name)
				}
			}
			return true
		})
	}
}

// library is the source of one package of another maker.
type library struct {
	functions map[string]*ast.FuncDecl
	imports   map[*ast.FuncDecl]map[string]string // of its file: package by name
	table     map[string]ast.Expr                 // what templates call, by name
}

func readLibrary(t *testing.T, path string) library {
	t.Helper()
	list := goList(t, path)
	l := library{map[string]*ast.FuncDecl{}, map[*ast.FuncDecl]map[string]string{}, map[string]ast.Expr{}}
	names, err := filepath.Glob(filepath.Join(list[0].Dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v", path, err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		imports := map[string]string{}
		for _, im := range file.Imports {
			path := strings.Trim(im.Path.Value, `"`)
			base := regexp.MustCompile(`/v\d+$`).ReplaceAllString(path, "")
			as := base[strings.LastIndex(base, "/")+1:]
			if im.Name != nil {
				as = im.Name.Name
			}
			imports[as] = path
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				l.functions[n.Name.Name] = n
				l.imports[n] = imports
			case *ast.ValueSpec:
				if len(n.Names) == 1 && n.Names[0].Name == "genericMap" && len(n.Values) == 1 {
					holder := &ast.FuncDecl{Name: n.Names[0]}
					l.imports[holder] = imports
					l.functions["the map"] = holder
					for _, e := range n.Values[0].(*ast.CompositeLit).Elts {
						kv := e.(*ast.KeyValueExpr)
						l.table[strings.Trim(kv.Key.(*ast.BasicLit).Value, `"`)] = kv.Value
					}
				}
			}
			return true
		})
	}
	return l
}

// reached are the packages that an expression names, with those of the functions
// of its own package that it names, and so on.
func (l library) reached(e ast.Node, imports map[string]string, seen map[string]bool, packages map[string]bool) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && imports[x.Name] != "" {
				packages[imports[x.Name]] = true
				return false
			}
		case *ast.Ident:
			if f := l.functions[n.Name]; f != nil && f.Body != nil && !seen[n.Name] {
				seen[n.Name] = true
				l.reached(f.Body, l.imports[f], seen, packages)
			}
		}
		return true
	})
}

// TestFunctionsReachNothingOutside follows each function that is taken from the
// library of template functions through its source: none names a package that
// reaches outside of the program. Those that do, which that library has too, show
// that the test finds them.
func TestFunctionsReachNothingOutside(t *testing.T) {
	l := readLibrary(t, "github.com/Masterminds/sprig/v3")
	if len(l.table) < 100 {
		t.Fatalf("the library's table has %d functions", len(l.table))
	}
	source, err := parser.ParseFile(token.NewFileSet(), "functions.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var taken []string
	ast.Inspect(source, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "fromSprig" {
				if name, ok := n.Index.(*ast.BasicLit); ok {
					taken = append(taken, strings.Trim(name.Value, `"`))
				}
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && slices.Contains([]string{"change", "change2", "ask2"}, f.Name) {
				taken = append(taken, strings.Trim(n.Args[0].(*ast.BasicLit).Value, `"`))
			}
		}
		return true
	})
	slices.Sort(taken)
	names := FunctionNames()
	for _, name := range taken {
		if !slices.Contains(names, name) {
			t.Errorf("%q is taken, and not on the list", name)
		}
		for _, path := range l.of(t, name) {
			if outside.MatchString(path) {
				t.Errorf("%q reaches %s", name, path)
			}
		}
	}
	if len(taken) < 15 {
		t.Errorf("only %v are seen to be taken", taken)
	}
	for name, path := range map[string]string{"env": "os", "expandenv": "os", "getHostByName": "net", "now": "time", "uuidv4": "github.com/google/uuid", "randInt": "math/rand", "genPrivateKey": "crypto/rand"} {
		if got := l.of(t, name); !slices.Contains(got, path) {
			t.Errorf("%q is seen to reach %v, expected %s too", name, got, path)
		}
		if slices.Contains(names, name) {
			t.Errorf("%q is on the list", name)
		}
	}
	for name := range sprig.TxtFuncMap() {
		if _, ok := l.table[name]; !ok {
			t.Errorf("the table has no %q, which the library gives: it is not the table", name)
		}
	}
	t.Logf("%d functions taken: %s", len(taken), strings.Join(taken, " "))
}

// of are the packages that a function of the library's table reaches.
func (l library) of(t *testing.T, name string) []string {
	t.Helper()
	e := l.table[name]
	if e == nil {
		t.Fatalf("the library has no %q", name)
	}
	packages := map[string]bool{}
	l.reached(e, l.imports[l.functions["the map"]], map[string]bool{}, packages)
	var list []string
	for path := range packages {
		list = append(list, path)
	}
	slices.Sort(list)
	return list
}

// TestFunctionsAreClosed holds that no function of the list gives or takes
// anything but text, numbers, true and false, and lists of these: nothing that
// has methods to call.
func TestFunctionsAreClosed(t *testing.T) {
	for _, f := range functions() {
		for _, p := range append(slices.Clone(f.params), f.rest) {
			if p != 0 && p.accepts(reflect.TypeFor[func()]()) || p != 0 && p.accepts(reflect.TypeFor[error]()) || p != 0 && p.accepts(reflect.TypeFor[chan int]()) {
				t.Errorf("%s takes %s, and with it a function, a channel or anything", f.name, p)
			}
		}
	}
}
