package draft

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// MaxCSV is the largest CSV file that is read, in bytes: some 100,000 rows.
const MaxCSV = 32 << 20

// table is a CSV file with a row of column names.
type table struct {
	file   *source.File
	start  int // offset of the first byte after a byte order mark
	comma  rune
	header []string
}

// record is a row of a table.
type record struct {
	table  *table
	cells  []string
	starts []int // offset in the file of each cell
}

// openTable reads the column names of a file. Without a separator it takes that of
// comma, semicolon and tabulator that is used most in them. With an error in the
// list there is no table.
func openTable(file *source.File, separator rune) (*table, diag.List) {
	var list diag.List
	t := &table{file: file, comma: separator}
	text := file.Text()
	const utf8Hint = `save it as "CSV UTF-8"`
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		list.Errorf(codeCSVEncoding, file.Span(0, 0), utf8Hint, "the file is UTF-16; expected UTF-8")
		return nil, list
	}
	if strings.HasPrefix(text, "\ufeff") {
		t.start = len("\ufeff")
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		list.Errorf(codeCSVEncoding, file.Span(i, i+1), utf8Hint, "the file has a byte 0, so it is no text in UTF-8")
		return nil, list
	}
	if i := invalid(text); i >= 0 {
		list.Errorf(codeCSVEncoding, file.Span(i, i+1), utf8Hint, "byte 0x%02X is not valid UTF-8", text[i])
		return nil, list
	}
	if t.comma == 0 {
		t.comma = detect(text[t.start:])
	}
	r := t.reader()
	header, err := r.Read()
	switch {
	case errors.Is(err, io.EOF):
		list.Errorf(codeCSVSyntax, file.Span(0, 0), "export it with a row of column names", "the file is empty; expected a row of column names")
		return nil, list
	case err != nil:
		t.syntax(&list, err)
		return nil, list
	}
	t.header = slices.Clone(header)
	return t, list
}

// invalid is the offset of the first byte that is not UTF-8, or -1.
func invalid(text string) int {
	if utf8.ValidString(text) {
		return -1
	}
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i
			}
		}
	}
	return -1
}

// detect is the separator that stands most outside of quotes in the first line.
func detect(text string) rune {
	counts := map[rune]int{}
	quoted := false
	for _, r := range text {
		if r == '"' {
			quoted = !quoted
		}
		if r == '\n' && !quoted {
			break
		}
		if !quoted {
			counts[r]++
		}
	}
	best := ','
	for _, r := range []rune{';', '\t'} {
		if counts[r] > counts[best] {
			best = r
		}
	}
	return best
}

func (t *table) reader() *csv.Reader {
	r := csv.NewReader(strings.NewReader(t.file.Text()[t.start:]))
	r.Comma = t.comma
	return r
}

// each calls f for each row that has as many cells as there are columns, in order.
// The list has the others.
func (t *table) each(f func(record)) diag.List {
	var list diag.List
	r := t.reader()
	if _, err := r.Read(); err != nil {
		t.syntax(&list, err)
		return list
	}
	for {
		cells, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return list
		case errors.Is(err, csv.ErrFieldCount):
			span := t.span(r, cells, 0)
			list.Errorf(codeCSVSyntax, span, "quote a cell that holds the separator", "the row has %d cells; expected %d, one for each column", len(cells), len(t.header))
			continue
		case err != nil:
			t.syntax(&list, err)
			var parse *csv.ParseError
			if !errors.As(err, &parse) {
				return list
			}
			continue
		}
		row := record{table: t, cells: cells}
		for i := range cells {
			row.starts = append(row.starts, t.offset(r.FieldPos(i)))
		}
		f(row)
	}
}

// offset is where a line and a column in bytes, from 1, lie in the file.
func (t *table) offset(line, column int) int {
	start := t.file.LineStart(line)
	if line == 1 {
		start = t.start
	}
	return min(start+column-1, len(t.file.Text()))
}

func (t *table) span(r *csv.Reader, cells []string, i int) source.Span {
	return record{table: t, cells: cells, starts: []int{t.offset(r.FieldPos(i))}}.span(0)
}

// span is a cell with its quotes.
func (r record) span(i int) source.Span {
	text := r.table.file.Text()
	start := r.starts[i]
	end := start + len(r.cells[i])
	if start < len(text) && text[start] == '"' {
		end = start + 1
		for end < len(text) && (text[end] != '"' || strings.HasPrefix(text[end+1:], `"`)) {
			if text[end] == '"' {
				end++
			}
			end++
		}
		end++
	}
	end = min(end, len(text))
	if line := bytes.IndexByte([]byte(text[start:end]), '\n'); line >= 0 {
		end = start + line // one line shows which cell it is
	}
	return r.table.file.Span(start, end)
}

// syntax reports an error of the CSV reader.
func (t *table) syntax(list *diag.List, err error) {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		list.Errorf(codeCSVSyntax, t.file.Span(0, 0), "", "the file cannot be read: %v", err)
		return
	}
	at := t.offset(parse.Line, parse.Column)
	if parse.StartLine != parse.Line || at >= t.file.LineStart(parse.Line+1) {
		at = t.offset(parse.StartLine, 1) // the row whose cell does not end on its line
	}
	for at > 0 && at < len(t.file.Text()) && !utf8.RuneStart(t.file.Text()[at]) {
		at--
	}
	message := "the row cannot be read"
	switch {
	case errors.Is(err, csv.ErrQuote):
		message = "a quoted cell goes on after its last quote, or never ends"
	case errors.Is(err, csv.ErrBareQuote):
		message = "a quote stands inside of a cell that is not quoted"
	}
	list.Errorf(codeCSVSyntax, t.file.Span(at, at), `quote the whole cell, and write each quote in it twice: ""`, "%s", message)
}

// column is the index of a column; false when there is none, or two.
func (t *table) column(name string) (int, bool) {
	i := slices.Index(t.header, name)
	return i, i >= 0 && slices.Index(t.header[i+1:], name) < 0
}

// isFormula reports whether a spreadsheet would run the text of a cell. A telephone
// number may begin with a plus sign.
func isFormula(text string, phone bool) bool {
	if text == "" || !strings.ContainsRune("=+-@", rune(text[0])) {
		return false
	}
	return !phone || text[0] != '+' || strings.Trim(text[1:], "0123456789 ()/.-x") != ""
}
