package yamlsrc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// maxFlow is the length up to which a list of single values stands on one line.
const maxFlow = 80

// Write is the tree as YAML text that reads back as the same values. Text stands
// in quotes, so that a comment can follow it: comment gives that of each single
// value, and of a list of them, without its number sign; it must be one line.
func (n *Node) Write(comment func(*Node) string) string {
	if len(n.Fields) == 0 {
		return "{}\n"
	}
	w := writer{comment: comment}
	w.fields(n, "")
	return w.b.String()
}

type writer struct {
	b       strings.Builder
	comment func(*Node) string
}

// fields writes each field of a mapping on lines of its own. The first one
// begins where the writer stands, the others at the indentation.
func (w *writer) fields(n *Node, indent string) {
	for i, f := range n.Fields {
		if i > 0 {
			w.b.WriteString(indent)
		}
		w.b.WriteString(key(f.Key))
		w.b.WriteByte(':')
		w.value(f.Value, indent)
	}
}

// value writes what stands after a colon or dash.
func (w *writer) value(n *Node, indent string) {
	switch {
	case n.Kind == Scalar || len(n.Fields)+len(n.Items) == 0:
		w.line(n, n.flow())
	case n.Kind == Mapping:
		w.b.WriteString("\n" + indent + "  ")
		w.fields(n, indent+"  ")
	case n.Kind == List && n.isShort():
		w.line(n.Items[0], n.flow())
	default:
		w.b.WriteByte('\n')
		for _, item := range n.Items {
			w.b.WriteString(indent + "  -")
			if item.Kind == Mapping && len(item.Fields) > 0 {
				w.b.WriteByte(' ')
				w.fields(item, indent+"    ")
				continue
			}
			w.value(item, indent+"    ")
		}
	}
}

// line ends a line with a text and the comment of n.
func (w *writer) line(n *Node, text string) {
	w.b.WriteString(" " + text)
	if comment := w.comment(n); comment != "" {
		w.b.WriteString(" # " + comment)
	}
	w.b.WriteByte('\n')
}

// isShort reports whether a list has only single values and fits on a line.
func (n *Node) isShort() bool {
	for _, item := range n.Items {
		if item.Kind != Scalar {
			return false
		}
	}
	return utf8.RuneCountInString(n.flow()) <= maxFlow
}

// flow is a single value, a list of them, or an empty mapping, on one line.
func (n *Node) flow() string {
	switch n.Kind {
	case Mapping:
		return "{}"
	case List:
		var items []string
		for _, item := range n.Items {
			items = append(items, item.flow())
		}
		return "[" + strings.Join(items, ", ") + "]"
	default:
		if n.style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0 && n.Value != "" && guess(n) != "" {
			return n.Value // a number, date, true or false: quotes would make it text
		}
		return Quote(n.Value)
	}
}

// key is the name of a field, in quotes where it is no plain word.
func key(k *Node) string {
	for _, r := range k.Value {
		if !unicode.IsLower(r) && r != '_' {
			return Quote(k.Value)
		}
	}
	if k.style == 0 && guess(k) != "" {
		return Quote(k.Value)
	}
	return k.Value
}

// Quote is a text in double quotes, on one line, as YAML that reads back as it.
func Quote(text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case unicode.IsGraphic(r):
			b.WriteRune(r)
		default:
			b.WriteString(`\U`)
			for shift := 28; shift >= 0; shift -= 4 {
				b.WriteByte(hex[r>>shift&0xF])
			}
		}
	}
	b.WriteByte('"')
	return b.String()
}
