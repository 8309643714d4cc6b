package diag

import (
	"fmt"
	"io"
	"strings"
)

// The escapes of workflow commands: for the message, and for what stands before
// it.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub writes a workflow command a diagnostic, one line each:
//
//	::error file=customers/lodz.yaml,line=14,endLine=14,col=5,endColumn=14,title=agreement-unknown-field::unknown field …
//
// Notes and hint follow the message on lines of their own, which the command
// holds escaped.
func (r Report) writeGitHub(w io.Writer) error {
	var b strings.Builder
	for _, f := range r.findings() {
		fmt.Fprintf(&b, "::%s ", f.Severity)
		f.githubPlace(&b)
		fmt.Fprintf(&b, "title=%s::", githubProperty.Replace(visible(f.Code)))
		message := visible(f.Message)
		for _, n := range f.Notes {
			message += "\nnote: " + place(n.Span) + visible(n.Message)
		}
		if f.Hint != "" {
			message += "\nhint: " + visible(f.Hint)
		}
		b.WriteString(githubData.Replace(message) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (f finding) githubPlace(b *strings.Builder) {
	name := f.file
	if !f.Span.IsZero() {
		name = f.Span.File.Name()
	}
	if name != "" {
		fmt.Fprintf(b, "file=%s,", githubProperty.Replace(visible(name)))
	}
	if f.Span.IsZero() {
		return
	}
	start, end := extent(f.Span)
	from, to := f.Span.File.Position(start), f.Span.File.Position(end)
	fmt.Fprintf(b, "line=%d,endLine=%d,", from.Line, to.Line)
	// The runner takes columns of one line only.
	if from.Line == to.Line {
		fmt.Fprintf(b, "col=%d,endColumn=%d,", from.Column, to.Column)
	}
}
