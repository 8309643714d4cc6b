package cli

import (
	"github.com/spf13/cobra"
)

func (p *program) showCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "show FILE",
		Short: "Print an agreement with the shared files it uses as one file",
		Long: `Print an agreement with all it uses as one YAML file, each value with the file
and line it comes from. Relative dates, prices and quantities are written out, and
each change has its reason. What is printed gives the same document.`,
		Example: "  concordat show examples/accounting-firm.yaml > whole.yaml",
		Args:    needArgument("one agreement file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return each(cmd.Context(), args, p.show)
		},
	}
	p.excerptsFlag(cmd)
	return cmd
}

// show prints one resolved agreement.
func (p *program) show(name string) error {
	o, list, err := p.open(name)
	p.report(list)
	if o == nil {
		return err
	}
	return p.print("%s", o.YAML())
}
