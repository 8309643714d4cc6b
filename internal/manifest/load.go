package manifest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// unescape gives the text of a field, in the field when it holds no backslash.
func unescape(field []byte) ([]byte, bool) {
	if bytes.IndexByte(field, '\\') < 0 {
		return field, true
	}
	text := make([]byte, 0, len(field))
	for i := 0; i < len(field); i++ {
		if field[i] != '\\' {
			text = append(text, field[i])
			continue
		}
		i++
		switch {
		case i < len(field) && field[i] == 't':
			text = append(text, '\t')
		case i < len(field) && field[i] == 'n':
			text = append(text, '\n')
		case i < len(field) && field[i] == '\\':
			text = append(text, '\\')
		default:
			return nil, false
		}
	}
	return text, true
}

// intent is what a run was about to publish.
type intent struct {
	blob        string
	temporaries []string // in the folder, one for each output
}

func (i intent) id() string {
	id, _ := head(i.blob)
	return id
}

// loaded is what a journal said beside its entries, which are in the store.
type loaded struct {
	shard   Shard
	entries *entries
	paths   []uint32 // number in the store, by number in the journal
	words   []uint32 // likewise
	pending map[string]intent
	whole   bool // it ends as Close writes it
	cut     bool // it ends within a line, or before the first
	damaged int  // first line that is not what was written, or 0
}

// findings says what is wrong with a journal.
func (l *loaded) findings() []string {
	if l.damaged == 0 {
		return nil
	}
	return []string{fmt.Sprintf("the journal %q is damaged from line %d on; documents recorded there are examined anew", l.shard.String()+journalSuffix, l.damaged)}
}

// intents gives those that are not done, by ID.
func (l *loaded) intents() []intent {
	var list []intent
	for _, i := range l.pending {
		list = append(list, i)
	}
	slices.SortFunc(list, func(a, b intent) int { return strings.Compare(a.id(), b.id()) })
	return list
}

// load reads the journal of a shard into the store. One that does not exist is
// nil; one of a later form is an error.
func (m *Manifest) load(s Shard) (*loaded, error) {
	f, err := m.folder.Open(s.journal())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the journal: %w", err)
	}
	defer f.Close()
	l := &loaded{shard: s, entries: m.store.journalOf(s), pending: map[string]intent{}}
	if err := l.read(f, &m.store); err != nil {
		return nil, fmt.Errorf("cannot read the journal %q: %w", s.String()+journalSuffix, err)
	}
	return l, nil
}

// read reads lines up to the end or the first that is not whole.
func (l *loaded) read(f io.Reader, s *store) error {
	in := bufio.NewReaderSize(f, 64<<10)
	p := parser{loaded: l, store: s}
	for number := 1; ; number++ {
		line, err := in.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) {
			p.long = append(p.long[:0], line...)
			var more []byte
			more, err = in.ReadBytes('\n')
			line = append(p.long, more...)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if errors.Is(err, io.EOF) {
			// A run that was killed leaves a line that it had begun. Nothing that
			// was promised stands in it.
			l.cut = len(line) > 0 || number == 1
			l.whole = l.whole && !l.cut
			return nil
		}
		body, ok := checked(line)
		if ok && number == 1 && isForm(body) && string(body) != lineForm+"\t"+formNumber {
			return errors.New("it was written by a later version of concordat")
		}
		if !ok || (number == 1) != isForm(body) || !p.parse(body) {
			l.damaged = number
			l.whole = false
			return nil
		}
	}
}

func isForm(body []byte) bool { return bytes.HasPrefix(body, []byte(lineForm+"\t")) }

// checked gives what a line says, when it is whole.
func checked(line []byte) ([]byte, bool) {
	if len(line) < 10 || line[len(line)-1] != '\n' || line[8] != '\t' {
		return nil, false
	}
	body := line[9 : len(line)-1]
	var sum uint32
	for _, c := range line[:8] {
		switch {
		case '0' <= c && c <= '9':
			sum = sum<<4 | uint32(c-'0')
		case 'a' <= c && c <= 'f':
			sum = sum<<4 | uint32(c-'a'+10)
		default:
			return nil, false
		}
	}
	return body, crc32.Checksum(body, castagnoli) == sum
}

// parser reads the lines of a journal.
type parser struct {
	*loaded
	store  *store
	fields [][]byte
	blob   []byte
	long   []byte
}

