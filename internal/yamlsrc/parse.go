package yamlsrc

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"concordat/internal/diag"
)

// parser is the state of one Parse.
type parser struct {
	text *text
	what string
	list diag.List
}

// parse gives the root mapping of the text, or nil when the text cannot be
// decoded at all; then the list says why.
func (d *parser) parse() *Node {
	if len(d.text.text) > MaxSize {
		d.list.Errorf(codeTooLarge, d.text.span(0, 0), "split it into several files",
			"%s is larger than %d KiB", d.what, MaxSize/1024)
		return nil
	}
	end := d.text.base + len(d.text.text)
	for _, p := range d.text.file.Problems() {
		if p.Span.Start >= d.text.base && p.Span.Start <= end {
			d.list.Errorf(codeEncoding, p.Span, p.Hint, "%s", p.Message)
		}
	}
	if len(d.list) > 0 {
		return nil
	}
	if start, directive := d.directive(); directive != "" {
		d.list.Errorf(codeDirective, d.text.span(start, start+len(directive)),
			"delete the line; a first value that begins with \"%\" needs quotes", "directives are not used here")
		return nil
	}
	document := d.load()
	if document == nil {
		return nil
	}
	if len(document.Content) == 0 || isNull(document.Content[0]) {
		d.list.Errorf(codeEmpty, d.text.span(0, 0), "", "%s is empty", d.what)
		return nil
	}
	root := document.Content[0]
	if d.check(root); len(d.list) > 0 {
		return nil
	}
	if root.Kind != yaml.MappingNode {
		d.list.Errorf(codeKind, d.text.convert(root).Span, "write fields, each as \"name: value\" on a line of its own",
			"expected %s as a mapping, found %s", d.what, kindOf(root))
		return nil
	}
	return d.text.convert(root)
}

// directive finds a line that begins with % before the first value.
func (d *parser) directive() (start int, line string) {
	text := d.text.text
	for start < len(text) {
		line, _, _ := strings.Cut(text[start:], "\n")
		trimmed := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "%"):
			return start, trimmed
		case trimmed != "" && trimmed[0] != '#':
			return 0, ""
		}
		start += len(line) + 1
	}
	return 0, ""
}

// load parses the text into the node of its only document.
func (d *parser) load() *yaml.Node {
	loader, err := yaml.NewLoader(strings.NewReader(d.text.text))
	if err != nil {
		panic(fmt.Sprintf("yamlsrc: cannot make a loader: %v", err))
	}
	var document, second yaml.Node
	if err := loader.Load(&document); err != nil {
		d.syntax(err)
		return nil
	}
	switch err := loader.Load(&second); {
	case err == nil:
		d.list.Errorf(codeSecondDocument, d.text.token(d.text.at(second.Line, second.Column)),
			"keep one document, without a line \"---\" or \"...\" inside", "a second document begins here")
		return nil
	case !errors.Is(err, io.EOF):
		d.syntax(err)
		return nil
	}
	return &document
}

// check examines the whole tree for what is refused wherever it stands.
func (d *parser) check(root *yaml.Node) {
	nodes := 0
	var walk func(n *yaml.Node, depth int) bool
	walk = func(n *yaml.Node, depth int) bool {
		if n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode {
			depth++
		}
		nodes++
		start := d.text.start(n)
		switch {
		case depth > MaxDepth:
			d.list.Errorf(codeTooDeep, d.text.token(start), "", "more than %d mappings and lists inside each other", MaxDepth)
			return false
		case nodes > MaxNodes:
			d.list.Errorf(codeTooManyValues, d.text.token(start), "split it into several files", "%s has more than %d keys and values", d.what, MaxNodes)
			return false
		}
		d.checkNode(n, start)
		for i, c := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 0 {
				d.checkKey(c)
			}
			if !walk(c, depth) {
				return false
			}
		}
		return true
	}
	walk(root, 0)
}

const (
	anchorHint = "write the value out at each place"
	tagHint    = "delete the tag; put text in quotes where it could be read as something else"
)

func (d *parser) checkNode(n *yaml.Node, start int) {
	switch {
	case n.Kind == yaml.AliasNode:
		d.list.Errorf(codeAnchor, d.text.span(start, d.text.match(start, "*"+n.Value)), anchorHint, "alias \"*%s\" is not used here", n.Value)
	case n.Anchor != "":
		d.list.Errorf(codeAnchor, d.text.token(start), anchorHint, "anchor \"&%s\" is not used here", n.Anchor)
	case n.Style&yaml.TaggedStyle != 0 || n.Tag == "!":
		d.list.Errorf(codeTag, d.text.token(start), tagHint, "tag \"%s\" is not used here", n.Tag)
	}
}

// checkKey refuses keys that can be no names. Aliases, anchors and tags are
// reported by checkNode.
func (d *parser) checkKey(k *yaml.Node) {
	if k.Kind == yaml.AliasNode || k.Anchor != "" || k.Style&yaml.TaggedStyle != 0 || k.Tag == "!" {
		return
	}
	switch {
	case k.Kind != yaml.ScalarNode:
		d.list.Errorf(codeKey, d.text.token(d.text.start(k)), "put a value that begins with \"{\" or \"[\" in quotes as a whole",
			"expected a name as key, found %s", kindOf(k))
	case k.Style == 0 && k.Value == "<<":
		d.list.Errorf(codeMergeKey, d.text.scalar(k), "write the fields out", "the merge key \"<<\" is not used here")
	case k.Value == "":
		d.list.Errorf(codeKey, d.text.scalar(k), "write the name of the field before the colon", "expected a name as key, found nothing")
	}
}

// isNull reports whether a node is nothing at all, as after a bare key.
func isNull(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Style == 0 && n.Value == ""
}

// kindOf names the kind of a node for a person.
func kindOf(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return Mapping.String()
	case yaml.SequenceNode:
		return List.String()
	case yaml.ScalarNode:
		return Scalar.String()
	default:
		panic(fmt.Sprintf("yamlsrc: kind %d of a node that is decoded", n.Kind))
	}
}
