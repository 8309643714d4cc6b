package markdown

import (
	"flag"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"concordat/internal/doc"
	"concordat/internal/source"
)

var bindings = flag.Int("bindings", 3000, "random clauses to hold to the binding law")

// fragments are pieces of templates; "\x00" is a value.
var fragments = []string{
	"\x00", "\x00", "\x00", "\x00", "\x00\x00", "\x01", "a", " ", " ", "\n", "\n", "\n\n", "\n\n", "\n- ", "\n1. ", "\n   ", "\n> ", "\n\n| ", " | ", " |\n", "| a | b |\n|---|---|\n| \x00 | ", "| --- |\n",
	"**", "*", "_", "__", "***", "~~", "`", "```\n", "\\", "\\*", "[", "](https://example.com/", ")", "](", "]", "]: ", "![", "<", ">", "<b>", "<!-- ", "-->", "&", "&amp;", "&#", ";", "#", "# ", "---\n", "===\n",
	"\"", "'", "\"\x00\"", "\x00's", "...", "--", "---", "(", ".", ",", "\\\n", "  \n", "    ", "\t", "www.", "http://", "mailto:\x00", "1", "+", "-", "=", ":", "|", "!", "Łódź", "“", "\r\n",
}

// bind expands a random template with values that a function chooses, and
// reads it.
func bind(template string, value func(n int) string) ([]doc.Block, []string, []Token) {
	f := source.New("c.md", []byte(template))
	var b strings.Builder
	var tokens []Token
	offsets := []int{}
	for i := 0; i < len(template); i++ {
		text := template[i : i+1]
		if text == "\x00" || text == "\x01" {
			t := Token{Kind: Value, Text: value(len(tokens)), Name: "a value", Origin: f.Span(i, i+1)}
			if text == "\x01" {
				t = Token{Kind: Reference, Text: "target", Name: "a reference", Origin: f.Span(i, i+1)}
			}
			text = tokenText(len(tokens))
			tokens = append(tokens, t)
		}
		b.WriteString(text)
		for range len(text) {
			offsets = append(offsets, i)
		}
	}
	offsets = append(offsets, len(template))
	blocks, diags := ParseClause(b.String(), tokens, func(from, to int) source.Span { return f.Span(offsets[from], offsets[to]) })
	var said []string
	for _, d := range diags {
		if !d.Span.Valid() {
			panic("a span outside of its file")
		}
		said = append(said, d.Span.String()+" "+d.Message)
	}
	return blocks, said, tokens
}

// checkBinding holds a template to the law: what is read with any values is
// what is read with the value "X" but for the values themselves, which stand
// exactly once and exactly as they are; or the template is refused with every
// value, in the same words.
func checkBinding(t *testing.T, template string, value func(n int) string) {
	t.Helper()
	plain, plainSaid, plainTokens := bind(template, func(int) string { return "X" })
	blocks, said, tokens := bind(template, value)
	if !slices.Equal(plainSaid, said) {
		t.Fatalf("%q: the diagnostics depend on values:\n%q\nwith X:\n%q", template, said, plainSaid)
	}
	if len(said) > 0 {
		return
	}
	count := make([]int, len(tokens))
	want := mapLeaves(plain, func(in doc.Inline) doc.Inline {
		var origin source.Span
		switch in := in.(type) {
		case doc.Text:
			origin = in.Origin
		case doc.Ref:
			origin = in.Origin
		}
		for n, token := range plainTokens {
			if origin != token.Origin {
				continue
			}
			count[n]++
			if token.Kind == Value && in == (doc.Text{Value: "X", Origin: origin}) {
				return doc.Text{Value: tokens[n].Text, Origin: origin}
			}
		}
		return in
	})
	got := mapLeaves(blocks, func(in doc.Inline) doc.Inline { return in })
	if !reflect.DeepEqual(want, got) {
		t.Fatalf("%q: values change the structure:\n%#v\nwith X:\n%#v", template, got, want)
	}
	for n, times := range count {
		if times != 1 {
			t.Fatalf("%q: token %d stands %d times", template, n, times)
		}
	}
}

