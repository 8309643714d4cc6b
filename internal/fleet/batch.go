package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/generate"
	"concordat/internal/manifest"
	"concordat/internal/outdir"
	"concordat/internal/plan"
	"concordat/internal/provenance"
	"concordat/internal/source"
)

// Outcome is what became of one agreement. Its zero is invalid.
type Outcome int

const (
	Generated Outcome = iota + 1 // its files are new
	Unchanged                    // its files are what they would be
	Failed                       // it has errors; files of earlier runs are left
	Stale                        // its files would be others, but were sent or signed, and are left
)

// String is the word for a summary.
func (o Outcome) String() string {
	switch o {
	case Generated:
		return "generated"
	case Unchanged:
		return "unchanged"
	case Failed:
		return "failed"
	case Stale:
		return "stale"
	default:
		panic(fmt.Sprintf("fleet: unknown outcome %d", int(o)))
	}
}

// Result is what became of one agreement, and what there is to say about it.
type Result struct {
	Agreement
	Outcome     Outcome
	Diagnostics diag.List
	Files       []string // written, as they are named in the output folder
	Err         error    // for which it has failed, when that is none of its errors: a file that cannot be read, or a defect
}

// groupSize is how many documents are published together: to make files last takes
// the disk hardly longer for many than for one.
const groupSize = 16

// Batch makes the documents of agreements, by a number of workers, and publishes
// those that are new. It reports each result in the order of the agreements,
// whatever the order of the work.
//
// An error is one of the output folder, of report, or that ctx has ended. The work
// stops at once then; documents that are half written are published whole or not
// at all.
func Batch(ctx context.Context, agreements []Agreement, p Pipeline, folder outdir.Folder, m *manifest.Manifest, workers int, report func(Result) error) error {
	b := &batch{pipeline: p, folder: folder, manifest: m}
	work, stop := context.WithCancel(ctx)
	defer stop()
	items := each(work, workers, agreements, b.one)
	ordered := inOrder[Result]{report: report, waiting: map[int]Result{}}
	var failed error
	for first := range items {
		group := []item{first}
		for len(group) < groupSize && group[len(group)-1].err == nil {
			next, ok := <-items
			if !ok {
				break
			}
			group = append(group, next)
		}
		if failed == nil {
			failed = b.finish(group, &ordered)
		} else {
			failed = errors.Join(failed, discard(group))
		}
		if failed != nil {
			stop()
		}
	}
	if failed != nil {
		return failed
	}
	return ctx.Err()
}

// item is the work on one agreement, done but for publishing.
type item struct {
	index  int
	result Result
	set    *manifest.Set // nil when there is nothing to publish
	err    error         // of the output folder
}

// batch is what the workers share.
type batch struct {
	pipeline Pipeline
	folder   outdir.Folder
	manifest *manifest.Manifest
}

// finish publishes what a group has made, and reports.
func (b *batch) finish(group []item, ordered *inOrder[Result]) error {
	var failed error
	var sets []manifest.Set
	for _, i := range group {
		failed = errors.Join(failed, i.err)
		if i.set != nil {
			sets = append(sets, *i.set)
		}
	}
	if failed != nil {
		return errors.Join(failed, discard(group))
	}
	if len(sets) > 0 {
		if err := b.manifest.Publish(sets); err != nil {
			return err
		}
	}
	for _, i := range group {
		if err := ordered.add(i.index, i.result); err != nil {
			return err
		}
	}
	return nil
}

// discard removes what a group has written and nobody will publish.
func discard(group []item) error {
	var failed error
	for _, i := range group {
		if i.set != nil && i.set.Staged != nil {
			failed = errors.Join(failed, i.set.Staged.Discard())
		}
	}
	return failed
}

// one does the work on one agreement. A panic in it is a defect that concerns this
// agreement alone.
func (b *batch) one(index int, a Agreement) item {
	i := item{index: index, result: Result{Agreement: a}}
	err := generate.Guard(a.Path, func() error {
		i.set, i.err = b.make(a, &i.result)
		return nil
	})
	if err != nil {
		i.set, i.err = nil, nil
		i.result.Outcome, i.result.Err = Failed, err
	}
	return i
}

