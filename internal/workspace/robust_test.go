package workspace

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"concordat/clauses"
	"concordat/internal/agreement"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/generate"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
	"concordat/templates"
)

// A damager changes the trees of the examples at random.
type damager struct {
	rand  *rand.Rand
	trees []*yamlsrc.Node // of all files, to take parts of
}

// scalars are values that stand somewhere else, or nowhere.
var scalars = []string{
	"", "0", "-1", "2147483648", "true", "2027-02-29", "2199-12-31", "effective", "9999 months after end", "2 days before effective",
	"P-FAY", "C-C01", "A-TAX", "customer", "provider", "unassigned", "shared", "2.A", "Govern", "PB-NONE", "999999999999999999999.99",
	"services.SVC-DESK", "budget.lines", "responsibilities.2.A", ".", "..", "a. b", "{{ .Customer }}", "\u202e", "é\u0301", "x\ny", "*_`|<",
}

// damage is a tree with one change somewhere in it.
func (d *damager) damage(root *yamlsrc.Node) *yamlsrc.Node {
	n := count(root)
	at := d.rand.IntN(n)
	return d.edit(root, &at)
}

// edit changes the node that is at nodes further on.
func (d *damager) edit(n *yamlsrc.Node, at *int) *yamlsrc.Node {
	if *at == 0 {
		*at--
		return d.change(n)
	}
	*at--
	for i, f := range n.Fields {
		if *at < 0 {
			break
		}
		if next := d.edit(f.Value, at); next != f.Value {
			fields := slices.Clone(n.Fields)
			fields[i].Value = next
			return n.WithFields(fields)
		}
	}
	for i, item := range n.Items {
		if *at < 0 {
			break
		}
		if next := d.edit(item, at); next != item {
			items := slices.Clone(n.Items)
			items[i] = next
			return n.WithItems(items)
		}
	}
	return n
}

// change deletes, doubles, retypes, reorders or replaces.
func (d *damager) change(n *yamlsrc.Node) *yamlsrc.Node {
	fields, items := slices.Clone(n.Fields), slices.Clone(n.Items)
	i := 0
	if len(fields)+len(items) > 0 {
		i = d.rand.IntN(len(fields) + len(items))
	}
	switch d.rand.IntN(8) {
	case 0, 1: // delete
		if len(fields) > 0 {
			return n.WithFields(slices.Delete(fields, i, i+1))
		}
		if len(items) > 0 {
			return n.WithItems(slices.Delete(items, i, i+1))
		}
	case 2: // double
		if len(fields) > 0 {
			return n.WithFields(append(fields, fields[i]))
		}
		if len(items) > 0 {
			return n.WithItems(append(items, items[i]))
		}
	case 3: // reorder
		if len(fields) > 1 {
			j := d.rand.IntN(len(fields))
			fields[i].Value, fields[j].Value = fields[j].Value, fields[i].Value
			return n.WithFields(fields)
		}
		d.rand.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		if len(items) > 1 {
			return n.WithItems(items)
		}
	case 4: // wrap
		if d.rand.IntN(2) == 0 {
			return n.WithItems([]*yamlsrc.Node{n})
		}
		return n.WithFields([]yamlsrc.Field{{Key: n.Plain("id"), Value: n}})
	case 5: // empty
		if d.rand.IntN(2) == 0 {
			return n.WithItems(nil)
		}
		return n.WithFields(nil)
	case 6: // a part of any file
		return d.pick(d.trees[d.rand.IntN(len(d.trees))])
	}
	return n.Plain(scalars[d.rand.IntN(len(scalars))])
}

// pick is a node of a tree.
func (d *damager) pick(root *yamlsrc.Node) *yamlsrc.Node {
	all := []*yamlsrc.Node{root}
	for i := 0; i < len(all); i++ {
		for _, f := range all[i].Fields {
			all = append(all, f.Value)
		}
		all = append(all, all[i].Items...)
	}
	return all[d.rand.IntN(len(all))]
}

func count(n *yamlsrc.Node) int {
	sum := 1
	for _, f := range n.Fields {
		sum += count(f.Value)
	}
	for _, item := range n.Items {
		sum += count(item)
	}
	return sum
}

// executions is how often the examples are damaged.
var executions = flag.Int("damage", 300, "how often the examples are damaged")

// TestDamage damages an example or one of the files it uses, up to four times,
// and reads, merges and checks it: nothing panics, and each place lies inside
// its file. What has no error is assembled, and is the same as one file.
//
//	go test ./internal/workspace -run Damage -args -damage 100000
func TestDamage(t *testing.T) {
	s := newSubject(t)
	var group sync.WaitGroup
	for worker := range 2 {
		group.Go(func() {
			for seed := worker; seed < *executions && !t.Failed(); seed += 2 {
				s.try(t, uint64(seed))
			}
		})
	}
	group.Wait()
	t.Logf("%d executions: %d could not be merged, %d had other errors, %d none", *executions, s.unmerged.Load(), s.wrong.Load(), s.right.Load())
}

