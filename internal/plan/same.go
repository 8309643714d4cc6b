package plan

import (
	"fmt"
	"slices"

	"concordat/internal/doc"
)

// sameBlocks reports whether blocks are the same but for origins. Most parts of
// most documents are, so it makes nothing.
func sameBlocks(a, b []doc.Block) bool { return slices.EqualFunc(a, b, sameBlock) }

func sameBlock(a, b doc.Block) bool {
	switch a := a.(type) {
	case doc.Heading:
		b, ok := b.(doc.Heading)
		return ok && a.Level == b.Level && a.Number == b.Number && a.Anchor == b.Anchor && sameText(a.Text, b.Text)
	case doc.Paragraph:
		b, ok := b.(doc.Paragraph)
		return ok && sameText(a.Text, b.Text)
	case doc.List:
		b, ok := b.(doc.List)
		return ok && a.Ordered == b.Ordered && slices.EqualFunc(a.Items, b.Items, func(x, y doc.Item) bool {
			return x.Label == y.Label && sameBlocks(x.Blocks, y.Blocks)
		})
	case doc.Table:
		b, ok := b.(doc.Table)
		return ok && slices.EqualFunc(a.Columns, b.Columns, func(x, y doc.Column) bool {
			return x.Align == y.Align && x.Weight == y.Weight && sameText(x.Head, y.Head)
		}) && slices.EqualFunc(a.Rows, b.Rows, func(x, y doc.Row) bool {
			return x.Total == y.Total && slices.EqualFunc(x.Cells, y.Cells, func(x, y doc.Cell) bool { return sameText(x, y) })
		})
	case doc.Quote:
		b, ok := b.(doc.Quote)
		return ok && sameBlocks(a.Blocks, b.Blocks)
	case doc.Signature:
		b, ok := b.(doc.Signature)
		return ok && a.Witnessed == b.Witnessed && sameText(a.Party, b.Party) && sameText(a.LegalName, b.LegalName) &&
			sameText(a.Name, b.Name) && sameText(a.Title, b.Title)
	case doc.PageBreak:
		_, ok := b.(doc.PageBreak)
		return ok
	default:
		panic(fmt.Sprintf("plan: unknown block %T", a))
	}
}

// sameText compares text however it is divided: two texts beside each other are the
// same as one.
func sameText(a, b []doc.Inline) bool {
	for {
		var textA, textB string
		textA, a = beginning(a)
		textB, b = beginning(b)
		if textA != textB || len(a) == 0 || len(b) == 0 {
			return textA == textB && len(a) == len(b)
		}
		if !sameInline(a[0], b[0]) {
			return false
		}
		a, b = a[1:], b[1:]
	}
}

// beginning is the text before the first inline that is none, which begins the rest.
func beginning(inlines []doc.Inline) (text string, rest []doc.Inline) {
	for i, in := range inlines {
		t, ok := in.(doc.Text)
		switch {
		case !ok:
			return text, inlines[i:]
		case text == "":
			text = t.Value
		default:
			text += t.Value
		}
	}
	return text, nil
}

func sameInline(a, b doc.Inline) bool {
	switch a := a.(type) {
	case doc.Ref:
		b, ok := b.(doc.Ref)
		return ok && a.Target == b.Target && a.Text == b.Text
	case doc.Strong:
		b, ok := b.(doc.Strong)
		return ok && sameText(a.Text, b.Text)
	case doc.Emphasis:
		b, ok := b.(doc.Emphasis)
		return ok && sameText(a.Text, b.Text)
	case doc.Link:
		b, ok := b.(doc.Link)
		return ok && a.Dest == b.Dest && sameText(a.Text, b.Text)
	case doc.LineBreak:
		_, ok := b.(doc.LineBreak)
		return ok
	default:
		panic(fmt.Sprintf("plan: unknown inline %T", a))
	}
}
