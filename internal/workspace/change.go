package workspace

import (
	"slices"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// changeRow is an entry of change: as it is written.
type changeRow struct {
	At     string        `yaml:"at"`     // the mapping that changes, such as services.SVC-DESK or parties.provider
	Reason string        `yaml:"reason"` // why it differs here
	Set    *yamlsrc.Node `yaml:"set"`    // fields with their new values
	Clear  []string      `yaml:"clear"`  // fields that go
}

// change is a change of what the files used before say.
type change struct {
	at     string
	atSpan source.Span
	reason string
	set    *yamlsrc.Node // a mapping; may be nil
	clear  []use
}

func (p *part) readChanges(rows []changeRow, positions *yamlsrc.Positions) {
	for i, row := range rows {
		path := index("Change", i)
		span := positions.Nearest(path)
		at, _ := positions.Value(path + ".At")
		c := change{at: row.At, atSpan: at, reason: row.Reason, set: row.Set}
		for j, field := range row.Clear {
			span, _ := positions.Value(index(path+".Clear", j))
			c.clear = append(c.clear, use{field, span})
		}
		switch {
		case row.At == "":
			p.list.Errorf(codeChange, span, `say it in "at", such as services.SVC-DESK`, "a change says what it changes")
		case row.Reason == "":
			p.list.Errorf(codeChange, span, `say in "reason" why it differs here`, "a change of %q has a reason", row.At)
		case row.Set == nil && len(row.Clear) == 0:
			p.list.Errorf(codeChange, span, `give the new values in "set", or the fields that go in "clear"`, "the change of %q changes nothing", row.At)
		case row.Set != nil && (row.Set.Kind != yamlsrc.Mapping || len(row.Set.Fields) == 0):
			p.list.Errorf(codeChange, row.Set.Span, "write the fields as {name: value}", "expected fields with their new values in \"set\"")
		default:
			p.changes = append(p.changes, c)
		}
	}
}

// changes applies the changes of p to what the files before it say.
func (m *merger) changes(tree *yamlsrc.Node, p *part) *yamlsrc.Node {
	for _, c := range p.changes {
		tree = m.edit(tree, "", c.at, c)
	}
	return tree
}

// edit is n with a change to what rest leads to from it. path is where n is,
// without the identities of rows.
func (m *merger) edit(n *yamlsrc.Node, path, rest string, c change) *yamlsrc.Node {
	if rest == "" {
		return m.apply(n, path, c)
	}
	before := strings.TrimSuffix(c.at, rest)
	switch n.Kind {
	case yamlsrc.Mapping:
		key, after, _ := strings.Cut(rest, ".")
		var known []string
		for i, f := range n.Fields {
			if f.Key.Value == key {
				fields := slices.Clone(n.Fields)
				fields[i].Value = m.edit(f.Value, join(path, key), after, c)
				return n.WithFields(fields)
			}
			known = append(known, f.Key.Value)
		}
		m.unknown(c, before, key, known)
	case yamlsrc.List:
		// Identities hold points themselves: the longest that fits is meant.
		at, length, keys := -1, 0, identityKeys(path)
		for i, row := range n.Items {
			id := identity(keys, row)
			if len(id) > length && strings.HasPrefix(rest, id) && (len(rest) == len(id) || rest[len(id)] == '.') {
				at, length = i, len(id)
			}
		}
		if at < 0 {
			var known []string
			for _, row := range n.Items {
				known = append(known, identity(keys, row))
			}
			m.unknown(c, before, rest, known)
			return n
		}
		items := slices.Clone(n.Items)
		items[at] = m.edit(items[at], path, strings.TrimPrefix(rest[length:], "."), c)
		return n.WithItems(items)
	default:
		m.unknown(c, before, rest, nil)
	}
	return n
}

// unknown reports a step, after what leads to it, that is none of those known.
func (m *merger) unknown(c change, before, step string, known []string) {
	hint := "what this file adds needs no change; write it in its section"
	if len(m.list) > maxHints {
		known = nil
	}
	if near := diag.Nearest(step, known); near != "" {
		hint = `did you mean "` + before + near + strings.TrimPrefix(c.at, before+step) + `"?`
	}
	m.list.Errorf(codeChangeUnknown, c.atSpan, hint, "no file used before this one has %q", c.at)
}

// apply sets and clears fields of the mapping n.
func (m *merger) apply(n *yamlsrc.Node, path string, c change) *yamlsrc.Node {
	if n.Kind != yamlsrc.Mapping {
		hint := "name the mapping around it, and the field in \"set\""
		if n.Kind == yamlsrc.List {
			hint = "name one row of it"
		}
		m.list.Errorf(codeChange, c.atSpan, hint, "%q leads to %s; a change is of a mapping", c.at, n.Kind)
		return n
	}
	if c.set != nil {
		m.note(c.set, "changed: "+c.reason)
		n = m.set(n, path, c.set)
	}
	for _, field := range c.clear {
		at := slices.IndexFunc(n.Fields, func(f yamlsrc.Field) bool { return f.Key.Value == field.path })
		switch {
		case c.set.Field(field.path) != nil:
			m.list.Errorf(codeChange, field.span, "keep one of them", "%q is both set and cleared", field.path)
		case at < 0:
			m.list.Errorf(codeChangeNothing, field.span, "delete it from \"clear\"", "%q has no field %q", c.at, field.path)
		case !m.mayReplace(field.span, path, n.Fields[at]):
		default:
			n = n.WithFields(slices.Delete(slices.Clone(n.Fields), at, at+1))
		}
	}
	return n
}

// note remembers why the values in n stand there.
func (m *merger) note(n *yamlsrc.Node, why string) {
	m.notes[n] = why
	for _, f := range n.Fields {
		m.note(f.Value, why)
	}
	for _, item := range n.Items {
		m.note(item, why)
	}
}

// set is the mapping n with the fields of another one put in or replaced.
func (m *merger) set(n *yamlsrc.Node, path string, set *yamlsrc.Node) *yamlsrc.Node {
	fields := slices.Clone(n.Fields)
	seen := map[string]bool{}
	for _, f := range set.Fields {
		if seen[f.Key.Value] {
			m.list.Errorf(codeChange, f.Key.Span, "keep one of them", "%q is set twice in one change", f.Key.Value)
			continue
		}
		seen[f.Key.Value] = true
		at := slices.IndexFunc(n.Fields, func(old yamlsrc.Field) bool { return old.Key.Value == f.Key.Value })
		if at < 0 {
			fields = append(fields, f)
			continue
		}
		old := n.Fields[at]
		switch {
		case old.Value.Kind == yamlsrc.Mapping && f.Value.Kind == yamlsrc.Mapping:
			fields[at] = yamlsrc.Field{Key: f.Key, Value: m.set(old.Value, join(path, f.Key.Value), f.Value)}
		case equal(old.Value, f.Value):
			m.list.Errorf(codeChangeNothing, f.Key.Span, "delete it from the change", "%q has this value already", f.Key.Value)
			last := &m.list[len(m.list)-1]
			last.Notes = append(last.Notes, diag.Note{Span: old.Value.Span, Message: "written here"})
		case old.Key.Span.File == f.Key.Span.File:
			m.conflict(f.Key.Span, old.Key.Span, "%q is changed in this file already", f.Key.Value)
		case m.mayReplace(f.Key.Span, path, old):
			fields[at] = f
		}
	}
	return n.WithFields(fields)
}

// mayReplace refuses to change an identity and to replace a list of rows as a
// whole: a row once given can be changed, but not vanish.
func (m *merger) mayReplace(span source.Span, path string, old yamlsrc.Field) bool {
	key := old.Key.Value
	switch {
	case slices.Contains(identityKeys(path), key):
		m.list.Errorf(codeChange, span, "what is meant by it would be another thing", "%q tells this row from the others and cannot be changed", key)
		return false
	case hasRows(join(path, key), old.Value):
		m.list.Errorf(codeChange, span, "change one row of it by its id", "the rows of %q cannot be replaced as a whole", key)
		return false
	}
	return true
}

// equal reports whether two nodes say the same, however they are written.
func equal(a, b *yamlsrc.Node) bool {
	return a.Kind == b.Kind && a.Value == b.Value &&
		slices.EqualFunc(a.Items, b.Items, equal) &&
		slices.EqualFunc(a.Fields, b.Fields, func(a, b yamlsrc.Field) bool {
			return a.Key.Value == b.Key.Value && equal(a.Value, b.Value)
		})
}

// sectionPath is the path of keys in which a change's "at" leads, without
// identities of rows: keys are small letters, identities are not.
func sectionPath(at string) string {
	path := ""
	for word := range strings.SplitSeq(at, ".") {
		if strings.Trim(word, "abcdefghijklmnopqrstuvwxyz_") == "" {
			path = join(path, word)
		}
	}
	return path
}
