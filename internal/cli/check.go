package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/record"
	"concordat/internal/summary"
)

// checkOptions are what the flags of check say.
type checkOptions struct {
	compared
	failOn  diag.Severity
	format  diag.Format
	summary string // one of summaries
}

// summaries are the words of --summary.
var summaries = []string{"none", "short", "full"}

func (p *program) checkCommand() *cobra.Command {
	var flags examineFlags
	var options checkOptions
	cmd := &cobra.Command{
		Use:   "check FILE|FOLDER...",
		Short: "Examine agreements without writing anything",
		Long: `Examine each agreement file, and each that a folder holds: its shape, each
field, the rules between fields, the clauses it selects, and whether every letter
can be printed. Its record <id>.record.yaml, where it stands beside it, is examined
too, and both are compared with the day. Nothing is written.

An agreement without errors is summed up: who owns what, which promises are
funded, what it costs, and which questions of CISA's checklist it answers.`,
		Example: `  concordat check examples/accounting-firm.yaml
  concordat check --as-of 2027-07-01 --fail-on warning customers/
  concordat check --format sarif customers/ > concordat.sarif`,
		Args: needFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if options.day, options.failOn, options.format, err = p.examination(flags); err != nil {
				return err
			}
			if options.summary != "" && !slices.Contains(summaries, options.summary) {
				return &usageError{fmt.Errorf("expected none, short or full in --summary, found %q", options.summary)}
			}
			return p.checkAll(cmd.Context(), args, options)
		},
	}
	flags.add(cmd, "agreements and records are compared")
	cmd.Flags().StringVar(&options.summary, "summary", "", "how much to say of an agreement without errors: none, short, full (default: short for one agreement, none for more)")
	cmd.Flags().BoolVar(&options.final, "final", false, "examine as for a document to be signed: what must be settled before then is an error")
	p.libraryFlag(cmd)
	p.excerptsFlag(cmd)
	return cmd
}

// checkAll examines the agreements that arguments name. As text each is
// reported at once; the other formats are one document, written at the end.
func (p *program) checkAll(ctx context.Context, args []string, options checkOptions) error {
	names, left, err := p.agreementFiles(args)
	if err != nil {
		return err
	}
	if err := p.openLibraries(); err != nil {
		return err
	}
	if options.summary == "" {
		options.summary = "none"
		if len(names) == 1 {
			options.summary = "short"
		}
	}
	text := options.format == diag.TextFormat
	report := diag.Report{Version: version(), Excerpts: !p.noExcerpts}
	var tally tally
	for _, d := range left {
		report.Files = append(report.Files, diag.FileReport{File: d.Span.File.Name(), Diagnostics: diag.List{d}})
	}
	if text {
		p.report(left)
	}
	err = each(ctx, names, func(name string) error {
		r, err := p.checkFile(name, options)
		if err != nil {
			return err
		}
		tally.add(r)
		if r.list.HasErrors() || options.failOn == diag.Warning && len(r.list) > 0 {
			p.status = exitDiagnostics
		}
		if text {
			p.report(r.list)
			return p.say(r, options)
		}
		file, err := r.fileReport()
		report.Files = append(report.Files, file)
		return err
	})
	switch {
	case err != nil:
		return err
	case options.failOn == diag.Warning && len(left)+len(p.aside) > 0:
		p.status = exitDiagnostics
	}
	for _, d := range p.aside {
		report.Files = append(report.Files, diag.FileReport{File: d.Span.File.Name(), Diagnostics: diag.List{d}})
	}
	if text {
		p.report(p.aside)
		if len(names) > 1 {
			return p.print("%s\n", tally)
		}
		return nil
	}
	report.Rules = ruleInfos(report.Files)
	if err := report.Write(p.streams.Out, options.format); err != nil {
		return &worldError{err}
	}
	return nil
}

// checkResult is what check found about one agreement.
type checkResult struct {
	name      string
	agreement *agreement.Agreement // nil when there is an error, or it is no agreement
	list      diag.List
	dropped   []string // clauses that a preset leaves out
}

