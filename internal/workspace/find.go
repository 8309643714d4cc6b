package workspace

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"io/fs"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// Found is an agreement file in a folder.
type Found struct {
	Path   string   // of the operating system, as the folder was named
	ID     string   // of the agreement, as far as it can be told without checking the file; empty when it cannot
	SHA256 [32]byte // of the file
}

// schemaLine is the line of a file that says what it is.
var schemaLine = regexp.MustCompile(`^["']?schema["']?[ \t]*:[ \t]*["']?([^\s"'#]+)`)

// schemaOf is the schema that a text states, empty when it states none.
func schemaOf(text []byte) string {
	for line := range bytes.Lines(text) {
		if !bytes.HasPrefix(bytes.TrimLeft(line, `"'`), []byte("schema")) {
			continue
		}
		if match := schemaLine.FindSubmatch(line); match != nil {
			return string(match[1])
		}
	}
	return ""
}

// otherSchemas are those of the files that may lie among agreements.
var otherSchemas = [...]string{sharedSchema, workspaceSchema, "concordat/record/v1", "concordat/map/v1"}

// Find gives the agreement files in a folder and below, in the order of their
// names. Shared files, records and others whose schema is one of this program
// are not among them; folders whose name begins with a dot are not looked into. A
// YAML file that does not say what it is, or says what this program does not know,
// or a link, is left out with a warning, so that no customer is forgotten silently.
func Find(dir string) ([]Found, diag.List, error) {
	names, list, err := yamlFiles(dir)
	if err != nil {
		return nil, nil, err
	}
	type result struct {
		found  Found
		schema string
		err    error
	}
	results := make([]result, len(names))
	var next atomic.Int64
	var readers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(names) {
					return
				}
				r := &results[i]
				r.found, r.schema, r.err = look(names[i])
			}
		})
	}
	readers.Wait()
	var all []Found
	for _, r := range results {
		switch {
		case r.err != nil:
			return nil, nil, r.err
		case r.schema == agreementSchema:
			all = append(all, r.found)
		case slices.Contains(otherSchemas[:], r.schema):
		case strings.HasPrefix(r.schema, "concordat/"):
			list.Warnf(codeLeftOut, source.New(r.found.Path, nil).Span(0, 0), `write "schema: `+agreementSchema+`" if it is an agreement, or take the program that it was written for`,
				"this program does not know the schema %q of the file, which was left out", r.schema)
		default:
			list.Warnf(codeLeftOut, source.New(r.found.Path, nil).Span(0, 0), `begin an agreement with "schema: `+agreementSchema+`", or keep other files elsewhere`,
				"the file does not say that it is an agreement, and was left out")
		}
	}
	slices.SortStableFunc(list, func(a, b diag.Diagnostic) int { return strings.Compare(a.Span.File.Name(), b.Span.File.Name()) })
	return all, list, nil
}

// yamlFiles are the paths of the YAML files in a folder and below, with warnings
// about those that are no regular files.
func yamlFiles(dir string) (names []string, list diag.List, err error) {
	err = filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			if name != dir && strings.HasPrefix(entry.Name(), ".") {
				return fs.SkipDir
			}
		case filepath.Ext(name) != ".yaml" && filepath.Ext(name) != ".yml":
		case !entry.Type().IsRegular():
			list.Warnf(codeLeftOut, source.New(name, nil).Span(0, 0), "give the file itself by name", "this is no regular file, and was left out")
		default:
			names = append(names, name)
		}
		return nil
	})
	return names, list, err
}

// look reads a file and gives the schema that it states, empty when it states
// none. A file that is too large to be read counts as an agreement: who checks it
// says so.
func look(name string) (Found, string, error) {
	text, err := source.ReadBytes(name, yamlsrc.MaxSize)
	var tooLarge *source.TooLargeError
	switch {
	case errors.As(err, &tooLarge):
		return Found{Path: name}, agreementSchema, nil
	case err != nil:
		return Found{Path: name}, "", err
	}
	schema := schemaOf(text)
	if schema != agreementSchema {
		return Found{Path: name}, schema, nil
	}
	return Found{name, idOf(name, text), sha256.Sum256(text)}, schema, nil
}

// idLine is the line of the id, below "agreement:".
var idLine = regexp.MustCompile(`^ +id:[ \t]+["']?([a-z0-9][a-z0-9-]*)["']?[ \t]*(?:#.*)?$`)

// idOf is the id of an agreement, without decoding the file where it is written as
// nearly everybody does: as the first thing after the only line "agreement:". The
// text could have that line inside of a value only, so who makes something of the
// agreement compares the id with that of the decoded file.
func idOf(name string, text []byte) string {
	key := []byte("agreement:")
	at, times := 0, 0
	for from := 0; ; {
		i := bytes.Index(text[from:], key)
		if i < 0 {
			break
		}
		if i += from; i == 0 || text[i-1] == '\n' {
			at, times = i, times+1
		}
		from = i + len(key)
	}
	if times == 1 {
		rest := text[at+len(key):]
		for line := range bytes.Lines(rest) {
			line = bytes.TrimRight(line, "\r\n")
			if bare := bytes.TrimLeft(line, " \t"); len(bare) == 0 || bare[0] == '#' {
				continue
			}
			if match := idLine.FindSubmatch(line); match != nil {
				return string(match[1])
			}
			break
		}
	}
	tree, _ := yamlsrc.Parse(source.New(name, text).Span(0, len(text)), yamlsrc.Options{What: "agreement file"})
	if id := tree.Field("agreement").Field("id"); id != nil && id.Kind == yamlsrc.Scalar {
		return strings.Clone(id.Value) // of many files nothing but their ids stays in memory
	}
	return ""
}
