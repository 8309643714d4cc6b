package pdffile

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// TestFaces holds the letters and widths of each face against another reader
// of the same files.
func TestFaces(t *testing.T) {
	for i, face := range parseFaces(t) {
		other, err := sfnt.Parse(fontFiles[i].ttf)
		if err != nil {
			t.Fatal(err)
		}
		var buf sfnt.Buffer
		em := int(other.UnitsPerEm())
		letters := 0
		for r := rune(0); r <= lastRune; r++ {
			glyph, err := other.GlyphIndex(&buf, r)
			if err != nil {
				t.Fatal(err)
			}
			if glyph != sfnt.GlyphIndex(face.glyph[r]) {
				t.Fatalf("%s: glyph of %U is %d, want %d", face.name, r, face.glyph[r], glyph)
			}
			if glyph == 0 {
				if face.Width(r) != -1 {
					t.Errorf("%s has no %U, but a width for it", face.name, r)
				}
				continue
			}
			letters++
			// At a size of one em in font units the advance is exact.
			advance, err := other.GlyphAdvance(&buf, glyph, fixed.I(em), font.HintingNone)
			if err != nil {
				t.Fatal(err)
			}
			if want := (advance.Round()*1000 + em/2) / em; face.Width(r) != want {
				t.Errorf("%s: width of %U is %d, want %d", face.name, r, face.Width(r), want)
			}
		}
		if letters < 2000 {
			t.Errorf("%s has %d letters", face.name, letters)
		}
		if face.Width(-1) != -1 || face.Width(lastRune+1) != -1 {
			t.Errorf("%s has letters that are none", face.name)
		}
	}
}

// TestSharedWidth reads a font whose last glyphs have the width of the one
// before them, as monospaced faces do.
func TestSharedWidth(t *testing.T) {
	ttf := slices.Clone(fontFiles[0].ttf)
	tables, err := directory(ttf)
	if err != nil {
		t.Fatal(err)
	}
	whole := parseFaces(t)[0]
	count := len(whole.advance)
	full := count - 700
	for whole.advance[full-1] == whole.advance[full-2] {
		full--
	}
	order.PutUint16(tables["hhea"][34:], uint16(full)) // the tables lie in the file
	for i := range len(tables) {
		if entry := ttf[12+16*i:]; string(entry[:4]) == "hmtx" {
			order.PutUint32(entry[12:], uint32(4*full+2*(count-full)))
		}
	}
	face, err := ParseFace("shared", ttf)
	if err != nil {
		t.Fatal(err)
	}
	other, err := sfnt.Parse(ttf)
	if err != nil {
		t.Fatal(err)
	}
	for g := full - 10; g < count; g++ {
		if got, want := int(face.advance[g]), advanceOf(t, other, g).Round(); got != want {
			t.Fatalf("glyph %d is %d wide, want %d", g, got, want)
		}
	}
}

