//go:build unix

package clause

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode"
)

// TestLoadHostileNames puts files into a library whose names or kinds some
// systems do not have, or whose names are more than a name: each is refused or
// named as not read, in a line that a terminal shows as it is, and nothing waits.
func TestLoadHostileNames(t *testing.T) {
	const text = "---\nid: aa-01\ntitle: A\nversion: 1.0.0\nstatus: draft\nbinds: both\nplain: A.\n---\nThe Parties agree.\n"
	for _, c := range []struct {
		name, want string // the code
		mode       uint32 // of a device or socket, or 0
	}{
		{"aux.md", codeFileName, 0},
		{"com1.md", codeFileName, 0},
		{"lpt9.md", codeFileName, 0},
		{"nul.md", codeFileName, 0},
		{"NUL.md", codeFileName, 0},
		{"nul", codeUnexpectedFile, 0},
		{"bkp-01.MD", codeFileName, 0},
		{"BKP-01.md", codeFileName, 0},
		{"Library.yaml", codeFileName, 0},
		{"library.yml", codeUnexpectedFile, 0},
		{"..aa-01.md ", "", 0},
		{"aa-01.md ", codeUnexpectedFile, 0},
		{"aa-01.md.", codeUnexpectedFile, 0},
		{"aa-01.md:stream", codeUnexpectedFile, 0},
		{"..\\..\\aa-01.md", "", 0},
		{"a\\..\\aa-01.md", codeFileName, 0},
		{"%2e%2e%2faa-01.md", codeFileName, 0},
		{"aa\n01.md", codeFileName, 0},
		{"aa\x1b[31m01.md", codeFileName, 0},
		{"aa\u202edm.01-.md", codeFileName, 0},
		{"аа-01.md", codeFileName, 0},
		{"aa-01.md\xff", codeUnexpectedFile, 0},
		{strings.Repeat("a", 240) + ".md", codeFileName, 0},
		{"-rf.md", codeFileName, 0},
		{"$(id).md", codeFileName, 0},
		{"folder.md", codeUnexpectedFile, syscall.S_IFDIR},
		{"pipe.md", codeUnexpectedFile, syscall.S_IFIFO},
		{"zero.md", codeUnexpectedFile, syscall.S_IFCHR},
		{"disk.md", codeUnexpectedFile, syscall.S_IFBLK},
		{"socket.md", codeUnexpectedFile, syscall.S_IFSOCK},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := own(t)
			name := filepath.Join(dir, c.name)
			var err error
			switch c.mode {
			case 0:
				text := text
				if id := strings.TrimSuffix(c.name, ".md"); deviceName.MatchString(id) {
					text = strings.Replace(text, "aa-01", id, 1)
				}
				err = os.WriteFile(name, []byte(text), 0o600)
			case syscall.S_IFDIR:
				err = os.Mkdir(name, 0o700)
			case syscall.S_IFIFO:
				err = syscall.Mkfifo(name, 0o600)
			case syscall.S_IFSOCK:
				t.Chdir(dir) // names of sockets are short
				var l net.Listener
				if l, err = net.Listen("unix", c.name); err == nil {
					defer l.Close()
				}
			default:
				err = syscall.Mknod(name, c.mode|0o600, 1<<8|5) // /dev/zero, or a disk of that number
			}
			if err != nil {
				t.Skip(err)
			}
			_, list, err := Load(Layer{os.DirFS(dir), "own/"})
			if err != nil {
				t.Fatal(err)
			}
			said := short(t, list)
			if strings.IndexFunc(strings.ReplaceAll(said, "\n", ""), func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
				t.Errorf("a terminal would not show this as it is: %q", said)
			}
			found := false
			for _, d := range list {
				found = found || d.Code == c.want
			}
			if found != (c.want != "") {
				t.Errorf("expected %q, found\n%s", c.want, said)
			}
		})
	}
}