// mapLeaves is a copy of blocks in which f replaces texts and references, and
// the files of origins, which differ as values do, are left out.
func mapLeaves(blocks []doc.Block, f func(doc.Inline) doc.Inline) []doc.Block {
	var mapped func(text []doc.Inline) []doc.Inline
	mapped = func(text []doc.Inline) []doc.Inline {
		var out []doc.Inline
		for _, in := range text {
			switch in := f(in).(type) {
			case doc.Text:
				in.Origin.File = nil
				out = append(out, in)
			case doc.Ref:
				in.Origin.File = nil
				out = append(out, in)
			case doc.Strong:
				out = append(out, doc.Strong{Text: mapped(in.Text)})
			case doc.Emphasis:
				out = append(out, doc.Emphasis{Text: mapped(in.Text)})
			case doc.Link:
				out = append(out, doc.Link{Dest: in.Dest, Text: mapped(in.Text)})
			default:
				out = append(out, in)
			}
		}
		return out
	}
	return doc.MapInlines(blocks, mapped)
}

func (c *choices) template() string {
	var b strings.Builder
	for range 1 + c.upTo(12) {
		b.WriteString(fragments[c.upTo(len(fragments))])
	}
	return b.String()
}

func TestBindingOfRandomClauses(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	accepted := 0
	for range *bindings {
		c := choices{randomBytes(random, 60)}
		template := c.template()
		checkBinding(t, template, func(int) string { return c.word() + "a" })
		if _, said, tokens := bind(template, func(int) string { return "X" }); len(said) == 0 && len(tokens) > 0 {
			accepted++
		}
	}
	if accepted < *bindings/20 {
		t.Errorf("only %d of %d clauses were accepted: the law is hardly tested", accepted, *bindings)
	}
	t.Logf("%d of %d clauses with values accepted", accepted, *bindings)
}

func FuzzBind(f *testing.F) {
	for _, template := range []string{
		"**\x00**, x**\x00**y and \"\x00\"", "| a |\n|---|\n| \x00 |", "1. \x00\n2. \x00\n", "[\x00](https://example.com)", "\x00. no list", "> \x00\n\n\x00", "```\n\x00\n```", "[a]: \x00", "[a](https://\x00)", "\\\x00 &\x00;",
	} {
		f.Add(template, "# 1. *a*|b`<c>&amp;\\")
	}
	f.Fuzz(func(t *testing.T, template, value string) {
		if strings.ContainsAny(value, "\n") || value == "" || len(source.New("x", []byte(strings.NewReplacer("\x00", "", "\x01", "").Replace(template))).Problems()) > 0 {
			return
		}
		checkBinding(t, template, func(int) string { return value })
	})
}

// FuzzLayout reads any text as a layout: it never panics, and every span lies
// inside the text.
func FuzzLayout(f *testing.F) {
	f.Add("# H\n\n---\n\n> - a\n\n| a |\n|---|\n")
	f.Fuzz(func(t *testing.T, text string) {
		file := source.New("x.md", []byte(text))
		if len(file.Problems()) > 0 {
			return
		}
		blocks, diags := ParseLayout(text, nil, file.Span)
		mapLeaves(blocks, func(in doc.Inline) doc.Inline {
			if text, ok := in.(doc.Text); ok && !text.Origin.Valid() {
				t.Fatalf("%q: an origin outside of its file", text.Value)
			}
			return in
		})
		for _, d := range diags {
			if !d.Span.Valid() {
				t.Fatalf("%s: a span outside of its file", d.Message)
			}
		}
	})
}

func TestBindingOfCorpora(t *testing.T) {
	list := corpora(t)
	for _, template := range []string{
		"\x00", "**\x00**x*\x00*y", "a \x00\nb\x00c", "1. \x00\n\n- \x00", "| \x00 | b |\n|---|---|\n| a\x00 | \"\x00\" |", "> \x00", "[\x00](https://example.com)", "\"\x00\" '\x00' \x00's --\x00...",
	} {
		for _, s := range list {
			if s != "" {
				checkBinding(t, template, func(int) string { return s })
			}
		}
	}
}
