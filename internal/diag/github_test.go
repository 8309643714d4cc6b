package diag

import (
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/source"
)

func TestGitHub(t *testing.T) {
	for _, tc := range []struct {
		name string
		file string
		d    Diagnostic
		want string
	}{
		{
			"a place, notes and a hint", "a.yaml",
			Diagnostic{"R01", Warning, at("shared.yaml", "é: «bc»\n"), "m", "h", []Note{{at("b.yaml", "\n «x»"), "first written here"}, {source.Span{}, "of no place"}}},
			"::warning file=shared.yaml,line=1,endLine=1,col=4,endColumn=6,title=R01::m%0Anote: b.yaml:2:2: first written here%0Anote: of no place%0Ahint: h",
		},
		{
			"several lines have no columns", "a.yaml",
			Diagnostic{"R01", Error, at("a.yaml", "a: «b\nc» d\n"), "m", "", nil},
			"::error file=a.yaml,line=1,endLine=2,title=R01::m",
		},
		{
			"a line break at the end is no second line", "a.yaml",
			Diagnostic{"R01", Error, at("a.yaml", "a: «b\r\n»c"), "m", "", nil},
			"::error file=a.yaml,line=1,endLine=1,col=4,endColumn=5,title=R01::m",
		},
		{
			"no place in a file", "a.yaml",
			Diagnostic{"R01", Error, source.Span{}, "m", "", nil},
			"::error file=a.yaml,title=R01::m",
		},
		{
			"no place and no file", "",
			Diagnostic{"R01", Error, source.Span{}, "", "", nil},
			"::error title=R01::",
		},
		{
			"what could be a command", "",
			Diagnostic{"a:b,c%\n", Error, at("x:1,line=9%2C\r\n::.yaml", "«»"), "100% of\n::error::%0A\r\x1b[2J\u202e", "\n::stop-commands::x", nil},
			"::error file=x%3A1%2Cline=9%252C<U+000D><U+000A>%3A%3A.yaml,line=1,endLine=1,col=1,endColumn=1,title=a%3Ab%2Cc%25<U+000A>::" +
				"100%25 of<U+000A>::error::%250A<U+000D><U+001B>[2J<U+202E>%0Ahint: <U+000A>::stop-commands::x",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := write(t, Report{Excerpts: true, Files: []FileReport{{File: tc.file, Diagnostics: List{tc.d}}}}, GitHubFormat)
			if diff := cmp.Diff(tc.want+"\n", got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// command reads a line as the runner of GitHub Actions does.
func command(t *testing.T, line string) (name string, properties map[string]string, data string) {
	t.Helper()
	rest, ok := strings.CutPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::")
	head, data, found := strings.Cut(rest, "::")
	if !ok || !found {
		t.Fatalf("no command: %q", line)
	}
	unescape := func(s string, tokens ...string) string {
		for i := 0; i < len(tokens); i += 2 {
			s = strings.ReplaceAll(s, tokens[i], tokens[i+1])
		}
		return strings.ReplaceAll(s, "%25", "%")
	}
	name, list, _ := strings.Cut(head, " ")
	properties = map[string]string{}
	for _, pair := range strings.Split(list, ",") {
		key, value, _ := strings.Cut(pair, "=")
		properties[key] = unescape(value, "%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",")
	}
	return name, properties, unescape(data, "%0D", "\r", "%0A", "\n")
}

// FuzzGitHub holds the log to its law: a diagnostic is one command, and the
// command says what the diagnostic says.
func FuzzGitHub(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, name, text, code, message, hint, note string, start, end int) {
		r := fuzzed(name, text, code, message, hint, note, start, end)
		written := write(t, r, GitHubFormat)
		lines := strings.FieldsFunc(written, func(r rune) bool { return r == '\r' || r == '\n' })
		if len(lines) != 2 || !strings.HasSuffix(written, "\n") {
			t.Fatalf("%d lines of 2 diagnostics: %q", len(lines), written)
		}
		for i, line := range lines {
			d := r.Files[0].Diagnostics[i]
			severity, properties, data := command(t, line)
			want := visible(message)
			for _, n := range d.Notes {
				want += "\nnote: " + place(n.Span) + visible(note)
			}
			if hint != "" {
				want += "\nhint: " + visible(hint)
			}
			if severity != d.Severity.String() || data != want {
				t.Errorf("read back %q %q, want %q", severity, data, want)
			}
			if properties["file"] != visible(name) || properties["title"] != visible(code) {
				t.Errorf("read back file %q title %q", properties["file"], properties["title"])
			}
			if len(properties) > 6 {
				t.Errorf("read back %q", properties)
			}
		}
	})
}
