package cli

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"concordat/internal/diag"
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
	if p.isRecord(name) {
		return nil
	}
	file, err := p.read(name)
	if err != nil || file == nil {
		return err
	}
	resolved, list, err := p.resolve(file)
	if err != nil || resolved == nil {
		return err
	}
	if g = p.generatorOf(g, resolved.Settings); g == nil {
		return nil
	}
	if dir == "" {
		dir = cmp.Or(resolved.Settings.Output, ".")
		if err := p.sweep(dir); err != nil {
			return err
		}
	}
	meta, outputs, problems, err := g.GenerateTree(resolved.Tree, formats)
	if err != nil {
		return err
	}
	list = append(list, problems...).Sorted()
	target := filepath.Join(dir, meta.ID)
	if other := seen[target]; meta.ID != "" && other != nil {
		list.Errorf("cli-same-id", file.Span(0, 0), "give each agreement an id of its own",
			"the agreement id %q is also that of %s, and both would write the same files", meta.ID, other.Name())
	}
	p.report(list)
	if list.HasErrors() {
		return nil
	}
	seen[target] = file
	var files []outdir.File
	for _, o := range outputs {
		files = append(files, outdir.File{Name: meta.ID + o.Format.Extension(), Data: o.Data})
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

func (p *program) checkCommand() *cobra.Command {
	var asOf string
	cmd := &cobra.Command{
		Use:   "check FILE...",
		Short: "Examine agreements without writing anything",
		Long: `Examine each agreement file: its shape, each field, the rules between fields,
the clauses it selects, and whether every letter can be printed. Where its record
<id>.record.yaml stands beside it, the record is examined too, and with --as-of
compared with that day. Nothing is written.`,
		Example: "  concordat check examples/accounting-firm.yaml",
		Args:    needFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := parseDay(asOf)
			if err != nil {
				return err
			}
			g, err := p.newGenerator()
			if err != nil {
				return err
			}
			return each(cmd.Context(), args, func(name string) error {
				if p.isRecord(name) {
					return nil
				}
				file, err := p.read(name)
				if err != nil || file == nil {
					return err
				}
				resolved, list, err := p.resolve(file)
				if err != nil || resolved == nil {
					return err
				}
				g := p.generatorOf(g, resolved.Settings)
				if g == nil {
					return nil
				}
				document, problems := g.CheckTree(resolved.Tree)
				list = append(list, problems...)
				if !list.HasErrors() {
					kept, found, err := p.readRecord(name, document.Meta.ID)
					switch {
					case err != nil:
						return err
					case kept != nil:
						list = append(list, g.CheckRecord(resolved.Tree, kept, day)...)
					case found:
						p.report(list)
						return nil
					}
				}
				list = list.Sorted()
				p.report(list)
				return p.sayChecked(name, list)
			})
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "day with which records are compared, such as 2027-07-01")
	p.excerptsFlag(cmd)
	return cmd
}

// sayChecked prints one line for a file without errors.
func (p *program) sayChecked(name string, list diag.List) error {
	if list.HasErrors() {
		return nil
	}
	verdict := "no problems"
	if n := len(list); n == 1 {
		verdict = "1 warning"
	} else if n > 1 {
		verdict = fmt.Sprintf("%d warnings", n)
	}
	if _, err := fmt.Fprintf(p.streams.Out, "%s: %s\n", name, verdict); err != nil {
		return &worldError{err}
	}
	return nil
}

func (p *program) excerptsFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&p.noExcerpts, "no-excerpts", false, "leave lines of the file out of messages")
}
