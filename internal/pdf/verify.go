package pdf

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"concordat/internal/doc"
)

// Verify reports where the plan breaks its promises: it holds the words of the
// document, all of them and in order; it draws nothing outside the paper and no
// body text outside the margins; and no two texts lie on each other. A plan
// that fails is a defect of Layout.
func (p *Plan) Verify(f *Fonts, d doc.Document) error {
	if err := p.verifyWords(d); err != nil {
		return err
	}
	var inks []ink // of one page after another
	for i := range p.Pages {
		var err error
		if inks, err = p.verifyPage(f, &p.Pages[i], inks[:0]); err != nil {
			return fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	return nil
}

// verifyWords compares the runs of the body, joined in the order of their
// flows, with the document.
func (p *Plan) verifyWords(d doc.Document) error {
	runs := p.body()
	c := comparison{runs: runs, space: true}
	eachText(d.Blocks, c.text)
	if c.same() {
		return nil
	}
	return firstDifference(runs, d)
}

// body is the runs of the body in the order of their flows.
func (p *Plan) body() []*Run {
	count := 0
	for i := range p.Pages {
		count += len(p.Pages[i].Runs)
	}
	runs := make([]*Run, 0, count)
	sorted, last := true, 0
	for i := range p.Pages {
		for j := range p.Pages[i].Runs {
			if r := &p.Pages[i].Runs[j]; r.Role == RoleBody {
				runs = append(runs, r)
				sorted = sorted && r.Flow >= last
				last = r.Flow
			}
		}
	}
	if !sorted { // a row of a table was divided between pages
		slices.SortStableFunc(runs, func(a, b *Run) int { return cmp.Compare(a.Flow, b.Flow) })
	}
	return runs
}

// comparison holds runs against texts as these come. It may find a difference
// where there is none but in the kind of white space, and never overlooks one.
type comparison struct {
	runs    []*Run // those to come
	rest    string // of the run before them
	space   bool   // nothing, or white space, stands before rest
	differs bool
}

// text compares the next part of the document, which is words or parts of
// words. Where there is white space in both, there may be more of it in one.
func (c *comparison) text(s string) {
	for s != "" && !c.differs {
		if c.rest == "" && len(c.runs) > 0 {
			c.rest, c.runs = c.runs[0].Text, c.runs[1:]
			continue
		}
		if n := commonPrefix(s, c.rest); n > 0 {
			c.space = s[n-1] <= ' '
			s, c.rest = s[n:], c.rest[n:]
			continue
		}
		written, planned := whiteSpace(s), whiteSpace(c.rest)
		if written+planned == 0 || !c.space && (written == 0 || planned == 0) {
			c.differs = true
			return
		}
		c.space = true
		s, c.rest = s[written:], c.rest[planned:]
	}
}

// same reports whether there was no difference, and there is no word left.
func (c *comparison) same() bool {
	for !c.differs && len(c.runs) > 0 && strings.TrimLeft(c.rest, " ") == "" {
		c.rest, c.runs = c.runs[0].Text, c.runs[1:]
	}
	return !c.differs && strings.TrimLeft(c.rest, " ") == ""
}

// commonPrefix is how many bytes two strings begin with that are the same.
func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	if a[:n] == b[:n] {
		return n
	}
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// firstDifference tells the first word of the document that is not in its
// place in the runs. It is nil if all are.
func firstDifference(runs []*Run, d doc.Document) error {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	got, want := b.String(), documentText(d.Blocks)
	for n := 1; ; n++ {
		var planned, written string
		planned, got = nextWord(got)
		written, want = nextWord(want)
		switch {
		case planned == written && written == "":
			return nil
		case planned == written:
		case written == "":
			return fmt.Errorf("the plan has %q after the end of the document", planned)
		default:
			return fmt.Errorf("word %d of the document, %q, is not in its place: the plan has %q", n, written, planned)
		}
	}
}

// nextWord is the first word of a text, between white space, and what follows
// it; a text without a word has an empty one.
func nextWord(s string) (word, rest string) {
	for s != "" && whiteSpace(s) > 0 {
		s = s[whiteSpace(s):]
	}
	end := 0
	for end < len(s) && whiteSpace(s[end:]) == 0 {
		end++
	}
	return s[:end], s[end:]
}

// documentText is the text of blocks as a PDF has to show it: with the numbers
// of headings, the labels of items and the fields of signatures.
func documentText(blocks []doc.Block) string {
	var b strings.Builder
	eachText(blocks, func(s string) { b.WriteString(s) })
	return b.String()
}

// eachText calls put for the parts of which documentText consists.
func eachText(blocks []doc.Block, put func(string)) {
	text := func(inlines []doc.Inline) {
		eachInline(inlines, put)
		put(" ")
	}
	label := func(s string) {
		put(s)
		put(" ")
	}
	for _, block := range blocks {
		switch block := block.(type) {
		case doc.Heading:
			text(doc.HeadingText(block))
		case doc.Paragraph:
			text(block.Text)
		case doc.List:
			for _, item := range block.Items {
				label(item.Label)
				eachText(item.Blocks, put)
			}
		case doc.Table:
			for _, column := range block.Columns {
				text(column.Head)
			}
			for _, row := range block.Rows {
				for _, cell := range row.Cells {
					text(cell)
				}
			}
		case doc.Quote:
			eachText(block.Blocks, put)
		case doc.Signature:
			text(block.Party)
			text(block.LegalName)
			label(doc.SignBy)
			label(doc.SignName)
			text(block.Name)
			label(doc.SignTitle)
			text(block.Title)
			label(doc.SignDate)
			if block.Witnessed {
				label(doc.SignWitness)
			}
		case doc.PageBreak:
		default:
			panic(fmt.Sprintf("pdf: unknown member %T of a closed set", block))
		}
	}
}

func eachInline(text []doc.Inline, put func(string)) {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			put(in.Value)
		case doc.Strong:
			eachInline(in.Text, put)
		case doc.Emphasis:
			eachInline(in.Text, put)
		case doc.Link:
			eachInline(in.Text, put)
		case doc.Ref:
			put(in.Text)
		case doc.LineBreak:
			put(" ")
		default:
			panic(fmt.Sprintf("pdf: unknown member %T of a closed set", in))
		}
	}
}

// ink is the rectangle of a run without the spaces at its end.
type ink struct {
	run                      *Run
	left, top, right, bottom Length
}

// verifyPage holds a page against the promises, and gives the ink on it, which
// it adds to inks.
func (p *Plan) verifyPage(f *Fonts, page *Page, inks []ink) ([]ink, error) {
	const slack = Pt / 10
	for i := range page.Runs {
		r := &page.Runs[i]
		text := strings.TrimRight(r.Text, " ")
		if text == "" {
			continue
		}
		k := ink{r, r.X, r.Y - r.Size*7/10, r.X + scale(f.width(r.Style, text), r.Size), r.Y + r.Size/5}
		m := Margin{}
		if r.Role == RoleBody || r.Role == RoleMark || r.Role == RoleRepeat {
			m = p.Margin
		}
		if k.left < m.Left-slack || k.right > p.Width-m.Right+slack || k.top < m.Top-slack || k.bottom > p.Height-m.Bottom+slack {
			return nil, fmt.Errorf("text %q at %s %s lies outside the margins", r.Text, r.X, r.Y)
		}
		inks = append(inks, k)
	}
	slices.SortStableFunc(inks, func(a, b ink) int { return cmp.Compare(a.top, b.top) })
	for i := range inks {
		a := &inks[i]
		for j := i + 1; j < len(inks) && inks[j].top < a.bottom-slack; j++ {
			if b := &inks[j]; b.left < a.right-slack && a.left < b.right-slack {
				return nil, fmt.Errorf("texts %q and %q lie on each other at %s %s", a.run.Text, b.run.Text, b.run.X, b.run.Y)
			}
		}
	}
	for _, b := range page.Boxes {
		if b.X < 0 || b.Y < 0 || b.Width < 0 || b.Height < 0 || b.X+b.Width > p.Width || b.Y+b.Height > p.Height {
			return nil, fmt.Errorf("a box at %s %s lies outside the paper", b.X, b.Y)
		}
	}
	for _, r := range page.Rules {
		if min(r.X1, r.X2) < 0 || min(r.Y1, r.Y2) < 0 || max(r.X1, r.X2) > p.Width || max(r.Y1, r.Y2) > p.Height {
			return nil, fmt.Errorf("a rule at %s %s lies outside the paper", r.X1, r.Y1)
		}
	}
	return inks, nil
}
