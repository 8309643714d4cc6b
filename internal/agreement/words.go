package agreement

import (
	"fmt"
	"strings"

	"concordat/internal/diag"
)

// conjoin joins quoted words: `"a"`, `"a" and "b"`, `"a", "b" and "c"`.
func conjoin(conjunction string, words []string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = fmt.Sprintf("%q", word)
	}
	if len(quoted) < 2 {
		return strings.Join(quoted, "")
	}
	last := len(quoted) - 1
	return strings.Join(quoted[:last], ", ") + " " + conjunction + " " + quoted[last]
}

// choice names the words of which one is expected.
func choice(words []string) string { return conjoin("or", words) }

// named is a row by its id, or "this row" of its kind where it has none.
func named(noun, id string) string {
	if id == "" {
		return "this " + noun
	}
	return fmt.Sprintf("%s %q", noun, id)
}

// nearest is the word that was most likely meant, or empty. A word that
// differs in capitals only is the nearest.
func nearest(found string, words []string) string {
	for _, word := range words {
		if strings.EqualFold(found, word) {
			return word
		}
	}
	return diag.Nearest(found, words)
}

// count is a number with its noun: "1 entry", "2 entries".
func count(n int, one, many string) string {
	return fmt.Sprintf("%d %s", n, plural(n, one, many))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}
