package view

import (
	"fmt"
	"reflect"
	"sync"

	"concordat/internal/clause"
)

// SampleText is the text of each field of a Sample. It is no term, and no
// sentence begins with it.
const SampleText = "sample text"

// sampleNumber is the value of each number of a Sample.
const sampleNumber = 2

// Sample is a view of no agreement, for examining clauses: the facts are those
// given, each list has two entries, and each field is filled unless the facts
// say that it is empty. It may share nothing with other views but the facts.
func Sample(f *clause.Facts) *View {
	v := &View{}
	fill(reflect.ValueOf(v).Elem(), "", f)
	v.Facts = f
	return v
}

// Needs are the conditions on which a field of the view is filled, by its path
// as templates name it, such as "Budget.Contingency" or "Changes.Blackouts[].Name":
// those of the field itself and of the groups in which it lies.
func Needs(path string) []clause.Condition {
	var list []clause.Condition
	for i := range len(path) + 1 {
		if i < len(path) && path[i] != '.' && path[i] != '[' {
			continue
		}
		if c, ok := conditions()[path[:i]]; ok {
			list = append(list, c)
		}
	}
	return list
}

// conditions are the tags needs by the path of their field.
var conditions = sync.OnceValue(func() map[string]clause.Condition {
	found := map[string]clause.Condition{}
	var walk func(t reflect.Type, path string)
	walk = func(t reflect.Type, path string) {
		for f := range t.Fields() {
			name := f.Name
			if path != "" {
				name = path + "." + name
			}
			if text, ok := f.Tag.Lookup("needs"); ok {
				c, err := clause.ParseCondition(text)
				if err != nil {
					panic(fmt.Sprintf("view: %s: %v", name, err))
				}
				found[name] = c
			}
			inner := f.Type
			if inner.Kind() == reflect.Slice {
				inner, name = inner.Elem(), name+"[]"
			}
			if inner.Kind() == reflect.Pointer && inner != reflect.TypeFor[*clause.Facts]() && f.IsExported() {
				walk(inner.Elem(), name)
			}
		}
	}
	walk(reflect.TypeFor[View](), "")
	return found
})

// fill fills a struct of the view, but for its facts and what is not exported.
func fill(v reflect.Value, path string, f *clause.Facts) {
	for field, x := range v.Fields() {
		if !field.IsExported() || field.Type == reflect.TypeFor[*clause.Facts]() {
			continue
		}
		name := field.Name
		if path != "" {
			name = path + "." + name
		}
		c, conditional := conditions()[name]
		empty := conditional && !c.Holds(f)
		if field.Type.Kind() == reflect.Pointer {
			// A group is always there; only its fields are empty.
			group := reflect.New(field.Type.Elem())
			if empty {
				hollow(group.Elem())
			} else {
				fill(group.Elem(), name, f)
			}
			x.Set(group)
			continue
		}
		if empty {
			continue
		}
		fillValue(x, name, f)
	}
}

func fillValue(x reflect.Value, name string, f *clause.Facts) {
	switch x.Kind() {
	case reflect.String:
		x.SetString(SampleText)
	case reflect.Int:
		x.SetInt(sampleNumber)
	case reflect.Slice:
		list := reflect.MakeSlice(x.Type(), 2, 2)
		for i := range list.Len() {
			fillValue(list.Index(i), name+"[]", f)
		}
		x.Set(list)
	case reflect.Pointer:
		x.Set(reflect.New(x.Type().Elem()))
		fill(x.Elem(), name, f)
	default:
		panic(fmt.Sprintf("view: the field %s has type %s", name, x.Type()))
	}
}

// hollow makes the groups of a struct without filling them.
func hollow(v reflect.Value) {
	for field, x := range v.Fields() {
		if field.Type.Kind() == reflect.Pointer {
			x.Set(reflect.New(field.Type.Elem()))
			hollow(x.Elem())
		}
	}
}
