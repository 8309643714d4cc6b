package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/lint"
	"concordat/internal/outdir"
	"concordat/internal/prose"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

// lintOptions are what the flags of lint say.
type lintOptions struct {
	day          calendar.Date
	failOn       diag.Severity
	format       diag.Format
	combinations bool
	approve      string // id of a clause or term; empty when nothing is approved
	by           string
}

func (p *program) lintCommand() *cobra.Command {
	var flags examineFlags
	var on string
	var options lintOptions
	cmd := &cobra.Command{
		Use:   "lint [FOLDER...]",
		Short: "Examine a clause library",
		Long: `Examine a clause library for the person who writes it: terms, references, numbers
typed by hand, what drafts leave behind, values and parameters, duties of each
side, style, sources and dates; then the documents of every combination of facts
that conditions ask for.

Each folder is a library that extends those before it and the built-in one, or a
whole library if its library.yaml says "extends: none". Without a folder the
library of the workspace is examined, or else the built-in one.

--approve writes into the file of one clause or term that somebody approves its
words as they stand, with the day and the SHA-256 of the file. The file must be
one of the last folder, and without errors.`,
		Example: `  concordat lint
  concordat lint --fail-on warning own/
  concordat lint --approve bkp-01 --by "Ada Nobody, Esq." own/`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			var err error
			if options.day, options.failOn, options.format, err = p.examination(flags); err != nil {
				return err
			}
			if options.approve == "" {
				if options.by != "" || on != "" {
					return &usageError{errors.New("--by and --on go with --approve")}
				}
				return p.lint(args, options)
			}
			day, err := p.parseDay("--on", on)
			if err != nil {
				return err
			}
			return p.approve(args, options, day)
		},
	}
	flags.add(cmd, "the law described is compared")
	cmd.Flags().BoolVar(&options.combinations, "combinations", true, "try the documents of every combination of facts")
	cmd.Flags().StringVar(&options.approve, "approve", "", "id of the clause or term whose words are approved as they stand")
	cmd.Flags().StringVar(&options.by, "by", "", "with --approve: who approves")
	cmd.Flags().StringVar(&on, "on", "", "with --approve: on which day, such as 2027-01-31 (default: today)")
	p.excerptsFlag(cmd)
	return cmd
}

// examined is a library and what was found in it.
type examined struct {
	name    string // of the topmost folder
	library *clause.Library
	list    diag.List
	summary string
}

// lint examines the library of folders and reports.
func (p *program) lint(folders []string, options lintOptions) error {
	x, err := p.examine(folders, options)
	if err != nil {
		return err
	}
	if x.list.HasErrors() || options.failOn == diag.Warning && len(x.list) > 0 {
		p.status = exitDiagnostics
	}
	if options.format == diag.TextFormat {
		p.report(x.list)
		_, err = fmt.Fprintf(p.streams.Err, "%s: %s\n", x.name, x.summary)
		if err != nil {
			return &worldError{err}
		}
		return nil
	}
	file := diag.FileReport{File: x.name, Diagnostics: x.list}
	if x.library != nil {
		file.ID = x.library.Layers[len(x.library.Layers)-1].ID
	}
	report := diag.Report{Version: version(), Files: []diag.FileReport{file}, Excerpts: !p.noExcerpts}
	report.Rules = ruleInfos(report.Files)
	if err := report.Write(p.streams.Out, options.format); err != nil {
		return &worldError{err}
	}
	return nil
}

// examine loads and examines the library of folders.
func (p *program) examine(folders []string, options lintOptions) (examined, error) {
	libraries, under, list, err := p.lintLibraries(folders)
	if err != nil {
		return examined{}, err
	}
	layers := layersOf(under, libraries)
	x := examined{name: strings.TrimSuffix(layers[len(layers)-1].Prefix, "/")}
	if list.HasErrors() {
		x.list = list.Sorted()
		x.summary = tallied(x.list)
		return x, nil
	}
	library, problems, err := clause.Load(layers...)
	if err != nil {
		return examined{}, &worldError{err}
	}
	list = append(list, problems...)
	var layouts []*clause.Layout
	if !list.HasErrors() {
		if layouts, problems, err = layoutsOf(library, under.layouts); err != nil {
			return examined{}, &worldError{err}
		}
		list = append(list, problems...)
	}
	if list.HasErrors() {
		x.list = list.Sorted()
		x.summary = tallied(x.list) + "; the rest is examined when there are none"
		return x, nil
	}
	frameworks, err := builtInFrameworks()
	if err != nil {
		return examined{}, err
	}
	result, problems := lint.Examine(lint.Subject{Library: library, Layouts: layouts, Frameworks: frameworks, Day: options.day})
	list = append(list, problems...)
	tried := ""
	switch {
	case options.combinations && list.HasErrors():
		tried = "; combinations are tried when there are no errors"
	case options.combinations:
		report, problems := lint.Combinations(library, layouts)
		list = append(list, problems...)
		tried = "; " + report.String()
	}
	x.library, x.list = library, list.Sorted()
	x.summary = fmt.Sprintf("%s, %s, %s: %s, %d suppressed",
		count(result.Clauses, "clause"), count(result.Terms, "term"), count(result.Layouts, "layout"), tallied(x.list), result.Suppressed)
	if len(result.Promises) > 0 {
		x.summary += fmt.Sprintf("; duties: Provider %d, Customer %d; remedies: Provider %d, Customer %d",
			prose.Count(result.Promises, prose.Provider, prose.Duty), prose.Count(result.Promises, prose.Customer, prose.Duty),
			prose.Count(result.Promises, prose.Provider, prose.Remedy), prose.Count(result.Promises, prose.Customer, prose.Remedy))
	}
	x.summary += tried
	return x, nil
}

