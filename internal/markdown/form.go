package markdown

import (
	"fmt"
	"strings"

	"concordat/internal/doc"
)

// Form is the expanded text of a clause or layout as it was read, with tokens
// where values are to stand. It holds the author's words and no value, so that
// one form serves every agreement whose text is the same. It never changes.
type Form struct {
	blocks  []doc.Block // a token is a doc.Text whose Value is the token as it stands in the text
	kinds   []Kind      // of the tokens
	alone   []bool      // by token: it is a paragraph of its own, where values may have several lines
	inlines int         // in blocks
}

// newForm keeps what a lowering has read.
func newForm(l *lowering, blocks []doc.Block) *Form {
	f := &Form{blocks: blocks, kinds: make([]Kind, len(l.tokens)), alone: l.alone}
	for i, t := range l.tokens {
		f.kinds[i] = t.Kind
	}
	doc.Texts(blocks, func(text []doc.Inline) { f.inlines += countInlines(text) })
	return f
}

func countInlines(text []doc.Inline) int {
	n := len(text)
	for _, in := range text {
		switch in := in.(type) {
		case doc.Strong:
			n += countInlines(in.Text)
		case doc.Emphasis:
			n += countInlines(in.Text)
		case doc.Link:
			n += countInlines(in.Text)
		case doc.Text, doc.Ref, doc.LineBreak:
		default:
			panic(fmt.Sprintf("markdown: unknown inline %T", in))
		}
	}
	return n
}

// Texts calls visit for each run of inlines of the form, in reading order. In the
// place of each token stands a text of its own, which TokenOf knows.
func (f *Form) Texts(visit func([]doc.Inline)) { doc.Texts(f.blocks, visit) }

// TokenOf is the number of the token that a text of a form stands for, if it does.
func TokenOf(t doc.Text) (n int, ok bool) {
	if !strings.HasPrefix(t.Value, tokenLead) {
		return 0, false
	}
	return tokenAt(t.Value, 0), true
}

// Bind is what ParseClause or ParseLayout, whichever made the form, gives for its
// text with other tokens: of the same kinds, and with origins and names for the
// same text. Nothing of the result belongs to the form. It is false for what those
// functions would refuse: a value of several lines inside other text.
func (f *Form) Bind(tokens []Token) ([]doc.Block, bool) {
	if len(tokens) != len(f.kinds) {
		panic(fmt.Sprintf("markdown: %d tokens for a form with %d", len(tokens), len(f.kinds)))
	}
	for i, t := range tokens {
		if t.Kind != f.kinds[i] {
			panic(fmt.Sprintf("markdown: token %d (%s) is of another kind than in the form", i, t.Name))
		}
		if t.Kind == Value && !f.alone[i] && strings.Contains(t.Text, "\n") {
			return nil, false
		}
	}
	b := f.binding(tokens)
	blocks := b.blocks(f.blocks)
	for i, times := range b.bound {
		if times != 1 {
			panic(fmt.Sprintf("markdown: token %d (%s) was bound %d times", i, tokens[i].Name, times))
		}
	}
	return blocks, true
}

func (f *Form) binding(tokens []Token) *binding {
	return &binding{tokens: tokens, inlines: make([]doc.Inline, f.inlines), bound: make([]int32, len(tokens))}
}

// binding copies a form and puts what tokens stand for in their places.
type binding struct {
	tokens  []Token
	inlines []doc.Inline // of the form's number; the copies are cut from it
	bound   []int32      // how often, by token
}

// take is the token that in stands for.
func (b *binding) take(in doc.Inline) (t Token, ok bool) {
	text, isText := in.(doc.Text)
	if !isText {
		return Token{}, false
	}
	n, ok := TokenOf(text)
	if ok {
		b.bound[n]++
		t = b.tokens[n]
	}
	return t, ok
}

