package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"concordat/internal/schema"
)

func (p *program) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema [agreement|shared|record|workspace]",
		Short: "Print the JSON Schema of a file, for editors",
		Long: `Print the JSON Schema (draft-07) of a file that people write: an agreement, or
another kind. An editor that knows it offers fields, explains them and marks
mistakes; begin the file with "# yaml-language-server: $schema=" and the path of
the schema.`,
		Example: "  concordat schema > agreement.schema.json",
		Args:    cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, args []string) error {
			kind, known := schema.Agreement, true
			switch {
			case len(args) > 1:
				return &usageError{fmt.Errorf("expected one kind of file, found %d", len(args))}
			case len(args) == 1:
				kind, known = schema.Parse(args[0])
			}
			if !known {
				return &usageError{fmt.Errorf("expected agreement, shared, record or workspace, found %q", args[0])}
			}
			return p.print("%s", schema.JSON(kind))
		},
	}
}