// lintLibraries are the libraries of folders or, without one, of the workspace in
// which the current folder lies, and what is below them: where the last of them, or
// the current folder, lies in a workspace with a lock, the words of the lock.
func (p *program) lintLibraries(folders []string) ([]workspace.Library, base, diag.List, error) {
	libraries, err := librariesIn(folders)
	if err != nil {
		return nil, base{}, nil, err
	}
	dir := "."
	if len(folders) > 0 {
		dir = folders[len(folders)-1]
	}
	settings, list, err := p.reader.Settings(dir)
	if err != nil {
		return nil, base{}, nil, &worldError{err}
	}
	if len(folders) == 0 {
		libraries = settings.Libraries
	} else { // what else is wrong with the workspace is nothing to a library in it
		list = slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool {
			return filepath.Base(d.Span.File.Name()) != workspace.LockName
		})
	}
	under, problems := p.baseOf(settings)
	if problems.HasErrors() {
		under = builtIn
	}
	return libraries, under, append(list[:len(list):len(list)], problems...), nil
}

// tallied counts errors and warnings.
func tallied(list diag.List) string {
	wrong := 0
	for _, d := range list {
		if d.Severity == diag.Error {
			wrong++
		}
	}
	return count(wrong, "error") + ", " + count(len(list)-wrong, "warning")
}

// layoutFolder is a folder of layouts.
type layoutFolder struct {
	fs     fs.FS
	prefix string
}

// layoutsOf are the layouts of a library and those of a folder below it that it does
// not replace: that of the whole agreement first. With an error there are none.
func layoutsOf(library *clause.Library, below layoutFolder) ([]*clause.Layout, diag.List, error) {
	ids, err := clause.Layouts(below.fs)
	if err != nil {
		return nil, nil, err
	}
	all := slices.Clone(library.Layouts)
	var list diag.List
	for _, id := range ids {
		if _, replaced := library.Layout(id); replaced {
			continue
		}
		layout, problems, err := clause.LoadLayout(below.fs, below.prefix, id+".md")
		if err != nil {
			return nil, nil, err
		}
		list, all = append(list, problems...), append(all, layout)
	}
	if list.HasErrors() {
		return nil, list, nil
	}
	main := slices.IndexFunc(all, func(l *clause.Layout) bool { return l.ID == mainLayout })
	all[0], all[main] = all[main], all[0]
	return all, list, nil
}

// approve writes an approval into the file of a clause or term.
func (p *program) approve(folders []string, options lintOptions, day calendar.Date) error {
	switch {
	case len(folders) == 0:
		return &usageError{errors.New("expected the folder whose file is approved, found none: the built-in clauses are approved by taking them over")}
	case options.by == "":
		return &usageError{errors.New("expected who approves in --by, found nothing")}
	case strings.ContainsAny(options.by, "\"\\\n\r\t") || len(source.Faults(options.by, false)) > 0:
		return &usageError{fmt.Errorf("expected a name without quotation marks in --by, found %q", options.by)}
	}
	options.combinations = false
	x, err := p.examine(folders, options)
	if err != nil {
		return err
	}
	if x.library == nil {
		p.report(x.list)
		return nil
	}
	text, ok := fileOf(x.library, options.approve, len(x.library.Layers)-1)
	if !ok {
		return &usageError{fmt.Errorf("expected the id of a clause or term in %s, found %q", x.name, options.approve)}
	}
	own := slices.DeleteFunc(slices.Clone(x.list), func(d diag.Diagnostic) bool { return d.Span.File != text.File })
	if p.report(own); own.HasErrors() {
		_, err := fmt.Fprintf(p.streams.Err, "%s: not approved, and not changed\n", text.File.Name())
		if err != nil {
			return &worldError{err}
		}
		return nil
	}
	folder := folders[len(folders)-1]
	name := path.Base(text.File.Name())
	if path.Base(path.Dir(text.File.Name())) == "terms" {
		folder = filepath.Join(folder, "terms")
	}
	if err := outdir.Publish(folder, []outdir.File{{Name: name, Data: text.WithApproval(options.by, day)}}); err != nil {
		return &worldError{err}
	}
	return p.print("%s: approved by %s on %s, sha256 %s\n", text.File.Name(), options.by, day, text.Digest())
}

// fileOf is the file of a clause or term of one layer.
func fileOf(library *clause.Library, id string, layer int) (clause.Text, bool) {
	if c, ok := library.Clause(id); ok && c.Layer == layer {
		return c.Text, true
	}
	if t, ok := library.Term(id); ok && t.Layer == layer {
		return t.Text, true
	}
	return clause.Text{}, false
}
