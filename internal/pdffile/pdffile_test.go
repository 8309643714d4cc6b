package pdffile

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"codeberg.org/go-fonts/liberation/liberationserifbold"
	"codeberg.org/go-fonts/liberation/liberationserifbolditalic"
	"codeberg.org/go-fonts/liberation/liberationserifitalic"
	"codeberg.org/go-fonts/liberation/liberationserifregular"
	"github.com/google/go-cmp/cmp"

	"concordat/internal/reader"
)

var fontFiles = []struct {
	name string
	ttf  []byte
}{
	{"LiberationSerif", liberationserifregular.TTF},
	{"LiberationSerif-Bold", liberationserifbold.TTF},
	{"LiberationSerif-Italic", liberationserifitalic.TTF},
	{"LiberationSerif-BoldItalic", liberationserifbolditalic.TTF},
}

func parseFaces(t testing.TB) []*Face {
	t.Helper()
	var faces []*Face
	for _, f := range fontFiles {
		face, err := ParseFace(f.name, f.ttf)
		if err != nil {
			t.Fatal(err)
		}
		faces = append(faces, face)
	}
	return faces
}

var testInfo = Info{
	Title: "Umowa – Łódź (1) \\ “x”", Author: "A (b) \\ c", Creator: "test", Producer: "pdffile",
	Date: time.Date(2027, 1, 2, 0, 0, 0, 0, time.UTC),
}

// letterFile draws all letters of a face, forty on each line.
func letterFile(w *Writer, face int) (file []byte, lines []string) {
	f := w.Begin(61200, 79200)
	var line []rune
	for r := rune(0); r <= lastRune; r++ {
		if w.faces[face].Width(r) >= 0 {
			line = append(line, r)
		}
		if len(line) == 40 || r == lastRune && len(line) > 0 {
			lines = append(lines, string(line))
			line = line[:0]
		}
	}
	for i, s := range lines {
		if i%50 == 0 {
			f.Page()
		}
		f.Text(5000, Unit(74000-1400*(i%50)), face, 1000, Color{}, s)
	}
	return f.Finish(testInfo), lines
}

// TestLetters draws each letter of each face and reads it back.
func TestLetters(t *testing.T) {
	w := NewWriter(parseFaces(t)...)
	for face := range w.faces {
		file, lines := letterFile(w, face)
		var got []string
		for _, d := range readTexts(t, readFile(t, file)) {
			got = append(got, d.text)
		}
		if diff := cmp.Diff(lines, got); diff != "" {
			t.Errorf("letters of face %d (-drawn +read):\n%s", face, diff)
		}
		reader.Run(t, "qpdf", "--check", reader.Save(t, file))
	}
}

// FuzzTexts holds a file against the texts that were drawn, whatever they are
// and wherever they stand.
func FuzzTexts(f *testing.F) {
	w := NewWriter(parseFaces(f)...)
	f.Add("Łódź – “(§ 1)” \\ €é\r", uint64(1))
	f.Add("\u010a\u010d\u0a0d\u0d0a\u0128\u0129\u015c\u2829\u5c5c\u010d\u0128", uint64(2))
	f.Fuzz(func(t *testing.T, s string, seed uint64) {
		supported := strings.Map(func(r rune) rune {
			for _, face := range w.faces {
				if face.Width(r) < 0 {
					return -1
				}
			}
			return r
		}, strings.ToValidUTF8(s, ""))
		r := rand.New(rand.NewPCG(seed, 0))
		pick := func() string {
			runes := []rune(supported)
			from := r.IntN(len(runes) + 1)
			return string(runes[from : from+r.IntN(len(runes)-from+1)])
		}
		file := w.Begin(61200, 79200)
		var want []drawn
		for page := range 1 + r.IntN(3) {
			file.Page()
			for range r.IntN(6) {
				if r.IntN(3) == 0 {
					file.Line(Unit(r.IntN(90000)), Unit(r.IntN(90000)), Unit(r.IntN(90000)), Unit(r.IntN(90000)), Unit(r.IntN(300)), Color{R: uint8(r.IntN(2))})
				}
				x, y, size := r.IntN(120000)-30000, r.IntN(120000)-30000, 100+r.IntN(3000)
				d := drawn{page: page + 1, x: number(x), y: number(y), size: number(size), text: pick()}
				face := r.IntN(len(w.faces))
				d.font = fmt.Sprintf("F%d", face)
				file.Text(Unit(x), Unit(y), face, Unit(size), Color{B: uint8(r.IntN(2))}, d.text)
				want = append(want, d)
			}
		}
		got := readTexts(t, readFile(t, file.Finish(Info{Title: s})))
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(drawn{})); diff != "" {
			t.Errorf("texts (-drawn +read):\n%s", diff)
		}
	})
}

