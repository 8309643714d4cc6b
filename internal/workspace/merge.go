package workspace

import (
	"slices"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// identities are the lists whose rows are told apart by other fields than id,
// by the path of the list.
var identities = map[string][]string{
	"contacts":                       {"role", "person"},
	"responsibilities":               {"control"},
	"remediation":                    {"severity"},
	"change_authorization.blackouts": {"name"},
	"notices":                        {"party"},
	"signatories":                    {"person"},
	"baseline.exclude":               {"control"},
	"maturity.scores":                {"item"},
}

// identityKeys are the fields that tell the rows of a list apart.
func identityKeys(path string) []string {
	if keys, ok := identities[path]; ok {
		return keys
	}
	return []string{"id"}
}

// identity is what tells a row of a list from the others, the words of its keys
// joined by points; it is empty for a row without.
func identity(keys []string, row *yamlsrc.Node) string {
	id := ""
	for i, key := range keys {
		word := row.Field(key)
		if word == nil || word.Kind != yamlsrc.Scalar || word.Value == "" {
			return ""
		}
		if i > 0 {
			id += "."
		}
		id += word.Value
	}
	return id
}

// hasRows reports whether the rows of a list have identities.
func hasRows(path string, list *yamlsrc.Node) bool {
	if list.Kind != yamlsrc.List {
		return false
	}
	_, ok := identities[path]
	keys := identityKeys(path)
	return ok || slices.ContainsFunc(list.Items, func(row *yamlsrc.Node) bool { return identity(keys, row) != "" })
}

// identitySpan is where the identity of a row is written.
func identitySpan(path string, row *yamlsrc.Node) source.Span {
	return row.Field(identityKeys(path)[0]).Span
}

func join(path, key string) string { return strings.TrimPrefix(path+"."+key, ".") }

// merger joins trees. Of what both trees have, the place is that of the later.
type merger struct {
	notes map[*yamlsrc.Node]string
	list  diag.List
}

// mappings merges field by field. What a file writes twice is left in the
// result, for the decoder to find.
func (m *merger) mappings(path string, base, over *yamlsrc.Node) *yamlsrc.Node {
	fields := slices.Clone(base.Fields)
	places := map[string]int{} // of the fields of base that over has not had yet
	for i := len(fields) - 1; i >= 0; i-- {
		places[fields[i].Key.Value] = i
	}
	for _, f := range over.Fields {
		key := f.Key.Value
		at, known := places[key]
		delete(places, key)
		if !known {
			fields = append(fields, f)
			continue
		}
		old, path := base.Fields[at], join(path, key)
		switch {
		case old.Value.Kind == yamlsrc.Mapping && f.Value.Kind == yamlsrc.Mapping:
			fields[at] = yamlsrc.Field{Key: f.Key, Value: m.mappings(path, old.Value, f.Value)}
		case hasRows(path, old.Value) && f.Value.Kind == yamlsrc.List, hasRows(path, f.Value) && old.Value.Kind == yamlsrc.List:
			fields[at] = yamlsrc.Field{Key: f.Key, Value: m.lists(path, old.Value, f.Value)}
		default:
			m.conflict(f.Key.Span, old.Key.Span, "%q is set in another file already", key)
		}
	}
	return over.WithFields(fields)
}

// lists merges rows by their identities.
func (m *merger) lists(path string, base, over *yamlsrc.Node) *yamlsrc.Node {
	first, keys := map[string]*yamlsrc.Node{}, identityKeys(path)
	for _, row := range base.Items {
		if id := identity(keys, row); id != "" && first[id] == nil {
			first[id] = row
		}
	}
	items := slices.Clone(base.Items)
	for _, row := range over.Items {
		id := identity(keys, row)
		if old := first[id]; old != nil {
			m.conflict(identitySpan(path, row), identitySpan(path, old), "%q stands in %s of another file already", id, path)
			continue
		}
		items = append(items, row)
	}
	return over.WithItems(items)
}

func (m *merger) conflict(span, first source.Span, format string, args ...any) {
	m.list.Errorf(codeConflict, span, "delete one of them, or write what differs under \"change\" with a reason", format, args...)
	last := &m.list[len(m.list)-1]
	last.Notes = append(last.Notes, diag.Note{Span: first, Message: "first here"})
}

// resolve makes one tree of the used files, in order, and the agreement.
func resolve(used []*part, main *part) (*Resolved, diag.List) {
	r, list := merge(used, main)
	if list.HasErrors() {
		return nil, list
	}
	tree, prices := resolvePrices(r.Tree, r.notes)
	tree, dates := resolveDates(tree, main.file, r.notes)
	r.Tree = tree
	return r, slices.Concat(list, prices, dates)
}

// merge is resolve with prices, quantities and relative dates as they are written.
func merge(used []*part, main *part) (*Resolved, diag.List) {
	r := &Resolved{notes: map[*yamlsrc.Node]string{}}
	m := merger{notes: r.notes}
	tree := main.tree.WithFields(nil)
	for _, p := range append(slices.Clone(used), main) {
		tree = m.changes(tree, p)
		tree = m.mappings("", tree, p.tree)
		r.Files = append(r.Files, p.file)
	}
	r.Tree = tree
	return r, m.list
}
