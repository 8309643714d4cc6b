package schema_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"concordat/internal/schema"
)

// bounds walks a file beside its schema and tries each field at and beyond its
// bounds; fields that the file does not have are added for that time.
type bounds struct {
	t      *testing.T
	j      judge
	name   string
	root   *yaml.Node
	part   int // one case of so many is compared
	n      int // cases
	counts map[verdict]int
	fields map[string]bool // seen, by path
}

// TestBounds holds schema and check to one verdict at the bounds of every field.
func TestBounds(t *testing.T) {
	part := 97
	if testing.Short() {
		part = 499
	}
	if os.Getenv("CONCORDAT_MUTATIONS") != "" {
		part = 1
	}
	var s map[string]any
	if err := json.Unmarshal(schema.JSON(schema.Agreement), &s); err != nil {
		t.Fatal(err)
	}
	b := &bounds{t: t, j: agreementJudge(t), part: part, counts: map[verdict]int{}, fields: map[string]bool{}}
	for _, name := range []string{"../agreement/testdata/ok/base.yaml", "../../examples/accounting-firm.yaml"} {
		var root yaml.Node
		if err := yaml.Load([]byte(file(t, name).Text()), &root); err != nil {
			t.Fatal(err)
		}
		(&mutator{}).add(&root) // takes the comments away
		b.name, b.root = name, &root
		b.walk(root.Content[0], s, "")
	}
	known := 0
	count(s, &known)
	t.Logf("%d of %d fields, %d cases, of which compared: %s", len(b.fields), known, b.n, tally(b.counts))
	if len(b.fields) != known {
		t.Errorf("%d of %d fields are tried", len(b.fields), known)
	}
}

// count counts the fields of a schema.
func count(s map[string]any, n *int) {
	properties, _ := s["properties"].(map[string]any)
	for _, p := range properties {
		*n++
		count(p.(map[string]any), n)
	}
	if items, ok := s["items"].(map[string]any); ok {
		count(items, n)
	}
}

// try compares the verdicts while n is another value.
func (b *bounds) try(n, other *yaml.Node, path string) {
	old := *n
	*n = *other
	defer func() { *n = old }()
	b.compare(path)
}

func (b *bounds) compare(path string) {
	b.n++
	if b.n%b.part != 0 {
		return
	}
	text, err := yaml.Dump(b.root)
	if err != nil {
		b.t.Fatal(err)
	}
	v, why := b.j.compare(b.name, string(text))
	b.counts[v]++
	if v == differ {
		b.t.Errorf("%s: %s: %s", filepath.Base(b.name), path, why)
	}
}

func (b *bounds) walk(n *yaml.Node, s map[string]any, path string) {
	if n.Kind == yaml.AliasNode {
		return
	}
	plain := func(text string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: text} }
	list := func(items ...*yaml.Node) *yaml.Node {
		return &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle, Content: items}
	}
	old := *n
	b.try(n, plain("~"), path)
	if s["type"] != "array" {
		b.try(n, list(&old), path)
	}
	if s["type"] != "object" {
		b.try(n, &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle, Content: []*yaml.Node{plain("id"), &old}}, path)
	}
	switch s["type"] {
	case "object":
		b.mapping(n, s, path)
	case "array":
		b.try(n, list(), path)
		b.try(n, plain("x"), path)
		items := s["items"].(map[string]any)
		if len(n.Content) > 0 {
			b.try(n, list(append(slices.Clone(n.Content), n.Content[0])...), path)
			b.try(n, list(n.Content[0]), path)
			b.walk(n.Content[0], items, path+"[]")
		}
		if most, ok := s["maxItems"].(float64); ok {
			for _, k := range []int{int(most), int(most) + 1} {
				b.try(n, list(slices.Repeat([]*yaml.Node{b.value(items)}, k)...), path)
			}
		}
	default:
		for _, x := range atBounds(s) {
			b.try(n, x, path)
		}
	}
}

