package cli

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"concordat/internal/generate"
	"concordat/internal/outdir"
	"concordat/internal/source"
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
	var dir, format string
	cmd := &cobra.Command{
		Use:   "generate FILE...",
		Short: "Write the documents of agreements, as Markdown and PDF",
		Long: `Write the document of each agreement file, as Markdown and PDF, named by the
agreement's id. A file with an error is reported and nothing is written for it.
The names of the files written go to standard output.`,
		Example: "  concordat generate -o out examples/accounting-firm.yaml",
		Args:    needFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			wanted, err := parseFormats(format)
			if err != nil {
				return err
			}
			g, err := p.newGenerator()
			if err != nil {
				return err
			}
			if dir != "" {
				if err := p.sweep(dir); err != nil {
					return err
				}
			}
			seen := map[string]*source.File{}
			return each(cmd.Context(), args, func(name string) error {
				return p.generate(g, name, dir, wanted, seen)
			})
		},
	}
	cmd.Flags().StringVarP(&dir, "output", "o", "", "folder to write to; made when missing (default: the workspace's, else this one)")
	cmd.Flags().StringVar(&format, "format", "md,pdf", "formats to write: md, pdf")
	p.excerptsFlag(cmd)
	return cmd
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
	if _, err := outdir.Sweep(dir, time.Now().Add(-time.Hour)); err != nil {
		return &worldError{err}
	}
	return nil
}

// generate makes and publishes the documents of one agreement file, in dir or,
// where that is empty, in the folder that its workspace states. seen has the
// files of this run by what they write: two agreements of one id would write
// the same files.
func (p *program) generate(g *generate.Generator, name, dir string, formats []generate.Format, seen map[string]*source.File) error {
	o, list, err := p.open(name)
	if o == nil {
		p.report(list)
		return err
	}
	if dir == "" {
		dir = cmp.Or(o.Settings.Output, ".")
		if err := p.sweep(dir); err != nil {
			return err
		}
	}
	g, checked, problems := p.check(g, o)
	list = append(list, problems...)
	if checked == nil {
		p.report(list.Sorted())
		return nil
	}
	id := checked.Agreement.Info.ID
	target := filepath.Join(dir, id)
	if other := seen[target]; other != nil {
		list.Errorf("cli-same-id", o.file.Span(0, 0), "give each agreement an id of its own",
			"the agreement id %q is also that of %s, and both would write the same files", id, other.Name())
	}
	list = list.Sorted()
	p.report(list)
	if list.HasErrors() {
		return nil
	}
	seen[target] = o.file
	outputs, err := g.Write(checked, formats)
	if err != nil {
		return err
	}
	var files []outdir.File
	for _, output := range outputs {
		files = append(files, outdir.File{Name: id + output.Format.Extension(), Data: output.Data})
	}
	if err := outdir.Publish(dir, files); err != nil {
		return &worldError{err}
	}
	for _, f := range files {
		if _, err := fmt.Fprintln(p.streams.Out, filepath.Join(dir, f.Name)); err != nil {
			return &worldError{err}
		}
	}
	return nil
}

func (p *program) excerptsFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&p.noExcerpts, "no-excerpts", false, "leave lines of the file out of messages")
}
