package workspace

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"concordat/internal/yamlsrc"
)

// YAML is the agreement as one file that needs no other, in the order of the
// model. Behind each value stands the file and line it comes from and, where a
// change, a price or a relative date made it what it is, which.
func (r *Resolved) YAML() string {
	order := map[string]int{}
	for i, f := range reflect.VisibleFields(agreementType) {
		key, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		order[key] = i
	}
	fields := slices.Clone(r.Tree.Fields)
	slices.SortStableFunc(fields, func(a, b yamlsrc.Field) int { return order[a.Key.Value] - order[b.Key.Value] })
	return r.Tree.WithFields(fields).Write(r.origin)
}

// origin says where a value comes from.
func (r *Resolved) origin(n *yamlsrc.Node) string {
	place := fmt.Sprintf("%s:%d", n.Span.File.Name(), n.Span.File.Position(n.Span.Start).Line)
	if note := r.notes[n]; note != "" {
		place += ", " + note
	}
	return place
}
