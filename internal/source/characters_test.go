package source

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProblems(t *testing.T) {
	const utf8Hint = "save the file as UTF-8 without byte order mark"
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"good", "Łódź\t東 👍🏽 a\u200db\r\n\u00a0\n", nil}, // joiners and spaces are judged in values
		{"UTF-16", "\xff\xfea\x00", []string{"1:1 0 the file is UTF-16, not UTF-8 | " + utf8Hint}},
		{"UTF-16, big end first", "\xfe\xff\x00a", []string{"1:1 0 the file is UTF-16, not UTF-8 | " + utf8Hint}},
		{"byte order mark", "\ufeffa\x01", []string{
			"1:1 3 the file begins with a byte order mark | " + utf8Hint,
			"1:3 1 U+0001 is not allowed here: control character | delete it, or write the text without it"}},
		{"mark inside", "a\ufeff", []string{"1:2 3 U+FEFF is not allowed here: invisible character | delete it, or write the text without it"}},
		{"bad bytes", "a\xff\nb\xc3", []string{
			"1:2 1 byte 0xFF is not valid UTF-8 | save the file as UTF-8",
			"2:2 1 byte 0xC3 is not valid UTF-8 | save the file as UTF-8"}},
		{"surrogate", "\xed\xa0\x80", []string{
			"1:1 1 byte 0xED is not valid UTF-8 | save the file as UTF-8",
			"1:2 1 byte 0xA0 is not valid UTF-8 | save the file as UTF-8",
			"1:3 1 byte 0x80 is not valid UTF-8 | save the file as UTF-8"}},
		{"carriage returns", "a\rb\r\nc\r", []string{
			"1:2 1 a carriage return stands without a line feed | save the file with line feeds as line ends",
			"2:2 1 a carriage return stands without a line feed | save the file with line feeds as line ends"}},
		{"delete", "a\x7f", []string{"1:2 1 U+007F is not allowed here: control character | delete it, or write the text without it"}},
		{"next line", "a\u0085", []string{"1:2 2 U+0085 is not allowed here: control character | delete it, or write the text without it"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, p := range New("f", []byte(tc.text)).Problems() {
				got = append(got, fmt.Sprintf("%s %d %s | %s", strings.TrimPrefix(p.Span.String(), "f:"), p.Span.End-p.Span.Start, p.Message, p.Hint))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if got := len(New("f", make([]byte, 1000)).Problems()); got != maxProblems {
		t.Errorf("a file of zeros has %d problems, want %d", got, maxProblems)
	}
}

func TestForbidden(t *testing.T) {
	const (
		control     = "control character"
		separator   = "line or paragraph separator"
		non         = "noncharacter"
		private     = "private use character"
		tag         = "tag character"
		bidi        = "bidirectional control, which can reorder the text a reader sees"
		invisible   = "invisible character"
		format      = "invisible format character"
		replacement = "replacement character, which stands where something was lost"
	)
	for _, tc := range []struct {
		first, last rune
		want        string
	}{
		{0x00, 0x1f, control}, {0x20, 0x7e, ""}, {0x7f, 0x9f, control}, {0xa0, 0xac, ""}, {0xad, 0xad, invisible}, {0xae, 0x34e, ""}, {0x34f, 0x34f, invisible},
		{0x61b, 0x61b, ""}, {0x61c, 0x61c, bidi}, {0x115f, 0x1160, invisible}, {0x180e, 0x180e, invisible},
		{0x2000, 0x200a, ""}, {0x200b, 0x200b, invisible}, {0x200c, 0x200d, ""}, {0x200e, 0x200f, bidi}, {0x2010, 0x2027, ""},
		{0x2028, 0x2029, separator}, {0x202a, 0x202e, bidi}, {0x202f, 0x205f, ""}, {0x2060, 0x2065, invisible},
		{0x2066, 0x2069, bidi}, {0x206a, 0x206f, format}, {0x2070, 0x2070, ""}, {0x3000, 0x3000, ""}, {0x3164, 0x3164, invisible},
		{0xd7ff, 0xd7ff, ""}, {0xe000, 0xf8ff, private}, {0xf900, 0xfdcf, ""}, {0xfdd0, 0xfdef, non}, {0xfdf0, 0xfefe, ""}, {0xfeff, 0xfeff, invisible},
		{0xffa0, 0xffa0, invisible}, {0xfff9, 0xfffb, format}, {0xfffc, 0xfffd, replacement}, {0xfffe, 0xffff, non},
		{0x10000, 0x1fffd, ""}, {0x1fffe, 0x1ffff, non}, {0x2fffe, 0x2ffff, non}, {0xe0000, 0xe007f, tag}, {0xe0100, 0xe01ef, ""},
		{0xf0000, 0xffffd, private}, {0xffffe, 0xfffff, non}, {0x100000, 0x10fffd, private}, {0x10fffe, 0x10ffff, non},
	} {
		for r := tc.first; r <= tc.last; r++ {
			if got := Forbidden(r); got != tc.want {
				t.Errorf("Forbidden(%s) = %q, want %q", CodePoint(r), got, tc.want)
			}
		}
	}
}

func TestFaults(t *testing.T) {
	const del = "delete it, or write the text without it"
	const joiner = "U+200D is not allowed here: an invisible joiner between letters that do not need it"
	for _, tc := range []struct {
		name, value string
		lines       bool
		want        []Fault
	}{
		{"empty", "", false, nil},
		{"ascii", "Acme, Inc. {{.V}} <b>", false, nil},
		{"letters", "Łódź 東京 Ω", false, nil},
		{"line feed", "a\nb", false, []Fault{{1, 2, "line break in a value of one line", "write the value on one line"}}},
		{"line feed in lines", "a\nb", true, nil},
		{"carriage return in lines", "a\r\nb", true, []Fault{{1, 2, "U+000D is not allowed here: control character", del}}},
		{"tabulator", "a\tb", true, []Fault{{1, 2, "U+0009 is not allowed here: control character", del}}},
		{"several", "\x00é\u202e", false, []Fault{
			{0, 1, "U+0000 is not allowed here: control character", del},
			{3, 6, "U+202E is not allowed here: bidirectional control, which can reorder the text a reader sees", del}}},
		{"bad byte", "é\xff", false, []Fault{{2, 3, "byte 0xFF is not valid UTF-8", "write the text as UTF-8"}}},
		{"token of the expander", "\ufdd0", false, []Fault{{0, 3, "U+FDD0 is not allowed here: noncharacter", del}}},
		{"not composed", "Cafe\u0301", false, []Fault{{0, 6, "the text is not in Unicode normal form C", `write "Café"`}}},
		{"sign of another letter", "5 \u212b", false, []Fault{{0, 5, "the text is not in Unicode normal form C", `write "5 Å"`}}},
		{"not composed and forbidden", "e\u0301\u200b", false, []Fault{{3, 6, "U+200B is not allowed here: invisible character", del}}},
		{"joiner of emoji", "a\u200db", false, []Fault{{1, 4, joiner, "delete it"}}},
		{"joiner at the ends", "\u200da\u200d", false, []Fault{{0, 3, joiner, "delete it"}, {4, 7, joiner, "delete it"}}},
		{"joiner in Devanagari", "क\u094d\u200dष", false, nil},
		{"joiner in Persian", "می\u200cخواهم", false, nil},
		{"joiner after Persian", "می\u200c x", false, []Fault{{4, 7, "U+200C is not allowed here: an invisible joiner between letters that do not need it", "delete it"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Faults(tc.value, tc.lines)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if got := len(Faults(strings.Repeat("\x00", 1000), false)); got != maxProblems {
		t.Errorf("%d faults, want %d", got, maxProblems)
	}
}
