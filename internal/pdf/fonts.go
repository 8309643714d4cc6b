package pdf

import (
	"fmt"
	"math"

	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-fonts/liberation/liberationserifbolditalic"
	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// Fonts is the family of four faces in which documents are set. It never
// changes after LoadFonts; goroutines share it.
type Fonts struct {
	faces [styles]face
}

const styles = 4

// face is one font file. Widths are kept for the basic multilingual plane
// only: text above it is refused.
type face struct {
	ttf   []byte
	width []uint16 // by rune, in thousandths of an em; noGlyph where the face has none
}

// noGlyph is wider than any glyph.
const noGlyph = math.MaxUint16

// missingWidth is the width at which a missing glyph is laid out.
const missingWidth = 500

// LoadFonts reads the faces that are built into the program.
func LoadFonts() (*Fonts, error) {
	files := [styles][]byte{
		Regular:    liberationserifregular.TTF,
		Bold:       liberationserifbold.TTF,
		Italic:     liberationserifitalic.TTF,
		BoldItalic: liberationserifbolditalic.TTF,
	}
	f := &Fonts{}
	for style, ttf := range files {
		width, err := glyphWidths(ttf)
		if err != nil {
			return nil, fmt.Errorf("read font %s: %w", Style(style), err)
		}
		f.faces[style] = face{ttf: ttf, width: width}
	}
	return f, nil
}

func glyphWidths(ttf []byte) ([]uint16, error) {
	parsed, err := sfnt.Parse(ttf)
	if err != nil {
		return nil, err
	}
	var buf sfnt.Buffer
	em := int(parsed.UnitsPerEm())
	widths := make([]uint16, 1<<16)
	for r := range widths {
		widths[r] = noGlyph
		if uncovered(rune(r)) {
			continue
		}
		glyph, err := parsed.GlyphIndex(&buf, rune(r))
		if err != nil {
			return nil, fmt.Errorf("glyph of %U: %w", r, err)
		}
		if glyph == 0 {
			continue
		}
		// At a size of one em in font units the advance is exact.
		advance, err := parsed.GlyphAdvance(&buf, glyph, fixed.I(em), font.HintingNone)
		if err != nil {
			return nil, fmt.Errorf("width of %U: %w", r, err)
		}
		widths[r] = uint16((advance.Round()*1000 + em/2) / em)
	}
	return widths, nil
}

// uncovered tells ranges of which no face of the family has a glyph, and that
// are large enough to be worth leaving out: East Asian scripts, surrogates and
// private use.
func uncovered(r rune) bool { return r >= 0x3000 && r < 0xa700 || r >= 0xac00 && r < 0xfb00 }

// runeWidth is the advance of r in thousandths of an em.
func (f *Fonts) runeWidth(style Style, r rune) int {
	if r < 0 || r > 0xffff {
		return missingWidth
	}
	if w := f.faces[style].width[r]; w != noGlyph {
		return int(w)
	}
	return missingWidth
}

// hasGlyph reports whether every face can draw r.
func (f *Fonts) hasGlyph(r rune) bool {
	if r < 0 || r > 0xffff {
		return false
	}
	for style := range f.faces {
		if f.faces[style].width[r] == noGlyph {
			return false
		}
	}
	return true
}

// width is the advance of a text in thousandths of an em.
func (f *Fonts) width(style Style, text string) int {
	w := 0
	for _, r := range text {
		w += f.runeWidth(style, r)
	}
	return w
}

// scale turns thousandths of an em into a length.
func scale(units int, size Length) Length { return Length(units) * size / 1000 }
