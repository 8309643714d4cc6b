package agreement

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// Nearly all agreements have no fault in a single field, and asking the validator takes
// longer than all rules together. So the tags are first read here: a field is well
// formed when the validator surely finds nothing in it. What is not, or is not known
// here, the validator judges; only it reports.

// conditions are those that a value has to meet to be well formed.
type conditions struct {
	doubt     bool // nobody here can tell: the validator is asked
	pointer   bool
	required  bool
	omitempty bool // first in the tag: a value that says nothing is good
	unless    int  // index of a field beside it plus 1, of bool: true lets the value be absent
	unique    bool
	low, high int // of a number, of the characters of a text, of the entries of a list
	words     []string
	forms     []func(string) bool
	entries   *conditions // of each entry of a list, nil where they are not looked at
	fields    []fieldConditions
}

type fieldConditions struct {
	index int
	*conditions
}

const (
	noLow  = -1 << 31
	noHigh = 1<<31 - 1
)

// surely are forms of texts that the validator accepts, by tag. They need not be all.
var surely = map[string]func(string) bool{
	"id":          isID,
	"agreementid": isAgreementID,
	"clock":       clockForm.MatchString,
	"timezone":    isTimezone,
	"semver":      isPlainVersion,
	"email":       isPlainAddress,
	"sha256":      func(s string) bool { return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == "" },
}

// wellFormed reports whether the validator surely finds no fault in any field.
func wellFormed(a *Agreement) bool {
	return modelConditions().met(reflect.ValueOf(a).Elem(), reflect.Value{})
}

// modelConditions are those of an agreement. They never change once made.
var modelConditions = sync.OnceValue(func() *conditions {
	return conditionsReader{}.of(reflect.TypeFor[Agreement](), nil, nil)
})

// conditionsReader has the conditions of structs.
type conditionsReader map[reflect.Type][]fieldConditions

// of reads the conditions of a type under the rules of a tag. beside is the struct
// that it is a field of.
func (r conditionsReader) of(t reflect.Type, rules []string, beside reflect.Type) *conditions {
	c := &conditions{low: noLow, high: noHigh}
	if t.Kind() == reflect.Pointer {
		c.pointer = true
		t = t.Elem()
	}
	if i := slices.Index(rules, "dive"); i >= 0 {
		if t.Kind() == reflect.Slice {
			c.entries = r.of(t.Elem(), rules[i+1:], nil)
		} else {
			c.doubt = true
		}
		rules = rules[:i]
	}
	for i, rule := range rules {
		c.read(rule, i == 0, t.Kind(), beside)
	}
	if t.Kind() == reflect.Struct {
		c.fields = r.fields(t)
	}
	switch t.Kind() {
	case reflect.Struct, reflect.Slice, reflect.String, reflect.Bool, reflect.Int:
	default:
		c.doubt = true
	}
	return c
}

func (r conditionsReader) fields(t reflect.Type) []fieldConditions {
	fields, known := r[t]
	if known && fields == nil {
		panic("agreement: a struct of the model holds itself")
	}
	if !known {
		r[t], fields = nil, []fieldConditions{}
		for i := range t.NumField() {
			f := t.Field(i)
			tag, _ := f.Tag.Lookup("validate")
			if !f.IsExported() && !f.Anonymous || tag == "-" {
				continue
			}
			var rules []string
			if tag != "" {
				rules = strings.Split(tag, ",")
			}
			fields = append(fields, fieldConditions{i, r.of(f.Type, rules, t)})
		}
		r[t] = fields
	}
	return fields
}

// read reads one rule of a tag for a value of a kind.
func (c *conditions) read(rule string, first bool, kind reflect.Kind, beside reflect.Type) {
	name, param, _ := strings.Cut(rule, "=")
	form, isForm := surely[name]
	switch {
	case name == "required":
		c.required = true
	case name == "omitempty" && (first || c.unless > 0):
		c.omitempty = true
	case name == "required_if" && first && beside != nil && strings.HasSuffix(param, " false"):
		f, ok := beside.FieldByName(strings.TrimSuffix(param, " false"))
		if !ok || len(f.Index) != 1 || f.Type != reflect.TypeFor[*bool]() && f.Type != reflect.TypeFor[bool]() {
			c.doubt = true
		} else {
			c.unless = f.Index[0] + 1
		}
	case name == "unique" && kind == reflect.Slice:
		c.unique = true
	case (name == "min" || name == "max") && (kind == reflect.Int || kind == reflect.String || kind == reflect.Slice):
		n, err := strconv.Atoi(param)
		switch {
		case err != nil:
			c.doubt = true
		case name == "min":
			c.low = max(c.low, n)
		default:
			c.high = min(c.high, n)
		}
	case name == "oneof" && kind == reflect.String && !strings.Contains(param, "'") && c.words == nil:
		c.words = strings.Fields(param)
	case name == "eq" && kind == reflect.String && c.words == nil:
		c.words = []string{param}
	case isForm && kind == reflect.String:
		c.forms = append(c.forms, form)
	default:
		c.doubt = true
	}
}

