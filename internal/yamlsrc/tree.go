package yamlsrc

import (
	"fmt"

	"go.yaml.in/yaml/v4"
)

// builder makes nodes of those of the YAML library, and reports what is refused
// wherever it stands. All nodes of a tree are made at once.
type builder struct {
	*parser
	nodes, values, entries int // how many there are: of all kinds, of mappings, of lists

	// Room for those to come.
	room   []Node
	fields []Field
	items  []*Node
}

// tree is nil, or of no use, when something is reported.
func (d *parser) tree(root *yaml.Node) *Node {
	b := builder{parser: d}
	if !b.measure(root, 0) {
		return nil
	}
	b.room, b.fields, b.items = make([]Node, b.nodes), make([]Field, b.values), make([]*Node, b.entries)
	return b.node(root)
}

// measure counts, and reports what is beyond a limit.
func (b *builder) measure(n *yaml.Node, depth int) bool {
	b.nodes++
	switch n.Kind {
	case yaml.MappingNode:
		depth++
		b.values += len(n.Content) / 2
	case yaml.SequenceNode:
		depth++
		b.entries += len(n.Content)
	}
	switch {
	case depth > MaxDepth:
		b.list.Errorf(codeTooDeep, b.text.token(b.text.start(n)), "", "more than %d mappings and lists inside each other", MaxDepth)
		return false
	case b.nodes > MaxNodes:
		b.list.Errorf(codeTooManyValues, b.text.token(b.text.start(n)), "split it into several files", "%s has more than %d keys and values", b.what, MaxNodes)
		return false
	}
	for _, c := range n.Content {
		if !b.measure(c, depth) {
			return false
		}
	}
	return true
}

func (b *builder) node(n *yaml.Node) *Node {
	start := b.text.start(n)
	b.checkNode(n, start)
	c := &take(&b.room, 1)[0]
	c.style, c.text = n.Style, b.text
	switch n.Kind {
	case yaml.ScalarNode:
		c.Kind, c.Value, c.tag, c.Span = Scalar, n.Value, n.Tag, b.text.scalar(n)
	case yaml.MappingNode:
		c.Kind, c.Fields, c.Span = Mapping, take(&b.fields, len(n.Content)/2), b.text.token(start)
		for i := range c.Fields {
			key := b.node(n.Content[2*i])
			b.checkKey(n.Content[2*i], key)
			c.Fields[i] = Field{key, b.node(n.Content[2*i+1])}
		}
		if n.Style&yaml.FlowStyle == 0 && len(c.Fields) > 0 && c.Fields[0].Key.Kind == Scalar {
			c.Span = c.Fields[0].Key.Span
		}
	case yaml.SequenceNode:
		c.Kind, c.Items, c.Span = List, take(&b.items, len(n.Content)), b.text.token(start)
		for i, item := range n.Content {
			c.Items[i] = b.node(item)
		}
	case yaml.AliasNode: // checkNode has refused it
	default:
		panic(fmt.Sprintf("yamlsrc: kind %d of a node", n.Kind))
	}
	return c
}

// take cuts n elements off room, and makes more where there are too few.
func take[T any](room *[]T, n int) []T {
	if n > len(*room) {
		*room = make([]T, max(n, 128))
	}
	taken := (*room)[:n:n]
	*room = (*room)[n:]
	return taken
}

const (
	anchorHint = "write the value out at each place"
	tagHint    = "delete the tag; put text in quotes where it could be read as something else"
)

func (b *builder) checkNode(n *yaml.Node, start int) {
	switch {
	case n.Kind == yaml.AliasNode:
		b.list.Errorf(codeAnchor, b.text.span(start, b.text.match(start, "*"+n.Value)), anchorHint, "alias \"*%s\" is not used here", n.Value)
	case n.Anchor != "":
		b.list.Errorf(codeAnchor, b.text.token(start), anchorHint, "anchor \"&%s\" is not used here", n.Anchor)
	case n.Style&yaml.TaggedStyle != 0 || n.Tag == "!":
		b.list.Errorf(codeTag, b.text.token(start), tagHint, "tag \"%s\" is not used here", n.Tag)
	}
}

// checkKey refuses keys that can be no names. Aliases, anchors and tags are
// reported by checkNode.
func (b *builder) checkKey(k *yaml.Node, key *Node) {
	if k.Kind == yaml.AliasNode || k.Anchor != "" || k.Style&yaml.TaggedStyle != 0 || k.Tag == "!" {
		return
	}
	switch {
	case k.Kind != yaml.ScalarNode:
		b.list.Errorf(codeKey, b.text.token(b.text.start(k)), "put a value that begins with \"{\" or \"[\" in quotes as a whole",
			"expected a name as key, found %s", key.Kind)
	case k.Style == 0 && k.Value == "<<":
		b.list.Errorf(codeMergeKey, key.Span, "write the fields out", "the merge key \"<<\" is not used here")
	case k.Value == "":
		b.list.Errorf(codeKey, key.Span, "write the name of the field before the colon", "expected a name as key, found nothing")
	}
}
