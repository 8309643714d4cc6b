// Package cli is the command line: it alone touches arguments, streams, files
// by name, signals and exit statuses.
//
// Results go to standard output, diagnostics to standard error. A problem in a
// user's file is a diagnostic, a fault of the world one line that begins with
// "concordat:".
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/generate"
	"concordat/internal/lock"
	"concordat/internal/source"
	"concordat/internal/workspace"
)

// Exit statuses of the program.
const (
	exitOK          = 0
	exitDiagnostics = 1   // an error in a user's file; nothing was written for it
	exitUsage       = 2   // wrong use of the command line
	exitWorld       = 3   // a file, folder or disk failed
	exitDefect      = 4   // a defect of the program
	exitInterrupted = 130 // interrupted by the user
)

// Streams are what the program reads and writes.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal bool // In and Err are a terminal: a person can be asked
	Color    bool // Err is a terminal that shows colours
	Progress bool // Err is a terminal on which a line can be written anew

	OutTerminal bool   // Out is a terminal
	JobIndex    string // JOB_COMPLETION_INDEX: which of several processes this is, counted from 0
}

// StandardStreams are the streams of a process. Colours are used on a terminal,
// unless the environment says otherwise by NO_COLOR or TERM=dumb.
func StandardStreams(in, out, err *os.File, getenv func(string) string) Streams {
	terminal := getenv("TERM") != "dumb" && term.IsTerminal(int(err.Fd()))
	return Streams{
		In: in, Out: out, Err: err,
		Terminal: terminal && term.IsTerminal(int(in.Fd())),
		Color:    terminal && getenv("NO_COLOR") == "",
		Progress: terminal, OutTerminal: term.IsTerminal(int(out.Fd())),
		JobIndex: getenv("JOB_COMPLETION_INDEX"),
	}
}

// mainLayout is the layout of the whole agreement; the others accompany it.
const mainLayout = "cyber-constitution"

// Main runs one command line, without the program's name, and gives the exit
// status. When ctx ends, Main stops between two agreements. now is the clock.
func Main(ctx context.Context, args []string, streams Streams, now func() time.Time) int {
	p := &program{
		streams:     streams,
		now:         now,
		reader:      workspace.NewReader(),
		byLibraries: map[string]loaded{},
		generators:  map[withFrameworks]loaded{},
		layouts:     map[laidOut]loaded{},
		swept:       map[string]bool{},
		reported:    map[reported]bool{},
		locks:       map[*source.File]readLock{},
		compared:    map[*lock.Lock]bool{},
	}
	root := p.root()
	root.SetArgs(args)
	root.SetOut(streams.Out)
	root.SetErr(streams.Err)
	err := generate.Guard(strings.Join(args, " "), func() error { return root.ExecuteContext(ctx) })
	if err != nil {
		return p.failed(err)
	}
	return p.status
}

// program is one run.
type program struct {
	streams     Streams
	now         func() time.Time
	noExcerpts  bool
	reader      *workspace.Reader // of the files that agreements use
	libraryDirs []string          // of --library
	libraries   []workspace.Library
	byLibraries map[string]loaded // by their folders
	generators  map[withFrameworks]loaded
	layouts     map[laidOut]loaded
	swept       map[string]bool // folders
	reported    map[reported]bool
	locks       map[*source.File]readLock
	compared    map[*lock.Lock]bool // see compareLock
	aside       diag.List           // what compareLock found
	status      int
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "concordat",
		Short: "Turn an agreement file into a Cyber Constitution",
		Long: `Concordat turns one YAML file about a customer into a Cyber Constitution: the
document in which a managed service provider and its customer settle who is
responsible for what, which risks the customer accepts, and what time and money
it commits to become more secure.

Exit status: 0 done, 1 problems in a file, 2 wrong usage, 3 a file or disk
failed, 4 a defect of concordat, 130 interrupted.`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Args:              cobra.NoArgs,
		RunE:              func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetHelpCommand(&cobra.Command{Hidden: true})
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return &usageError{err} })
	root.AddCommand(p.initCommand(), p.generateCommand(), p.batchCommand(), p.planCommand(), p.checkCommand(), p.lintCommand(), p.explainCommand(), p.showCommand(), p.schemaCommand(), p.frameworkCommand(), p.libraryCommand(), p.versionCommand())
	return root
}

// today is the day by the clock, where the clock is.
func (p *program) today() calendar.Date {
	year, month, day := p.now().Date()
	date, err := calendar.NewDate(year, month, day)
	if err != nil {
		panic(fmt.Sprintf("cli: the clock shows %v", err))
	}
	return date
}

// usageError is wrong use of the command line.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

// failed reports an error and gives its exit status.
func (p *program) failed(err error) int {
	status := exitUsage
	switch {
	case errors.Is(err, context.Canceled):
		status, err = exitInterrupted, errors.New("interrupted")
	case errors.Is(err, generate.ErrDefect):
		status = exitDefect
	case errors.As(err, new(*worldError)):
		status = exitWorld
	}
	fmt.Fprintf(p.streams.Err, "concordat: %v\n", err)
	if status == exitUsage {
		fmt.Fprintf(p.streams.Err, "run \"concordat --help\" for how it is used\n")
	}
	return status
}

// worldError is a fault of files, folders or disks.
type worldError struct{ error }

func (e *worldError) Unwrap() error { return e.error }

// needFiles demands at least one agreement file.
func needFiles(_ *cobra.Command, args []string) error {
	if len(args) == 0 {
		return &usageError{errors.New("expected at least one agreement file, found none")}
	}
	return noEmptyName(args)
}

// noEmptyName refuses a name that is empty, as a variable of a shell that is not set
// gives it: some functions take it for the current folder.
func noEmptyName(args []string) error {
	if slices.Contains(args, "") {
		return &usageError{errors.New("expected the name of a file or folder, found an empty one")}
	}
	return nil
}

// report prints diagnostics and remembers an error among them. What has been
// printed is not printed again: many agreements use one shared file.
func (p *program) report(list diag.List) {
	if list.HasErrors() {
		p.status = exitDiagnostics
	}
	var news diag.List
	for _, d := range list {
		key := reported{"", d.Span.Start, d.Span.End, d.Code, d.Message}
		if !d.Span.IsZero() {
			key.file = d.Span.File.Name()
		}
		if !p.reported[key] {
			p.reported[key] = true
			news = append(news, d)
		}
	}
	printer := diag.Printer{Excerpts: !p.noExcerpts, Color: p.streams.Color}
	// Where standard error cannot be written there is nowhere left to say so.
	_ = printer.Print(p.streams.Err, news)
}

// reported is what makes a diagnostic the same as another.
type reported struct {
	file          string
	start, end    int
	code, message string
}

// print writes a result.
func (p *program) print(format string, args ...any) error {
	if _, err := fmt.Fprintf(p.streams.Out, format, args...); err != nil {
		return &worldError{err}
	}
	return nil
}

// printJSON writes a result as JSON that a person can read too.
func (p *program) printJSON(result any) error {
	encoder := json.NewEncoder(p.streams.Out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(result); err != nil {
		return &worldError{err}
	}
	return nil
}

// each runs f for each file; a panic in it is a defect that names the file.
func each(ctx context.Context, names []string, f func(name string) error) error {
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := generate.Guard(name, func() error { return f(name) }); err != nil {
			return err
		}
	}
	return nil
}
