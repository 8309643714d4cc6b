package view

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"concordat/internal/source"
)

// At is the value of a field by its path, as templates write it without the first
// point: "Budget.Total" or "Facts.Backups.Count". The value is as a person reads
// it: a truth is yes or no, a list its entries with commas, an empty one "none".
// The place is that of Origin. It is false for what is no single field of v, such
// as a field of the entries of a list.
func (v *View) At(path string) (text string, at source.Span, ok bool) {
	value := reflect.ValueOf(v)
	var receiver any
	steps := strings.Split(path, ".")
	for _, step := range steps {
		if value.Kind() != reflect.Pointer && value.Kind() != reflect.Struct {
			return "", at, false
		}
		if value.Kind() == reflect.Pointer {
			if value.IsNil() {
				return "", at, false
			}
			value = value.Elem()
		}
		if value.Kind() != reflect.Struct || !value.CanAddr() {
			return "", at, false
		}
		receiver = value.Addr().Interface()
		f, found := value.Type().FieldByName(step)
		if !found || !f.IsExported() {
			return "", at, false
		}
		value = value.FieldByIndex(f.Index)
	}
	switch value.Kind() {
	case reflect.String:
		text = value.String()
	case reflect.Int:
		text = strconv.FormatInt(value.Int(), 10)
	case reflect.Bool:
		text = "no"
		if value.Bool() {
			text = "yes"
		}
	case reflect.Slice:
		if value.Type().Elem().Kind() != reflect.String {
			text = strconv.Itoa(value.Len())
			break
		}
		var entries []string
		for _, x := range value.Seq2() {
			entries = append(entries, fmt.Sprint(x))
		}
		text = strings.Join(entries, ", ")
	default:
		return "", at, false
	}
	if text == "" {
		text = "none"
	}
	at, _ = v.Origin(receiver, steps[len(steps)-1])
	return text, at, true
}
