// Package markdown reads the Markdown of clauses and layouts into blocks of a
// document, and writes a document as Markdown.
//
// It is for the assembler, which hands it expanded clauses, and for whoever
// wants an agreement as a text file. It keeps two promises.
//
// A value never becomes syntax. Expanded text holds a token, a few Unicode
// noncharacters, where a value is to stand; the parser sees the token, which
// is a letter to it, and the value takes its place when the tree is lowered.
// Every token is found exactly once in the result, or the clause is refused.
//
// No word is lost. A letter of the text that stands in no part of the result
// is a diagnostic; a written document is read back and compared.
//
// The language is CommonMark with tables. HTML, code, images, autolinks, link
// definitions and link titles are refused: a contract has no use for them,
// and most of them can hide words.
package markdown

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/source"
)

// Kind is what a Token stands for. Its zero is invalid.
type Kind int

const (
	// Value is literal text.
	Value Kind = iota + 1
	// Reference is a doc.Ref to another part of the document.
	Reference
	// Block is whole blocks, such as a schedule.
	Block
)

// Token is what the token with its number in the text stands for.
type Token struct {
	Kind   Kind
	Text   string      // Value: the raw value; Reference: the anchor it points to
	Name   string      // how messages call it, such as `schedule "budget"`
	Origin source.Span // where the value was written, or the action that prints it
	Blocks []doc.Block // Block: what stands in its place; may be empty
}

// Limits of the text of one clause or layout.
const (
	maxText    = 1 << 20 // bytes of the whole text
	maxBlock   = 64 << 10
	maxDepth   = 32 // quotes and lists inside each other
	maxColumns = 32
)

// ParseClause reads the expanded Markdown of one clause and puts what tokens
// stand for in their places. In text a token is U+FDD0, four digits U+FDD1
// (zero) to U+FDE0 (fifteen) and U+FDE1; token i stands for tokens[i], and
// each stands in text exactly once. span gives the place in the author's file
// of the bytes from from to to of text.
//
// Quotation marks, apostrophes, dashes and dots of the clause's own text
// become typographic; values stay as they are. Items of ordered lists have no
// Label yet, references no Text. Blocks are of use only if the list has no
// error.
func ParseClause(text string, tokens []Token, span func(from, to int) source.Span) ([]doc.Block, diag.List) {
	blocks, _, diags := ReadClause(text, tokens, span)
	return blocks, diags
}

// ParseLayout is ParseClause for a layout, which may also hold headings of
// levels 1 to 4 and thematic breaks, which begin a new page.
func ParseLayout(text string, tokens []Token, span func(from, to int) source.Span) ([]doc.Block, diag.List) {
	blocks, _, diags := ReadLayout(text, tokens, span)
	return blocks, diags
}

// ReadClause is ParseClause, and gives the form of the text as well, to bind other
// tokens without reading it again. There is none when the list is not empty.
func ReadClause(text string, tokens []Token, span func(from, to int) source.Span) ([]doc.Block, *Form, diag.List) {
	return parse(text, tokens, span, clauseMode)
}

// ReadLayout is ReadClause for a layout.
func ReadLayout(text string, tokens []Token, span func(from, to int) source.Span) ([]doc.Block, *Form, diag.List) {
	return parse(text, tokens, span, layoutMode)
}

// Parse reads Markdown as Write makes it. Nothing is made typographic, and
// characters that ParseClause would refuse are kept.
func Parse(f *source.File) ([]doc.Block, diag.List) {
	blocks, _, diags := parse(f.Text(), nil, f.Span, writtenMode)
	return blocks, diags
}

type mode int

const (
	clauseMode  mode = iota + 1 // a clause: no headings, no page breaks
	layoutMode                  // a layout
	writtenMode                 // the output of Write
)

// commonmark is safe for concurrent use. It has no transformer of link
// reference definitions: they stay visible as paragraphs, where they are
// refused.
var commonmark = parser.NewParser(
	parser.WithBlockParsers(parser.DefaultBlockParsers()...),
	parser.WithInlineParsers(parser.DefaultInlineParsers()...),
	parser.WithParagraphTransformers(util.Prioritized(extension.NewTableParagraphTransformer(), 200)),
)

func parse(src string, tokens []Token, span func(from, to int) source.Span, m mode) ([]doc.Block, *Form, diag.List) {
	src, span = withoutReturns(src, span)
	l := &lowering{
		src: src, tokens: tokens, span: span, mode: m,
		covered: make([]bool, len(src)),
		found:   make([]int, len(tokens)),
		alone:   make([]bool, len(tokens)),
	}
	l.checkTokens()
	if l.tooLarge() || l.hasTabs() {
		return nil, nil, l.diags
	}
	root := commonmark.Parse(text.NewReader([]byte(src)))
	blocks := l.blocks(root, 0)
	if !l.diags.HasErrors() {
		l.checkLost()
	}
	if m == writtenMode {
		return blocks, nil, l.diags.Sorted()
	}
	form := newForm(l, blocks)
	if len(l.diags) > 0 {
		return form.binding(tokens).blocks(blocks), nil, l.diags.Sorted()
	}
	blocks, ok := form.Bind(tokens)
	if !ok {
		panic("markdown: a value of several lines inside other text was not refused")
	}
	return blocks, form, nil
}

