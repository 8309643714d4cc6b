package fleet

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/generate"
	"concordat/internal/manifest"
	"concordat/internal/outdir"
	"concordat/internal/outdir/faultdir"
	"concordat/internal/plan"
	"concordat/internal/provenance"
	"concordat/internal/source"
)

// digest is the SHA-256 in hexadecimal digits.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// shop is a pipeline whose agreements are single texts.
type shop struct {
	mu       sync.Mutex
	texts    map[string]string // by name of the agreement
	versions map[string]string // that are not 1.0.0
	issued   map[string][]Issued
	states   map[string]plan.State
	build    string
	made     atomic.Int64 // calls of Make
	drawn    atomic.Int64 // calls of Write
}

func newShop(n int) *shop {
	s := &shop{texts: map[string]string{}, versions: map[string]string{}, issued: map[string][]Issued{}, states: map[string]plan.State{}, build: digest([]byte("b1"))}
	for i := range n {
		s.texts[fmt.Sprintf("c-%02d.yaml", i)] = fmt.Sprintf("text %d", i)
	}
	return s
}

func (s *shop) agreements() []Agreement {
	var all []Agreement
	for _, name := range slices.Sorted(maps.Keys(s.texts)) {
		all = append(all, Agreement{Path: "in/" + name, Name: name, Output: strings.TrimSuffix(name, ".yaml")})
	}
	return all
}

// inputs are those of an agreement: every second one has a clause of its own.
func (s *shop) inputs(name string) provenance.Inputs {
	return provenance.Inputs{
		Build: s.build, Layout: provenance.Text{ID: "layout"}, Clauses: []provenance.Text{{ID: s.clause(name), SHA256: "1"}},
		Files: []provenance.File{{Path: name, SHA256: digest([]byte(s.versions[name] + s.texts[name]))}},
	}
}

func (s *shop) clause(name string) string {
	if name[len("c-0")]%2 == 1 {
		return "bb-02"
	}
	return "aa-01"
}

func (s *shop) Same(a Agreement, e manifest.Entry, words manifest.Words) bool {
	in := s.inputs(a.Name)
	return words.Layout == "layout" && slices.Equal(words.Clauses, []string{s.clause(a.Name)}) && in.Digest() == e.Inputs
}

func (s *shop) Make(a Agreement) (*Made, diag.List, error) {
	s.made.Add(1)
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.texts[a.Name]
	var list diag.List
	switch text {
	case "bad":
		list.Errorf("test-bad", source.New(a.Path, []byte(text)).Span(0, 3), "", "a bad text")
		return nil, list, nil
	case "unreadable":
		return nil, nil, errors.New("cannot be read")
	case "panic":
		panic("a defect")
	}
	version := s.versions[a.Name]
	if version == "" {
		version = "1.0.0"
	}
	id := strings.TrimSuffix(a.Name, ".yaml")
	made := &Made{Telling: true, State: s.states[a.Name], Issued: s.issued[a.Name], Files: []string{id + ".md", id + ".pdf"}}
	made.Statement = provenance.Statement{
		ID: id, Version: version, Inputs: s.inputs(a.Name),
		Document: doc.Document{
			Meta:   doc.Meta{ID: id, Title: "T", Version: version, Language: "en-US", Paper: doc.A4},
			Blocks: []doc.Block{doc.Paragraph{Text: []doc.Inline{doc.Text{Value: text}}}},
		},
	}
	var err error
	if made.Document, err = doc.Encode(made.Statement.Document); err != nil {
		return nil, nil, err
	}
	made.Write = func() ([]outdir.File, error) {
		s.drawn.Add(1)
		return files(id, version, text), nil
	}
	return made, nil, nil
}

// files are those of a document of the shop.
func files(id, version, text string) []outdir.File {
	return []outdir.File{
		{Name: id + ".md", Data: []byte("markdown " + version + " " + text)},
		{Name: id + ".pdf", Data: bytes.Repeat([]byte("pdf "+version+" "+text), 100)},
	}
}

