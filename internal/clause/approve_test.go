package clause

import (
	"strings"
	"testing"
	"testing/fstest"

	"concordat/internal/calendar"
)

// TestWithApproval approves files, and changes nothing else in them.
func TestWithApproval(t *testing.T) {
	day, err := calendar.ParseDate("2027-01-31")
	if err != nil {
		t.Fatal(err)
	}
	library := "id: sample\ntitle: Sample\nversion: 1.0.0\nlicence: CC0-1.0\narticles: [{id: all, title: All, clauses: [one-01]}]\n"
	load := func(text string) *Clause {
		l, list, err := Load(Layer{FS: fstest.MapFS{
			"library.yaml": &fstest.MapFile{Data: []byte(library)},
			"one-01.md":    &fstest.MapFile{Data: []byte(text)},
		}})
		if err != nil || list.HasErrors() {
			t.Fatalf("%v %v\n%s", err, list, text)
		}
		c, _ := l.Clause("one-01")
		return c
	}
	const before = "---\nid: one-01\ntitle: One\nversion: 1.0.0\n"
	const after = "binds: both\nplain: One sentence.\n---\nThe Parties shall agree.\n"
	const sum = "0000000000000000000000000000000000000000000000000000000000000000"
	for _, c := range []string{
		before + "status: draft\n" + after,
		before + "status: approved\napproved: {by: A, on: 2026-01-02, sha256: \"" + sum + "\"}\n" + after,
		before + "approved:\n  by: A\n  on: 2026-01-02\n  sha256: \"" + sum + "\"\nstatus: approved\n" + after,
		strings.ReplaceAll(before+"status: reviewed\n"+after, "\n", "\r\n"),
		strings.TrimSuffix(before+"status: draft\n"+after, "\n"),
	} {
		old := load(c)
		text := string(old.WithApproval("Ada Nobody", day))
		got := load(text)
		if !got.IsApproved() || got.Approved.By != "Ada Nobody" || got.Approved.On != day {
			t.Errorf("not approved:\n%s", text)
		}
		without := before + after
		if strings.Contains(c, "\r\n") {
			without = strings.ReplaceAll(without, "\n", "\r\n")
		}
		var left strings.Builder
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "status: approved") && !strings.HasPrefix(line, "approved: {by: \"Ada Nobody\", on: 2027-01-31, sha256: ") {
				left.WriteString(line)
			}
		}
		if strings.TrimRight(left.String(), "\r\n") != strings.TrimRight(without, "\r\n") {
			t.Errorf("something else changed:\n%s", text)
		}
		if twice := string(got.WithApproval("Ada Nobody", day)); twice != text {
			t.Errorf("another time:\n%s", twice)
		}
	}
}
