package expand

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"concordat/internal/diag"
	"concordat/internal/source"
)

var update = flag.Bool("update", false, "write the goldens anew")

type level string

type spoken string

func (spoken) String() string { return "something else" }

type place struct{ City string }

type person struct {
	Name    string
	Age     int
	Boss    *person
	Tags    []string
	Level   level
	private string //lint:ignore U1000 must not be seen by templates
}

func (*person) Shout() string { return "method" }

type facts struct {
	Remote bool
	Seats  int
	Region string
	Kinds  []string
	Level  level
}

type view struct {
	*place
	Facts    *facts
	Customer *person
	Vendor   person
	People   []*person
	Shops    []place
	Prices   map[string]string
	Days     map[int]int
	Empty    string
	Lines    string
	Spoken   spoken
	Ratio    float64
	Flag     bool
	Call     func() string
	Anything any
}

func sample() *view {
	boss := &person{Name: "Ada **Lovelace**", Age: 36, Level: "high"}
	return &view{
		place:    &place{City: "Łódź"},
		Facts:    &facts{Remote: true, Seats: 12, Region: "eu", Kinds: []string{"a", "b", "c"}, Level: "high"},
		Customer: &person{Name: "{{ .Facts }} & <b>", Age: 5, Boss: boss, Tags: []string{"x", "y"}},
		Vendor:   person{Name: "Vendor"},
		People:   []*person{boss, {Name: "Bob", Age: 1, Boss: boss}},
		Shops:    []place{{"Rome"}, {"Oslo"}},
		Prices:   map[string]string{"b": "2.00", "a": "1.00"},
		Days:     map[int]int{2: 20, 1: 10},
		Lines:    "one\ntwo",
	}
}

func options() Options {
	return Options{
		Data:   reflect.TypeFor[*view](),
		Inline: []string{"ref"},
		Blocks: []string{"schedule", "articles"},
		What:   "clause",
	}
}

// bodyOf puts a template behind front matter, as in a clause file.
func bodyOf(name, text string) source.Span {
	const front = "---\nid: ä\n---\n"
	f := source.New(name, []byte(front+text))
	return f.Span(len(front), len(front)+len(text))
}

// show writes a result with its slots in place of their tokens.
func show(r Result) string {
	text := r.Text()
	for i, s := range r.Slots {
		var shown string
		switch s.Kind {
		case Value:
			shown = "‹" + s.Text + "›"
		case Inline, Block:
			shown = fmt.Sprintf("‹%v %s %q›", s.Kind, s.Func, s.Arg)
		}
		text = strings.Replace(text, Token(i), shown, 1)
	}
	return text
}

func printed(list diag.List) string {
	var b bytes.Buffer
	if err := (diag.Printer{Excerpts: true}).Print(&b, list); err != nil {
		panic(err)
	}
	return b.String()
}

func fill(t *testing.T, text string, data *view) string {
	t.Helper()
	tmpl, list := Compile(bodyOf("c.md", text), options())
	if len(list) > 0 {
		t.Fatalf("%s\n%s", text, printed(list))
	}
	r, list := tmpl.Execute(data)
	if len(list) > 0 {
		t.Fatalf("%s\n%s", text, printed(list))
	}
	return show(r)
}

