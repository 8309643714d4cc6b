package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/draft"
	"concordat/internal/framework"
	"concordat/internal/generate"
	"concordat/internal/outdir"
	"concordat/internal/schema"
	"concordat/internal/source"
	"concordat/internal/workspace"
	"concordat/internal/yamlsrc"
)

func (p *program) initCommand() *cobra.Command {
	var a answers
	var m importFlags
	cmd := &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Write a first agreement, from six questions",
		Long: `Write a first agreement into a folder (this one where none is named), and the
shared files that it uses: the provider's, a package of services and what fits a
sector. On a terminal it asks; each question has a flag as well. What is there
already is never changed: in a folder with a provider.yaml only the customer's
file is new.

With --from it drafts one agreement for each row of a CSV file, by a map that says
which column is what: first as a preview, then with --write.

Text in [square brackets] is left to fill in, and a line "# check:" stands above
what was proposed. Both are listed as next steps.`,
		Example: `  concordat init acme
  concordat init acme --from companies.csv --map map.yaml`,
		Args: oneFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			switch {
			case len(args) == 1 && m.output != "":
				return &usageError{errors.New("expected the folder once, as an argument or in -o")}
			case len(args) == 1:
				dir = args[0]
			case m.output != "":
				dir = m.output
			}
			if err := p.outsideOfWorkspaces(dir); err != nil {
				return err
			}
			if m.companies != "" {
				if given := a.given(cmd); len(given) > 0 {
					return &usageError{fmt.Errorf("with --from the map says it, as a column or a constant: leave out %s", strings.Join(given, ", "))}
				}
				return p.importCompanies(cmd.Context(), dir, m)
			}
			if given := m.given(cmd); len(given) > 0 {
				return &usageError{fmt.Errorf("%s can only stand with --from", strings.Join(given, ", "))}
			}
			return p.init(cmd, dir, &a)
		},
	}
	for _, q := range a.questions() {
		cmd.Flags().StringVar(q.value, q.flag, "", q.usage)
	}
	m.define(cmd)
	p.excerptsFlag(cmd)
	return cmd
}

// answers are what is asked, as it was typed.
type answers struct {
	providerName, providerShort, providerSigner, providerEmail string
	name, short, executive, email, employees, sector, pkg      string
	effective, id, zone                                        string
}

// question is one thing that is asked. Without a title it is not asked, and has a
// default.
type question struct {
	number      int // of the question on the terminal, of which it is a part
	flag, usage string
	title, hint string
	field       draft.Field
	value       *string
	provider    bool // not asked where a provider file is there
}

func (a *answers) questions() []question {
	return []question{
		{1, "provider-name", "legal name of the provider, exactly as registered", "Legal name of the provider", "exactly as registered, such as Northwind Support, LLC", draft.ProviderLegalName, &a.providerName, true},
		{1, "provider-short", "short name of the provider", "Its short name", "as it is called in the agreement, such as Northwind", draft.ProviderShortName, &a.providerShort, true},
		{2, "provider-signer", "name of the person who signs for the provider", "Who signs for the provider?", "first and last name", draft.ProviderSigner, &a.providerSigner, true},
		{2, "provider-email", "e-mail address of that person", "E-mail address of that person", "", draft.ProviderSignerEmail, &a.providerEmail, true},
		{3, "customer-name", "legal name of the customer, exactly as registered", "Legal name of the customer", "exactly as registered", draft.CustomerLegalName, &a.name, false},
		{3, "customer-short", "short name of the customer", "Its short name", "as it is called in the agreement; the files are named by it", draft.CustomerShortName, &a.short, false},
		{4, "executive", "name of the person who decides about security at the customer", "Who decides about security at the customer?", "the owner, as a rule: first and last name", draft.ExecutiveName, &a.executive, false},
		{4, "executive-email", "e-mail address of that person", "E-mail address of that person", "", draft.ExecutiveEmail, &a.email, false},
		{5, "employees", "number of people who work at the customer, owners included", "How many people work there?", "owners included", draft.CustomerEmployees, &a.employees, false},
		{6, "sector", "sector of the customer: " + strings.Join(draft.Sectors(), ", "), "What does the customer do?", "", draft.CustomerSector, &a.sector, false},
		{6, "package", "package of services: " + strings.Join(draft.Packages(), ", "), "What has it bought?", "", draft.CustomerPackage, &a.pkg, false},
		{0, "effective", "first day of the term (default: the first day of the second month from now)", "", "", draft.TermEffective, &a.effective, false},
		{0, "id", "id of the agreement, which names its files (default: from the short name)", "", "", draft.AgreementID, &a.id, false},
		{0, "timezone", "time zone of the customer (default: America/New_York)", "", "", draft.AgreementTimeZone, &a.zone, false},
	}
}

