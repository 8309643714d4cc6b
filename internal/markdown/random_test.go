package markdown

import (
	"strings"

	"concordat/internal/doc"
)

// choices makes decisions out of bytes; when they run out, all are zero.
type choices struct{ data []byte }

func (c *choices) upTo(n int) int {
	if len(c.data) == 0 {
		return 0
	}
	b := c.data[0]
	c.data = c.data[1:]
	return int(b) % n
}

// hostile are texts that mean something to some reader of Markdown.
var hostile = []string{
	"a", "word", "two words", "x", ".", "1", " ", "", "  ", "1. FC Köln", "1)", "12.", "# H", "#", "a #", "- item", "-", "+", "* a", "*A", "**", "_", "__", "a_b", "a_b_c", "_a",
	"a|b", "|", "\\", "\\\\", "a\\", "\\|", "www.example.com", "http://evil.example", "a@b.example", "<b>", "<!--", "</p>", "<http://x.example>", "&amp;", "&", "&#35;", "&lt", "&copy", "AT&T;",
	" lead", "trail ", "two  spaces", "`code`", "```", "~~~", "~~gone~~", "![i](x)", "[a](b)", "[a]: b", "[", "]", "](", "!", "(c)", ")", "\"q\"", "'", "...", "--", "---", "===", "=", ":-", ":", ">", "> q",
	"| a | b |", "| --- |", "--- |", "Łódź", "“Term”", "”", "€", "™", "a\u00a0b", "\u00a0", "é", "日本", "x̧", "—", "£5", "½", "$a$", "{{.X}}", "%", "\U0001F600", "___", "____________________", "(a) ", "    four", "\tx", "[^1]", "[x]", "[ ] task", "$", "^", "“", "\u2028", "~", "1.2", "1.a", "0123456789.", "@user", "ſ", "\u200b",
}

func (c *choices) word() string {
	switch n := c.upTo(16); {
	case n < 8:
		return hostile[c.upTo(len(hostile))]
	case n < 12:
		return hostile[c.upTo(len(hostile))] + hostile[c.upTo(len(hostile))]
	case n < 14:
		return hostile[c.upTo(len(hostile))] + " " + hostile[c.upTo(len(hostile))]
	default:
		var b strings.Builder
		for range c.upTo(6) {
			b.WriteByte(byte(' ' + c.upTo(95)))
		}
		return b.String()
	}
}

func (c *choices) inlines(depth int) []doc.Inline {
	var text []doc.Inline
	for range c.upTo(5) {
		kind := c.upTo(12)
		if depth > 4 {
			kind = 0
		}
		switch kind {
		case 6, 7:
			text = append(text, doc.Strong{Text: c.inlines(depth + 1)})
		case 8, 9:
			text = append(text, doc.Emphasis{Text: c.inlines(depth + 1)})
		case 10:
			dests := []string{"https://a.example/x_y*z", "mailto:a@b.example", "https://a.example/(x)?a=1&b=2", "HTTP://a b<c>\\d&amp;", "tel:+1-2", "https://łódź.example/€"}
			text = append(text, doc.Link{Dest: dests[c.upTo(len(dests))], Text: c.inlines(depth + 1)})
		case 11:
			if c.upTo(2) == 0 {
				text = append(text, doc.LineBreak{})
			} else {
				text = append(text, doc.Ref{Target: "t", Text: "Section " + c.word()})
			}
		default:
			text = append(text, doc.Text{Value: c.word()})
		}
	}
	return text
}

func (c *choices) blocks(depth int) []doc.Block {
	var blocks []doc.Block
	for range c.upTo(4) {
		kind := c.upTo(12)
		if depth > 4 {
			kind = 0
		}
		switch kind {
		case 5:
			blocks = append(blocks, doc.Heading{Level: 1 + c.upTo(4), Number: []string{"", "Article 3", "3.2", "Schedule B", "1", "#", "A."}[c.upTo(7)], Anchor: "x", Text: c.inlines(0)})
		case 6, 7, 8:
			list := doc.List{Ordered: c.upTo(2) == 0}
			labels := c.upTo(3) == 0
			for range c.upTo(4) {
				item := doc.Item{Blocks: c.blocks(depth + 1)}
				if labels {
					item.Label = []string{"(a)", "(i)", "1.", "-", "*"}[c.upTo(5)]
				}
				list.Items = append(list.Items, item)
			}
			blocks = append(blocks, list)
		case 9:
			columns := c.upTo(4)
			var table doc.Table
			for range columns {
				table.Columns = append(table.Columns, doc.Column{Head: c.inlines(0), Align: doc.Align(c.upTo(3)), Weight: 2})
			}
			for range c.upTo(4) {
				row := doc.Row{Total: c.upTo(4) == 0}
				for range columns {
					row.Cells = append(row.Cells, c.inlines(0))
				}
				table.Rows = append(table.Rows, row)
			}
			blocks = append(blocks, table)
		case 10:
			blocks = append(blocks, doc.Quote{Blocks: c.blocks(depth + 1)})
		case 11:
			if c.upTo(2) == 0 {
				blocks = append(blocks, doc.PageBreak{})
			} else {
				blocks = append(blocks, doc.Signature{Party: c.inlines(0), LegalName: c.inlines(0), Name: c.inlines(0), Title: c.inlines(0), Witnessed: c.upTo(2) == 0})
			}
		default:
			blocks = append(blocks, doc.Paragraph{Text: c.inlines(0)})
		}
	}
	return blocks
}