// executed are templates and what they give with the view sample.
var executed = []struct{ text, want string }{
	{"", ""},
	{"plain *text*\n", "plain *text*\n"},
	{"a {{ .Customer.Name }} b", "a ‹{{ .Facts }} & <b>› b"},
	{"a \n {{- .Customer.Age -}} \n b", "a‹5›b"},
	{"a {{/* a {{ comment */}}b{{- /* other */ -}} c", "a bc"},
	{"{{ .City }}", "‹Łódź›"},
	{`{{ "{{" }}`, "‹{{›"},
	{"{{ `}}` }}", "‹}}›"},
	{"{{ if .Facts.Remote }}yes{{ else }}no{{ end }}", "yes"},
	{"{{ if eq .Facts.Seats 11 }}a{{ else if eq .Facts.Seats 12 }}b{{ else }}c{{ end }}", "b"},
	{"{{ if and .Facts.Remote (gt .Facts.Seats 10) (not .Flag) }}y{{ end }}", "y"},
	{"{{ if and .Vendor.Boss .Vendor.Boss.Name }}y{{ else }}n{{ end }}", "n"},
	{"{{ if or .Flag (lt .Facts.Seats 3) }}y{{ else }}n{{ end }}", "n"},
	{`{{ if eq .Facts.Region "us" "eu" }}y{{ end }}`, "y"},
	{`{{ if eq .Facts.Level .Customer.Boss.Level }}y{{ end }}`, "y"},
	{"{{ with .Customer.Boss }}{{ .Name }}{{ end }}", "‹Ada **Lovelace**›"},
	{"{{ with .Vendor.Boss }}{{ .Name }}{{ else with .Customer }}{{ .Age }}{{ end }}", "‹5›"},
	{"{{ with $c := .Customer }}{{ $c.Name | upper }}{{ end }}", "‹{{ .FACTS }} & <B>›"},
	{"{{ range .People }}{{ .Name }};{{ else }}none{{ end }}", "‹Ada **Lovelace**›;‹Bob›;"},
	{"{{ range $i, $p := .People }}{{ add $i 1 }}.{{ $p.Name }} {{ $.City }} {{ end }}", "‹1›.‹Ada **Lovelace**› ‹Łódź› ‹2›.‹Bob› ‹Łódź› "},
	{"{{ range $k, $v := .Prices }}{{ $k }}={{ $v }} {{ end }}", "‹a›=‹1.00› ‹b›=‹2.00› "},
	{"{{ range $k, $v := .Days }}{{ $k }}={{ $v }} {{ end }}", "‹1›=‹10› ‹2›=‹20› "},
	{"{{ range .Vendor.Tags }}x{{ else }}none{{ end }}", "none"},
	{"{{ range 3 }}{{ . }}{{ end }}", "‹0›‹1›‹2›"},
	{"{{ range .People }}{{ if eq .Age 1 }}{{ break }}{{ end }}{{ .Name }}{{ continue }}x{{ end }}", "‹Ada **Lovelace**›"},
	{"{{ $x := 1 }}{{ range .People }}{{ $x = add $x .Age }}{{ end }}{{ $x }}", "‹38›"},
	{"{{ $s := .Customer }}{{ $s.Boss.Name }}", "‹Ada **Lovelace**›"},
	{"{{ (first .People).Name }} {{ (last .People).Boss.Age }} {{ (index .Shops 1).City }}", "‹Ada **Lovelace**› ‹36› ‹Oslo›"},
	{`{{ index .Prices "a" }} {{ index .Days 2 }}`, "‹1.00› ‹20›"},
	{`see {{ ref "bkp-01" }}`, `see ‹inline ref "bkp-01"›`},
	{"{{ schedule \"budget\" }}\n\n{{ articles }}\n", "‹block schedule \"budget\"›\n\n‹block articles \"\"›\n"},
	{"{{ .Facts.Kinds | andList }}; {{ .Facts.Kinds | initial | orList }}; {{ .Facts.Kinds | first | list | andList }}", "‹a, b and c›; ‹a or b›; ‹a›"},
	{`{{ join "/" .Facts.Kinds }} {{ splitList "." "a.b" | reverse | join "-" }}`, "‹a/b/c› ‹b-a›"},
	{`{{ countOf 1 "day" "days" }} {{ countOf .Facts.Seats "day" "days" }} {{ countWords 30 "day" "days" }}`, "‹1 day› ‹12 days› ‹thirty (30) days›"},
	{`{{ words 0 }} {{ words 115 }} {{ words 21000 | upperFirst }} {{ ordinal 11 }} {{ ordinal 22 }}`, "‹zero› ‹one hundred fifteen› ‹Twenty-one thousand› ‹11th› ‹22nd›"},
	{`{{ trim " a " }}{{ trimAll "." ".b." }}{{ trimPrefix "a" "ab" }}{{ trimSuffix "b" "ab" }}{{ replace "a" "c" "aba" }}{{ lower "ŁÓ" }}`, "‹a›‹b›‹b›‹a›‹cbc›‹łó›"},
	{`{{ ternary "shall" "may" .Facts.Remote }} {{ ternary 1 2 (contains "x" "abc") }} {{ plural "one" "many" 2 }}`, "‹shall› ‹2› ‹many›"},
	{`{{ if and (hasPrefix "a" "ab") (hasSuffix "b" "ab") (semverCompare ">= 1.2" "1.10.0") (has "b" .Facts.Kinds) }}y{{ end }}`, "y"},
	{`{{ len .People }} {{ sub 3 5 }} {{ list 3 1 3 | uniq | join "," }} {{ without .Facts.Kinds "b" | andList }} {{ list "b" "a" | sortAlpha | rest | first }}`, "‹2› ‹-2› ‹3,1› ‹a and c› ‹b›"},
	{`{{ if and (ne 1 2) (le 1 1) (ge 2 1) }}y{{ end }}`, "y"},
}

