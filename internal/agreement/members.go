package agreement

import (
	"fmt"
	"reflect"
	"sync"
)

// member are indexes of fields of a struct of the model.
type member struct {
	texts []int // below which texts stand
	lists []int // below which lists of rows stand
}

// members are those of each struct of the model. They never change once made.
var members = sync.OnceValue(func() map[reflect.Type]member {
	all := map[reflect.Type]member{}
	type text interface{ UnmarshalText([]byte) error }
	var visit func(t reflect.Type) (texts, lists bool)
	visit = func(t reflect.Type) (texts, lists bool) {
		rows := false
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			rows = rows || t.Kind() == reflect.Slice
			t = t.Elem()
		}
		switch {
		case t.Kind() == reflect.String:
			return true, false
		case t.Kind() != reflect.Struct || reflect.PointerTo(t).Implements(reflect.TypeFor[text]()):
			return false, false
		}
		m, known := all[t]
		if !known {
			for i := range t.NumField() {
				f := t.Field(i)
				if !f.IsExported() {
					continue
				}
				hasTexts, hasLists := visit(f.Type)
				if hasTexts {
					m.texts = append(m.texts, i)
				}
				if hasLists {
					m.lists = append(m.lists, i)
				}
			}
			all[t] = m
		}
		return len(m.texts) > 0, rows || len(m.lists) > 0
	}
	visit(reflect.TypeFor[Agreement]())
	return all
})

// maxRows is how many rows a list may have: far more than any agreement needs,
// and few enough to check each of them.
const maxRows = 2000

// checkRows reports whether no list has too many rows, and those that have.
func (c *checker) checkRows() bool {
	root := reflect.ValueOf(c.a).Elem()
	if !hasLongList(root) {
		return true
	}
	c.rows(root, "")
	return len(c.list) == 0
}

// hasLongList reports whether a list at or below a value has too many rows.
func hasLongList(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Pointer:
		return !v.IsNil() && hasLongList(v.Elem())
	case reflect.Slice:
		n := v.Len()
		if n > maxRows {
			return true
		}
		if n == 0 || v.Type().Elem().Kind() != reflect.Struct || len(members()[v.Type().Elem()].lists) == 0 {
			return false
		}
		for i := range n {
			if hasLongList(v.Index(i)) {
				return true
			}
		}
	case reflect.Struct:
		for _, i := range members()[v.Type()].lists {
			if hasLongList(v.Field(i)) {
				return true
			}
		}
	}
	return false
}

func (c *checker) rows(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			c.rows(v.Elem(), path)
		}
	case reflect.Slice:
		if n := v.Len(); n > maxRows {
			up, _ := cutPath(path)
			c.report(codeRange, path, "split the agreement", "%q in %s: expected at most %s, found %d", c.lookup(path).key, c.what(up), count(maxRows, "entry", "entries"), n)
			return
		}
		if len(members()[v.Type().Elem()].lists) == 0 {
			return
		}
		for i := range v.Len() {
			c.rows(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Struct:
		for _, i := range members()[v.Type()].lists {
			name := v.Type().Field(i).Name
			if path != "" {
				name = path + "." + name
			}
			c.rows(v.Field(i), name)
		}
	}
}
