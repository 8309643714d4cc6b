package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/generate"
	"concordat/internal/record"
)

// checkOptions are what the flags of check say.
type checkOptions struct {
	day    calendar.Date // with which agreements and records are compared
	final  bool
	failOn diag.Severity
}

func (p *program) checkCommand() *cobra.Command {
	var asOf, failOn string
	var final bool
	cmd := &cobra.Command{
		Use:   "check FILE|FOLDER...",
		Short: "Examine agreements without writing anything",
		Long: `Examine each agreement file, and each that a folder holds: its shape, each
field, the rules between fields, the clauses it selects, and whether every letter
can be printed. Its record <id>.record.yaml, where it stands beside it, is examined
too, and both are compared with the day. Nothing is written.`,
		Example: "  concordat check examples/accounting-firm.yaml\n  concordat check --as-of 2027-07-01 customers/",
		Args:    needFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			options := checkOptions{final: final}
			var err error
			if options.day, err = p.parseDay(asOf); err != nil {
				return err
			}
			switch failOn {
			case "error":
				options.failOn = diag.Error
			case "warning":
				options.failOn = diag.Warning
			default:
				return &usageError{fmt.Errorf("expected error or warning in --fail-on, found %q", failOn)}
			}
			names, left, err := p.agreementFiles(args)
			if err != nil {
				return err
			}
			g, err := p.newGenerator()
			if err != nil {
				return err
			}
			p.report(left)
			return each(cmd.Context(), names, func(name string) error {
				result, err := p.checkFile(g, name, options)
				if err != nil {
					return err
				}
				p.report(result.list)
				if options.failOn == diag.Warning && len(result.list) > 0 {
					p.status = exitDiagnostics
				}
				return p.say(result)
			})
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "day with which agreements and records are compared, such as 2027-07-01 (default: today)")
	cmd.Flags().StringVar(&failOn, "fail-on", "error", "exit with status 1 on an error, or on a warning too: error, warning")
	cmd.Flags().BoolVar(&final, "final", false, "examine as for a document to be signed: what must be settled before then is an error")
	p.excerptsFlag(cmd)
	return cmd
}

// parseDay reads the value of --as-of. Without one it is today.
func (p *program) parseDay(text string) (calendar.Date, error) {
	if text == "" {
		return p.today(), nil
	}
	day, err := calendar.ParseDate(text)
	if err != nil {
		return calendar.Date{}, &usageError{fmt.Errorf("--as-of: %w", err)}
	}
	return day, nil
}

// checkResult is what check found about one agreement.
type checkResult struct {
	name    string
	checked *generate.Checked // nil when there is an error, or it is no agreement
	list    diag.List
}

// checkFile examines an agreement and its record.
func (p *program) checkFile(g *generate.Generator, name string, options checkOptions) (checkResult, error) {
	o, list, err := p.open(name)
	if o == nil {
		return checkResult{name: name, list: list}, err
	}
	_, checked, problems := p.check(g, o)
	list = append(list, problems...)
	if checked != nil {
		problems, err := p.checkRecord(name, checked.Agreement, options.day)
		if err != nil {
			return checkResult{}, err
		}
		list = append(list, problems...)
	}
	if options.final {
		list = agreement.Final(list)
	}
	if list.HasErrors() {
		checked = nil
	}
	return checkResult{name, checked, list.Sorted()}, nil
}

// checkRecord examines the record beside an agreement file, where there is one,
// and compares both with a day.
func (p *program) checkRecord(name string, a *agreement.Agreement, day calendar.Date) (diag.List, error) {
	path := filepath.Join(filepath.Dir(name), record.FileName(a.Info.ID))
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	file, list, err := p.read(path)
	if file == nil {
		return list, err
	}
	r, list := record.Load(file, a)
	if r == nil {
		return list, nil
	}
	return append(list, r.Check(day)...), nil
}

// say prints one line for an agreement without errors.
func (p *program) say(r checkResult) error {
	if r.checked == nil {
		return nil
	}
	_, err := fmt.Fprintf(p.streams.Out, "%s: %s\n", r.name, cmp.Or(count(len(r.list), "warning"), "no problems"))
	if err != nil {
		return &worldError{err}
	}
	return nil
}

// count is a number of things, or empty when there are none.
func count(n int, thing string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + thing
	default:
		return strconv.Itoa(n) + " " + thing + "s"
	}
}
