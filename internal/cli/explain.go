package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"concordat/internal/diag"
	"concordat/internal/explain"
)

func (p *program) explainCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "explain FILE CLAUSE",
		Short: "Say why a clause is part of an agreement, and what filled it",
		Long: `Say of one clause or term of an agreement whether it is part of the document and
why; which library, version and approval its words have; which facts it asks and
which way its text went; which values fill it, from which line; which terms and
parts it names, and which parts name it.

Errors of the agreement are reported first. With broken rules the explanation is
of the document as it would be; with other errors it says what the library says.`,
		Example: `  concordat explain examples/accounting-firm.yaml bkp-01
  concordat explain --format json examples/accounting-firm.yaml incident`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return &usageError{fmt.Errorf("expected an agreement file and the id of a clause or term, found %s", count(len(args), "argument"))}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := textOrJSON(format); err != nil {
				return err
			}
			return each(cmd.Context(), args[:1], func(name string) error { return p.explain(name, args[1], format) })
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "how to explain: text, json")
	p.libraryFlag(cmd)
	p.excerptsFlag(cmd)
	return cmd
}

// explain prints what is known of one clause or term of an agreement.
func (p *program) explain(name, id, format string) error {
	if err := p.openLibraries(); err != nil {
		return err
	}
	o, list, err := p.open(name)
	if o == nil {
		p.report(list)
		return err
	}
	g, problems, err := p.generatorOf(o.Resolved)
	list = append(list, problems...)
	if g == nil {
		p.report(list.Sorted())
		return err
	}
	inspection, problems := g.Inspect(o.Tree)
	list = append(list, problems...)
	explanation, ok := explain.Of(inspection, g.Frameworks(), id)
	if !ok {
		hint := ""
		if near := explain.Nearest(inspection.Library, id); near != "" {
			hint = fmt.Sprintf(": did you mean %q?", near)
		}
		return &usageError{fmt.Errorf("the library of %s has no clause or term %q%s", name, id, hint)}
	}
	// Warnings are for check: they keep no words out of the document.
	list = slices.DeleteFunc(list.Sorted(), func(d diag.Diagnostic) bool { return d.Severity != diag.Error })
	if p.report(list); format == "json" {
		return p.printJSON(explanation)
	}
	if err := explanation.Text(p.streams.Out); err != nil {
		return &worldError{err}
	}
	return nil
}
