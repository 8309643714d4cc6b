package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestImports holds the imports between packages to the arrows that
// ARCHITECTURE.md draws, and each third-party package to the one package that
// may import it. An arrow that nobody uses is an error too.
func TestImports(t *testing.T) {
	text, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	arrows, owners := readArrows(t, string(text)), readOwners(t, string(text))
	for _, p := range listPackages(t) {
		name := strings.TrimPrefix(p.ImportPath, "concordat/internal/")
		name = strings.TrimPrefix(name, "concordat/")
		var imports []string
		for _, path := range p.Imports {
			if own, ok := strings.CutPrefix(path, "concordat/"); ok {
				imports = append(imports, strings.TrimPrefix(own, "internal/"))
				continue
			}
			for prefix, owner := range owners {
				if (path == prefix || strings.HasPrefix(path, prefix+"/")) && !slices.Contains(owner, name) {
					t.Errorf("%s imports %s, which only %s may", name, path, strings.Join(owner, " and "))
				}
			}
			if strings.Contains(path, ".") && !slices.ContainsFunc(keys(owners), func(prefix string) bool {
				return path == prefix || strings.HasPrefix(path, prefix+"/")
			}) {
				t.Errorf("%s imports %s, which ARCHITECTURE.md gives to no package", name, path)
			}
		}
		slices.Sort(imports)
		allowed, ok := arrows[name]
		if !ok {
			t.Errorf("%s is not in ARCHITECTURE.md", name)
			continue
		}
		if !slices.Equal(imports, allowed) {
			t.Errorf("%s imports %v, ARCHITECTURE.md says %v", name, imports, allowed)
		}
		delete(arrows, name)
	}
	for name := range arrows {
		t.Errorf("ARCHITECTURE.md names %s, which is no package", name)
	}
}

// readArrows reads lines such as "clause -> diag source yamlsrc", the package
// first and then what it imports; "-" is nothing.
func readArrows(t *testing.T, text string) map[string][]string {
	arrows := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?m)^    ([a-z/]+) +-> +([a-z/ -]+)$`).FindAllStringSubmatch(text, -1) {
		var to []string
		for _, name := range strings.Fields(m[2]) {
			if name != "-" {
				to = append(to, name)
			}
		}
		slices.Sort(to)
		arrows[m[1]] = to
	}
	if len(arrows) == 0 {
		t.Fatal("ARCHITECTURE.md draws no arrows")
	}
	return arrows
}

// readOwners reads table rows such as "| `github.com/yuin/goldmark` | `markdown` | ... |".
func readOwners(t *testing.T, text string) map[string][]string {
	owners := map[string][]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z0-9./-]+\\.[a-zA-Z0-9./-]+)` \\| ([^|]+) \\|").FindAllStringSubmatch(text, -1) {
		for _, name := range regexp.MustCompile("`([a-z/]+)`").FindAllStringSubmatch(m[2], -1) {
			owners[m[1]] = append(owners[m[1]], name[1])
		}
	}
	if len(owners) == 0 {
		t.Fatal("ARCHITECTURE.md gives no third-party package to a package")
	}
	return owners
}

func keys(m map[string][]string) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	return list
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []goPackage {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "../../...")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var list []goPackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p goPackage
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}
