package markdown

import (
	"fmt"

	"concordat/internal/doc"
)

// difference names the first place where the flat blocks want and got differ,
// origins aside, or is empty.
func difference(want, got []doc.Block) string {
	for i := range max(len(want), len(got)) {
		if i >= len(want) || i >= len(got) {
			return fmt.Sprintf("%d blocks, expected %d", len(got), len(want))
		}
		if where := blockDifference(want[i], got[i]); where != "" {
			return fmt.Sprintf("block %d: %s", i+1, where)
		}
	}
	return ""
}

func blockDifference(want, got doc.Block) string {
	switch want := want.(type) {
	case doc.Heading:
		if got, ok := got.(doc.Heading); ok && got.Level == want.Level {
			return textDifference(want.Text, got.Text)
		}
	case doc.Paragraph:
		if got, ok := got.(doc.Paragraph); ok {
			return textDifference(want.Text, got.Text)
		}
	case doc.List:
		if got, ok := got.(doc.List); ok && got.Ordered == want.Ordered && len(got.Items) == len(want.Items) {
			for i := range want.Items {
				if where := difference(want.Items[i].Blocks, got.Items[i].Blocks); where != "" {
					return fmt.Sprintf("item %d: %s", i+1, where)
				}
			}
			return ""
		}
	case doc.Table:
		if got, ok := got.(doc.Table); ok && len(got.Columns) == len(want.Columns) && len(got.Rows) == len(want.Rows) {
			return tableDifference(want, got)
		}
	case doc.Quote:
		if got, ok := got.(doc.Quote); ok {
			return difference(want.Blocks, got.Blocks)
		}
	case doc.PageBreak:
		if _, ok := got.(doc.PageBreak); ok {
			return ""
		}
	default:
		panic(fmt.Sprintf("markdown: block %T is not flat", want))
	}
	return fmt.Sprintf("%+v, expected %+v", got, want)
}

func tableDifference(want, got doc.Table) string {
	for i, c := range want.Columns {
		if got.Columns[i].Align != c.Align {
			return fmt.Sprintf("column %d is aligned otherwise", i+1)
		}
		if where := textDifference(c.Head, got.Columns[i].Head); where != "" {
			return fmt.Sprintf("head of column %d: %s", i+1, where)
		}
	}
	for i, row := range want.Rows {
		if len(row.Cells) != len(got.Rows[i].Cells) {
			return fmt.Sprintf("row %d has %d cells, expected %d", i+1, len(got.Rows[i].Cells), len(row.Cells))
		}
		for k, cell := range row.Cells {
			if where := textDifference(cell, got.Rows[i].Cells[k]); where != "" {
				return fmt.Sprintf("row %d, cell %d: %s", i+1, k+1, where)
			}
		}
	}
	return ""
}

func textDifference(want, got []doc.Inline) string {
	if sameText(want, got) {
		return ""
	}
	return fmt.Sprintf("%s, expected %s", inlinesString(got), inlinesString(want))
}

func sameText(want, got []doc.Inline) bool {
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		switch want := want[i].(type) {
		case doc.Text:
			if got, ok := got[i].(doc.Text); !ok || got.Value != want.Value {
				return false
			}
		case doc.Strong:
			if got, ok := got[i].(doc.Strong); !ok || !sameText(want.Text, got.Text) {
				return false
			}
		case doc.Emphasis:
			if got, ok := got[i].(doc.Emphasis); !ok || !sameText(want.Text, got.Text) {
				return false
			}
		case doc.Link:
			if got, ok := got[i].(doc.Link); !ok || got.Dest != want.Dest || !sameText(want.Text, got.Text) {
				return false
			}
		case doc.LineBreak:
			if _, ok := got[i].(doc.LineBreak); !ok {
				return false
			}
		default:
			panic(fmt.Sprintf("markdown: inline %T is not flat", want))
		}
	}
	return true
}

// inlinesString shows inlines in messages about our own defects.
func inlinesString(text []doc.Inline) string {
	s := ""
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			s += fmt.Sprintf("%q", in.Value)
		case doc.Strong:
			s += "strong(" + inlinesString(in.Text) + ")"
		case doc.Emphasis:
			s += "emphasis(" + inlinesString(in.Text) + ")"
		case doc.Link:
			s += fmt.Sprintf("link(%q %s)", in.Dest, inlinesString(in.Text))
		case doc.LineBreak:
			s += "break"
		default:
			s += fmt.Sprintf("%T", in)
		}
		s += " "
	}
	return s
}
