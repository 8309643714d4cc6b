package draft_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"concordat/clauses"
	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/draft"
	"concordat/internal/framework"
	"concordat/internal/generate"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/internal/yamlsrc"
	"concordat/templates"
)

var update = flag.Bool("update", false, "write the expected outputs anew")

// desk makes drafts in memory and checks them as the program does.
type desk struct {
	generator  *generate.Generator
	frameworks *framework.Set
}

func newDesk(t testing.TB) desk {
	g, list, err := generate.New(generate.Library{
		Clauses: []clause.Layer{{FS: clauses.FS, Prefix: "clauses/"}},
		Layouts: templates.FS, LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
	})
	if err != nil || list.HasErrors() {
		t.Fatal(err, list)
	}
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	return desk{g, frameworks}
}

// made is a draft with all its files, and what a check of it says.
type made struct {
	files    []draft.File // the customer's last
	tree     *yamlsrc.Node
	problems diag.List
}

// reader reads files of a folder that is not there.
func (d desk) reader(t testing.TB, files []draft.File) *workspace.Reader {
	dir, err := filepath.Abs("nowhere")
	if err != nil {
		t.Fatal(err)
	}
	unwritten := map[string][]byte{}
	for _, f := range files {
		unwritten[filepath.Join(dir, f.Path)] = []byte(f.Text)
	}
	return workspace.NewReaderOver(unwritten)
}

