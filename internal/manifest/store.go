package manifest

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// store holds the entries of all journals, each packed into one string: of ten
// thousand customers little memory may remain in use.
type store struct {
	paths   interned
	keys    interned // of words
	words   []Words  // by the number of their key; those of the empty key mean nothing
	records []record
	// The first record of an agreement; record.next leads on.
	agreements map[string]int32
	journals   []*entries
}

// entries are the entries of one journal.
type entries struct {
	shard Shard
	byID  map[string]int32
}

// record is one entry of one journal.
type record struct {
	blob    string // packed; nothing when the entry is gone
	journal *entries
	next    int32 // of the same agreement, or -1
}

// interned numbers texts.
type interned struct {
	texts   []string
	numbers map[string]uint32
}

func (t *interned) number(text string) uint32 {
	n, ok := t.numbers[text]
	if !ok {
		n = uint32(len(t.texts))
		text = strings.Clone(text)
		t.texts = append(t.texts, text)
		t.numbers[text] = n
	}
	return n
}

// numberOf is number without a copy of a text that is known.
func (t *interned) numberOf(text []byte) uint32 {
	if n, ok := t.numbers[string(text)]; ok {
		return n
	}
	return t.number(string(text))
}

func newStore() store {
	return store{
		paths:      interned{numbers: map[string]uint32{}},
		keys:       interned{numbers: map[string]uint32{}},
		agreements: map[string]int32{},
	}
}

// journalOf gives the entries of a shard's journal.
func (s *store) journalOf(shard Shard) *entries {
	for _, j := range s.journals {
		if j.shard == shard {
			return j
		}
	}
	j := &entries{shard: shard, byID: map[string]int32{}}
	s.journals = append(s.journals, j)
	return j
}

// put makes an entry the last of its ID in a journal.
func (s *store) put(j *entries, blob string) {
	id, agreement := head(blob)
	if at, ok := j.byID[id]; ok {
		if _, old := head(s.records[at].blob); old == agreement {
			s.records[at].blob = blob
			return
		}
		s.unlink(at)
	}
	next, ok := s.agreements[agreement]
	if !ok {
		next = -1
	}
	at := int32(len(s.records))
	s.records = append(s.records, record{blob, j, next})
	s.agreements[agreement] = at
	j.byID[id] = at
}

// remove forgets the entry of an ID in a journal.
func (s *store) remove(j *entries, id string) {
	if at, ok := j.byID[id]; ok {
		delete(j.byID, id)
		s.unlink(at)
	}
}

// unlink takes a record out of those of its agreement.
func (s *store) unlink(at int32) {
	_, agreement := head(s.records[at].blob)
	next := s.records[at].next
	if first := s.agreements[agreement]; first == at {
		if next < 0 {
			delete(s.agreements, agreement)
		} else {
			s.agreements[agreement] = next
		}
	} else {
		before := first
		for s.records[before].next != at {
			before = s.records[before].next
		}
		s.records[before].next = next
	}
	s.records[at] = record{next: -1}
}

// get gives the entry of an ID in a journal, or nothing.
func (s *store) get(j *entries, id string) string {
	if at, ok := j.byID[id]; ok {
		return s.records[at].blob
	}
	return ""
}

// of gives the records of an agreement that differ: by ID, then that of the own
// journal first, then by count and number of the shard.
func (s *store) of(agreement string, own Shard) []record {
	at, ok := s.agreements[agreement]
	if !ok {
		return nil
	}
	var list []record
	for ; at >= 0; at = s.records[at].next {
		list = append(list, s.records[at])
	}
	slices.SortFunc(list, func(a, b record) int { return before(a, b, own) })
	return slices.CompactFunc(list, func(a, b record) bool { return a.blob == b.blob })
}

// before orders records of one agreement.
func before(a, b record, own Shard) int {
	idA, _ := head(a.blob)
	idB, _ := head(b.blob)
	if c := strings.Compare(idA, idB); c != 0 {
		return c
	}
	if aOwn, bOwn := a.journal.shard == own, b.journal.shard == own; aOwn != bOwn {
		if aOwn {
			return -1
		}
		return 1
	}
	if c := a.journal.shard.Count - b.journal.shard.Count; c != 0 {
		return c
	}
	return a.journal.shard.Number - b.journal.shard.Number
}

// inOrder gives all records by agreement, then as of does.
func (s *store) inOrder(own Shard) []record {
	list := make([]record, 0, len(s.records))
	for _, r := range s.records {
		if r.blob != "" {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b record) int {
		_, agreementA := head(a.blob)
		_, agreementB := head(b.blob)
		if c := strings.Compare(agreementA, agreementB); c != 0 {
			return c
		}
		return before(a, b, own)
	})
	return list
}

// sorted gives all entries that differ, in the order of inOrder.
func (s *store) sorted(own Shard) []string {
	list := s.inOrder(own)
	blobs := make([]string, len(list))
	for i, r := range list {
		blobs[i] = r.blob
	}
	return slices.Compact(blobs)
}

