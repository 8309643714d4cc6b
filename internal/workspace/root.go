package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// FileName is the name of the file that makes its folder a workspace.
const FileName = "concordat.yaml"

// LockName is the name of the file beside it that pins the built-in words.
const LockName = "concordat.lock"

// maxLock is the size in bytes of a lock, far above what one holds.
const maxLock = 8 * 1024 * 1024

const workspaceSchema = "concordat/workspace/v1"

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

// FindRoot is the nearest folder with a workspace file, from dir upwards, and
// how many levels up it is. Without one it is dir itself.
func (r *Reader) FindRoot(dir string) (root string, up int, found bool) {
	for at := dir; ; up++ {
		if _, ok := r.unwritten[filepath.Join(at, FileName)]; ok {
			return at, up, true
		}
		if _, err := os.Lstat(filepath.Join(at, FileName)); err == nil {
			return at, up, true
		}
		parent := filepath.Dir(at)
		if parent == at {
			return dir, 0, false
		}
		at = parent
	}
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

// reason is why a file cannot be read, without its name.
func reason(err error) string {
	var failed *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file"
	case errors.Is(err, source.ErrNotRegular):
		return source.ErrNotRegular.Error()
	case errors.As(err, &failed):
		return failed.Err.Error()
	default:
		return err.Error()
	}
}
