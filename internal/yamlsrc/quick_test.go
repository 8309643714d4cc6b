package yamlsrc

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/internal/source"
)

// checkQuick holds that a text that is read quickly has the tree that the YAML library
// makes of it, and no problem. It reports whether the text was read quickly.
func checkQuick(t testing.TB, text string) bool {
	t.Helper()
	f := source.New("f.yaml", []byte(text))
	if len(text) > MaxSize || len(f.Problems()) > 0 {
		return false
	}
	span := f.Span(0, len(text))
	p := &parser{text: newText(span), what: "file"}
	if _, directive := p.directive(); directive != "" {
		return false
	}
	root := p.text.readQuickly()
	if root == nil {
		return false
	}
	want := p.parseByLibrary()
	if want == nil {
		t.Fatalf("%q is read quickly, but has problems:\n%s", text, printed(p.list))
	}
	if where := treeDifference(want, root); where != "" {
		t.Fatalf("%q is read quickly in another way:\n%s", text, where)
	}
	return true
}

// treeDifference names the first place where two trees differ in anything that can be
// seen of them.
func treeDifference(want, got *Node) string {
	if want.Kind != got.Kind || want.Value != got.Value || want.style != got.style || want.Span != got.Span {
		return fmt.Sprintf("%v %q style %d at %d to %d, expected %v %q style %d at %d to %d",
			got.Kind, got.Value, got.style, got.Span.Start, got.Span.End, want.Kind, want.Value, want.style, want.Span.Start, want.Span.End)
	}
	if want.Kind == Scalar && want.style == 0 && want.Value != "" && guess(want) != guess(got) {
		return fmt.Sprintf("%q can be read as %q, expected %q", got.Value, guess(got), guess(want))
	}
	if len(want.Fields) != len(got.Fields) || len(want.Items) != len(got.Items) {
		return fmt.Sprintf("%d fields and %d entries, expected %d and %d", len(got.Fields), len(got.Items), len(want.Fields), len(want.Items))
	}
	for i := range want.Fields {
		if where := treeDifference(want.Fields[i].Key, got.Fields[i].Key); where != "" {
			return where
		}
		if where := treeDifference(want.Fields[i].Value, got.Fields[i].Value); where != "" {
			return want.Fields[i].Key.Value + ": " + where
		}
	}
	for i := range want.Items {
		if where := treeDifference(want.Items[i], got.Items[i]); where != "" {
			return where
		}
	}
	return ""
}

// seeds are texts that people write, and texts that mean something to YAML.
func seeds(t testing.TB) []string {
	t.Helper()
	var texts []string
	for _, pattern := range []string{"testdata/*/*.yaml", "../../examples/*.yaml", "../../examples/*/*.yaml", "../generate/testdata/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, string(text))
		}
	}
	return append(texts, quickForms...)
}

// quickForms hold each form that quick reads, and its neighbours.
var quickForms = []string{
	"a: b\n", "a: b", "a:\n  b: c\n  d: e\nf: g\n", "a:\n- b\n- c\nd: e\n", "a:\n  - b: c\n    d: e\n  - f\n", "a:\n  - b:\n    - c\n    d: e\n",
	"a: [b, c d, \"e, f\", 'g''h', [i], {j: k}]\n", "a: {b: c, d: [e], f: \"g\\\"h\\\\\"}\n", "a: []\nb: {}\n", "a: [b,\n  c]\n", "a: {b: c,\n    d: e}\n",
	"a: |-\n  b\n  c\n\n  d\ne: f\n", "a: |\n  b\n   c\n# d\n", "a: >-\n  b\n  c\nd: |\n  e\n", "- a\n", "a: - b\n", "a: b # c\n", "a: b#c\n", "a: b:c\n", "a: b: c\n", "a: 'b' # c\n", "a: \"b\"#c\n",
	"a: 1\nb: 1.0\nc: 0x1F\nd: 2027-01-01\ne: 1_000\nf: +1\ng: -1\nh: .5\ni: 1e3\nj: 0o17\nk: 012\nl: 1:30\nm: ~\nn: null\no: yes\np: .inf\nq: 2027-1-1 10:00:00\nr: 18446744073709551615\ns: 0b11\nt: -0\nu: 0x1p4\nv: .5_0\nw: 1_.5\nx: 2027-13-01\ny: <<\nz: =\n",
	"a: b\n c\n", "a:\n  b\n", "a:\n", "a: [b, c,]\n", "a: [b: c]\n", "a: {b}\n", "a: {b: }\n", "a: {b:c}\n", "a: [-]\n", "a: [-1, - 2]\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "? a\n: b\n", "'a': b\n", "a: |2\n   b\n", "a: |+\n  b\n\n", "a: >\n  b\n\n  c\n",
	"a: b\n---\nc: d\n", "--- \na: b\n", "a: b\n...\n", "a:\n  b: c\n d: e\n", "  a: b\n", "a: [b\n]\n", "a: [b] c\n", "a: [b]: c\n", "a: 'b\n  c'\n", "a: -b\n", "a: ?b\n", "a: :b\n", "a: [:b]\n", "a: [b:, c]\n", "a: [b #c]\n", "a: [b#c, d'e, f\"g]\n", "a: {b: c d: e}\n",
	"a-b: c\n0a: b\n", "<<: {a: b}\n", "a: Łódź – “x”\n", "a: \U0001F600\n", "a: |-\n  \U0001F600\n", "a:\n    - b\n    - c\n  # d\ne: f\n", "a:   b  \n", "a: |-  \n  b\n", "a: | # c\n  b\n", "a:\n  - - b\n", "a:\n  -\n    b: c\n", "- a: b\n  c: d\n", "a: b\na: c\n", "a: @b\n", "a: `b`\n", "a: %b\n", "a: <b\n", "a: b\\c\n", "a: \"b\\nc\"\n",
	"a: >-\n  b\n\n  #c\nd: e\n", "a: >\n % b\n\n #", "a: |-\n  b\n\n  #c\n # d\n",
	"a:\n  - |-\n    b\n  - c\n", "a:\n- |-\n  b\n- c\n", "a:\n- b: |-\n    c\n  d: >-\n    e\n    f\n",
	"a: {b: [c, {d: e}], f: g}\nh:\n  - {i: j}\n  - [k]\n",
}