func (b *binding) blocks(blocks []doc.Block) []doc.Block {
	if blocks == nil {
		return nil
	}
	copied := make([]doc.Block, 0, len(blocks))
	for _, x := range blocks {
		switch x := x.(type) {
		case doc.Paragraph:
			copied = b.paragraph(copied, x)
		case doc.Heading:
			x.Text = b.text(x.Text)
			copied = append(copied, x)
		case doc.List:
			items := make([]doc.Item, len(x.Items))
			for i, item := range x.Items {
				items[i] = doc.Item{Blocks: b.blocks(item.Blocks)}
			}
			copied = append(copied, doc.List{Ordered: x.Ordered, Items: items})
		case doc.Table:
			copied = append(copied, b.table(x))
		case doc.Quote:
			copied = append(copied, doc.Quote{Blocks: b.blocks(x.Blocks)})
		case doc.PageBreak:
			copied = append(copied, x)
		default:
			panic(fmt.Sprintf("markdown: unknown block %T of a form", x))
		}
	}
	if len(copied) == 0 {
		return nil
	}
	return copied
}

// paragraph adds a paragraph, or what stands for one that is a token alone.
func (b *binding) paragraph(to []doc.Block, p doc.Paragraph) []doc.Block {
	if len(p.Text) == 1 {
		if token, ok := b.take(p.Text[0]); ok {
			switch {
			case token.Kind == Block:
				return append(to, token.Blocks...)
			case token.Kind == Value && strings.Contains(token.Text, "\n"):
				return append(to, doc.Paragraph{Text: lines(token)})
			default:
				return append(to, doc.Paragraph{Text: []doc.Inline{token.inline()}})
			}
		}
	}
	return append(to, doc.Paragraph{Text: b.text(p.Text)})
}

// lines are the lines of a value, with breaks between them.
func lines(t Token) []doc.Inline {
	var text []doc.Inline
	for i, line := range strings.Split(strings.TrimSuffix(t.Text, "\n"), "\n") {
		if i > 0 {
			text = append(text, doc.LineBreak{})
		}
		if line != "" {
			text = append(text, doc.Text{Value: line, Origin: t.Origin})
		}
	}
	return text
}

// inline is what a token inside of a line stands for.
func (t Token) inline() doc.Inline {
	switch t.Kind {
	case Value:
		return doc.Text{Value: t.Text, Origin: t.Origin}
	case Reference:
		return doc.Ref{Target: t.Text, Origin: t.Origin}
	default:
		panic(fmt.Sprintf("markdown: %s of kind %d stands inside other text", t.Name, t.Kind))
	}
}

func (b *binding) text(text []doc.Inline) []doc.Inline {
	if text == nil {
		return nil
	}
	copied := b.inlines[:len(text):len(text)]
	b.inlines = b.inlines[len(text):]
	for i, in := range text {
		switch x := in.(type) {
		case doc.Text:
			if token, ok := b.take(x); ok {
				in = token.inline()
			}
			copied[i] = in
		case doc.Strong:
			copied[i] = doc.Strong{Text: b.text(x.Text)}
		case doc.Emphasis:
			copied[i] = doc.Emphasis{Text: b.text(x.Text)}
		case doc.Link:
			copied[i] = doc.Link{Dest: x.Dest, Text: b.text(x.Text)}
		case doc.LineBreak:
			copied[i] = in
		default:
			panic(fmt.Sprintf("markdown: unknown inline %T of a form", in))
		}
	}
	return copied
}

func (b *binding) table(t doc.Table) doc.Table {
	copied := doc.Table{Columns: make([]doc.Column, len(t.Columns))}
	if len(t.Rows) > 0 {
		copied.Rows = make([]doc.Row, len(t.Rows))
	}
	for i, c := range t.Columns {
		c.Head = b.text(c.Head)
		copied.Columns[i] = c
	}
	for i, row := range t.Rows {
		cells := make([]doc.Cell, len(row.Cells))
		for j, cell := range row.Cells {
			cells[j] = b.text(cell)
		}
		copied.Rows[i] = doc.Row{Cells: cells, Total: row.Total}
	}
	return copied
}
