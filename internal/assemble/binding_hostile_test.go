package assemble_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"concordat/internal/doc"
	"concordat/internal/expand"
	"concordat/internal/markdown"
	"concordat/internal/source"
)

// bound is a view whose texts are values; only Facts decide what is written.
type bound struct {
	Facts   *boundFacts
	A, B, C string
	People  []*boundPerson
}

type boundFacts struct {
	Yes  bool
	N    int
	Word string
}

type boundPerson struct {
	Name, Title string
}

func boundView(facts int, value func(i int) string) *bound {
	v := &bound{
		Facts: &boundFacts{Yes: facts&1 == 0, N: facts >> 1 & 3, Word: []string{"eu", "us"}[facts>>3&1]},
		A:     value(0), B: value(1), C: value(2),
	}
	for i := range facts >> 4 & 3 {
		v.People = append(v.People, &boundPerson{value(3 + 2*i), value(4 + 2*i)})
	}
	return v
}

// pieces of clauses: words and marks, and actions that print values or decide.
// Those that begin a block end it too.
var (
	markPieces = []string{
		"a", " ", "word ", "\n", "\n\n", "\n- ", "\n1. ", "\n   ", "\n> ", "\n\n| ", " | ", " |\n", "| a | b |\n|---|---|\n| {{ .A }} | ", "| --- |\n",
		"**", "*", "_", "__", "***", "~~", "`", "```\n", "\\", "\\*", "[", "](https://example.com/", ")", "](", "]", "]: ", "![", "<", ">", "<b>", "<!-- ", "-->", "&", "&amp;", "&#", ";", "#", "# ", "---\n", "===\n",
		"\"", "'", "...", "--", "---", "(", ".", ",", "\\\n", "  \n", "    ", "www.", "http://", "mailto:", "1", "+", "-", "=", ":", "|", "!", "Łódź", "“", "{", "}", "\r\n",
	}
	valuePieces = []string{
		"{{ .A }}", "{{ .B }}", "{{ .C }}", "**{{ .A }}**", "\"{{ .B }}\"", "{{ .C }}'s", "{{ upper .A }}", "{{ lower .B }}", "{{ trim .C }}", "{{- .A -}}", "{{ .A }}{{ .B }}", "{{ .A | upperFirst }}",
		"{{ join \", \" (list .A .B) }}", "{{ andList (list .A .B .C) }}", "{{ replace \"a\" \"*\" .A }}", "{{ $v := .B }}{{ $v }}", "{{ .Facts.Word }}", "{{ countOf .Facts.N \"day\" \"days\" }}", "{{ ref \"x\" }}",
		"[{{ .A }}](https://example.com/)", "\n- {{ .A }}\n- {{ .B }}\n", "\n\n| {{ .A }} | {{ .B }} |\n|---|---|\n| {{ .C }} | {{ .A }} |\n\n", "\n1. {{ .C }}\n", "\n> {{ .B }}\n", "(https://{{ .A }})", "\\{{ .A }}", "&{{ .B }};", "<{{ .C }}>", "*{{ .A }}*{{ .B }}",
	}
	openPieces = []string{
		"{{ if .Facts.Yes }}", "{{ if gt .Facts.N 1 }}", "{{ if eq .Facts.Word \"eu\" }}", "{{- if not .Facts.Yes -}}", "{{ range .People }}", "\n{{ range .People }}- {{ .Name }}, {{ .Title }}\n", "{{ range $i, $p := .People }}{{ $p.Name }} ", "{{ with .Facts.Word }}",
	}
)

// boundTemplate is a clause that bytes decide.
func boundTemplate(data []byte) string {
	next := func(n int) int {
		if len(data) == 0 {
			return 0
		}
		b := data[0]
		data = data[1:]
		return int(b) % n
	}
	var b strings.Builder
	open := 0
	for range 16 {
		if len(data) == 0 {
			break
		}
		switch k := next(16); {
		case k < 7:
			b.WriteString(markPieces[next(len(markPieces))])
		case k < 13:
			piece := valuePieces[next(len(valuePieces))]
			if open > 0 { // dot is another there
				piece = strings.ReplaceAll(strings.ReplaceAll(piece, " .", " $."), "(list .", "(list $.")
			}
			b.WriteString(piece)
		case k < 15 && open < 3:
			open++
			piece := openPieces[next(len(openPieces))]
			if open > 1 {
				head, rest, _ := strings.Cut(piece, "}}")
				piece = strings.ReplaceAll(strings.ReplaceAll(head, " .Facts", " $.Facts"), " .People", " $.People") + "}}" + rest
			}
			b.WriteString(piece)
		case open > 0:
			open--
			b.WriteString("{{ end }}")
		}
	}
	return b.String() + strings.Repeat("{{ end }}", open)
}

// values that mean something to some reader of Markdown, templates or files.
var boundValues = []string{
	"a", "# H", "1. FC", "- item", "**", "_", "a|b", "\\", "www.example.com", "<b>", "&amp;", "`", "~~~", "![i](x)", "[a]: b", "\"", "'", "...", "---", "===", "> q", "| a | b |", "Łódź", "{{ .A }}", "}}", "{{ env \"HOME\" }}",
	" lead", "trail ", "two  spaces", "(c)", "\u00a0", "日本", "javascript:alert(1)", "%s", "$&", "\x00", "\n", "\t", "\u202e", "\ufdd0\ufdd1\ufdd1\ufdd1\ufdd1\ufde1", "", "</p>", "x\\",
}

// FuzzBinding holds clauses and values to the binding law, through expansion and
// parsing: the text that is parsed is a function of the template and of facts;
// each value stands in the result once and as it is; and nothing else of the
// result depends on values.
func FuzzBinding(f *testing.F) {
	random := rand.New(rand.NewPCG(11, 12))
	for i := range 200 {
		data := make([]byte, 8+random.IntN(40))
		for k := range data {
			data[k] = byte(random.Uint32())
		}
		f.Add(data, boundValues[i%len(boundValues)], byte(random.Uint32()))
	}
	f.Fuzz(func(t *testing.T, data []byte, value string, facts byte) {
		bindBoth(t, boundTemplate(data), value, facts)
	})
}

var bindings = flag.Int("bindings", 4000, "random clauses that TestBinding holds to the binding law")

// TestBinding is FuzzBinding on clauses made by chance, the same each time: far
// more of them in the same time. It shows too that they are worth it: most
// compile, and many are accepted with values in them.
func TestBinding(t *testing.T) {
	var compiled, accepted atomic.Int64
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < *bindings && !t.Failed(); i += workers {
				random := rand.New(rand.NewPCG(13, uint64(i)))
				data := make([]byte, 1+random.IntN(30))
				for k := range data {
					data[k] = byte(random.Uint32())
				}
				c, a := bindBoth(t, boundTemplate(data), boundValues[random.IntN(len(boundValues))], byte(random.Uint32()))
				if c {
					compiled.Add(1)
				}
				if a {
					accepted.Add(1)
				}
			}
		})
	}
	wg.Wait()
	t.Logf("%d clauses: %d compile, %d are accepted with values in them", *bindings, compiled.Load(), accepted.Load())
	if int(compiled.Load()) < *bindings*3/4 || int(accepted.Load()) < *bindings/8 {
		t.Error("too few clauses compile, or are accepted with values")
	}
}

// bindBoth fills a clause with harmless and with other values and compares.
func bindBoth(t *testing.T, text, value string, facts byte) (compiled, accepted bool) {
	t.Helper()
	file := source.New("c.md", []byte(text))
	template, list := expand.Compile(file.Span(0, len(text)), expand.Options{
		Data: reflect.TypeFor[*bound](), Branch: []string{"Facts"}, Inline: []string{"ref"}, What: "clause",
	})
	if template == nil {
		if !list.HasErrors() {
			t.Fatalf("%q: no template, and no error", text)
		}
		return false, false
	}
	hostile := func(i int) string {
		if i%2 == 0 {
			return value
		}
		return boundValues[(i*7+len(value)+int(facts))%len(boundValues)]
	}
	plain, list := template.Execute(boundView(int(facts), func(i int) string { return fmt.Sprintf("Xa%d", i) }))
	if list.HasErrors() {
		return true, false
	}
	filled, list := template.Execute(boundView(int(facts), hostile))
	if list.HasErrors() {
		return true, false // a value is refused
	}
	if plain.Way() != filled.Way() || plain.Text() != filled.Text() || len(plain.Slots) != len(filled.Slots) {
		t.Fatalf("%q: values change the text:\n%q\n%q", text, filled.Text(), plain.Text())
	}
	want, wantSaid := boundBlocks(t, text, plain, filled)
	got, said := boundBlocks(t, text, filled, filled)
	if said != wantSaid {
		t.Fatalf("%q: what is said depends on values:\n%s\n%s", text, said, wantSaid)
	}
	if said != "" {
		return true, false
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%q with %q: values change the structure:\n%#v\n%#v", text, value, got, want)
	}
	if len(value)%8 == 0 {
		markdown.Write(doc.Document{Blocks: got}) // reads back what it wrote, and panics where it differs
	}
	return true, len(filled.Slots) > 0
}

// boundTokens are the slots of a filled clause; slot i seems to be written at byte
// i of places.
func boundTokens(r expand.Result, places *source.File) []markdown.Token {
	tokens := make([]markdown.Token, len(r.Slots))
	for i, s := range r.Slots {
		tokens[i] = markdown.Token{Kind: markdown.Value, Text: s.Text, Name: "a value", Origin: places.Span(i, i+1)}
		if s.Kind == expand.Inline {
			tokens[i].Kind, tokens[i].Text = markdown.Reference, s.Arg
		}
	}
	return tokens
}

// boundBlocks parses a filled clause, holds that each slot stands there once and
// as it is, and puts the texts of other slots of the same number there. What it
// read must take the values of other as well as reading those anew does.
func boundBlocks(t *testing.T, text string, r, other expand.Result) ([]doc.Block, string) {
	t.Helper()
	places := source.New("values", []byte(strings.Repeat("v", len(r.Slots)+1)))
	tokens := boundTokens(r, places)
	blocks, form, list := markdown.ReadClause(r.Text(), tokens, r.Span)
	if (form == nil) != (len(list) > 0) {
		t.Fatalf("%q: a form: %v, with %v", text, form != nil, list)
	}
	if form != nil {
		others := boundTokens(other, places)
		want, _ := markdown.ParseClause(other.Text(), others, other.Span)
		if got, ok := form.Bind(others); !ok || !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: values bound to a form:\n%#v\n%#v", text, got, want)
		}
		if got, ok := form.Bind(tokens); !ok || !reflect.DeepEqual(got, blocks) {
			t.Fatalf("%q: the form has changed:\n%#v\n%#v", text, got, blocks)
		}
	}
	var said strings.Builder
	for _, d := range list {
		if !d.Span.Valid() {
			t.Fatalf("%q: %s lies outside its file", text, d.Code)
		}
		fmt.Fprintf(&said, "%d %s\n", d.Span.Start, d.Message)
	}
	if list.HasErrors() {
		return nil, said.String()
	}
	count := make([]int, len(tokens))
	var visit func(text []doc.Inline) []doc.Inline
	visit = func(inlines []doc.Inline) []doc.Inline {
		out := make([]doc.Inline, len(inlines))
		for i, in := range inlines {
			switch x := in.(type) {
			case doc.Text:
				if x.Origin.File == places {
					k := x.Origin.Start
					count[k]++
					if x.Value != tokens[k].Text {
						t.Fatalf("%q: the value %q stands as %q", text, tokens[k].Text, x.Value)
					}
					x.Value = other.Slots[k].Text
				}
				x.Origin = source.Span{}
				in = x
			case doc.Ref:
				if x.Origin.File == places {
					count[x.Origin.Start]++
				}
				x.Origin, x.Text = source.Span{}, "Section 1.1" // as numbering does
				in = x
			case doc.Strong:
				in = doc.Strong{Text: visit(x.Text)}
			case doc.Emphasis:
				in = doc.Emphasis{Text: visit(x.Text)}
			case doc.Link:
				in = doc.Link{Dest: x.Dest, Text: visit(x.Text)}
			default:
			}
			out[i] = in
		}
		return out
	}
	blocks = doc.MapInlines(blocks, visit)
	for k, n := range count {
		if n != 1 {
			t.Fatalf("%q: value %d stands %d times", text, k, n)
		}
	}
	return blocks, said.String()
}
