package yamlsrc

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/money"
	"concordat/internal/source"
)

var update = flag.Bool("update", false, "write the goldens anew")

// sample has a field of each kind that Decode knows.
type sample struct {
	Schema   string         `yaml:"schema"`
	Customer *party         `yaml:"customer"`
	Provider party          `yaml:"provider"`
	Start    calendar.Date  `yaml:"start"`
	Month    calendar.Month `yaml:"month"`
	Currency money.Currency `yaml:"currency"`
	Lines    []line         `yaml:"lines"`
	Tags     []string       `yaml:"tags"`
	Remarks  []string       `yaml:"remarks,lines"`
	Counts   []int          `yaml:"counts"`
	Nested   [][]string     `yaml:"nested"`
	Tree     *tree          `yaml:"tree"`
	Note     string         `yaml:"note,lines"`
	Draft    bool           `yaml:"draft"`
	Renewed  *bool          `yaml:"renewed"`
	Seats    int            `yaml:"seats"`
	Level    level          `yaml:"level"`
	Code     code           `yaml:"code"`
	Internal string         `yaml:"-"`
	Untagged string
}

type party struct {
	Contact   `yaml:",inline"`
	LegalName string        `yaml:"legal_name"`
	Address   string        `yaml:"address,lines"`
	Fee       money.Amount  `yaml:"fee"`
	Cap       *money.Amount `yaml:"cap"`
}

type Contact struct {
	Phone string `yaml:"phone"`
	Email string `yaml:"email"`
}

type line struct {
	ID   string        `yaml:"id"`
	Item string        `yaml:"item"`
	Due  calendar.Date `yaml:"due"`
}

type tree struct {
	Leaf string  `yaml:"leaf"`
	Kids []*tree `yaml:"kids"`
}

// code is a named string: text like any other.
type code string

// level is an enumeration whose words YAML takes for something else.
type level int

type levelError struct{ text string }

func (e levelError) Error() string { return fmt.Sprintf("expected no, on or 1e3, found %q", e.text) }
func (e levelError) Hint() string  { return "write one of the three words" }

func (l *level) UnmarshalText(text []byte) error {
	switch string(text) {
	case "no":
		*l = 1
	case "on":
		*l = 2
	case "1e3":
		*l = 3
	default:
		return fmt.Errorf("level: %w", levelError{string(text)})
	}
	return nil
}

func decodeText(name, text string) (sample, *Positions, diag.List) {
	f := source.New(name, []byte(text))
	var s sample
	p, list := Decode(f.Span(0, len(text)), &s, Options{What: "agreement"})
	return s, p, list
}

func printed(list diag.List) string {
	var b strings.Builder
	if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
		panic(err)
	}
	return b.String()
}

func TestOK(t *testing.T) {
	for _, name := range glob(t, "testdata/ok/*.yaml") {
		text := read(t, name)
		if _, p, list := decodeText(filepath.Base(name), text); len(list) > 0 {
			t.Errorf("%s: unexpected diagnostics:\n%s", name, printed(list))
		} else {
			checkPlaces(t, p)
		}
	}
}

