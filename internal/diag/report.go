package diag

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"

	"concordat/internal/source"
)

// Format is how a Report is written. Its zero is invalid.
type Format int

const (
	// TextFormat is for a person at a terminal: see Printer.
	TextFormat Format = iota + 1
	// JSONFormat is for programs: schema concordat/report/v1, see docs/reports.md.
	JSONFormat
	// SARIFFormat is for editors and code scanning: SARIF 2.1.0 of OASIS.
	SARIFFormat
	// GitHubFormat is for logs of GitHub Actions: one workflow command a diagnostic.
	GitHubFormat
)

// Formats are all formats, in the order in which help texts name them.
func Formats() []Format { return []Format{TextFormat, JSONFormat, SARIFFormat, GitHubFormat} }

// String is the name of the format as users write it: "text", "json", "sarif"
// or "github".
func (f Format) String() string {
	switch f {
	case TextFormat:
		return "text"
	case JSONFormat:
		return "json"
	case SARIFFormat:
		return "sarif"
	case GitHubFormat:
		return "github"
	default:
		panic(fmt.Sprintf("diag: unknown format %d", int(f)))
	}
}

// ParseFormat is the format of a name, and whether there is one.
func ParseFormat(name string) (Format, bool) {
	for _, f := range Formats() {
		if f.String() == name {
			return f, true
		}
	}
	return 0, false
}

// Report is what one run of the program found, file by file. The same Report
// is written as the same bytes each time: it holds no clock and no machine.
type Report struct {
	Version  string       // of the program; may be empty
	Files    []FileReport // in the order of the command line
	Rules    []RuleInfo   // what SARIF tells about codes; in any order
	Excerpts bool         // whether text of the files may be shown: agreements hold secrets
	Color    bool         // TextFormat only
}

// FileReport is what examining one file gave.
type FileReport struct {
	File        string         // name as the user wrote it
	ID          string         // id of the agreement; empty where it could not be read
	Diagnostics List           // in the order to write, as Sorted gives it
	Summary     json.Marshaler // JSONFormat only; nil where there is none
}

// RuleInfo describes one diagnostic code to viewers of SARIF.
type RuleInfo struct {
	Code        string
	Severity    Severity // usual one; a diagnostic may have the other
	Title       string   // one line, plain text; GitHub shows at most 1,024 characters
	Description string   // plain text; the title where empty; the same limit
	Help        string   // Markdown: what is bad, what is good, why; the description where empty
	HelpURI     string   // absolute address of a page; may be empty
}

// Write writes the report. Its errors are those of w and of a Summary.
func (r Report) Write(w io.Writer, f Format) error {
	switch f {
	case TextFormat:
		return r.writeText(w)
	case JSONFormat:
		return r.writeJSON(w)
	case SARIFFormat:
		return r.writeSARIF(w)
	case GitHubFormat:
		return r.writeGitHub(w)
	default:
		panic(fmt.Sprintf("diag: unknown format %d", int(f)))
	}
}

func (r Report) writeText(w io.Writer) error {
	p := Printer{Excerpts: r.Excerpts, Color: r.Color}
	for _, file := range r.Files {
		if err := p.Print(w, file.Diagnostics); err != nil {
			return err
		}
	}
	return nil
}

// status is "errors", "warnings" or "ok".
func (f FileReport) status() string {
	switch {
	case f.Diagnostics.HasErrors():
		return "errors"
	case len(f.Diagnostics) > 0:
		return "warnings"
	default:
		return "ok"
	}
}

// finding is a diagnostic and the file that was examined when it was found.
type finding struct {
	Diagnostic
	file string
}

// findings are the diagnostics of all files in order. A problem of a shared
// file is found with each agreement that uses it, and is told once.
func (r Report) findings() []finding {
	var all []finding
	seen := map[string]bool{}
	for _, file := range r.Files {
		for _, d := range file.Diagnostics {
			if key := identity(d, file.File); !seen[key] {
				seen[key] = true
				all = append(all, finding{d, file.File})
			}
		}
	}
	return all
}

func identity(d Diagnostic, file string) string {
	var b strings.Builder
	span := func(s source.Span) {
		name := file
		if !s.IsZero() {
			name = s.File.Name()
		}
		fmt.Fprintf(&b, "%t %q %d %d ", s.IsZero(), name, s.Start, s.End)
	}
	span(d.Span)
	fmt.Fprintf(&b, "%d %q %q %q", d.Severity, d.Code, d.Message, d.Hint)
	for _, n := range d.Notes {
		span(n.Span)
		fmt.Fprintf(&b, "%q", n.Message)
	}
	return b.String()
}

// extent is where a span begins and ends in the text of its file, without the
// line breaks at its end: a viewer would mark the line below.
func extent(s source.Span) (start, end int) {
	text := s.File.Text()
	start = min(max(s.Start, 0), len(text))
	end = min(max(s.End, start), len(text))
	if trimmed := strings.TrimRight(text[start:end], "\r\n"); trimmed != "" {
		end = start + len(trimmed)
	}
	return start, end
}

// maxShown is the longest text of a file, in bytes, that a report repeats.
const maxShown = 1000

// encode writes a document as indented JSON. Characters that could reorder or
// hide text are escaped, so that a report is safe to look at as text.
func encode[T jsonReport | sarifLog](w io.Writer, document T) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(document); err != nil {
		return err
	}
	_, err := w.Write(escape(b.Bytes()))
	return err
}

// escape writes forbidden characters of JSON as \u escapes. Outside of strings
// JSON has ASCII only, so each such character is inside one.
func escape(text []byte) []byte {
	ascii := true
	for _, c := range text {
		ascii = ascii && c < 0x7f
	}
	if ascii {
		return text
	}
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r < 0x7f || !hides(r) {
			out = append(out, string(r)...)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			out = append(out, `\u`...)
			out = append(out, strconv.FormatUint(0x10000+uint64(unit), 16)[1:]...)
		}
	}
	return out
}