// given are the flags of questions that were used.
func (a *answers) given(cmd *cobra.Command) []string {
	var flags []string
	for _, q := range a.questions() {
		if cmd.Flags().Changed(q.flag) {
			flags = append(flags, "--"+q.flag)
		}
	}
	return flags
}

// provider and customer read the answers. What is wrong is found by their Problems;
// text that is no number or day is such a wrong number or day.
func (a *answers) provider() draft.Provider {
	return draft.Provider{LegalName: a.providerName, ShortName: a.providerShort, Signer: draft.Person{Name: a.providerSigner, Email: a.providerEmail}}
}

func (a *answers) customer(today calendar.Date) draft.Customer {
	x := draft.Customer{
		ID: a.id, LegalName: a.name, ShortName: a.short, Sector: a.sector, Package: a.pkg, TimeZone: a.zone,
		Effective: draft.Effective(today), Executive: draft.Person{Name: a.executive, Email: a.email},
	}
	if x.ID == "" {
		x.ID = draft.ID(a.short)
	}
	if n, err := strconv.Atoi(a.employees); err == nil {
		x.Employees = n
	}
	if a.effective != "" {
		day, err := calendar.ParseDate(a.effective)
		if err != nil {
			day = calendar.Date{}
		}
		x.Effective = day
	}
	return x
}

// problem is what is wrong with the answer to one question, or nil.
func (a *answers) problem(q question, today calendar.Date) error {
	_, notNumber := strconv.ParseUint(*q.value, 10, 31)
	switch {
	case q.field == draft.CustomerEmployees && notNumber != nil:
		return fmt.Errorf("expected a number of people, owners included, found %q", *q.value)
	case q.field == draft.TermEffective && *q.value == "":
		return nil
	}
	problems := slices.Concat(a.provider().Problems(), a.customer(today).Problems())
	for _, x := range problems {
		// The id is made of the short name where nobody gives it.
		if x.Field == q.field || x.Field == draft.AgreementID && q.field == draft.CustomerShortName && a.id == "" {
			return errors.New(x.Message)
		}
	}
	return nil
}

// outsideOfWorkspaces refuses a folder that lies inside another workspace: the
// agreement would not see its shared files.
func (p *program) outsideOfWorkspaces(dir string) error {
	at, err := filepath.Abs(dir)
	if err != nil {
		return &worldError{err}
	}
	if root, _, found := p.reader.FindRoot(at); found && root != at {
		return &usageError{fmt.Errorf("%q lies inside the workspace %q: expected the folder of the workspace itself, or one outside", dir, root)}
	}
	return nil
}

func (p *program) init(cmd *cobra.Command, dir string, a *answers) error {
	left, err := exists(dir, draft.ProviderFile)
	if err != nil {
		return err
	}
	var asked []question
	var missing, unused []string
	for _, q := range a.questions() {
		switch {
		case q.provider && left && cmd.Flags().Changed(q.flag):
			unused = append(unused, "--"+q.flag)
		case q.title == "" || cmd.Flags().Changed(q.flag) || q.provider && left:
		default:
			asked, missing = append(asked, q), append(missing, "--"+q.flag)
		}
	}
	today := p.today()
	switch {
	case len(unused) > 0:
		return &usageError{fmt.Errorf("%s says who the provider is: leave out %s", filepath.Join(dir, draft.ProviderFile), strings.Join(unused, ", "))}
	case len(asked) > 0 && !p.streams.Terminal:
		return &usageError{fmt.Errorf("there is no terminal to ask on: expected %s", strings.Join(missing, ", "))}
	case len(asked) > 0:
		if err := p.ask(cmd.Context(), a, asked, today, choices(dir)); err != nil {
			return err
		}
	}
	var wrong []string
	for _, q := range a.questions() {
		if q.provider && left {
			continue
		}
		if err := a.problem(q, today); err != nil {
			wrong = append(wrong, fmt.Sprintf("--%s: %v", q.flag, err))
		}
	}
	x := a.customer(today)
	if !left && a.providerName != "" && a.providerName == a.name {
		wrong = append(wrong, "--customer-name: it is that of the provider")
	}
	if len(wrong) > 0 {
		return &usageError{errors.New(strings.Join(wrong, "\nconcordat: "))}
	}
	s, err := p.newStudio(dir, a.provider(), left, today)
	if errors.Is(err, errReported) {
		return nil
	} else if err != nil {
		return err
	}
	file, warnings, err := s.draft(x)
	if err != nil || file == nil {
		return err
	}
	if err := s.publish(); err != nil {
		return err
	}
	if err := s.publishCustomers([]outdir.File{{Name: x.File(), Data: []byte(file.Text())}}); err != nil {
		return err
	}
	return p.sayDrafted(s, file, warnings)
}

