package plan_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/doc"
	"concordat/internal/generate"
	"concordat/internal/markdown"
	"concordat/internal/plan"
	"concordat/internal/provenance"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/templates"
)

var update = flag.Bool("update", false, "write the expected outputs anew")

// edit replaces a text of a file, such as "clauses/inc-02.md" or
// "examples/provider.yaml". That of an agreement is for one customer.
type edit struct{ file, old, now string }

// edited is the text of a file with the edits that are its.
func edited(t testing.TB, name string, text []byte, edits []edit) []byte {
	t.Helper()
	for _, e := range edits {
		if e.file != name {
			continue
		}
		if !bytes.Contains(text, []byte(e.old)) {
			t.Fatalf("%s does not say %q", name, e.old)
		}
		text = bytes.ReplaceAll(text, []byte(e.old), []byte(e.now))
	}
	return text
}

// overlay is a folder with edits.
func overlay(t testing.TB, folder fs.FS, prefix string, edits []edit) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(folder, name)
		files[name] = &fstest.MapFile{Data: edited(t, prefix+name, text, edits)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// press makes documents. It keeps the generators of each library.
type press map[string]*generate.Generator

func (p press) generator(t testing.TB, edits []edit) *generate.Generator {
	t.Helper()
	words := slices.DeleteFunc(slices.Clone(edits), func(e edit) bool {
		return !strings.HasPrefix(e.file, "clauses/") && !strings.HasPrefix(e.file, "templates/")
	})
	key := fmt.Sprint(words)
	if g := p[key]; g != nil {
		return g
	}
	g, list, err := generate.New(generate.Library{
		Clauses: []clause.Layer{{FS: overlay(t, clauses.FS, "clauses/", edits), Prefix: "clauses/"}},
		Layouts: overlay(t, templates.FS, "templates/", edits), LayoutsPrefix: "templates/", Layout: "cyber-constitution.md",
	})
	if err != nil || g == nil {
		t.Fatal(err, list)
	}
	p[key] = g
	return g
}

// statement makes the document of an example for a customer, with edits, and says
// what it was made of.
func (p press) statement(t testing.TB, id, example string, edits []edit) *provenance.Statement {
	t.Helper()
	g := p.generator(t, edits)
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	unwritten := map[string][]byte{}
	for _, e := range edits {
		name, ok := strings.CutPrefix(e.file, "examples/")
		if !ok {
			continue
		}
		text, err := os.ReadFile(filepath.Join(examples, name))
		if err != nil {
			t.Fatal(err)
		}
		unwritten[filepath.Join(examples, name)] = edited(t, e.file, text, edits)
	}
	text, err := os.ReadFile(filepath.Join(examples, example+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text = bytes.ReplaceAll(text, []byte("id: "+example+"\n"), []byte("id: "+id+"\n"))
	text = edited(t, "agreement", text, edits)
	resolved, list, err := workspace.NewReaderOver(unwritten).Read(source.New(filepath.Join(examples, id+".yaml"), text))
	if err != nil || resolved == nil {
		t.Fatal(err, list)
	}
	checked, list := g.CheckTree(resolved.Tree)
	if checked == nil {
		t.Fatalf("%s: %v", id, list)
	}
	s := &provenance.Statement{ID: id, Version: checked.Document.Meta.Version, Inputs: g.InputsOf(checked), Document: checked.Document}
	s.Inputs.Program, s.Inputs.Build, s.Inputs.Printed = "v1.0.0", "b0", "p0"
	place := map[*source.File]int{}
	for i := range resolved.Files { // the agreement first
		f := resolved.Files[len(resolved.Files)-1-i]
		place[f] = i
		name, err := filepath.Rel(examples, f.Name())
		if err != nil {
			t.Fatal(err)
		}
		s.Inputs.Files = append(s.Inputs.Files, provenance.File{Path: filepath.ToSlash(name), SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte(f.Text())))})
	}
	for _, v := range resolved.Values() {
		s.Values = append(s.Values, provenance.Value{Path: v.Path, Text: v.Text, File: place[v.File]})
	}
	if totals := checked.Agreement.Totals(); totals != nil {
		for i, year := range totals.Years {
			s.Sums = append(s.Sums, provenance.Sum{Name: fmt.Sprintf("budget %d", year), Amount: totals.Total.Years[i].Format(checked.Agreement.Budget.Currency)})
		}
	}
	return s
}

// Changes that were made to files after the first documents were made.
var (
	shorter = []edit{
		{"clauses/inc-02.md", "version: 1.0.0", "version: 1.1.0"},
		{"clauses/inc-02.md", `reason: "First version."`, "material: true\nreason: \"a shorter time\""},
		{"clauses/inc-02.md", "of its Awareness. This", "of its Awareness, and at once by phone. This"},
	}
	clearer = []edit{
		{"clauses/pur-03.md", "version: 1.0.0", "version: 1.0.1"},
		{"clauses/pur-03.md", `reason: "First version."`, `reason: "clearer"`},
		{"clauses/pur-03.md", "Attacks and failures happen", "Attacks, faults and failures happen"},
	}
	silent = []edit{{"clauses/pur-03.md", "Attacks and failures happen", "Attacks, faults and failures happen"}}
	dearer = []edit{{"examples/provider.yaml", "amount: 160}", "amount: 170}"}, {"agreement", "cost: 6640", "cost: 6980"}}
	phone  = []edit{{"examples/provider.yaml", `"+1 512 555 0112"`, `"+1 512 555 0199"`}}
	layout = []edit{
		{"templates/cyber-constitution.md", "version: 0.1.0", "version: 0.2.0"},
		{"templates/cyber-constitution.md", "This page is a summary.", "This page only sums up."},
	}
	name = []edit{{"agreement", "legal_name: Placeholder Family Medicine, PLLC", "legal_name: '*Acme* <b>| & [x](y) _z_'"}}
)

// fleet is what regenerating a dozen customers would change.
func fleet(t testing.TB) []plan.Change {
	t.Helper()
	const firm, maker, doctor = "accounting-firm", "manufacturer-cmmc", "medical-office"
	p := press{}
	var changes []plan.Change
	for _, c := range []struct {
		id, example string
		edits       []edit
		state       plan.State
		then        func(old, now *provenance.Statement)
	}{
		{"cpa-1", firm, shorter, plan.Signed, nil},
		{"cpa-2", firm, shorter, plan.Sent, nil},
		{"cpa-3", firm, clearer, plan.Signed, nil},
		{"cpa-4", firm, nil, plan.Signed, nil},
		{"doctor-5", doctor, slices.Concat(shorter, dearer), plan.Signed, nil},
		{"maker-1", maker, shorter, plan.Signed, nil},
		{"maker-2", maker, silent, plan.Signed, nil},
		{"maker-3", maker, phone, plan.Sent, nil},
		{"doctor-1", doctor, layout, plan.Unsent, nil},
		{"doctor-2", doctor, name, plan.Signed, nil},
		{"doctor-3", doctor, nil, plan.Signed, func(old, now *provenance.Statement) {
			now.Inputs.Build = "b1"
			old.Outputs, now.Outputs = []provenance.Output{{Name: "doctor-3.pdf", SHA256: "1"}}, []provenance.Output{{Name: "doctor-3.pdf", SHA256: "2"}}
		}},
	} {
		old, now := p.statement(t, c.id, c.example, nil), p.statement(t, c.id, c.example, c.edits)
		if c.then != nil {
			c.then(old, now)
		}
		changes = append(changes, plan.Compare(old, now, c.state))
	}
	return append(changes, plan.Compare(nil, p.statement(t, "doctor-4", doctor, nil), plan.Unsent))
}

func report(changes []plan.Change) *plan.Report {
	r := &plan.Report{}
	for _, c := range changes {
		r.Add(c)
	}
	r.AddFailed("bad|<i>.yaml", 3)
	r.AddFailed("a-bad\x00\xff\x1b.yaml", 1)
	return r
}

func written(t testing.TB, write func(io.Writer) error) string {
	t.Helper()
	var b strings.Builder
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReport compares the reports on a fleet with files that were read in review,
// and holds that they do not show in which order customers were added.
func TestReport(t *testing.T) {
	changes := fleet(t)
	r := report(changes)
	backwards := slices.Clone(changes)
	slices.Reverse(backwards)
	other := report(backwards)
	for name, write := range map[string][2]func(io.Writer) error{
		"report.txt":  {r.Text, other.Text},
		"report.json": {r.JSON, other.JSON},
		"report.md":   {r.Markdown, other.Markdown},
	} {
		got := written(t, write[0])
		if again := written(t, write[1]); again != got {
			t.Errorf("%s shows the order:\n%s", name, cmp.Diff(got, again))
		}
		golden(t, filepath.Join("testdata", name), got)
	}
	if text := written(t, r.JSON); !json.Valid([]byte(text)) {
		t.Error("the JSON is not valid")
	}
	t.Run("read by another", func(t *testing.T) { readByAnother(t, written(t, r.Markdown)) })
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// readByAnother holds that no value of an agreement becomes markup of the report.
func readByAnother(t *testing.T, text string) {
	command, err := exec.LookPath("cmark-gfm")
	if err != nil {
		t.Skip("cmark-gfm is not installed")
	}
	cmd := exec.Command(command, "-e", "table", "-e", "strikethrough", "-t", "html", "--unsafe")
	cmd.Stdin = strings.NewReader(text)
	html, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"*Acme* &lt;b&gt;| &amp; [x](y) _z_ (doctor-2, version 1.0.0)",
		"bad|&lt;i&gt;.yaml: 3 errors",
	} {
		if !strings.Contains(string(html), want) {
			t.Errorf("the report does not say %s:\n%s", want, html)
		}
	}
}

// TestEveryWordIsReported holds that two documents are the same but for the parts
// that are reported: after many random edits, what is left of both without those of
// which a word differs has the same words. What differs has a cause, and silence spares nobody a
// signature, whatever inputs differ too.
func TestEveryWordIsReported(t *testing.T) {
	base := press{}.statement(t, "law", "medical-office", nil)
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 7))
		now := *base
		now.Document.Blocks = slices.Clone(base.Document.Blocks)
		for range r.IntN(4) {
			now.Document.Blocks = mutate(r, now.Document.Blocks)
		}
		told := inputs(r, &now)
		old, next := base, &now
		if len(told) == 0 && r.IntN(2) == 0 {
			old, next = next, old
		}
		c := plan.Compare(old, next, plan.Signed)
		a, b := without(old.Document.Blocks, c.Parts), without(next.Document.Blocks, c.Parts)
		if a != b {
			t.Fatalf("seed %d: words differ outside of the parts %+v:\n%s", seed, c.Parts, cmp.Diff(a, b))
		}
		same := words(old.Document.Blocks) == words(next.Document.Blocks)
		differs := c.Words || c.Form
		switch {
		case !same && !c.Words:
			t.Fatalf("seed %d: words differ, and nothing is reported", seed)
		case differs != (len(c.Causes) > 0):
			t.Fatalf("seed %d: differs %t, with the causes %v", seed, differs, c.Causes)
		case c.Words == (c.Material == plan.NoWords):
			t.Fatalf("seed %d: words %t, material %q", seed, c.Words, c.Material)
		}
		for _, p := range c.Parts {
			spoken := p.What == plan.Renumbered || p.Kind == plan.Clause && p.What == plan.Changed && told[p.ID]
			if p.Words && !spoken && c.Action != plan.Amend {
				t.Fatalf("seed %d: %s, though nobody has spoken of %+v", seed, c.Action, p)
			}
		}
		if len(c.Values) > 0 && c.Words && c.Action != plan.Amend {
			t.Fatalf("seed %d: %s, though values differ", seed, c.Action)
		}
	}
}

// inputs gives some inputs of a statement another digest, and some clauses a new
// version that is not material; it tells the ids of those.
func inputs(r *rand.Rand, s *provenance.Statement) map[string]bool {
	told := map[string]bool{}
	s.Inputs.Clauses = slices.Clone(s.Inputs.Clauses)
	for range r.IntN(30) {
		c := &s.Inputs.Clauses[r.IntN(len(s.Inputs.Clauses))]
		c.SHA256, c.Words, c.Version = "1", "1", "1.0.1"
		told[c.ID] = true
	}
	for _, digest := range []*string{&s.Inputs.Library, &s.Inputs.Printed, &s.Inputs.Build, &s.Inputs.Layout.SHA256} {
		if r.IntN(5) == 0 {
			*digest = "1"
			told[""] = true
		}
	}
	if r.IntN(8) == 0 {
		s.Values = slices.Clone(s.Values)
		s.Values[r.IntN(len(s.Values))].Text += "1"
		told[""] = true
	}
	return told
}

// mutate edits blocks in one way of several.
func mutate(r *rand.Rand, blocks []doc.Block) []doc.Block {
	i := r.IntN(len(blocks))
	switch r.IntN(6) {
	case 0: // a word
		n, at := 0, r.IntN(2000)
		return doc.MapInlines(blocks, func(text []doc.Inline) []doc.Inline {
			if n++; n != at {
				return text
			}
			return append(slices.Clone(text), doc.Text{Value: fmt.Sprintf(" word%d", r.IntN(10))})
		})
	case 1:
		return slices.Delete(slices.Clone(blocks), i, i+1)
	case 2: // a few go elsewhere
		end := min(len(blocks), i+1+r.IntN(8))
		cut := slices.Clone(blocks[i:end])
		rest := slices.Delete(slices.Clone(blocks), i, end)
		return slices.Insert(rest, r.IntN(len(rest)+1), cut...)
	case 3:
		return slices.Insert(slices.Clone(blocks), i, doc.Block(doc.Paragraph{Text: []doc.Inline{doc.Text{Value: "Another paragraph. It has two sentences."}}}))
	case 4: // a row
		blocks = slices.Clone(blocks)
		for j := range blocks {
			if table, ok := blocks[(i+j)%len(blocks)].(doc.Table); ok && len(table.Rows) > 1 {
				k := r.IntN(len(table.Rows))
				table.Rows = slices.Delete(slices.Clone(table.Rows), k, k+1)
				blocks[(i+j)%len(blocks)] = table
				break
			}
		}
		return blocks
	default: // a number, or a new anchor
		blocks = slices.Clone(blocks)
		for j := range blocks {
			if h, ok := blocks[(i+j)%len(blocks)].(doc.Heading); ok && h.Anchor != "" {
				if h.Number += "x"; r.IntN(2) == 0 {
					h.Anchor += "-x"
				}
				blocks[(i+j)%len(blocks)] = h
				break
			}
		}
		return blocks
	}
}

