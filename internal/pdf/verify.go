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
	for i := range p.Pages {
		if err := p.verifyPage(f, &p.Pages[i]); err != nil {
			return fmt.Errorf("page %d: %w", i+1, err)
		}
	}
	return nil
}

// verifyWords compares the runs of the body, joined in the order of their
// flows, with the document.
func (p *Plan) verifyWords(d doc.Document) error {
	var runs []*Run
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
	var b strings.Builder
	size := 0
	for _, r := range runs {
		size += len(r.Text)
	}
	b.Grow(size)
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
	start := 0
	for start < len(s) {
		n := whiteSpace(s, start)
		if n == 0 {
			break
		}
		start += n
	}
	end := start
	for end < len(s) && whiteSpace(s, end) == 0 {
		end++
	}
	return s[start:end], s[end:]
}

// documentText is the text of blocks as a PDF has to show it: with the numbers
// of headings, the labels of items and the fields of signatures.
func documentText(blocks []doc.Block) string {
	var b strings.Builder
	writeText(&b, blocks)
	return b.String()
}

func writeText(b *strings.Builder, blocks []doc.Block) {
	put := func(s string) {
		b.WriteString(s)
		b.WriteByte(' ')
	}
	for _, block := range blocks {
		switch block := block.(type) {
		case doc.Heading:
			put(doc.Plain(doc.HeadingText(block)))
		case doc.Paragraph:
			put(doc.Plain(block.Text))
		case doc.List:
			for _, item := range block.Items {
				put(item.Label)
				writeText(b, item.Blocks)
			}
		case doc.Table:
			doc.Texts([]doc.Block{block}, func(text []doc.Inline) { put(doc.Plain(text)) })
		case doc.Quote:
			writeText(b, block.Blocks)
		case doc.Signature:
			put(doc.Plain(block.Party))
			put(doc.Plain(block.LegalName))
			put(doc.SignBy)
			put(doc.SignName)
			put(doc.Plain(block.Name))
			put(doc.SignTitle)
			put(doc.Plain(block.Title))
			put(doc.SignDate)
			if block.Witnessed {
				put(doc.SignWitness)
			}
		case doc.PageBreak:
		default:
			panic(fmt.Sprintf("pdf: unknown member %T of a closed set", block))
		}
	}
}

// ink is the rectangle of a run without the spaces at its end.
type ink struct {
	run                      *Run
	left, top, right, bottom Length
}

func (p *Plan) verifyPage(f *Fonts, page *Page) error {
	const slack = Pt / 10
	inks := make([]ink, 0, len(page.Runs))
	for i := range page.Runs {
		r := &page.Runs[i]
		text := strings.TrimRight(r.Text, " ")
		k := ink{r, r.X, r.Y - r.Size*7/10, r.X + scale(f.width(r.Style, text), r.Size), r.Y + r.Size/5}
		m := Margin{}
		if r.Role == RoleBody || r.Role == RoleMark || r.Role == RoleRepeat {
			m = p.Margin
		}
		if text == "" {
			continue
		}
		if k.left < m.Left-slack || k.right > p.Width-m.Right+slack || k.top < m.Top-slack || k.bottom > p.Height-m.Bottom+slack {
			return fmt.Errorf("text %q at %s %s lies outside the margins", r.Text, r.X, r.Y)
		}
		inks = append(inks, k)
	}
	slices.SortStableFunc(inks, func(a, b ink) int { return cmp.Compare(a.top, b.top) })
	for i, a := range inks {
		for _, b := range inks[i+1:] {
			if b.top >= a.bottom-slack {
				break
			}
			if b.left < a.right-slack && a.left < b.right-slack {
				return fmt.Errorf("texts %q and %q lie on each other at %s %s", a.run.Text, b.run.Text, b.run.X, b.run.Y)
			}
		}
	}
	for _, b := range page.Boxes {
		if b.X < 0 || b.Y < 0 || b.Width < 0 || b.Height < 0 || b.X+b.Width > p.Width || b.Y+b.Height > p.Height {
			return fmt.Errorf("a box at %s %s lies outside the paper", b.X, b.Y)
		}
	}
	for _, r := range page.Rules {
		if min(r.X1, r.X2) < 0 || min(r.Y1, r.Y2) < 0 || max(r.X1, r.X2) > p.Width || max(r.Y1, r.Y2) > p.Height {
			return fmt.Errorf("a rule at %s %s lies outside the paper", r.X1, r.Y1)
		}
	}
	return nil
}
