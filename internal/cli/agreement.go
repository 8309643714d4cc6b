package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/generate"
	"concordat/internal/record"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/internal/yamlsrc"
)

// opened is an agreement with all the files it uses.
type opened struct {
	file *source.File
	*workspace.Resolved
}

// open reads an agreement and the files it uses. What is wrong with them is in
// the list; with an error there the agreement is nil. It is nil without an
// error for a record, which is left out.
func (p *program) open(name string) (*opened, diag.List, error) {
	if strings.HasSuffix(name, record.Suffix) {
		var list diag.List
		list.Warnf(codeRecord, source.New(name, nil).Span(0, 0), "give the agreement; check reads the record beside it", "this is a record, and was left out")
		return nil, list, nil
	}
	file, list, err := read(name)
	if file == nil {
		return nil, list, err
	}
	resolved, list, err := p.reader.Read(file)
	switch {
	case err != nil:
		return nil, nil, &worldError{err}
	case list.HasErrors():
		return nil, list, nil
	}
	return &opened{file, resolved}, list, nil
}

// read reads a file of YAML. What is wrong with the file itself is in the list,
// and the file is then nil.
func read(name string) (*source.File, diag.List, error) {
	return readFile(name, yamlsrc.MaxSize, codeTooLarge, "such a file has a few hundred lines: is this the right one?")
}

// readFile reads a file of at most limit bytes. A larger one is a diagnostic of a
// code, and the file is then nil.
func readFile(name string, limit int64, code, hint string) (*source.File, diag.List, error) {
	file, err := source.Read(name, limit)
	switch {
	case errors.As(err, new(*source.TooLargeError)):
		size := fmt.Sprintf("%d KiB", limit>>10)
		if limit >= 1<<20 {
			size = fmt.Sprintf("%d MiB", limit>>20)
		}
		var list diag.List
		list.Errorf(code, source.New(name, nil).Span(0, 0), hint, "the file is larger than %s", size)
		return nil, list, nil
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, &worldError{fmt.Errorf("%s: no such file", name)}
	case errors.Is(err, source.ErrNotRegular):
		return nil, nil, &worldError{fmt.Errorf("%s: expected a file, found a folder, pipe or device", name)}
	case err != nil:
		return nil, nil, &worldError{err}
	}
	return file, nil, nil
}

// compared is how agreements are examined beside what they say themselves.
type compared struct {
	day   calendar.Date // with which agreements and records are compared; zero when they are not
	final bool          // for documents to be signed on that day
}

// check examines an agreement with a generator, compares it and its record with
// the day, and sorts what it finds. With an error in the list the result is nil.
func (p *program) check(name string, g *generate.Generator, o *opened, with compared) (*generate.Checked, diag.List, error) {
	var checked *generate.Checked
	var list diag.List
	if with.final {
		checked, list = g.CheckFinal(o.Tree, with.day)
	} else {
		checked, list = g.CheckTree(o.Tree)
	}
	if checked == nil || with.day.IsZero() {
		return checked, list, nil
	}
	problems, err := p.checkRecord(name, checked.Agreement, with.day)
	if err != nil {
		return nil, nil, err
	}
	list = append(list, problems...).Sorted()
	if with.final {
		list = agreement.Final(list)
	}
	if list.HasErrors() {
		return nil, list, nil
	}
	return checked, list, nil
}

// agreementFiles are the agreements that arguments name: a file is itself, a
// folder all that it holds.
func (p *program) agreementFiles(args []string) ([]string, diag.List, error) {
	var names []string
	var list diag.List
	for _, arg := range args {
		if info, err := os.Stat(arg); err != nil || !info.IsDir() {
			names = append(names, arg) // reading it says what is wrong
			continue
		}
		found, problems, err := workspace.Find(arg)
		switch {
		case err != nil:
			return nil, nil, &worldError{err}
		case len(found) == 0:
			return nil, nil, &usageError{fmt.Errorf("expected an agreement in the folder %q, found none", arg)}
		}
		for _, f := range found {
			names = append(names, f.Path)
		}
		list = append(list, problems...)
	}
	return names, list, nil
}