// ids gives the entries of one journal by ID.
func (s *store) ids(shard Shard) []string {
	j := s.journalOf(shard)
	blobs := make([]string, 0, len(j.byID))
	for _, at := range j.byID {
		blobs = append(blobs, s.records[at].blob)
	}
	sortByID(blobs)
	return blobs
}

func sortByID(blobs []string) {
	slices.SortFunc(blobs, func(a, b string) int {
		idA, _ := head(a)
		idB, _ := head(b)
		return strings.Compare(idA, idB)
	})
}

// learn keeps the words of a key, unless they are known.
func (s *store) learn(key string, w Words) {
	n := s.keys.number(key)
	for int(n) >= len(s.words) {
		s.words = append(s.words, Words{})
	}
	if known := &s.words[n]; known.Layout == "" && known.Clauses == nil && known.Terms == nil {
		*known = Words{slices.Clone(w.Clauses), slices.Clone(w.Terms), strings.Clone(w.Layout)}
	}
}

func (s *store) wordsOf(key string) (Words, bool) {
	n, ok := s.keys.numbers[key]
	if !ok || int(n) >= len(s.words) {
		return Words{}, false
	}
	return s.words[n], true
}

// A packed entry is its ID, agreement and version, each after its length; three
// digests; the number of its key; how many paths, and their numbers; and how
// many outputs, each as name, size and digest. A digest is its length and its
// bytes. Numbers are of variable length. Two entries are the same if they are
// packed the same.

// pack packs an entry. Digests that are none are errors.
func (s *store) pack(e Entry) (string, error) {
	b := make([]byte, 0, 512)
	b = appendText(b, e.ID)
	b = appendText(b, e.Agreement)
	b = appendText(b, e.Version)
	var err error
	for _, d := range []string{e.Inputs, e.Document, e.Maker} {
		if b, err = appendDigest(b, d); err != nil {
			return "", err
		}
	}
	b = binary.AppendUvarint(b, uint64(s.keys.number(e.Words)))
	b = binary.AppendUvarint(b, uint64(len(e.Files)))
	for _, f := range e.Files {
		b = binary.AppendUvarint(b, uint64(s.paths.number(f)))
	}
	b = binary.AppendUvarint(b, uint64(len(e.Outputs)))
	for _, o := range e.Outputs {
		b = appendText(b, o.Name)
		b = binary.AppendUvarint(b, uint64(o.Size))
		if b, err = appendDigest(b, o.SHA256); err != nil {
			return "", err
		}
	}
	return string(b), nil
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

// appendDigest packs a SHA-256 in lower case, or nothing.
func appendDigest[T string | []byte](b []byte, text T) ([]byte, error) {
	if len(text) == 0 {
		return append(b, 0), nil
	}
	b = append(b, 32)
	at := len(b)
	b, err := hex.AppendDecode(b, []byte(text))
	if err != nil || len(b) != at+32 {
		return nil, fmt.Errorf("%q is no SHA-256", text)
	}
	for _, c := range []byte(text) {
		if 'A' <= c && c <= 'F' {
			return nil, fmt.Errorf("%q is no SHA-256 in lower case", text)
		}
	}
	return b, nil
}

// unpacker reads a packed entry. What it reads was packed by this program in
// this run.
type unpacker struct{ rest string }

func (u *unpacker) number() uint64 {
	var n uint64
	for shift := 0; ; shift += 7 {
		c := u.rest[0]
		u.rest = u.rest[1:]
		n |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return n
		}
	}
}

func (u *unpacker) text() string {
	n := u.number()
	text := u.rest[:n]
	u.rest = u.rest[n:]
	return text
}

// digest gives the bytes of a digest, or none.
func (u *unpacker) digest() string { return u.text() }

func hexadecimal(digest string) string { return hex.EncodeToString([]byte(digest)) }

// head gives the ID and the agreement of a packed entry, as parts of it.
func head(blob string) (id, agreement string) {
	u := unpacker{blob}
	return u.text(), u.text()
}

func (s *store) unpack(blob string) Entry {
	u := unpacker{blob}
	e := Entry{ID: u.text(), Agreement: u.text(), Version: u.text()}
	e.Inputs, e.Document, e.Maker = hexadecimal(u.digest()), hexadecimal(u.digest()), hexadecimal(u.digest())
	e.Words = s.keys.texts[u.number()]
	if n := u.number(); n > 0 {
		e.Files = make([]string, n)
		for i := range e.Files {
			e.Files[i] = s.paths.texts[u.number()]
		}
	}
	if n := u.number(); n > 0 {
		e.Outputs = make([]Output, n)
		for i := range e.Outputs {
			e.Outputs[i] = Output{u.text(), int64(u.number()), hexadecimal(u.digest())}
		}
	}
	return e
}
