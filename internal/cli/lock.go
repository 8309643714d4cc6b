package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/lock"
	"concordat/internal/outdir"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

// baseOf is the base of a workspace: what its lock holds, or what is built in. With
// an error in the list it is of no use.
func (p *program) baseOf(settings *workspace.Settings) (base, diag.List) {
	if settings == nil || settings.Lock == nil {
		return builtIn, nil
	}
	read, known := p.locks[settings.Lock]
	if !known {
		read.Lock, read.list = lock.Parse(settings.Lock)
		p.locks[settings.Lock] = read
	}
	if read.Lock == nil {
		return base{}, read.list
	}
	prefix := filepath.ToSlash(settings.Lock.Name()) + "/"
	return base{read.Lock, clause.Layer{FS: read.Clauses, Prefix: prefix + "clauses/"}, layoutFolder{read.Layouts, prefix + "layouts/"}}, nil
}

// readLock is a lock and what is wrong with it. With an error there is no lock.
type readLock struct {
	*lock.Lock
	list diag.List
}

// printedWords says that the program prints other words of its own than when the
// lock of a workspace was written.
func (p *program) printedWords(settings *workspace.Settings, final bool) diag.List {
	if b, _ := p.baseOf(settings); b.lock != nil {
		return b.lock.ScheduleWords(final)
	}
	return nil
}

// compareLock notes once in a run what there is to say of the lock of a workspace
// beside its agreements.
func (p *program) compareLock(settings *workspace.Settings, final bool) {
	b, _ := p.baseOf(settings)
	if b.lock == nil || p.compared[b.lock] {
		return
	}
	p.compared[b.lock] = true
	p.aside = append(p.aside, b.lock.Behind(builtInWords)...)
	if !final { // else it is an error of each agreement
		p.aside = append(p.aside, b.lock.ScheduleWords(false)...)
	}
}

func (p *program) lockCommand() *cobra.Command {
	accept := false
	cmd := &cobra.Command{
		Use:   "lock [FOLDER]",
		Short: "Pin the built-in words for the agreements of a workspace",
		Long: `Write the built-in clauses, terms and layouts into concordat.lock, beside the
concordat.yaml of the workspace in which a folder lies (default: this folder).
Its agreements then have these words, also with a newer concordat, until somebody
reads what differs by "concordat library diff" and takes it by --accept.`,
		Example: `  concordat library lock
  concordat library lock --accept customers/`,
		Args: oneFolder,
		RunE: func(_ *cobra.Command, args []string) error { return p.lock(folderOf(args), accept) },
	}
	cmd.Flags().BoolVar(&accept, "accept", false, "put the words of this concordat in the place of those that the lock has")
	p.excerptsFlag(cmd)
	return cmd
}

func oneFolder(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return &usageError{fmt.Errorf("expected at most one folder, found %d", len(args))}
	}
	return noEmptyName(args)
}

func folderOf(args []string) string {
	if len(args) == 0 {
		return "."
	}
	return args[0]
}

// workspaceOf are the settings of the workspace in which a folder lies.
func (p *program) workspaceOf(dir string) (*workspace.Settings, diag.List, error) {
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, &worldError{fmt.Errorf("%s: no such folder", dir)}
	case err != nil:
		return nil, nil, &worldError{err}
	case !info.IsDir():
		return nil, nil, &usageError{fmt.Errorf("expected a folder, found the file %q", dir)}
	}
	settings, list, err := p.reader.Settings(dir)
	switch {
	case err != nil:
		return nil, nil, &worldError{err}
	case settings.Dir == "":
		return nil, nil, &usageError{fmt.Errorf("expected a folder with %s in it or above it, found %q", workspace.FileName, dir)}
	}
	return settings, list, nil
}

// lock writes the lock of a workspace.
func (p *program) lock(dir string, accept bool) error {
	settings, list, err := p.workspaceOf(dir)
	if err != nil {
		return err
	}
	if list.HasErrors() && !accept {
		p.report(list)
		return nil
	}
	name := filepath.Join(settings.Dir, workspace.LockName)
	data := lock.Format(builtInWords, version())
	if now, problems := lock.Parse(source.New(name, data)); now == nil || len(lock.Diff(now.Words, builtInWords)) > 0 {
		p.report(problems)
		panic("cli: a lock that does not hold the built-in words")
	}
	if settings.Lock != nil && !accept {
		b, problems := p.baseOf(settings)
		switch {
		case problems.HasErrors():
			p.report(problems)
			return nil
		case b.lock.Printed != lock.PrintedWords || len(lock.Diff(b.lock.Words, builtInWords)) > 0:
			return &usageError{fmt.Errorf("%s has other words than this concordat: read what differs by \"concordat library diff\", then take it by --accept", name)}
		}
		return p.print("%s: has the words of this concordat already\n", name)
	}
	if err := outdir.Publish(settings.Dir, []outdir.File{{Name: workspace.LockName, Data: data}}); err != nil {
		return &worldError{err}
	}
	return p.print("%s: has the words of this concordat\n", name)
}

func (p *program) diffCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "diff [FOLDER]",
		Short: "Say how the built-in words differ from those that are pinned",
		Long: `Say how the clauses, terms and layouts of this concordat differ from those in
the concordat.lock of the workspace in which a folder lies (default: this folder):
what is added, removed and changed, from which version to which, whether counsel
calls the change material, and why it was made.`,
		Example: "  concordat library diff --format json",
		Args:    oneFolder,
		RunE: func(_ *cobra.Command, args []string) error {
			if err := textOrJSON(format); err != nil {
				return err
			}
			return p.diff(folderOf(args), format)
		},
	}
	cmd.Flags().StringVar(&format, "format", "text", "how to say it: text, json")
	p.excerptsFlag(cmd)
	return cmd
}

// differences is what library diff says as JSON.
type differences struct {
	Schema        string        `json:"schema"`
	Lock          string        `json:"lock"`           // name of the file
	From          string        `json:"from"`           // version of concordat that wrote the lock
	To            string        `json:"to"`             // version of this one
	ScheduleWords bool          `json:"schedule_words"` // the words that the program itself prints differ
	Changes       []lock.Change `json:"changes"`
}

// diff prints how the built-in words differ from those of the lock.
func (p *program) diff(dir, format string) error {
	settings, list, err := p.workspaceOf(dir)
	if err != nil {
		return err
	}
	if list.HasErrors() {
		p.report(list)
		return nil
	}
	if settings.Lock == nil {
		return &usageError{fmt.Errorf("expected %s in %q, found none: write it by \"concordat library lock\"", workspace.LockName, settings.Dir)}
	}
	b, problems := p.baseOf(settings)
	if b.lock == nil {
		p.report(problems)
		return nil
	}
	d := differences{
		Schema: "concordat/diff/v1", Lock: settings.Lock.Name(), From: b.lock.Program, To: version(),
		ScheduleWords: b.lock.Printed != lock.PrintedWords, Changes: append([]lock.Change{}, lock.Diff(b.lock.Words, builtInWords)...),
	}
	if format == "json" {
		return p.printJSON(d)
	}
	var failed error
	say := func(format string, args ...any) { failed = errors.Join(failed, p.print(format+"\n", args...)) }
	tally := map[string]int{}
	for _, c := range d.Changes {
		say("%s", c)
		tally[c.What]++
	}
	if d.ScheduleWords {
		say("changed words that the program itself prints, in Schedules and headings")
	}
	say("%s: %d added, %d removed, %d changed since concordat %s; this is concordat %s", d.Lock, tally["added"], tally["removed"], tally["changed"], d.From, d.To)
	return failed
}