// make brings the files of one agreement up to date, short of publishing them. The
// error is one of the output folder.
func (b *batch) make(a Agreement, r *Result) (*manifest.Set, error) {
	x, err := b.examine(a)
	if err != nil {
		return nil, err
	}
	r.Outcome, r.Diagnostics, r.Err = Failed, x.list, x.err
	switch {
	case x.same:
		r.Outcome = Unchanged
		return nil, nil
	case x.made == nil:
		return nil, nil
	}
	set, err := b.update(a, x.made, x.entries, r)
	if errors.Is(err, outdir.ErrInTheWay) {
		r.Outcome, r.Err = Failed, fmt.Errorf("%s: the output folder: %w", a.Path, err)
		return nil, nil
	}
	return set, err
}

// examined is an agreement beside what the output folder has of it.
type examined struct {
	entries []manifest.Entry // with its present id
	same    bool             // the document would be made of the same, and its files are there
	version string           // of the document, where it is the same
	made    *Made            // nil where it is the same, or has errors
	list    diag.List
	err     error // as in Result
}

// examine makes the document of an agreement, unless it would be the same. The
// error is one of the output folder.
func (b *batch) examine(a Agreement) (examined, error) {
	x := examined{entries: slices.DeleteFunc(slices.Clone(b.manifest.Entries(a.Name)), func(e manifest.Entry) bool { return e.ID != a.Output })}
	for _, e := range x.entries {
		words, _ := b.manifest.Words(e.Words)
		if e.Inputs == "" || !b.pipeline.Same(a, e, words) {
			continue
		}
		var err error
		if x.same, err = b.manifest.Matches(e); err != nil || x.same {
			x.version = e.Version
			return x, err
		}
	}
	x.made, x.list, x.err = b.pipeline.Make(a)
	if x.err != nil || x.made == nil {
		return x, nil
	}
	if d := wrongID(a, x.made); d != nil {
		x.list, x.made = append(x.list, *d), nil
		return x, nil
	}
	var err error
	x.made, err = b.asIssued(x.made, x.entries)
	return x, err
}

// asIssued is a draft where the document that was sent, and is in the output
// folder, was one.
func (b *batch) asIssued(made *Made, entries []manifest.Entry) (*Made, error) {
	if made.Draft == nil {
		return made, nil
	}
	old, err := b.statement(entries)
	if err == nil && old != nil && !old.Inputs.Final {
		return made.Draft, nil
	}
	return made, err
}

// wrongID says that the files of an agreement would have another name than was
// told from its text.
func wrongID(a Agreement, made *Made) *diag.Diagnostic {
	if made.Statement.ID == a.Output {
		return nil
	}
	return &diag.Diagnostic{
		Code: codeID, Severity: diag.Error, Span: source.New(a.Path, nil).Span(0, 0), Hint: "write \"agreement:\" in a line of its own and \"id:\" in the next",
		Message: fmt.Sprintf("the id %q of the agreement cannot be told without decoding the file", made.Statement.ID),
	}
}

// update writes what is other than on disk.
func (b *batch) update(a Agreement, made *Made, entries []manifest.Entry, r *Result) (*manifest.Set, error) {
	entry, words := entryOf(a, made)
	// What is drawn by the same program from the same document is the same.
	for _, e := range entries {
		if e.Document != entry.Document || e.Maker != entry.Maker {
			continue
		}
		e.Outputs = shown(e)
		switch same, err := b.manifest.Matches(e); {
		case err != nil:
			return nil, err
		case same:
			r.Outcome = Unchanged
			return nil, b.note(made, entry, words, entries, e.Outputs)
		}
	}
	files, err := made.files()
	if err != nil {
		r.Err = err
		return nil, nil
	}
	outputs := outputsOf(files)
	there, err := b.there(outputs)
	if err != nil {
		return nil, err
	}
	if same(outputs, there) {
		r.Outcome = Unchanged
		return nil, b.note(made, entry, words, entries, outputs)
	}
	kept, refused, err := b.keep(made, entries, outputs, there)
	if err != nil {
		return nil, err
	}
	if refused != nil {
		r.Outcome, r.Diagnostics = Stale, diag.List{*refused}
		return nil, nil
	}
	r.Outcome = Generated
	for _, f := range slices.Concat(kept, files) {
		r.Files = append(r.Files, f.Name)
	}
	if len(kept) > 0 {
		if err := b.manifest.Keep(kept); err != nil {
			return nil, err
		}
	}
	staged, err := b.manifest.Stage(append(files, statementOf(made, &entry, outputs)))
	if err != nil {
		return nil, err
	}
	return &manifest.Set{Entry: entry, Words: words, Staged: staged}, nil
}

