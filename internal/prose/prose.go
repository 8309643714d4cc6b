// Package prose measures the words of a finished document: how hard they are to
// read, and what they ask of each side and give to it.
//
// It is for those who write clauses. A measure judges no single sentence, but it
// finds those that are worth a second look, each with its place. It promises
// that what a customer is called does not change a measure: the words of a
// library are measured, not the values that an agreement puts into them.
package prose

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/internal/doc"
	"concordat/internal/source"
)

// Part is an article or a Schedule of a document, or its first page.
type Part struct {
	Anchor    string // of the article or Schedule, such as "article-risk"; empty for the first page
	Title     string // as printed, such as "Article 3. Risk ownership"; FirstPage for the first page
	Sentences []Sentence
}

// FirstPage is the title of the Part before the first page break and the first
// article: the page for the owner of a business.
const FirstPage = "The owner's page"

// Sentence is a unit of sense: it ends with a full stop, question or
// exclamation mark, or where its paragraph or list item ends. So the words that
// introduce a list are a sentence, and each item is one.
type Sentence struct {
	Text   string      // as printed, without label
	Clause string      // the id of its clause; empty on the first page
	At     source.Span // its first words that the library wrote; zero if there are none
	Lead   string      // the sentence that introduces the list that it is an item of; else empty

	marked  string // Text with each value as valueMark
	measure Measure
}

// articlePrefix begins the anchors of articles.
const articlePrefix = "article-"

// Read gives the sentences of the first page and of each article, in order. Those
// of Schedules are given by Schedules. What comes from one of the files of values is a value,
// but for the word for a party.
//
// Headings are no sentences, nor are paragraphs of the first page without a mark
// at their end, which stand there like headings. Tables and signature blocks are
// not read.
func Read(d doc.Document, values []*source.File) []Part {
	r := reader{values: values}
	parts := []Part{{Title: FirstPage}}
	at := 0 // the part that blocks belong to; -1 is none
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case doc.PageBreak:
			if at == 0 {
				at = -1
			}
			continue
		case doc.Heading:
			switch {
			case b.Level == 2 && strings.HasPrefix(b.Anchor, articlePrefix):
				parts = append(parts, Part{Anchor: b.Anchor, Title: doc.Plain(doc.HeadingText(b))})
				at = len(parts) - 1
			case b.Level == 2 && at > 0:
				at = -1
			case b.Level == 3:
				r.clause = b.Anchor
			}
			continue
		}
		if at >= 0 {
			p := &parts[at]
			p.Sentences = append(p.Sentences, r.block(b, introduction(b, p.Sentences), false)...)
		}
	}
	return parts
}

type reader struct {
	values []*source.File
	clause string
}

// schedulePrefix begins the anchors of Schedules.
const schedulePrefix = "schedule-"

// Schedules gives the sentences of each Schedule that say more than values, in
// order. What comes from one of the files of values is a value.
//
// Headings and tables are no sentences, nor are the lines in which the short
// form prints titles, rows and lists: a line begins with its title in bold
// letters, and a row names its columns in italics with a colon.
func Schedules(d doc.Document, values []*source.File) []Part {
	r := reader{values: values}
	var parts []Part
	within := false
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case doc.Heading:
			if b.Level == 2 {
				if within = strings.HasPrefix(b.Anchor, schedulePrefix); within {
					parts = append(parts, Part{Anchor: b.Anchor, Title: doc.Plain(doc.HeadingText(b))})
				}
			}
			continue
		case doc.Paragraph:
			b.Text = withoutTitle(b.Text)
			if within && !isRow(b.Text) {
				parts[len(parts)-1].add(r.paragraph(b.Text, "", false))
			}
			continue
		}
		if within {
			parts[len(parts)-1].add(r.block(b, "", false))
		}
	}
	return parts
}

// add adds the sentences that hold more than values.
func (p *Part) add(sentences []Sentence) {
	for _, s := range sentences {
		if strings.ContainsFunc(s.marked, unicode.IsLetter) {
			p.Sentences = append(p.Sentences, s)
		}
	}
}

// withoutTitle is a line of the short form without its title. Nothing is left
// of a title that announces rows or a list.
func withoutTitle(text []doc.Inline) []doc.Inline {
	if len(text) == 0 {
		return nil
	}
	title, ok := text[0].(doc.Strong)
	switch {
	case !ok:
		return text
	case strings.HasSuffix(doc.Plain(title.Text), ":"):
		return nil
	case strings.HasSuffix(doc.Plain(title.Text), "."):
		return text[1:]
	default:
		return text
	}
}

// isRow reports whether a line of the short form is a row of a table.
func isRow(text []doc.Inline) bool {
	return slices.ContainsFunc(text, func(in doc.Inline) bool {
		name, ok := in.(doc.Emphasis)
		return ok && strings.HasSuffix(doc.Plain(name.Text), ":")
	})
}

// block reads one block. lead introduces the list in which it stands.
func (r *reader) block(b doc.Block, lead string, inItem bool) []Sentence {
	switch b := b.(type) {
	case doc.Paragraph:
		return r.paragraph(b.Text, lead, inItem)
	case doc.List:
		var all []Sentence
		for _, item := range b.Items {
			all = append(all, r.blocks(item.Blocks, lead, true)...)
		}
		return all
	case doc.Quote:
		return r.blocks(b.Blocks, lead, inItem)
	case doc.Heading, doc.Table, doc.Signature, doc.PageBreak:
		return nil
	default:
		panic(fmt.Sprintf("prose: unknown block %T", b))
	}
}

