package workspace

import (
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// schemaLine is the line of a file that says what it is.
var schemaLine = regexp.MustCompile(`(?m)^["']?schema["']?[ \t]*:[ \t]*["']?([^\s"'#]+)`)

// Find gives the paths of the agreement files in a folder and below, in the
// order of their names. Shared files, records and others whose schema is one of
// this program are not among them; folders whose name begins with a dot are not
// looked into. A YAML file that does not say what it is, or a link, is left out
// with a warning, so that no customer is forgotten silently.
func Find(dir string) (names []string, list diag.List, err error) {
	err = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if name != dir && strings.HasPrefix(entry.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		case filepath.Ext(name) != ".yaml" && filepath.Ext(name) != ".yml":
			return nil
		case !entry.Type().IsRegular():
			list.Warnf(codeLeftOut, source.New(name, nil).Span(0, 0), "give the file itself by name", "this is no regular file, and was left out")
			return nil
		}
		schema, err := schemaOf(name)
		switch {
		case err != nil:
			return err
		case schema == agreementSchema:
			names = append(names, name)
		case !strings.HasPrefix(schema, "concordat/"):
			list.Warnf(codeLeftOut, source.New(name, nil).Span(0, 0), `begin an agreement with "schema: `+agreementSchema+`", or keep other files elsewhere`,
				"the file does not say that it is an agreement, and was left out")
		}
		return nil
	})
	return names, list, err
}

// schemaOf is the schema that a file states, empty when it states none. A file
// that is too large to be read counts as an agreement: who checks it says so.
func schemaOf(name string) (string, error) {
	file, err := source.Read(name, yamlsrc.MaxSize)
	var tooLarge *source.TooLargeError
	switch {
	case errors.As(err, &tooLarge):
		return agreementSchema, nil
	case err != nil:
		return "", err
	}
	match := schemaLine.FindStringSubmatch(file.Text())
	if match == nil {
		return "", nil
	}
	return match[1], nil
}