// without is the words of a document without parts of which a word differs. It finds them on its own: a
// part begins at its anchor and ends at the next; a heading of the first or second
// level without one begins what the layout prints.
func without(blocks []doc.Block, parts []plan.Part) string {
	named := map[string]bool{}
	for _, p := range parts {
		named[string(p.Kind)+p.ID] = p.Words
	}
	var kept []doc.Block
	inside, article := "layout", "layout"
	for i, b := range blocks {
		if h, ok := b.(doc.Heading); ok {
			switch {
			case strings.HasPrefix(h.Anchor, "article-"):
				inside = "article" + h.Anchor
				article = inside
			case strings.HasPrefix(h.Anchor, "schedule-"):
				inside = "schedule" + h.Anchor
				article = inside
			case h.Anchor != "":
				inside = "clause" + h.Anchor
				if h.Level <= 2 {
					article = inside
				}
			case h.Level <= 2:
				inside = "layout"
				for _, next := range blocks[i+1:] {
					if n, ok := next.(doc.Heading); ok && n.Level <= 2 {
						break
					}
					if _, ok := next.(doc.Signature); ok {
						inside = "signatures"
					}
				}
				article = inside
			case h.Level == 3 && strings.HasPrefix(inside, "clause"):
				inside = article
			}
		}
		part := inside
		if _, ok := b.(doc.Signature); ok {
			part = "signatures"
		}
		if _, ok := b.(doc.PageBreak); !ok && !named[part] {
			kept = append(kept, b)
		}
	}
	return words(kept)
}

// words are those of blocks as they are written.
func words(blocks []doc.Block) string {
	var b strings.Builder
	doc.Texts(markdown.Flatten(blocks), func(text []doc.Inline) { b.WriteString(doc.Plain(text) + "\n") })
	return b.String()
}

func BenchmarkCompare(b *testing.B) {
	p := press{}
	old := p.statement(b, "bench", "manufacturer-cmmc", nil)
	for _, c := range []struct {
		name  string
		edits []edit
	}{{"same", nil}, {"clause", shorter}, {"phone", phone}} {
		now := p.statement(b, "bench", "manufacturer-cmmc", c.edits)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				plan.Compare(old, now, plan.Signed)
			}
		})
	}
	b.Run("report of 10000", func(b *testing.B) {
		changes := fleet(b)
		b.ReportAllocs()
		for b.Loop() {
			var r plan.Report
			for i := range 10_000 {
				c := changes[i%len(changes)]
				c.ID = fmt.Sprintf("c%05d", i)
				r.Add(c)
			}
			if err := r.JSON(io.Discard); err != nil {
				b.Fatal(err)
			}
			if err := r.Markdown(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
}