// TestMetrics holds what is said of each face against what is known of it.
func TestMetrics(t *testing.T) {
	want := []metrics{
		{box: [4]int{-544, -303, 1278, 981}, ascent: 891, descent: -216, caps: 655, stem: 87, weight: 400},
		{box: [4]int{-544, -303, 1344, 1008}, ascent: 891, descent: -216, caps: 655, stem: 165, weight: 700},
		{box: [4]int{-544, -303, 1287, 981}, ascent: 891, descent: -216, caps: 655, angle: -17, stem: 87, weight: 400},
		{box: [4]int{-544, -303, 1308, 981}, ascent: 891, descent: -216, caps: 655, angle: -17, stem: 165, weight: 700},
	}
	for i, face := range parseFaces(t) {
		if diff := cmp.Diff(want[i], face.metrics, cmp.AllowUnexported(metrics{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", face.name, diff)
		}
	}
}

// TestSubset holds the shapes of a subset's glyphs against those of the face,
// both as another reader of fonts draws them.
func TestSubset(t *testing.T) {
	var s subset
	for i, face := range parseFaces(t) {
		whole, err := sfnt.Parse(fontFiles[i].ttf)
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(1, uint64(i)))
		few := []uint16{0, 0, 0}
		for range 80 {
			few = append(few, uint16(r.IntN(len(face.advance))))
		}
		few = append(few, few[3], few[4]) // a glyph may stand for two letters
		all := []uint16{}
		for _, g := range r.Perm(len(face.advance)) {
			all = append(all, uint16(g))
		}
		for _, glyphs := range [][]uint16{few, all, nil} {
			s.begin(face)
			for _, g := range glyphs {
				s.add(g)
			}
			program := slices.Clone(s.program(face))
			checkSums(t, program)
			part, err := sfnt.Parse(completed(t, face, program))
			if err != nil {
				t.Fatal(err)
			}
			for n, g := range append([]uint16{0}, glyphs...) {
				if n > 0 && g == 0 {
					if shape := shapeOf(t, part, n); len(shape) != 0 {
						t.Fatalf("%s: glyph %d of the subset is not empty", face.name, n)
					}
					continue
				}
				if !slices.Equal(shapeOf(t, part, n), shapeOf(t, whole, int(g))) {
					t.Fatalf("%s: glyph %d of the subset has another shape than %d of the face", face.name, n, g)
				}
				if a, b := advanceOf(t, part, n), advanceOf(t, whole, int(g)); a != b {
					t.Fatalf("%s: glyph %d of the subset is %d wide, want %d", face.name, n, a, b)
				}
			}
		}
	}
}

func shapeOf(t *testing.T, f *sfnt.Font, glyph int) sfnt.Segments {
	t.Helper()
	var buf sfnt.Buffer
	shape, err := f.LoadGlyph(&buf, sfnt.GlyphIndex(glyph), fixed.I(2048), nil)
	if err != nil {
		t.Fatal(err)
	}
	return slices.Clone(shape)
}

func advanceOf(t *testing.T, f *sfnt.Font, glyph int) fixed.Int26_6 {
	t.Helper()
	advance, err := f.GlyphAdvance(new(sfnt.Buffer), sfnt.GlyphIndex(glyph), fixed.I(2048), font.HintingNone)
	if err != nil {
		t.Fatal(err)
	}
	return advance
}

// checkSums adds up each table and the whole program.
func checkSums(t *testing.T, program []byte) {
	t.Helper()
	if got := sum(program); got != 0xb1b0afba {
		t.Errorf("the sum of the program is %x", got)
	}
	last := ""
	for i := range int(order.Uint16(program[4:])) {
		entry := program[12+16*i:]
		tag := string(entry[:4])
		start, size := order.Uint32(entry[8:]), order.Uint32(entry[12:])
		table := slices.Clone(program[start : start+(size+3)&^3])
		if tag == "head" {
			order.PutUint32(table[8:], 0)
		}
		if got := sum(table); got != order.Uint32(entry[4:]) {
			t.Errorf("the sum of table %q is %x, said to be %x", tag, got, order.Uint32(entry[4:]))
		}
		if tag <= last {
			t.Errorf("table %q stands behind %q", tag, last)
		}
		last = tag
	}
}

// completed adds the tables that a program does without, and the reader of
// this test does not.
func completed(t *testing.T, face *Face, program []byte) []byte {
	t.Helper()
	tables, err := directory(program)
	if err != nil {
		t.Fatal(err)
	}
	var tags []string
	for tag := range tables {
		tags = append(tags, tag)
	}
	for _, tag := range []string{"OS/2", "cmap", "name"} {
		tables[tag] = face.tables[tag]
		tags = append(tags, tag)
	}
	tables["post"] = append([]byte{0, 3, 0, 0}, face.tables["post"][4:32]...)
	tags = append(tags, "post")
	slices.Sort(tags)
	b := order.AppendUint32(nil, 0x00010000)
	b = order.AppendUint16(b, uint16(len(tags)))
	b = append(b, make([]byte, 6+16*len(tags))...)
	for i, tag := range tags {
		copy(b[12+16*i:], tag)
		order.PutUint32(b[12+16*i+8:], uint32(len(b)))
		order.PutUint32(b[12+16*i+12:], uint32(len(tables[tag])))
		b = append(b, tables[tag]...)
		b = append(b, make([]byte, -len(b)&3)...)
	}
	return b
}

// FuzzParseFace reads damaged fonts: each is refused, or has subsets.
func FuzzParseFace(f *testing.F) {
	tables, err := directory(fontFiles[0].ttf)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(0), []byte{0, 1})
	for i := range len(tables) {
		f.Add(uint32(12+16*i+9), []byte{0xff, 0, 1})
	}
	for _, tag := range []string{"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"} {
		for i := range len(tables) {
			entry := fontFiles[0].ttf[12+16*i:]
			if string(entry[:4]) == tag {
				start := order.Uint32(entry[8:])
				f.Add(start+4, []byte{0xff, 0xff})
				f.Add(start+34, []byte{0xff, 0xff})
				f.Add(start+2000, []byte{0x80, 0, 0, 0, 0xff})
			}
		}
	}
	f.Fuzz(func(t *testing.T, at uint32, damage []byte) {
		ttf := slices.Clone(fontFiles[0].ttf)
		copy(ttf[at%uint32(len(ttf)):], damage)
		if len(damage) == 0 {
			ttf = ttf[:at%uint32(len(ttf))]
		}
		face, err := ParseFace("damaged", ttf)
		if err != nil {
			return
		}
		var s subset
		s.begin(face)
		for g := range min(len(face.advance), 3000) {
			s.add(uint16(g))
		}
		s.program(face)
	})
}

func BenchmarkParseFace(b *testing.B) {
	for b.Loop() {
		if _, err := ParseFace(fontFiles[0].name, fontFiles[0].ttf); err != nil {
			b.Fatal(err)
		}
	}
}
