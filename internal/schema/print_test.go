package schema

import (
	"bytes"
	"encoding/json"
	"strings"
)

// node is a JSON Schema. The order of its fields is that of the text.
type node struct {
	Schema               string     `json:"$schema,omitempty"`
	ID                   string     `json:"$id,omitempty"`
	Title                string     `json:"title,omitempty"`
	Description          string     `json:"description,omitempty"`
	Type                 any        `json:"type,omitempty"` // a name or several
	Const                any        `json:"const,omitempty"`
	Enum                 []string   `json:"enum,omitempty"`
	Pattern              string     `json:"pattern,omitempty"`
	PatternErrorMessage  string     `json:"patternErrorMessage,omitempty"` // for editors
	MinLength            *int       `json:"minLength,omitempty"`
	MaxLength            *int       `json:"maxLength,omitempty"`
	Minimum              *int       `json:"minimum,omitempty"`
	Maximum              *int       `json:"maximum,omitempty"`
	ExclusiveMinimum     *int       `json:"exclusiveMinimum,omitempty"`
	ExclusiveMaximum     *int       `json:"exclusiveMaximum,omitempty"`
	Not                  *node      `json:"not,omitempty"`
	Examples             []string   `json:"examples,omitempty"`
	Items                *node      `json:"items,omitempty"`
	MinItems             *int       `json:"minItems,omitempty"`
	MaxItems             *int       `json:"maxItems,omitempty"`
	UniqueItems          bool       `json:"uniqueItems,omitempty"`
	MinProperties        int        `json:"minProperties,omitempty"`
	Required             []string   `json:"required,omitempty"`
	AdditionalProperties *bool      `json:"additionalProperties,omitempty"`
	Properties           properties `json:"properties,omitempty"`
	AnyOf                []*node    `json:"anyOf,omitempty"`
	AllOf                []*node    `json:"allOf,omitempty"`
	If                   *node      `json:"if,omitempty"`
	Then                 *node      `json:"then,omitempty"`
	Else                 *node      `json:"else,omitempty"`
}

// properties are those of a mapping, in the order of the struct.
type properties []property

type property struct {
	key  string
	node *node
}

func (p properties) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, x := range p {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := marshal(x.key)
		if err != nil {
			return nil, err
		}
		value, err := marshal(x.node)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshal leaves < and > as they are.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// width is that of a line which may hold a whole list or mapping.
const width = 100

// format lays out JSON for a reader: what fits stands on one line.
func format(b *strings.Builder, text []byte, indent int) {
	if open := text[0]; open == '{' || open == '[' {
		inside := spaced(text)
		if indent+len(inside) <= width {
			b.WriteString(inside)
			return
		}
		b.WriteByte(open)
		in := "\n" + strings.Repeat(" ", indent+2)
		if open == '[' && text[1] == '"' {
			fill(b, text, in)
			b.WriteString("\n" + strings.Repeat(" ", indent) + "]")
			return
		}
		each(text, func(i int, key string, value []byte) {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(in)
			if key != "" {
				b.WriteString(key + ": ")
			}
			format(b, value, indent+2)
		})
		b.WriteString("\n" + strings.Repeat(" ", indent))
		b.WriteByte(text[len(text)-1])
		return
	}
	b.Write(text)
}

// fill writes a list of texts, as many on a line as fit.
func fill(b *strings.Builder, text []byte, in string) {
	column := width
	each(text, func(i int, _ string, value []byte) {
		if i > 0 {
			b.WriteByte(',')
		}
		if column += len(value) + 2; column > width {
			b.WriteString(in)
			column = len(in) + len(value)
		} else {
			b.WriteByte(' ')
		}
		b.Write(value)
	})
}

// spaced is JSON on one line, with a space after commas and colons.
func spaced(text []byte) string {
	if open := text[0]; open != '{' && open != '[' {
		return string(text)
	}
	var b strings.Builder
	b.WriteByte(text[0])
	each(text, func(i int, key string, value []byte) {
		if i > 0 {
			b.WriteString(", ")
		}
		if key != "" {
			b.WriteString(key + ": ")
		}
		b.WriteString(spaced(value))
	})
	b.WriteByte(text[len(text)-1])
	return b.String()
}

// each calls f for each entry of a list, or each field of a mapping with its
// key as it is written.
func each(text []byte, f func(i int, key string, value []byte)) {
	isMapping := text[0] == '{'
	var parts [][]byte
	start, depth, quoted := 1, 0, false
	for i := 1; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case depth > 0 && (c == '}' || c == ']'):
			depth--
		case depth == 0 && (c == ',' || i == len(text)-1 || isMapping && c == ':'):
			if i > start {
				parts = append(parts, text[start:i])
			}
			start = i + 1
		}
	}
	if !isMapping {
		for i, value := range parts {
			f(i, "", value)
		}
		return
	}
	for i := 0; i+1 < len(parts); i += 2 {
		f(i/2, string(parts[i]), parts[i+1])
	}
}

// text is a schema as it stands in its file.
func (n *node) text() (string, error) {
	compact, err := marshal(n)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	format(&b, compact, 0)
	return b.String() + "\n", nil
}
