package cli

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"concordat/internal/diag"
	"concordat/internal/generate"
	"concordat/internal/outdir"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

// formats are the words of --format, in the order in which files are named.
var formats = []struct {
	word   string
	format generate.Format
}{
	{"md", generate.Markdown},
	{"pdf", generate.PDF},
}

func (p *program) generateCommand() *cobra.Command {
	var dir, format, layout, asOf string
	var final bool
	cmd := &cobra.Command{
		Use:   "generate FILE...",
		Short: "Write the documents of agreements, as Markdown and PDF",
		Long: `Write the document of each agreement file, as Markdown and PDF, named by the
agreement's id. A file with an error is reported and nothing is written for it.
The names of the files written go to standard output.

Another layout than that of the whole agreement gives a page or form that
accompanies it, such as owners-page or risk-acceptance. The names of its files
end with the layout's.

Documents are drafts and say so. --final makes those that are to be signed on the
day of --as-of: what must be settled before then is an error, and so are clauses
that no lawyer has approved, unless the agreement says who accepts them.`,
		Example: `  concordat generate -o out examples/accounting-firm.yaml
  concordat generate --layout owners-page -o out examples/accounting-firm.yaml
  concordat generate --final --as-of 2026-12-15 customers/lodz.yaml`,
		Args: needFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			wanted, err := parseFormats(format)
			if err != nil {
				return err
			}
			with, err := p.parseFinal(final, asOf)
			if err != nil {
				return err
			}
			if err := p.openLibraries(); err != nil {
				return err
			}
			if dir != "" {
				if err := p.sweep(dir); err != nil {
					return err
				}
			}
			seen := map[string]*source.File{}
			return each(cmd.Context(), args, func(name string) error {
				return p.generate(name, dir, layout, wanted, with, seen)
			})
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "folder to write to; made when missing (default: the workspace's, else this one)")
	cmd.Flags().StringVar(&format, "format", "md,pdf", "formats to write: md, pdf")
	cmd.Flags().StringVar(&layout, "layout", "", "layout of the documents (default: the workspace's, else "+mainLayout+")")
	cmd.Flags().BoolVar(&final, "final", false, "make documents for signature: no drafts, and only with words that are approved")
	cmd.Flags().StringVar(&asOf, "as-of", "", "with --final: day of signing, such as 2026-12-15")
	p.libraryFlag(cmd)
	p.excerptsFlag(cmd)
	return cmd
}

// parseFinal reads --final and --as-of.
func (p *program) parseFinal(final bool, asOf string) (with compared, err error) {
	switch {
	case final && asOf == "":
		return with, &usageError{errors.New("expected the day of signing in --as-of, found --final without it")}
	case !final && asOf != "":
		return with, &usageError{errors.New("--as-of goes with --final")}
	case final:
		with.final = true
		with.day, err = p.parseDay("--as-of", asOf)
	}
	return with, err
}

// unknownLayout says which layouts there are, if id is none of them.
func unknownLayout(g *generate.Generator, id string) (string, error) {
	known, err := g.Layouts()
	if err != nil || slices.Contains(known, id) {
		return "", err
	}
	message := fmt.Sprintf("expected a layout, one of %s, found %q", strings.Join(known, ", "), id)
	if near := diag.Nearest(id, known); near != "" {
		message += fmt.Sprintf("; did you mean %q?", near)
	}
	return message, nil
}

func parseFormats(list string) ([]generate.Format, error) {
	var wanted []generate.Format
	asked := map[string]bool{}
	for _, word := range strings.Split(list, ",") {
		asked[word] = true
	}
	for _, f := range formats {
		if asked[f.word] {
			wanted = append(wanted, f.format)
			delete(asked, f.word)
		}
	}
	if len(asked) > 0 {
		return nil, &usageError{fmt.Errorf("expected md, pdf or both in --format, found %q", list)}
	}
	return wanted, nil
}

// sweep removes what earlier runs left unfinished in a folder, once.
func (p *program) sweep(dir string) error {
	if p.swept[dir] {
		return nil
	}
	p.swept[dir] = true
	if _, err := outdir.Sweep(dir, p.now().Add(-time.Hour)); err != nil {
		return &worldError{err}
	}
	return nil
}

