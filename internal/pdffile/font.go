package pdffile

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"strconv"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// fonts writes the faces that the file uses and gives the numbers of their
// objects; a face of which no letter is used has none.
//
// A code of two bytes is the number of a glyph in the subset, so a reader
// needs no map between them.
func (f *File) fonts() []int {
	objects := make([]int, len(f.writer.faces))
	for i, face := range f.writer.faces {
		if used := &f.s.used[i]; !used.none() {
			objects[i] = f.font(face, f.writer.embed(i, used, f.s))
		}
	}
	return objects
}

func (f *File) font(face *Face, e *embedded) int {
	file := f.stream("/Length1 "+strconv.Itoa(e.length), e.program)
	unicode := f.stream("", e.unicode)

	m := &face.metrics
	flags := 1 << 2 // letters in an order of its own
	if m.angle != 0 {
		flags |= 1 << 6 // italic
	}
	if m.weight >= 600 {
		flags |= 1 << 18 // bold at small sizes too
	}
	descriptor := f.begin(f.reserve())
	f.printf("<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle %d/Ascent %d/Descent %d/CapHeight %d/StemV %d/FontFile2 %d 0 R>>",
		e.name, flags, m.box[0], m.box[1], m.box[2], m.box[3], m.angle, m.ascent, m.descent, m.caps, m.stem, file)
	f.end()

	descendant := f.begin(f.reserve())
	f.printf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor %d 0 R/DW 0/W[%d[%s]]>>", e.name, descriptor, firstAscii, e.widths)
	f.end()

	font := f.begin(f.reserve())
	f.printf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", e.name, descendant, unicode)
	f.end()
	return font
}

// embedded is what files hold of a face that use the same letters of it, in the
// same order of their first use. It never changes.
type embedded struct {
	name    string // with the tag of the subset
	length  int    // of the program
	program []byte // compressed
	unicode []byte // compressed
	widths  []byte // by code, from firstAscii
}

// subsets keeps what was embedded of one face. Most files of a process use the
// same letters as some other; making it anew costs as much as a few pages. What
// is kept is a function of its key, and nothing of a file but that goes into it.
type subsets struct {
	mu   sync.Mutex
	made map[string]*embedded // by letters.appendKey
}

// mostSubsets is how many are kept of a face, of 10 to 30 KB each with the
// letters of a language or two.
const mostSubsets = 64

func (w *Writer) embed(face int, used *letters, s *scratch) *embedded {
	s.key = used.appendKey(s.key[:0])
	kept := &w.subsets[face]
	kept.mu.Lock()
	e := kept.made[string(s.key)]
	kept.mu.Unlock()
	if e != nil {
		return e
	}
	e = s.embed(w.faces[face], used)
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if kept.made == nil || len(kept.made) == mostSubsets {
		kept.made = make(map[string]*embedded, mostSubsets)
	}
	kept.made[string(s.key)] = e
	return e
}

// appendKey writes the letters by which a subset differs from others: those of
// ASCII, then the others by their codes. None can be taken for one of the other
// kind.
func (l *letters) appendKey(to []byte) []byte {
	for r := firstAscii; r <= lastAscii; r++ {
		if l.ascii[r] {
			to = append(to, byte(r))
		}
	}
	for _, r := range l.more {
		to = utf8.AppendRune(to, r)
	}
	return to
}

func (s *scratch) embed(face *Face, used *letters) *embedded {
	e := &embedded{}
	s.font.begin(face)
	for r := rune(1); r < firstCode; r++ {
		glyph := uint16(0)
		if used.ascii[r] {
			glyph = face.glyph[r]
		}
		s.font.add(glyph)
	}
	for _, r := range used.more {
		s.font.add(face.glyph[r])
	}
	program := s.font.program(face)
	e.name = tag(crc32.ChecksumIEEE(program)) + "+" + face.name
	e.length = len(program)
	e.program = bytes.Clone(s.glyphs.compress(program))
	s.content = appendUnicodeMap(s.content[:0], used)
	e.unicode = bytes.Clone(s.text.compress(s.content))
	for r := rune(firstAscii); r < firstCode; r++ {
		width := 0
		if used.ascii[r] {
			width = face.Width(r)
		}
		e.widths = fmt.Appendf(e.widths, "%d ", width)
	}
	for _, r := range used.more {
		e.widths = fmt.Appendf(e.widths, "%d ", face.Width(r))
	}
	return e
}

// tag is the six capitals that tell subsets of one face apart.
func tag(n uint32) string {
	var b [6]byte
	for i := range b {
		b[i], n = 'A'+byte(n%26), n/26
	}
	return string(b[:])
}

// appendUnicodeMap writes which letter each code stands for.
func appendUnicodeMap(to []byte, used *letters) []byte {
	to = append(to, `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><ffff>
endcodespacerange
1 beginbfrange
<0020><007e><0020>
endbfrange
`...)
	const most = 100 // of one list
	for at := 0; at < len(used.more); at += most {
		list := used.more[at:min(at+most, len(used.more))]
		to = fmt.Appendf(to, "%d beginbfchar\n", len(list))
		for i, r := range list {
			to = fmt.Appendf(to, "<%04x><%04x>\n", firstCode+at+i, utf16.Encode([]rune{r})[0])
		}
		to = append(to, "endbfchar\n"...)
	}
	return append(to, "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n"...)
}
