package pdffile

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Face is a TrueType font file that has been read. It never changes;
// goroutines share it. Its letters are those of the basic multilingual plane.
type Face struct {
	name    string
	tables  map[string][]byte // those that a subset is made of
	glyphs  []byte            // the table of outlines
	starts  []uint32          // of each glyph in glyphs, and the end of the last
	advance []uint16          // of each glyph, in font units
	bearing []uint16          // at its left, of each glyph, as in the file
	glyph   []uint16          // by letter; 0 where the face has none
	width   []uint16          // by letter, one more than its thousandths of an em; 0 where the face has none
	metrics metrics
}

// metrics are what a file tells of a face as a whole, lengths in thousandths of
// an em.
type metrics struct {
	box                   [4]int
	ascent, descent, caps int
	angle                 int // of italics, in degrees
	stem                  int // estimated
	weight                int // 400 is regular
}

const lastRune = 0xffff

var order = binary.BigEndian

// ParseFace reads a font file; name is the PostScript name of the face. The
// face keeps the bytes, which must not change.
func ParseFace(name string, ttf []byte) (*Face, error) {
	f := &Face{name: name}
	if err := f.parse(ttf); err != nil {
		return nil, fmt.Errorf("read font %s: %w", name, err)
	}
	return f, nil
}

// Width is the advance of a letter in thousandths of an em, or -1 if the face
// does not have it.
func (f *Face) Width(r rune) int {
	if uint32(r) > lastRune {
		return -1
	}
	return int(f.width[r]) - 1
}

// The tables of a font, and how long the fixed part of each is at least.
var needed = []struct {
	tag  string
	size int
}{
	{"OS/2", 90}, {"cmap", 4}, {"glyf", 0}, {"head", 54}, {"hhea", 36}, {"hmtx", 4}, {"loca", 4}, {"maxp", 6}, {"post", 16},
}

func (f *Face) parse(ttf []byte) error {
	tables, err := directory(ttf)
	if err != nil {
		return err
	}
	for _, t := range needed {
		if len(tables[t.tag]) < t.size || tables[t.tag] == nil {
			return fmt.Errorf("table %q is missing or too short", t.tag)
		}
	}
	f.tables, f.glyphs = tables, tables["glyf"]
	count := int(order.Uint16(tables["maxp"][4:]))
	em := int(order.Uint16(tables["head"][18:]))
	if count == 0 || em < 16 {
		return errors.New("no glyphs, or no size of an em")
	}
	if err := f.parseLocations(count); err != nil {
		return err
	}
	if err := f.parseAdvances(count); err != nil {
		return err
	}
	if err := f.checkGlyphs(count); err != nil {
		return err
	}
	if err := f.parseLetters(count, em); err != nil {
		return err
	}
	f.parseMetrics(em)
	return nil
}

// thousandths turns font units into thousandths of an em.
func thousandths(units, em int) int {
	if units < 0 {
		return -thousandths(-units, em)
	}
	return (units*1000 + em/2) / em
}

// directory is the tables of a font file by their tags.
func directory(ttf []byte) (map[string][]byte, error) {
	if len(ttf) < 12 || order.Uint32(ttf) != 0x00010000 {
		return nil, errors.New("not a TrueType font")
	}
	count := int(order.Uint16(ttf[4:]))
	if len(ttf) < 12+16*count {
		return nil, errors.New("the list of tables is cut off")
	}
	tables := make(map[string][]byte, count)
	for i := range count {
		entry := ttf[12+16*i:]
		start, size := uint64(order.Uint32(entry[8:])), uint64(order.Uint32(entry[12:]))
		if start+size > uint64(len(ttf)) {
			return nil, fmt.Errorf("table %q is cut off", entry[:4])
		}
		tables[string(entry[:4])] = ttf[start : start+size : start+size]
	}
	return tables, nil
}

func (f *Face) parseLocations(count int) error {
	loca := f.tables["loca"]
	long := order.Uint16(f.tables["head"][50:]) != 0
	if long && len(loca) < 4*(count+1) || len(loca) < 2*(count+1) {
		return errors.New(`table "loca" is cut off`)
	}
	f.starts = make([]uint32, count+1)
	for i := range f.starts {
		if long {
			f.starts[i] = order.Uint32(loca[4*i:])
		} else {
			f.starts[i] = 2 * uint32(order.Uint16(loca[2*i:]))
		}
		if i > 0 && f.starts[i] < f.starts[i-1] || uint64(f.starts[i]) > uint64(len(f.glyphs)) {
			return fmt.Errorf("glyph %d is not where it is said to be", i)
		}
	}
	return nil
}

