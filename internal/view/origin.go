package view

import (
	"fmt"

	"concordat/internal/agreement"
	"concordat/internal/source"
)

// place says where the fields of one struct of the view are written: field F
// at base.F, unless elsewhere names another path. Paths are those of
// agreement.Agreement.Span.
type place struct {
	base      string
	elsewhere map[string]string
}

// origins knows the place of each struct of a view by the pointer to it. It is
// only looked up, never ranged over.
type origins struct {
	agreement *agreement.Agreement
	places    map[any]place
}

func (o origins) add(receiver any, base string, elsewhere map[string]string) {
	o.places[receiver] = place{base, elsewhere}
}

// row is the path of an entry of a list.
func row(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }

// Origin is where the value of a field was written: receiver is a pointer to a
// struct of v or of v.Facts, field the name of one of its fields. The origin of
// a value that is computed, or that the agreement leaves out, is the nearest
// thing it comes from: that of Budget.Total is the budget. It is false when
// receiver is no part of v.
func (v *View) Origin(receiver any, field string) (source.Span, bool) {
	p, ok := v.origins.places[receiver]
	if !ok {
		return source.Span{}, false
	}
	path, ok := p.elsewhere[field]
	if !ok {
		path = p.base + "." + field
	}
	return v.origins.agreement.Span(path), true
}