// withoutReturns turns CR LF into LF: the parser takes a lone CR before the
// line feed for text in some places.
func withoutReturns(src string, span func(from, to int) source.Span) (string, func(from, to int) source.Span) {
	if !strings.Contains(src, "\r\n") {
		return src, span
	}
	var b strings.Builder
	offsets := make([]int, 0, len(src)+1)
	for i := 0; i < len(src); i++ {
		if strings.HasPrefix(src[i:], "\r\n") {
			continue
		}
		b.WriteByte(src[i])
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(src))
	return b.String(), func(from, to int) source.Span {
		if to <= from {
			return span(offsets[from], offsets[from])
		}
		return span(offsets[from], offsets[to-1]+1)
	}
}

// tooLarge refuses text on which the parser, quadratic on hostile input,
// would take long.
func (l *lowering) tooLarge() bool {
	if l.mode == writtenMode {
		return false
	}
	if len(l.src) > maxText {
		l.errorf(CodeTooLarge, 0, 0, "split the clause", "the expanded text is larger than %d KiB", maxText>>10)
		return true
	}
	start := 0
	for start < len(l.src) {
		size := strings.Index(l.src[start:], "\n\n")
		if size < 0 {
			size = len(l.src) - start
		}
		if size > maxBlock {
			l.errorf(CodeTooLarge, start, l.lineEnd(start), "divide it with blank lines", "a block is larger than %d KiB", maxBlock>>10)
			return true
		}
		start += size + 2
	}
	for at := 0; at < len(l.src); at = l.lineEnd(at) + 1 {
		if depth := leadingMarks(l.src[at:l.lineEnd(at)]); depth > maxDepth {
			l.errorf(CodeNesting, at, l.lineEnd(at), "use fewer levels", "quotes and lists are nested deeper than %d levels", maxDepth)
			return true
		}
	}
	return false
}

// hasTabs refuses tabulators. In text none may stand, and as indentation they
// are what readers of Markdown disagree about most; the parser in use gives
// wrong places for what follows them.
func (l *lowering) hasTabs() bool {
	if strings.IndexByte(l.src, '\t') < 0 {
		return false
	}
	for i := 0; i < len(l.src); i++ {
		if l.src[i] != '\t' {
			continue
		}
		from := i
		for i+1 < len(l.src) && l.src[i+1] == '\t' {
			i++
		}
		l.errorf(CodeTab, from, i+1, "write spaces", "a tabulator")
	}
	return true
}

// leadingMarks counts the marks of quotes and lists that begin a line.
func leadingMarks(line string) int {
	n := 0
	for line = strings.TrimLeft(line, " "); line != ""; line = strings.TrimLeft(line, " ") {
		size := 1
		if line[0] != '>' {
			mark := strings.TrimLeft(line, "0123456789")
			if mark == line && strings.IndexByte("-+*", line[0]) < 0 || mark != line && (mark == "" || mark[0] != '.' && mark[0] != ')') {
				return n
			}
			size = len(line) - len(mark) + 1
			if size < len(line) && line[size] != ' ' {
				return n
			}
		}
		line = line[size:]
		n++
	}
	return n
}

// The characters of a token.
const (
	tokenStart = '\uFDD0'
	tokenZero  = '\uFDD1'
	tokenEnd   = '\uFDE1'
	tokenSize  = 6 * 3 // bytes
	tokenLead  = "\uFDD0"
)

// tokenAt is the number of the token that begins at byte i of s. Text that
// only looks like a token is a defect of who made it.
func tokenAt(s string, i int) int {
	if len(s)-i < tokenSize {
		panic("markdown: a token is cut off")
	}
	n := 0
	for k, r := range s[i : i+tokenSize] {
		switch {
		case k == 0:
		case k < tokenSize-3 && r >= tokenZero && r < tokenEnd:
			n = n<<4 | int(r-tokenZero)
		case k == tokenSize-3 && r == tokenEnd:
		default:
			panic(fmt.Sprintf("markdown: malformed token at byte %d", i))
		}
	}
	return n
}

// checkTokens holds the caller to its promise: every token once, in any
// order, and none unknown.
func (l *lowering) checkTokens() {
	if l.mode == writtenMode {
		return
	}
	seen := make([]bool, len(l.tokens))
	for i := 0; i < len(l.src); {
		next := strings.Index(l.src[i:], tokenLead)
		if next < 0 {
			break
		}
		n := tokenAt(l.src, i+next)
		if n >= len(l.tokens) || seen[n] {
			panic(fmt.Sprintf("markdown: token %d of %d is unknown or repeated", n, len(l.tokens)))
		}
		seen[n] = true
		i += next + tokenSize
	}
	for n, ok := range seen {
		if !ok {
			panic(fmt.Sprintf("markdown: token %d (%s) does not stand in the text", n, l.tokens[n].Name))
		}
	}
}