// outcome is what a run came to.
type outcome struct {
	results []Result
	found   []string
	err     error
}

// run is one batch in a process of its own.
func (s *shop) run(t *testing.T, process outdir.Folder, shard manifest.Shard, workers int) outcome {
	t.Helper()
	return s.runUntil(t.Context(), process, shard, workers, func(Result) error { return nil })
}

func (s *shop) runUntil(ctx context.Context, process outdir.Folder, shard manifest.Shard, workers int, report func(Result) error) (o outcome) {
	m, found, err := manifest.Open(process, shard, manifest.Holder{PID: 7, Host: "host"})
	if err != nil {
		return outcome{err: err}
	}
	o.found = found
	good, list := CheckOutputs(s.agreements())
	if list != nil {
		return outcome{err: errors.New(list[0].Message)}
	}
	o.err = Batch(ctx, Shard(good, shard), s, process, m, workers, func(r Result) error {
		o.results = append(o.results, r)
		return report(r)
	})
	if o.err != nil && !errors.Is(o.err, context.Canceled) {
		o.err = errors.Join(o.err, m.Abort())
		return o
	}
	o.err = errors.Join(o.err, m.Close())
	return o
}

var single = manifest.Shard{Number: 1, Count: 1}

// words are the outcomes of a run in order.
func (o outcome) words(t *testing.T) string {
	t.Helper()
	if o.err != nil {
		t.Fatal(o.err)
	}
	var all []string
	for _, r := range o.results {
		all = append(all, strings.TrimSuffix(r.Name, ".yaml")+" "+r.Outcome.String())
	}
	return strings.Join(all, "\n")
}

// counts are how many agreements came to which outcome.
func (o outcome) counts(t *testing.T) string {
	t.Helper()
	n := map[Outcome]int{}
	for _, r := range o.results {
		n[r.Outcome]++
	}
	if o.err != nil {
		t.Fatal(o.err)
	}
	return fmt.Sprintf("%d generated, %d unchanged, %d failed, %d stale", n[Generated], n[Unchanged], n[Failed], n[Stale])
}

func TestBatch(t *testing.T) {
	disk, s := faultdir.New(), newShop(5)
	expect := func(want string, made, drawn int64) {
		t.Helper()
		s.made.Store(0)
		s.drawn.Store(0)
		if got := s.run(t, disk.Process(faultdir.Fault{}), single, 2).counts(t); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if s.made.Load() != made || s.drawn.Load() != drawn {
			t.Errorf("made %d and drew %d, want %d and %d", s.made.Load(), s.drawn.Load(), made, drawn)
		}
	}
	expect("5 generated, 0 unchanged, 0 failed, 0 stale", 5, 5)
	first := disk.Tree()
	expect("0 generated, 5 unchanged, 0 failed, 0 stale", 0, 0)
	if diff := cmp.Diff(first, disk.Tree()); diff != "" {
		t.Errorf("a run that changes nothing changed (-before +after):\n%s", diff)
	}
	s.texts["c-01.yaml"] = "another"
	expect("1 generated, 4 unchanged, 0 failed, 0 stale", 1, 1)
	disk.Put("c-02.pdf", "damaged")
	expect("1 generated, 4 unchanged, 0 failed, 0 stale", 1, 1)
	// Another build draws all anew; what it draws is the same.
	s.build = digest([]byte("b2"))
	expect("0 generated, 5 unchanged, 0 failed, 0 stale", 5, 5)
	expect("0 generated, 5 unchanged, 0 failed, 0 stale", 0, 0)
	if got := disk.Tree()["c-01.md"]; got != "markdown 1.0.0 another" {
		t.Errorf("c-01.md is %q", got)
	}
}

