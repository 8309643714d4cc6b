package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/record"
	"concordat/internal/source"
)

// readRecord reads the record beside an agreement file, where there is one. It
// is nil though found when what is wrong with the file itself has been reported.
func (p *program) readRecord(name, id string) (file *source.File, found bool, err error) {
	path := filepath.Join(filepath.Dir(name), record.FileName(id))
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	file, err = p.read(path)
	return file, true, err
}

// isRecord reports whether a file named on the command line is a record, as
// with "concordat check customers/*.yaml", and says that it is left out.
func (p *program) isRecord(name string) bool {
	if !strings.HasSuffix(name, record.Suffix) {
		return false
	}
	var list diag.List
	list.Warnf("cli-record", source.New(name, nil).Span(0, 0), "give the agreement; check reads the record beside it", "this is a record, and was left out")
	p.report(list)
	return true
}

// parseDay reads the value of --as-of. Without one it is no date.
func parseDay(text string) (calendar.Date, error) {
	if text == "" {
		return calendar.Date{}, nil
	}
	day, err := calendar.ParseDate(text)
	if err != nil {
		return calendar.Date{}, &usageError{fmt.Errorf("--as-of: %w", err)}
	}
	return day, nil
}