// number is a count of hundredths as PDF writes numbers.
func number(n int) string {
	s := strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", float64(n)/100), "0"), ".")
	switch {
	case strings.HasPrefix(s, "0."):
		return s[1:]
	case strings.HasPrefix(s, "-0."):
		return "-" + s[2:]
	case s == "-0" || s == "":
		return "0"
	}
	return s
}

// TestContent holds the operators of pages against those that were read in
// review: what is set stands until it changes, and each page begins anew.
func TestContent(t *testing.T) {
	w := NewWriter(parseFaces(t)...)
	f := w.Begin(61200, 79200)
	red, grey := Color{R: 255, B: 51}, Color{128, 128, 128}
	f.Page()
	f.Line(0, 10, 5, 100, 50, red)
	f.Line(0, 10, -5, 100, 50, red)
	f.Line(0, 10, -5, 100, 150, Color{})
	f.Text(7200, 70005, 0, 1100, Color{}, "a(b)")
	f.Text(7200, 68000, 0, 1100, grey, "c")
	f.Text(7200, 66000, 1, 1100, grey, "c")
	f.Text(7200, 64000, 1, 950, red, "–c")
	f.Line(0, 0, 0, 0, 150, grey)
	f.Page()
	f.Line(0, 0, 0, 0, 150, grey)
	f.Text(7200, 64000, 1, 950, red, "–")
	objects := readFile(t, f.Finish(Info{}))
	var got []string
	for _, o := range objects {
		if o.stream != nil && !bytes.HasPrefix(o.stream, []byte{0, 1, 0, 0}) && !bytes.Contains(o.stream, []byte("begincmap")) {
			got = append(got, string(o.stream))
		}
	}
	want := []string{`1 0 .200 RG
.5 w
0 .1 m .05 1 l S
0 .1 m -.05 1 l S
0 G
1.5 w
0 .1 m -.05 1 l S
/F0 11 Tf
BT 72 700.05 Td(~a~\\(~b~\\))Tj ET
.502 g
BT 72 680 Td(~c)Tj ET
/F1 11 Tf
BT 72 660 Td(~c)Tj ET
/F1 9.5 Tf
1 0 .200 rg
BT 72 640 Td(~\x7f~c)Tj ET
.502 G
0 0 m 0 0 l S
`, `.502 G
1.5 w
0 0 m 0 0 l S
/F1 9.5 Tf
1 0 .200 rg
BT 72 640 Td(~\x7f)Tj ET
`}
	for i := range want {
		want[i] = strings.NewReplacer("~", "\x00", `\x7f`, "\x7f", `\\`, `\`).Replace(want[i])
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages (-want +got):\n%s", diff)
	}
}

// TestReaders asks independent readers about a file.
func TestReaders(t *testing.T) {
	w := NewWriter(parseFaces(t)...)
	f := w.Begin(61200, 79200)
	texts := []string{"Łódź (\\) “é” – § €", "Straße ﬁn Ω µ ½", "Ελληνικά", "Кириллица"}
	for page := range 2 {
		f.Page()
		for i, s := range texts {
			f.Line(7200, Unit(70000-2000*i), 54000, Unit(70000-2000*i), 50, Color{R: 200})
			f.Text(7200, Unit(70000-2000*i), (i+page)%4, 1200, Color{G: 90}, s+" ")
		}
	}
	path := reader.Save(t, f.Finish(testInfo))
	if out := reader.Run(t, "qpdf", "--check", path); !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Error(out)
	}
	out := strings.Fields(strings.ReplaceAll(reader.Run(t, "pdftotext", "-raw", path, "-"), "fi", "ﬁ"))
	want := strings.Fields(strings.Repeat(strings.Join(texts, " ")+" ", 2))
	if diff := cmp.Diff(want, out); diff != "" {
		t.Errorf("words (-drawn +read):\n%s", diff)
	}
	fonts := strings.Split(strings.TrimSpace(reader.Run(t, "pdffonts", path)), "\n")[2:]
	for i, line := range fonts {
		if !strings.Contains(line, "+"+fontFiles[i].name+" ") || strings.Join(strings.Fields(line)[1:7], " ") != "CID TrueType Identity-H yes yes yes" {
			t.Errorf("font %d: %s", i, line)
		}
	}
	if len(fonts) != 4 {
		t.Errorf("%d fonts", len(fonts))
	}
	info := reader.Run(t, "pdfinfo", "-isodates", path)
	for _, s := range []string{"Title:           Umowa – Łódź (1) \\ “x”\n", "Author:          A (b) \\ c\n", "CreationDate:    2027-01-02T00:00:00", "ModDate:         2027-01-02T00:00:00", "Pages:           2\n", "612 x 792 pts (letter)", "PDF version:     1.7"} {
		if !strings.Contains(info, s) {
			t.Errorf("no %q in:\n%s", s, info)
		}
	}
	// A program that draws: each line of text has left ink on the page.
	image := reader.Run(t, "pdftoppm", "-r", "72", "-gray", "-f", "1", "-l", "1", path)
	rows := strings.SplitN(image, "255\n", 2)[1]
	for i := range texts {
		y := 792 - 700 + 20*i - 5 // through the middle of small letters
		if row := rows[612*y : 612*(y+1)]; strings.Count(row, "\xff") > 610 {
			t.Errorf("line %d is not drawn", i)
		}
	}
}

// TestEmpty writes what is hardly a file.
func TestEmpty(t *testing.T) {
	w := NewWriter(parseFaces(t)...)
	f := w.Begin(59528, 84189)
	f.Page()
	file := f.Finish(Info{})
	if out := reader.Run(t, "qpdf", "--check", reader.Save(t, file)); !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Error(out)
	}
	if bytes.Contains(file, []byte("/Font ")) || bytes.Contains(file, []byte("FontFile")) {
		t.Error("a face of which nothing is drawn is in the file")
	}
}

// TestSameBytes makes different files at once, and each of them again and again.
func TestSameBytes(t *testing.T) {
	w := NewWriter(parseFaces(t)...)
	made := func(n int) []byte {
		f := w.Begin(61200, 79200)
		for page := range 3 {
			f.Page()
			f.Text(1000, 1000, (n+page)%4, 1000, Color{}, fmt.Sprintf("text %d “é” %c", n, 'Ā'+rune(n)))
		}
		return f.Finish(testInfo)
	}
	var want [8][]byte
	for n := range want {
		want[n] = made(n)
	}
	var group sync.WaitGroup
	for g := range 4 {
		group.Go(func() {
			for n := range 40 {
				n = (n*(2*g+1) + g) % len(want)
				if !bytes.Equal(made(n), want[n]) {
					t.Errorf("file %d differs", n)
				}
			}
		})
	}
	group.Wait()
}

// TestSubsets makes files of texts that differ in one of the things by which
// subsets do: letters of ASCII, other letters, the order of these, the face. Each
// is the file that a new writer makes, and no more subsets are kept than may be.
func TestSubsets(t *testing.T) {
	faces := parseFaces(t)
	shared := NewWriter(faces...)
	texts := []string{"a", "ab", "aé–", "a–é", "é–", "aé", "é", "abé–"}
	texts = append(texts, texts...)
	for r := 'Ā'; r < 'Ā'+mostSubsets; r++ {
		texts = append(texts, string(r))
	}
	for _, text := range texts {
		for face := range faces {
			made := func(w *Writer) []byte {
				f := w.Begin(61200, 79200)
				f.Page()
				f.Text(1000, 1000, face, 1000, Color{}, text)
				return f.Finish(testInfo)
			}
			if !bytes.Equal(made(shared), made(NewWriter(faces...))) {
				t.Errorf("the file of %q in face %d depends on the files before it", text, face)
			}
		}
	}
	for face := range faces {
		if n := len(shared.subsets[face].made); n == 0 || n > mostSubsets {
			t.Errorf("%d subsets of face %d are kept", n, face)
		}
	}
}

// TestIdentity holds the identity of a file against what it is made of.
func TestIdentity(t *testing.T) {
	w := NewWriter(parseFaces(t)...)
	f := w.Begin(61200, 79200)
	f.Page()
	f.Text(0, 0, 0, 1000, Color{}, "a")
	file := f.Finish(testInfo)
	sum := sha256.Sum256(file[:bytes.LastIndex(file, []byte("\nxref\n"))+1])
	if want := fmt.Sprintf("/ID[<%x><%x>]", sum[:16], sum[:16]); !bytes.Contains(file, []byte(want)) {
		t.Errorf("no %s in %s", want, file[len(file)-200:])
	}
}

// TestRefused draws what a file cannot hold.
func TestRefused(t *testing.T) {
	w := NewWriter(parseFaces(t)...)
	for name, draw := range map[string]func(f *File){
		"no glyph":     func(f *File) { f.Text(0, 0, 0, 1000, Color{}, "a中") },
		"above":        func(f *File) { f.Text(0, 0, 0, 1000, Color{}, "😀") },
		"control":      func(f *File) { f.Text(0, 0, 0, 1000, Color{}, "a\nb") },
		"not UTF-8":    func(f *File) { f.Text(0, 0, 0, 1000, Color{}, "\ufffd\xff") },
		"unknown face": func(f *File) { f.Text(0, 0, 4, 1000, Color{}, "a") },
	} {
		t.Run(name, func(t *testing.T) {
			f := w.Begin(61200, 79200)
			f.Page()
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			draw(f)
		})
	}
	defer func() {
		if recover() == nil {
			t.Error("no panic without a page")
		}
	}()
	w.Begin(61200, 79200).Text(0, 0, 0, 1000, Color{}, "a")
}

func TestNumbers(t *testing.T) {
	for n := -100_100; n <= 100_100; n++ {
		if got := string(appendUnit(nil, Unit(n))); got != number(n) {
			t.Fatalf("%d hundredths are %q, want %q", n, got, number(n))
		}
	}
	seen := map[string]bool{}
	for part := range 256 {
		s := string(appendPart(nil, uint8(part)))
		want := strings.TrimPrefix(fmt.Sprintf("%.3f", float64(part)/255), "0")
		if part == 0 || part == 255 {
			want = fmt.Sprint(part / 255)
		}
		if s != want || seen[s] {
			t.Errorf("part %d of a colour is %q, want %q", part, s, want)
		}
		seen[s] = true
	}
}

func BenchmarkFile(b *testing.B) {
	w := NewWriter(parseFaces(b)...)
	text := strings.Repeat("The Provider shall restore each system. ", 3)
	if strings.IndexFunc(text, func(r rune) bool { return r > unicode.MaxASCII }) >= 0 {
		b.Fatal("not a common text")
	}
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		f := w.Begin(61200, 79200)
		for range 12 {
			f.Page()
			for i := range 45 {
				f.Text(7200, Unit(72000-1450*i), i%3, 1100, Color{}, text)
			}
		}
		size = len(f.Finish(testInfo))
	}
	b.ReportMetric(float64(size), "file-bytes")
}
