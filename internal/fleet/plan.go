package fleet

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"concordat/internal/diag"
	"concordat/internal/generate"
	"concordat/internal/manifest"
	"concordat/internal/outdir"
	"concordat/internal/plan"
	"concordat/internal/provenance"
)

// Planned is what Batch would do about one agreement.
type Planned struct {
	Agreement
	Change      *plan.Change     // nil where there are errors
	Left        *diag.Diagnostic // why a document that was sent is left, where nobody knows what it said
	Diagnostics diag.List        // of the agreement
	Err         error            // as in Result
}

// Plan says what Batch would change, in the order of the agreements, and writes
// nothing. The error is one of the output folder, of report, or that ctx has ended.
func Plan(ctx context.Context, agreements []Agreement, p Pipeline, folder outdir.Folder, m *manifest.Manifest, workers int, report func(Planned) error) error {
	b := &batch{pipeline: p, folder: folder, manifest: m}
	work, stop := context.WithCancel(ctx)
	defer stop()
	type item struct {
		index   int
		planned Planned
		err     error
	}
	ordered := inOrder[Planned]{report: report, waiting: map[int]Planned{}}
	var failed error
	for i := range each(work, workers, agreements, func(index int, a Agreement) item {
		i := item{index: index, planned: Planned{Agreement: a}}
		err := generate.Guard(a.Path, func() error {
			i.err = b.plan(a, &i.planned)
			return nil
		})
		if err != nil {
			i.planned.Change, i.planned.Err = nil, err
		}
		return i
	}) {
		if failed == nil {
			failed = i.err
		}
		if failed == nil {
			failed = ordered.add(i.index, i.planned)
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

// plan says what would change for one agreement. The error is one of the output
// folder.
func (b *batch) plan(a Agreement, planned *Planned) error {
	x, err := b.examine(a)
	if err != nil {
		return err
	}
	planned.Diagnostics, planned.Err = x.list, x.err
	made := x.made
	switch {
	case x.same:
		planned.Change = &plan.Change{ID: a.Output, Agreement: a.Name, Version: x.version}
		return nil
	case made == nil:
		return nil
	}
	old, err := b.statement(x.entries)
	if err != nil {
		return err
	}
	now := made.Statement
	if old == nil {
		there, err := b.anyThere(made.Files)
		if err != nil {
			return err
		}
		if there || made.State != plan.Unsent {
			return b.planUnknown(made, planned)
		}
	}
	if old != nil && old.Inputs.Build != now.Inputs.Build {
		// Another build can draw the same document otherwise; only drawing it tells.
		files, err := made.files()
		if err != nil {
			planned.Err = err
			return nil
		}
		for _, o := range outputsOf(files) {
			now.Outputs = append(now.Outputs, provenance.Output(o))
		}
	}
	change := plan.Compare(old, &now, made.State)
	planned.Change = &change
	return nil
}

// anyThere reports whether something stands at one of some names.
func (b *batch) anyThere(names []string) (bool, error) {
	for _, name := range names {
		switch _, err := b.folder.Lstat(name); {
		case err == nil:
			return true, nil
		case !errors.Is(err, fs.ErrNotExist):
			return false, err
		}
	}
	return false, nil
}

// planUnknown plans a document of which nobody knows here what it said, and which was
// sent or signed, or of which files are there. What was sent stands.
func (b *batch) planUnknown(made *Made, planned *Planned) error {
	files, err := made.files()
	if err != nil {
		planned.Err = err
		return nil
	}
	outputs := outputsOf(files)
	there, err := b.there(outputs)
	switch {
	case errors.Is(err, outdir.ErrInTheWay):
		planned.Err = fmt.Errorf("%s: the output folder: %w", planned.Path, err)
		return nil
	case err != nil:
		return err
	}
	change := plan.Compare(nil, &made.Statement, made.State)
	stays := same(outputs, there)
	switch {
	case stays:
	case made.State == plan.Unsent:
		change = plan.Replace(&made.Statement)
	default:
		planned.Left = left(made.rows(), outputs, there)
		stays = planned.Left != nil
	}
	if stays {
		change.New, change.Causes, change.Action = false, nil, plan.None
	}
	planned.Change = &change
	return nil
}

// statement is that of the document which is in the output folder. It is nil when
// there is none, or another than was written.
func (b *batch) statement(entries []manifest.Entry) (*provenance.Statement, error) {
	for _, e := range entries {
		written := e.Outputs[len(e.Outputs)-1]
		e.Outputs = shown(e)
		switch same, err := b.manifest.Matches(e); {
		case err != nil:
			return nil, err
		case !same:
			continue
		}
		text, err := read(b.folder, manifest.DocumentName(e.ID))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, fmt.Errorf("read what a document was made of: %w", err)
		}
		if manifest.Digest(text) != written.SHA256 {
			continue
		}
		if s, err := provenance.Decode(text); err == nil {
			return s, nil
		}
	}
	return nil, nil
}
