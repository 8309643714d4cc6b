package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"concordat/internal/calendar"
	"concordat/internal/diag"
)

// examineFlags are the flags of the commands that examine files and report
// findings, as they are written.
type examineFlags struct{ asOf, failOn, format string }

// add adds the flags to a command; what says what is compared with the day.
func (f *examineFlags) add(cmd *cobra.Command, what string) {
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "day with which "+what+", such as 2027-07-01 (default: today)")
	cmd.Flags().StringVar(&f.failOn, "fail-on", "error", "end with status 1 on an error only, or on a warning too: error, warning")
	cmd.Flags().StringVar(&f.format, "format", "text", "how to report: text, json, sarif, github")
}

// examination is what the flags say.
func (p *program) examination(f examineFlags) (day calendar.Date, failOn diag.Severity, format diag.Format, err error) {
	if day, err = p.parseDay("--as-of", f.asOf); err != nil {
		return day, failOn, format, err
	}
	if failOn, err = parseSeverity(f.failOn); err != nil {
		return day, failOn, format, err
	}
	format, known := diag.ParseFormat(f.format)
	if !known {
		err = &usageError{fmt.Errorf("expected text, json, sarif or github in --format, found %q", f.format)}
	}
	return day, failOn, format, err
}

// textOrJSON demands one of the two words in --format.
func textOrJSON(format string) error {
	if format != "text" && format != "json" {
		return &usageError{fmt.Errorf("expected text or json in --format, found %q", format)}
	}
	return nil
}

// parseDay reads the value of a flag. Without one it is today.
func (p *program) parseDay(flag, text string) (calendar.Date, error) {
	if text == "" {
		return p.today(), nil
	}
	day, err := calendar.ParseDate(text)
	if err != nil {
		return calendar.Date{}, &usageError{fmt.Errorf("%s: %w", flag, err)}
	}
	return day, nil
}

func parseSeverity(word string) (diag.Severity, error) {
	for _, s := range []diag.Severity{diag.Error, diag.Warning} {
		if s.String() == word {
			return s, nil
		}
	}
	return 0, &usageError{fmt.Errorf("expected error or warning in --fail-on, found %q", word)}
}
