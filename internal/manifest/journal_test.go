package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"

	"concordat/internal/outdir/faultdir"

	"github.com/google/go-cmp/cmp"
)

const journalName = ".concordat/1-of-1.journal"

// damagedRun puts a journal in the place of the right one, and expects that
// nothing is believed that was not so, and that the next run ends as if nothing
// had happened. It gives the findings.
func damagedRun(t *testing.T, base *faultdir.Disk, journal string, customers []customer) []string {
	t.Helper()
	d := base.Clone()
	want := final(d)
	d.Put(journalName, journal)
	asked, told, err := Read(d.Process(faultdir.Fault{}))
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]Entry{}
	right, _, err := Read(base.Process(faultdir.Fault{}))
	if err != nil {
		t.Fatal(err)
	}
	for e := range right.All() {
		known[e.ID] = e
	}
	for e := range asked.All() {
		if diff := cmp.Diff(known[e.ID], e); diff != "" {
			t.Errorf("believes (-right +believed):\n%s", diff)
		}
	}
	findings, _ := mustRun(t, d, one, customers)
	if diff := cmp.Diff(told, findings); diff != "" {
		t.Errorf("read and opened tell different things:\n%s", diff)
	}
	equalTrees(t, want, final(d))
	return findings
}

// A journal that ends within a line is what a killed process leaves, and nothing to
// tell a person.
func TestTruncatedJournal(t *testing.T) {
	base := faultdir.New()
	mustRun(t, base, one, fleet(3, 1))
	journal := base.Tree()[journalName]
	for cut := range len(journal) {
		if cut%stride() != 0 {
			continue
		}
		findings := damagedRun(t, base, journal[:cut], fleet(3, 1))
		var want []string
		if diff := cmp.Diff(want, findings); diff != "" {
			t.Fatalf("cut at %d (-want +got):\n%s", cut, diff)
		}
	}
}

// A run that goes on after a line that was begun, and is killed too, leaves a
// journal that is whole up to where it came: what it had begun is repaired.
func TestTruncatedJournalGoesOn(t *testing.T) {
	base := faultdir.New()
	mustRun(t, base, one, fleet(3, 1))
	journal := base.Tree()[journalName]
	want := base.Clone()
	mustRun(t, want, one, fleet(3, 2))
	for _, cut := range []int{1, len(journal) / 2, len(journal) - 1} {
		d := base.Clone()
		d.Put(journalName, journal[:cut])
		for k := 1; ; k++ {
			d := d.Clone()
			_, _, err := run(d.Process(faultdir.Fault{At: k, Kind: faultdir.Death}), one, fleet(3, 2))
			if err == nil {
				break
			}
			findings, _ := mustRun(t, d, one, fleet(3, 2))
			for _, f := range findings {
				if !strings.HasPrefix(f, "repaired the pair of c") {
					t.Fatalf("cut at %d, killed at %d: %s", cut, k, f)
				}
			}
			equalTrees(t, final(want), final(d))
		}
	}
}

func TestFlippedJournal(t *testing.T) {
	base := faultdir.New()
	mustRun(t, base, one, fleet(3, 1))
	journal := base.Tree()[journalName]
	for at := 0; at < len(journal); at += stride() {
		for _, flip := range []byte{1, 0x20} {
			damaged := []byte(journal)
			damaged[at] ^= flip
			want := 1
			if at == len(journal)-1 {
				want = 0 // as if it ended within the last line
			}
			if findings := damagedRun(t, base, string(damaged), fleet(3, 1)); len(findings) != want {
				t.Fatalf("byte %d changed by %#x: %q", at, flip, findings)
			}
		}
	}
}

func checkedLine(body string) string {
	return fmt.Sprintf("%08x\t%s\n", crc32.Checksum([]byte(body), crc32.MakeTable(crc32.Castagnoli)), body)
}

