package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// folder is where used files may lie, with those that were read.
type folder struct {
	dir      string // absolute
	display  string // in messages
	settings Settings

	isWorkspace bool      // it has a workspace file
	uses        []use     // of the workspace file
	list        diag.List // of the workspace file

	unwritten map[string][]byte // by absolute path

	mu    sync.Mutex
	parts map[string]func() (*part, error) // by path inside dir, with slashes
}

// part reads and parses a file once. display is its name in messages.
func (f *folder) part(name, display string) (*part, error) {
	f.mu.Lock()
	read, ok := f.parts[name]
	if !ok {
		read = sync.OnceValues(func() (*part, error) {
			file, err := f.read(name, display)
			if err != nil {
				return nil, err
			}
			return parseShared(file), nil
		})
		f.parts[name] = read
	}
	f.mu.Unlock()
	return read()
}

// read opens a file inside the folder: os.Root lets no link lead out of it.
func (f *folder) read(name, display string) (*source.File, error) {
	return f.readLimited(name, display, yamlsrc.MaxSize)
}

// readLimited is read for a file of at most limit bytes.
func (f *folder) readLimited(name, display string, limit int64) (*source.File, error) {
	if text, ok := f.unwritten[filepath.Join(f.dir, filepath.FromSlash(name))]; ok {
		return source.New(display, text), nil
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return source.ReadRoot(root, name, display, limit)
}

// collector finds the files that one agreement uses.
type collector struct {
	folder *folder
	parts  []*part  // in the order in which they are merged
	chain  []string // files that are being read, each used by the one before
	seen   []string
	size   int // bytes of all files
	list   diag.List
}

// collect adds the files that p uses, each after those that it uses itself.
// name is the path of p inside the folder.
func (c *collector) collect(p *part, name string) {
	c.chain = append(c.chain, name)
	for _, u := range p.uses {
		used, hint := usedPath(name, u.path)
		switch {
		case hint != "":
			c.list.Errorf(codePath, u.span, hint, "expected the path of a shared file, found %q", u.path)
		case outside(used):
			c.list.Errorf(codeOutside, u.span, c.folder.keepInside(), "%q lies outside of the folder %q", u.path, c.folder.display)
		case slices.Contains(c.chain, used):
			chain := append(slices.Clone(c.chain[slices.Index(c.chain, used):]), used)
			c.list.Errorf(codeCycle, u.span, "take one of these out of \"use\"", "a file uses itself: %s", strings.Join(chain, " uses "))
		case slices.Contains(c.seen, used):
		case len(c.seen) == maxFiles:
			c.list.Errorf(codeTooMany, u.span, "put what belongs together into one file", "an agreement can use at most %d files", maxFiles)
		default:
			c.seen = append(c.seen, used)
			next, err := c.folder.part(used, filepath.Join(c.folder.display, filepath.FromSlash(used)))
			if err != nil {
				c.unreadable(u, err)
				continue
			}
			if c.size += len(next.file.Text()); c.size > maxTotal {
				c.list.Errorf(codeTooMany, u.span, "use fewer or smaller files", "the files that an agreement uses are larger than %d KiB together", maxTotal/1024)
				continue
			}
			c.collect(next, used)
			c.parts = append(c.parts, next)
		}
	}
	c.chain = c.chain[:len(c.chain)-1]
}

// usedPath is the path inside the folder of a file that the file called name
// uses. The hint says what is wrong with the path.
func usedPath(name, written string) (used, hint string) {
	switch {
	case strings.Contains(written, `\`):
		return "", "write slashes, as in packages/essential.yaml"
	case strings.HasPrefix(written, "/") || filepath.VolumeName(filepath.FromSlash(written)) != "":
		return "", "write the path from the folder of this file"
	case path.Ext(written) != ".yaml" && path.Ext(written) != ".yml":
		return "", "name a file that ends in .yaml"
	}
	return path.Join(path.Dir(name), written), ""
}

// outside reports whether a cleaned path leads out of its folder.
func outside(name string) bool { return name == ".." || strings.HasPrefix(name, "../") }

// keepInside is what to do about a file that lies outside.
func (f *folder) keepInside() string {
	if f.isWorkspace {
		return "keep the file inside the workspace"
	}
	return "keep the file beside the agreement or below, or make the folder that holds both a workspace by a " + FileName
}

// unreadable reports why a used file cannot be read.
func (c *collector) unreadable(u use, err error) {
	var tooLarge *source.TooLargeError
	var failed *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		c.list.Errorf(codeMissing, u.span, "paths begin at the folder of this file", "there is no file %q", u.path)
	case errors.As(err, &tooLarge):
		c.list.Errorf(codeUnreadable, u.span, "split it into several files", "%q is larger than %d KiB", u.path, tooLarge.Limit/1024)
	case errors.Is(err, source.ErrNotRegular):
		c.list.Errorf(codeUnreadable, u.span, "name a file", "%q is no regular file", u.path)
	case errors.Is(err, fs.ErrPermission):
		c.list.Errorf(codeUnreadable, u.span, "let your user read the file", "%q may not be read", u.path)
	case errors.As(err, &failed) && failed.Err.Error() == "path escapes from parent":
		// The error of os.Root has no name.
		c.list.Errorf(codeOutside, u.span, c.folder.keepInside(), "%q is a link that leads out of the folder %q", u.path, c.folder.display)
	default:
		c.list.Errorf(codeUnreadable, u.span, "", "%q cannot be read: %s", u.path, reason(err))
	}
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

// index is the path of an entry of a list.
func index(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }
