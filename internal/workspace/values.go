package workspace

import (
	"strconv"

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
	var all []Value
	var walk func(n *yamlsrc.Node, path string)
	walk = func(n *yamlsrc.Node, path string) {
		switch n.Kind {
		case yamlsrc.Scalar:
			all = append(all, Value{path, n.Value, n.Span.File})
		case yamlsrc.Mapping:
			if path != "" {
				path += "."
			}
			for _, f := range n.Fields {
				walk(f.Value, path+f.Key.Value)
			}
		case yamlsrc.List:
			for i, item := range n.Items {
				key := strconv.Itoa(i)
				if id := item.Field("id"); id != nil && id.Kind == yamlsrc.Scalar && id.Value != "" {
					key = id.Value
				}
				walk(item, path+"["+key+"]")
			}
		default:
			panic("workspace: a node of no kind")
		}
	}
	walk(r.Tree, "")
	return all
}
