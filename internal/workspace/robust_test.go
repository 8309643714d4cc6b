package workspace

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"concordat/clauses"
	"concordat/internal/diag"
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

// FuzzDamage damages an example or one of the files it uses, up to four times,
// and reads, merges, checks and assembles it: nothing panics, and each place
// lies inside its file. For 100,000 executions:
//
//	go test ./internal/workspace -run '^$' -fuzz Damage -fuzztime 100000x
func FuzzDamage(f *testing.F) {
	trees := map[string]*yamlsrc.Node{}
	var names, agreements []string
	for _, file := range exampleFiles(f) {
		if file.Name == FileName || strings.HasSuffix(file.Name, ".record.yaml") {
			continue
		}
		s := source.New(file.Name, file.Data)
		tree, list := yamlsrc.Parse(s.Span(0, len(s.Text())), yamlsrc.Options{})
		if tree == nil {
			f.Fatal(printed(f, list))
		}
		trees[file.Name] = tree
		names = append(names, file.Name)
		if !strings.Contains(file.Name, "/") && file.Name != "provider.yaml" {
			agreements = append(agreements, file.Name)
		}
	}
	whole := map[string]*part{} // of the files as they are
	for _, name := range names {
		whole[name] = parseShared(asFile(name, trees[name]))
	}
	generator, list, err := generate.New(generate.Library{
		Clauses: clauses.FS, ClausesPrefix: "clauses/", Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
	})
	if err != nil || generator == nil {
		f.Fatal(err, printed(f, list))
	}
	if len(agreements) < 3 {
		f.Fatalf("the examples are %v", agreements)
	}
	for seed := range uint64(150) {
		f.Add(seed)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, seed uint64) {
		d := &damager{rand: rand.New(rand.NewPCG(seed, 0))}
		for _, name := range names {
			d.trees = append(d.trees, trees[name])
		}
		own := agreements[d.rand.IntN(len(agreements))]
		parts := map[string]func() (*part, error){}
		for name, p := range whole {
			parts[name] = func() (*part, error) { return p, nil }
		}
		damaged := map[string]*yamlsrc.Node{own: trees[own]}
		for range 1 + d.rand.IntN(4) {
			name := own
			if d.rand.IntN(2) == 0 {
				name = names[d.rand.IntN(len(names))]
			}
			tree := damaged[name]
			if tree == nil {
				tree = trees[name]
			}
			if tree = d.damage(tree); tree.Kind == yamlsrc.Mapping {
				damaged[name] = tree
			}
		}
		for name, tree := range damaged {
			p := parseShared(asFile(name, tree))
			parts[name] = func() (*part, error) { return p, nil }
		}
		r := NewReader()
		r.folders[dir] = &folder{dir: dir, display: dir, parts: parts}
		main := asFile(filepath.Join(dir, own), damaged[own])
		resolved, list, err := r.Read(main)
		if err != nil {
			t.Fatal(err)
		}
		checkSpans(t, list)
		if (resolved == nil) != list.HasErrors() {
			t.Fatalf("resolved %t beside\n%s", resolved != nil, printed(t, list))
		}
		if resolved == nil {
			return
		}
		_, list = generator.CheckTree(resolved.Tree)
		checkSpans(t, list)
		if !list.HasErrors() {
			checkShown(t, generator, resolved, list)
		}
	})
}

// asFile is a tree as a file.
func asFile(name string, tree *yamlsrc.Node) *source.File {
	return source.New(name, []byte(tree.Write(func(*yamlsrc.Node) string { return "" })))
}

// checkShown asserts that an agreement as one file has the same problems.
func checkShown(t *testing.T, g *generate.Generator, r *Resolved, want diag.List) {
	t.Helper()
	_, got := g.Check(source.New("shown.yaml", []byte(r.YAML())))
	if codes(got) != codes(want) {
		t.Errorf("as one file it has other problems:\n%s\nthan\n%s", printed(t, got), printed(t, want))
	}
}

func codes(list diag.List) string {
	var all []string
	for _, d := range list {
		all = append(all, fmt.Sprintln(d.Code, d.Severity, d.Message))
	}
	slices.Sort(all)
	return strings.Join(all, "")
}
