package schema_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"concordat/internal/agreement"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/record"
	"concordat/internal/schema"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

// said are the codes of what a schema says too. Not the codes of rules and of
// references, of files that are used, and of YAML that an editor reads as well.
var said = []string{
	"yaml-unknown-field", "yaml-kind", "yaml-no-value", "yaml-value", "yaml-line-break", "yaml-ambiguous",
	"agreement-missing", "agreement-choice", "agreement-format", "agreement-range", "agreement-duplicate",
	"use-change", "use-schema", "use-decision", "price-book", "price-quantity", "record-missing", "record-schema",
}

// unsaid are findings with these codes that no schema can say, and why. what
// matches the message.
var unsaid = []struct{ code, what, why string }{
	{"yaml-ambiguous", "", "an editor reads YAML 1.2, where 08:00, no and 2027-01-01 are texts; the check knows older readers"},
	{"agreement-duplicate", "stands here a second time", "rows that may stand once are told apart by a part of them"},
	{"agreement-range", "business hours end", "two fields together"},
	{"yaml-value", "is not a day of the calendar", "29 February of a year that has none; of the other days the schema knows"},
	{"use-change", "leads to|cannot be changed|both set and cleared|set twice|cannot be replaced", "what the used files say"},
	{"price-book", "second time|ends on|more digits|below nothing", "two fields together"},
	{"price-quantity", "second time", "rows are told apart by their id"},
}

// notation is a number that the check wants in plain digits, or a true that it
// wants in small letters; a schema sees the value only.
var notation = regexp.MustCompile(`^(True|TRUE|False|FALSE)$|^[-+]?(0x[0-9a-fA-F]+|0o[0-7]+|(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)$`)

// judge holds a schema against the reader of the same file.
type judge struct {
	schema *jsonschema.Schema
	read   func(f *source.File) diag.List
	shared bool // of shared files
}

func compile(t testing.TB, k schema.Kind) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.JSON(k)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:"+string(k), doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("urn:" + string(k))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func agreementJudge(t testing.TB) judge {
	t.Helper()
	set, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	r := workspace.NewReader()
	return judge{schema: compile(t, schema.Agreement), read: func(f *source.File) diag.List { return check(r, set, f) }}
}

func check(r *workspace.Reader, set *framework.Set, f *source.File) diag.List {
	resolved, list, err := r.Read(f)
	if err != nil {
		panic(err) // a fault of the world; a fuzz target has no other words here
	}
	if resolved == nil {
		return list
	}
	_, more := agreement.LoadTree(resolved.Tree, set)
	return append(list, more...)
}

// sharedJudge reads a shared file by an agreement that uses it. The files
// stand in a copy of the examples, whose folder it gives.
func sharedJudge(t testing.TB) (judge, string) {
	t.Helper()
	set, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../examples")); err != nil {
		t.Fatal(err)
	}
	main := file(t, filepath.Join(dir, "accounting-firm.yaml"))
	return judge{shared: true, schema: compile(t, schema.Shared), read: func(f *source.File) diag.List {
		whole, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		defer os.WriteFile(f.Name(), whole, 0o600)
		if err := os.WriteFile(f.Name(), []byte(f.Text()), 0o600); err != nil {
			t.Fatal(err)
		}
		return check(workspace.NewReader(), set, main)
	}}, dir
}

func recordJudge(t testing.TB) judge {
	t.Helper()
	set, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	resolved, list, err := workspace.NewReader().Read(file(t, "../../examples/accounting-firm.yaml"))
	if err != nil || resolved == nil {
		t.Fatal(list, err)
	}
	a, list := agreement.LoadTree(resolved.Tree, set)
	if a == nil {
		t.Fatal(list)
	}
	return judge{schema: compile(t, schema.Record), read: func(f *source.File) diag.List {
		_, list := record.Load(f, a)
		return list
	}}
}

func file(t testing.TB, name string) *source.File {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return source.New(name, text)
}

// verdict is what became of one comparison.
type verdict int

