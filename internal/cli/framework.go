package cli

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"concordat/internal/diag"
	"concordat/internal/framework"
	"concordat/internal/generate"
	"concordat/internal/outdir"
)

func (p *program) frameworkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "framework",
		Short: "List, show and import security frameworks",
		Long: `Security frameworks are what agreements take their controls from. Several come
with concordat; others are made of OSCAL catalogs by import, and named in the
workspace file under "frameworks".`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.frameworkListCommand(), p.frameworkShowCommand(), p.frameworkImportCommand())
	return cmd
}

// needArgument demands one argument.
func needArgument(what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return &usageError{fmt.Errorf("expected %s, found %d", what, len(args))}
		}
		return noEmptyName(args)
	}
}

// builtInFrameworks are the frameworks that come with the program.
func builtInFrameworks() (*framework.Set, error) {
	set, err := framework.Load()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, generate.ErrDefect)
	}
	return set, nil
}

func (p *program) frameworkListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the frameworks that come with concordat",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			set, err := builtInFrameworks()
			if err != nil {
				return err
			}
			return p.table(func(row func(cells ...string)) {
				row("ID", "VERSION", "ITEMS", "TITLE", "LICENCE")
				for _, id := range set.IDs() {
					f, _ := set.Find(id)
					row(f.ID, f.Version, strconv.Itoa(len(f.Items)), f.Title, f.Licence)
				}
			})
		},
	}
}

// table prints rows in columns.
func (p *program) table(fill func(row func(cells ...string))) error {
	w := tabwriter.NewWriter(p.streams.Out, 0, 0, 2, ' ', 0)
	fill(func(cells ...string) {
		// What cannot be written is known when the table is flushed.
		_, _ = fmt.Fprintln(w, strings.Join(cells, "\t"))
	})
	if err := w.Flush(); err != nil {
		return &worldError{err}
	}
	return nil
}

func (p *program) frameworkShowCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show ID|FILE",
		Short: "Show a framework and its items",
		Long: `Show a framework that comes with concordat, by its id, or one in a file that
"framework import" wrote.`,
		Example: "  concordat framework show nist-csf-2.0",
		Args:    needArgument("the id or file of one framework"),
		RunE:    func(_ *cobra.Command, args []string) error { return p.showFramework(args[0]) },
	}
	p.excerptsFlag(cmd)
	return cmd
}

func (p *program) showFramework(name string) error {
	set, err := builtInFrameworks()
	if err != nil {
		return err
	}
	if f, ok := set.Find(name); ok {
		return p.printFramework(f)
	}
	if filepath.Ext(name) != ".yaml" {
		hint := `run "concordat framework list" for those there are`
		if near := diag.Nearest(name, set.IDs()); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return &usageError{fmt.Errorf("unknown framework %q; %s", name, hint)}
	}
	file, list, err := read(name)
	if file == nil {
		p.report(list)
		return err
	}
	f, list := framework.Read(file)
	p.report(list)
	if f == nil {
		return nil
	}
	return p.printFramework(f)
}

// printFramework prints what a framework is and a table of its items, with the
// columns that it has.
func (p *program) printFramework(f *framework.Framework) error {
	err := p.table(func(row func(cells ...string)) {
		field := func(name, value string) {
			if value != "" {
				row(name+":", value)
			}
		}
		field("id", f.ID)
		field("title", f.Title)
		field("version", f.Version)
		if !f.Published.IsZero() {
			field("published", f.Published.String())
		}
		if !f.AsOf.IsZero() {
			field("as of", f.AsOf.String())
		}
		field("origin", f.Origin)
		field("licence", f.Licence)
		field("note", f.Note)
		if s := f.Scoring; s != nil {
			field("score", fmt.Sprintf("%d to %d; conditional from %d", s.Lowest, s.Highest, s.Conditional))
		}
		field("items", strconv.Itoa(len(f.Items)))
	})
	if err != nil {
		return err
	}
	err = p.table(func(row func(cells ...string)) {
		row("")
		row("GROUP", "IN", "ITEMS", "TITLE")
		for _, function := range f.Functions {
			row(function.ID, "-", strconv.Itoa(len(f.Within(function.ID))), function.Title)
			for _, category := range f.Categories {
				if category.Function == function.ID {
					row(category.ID, function.ID, strconv.Itoa(len(f.Within(category.ID))), category.Title)
				}
			}
		}
	})
	if err != nil {
		return err
	}
	return p.table(func(row func(cells ...string)) {
		row("")
		columns := itemColumns(f)
		var head []string
		for _, c := range columns {
			head = append(head, c.head)
		}
		row(head...)
		for _, item := range f.Items {
			var cells []string
			for _, c := range columns {
				cell := c.cell(item)
				if cell == "" && c.head != "TITLE" {
					cell = "-"
				}
				cells = append(cells, cell)
			}
			row(cells...)
		}
	})
}

