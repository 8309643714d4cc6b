// Package pdffile writes the objects of a PDF 1.7 file: pages of lines and of
// text in embedded TrueType faces. It is for a package that knows where each
// of them stands; it measures nothing, breaks no lines and knows no paper.
//
// The promise: a file is a function of the calls that made it, whatever else
// the process does at the time; each letter drawn has its glyph in the file,
// and a reader that extracts text gets the letter back; and what many files have
// of a face is mostly made once in a process, not once in a file.
package pdffile

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"sync"
	"time"
	"unicode/utf16"
)

// Unit is a distance in hundredths of a point, the finest that a file holds.
// The origin is the lower left corner of a page.
type Unit int

// Color is a colour in sRGB.
type Color struct {
	R, G, B uint8
}

// Info is what a file says about itself. An empty text is left out.
type Info struct {
	Title, Author, Subject, Creator, Producer string
	Date                                      time.Time // of making and of the last change; its zone is not written
}

// Writer begins files with letters of its faces. Goroutines share it; what it
// keeps from file to file changes no file.
type Writer struct {
	faces   []*Face
	subsets []subsets // by face
	scratch sync.Pool // of *scratch
}

// NewWriter is a writer of files in which a face is named by its index. It
// takes ten faces at most.
func NewWriter(faces ...*Face) *Writer {
	if len(faces) > 10 {
		panic(fmt.Sprintf("pdffile: %d faces, expected at most 10", len(faces)))
	}
	w := &Writer{faces: faces, subsets: make([]subsets, len(faces))}
	w.scratch.New = func() any { return newScratch(len(faces)) }
	return w
}

// scratch is the memory in which a file is made. It goes from file to file,
// and holds nothing of one when the next begins.
type scratch struct {
	out     []byte
	content []byte
	font    subset
	key     []byte
	used    []letters // by face
	text    *compressor
	glyphs  *compressor
}

func newScratch(faces int) *scratch {
	return &scratch{used: make([]letters, faces), text: newCompressor(forText), glyphs: newCompressor(forGlyphs)}
}

// The numbers of the objects that every file has. Pages and streams follow.
const (
	catalogObject = 1 + iota
	pagesObject
	infoObject
	fixedObjects = infoObject
)

// File is a file in the making: pages are begun, drawn on and left in their
// order, then it is finished. It belongs to one goroutine.
type File struct {
	writer        *Writer
	s             *scratch
	width, height Unit
	offsets       []int // by number of object, from 1; 0 is not written yet
	contents      []int // numbers of the streams of pages
	open          bool  // a page has begun
	pen           pen
}

// Begin is a file of pages of one size.
func (w *Writer) Begin(width, height Unit) *File {
	s := w.scratch.Get().(*scratch)
	for i := range s.used {
		s.used[i].reset()
	}
	// The second line tells transports that the file is not text.
	s.out = append(s.out[:0], "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"...)
	return &File{writer: w, s: s, width: width, height: height, offsets: make([]int, fixedObjects+1, 64)}
}

// Page begins a page; the one before it, if any, is complete.
func (f *File) Page() {
	f.endPage()
	f.open = true
	f.s.content = f.s.content[:0]
	f.pen = pen{font: -1}
}

func (f *File) endPage() {
	if !f.open {
		return
	}
	f.contents = append(f.contents, f.stream("", f.s.text.compress(f.s.content)))
	f.open = false
}

// Finish is the file's bytes. The file takes no further call.
func (f *File) Finish(info Info) []byte {
	f.endPage()
	pages := make([]int, len(f.contents))
	for i, content := range f.contents {
		pages[i] = f.begin(f.reserve())
		f.printf("<</Type/Page/Parent %d 0 R/Contents %d 0 R>>", pagesObject, content)
		f.end()
	}
	fonts := f.fonts()
	f.begin(pagesObject)
	f.printf("<</Type/Pages/Count %d/MediaBox[0 0 ", len(pages))
	f.s.out = appendUnit(f.s.out, f.width)
	f.s.out = append(f.s.out, ' ')
	f.s.out = appendUnit(f.s.out, f.height)
	f.printf("]/Resources<</ProcSet[/PDF/Text]/Font<<")
	for i, font := range fonts {
		if font != 0 {
			f.printf("/F%d %d 0 R", i, font)
		}
	}
	f.printf(">>>>\n/Kids[")
	for _, page := range pages {
		f.printf("%d 0 R\n", page)
	}
	f.printf("]>>")
	f.end()
	f.begin(catalogObject)
	f.printf("<</Type/Catalog/Pages %d 0 R>>", pagesObject)
	f.end()
	f.info(info)
	f.trailer()
	file := append([]byte(nil), f.s.out...)
	f.writer.scratch.Put(f.s)
	f.s = nil
	return file
}

