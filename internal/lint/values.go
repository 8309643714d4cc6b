package lint

import (
	"reflect"
	"strings"

	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/view"
)

// callParameter is the function by which texts print a parameter.
const callParameter = "parameter"

// checkParameters reports parameters that no text prints, and their numbers
// typed beside them.
func (e *examination) checkParameters() {
	printed := map[string]bool{}
	for _, u := range e.units {
		for _, c := range u.Calls {
			if c.Func == callParameter {
				printed[c.Arg] = true
			}
		}
	}
	for _, u := range e.units {
		if u.clause == nil {
			continue
		}
		for _, p := range u.clause.Parameters {
			name := u.clause.ID + "." + p.Name
			if !printed[name] && !printed[strings.TrimSuffix(name, "[]")] {
				e.list.Warnf(codeUnusedParameter, p.Span, "print it by {{ parameter \""+name+"\" }}, or delete it", "no text prints the parameter %q", name)
			}
			if p.Unit != "" {
				e.repeated(u, p, name)
			}
		}
	}
}

// repeated reports the default of a parameter where it is typed in the clause.
func (e *examination) repeated(u unit, p clause.Parameter, name string) {
	number := p.Text(p.Default)
	for _, x := range u.passages {
		for from := 0; ; {
			i := strings.Index(x.text[from:], number)
			if i < 0 {
				break
			}
			start, end := from+i, from+i+len(number)
			from = end
			before, after := x.text[:start], x.text[end:]
			if !x.is(start, end, written) || endsInWord(before) || startsInWord(after) {
				continue
			}
			e.list = append(e.list, diag.Diagnostic{
				Code: codeRepeatedNumber, Severity: diag.Warning, Span: x.at(start, end),
				Message: "the number of the parameter \"" + name + "\" is typed by hand",
				Hint:    "print it by {{ parameter \"" + name + "\" }}, or leave a reason under \"lint\" if it is another number",
				Notes:   []diag.Note{{Span: p.Span, Message: "the parameter"}},
			})
		}
	}
}

func endsInWord(text string) bool {
	return text != "" && inWord(rune(text[len(text)-1]))
}

func startsInWord(text string) bool {
	return text != "" && inWord(rune(text[0]))
}

// checkFields reports the fields of the view that no text prints.
func (e *examination) checkFields() {
	printed := map[string]bool{}
	for _, u := range e.units {
		for _, f := range u.Fields {
			printed[f.Name] = true
		}
	}
	var unused []string
	for _, name := range fields() {
		if !printed[name] && !printed[strings.TrimSuffix(name, "[]")] {
			unused = append(unused, "."+name)
		}
	}
	if len(unused) == 0 {
		return
	}
	more := ""
	if len(unused) > manyFields {
		unused, more = unused[:manyFields], " and others"
	}
	lowest := e.Library.Layers[0].File
	e.list.Warnf(codeUnusedField, lowest.Span(0, len(lowest.Line(1))), "print them, or leave a reason under \"lint: {suppress: [...]}\"",
		"no text prints %s", strings.Join(unused, ", ")+more)
}

// manyFields are as many as a message names.
const manyFields = 10

// fields are the fields of the view that a text can print, in order.
func fields() []string {
	var all []string
	var walk func(t reflect.Type, path string)
	walk = func(t reflect.Type, path string) {
		for t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		switch t.Kind() {
		case reflect.Struct:
			for i := range t.NumField() {
				f := t.Field(i)
				if f.IsExported() && f.Type != reflect.TypeFor[*clause.Facts]() {
					walk(f.Type, strings.TrimPrefix(path+"."+f.Name, "."))
				}
			}
		case reflect.Slice:
			walk(t.Elem(), path+"[]")
		default:
			all = append(all, path)
		}
	}
	walk(reflect.TypeFor[view.View](), "")
	return all
}