func TestQuickForms(t *testing.T) {
	for _, text := range quickForms {
		checkQuick(t, text)
	}
}

// TestQuickReadsExamples holds that what people are shown how to write is read quickly.
func TestQuickReadsExamples(t *testing.T) {
	for _, pattern := range []string{"../../examples/*.yaml", "../../examples/*/*.yaml"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !checkQuick(t, string(text)) {
				t.Errorf("%s is left to the YAML library", name)
			}
		}
	}
}

// changed are what a text is changed by.
var changed = []string{
	"\n", " ", "  ", "- ", "-", ":", ": ", ", ", ",", "[", "]", "{", "}", "\"", "'", "#", " #", "|", "|-\n", ">-\n", ">", "\\", "&", "*", "!", "?", "? ", "%", "@", "`", "~", "<<", "---\n", "...\n", "a", "0", "1.5", "é", "’", "\u00a0", "\u3000", "a: b\n", "\n\n", "\n  ", "\n    ", "# c\n", "null", "true", "x: [y, z]\n", "\n- ", "\n# c\n", "=",
}

var rounds = flag.Int("rounds", 60, "how often each text is changed at random")

// TestQuickAsTheLibrary changes texts at random.
func TestQuickAsTheLibrary(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	var texts []string
	for _, text := range seeds(t) {
		lines := strings.SplitAfter(text, "\n")
		for len(lines) > 0 { // pieces, so that a change leaves something to be read
			n := min(len(lines), 1+random.IntN(12))
			texts = append(texts, strings.Join(lines[:n], ""))
			lines = lines[n:]
		}
	}
	quickly, all := 0, 0
	for range *rounds {
		for _, text := range texts {
			for range random.IntN(4) {
				at := random.IntN(len(text) + 1)
				cut := at
				if random.IntN(2) == 0 {
					cut = min(len(text), at+random.IntN(4))
				}
				insert := ""
				if random.IntN(3) > 0 {
					insert = changed[random.IntN(len(changed))]
				}
				text = text[:at] + insert + text[cut:]
			}
			all++
			if checkQuick(t, text) {
				quickly++
			}
		}
	}
	t.Logf("%d of %d texts were read quickly", quickly, all)
	if quickly < all/20 {
		t.Error("hardly a text was read quickly")
	}
}

func FuzzQuick(f *testing.F) {
	for _, text := range seeds(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkQuick(t, text) })
}

// TestQuickOfTheSuite holds the texts of the YAML test suite to it.
func TestQuickOfTheSuite(t *testing.T) {
	for _, name := range glob(t, filepath.Join(corpora(t), "yaml-test-suite", "*.yaml")) {
		text := read(t, name)
		checkQuick(t, text)
		checkQuick(t, "tree:\n  kids:\n  - leaf:\n"+indent(text, "      "))
		checkQuick(t, "note:\n"+indent(text, "  "))
		checkQuick(t, "note: |-\n"+indent(text, "  "))
	}
}

// TestQuickTags holds that quick knows which scalars the library takes for text.
func TestQuickTags(t *testing.T) {
	digits := []string{"0", "1", "9", "07", "2027", "12345678901234567890", "0x", "F", "b1", "o7", ".", "-", "+", "_", "e", "E", ":", "T", "Z", " ", "01", "12", "31", "p", "inf", "nan", "i"}
	random := rand.New(rand.NewPCG(9, 10))
	for range 20_000 {
		value := ""
		for range 1 + random.IntN(6) {
			value += digits[random.IntN(len(digits))]
		}
		checkQuick(t, "a: "+value+"\n")
	}
}

func BenchmarkParse(b *testing.B) {
	text, err := os.ReadFile("../../examples/accounting-firm.yaml")
	if err != nil {
		b.Fatal(err)
	}
	f := source.New("f.yaml", text)
	span := f.Span(0, len(text))
	b.Run("quick", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			if root, _ := Parse(span, Options{}); root == nil {
				b.Fatal()
			}
		}
	})
	b.Run("library", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		b.ReportAllocs()
		for b.Loop() {
			p := &parser{text: newText(span), what: "file"}
			if p.parseByLibrary() == nil {
				b.Fatal()
			}
		}
	})
}