// make drafts a customer in a new folder.
func (d desk) make(t testing.TB, p draft.Provider, x draft.Customer, day calendar.Date) made {
	files := append(draft.Workspace(p, day), draft.Shared(x.Package, x.Sector, draft.Staff{Signer: "P-SIGN", Desk: "P-DESK", Night: "P-NIGHT"})...)
	r := d.reader(t, files)
	name := filepath.Join("nowhere", x.File())
	stub, list, err := r.Merge(source.New(name, []byte(draft.Stub(x.Use()))))
	if err != nil || stub == nil {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	catalogue, list, err := r.Merge(source.New(name, []byte(draft.Stub([]string{draft.ProviderFile}))))
	if err != nil || catalogue == nil {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	terms, err := draft.TermsOf(stub.Tree, catalogue.Tree, d.frameworks)
	if err != nil {
		t.Fatal(err)
	}
	return d.check(t, files, x, x.Text(terms, day, ""))
}

// check examines a customer's file among shared files.
func (d desk) check(t testing.TB, files []draft.File, x draft.Customer, text string) made {
	r := d.reader(t, files)
	name := filepath.Join("nowhere", x.File())
	m := made{files: append(slices.Clone(files), draft.File{Path: x.File(), Text: text})}
	resolved, list, err := r.Read(source.New(name, []byte(text)))
	if err != nil {
		t.Fatal(err)
	}
	m.problems = list
	if resolved != nil {
		m.tree = resolved.Tree
		_, problems := d.generator.CheckTree(resolved.Tree)
		m.problems = append(m.problems, problems...).Sorted()
	}
	return m
}

func printed(list diag.List) string {
	var b strings.Builder
	if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
		panic(err)
	}
	return b.String()
}

func date(t testing.TB, text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func provider() draft.Provider {
	return draft.Provider{LegalName: "Northwind Support, LLC", ShortName: "Northwind", Signer: draft.Person{Name: "Nora North", Email: "nora@northwind.example"}}
}

func customer(t testing.TB) draft.Customer {
	return draft.Customer{
		ID: "lakeside", LegalName: "Lakeside Ledger, Inc.", ShortName: "Lakeside", Employees: 9, Sector: "accounting", Package: "essential",
		Effective: date(t, "2027-01-01"), Executive: draft.Person{Name: "Lena Lake", Email: "lena@lakeside.example"},
	}
}

// TestEveryCombination drafts each sector with each package, begun on different days:
// there is no error, and the warnings are those that the golden file lists.
func TestEveryCombination(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	d := newDesk(t)
	var got strings.Builder
	for _, sector := range draft.Sectors() {
		for _, pkg := range draft.Packages() {
			x := customer(t)
			x.Sector, x.Package = sector, pkg
			m := d.make(t, provider(), x, date(t, "2026-11-21"))
			if m.problems.HasErrors() {
				t.Errorf("%s, %s:\n%s", sector, pkg, printed(m.problems))
			}
			counts := map[string]int{}
			for _, problem := range m.problems {
				counts[problem.Code]++
			}
			fmt.Fprintf(&got, "%s, %s:", sector, pkg)
			for _, code := range slices.Sorted(maps.Keys(counts)) {
				fmt.Fprintf(&got, " %s %d", code, counts[code])
			}
			got.WriteByte('\n')
			m.stepsSayAll(t)
		}
	}
	golden(t, "combinations.txt", got.String())
}

// stepsSayAll demands that each warning is among the steps, in plain words.
func (m made) stepsSayAll(t *testing.T) {
	steps := draft.StepsOf(m.problems, m.sources())
	for _, problem := range m.problems {
		at := problem.Span.File.Position(problem.Span.Start).Line
		step := slices.IndexFunc(steps.Todo, func(s draft.Step) bool {
			return slices.ContainsFunc(s.Places, func(p draft.Place) bool { return p.File == problem.Span.File.Name() && p.Line == at })
		})
		if step < 0 || steps.Todo[step].Text == problem.Message {
			t.Errorf("no step in plain words says: %s", problem.Message)
		}
	}
}

// sources are the files of a draft, as they would be written.
func (m made) sources() []*source.File {
	var files []*source.File
	for _, f := range m.files {
		files = append(files, source.New(filepath.Join("nowhere", f.Path), []byte(f.Text)))
	}
	return files
}

// TestSteps shows what is left to do.
func TestSteps(t *testing.T) {
	m := newDesk(t).make(t, provider(), customer(t), date(t, "2026-11-21"))
	steps := draft.StepsOf(m.problems, m.sources())
	var got strings.Builder
	for _, s := range steps.Todo {
		fmt.Fprintf(&got, "%s\n", s.Text)
		for _, p := range s.Places {
			fmt.Fprintf(&got, "  %s:%d %s\n", p.File, p.Line, p.Text)
		}
	}
	for _, p := range steps.Check {
		fmt.Fprintf(&got, "%s:%d %s\n", p.File, p.Line, p.Text)
	}
	golden(t, "steps.txt", got.String())
}

// TestEveryDay begins a term on days all over a year: wherever a blackout lies, no date
// of a draft is in it.
func TestEveryDay(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	d := newDesk(t)
	first := date(t, "2027-01-01")
	x := customer(t)
	x.Package, x.Employees = "cmmc", 1 // most to decide, by fewest people
	for n := 0; n < 365; n += 11 {
		x.Effective = first.AddDays(n)
		m := d.make(t, provider(), x, date(t, "2026-11-21"))
		for _, problem := range m.problems {
			if problem.Severity == diag.Error || problem.Code == "R104" || problem.Code == "R74" || problem.Code == "R46" || problem.Code == "R53" {
				t.Errorf("%s: %s %s", x.Effective, problem.Code, problem.Message)
			}
		}
	}
}

// TestExamplesInComments takes the number signs from what a draft shows about law and
// backups: what then stands there is read without an error of its shape or fields.
func TestExamplesInComments(t *testing.T) {
	d := newDesk(t)
	shown := regexp.MustCompile(`(?m)^# (related_documents:|regulatory:|backups:|  - \{id: |  [a-z]+: \{stated_by)`)
	for _, sector := range draft.Sectors() {
		x := customer(t)
		x.Sector = sector
		if sector == "manufacturer" {
			x.Package = "cmmc"
		}
		m := d.make(t, provider(), x, date(t, "2026-11-21"))
		text := m.files[len(m.files)-1].Text
		if n := len(shown.FindAllString(text, -1)); n < 4 {
			t.Errorf("%s: %d lines are shown", sector, n)
		}
		m = d.check(t, m.files[:len(m.files)-1], x, shown.ReplaceAllString(text, "$1"))
		for _, problem := range m.problems {
			if problem.Severity == diag.Error {
				t.Errorf("%s: %s %s", sector, problem.Code, problem.Message)
			}
		}
	}
}

// TestFiles shows what is written.
func TestFiles(t *testing.T) {
	d := newDesk(t)
	for _, f := range d.make(t, provider(), customer(t), date(t, "2026-11-21")).files {
		golden(t, filepath.Join("lakeside", f.Path), f.Text)
	}
}

// TestNoInventedNames demands that no name of the examples is in a starter, nor an
// amount of money.
func TestNoInventedNames(t *testing.T) {
	names := regexp.MustCompile(`(?i)makebelieve|placeholder|specimen|lorem|pretend|fictional|example cpas|nobody|generic|\bfay\b|\bgus\b|\bada\b|\bben\b|\bcora\b|\bdan dummy|\beve\b|imaginary|mockup|\bsample,|anytown|512 555|\.example\b|\bpat\b|\bsam\b|\blee\b|\bSOC partners|invented|[$€£]|\bUSD\b`)
	allowed := regexp.MustCompile(`Nobody (answers|watches|looks|but|searches|was|is|has|in|uses)|\bnobody (does|shares)|Let nobody share|by anybody|invented`)
	err := filepath.WalkDir("starter", func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for n, line := range strings.Split(strings.ReplaceAll(string(text), "$schema", ""), "\n") {
			if found := names.FindString(allowed.ReplaceAllString(line, "")); found != "" {
				t.Errorf("%s:%d: %q in %q", name, n+1, found, line)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var people []string
	for _, name := range []string{"accounting-firm.yaml", "medical-office.yaml", "manufacturer-cmmc.yaml", "provider.yaml"} {
		text, err := os.ReadFile("../../examples/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?:\bname|legal_name|short_name|email|phone|address): "?([A-Z][^,"}\n]*)`).FindAllStringSubmatch(string(text), -1) {
			people = append(people, m[1])
		}
	}
	catalogue := []string{"Help desk", "Backup", "Windows updates", "Mail and files"} // words of the trade
	d := newDesk(t)
	for _, pkg := range draft.Packages() {
		x := customer(t)
		x.Package = pkg
		for _, f := range d.make(t, provider(), x, date(t, "2026-11-21")).files {
			for _, name := range people {
				if len(strings.Fields(name)) > 1 && strings.Contains(f.Text, name) && !slices.Contains(catalogue, name) && !isService(name) {
					t.Errorf("%s: the name %q of the examples", f.Path, name)
				}
			}
		}
	}
}

// isService reports whether a name of the examples is that of a service, control
// measure or severity, which are no inventions.
func isService(name string) bool {
	return regexp.MustCompile(`^(Application updates|Sign-in and mail|Managed detection|Firewall|Yearly external|Server care|Awareness|Central log|Incident plan|System security plan|Vulnerability|Compliance|Security program|Virtual chief|Start of|An answer|Care of machine|Physical security)`).MatchString(name)
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil || string(want) != got {
		t.Errorf("%s: %v: not as expected; run with -update and read the difference", name, err)
	}
}
