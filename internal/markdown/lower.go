package markdown

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/source"
)

// lowering turns goldmark's tree into blocks. It keeps account of every byte
// of the text and of every token.
type lowering struct {
	src    string
	tokens []Token
	span   func(from, to int) source.Span
	mode   mode
	diags  diag.List

	covered []bool // bytes of src that stand in the result, or are known marks
	found   []int  // how often each token stands in the result
	alone   []bool // by token: it is a paragraph of its own
	pieces  []piece
	quotes  int // around the block that is read
}

func (l *lowering) errorf(code string, from, to int, hint, format string, args ...any) {
	l.diags.Errorf(code, l.span(from, to), hint, format, args...)
}

func (l *lowering) cover(from, to int) {
	for i := from; i < to; i++ {
		l.covered[i] = true
	}
}

// lineEnd is where the line that byte at stands in ends, before its line feed.
func (l *lowering) lineEnd(at int) int {
	if n := strings.IndexByte(l.src[at:], '\n'); n >= 0 {
		return at + n
	}
	return len(l.src)
}

func (l *lowering) blocks(parent ast.Node, depth int) []doc.Block {
	var blocks []doc.Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		blocks = append(blocks, l.block(n, depth)...)
	}
	return blocks
}

func (l *lowering) block(n ast.Node, depth int) []doc.Block {
	switch n := n.(type) {
	case *ast.Paragraph:
		return l.paragraph(n)
	case *ast.TextBlock:
		return l.paragraph(n)
	case *ast.Heading:
		return l.heading(n)
	case *ast.List:
		if !l.deeper(n, depth) {
			return nil
		}
		return l.list(n, depth)
	case *ast.Blockquote:
		if !l.deeper(n, depth) {
			return nil
		}
		l.quotes++
		defer func() { l.quotes-- }()
		return []doc.Block{doc.Quote{Blocks: l.blocks(n, depth+1)}}
	case *east.Table:
		return l.table(n, depth)
	case *ast.ThematicBreak:
		if l.mode == clauseMode {
			l.refuseLine(n, CodePageBreak, "delete it", "a thematic break in a clause")
		}
		return []doc.Block{doc.PageBreak{}}
	case *ast.CodeBlock:
		l.refuseLine(n, CodeCode, "indent the text less: by no more than its paragraph or list item", "text indented by four spaces or more is code")
	case *ast.FencedCodeBlock:
		if l.fenceCloses(n) {
			l.refuseLine(n, CodeCode, "write it as a paragraph or a table", "a block of code")
		} else {
			l.refuseLine(n, CodeFence, "delete the line, and write the text as a paragraph or a table", "a block of code that is never closed and takes in all that follows")
		}
	case *ast.HTMLBlock:
		l.refuseLine(n, CodeHTML, `write text and Markdown only, or a literal < as \<`, "HTML")
	default:
		panic(fmt.Sprintf("markdown: unknown block %T", n))
	}
	return nil
}

// deeper reports whether a block inside depth others may hold more.
func (l *lowering) deeper(n ast.Node, depth int) bool {
	if depth < maxDepth || l.mode == writtenMode {
		return true
	}
	l.refuseLine(n, CodeNesting, "use fewer levels", "quotes and lists are nested deeper than %d levels", maxDepth)
	return false
}

// refuseLine reports a block at its first line.
func (l *lowering) refuseLine(n ast.Node, code, hint, format string, args ...any) {
	from := l.blockStart(n)
	to := from + len(strings.TrimRight(l.src[from:l.lineEnd(from)], " \t"))
	l.errorf(code, from, to, hint, format, args...)
}

// blockStart is where a block begins: at its mark, or at the text of one that
// has none. The parser's places are right in text without tabulators, and at
// worst misplace a diagnostic in other text.
func (l *lowering) blockStart(n ast.Node) int {
	return min(max(n.Pos(), 0), len(l.src))
}

// fenceCloses reports whether a line with the fence follows the code.
func (l *lowering) fenceCloses(n *ast.FencedCodeBlock) bool {
	after := l.lineEnd(l.blockStart(n)) + 1
	if n.Lines().Len() > 0 {
		after = n.Lines().At(n.Lines().Len() - 1).Stop
	}
	if after >= len(l.src) {
		return false
	}
	line := strings.TrimLeft(l.src[after:l.lineEnd(after)], " \t>")
	return strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~")
}

func (l *lowering) paragraph(n ast.Node) []doc.Block {
	if l.mode != writtenMode && l.definesLink(n) {
		return nil
	}
	l.notTable(n)
	pieces := l.inlines(n)
	if l.standsAlone(pieces) {
		n := pieces[0].token
		l.found[n]++
		l.alone[n] = true
		return []doc.Block{doc.Paragraph{Text: []doc.Inline{l.placeholder(pieces[0])}}}
	}
	text := l.build(pieces)
	if len(text) == 0 {
		return nil
	}
	return []doc.Block{doc.Paragraph{Text: text}}
}

