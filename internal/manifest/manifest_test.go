package manifest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"concordat/internal/outdir"
	"concordat/internal/outdir/faultdir"

	"github.com/google/go-cmp/cmp"
)

// TestMain lets the many small disks of the tests be collected less often.
func TestMain(m *testing.M) {
	debug.SetGCPercent(800)
	os.Exit(m.Run())
}

var (
	one  = Shard{1, 1}
	self = Holder{4711, "x"}
)

// customer is an agreement of the tests: its number and the version of its
// words. What it is made of decides all bytes.
type customer struct {
	number, version int
}

func (c customer) id() string        { return fmt.Sprintf("c%02d", c.number) }
func (c customer) agreement() string { return fmt.Sprintf("customers/%s.yaml", c.id()) }

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func (c customer) inputs() string { return digest(fmt.Sprint("inputs", c.number, c.version)) }

// files are the document. The text of some customers is the same in all
// versions, of some in two, and of others in none.
func (c customer) files() []File {
	text := fmt.Sprintf("text of %s", c.id())
	switch c.number % 3 {
	case 1:
		text += fmt.Sprintf(", version %d", c.version)
	case 2:
		text += fmt.Sprintf(", version %d", c.version/2)
	}
	return []File{
		NewFile(c.id()+".md", []byte(text)),
		NewFile(c.id()+".pdf", fmt.Appendf(nil, "print of %s, version %d", c.id(), c.version)),
		NewFile(DocumentName(c.id()), fmt.Appendf(nil, "made of %s, %d%s", c.id(), c.version, strings.Repeat(".", c.version))),
	}
}

func (c customer) entry() Entry {
	return Entry{
		ID: c.id(), Agreement: c.agreement(), Version: fmt.Sprintf("1.%d.0", c.version),
		Inputs: c.inputs(), Document: digest(c.id()), Maker: digest("maker"),
		Files: []string{c.agreement(), "provider.yaml"},
		Words: digest(fmt.Sprint("words", c.version)),
	}
}

func (c customer) words() Words {
	return Words{Clauses: []string{"inc-02 1.0.0", fmt.Sprintf("bkp-01 1.%d.0", c.version)}, Terms: []string{"essential-records 1.0.0"}, Layout: "standard 1.0.0"}
}

// fleet makes customers, of which every fifth but those has another version.
func fleet(count, version int) []customer {
	var list []customer
	for n := range count {
		c := customer{n, 1}
		if n%5 > 1 {
			c.version = version
		}
		list = append(list, c)
	}
	return list
}

// publish does what a batch does for some customers: those that match are left
// alone, the others are published in groups.
func publish(m *Manifest, customers []customer) (made int, err error) {
	var group []Set
	defer func() { err = errors.Join(err, discard(group)) }()
	for i, c := range customers {
		ready, err := current(m, c)
		if err != nil {
			return made, err
		}
		if !ready {
			staged, err := m.Stage(c.files())
			if err != nil {
				return made, err
			}
			group = append(group, Set{c.entry(), c.words(), staged})
			made++
		}
		if len(group) == 4 || i == len(customers)-1 {
			if err := m.Publish(group); err != nil {
				return made, err
			}
			group = nil
		}
	}
	return made, nil
}

// current reports whether a customer's document is there, and notes it if
// several entries are known.
func current(m *Manifest, c customer) (bool, error) {
	entries := m.Entries(c.agreement())
	for _, e := range entries {
		if e.Inputs != c.inputs() {
			continue
		}
		same, err := m.Matches(e)
		if err != nil {
			return false, err
		}
		if same && len(entries) > 1 {
			w, _ := m.Words(e.Words)
			return true, m.Note(e, w)
		}
		if same {
			return true, nil
		}
	}
	return false, nil
}

// run is a batch from beginning to end.
func run(folder outdir.Folder, s Shard, customers []customer) (findings []string, made int, err error) {
	m, findings, err := Open(folder, s, self)
	if err != nil {
		return nil, 0, err
	}
	made, err = publish(m, customers)
	if err != nil {
		return findings, made, errors.Join(err, m.Abort())
	}
	return findings, made, m.Close()
}

// mustRun is run without faults.
func mustRun(t *testing.T, d *faultdir.Disk, s Shard, customers []customer) (findings []string, made int) {
	t.Helper()
	findings, made, err := run(d.Process(faultdir.Fault{}), s, customers)
	if err != nil {
		t.Fatal(err)
	}
	return findings, made
}

// final is a tree without the files of locks.
func final(d *faultdir.Disk) map[string]string {
	tree := d.Tree()
	maps.DeleteFunc(tree, func(name, _ string) bool { return strings.HasSuffix(name, "lock") })
	return tree
}

