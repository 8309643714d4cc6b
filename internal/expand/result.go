package expand

import (
	"encoding/binary"
	"fmt"
	"sort"
	"strings"
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

// Result is a filled template.
type Result struct {
	Slots []Slot
	Steps int // nodes executed, as MaxSteps counts them

	template *Template
	segments []segment
	size     int // of Text
}

// Text is what the template printed, with Token(i) exactly once for each
// Slots[i], in order; everything else in it comes from the template.
func (r Result) Text() string {
	var b strings.Builder
	b.Grow(r.size)
	slot := 0
	for _, s := range r.segments {
		if s.of.isToken() {
			writeToken(&b, slot)
			slot++
		} else {
			b.WriteString(r.template.prog.texts[s.of].text)
		}
	}
	return b.String()
}

// Size is the length of Text in bytes.
func (r Result) Size() int { return r.size }

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
	from = r.runeStart(min(max(from, 0), r.size), -1)
	to = r.runeStart(min(max(to, from), r.size), 1)
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

// runeStart is the nearest offset at which a character of Text begins, or its end,
// going by step.
func (r Result) runeStart(offset, step int) int {
	for offset > 0 && offset < r.size && !utf8.RuneStart(r.byteAt(offset)) {
		offset += step
	}
	return offset
}

// byteAt is a byte of Text.
func (r Result) byteAt(offset int) byte {
	s, _ := r.segmentAt(offset)
	if !s.of.isToken() {
		return r.template.prog.texts[s.of].text[offset-int(s.from)]
	}
	return Token(0)[offset-int(s.from)] // all tokens have characters of one length
}

func (r Result) segmentAt(offset int) (segment, source.Span) {
	i := sort.Search(len(r.segments), func(i int) bool { return int(r.segments[i].from) > offset })
	s := r.segments[max(i-1, 0)]
	return s, r.template.prog.span(s.of)
}
