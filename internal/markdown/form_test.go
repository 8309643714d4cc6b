package markdown

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"concordat/internal/doc"
	"concordat/internal/source"
)

// TestForm holds that a form takes other values as reading the text again does,
// and that nothing of what it gives belongs to it.
func TestForm(t *testing.T) {
	const text = "{{value A}} and **{{value B}}**, see {{ref x}} and [*{{value C}}*](https://example.com/).\n\n{{value D}}\n\n{{block 1}}\n\n" +
		"1. {{value E}}\n\n   - {{value F}}\n\n   {{block 0}}\n\n> {{value G}}\n\n| {{value H}} | |\n|---|--:|\n| a | {{value I}} {{ref y}} |\n"
	x := expand("form.md", text)
	blocks, form, diags := ReadClause(x.text, x.tokens, x.span)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	values := source.New("values", []byte("other values"))
	other := make([]Token, len(x.tokens))
	for i, token := range x.tokens {
		other[i] = token
		other[i].Origin = values.Span(i, i+1)
		switch token.Kind {
		case Value:
			other[i].Text = strings.Repeat("# *x*", i+1)
		case Reference:
			other[i].Text = "z"
		case Block:
			other[i].Blocks = []doc.Block{doc.PageBreak{}, doc.Paragraph{Text: []doc.Inline{doc.Text{Value: "b"}}}}
		}
		if token.Kind == Value && form.alone[i] {
			other[i].Text = "one\n\ntwo\n"
		}
	}
	want, diags := ParseClause(x.text, other, x.span)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	got, ok := form.Bind(other)
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("bound:\n%s\nread:\n%s", dumped(got), dumped(want))
	}
	if reflect.DeepEqual(got, blocks) {
		t.Error("other values give the same blocks")
	}
	doc.Texts(got, func(text []doc.Inline) { // somebody else's mistake
		for i := range text {
			text[i] = doc.Text{Value: "overwritten"}
		}
		_ = append(text, doc.Text{Value: "overwritten"})
	})
	for i := range got {
		got[i] = doc.PageBreak{}
	}
	if again, ok := form.Bind(x.tokens); !ok || !reflect.DeepEqual(again, blocks) {
		t.Errorf("bound again:\n%s\nfirst:\n%s", dumped(again), dumped(blocks))
	}
}

func dumped(blocks []doc.Block) string {
	var b bytes.Buffer
	dumpBlocks(&b, "", blocks)
	return b.String()
}

// TestFormRefuses holds that a form takes no value of several lines where reading
// the text would refuse it, and no tokens but those of its text.
func TestFormRefuses(t *testing.T) {
	x := expand("form.md", "Pay {{value A}} and see {{ref x}}.\n")
	_, form, diags := ReadClause(x.text, x.tokens, x.span)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	lines := append([]Token{}, x.tokens...)
	lines[0].Text = "a\nb"
	if blocks, ok := form.Bind(lines); ok {
		t.Errorf("a value of several lines was bound:\n%s", dumped(blocks))
	}
	if _, form, diags := ReadClause(x.text, lines, x.span); len(diags) != 1 || form != nil {
		t.Errorf("a value of several lines was read: %v", diags)
	}
	panics := func(name string, tokens []Token) {
		defer func() {
			if recover() == nil {
				t.Errorf("%s: bound", name)
			}
		}()
		form.Bind(tokens)
	}
	panics("a token too few", x.tokens[:1])
	panics("a token too many", append(append([]Token{}, x.tokens...), x.tokens[0]))
	panics("tokens in another order", []Token{x.tokens[1], x.tokens[0]})
}

func BenchmarkBind(b *testing.B) {
	x := expand("bench.md", typicalClause)
	_, form, diags := ReadClause(x.text, x.tokens, x.file.Span)
	if len(diags) > 0 {
		b.Fatal(diags)
	}
	b.SetBytes(int64(len(x.text)))
	b.ReportAllocs()
	for b.Loop() {
		form.Bind(x.tokens)
	}
}
