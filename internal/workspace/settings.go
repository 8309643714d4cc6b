package workspace

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// maxLock is the size in bytes of a lock, far above what one holds.
const maxLock = 8 * 1024 * 1024

// Settings are what a workspace says for all its agreements. Without a
// workspace file they are empty.
type Settings struct {
	Dir        string         // folder of the workspace file, as a path for messages; empty without one
	Lock       *source.File   // the file that pins the built-in words; nil without one
	Output     string         // folder to which documents are written; empty when not stated
	Layout     string         // id of the layout of documents; empty when not stated
	LayoutSpan source.Span    // where that is stated
	Frameworks []*source.File // files of further frameworks
	Libraries  []Library      // of the provider, the lowest first
}

// settingsFile is the workspace file as it is written.
type settingsFile struct {
	Schema     string   `yaml:"schema"`
	Output     string   `yaml:"output"`     // folder inside the workspace to which documents are written
	Layout     string   `yaml:"layout"`     // layout of documents, such as owners-page; absent is cyber-constitution, the whole agreement
	Library    []string `yaml:"library"`    // folders of the provider's own clauses, each standing above those before it
	Use        []string `yaml:"use"`        // shared files that every agreement uses first
	Frameworks []string `yaml:"frameworks"` // files of further frameworks
}

// Settings are those of the workspace that a folder of the operating system lies
// in; empty without one. With an error in the list they are of no use. The error
// is a failure of the file system.
func (r *Reader) Settings(dir string) (*Settings, diag.List, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, nil, err
	}
	root, up, found := r.FindRoot(absolute)
	f := r.folder(root, filepath.Join(dir, strings.Repeat("../", up)), found)
	return &f.settings, f.list, nil
}

// readLock reads the lock beside the workspace file, where there is one.
func (f *folder) readLock() {
	name := filepath.Join(f.display, LockName)
	file, err := f.readLimited(LockName, name, maxLock)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		f.list.Errorf(codeLock, source.New(name, nil).Span(0, 0), "make it a file that your user may read, or write it anew by \"concordat library lock --accept\"",
			"the lock of the built-in words cannot be read: %s", reason(err))
	default:
		f.settings.Lock = file
	}
}

// readSettings reads the workspace file.
func (f *folder) readSettings() {
	f.settings.Dir = filepath.Clean(f.display)
	f.readLock()
	name := filepath.Join(f.display, FileName)
	file, err := f.read(FileName, name)
	if err != nil {
		f.list.Errorf(codeWorkspaceFile, source.New(name, nil).Span(0, 0), "make it a file that your user may read, or delete it",
			"the workspace file cannot be read: %s", reason(err))
		return
	}
	var s settingsFile
	positions, list := yamlsrc.Decode(file.Span(0, len(file.Text())), &s, yamlsrc.Options{What: "workspace file"})
	f.list = append(f.list, list...)
	if list.HasErrors() {
		return
	}
	if s.Schema != workspaceSchema {
		f.list.Errorf(codeWorkspaceSchema, positions.Nearest("Schema"), "begin the file with \"schema: "+workspaceSchema+"\"", "expected the schema %q of a workspace, found %q", workspaceSchema, s.Schema)
	}
	if s.Output != "" {
		f.settings.Output = f.settingPath(s.Output, positions.Nearest("Output"), "expected a folder inside the workspace, found %q")
		f.settings.Output = filepath.Join(f.display, filepath.FromSlash(f.settings.Output))
	}
	f.settings.Layout, f.settings.LayoutSpan = s.Layout, positions.Nearest("Layout")
	for i, name := range s.Library {
		span := positions.Nearest(index("Library", i))
		inside := f.settingPath(name, span, "expected a folder inside the workspace, found %q")
		if inside == "" {
			continue
		}
		library, why, hint := f.library(inside)
		if why != "" {
			f.list.Errorf(codeWorkspacePath, span, hint, "%q is no library that can be read: %s", name, why)
			continue
		}
		f.settings.Libraries = append(f.settings.Libraries, library)
	}
	for i, name := range s.Use {
		f.uses = append(f.uses, use{name, positions.Nearest(index("Use", i))})
	}
	for i, name := range s.Frameworks {
		span := positions.Nearest(index("Frameworks", i))
		inside := f.settingPath(name, span, "expected a file inside the workspace, found %q")
		if inside == "" {
			continue
		}
		file, err := f.read(inside, filepath.Join(f.display, filepath.FromSlash(inside)))
		if err != nil {
			f.list.Errorf(codeWorkspacePath, span, "", "%q cannot be read: %s", name, reason(err))
			continue
		}
		f.settings.Frameworks = append(f.settings.Frameworks, file)
	}
}

// settingPath cleans a path that the workspace file names, or reports it.
func (f *folder) settingPath(written string, span source.Span, format string) string {
	clean := path.Clean(written)
	if strings.Contains(written, `\`) || path.IsAbs(written) || filepath.VolumeName(written) != "" || outside(clean) {
		f.list.Errorf(codeWorkspacePath, span, "write the path from the folder of the workspace file, with slashes", format, written)
		return ""
	}
	return clean
}