// met reports whether a value surely meets the conditions. beside is the struct that it
// is a field of.
func (c *conditions) met(v, beside reflect.Value) bool {
	if c.doubt {
		return false
	}
	if c.pointer {
		if v.IsNil() {
			return c.omitempty && c.unless == 0 || c.free()
		}
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Struct:
		if c.required && !c.pointer && v.IsZero() {
			return false
		}
		for i := range c.fields {
			f := &c.fields[i]
			if !f.met(v.Field(f.index), v) {
				return false
			}
		}
		return true
	case reflect.Slice:
		return c.listMet(v)
	case reflect.String:
		return c.textMet(v.String(), beside)
	case reflect.Bool:
		return c.pointer || !c.required || v.Bool()
	case reflect.Int:
		n := int(v.Int())
		return (!c.required || c.pointer || n != 0) && c.low <= n && n <= c.high
	default:
		return false
	}
}

// free reports whether the tag has no rule at all.
func (c *conditions) free() bool {
	return !c.required && !c.omitempty && c.unless == 0 && !c.unique && c.low == noLow && c.high == noHigh && c.words == nil && c.forms == nil && c.entries == nil
}

func (c *conditions) listMet(v reflect.Value) bool {
	n := v.Len()
	if c.required && n == 0 || n < c.low || n > c.high {
		return false
	}
	if c.unique {
		if v.Type().Elem().Kind() != reflect.String || n > 32 {
			return n < 2
		}
		for i := range n {
			for j := range i {
				if v.Index(i).String() == v.Index(j).String() {
					return false
				}
			}
		}
	}
	if c.entries != nil {
		for i := range n {
			if !c.entries.met(v.Index(i), reflect.Value{}) {
				return false
			}
		}
	}
	return true
}

func (c *conditions) textMet(text string, beside reflect.Value) bool {
	if text == "" {
		if c.unless > 0 {
			other := beside.Field(c.unless - 1)
			if other.Kind() == reflect.Pointer {
				if other.IsNil() {
					return false
				}
				other = other.Elem()
			}
			return other.Bool() && c.omitempty && !c.required
		}
		if c.omitempty {
			return true
		}
		if c.required {
			return false
		}
	}
	if c.low != noLow || len(text) > c.high {
		if n := utf8.RuneCountInString(text); n < c.low || n > c.high {
			return false
		}
	}
	if c.words != nil && !slices.Contains(c.words, text) {
		return false
	}
	for _, form := range c.forms {
		if !form(text) {
			return false
		}
	}
	return true
}

// isPlainVersion reports whether a text is three numbers joined by points.
func isPlainVersion(text string) bool {
	parts := 0
	for part := range strings.SplitSeq(text, ".") {
		if part == "" || strings.Trim(part, "0123456789") != "" || part[0] == '0' && part != "0" {
			return false
		}
		parts++
	}
	return parts == 3
}

// isPlainAddress reports whether a text is an e-mail address of letters, digits,
// points and hyphens, the only form that most have.
func isPlainAddress(text string) bool {
	local, domain, ok := strings.Cut(text, "@")
	if !ok || len(text) > 100 || !isPlainName(local) || !isPlainName(domain) {
		return false
	}
	last := strings.LastIndexByte(domain, '.')
	return last > 0 && len(domain)-last > 2 && strings.Trim(domain[last+1:], "abcdefghijklmnopqrstuvwxyz") == ""
}

// isPlainName reports whether a text is words of small letters, digits and hyphens
// within, joined by points.
func isPlainName(text string) bool {
	for word := range strings.SplitSeq(text, ".") {
		if word == "" || word[0] == '-' || word[len(word)-1] == '-' || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return false
		}
	}
	return true
}
