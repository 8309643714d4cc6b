package agreement

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// TestReferences sets each value that names something of the file, one at a
// time, to a name that nothing has: it is reported, at that place.
func TestReferences(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	set := frameworks(t)
	seen := map[string]bool{}
	for _, name := range []string{"base.yaml", "cmmc.yaml"} {
		a, list := Load(source.New(name, []byte(validText(t, name))), set)
		if a == nil {
			t.Fatal(printed(t, list))
		}
		ids := map[string]bool{}
		for _, item := range a.framework.Items {
			ids[item.ID] = true
		}
		if f, ok := set.Find(a.Maturity.Framework); ok {
			for _, id := range f.ScoreIDs() {
				ids[id] = true
			}
		}
		var walk func(v reflect.Value, path string, visit func(v reflect.Value, path string))
		walk = func(v reflect.Value, path string, visit func(v reflect.Value, path string)) {
			switch v.Kind() {
			case reflect.Pointer:
				if !v.IsNil() {
					walk(v.Elem(), path, visit)
				}
			case reflect.Struct:
				for i := range v.NumField() {
					if f := v.Type().Field(i); f.IsExported() {
						at := f.Name
						if path != "" {
							at = path + "." + f.Name
						}
						walk(v.Field(i), at, visit)
					}
				}
			case reflect.Slice:
				for i := range v.Len() {
					walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i), visit)
				}
			case reflect.String:
				visit(v, path)
			}
		}
		root := reflect.ValueOf(a).Elem()
		isID := func(path string) bool { _, last := cutPath(path); return last == "ID" }
		walk(root, "", func(v reflect.Value, path string) {
			if isID(path) {
				ids[v.String()] = true
			}
		})
		// A person may be missing from a list, but not be unknown.
		codes := []string{codeUnknownID, "R07"}
		walk(root, "", func(v reflect.Value, path string) {
			old := v.String()
			if !ids[old] || isID(path) || strings.HasPrefix(path, "ChangeManagement.") { // classes of change are words
				return
			}
			v.SetString("Z-NOBODY")
			list := check(a, set)
			v.SetString(old)
			if !slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return slices.Contains(codes, d.Code) && d.Span == a.Span(path) }) {
				t.Errorf("%s: nobody looks up %q", path, old)
			}
			seen[indexes.ReplaceAllString(path, "")] = true
		})
	}
	t.Logf("%d fields name something", len(seen))
	if len(seen) < 60 {
		t.Errorf("only %d fields name something", len(seen))
	}
}

// indexes matches the indexes of a path.
var indexes = regexp.MustCompile(`\[[0-9]+\]`)
