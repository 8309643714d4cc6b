package generate_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"concordat/clauses"
	"concordat/internal/agreement"
	"concordat/internal/clause"
	"concordat/internal/schedule"
	"concordat/internal/source"
	"concordat/internal/view"
	"concordat/internal/yamlsrc"
)

// TestTraceability holds docs/traceability.md to the program: each clause,
// field, check and other part that it names exists, and an example or a small
// agreement uses it.
func TestTraceability(t *testing.T) {
	use := usage(t)
	text, err := os.ReadFile("../../docs/traceability.md")
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 7 || !regexp.MustCompile(`^ \d`).MatchString(cells[1]) {
			continue
		}
		number := strings.TrimSpace(cells[1])
		numbers = append(numbers, number)
		named := 0
		for i, known := range []map[string]bool{3: use.clauses, 4: use.fields, 5: use.rules} {
			if known == nil {
				continue
			}
			for name := range strings.SplitSeq(cells[i], ",") {
				if name = strings.Trim(name, " `"); name == "" {
					continue
				}
				named++
				if !known[name] {
					t.Errorf("%s names %s, which nothing uses", number, name)
				}
			}
		}
		for also := range strings.SplitSeq(cells[6], ";") {
			if strings.TrimSpace(also) == "" {
				continue
			}
			named++
			found := regexp.MustCompile("^ (schedule|layout|record|term|file) `([^`]+)`( \\(.*\\))? ?$").FindStringSubmatch(also)
			if found == nil || !use.also[found[1]+" "+found[2]] && (found[1] != "file" || !exists("../../"+found[2])) {
				t.Errorf("%s names %q, which nothing uses", number, also)
			}
		}
		if named == 0 {
			t.Errorf("%s stands nowhere", number)
		}
	}
	var want []string
	for part, last := range []int{12, 6, 15, 10, 21} {
		for i := 1; i <= last; i++ {
			want = append(want, fmt.Sprintf("%d.%d", part, i))
		}
	}
	if !slices.Equal(numbers, want) {
		t.Errorf("the ideas are %v, want %v", numbers, want)
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// used is what examples, small agreements and fixtures use.
type used struct {
	clauses, fields, rules map[string]bool
	also                   map[string]bool // schedules, layouts, fields of records, terms: "schedule budget"
}

func usage(t *testing.T) used {
	t.Helper()
	use := used{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	library, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || list.HasErrors() {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	g := newGenerator(t)
	for _, p := range paths(t) {
		checked, list := g.CheckTree(p.tree)
		if checked == nil {
			t.Fatalf("%s:\n%s", p.name, printed(list))
		}
		addFields(p.tree, "", func(path string) { use.fields[path] = true })
		selection, _ := library.Select(view.New(checked.Agreement).Facts)
		for _, c := range library.Clauses() {
			if selection.Has(c.ID) {
				use.clauses[c.ID] = true
			}
		}
		for _, id := range schedule.IDs() {
			if _, printed := schedule.Build(id, checked.Agreement, nil); printed {
				use.also["schedule "+id] = true
			}
		}
	}
	for _, r := range agreement.Rules() {
		fixtures, err := filepath.Glob("../agreement/testdata/rules/" + r.ID + "-*.txtar")
		if err != nil {
			t.Fatal(err)
		}
		use.rules[r.ID] = len(fixtures) > 0
	}
	record, err := os.ReadFile("../record/testdata/ok/full.yaml")
	if err != nil {
		t.Fatal(err)
	}
	file := source.New("full.yaml", record)
	tree, list := yamlsrc.Parse(file.Span(0, len(record)), yamlsrc.Options{What: "record"})
	if tree == nil {
		t.Fatal(printed(list))
	}
	addFields(tree, "", func(path string) { use.also["record "+path] = true })
	layouts, err := filepath.Glob("../../templates/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range layouts {
		use.also["layout "+strings.TrimSuffix(filepath.Base(name), ".md")] = true
	}
	for _, term := range library.Terms {
		use.also["term "+term.ID] = true
	}
	return use
}

// addFields gives the path of each field of a tree, and of each field with its
// value: "reviews[].kind" and "reviews[].kind=budget".
func addFields(n *yamlsrc.Node, at string, add func(path string)) {
	switch n.Kind {
	case yamlsrc.Scalar:
		add(at + "=" + n.Value)
	case yamlsrc.Mapping:
		for _, f := range n.Fields {
			path := f.Key.Value
			if at != "" {
				path = at + "." + path
			}
			add(path)
			addFields(f.Value, path, add)
		}
	case yamlsrc.List:
		for _, item := range n.Items {
			addFields(item, at+"[]", add)
		}
	default:
		panic(fmt.Sprintf("unknown kind %v", n.Kind))
	}
}
