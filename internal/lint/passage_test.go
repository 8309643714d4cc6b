package lint

import (
	"strings"
	"testing"

	"concordat/internal/source"
)

// TestWithin finds words where they are written.
func TestWithin(t *testing.T) {
	for _, c := range []struct{ written, text, word string }{
		{"a plain text", "a plain text", "plain"},
		{"over two\nlines here", "over two lines here", "lines here"},
		{`says "it's" so`, "says “it’s” so", "it’s"},
		{"one --- two", "one — two", "two"},
		{`a \[mark\] here`, "a [mark] here", "here"},
		{"a.{{ if .A }} b c{{ end }} d", "a. b c d", "c"},
		{"a.{{ if .A }} b c{{ end }} d e", "a. d e", "e"},
		{"it {{ if .A }}gives{{ else }}takes{{ end }} all", "it gives all", "all"},
		{"it {{ if .A }}gives{{ else }}takes{{ end }} all", "it takes all", "takes"},
		{"a {{- if .A }} b {{- end }} c", "a b c", "c"},
		{"> quoted\n> text", "quoted text", "text"},
	} {
		written := strings.TrimPrefix(c.written, "> ")
		f := source.New("x.md", []byte(written))
		start := strings.Index(c.text, c.word)
		got := within(f.Span(0, len(written)), c.text, start, start+len(c.word)).Text()
		want := strings.NewReplacer("“", `"`, "”", `"`, "’", "'").Replace(c.word)
		if strings.Join(strings.Fields(got), " ") != want {
			t.Errorf("%q in %q: %q", c.word, c.written, got)
		}
	}
}
