package manifest

import (
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"

	"concordat/internal/outdir"
)

// A line of a journal is the CRC-32C of what follows the first tab, in eight
// hexadecimal digits; a tab; and fields with tabs between them, the first of
// which says what the line is. Tabs, line feeds and backslashes in texts are
// written as \t, \n and \\.
const (
	lineForm   = "concordat-manifest" // 1: the first line of a journal
	linePath   = "path"               // text: names a file; the first is number 0
	lineWords  = "words"              // key, layout, how many clauses, clauses, terms: the first is number 0
	lineEntry  = "entry"              // id, agreement, version, inputs, document, maker, number of words, numbers of paths, and of each output name, size, SHA-256
	lineIntent = "intent"             // as entry, and of each output its temporary name besides
	lineDone   = "done"               // id: its last intent is an entry now
	lineEnd    = "end"                // how many entries: the journal is in the form that Close writes
	formNumber = "1"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// journal writes the journal of the own shard.
type journal struct {
	folder outdir.Folder
	name   string
	store  *store
	out    outdir.Writer // nil until something is written
	lines  []byte        // that are still to be written
	paths  numbering
	words  numbering
	whole  bool // it ends in lineEnd
}

// numbering maps numbers of the store to those of a journal.
type numbering struct {
	of    []int32 // number in the journal plus one, by number in the store
	count int32
}

// add gives a number of the store the next of the journal, and whether it had
// none.
func (n *numbering) add(number uint64) bool {
	for uint64(len(n.of)) <= number {
		n.of = append(n.of, 0)
	}
	if n.of[number] != 0 {
		return false
	}
	n.count++
	n.of[number] = n.count
	return true
}

func newJournal(folder outdir.Folder, name string, s *store) *journal {
	return &journal{folder: folder, name: name, store: s}
}

// resume goes on after what was read.
func (j *journal) resume(l *loaded) {
	j.paths.resume(l.paths)
	j.words.resume(l.words)
	j.whole = l.whole
}

func (n *numbering) resume(known []uint32) {
	n.count = int32(len(known))
	for i, number := range known {
		for len(n.of) <= int(number) {
			n.of = append(n.of, 0)
		}
		n.of[number] = int32(i) + 1
	}
}

// line adds a line.
func (j *journal) line(write func(b []byte) []byte) {
	at := len(j.lines)
	j.lines = append(j.lines, "00000000\t"...)
	j.lines = write(j.lines)
	sum := crc32.Checksum(j.lines[at+9:], castagnoli)
	hex.AppendEncode(j.lines[at:at], []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	j.lines = append(j.lines, '\n')
}

func (j *journal) begin() {
	j.line(func(b []byte) []byte { return append(b, lineForm+"\t"+formNumber...) })
}

func (j *journal) end(count int) {
	j.line(func(b []byte) []byte { return strconv.AppendInt(append(b, lineEnd+"\t"...), int64(count), 10) })
}

func (j *journal) done(id string) {
	j.line(func(b []byte) []byte { return appendEscaped(append(b, lineDone+"\t"...), id) })
}

func (j *journal) path(number uint64) {
	if j.paths.add(number) {
		j.line(func(b []byte) []byte { return appendEscaped(append(b, linePath+"\t"...), j.store.paths.texts[number]) })
	}
}

func (j *journal) wordsOf(number uint64) {
	if !j.words.add(number) {
		return
	}
	key := j.store.keys.texts[number]
	w, _ := j.store.wordsOf(key)
	j.line(func(b []byte) []byte {
		b = appendEscaped(append(b, lineWords+"\t"...), key)
		b = appendEscaped(append(b, '\t'), w.Layout)
		b = strconv.AppendInt(append(b, '\t'), int64(len(w.Clauses)), 10)
		for _, text := range slices.Concat(w.Clauses, w.Terms) {
			b = appendEscaped(append(b, '\t'), text)
		}
		return b
	})
}

// entry adds an entry, or an intent when there are temporary names, and what it
// refers to before it.
func (j *journal) entry(blob string, temporaries []string) {
	words, paths := refers(blob)
	j.wordsOf(words)
	for _, p := range paths {
		j.path(p)
	}
	kind := lineEntry
	if temporaries != nil {
		kind = lineIntent
	}
	j.line(func(b []byte) []byte {
		u := unpacker{blob}
		b = append(b, kind...)
		for range 3 {
			b = appendEscaped(append(b, '\t'), u.text())
		}
		for range 3 {
			b = hex.AppendEncode(append(b, '\t'), []byte(u.digest()))
		}
		b = strconv.AppendInt(append(b, '\t'), int64(j.words.of[u.number()])-1, 10)
		b = append(b, '\t')
		for i := range u.number() {
			if i > 0 {
				b = append(b, ' ')
			}
			b = strconv.AppendInt(b, int64(j.paths.of[u.number()])-1, 10)
		}
		for i := range u.number() {
			b = appendEscaped(append(b, '\t'), u.text())
			b = strconv.AppendUint(append(b, '\t'), u.number(), 10)
			b = hex.AppendEncode(append(b, '\t'), []byte(u.digest()))
			if temporaries != nil {
				b = appendEscaped(append(b, '\t'), temporaries[i])
			}
		}
		return b
	})
}

// refers gives the numbers of the words and the paths of a packed entry.
func refers(blob string) (words uint64, paths []uint64) {
	u := unpacker{blob}
	for range 6 {
		_ = u.text()
	}
	words = u.number()
	paths = make([]uint64, u.number())
	for i := range paths {
		paths[i] = u.number()
	}
	return words, paths
}

// flush writes the lines, at the end of the journal.
func (j *journal) flush() error {
	if j.out == nil {
		out, err := j.folder.Append(j.name)
		if err != nil {
			return err
		}
		j.out = out
	}
	j.whole = false
	_, err := j.out.Write(j.lines)
	j.lines = j.lines[:0]
	return err
}

func (j *journal) sync() error { return j.out.Sync() }

func (j *journal) close() error {
	if j.out == nil {
		return nil
	}
	out := j.out
	j.out = nil
	return out.Close()
}

func appendEscaped(b []byte, text string) []byte {
	for i := range len(text) {
		switch c := text[i]; c {
		case '\t':
			b = append(b, `\t`...)
		case '\n':
			b = append(b, `\n`...)
		case '\\':
			b = append(b, `\\`...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// compact writes the journal anew, of these entries in this order, beside the
// old one and then in its place.
func (m *Manifest) compact(blobs []string) error {
	if m.journal != nil {
		if err := m.journal.close(); err != nil {
			return fmt.Errorf("cannot close the journal: %w", err)
		}
	}
	j, err := m.writeWhole(blobs)
	if err != nil {
		return fmt.Errorf("cannot write the journal: %w", err)
	}
	m.journal = j
	return nil
}

func (m *Manifest) writeWhole(blobs []string) (_ *journal, err error) {
	temporary := m.temporary()
	out, err := m.folder.Create(temporary)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, outdir.RemoveAll(m.folder, []string{temporary}))
		}
	}()
	j := newJournal(m.folder, m.shard.journal(), &m.store)
	j.out = out
	j.begin()
	j.refer(blobs)
	for _, blob := range blobs {
		j.entry(blob, nil)
		if len(j.lines) > 64<<10 {
			if err := j.flush(); err != nil {
				return nil, errors.Join(err, j.close())
			}
		}
	}
	j.end(len(blobs))
	err = j.flush()
	if err == nil {
		err = j.sync()
	}
	if closeErr := j.close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = m.folder.Rename(temporary, m.shard.journal())
	}
	if err == nil {
		err = m.folder.SyncDir(home)
	}
	j.whole = true
	return j, err
}

// refer adds the words and paths of all entries in the order of their texts, so
// that the order in which they were learned does not show.
func (j *journal) refer(blobs []string) {
	words, paths := map[uint64]bool{}, map[uint64]bool{}
	for _, blob := range blobs {
		w, list := refers(blob)
		words[w] = true
		for _, p := range list {
			paths[p] = true
		}
	}
	for _, n := range byText(words, j.store.keys.texts) {
		j.wordsOf(n)
	}
	for _, n := range byText(paths, j.store.paths.texts) {
		j.path(n)
	}
}

func byText(numbers map[uint64]bool, texts []string) []uint64 {
	list := make([]uint64, 0, len(numbers))
	for n := range numbers {
		list = append(list, n)
	}
	slices.SortFunc(list, func(a, b uint64) int { return strings.Compare(texts[a], texts[b]) })
	return list
}