const (
	bothAccept verdict = iota + 1
	bothRefuse
	intended  // the reader alone refuses, for a reason of unsaid
	undecided // the reader stopped at what a schema cannot say
	differ
)

// compare asks both, and says where they differ.
func (j judge) compare(name, text string) (verdict, string) {
	value, ok := instance(text)
	if !ok {
		return undecided, ""
	}
	f := source.New(name, []byte(text))
	invalid := j.schema.Validate(value)
	var refused, excused, others diag.List
	for _, d := range j.read(f) {
		switch {
		case d.Severity != diag.Error:
		case !slices.Contains(said, d.Code):
			if strings.HasPrefix(d.Code, "yaml-") || strings.HasPrefix(d.Code, "use-") || strings.HasPrefix(d.Code, "price-") || strings.HasPrefix(d.Code, "record-") {
				others = append(others, d)
			}
		case j.excuse(d, f, value):
			excused = append(excused, d)
		default:
			refused = append(refused, d)
		}
	}
	switch {
	case invalid != nil && (len(refused) > 0 || slices.ContainsFunc(excused, func(d diag.Diagnostic) bool { return asWritten(d, f) })):
		return bothRefuse, ""
	case invalid == nil && len(refused) == 0:
		if len(excused) > 0 {
			return intended, ""
		}
		return bothAccept, ""
	case invalid != nil && len(others)+len(excused) > 0:
		return undecided, ""
	case invalid != nil && j.shared && changed(invalid):
		return undecided, ""
	case invalid != nil:
		return differ, "only the schema refuses: " + invalid.Error()
	default:
		d := refused[0]
		at := d.Span.Start
		return differ, fmt.Sprintf("only the reader refuses: %s [%s] at %q", d.Message, d.Code, text[at:min(at+40, len(text))])
	}
}

// changed reports whether the schema complains about values of services that
// the packages of the examples change: nobody reads them.
func changed(invalid error) bool {
	var failed *jsonschema.ValidationError
	if !errors.As(invalid, &failed) {
		return false
	}
	if len(failed.Causes) == 0 {
		at := failed.InstanceLocation
		return len(at) > 2 && at[0] == "services" && slices.Contains([]string{"purchased", "covers", "hours"}, at[2])
	}
	return !slices.ContainsFunc(failed.Causes, func(cause *jsonschema.ValidationError) bool { return !changed(cause) })
}

// excuse reports whether a finding is one that the schema cannot say.
func (j judge) excuse(d diag.Diagnostic, f *source.File, value any) bool {
	if d.Span.File.Name() != f.Name() {
		return true // said at another file
	}
	if j.shared && d.Code == "agreement-missing" {
		return true // another file, or a change, can give it
	}
	for _, u := range unsaid {
		if d.Code == u.code && regexp.MustCompile(u.what).MatchString(d.Message) {
			return true
		}
	}
	if d.Code == "yaml-value" && notation.MatchString(d.Span.Text()) {
		return true
	}
	if inChange(f, d.Span.Start) && d.Code != "use-change" {
		return true // new values of a change, which are of any form
	}
	top, isMapping := value.(map[string]any)
	if _, uses := top["use"]; !isMapping || !uses || d.Code != "agreement-missing" && d.Code != "agreement-range" {
		return false
	}
	// A used file could have given it: without one the schema demands it.
	alone := map[string]any{}
	for key, v := range top {
		if key != "use" {
			alone[key] = v
		}
	}
	return j.schema.Validate(alone) != nil
}

// asWritten reports whether a finding is about how a value is written, such as
// a number where text stands: the schema can refuse the same value for its type.
func asWritten(d diag.Diagnostic, f *source.File) bool {
	return d.Span.File.Name() == f.Name() && (d.Code == "yaml-ambiguous" || d.Code == "yaml-value") && !inChange(f, d.Span.Start)
}

// inChange reports whether an offset lies under the key change.
func inChange(f *source.File, offset int) bool {
	keys := regexp.MustCompile(`(?m)^[a-z_"]+`).FindAllString(f.Text()[:offset+1], -1)
	return len(keys) > 0 && strings.Trim(keys[len(keys)-1], `"`) == "change"
}