// entryOf is what the manifest is to know, but for the files.
func entryOf(a Agreement, made *Made) (manifest.Entry, manifest.Words) {
	in := &made.Statement.Inputs
	words := manifest.Words{Layout: in.Layout.ID}
	for _, t := range in.Clauses {
		words.Clauses = append(words.Clauses, t.ID)
	}
	for _, t := range in.Terms {
		words.Terms = append(words.Terms, t.ID)
	}
	e := manifest.Entry{ID: a.Output, Agreement: a.Name, Version: made.Statement.Version, Document: manifest.Digest(made.Document), Maker: in.Build, Words: wordsKey(words)}
	if made.Telling {
		e.Inputs = in.Digest()
	}
	for _, f := range in.Files {
		e.Files = append(e.Files, f.Path)
	}
	return e, words
}

// wordsKey names words: the same have the same name.
func wordsKey(w manifest.Words) string {
	return manifest.Digest([]byte(w.Layout + "\n" + strings.Join(w.Clauses, " ") + "\n" + strings.Join(w.Terms, " ")))
}

// statementOf is the file that says what a document was made of, and puts all files
// of the document into its entry.
func statementOf(made *Made, entry *manifest.Entry, outputs []manifest.Output) manifest.File {
	s := made.Statement
	for _, o := range outputs {
		s.Outputs = append(s.Outputs, provenance.Output(o))
	}
	file := manifest.NewFile(manifest.DocumentName(entry.ID), provenance.Encode(&s, made.Document))
	entry.Outputs = append(slices.Clone(outputs), file.Output)
	return file
}

// shown are the files of a document that people see: all but the last, the statement.
func shown(e manifest.Entry) []manifest.Output { return e.Outputs[:len(e.Outputs)-1] }

// note keeps what a document was made of whose files are what they would be.
func (b *batch) note(made *Made, entry manifest.Entry, words manifest.Words, entries []manifest.Entry, outputs []manifest.Output) error {
	statement := statementOf(made, &entry, outputs)
	for _, e := range entries {
		if !slices.Equal(e.Outputs, entry.Outputs) || e.Inputs != entry.Inputs {
			continue
		}
		if same, err := b.manifest.Matches(e); err != nil || same {
			return err
		}
	}
	if err := b.manifest.Keep([]manifest.File{statement}); err != nil {
		return err
	}
	return b.manifest.Note(entry, words)
}

// found is a file in the output folder.
type found struct {
	data   []byte
	sha256 string // empty when there is none
}

// same reports whether files hold what they would hold.
func same(outputs []manifest.Output, there map[string]found) bool {
	return !slices.ContainsFunc(outputs, func(o manifest.Output) bool { return there[o.Name].sha256 != o.SHA256 })
}

// there reads what stands at the names of files.
func (b *batch) there(outputs []manifest.Output) (map[string]found, error) {
	all := map[string]found{}
	for _, o := range outputs {
		data, err := read(b.folder, o.Name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, err
		default:
			all[o.Name] = found{data, manifest.Digest(data)}
		}
	}
	return all, nil
}

// keep protects what was sent or signed from new files. It gives the files of an
// earlier version under names of their own, to be published before the new ones,
// or says why the files are left as they are.
func (b *batch) keep(made *Made, entries []manifest.Entry, outputs []manifest.Output, there map[string]found) (kept []manifest.File, refused *diag.Diagnostic, err error) {
	if made.State != plan.Unsent {
		return nil, left(made.rows(), outputs, there), nil
	}
	if len(there) == 0 || len(made.Issued) == 0 {
		return nil, nil, nil
	}
	version, known := b.versionOf(entries, made.Issued, there)
	switch {
	case !known:
		last := made.Issued[len(made.Issued)-1]
		return nil, &diag.Diagnostic{
			Code: codeUnknown, Severity: diag.Warning, Span: last.Span, Hint: "move them to where signed documents are kept, or write the \"sha256\" of the file into the record",
			Message: fmt.Sprintf("the output folder has files of this agreement that can be version %s, which was %s; they were left as they are", last.Version, verb(last)),
		}, nil
	case !slices.ContainsFunc(made.Issued, func(row Issued) bool { return row.Version == version }):
		return nil, nil, nil
	}
	for _, o := range outputs {
		old, ok := there[o.Name]
		if !ok {
			continue
		}
		ext := path.Ext(o.Name)
		name := strings.TrimSuffix(o.Name, ext) + "-" + version + ext
		data, err := read(b.folder, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			kept = append(kept, manifest.File{Output: manifest.Output{Name: name, Size: int64(len(old.data)), SHA256: old.sha256}, Data: old.data})
		case err != nil:
			return nil, nil, err
		case manifest.Digest(data) != old.sha256:
			row := made.Issued[slices.IndexFunc(made.Issued, func(row Issued) bool { return row.Version == version })]
			return nil, &diag.Diagnostic{
				Code: codeUnknown, Severity: diag.Warning, Span: row.Span, Hint: "move the file that is not version " + version,
				Message: fmt.Sprintf("version %s was %s, and %q and %q differ; they were left as they are", version, verb(row), o.Name, name),
			}, nil
		}
	}
	return kept, nil, nil
}

