package draft

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"concordat/internal/calendar"
)

// maxID is the number of characters of an agreement's id.
const maxID = 64

// ID makes an agreement's id of a name: small letters without their accents and
// digits, all else as hyphens. It is empty when the name has none of these.
func ID(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(name) {
		r = unicode.ToLower(r)
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' || r == '.':
			// O’Neil Ltd. is oneil-ltd
		case unaccented(r) != "":
			b.WriteString(unaccented(r))
		case !strings.HasSuffix(b.String(), "-") && b.Len() > 0:
			b.WriteByte('-')
		}
		if b.Len() >= maxID {
			break
		}
	}
	id := b.String()
	return strings.Trim(id[:min(len(id), maxID)], "-")
}

// unaccented is what stands for a letter that Unicode does not take apart.
func unaccented(r rune) string {
	switch r {
	case 'ł':
		return "l"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	default:
		return ""
	}
}

// Effective is the first day of a term where nobody names another: the first day
// of the second month after today.
func Effective(today calendar.Date) calendar.Date { return today.Month().Add(2).First() }