// choices are the packages and sectors that an answer can name: those that can be
// written, and those of the folder.
func choices(dir string) func(folder string, names []string) []string {
	return func(folder string, names []string) []string {
		found, err := filepath.Glob(filepath.Join(dir, folder, "*.yaml"))
		if err != nil {
			return names
		}
		for _, name := range found {
			name = strings.TrimSuffix(filepath.Base(name), ".yaml")
			if draft.ValidName(name) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		return names
	}
}

// exists reports whether a folder has a file, or anything else of that name.
func exists(dir, name string) (bool, error) {
	_, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case errors.Is(err, syscall.ENOTDIR):
		return false, &worldError{fmt.Errorf("%s: expected a folder, found a file", filepath.Join(dir, path.Dir(name)))}
	default:
		return false, &worldError{err}
	}
}

// studio drafts customers into one folder. What it would write is examined as if it
// were written already, and then written.
type studio struct {
	p          *program
	dir        string
	today      calendar.Date
	staff      draft.Staff
	catalogue  *yamlsrc.Node // of the provider
	frameworks *framework.Set
	fresh      map[string]string // shared files that are not there yet, by path
	kept       []string          // shared files that are there, by path
	reader     *workspace.Reader // over the fresh files
	terms      map[[2]string]*draft.Terms
}

// newStudio prepares a folder. left says that it has a provider file.
func (p *program) newStudio(dir string, provider draft.Provider, left bool, today calendar.Date) (*studio, error) {
	frameworks, err := framework.Load()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", err, generate.ErrDefect)
	}
	s := &studio{p: p, dir: dir, today: today, frameworks: frameworks, fresh: map[string]string{}, terms: map[[2]string]*draft.Terms{}}
	files := draft.Workspace(provider, today)
	if left {
		files = slices.DeleteFunc(files, func(f draft.File) bool { return f.Path == draft.ProviderFile })
		s.kept = append(s.kept, draft.ProviderFile)
	}
	for _, kind := range []schema.Kind{schema.Agreement} {
		files = append(files, draft.File{Path: kind.FileName(), Text: string(schema.JSON(kind))})
	}
	if err := s.add(files); err != nil {
		return nil, err
	}
	merged, err := s.merge(filepath.Join(dir, "stub.yaml"), []string{draft.ProviderFile})
	if err != nil {
		return nil, err
	}
	s.staff, s.catalogue = draft.StaffOf(merged.Tree), merged.Tree
	return s, nil
}

// add takes files that are not there yet to be written.
func (s *studio) add(files []draft.File) error {
	for _, f := range files {
		if _, known := s.fresh[f.Path]; known || slices.Contains(s.kept, f.Path) {
			continue
		}
		there, err := exists(s.dir, f.Path)
		switch {
		case err != nil:
			return err
		case there:
			s.kept = append(s.kept, f.Path)
		default:
			s.fresh[f.Path] = f.Text
		}
	}
	unwritten := map[string][]byte{}
	for name, text := range s.fresh {
		abs, err := filepath.Abs(filepath.Join(s.dir, filepath.FromSlash(name)))
		if err != nil {
			return &worldError{err}
		}
		unwritten[abs] = []byte(text)
	}
	s.reader = workspace.NewReaderOver(unwritten)
	return nil
}

// errReported is a problem in the user's files that has been reported.
var errReported = errors.New("the files have errors")

// merge is what shared files say together. Their errors are reported.
func (s *studio) merge(name string, use []string) (*workspace.Resolved, error) {
	merged, list, err := s.reader.Merge(source.New(name, []byte(draft.Stub(use))))
	switch {
	case err != nil:
		return nil, &worldError{err}
	case list.HasErrors():
		s.p.report(list)
		return nil, errReported
	}
	return merged, nil
}

// termsOf is what the shared files of a package and a sector say. They are written
// with the customer's file where they are not there yet.
func (s *studio) termsOf(x draft.Customer) (*draft.Terms, error) {
	key := [2]string{x.Package, x.Sector}
	if t, ok := s.terms[key]; ok {
		return t, nil
	}
	files := draft.Shared(x.Package, x.Sector, s.staff)
	for _, name := range []string{draft.PackageFile(x.Package), draft.PresetFile(x.Sector)} {
		if slices.ContainsFunc(files, func(f draft.File) bool { return f.Path == name }) {
			continue
		}
		there, err := exists(s.dir, name)
		switch {
		case err != nil:
			return nil, err
		case !there:
			return nil, &usageError{fmt.Errorf("there is no %s, and init knows no such name", filepath.Join(s.dir, filepath.FromSlash(name)))}
		}
	}
	if err := s.add(files); err != nil {
		return nil, err
	}
	merged, err := s.merge(filepath.Join(s.dir, x.File()), x.Use())
	if err != nil {
		return nil, err
	}
	frameworks, list := s.frameworks.With(merged.Settings.Frameworks...)
	if list.HasErrors() {
		s.p.report(list)
		return nil, errReported
	}
	t, err := draft.TermsOf(merged.Tree, s.catalogue, frameworks)
	if err != nil {
		return nil, &usageError{err}
	}
	s.terms[key] = t
	return t, nil
}

