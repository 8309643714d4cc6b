// Package diag describes problems in users' files and writes them: for a person
// by Printer, for programs by Report.
//
// A Diagnostic is about what a person wrote: it has a stable code, a place, a
// sentence and, where possible, an instruction. A fault of the world (a full
// disk) is an error, a fault of the program a panic; neither is a Diagnostic.
//
// The voice of messages: lower case, no full stop, the thing in quotes,
// expected before found. A hint is an instruction.
package diag

import (
	"cmp"
	"fmt"
	"slices"

	"concordat/internal/source"
)

// Severity says what a diagnostic does to the result. Its zero is invalid.
type Severity int

const (
	// Error stops the work: nothing is written.
	Error Severity = iota + 1
	// Warning stands beside a result that is written.
	Warning
)

func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		panic(fmt.Sprintf("diag: unknown severity %d", int(s)))
	}
}

// Diagnostic is one problem in a user's file.
type Diagnostic struct {
	Code     string // stable, lower case with hyphens, or a rule's id such as "R05"
	Severity Severity
	Span     source.Span // where; the zero Span is a problem of no place
	Message  string      // what is wrong
	Hint     string      // what to do; may be empty
	Notes    []Note      // other places that take part
}

// Note is another place that takes part in a problem.
type Note struct {
	Span    source.Span
	Message string
}

// List is the problems of one stage. A List is not an error: ask HasErrors.
type List []Diagnostic

// Errorf adds an error.
func (l *List) Errorf(code string, span source.Span, hint, format string, args ...any) {
	*l = append(*l, Diagnostic{Code: code, Severity: Error, Span: span, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// Warnf adds a warning.
func (l *List) Warnf(code string, span source.Span, hint, format string, args ...any) {
	*l = append(*l, Diagnostic{Code: code, Severity: Warning, Span: span, Message: fmt.Sprintf(format, args...), Hint: hint})
}

// HasErrors reports whether one of the list is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sorted is the list in order of file name, place, severity and code, without
// exact repeats. l is not changed.
func (l List) Sorted() List {
	sorted := slices.Clone(l)
	slices.SortStableFunc(sorted, compare)
	return slices.CompactFunc(sorted, func(a, b Diagnostic) bool {
		return compare(a, b) == 0 && a.Hint == b.Hint
	})
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(fileName(a.Span), fileName(b.Span)),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Code, b.Code),
		cmp.Compare(a.Message, b.Message),
	)
}

func fileName(s source.Span) string {
	if s.IsZero() {
		return ""
	}
	return s.File.Name()
}
