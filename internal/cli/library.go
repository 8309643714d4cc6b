package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"concordat/clauses"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/generate"
	"concordat/internal/lock"
	"concordat/internal/outdir"
	"concordat/internal/workspace"
	"concordat/templates"
)

// base is what is below all libraries that do not say "extends: none".
type base struct {
	lock    *lock.Lock // nil for what is built in
	clauses clause.Layer
	layouts layoutFolder
}

// builtIn is the base of the program itself.
var builtIn = base{clauses: clause.Layer{FS: clauses.FS, Prefix: "clauses/"}, layouts: layoutFolder{templates.FS, "templates/"}}

// builtInWords are those of builtIn.
var builtInWords = lock.Words{Clauses: clauses.FS, Layouts: templates.FS}

// libraryFlag lets a command take libraries in place of the workspace's.
func (p *program) libraryFlag(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&p.libraryDirs, "library", nil, "folder of clauses above the built-in ones; again for one above that (default: the workspace's)")
}

// openLibraries opens the libraries that --library names.
func (p *program) openLibraries() error {
	var err error
	p.libraries, err = librariesIn(p.libraryDirs)
	return err
}

// librariesIn opens the libraries in folders.
func librariesIn(dirs []string) ([]workspace.Library, error) {
	var libraries []workspace.Library
	for _, dir := range dirs {
		library, err := workspace.OpenLibrary(dir)
		if err != nil {
			return nil, &worldError{fmt.Errorf("the library %q cannot be read: %w", dir, err)}
		}
		libraries = append(libraries, library)
	}
	return libraries, nil
}

// librariesOf are the libraries above the built-in one, the lowest first: those
// that --library names or, without it, those of a workspace; then the customer's
// own, which may be nil.
func (p *program) librariesOf(settings *workspace.Settings, own *workspace.Library) []workspace.Library {
	all := p.libraries
	if len(all) == 0 && settings != nil {
		all = settings.Libraries
	}
	all = all[:len(all):len(all)]
	if own != nil {
		all = append(all, *own)
	}
	return all
}

// layersOf are the clauses of a base and the libraries above them.
func layersOf(b base, libraries []workspace.Library) []clause.Layer {
	layers := []clause.Layer{b.clauses}
	for _, l := range libraries {
		layers = append(layers, clause.Layer{FS: l.FS, Prefix: strings.TrimSuffix(filepath.ToSlash(l.Display), "/") + "/"})
	}
	return layers
}

// loaded is a generator and what is wrong with the files it was made of. With an
// error there is no generator.
type loaded struct {
	generator *generate.Generator
	list      diag.List
}

// generatorWith is the generator with the clauses and layouts of a base and of
// libraries. It makes each once in a run.
func (p *program) generatorWith(b base, libraries []workspace.Library) (loaded, error) {
	dirs := []string{b.clauses.Prefix}
	for _, l := range libraries {
		dirs = append(dirs, l.Dir)
	}
	key := strings.Join(dirs, "\x00")
	if made, ok := p.byLibraries[key]; ok {
		return made, nil
	}
	g, list, err := generate.New(generate.Library{
		Clauses: layersOf(b, libraries),
		Layouts: b.layouts.fs, LayoutsPrefix: b.layouts.prefix, Layout: mainLayout + ".md",
	})
	own := b.lock == nil && len(libraries) == 0
	switch {
	case err != nil && !own:
		return loaded{}, &worldError{err}
	case err != nil:
		return loaded{}, fmt.Errorf("%w: %w", err, generate.ErrDefect)
	case g == nil && own:
		p.report(list)
		return loaded{}, fmt.Errorf("the built-in clauses have errors: %w", generate.ErrDefect)
	}
	made := loaded{g, list}
	p.byLibraries[key] = made
	return made, nil
}

// newGenerator is the generator of the built-in clauses and layouts.
func (p *program) newGenerator() (*generate.Generator, error) {
	made, err := p.generatorWith(builtIn, nil)
	return made.generator, err
}