func (f *File) info(info Info) {
	f.begin(infoObject)
	f.printf("<<")
	for _, entry := range []struct{ name, text string }{
		{"/Title", info.Title},
		{"/Author", info.Author},
		{"/Subject", info.Subject},
		{"/Creator", info.Creator},
		{"/Producer", info.Producer},
	} {
		if entry.text != "" {
			f.s.out = append(f.s.out, entry.name...)
			f.s.out = appendTextString(f.s.out, entry.text)
		}
	}
	date := info.Date.Format("20060102150405")
	f.printf("/CreationDate(D:%s)/ModDate(D:%s)>>", date, date)
	f.end()
}

// trailer writes where each object stands, and the digest of all that is
// before it as the identity of the file.
func (f *File) trailer() {
	id := sha256.Sum256(f.s.out)
	at := len(f.s.out)
	f.printf("xref\n0 %d\n0000000000 65535 f \n", len(f.offsets))
	for n := 1; n < len(f.offsets); n++ {
		if f.offsets[n] == 0 {
			panic(fmt.Sprintf("pdffile: object %d was reserved and not written", n))
		}
		f.printf("%010d 00000 n \n", f.offsets[n])
	}
	f.printf("trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[", len(f.offsets), catalogObject, infoObject)
	for range 2 {
		f.s.out = appendHexString(f.s.out, id[:16])
	}
	f.printf("]>>\nstartxref\n%d\n%%%%EOF\n", at)
}

// printf appends to the file.
func (f *File) printf(format string, args ...any) { f.s.out = fmt.Appendf(f.s.out, format, args...) }

// reserve is the number of an object that is yet to be written.
func (f *File) reserve() int {
	f.offsets = append(f.offsets, 0)
	return len(f.offsets) - 1
}

// begin begins the object of a number, and gives it back.
func (f *File) begin(n int) int {
	f.offsets[n] = len(f.s.out)
	f.printf("%d 0 obj\n", n)
	return n
}

func (f *File) end() { f.printf("\nendobj\n") }

// stream writes compressed data as an object with further entries of its
// dictionary, and gives its number.
func (f *File) stream(entries string, packed []byte) int {
	n := f.begin(f.reserve())
	f.printf("<<%s/Filter/FlateDecode/Length %d>>\nstream\n", entries, len(packed))
	f.s.out = append(f.s.out, packed...)
	f.printf("\nendstream")
	f.end()
	return n
}

// appendUnit writes a distance with no more decimals than it has.
func appendUnit(to []byte, u Unit) []byte {
	if u < 0 {
		to, u = append(to, '-'), -u
	}
	if u >= 100 || u == 0 {
		to = strconv.AppendInt(to, int64(u/100), 10)
	}
	if u %= 100; u != 0 {
		to = append(to, '.', '0'+byte(u/10))
		if u%10 != 0 {
			to = append(to, '0'+byte(u%10))
		}
	}
	return to
}

// appendTextString writes a text as the string of a dictionary: letters of
// ASCII as they are, any others as UTF-16.
func appendTextString(to []byte, s string) []byte {
	for _, r := range s {
		if r < ' ' || r > '~' {
			code := []byte{0xfe, 0xff}
			for _, u := range utf16.Encode([]rune(s)) {
				code = append(code, byte(u>>8), byte(u))
			}
			return appendHexString(to, code)
		}
	}
	to = append(to, '(')
	for i := range len(s) {
		to = appendEscaped(to, s[i])
	}
	return append(to, ')')
}

// appendEscaped writes a byte of a string that stands between parentheses. A
// reader takes a carriage return for a line feed, so it is escaped too.
func appendEscaped(to []byte, b byte) []byte {
	switch b {
	case '(', ')', '\\':
		return append(to, '\\', b)
	case '\r':
		return append(to, '\\', 'r')
	}
	return append(to, b)
}

func appendHexString(to, b []byte) []byte {
	const digits = "0123456789abcdef"
	to = append(to, '<')
	for _, x := range b {
		to = append(to, digits[x>>4], digits[x&15])
	}
	return append(to, '>')
}
