package pdf

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/source"
)

// printed is diagnostics as a person sees them, without excerpts.
func printed(t *testing.T, list diag.List) string {
	t.Helper()
	var b strings.Builder
	if err := (diag.Printer{}).Print(&b, list); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestCheck(t *testing.T) {
	const hint = "   = hint: write it with letters and signs that the PDF's fonts have (Latin, Greek, Cyrillic)\n"
	f := loadFonts(t)
	for _, c := range []struct{ name, text, want string }{
		{"latin", "Łódź “Dental” — № 5, § 9 • €1,000.00 …", ""},
		{"latin of Vietnam", "Nguyễn Thị Hương", ""},
		{"greek and cyrillic", "Ελλάς Київ", ""},
		{"emoji", "a😀b", "error: character \"😀\" (U+1F600) cannot be printed in the PDF: the fonts have no glyph for it [pdf-glyph]\n"},
		{"mathematical letter", "𝔸", "error: character \"𝔸\" (U+1D538) cannot be printed in the PDF: the fonts have no glyph for it [pdf-glyph]\n"},
		{"chinese", "株", "error: character \"株\" (U+682A) cannot be printed in the PDF: the fonts have no glyph for it [pdf-glyph]\n"},
		{"hebrew", "שs", "error: character U+05E9 cannot be printed in the PDF: scripts written from right to left are not supported [pdf-glyph]\n"},
		{"arabic", "ش", "error: character U+0634 cannot be printed in the PDF: scripts written from right to left are not supported [pdf-glyph]\n"},
		{"arabic digit", "٣", "error: character U+0663 cannot be printed in the PDF: scripts written from right to left are not supported [pdf-glyph]\n"},
		{"combining mark", "x\u0301", "error: character U+0301 cannot be printed in the PDF: it is a combining mark, which would not stand on its letter [pdf-glyph]\n"},
		{"joiner", "a\u200db", "error: character U+200D cannot be printed in the PDF: it is a control character [pdf-glyph]\n"},
		{"tabulator", "a\tb", "error: character U+0009 cannot be printed in the PDF: it is a control character [pdf-glyph]\n"},
		{"no UTF-8", "a\xffb", "error: character \"\ufffd\" (U+FFFD) cannot be printed in the PDF: it stands for text that was not UTF-8 [pdf-glyph]\n"},
		{"twice", "株 and 株", "error: character \"株\" (U+682A) cannot be printed in the PDF: the fonts have no glyph for it [pdf-glyph]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := c.want
			if want != "" {
				want += hint
			}
			if diff := cmp.Diff(want, printed(t, f.Check(document(para(c.text))))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCheckPlaces(t *testing.T) {
	f := loadFonts(t)
	file := source.New("customer.yaml", []byte("customer:\n  legal_name: 株式会社 Dental\n  title: \"\\u682a\"\n"))
	plain := file.Span(24, 24+len("株式会社 Dental"))
	quoted := file.Span(strings.Index(file.Text(), `"\u`), len(file.Text())-1)
	name := doc.Text{Value: "株式会社 Dental", Origin: plain}
	d := document(
		doc.Paragraph{Text: []doc.Inline{doc.Strong{Text: []doc.Inline{name}}, name}},
		doc.Table{Columns: []doc.Column{{Head: inl("a")}}, Rows: []doc.Row{{Cells: []doc.Cell{{doc.Text{Value: "株", Origin: quoted}}}}}},
		items(true, []string{"א"}, []doc.Block{doc.Quote{Blocks: []doc.Block{para(doc.Ref{Text: "株", Origin: quoted})}}}),
	)
	d.Meta.Customer = "株式会社 Dental"
	want := strings.Join([]string{
		"customer.yaml:2:15 株 U+682A",
		"customer.yaml:2:16 式 U+5F0F",
		"customer.yaml:2:17 会 U+4F1A",
		"customer.yaml:2:18 社 U+793E",
		"customer.yaml:3:10 \"\\u682a\" U+682A",
		"-  U+05D0",
	}, "\n")
	var got []string
	for _, g := range f.Check(d) {
		at := strings.Index(g.Message, "U+")
		got = append(got, g.Span.String()+" "+g.Span.Text()+" "+g.Message[at:at+6])
		if g.Code != CodeGlyph || g.Severity != diag.Error || !g.Span.Valid() {
			t.Errorf("%+v", g)
		}
	}
	if diff := cmp.Diff(want, strings.Join(got, "\n")); diff != "" {
		t.Error(diff)
	}
}

// TestPrivateUse holds that signs for private use are refused, of which the
// fonts have some.
func TestPrivateUse(t *testing.T) {
	f := loadFonts(t)
	some := false
	for r := rune(0xe000); r <= 0xf8ff; r++ {
		some = some || f.faces[Regular].Width(r) >= 0
		if f.problem(r) == "" {
			t.Errorf("%U may be drawn", r)
		}
	}
	if !some {
		t.Error("the fonts have no such sign: the rule can go")
	}
}

// TestWriteUnchecked holds that no character is drawn wrong: a document that
// Check refuses is not drawn.
func TestWriteUnchecked(t *testing.T) {
	f := loadFonts(t)
	for _, s := range []string{"😀", "ש", "株", "x\u0301"} {
		d := document(para(s))
		p := f.Layout(d)
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q was drawn", s)
				}
			}()
			f.Write(p, d.Meta)
		}()
	}
}
