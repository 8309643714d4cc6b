package lint

import (
	"regexp"
	"strings"

	"concordat/internal/doc"
	"concordat/internal/source"
)

// masked is the text of a template with each action filled by a character that
// no rule looks for, byte for byte.
func masked(text string) string {
	b := []byte(text)
	for i := 0; ; {
		start := strings.Index(text[i:], "{{")
		if start < 0 {
			return string(b)
		}
		start += i
		end := strings.Index(text[start:], "}}")
		if end < 0 {
			end = len(text) - start - len("}}")
		}
		i = start + end + len("}}")
		for k := start; k < i; k++ {
			if b[k] != '\n' {
				b[k] = 0
			}
		}
	}
}

// A number typed by hand: of a part in the middle of a text, or at the beginning
// of a line that is no list.
var (
	typedPart = regexp.MustCompile(`\b(?:Sections?|Articles?|Schedules?|Clauses?|Exhibits?|Annex(?:es)?|Appendix|Appendices|sections?|articles?|schedules?|clauses?|paragraphs?)\s+(?:[0-9]+(?:\.[0-9]+)*(?:\([a-z]+\))*|[IVXL]+|[A-Z])\b`)
	typedLine = regexp.MustCompile(`(?m)^[ >*-]*((?:\([a-z]{1,2}\)|\([ivx]+\)|\([0-9]{1,2}\)|[0-9]+(?:\.[0-9]+)+\.?|[a-z]\)|§+ ?[0-9.]+)) +\S`)
	positions = regexp.MustCompile(`(?i)\b(?:(?:as|set out|stated|described|defined|mentioned|named|listed|referred to) (?:above|below)|(?:the )?(?:above|below)[ -](?:mentioned|named|described|stated|section|clause|article|list|table|paragraph)s?|(?:section|clause|article|list|table|paragraph)s? (?:above|below)|hereinabove|hereinafter|the (?:foregoing|preceding|following) (?:section|clause|article)s?)\b`)
)

// What a draft leaves behind.
var (
	leftovers = regexp.MustCompile(`\b(?:TODO|TBD|TBC|FIXME|XXX+)\b|\[[^\]\n]*\]|[●•]|_{3,}|<<[^>\n]*>>|[{][^{}\n]*[}]|==[^=\n]+==|\?\?+|(?i:\blorem ipsum\b|\b(?:please )?insert (?:here|name|date|the|a|an|your)\b)`)
	doubled   = regexp.MustCompile(`\S(  +)\S`)
)

// checkWritten examines the texts as they are written, before they are read.
func (e *examination) checkWritten() {
	for _, u := range e.all() {
		body := u.body()
		text := masked(body.Text())
		at := func(from, to int) source.Span { return body.File.Span(body.Start+from, body.Start+to) }
		for _, m := range typedPart.FindAllStringIndex(text, -1) {
			e.list.Errorf(codeTypedNumber, at(m[0], m[1]), "write {{ ref \"...\" }} with the id of the part, so that its number is always right",
				"the number of a part is typed by hand: %q", words(text[m[0]:m[1]]))
		}
		for _, m := range typedLine.FindAllStringSubmatchIndex(text, -1) {
			e.list.Errorf(codeTypedNumber, at(m[2], m[3]), "write a list with 1. before each item; its labels are set when it is printed",
				"a label is typed by hand: %q", text[m[2]:m[3]])
		}
		for _, m := range positions.FindAllStringIndex(text, -1) {
			e.list.Warnf(codePosition, at(m[0], m[1]), "write {{ ref \"...\" }} with the id of the part", "%q depends on the order of the parts", words(text[m[0]:m[1]]))
		}
		e.checkLeftovers(text, body)
		for _, m := range doubled.FindAllStringSubmatchIndex(text, -1) {
			if !listMark.MatchString(text[strings.LastIndexByte(text[:m[2]], '\n')+1 : m[2]]) {
				e.list.Warnf(codeDoubleSpace, at(m[2], m[3]), "delete all but one of them", "more than one space between two words")
			}
		}
		if u.clause != nil {
			for _, field := range []string{"Title", "Plain", "Purpose"} {
				if u.clause.Written(field) {
					span := u.clause.Span(field)
					e.checkLeftovers(span.Text(), span)
				}
			}
		}
	}
}

// listMark is a line up to the mark of a list item, or of a table.
var listMark = regexp.MustCompile(`^[ >]*(?:[0-9]+[.)]|[-+*])?$|\|`)

// checkLeftovers reports what a draft has left in a text that stands at a span.
func (e *examination) checkLeftovers(text string, where source.Span) {
	for _, m := range leftovers.FindAllStringIndex(text, -1) {
		if text[m[0]] == '[' && strings.HasPrefix(text[m[1]:], "(") {
			continue // a link
		}
		at := where.File.Span(where.Start+m[0], where.Start+m[1])
		e.list.Errorf(codeLeftover, at, "write what belongs here, or delete it", "%q was left by a draft", at.Text())
	}
}

// words is a text on one line.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }

// checkHeadings reports headings of layouts that skip a level.
func (e *examination) checkHeadings() {
	for _, u := range e.units {
		if u.layout == nil {
			continue
		}
		for _, blocks := range u.Variants {
			last := 0
			for _, b := range blocks {
				h, ok := b.(doc.Heading)
				if !ok {
					continue
				}
				if h.Level > last+1 {
					e.list.Errorf(codeSkippedHeading, headingAt(u, h), "use the level that comes next",
						"expected a heading of level %d or less, found level %d", last+1, h.Level)
				}
				last = h.Level
			}
		}
	}
}

// headingAt is where the first words of a heading are written.
func headingAt(u unit, h doc.Heading) source.Span {
	for _, p := range u.passages {
		if p.heading && p.text == doc.Plain(h.Text) {
			if at := p.at(0, len(p.text)); !at.IsZero() {
				return at
			}
		}
	}
	body := u.body()
	return body.File.Span(body.Start, body.Start)
}
