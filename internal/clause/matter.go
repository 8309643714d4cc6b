package clause

import (
	"fmt"
	"regexp"
	"strings"

	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// clauseMatter is the front matter of a clause file. Its fields are named like
// those of Clause, so that a path leads to the place of both.
type clauseMatter struct {
	ID         string `yaml:"id"`
	Title      string `yaml:"title"`
	Edition    `yaml:",inline"`
	Binds      Binds       `yaml:"binds"`
	When       string      `yaml:"when"`
	Requires   []string    `yaml:"requires"`
	Conflicts  []string    `yaml:"conflicts"`
	Plain      string      `yaml:"plain"`
	Purpose    string      `yaml:"purpose"`
	Parameters []Parameter `yaml:"parameters"`
	Licence    string      `yaml:"licence"`
}

// termMatter is the front matter of a term file, with the names of Term.
type termMatter struct {
	ID       string `yaml:"id"`
	Name     string `yaml:"term"`
	Edition  `yaml:",inline"`
	Variants []string `yaml:"variants"`
}

// fence is the line that begins and ends front matter.
const fence = "---"

const fenceHint = "begin the file with a line \"---\", then the fields, then a line \"---\", then the text"

// split finds the front matter and the body of a file. Its list is empty when
// both were found.
func split(f *source.File) (matter, body source.Span, list diag.List) {
	if f.Line(1) != fence {
		at := f.Span(0, len(f.Line(1)))
		if strings.TrimSpace(f.Line(1)) == fence {
			list.Errorf(codeFrontMatter, at, "delete the spaces in this line", "expected a line \"---\" without spaces, found %q", f.Line(1))
		} else {
			list.Errorf(codeFrontMatter, at, fenceHint, "expected a line \"---\" that begins the front matter, found %s", quoted(f.Line(1)))
		}
		return matter, body, list
	}
	for n := 2; n <= f.Lines(); n++ {
		line := f.Line(n)
		switch {
		case line == fence:
			matter = f.Span(f.LineStart(2), f.LineStart(n))
			body = f.Span(f.LineStart(n+1), len(f.Text()))
			if strings.TrimSpace(body.Text()) == "" {
				list.Errorf(codeEmptyBody, f.Span(f.LineStart(n), f.LineStart(n)+len(fence)), "write the text after the front matter", "there is no text after the front matter")
			}
			return matter, body, list
		case strings.HasPrefix(line, fence) && strings.TrimSpace(line) == fence:
			at := f.LineStart(n)
			list.Errorf(codeFrontMatter, f.Span(at, at+len(line)), "delete the spaces after \"---\"", "expected a line \"---\" without spaces, found %q", line)
			return matter, body, list
		}
	}
	list.Errorf(codeFrontMatter, f.Span(0, len(fence)), "end the front matter with a line \"---\"", "the front matter that begins here does not end")
	return matter, body, list
}

// quoted is the begin of a line for a message.
func quoted(line string) string {
	const most = 40
	if line == "" {
		return "an empty line"
	}
	runes := []rune(line)
	if len(runes) > most {
		line = string(runes[:most]) + "…"
	}
	return "\"" + line + "\""
}

// decode reads front matter into dst. ok is false when nothing could be read;
// otherwise dst holds what could, and the checks of fields go on.
func decode(matter source.Span, dst any, what string, fields ...string) (positions *yamlsrc.Positions, list diag.List, ok bool) {
	text := matter.Text()
	for i := 0; ; {
		at := strings.Index(text[i:], "{{")
		if at < 0 {
			break
		}
		i += at + len("{{")
		list.Errorf(codeTemplate, matter.File.Span(matter.Start+i-len("{{"), matter.Start+i),
			"write plain text; values stand in the text after the front matter only", "the front matter holds \"{{\"")
	}
	if len(list) > 0 {
		return nil, list, false
	}
	positions, list = yamlsrc.Decode(matter, dst, yamlsrc.Options{What: what})
	for _, field := range fields {
		if _, written := positions.Key(field); written {
			return positions, list, true
		}
	}
	return positions, list, !list.HasErrors()
}

// required is a field that must be written.
type required struct {
	field, key string
	missing    bool
}

func checkRequired(list *diag.List, positions *yamlsrc.Positions, at source.Span, what string, fields []required) {
	for _, r := range fields {
		if _, written := positions.Key(r.field); r.missing && !written {
			list.Errorf(codeRequired, at, fmt.Sprintf("add a line \"%s: ...\"", r.key), "%s has no %q", what, r.key)
		}
	}
}

var (
	idForm      = regexp.MustCompile(`^[a-z][a-z0-9-]{1,31}$`)
	versionForm = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$`)
)

// schedulePrefix begins the names by which references name schedules.
const schedulePrefix = "schedule-"

// checkID reports whether an id has the form of ids. An empty id is missing,
// and reported as such elsewhere.
func checkID(list *diag.List, at source.Span, id string) bool {
	switch {
	case id == "":
		return false
	case !idForm.MatchString(id):
		list.Errorf(codeID, at, "write 2 to 32 lower case letters, digits and hyphens, a letter first, such as \"bkp-01\"", "%q is not an id", id)
		return false
	case strings.HasPrefix(id, schedulePrefix):
		list.Errorf(codeID, at, "write another id", "ids that begin with %q are those of schedules, found %q", schedulePrefix, id)
		return false
	}
	return true
}

func checkVersion(list *diag.List, at source.Span, version string) {
	if version != "" && !versionForm.MatchString(version) {
		list.Errorf(codeVersion, at, "write three numbers with points, such as \"1.0.0\"", "expected a version such as \"1.0.0\", found %q", version)
	}
}

// checkRepeats reports entries of a list that are written twice.
func checkRepeats(list *diag.List, span func(path string) source.Span, field string, entries []string) {
	first := map[string]int{}
	for i, entry := range entries {
		j, seen := first[entry]
		if !seen {
			first[entry] = i
			continue
		}
		*list = append(*list, repeat(span(fmt.Sprintf("%s[%d]", field, i)), span(fmt.Sprintf("%s[%d]", field, j)), fmt.Sprintf("%q is written twice", entry), "delete one of them"))
	}
}

// repeat is the diagnostic of something that was written before at first.
func repeat(at, first source.Span, message, hint string) diag.Diagnostic {
	return diag.Diagnostic{
		Code: codeDuplicateID, Severity: diag.Error, Span: at, Message: message, Hint: hint,
		Notes: []diag.Note{{Span: first, Message: "first written here"}},
	}
}
