package workspace

import (
	"strconv"
	"strings"

	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Value is one value of an agreement, wherever it is written.
type Value struct {
	Path string // such as "budget.lines[BL-01].charges[0].amount": rows with an id by it, others by their number from 0
	Text string // without quotes
	File *source.File
}

// Values are all values of the agreement, in the order of the merged tree.
func (r *Resolved) Values() []Value {
	all := make([]Value, 0, 1024) // as many as most have
	var paths strings.Builder     // of all, one behind the other
	var walk func(n *yamlsrc.Node, path []byte)
	walk = func(n *yamlsrc.Node, path []byte) {
		switch n.Kind {
		case yamlsrc.Scalar:
			start := paths.Len()
			paths.Write(path)
			all = append(all, Value{paths.String()[start:], n.Value, n.Span.File})
		case yamlsrc.Mapping:
			if len(path) > 0 {
				path = append(path, '.')
			}
			for _, f := range n.Fields {
				walk(f.Value, append(path, f.Key.Value...))
			}
		case yamlsrc.List:
			path = append(path, '[')
			for i, item := range n.Items {
				key := path
				if id := item.Field("id"); id != nil && id.Kind == yamlsrc.Scalar && id.Value != "" {
					key = append(key, id.Value...)
				} else {
					key = strconv.AppendInt(key, int64(i), 10)
				}
				walk(item, append(key, ']'))
			}
		default:
			panic("workspace: a node of no kind")
		}
	}
	walk(r.Tree, make([]byte, 0, 256))
	return all
}
