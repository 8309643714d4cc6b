package pdffile

import (
	"fmt"
	"hash/crc32"
	"strconv"
	"unicode/utf16"
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
			objects[i] = f.font(face, used)
		}
	}
	return objects
}

func (f *File) font(face *Face, used *letters) int {
	s := &f.s.font
	s.begin(face)
	for r := rune(1); r < firstCode; r++ {
		glyph := uint16(0)
		if used.ascii[r] {
			glyph = face.glyph[r]
		}
		s.add(glyph)
	}
	for _, r := range used.more {
		s.add(face.glyph[r])
	}
	program := s.program(face)
	name := tag(crc32.ChecksumIEEE(program)) + "+" + face.name

	file := f.stream(f.s.glyphs, "/Length1 "+strconv.Itoa(len(program)), program)
	f.s.content = appendUnicodeMap(f.s.content[:0], used)
	unicode := f.stream(f.s.text, "", f.s.content)

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
		name, flags, m.box[0], m.box[1], m.box[2], m.box[3], m.angle, m.ascent, m.descent, m.caps, m.stem, file)
	f.end()

	descendant := f.begin(f.reserve())
	f.printf("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/FontDescriptor %d 0 R/DW 0/W[%d[", name, descriptor, firstAscii)
	for r := rune(firstAscii); r < firstCode; r++ {
		width := 0
		if used.ascii[r] {
			width = face.Width(r)
		}
		f.printf("%d ", width)
	}
	for _, r := range used.more {
		f.printf("%d ", face.Width(r))
	}
	f.printf("]]>>")
	f.end()

	font := f.begin(f.reserve())
	f.printf("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", name, descendant, unicode)
	f.end()
	return font
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
