// Package draft writes the first files of a provider: a workspace with its shared
// files, and an agreement for each customer.
//
// It is for a person who begins, and for the one who brings in a list of
// customers. It keeps four promises. What was typed is what the agreement holds,
// or it is refused with a sentence. Nothing is invented: what nobody said stands
// in [square brackets], or below a line "# check:" that names it as a proposal.
// Nobody is bound by a draft: no score, hour of service, price, acceptance of a
// risk or law that applies stands in it, and a control that no package brings is
// the customer's where only a customer can do it, else openly unassigned, with a
// commitment to decide. And what is written has no errors; whoever calls this
// package checks it before it is written.
//
// The package reads nothing and knows no day: files and today are arguments.
package draft

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"concordat/internal/calendar"
	"concordat/internal/yamlsrc"
)

// File is a file of a workspace. Path has slashes and begins at its folder.
type File struct {
	Path string
	Text string
}

// Names of shared files.
const (
	WorkspaceFile = "concordat.yaml"
	ProviderFile  = "provider.yaml"
	SchemaFile    = "agreement.schema.json"
)

// PackageFile is the path of a package of services.
func PackageFile(name string) string { return "packages/" + name + ".yaml" }

// PresetFile is the path of what fits a sector.
func PresetFile(name string) string { return "presets/" + name + ".yaml" }

// Packages are the names of the packages that can be written, the smallest first.
func Packages() []string { return []string{"essential", "security", "cmmc"} }

// Sectors are the names of the presets that can be written, the most general last.
func Sectors() []string { return []string{"accounting", "medical", "manufacturer", "general"} }

// ValidName reports whether a text can name a package or a sector.
func ValidName(name string) bool { return nameForm.MatchString(name) }

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

//go:embed starter
var starter embed.FS

// Staff are the ids of people of the provider that packages and customers name. The
// provider file of Workspace has P-SIGN, P-DESK and P-NIGHT.
type Staff struct {
	Signer string // who signs
	Desk   string // who leads the daily work
	Night  string // who is reached at night
}

// Workspace are the file that makes a folder a workspace, and the provider's.
func Workspace(p Provider, today calendar.Date) []File {
	return []File{
		{WorkspaceFile, render(WorkspaceFile, nil)},
		{ProviderFile, render(ProviderFile, struct {
			Provider Provider
			Today    calendar.Date
		}{p, today})},
	}
}

// Shared are the files of a package and a sector, with those that they use. A name
// that this package does not know has none. staff are the people of the provider
// file that is used.
func Shared(pkg, sector string, staff Staff) []File {
	var files []File
	add := func(name string) {
		if _, err := fs.Stat(starter, path.Join("starter", name)); err == nil {
			files = append(files, File{name, render(name, staff)})
		}
	}
	if pkg == "security" {
		add(PackageFile("essential"))
	}
	add(PackageFile(pkg))
	add(PresetFile(sector))
	return files
}

// render fills a file of the starter. A failure is a defect.
func render(name string, data any) string {
	text, err := fs.ReadFile(starter, path.Join("starter", name))
	if err != nil {
		panic(fmt.Sprintf("draft: %v", err))
	}
	t, err := template.New(name).Delims("<<", ">>").Option("missingkey=error").Funcs(template.FuncMap{
		"q":    yamlsrc.Quote,
		"list": list,
	}).Parse(string(text))
	if err != nil {
		panic(fmt.Sprintf("draft: %v", err))
	}
	var b strings.Builder
	if err := t.Execute(&b, data); err != nil {
		panic(fmt.Sprintf("draft: %v", err))
	}
	return b.String()
}

// list is the inside of a YAML list of ids and names.
func list(ids []string) string {
	var items []string
	for _, id := range ids {
		items = append(items, plain(id))
	}
	return strings.Join(items, ", ")
}

var (
	plainForm  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9./_-]*$`)
	numberForm = regexp.MustCompile(`^[0-9.]+([eE][0-9]+)?$|^0[xXoObB]|^[0-9]{4}-`)
)

// plain is an id or a name as a YAML value, in quotes where it could be taken for
// something else.
func plain(id string) string {
	words := []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
	if !plainForm.MatchString(id) || numberForm.MatchString(id) || slices.Contains(words, strings.ToLower(id)) {
		return yamlsrc.Quote(id)
	}
	return id
}
