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
	bracket := func(text string) bool { return strings.IndexByte(text, '[') >= 0 }
	c.eachText(bracket, c.blank)
}

// eachText calls f for each wanted text, in the order of the model. Paths are
// written only where there is one.
func (c *checker) eachText(wanted func(string) bool, f func(text, path string)) {
	if root := reflect.ValueOf(c.a).Elem(); hasText(root, wanted) {
		textsBelow(root, "", wanted, f)
	}
}

// hasText reports whether a text below a value is wanted.
func hasText(v reflect.Value, wanted func(string) bool) bool {
	switch v.Kind() {
	case reflect.String:
		return wanted(v.String())
	case reflect.Pointer:
		return !v.IsNil() && hasText(v.Elem(), wanted)
	case reflect.Slice:
		for i := range v.Len() {
			if hasText(v.Index(i), wanted) {
				return true
			}
		}
	case reflect.Struct:
		for _, i := range members()[v.Type()].texts {
			if hasText(v.Field(i), wanted) {
				return true
			}
		}
	}
	return false
}

// textsBelow calls f for each wanted text at or below a value.
func textsBelow(v reflect.Value, path string, wanted func(string) bool, f func(text, path string)) {
	switch v.Kind() {
	case reflect.String:
		if text := v.String(); wanted(text) {
			f(text, path)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			textsBelow(v.Elem(), path, wanted, f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if hasText(v.Index(i), wanted) {
				textsBelow(v.Index(i), fmt.Sprintf("%s[%d]", path, i), wanted, f)
			}
		}
	case reflect.Struct:
		for _, i := range members()[v.Type()].texts {
			name := v.Type().Field(i).Name
			if path != "" {
				name = path + "." + name
			}
			textsBelow(v.Field(i), name, wanted, f)
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