// An agreement that cannot be made stops no other, and what was made of it before
// stays.
func TestBatchBad(t *testing.T) {
	disk, s := faultdir.New(), newShop(6)
	s.run(t, disk.Process(faultdir.Fault{}), single, 2).words(t)
	s.texts["c-00.yaml"], s.texts["c-02.yaml"], s.texts["c-04.yaml"], s.texts["c-05.yaml"] = "bad", "panic", "unreadable", "new"
	before := disk.Tree()
	o := s.run(t, disk.Process(faultdir.Fault{}), single, 3)
	const want = "c-00 failed\nc-01 unchanged\nc-02 failed\nc-03 unchanged\nc-04 failed\nc-05 generated"
	if got := o.words(t); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if list := o.results[0].Diagnostics; len(list) != 1 || list[0].Code != "test-bad" {
		t.Errorf("diagnostics %v", list)
	}
	if err := o.results[2].Err; !errors.Is(err, generate.ErrDefect) || !strings.HasPrefix(err.Error(), "in/c-02.yaml: a defect") {
		t.Errorf("a defect is %v", err)
	}
	if err := o.results[4].Err; err == nil || err.Error() != "cannot be read" {
		t.Errorf("a file that cannot be read is %v", err)
	}
	after := disk.Tree()
	for _, name := range []string{"c-00.md", "c-00.pdf", "c-02.pdf", "c-04.pdf"} {
		if before[name] != after[name] {
			t.Errorf("%s has changed", name)
		}
	}
}

// An id that was told wrong from the text is found out before anything is written.
func TestWrongID(t *testing.T) {
	disk, s := faultdir.New(), newShop(1)
	p := disk.Process(faultdir.Fault{})
	m, _, err := manifest.Open(p, single, manifest.Holder{})
	if err != nil {
		t.Fatal(err)
	}
	all := s.agreements()
	all[0].Output = "quoted"
	before := visible(disk)
	var got diag.List
	err = Batch(t.Context(), all, s, p, m, 1, func(r Result) error {
		got = r.Diagnostics
		return nil
	})
	if err := errors.Join(err, m.Close()); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0].Code != codeID || got[0].Message != `the id "c-00" of the agreement cannot be told without decoding the file` {
		t.Errorf("got %v", got)
	}
	if diff := cmp.Diff(before, visible(disk)); diff != "" {
		t.Errorf("wrote (-before +after):\n%s", diff)
	}
}

// The number of workers does not show, nor does the split into shards.
func TestWorkersAndShards(t *testing.T) {
	s := newShop(20)
	reference := faultdir.New()
	words := s.run(t, reference.Process(faultdir.Fault{}), single, 1).words(t)
	for _, workers := range []int{2, 5, 30} {
		disk := faultdir.New()
		if got := s.run(t, disk.Process(faultdir.Fault{}), single, workers).words(t); got != words {
			t.Errorf("%d workers report\n%s", workers, got)
		}
		if diff := cmp.Diff(reference.Tree(), disk.Tree()); diff != "" {
			t.Errorf("%d workers (-1 +n):\n%s", workers, diff)
		}
	}
	for _, count := range []int{2, 4} {
		disk := faultdir.New()
		total := 0
		var running sync.WaitGroup
		outcomes := make([]outcome, count)
		for i := range count {
			running.Go(func() {
				outcomes[i] = s.run(t, disk.Process(faultdir.Fault{}), manifest.Shard{Number: i + 1, Count: count}, 2)
			})
		}
		running.Wait()
		for _, o := range outcomes {
			o.words(t)
			total += len(o.results)
			if len(o.results) == 0 || len(o.results) == 20 {
				t.Errorf("one of %d shards did %d of 20", count, len(o.results))
			}
		}
		if total != 20 {
			t.Errorf("%d shards did %d of 20", count, total)
		}
		// A single run afterwards has nothing to do, and makes one journal of all.
		if got := s.run(t, disk.Process(faultdir.Fault{}), single, 2).counts(t); got != "0 generated, 20 unchanged, 0 failed, 0 stale" {
			t.Errorf("after %d shards: %s", count, got)
		}
		got := disk.Tree()
		maps.DeleteFunc(got, func(name, _ string) bool {
			return strings.HasSuffix(name, ".lock") || strings.HasSuffix(name, "/") && strings.Contains(name, "-of-")
		})
		want := reference.Tree()
		maps.DeleteFunc(want, func(name, _ string) bool { return strings.HasSuffix(name, "-of-1/") })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d shards (-one +all):\n%s", count, diff)
		}
	}
}

