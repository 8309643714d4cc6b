package lock

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// printing are the source files whose literals can reach a document.
var printing = []string{"../assemble/*.go", "../schedule/*.go", "../view/*.go", "../doc/walk.go", "../pdf/paginate.go"}

// TestPrintedWords holds PrintedWords to the literals of the packages that print
// words of their own, and to the data of frameworks. When it fails because words
// changed, take the new sum: users of a lock are then told.
func TestPrintedWords(t *testing.T) {
	hash := sha256.New()
	literals := 0
	for _, pattern := range printing {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		slices.Sort(names)
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, literal := range wordsOf(file) {
				hash.Write([]byte(literal + "\n"))
				literals++
			}
		}
	}
	data, err := filepath.Glob("../framework/data/*.yaml")
	if err != nil || len(data) == 0 {
		t.Fatal(err)
	}
	for _, name := range data {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		hash.Write(text)
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != PrintedWords {
		t.Errorf("the words that the program prints have changed: PrintedWords is now\n%q", got)
	}
	t.Logf("%d literals", literals)
}

// wordsOf are the string literals of a file, in order, without those of imports,
// of tags, and of messages to users and panics, which no document has.
func wordsOf(file *ast.File) []string {
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field:
			n.Tag = nil
		case *ast.ValueSpec:
			return !strings.HasPrefix(n.Names[0].Name, "code")
		case *ast.CallExpr:
			switch f := n.Fun.(type) {
			case *ast.Ident:
				return f.Name != "panic"
			case *ast.SelectorExpr:
				return f.Sel.Name != "Errorf" && f.Sel.Name != "Warnf"
			}
		case *ast.CompositeLit:
			if s, ok := n.Type.(*ast.SelectorExpr); ok && (s.Sel.Name == "Diagnostic" || s.Sel.Name == "Note") {
				return false
			}
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				all = append(all, n.Value)
			}
		}
		return true
	})
	return all
}
