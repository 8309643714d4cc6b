package pdf

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/source"
)

// Check finds every character of a document that cannot be drawn right: those
// that the fonts do not have, those of scripts written from right to left,
// combining marks, and controls. There is one diagnostic, with CodeGlyph, for
// each character and place. A place is the character itself where the file
// holds the text as it is printed, else the span from which the text came; a
// text of no origin has the zero span, and is not reported if a text of known
// origin holds the same character.
func (f *Fonts) Check(d doc.Document) diag.List {
	c := checker{f: f, seen: map[finding]bool{}, placed: map[rune]bool{}}
	c.blocks(d.Blocks)
	for _, s := range []string{d.Meta.Title, d.Meta.Customer, d.Meta.Provider, d.Meta.ID, d.Meta.Version} {
		c.text(s, source.Span{})
	}
	for _, p := range c.noPlace {
		if !c.placed[p.r] {
			c.report(p, source.Span{})
		}
	}
	return c.list
}

// finding is a character and the place it came from.
type finding struct {
	r      rune
	origin source.Span
}

type checker struct {
	f       *Fonts
	list    diag.List
	seen    map[finding]bool
	placed  map[rune]bool // reported at a place
	noPlace []finding
}

func (c *checker) blocks(blocks []doc.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case doc.Heading:
			c.text(b.Number, source.Span{})
		case doc.List:
			for _, item := range b.Items {
				c.text(item.Label, source.Span{})
				c.blocks(item.Blocks)
			}
			continue
		case doc.Quote:
			c.blocks(b.Blocks)
			continue
		case doc.Paragraph, doc.Table, doc.Signature, doc.PageBreak:
		default:
			panic(fmt.Sprintf("pdf: unknown member %T of a closed set", b))
		}
		doc.Texts([]doc.Block{b}, c.inlines)
	}
}

func (c *checker) inlines(text []doc.Inline) {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			c.text(in.Value, in.Origin)
		case doc.Strong:
			c.inlines(in.Text)
		case doc.Emphasis:
			c.inlines(in.Text)
		case doc.Link:
			c.inlines(in.Text)
		case doc.Ref:
			c.text(in.Text, in.Origin)
		case doc.LineBreak:
		default:
			panic(fmt.Sprintf("pdf: unknown member %T of a closed set", in))
		}
	}
}

func (c *checker) text(s string, origin source.Span) {
	for i, r := range s {
		if r >= ' ' && r < 0x7f || c.f.problem(r) == "" {
			continue
		}
		found := finding{r, origin}
		if c.seen[found] {
			continue
		}
		c.seen[found] = true
		if origin.IsZero() {
			c.noPlace = append(c.noPlace, found)
			continue
		}
		c.placed[r] = true
		span := origin
		if origin.Text() == s {
			_, size := utf8.DecodeRuneInString(s[i:])
			span = origin.File.Span(origin.Start+i, origin.Start+i+size)
		}
		c.report(found, span)
	}
}

func (c *checker) report(found finding, span source.Span) {
	c.list.Errorf(CodeGlyph, span, "write it with letters and signs that the PDF's fonts have (Latin, Greek, Cyrillic)",
		"character %s cannot be printed in the PDF: %s", name(found.r), c.f.problem(found.r))
}

// name shows a character and its code point; one that could disturb the
// message around it is shown as its code point only.
func name(r rune) string {
	if !unicode.IsPrint(r) || unicode.Is(unicode.M, r) || rightToLeft(r) {
		return source.CodePoint(r)
	}
	return fmt.Sprintf("%q (%s)", string(r), source.CodePoint(r))
}

// problem says why r cannot be drawn right, or is empty.
func (f *Fonts) problem(r rune) string {
	switch {
	case r == unicode.ReplacementChar:
		return "it stands for text that was not UTF-8"
	case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029':
		return "it is a control character"
	case unicode.Is(unicode.M, r):
		return "it is a combining mark, which would not stand on its letter"
	case rightToLeft(r):
		return "scripts written from right to left are not supported"
	case !f.hasGlyph(r):
		return "the fonts have no glyph for it"
	}
	return ""
}

// rightToLeft reports whether r belongs to a script that is written from right
// to left. The fonts have Hebrew letters, but would print them reversed.
func rightToLeft(r rune) bool {
	p, _ := bidi.LookupString(string(r))
	switch p.Class() {
	case bidi.R, bidi.AL, bidi.AN:
		return true
	}
	return false
}

// drawable reports whether each rune of a text can be drawn.
func (f *Fonts) drawable(s string) bool {
	for _, r := range s {
		if (r < ' ' || r > '~') && f.problem(r) != "" {
			return false
		}
	}
	return true
}
