package pdffile

// subset is the memory in which a font program with some of a face's glyphs is
// made.
type subset struct {
	glyphs  []uint16 // of the face, by number in the subset; 0 is an empty one but for the first
	numbers []uint16 // by glyph of the face; 0 where the subset has none yet
	outline []byte
	starts  []uint32
	out     []byte
}

// begin makes the glyph that stands for a missing one the first.
func (s *subset) begin(face *Face) {
	s.glyphs = append(s.glyphs[:0], 0)
	s.numbers = append(s.numbers[:0], make([]uint16, len(face.advance))...)
}

// add puts a glyph next; 0 is an empty one.
func (s *subset) add(glyph uint16) {
	if glyph != 0 && s.numbers[glyph] == 0 {
		s.numbers[glyph] = uint16(len(s.glyphs))
	}
	s.glyphs = append(s.glyphs, glyph)
}

// program is a font file with the glyphs that were added, in that order, and
// behind them those of which they are made. It holds until the next begin.
func (s *subset) program(face *Face) []byte {
	s.outline, s.starts = s.outline[:0], append(s.starts[:0], 0)
	for i := 0; i < len(s.glyphs); i++ { // parts are added on the way
		if g := s.glyphs[i]; g != 0 || i == 0 {
			from := len(s.outline)
			s.outline = append(s.outline, face.outline(g)...)
			eachPart(s.outline[from:], func(part []byte) bool {
				whole := order.Uint16(part)
				if whole != 0 && s.numbers[whole] == 0 {
					s.add(whole)
				}
				order.PutUint16(part, s.numbers[whole])
				return true
			})
			s.outline = append(s.outline, "\x00\x00\x00"[:-len(s.outline)&3]...)
		}
		s.starts = append(s.starts, uint32(len(s.outline)))
	}
	return s.assemble(face)
}

// The tables of the program in the order of their tags: what a reader needs
// that finds glyphs by their numbers.
var programTables = []string{"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"}

func (s *subset) assemble(face *Face) []byte {
	long := len(s.outline)/2 > 0xffff
	tags := make([]string, 0, len(programTables))
	for _, tag := range programTables {
		if face.tables[tag] != nil {
			tags = append(tags, tag)
		}
	}
	// The header: a version, the number of tables, and what helps to search
	// for one by halves.
	power, log := 1, 0
	for 2*power <= len(tags) {
		power, log = 2*power, log+1
	}
	b := order.AppendUint32(s.out[:0], 0x00010000)
	for _, n := range []int{len(tags), 16 * power, log, 16 * (len(tags) - power)} {
		b = order.AppendUint16(b, uint16(n))
	}
	b = append(b, make([]byte, 16*len(tags))...)
	head := 0
	for i, tag := range tags {
		start := len(b)
		switch tag {
		case "glyf":
			b = append(b, s.outline...)
		case "head":
			head = start
			b = append(b, face.tables[tag][:54]...)
			order.PutUint32(b[start+8:], 0) // the sum of the file, below
			order.PutUint16(b[start+50:], 0)
			if long {
				order.PutUint16(b[start+50:], 1)
			}
		case "hhea":
			b = append(b, face.tables[tag][:36]...)
			order.PutUint16(b[start+34:], uint16(len(s.glyphs)))
		case "hmtx":
			for i, g := range s.glyphs {
				if g == 0 && i > 0 {
					b = append(b, 0, 0, 0, 0)
					continue
				}
				b = order.AppendUint16(b, face.advance[g])
				b = order.AppendUint16(b, face.bearing[g])
			}
		case "loca":
			for _, at := range s.starts {
				if long {
					b = order.AppendUint32(b, at)
				} else {
					b = order.AppendUint16(b, uint16(at/2))
				}
			}
		case "maxp":
			b = append(b, face.tables[tag]...)
			order.PutUint16(b[start+4:], uint16(len(s.glyphs)))
		default:
			b = append(b, face.tables[tag]...)
		}
		size := len(b) - start
		b = append(b, "\x00\x00\x00"[:-len(b)&3]...)
		entry := b[12+16*i:]
		copy(entry, tag)
		order.PutUint32(entry[4:], sum(b[start:]))
		order.PutUint32(entry[8:], uint32(start))
		order.PutUint32(entry[12:], uint32(size))
	}
	order.PutUint32(b[head+8:], 0xb1b0afba-sum(b))
	s.out = b
	return b
}

// sum is the sum of the numbers of four bytes of which b consists.
func sum(b []byte) uint32 {
	var n uint32
	for ; len(b) >= 4; b = b[4:] {
		n += order.Uint32(b)
	}
	return n
}