func TestExecute(t *testing.T) {
	for _, c := range executed {
		if got := fill(t, c.text, sample()); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestReceiver(t *testing.T) {
	data := sample()
	tmpl, list := Compile(bodyOf("c.md", "{{ .Customer.Boss.Name }}{{ range $i, $p := .People }}{{ $p.Name }}{{ .Age }}{{ end }}"+
		"{{ range .Shops }}{{ .City }}{{ end }}{{ .City }}{{ .Vendor.Name }}{{ (first .People).Name }}{{ .Customer.Name | upper }}"+
		"{{ range .Customer.Tags }}{{ . }}{{ end }}{{ (.Customer).Name }}"), options())
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	r, list := tmpl.Execute(data)
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	type origin struct {
		receiver any
		field    string
	}
	want := []origin{
		{data.Customer.Boss, "Name"},
		{data.People[0], "Name"}, {data.People[0], "Age"}, {data.People[1], "Name"}, {data.People[1], "Age"},
		{&data.Shops[0], "City"}, {&data.Shops[1], "City"},
		{data, "City"}, {&data.Vendor, "Name"}, {data.People[0], "Name"},
		{nil, ""}, {nil, ""}, {nil, ""},
		{data.Customer, "Name"},
	}
	if len(want) != len(r.Slots) {
		t.Fatalf("%d slots", len(r.Slots))
	}
	for i, s := range r.Slots {
		if s.Receiver != want[i].receiver || s.Field != want[i].field {
			t.Errorf("slot %d: %v %q", i, s.Receiver, s.Field)
		}
	}
}

// TestReceiverWithoutAddress prints fields of structs that have no address.
func TestReceiverWithoutAddress(t *testing.T) {
	opts := options()
	opts.Data = reflect.TypeFor[view]()
	tmpl, list := Compile(bodyOf("c.md", "{{ .Vendor.Name }}{{ .Customer.Name }}"), opts)
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	data := sample()
	r, list := tmpl.Execute(*data)
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	if s := r.Slots[0]; s.Receiver != nil || s.Field != "" {
		t.Errorf("%v %q", s.Receiver, s.Field)
	}
	if s := r.Slots[1]; s.Receiver != data.Customer || s.Field != "Name" {
		t.Errorf("%v %q", s.Receiver, s.Field)
	}
}

func TestCallsAndFields(t *testing.T) {
	tmpl, list := Compile(bodyOf("c.md", `{{ if .Facts.Remote }}{{ ref "a" }}{{ end }}{{ range $p := .People }}{{ $p.Boss.Name }}{{ end }}`+
		`{{ articles }}{{ (first .People).Age }}{{ $m := index .Shops 0 }}{{ $m.City }}{{ with .Customer }}{{ .Name }}{{ end }}`), options())
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	var got []string
	for _, c := range tmpl.Calls() {
		got = append(got, c.Func+"("+c.Arg+") "+c.Span.Text())
	}
	for _, f := range tmpl.Fields() {
		got = append(got, f.Name+" "+f.Span.Text())
	}
	want := []string{
		`ref(a) {{ ref "a" }}`, "articles() {{ articles }}",
		"Facts.Remote .Facts.Remote", "People .People", "People[].Boss.Name $p.Boss.Name", "People .People", "People[].Age .Age",
		"Shops .Shops", "Shops[].City $m.City", "Customer .Customer", "Customer.Name .Name",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSpan(t *testing.T) {
	const text = "ä one \n {{- /* c */ -}} \n two {{ .Customer.Name -}}  three\n{{ range .People }}<{{ .Name }}>{{ end }}!"
	body := bodyOf("c.md", text)
	tmpl, list := Compile(body, options())
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	r, list := tmpl.Execute(sample())
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	span := func(part string) string {
		i := strings.Index(r.Text(), part)
		if i < 0 {
			t.Fatalf("%q is not in %q", part, r.Text())
		}
		return r.Span(i, i+len(part)).Text()
	}
	for part, want := range map[string]string{
		"ä one":                   "ä one",
		"two ":                    "two ",
		"onetwo":                  "one \n {{- /* c */ -}} \n two",
		"three":                   "three",
		Token(0):                  "{{ .Customer.Name -}}",
		"two " + Token(0):         "two {{ .Customer.Name -}}",
		Token(0) + "three":        "{{ .Customer.Name -}}  three",
		Token(0)[3:6]:             "{{ .Customer.Name -}}",
		"<" + Token(2) + ">":      "<{{ .Name }}>",
		Token(2)[6:] + ">!":       "{{ .Name }}>{{ end }}!",
		"><":                      ">", // from the first round into the second
		"three\n<" + Token(1)[:1]: "three\n{{ range .People }}<{{ .Name }}",
	} {
		got := span(part)
		if got != want {
			t.Errorf("%q: %q, want %q", part, got, want)
		}
	}
	for from := -1; from <= len(r.Text())+1; from++ {
		for to := from - 1; to <= len(r.Text())+1; to++ {
			if s := r.Span(from, to); !s.Valid() || s.Start < body.Start || s.End > body.End {
				t.Fatalf("%d, %d: %+v", from, to, s)
			}
		}
	}
	if s := (r.Span(len(r.Text()), len(r.Text()))); s.Start != body.End || s.End != body.End {
		t.Errorf("end: %+v", s)
	}
}

// TestErrors holds each template of testdata/err beside its exact
// diagnostics. A file that begins with "branch" is compiled with conditions
// limited to .Facts.
func TestErrors(t *testing.T) {
	files, err := filepath.Glob("testdata/err/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	seen := map[string]bool{}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			opts := options()
			if strings.HasPrefix(filepath.Base(file), "branch") {
				opts.Branch = []string{"Facts"}
			}
			f := source.New(filepath.Base(file), data)
			tmpl, list := Compile(f.Span(0, len(data)), opts)
			if tmpl != nil {
				_, list = tmpl.Execute(sample())
			}
			for _, d := range list {
				seen[d.Code] = true
				if !d.Span.Valid() {
					t.Errorf("invalid span %+v", d.Span)
				}
			}
			golden(t, strings.TrimSuffix(file, ".md")+".txt", printed(list))
		})
	}
	for _, code := range allCodes(t) {
		if !seen[code] && code != codeTooLarge && code != codeReserved && code != codeOutput && code != codeCharacter {
			t.Errorf("no file of testdata/err shows %s", code)
		}
	}
}

// allCodes reads the codes out of codes.go, so that none is forgotten.
func allCodes(t *testing.T) []string {
	data, err := os.ReadFile("codes.go")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, line := range strings.Split(string(data), "\n") {
		if _, rest, ok := strings.Cut(line, `= "`); ok {
			code, _, _ := strings.Cut(rest, `"`)
			codes = append(codes, code)
		}
	}
	return codes
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n got\n%s\nwant\n%s", file, got, want)
	}
}

func TestFunctionNames(t *testing.T) {
	var b strings.Builder
	for _, name := range FunctionNames() {
		fmt.Fprintf(&b, "%s\t%s\n", name, FunctionUsage(name))
	}
	golden(t, "testdata/functions.txt", b.String())
}

func TestParallel(t *testing.T) {
	tmpl, list := Compile(bodyOf("c.md", "{{ range $i, $p := .People }}{{ add $i 1 }} {{ $p.Name | upper }} {{ end }}{{ .Customer.Name }}{{ if eq .Customer.Age 3 }}{{ .Empty }}{{ end }}"), options())
	if len(list) > 0 {
		t.Fatal(printed(list))
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 200 {
				data := sample()
				name := fmt.Sprintf("name %d %d", g, i)
				data.Customer = &person{Name: name, Age: i % 4}
				r, list := tmpl.Execute(data)
				if i%4 == 3 {
					if len(list) != 1 || list[0].Code != codeEmpty {
						t.Errorf("diagnostics %v", list)
					}
					continue
				}
				want := "‹1› ‹ADA **LOVELACE**› ‹2› ‹BOB› ‹" + name + "›"
				if got := show(r); got != want {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
	wg.Wait()
}
