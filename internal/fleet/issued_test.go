package fleet

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/diag"
	"concordat/internal/manifest"
	"concordat/internal/outdir/faultdir"
	"concordat/internal/plan"
	"concordat/internal/source"
)

// What was sent or signed is never overwritten. Each case begins with the document
// of "text 0" in the output folder, unless it says otherwise.
func TestIssued(t *testing.T) {
	file := source.New("in/c-00.record.yaml", []byte("signed: row 1\nsigned: row 2\n"))
	row := func(n int, version, sha256 string) Issued {
		return Issued{Version: version, Signed: true, Date: "2027-01-05", SHA256: sha256, Span: file.Span(file.LineStart(n), file.LineStart(n)+6)}
	}
	pdf := func(version, text string) string { return digest(files("c-00", version, text)[1].Data) }
	md := func(version, text string) string { return digest(files("c-00", version, text)[0].Data) }
	const none = ""
	for _, tt := range []struct {
		name    string
		change  func(s *shop, disk *faultdir.Disk)
		rows    []Issued
		state   plan.State
		outcome Outcome
		message string
		note    string
		tree    map[string]string // files that differ from those before
	}{
		{
			name: "nothing differs", rows: []Issued{row(1, "1.0.0", none)}, state: plan.Signed,
			change: func(s *shop, _ *faultdir.Disk) {}, outcome: Unchanged,
		},
		{
			name: "signed, and other words now", rows: []Issued{row(1, "1.0.0", pdf("1.0.0", "text 0"))}, state: plan.Signed,
			change: func(s *shop, _ *faultdir.Disk) { s.texts["c-00.yaml"] = "new" }, outcome: Stale,
			message: `version 1.0.0 was signed on 2027-01-05; "c-00.md" (sha256 ` + md("1.0.0", "text 0") + `) would now be another (sha256 ` + md("1.0.0", "new") + `), and was left as it is [fleet-issued]`,
		},
		{
			name: "the file is not what was signed", rows: []Issued{row(1, "1.0.0", strings.Repeat("a", 64))}, state: plan.Sent,
			change: func(s *shop, _ *faultdir.Disk) { s.texts["c-00.yaml"] = "new" }, outcome: Stale,
			message: `would now be another`,
			note:    `what was signed on 2027-01-05 has the sha256 ` + strings.Repeat("a", 64) + `, which no file here has`,
		},
		{
			name: "one file is missing", rows: []Issued{row(1, "1.0.0", none)}, state: plan.Sent,
			change: func(s *shop, disk *faultdir.Disk) { remove(disk, "c-00.md") }, outcome: Stale,
			message: `"c-00.md" is missing beside its other files, and nothing was changed [fleet-issued]`,
		},
		{
			name: "no files, and the record does not say which", rows: []Issued{row(1, "1.0.0", none)}, state: plan.Sent,
			change: func(s *shop, disk *faultdir.Disk) { remove(disk, "c-00.md", "c-00.pdf") }, outcome: Stale,
			message: `the record does not state the sha256 of what was signed, so that nobody could tell whether "c-00.pdf" is the same [fleet-lost]`,
		},
		{
			name: "no files, and now others", rows: []Issued{row(1, "1.0.0", pdf("1.0.0", "text 0"))}, state: plan.Sent,
			change: func(s *shop, disk *faultdir.Disk) {
				remove(disk, "c-00.md", "c-00.pdf")
				s.texts["c-00.yaml"] = "new"
			}, outcome: Stale,
			message: `its files are not in the output folder; "c-00.pdf" would now be another (sha256 ` + pdf("1.0.0", "new") + `), and was not made [fleet-lost]`,
		},
		{
			name: "no files, and the same can be made", rows: []Issued{row(1, "1.0.0", none), row(2, "1.0.0", pdf("1.0.0", "text 0"))}, state: plan.Signed,
			change: func(s *shop, disk *faultdir.Disk) { remove(disk, "c-00.md", "c-00.pdf") }, outcome: Generated,
			tree: map[string]string{},
		},
		{
			name: "a later version", rows: []Issued{row(1, "1.0.0", none)},
			change: func(s *shop, _ *faultdir.Disk) {
				s.versions["c-00.yaml"], s.texts["c-00.yaml"] = "1.1.0", "new"
			}, outcome: Generated,
			tree: map[string]string{
				"c-00-1.0.0.md": text("1.0.0", "text 0", 0), "c-00-1.0.0.pdf": text("1.0.0", "text 0", 1),
				"c-00.md": text("1.1.0", "new", 0), "c-00.pdf": text("1.1.0", "new", 1),
			},
		},
		{
			name: "a later version, known by the record alone", rows: []Issued{row(1, "1.0.0", pdf("1.0.0", "signed"))},
			change: func(s *shop, disk *faultdir.Disk) {
				s.versions["c-00.yaml"] = "1.1.0"
				disk.Put("c-00.md", text("1.0.0", "signed", 0))
				disk.Put("c-00.pdf", text("1.0.0", "signed", 1))
			}, outcome: Generated,
			tree: map[string]string{
				"c-00-1.0.0.md": text("1.0.0", "signed", 0), "c-00-1.0.0.pdf": text("1.0.0", "signed", 1),
				"c-00.md": text("1.1.0", "text 0", 0), "c-00.pdf": text("1.1.0", "text 0", 1),
			},
		},
		{
			name: "files of which nobody knows the version", rows: []Issued{row(2, "1.0.0", none)},
			change: func(s *shop, disk *faultdir.Disk) {
				s.versions["c-00.yaml"] = "1.1.0"
				disk.Put("c-00.pdf", "of a person")
			}, outcome: Stale,
			message: `the output folder has files of this agreement that can be version 1.0.0, which was signed; they were left as they are [fleet-unknown]`,
		},
		{
			name: "another file has the name of the earlier version", rows: []Issued{row(1, "1.0.0", none)},
			change: func(s *shop, disk *faultdir.Disk) {
				s.versions["c-00.yaml"] = "1.1.0"
				disk.Put("c-00-1.0.0.pdf", "of a person")
			}, outcome: Stale,
			message: `version 1.0.0 was signed, and "c-00.pdf" and "c-00-1.0.0.pdf" differ; they were left as they are [fleet-unknown]`,
		},
		{
			name: "the earlier version was not sent", rows: []Issued{row(1, "0.9.0", none)},
			change: func(s *shop, _ *faultdir.Disk) { s.versions["c-00.yaml"] = "1.1.0" }, outcome: Generated,
			tree: map[string]string{"c-00.md": text("1.1.0", "text 0", 0), "c-00.pdf": text("1.1.0", "text 0", 1)},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			disk, s := faultdir.New(), newShop(1)
			s.run(t, disk.Process(faultdir.Fault{}), single, 1).words(t)
			first := visible(disk)
			tt.change(s, disk)
			before := visible(disk)
			s.issued["c-00.yaml"], s.states["c-00.yaml"] = tt.rows, tt.state
			o := s.run(t, disk.Process(faultdir.Fault{}), single, 1)
			if o.err != nil {
				t.Fatal(o.err)
			}
			r := o.results[0]
			if r.Outcome != tt.outcome {
				t.Errorf("%v, want %v", r.Outcome, tt.outcome)
			}
			var said string
			if len(r.Diagnostics) > 0 {
				d := r.Diagnostics[0]
				said = d.Message + " [" + d.Code + "]"
				if d.Severity != diag.Warning || d.Span.File != file {
					t.Errorf("%v at %v", d.Severity, d.Span)
				}
				for _, n := range d.Notes {
					said += "\n" + n.Message
				}
			}
			if !strings.Contains(said, tt.message) || !strings.Contains(said, tt.note) || (said == "") != (tt.message == "") {
				t.Errorf("said %s\nwant %s\n%s", said, tt.message, tt.note)
			}
			want := before
			if tt.tree != nil {
				want = first
				for name, text := range tt.tree {
					want[name] = text
				}
			}
			if diff := cmp.Diff(want, visible(disk)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			// Nothing more happens when it runs again.
			again := s.run(t, disk.Process(faultdir.Fault{}), single, 1)
			if again.err != nil || again.results[0].Outcome == Generated {
				t.Errorf("again: %v, %v", again.results, again.err)
			}
			if diff := cmp.Diff(want, visible(disk)); diff != "" {
				t.Errorf("again (-want +got):\n%s", diff)
			}
		})
	}
}