// instance is the value of a YAML text as an editor reads it, by the core
// schema of YAML 1.2. It is false for a text that is not YAML, and for numbers
// that JSON does not have.
func instance(text string) (any, bool) {
	var root yaml.Node
	if err := yaml.Load([]byte(text), &root); err != nil || len(root.Content) != 1 {
		return nil, false
	}
	return value(root.Content[0])
}

var (
	wholeForm = regexp.MustCompile(`^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$`)
	floatForm = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

func value(n *yaml.Node) (any, bool) {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, ok := value(n.Content[i+1])
			if _, twice := m[n.Content[i].Value]; !ok || twice {
				return nil, false
			}
			m[n.Content[i].Value] = v
		}
		return m, true
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			v, ok := value(item)
			if !ok {
				return nil, false
			}
			list = append(list, v)
		}
		return list, true
	case yaml.ScalarNode:
		return scalar(n)
	default:
		return nil, false
	}
}

func scalar(n *yaml.Node) (any, bool) {
	const quoted = yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle | yaml.LiteralStyle | yaml.FoldedStyle
	if n.Style&quoted != 0 {
		return n.Value, true
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return nil, true
	case "true", "True", "TRUE":
		return true, true
	case "false", "False", "FALSE":
		return false, true
	}
	switch {
	case wholeForm.MatchString(n.Value):
		digits, base := strings.TrimPrefix(n.Value, "+"), 10
		if len(digits) > 2 && (digits[1] == 'x' || digits[1] == 'o') {
			base = map[byte]int{'x': 16, 'o': 8}[digits[1]]
			digits = digits[2:]
		}
		i, err := strconv.ParseInt(digits, base, 64)
		if err != nil {
			return json.Number("1e30"), true
		}
		return json.Number(strconv.FormatInt(i, 10)), true
	case floatForm.MatchString(n.Value):
		x, err := strconv.ParseFloat(n.Value, 64)
		if err != nil {
			return nil, false
		}
		return json.Number(strconv.FormatFloat(x, 'g', -1, 64)), true
	}
	return n.Value, true
}

// agreementTexts are valid agreements, by file name.
func agreementTexts(t testing.TB) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"../../examples/*.yaml", "../agreement/testdata/ok/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if base := filepath.Base(name); base != "provider.yaml" && base != "concordat.yaml" && !strings.HasSuffix(base, record.Suffix) {
				texts[name] = file(t, name).Text()
			}
		}
	}
	if len(texts) < 5 {
		t.Fatalf("%d agreements only", len(texts))
	}
	return texts
}

func keys(texts map[string]string) []string {
	var names []string
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// TestFilesAreValid holds each file of the examples to the schema of its kind,
// which its first line names.
func TestFilesAreValid(t *testing.T) {
	files := map[schema.Kind][]string{
		schema.Agreement: keys(agreementTexts(t)),
		schema.Shared:    {"../../examples/provider.yaml"},
		schema.Record:    {"../../examples/accounting-firm.record.yaml"},
		schema.Workspace: {"../../examples/concordat.yaml"},
	}
	for _, pattern := range []string{"../../examples/packages/*.yaml", "../../examples/presets/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files[schema.Shared] = append(files[schema.Shared], names...)
	}
	for _, k := range schema.Kinds() {
		s := compile(t, k)
		for _, name := range files[k] {
			v, ok := instance(file(t, name).Text())
			if !ok {
				t.Fatal(name)
			}
			if err := s.Validate(v); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if inside, ok := strings.CutPrefix(name, "../../examples/"); ok {
				path := strings.Repeat("../", strings.Count(inside, "/")) + k.FileName()
				if !strings.HasPrefix(file(t, name).Text(), "# yaml-language-server: $schema="+path+"\n") {
					t.Errorf("%s does not begin with the name of its schema %s", name, path)
				}
			}
			if len(files[k]) > 1 {
				continue
			}
			if v.(map[string]any)["unknown"] = "x"; s.Validate(v) == nil {
				t.Errorf("%s: an unknown field is accepted", name)
			}
		}
	}
}

// TestFixtures compares schema and check on each fixture of package agreement.
func TestFixtures(t *testing.T) {
	j := agreementJudge(t)
	pattern := "../agreement/testdata/rules/*.txtar"
	if testing.Short() {
		pattern = "../agreement/testdata/rules/agreement-*.txtar"
	}
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatal("no fixtures", err)
	}
	counts := map[verdict]int{}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base, files := "base.yaml", archive.Files
		if len(files) > 0 && files[0].Name == "base" {
			base, files = strings.TrimSpace(string(files[0].Data)), files[1:]
		}
		text := file(t, filepath.Join("../agreement/testdata/ok", base)).Text()
		for len(files) >= 2 && files[0].Name == "replace" {
			text = strings.Replace(text, string(files[0].Data), string(files[1].Data), 1)
			files = files[2:]
		}
		v, why := j.compare("../agreement/testdata/ok/x.yaml", text)
		counts[v]++
		if v == differ {
			t.Errorf("%s: %s", filepath.Base(name), why)
		}
	}
	t.Logf("%d fixtures: %s", len(names), tally(counts))
}