// blocks reads the blocks of an item or quote: a list among them is introduced
// by the last sentence before it.
func (r *reader) blocks(blocks []doc.Block, lead string, inItem bool) []Sentence {
	var all []Sentence
	for _, b := range blocks {
		if own := introduction(b, all); own != "" {
			all = append(all, r.block(b, own, inItem)...)
			continue
		}
		all = append(all, r.block(b, lead, inItem)...)
	}
	return all
}

// introduction is the sentence that introduces b, if b is a list and the last
// sentence before it does.
func introduction(b doc.Block, before []Sentence) string {
	if _, ok := b.(doc.List); !ok || len(before) == 0 {
		return ""
	}
	if last := before[len(before)-1].Text; strings.HasSuffix(last, ":") {
		return last
	}
	return ""
}

// valueMark stands for a value, however long it is.
const valueMark = '\uFFFC'

// run is the text of a paragraph, with a place for each part of it.
type run struct {
	marked strings.Builder
	values []string // what stands for each valueMark
	places []place
}

// place says that text from a byte of the run on was written at a span.
type place struct {
	start int
	text  string
	at    source.Span
}

func (r *reader) paragraph(text []doc.Inline, lead string, inItem bool) []Sentence {
	var p run
	r.add(&p, text)
	marked := p.marked.String()
	if r.clause == "" && !inItem && !ended(marked) {
		return nil
	}
	var all []Sentence
	for _, x := range Split(marked) {
		one := marked[x.Start:x.End]
		all = append(all, Sentence{Text: p.printed(x.Start, x.End), Clause: r.clause, At: p.at(x.Start, x.End), Lead: lead, marked: one, measure: measure(one)})
	}
	return all
}

// Extent is a part of a text: its bytes from Start to End.
type Extent struct{ Start, End int }

// Split gives the sentences of the text of one paragraph, without the spaces
// around them.
func Split(text string) []Extent {
	var all []Extent
	for start := 0; start < len(text); {
		end := sentenceEnd(text, start)
		if one := strings.TrimSpace(text[start:end]); one != "" {
			first := start + strings.Index(text[start:end], one)
			all = append(all, Extent{first, first + len(one)})
		}
		start = end
	}
	return all
}

// add adds inlines to a run.
func (r *reader) add(p *run, text []doc.Inline) {
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			if _, who := nouns[in.Value]; !who && slices.Contains(r.values, in.Origin.File) {
				p.marked.WriteRune(valueMark)
				p.values = append(p.values, in.Value)
				continue
			}
			if !in.Origin.IsZero() {
				p.places = append(p.places, place{p.marked.Len(), in.Value, in.Origin})
			}
			p.marked.WriteString(in.Value)
		case doc.Strong:
			r.add(p, in.Text)
		case doc.Emphasis:
			r.add(p, in.Text)
		case doc.Link:
			r.add(p, in.Text)
		case doc.Ref:
			if !in.Origin.IsZero() {
				p.places = append(p.places, place{p.marked.Len(), in.Text, in.Origin})
			}
			p.marked.WriteString(in.Text)
		case doc.LineBreak:
			p.marked.WriteByte('\n')
		default:
			panic(fmt.Sprintf("prose: unknown inline %T", in))
		}
	}
}

// printed is the part of a run from start to end as it is printed.
func (p *run) printed(start, end int) string {
	marked := p.marked.String()
	next := strings.Count(marked[:start], string(valueMark))
	var b strings.Builder
	for _, c := range marked[start:end] {
		if c == valueMark {
			b.WriteString(p.values[next])
			next++
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}

// at is where the first words between start and end were written. A text and its
// source have the same characters but for marks such as quotes, so that the
// place is right to a few characters.
func (p *run) at(start, end int) source.Span {
	for _, x := range p.places {
		if x.start+len(x.text) <= start || x.start >= end {
			continue
		}
		written := x.at.Text()
		skip := utf8.RuneCountInString(x.text[:max(start-x.start, 0)])
		from := 0
		for skip > 0 && from < len(written) {
			_, size := utf8.DecodeRuneInString(written[from:])
			from += size
			skip--
		}
		return x.at.File.Span(x.at.Start+from, x.at.End)
	}
	return source.Span{}
}

// closers may stand between the mark that ends a sentence and the space behind.
const closers = "”’\"')]"

// ended reports whether a text ends like a sentence or an introduction.
func ended(text string) bool {
	return strings.ContainsAny(lastOf(strings.TrimRight(strings.TrimSpace(text), closers)), ".!?:;")
}

func lastOf(text string) string {
	_, size := utf8.DecodeLastRuneInString(text)
	return text[len(text)-size:]
}

// sentenceEnd is where the sentence that begins at start ends.
func sentenceEnd(text string, start int) int {
	for i := start; i < len(text); i++ {
		if !strings.ContainsRune(".!?", rune(text[i])) {
			continue
		}
		end := i + 1
		for end < len(text) {
			c, size := utf8.DecodeRuneInString(text[end:])
			if !strings.ContainsRune(closers, c) {
				break
			}
			end += size
		}
		rest := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
		next, _ := utf8.DecodeRuneInString(rest)
		switch {
		case rest == "":
			return len(text)
		case len(rest) == len(text)-end, unicode.IsLower(next), abbreviated(text[start:i]):
			continue
		}
		return end
	}
	return len(text)
}

// abbreviated reports whether the point after a text does not end a sentence:
// after one capital letter, and after some short forms.
func abbreviated(text string) bool {
	word := text[strings.LastIndexAny(text, " \n(")+1:]
	if i := strings.LastIndexByte(word, '.'); i >= 0 {
		word = word[i+1:]
	}
	first, size := utf8.DecodeRuneInString(word)
	if size == len(word) && unicode.IsUpper(first) {
		return true
	}
	return slices.Contains([]string{"e.g", "i.e", "No", "Inc", "Ltd", "Dr", "Mr", "Mrs", "Ms"}, word)
}
