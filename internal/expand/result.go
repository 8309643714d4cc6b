package expand

import (
	"encoding/binary"
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

	template *Template
	segments []segment
}

// segment is a run of Text that begins at from and ends where the next one
// begins. It comes from a piece of the template's text, byte for byte, or is the
// token of an action: of says which.
type segment struct {
	from int32
	of   origin
}

// origin is the index of what was printed: in program.texts, or where it is
// negative, its complement in program.emissions.
type origin int32

func (o origin) isToken() bool { return o < 0 }

// span is the piece of text, or the action.
func (p program) span(x origin) source.Span {
	if x.isToken() {
		return p.emissions[^x].Span
	}
	return p.texts[x].span
}

// Way names what the template printed: the indexes of its pieces of text and of
// its actions, in order. Two results of one template that have the same Way have
// the same Text, the same Span for all offsets, and slots that differ in Text,
// Receiver and Field only. It is a function of the branches and loops that were taken, and
// holds no byte of any value.
func (r Result) Way() string {
	way := make([]byte, 0, 4*len(r.segments))
	for _, s := range r.segments {
		way = binary.BigEndian.AppendUint32(way, uint32(s.of))
	}
	return string(way)
}

// Span is the part of the template that the bytes of Text from from to to come
// from: exact for template text; from the beginning or to the end of the
// action inside of a token. Where a loop makes the end stand before the
// beginning in the file, the span ends with the run of text it begins in.
// Offsets outside of Text are moved to its ends.
func (r Result) Span(from, to int) source.Span {
	if len(r.segments) == 0 {
		body := r.body()
		return body.File.Span(body.Start, body.Start)
	}
	from = min(max(from, 0), len(r.Text))
	to = min(max(to, from), len(r.Text))
	for from > 0 && from < len(r.Text) && !utf8.RuneStart(r.Text[from]) {
		from--
	}
	for to < len(r.Text) && !utf8.RuneStart(r.Text[to]) {
		to++
	}
	first, place := r.segmentAt(from)
	start, end := place.Start, place.End
	if !first.of.isToken() {
		start += from - int(first.from)
	}
	if from == to {
		if !first.of.isToken() {
			end = start
		}
		return place.File.Span(start, end)
	}
	last, place := r.segmentAt(to - 1)
	lastEnd := place.End
	if !last.of.isToken() {
		lastEnd = place.Start + to - int(last.from)
	}
	if lastEnd >= start {
		end = lastEnd
	}
	return place.File.Span(start, end)
}

// body is the template's text; the zero Result has none.
func (r Result) body() source.Span {
	if r.template == nil {
		return source.Span{}
	}
	return r.template.body
}

func (r Result) segmentAt(offset int) (segment, source.Span) {
	i := sort.Search(len(r.segments), func(i int) bool { return int(r.segments[i].from) > offset })
	s := r.segments[max(i-1, 0)]
	return s, r.template.prog.span(s.of)
}
