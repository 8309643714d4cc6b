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
	root := d.tree(document.Content[0])
	switch {
	case len(d.list) > 0:
		return nil
	case root.IsNull():
		d.list.Errorf(codeEmpty, d.text.span(0, 0), "", "%s is empty", d.what)
		return nil
	case root.Kind != Mapping:
		d.list.Errorf(codeKind, root.Span, "write fields, each as \"name: value\" on a line of its own",
			"expected %s as a mapping, found %s", d.what, root.Kind)
		return nil
	}
	return root
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