// Lines that are whole and say what no run of this program says.
func TestForgedJournal(t *testing.T) {
	base := faultdir.New()
	mustRun(t, base, one, fleet(3, 1))
	base.Put("other.txt", "not ours")
	journal := base.Tree()[journalName]
	x := digest("x")
	intent := func(name, temporary string) string {
		return "intent\ta\tb\tc\t\t\t\t0\t\t" + name + "\t8\t" + x + "\t" + temporary
	}
	for _, body := range []string{
		"", "entry", "path", "path\t\\x", "words\tk\tl\t1", "words\tk\tl\t-1\tc", "unknown\tx", "done\tc00", "end\t2", "end\t4", "concordat-manifest\t1",
		"entry\ta\tb\tc\t\t\t\t9\t", "entry\ta\tb\tc\t\t\t\t0\t9", "entry\ta\tb\tc\t\t\t\t0\t0  1", "entry\ta\tb\tc\tzz\t\t\t0\t", "entry\ta\tb\tc\t" + strings.ToUpper(digest("q")) + "\t\t\t0\t",
		"entry\ta\tb\tc\t\t\t\t0\t\tn", "entry\ta\tb\tc\t\t\t\t0\t\tn\t-1\t" + x, "entry\ta\tb\tc\t\t\t\t99999999999999999999\t",
		intent("a.md", "other.txt"), intent("a.md", ".concordat/1-of-1/../../other.txt"), intent("a.md", ".concordat/2-of-2/00000001.tmp"), intent("a.md", ".concordat/1-of-1/x.tmp"),
		intent(".concordat/lock", ".concordat/1-of-1/00000001.tmp"), intent("../a.md", ".concordat/1-of-1/00000001.tmp"), intent(".Concordat", ".concordat/1-of-1/00000001.tmp"),
	} {
		findings := damagedRun(t, base, journal+checkedLine(body), fleet(3, 1))
		want := []string{fmt.Sprintf(`the journal "1-of-1.journal" is damaged from line %d on; documents recorded there are examined anew`, strings.Count(journal, "\n")+1)}
		if diff := cmp.Diff(want, findings); diff != "" {
			t.Errorf("%q (-want +got):\n%s", body, diff)
		}
	}
	later := base.Clone()
	later.Put(journalName, checkedLine("concordat-manifest\t2")+"anything")
	before := later.Tree()
	want := `cannot read the journal "1-of-1.journal": it was written by a later version of concordat`
	if _, _, err := Read(later.Process(faultdir.Fault{})); err == nil || err.Error() != want {
		t.Errorf("read: %v", err)
	}
	if _, _, err := Open(later.Process(faultdir.Fault{}), one, self); err == nil || err.Error() != want {
		t.Errorf("open: %v", err)
	}
	equalTrees(t, before, later.Tree())
}

// Any entries are read back as they were, from the lines that were added and
// from those that Close writes.
func TestEntriesReadBack(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 1))
	texts := []string{"", "a", "Łódź", "tab\there", "line\nfeed", `back\slash`, `\t`, "\r", "\xff", strings.Repeat("long", 30000)}
	text := func() string { return texts[random.IntN(len(texts))] }
	some := func() (list []string) {
		for range random.IntN(4) {
			list = append(list, text())
		}
		return list
	}
	sum := func() string {
		if random.IntN(4) == 0 {
			return ""
		}
		return digest(fmt.Sprint(random.Uint64()))
	}
	for range 40 {
		d := faultdir.New()
		m, _, err := Open(d.Process(faultdir.Fault{}), one, self)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]Entry{}
		words := map[string]Words{}
		for range random.IntN(20) {
			e := Entry{
				ID: fmt.Sprint(random.IntN(8), text()), Agreement: fmt.Sprint(random.IntN(4), text()), Version: text(),
				Inputs: sum(), Document: sum(), Maker: sum(), Files: some(), Words: text(),
			}
			for range random.IntN(3) {
				e.Outputs = append(e.Outputs, Output{text(), random.Int64N(1e17), sum()})
			}
			w, ok := words[e.Words]
			if !ok {
				w = Words{some(), some(), fmt.Sprint("l", text())}
				words[e.Words] = w
			}
			if err := m.Note(e, w); err != nil {
				t.Fatal(err)
			}
			want[e.ID] = e
		}
		compare := func(m *Manifest) {
			t.Helper()
			got := map[string]Entry{}
			for e := range m.All() {
				got[e.ID] = e
				if w, ok := m.Words(e.Words); !ok || !cmp.Equal(words[e.Words], w) {
					t.Errorf("words (-want +got):\n%s", cmp.Diff(words[e.Words], w))
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("entries (-want +got):\n%.2000s", diff)
			}
			byAgreement := 0
			for _, e := range want {
				for _, known := range m.Entries(e.Agreement) {
					if known.ID == e.ID {
						byAgreement++
						if diff := cmp.Diff(e, known); diff != "" {
							t.Errorf("entry (-want +got):\n%.2000s", diff)
						}
					}
				}
			}
			if byAgreement != len(want) {
				t.Errorf("%d of %d are found by their agreement", byAgreement, len(want))
			}
		}
		compare(m)
		read := func() {
			t.Helper()
			m, findings, err := Read(d.Process(faultdir.Fault{}))
			if err != nil || findings != nil {
				t.Fatal(findings, err)
			}
			compare(m)
		}
		read()
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
		read()
	}
}