func TestErr(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range glob(t, "testdata/err/*.yaml") {
		_, p, list := decodeText(filepath.Base(name), read(t, name))
		for _, d := range list {
			seen[d.Code] = true
		}
		checkPlaces(t, p)
		golden := strings.TrimSuffix(name, ".yaml") + ".txt"
		got := printed(list)
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if got == "" {
			t.Errorf("%s: no diagnostics", name)
		}
		if diff := cmp.Diff(read(t, golden), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, code := range []string{
		codeEncoding, codeSyntax, codeEmpty, codeDirective, codeSecondDocument, codeTooDeep,
		codeAnchor, codeMergeKey, codeTag, codeKey, codeDuplicateKey, codeUnknownField, codeKind, codeNoValue,
		codeAmbiguous, codeComment, codeValue, codeLineBreak, codeCharacter, codeSpaces, codeMixedScripts,
	} {
		if !seen[code] {
			t.Errorf("no file in testdata/err gives %s", code)
		}
	}
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %d files, %v", pattern, len(names), err)
	}
	return names
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// checkPlaces asserts that all recorded spans lie inside their file.
func checkPlaces(t testing.TB, p *Positions) {
	t.Helper()
	var walk func(at *place)
	walk = func(at *place) {
		for _, s := range []source.Span{at.key, at.value} {
			if !s.Valid() {
				t.Errorf("span %d to %d is not valid", s.Start, s.End)
			}
		}
		for _, f := range at.fields {
			if f != nil {
				walk(f)
			}
		}
		for i := range at.items {
			walk(&at.items[i])
		}
	}
	walk(p.root)
}

func date(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func amount(text string) money.Amount {
	a, err := money.Parse(text)
	if err != nil {
		panic(err)
	}
	return a
}

func TestValues(t *testing.T) {
	text := read(t, "testdata/ok/all.yaml")
	got, _, list := decodeText("all.yaml", text)
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	month, err := calendar.ParseMonth("2027-03")
	if err != nil {
		t.Fatal(err)
	}
	usd, err := money.ParseCurrency("USD")
	if err != nil {
		t.Fatal(err)
	}
	yes, limit := true, amount("0")
	want := sample{
		Schema: "concordat/v1",
		Customer: &party{
			Contact:   Contact{Phone: "01234", Email: "front@lodz.example"},
			LegalName: "Łódź Dental Sp. z o.o.",
			Address:   "ul. Piotrkowska 1\n90-001 Łódź",
			Fee:       amount("1440.00"),
			Cap:       &limit,
		},
		Provider: party{LegalName: "株式会社ABC", Contact: Contact{Phone: "+48 42 555 01 00"}, Fee: amount("-3.5")},
		Start:    date("2027-01-01"),
		Month:    month,
		Currency: usd,
		Lines: []line{
			{ID: "B1", Item: "Unit #5: \"backup\" \\ 'quoted'", Due: date("2027-03-31")},
			{ID: "B2", Item: "two lines that are one"},
			{ID: "B3", Item: "it's folded into one"},
		},
		Tags:    []string{"3.F", "1.0.0", "a: b", "no", "C# LLC", "80:443", "2027-03", "7-Eleven", "tab\\t"},
		Remarks: []string{"one", "one\ntwo"},
		Counts:  []int{0, -1, 2147483647},
		Nested:  [][]string{{"a", "b"}, {}},
		Tree:    &tree{Kids: []*tree{{Leaf: "x"}, {}}},
		Note:    "first\nsecond",
		Draft:   true,
		Renewed: &yes,
		Seats:   12,
		Level:   3,
		Code:    "K-1",
	}
	equal := cmp.Comparer(func(a, b money.Amount) bool { return a.Equal(b) })
	unexported := cmp.Exporter(func(reflect.Type) bool { return true })
	if diff := cmp.Diff(want, got, equal, unexported); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestBadTargetPanics(t *testing.T) {
	f := source.New("x", []byte("a: 1\n"))
	for name, dst := range map[string]any{
		"no pointer":  sample{},
		"nil pointer": (*sample)(nil),
		"no struct":   new(string),
		"unknown type": &struct {
			A float64 `yaml:"a"`
		}{},
		"bad option": &struct {
			A string `yaml:"a,omitempty"`
		}{},
		"unexported": &struct {
			a string `yaml:"a"`
		}{},
		"twice": &struct {
			A, B string `yaml:"a"`
		}{},
		"inline string": &struct {
			A string `yaml:",inline"`
		}{},
		"name twice": &struct {
			Contact `yaml:",inline"`
			Phone   string `yaml:"mobile"`
		}{},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			Decode(f.Span(0, len(f.Text())), dst, Options{})
		})
	}
}

func TestLimits(t *testing.T) {
	entries := func(n int) string { return "tags: [" + strings.Repeat("a,", n) + "]\n" }
	for _, tc := range []struct{ name, text, want string }{
		{"largest", "note: " + strings.Repeat("a", MaxSize-7) + "\n", ""},
		{"too large", "note: " + strings.Repeat("a", MaxSize-6) + "\n",
			"f.yaml:1:1: error: agreement is larger than 256 KiB [yaml-too-large]\n   = hint: split it into several files\n"},
		{"most values", entries(MaxNodes - 3), ""},
		{"too many values", entries(MaxNodes - 2),
			"f.yaml:1:40002: error: agreement has more than 20000 keys and values [yaml-too-many-values]\n   = hint: split it into several files\n"},
		{"deepest", "tree:" + strings.Repeat(" {kids: [", 15) + "{}" + strings.Repeat("]}", 15) + "\n", ""},
		{"too deep", "tree:" + strings.Repeat(" {kids: [", 16) + "]}" + strings.Repeat("]}", 15) + "\n",
			"f.yaml:1:149: error: more than 32 mappings and lists inside each other [yaml-too-deep]\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, _, list := decodeText("f.yaml", tc.text)
			var b strings.Builder
			if err := (diag.Printer{}).Print(&b, list); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, b.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	_, _, list := decodeText("f.yaml", "counts:\n"+strings.Repeat("- x\n", maxProblems+5))
	if len(list) != maxProblems+1 || list[maxProblems].Code != codeTooManyProblems || list[maxProblems].Span.String() != "f.yaml:501:3" {
		t.Errorf("%d problems, the last is %v", len(list), list[len(list)-1])
	}
}

func TestHintOfTheTypesOwnError(t *testing.T) {
	_, _, list := decodeText("x", "level: maybe\n")
	if len(list) != 1 || list[0].Hint != "write one of the three words" {
		t.Errorf("got %s", printed(list))
	}
	if !errors.As(fmt.Errorf("x: %w", levelError{}), new(levelError)) {
		t.Error("levelError is not found behind a wrapping")
	}
}
