package clause

import (
	"fmt"
	"strings"

	"concordat/internal/calendar"
)

// WithApproval is the text of the file as somebody approves it: with the status
// approved, and who approved it, when, and which words. What the file said of
// that before is left out; nothing else changes. The name must be of one line,
// without quotation marks and backslashes.
func (t Text) WithApproval(by string, on calendar.Date) []byte {
	if strings.ContainsAny(by, "\"\\\n\r") {
		panic(fmt.Sprintf("clause: a name with marks: %q", by))
	}
	text := t.File.Text()
	status, _ := t.positions.Key("Status")
	at := t.File.Position(status.Start).Line
	var b strings.Builder
	for n := 1; n <= t.File.Lines(); {
		end := len(text)
		if n < t.File.Lines() {
			end = t.File.LineStart(n + 1)
		}
		line := text[t.File.LineStart(n):end]
		if !t.governs(n) {
			b.WriteString(line)
			n++
			continue
		}
		if n == at {
			ending := "\n"
			if strings.HasSuffix(line, "\r\n") {
				ending = "\r\n"
			}
			fmt.Fprintf(&b, "status: %s%s", Approved, ending)
			fmt.Fprintf(&b, "approved: {by: \"%s\", on: %s, sha256: \"%s\"}%s", by, on, t.Digest(), ending)
		}
		for n++; strings.HasPrefix(t.File.Line(n), " "); n++ {
		}
	}
	return []byte(b.String())
}
