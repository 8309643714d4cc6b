package markdown

import (
	"encoding/binary"
	"fmt"
	"strings"
	"sync"

	"concordat/internal/doc"
	"concordat/internal/source"
)

// Writer writes many documents. It remembers blocks, and rows of tables, that it has
// written and read back, and neither writes nor reads them again where they come back
// in this or another document; most of a contract's words are those of the contract
// before. What it writes is, byte for byte, what the function Write does.
//
// It may be used by several goroutines. It remembers a limited amount, whatever is
// written: what has not come back for long is forgotten.
//
// # Why this is sound
//
// What a block reads back as does not depend on what stands before and after it,
// given that it stands between blank lines. In CommonMark the meaning of a line
// depends on the blocks that are open before it. A blank line ends paragraphs,
// headings, tables and quotes. It leaves open lists, blocks of code and of HTML; but
// a text that was read back as what the document holds has neither code nor HTML in
// it, and a list is ended by a line that begins neither with a space nor with a mark
// of its kind. That the next block begins so is checked wherever a remembered text is
// joined (see joins). Nothing works over a distance: definitions of links are not
// read. Within a table each line is a row, read by itself; only the number of columns
// is common to them.
//
// The last block of a document is always read again, since it stands before the end
// of the text and not before a blank line.
type Writer struct {
	mu            sync.Mutex
	recent, older map[string]string // what was verified: written texts by key; recent ones stand in recent only or in both
	size          int               // bytes in recent
}

// maxRemembered is how many bytes of texts and their keys a Writer has in each of its
// two maps: that of some thirty contracts, of which most is common to all.
const maxRemembered = 4 << 20

// NewWriter makes a Writer that remembers nothing yet.
func NewWriter() *Writer { return &Writer{recent: map[string]string{}} }

// Write is what the function Write gives for d, and panics where that does.
func (w *Writer) Write(d doc.Document) []byte {
	checkReferences(d.Blocks)
	last := len(d.Blocks) - 1
	for last >= 0 && len(Flatten(d.Blocks[last:last+1])) == 0 {
		last--
	}
	j := joining{memory: w, out: make([]byte, 0, 96<<10)}
	for i, b := range d.Blocks[:last+1] {
		j.forget = i == last
		j.block(b)
	}
	if len(j.out) > 0 {
		j.out = append(j.out, '\n')
	}
	if j.unsure || !j.readsBack(d.Meta.ID) {
		return Write(d)
	}
	for _, p := range j.verified {
		w.remember(string(j.keys[p.from:p.to]), p.text)
	}
	return j.out
}

func (w *Writer) remember(key, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.add(key, text)
}

// find is what was written for a key.
func (w *Writer) find(key []byte) (text string, known bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if text, known = w.recent[string(key)]; known {
		return text, true
	}
	if text, known = w.older[string(key)]; known {
		w.add(string(key), text)
	}
	return text, known
}

// add remembers what was written for a key. The lock is held.
func (w *Writer) add(key, text string) {
	if w.size += len(key) + len(text); w.size > maxRemembered {
		w.older, w.recent, w.size = w.recent, map[string]string{}, len(key)+len(text)
	}
	w.recent[key] = text
}

// part of a document that is remembered by itself: a block, the first two lines of a
// table or one of its rows.
type part struct {
	from, to int // its key in keys
	text     string
}

// joining is the state of one Write.
type joining struct {
	memory *Writer
	keys   []byte
	out    []byte
	part   renderer // room for one part
	last   byte     // the mark of the list just written
	before string   // the text of the block just written
	forget bool     // the block is read again in any case
	unsure bool     // what joins cannot tell: all is written and read anew

	// What has to be read back: the blocks that were not known, between page breaks
	// where others stood between them.
	flat     []doc.Block
	text     []byte
	gap      bool // known blocks came since
	verified []part
}

// key begins the key of a part.
func (j *joining) key(kind byte) (from int) {
	from = len(j.keys)
	j.keys = append(j.keys, kind)
	return from
}

// known is the text of the part whose key begins at from, if it is known. Then the
// key is not needed any more.
func (j *joining) known(from int) (text string, known bool) {
	if j.forget {
		return "", false
	}
	if text, known = j.memory.find(j.keys[from:]); known {
		j.keys = j.keys[:from]
	}
	return text, known
}

// write is the text of a part.
func (j *joining) write(f func(w *renderer)) string {
	j.part.out = j.part.out[:0]
	f(&j.part)
	return string(j.part.out)
}

// block writes a block of the document.
func (j *joining) block(b doc.Block) {
	if t, ok := b.(doc.Table); ok {
		if len(t.Columns) > 0 {
			j.table(t)
		}
		return
	}
	last := byte(0)
	if _, ok := b.(doc.List); ok {
		last = j.last
	}
	from := j.key(last)
	j.keys = appendBlock(j.keys, b)
	text, known := j.known(from)
	if !known {
		flat := Flatten([]doc.Block{b})
		if len(flat) > 0 {
			text = j.write(func(w *renderer) { w.block(flat[0], "", last, 0) })
			j.unknown(flat[0], text)
		}
		j.verified = append(j.verified, part{from, len(j.keys), text})
	}
	if text == "" {
		return // a block without words
	}
	j.join(text, known)
	j.out = append(j.out, text...)
	if _, ok := b.(doc.List); ok {
		j.last = listMark(text)
	}
}

// join begins a block with a text in the document.
func (j *joining) join(text string, known bool) {
	if len(j.out) > 0 {
		j.out = append(j.out, "\n\n"...)
		j.unsure = j.unsure || !joins(j.before, text)
	}
	j.before, j.last = text, 0
	j.gap = j.gap || known
}

// unknown adds a block to what has to be read back.
func (j *joining) unknown(flat doc.Block, text string) {
	if len(j.text) == 0 {
		j.text = make([]byte, 0, 48<<10)
	} else {
		j.text = append(j.text, "\n\n"...)
		if j.gap {
			j.flat = append(j.flat, doc.PageBreak{})
			j.text = append(j.text, pageBreak+"\n\n"...)
		}
	}
	j.gap = false
	j.flat = append(j.flat, flat)
	j.text = append(j.text, text...)
}

// table writes a table: its first two lines and each row are known or not.
func (j *joining) table(t doc.Table) {
	from := j.key('h')
	j.keys = appendColumns(j.keys, t.Columns)
	text, known := j.known(from)
	var flat doc.Table
	if !known {
		flat.Columns = flattenColumns(t.Columns)
		text = j.write(func(w *renderer) { w.tableHead(flat.Columns, "") })
		j.verified = append(j.verified, part{from, len(j.keys), text})
	}
	j.join(text, true)
	j.out = append(j.out, text...)
	again := []byte(text)
	for _, row := range t.Rows {
		from := j.key('r')
		j.keys = binary.AppendUvarint(j.keys, uint64(len(t.Columns)))
		j.keys = appendRow(j.keys, row)
		text, rowKnown := j.known(from)
		if !rowKnown {
			r := flattenRow(row, len(t.Columns))
			text = j.write(func(w *renderer) { w.row(r) })
			flat.Rows = append(flat.Rows, r)
			again = append(again, '\n')
			again = append(again, text...)
			j.verified = append(j.verified, part{from, len(j.keys), text})
		}
		j.out = append(j.out, '\n')
		j.out = append(j.out, text...)
	}
	if !known || len(flat.Rows) > 0 {
		if flat.Columns == nil {
			flat.Columns = flattenColumns(t.Columns)
		}
		j.unknown(flat, string(again))
	}
}

// readsBack reports whether what was not known reads back as it should.
func (j *joining) readsBack(id string) bool {
	if len(j.text) == 0 {
		return true
	}
	back, diags := Parse(source.New(id+".md", append(j.text, '\n')))
	return len(diags) == 0 && difference(j.flat, back) == ""
}