// parse takes a line, and says whether it is one.
func (p *parser) parse(body []byte) bool {
	p.fields = p.fields[:0]
	for {
		field, rest, more := bytes.Cut(body, []byte("\t"))
		p.fields = append(p.fields, field)
		if !more {
			break
		}
		body = rest
	}
	p.whole = false
	if len(p.fields) < 2 {
		return false
	}
	fields := p.fields[1:]
	switch string(p.fields[0]) {
	case lineForm:
		return len(fields) == 1
	case linePath:
		text, ok := unescape(fields[0])
		if ok {
			p.paths = append(p.paths, p.store.paths.numberOf(text))
		}
		return ok && len(fields) == 1
	case lineWords:
		return p.parseWords(fields)
	case lineEntry:
		if !p.parseEntry(fields, 3) {
			return false
		}
		blob := string(p.blob)
		id, _ := head(blob)
		p.store.put(p.entries, blob)
		delete(p.pending, id)
		return true
	case lineIntent:
		if !p.parseEntry(fields, 4) {
			return false
		}
		i := intent{blob: string(p.blob)}
		for at := 8; at < len(fields); at += 4 {
			text, ok := unescape(fields[at+3])
			// Only files of the own staging folder are ever moved or removed.
			if !ok || !isTemporary(p.shard, string(text)) {
				return false
			}
			i.temporaries = append(i.temporaries, string(text))
		}
		p.pending[i.id()] = i
		return true
	case lineDone:
		id, ok := unescape(fields[0])
		i, known := p.pending[string(id)]
		if !ok || !known || len(fields) != 1 {
			return false
		}
		p.store.put(p.entries, i.blob)
		delete(p.pending, i.id())
		return true
	case lineEnd:
		p.whole = len(fields) == 1 && string(fields[0]) == strconv.Itoa(len(p.entries.byID)) && len(p.pending) == 0
		return p.whole
	default:
		return false
	}
}

func (p *parser) parseWords(fields [][]byte) bool {
	if len(fields) < 3 {
		return false
	}
	count, err := strconv.Atoi(string(fields[2]))
	if err != nil || count < 0 || count > len(fields)-3 {
		return false
	}
	var texts []string
	for i, f := range fields {
		text, ok := unescape(f)
		if !ok {
			return false
		}
		if i != 2 {
			texts = append(texts, string(text))
		}
	}
	w := Words{Layout: texts[1]}
	if count > 0 {
		w.Clauses = texts[2 : 2+count]
	}
	if len(texts) > 2+count {
		w.Terms = texts[2+count:]
	}
	p.store.learn(texts[0], w)
	p.words = append(p.words, p.store.keys.number(texts[0]))
	return true
}

// parseEntry packs the fields of an entry whose outputs have a number of fields
// each.
func (p *parser) parseEntry(fields [][]byte, each int) bool {
	if len(fields) < 8 || (len(fields)-8)%each != 0 {
		return false
	}
	b := p.blob[:0]
	for _, f := range fields[:3] {
		text, ok := unescape(f)
		if !ok {
			return false
		}
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	var err error
	for _, f := range fields[3:6] {
		if b, err = appendDigest(b, f); err != nil {
			return false
		}
	}
	words, ok := parseNumber(fields[6])
	if !ok || words >= uint64(len(p.words)) {
		return false
	}
	b = binary.AppendUvarint(b, uint64(p.words[words]))
	paths := 0
	if len(fields[7]) > 0 {
		paths = bytes.Count(fields[7], []byte(" ")) + 1
	}
	b = binary.AppendUvarint(b, uint64(paths))
	rest := fields[7]
	for range paths {
		var one []byte
		one, rest, _ = bytes.Cut(rest, []byte(" "))
		n, ok := parseNumber(one)
		if !ok || n >= uint64(len(p.paths)) {
			return false
		}
		b = binary.AppendUvarint(b, uint64(p.paths[n]))
	}
	b = binary.AppendUvarint(b, uint64((len(fields)-8)/each))
	for at := 8; at < len(fields); at += each {
		name, ok := unescape(fields[at])
		size, okSize := parseNumber(fields[at+1])
		// What is only read needs no look at its name.
		if !ok || !okSize || each == 4 && checkName(string(name)) != nil {
			return false
		}
		b = append(binary.AppendUvarint(b, uint64(len(name))), name...)
		b = binary.AppendUvarint(b, size)
		if b, err = appendDigest(b, fields[at+2]); err != nil {
			return false
		}
	}
	p.blob = b
	return true
}

// parseNumber reads a number of at most 18 digits.
func parseNumber(field []byte) (uint64, bool) {
	if len(field) == 0 || len(field) > 18 {
		return 0, false
	}
	var n uint64
	for _, c := range field {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	return n, true
}
