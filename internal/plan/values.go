package plan

import (
	"slices"
	"strings"

	"concordat/internal/provenance"
)

// compareValues finds the values that differ. A row that came or went is one entry.
func compareValues(old, now *provenance.Statement) []Value {
	var all []Value
	changed := func(o string, v provenance.Value) {
		if o != v.Text {
			all = append(all, Value{Path: v.Path, What: Changed, Old: o, New: v.Text, File: fileOf(now, v)})
		}
	}
	if slices.EqualFunc(old.Values, now.Values, func(a, b provenance.Value) bool { return a.Path == b.Path }) {
		for i, v := range now.Values {
			changed(old.Values[i].Text, v)
		}
		return all
	}
	was, is := valuesOf(old), valuesOf(now)
	told := map[string]bool{} // rows
	entry := func(what What, v provenance.Value, s *provenance.Statement, rows map[string]bool) Value {
		e := Value{Path: v.Path, What: what, File: fileOf(s, v)}
		if row, ok := outermost(v.Path, rows); ok {
			e.Path = row
		} else if what == Removed {
			e.Old = v.Text
		} else {
			e.New = v.Text
		}
		return e
	}
	add := func(e Value) {
		if strings.HasSuffix(e.Path, "]") && e.Old == "" && e.New == "" {
			if key := string(e.What) + e.Path; told[key] {
				return
			} else {
				told[key] = true
			}
		}
		all = append(all, e)
	}
	for _, v := range now.Values {
		if o, ok := was.texts[v.Path]; ok {
			changed(o, v)
		} else {
			add(entry(Added, v, now, was.rows))
		}
	}
	for _, v := range old.Values {
		if _, ok := is.texts[v.Path]; !ok {
			add(entry(Removed, v, old, is.rows))
		}
	}
	return all
}

// indexed are the values of an agreement by their paths, and the paths of its rows.
type indexed struct {
	texts map[string]string
	rows  map[string]bool
}

func valuesOf(s *provenance.Statement) indexed {
	x := indexed{make(map[string]string, len(s.Values)), map[string]bool{}}
	for _, v := range s.Values {
		x.texts[v.Path] = v.Text
		for i := range len(v.Path) {
			if v.Path[i] == ']' {
				x.rows[v.Path[:i+1]] = true
			}
		}
	}
	return x
}

// outermost is the path of the outermost row in which a value stands that rows do
// not have. A list of plain values has no rows.
func outermost(path string, rows map[string]bool) (string, bool) {
	for i := range len(path) - 1 {
		if path[i] == ']' && !rows[path[:i+1]] {
			return path[:i+1], true
		}
	}
	return "", false
}

func fileOf(s *provenance.Statement, v provenance.Value) string {
	if v.File < len(s.Inputs.Files) {
		return s.Inputs.Files[v.File].Path
	}
	return ""
}

func compareSums(old, now []provenance.Sum) []Sum {
	was, is := map[string]string{}, map[string]string{}
	for _, s := range old {
		was[s.Name] = s.Amount
	}
	var all []Sum
	for _, s := range now {
		is[s.Name] = s.Amount
		if was[s.Name] != s.Amount {
			all = append(all, Sum{s.Name, was[s.Name], s.Amount})
		}
	}
	for _, s := range old {
		if _, ok := is[s.Name]; !ok {
			all = append(all, Sum{s.Name, s.Amount, ""})
		}
	}
	return all
}
