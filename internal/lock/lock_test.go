package lock

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// small is a few words.
func small() (clauses, layouts fstest.MapFS) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
			"library.yaml":       file("id: small\nversion: 1.0.0\n"),
			"aa-01.md":           file("---\nid: aa-01\nversion: 1.0.0\nstatus: draft\n---\nThe Parties agree.\n"),
			"terms/key.md":       file("---\nid: key\nterm: Key\nversion: 1.0.0\n---\nwhat opens a lock.\n"),
			"LICENSE":            file("not part of a lock\n"),
			"terms/deeper/no.md": file("not part of a lock\n"),
		}, fstest.MapFS{
			"cyber-constitution.md": file("---\nid: cyber-constitution\nversion: 1.0.0\n---\n# A\n"),
		}
}

func words() Words {
	clauses, layouts := small()
	return Words{clauses, layouts}
}

func printed(list diag.List) string {
	var b strings.Builder
	if err := (diag.Printer{}).Print(&b, list); err != nil {
		panic(err)
	}
	return b.String()
}

func parse(text string) (*Lock, diag.List) { return Parse(source.New("concordat.lock", []byte(text))) }

// TestRoundTrip holds that a lock gives the words that it was made of, by file
// systems without a fault, and that others can read it.
func TestRoundTrip(t *testing.T) {
	text := Format(words(), "v1.2.3")
	l, list := parse(string(text))
	if l == nil {
		t.Fatal(printed(list))
	}
	if !maps.Equal(l.files(), words().files()) || len(l.files()) != 4 || l.Program != "v1.2.3" || l.Printed != PrintedWords {
		t.Errorf("read back as %v of %q", l.files(), l.Program)
	}
	if err := fstest.TestFS(l.Clauses, "library.yaml", "aa-01.md", "terms/key.md"); err != nil {
		t.Error(err)
	}
	if err := fstest.TestFS(l.Layouts, "cyber-constitution.md"); err != nil {
		t.Error(err)
	}
	archive := txtar.Parse(text)
	if len(archive.Files) != 4 || !bytes.Equal(txtar.Format(archive), text) {
		t.Error("another reader of archives finds other files")
	}
	for _, f := range archive.Files {
		if l.text(f.Name) != string(f.Data) {
			t.Errorf("%s: another reader finds other text", f.Name)
		}
	}
	if list := append(l.Behind(words()), l.ScheduleWords(true)...); len(list) > 0 {
		t.Error(printed(list))
	}
}

// TestDamage holds that no byte of a lock can change unseen.
func TestDamage(t *testing.T) {
	text := Format(words(), "v1.2.3")
	for i := range text {
		changed := bytes.Clone(text)
		changed[i] ^= 1
		if l, list := parse(string(changed)); l != nil || !list.HasErrors() {
			t.Errorf("byte %d, of %q, can change", i, text[max(0, i-10):i+1])
		}
		if l, list := parse(string(text[:i])); l != nil || !list.HasErrors() {
			t.Errorf("it can end after byte %d", i)
		}
	}
}

// summed is a lock of any text with the right sum.
func summed(rest string) string {
	return fmt.Sprintf("schema: concordat/lock/v1\nsha256: %x\n%s", sha256.Sum256([]byte(rest)), rest)
}

// TestRefused holds what is refused although its sum is right.
func TestRefused(t *testing.T) {
	const head = "library: small 1.0.0\nprogram: v1\nprinted: 00\n"
	const good = "-- clauses/library.yaml --\n-- layouts/cyber-constitution.md --\n"
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "lock-schema"},
		{"another schema", "schema: concordat/lock/v2\n", "lock-schema"},
		{"no sum", "schema: concordat/lock/v1\n" + head + good, "lock-damaged"},
		{"ends of lines", strings.ReplaceAll(summed(head+good), "\n", "\r\n"), "write \"concordat.lock -text\" into .gitattributes"},
		{"no head", summed(good), "lock-damaged"},
		{"signs that a terminal obeys", summed("library: small 1.0.0\nprogram: v1\x1b[31m\nprinted: 00\n" + good), "lock-damaged"},
		{"no files", summed(head), "lock-missing"},
		{"no layout", summed(head + "-- clauses/library.yaml --\n"), "the lock has no file \"layouts/cyber-constitution.md\" [lock-missing]"},
		{"twice", summed(head + good + "-- clauses/a.md --\n-- clauses/a.md --\n"), "stands in the lock twice [lock-name]"},
		{"good", summed(head + good), ""},
	} {
		_, list := parse(c.text)
		if got := printed(list); !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: expected %q, got\n%s", c.name, c.want, got)
		}
	}
	for _, name := range []string{
		"", " ", "..", "/etc/passwd", "../a.md", "clauses/../a.md", "clauses//a.md", "clauses/./a.md", "clauses/a.MD", "clauses/A.md", "clauses/con .md",
		"clauses/a.md/b.md", "clauses/terms/deeper/a.md", `clauses\a.md`, "clauses/a.md\x00", "layouts/library.yaml", "clauses/LICENSE", "C:/a.md", "clauses/é.md", "clauses/-a.md",
	} {
		l, list := parse(summed(head + good + "-- " + name + " --\nwords\n"))
		if l != nil || !strings.Contains(printed(list), "[lock-name]") {
			t.Errorf("the name %q: %s", name, printed(list))
		}
	}
}

