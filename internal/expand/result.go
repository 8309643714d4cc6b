package expand

import (
	"fmt"
	"sort"
	"unicode/utf8"

	"concordat/internal/source"
)

// Kind says what a slot stands for. Its zero is invalid.
type Kind int

const (
	// Value is text to be printed as it is.
	Value Kind = iota + 1
	// Inline is the call of one of Options.Inline.
	Inline
	// Block is the call of one of Options.Blocks.
	Block
)

func (k Kind) String() string {
	switch k {
	case Value:
		return "value"
	case Inline:
		return "inline"
	case Block:
		return "block"
	default:
		panic(fmt.Sprintf("expand: unknown kind %d", int(k)))
	}
}

// Slot is what a token stands for.
type Slot struct {
	Kind Kind
	Func string      // of Inline and Block
	Arg  string      // of Inline and Block; empty when there is none
	Text string      // of Value: one line, never empty
	Span source.Span // the template action, {{ and }} included

	// Receiver and Field are set for a chain of fields printed as it is, such
	// as .Customer.LegalName: Receiver is the pointer to the struct that holds
	// the last field, Field is that field's name. They are nil and empty for
	// computed values and where the struct has no address.
	Receiver any
	Field    string
}

// Result is a filled template. Its Text holds Token(i) exactly once for each
// Slots[i], in order; everything else in Text comes from the template.
type Result struct {
	Text  string
	Slots []Slot
	Steps int // nodes executed, as MaxSteps counts them

	body     source.Span
	segments []segment
}

// segment is a run of Text that begins at from and ends where the next one
// begins. It comes from the bytes of span one by one, or is a token.
type segment struct {
	from  int
	span  source.Span
	token bool
}

// Span is the part of the template that the bytes of Text from from to to come
// from: exact for template text; from the beginning or to the end of the
// action inside of a token. Where a loop makes the end stand before the
// beginning in the file, the span ends with the run of text it begins in.
// Offsets outside of Text are moved to its ends.
func (r Result) Span(from, to int) source.Span {
	if len(r.segments) == 0 {
		return r.body.File.Span(r.body.Start, r.body.Start)
	}
	from = min(max(from, 0), len(r.Text))
	to = min(max(to, from), len(r.Text))
	for from > 0 && from < len(r.Text) && !utf8.RuneStart(r.Text[from]) {
		from--
	}
	for to < len(r.Text) && !utf8.RuneStart(r.Text[to]) {
		to++
	}
	first := r.segmentAt(from)
	start, end := first.span.Start, first.span.End
	if !first.token {
		start += from - first.from
	}
	if from == to {
		if !first.token {
			end = start
		}
		return r.body.File.Span(start, end)
	}
	last := r.segmentAt(to - 1)
	lastEnd := last.span.End
	if !last.token {
		lastEnd = last.span.Start + to - last.from
	}
	if lastEnd >= start {
		end = lastEnd
	}
	return r.body.File.Span(start, end)
}

func (r Result) segmentAt(offset int) segment {
	i := sort.Search(len(r.segments), func(i int) bool { return r.segments[i].from > offset })
	return r.segments[max(i-1, 0)]
}
