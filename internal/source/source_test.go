package source

import (
	"testing"
	"unicode/utf8"
)

func TestPositionAndOffset(t *testing.T) {
	f := New("n", []byte("ab\nŁódź 東\r\n\n𝔸x"))
	for _, tc := range []struct {
		offset int
		want   Position
	}{
		{-5, Position{1, 1}}, {0, Position{1, 1}}, {1, Position{1, 2}}, {2, Position{1, 3}},
		{3, Position{2, 1}}, {5, Position{2, 2}}, {7, Position{2, 3}}, {8, Position{2, 4}}, {10, Position{2, 5}}, {11, Position{2, 6}},
		{16, Position{3, 1}}, {17, Position{4, 1}}, {21, Position{4, 2}}, {22, Position{4, 3}}, {99, Position{4, 3}},
	} {
		if got := f.Position(tc.offset); got != tc.want {
			t.Errorf("Position(%d) = %v, want %v", tc.offset, got, tc.want)
		}
	}
	for _, tc := range []struct{ line, column, want int }{
		{0, 1, 0}, {1, 1, 0}, {1, 0, 0}, {1, 3, 2}, {1, 99, 2}, {2, 2, 5}, {2, 7, 14}, {2, 99, 14}, {3, 1, 16}, {3, 5, 16}, {4, 2, 21}, {5, 1, 22}, {99, 99, 22},
	} {
		if got := f.Offset(tc.line, tc.column); got != tc.want {
			t.Errorf("Offset(%d, %d) = %d, want %d", tc.line, tc.column, got, tc.want)
		}
	}
	lines := []string{"", "ab", "Łódź 東", "", "𝔸x", ""}
	for n, want := range lines {
		if got := f.Line(n); got != want {
			t.Errorf("Line(%d) = %q, want %q", n, got, want)
		}
	}
	if f.Lines() != 4 || f.Name() != "n" || len(f.Text()) != 22 {
		t.Errorf("lines %d, name %q, text %q", f.Lines(), f.Name(), f.Text())
	}
	for n, want := range []int{0, 0, 3, 16, 17, 22, 22} {
		if got := f.LineStart(n); got != want {
			t.Errorf("LineStart(%d) = %d, want %d", n, got, want)
		}
	}
}

func TestLinesOfAFileThatEndsInALineFeed(t *testing.T) {
	f := New("n", []byte("a\n"))
	if f.Lines() != 2 || f.Line(1) != "a" || f.Line(2) != "" || f.LineStart(2) != 2 {
		t.Errorf("%d lines, %q, %q, %d", f.Lines(), f.Line(1), f.Line(2), f.LineStart(2))
	}
}

func TestNewCopiesTheText(t *testing.T) {
	data := []byte("abc")
	f := New("n", data)
	data[0] = 'x'
	if f.Text() != "abc" {
		t.Errorf("the text became %q", f.Text())
	}
}

func TestSpan(t *testing.T) {
	f := New("f.yaml", []byte("ab\nŁódź"))
	for _, tc := range []struct {
		span  Span
		valid bool
	}{
		{Span{}, true}, {Span{nil, 0, 1}, false},
		{f.Span(0, 0), true}, {f.Span(0, 10), true}, {f.Span(10, 10), true}, {f.Span(3, 5), true},
		{f.Span(-1, 0), false}, {f.Span(2, 1), false}, {f.Span(0, 11), false}, {f.Span(4, 5), false}, {f.Span(3, 4), false}, {f.Span(11, 11), false},
	} {
		if got := tc.span.Valid(); got != tc.valid {
			t.Errorf("Valid of %d to %d = %v, want %v", tc.span.Start, tc.span.End, got, tc.valid)
		}
	}
	s := f.Span(3, 7)
	if s.Text() != "Łó" || s.String() != "f.yaml:2:1" || s.IsZero() {
		t.Errorf("text %q, string %q", s.Text(), s.String())
	}
	if none := (Span{}); none.Text() != "" || none.String() != "-" || !none.IsZero() {
		t.Errorf("the zero span: text %q, string %q", none.Text(), none.String())
	}
}

// A byte that is not UTF-8 counts as one character, so that a diagnostic can
// point at it.
func TestSpanOfBadBytes(t *testing.T) {
	for _, text := range []string{"\x80\x80", "a\xff\x80b", "\xc5\xc5\x82\x82", "\xe6\x9d", "\xf0\x9f\x98\x80\x80\x80\x80\x80"} {
		f := New("f", []byte(text))
		boundaries := map[int]bool{len(text): true}
		for i := range text {
			boundaries[i] = true
		}
		for i := range len(text) + 1 {
			if got := f.Span(i, i).Valid(); got != boundaries[i] {
				t.Errorf("%q: Valid at %d = %v", text, i, got)
			}
		}
	}
}

func FuzzPosition(f *testing.F) {
	f.Add("ab\nŁódź 東\r\n\n𝔸x", 5)
	f.Add("\xff\r\n\x80", 2)
	f.Fuzz(func(t *testing.T, text string, offset int) {
		file := New("f", []byte(text))
		p := file.Position(offset)
		back := file.Offset(p.Line, p.Column)
		if back < 0 || back > len(text) {
			t.Fatalf("offset %d of %v lies outside", back, p)
		}
		inLine := offset >= 0 && offset <= len(text) && offset <= file.LineStart(p.Line)+len(file.Line(p.Line))
		if inLine && utf8.ValidString(text) && file.Span(offset, offset).Valid() && back != offset {
			t.Errorf("offset %d is %v, which is offset %d", offset, p, back)
		}
		for _, problem := range file.Problems() {
			if !problem.Span.Valid() {
				t.Errorf("%q at %d to %d is not valid", problem.Message, problem.Span.Start, problem.Span.End)
			}
		}
		for _, lines := range []bool{false, true} {
			for _, fault := range Faults(text, lines) {
				if fault.Start < 0 || fault.Start >= fault.End || fault.End > len(text) {
					t.Errorf("%q at %d to %d", fault.Message, fault.Start, fault.End)
				}
			}
		}
	})
}

func TestSHA256(t *testing.T) {
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // FIPS 180-4, "abc"
	if got := New("a", []byte("abc")).SHA256(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