func FuzzDamage(f *testing.F) {
	s := newSubject(f)
	f.Add(uint64(0))
	f.Fuzz(func(t *testing.T, seed uint64) { s.try(t, seed) })
}

// A subject is the examples to be damaged.
type subject struct {
	dir        string // in which they seem to lie
	names      []string
	agreements []string
	trees      map[string]*yamlsrc.Node
	whole      map[string]func() (*part, error)
	frameworks *framework.Set
	generator  *generate.Generator

	unmerged, wrong, right atomic.Int64
}

func newSubject(t testing.TB) *subject {
	s := &subject{dir: t.TempDir(), trees: map[string]*yamlsrc.Node{}, whole: map[string]func() (*part, error){}, frameworks: frameworks(t)}
	for _, file := range exampleFiles(t) {
		if file.Name == FileName || strings.HasSuffix(file.Name, ".record.yaml") {
			continue
		}
		text := source.New(filepath.Join(s.dir, file.Name), file.Data)
		tree, list := yamlsrc.Parse(text.Span(0, len(text.Text())), yamlsrc.Options{})
		if tree == nil {
			t.Fatal(printed(t, list))
		}
		s.trees[file.Name] = tree
		s.names = append(s.names, file.Name)
		if tree.Field("schema").Value == agreementSchema {
			s.agreements = append(s.agreements, file.Name)
			continue
		}
		p := sharedPart(text, tree)
		s.whole[file.Name] = func() (*part, error) { return p, nil }
	}
	if len(s.agreements) < 3 {
		t.Fatalf("the examples are %v", s.agreements)
	}
	var list diag.List
	var err error
	s.generator, list, err = generate.New(generate.Library{
		Clauses: []clause.Layer{{FS: clauses.FS, Prefix: "clauses/"}}, Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
	})
	if err != nil || s.generator == nil {
		t.Fatal(err, printed(t, list))
	}
	return s
}

// try damages the examples by the numbers that follow from seed.
func (s *subject) try(t *testing.T, seed uint64) {
	d := &damager{rand: rand.New(rand.NewPCG(seed, 0))}
	for _, name := range s.names {
		d.trees = append(d.trees, s.trees[name])
	}
	own := s.agreements[d.rand.IntN(len(s.agreements))]
	parts := maps.Clone(s.whole)
	main := s.trees[own]
	for range 1 + d.rand.IntN(4) {
		name := s.names[d.rand.IntN(len(s.names))]
		shared := parts[name] != nil && d.rand.IntN(2) == 0
		tree := main
		if shared {
			tree = s.trees[name]
		}
		file := tree.Span.File
		if tree = d.damage(tree); tree.Kind != yamlsrc.Mapping {
			continue // a file that is no mapping is refused before
		}
		if tree.Span.File != file || d.rand.IntN(20) == 0 {
			tree = reread(t, file.Name(), tree)
		}
		switch {
		case tree == nil:
		case shared:
			p := sharedPart(tree.Span.File, tree)
			parts[name] = func() (*part, error) { return p, nil }
		default:
			main = tree
		}
	}
	r := NewReader()
	r.folders[s.dir] = &folder{dir: s.dir, display: s.dir, parts: parts}
	resolved, list, err := r.read(agreementPart(main.Span.File, main), resolve)
	if err != nil {
		t.Error(err)
		return
	}
	checkSpans(t, list)
	if (resolved == nil) != list.HasErrors() {
		t.Errorf("seed %d: resolved %t beside\n%s", seed, resolved != nil, printed(t, list))
	}
	if resolved == nil {
		s.unmerged.Add(1)
		return
	}
	a, list := agreement.LoadTree(resolved.Tree, s.frameworks)
	checkSpans(t, list)
	if a == nil {
		s.wrong.Add(1)
		return
	}
	if s.right.Add(1)%20 != 1 {
		return
	}
	_, list = s.generator.CheckTree(resolved.Tree)
	checkSpans(t, list)
	_, again := s.generator.Check(source.New("shown.yaml", []byte(resolved.YAML())))
	if codes(again) != codes(list) {
		t.Errorf("seed %d: as one file it has other problems:\n%s\nthan\n%s", seed, printed(t, again), printed(t, list))
	}
}

// reread writes a tree as text and reads it again; nil where it is refused.
func reread(t *testing.T, name string, tree *yamlsrc.Node) *yamlsrc.Node {
	f := source.New(name, []byte(tree.Write(func(*yamlsrc.Node) string { return "" })))
	tree, list := yamlsrc.Parse(f.Span(0, len(f.Text())), yamlsrc.Options{})
	checkSpans(t, list)
	return tree
}

func codes(list diag.List) string {
	var all []string
	for _, d := range list {
		all = append(all, fmt.Sprintln(d.Code, d.Severity, d.Message))
	}
	slices.Sort(all)
	return strings.Join(all, "")
}
