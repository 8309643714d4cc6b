package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"concordat/internal/diag"
	"concordat/internal/draft"
	"concordat/internal/outdir"
	"concordat/internal/schema"
	"concordat/internal/source"
)

// importFlags are the flags of init --from.
type importFlags struct {
	companies, mapping, people, assets, services, output string
	write                                                bool
}

func (m *importFlags) define(cmd *cobra.Command) {
	cmd.Flags().StringVar(&m.companies, "from", "", "CSV file with a row for each customer")
	cmd.Flags().StringVar(&m.mapping, "map", "", "YAML file that says which column is what")
	cmd.Flags().StringVar(&m.people, "people", "", "CSV file with the people of customers")
	cmd.Flags().StringVar(&m.assets, "assets", "", "CSV file with what their business depends on")
	cmd.Flags().StringVar(&m.services, "services", "", "CSV file with the services that they bought")
	cmd.Flags().StringVarP(&m.output, "output", "o", "", "folder to write to, as the argument")
	cmd.Flags().BoolVar(&m.write, "write", false, "write what the preview shows")
}

// given are the flags that can only stand with --from and were used.
func (m *importFlags) given(cmd *cobra.Command) []string {
	var flags []string
	for _, name := range []string{"map", "people", "assets", "services", "write"} {
		if cmd.Flags().Changed(name) {
			flags = append(flags, "--"+name)
		}
	}
	return flags
}

// batch is the number of agreements that are written at once.
const batch = 100

// importCompanies drafts an agreement for each company, or shows what it would
// write.
func (p *program) importCompanies(ctx context.Context, dir string, m importFlags) error {
	if m.mapping == "" {
		return &usageError{errors.New("expected --map with a file that says which column is what")}
	}
	left, err := exists(dir, draft.ProviderFile)
	if err != nil {
		return err
	}
	im, provider, err := p.openImport(m, left)
	if err != nil || im == nil {
		return err
	}
	g, err := p.newGenerator()
	if err != nil {
		return err
	}
	s, err := p.newStudio(dir, provider, left, p.today())
	if errors.Is(err, errReported) {
		return nil
	} else if err != nil {
		return err
	}
	im.Letters = g.Undrawable
	im.Taken = func(name string) bool {
		there, err := exists(dir, name)
		return there || err != nil
	}
	im.Known = s.known
	return p.runImport(ctx, s, im, m.write)
}

// openImport reads the map and all CSV files. Without a map or a table the import is
// nil, and what is wrong is reported.
func (p *program) openImport(m importFlags, left bool) (*draft.Import, draft.Provider, error) {
	none := draft.Provider{}
	file, list, err := read(m.mapping)
	if file == nil {
		p.report(list)
		return nil, none, err
	}
	var given []string
	tooLarge := false
	var tables draft.Tables
	for _, t := range []struct {
		flag, name string
		file       **source.File
	}{{"companies", m.companies, &tables.Companies}, {"people", m.people, &tables.People}, {"assets", m.assets, &tables.Assets}, {"services", m.services, &tables.Services}} {
		if t.name == "" {
			continue
		}
		given = append(given, t.flag)
		if *t.file, list, err = readFile(t.name, draft.MaxCSV, codeLargeCSV, "split it into several files"); err != nil {
			return nil, none, err
		}
		p.report(list)
		tooLarge = tooLarge || *t.file == nil
	}
	mapped, list := draft.ReadMap(file, given, !left)
	p.report(list)
	if mapped == nil || tooLarge {
		return nil, none, nil
	}
	provider := none
	if x := mapped.Provider(); x != nil {
		provider = *x
	}
	im, list := mapped.Open(tables, p.today())
	p.report(list)
	return im, provider, nil
}

// known are the names of a customer that no shared file has.
func (s *studio) known(x draft.Customer) []draft.Problem {
	t, err := s.termsOf(x)
	if err != nil {
		return []draft.Problem{{Field: draft.CustomerPackage, Message: err.Error()}}
	}
	var problems []draft.Problem
	for _, id := range x.Services {
		if !t.HasService(id) {
			message := fmt.Sprintf("there is no service %q", id)
			if near := diag.Nearest(id, t.ServiceIDs()); near != "" {
				message += fmt.Sprintf("; did you mean %q?", near)
			}
			problems = append(problems, draft.Problem{Field: draft.ServiceID, Message: message})
		}
	}
	return problems
}

// runImport goes through the companies. The first one of each package and sector is
// examined as a whole: all others differ from it in names and numbers only.
func (p *program) runImport(ctx context.Context, s *studio, im *draft.Import, write bool) error {
	var files []outdir.File
	var names []string
	counts := map[[2]string]int{}
	verb := "would write"
	if write {
		verb = "wrote"
	}
	flush := func() error {
		if !write || len(files) == 0 {
			return p.sayWritten(s, verb, &names)
		}
		if err := s.publish(); err != nil {
			return err
		}
		if err := s.publishCustomers(files); err != nil {
			return err
		}
		files = nil
		return p.sayWritten(s, verb, &names)
	}
	list, err := im.Each(func(x draft.Customer) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		key := [2]string{x.Package, x.Sector}
		if counts[key] == 0 {
			file, _, err := s.draft(x)
			if err != nil {
				return err
			}
			if file == nil {
				return errReported
			}
		}
		counts[key]++
		names = append(names, x.File())
		if write {
			t, err := s.termsOf(x)
			if err != nil {
				return err
			}
			files = append(files, outdir.File{Name: x.File(), Data: []byte(x.Text(t, s.today, schema.Agreement.FileName()))})
		}
		if len(names) == batch {
			return flush()
		}
		return nil
	})
	if errors.Is(err, errReported) {
		return nil
	} else if err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	p.report(list)
	return p.sayImported(s, counts, im.Rows(), write)
}

// sayWritten names agreements.
func (p *program) sayWritten(s *studio, verb string, names *[]string) error {
	var b strings.Builder
	for _, name := range *names {
		fmt.Fprintf(&b, "%s %s\n", verb, filepath.Join(s.dir, name))
	}
	*names = nil
	return p.print("%s", &b)
}

// sayImported counts what was written.
func (p *program) sayImported(s *studio, counts map[[2]string]int, rows int, write bool) error {
	var b strings.Builder
	verb := "would write"
	if write {
		verb = "wrote"
	}
	total := 0
	var kinds [][2]string
	for key, n := range counts {
		total += n
		kinds = append(kinds, key)
	}
	slices.SortFunc(kinds, func(a, b [2]string) int { return strings.Compare(a[0]+"/"+a[1], b[0]+"/"+b[1]) })
	if total > 0 {
		for _, name := range sortedKeys(s.fresh) {
			fmt.Fprintf(&b, "%s %s\n", verb, filepath.Join(s.dir, filepath.FromSlash(name)))
		}
	}
	fmt.Fprintf(&b, "\n%s %d of %d customers into %s\n", verb, total, rows, s.dir)
	for _, key := range kinds {
		fmt.Fprintf(&b, "  %d: package %s, sector %s\n", counts[key], key[0], key[1])
	}
	if total < rows {
		fmt.Fprintf(&b, "left out %d, for the errors above\n", rows-total)
	}
	switch {
	case !write && total > 0:
		b.WriteString("This is a preview: nothing was written. Add --write to write it.\n")
	case write && total > 0:
		fmt.Fprintf(&b, "See what is left to do: concordat check %s\n", s.dir)
	}
	return p.print("%s", &b)
}
