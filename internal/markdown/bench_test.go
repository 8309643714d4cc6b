package markdown

import (
	"fmt"
	"strings"
	"testing"

	"concordat/internal/doc"
)

// typicalClause is a clause of ordinary length with values, a list and a
// table.
var typicalClause = `The Provider shall back up {{value 14}} systems listed in {{ref schedule-backups}} "as agreed" and keep *one copy* out of reach of **{{value Łódź Dental Sp. z o.o.}}**, its staff and the Provider's own administrators, whatever happens.

1. Each copy is kept for {{value 35}} days -- counted from the day after it was made -- and deleted within {{value 10}} days after that.
2. The Provider tests a restore at least {{value twice}} a year and reports the result to {{value Anna Nowak}}, who answers within {{value ten}} days:

   - what was restored, and how long it took;
   - what could not be restored, and why;
   - what will be done about it by when.

3. A restore that fails is an incident under {{ref inc-01}}.

| System | Kept for | Tested |
|--------|---------:|--------|
| {{value Files}} | {{value 35 days}} | {{value every quarter}} |
| {{value Mail}} | {{value 90 days}} | {{value every half-year}} |

The Customer names the systems it cannot work without, and tells the Provider before it adds or removes one. What is not listed is not backed up, and the Customer bears the loss.
`

func BenchmarkParseClause(b *testing.B) {
	x := expand("bench.md", typicalClause)
	span := x.file.Span
	b.SetBytes(int64(len(x.text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, diags := ParseClause(x.text, x.tokens, span); len(diags) > 0 {
			b.Fatal(diags)
		}
	}
}

// twelvePages is a document of about 40 KB of Markdown.
func twelvePages(b *testing.B) doc.Document {
	x := expand("bench.md", typicalClause)
	clause, diags := ParseClause(x.text, x.tokens, x.file.Span)
	if len(diags) > 0 {
		b.Fatal(diags)
	}
	clause = doc.MapInlines(clause, func(text []doc.Inline) []doc.Inline {
		out := make([]doc.Inline, len(text))
		for i, in := range text {
			if r, ok := in.(doc.Ref); ok {
				r.Text = "Section 4.2"
				in = r
			}
			out[i] = in
		}
		return out
	})
	var blocks []doc.Block
	for n := range 28 {
		blocks = append(blocks, doc.Heading{Level: 3, Number: fmt.Sprintf("3.%d", n+1), Text: []doc.Inline{doc.Text{Value: "Backup scope, isolation and restore tests"}}})
		blocks = append(blocks, clause...)
	}
	return doc.Document{Meta: doc.Meta{ID: "bench", Paper: doc.A4}, Blocks: blocks}
}

func BenchmarkWrite(b *testing.B) {
	d := twelvePages(b)
	b.SetBytes(int64(len(Write(d))))
	b.ReportAllocs()
	for b.Loop() {
		Write(d)
	}
}

func BenchmarkEncode(b *testing.B) {
	d := twelvePages(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := doc.Encode(d); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTypicalClause(t *testing.T) {
	x := expand("typical.md", typicalClause)
	blocks, diags := ParseClause(x.text, x.tokens, x.span)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if got := len(Flatten(blocks)); got != 4 {
		t.Errorf("%d blocks, expected 4", got)
	}
	if strings.Contains(doc.Plain(blocks[0].(doc.Paragraph).Text), `"`) {
		t.Error("a straight quotation mark is left")
	}
}
