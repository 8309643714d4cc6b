package pdffile

import (
	"bytes"
	"fmt"

	"github.com/klauspost/compress/zlib"
)

// The ways in which streams are compressed. Glyphs repeat little: to look for
// what repeats in them takes twice the time and saves a sixth of their bytes.
const (
	forText   = zlib.BestSpeed
	forGlyphs = zlib.HuffmanOnly
)

// compressor compresses one stream after another; making one costs more than
// a page.
type compressor struct {
	buf bytes.Buffer
	w   *zlib.Writer
}

func newCompressor(level int) *compressor {
	c := &compressor{}
	w, err := zlib.NewWriterLevel(&c.buf, level)
	if err != nil {
		panic(fmt.Sprintf("pdffile: %v", err))
	}
	c.w = w
	return c
}

// compress is data as a zlib stream. It holds until the next call.
func (c *compressor) compress(data []byte) []byte {
	c.buf.Reset()
	c.w.Reset(&c.buf)
	_, err := c.w.Write(data)
	if err == nil {
		err = c.w.Close()
	}
	if err != nil { // a buffer takes everything
		panic(fmt.Sprintf("pdffile: %v", err))
	}
	return c.buf.Bytes()
}