// standsAlone reports whether a paragraph consists of one token for blocks or for
// a value, which may then have several lines.
func (l *lowering) standsAlone(pieces []piece) bool {
	if len(pieces) != 1 || pieces[0].kind != pieceToken {
		return false
	}
	switch token := l.tokens[pieces[0].token]; token.Kind {
	case Block:
		return l.quotes == 0
	case Value:
		return true
	default:
		return false
	}
}

// placeholder is a token until what it stands for takes its place: see Form.
func (l *lowering) placeholder(p piece) doc.Inline {
	return doc.Text{Value: l.src[p.from:p.to]}
}

// definesLink refuses [label]: destination, which other readers of Markdown
// take out of the text.
func (l *lowering) definesLink(n ast.Node) bool {
	defines := false
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		line := strings.TrimRight(l.src[seg.Start:seg.Stop], " \n")
		if !isLinkDefinition(l.src[seg.Start:n.Lines().At(n.Lines().Len()-1).Stop]) {
			break
		}
		l.errorf(CodeLinkDefinition, seg.Start, seg.Start+len(line), `write the link in place, as in [text](https://example.com), or a literal bracket as \[`, "a link definition, which vanishes from the text")
		defines = true
	}
	return defines
}

// isLinkDefinition reports whether text begins with [label]:, the label being
// of one or more lines.
func isLinkDefinition(text string) bool {
	if !strings.HasPrefix(text, "[") {
		return false
	}
	for i := 1; i+1 < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			return false
		case ']':
			return i > 1 && text[i+1] == ':'
		}
	}
	return false
}

// notTable refuses a paragraph that holds the line of dashes of a table: the
// line above it has another number of cells.
func (l *lowering) notTable(n ast.Node) {
	if l.mode == writtenMode {
		return
	}
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		line := strings.TrimSpace(l.src[seg.Start:seg.Stop])
		if strings.Contains(line, "|") && strings.Contains(line, "-") && strings.Trim(line, "|-: \t") == "" {
			from := seg.Start + strings.Index(l.src[seg.Start:], line)
			l.errorf(CodeTable, from, from+len(line), "give the line above it as many cells, and put a blank line before the table", "the line of dashes of a table, but no table")
		}
	}
}

func (l *lowering) heading(n *ast.Heading) []doc.Block {
	underlined := n.Lines().Len() > 0 && !strings.HasSuffix(strings.TrimRight(l.src[:n.Lines().At(0).Start], " \t"), "#")
	switch {
	case underlined:
		l.refuseLine(n, CodeUnderline, "put a blank line before the line of = or -, or delete it", "a line of = or - under the text makes it a heading")
	case l.mode == clauseMode:
		l.refuseLine(n, CodeHeading, "delete it: the title of a clause stands in its front matter", "a heading in a clause")
	case n.Level > 4:
		l.refuseLine(n, CodeHeadingLevel, "use at most four #", "a heading of level %d, expected 1 to 4", n.Level)
	}
	text := l.build(l.inlines(n))
	if len(text) == 0 && l.mode != writtenMode {
		l.refuseLine(n, CodeHeading, "delete it", "an empty heading")
		return nil
	}
	return []doc.Block{doc.Heading{Level: n.Level, Text: text}}
}

func (l *lowering) list(n *ast.List, depth int) []doc.Block {
	list := doc.List{Ordered: n.IsOrdered()}
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if item.FirstChild() == nil && l.mode != writtenMode {
			l.refuseLine(item, CodeListEmpty, "delete it, or leave it out together with its text", "an empty item of a list")
		}
		list.Items = append(list.Items, doc.Item{Blocks: l.blocks(item, depth+1)})
	}
	if list.Ordered {
		l.numbers(n)
	}
	return []doc.Block{list}
}

// numbers checks the numbers of an ordered list, which are not kept: an author
// who writes other ones than the items get would be contradicted silently. All
// may be 1.
func (l *lowering) numbers(n *ast.List) {
	ones, said := true, false
	want := 0
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		want++
		from := l.blockStart(item)
		to := from
		for to < len(l.src) && l.src[to] >= '0' && l.src[to] <= '9' {
			to++
		}
		l.cover(from, min(to+1, len(l.src)))
		written := l.src[from:to]
		one := written == "1"
		if !(one && ones) && written != strconv.Itoa(want) && !said && l.mode != writtenMode {
			l.errorf(CodeListNumber, from, to, "the label is assigned automatically: write 1. before each item, or 1. 2. 3.", "item %d of a list is numbered %s", want, written)
			said = true
		}
		ones = ones && one
	}
}

