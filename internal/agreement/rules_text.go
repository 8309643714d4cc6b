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
	root := reflect.ValueOf(c.a).Elem()
	if hasBracket(root) { // paths are written only where there is something to say
		c.blanks(root, "")
	}
}

// hasBracket reports whether a text below a value has an opening bracket.
func hasBracket(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return strings.IndexByte(v.String(), '[') >= 0
	case reflect.Pointer:
		return !v.IsNil() && hasBracket(v.Elem())
	case reflect.Slice:
		for i := range v.Len() {
			if hasBracket(v.Index(i)) {
				return true
			}
		}
	case reflect.Struct:
		for _, i := range members()[v.Type()].texts {
			if hasBracket(v.Field(i)) {
				return true
			}
		}
	}
	return false
}

// blanks looks for what is left to fill in, in all texts below a value.
func (c *checker) blanks(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.String:
		if text := v.String(); strings.IndexByte(text, '[') >= 0 {
			c.blank(text, path)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			c.blanks(v.Elem(), path)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if hasBracket(v.Index(i)) {
				c.blanks(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
			}
		}
	case reflect.Struct:
		for _, i := range members()[v.Type()].texts {
			name := v.Type().Field(i).Name
			if path != "" {
				name = path + "." + name
			}
			c.blanks(v.Field(i), name)
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