// joins reports whether a text that begins a block surely ends the one before it,
// a blank line between them.
func joins(before, text string) bool {
	if strings.IndexByte(" \t\n", text[0]) >= 0 {
		return false
	}
	mark := listMark(before)
	return mark == 0 || mark != listMark(text)
}

// listMark is the mark of the list that a text begins with, or 0.
func listMark(text string) byte {
	i := 0
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	marks := "-+*"
	if i > 0 {
		marks = ".)"
	}
	if i < len(text) && strings.IndexByte(marks, text[i]) >= 0 && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\n') {
		return text[i]
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// The keys of parts hold all that Flatten and render look at, each text with its
// length before it: two parts with one key are written alike. A reference is as good
// as the text that is printed for it.

func appendString(key []byte, s string) []byte {
	return append(binary.AppendUvarint(key, uint64(len(s))), s...)
}

func appendBool(key []byte, b bool) []byte {
	if b {
		return append(key, 1)
	}
	return append(key, 0)
}

func appendInlines(key []byte, text []doc.Inline) []byte {
	key = binary.AppendUvarint(key, uint64(len(text)))
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			key = appendString(append(key, 't'), in.Value)
		case doc.Ref:
			key = appendString(append(key, 't'), in.Text)
		case doc.Strong:
			key = appendInlines(append(key, 's'), in.Text)
		case doc.Emphasis:
			key = appendInlines(append(key, 'e'), in.Text)
		case doc.Link:
			key = appendInlines(appendString(append(key, 'l'), in.Dest), in.Text)
		case doc.LineBreak:
			key = append(key, 'b')
		default:
			panic(fmt.Sprintf("markdown: unknown inline %T", in))
		}
	}
	return key
}

func appendBlocks(key []byte, blocks []doc.Block) []byte {
	key = binary.AppendUvarint(key, uint64(len(blocks)))
	for _, b := range blocks {
		key = appendBlock(key, b)
	}
	return key
}

func appendBlock(key []byte, b doc.Block) []byte {
	switch b := b.(type) {
	case doc.Heading:
		key = binary.AppendVarint(append(key, 'H'), int64(b.Level))
		return appendInlines(appendString(key, b.Number), b.Text)
	case doc.Paragraph:
		return appendInlines(append(key, 'P'), b.Text)
	case doc.List:
		key = appendBool(append(key, 'L'), b.Ordered)
		key = binary.AppendUvarint(key, uint64(len(b.Items)))
		for _, item := range b.Items {
			key = appendBlocks(appendString(key, item.Label), item.Blocks)
		}
		return key
	case doc.Table:
		key = appendColumns(append(key, 'T'), b.Columns)
		key = binary.AppendUvarint(key, uint64(len(b.Rows)))
		for _, row := range b.Rows {
			key = appendRow(key, row)
		}
		return key
	case doc.Quote:
		return appendBlocks(append(key, 'Q'), b.Blocks)
	case doc.Signature:
		key = appendBool(append(key, 'S'), b.Witnessed)
		for _, text := range [][]doc.Inline{b.Party, b.LegalName, b.Name, b.Title} {
			key = appendInlines(key, text)
		}
		return key
	case doc.PageBreak:
		return append(key, 'B')
	default:
		panic(fmt.Sprintf("markdown: unknown block %T", b))
	}
}

func appendColumns(key []byte, columns []doc.Column) []byte {
	key = binary.AppendUvarint(key, uint64(len(columns)))
	for _, c := range columns {
		key = appendInlines(binary.AppendVarint(key, int64(c.Align)), c.Head)
	}
	return key
}

func appendRow(key []byte, row doc.Row) []byte {
	key = appendBool(key, row.Total)
	key = binary.AppendUvarint(key, uint64(len(row.Cells)))
	for _, cell := range row.Cells {
		key = appendInlines(key, cell)
	}
	return key
}
