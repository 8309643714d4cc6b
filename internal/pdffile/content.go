package pdffile

import (
	"fmt"
	"unicode/utf8"
)

// pen is what has been set on the page so far: an operator is written only
// where something changes. The zero colours are those of a new page.
type pen struct {
	fill, stroke Color
	thick        Unit // 0 is not set yet
	font         int  // index of a face; -1 is not set yet
	size         Unit
}

// Line draws a line from one point to another, thick wide around its path and
// cut off at its ends.
func (f *File) Line(x1, y1, x2, y2, thick Unit, c Color) {
	f.mustDraw()
	b := f.s.content
	if c != f.pen.stroke {
		b, f.pen.stroke = appendColor(b, c, "G\n", "RG\n"), c
	}
	if thick != f.pen.thick {
		b, f.pen.thick = append(appendUnit(b, thick), " w\n"...), thick
	}
	b = appendPoint(b, x1, y1, "m ")
	f.s.content = appendPoint(b, x2, y2, "l S\n")
}

// Text draws a text on one line, beginning at x on the baseline y, in a face
// of a font size. A letter that the face does not have, or that is no valid
// UTF-8, panics.
func (f *File) Text(x, y Unit, face int, size Unit, c Color, text string) {
	f.mustDraw()
	b := f.s.content
	if face != f.pen.font || size != f.pen.size {
		b = append(b, '/', 'F', '0'+byte(face), ' ')
		b = append(appendUnit(b, size), " Tf\n"...)
		f.pen.font, f.pen.size = face, size
	}
	if c != f.pen.fill {
		b, f.pen.fill = appendColor(b, c, "g\n", "rg\n"), c
	}
	// Each text has its place on the page, not one beside the text before it:
	// readers' errors in adding would grow.
	b = appendPoint(append(b, "BT "...), x, y, "Td(")
	b = f.s.used[face].appendCodes(b, f.writer.faces[face], text)
	f.s.content = append(b, ")Tj ET\n"...)
}

func (f *File) mustDraw() {
	if !f.open {
		panic("pdffile: no page has begun")
	}
}

func appendPoint(to []byte, x, y Unit, operator string) []byte {
	to = append(appendUnit(to, x), ' ')
	to = append(appendUnit(to, y), ' ')
	return append(to, operator...)
}

// appendColor sets a colour by the operator of greys, if it is one, or by that
// of other colours.
func appendColor(to []byte, c Color, grey, other string) []byte {
	to = append(appendPart(to, c.R), ' ')
	if c.R == c.G && c.G == c.B {
		return append(to, grey...)
	}
	to = append(appendPart(to, c.G), ' ')
	to = append(appendPart(to, c.B), ' ')
	return append(to, other...)
}

// appendPart writes a part of a colour, from 0 to 255, as one from 0 to 1 with
// three decimals, which tell any two of them apart.
func appendPart(to []byte, part uint8) []byte {
	switch n := (int(part)*1000 + 127) / 255; n {
	case 0:
		return append(to, '0')
	case 1000:
		return append(to, '1')
	default:
		return append(to, '.', '0'+byte(n/100), '0'+byte(n/10%10), '0'+byte(n%10))
	}
}

// letters are those of a face that a file uses, and the codes by which its
// texts name them: a printable letter of ASCII has itself as its code, and any
// other the next one from firstCode in the order of its first use.
type letters struct {
	ascii [128]bool
	codes [256]*[256]uint16 // by high and low byte of the letter; 0 has none yet
	more  []rune            // by code, from firstCode
}

const (
	firstAscii = ' '
	lastAscii  = '~'
	firstCode  = lastAscii + 1 // below it a letter is its own code
)

func (l *letters) reset() {
	clear(l.ascii[:])
	for _, r := range l.more {
		l.codes[r>>8][r&0xff] = 0
	}
	l.more = l.more[:0]
}

// none reports whether the file uses no letter of the face.
func (l *letters) none() bool { return len(l.more) == 0 && l.ascii == [128]bool{} }

// appendCodes writes the codes of a text, two bytes each, as the inner part of
// a string.
func (l *letters) appendCodes(to []byte, face *Face, text string) []byte {
	for i, r := range text {
		if r < firstAscii || r > lastAscii {
			code := l.code(face, text, i, r)
			to = appendEscaped(appendEscaped(to, byte(code>>8)), byte(code))
			continue
		}
		if !l.ascii[r] {
			mustHave(face, text, r)
			l.ascii[r] = true
		}
		to = append(to, 0)
		if r == '(' || r == ')' || r == '\\' {
			to = append(to, '\\')
		}
		to = append(to, byte(r))
	}
	return to
}

func (l *letters) code(face *Face, text string, at int, r rune) uint16 {
	if r == utf8.RuneError && text[at] != "\ufffd"[0] {
		panic(fmt.Sprintf("pdffile: %q is not UTF-8", text))
	}
	if r <= lastRune {
		if row := l.codes[r>>8]; row == nil {
			l.codes[r>>8] = new([256]uint16)
		} else if code := row[r&0xff]; code != 0 {
			return code
		}
	}
	mustHave(face, text, r)
	code := firstCode + uint16(len(l.more))
	l.more = append(l.more, r)
	l.codes[r>>8][r&0xff] = code
	return code
}

func mustHave(face *Face, text string, r rune) {
	if face.Width(r) < 0 {
		panic(fmt.Sprintf("pdffile: %s has no glyph for %U in %q", face.name, r, text))
	}
}
