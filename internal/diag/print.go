package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"

	"concordat/internal/source"
)

// Printer draws diagnostics for a person:
//
//	customers/lodz.yaml:14:5: error: unknown field "legl_name" in customer [agreement-unknown-field]
//	   |
//	14 |     legl_name: Łódź Dental Sp. z o.o.
//	   |     ^^^^^^^^^
//	   = hint: did you mean "legal_name"?
//
// file:line:column comes first, so that an editor can jump there.
type Printer struct {
	Excerpts bool // show the line of the file; agreements hold secrets, so a log may leave it out
	Color    bool // use ANSI colours
}

// width measures text in columns of a terminal, whatever the locale is.
var width = runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}

// maxExcerpt is the widest part of a line that is shown, in columns.
const maxExcerpt = 120

// Print writes each diagnostic of the list, in its order.
func (p Printer) Print(w io.Writer, list List) error {
	var b strings.Builder
	for _, d := range list {
		p.print(&b, d)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (p Printer) print(b *strings.Builder, d Diagnostic) {
	severity := d.Severity.String()
	fmt.Fprintf(b, "%s%s: %s [%s]\n", place(d.Span), p.paint(severity, d.Severity), visible(d.Message), d.Code)
	gutter := p.excerpt(b, d.Span)
	for _, n := range d.Notes {
		fmt.Fprintf(b, "%s = note: %s%s\n", gutter, place(n.Span), visible(n.Message))
	}
	if d.Hint != "" {
		fmt.Fprintf(b, "%s = hint: %s\n", gutter, visible(d.Hint))
	}
}

func place(s source.Span) string {
	if s.IsZero() {
		return ""
	}
	return visible(s.String()) + ": "
}

func (p Printer) paint(text string, s Severity) string {
	if !p.Color {
		return text
	}
	colour := "33"
	if s == Error {
		colour = "31"
	}
	return "\x1b[1;" + colour + "m" + text + "\x1b[0m"
}

// excerpt draws the line with its caret and gives the blank gutter under it.
func (p Printer) excerpt(b *strings.Builder, s source.Span) string {
	if !p.Excerpts || s.IsZero() {
		return "  "
	}
	pos := s.File.Position(s.Start)
	number := fmt.Sprint(pos.Line)
	gutter := strings.Repeat(" ", len(number))
	line := s.File.Line(pos.Line)
	lineStart := s.File.LineStart(pos.Line)
	from := min(s.Start-lineStart, len(line))
	to := min(max(s.End-lineStart, from), len(line))
	head, marked, tail := visible(suffix(line[:from])), visible(prefix(line[from:to])), visible(prefix(line[to:]))
	if excess := columns(head) - maxExcerpt/2; excess > 0 && columns(head)+columns(marked)+columns(tail) > maxExcerpt {
		head = "…" + width.TruncateLeft(head, excess+1, "")
	}
	if columns(head)+columns(marked) > maxExcerpt {
		marked = width.Truncate(marked, maxExcerpt-columns(head), "…")
		tail = ""
	}
	tail = width.Truncate(tail, max(maxExcerpt-columns(head)-columns(marked), 1), "…")
	fmt.Fprintf(b, "%s |\n%s\n", gutter, strings.TrimRight(number+" | "+head+marked+tail, " "))
	fmt.Fprintf(b, "%s | %s%s\n", gutter, strings.Repeat(" ", columns(head)), strings.Repeat("^", max(columns(marked), 1)))
	return gutter
}

// window is the part of a line, in bytes, that is looked at on each side of a
// place: enough for maxExcerpt, and cheap where a line is a whole file.
const window = 8 * maxExcerpt

func prefix(s string) string {
	end := min(window, len(s))
	for end > 0 && end < len(s) && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

func suffix(s string) string {
	start := max(len(s)-window, 0)
	for start < len(s) && !utf8.RuneStart(s[start]) {
		start++
	}
	return s[start:]
}

func columns(s string) int { return width.StringWidth(s) }

// visible writes characters that could move the cursor, hide or reorder text
// as their code point, and a tabulator as spaces.
func visible(s string) string {
	clean := true
	for _, r := range s {
		if r == '\t' || hides(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\ufffd':
			b.WriteRune(r)
		case r == '\t':
			b.WriteString("    ")
		case hides(r):
			b.WriteString("<" + source.CodePoint(r) + ">")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// hides reports whether a character could move the cursor, hide or reorder
// text.
func hides(r rune) bool { return r == 0x200c || r == 0x200d || source.Forbidden(r) != "" }
