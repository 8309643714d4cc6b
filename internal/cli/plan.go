package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/spf13/cobra"

	"concordat/internal/diag"
	"concordat/internal/fleet"
	"concordat/internal/manifest"
	"concordat/internal/outdir"
	"concordat/internal/plan"
)

// planFormats are the words of --format of plan.
var planFormats = map[string]func(*plan.Report, io.Writer) error{
	"text": (*plan.Report).Text, "json": (*plan.Report).JSON, "markdown": (*plan.Report).Markdown,
}

func (p *program) planCommand() *cobra.Command {
	var flags fleetFlags
	var format string
	cmd := &cobra.Command{
		Use:   "plan FOLDER",
		Short: "Say what batch would change, why, and who must sign again",
		Long: `Say what "concordat batch" would change: which clauses, values, tables and sums of
which customer, in words or only in form, whether counsel calls it material, and
what follows, since the record of each agreement says what was sent and signed:

  none                  what is there stays
  regenerate            nobody outside has the document; batch makes it anew
  notify                tell the customer; what was signed stays in force
  approve               the customer has the document before it, and must approve
                        the changed one
  amend and sign again  a signed document would say something else

Words of which counsel has said nothing count as material. Nothing is written.`,
		Example: `  concordat plan customers/ -o out
  concordat plan customers/ -o out --format markdown > for-counsel.md
  concordat plan customers/ -o out --format json | jq .causes`,
		Args: oneNeededFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			write, ok := planFormats[format]
			if !ok {
				return &usageError{fmt.Errorf("expected text, json or markdown in --format, found %q", format)}
			}
			return p.plan(cmd.Context(), args[0], flags, write)
		},
	}
	flags.add(p, cmd)
	cmd.Flags().StringVar(&format, "format", "text", "how to say it: text, json, or markdown: a page for a lawyer")
	return cmd
}

func (p *program) plan(ctx context.Context, dir string, flags fleetFlags, write func(*plan.Report, io.Writer) error) error {
	r, err := p.newRun(dir, flags)
	if err != nil {
		return err
	}
	p.report(r.left)
	folder, end, err := openToRead(r.output)
	if err != nil {
		return &worldError{err}
	}
	defer end()
	m, findings, err := manifest.Read(folder)
	if err != nil {
		return &worldError{fmt.Errorf("%s: %w", r.output, err)}
	}
	for _, line := range findings {
		fmt.Fprintf(p.streams.Err, "concordat: %s: %s\n", r.output, line)
	}
	var report plan.Report
	p.report(r.problems)
	for _, d := range r.problems {
		report.AddFailed(d.Span.File.Name(), 1)
	}
	defer easeCollection(len(r.agreements))()
	bar := p.startProgress(len(r.agreements))
	err = fleet.Plan(ctx, r.agreements, r.pipeline, folder, m, r.jobs, func(planned fleet.Planned) error {
		bar.step()
		p.addPlanned(&report, planned)
		return nil
	})
	bar.end()
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		return &worldError{fmt.Errorf("%s: %w", r.output, err)}
	}
	if err := write(&report, p.streams.Out); err != nil {
		return &worldError{err}
	}
	return nil
}

// addPlanned adds one agreement to a report, and says what is wrong with it.
func (p *program) addPlanned(report *plan.Report, planned fleet.Planned) {
	if planned.Err != nil {
		p.fail(planned.Err)
		report.AddFailed(planned.Path, 1)
		return
	}
	if planned.Change == nil {
		p.report(planned.Diagnostics)
		n := 0
		for _, d := range planned.Diagnostics {
			if d.Severity == diag.Error {
				n++
			}
		}
		report.AddFailed(planned.Path, n)
		return
	}
	if planned.Left != nil {
		p.report(diag.List{*planned.Left})
	}
	report.Add(*planned.Change)
}

// openToRead opens the output folder, which may be missing.
func openToRead(dir string) (outdir.Folder, func() error, error) {
	folder, err := outdir.OpenExisting(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return outdir.Missing{}, func() error { return nil }, nil
	case err != nil:
		return nil, nil, err
	}
	return folder, folder.Close, nil
}
