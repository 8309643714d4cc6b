// Package source holds the text of input files and positions inside them.
//
// It is for every stage that reads what a person wrote: a position is taken
// when text is read and carried, as a Span, to the last stage. No stage
// recovers a position later by searching.
package source

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// File is the text of one input file and its line table. It never changes
// after New.
type File struct {
	name  string
	text  string
	lines []int // byte offset of the start of each line

	once   sync.Once
	sha256 string // of the text, after once
}

// New makes a File from a name, as it is to be shown in messages, and its
// text. The text is kept byte for byte; Problems tells what is wrong with it.
func New(name string, text []byte) *File {
	f := &File{name: name, text: string(text)}
	f.lines = make([]int, 1, strings.Count(f.text, "\n")+1)
	for range cap(f.lines) - 1 {
		start := f.lines[len(f.lines)-1]
		f.lines = append(f.lines, start+strings.IndexByte(f.text[start:], '\n')+1)
	}
	return f
}

// Name is the file's name as given to New.
func (f *File) Name() string { return f.name }

// Text is the whole text of the file.
func (f *File) Text() string { return f.text }

// SHA256 is that of the text, in hexadecimal digits. It is computed once: one
// shared file is in the documents of many customers.
func (f *File) SHA256() string {
	f.once.Do(func() {
		sum := sha256.Sum256([]byte(f.text))
		f.sha256 = hex.EncodeToString(sum[:])
	})
	return f.sha256
}

// Lines is the number of lines; a text that ends in a line feed has an empty
// last line.
func (f *File) Lines() int { return len(f.lines) }

// Line is the text of line n, counted from 1, without its line break.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.text)
	if n < len(f.lines) {
		end = f.lines[n] - 1
	}
	return strings.TrimSuffix(f.text[f.lines[n-1]:end], "\r")
}

// LineStart is the byte offset at which line n, counted from 1, begins.
// A line past the end begins where the text ends.
func (f *File) LineStart(n int) int {
	if n < 1 {
		return 0
	}
	if n > len(f.lines) {
		return len(f.text)
	}
	return f.lines[n-1]
}

// Position is a place in a file as a person counts: line and column from 1,
// the column in Unicode code points.
type Position struct {
	Line, Column int
}

// Position of a byte offset. An offset outside the text is moved to its
// nearest end.
func (f *File) Position(offset int) Position {
	offset = min(max(offset, 0), len(f.text))
	line := sort.SearchInts(f.lines, offset+1)
	start := f.lines[line-1]
	return Position{Line: line, Column: utf8.RuneCountInString(f.text[start:offset]) + 1}
}

// Offset is the byte offset of a line and a column in code points, both
// counted from 1. A column past the end of its line gives the line's end.
func (f *File) Offset(line, column int) int {
	offset := f.LineStart(line)
	text := f.Line(line)
	for i := range text {
		if column <= 1 {
			return offset + i
		}
		column--
	}
	return offset + len(text)
}

// Span is the span of the bytes from start to end of f.
func (f *File) Span(start, end int) Span {
	return Span{File: f, Start: start, End: end}
}

// Span is a half-open range of bytes of a file. The zero Span is no place.
type Span struct {
	File       *File
	Start, End int
}

// IsZero reports whether s is no place.
func (s Span) IsZero() bool { return s.File == nil }

// Text is the text that s covers.
func (s Span) Text() string {
	if s.File == nil {
		return ""
	}
	return s.File.text[s.Start:s.End]
}

// Valid reports whether s lies inside its file and begins and ends at
// boundaries of characters.
func (s Span) Valid() bool {
	if s.File == nil {
		return s.Start == 0 && s.End == 0
	}
	t := s.File.text
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(t) && boundary(t, s.Start) && boundary(t, s.End)
}

// boundary reports whether no character of text has bytes both before and
// after offset. A byte that is not UTF-8 counts as a character.
func boundary(text string, offset int) bool {
	for start := offset - 1; start >= max(offset-utf8.UTFMax+1, 0); start-- {
		if utf8.RuneStart(text[start]) {
			_, size := utf8.DecodeRuneInString(text[start:])
			return start+size <= offset
		}
	}
	return true
}

// String is file:line:column of the start of s.
func (s Span) String() string {
	if s.File == nil {
		return "-"
	}
	p := s.File.Position(s.Start)
	return fmt.Sprintf("%s:%d:%d", s.File.name, p.Line, p.Column)
}
