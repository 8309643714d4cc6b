package markdown

import (
	"strings"
	"testing"

	"concordat/internal/source"
)

// TestHostileClauses reads text on which parsers of Markdown take long or
// exhaust the stack. It has no clock: the run of tests does not end where one
// of them does not.
func TestHostileClauses(t *testing.T) {
	const size = maxBlock / 4
	for _, unit := range []string{
		">", "> ", "- ", "* ", "1. ", "[", "]", "![", "[a](", "*", "_", "**a ", "*a ", "*a_ ", "`", "`a", "\\", "&", "&amp;", "<", "<a ", "<!--", "\"", "'", "(", "|", "|-", "a|", "~", "#", "# ", "-", "=", "a\n", "- a\n", "> a\n", "1. a\n", "| a |\n", "*\n", "[a]: b\n", "<b>\n", "a\n\n", "\"a ", "'a ", "a'", "*[",
	} {
		for _, text := range []string{strings.Repeat(unit, size/len(unit)), "| a |\n|---|\n" + strings.Repeat(unit, size/len(unit)), strings.Repeat(unit, size/len(unit)) + "\na"} {
			ParseLayout(text, nil, source.New("x.md", []byte(text)).Span)
		}
	}
	for _, nested := range []func(n int) string{
		func(n int) string { return strings.Repeat("  ", n) + "- a\n" },
		func(n int) string { return strings.Repeat("> ", n) + "a\n" },
	} {
		var b strings.Builder
		for n := 0; n < 200; n++ {
			b.WriteString(nested(n))
		}
		ParseLayout(b.String(), nil, source.New("x.md", []byte(b.String())).Span)
	}
}
