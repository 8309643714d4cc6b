package diag

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/source"
)

// at makes a file of text in which « and » mark the span, and leaves them out.
func at(name, text string) source.Span {
	start := strings.Index(text, "«")
	text = strings.Replace(text, "«", "", 1)
	end := strings.Index(text, "»")
	text = strings.Replace(text, "»", "", 1)
	return source.New(name, []byte(text)).Span(start, end)
}

func TestPrint(t *testing.T) {
	wide := strings.Repeat("0123456789", 30)
	for _, tc := range []struct {
		name    string
		printer Printer
		d       Diagnostic
		want    string
	}{
		{
			name:    "the example of the package comment",
			printer: Printer{Excerpts: true},
			d: Diagnostic{Code: "agreement-unknown-field", Severity: Error, Message: `unknown field "legl_name" in customer`, Hint: `did you mean "legal_name"?`,
				Span: at("customers/lodz.yaml", strings.Repeat("\n", 13)+"    «legl_name»: Łódź Dental Sp. z o.o.\n")},
			want: `customers/lodz.yaml:14:5: error: unknown field "legl_name" in customer [agreement-unknown-field]
   |
14 |     legl_name: Łódź Dental Sp. z o.o.
   |     ^^^^^^^^^
   = hint: did you mean "legal_name"?
`,
		},
		{
			name: "without excerpts",
			d: Diagnostic{Code: "x", Severity: Warning, Message: "m", Hint: "h", Span: at("a.yaml", "a: «secret»\n"),
				Notes: []Note{{at("b.yaml", "\n «x»"), "first written here"}, {source.Span{}, "of no place"}}},
			want: `a.yaml:1:4: warning: m [x]
   = note: b.yaml:2:2: first written here
   = note: of no place
   = hint: h
`,
		},
		{
			name:    "no place",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Hint: "h"},
			want: `error: m [x]
   = hint: h
`,
		},
		{
			name:    "no hint and colour",
			printer: Printer{Excerpts: true, Color: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", "b«c»")},
			want:    "a:1:2: \x1b[1;31merror\x1b[0m: m [x]\n  |\n1 | bc\n  |  ^\n",
		},
		{
			name:    "colour of a warning",
			printer: Printer{Color: true},
			d:       Diagnostic{Code: "x", Severity: Warning, Message: "m", Span: at("a", "«»")},
			want:    "a:1:1: \x1b[1;33mwarning\x1b[0m: m [x]\n",
		},
		{
			name:    "wide characters",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", "name: 株式会社 «東京A» ok")},
			want: `a:1:12: error: m [x]
  |
1 | name: 株式会社 東京A ok
  |                ^^^^^
`,
		},
		{
			name:    "combining marks",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", "e\u0301e\u0301 «e\u0301»x")},
			want:    "a:1:6: error: m [x]\n  |\n1 | e\u0301e\u0301 e\u0301x\n  |    ^\n",
		},
		{
			name:    "characters that hide or reorder",
			printer: Printer{Excerpts: true},
			d: Diagnostic{Code: "x", Severity: Error, Message: "found \"a\u202eb\"", Hint: "not \x1b[2J",
				Span: at("a\u2066b", "\ta\u202e\u200d«\x00»\u200b b")},
			want: `a<U+2066>b:1:5: error: found "a<U+202E>b" [x]
  |
1 |     a<U+202E><U+200D><U+0000><U+200B> b
  |                      ^^^^^^^^
  = hint: not <U+001B>[2J
`,
		},
		{
			name:    "empty span at the end of a line",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", "abc«»\nd")},
			want:    "a:1:4: error: m [x]\n  |\n1 | abc\n  |    ^\n",
		},
		{
			name:    "empty file",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", "«»")},
			want:    "a:1:1: error: m [x]\n  |\n1 |\n  | ^\n",
		},
		{
			name:    "span of several lines",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", "a: «b c\r\n d» e\n")},
			want:    "a:1:4: error: m [x]\n  |\n1 | a: b c\n  |    ^^^\n",
		},
		{
			name:    "long line, place at the start",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", "«ab»"+wide)},
			want:    "a:1:1: error: m [x]\n  |\n1 | ab" + wide[:117] + "…\n  | ^^\n",
		},
		{
			name:    "long line, place in the middle",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", wide+"«ab»"+wide)},
			want:    "a:1:301: error: m [x]\n  |\n1 | …" + wide[len(wide)-59:] + "ab" + wide[:57] + "…\n  | " + strings.Repeat(" ", 60) + "^^\n",
		},
		{
			name:    "long line, place at the end",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", wide+"«ab»")},
			want:    "a:1:301: error: m [x]\n  |\n1 | …" + wide[len(wide)-59:] + "ab\n  | " + strings.Repeat(" ", 60) + "^^\n",
		},
		{
			name:    "long place",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", "b: «"+wide+"» c")},
			want:    "a:1:4: error: m [x]\n  |\n1 | b: " + wide[:116] + "…\n  |    " + strings.Repeat("^", 117) + "\n",
		},
		{
			name:    "a line that is a whole file",
			printer: Printer{Excerpts: true},
			d:       Diagnostic{Code: "x", Severity: Error, Message: "m", Span: at("a", strings.Repeat("é", 100_000)+"«ab»"+strings.Repeat("東", 100_000))},
			want:    "a:1:100001: error: m [x]\n  |\n1 | …" + strings.Repeat("é", 59) + "ab" + strings.Repeat("東", 28) + "…\n  | " + strings.Repeat(" ", 60) + "^^\n",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var b strings.Builder
			if err := tc.printer.Print(&b, List{tc.d}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, b.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestPrintKeepsTheOrder(t *testing.T) {
	var list List
	list.Errorf("b", source.Span{}, "", "second")
	list.Warnf("a", source.Span{}, "", "first")
	var b strings.Builder
	if err := (Printer{}).Print(&b, list); err != nil {
		t.Fatal(err)
	}
	if got, want := b.String(), "error: second [b]\nwarning: first [a]\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

var errFull = errors.New("full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestPrintTellsFaultsOfTheWorld(t *testing.T) {
	if err := (Printer{}).Print(fullDisk{}, List{{Code: "x", Severity: Error}}); !errors.Is(err, errFull) {
		t.Errorf("got %v", err)
	}
}