func (b *bounds) mapping(n *yaml.Node, s map[string]any, path string) {
	properties, ok := s["properties"].(map[string]any)
	if !ok {
		return // the new values of a change
	}
	unknown := *n
	unknown.Content = append(slices.Clone(n.Content), text("unknown_field"), text("x"))
	b.try(n, &unknown, path)
	var names []string
	for name := range properties {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		at, property := strings.TrimPrefix(path+"."+name, "."), properties[name].(map[string]any)
		b.fields[at] = true
		i := slices.IndexFunc(n.Content, func(c *yaml.Node) bool { return c.Value == name && c.Kind == yaml.ScalarNode })
		if i%2 == 1 {
			i = slices.IndexFunc(n.Content[i+1:], func(c *yaml.Node) bool { return c.Value == name }) + i + 1
		}
		if i < 0 { // for as long as it is walked
			old := n.Content
			n.Content = append(slices.Clone(old), text(name), b.value(property))
			b.compare(at)
			b.walk(n.Content[len(n.Content)-1], property, at)
			n.Content = old
			continue
		}
		less := *n
		less.Content = slices.Delete(slices.Clone(n.Content), i, i+2)
		b.try(n, &less, at)
		b.walk(n.Content[i+1], property, at)
	}
}

// text is a text in quotes.
func text(value string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Value: value, Style: yaml.DoubleQuotedStyle}
}

// value is a value that a schema accepts.
func (b *bounds) value(s map[string]any) *yaml.Node {
	if c, ok := s["const"].(string); ok {
		return text(c)
	}
	if words, ok := s["enum"].([]any); ok {
		return text(words[0].(string))
	}
	switch s["type"] {
	case "object":
		n := &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
		required, _ := s["required"].([]any)
		for _, name := range required {
			property := s["properties"].(map[string]any)[name.(string)]
			n.Content = append(n.Content, text(name.(string)), b.value(property.(map[string]any)))
		}
		return n
	case "array":
		return &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle, Content: []*yaml.Node{b.value(s["items"].(map[string]any))}}
	case "boolean":
		return &yaml.Node{Kind: yaml.ScalarNode, Value: "true"}
	case "integer":
		low := s["minimum"].(float64)
		return &yaml.Node{Kind: yaml.ScalarNode, Value: strconv.Itoa(max(int(low), 1))}
	}
	form := regexp.MustCompile(s["pattern"].(string))
	for _, x := range []string{"text", "1", "X-1", "08:00", "a@b.example", "1.0.0", "02-01", "2027-03-31", "2027-03", "name-1", strings.Repeat("0a", 32)} {
		if form.MatchString(x) {
			return text(x)
		}
	}
	b.t.Fatalf("no text of the form %s", form)
	return nil
}

// atBounds are scalars at and beyond what a schema accepts.
func atBounds(s map[string]any) []*yaml.Node {
	var all []*yaml.Node
	plain := func(values ...string) {
		for _, v := range values {
			all = append(all, &yaml.Node{Kind: yaml.ScalarNode, Value: v})
		}
	}
	quoted := func(values ...string) {
		for _, v := range values {
			all = append(all, text(v))
		}
	}
	for _, key := range []string{"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"} {
		if bound, ok := s[key].(float64); ok {
			plain(strconv.Itoa(int(bound)-1), strconv.Itoa(int(bound)), strconv.Itoa(int(bound)+1))
		}
	}
	if most, ok := s["maxLength"].(float64); ok {
		quoted(strings.Repeat("ł", int(most)), strings.Repeat("x", int(most)+1))
	}
	if words, ok := s["enum"].([]any); ok {
		quoted(words[len(words)-1].(string), strings.ToUpper(words[0].(string)), "nobody")
	}
	if s["pattern"] != nil {
		quoted("x\ny", "x\n", "\n", "x", "X", "1.0", "2027-02-30", "24:00", "con", "a b@c.d")
	}
	switch s["type"] {
	case "boolean":
		plain("yes", "True", "1")
		quoted("true")
	case "integer":
		plain("1.5", "five", "1e3")
		quoted("1")
	default:
		plain("5", "1.10", "true", "2027-01-01")
		quoted("", " ")
	}
	return all
}