// FuzzRead holds the reader of journals to never failing: what is no journal is
// damaged.
func FuzzRead(f *testing.F) {
	d := faultdir.New()
	mustRunFuzz(f, d)
	f.Add(d.Tree()[journalName], true)
	f.Add("path\ta\nentry\ta\tb\tc\t\t\t\t0\t0", false)
	f.Fuzz(func(t *testing.T, text string, whole bool) {
		if !whole {
			lines := checkedLine(lineForm + "\t" + formNumber)
			for line := range strings.SplitSeq(text, "\n") {
				lines += checkedLine(line)
			}
			text = lines
		}
		s := newStore()
		l := &loaded{shard: one, entries: s.journalOf(one), pending: map[string]intent{}}
		if err := l.read(bytes.NewReader([]byte(text)), &s); err != nil {
			return
		}
		for _, blob := range s.sorted(one) {
			e := s.unpack(blob)
			if again, err := s.pack(e); err != nil || again != blob {
				t.Errorf("%v is packed as something else, %v", e, err)
			}
		}
	})
}

func mustRunFuzz(f *testing.F, d *faultdir.Disk) {
	if _, _, err := run(d.Process(faultdir.Fault{}), one, fleet(3, 1)); err != nil {
		f.Fatal(err)
	}
}

func TestStageRefuses(t *testing.T) {
	for name, open := range folders(t) {
		t.Run(name, func(t *testing.T) {
			folder := open()
			m, _, err := Open(folder, one, self)
			if err != nil {
				t.Fatal(err)
			}
			if err := folder.MkdirAll("folder.md"); err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]string{
				"../a.md":                      `cannot name a file "../a.md": it holds a character that file systems do not take`,
				"sub/a.md":                     `cannot name a file "sub/a.md": it holds a character that file systems do not take`,
				".concordat/lock":              `cannot name a file ".concordat/lock": it holds a character that file systems do not take`,
				".Concordat":                   `cannot name a file ".Concordat": the manifest stands there`,
				".concordat/documents/nul":     `cannot name a file "nul": it is the name of a device on Windows`,
				".concordat/documents/../lock": `cannot name a file "../lock": it holds a character that file systems do not take`,
				"folder.md":                    `cannot replace "folder.md": it is a folder`,
			} {
				_, err := m.Stage([]File{NewFile("a.md", nil), NewFile(name, nil)})
				if err == nil || err.Error() != want {
					t.Errorf("%q: %v", name, err)
				}
			}
			staged, err := m.Stage([]File{NewFile("a.md", []byte("x"))})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := staged.Discard(); err != nil {
					t.Error(err)
				}
			}
			list, err := folder.ReadDir(one.staging())
			if err != nil || len(list) > 0 {
				t.Errorf("left %v, %v", list, err)
			}
			if err := m.Abort(); err != nil {
				t.Error(err)
			}
			if err := m.Note(customer{1, 1}.entry(), Words{}); err == nil || err.Error() != "the manifest is closed" {
				t.Errorf("after the end: %v", err)
			}
			if err := m.Keep([]File{NewFile("late.md", []byte("x"))}); err == nil || err.Error() != "the manifest is closed" {
				t.Errorf("after the end: %v", err)
			}
			if _, err := folder.Lstat("late.md"); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("after the end a file is kept: %v", err)
			}
			if list, err := folder.ReadDir(one.staging()); err != nil || len(list) > 0 {
				t.Errorf("left %v, %v", list, err)
			}
		})
	}
}