func tally(counts map[verdict]int) string {
	return fmt.Sprintf("both accept %d, both refuse %d, the check alone by intent %d, not comparable %d, differ %d",
		counts[bothAccept], counts[bothRefuse], counts[intended], counts[undecided], counts[differ])
}

// mutator changes the tree of a file at random.
type mutator struct {
	rand  *rand.Rand
	nodes []*yaml.Node
}

// scalars are values at and beyond the bounds of fields.
var scalars = []string{
	"0", "-1", "1", "2", "4", "5", "6", "12", "13", "60", "61", "72", "73", "365", "366", "8760", "8761", "1000000", "1000001", "2147483647", "2147483648", "99999999999999999999",
	"1.5", "12.0", "1e3", "0x1F", "+5", "007", "-0", "1440.00", "1,440", "-3.5", "0.1234567", "9.9", "9.95", "10", "123456789012345.5", "1234567890123456",
	"true", "false", "True", "yes", "no", "~", "null", "y",
	"2027-02-28", "2027-02-29", "2027-02-30", "2028-02-29", "2027-04-31", "2027-13-01", "1899-12-31", "2200-01-01", "2027-1-1", "2027-01", "2027-13", "02-01", "02-29", "04-31", "12-31", "13-01",
	"08:00", "8:00", "23:59", "24:00", "customer", "provider", "shared", "nobody", "none", "other", "business", "24x7",
	"P-FAY", "p-fay", "A", "A-1", "AB", "con", "nul", "com1", "-a", "a-b", "USD", "usd", "XXX", "KWD", "America/Chicago", "America/chicago", "Mars/Base",
	"a@b.example", "a@b", "nobody", "1.0.0", "1.0", "01.0.0", "1.0.0-rc.1", "effective", "30 days after effective", "concordat/v1", "concordat/v2", "concordat/shared/v1",
	"", " ", "x\ny", "x\n", "Łódź", "by_review", "auto",
	strings.Repeat("x", 20), strings.Repeat("x", 60), strings.Repeat("x", 61), strings.Repeat("ł", 200), strings.Repeat("x", 201), strings.Repeat("x", 401), strings.Repeat("x", 601), strings.Repeat("0a", 32),
}

