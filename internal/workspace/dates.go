package workspace

import (
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// relativeForm is a date counted from the term: "effective", "end",
// "30 days after effective", "2 months before end".
var relativeForm = regexp.MustCompile(`^(?:([0-9]{1,4}) (days?|months?) (after|before) )?(effective|end)$`)

var (
	agreementType = reflect.TypeFor[agreement.Agreement]()
	dateType      = reflect.TypeFor[calendar.Date]()
	monthType     = reflect.TypeFor[calendar.Month]()
)

// dated are the keys of each mapping of the model in which dates stand, with
// the types of their values. It never changes once made.
var dated = sync.OnceValue(func() map[reflect.Type]map[string]reflect.Type {
	all := map[reflect.Type]map[string]reflect.Type{}
	addDated(all, agreementType)
	return all
})

// addDated adds t and what is in it, and reports whether there is a date.
func addDated(all map[reflect.Type]map[string]reflect.Type, t reflect.Type) bool {
	if t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		return addDated(all, t.Elem())
	}
	if t == dateType || t == monthType {
		return true
	}
	if keys, known := all[t]; known || t.Kind() != reflect.Struct {
		return len(keys) > 0
	}
	keys := map[string]reflect.Type{}
	all[t] = keys
	for _, f := range reflect.VisibleFields(t) {
		key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if f.IsExported() && key != "" && key != "-" && addDated(all, f.Type) {
			keys[key] = f.Type
		}
	}
	return len(keys) > 0
}

// dater puts calendar dates in place of relative ones.
type dater struct {
	main  *source.File // in which no relative date may stand
	term  *yamlsrc.Node
	notes map[*yamlsrc.Node]string
	list  diag.List
}

func resolveDates(tree *yamlsrc.Node, main *source.File, notes map[*yamlsrc.Node]string) (*yamlsrc.Node, diag.List) {
	d := &dater{main: main, term: tree.Field("term"), notes: notes}
	return d.walk(tree, agreementType), d.list
}

// walk follows the tree beside the type it is decoded into.
func (d *dater) walk(n *yamlsrc.Node, t reflect.Type) *yamlsrc.Node {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == dateType || t == monthType:
		if n.Kind == yamlsrc.Scalar {
			return d.date(n, t)
		}
	case t.Kind() == reflect.Slice && n.Kind == yamlsrc.List:
		var items []*yamlsrc.Node // nil while nothing has changed
		for i, item := range n.Items {
			if next := d.walk(item, t.Elem()); next != item {
				if items == nil {
					items = slices.Clone(n.Items)
				}
				items[i] = next
			}
		}
		if items != nil {
			return n.WithItems(items)
		}
	case t.Kind() == reflect.Struct && n.Kind == yamlsrc.Mapping:
		var fields []yamlsrc.Field // nil while nothing has changed
		keys := dated()[t]
		for i, f := range n.Fields {
			field, ok := keys[f.Key.Value]
			if !ok {
				continue
			}
			if next := d.walk(f.Value, field); next != f.Value {
				if fields == nil {
					fields = slices.Clone(n.Fields)
				}
				fields[i].Value = next
			}
		}
		if fields != nil {
			return n.WithFields(fields)
		}
	}
	return n
}

// date is n with the date of the calendar that it means.
func (d *dater) date(n *yamlsrc.Node, t reflect.Type) *yamlsrc.Node {
	m := relativeForm.FindStringSubmatch(n.Value)
	if m == nil {
		return n
	}
	anchor := d.term.Field(m[4])
	date, err := calendar.ParseDate(value(anchor))
	switch {
	case err == nil:
	case value(anchor) != "":
		// The fault is there; it is told once, however many dates count from it.
		d.list.Errorf(codeRelative, anchor.Span, "write a date of the calendar, as 2027-01-31", "%q is no date, and other dates are counted from it", anchor.Value)
		return n
	default:
		d.list.Errorf(codeRelative, n.Span, "write the term into the agreement, with dates as 2027-01-31", "%q cannot be counted: the agreement has no date %q in its term", n.Value, m[4])
		return n
	}
	if m[1] != "" {
		count, err := strconv.Atoi(m[1])
		if err != nil {
			panic("workspace: digits are no number: " + m[1])
		}
		if m[3] == "before" {
			count = -count
		}
		if strings.HasPrefix(m[2], "day") {
			date = date.AddDays(count)
		} else {
			date = date.AddMonths(count)
		}
	}
	text := date.String()
	if t == monthType {
		text = date.Month().String()
	}
	if n.Span.File == d.main {
		d.list.Errorf(codeRelative, n.Span, "write "+text, "a date of the agreement's own file is a date of the calendar, found %q", n.Value)
		return n
	}
	counted := n.Plain(text)
	d.notes[counted] = n.Value
	return counted
}