// checkFile examines an agreement and its record.
func (p *program) checkFile(name string, options checkOptions) (checkResult, error) {
	o, list, err := p.open(name)
	if o == nil {
		return checkResult{name: name, list: list}, err
	}
	g, problems, err := p.generatorOf(o.Resolved)
	if list = append(list, problems...); err != nil || g == nil {
		return checkResult{name: name, list: list.Sorted()}, err
	}
	if p.compareLock(o.Settings, options.final); options.final {
		list = append(list[:len(list):len(list)], p.printedWords(o.Settings, true)...)
	}
	checked, problems, err := p.check(name, g, o, options.compared)
	list = append(list, problems...).Sorted()
	if err != nil || checked == nil || list.HasErrors() {
		return checkResult{name: name, list: list}, err
	}
	return checkResult{name, checked.Agreement, list, checked.Parts.Dropped}, nil
}

// checkRecord examines the record beside an agreement file, where there is one,
// and compares both with a day.
func (p *program) checkRecord(name string, a *agreement.Agreement, day calendar.Date) (diag.List, error) {
	r, exists, list, err := p.readRecord(name, a)
	if err != nil || exists && r == nil {
		return list, err
	}
	return append(list, record.Due(a, r, day)...), nil
}

// readRecord reads the record beside an agreement file. It is nil where there is
// none, and when the list has an error.
func (p *program) readRecord(name string, a *agreement.Agreement) (r *record.Record, exists bool, list diag.List, err error) {
	path := recordPath(name, a.Info.ID)
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil, nil
	}
	file, list, err := read(path)
	if file == nil {
		return nil, true, list, err
	}
	r, list = record.Load(file, a)
	return r, true, list, nil
}

// recordPath is where the record of the agreement with an id stands, beside its file.
func recordPath(name, id string) string {
	return filepath.Join(filepath.Dir(name), record.FileName(id))
}

// say prints the verdict on an agreement without errors, and its summary.
func (p *program) say(r checkResult, options checkOptions) error {
	if r.agreement == nil {
		return nil
	}
	verdict := "no problems"
	if len(r.list) > 0 {
		verdict = count(len(r.list), "warning")
	}
	if n := len(r.agreement.Suppressed()); n > 0 {
		verdict += ", " + count(n, "warning") + " suppressed"
	}
	if err := p.print("%s: %s\n", r.name, verdict); err != nil || options.summary == "none" {
		return err
	}
	if len(r.dropped) > 0 {
		if err := p.print("left out by the %s form: %s\n", r.agreement.Clauses.Preset, strings.Join(r.dropped, ", ")); err != nil {
			return err
		}
	}
	if err := summary.Of(r.agreement).Text(p.streams.Out, options.summary == "full"); err != nil {
		return &worldError{err}
	}
	return nil
}

// fileReport is the result for a report that is one document.
func (r checkResult) fileReport() (diag.FileReport, error) {
	file := diag.FileReport{File: r.name, Diagnostics: r.list}
	if r.agreement == nil {
		return file, nil
	}
	file.ID = r.agreement.Info.ID
	text, err := json.Marshal(summary.Of(r.agreement))
	if err != nil {
		return file, err
	}
	file.Summary = json.RawMessage(text)
	return file, nil
}

// tally counts agreements by what was found in them.
type tally struct{ clean, warned, wrong int }

func (t *tally) add(r checkResult) {
	switch {
	case r.list.HasErrors():
		t.wrong++
	case len(r.list) > 0:
		t.warned++
	default:
		t.clean++
	}
}

func (t tally) String() string {
	return fmt.Sprintf("%s: %d without problems, %d with warnings, %d with errors",
		count(t.clean+t.warned+t.wrong, "file"), t.clean, t.warned, t.wrong)
}

// count is a number of things.
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return strconv.Itoa(n) + " " + thing
}