// Each version that was signed is kept when the next one comes, and what is unchanged
// is known by all its files.
func TestVersions(t *testing.T) {
	disk, s := faultdir.New(), newShop(1)
	want := map[string]string{}
	for n, version := range []string{"1.0.0", "1.1.0", "1.2.0"} {
		s.versions["c-00.yaml"] = version
		s.build = digest([]byte(version))
		if got := s.run(t, disk.Process(faultdir.Fault{}), single, 1).words(t); got != "c-00 generated" {
			t.Errorf("%s: %s", version, got)
		}
		// Another build draws the same: the statement alone is new.
		s.build = digest([]byte(version + "+"))
		if got := s.run(t, disk.Process(faultdir.Fault{}), single, 1).words(t); got != "c-00 unchanged" {
			t.Errorf("%s again: %s", version, got)
		}
		s.issued["c-00.yaml"] = append(s.issued["c-00.yaml"], Issued{Version: version, Signed: true, Date: "2027-01-05"})
		if n < 2 {
			want["c-00-"+version+".md"], want["c-00-"+version+".pdf"] = text(version, "text 0", 0), text(version, "text 0", 1)
		}
	}
	want["c-00.md"], want["c-00.pdf"] = text("1.2.0", "text 0", 0), text("1.2.0", "text 0", 1)
	if diff := cmp.Diff(want, visible(disk)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	disk.Put("c-00.pdf", "damaged")
	s.states["c-00.yaml"], s.issued["c-00.yaml"] = plan.Unsent, nil
	if got := s.run(t, disk.Process(faultdir.Fault{}), single, 1).words(t); got != "c-00 generated" {
		t.Errorf("with a damaged file: %s", got)
	}
}

// A draft that was sent stays a draft.
func TestIssuedDraft(t *testing.T) {
	disk, s := faultdir.New(), newShop(1)
	s.run(t, disk.Process(faultdir.Fault{}), single, 1).words(t)
	before := disk.Tree()
	d := drafting{s}
	s.states["c-00.yaml"] = plan.Sent
	s.issued["c-00.yaml"] = []Issued{{Version: "1.0.0", Date: "2027-01-05"}}
	if o := d.run(t, disk, "c-00.yaml"); o != Unchanged {
		t.Errorf("%v", o)
	}
	if diff := cmp.Diff(before["c-00.pdf"], disk.Tree()["c-00.pdf"]); diff != "" {
		t.Error(diff)
	}
	remove(disk, "c-00.md", "c-00.pdf", ".concordat/documents/c-00.json", ".concordat/1-of-1.journal")
	s.issued["c-00.yaml"][0].SHA256 = digest(files("c-00", "1.0.0", "text 0, final")[0].Data)
	if o := d.run(t, disk, "c-00.yaml"); o != Generated {
		t.Errorf("%v", o)
	}
	if got := disk.Tree()["c-00.md"]; got != "markdown 1.0.0 text 0, final" {
		t.Errorf("c-00.md is %q", got)
	}
}

// visible are the files of a disk that people see.
func visible(disk *faultdir.Disk) map[string]string {
	tree := disk.Tree()
	for name := range tree {
		if strings.Contains(name, "/") {
			delete(tree, name)
		}
	}
	return tree
}

func text(version, text string, n int) string { return string(files("c-00", version, text)[n].Data) }

func remove(disk *faultdir.Disk, names ...string) {
	p := disk.Process(faultdir.Fault{})
	for _, name := range names {
		if err := p.Remove(name); err != nil {
			panic(err)
		}
	}
}

// drafting is a shop that makes a document for signature where it was sent, and
// the draft beside it.
type drafting struct{ *shop }

func (d drafting) Make(a Agreement) (*Made, diag.List, error) {
	draft, list, err := d.shop.Make(a)
	if err != nil || draft == nil || draft.State == plan.Unsent {
		return draft, list, err
	}
	d.texts[a.Name] += ", final"
	final, list, err := d.shop.Make(a)
	d.texts[a.Name] = strings.TrimSuffix(d.texts[a.Name], ", final")
	final.Statement.Inputs.Final, final.Draft = true, draft
	return final, list, err
}

func (d drafting) run(t *testing.T, disk *faultdir.Disk, name string) Outcome {
	t.Helper()
	p := disk.Process(faultdir.Fault{})
	m, _, err := manifest.Open(p, single, manifest.Holder{})
	if err != nil {
		t.Fatal(err)
	}
	var outcome Outcome
	d.build = digest([]byte("another build"))
	err = Batch(t.Context(), d.agreements(), d, p, m, 1, func(r Result) error {
		outcome = r.Outcome
		return nil
	})
	if err := errors.Join(err, m.Close()); err != nil {
		t.Fatal(err)
	}
	return outcome
}
