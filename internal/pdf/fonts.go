package pdf

import (
	"sync"
	"unicode"
	"unicode/utf8"

	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-fonts/liberation/liberationserifbolditalic"
	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-fonts/liberation/liberationserifregular"

	"concordat/internal/pdffile"
)

// Fonts is the family of four faces in which documents are set. Goroutines
// share it; what it keeps from document to document changes no result.
type Fonts struct {
	faces  [styles]*pdffile.Face
	ascii  [styles][256]uint16 // widths as of runeWidth by signs of ASCII, for most of any text
	writer *pdffile.Writer
	layout sync.Pool // of *memory
}

const styles = 4

// missingWidth is the width at which a missing glyph is laid out.
const missingWidth = 500

// LoadFonts reads the faces that are built into the program.
func LoadFonts() (*Fonts, error) {
	files := [styles]struct {
		name string
		ttf  []byte
	}{
		Regular:    {"LiberationSerif", liberationserifregular.TTF},
		Bold:       {"LiberationSerif-Bold", liberationserifbold.TTF},
		Italic:     {"LiberationSerif-Italic", liberationserifitalic.TTF},
		BoldItalic: {"LiberationSerif-BoldItalic", liberationserifbolditalic.TTF},
	}
	f := &Fonts{}
	for style, file := range files {
		face, err := pdffile.ParseFace(file.name, file.ttf)
		if err != nil {
			return nil, err
		}
		f.faces[style] = face
		for r := range utf8.RuneSelf {
			f.ascii[style][r] = uint16(widthOf(face, rune(r)))
		}
	}
	f.layout.New = func() any { return new(memory) }
	f.writer = pdffile.NewWriter(f.faces[:]...)
	return f, nil
}

// runeWidth is the advance of r in thousandths of an em.
func (f *Fonts) runeWidth(style Style, r rune) int {
	if uint32(r) < utf8.RuneSelf {
		return int(f.ascii[style][r])
	}
	return widthOf(f.faces[style], r)
}

func widthOf(face *pdffile.Face, r rune) int {
	if w := face.Width(r); w >= 0 {
		return w
	}
	return missingWidth
}

// hasGlyph reports whether every face can draw r. Signs for private use are
// whatever a face takes them for.
func (f *Fonts) hasGlyph(r rune) bool {
	if unicode.Is(unicode.Co, r) {
		return false
	}
	for _, face := range f.faces {
		if face.Width(r) < 0 {
			return false
		}
	}
	return true
}

// width is the advance of a text in thousandths of an em.
func (f *Fonts) width(style Style, text string) int {
	w, ascii := 0, &f.ascii[style]
	for _, r := range text {
		if uint32(r) < utf8.RuneSelf {
			w += int(ascii[r])
		} else {
			w += widthOf(f.faces[style], r)
		}
	}
	return w
}

// scale turns thousandths of an em into a length.
func scale(units int, size Length) Length { return Length(units) * size / 1000 }
