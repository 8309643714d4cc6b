package fleet

import (
	"fmt"
	"strings"
	"testing"

	"concordat/internal/manifest"
	"concordat/internal/outdir/faultdir"
)

// planned is a line for each agreement of what Plan says.
func (s *shop) planned(t *testing.T, disk *faultdir.Disk) string {
	t.Helper()
	p := disk.Process(faultdir.Fault{})
	m, _, err := manifest.Read(p)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	err = Plan(t.Context(), s.agreements(), s, p, m, 2, func(planned Planned) error {
		line := fmt.Sprintf("%s %s", planned.Output, planned.Err)
		if c := planned.Change; c != nil {
			line = fmt.Sprintf("%s %s", c.ID, c.Action)
			if c.New {
				line += ", new"
			}
			for _, cause := range c.Causes {
				line += ", " + cause.String()
			}
		}
		lines = append(lines, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// without is a disk with those files of another whose names begin with nothing of it.
func without(disk *faultdir.Disk, prefix string) *faultdir.Disk {
	rest := faultdir.New()
	for name, text := range disk.Tree() {
		if !strings.HasPrefix(name, prefix) {
			rest.Put(name, text)
		}
	}
	return rest
}

// TestPlanUnrecorded plans where files are there, and nobody knows what they say: what
// batch would do, and nothing that was never recorded.
func TestPlanUnrecorded(t *testing.T) {
	disk, s := faultdir.New(), newShop(3)
	expect := func(what string, disk *faultdir.Disk, want string) {
		t.Helper()
		if got := s.planned(t, disk); got != want {
			t.Errorf("%s: planned\n%s\nexpected\n%s", what, got, want)
		}
	}
	expect("nothing is there", disk, "c-00 regenerate, new, new agreement\nc-01 regenerate, new, new agreement\nc-02 regenerate, new, new agreement")
	s.run(t, disk.Process(faultdir.Fault{}), single, 2).words(t)
	expect("all is there", disk, "c-00 none\nc-01 none\nc-02 none")

	lost := without(disk, ".concordat/")
	expect("the journal is lost", lost, "c-00 none\nc-01 none\nc-02 none")
	s.texts["c-01.yaml"] = "another"
	expect("the journal is lost, and one agreement is another", lost, "c-00 none\nc-01 regenerate, files of which nothing is recorded\nc-02 none")
	expect("one agreement is another", disk, "c-00 none\nc-01 regenerate, nothing that is recorded\nc-02 none")

	// A statement that is another's says nothing.
	tree := disk.Tree()
	disk.Put(".concordat/documents/c-01.json", tree[".concordat/documents/c-02.json"])
	expect("a statement is another's", disk, "c-00 none\nc-01 regenerate, files of which nothing is recorded\nc-02 none")
	disk.Put(".concordat/documents/c-01.json", tree[".concordat/documents/c-01.json"])
	disk.Put("c-01.pdf", "damaged")
	expect("a file is damaged", disk, "c-00 none\nc-01 regenerate, files of which nothing is recorded\nc-02 none")
}
