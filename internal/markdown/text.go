package markdown

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// isPunct reports whether c is ASCII punctuation, which a backslash escapes.
func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// entityAt reads the character reference that begins with the & at byte i of
// s: what it means and how many bytes it takes. Size is 0 where there is no
// reference; unknown tells of one that only looks like one.
func entityAt(s string, i int) (meaning string, size int, unknown bool) {
	end := strings.IndexByte(s[i:min(len(s), i+40)], ';')
	if end < 2 {
		return "", 0, false
	}
	name := s[i+1 : i+end]
	size = end + 1
	if name[0] == '#' {
		r, ok := numericReference(name[1:])
		if !ok {
			return "", 0, false
		}
		return string(r), size, false
	}
	for k := 0; k < len(name); k++ {
		if !isAlnum(name[k]) {
			return "", 0, false
		}
	}
	// UnescapeString also knows names without semicolon (&copy) and prefixes
	// of names: it has understood the whole only when nothing of it is left.
	meaning = html.UnescapeString(s[i : i+size])
	if strings.HasSuffix(meaning, ";") && !(meaning == ";" && name == "semi") {
		return "", 0, true
	}
	return meaning, size, false
}

// numericReference reads what stands between &# and ; as CommonMark does: 1
// to 7 decimal digits, or x and 1 to 6 hexadecimal ones. A number that is no
// character gives U+FFFD.
func numericReference(s string) (rune, bool) {
	base, limit := 10, 7
	if s != "" && (s[0] == 'x' || s[0] == 'X') {
		s, base, limit = s[1:], 16, 6
	}
	if s == "" || len(s) > limit {
		return 0, false
	}
	n, err := strconv.ParseUint(s, base, 32)
	if err != nil || s[0] == '+' {
		return 0, false
	}
	if n == 0 || !utf8.ValidRune(rune(n)) {
		return utf8.RuneError, true
	}
	return rune(n), true
}

// unescape resolves backslash escapes and character references in one pass,
// as they stand in link destinations.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\\' && i+1 < len(s) && isPunct(s[i+1]):
			b.WriteByte(s[i+1])
			i += 2
			continue
		case s[i] == '&':
			if meaning, size, _ := entityAt(s, i); size > 0 {
				b.WriteString(meaning)
				i += size
				continue
			}
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}