func (f *Face) parseAdvances(count int) error {
	hmtx := f.tables["hmtx"]
	full := int(order.Uint16(f.tables["hhea"][34:]))
	if full == 0 || full > count || len(hmtx) < 4*full+2*(count-full) {
		return errors.New(`table "hmtx" is cut off`)
	}
	f.advance, f.bearing = make([]uint16, count), make([]uint16, count)
	for i := range count {
		if i < full {
			f.advance[i], f.bearing[i] = order.Uint16(hmtx[4*i:]), order.Uint16(hmtx[4*i+2:])
		} else { // as wide as the last that has a width
			f.advance[i], f.bearing[i] = f.advance[full-1], order.Uint16(hmtx[4*full+2*(i-full):])
		}
	}
	return nil
}

// checkGlyphs makes sure that the parts of each glyph made of others can be
// found, so that making a subset cannot fail.
func (f *Face) checkGlyphs(count int) error {
	for i := range count {
		ok := eachPart(f.outline(uint16(i)), func(part []byte) bool { return int(order.Uint16(part)) < count })
		if !ok {
			return fmt.Errorf("glyph %d is broken", i)
		}
	}
	return nil
}

// outline is the description of a glyph; a space has an empty one.
func (f *Face) outline(glyph uint16) []byte { return f.glyphs[f.starts[glyph]:f.starts[glyph+1]] }

// Flags of a part of a glyph.
const (
	wordArguments = 1 << 0
	oneScale      = 1 << 3
	moreParts     = 1 << 5
	twoScales     = 1 << 6
	fourScales    = 1 << 7
)

// eachPart gives the two bytes that number each glyph of which a glyph is made
// to do, and reports whether all could be read and do was content with each. A
// glyph with contours of its own has no parts.
func eachPart(outline []byte, do func(part []byte) bool) bool {
	if len(outline) == 0 {
		return true
	}
	if len(outline) < 10 {
		return false
	}
	if int16(order.Uint16(outline)) >= 0 {
		return true
	}
	for at := 10; ; {
		if len(outline) < at+4 {
			return false
		}
		flags := order.Uint16(outline[at:])
		if !do(outline[at+2 : at+4]) {
			return false
		}
		at += 6
		if flags&wordArguments != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&fourScales != 0:
			at += 8
		}
		if flags&moreParts == 0 {
			return at <= len(outline)
		}
	}
}

// parseLetters reads which glyph each letter has from the Unicode subtable for
// the basic multilingual plane, format 4: segments of letters with an offset
// to their glyphs, or to where their glyphs are listed.
func (f *Face) parseLetters(count, em int) error {
	cmap := f.tables["cmap"]
	for i := range int(order.Uint16(cmap[2:])) {
		if len(cmap) < 4+8*(i+1) {
			return errors.New(`table "cmap" is cut off`)
		}
		entry := cmap[4+8*i:]
		at := uint64(order.Uint32(entry[4:]))
		if order.Uint16(entry) == 3 && order.Uint16(entry[2:]) == 1 && at+14 <= uint64(len(cmap)) && order.Uint16(cmap[at:]) == 4 {
			return f.parseSegments(cmap[at:], count, em)
		}
	}
	return errors.New("no table of Unicode letters")
}

func (f *Face) parseSegments(t []byte, count, em int) error {
	n := int(order.Uint16(t[6:])) / 2
	if len(t) < 16+8*n {
		return errors.New("the segments of letters are cut off")
	}
	f.glyph, f.width = make([]uint16, lastRune+1), make([]uint16, lastRune+1)
	ends, starts, deltas, offsets := t[14:], t[16+2*n:], t[16+4*n:], t[16+6*n:]
	for i := range n {
		first, last := int(order.Uint16(starts[2*i:])), int(order.Uint16(ends[2*i:]))
		delta, offset := order.Uint16(deltas[2*i:]), int(order.Uint16(offsets[2*i:]))
		for r := first; r <= last; r++ {
			glyph := uint16(r)
			if offset != 0 {
				at := 2*i + offset + 2*(r-first)
				if at+2 > len(offsets) {
					return fmt.Errorf("the glyph of %U is cut off", r)
				}
				if glyph = order.Uint16(offsets[at:]); glyph == 0 {
					continue
				}
			}
			if glyph += delta; glyph != 0 && int(glyph) < count {
				f.glyph[r] = glyph
				f.width[r] = 1 + uint16(min(thousandths(int(f.advance[glyph]), em), lastRune-1))
			}
		}
	}
	return nil
}

func (f *Face) parseMetrics(em int) {
	signed := func(table string, at int) int { return int(int16(order.Uint16(f.tables[table][at:]))) }
	m := &f.metrics
	for i := range m.box {
		m.box[i] = thousandths(signed("head", 36+2*i), em)
	}
	m.ascent = thousandths(signed("hhea", 4), em)
	m.descent = thousandths(signed("hhea", 6), em)
	m.caps = thousandths(signed("OS/2", 88), em)
	m.angle = signed("post", 4) // the whole degrees of a fixed-point number
	m.weight = int(order.Uint16(f.tables["OS/2"][4:]))
	m.stem = 50 + m.weight*m.weight/(65*65)
}