// TestDiff holds what is said of each kind of change.
func TestDiff(t *testing.T) {
	edit := func(f func(clauses, layouts fstest.MapFS)) Words {
		clauses, layouts := small()
		f(clauses, layouts)
		return Words{clauses, layouts}
	}
	replace := func(fsys fstest.MapFS, name, old, with string) {
		fsys[name] = &fstest.MapFile{Data: bytes.Replace(fsys[name].Data, []byte(old), []byte(with), 1)}
	}
	for _, c := range []struct {
		want string
		now  Words
	}{
		{"", words()},
		{"changed clause aa-01 1.0.0, without a new version", edit(func(c, _ fstest.MapFS) { replace(c, "aa-01.md", "agree", "disagree") })},
		{"changed clause aa-01 1.0.0 -> 1.1.0, material: a longer time", edit(func(c, _ fstest.MapFS) {
			replace(c, "aa-01.md", "1.0.0\n", "1.1.0\nmaterial: true\nreason: a longer time\n")
			replace(c, "aa-01.md", "agree", "disagree")
		})},
		{"changed clause aa-01 1.0.0, only in what is said about it", edit(func(c, _ fstest.MapFS) { replace(c, "aa-01.md", "draft", "reviewed") })},
		{"changed clause aa-01 1.0.0, without a new version", edit(func(c, _ fstest.MapFS) { replace(c, "aa-01.md", "draft", "draft\nwhen: budget.present") })},
		{"changed clause aa-01 1.0.0, only in what is said about it", edit(func(c, _ fstest.MapFS) { replace(c, "aa-01.md", "1.0.0", `"\x1b[31m"`) })},
		{"added clause bb-01 2.0.0: new", edit(func(c, _ fstest.MapFS) {
			c["bb-01.md"] = &fstest.MapFile{Data: []byte("---\nversion: 2.0.0\nreason: new\n---\n")}
		})},
		{"removed term key 1.0.0", edit(func(c, _ fstest.MapFS) { delete(c, "terms/key.md") })},
		{"changed layout cyber-constitution 1.0.0, without a new version", edit(func(_, l fstest.MapFS) { replace(l, "cyber-constitution.md", "# A", "# B") })},
		{"changed library library 1.0.0 -> 1.1.0, only in what is said about it", edit(func(c, _ fstest.MapFS) { replace(c, "library.yaml", "1.0.0", "1.1.0") })},
	} {
		var got []string
		for _, change := range Diff(words(), c.now) {
			got = append(got, change.String())
		}
		if text := strings.Join(got, "\n"); text != c.want {
			t.Errorf("got %q, expected %q", text, c.want)
		}
		l, _ := parse(string(Format(words(), "v1")))
		if told := printed(l.Behind(c.now)); strings.Contains(told, "1:1: warning: ") != (c.want != "") || strings.Contains(told, "[lock-behind]") != (c.want != "") {
			t.Errorf("%q: %s", c.want, told)
		}
	}
}

// TestProgramWords holds that other words of the program are a warning in drafts
// and an error in documents for signature.
func TestProgramWords(t *testing.T) {
	l, _ := parse(summed("library: small 1.0.0\nprogram: v1\nprinted: 00\n-- clauses/library.yaml --\n-- layouts/cyber-constitution.md --\n"))
	for _, final := range []bool{false, true} {
		if list := l.ScheduleWords(final); len(list) != 1 || list.HasErrors() != final || !strings.Contains(printed(list), "[lock-schedule-words]") {
			t.Errorf("final: %t: %s", final, printed(list))
		}
	}
}

// FuzzParse holds that any text gives a lock or an error at a place inside of it.
func FuzzParse(f *testing.F) {
	f.Add(string(Format(words(), "v1")), false)
	f.Add("library: a\nprogram: b\nprinted: c\n-- clauses/library.yaml --\n-- layouts/cyber-constitution.md --\n-- a --", true)
	f.Add("-- a --\n--  --\n-- -- --", true)
	f.Fuzz(func(t *testing.T, text string, sum bool) {
		if sum {
			text = summed(text)
		}
		l, list := parse(text)
		if (l == nil) != list.HasErrors() {
			t.Fatal("neither a lock nor an error, or both")
		}
		printed(list)
		if l == nil {
			return
		}
		for _, fsys := range []fs.FS{l.Clauses, l.Layouts} {
			if err := fs.WalkDir(fsys, ".", func(_ string, _ fs.DirEntry, err error) error { return err }); err != nil {
				t.Fatal(err)
			}
		}
		Diff(l.Words, words())
	})
}