// versionOf is the version of the files that are there.
func (b *batch) versionOf(entries []manifest.Entry, issued []Issued, there map[string]found) (string, bool) {
	for _, e := range entries {
		if same(shown(e), there) {
			return e.Version, true
		}
	}
	for _, row := range issued {
		for _, f := range there {
			if row.SHA256 != "" && f.sha256 == row.SHA256 {
				return row.Version, true
			}
		}
	}
	return "", false
}

// left says why a document that was sent or signed is not written. It is nil when
// it may be: nothing is there, and the record says that these are the bytes.
func left(rows []Issued, outputs []manifest.Output, there map[string]found) *diag.Diagnostic {
	last := rows[len(rows)-1]
	d := &diag.Diagnostic{Code: codeIssued, Severity: diag.Warning, Span: last.Span}
	was := fmt.Sprintf("version %s was %s on %s", last.Version, verb(last), last.Date)
	is := func(row Issued) bool {
		return slices.ContainsFunc(outputs, func(o manifest.Output) bool { return o.SHA256 == row.SHA256 })
	}
	stated := slices.ContainsFunc(rows, func(row Issued) bool { return row.SHA256 != "" })
	now := outputs[len(outputs)-1]
	if len(there) == 0 {
		if stated && !slices.ContainsFunc(rows, func(row Issued) bool { return row.SHA256 != "" && !is(row) }) {
			return nil
		}
		d.Code, d.Hint = codeLost, "put the files that were "+verb(last)+" into the output folder"
		d.Message = fmt.Sprintf("%s, and its files are not in the output folder; %q would now be another (sha256 %s), and was not made", was, now.Name, now.SHA256)
		if !stated {
			d.Message = fmt.Sprintf("%s, and its files are not in the output folder; the record does not state the sha256 of what was %s, so that nobody could tell whether %q is the same", was, verb(last), now.Name)
		}
		return d
	}
	d.Hint = "read the differences by \"concordat plan\"; a change needs a new version of the agreement"
	i := slices.IndexFunc(outputs, func(o manifest.Output) bool { return there[o.Name].sha256 != o.SHA256 })
	o := outputs[i]
	d.Message = fmt.Sprintf("%s; %q (sha256 %s) would now be another (sha256 %s), and was left as it is", was, o.Name, there[o.Name].sha256, o.SHA256)
	if there[o.Name].sha256 == "" {
		d.Message = fmt.Sprintf("%s; %q is missing beside its other files, and nothing was changed", was, o.Name)
	}
	intact := func(row Issued) bool {
		for _, f := range there {
			if f.sha256 == row.SHA256 {
				return true
			}
		}
		return false
	}
	for _, row := range rows {
		if row.SHA256 != "" && !intact(row) {
			d.Notes = append(d.Notes, diag.Note{Span: row.Span, Message: fmt.Sprintf("what was %s on %s has the sha256 %s, which no file here has", verb(row), row.Date, row.SHA256)})
		}
	}
	return d
}

func verb(row Issued) string {
	if row.Signed {
		return "signed"
	}
	return "sent"
}

// files writes the files.
func (m *Made) files() ([]manifest.File, error) {
	written, err := m.Write()
	if err != nil {
		return nil, err
	}
	all := make([]manifest.File, len(written))
	for i, f := range written {
		all[i] = manifest.NewFile(f.Name, f.Data)
	}
	return all, nil
}

func outputsOf(files []manifest.File) []manifest.Output {
	all := make([]manifest.Output, len(files))
	for i, f := range files {
		all[i] = f.Output
	}
	return all
}

// read reads a file of the output folder.
func read(folder outdir.Folder, name string) ([]byte, error) {
	f, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	return data, errors.Join(err, f.Close())
}
