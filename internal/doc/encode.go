package doc

import (
	"fmt"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Encode is d as JSON on one line that ends in a line feed. Texts that stand beside
// each other are written as one: only their origins, which JSON does not have, tell
// them apart. It fails where JSON
// cannot say exactly what d holds: text that is not UTF-8, a Paper or Align
// outside its set, blocks and inlines nested deeper than 200 levels.
func Encode(d Document) ([]byte, error) { return AppendEncoded(make([]byte, 0, encodedSize), d) }

// encodedSize is the room that a document gets at first: what many need, so that
// few are copied more than once while they grow.
const encodedSize = 256 << 10

// AppendEncoded is Encode after the bytes of out, whose room it uses: whoever encodes
// many documents keeps one buffer. With an error there are no bytes.
func AppendEncoded(out []byte, d Document) ([]byte, error) {
	e := encoder{out: out}
	e.document(d)
	if e.err != nil {
		return nil, fmt.Errorf("encode document: %w", e.err)
	}
	return e.out, nil
}

// encoder writes a document as the encoder of the standard library would write
// its structs: fields that are empty left out, HTML not escaped. It keeps the first error.
type encoder struct {
	out   []byte
	empty bool // the innermost object or array that is open has nothing in it yet
	err   error
}

func (e *encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// tooDeep reports whether what is nested this deep cannot be written.
func (e *encoder) tooDeep(depth int) bool {
	if depth > maxDepth {
		e.fail(fmt.Errorf("nested deeper than %d levels", maxDepth))
		return true
	}
	return false
}

func (e *encoder) open(bracket byte) {
	e.out = append(e.out, bracket)
	e.empty = true
}

func (e *encoder) close(bracket byte) {
	e.out = append(e.out, bracket)
	e.empty = false
}

// grow makes room for n bytes and for as much again as there is, so that a
// large document is copied a few times only.
func (e *encoder) grow(n int) { e.out = slices.Grow(e.out, max(n, len(e.out))) }

// next begins the next field or element of what is open.
func (e *encoder) next() {
	if !e.empty {
		e.out = append(e.out, ',')
	}
	e.empty = false
}

// key begins the field of a quoted key with its colon.
func (e *encoder) key(quoted string) {
	e.next()
	e.out = append(e.out, quoted...)
}

// kind opens the object of a block or inline.
func (e *encoder) kind(kind string) {
	e.open('{')
	e.key(`"kind":"`)
	e.out = append(e.out, kind...)
	e.out = append(e.out, '"')
}

func (e *encoder) text(key, s string) {
	e.key(key)
	e.string(s)
}

// optional is text for a field that is left out where it is empty.
func (e *encoder) optional(key, s string) {
	if s != "" {
		e.text(key, s)
	}
}

func (e *encoder) bool(key string, b bool) {
	e.key(key)
	e.out = strconv.AppendBool(e.out, b)
}

func (e *encoder) optionalBool(key string, b bool) {
	if b {
		e.bool(key, b)
	}
}

func (e *encoder) optionalInt(key string, n int) {
	if n != 0 {
		e.key(key)
		e.out = strconv.AppendInt(e.out, int64(n), 10)
	}
}

// plain are the bytes that stand in a string as they are: ASCII but controls,
// quotes and backslashes.
var plain = func() (table [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		table[c] = c != '"' && c != '\\'
	}
	return table
}()

// string writes s in quotes. U+2028 and U+2029 are escaped, which JavaScript
// takes for line ends.
func (e *encoder) string(s string) {
	if cap(e.out)-len(e.out) < len(s)+2 {
		e.grow(len(s) + 2)
	}
	e.out = append(e.out, '"')
	e.inner(s)
	e.out = append(e.out, '"')
}

// inner writes s as a part of what stands in quotes.
func (e *encoder) inner(s string) {
	start := 0
	for i := 0; i < len(s); {
		if plain[s[i]] {
			i++
			continue
		}
		size := 1
		if s[i] >= utf8.RuneSelf {
			r := rune(0)
			r, size = utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 {
				e.fail(fmt.Errorf("text %q is not UTF-8", s))
				return
			}
			if r != '\u2028' && r != '\u2029' {
				i += size
				continue
			}
		}
		e.out = append(e.out, s[start:i]...)
		e.escape(s[i : i+size])
		i += size
		start = i
	}
	e.out = append(e.out, s[start:]...)
}

// escape writes a character that cannot stand in a string.
func (e *encoder) escape(char string) {
	const digits = "0123456789abcdef"
	switch char {
	case `"`, `\`:
		e.out = append(e.out, '\\', char[0])
	case "\b":
		e.out = append(e.out, `\b`...)
	case "\f":
		e.out = append(e.out, `\f`...)
	case "\n":
		e.out = append(e.out, `\n`...)
	case "\r":
		e.out = append(e.out, `\r`...)
	case "\t":
		e.out = append(e.out, `\t`...)
	case "\u2028":
		e.out = append(e.out, `\u2028`...)
	case "\u2029":
		e.out = append(e.out, `\u2029`...)
	default:
		e.out = append(e.out, `\u00`...)
		e.out = append(e.out, digits[char[0]>>4], digits[char[0]&0xf])
	}
}

func (e *encoder) document(d Document) {
	m := d.Meta
	e.open('{')
	e.key(`"meta":`)
	e.open('{')
	e.text(`"id":`, m.ID)
	e.text(`"title":`, m.Title)
	e.text(`"version":`, m.Version)
	e.text(`"language":`, m.Language)
	e.text(`"provider":`, m.Provider)
	e.text(`"customer":`, m.Customer)
	e.text(`"effective":`, m.Effective)
	switch m.Paper {
	case Letter:
		e.text(`"paper":`, "letter")
	case A4:
		e.text(`"paper":`, "a4")
	default:
		e.fail(fmt.Errorf("unknown paper %d", int(m.Paper)))
	}
	e.bool(`"draft":`, m.Draft)
	e.optionalBool(`"compact":`, m.Compact)
	e.close('}')
	e.key(`"blocks":`)
	e.blocks(d.Blocks, 0)
	e.close('}')
	e.out = append(e.out, '\n')
}

func (e *encoder) blocks(blocks []Block, depth int) {
	if e.tooDeep(depth) {
		return
	}
	e.open('[')
	for _, b := range blocks {
		e.next()
		e.block(b, depth)
	}
	e.close(']')
}

func (e *encoder) optionalBlocks(blocks []Block, depth int) {
	if len(blocks) == 0 {
		e.tooDeep(depth)
		return
	}
	e.key(`"blocks":`)
	e.blocks(blocks, depth)
}

func (e *encoder) block(b Block, depth int) {
	switch b := b.(type) {
	case Heading:
		e.kind(kindHeading)
		e.optionalInt(`"level":`, b.Level)
		e.optional(`"number":`, b.Number)
		e.optional(`"anchor":`, b.Anchor)
		e.inlines(`"text":`, b.Text, 0)
	case Paragraph:
		e.kind(kindParagraph)
		e.inlines(`"text":`, b.Text, 0)
	case List:
		e.kind(kindList)
		e.optionalBool(`"ordered":`, b.Ordered)
		e.items(b.Items, depth)
	case Table:
		e.kind(kindTable)
		e.table(b)
	case Quote:
		e.kind(kindQuote)
		e.optionalBlocks(b.Blocks, depth+1)
	case Signature:
		e.kind(kindSignature)
		e.inlines(`"party":`, b.Party, 0)
		e.inlines(`"legalName":`, b.LegalName, 0)
		e.inlines(`"name":`, b.Name, 0)
		e.inlines(`"title":`, b.Title, 0)
		e.optionalBool(`"witnessed":`, b.Witnessed)
	case PageBreak:
		e.kind(kindPageBreak)
	default:
		panic(unknown(b))
	}
	e.close('}')
}

func (e *encoder) items(items []Item, depth int) {
	if len(items) == 0 {
		return
	}
	e.key(`"items":`)
	e.open('[')
	for _, item := range items {
		e.next()
		e.open('{')
		e.optional(`"label":`, item.Label)
		e.optionalBlocks(item.Blocks, depth+1)
		e.close('}')
	}
	e.close(']')
}

func (e *encoder) table(t Table) {
	if len(t.Columns) > 0 {
		e.key(`"columns":`)
		e.open('[')
		for _, c := range t.Columns {
			e.next()
			e.column(c)
		}
		e.close(']')
	}
	if len(t.Rows) > 0 {
		e.key(`"rows":`)
		e.open('[')
		for _, row := range t.Rows {
			e.next()
			e.row(row)
		}
		e.close(']')
	}
}

func (e *encoder) column(c Column) {
	e.open('{')
	align := ""
	switch c.Align {
	case Left:
	case Center:
		align = "center"
	case Right:
		align = "right"
	default:
		e.fail(fmt.Errorf("unknown alignment %d", int(c.Align)))
	}
	e.inlines(`"head":`, c.Head, 0)
	e.optional(`"align":`, align)
	e.optionalInt(`"weight":`, c.Weight)
	e.close('}')
}

func (e *encoder) row(row Row) {
	e.open('{')
	if len(row.Cells) > 0 {
		e.key(`"cells":`)
		e.open('[')
		for _, cell := range row.Cells {
			e.next()
			e.run(cell, 0)
		}
		e.close(']')
	}
	e.optionalBool(`"total":`, row.Total)
	e.close('}')
}

// inlines writes the field of a run of inlines, unless it is empty.
func (e *encoder) inlines(key string, text []Inline, depth int) {
	if len(text) == 0 {
		e.tooDeep(depth)
		return
	}
	e.key(key)
	e.run(text, depth)
}

func (e *encoder) run(text []Inline, depth int) {
	if e.tooDeep(depth) {
		return
	}
	e.open('[')
	for len(text) > 0 {
		e.next()
		if n := texts(text); n > 0 {
			e.texts(text[:n])
			text = text[n:]
			continue
		}
		e.inline(text[0], depth)
		text = text[1:]
	}
	e.close(']')
}

// texts is how many of the first inlines are texts.
func texts(inlines []Inline) int {
	for i, in := range inlines {
		if _, ok := in.(Text); !ok {
			return i
		}
	}
	return len(inlines)
}

// texts writes several texts as one.
func (e *encoder) texts(texts []Inline) {
	e.kind(kindText)
	begun := false
	for _, in := range texts {
		value := in.(Text).Value
		if value == "" {
			continue
		}
		if !begun {
			e.key(`"value":"`)
			begun = true
		}
		e.inner(value)
	}
	if begun {
		e.out = append(e.out, '"')
	}
	e.close('}')
}

func (e *encoder) inline(in Inline, depth int) {
	switch in := in.(type) {
	case Strong:
		e.kind(kindStrong)
		e.inlines(`"text":`, in.Text, depth+1)
	case Emphasis:
		e.kind(kindEmphasis)
		e.inlines(`"text":`, in.Text, depth+1)
	case Link:
		e.kind(kindLink)
		e.optional(`"dest":`, in.Dest)
		e.inlines(`"text":`, in.Text, depth+1)
	case Ref:
		e.kind(kindRef)
		e.optional(`"target":`, in.Target)
		e.optional(`"printed":`, in.Text)
	case LineBreak:
		e.kind(kindLineBreak)
	default:
		panic(unknown(in))
	}
	e.close('}')
}
