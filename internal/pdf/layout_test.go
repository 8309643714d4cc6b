package pdf

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/doc"
)

// linesOf are the lines of body text on each page, in order, each the texts
// that share a baseline.
func linesOf(p *Plan) [][]string {
	var pages [][]string
	for _, page := range p.Pages {
		var lines []string
		last := Length(-1)
		for _, r := range page.Runs {
			if r.Role == RoleHeader || r.Role == RoleFooter {
				continue
			}
			text := r.Text
			if r.Role == RoleRepeat {
				text = "repeat " + text
			}
			if r.Y == last {
				lines[len(lines)-1] += text
			} else {
				lines = append(lines, text)
			}
			last = r.Y
		}
		pages = append(pages, lines)
	}
	return pages
}

// fillers are paragraphs of one line that push what follows down a page.
func fillers(n int) []doc.Block { return repeat(para("filler"), n) }

func TestLines(t *testing.T) {
	f := loadFonts(t)
	for _, c := range []struct {
		name  string
		text  []doc.Inline
		width Length // at 10 points
		want  []string
	}{
		{"one line", inl("the Provider shall"), 200 * Pt, []string{"the Provider shall "}},
		{"words", inl("the Provider shall restore"), 60 * Pt, []string{"the Provider ", "shall restore "}},
		{"spaces at the end of a line", inl("the Provider    shall"), 60 * Pt, []string{"the Provider    ", "shall "}},
		{"styles within a word", inl(bold("Acme"), "’s ", ital("own")), 20 * Pt, []string{"Acm", "e’s ", "own "}},
		{"hyphen between letters", inl("phishing-resistant"), 50 * Pt, []string{"phishing-", "resistant "}},
		{"hyphen in an id", inl("see C-C01 now"), 30 * Pt, []string{"see ", "C-C01 ", "now "}},
		{"hyphen after one letter", inl("by e-mail now"), 30 * Pt, []string{"by ", "e-mail ", "now "}},
		{"no break in a number", inl("on 2027-01-01 at"), 50 * Pt, []string{"on ", "2027-01-01 ", "at "}},
		{"amount", inl("pays USD 9.50 now"), 50 * Pt, []string{"pays ", "USD 9.50 ", "now "}},
		{"amount in brackets", inl("pays (USD 9.50) now"), 50 * Pt, []string{"pays ", "(USD 9.50) ", "now "}},
		{"no currency", inl("pays XUSD 9.50 now"), 50 * Pt, []string{"pays XUSD ", "9.50 now "}},
		{"letters and no amount", inl("pays USD now"), 50 * Pt, []string{"pays USD ", "now "}},
		{"line break in an amount", inl("USD", doc.LineBreak{}, "9.50"), 50 * Pt, []string{"USD ", "9.50 "}},
		{"reference", inl("see ", doc.Ref{Text: "Section 4.2"}, " now"), 60 * Pt, []string{"see ", "Section 4.2 ", "now "}},
		{"long reference", inl("see ", doc.Ref{Text: "Section 4.2 of Schedule F"}), 60 * Pt, []string{"see Section ", "4.2 of ", "Schedule F "}},
		{"reference wider than a line", inl("see ", doc.Ref{Text: "Section 4.2"}), 35 * Pt, []string{"see ", "Section ", "4.2 "}},
		{"spaces beyond the line", inl("Provider      "), 38 * Pt, []string{"Provider       "}},
		{"long word", inl("a ", strings.Repeat("m", 12), " b"), 40 * Pt, []string{"a ", "mmmmm", "mmmmm", "mm b "}},
		{"address", inl("https://example.com/terms/of/service"), 100 * Pt, []string{"https://example.com/", "terms/of/service "}},
		{"line break", inl("a", doc.LineBreak{}, "b"), 100 * Pt, []string{"a ", "b "}},
		{"line breaks", inl(doc.LineBreak{}, doc.LineBreak{}, "b"), 100 * Pt, []string{" ", " ", "b "}},
		{"no-break space", inl("a\u00a0b c"), 10 * Pt, []string{"a\u00a0", "b ", "c "}},
		{"narrower than a letter", inl("WW"), 1, []string{"W", "W "}},
		{"nothing", nil, 100 * Pt, []string{" "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			txt := new(texts).of(Regular, c.text)
			var got []string
			for _, ln := range f.lines(nil, &txt, column{0, c.width}.units(10*Pt)) {
				got = append(got, txt.s[ln.start:ln.end])
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestMemory lays documents out one after the other, in the same memory: each
// plan is what it is in fresh memory, and stays so.
func TestMemory(t *testing.T) {
	f, fresh := loadFonts(t), loadFonts(t)
	var plans []*Plan
	var want []string
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 3))
		d := document(randomBlocks(r, 0, 25)...)
		d.Meta.Compact, d.Meta.Draft = r.IntN(2) == 0, r.IntN(2) == 0
		plans = append(plans, f.Layout(d))
		fresh.layout = sync.Pool{New: f.layout.New}
		want = append(want, fresh.Layout(d).String())
	}
	for i, p := range plans {
		if got := p.String(); got != want[i] {
			t.Errorf("plan %d (-fresh memory +shared):\n%s", i, cmp.Diff(strings.Split(want[i], "\n"), strings.Split(got, "\n")))
		}
	}
}

// TestHeadingStaysWithText moves a heading down a page, line by line: wherever
// it comes to stand, two lines of its text are below it, and no page begins or
// ends with one line of a paragraph.
func TestHeadingStaysWithText(t *testing.T) {
	f := loadFonts(t)
	long := strings.TrimSpace(strings.Repeat("word ", 120))
	for n := range 40 {
		d := document(append(fillers(n), heading(2, "Article 1", "Title"), heading(3, "1.1", "Clause"), para(long))...)
		for i, lines := range linesOf(verified(t, f, d)) {
			at := slices.Index(lines, "Article 1. Title ")
			if at >= 0 && (len(lines) < at+4 || !strings.HasPrefix(lines[at+3], "word")) {
				t.Errorf("%d lines above: page %d ends with %q", n, i+1, lines[at:])
			}
			words := 0
			for _, ln := range lines {
				if strings.HasPrefix(ln, "word") {
					words++
				}
			}
			if words == 1 {
				t.Errorf("%d lines above: page %d holds one line of a paragraph", n, i+1)
			}
		}
	}
}

// TestIntroductionStaysWithTable holds that a heading, the paragraph below it
// and the first row of the table that follows are on one page.
func TestIntroductionStaysWithTable(t *testing.T) {
	f := loadFonts(t)
	tb := doc.Table{Columns: []doc.Column{tcol("Line", doc.Left, 0), tcol("Sum", doc.Right, 0)}, Rows: []doc.Row{trow("B-1", "1"), trow("B-2", "2")}}
	for n := range 45 {
		for i, lines := range linesOf(verified(t, f, document(append(fillers(n), heading(2, "Schedule A", "Title"), para("Introduction"), tb)...))) {
			if at := slices.Index(lines, "Schedule A. Title "); at >= 0 && len(lines) < at+4 {
				t.Errorf("%d lines above: page %d ends with %q", n, i+1, lines[at:])
			}
		}
	}
}

func TestSignatureStaysWhole(t *testing.T) {
	f := loadFonts(t)
	for n := range 45 {
		d := document(append(fillers(n), para("In witness whereof"),
			doc.Signature{Party: inl("Provider"), LegalName: inl("Northwind"), Name: inl("Dana"), Title: inl("Member")},
			doc.Signature{Party: inl("Customer"), LegalName: inl("Łódź"), Name: inl("Ewa"), Title: inl("Prezes")})...)
		pages := linesOf(verified(t, f, d))
		last := pages[len(pages)-1]
		want := []string{"In witness whereof ", "Provider ", "Northwind ", "By ", "Name Dana ", "Title Member ", "Date ", "Customer ", "Łódź ", "By ", "Name Ewa ", "Title Prezes ", "Date "}
		if len(last) < len(want) || !slices.Equal(last[len(last)-len(want):], want) {
			t.Fatalf("%d lines above: the last page ends with %q", n, last)
		}
	}
}

func TestTableRepeatsHead(t *testing.T) {
	f := loadFonts(t)
	tb := doc.Table{Columns: []doc.Column{tcol("Line", doc.Left, 0), tcol("Sum", doc.Right, 0)}}
	for i := range 100 {
		tb.Rows = append(tb.Rows, trow(fmt.Sprintf("B-%d", i), "1"))
	}
	tb.Rows = append(tb.Rows, doc.Row{Cells: []doc.Cell{inl("Total"), inl("100")}, Total: true})
	for n := range 40 {
		pages := linesOf(verified(t, f, document(append(fillers(n), tb)...)))
		for i, lines := range pages {
			if i > 0 && !strings.HasPrefix(lines[0], "repeat Line repeat Sum") && !strings.HasPrefix(lines[0], "Line Sum") && lines[0] != "filler " {
				t.Errorf("%d lines above: page %d begins with %q", n, i+1, lines[0])
			}
			if end := lines[len(lines)-1]; strings.Contains(end, "Line ") {
				t.Errorf("%d lines above: page %d ends with the head", n, i+1)
			}
			if len(lines) == 2 && lines[1] == "Total 100 " {
				t.Errorf("%d lines above: the total is alone on page %d", n, i+1)
			}
		}
	}
}

func TestRowHigherThanPage(t *testing.T) {
	f := loadFonts(t)
	tb := doc.Table{
		Columns: []doc.Column{tcol("A", doc.Left, 1), tcol("B", doc.Left, 1)},
		Rows:    []doc.Row{trow(strings.Repeat("left ", 3000), strings.Repeat("right ", 100))},
	}
	p := verified(t, f, document(tb))
	if len(p.Pages) < 3 {
		t.Errorf("%d pages", len(p.Pages))
	}
	for i, lines := range linesOf(p) {
		if i > 0 && lines[0] != "repeat A repeat B " {
			t.Errorf("page %d begins with %q", i+1, lines[0])
		}
	}
}

func TestColumnWidths(t *testing.T) {
	for _, c := range []struct {
		name        string
		width       Length
		least, most []Length
		weights     []int
		want        []Length
	}{
		{"room for all", 400, []Length{10, 10}, []Length{50, 150}, []int{0, 0}, []Length{100, 300}},
		{"one long text", 400, []Length{10, 10}, []Length{50, 9000}, []int{0, 0}, []Length{68, 332}},
		{"weights", 400, []Length{10, 10, 10}, []Length{900, 900, 900}, []int{2, 1, 1}, []Length{200, 100, 100}},
		{"weight less than a word", 400, []Length{10, 150, 10}, []Length{900, 900, 900}, []int{2, 1, 1}, []Length{166, 150, 84}},
		{"weights beside content", 400, []Length{10, 10}, []Length{100, 900}, []int{0, 1}, []Length{100, 300}},
		{"words too wide", 400, []Length{50, 900, 900}, []Length{50, 900, 900}, []int{0, 0, 0}, []Length{50, 175, 175}},
		{"nothing", 400, []Length{0, 0}, []Length{0, 0}, []int{0, 0}, []Length{0, 400}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := columnWidths(c.width, c.least, c.most, c.weights)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestVerifyFinds changes sound plans: each change is found.
func TestVerifyFinds(t *testing.T) {
	f := loadFonts(t)
	d := sample()
	for name, change := range map[string]func(*Page){
		"a word is lost":        func(p *Page) { p.Runs = slices.Delete(p.Runs, 5, 6) },
		"a letter is changed":   func(p *Page) { p.Runs[5].Text = strings.Replace(p.Runs[5].Text, "e", "o", 1) + "x" },
		"a text is there twice": func(p *Page) { p.Runs = append(p.Runs, p.Runs[5]) },
		"outside the margin":    func(p *Page) { p.Runs[5].X += 400 * Pt },
		"below the margin":      func(p *Page) { p.Runs[5].Y = 780 * Pt },
		"on another text":       func(p *Page) { p.Runs[5].Y, p.Runs[5].X = p.Runs[4].Y, p.Runs[4].X },
		"a box off the paper":   func(p *Page) { p.Boxes[0].Width = 900 * Pt },
		"a rule off the paper":  func(p *Page) { p.Rules[0].X1 = -1 },
	} {
		p := f.Layout(d)
		change(&p.Pages[0])
		if p.Verify(f, d) == nil {
			t.Errorf("%s: not found", name)
		}
	}
}

func TestShorten(t *testing.T) {
	f := loadFonts(t)
	for _, c := range []struct {
		room Length
		want string
	}{{200 * Pt, "Cyber Constitution"}, {60 * Pt, "Cyber Cons…"}, {30 * Pt, "Cyb…"}, {Pt, "…"}} {
		if got := f.shorten("Cyber Constitution", c.room, 10*Pt); got != c.want {
			t.Errorf("%s: %q, want %q", c.room, got, c.want)
		}
	}
}