func TestCheckOutputs(t *testing.T) {
	all := []Agreement{{Path: "a.yaml", Output: "one"}, {Path: "b.yaml", Output: "ONE"}, {Path: "c.yaml", Output: "two"}, {Path: "d.yaml", Output: "nul"}, {Path: "e.yaml"}, {Path: "f.yaml", Output: "one"}}
	good, list := CheckOutputs(all)
	var names []string
	for _, a := range good {
		names = append(names, a.Path)
	}
	if got := strings.Join(names, " "); got != "c.yaml e.yaml" {
		t.Errorf("can be made: %s", got)
	}
	var b strings.Builder
	printer := diag.Printer{}
	if err := printer.Print(&b, list); err != nil {
		t.Fatal(err)
	}
	const want = `a.yaml:1:1: error: the files "one.*" would also be those of another agreement; none of them is made [fleet-same-id]
   = note: b.yaml:1:1: another agreement
   = hint: give each agreement an id of its own
b.yaml:1:1: error: the files "ONE.*" would also be those of another agreement; none of them is made [fleet-same-id]
   = note: a.yaml:1:1: another agreement
   = hint: give each agreement an id of its own
d.yaml:1:1: error: no file can have the name that the agreement asks for: cannot name a file "nul.md": it is the name of a device on Windows [fleet-name]
   = hint: give the agreement another id
f.yaml:1:1: error: the files "one.*" would also be those of another agreement; none of them is made [fleet-same-id]
   = note: a.yaml:1:1: another agreement
   = hint: give each agreement an id of its own
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// Interrupted at any result, a run ends with whole documents, and the next one
// does the rest.
func TestInterrupt(t *testing.T) {
	s := newShop(20)
	reference := faultdir.New()
	s.run(t, reference.Process(faultdir.Fault{}), single, 2).words(t)
	for stop := range 20 {
		disk := faultdir.New()
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		o := s.runUntil(ctx, disk.Process(faultdir.Fault{}), single, 2, func(Result) error {
			if n++; n > stop {
				cancel()
			}
			return nil
		})
		cancel()
		if !errors.Is(o.err, context.Canceled) {
			t.Fatalf("interrupted after %d: %v", stop, o.err)
		}
		whole(t, disk, s, nil)
		s.run(t, disk.Process(faultdir.Fault{}), single, 2).words(t)
		if diff := cmp.Diff(reference.Tree(), disk.Tree()); diff != "" {
			t.Errorf("interrupted after %d (-undisturbed +then):\n%s", stop, diff)
		}
	}
}

// whole holds that each visible file is that of s or of old, and that those of one
// document belong together.
func whole(t *testing.T, disk *faultdir.Disk, s *shop, old *shop) {
	t.Helper()
	tree := disk.Tree()
	for name, text := range tree {
		if strings.Contains(name, "/") {
			continue
		}
		id, ext, _ := strings.Cut(name, ".")
		ok := false
		for _, version := range []*shop{s, old} {
			if version == nil {
				continue
			}
			for _, f := range files(id, "1.0.0", version.texts[id+".yaml"]) {
				ok = ok || f.Name == id+"."+ext && string(f.Data) == text
			}
		}
		if !ok {
			t.Fatalf("%s holds neither the old nor the new document: %.80q", name, text)
		}
	}
}