// draft makes the agreement with a customer and checks it. An error in it is
// reported, and the file is then nil: nothing is written that has an error.
func (s *studio) draft(x draft.Customer) (*source.File, diag.List, error) {
	there, err := exists(s.dir, x.File())
	switch {
	case err != nil:
		return nil, nil, err
	case there:
		return nil, nil, &usageError{fmt.Errorf("%s is there already: choose another --id", filepath.Join(s.dir, x.File()))}
	}
	terms, err := s.termsOf(x)
	if errors.Is(err, errReported) {
		return nil, nil, nil
	} else if err != nil {
		return nil, nil, err
	}
	file := source.New(filepath.Join(s.dir, x.File()), []byte(x.Text(terms, s.today, schema.Agreement.FileName())))
	resolved, list, err := s.reader.Read(file)
	if err != nil {
		return nil, nil, &worldError{err}
	}
	if !list.HasErrors() {
		g, problems, err := s.p.generatorOf(resolved)
		if list = append(list, problems...); err != nil {
			return nil, nil, err
		}
		if g != nil {
			_, problems = g.CheckTree(resolved.Tree)
			list = append(list, problems...)
		}
	}
	if list = list.Sorted(); list.HasErrors() {
		s.p.report(slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Severity != diag.Error }))
		fmt.Fprintln(s.p.streams.Err, "concordat: the draft would have these errors: nothing was written")
		return nil, nil, nil
	}
	return file, list, nil
}

// publish writes the shared files that are not there yet, folder by folder.
func (s *studio) publish() error {
	for _, folder := range []string{"packages", "presets", "."} {
		var files []outdir.File
		for _, name := range sortedKeys(s.fresh) {
			if path.Dir(name) == folder {
				files = append(files, outdir.File{Name: path.Base(name), Data: []byte(s.fresh[name])})
			}
		}
		if len(files) == 0 {
			continue
		}
		if err := outdir.Publish(filepath.Join(s.dir, folder), files); err != nil {
			return &worldError{err}
		}
	}
	return nil
}

// publishCustomers writes agreements.
func (s *studio) publishCustomers(files []outdir.File) error {
	if err := outdir.Publish(s.dir, files); err != nil {
		return &worldError{err}
	}
	return nil
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// sayDrafted says what was written and what is left to do.
func (p *program) sayDrafted(s *studio, file *source.File, warnings diag.List) error {
	var b strings.Builder
	written := append(s.written(&b), file)
	fmt.Fprintf(&b, "wrote %s\n", file.Name())
	slices.Sort(s.kept)
	for _, name := range s.kept {
		fmt.Fprintf(&b, "left  %s as it is\n", filepath.Join(s.dir, filepath.FromSlash(name)))
	}
	steps := draft.StepsOf(warnings, written)
	b.WriteString("\nNext steps:\n")
	for i, step := range steps.Todo {
		fmt.Fprintf(&b, "\n%d. %s\n", i+1, sentence(step.Text))
		sayPlaces(&b, step.Places)
	}
	fmt.Fprintf(&b, "\n%d. Check what was proposed, and delete each line \"# check:\" when it is right.\n", len(steps.Todo)+1)
	for _, place := range steps.Check {
		fmt.Fprintf(&b, "   %s:%d: %s\n", place.File, place.Line, place.Text)
	}
	fmt.Fprintf(&b, "\nSee what is left:  concordat check %s\nSee the document:  concordat generate %s\n", file.Name(), file.Name())
	return p.print("%s", &b)
}

// written names the shared files that were written.
func (s *studio) written(b *strings.Builder) []*source.File {
	var files []*source.File
	for _, name := range sortedKeys(s.fresh) {
		f := source.New(filepath.Join(s.dir, filepath.FromSlash(name)), []byte(s.fresh[name]))
		files = append(files, f)
		fmt.Fprintf(b, "wrote %s\n", f.Name())
	}
	return files
}

// sentence is a text that begins with a small letter as a sentence.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }

// sayPlaces prints the places of a step, those of one file on a line.
func sayPlaces(b *strings.Builder, places []draft.Place) {
	for i, place := range places {
		switch {
		case i > 0 && places[i-1].File == place.File:
			fmt.Fprintf(b, ", %d", place.Line)
		case i > 0:
			fmt.Fprintf(b, "\n   %s:%d", place.File, place.Line)
		default:
			fmt.Fprintf(b, "   %s:%d", place.File, place.Line)
		}
	}
	b.WriteByte('\n')
}