// generatorOf is the generator for an agreement: with the clauses of its layers
// and the frameworks of its workspace. It is nil when these have errors, which
// are in the list.
func (p *program) generatorOf(r *workspace.Resolved) (*generate.Generator, diag.List, error) {
	under, list := p.baseOf(r.Settings)
	if list.HasErrors() {
		return nil, list, nil
	}
	base, err := p.generatorWith(under, p.librariesOf(r.Settings, r.Library))
	if err != nil || base.generator == nil || len(r.Settings.Frameworks) == 0 {
		return base.generator, base.list, err
	}
	key := withFrameworks{base.generator, r.Settings}
	made, known := p.generators[key]
	if !known {
		made.generator, made.list = base.generator.WithFrameworks(r.Settings.Frameworks)
		p.generators[key] = made
	}
	return made.generator, append(base.list[:len(base.list):len(base.list)], made.list...), nil
}

// withFrameworks is a generator and the workspace whose frameworks another one
// knows besides.
type withFrameworks struct {
	*generate.Generator
	settings *workspace.Settings
}

func (p *program) libraryCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "library",
		Short: "Take the built-in clauses over as files of your own, or pin them",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(p.lockCommand(), p.diffCommand(), &cobra.Command{
		Use:   "export FOLDER",
		Short: "Write the built-in clauses, terms and layouts into a new folder",
		Long: `Write the built-in clauses, terms and layouts into a folder that is new or empty,
as a whole library that can be edited. Documents made with it by --library, or by
"library: [FOLDER]" in concordat.yaml, are the same until a file of it changes.`,
		Example: "  concordat library export words",
		Args:    needArgument("one folder"),
		RunE:    func(_ *cobra.Command, args []string) error { return p.exportLibrary(args[0]) },
	})
	return cmd
}

// exportLibrary writes the built-in library into a new or empty folder. The file
// without which it is no library comes last.
func (p *program) exportLibrary(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case len(entries) > 0:
		return &usageError{fmt.Errorf("expected a folder that is new or empty, found %q with %s in it", dir, count(len(entries), "file"))}
	case errors.Is(err, syscall.ENOTDIR):
		return &worldError{fmt.Errorf("expected a folder that is new or empty, found %q, which is a file or lies in one", dir)}
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return &worldError{err}
	}
	written := 0
	for _, part := range []struct {
		from     fs.FS
		pattern  string
		to       string
		withRoot bool
	}{{clauses.FS, "terms/*.md", "terms", false}, {templates.FS, "*.md", "layouts", false}, {clauses.FS, "*.md", ".", true}} {
		names, err := fs.Glob(part.from, part.pattern)
		if err != nil {
			panic(fmt.Sprintf("cli: %v", err))
		}
		if part.withRoot {
			names = append(names, "library.yaml")
		}
		var files []outdir.File
		for _, name := range names {
			data, err := fs.ReadFile(part.from, name)
			if err != nil {
				panic(fmt.Sprintf("cli: a file of the program is gone: %v", err))
			}
			if name == "library.yaml" {
				data = whole(data)
			}
			files = append(files, outdir.File{Name: path.Base(name), Data: data})
		}
		if err := outdir.Publish(filepath.Join(dir, part.to), files); err != nil {
			return &worldError{err}
		}
		written += len(files)
	}
	return p.print("%s: %s\n", dir, count(written, "file"))
}

var idLine = regexp.MustCompile(`(?m)^id: .*\n`)

// whole is a library.yaml that says that its library is whole.
func whole(data []byte) []byte {
	at := idLine.FindIndex(data)
	if at == nil {
		panic("cli: the built-in library has no id")
	}
	const line = "# a whole library, in the place of the built-in one\nextends: none\n"
	return append(append(data[:at[1]:at[1]], line...), data[at[1]:]...)
}