// itemColumn is a column of the table of items.
type itemColumn struct {
	head string
	cell func(framework.Item) string
}

// itemColumns are the columns in which at least one item has something.
func itemColumns(f *framework.Framework) []itemColumn {
	all := []itemColumn{
		{"ID", func(x framework.Item) string { return x.ID }},
		{"IN", func(x framework.Item) string {
			if x.Category != "" {
				return x.Category
			}
			return x.Function
		}},
		{"KIND", func(x framework.Item) string { return string(x.Kind) }},
		{"WEIGHT", func(x framework.Item) string {
			switch {
			case x.Weight == 0:
				return ""
			case x.PartialWeight > 0:
				return fmt.Sprintf("%d or %d", x.Weight, x.PartialWeight)
			default:
				return strconv.Itoa(x.Weight)
			}
		}},
		{"MAY WAIT", func(x framework.Item) string { return string(x.PlanOfAction) }},
		{"TITLE", func(x framework.Item) string { return x.Title }},
	}
	var columns []itemColumn
	for _, c := range all {
		for _, item := range f.Items {
			if c.cell(item) != "" {
				columns = append(columns, c)
				break
			}
		}
	}
	return columns
}

func (p *program) frameworkImportCommand() *cobra.Command {
	var output, id string
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Make a framework file of an OSCAL catalog",
		Long: `Make a framework file of an OSCAL catalog in JSON, or of a profile that was
resolved into one. The file has the ids and titles of the catalog, without its
prose; withdrawn controls are left out. Name it in the workspace file under
"frameworks", and its id in an agreement's baseline.`,
		Example: "  concordat framework import -o frameworks/low.yaml NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog.json",
		Args:    needArgument("one OSCAL file"),
		RunE:    func(_ *cobra.Command, args []string) error { return p.importFramework(args[0], output, id) },
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "file to write (default: the framework's id with .yaml)")
	cmd.Flags().StringVar(&id, "id", "", "id of the framework (default: made of its title and version)")
	p.excerptsFlag(cmd)
	return cmd
}

func (p *program) importFramework(name, output, id string) error {
	if output != "" && filepath.Ext(output) != ".yaml" {
		return &usageError{fmt.Errorf("expected a file that ends in .yaml in --output, found %q", output)}
	}
	set, err := builtInFrameworks()
	if err != nil {
		return err
	}
	file, list, err := readFile(name, framework.MaxOSCAL, codeTooLarge, "import a profile that was resolved into a smaller catalog")
	if file == nil {
		p.report(list)
		return err
	}
	imported, list := framework.Import(file, id, set)
	p.report(list)
	if imported == nil {
		return nil
	}
	f := imported.Framework
	if output == "" {
		output = f.ID + ".yaml"
	}
	out := outdir.File{Name: filepath.Base(output), Data: imported.Text}
	if err := outdir.Publish(filepath.Dir(output), []outdir.File{out}); err != nil {
		return &worldError{err}
	}
	line := fmt.Sprintf("%s: %s, %d items", output, f.ID, len(f.Items))
	if imported.Withdrawn > 0 {
		line += fmt.Sprintf(", %d withdrawn left out", imported.Withdrawn)
	}
	return p.print("%s\n", line)
}
