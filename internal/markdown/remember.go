package markdown

import (
	"encoding/binary"
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
// Of blocks and rows that have not been read back most differ from one that has in
// nothing but the letters of their words, as of names. They are written, and not read
// either: see keys.shape.
//
// The last block of a document is always read again, since it stands before the end
// of the text and not before a blank line.
type Writer struct {
	mu            sync.Mutex
	recent, older map[string]string // what was verified: written texts by key, none by a key of shapes; recent ones stand in recent only or in both
	size          int               // bytes in recent

	rooms sync.Pool // of *joining, for what one Write needs
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
	j, ok := w.rooms.Get().(*joining)
	if !ok {
		j = &joining{memory: w}
	}
	defer w.rooms.Put(j)
	j.begin()
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
	w.remember(j)
	return j.out
}

// remember keeps what was verified.
func (w *Writer) remember(j *joining) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range j.verified {
		w.add(string(j.keys.out[p.from:p.to]), p.text)
	}
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

// part is what is remembered by itself: a block of a document, the first two lines of
// a table or one of its rows; or the shape of one of them, which has no text.
type part struct {
	from, to int // its key in keys
	text     string
}

// joining is the state of one Write.
type joining struct {
	memory  *Writer
	keys    keys
	out     []byte
	part    renderer // room for one part
	flatten flattener
	last    byte   // the mark of the list just written
	before  string // the text of the block just written
	forget  bool   // the block is read again in any case
	unsure  bool   // what joins cannot tell: all is written and read anew

	// What has to be read back: the blocks that were not known, between page breaks
	// where others stood between them.
	flat     []doc.Block
	text     []byte
	gap      bool // known blocks came since
	verified []part
}

// begin makes j ready for a document. What it returned before is not its own.
func (j *joining) begin() {
	clear(j.flat)
	clear(j.verified)
	*j = joining{
		memory: j.memory, keys: keys{out: j.keys.out[:0], words: j.keys.words[:0]}, out: make([]byte, 0, 96<<10),
		part: renderer{out: j.part.out}, flatten: j.flatten, flat: j.flat[:0], text: j.text[:0], verified: j.verified[:0],
	}
}

// key begins the key of a part.
func (j *joining) key(kind byte) (from int) {
	from = len(j.keys.out)
	j.keys.out = append(j.keys.out, kind)
	return from
}

// known is the text of the part whose key begins at from, if it is known. Then the
// key is not needed any more.
func (j *joining) known(from int) (text string, known bool) {
	if j.forget {
		return "", false
	}
	if text, known = j.memory.find(j.keys.out[from:]); known {
		j.keys.out = j.keys.out[:from]
	}
	return text, known
}

// verify notes a part whose key begins at from, and reports whether its text is sure to
// read back as what flat adds to keys. If not it has to be read.
func (j *joining) verify(from int, text string, flat func()) (sure bool) {
	j.verified = append(j.verified, part{from, len(j.keys.out), text})
	if j.forget {
		return false
	}
	kind := j.keys.out[from]
	from = j.key('=')
	j.keys.out = append(j.keys.out, kind)
	if !j.keys.shape(text, flat) {
		j.keys.out = j.keys.out[:from]
		return false
	}
	if _, sure = j.known(from); !sure {
		j.verified = append(j.verified, part{from, len(j.keys.out), ""})
	}
	return sure
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
	j.keys.block(b)
	text, known := j.known(from)
	if !known {
		flat := j.flatten.blocks([]doc.Block{b})
		if len(flat) == 0 {
			return // a block without words
		}
		text = j.write(func(w *renderer) { w.block(flat[0], "", last, 0) })
		if known = j.verify(from, text, func() { j.keys.block(flat[0]) }); !known {
			j.unknown(flat[0], text)
		}
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
	if len(j.text) > 0 {
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
	j.keys.columns(t.Columns)
	text, known := j.known(from)
	var flat doc.Table
	if !known {
		flat.Columns = j.flatten.columns(t.Columns)
		text = j.write(func(w *renderer) { w.tableHead(flat.Columns, "") })
		j.verified = append(j.verified, part{from, len(j.keys.out), text})
	}
	j.join(text, true)
	j.out = append(j.out, text...)
	again := text
	for _, row := range t.Rows {
		from := j.key('r')
		j.keys.out = binary.AppendUvarint(j.keys.out, uint64(len(t.Columns)))
		j.keys.row(row)
		text, rowKnown := j.known(from)
		if !rowKnown {
			r := j.flatten.row(row, len(t.Columns))
			text = j.write(func(w *renderer) { w.row(r) })
			if !j.verify(from, text, func() { j.keys.row(r) }) {
				flat.Rows = append(flat.Rows, r)
				again += "\n" + text
			}
		}
		j.out = append(j.out, '\n')
		j.out = append(j.out, text...)
	}
	if !known || len(flat.Rows) > 0 {
		if flat.Columns == nil {
			flat.Columns = j.flatten.columns(t.Columns)
		}
		j.unknown(flat, again)
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
