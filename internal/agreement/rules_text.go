package agreement

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// blank is text in square brackets that begins with a letter: words that say
// what is to be written there. What is part of a word ("employee[s]") or of a
// link is none.
var blank = regexp.MustCompile(`(?:^|[^\pL\pN\]])(\[\pL[^\[\]]*\])(?:[^(\pL\pN]|$)`)

func (c *checker) leftToFillIn() {
	c.blanks(reflect.ValueOf(c.a).Elem(), nil)
}

// step is one step of a path: a field, or an entry of a list.
type step struct {
	field string
	index int
	up    *step
}

// path is the path of Go names that ends with s.
func (s *step) path() string {
	switch {
	case s.field == "":
		return fmt.Sprintf("%s[%d]", s.up.path(), s.index)
	case s.up == nil:
		return s.field
	default:
		return s.up.path() + "." + s.field
	}
}

// blanks looks for what is left to fill in, in all texts below a value.
func (c *checker) blanks(v reflect.Value, at *step) {
	switch v.Kind() {
	case reflect.String:
		if text := v.String(); strings.IndexByte(text, '[') >= 0 {
			c.blank(text, at.path())
		}
	case reflect.Pointer:
		if !v.IsNil() {
			c.blanks(v.Elem(), at)
		}
	case reflect.Slice:
		for i := range v.Len() {
			c.blanks(v.Index(i), &step{index: i, up: at})
		}
	case reflect.Struct:
		t := v.Type()
		for i := range v.NumField() {
			if f := t.Field(i); f.IsExported() {
				c.blanks(v.Field(i), &step{field: f.Name, up: at})
			}
		}
	}
}

func (c *checker) blank(text, path string) {
	found := blank.FindStringSubmatch(text)
	if found == nil || strings.EqualFold(found[1], "[sic]") {
		return
	}
	up, _ := cutPath(path)
	c.warnf(path, "write the real words, without the brackets", "%q in %s is left to fill in: %q", c.lookup(path).key, c.what(up), found[1])
}