// mutate is a text with one change, or two, somewhere in it.
func mutate(t testing.TB, text string, r *rand.Rand) string {
	t.Helper()
	var root yaml.Node
	if err := yaml.Load([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	m := &mutator{rand: r}
	m.add(&root)
	m.change()
	if r.IntN(8) == 0 {
		m.change()
	}
	out, err := yaml.Dump(&root)
	if err != nil {
		return text
	}
	return string(out)
}

func (m *mutator) add(n *yaml.Node) {
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	if n.Kind != yaml.DocumentNode {
		m.nodes = append(m.nodes, n)
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			c.HeadComment, c.LineComment, c.FootComment = "", "", ""
			continue
		}
		m.add(c)
	}
}

func (m *mutator) change() {
	n := m.nodes[m.rand.IntN(len(m.nodes))]
	if m.rand.IntN(12) == 0 { // another kind
		*n = *m.other(n)
		return
	}
	switch n.Kind {
	case yaml.MappingNode:
		if len(n.Content) == 0 {
			return
		}
		i := 2 * m.rand.IntN(len(n.Content)/2)
		switch m.rand.IntN(4) {
		case 0:
			n.Content = append(n.Content, m.scalar("unknown_field", 0), m.scalar("x", 0))
		case 1:
			n.Content[i].Value += "s"
		default:
			n.Content = slices.Delete(slices.Clone(n.Content), i, i+2)
		}
	case yaml.SequenceNode:
		if len(n.Content) == 0 {
			n.Content = append(n.Content, m.scalar("x", 0))
			return
		}
		i := m.rand.IntN(len(n.Content))
		switch m.rand.IntN(4) {
		case 0:
			n.Content = nil
		case 1:
			n.Content = append(slices.Clone(n.Content), n.Content[i])
		default:
			n.Content = slices.Delete(slices.Clone(n.Content), i, i+1)
		}
	case yaml.ScalarNode:
		if m.rand.IntN(6) == 0 { // a value of another field
			if other := m.nodes[m.rand.IntN(len(m.nodes))]; other.Kind == yaml.ScalarNode {
				*n = *other
			}
			return
		}
		*n = *m.scalar(scalars[m.rand.IntN(len(scalars))], m.rand.IntN(3))
	}
}

// other is a value of another kind.
func (m *mutator) other(n *yaml.Node) *yaml.Node {
	old := *n
	switch m.rand.IntN(4) {
	case 0:
		return &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle, Content: []*yaml.Node{&old}}
	case 1:
		return &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle, Content: []*yaml.Node{m.scalar("id", 0), &old}}
	case 2:
		return m.scalar("~", 0)
	default:
		return m.scalar("x", 0)
	}
}

func (m *mutator) scalar(text string, style int) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Value: text}
	if style == 2 {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// TestVerdicts changes valid files at random, the same each time, and holds
// schema and check to one verdict.
func TestVerdicts(t *testing.T) {
	n := 20 // of each file
	if testing.Short() {
		n = 2
	}
	if long := os.Getenv("CONCORDAT_MUTATIONS"); long != "" {
		var err error
		if n, err = strconv.Atoi(long); err != nil {
			t.Fatal(err)
		}
	}
	counts, shown := map[verdict]int{}, 0
	run := func(j judge, name, text string) {
		r := rand.New(rand.NewPCG(4, uint64(len(name))))
		for range n {
			mutated := mutate(t, text, r)
			v, why := j.compare(name, mutated)
			counts[v]++
			if v == differ && shown < 40 {
				shown++
				t.Errorf("%s: %s", filepath.Base(name), why)
			}
		}
	}
	texts := agreementTexts(t)
	j := agreementJudge(t)
	for _, name := range keys(texts) {
		run(j, name, texts[name])
	}
	name := "../../examples/accounting-firm.record.yaml"
	run(recordJudge(t), name, file(t, name).Text())
	shared, dir := sharedJudge(t)
	for _, name := range []string{"provider.yaml", "packages/essential.yaml", "presets/accounting.yaml"} {
		name = filepath.Join(dir, name)
		run(shared, name, file(t, name).Text())
	}
	t.Logf("%d changed files: %s", n*(len(texts)+4), tally(counts))
}

// FuzzVerdicts is TestVerdicts from other seeds.
func FuzzVerdicts(f *testing.F) {
	texts := agreementTexts(f)
	j, names := agreementJudge(f), keys(texts)
	f.Add(uint64(1), uint64(2))
	f.Fuzz(func(t *testing.T, a, b uint64) {
		name := names[a%uint64(len(names))]
		mutated := mutate(t, texts[name], rand.New(rand.NewPCG(a, b)))
		if v, why := j.compare(name, mutated); v == differ {
			t.Errorf("%s: %s\n%s", name, why, mutated)
		}
	})
}