func (l *lowering) table(n *east.Table, depth int) []doc.Block {
	if len(n.Alignments) > maxColumns && l.mode != writtenMode {
		l.refuseLine(n.FirstChild(), CodeTableColumns, "divide the table", "a table of %d columns, expected at most %d", len(n.Alignments), maxColumns)
		return nil
	}
	l.rowIndents(n, depth)
	var table doc.Table
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		l.rowLength(row, len(n.Alignments))
		cells := make([]doc.Cell, 0, len(n.Alignments))
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, l.build(l.inlines(cell)))
		}
		if _, head := row.(*east.TableHeader); !head {
			table.Rows = append(table.Rows, doc.Row{Cells: cells})
			continue
		}
		for i, cell := range cells {
			table.Columns = append(table.Columns, doc.Column{Head: cell, Align: align(n.Alignments[i])})
		}
	}
	return []doc.Block{table}
}

// rowIndents refuses lines of a table that are indented less than the list item
// that it stands in, or by four spaces more, or that lack the marks of its
// quote, and a line of = or - right after it: readers of Markdown do not agree
// what they are, and the parser in use drops the last.
func (l *lowering) rowIndents(n *east.Table, depth int) {
	if l.mode == writtenMode {
		return
	}
	head := l.blockStart(n.FirstChild())
	at := l.lineStart(head)
	quotes := strings.Count(l.src[at:head], ">")
	base := 0
	if depth > 0 {
		first := l.blockStart(n.Parent().FirstChild())
		base = first - l.lineStart(first)
	}
	for i := 0; ; i++ {
		end := l.lineEnd(at)
		line := l.src[at:end]
		indent := len(line) - len(strings.TrimLeft(line, " >"))
		if i == 0 {
			indent = head - at
		}
		last := n.ChildCount() + 1 // the line of dashes is no child
		switch {
		case i < last && (indent < base || indent > base+3 || strings.Count(line[:indent], ">") != quotes):
			l.errorf(CodeTable, at+indent, at+len(strings.TrimRight(line, " ")), "let all lines of the table begin below each other", "a line of a table is not indented like the rest")
		case i == last && line[indent:] != "" && strings.Trim(line[indent:], "=- ") == "":
			l.errorf(CodeTable, at+indent, end, "put a blank line before it, or delete it", "a line of = or - right after a table")
		}
		if i == last || end == len(l.src) {
			return
		}
		at = end + 1
	}
}

// lineStart is where the line that byte at stands in begins.
func (l *lowering) lineStart(at int) int {
	return strings.LastIndexByte(l.src[:at], '\n') + 1
}

// rowLength refuses a row with more or fewer cells than the table has
// columns: the parser drops the ones and makes up the others.
func (l *lowering) rowLength(row ast.Node, columns int) {
	start := l.blockStart(row)
	end, cells := start, 0
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if cell.Lines().Len() == 0 {
			break
		}
		end = cell.Lines().At(0).Stop
		cells++
	}
	line := l.src[start:l.lineEnd(start)]
	from := start + len(line) - len(strings.TrimLeft(line, " \t"))
	to := start + len(strings.TrimRight(line, " \t"))
	rest := strings.Trim(l.src[end:max(end, to)], " \t")
	hint := fmt.Sprintf(`write %d cells between bars, and a bar inside a cell as \|`, columns)
	switch {
	case strings.HasSuffix(strings.TrimRight(line, " \t"), `\|`):
		l.errorf(CodeTable, from, to, "end the row with a bar", "a row of a table ends with an escaped bar")
	case cells < columns:
		l.errorf(CodeTable, from, to, hint, "a row of %d cells in a table of %d columns", cells, columns)
	case rest != "" && rest != "|":
		l.errorf(CodeTable, from, to, hint, "a row of more than %d cells in a table of %d columns", columns, columns)
	}
}

func align(a east.Alignment) doc.Align {
	switch a {
	case east.AlignNone, east.AlignLeft:
		return doc.Left
	case east.AlignCenter:
		return doc.Center
	case east.AlignRight:
		return doc.Right
	default:
		panic(fmt.Sprintf("markdown: unknown alignment %d", a))
	}
}

// marks are the characters that Markdown takes out of the text.
const marks = "*_#>-+|:[]()`\\=~ \t\n"

// checkLost looks for letters that stand nowhere in the result, and for tokens
// that stand there not exactly once.
func (l *lowering) checkLost() {
	for i := 0; i < len(l.src); {
		if l.covered[i] || strings.IndexByte(marks, l.src[i]) >= 0 {
			i++
			continue
		}
		from := i
		for i < len(l.src) && !l.covered[i] && l.src[i] != '\n' {
			_, size := utf8.DecodeRuneInString(l.src[i:])
			i += size
		}
		l.errorf(CodeLost, from, i, "write it as plain text", "words that would not stand in the document")
	}
	if l.diags.HasErrors() {
		return
	}
	for n, times := range l.found {
		if times != 1 {
			l.diags.Errorf(CodeLost, l.tokens[n].Origin, "move it into plain text", "%s would stand in the document %d times, not once", l.tokens[n].Name, times)
		}
	}
}
