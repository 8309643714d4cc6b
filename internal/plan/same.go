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

func sameText(a, b []doc.Inline) bool { return slices.EqualFunc(a, b, sameInline) }

func sameInline(a, b doc.Inline) bool {
	switch a := a.(type) {
	case doc.Text:
		b, ok := b.(doc.Text)
		return ok && a.Value == b.Value
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