// generate makes and publishes the documents of one agreement file, in dir and
// with a layout or, where these are empty, with those that its workspace states.
// Drafts are not compared with a day. seen has the files of this run by what they
// write: two agreements of one id would write the same files.
func (p *program) generate(name, dir, layout string, formats []generate.Format, with compared, seen map[string]*source.File) error {
	o, list, err := p.open(name)
	if o == nil {
		p.report(list)
		return err
	}
	g, layout, problems, err := p.generatorFor(o.Resolved, layout)
	if list = append(list, problems...); err != nil || g == nil {
		p.report(list.Sorted())
		return err
	}
	if dir == "" {
		dir = cmp.Or(o.Settings.Output, ".")
		if err := p.sweep(dir); err != nil {
			return err
		}
	}
	list = append(list, p.printedWords(o.Settings, with.final)...)
	checked, problems, err := p.check(name, g, o, with)
	if list = append(list, problems...); err != nil || checked == nil {
		p.report(list.Sorted())
		return err
	}
	id := outputName(checked.Agreement.Info.ID, layout)
	target := filepath.Join(dir, id)
	if other := seen[target]; other != nil {
		list.Errorf(codeSameID, o.file.Span(0, 0), "give each agreement an id of its own",
			"the agreement id %q is also that of %s, and both would write the same files", checked.Agreement.Info.ID, other.Name())
	}
	list = list.Sorted()
	p.report(list)
	if list.HasErrors() {
		return nil
	}
	seen[target] = o.file
	files, err := write(g, checked, id, formats)
	if err != nil {
		return err
	}
	if err := outdir.Publish(dir, files); err != nil {
		return &worldError{err}
	}
	for _, f := range files {
		if err := p.print("%s\n", filepath.Join(dir, f.Name)); err != nil {
			return err
		}
	}
	return nil
}

// write makes the files of a document.
func write(g *generate.Generator, c *generate.Checked, name string, formats []generate.Format) ([]outdir.File, error) {
	outputs, err := g.Write(c, formats)
	if err != nil {
		return nil, err
	}
	files := make([]outdir.File, len(outputs))
	for i, output := range outputs {
		files[i] = outdir.File{Name: name + output.Format.Extension(), Data: output.Data}
	}
	return files, nil
}

func (p *program) excerptsFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&p.noExcerpts, "no-excerpts", false, "leave lines of the file out of messages")
}

// generatorFor is the generator for an agreement with a layout or, where that is
// empty, with the one that its workspace states, and the id of the layout. It is
// nil when there are errors, which are in the list.
func (p *program) generatorFor(r *workspace.Resolved, layout string) (*generate.Generator, string, diag.List, error) {
	asked, layout := layout != "", cmp.Or(layout, r.Settings.Layout, mainLayout)
	g, list, err := p.generatorOf(r)
	if err != nil || g == nil || layout == g.Layout() {
		return g, layout, list, err
	}
	message, err := unknownLayout(g, layout)
	switch {
	case err != nil:
		return nil, "", nil, err
	case message != "" && asked:
		return nil, "", nil, &usageError{errors.New(message)}
	case message != "":
		list = list[:len(list):len(list)]
		list.Errorf(codeLayout, r.Settings.LayoutSpan, "name a layout of concordat or of a library", "%s", message)
		return nil, "", list, nil
	}
	g, problems, err := p.withLayout(g, layout)
	return g, layout, append(list[:len(list):len(list)], problems...), err
}

// withLayout is g with a layout. It is nil when that has errors.
func (p *program) withLayout(g *generate.Generator, layout string) (*generate.Generator, diag.List, error) {
	key := laidOut{g, layout}
	made, known := p.layouts[key]
	if !known {
		var err error
		if made.generator, made.list, err = g.WithLayout(layout); err != nil {
			return nil, nil, &worldError{err}
		}
		p.layouts[key] = made
	}
	return made.generator, made.list, nil
}

// laidOut is a generator and the layout that another one takes from it.
type laidOut struct {
	*generate.Generator
	layout string
}