func equalTrees(t *testing.T, want, got map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("folder (-want +got):\n%s", diff)
	}
}

func TestPublish(t *testing.T) {
	d := faultdir.New()
	findings, made := mustRun(t, d, one, fleet(3, 1))
	if findings != nil || made != 3 {
		t.Errorf("made %d, %q", made, findings)
	}
	tree := d.Tree()
	journal := tree[".concordat/1-of-1.journal"]
	var lines []string
	for line := range strings.Lines(journal) {
		line = line[9:]
		for _, hex := range []string{digest("c00"), digest("c01"), digest("c02"), digest("maker"), digest("words1")} {
			line = strings.ReplaceAll(line, hex, "#")
		}
		lines = append(lines, strings.ReplaceAll(strings.TrimSuffix(line, "\n"), "\t", "|"))
	}
	entry := func(c customer, number int) string {
		text := fmt.Sprintf("entry|%s|%s|1.1.0|%s|#|#|0|%d 3", c.id(), c.agreement(), c.inputs(), number)
		for _, f := range c.files() {
			text += fmt.Sprintf("|%s|%d|%s", f.Name, len(f.Data), digest(string(f.Data)))
		}
		return text
	}
	want := []string{
		"concordat-manifest|1",
		"words|#|standard 1.0.0|2|inc-02 1.0.0|bkp-01 1.1.0|essential-records 1.0.0",
		"path|customers/c00.yaml", "path|customers/c01.yaml", "path|customers/c02.yaml", "path|provider.yaml",
		entry(customer{0, 1}, 0), entry(customer{1, 1}, 1), entry(customer{2, 1}, 2),
		"end|3",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("journal (-want +got):\n%s", diff)
	}
	wantTree := map[string]string{
		".concordat/": "", ".concordat/documents/": "", ".concordat/1-of-1/": "",
		".concordat/lock": "4711 x\n", ".concordat/1-of-1.journal": journal,
	}
	for _, c := range fleet(3, 1) {
		for _, f := range c.files() {
			wantTree[f.Name] = string(f.Data)
		}
	}
	equalTrees(t, wantTree, tree)
}

// A run that has nothing to do writes nothing but who it was.
func TestUnchanged(t *testing.T) {
	d := faultdir.New()
	mustRun(t, d, one, fleet(20, 1))
	before := d.Tree()
	p := d.Process(faultdir.Fault{})
	_, made, err := run(p, one, fleet(20, 1))
	if made != 0 || err != nil {
		t.Errorf("made %d, %v", made, err)
	}
	equalTrees(t, before, d.Tree())
}

// The order in which documents are published does not show.
func TestOrder(t *testing.T) {
	want := faultdir.New()
	mustRun(t, want, one, fleet(20, 2))
	got := faultdir.New()
	backwards := fleet(20, 1)
	slices.Reverse(backwards)
	mustRun(t, got, one, backwards)
	backwards = fleet(20, 2)
	slices.Reverse(backwards)
	mustRun(t, got, one, backwards)
	equalTrees(t, want.Tree(), got.Tree())
}

func TestEntries(t *testing.T) {
	d := faultdir.New()
	mustRun(t, d, one, fleet(3, 1))
	m, findings, err := Read(d.Process(faultdir.Fault{}))
	if err != nil || findings != nil {
		t.Fatal(findings, err)
	}
	for _, c := range fleet(3, 1) {
		want := c.entry()
		for _, f := range c.files() {
			want.Outputs = append(want.Outputs, Output{f.Name, int64(len(f.Data)), digest(string(f.Data))})
		}
		if diff := cmp.Diff([]Entry{want}, m.Entries(c.agreement())); diff != "" {
			t.Errorf("entries (-want +got):\n%s", diff)
		}
		w, ok := m.Words(want.Words)
		if diff := cmp.Diff(c.words(), w); diff != "" || !ok {
			t.Errorf("words (-want +got):\n%s", diff)
		}
	}
	if got := m.Entries("customers/other.yaml"); got != nil {
		t.Errorf("an agreement that nobody knows has %v", got)
	}
	var all []string
	for e := range m.All() {
		all = append(all, e.Agreement)
	}
	if diff := cmp.Diff([]string{"customers/c00.yaml", "customers/c01.yaml", "customers/c02.yaml"}, all); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	empty, _, err := Read(faultdir.New().Process(faultdir.Fault{}))
	if err != nil || empty.Entries("a") != nil {
		t.Error("an empty folder is not empty", err)
	}
}
