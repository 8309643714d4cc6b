package markdown

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"unicode"
	"unicode/utf8"

	"concordat/internal/doc"
)

// keys writes the keys by which a Writer remembers parts of documents.
//
// A key holds all that Flatten and render look at, each text with its length before
// it: two parts with one key are written alike. A reference is as good as the text
// that is printed for it.
type keys struct {
	out []byte

	shapes bool   // of texts only their shapes are written
	words  []byte // the rows of letters of those texts, each with a NUL after it
	unsure bool   // one of those texts has a shape from which nothing follows
}

// shape adds the shape of a written text and of what it was written of, which flat adds
// as a key. The shape of a text is the text with one letter in the place of each row of
// letters. It is false where nothing follows from the shape.
//
// To Markdown a letter is a letter, whichever it is and however many stand side by
// side, but in the names of character references and HTML elements, in addresses, and
// in the labels and destinations of links. A text without the characters with which
// these begin has none of them. So, if one text was read back as what it was written
// of, then another one of the same shapes reads back as the same with its own rows of
// letters in their places, in order; and that is what it was written of, if the rows of
// letters of both are the same.
//
// A shape holds no word of any customer, and no text comes out of it.
func (k *keys) shape(text string, flat func()) bool {
	k.shapes, k.unsure, k.words = true, false, k.words[:0]
	k.text(text)
	written := len(k.words)
	flat()
	k.shapes = false
	return !k.unsure && bytes.Equal(k.words[:written], k.words[written:])
}

// text adds a text.
func (k *keys) text(s string) {
	if !k.shapes {
		k.out = append(binary.AppendUvarint(k.out, uint64(len(s))), s...)
		return
	}
	from := len(k.out)
	out, words := append(k.out, 0, 0, 0, 0), k.words // with room for the length
	for i := 0; i < len(s); {
		begin := i
		for i < len(s) {
			if c := s[i]; c < utf8.RuneSelf {
				if bytesOf[c] != letter {
					break
				}
				i++
				continue
			}
			r, size := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsLetter(r) {
				break
			}
			i += size
		}
		if i > begin {
			out, words = append(out, 'a'), append(append(words, s[begin:i]...), 0)
		}
		begin = i
		for i < len(s) {
			if c := s[i]; c < utf8.RuneSelf {
				if bytesOf[c] == letter {
					break
				}
				if bytesOf[c] == beforeLetters && (c != '&' || i+1 == len(s) || s[i+1] != ' ') {
					k.unsure = true
				}
				i++
				continue
			}
			r, size := utf8.DecodeRuneInString(s[i:])
			if unicode.IsLetter(r) {
				break
			}
			k.unsure = k.unsure || r == utf8.RuneError
			i += size
		}
		out = append(out, s[begin:i]...)
	}
	binary.BigEndian.PutUint32(out[from:], uint32(len(out)-from))
	k.out, k.words = out, words
}

// What a character of one byte is to a shape.
const (
	other         = iota
	letter        // one letter is as good as another
	beforeLetters // letters after it may have a meaning, but after an ampersand with a space; or it ends a row in keys.words
)

var bytesOf = func() (kinds [utf8.RuneSelf]byte) {
	for c := range kinds {
		if unicode.IsLetter(rune(c)) {
			kinds[c] = letter
		}
	}
	for _, c := range "<[&\x00" {
		kinds[c] = beforeLetters
	}
	return kinds
}()

func (k *keys) number(n int) { k.out = binary.AppendVarint(k.out, int64(n)) }

func (k *keys) bool(b bool) {
	n := byte(0)
	if b {
		n = 1
	}
	k.out = append(k.out, n)
}

func (k *keys) inlines(text []doc.Inline) {
	k.number(len(text))
	for _, in := range text {
		switch in := in.(type) {
		case doc.Text:
			k.out = append(k.out, 't')
			k.text(in.Value)
		case doc.Ref:
			k.out = append(k.out, 't')
			k.text(in.Text)
		case doc.Strong:
			k.out = append(k.out, 's')
			k.inlines(in.Text)
		case doc.Emphasis:
			k.out = append(k.out, 'e')
			k.inlines(in.Text)
		case doc.Link:
			k.out = append(k.out, 'l')
			k.text(in.Dest)
			k.inlines(in.Text)
		case doc.LineBreak:
			k.out = append(k.out, 'b')
		default:
			panic(fmt.Sprintf("markdown: unknown inline %T", in))
		}
	}
}

func (k *keys) blocks(blocks []doc.Block) {
	k.number(len(blocks))
	for _, b := range blocks {
		k.block(b)
	}
}

func (k *keys) block(b doc.Block) {
	switch b := b.(type) {
	case doc.Heading:
		k.out = append(k.out, 'H')
		k.number(b.Level)
		k.text(b.Number)
		k.inlines(b.Text)
	case doc.Paragraph:
		k.out = append(k.out, 'P')
		k.inlines(b.Text)
	case doc.List:
		k.out = append(k.out, 'L')
		k.bool(b.Ordered)
		k.number(len(b.Items))
		for _, item := range b.Items {
			k.text(item.Label)
			k.blocks(item.Blocks)
		}
	case doc.Table:
		k.out = append(k.out, 'T')
		k.columns(b.Columns)
		k.number(len(b.Rows))
		for _, row := range b.Rows {
			k.row(row)
		}
	case doc.Quote:
		k.out = append(k.out, 'Q')
		k.blocks(b.Blocks)
	case doc.Signature:
		k.out = append(k.out, 'S')
		k.bool(b.Witnessed)
		for _, text := range [][]doc.Inline{b.Party, b.LegalName, b.Name, b.Title} {
			k.inlines(text)
		}
	case doc.PageBreak:
		k.out = append(k.out, 'B')
	default:
		panic(fmt.Sprintf("markdown: unknown block %T", b))
	}
}

func (k *keys) columns(columns []doc.Column) {
	k.number(len(columns))
	for _, c := range columns {
		k.number(int(c.Align))
		k.inlines(c.Head)
	}
}

func (k *keys) row(row doc.Row) {
	k.bool(row.Total)
	k.number(len(row.Cells))
	for _, cell := range row.Cells {
		k.inlines(cell)
	}
}
