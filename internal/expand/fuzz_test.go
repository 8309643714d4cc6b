package expand

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"text/template"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// marker stands in every value of the fuzz test and in no template.
const marker = "☃"

// marked is a view whose texts are all made from v and hold the marker. Two
// such views differ in their texts only, so that templates that branch on
// Facts take the same way through both.
func marked(v string, n int) *view {
	value := func(i int) string { return fmt.Sprintf("%s%s%d", v, marker, i) }
	boss := &person{Name: value(1), Age: n, Level: level(value(2)), Tags: []string{value(3)}}
	return &view{
		place:    &place{City: value(4)},
		Facts:    &facts{Remote: n%2 == 0, Seats: n % 16, Region: "eu", Kinds: []string{"a", "b", "c"}, Level: "high"},
		Customer: &person{Name: value(5), Age: n % 100, Boss: boss, Tags: []string{value(6), value(7)}},
		Vendor:   person{Name: value(8), Age: 3},
		People:   []*person{boss, {Name: value(9), Age: 1, Boss: boss}},
		Shops:    []place{{value(10)}, {value(11)}},
		Prices:   map[string]string{"a": value(12), "b": value(13)},
		Days:     map[int]int{1: n, 2: 20},
		Empty:    value(14),
		Lines:    value(15),
		Flag:     n%3 == 0,
	}
}

// FuzzExpand holds the laws of the package against any template and any
// value.
func FuzzExpand(f *testing.F) {
	files, err := filepath.Glob("testdata/err/*.md")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if strings.Contains(file, "steps") {
			continue // slow with the instruments of a fuzzer
		}
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, line := range strings.Split(string(data), "\n") {
			f.Add(line, "a", 3)
		}
		f.Add(string(data), "*b*", 4)
	}
	for _, c := range executed {
		f.Add(c.text, "{{ .City }}", 2)
		f.Add(c.text, "# a | b", 12)
	}
	f.Fuzz(func(t *testing.T, text, v string, n int) {
		body := bodyOf("f.md", text)
		for _, branch := range [][]string{nil, {"Facts"}} {
			opts := options()
			opts.Branch = branch
			tmpl, list := Compile(body, opts)
			checkSpans(t, body, list)
			if list.HasErrors() != (tmpl == nil) {
				t.Fatalf("template %v with %v", tmpl, list)
			}
			if tmpl == nil {
				continue
			}
			r, list := tmpl.Execute(marked(v, n))
			checkSpans(t, body, list)
			if list.HasErrors() {
				continue
			}
			checkResult(t, text, r)
			checkOracle(t, text, r, marked(v, n))
			again, _ := tmpl.Execute(marked(v, n))
			if again.Way() != r.Way() || again.Text() != r.Text() || len(again.Slots) != len(r.Slots) {
				t.Fatalf("%q, then %q", r.Text(), again.Text())
			}
			if branch == nil || strings.Contains(text, "splitList") || strings.Contains(text, "uniq") || strings.Contains(text, "without") {
				continue // what a range runs over may be made from a value's text
			}
			other, list := tmpl.Execute(marked("z", n))
			if !list.HasErrors() && (other.Way() != r.Way() || other.Text() != r.Text()) {
				t.Fatalf("the values changed the text: %q, %q", r.Text(), other.Text())
			}
		}
	})
}

func checkSpans(t *testing.T, body source.Span, list diag.List) {
	for _, d := range list {
		if !d.Span.Valid() || d.Span.Start < body.Start || d.Span.End > body.End {
			t.Fatalf("span %+v of %q", d.Span, d.Message)
		}
		if strings.Contains(d.Message, "0x") && strings.Contains(d.Message, "reflect") {
			t.Fatalf("a message of Go: %q", d.Message)
		}
	}
}

func checkResult(t *testing.T, text string, r Result) {
	if r.Size() != len(r.Text()) {
		t.Fatalf("%d bytes, in %q", r.Size(), r.Text())
	}
	rest := r.Text()
	for i, s := range r.Slots {
		before, after, ok := strings.Cut(rest, Token(i))
		if !ok || reservedAt(before) >= 0 {
			t.Fatalf("token %d is not in order in %q", i, r.Text())
		}
		rest = after
		at := len(r.Text()) - len(after)
		if got := r.Span(at-tokenBytes, at); got != s.Span {
			t.Fatalf("token %d: span %v, want %v", i, got, s.Span)
		}
		if (s.Kind == Value) == (s.Text == "") {
			t.Fatalf("slot %+v", s)
		}
		if s.Receiver != nil {
			field := reflect.ValueOf(s.Receiver).Elem().FieldByName(s.Field)
			if fmt.Sprint(field.Interface()) != s.Text {
				t.Fatalf("slot %q is not the field %q of its receiver", s.Text, s.Field)
			}
		}
	}
	if reservedAt(rest) >= 0 {
		t.Fatalf("a surplus token in %q", r.Text())
	}
	if !strings.Contains(text, marker) && strings.Contains(r.Text(), marker) {
		t.Fatalf("a value is in the text %q", r.Text())
	}
	for i, c := range r.Text() {
		if c >= 0xfdd0 && c <= 0xfdef {
			continue
		}
		if got := r.Span(i, i+len(string(c))).Text(); got != string(c) {
			t.Fatalf("byte %d of %q comes from %q", i, r.Text(), got)
		}
	}
}

// checkOracle executes the template, as it is written, with text/template:
// rewriting may refuse, never change.
func checkOracle(t *testing.T, text string, r Result, data *view) {
	slot := func(kind Kind, name string) func(...string) string {
		return func(arg ...string) string {
			return fmt.Sprintf("<%v %s %s>", kind, name, strings.Join(arg, ""))
		}
	}
	funcs := template.FuncMap{}
	for _, f := range functions() {
		if f.call != nil {
			funcs[f.name] = func(args ...reflect.Value) (reflect.Value, error) { return f.call(args) }
		}
	}
	for _, name := range options().Inline {
		funcs[name] = slot(Inline, name)
	}
	for _, name := range options().Blocks {
		funcs[name] = slot(Block, name)
	}
	oracle, err := template.New("").Funcs(funcs).Parse(text)
	if err != nil {
		t.Fatalf("%q compiles, but: %v", text, err)
	}
	var b strings.Builder
	if err := oracle.Execute(&b, data); err != nil {
		t.Fatalf("%q executes, but: %v", text, err)
	}
	got := []string{}
	rest := r.Text()
	for i, s := range r.Slots {
		before, after, _ := strings.Cut(rest, Token(i))
		filled := s.Text
		if s.Kind != Value {
			filled = slot(s.Kind, s.Func)(slices.DeleteFunc([]string{s.Arg}, func(s string) bool { return s == "" })...)
		}
		got = append(got, before, filled)
		rest = after
	}
	if all := strings.Join(append(got, rest), ""); all != b.String() {
		t.Fatalf("%q\n got %q\nwant %q", text, all, b.String())
	}
}
