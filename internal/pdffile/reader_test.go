package pdffile

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// drawn is a text as a reader of the file finds it.
type drawn struct {
	page       int
	x, y, size string
	font       string
	text       string
}

// object is the dictionary of an object and its stream, unpacked.
type object struct {
	dict   string
	stream []byte
}

// readFile reads the objects of a file by its table, and holds the table
// against them.
func readFile(t testing.TB, file []byte) []object {
	t.Helper()
	m := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(file)
	if m == nil {
		t.Fatal("the file has no end")
	}
	at, _ := strconv.Atoi(string(m[1]))
	var count int
	table := file[at:]
	if _, err := fmt.Sscanf(string(table), "xref\n0 %d\n", &count); err != nil {
		t.Fatal(err)
	}
	table = table[len(fmt.Sprintf("xref\n0 %d\n", count)):]
	objects := make([]object, count)
	for n := 1; n < count; n++ {
		offset, err := strconv.Atoi(string(table[20*n : 20*n+10]))
		if err != nil || string(table[20*n+10:20*n+20]) != " 00000 n \n" {
			t.Fatalf("entry %d of the table: %q", n, table[20*n:20*n+20])
		}
		objects[n] = readObject(t, n, file[offset:])
	}
	if !bytes.HasPrefix(table[20*count:], []byte("trailer\n")) {
		t.Fatalf("no trailer, but %q", table[20*count:])
	}
	return objects
}

var length = regexp.MustCompile(`/Length (\d+)>>$`)

func readObject(t testing.TB, n int, b []byte) object {
	t.Helper()
	head := fmt.Sprintf("%d 0 obj\n", n)
	if !bytes.HasPrefix(b, []byte(head)) {
		t.Fatalf("object %d is not where the table has it", n)
	}
	b = b[len(head):]
	end := bytes.Index(b, []byte("\nendobj\n"))
	if at := bytes.Index(b[:end], []byte("\nstream\n")); at < 0 {
		return object{dict: string(b[:end])}
	} else {
		o := object{dict: string(b[:at])}
		size, _ := strconv.Atoi(length.FindStringSubmatch(o.dict)[1])
		b = b[at+len("\nstream\n"):]
		if !bytes.HasPrefix(b[size:], []byte("\nendstream\nendobj\n")) {
			t.Fatalf("the stream of object %d is not %d long", n, size)
		}
		r, err := zlib.NewReader(bytes.NewReader(b[:size]))
		if err != nil {
			t.Fatal(err)
		}
		if o.stream, err = io.ReadAll(r); err != nil {
			t.Fatalf("the stream of object %d: %v", n, err)
		}
		return o
	}
}

func refs(pattern, dict string) []int {
	var list []int
	for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(dict, -1) {
		n, _ := strconv.Atoi(m[1])
		list = append(list, n)
	}
	return list
}

// readTexts finds the texts of a file as a reader does: from the catalogue to
// the pages, through their operators, and by the maps of the fonts.
func readTexts(t testing.TB, objects []object) []drawn {
	t.Helper()
	pages := objects[refs(`/Pages (\d+) 0 R`, objects[catalogObject].dict)[0]].dict
	unicode := map[string]map[uint16]rune{}
	for _, m := range regexp.MustCompile(`/(F\d) (\d+) 0 R`).FindAllStringSubmatch(pages, -1) {
		n, _ := strconv.Atoi(m[2])
		unicode[m[1]] = readMap(t, objects[refs(`/ToUnicode (\d+) 0 R`, objects[n].dict)[0]].stream)
	}
	var texts []drawn
	kids := pages[strings.Index(pages, "/Kids["):]
	for i, page := range refs(`(\d+) 0 R`, kids) {
		content := objects[refs(`/Contents (\d+) 0 R`, objects[page].dict)[0]].stream
		now := drawn{page: i + 1}
		var operands []string
		for len(content) > 0 {
			switch c := content[0]; {
			case c == ' ' || c == '\n':
				content = content[1:]
			case c == '(':
				var s []byte
				s, content = readString(t, content[1:])
				operands = append(operands, string(s))
			default:
				end := bytes.IndexAny(content, " \n(")
				if end < 0 {
					end = len(content)
				}
				word := string(content[:end])
				content = content[end:]
				if strings.Contains("-.0123456789/", word[:1]) {
					operands = append(operands, word)
					continue
				}
				switch word {
				case "Tf":
					now.font, now.size = strings.TrimPrefix(operands[0], "/"), operands[1]
				case "Td":
					now.x, now.y = operands[0], operands[1]
				case "Tj":
					now.text = ""
					for s := operands[0]; len(s) > 0; s = s[2:] {
						code := uint16(s[0])<<8 | uint16(s[1])
						r, ok := unicode[now.font][code]
						if !ok {
							t.Fatalf("code %04x stands for nothing", code)
						}
						now.text += string(r)
					}
					texts = append(texts, now)
				case "BT", "ET", "g", "rg", "G", "RG", "w", "m", "l", "S":
				default:
					t.Fatalf("unknown operator %q", word)
				}
				operands = nil
			}
		}
	}
	return texts
}

// readString reads the rest of a string behind its parenthesis.
func readString(t testing.TB, b []byte) (s, rest []byte) {
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
			if b[i] == 'r' {
				s = append(s, '\r')
				continue
			}
			s = append(s, b[i])
		case ')':
			return s, b[i+1:]
		case '(', '\r':
			t.Fatalf("%q in a string", b[i])
		default:
			s = append(s, b[i])
		}
	}
	t.Fatal("a string has no end")
	return nil, nil
}

// readMap reads which letter each code stands for.
func readMap(t testing.TB, b []byte) map[uint16]rune {
	m := map[uint16]rune{}
	for _, line := range regexp.MustCompile(`(?m)^<([0-9a-f]{4})><([0-9a-f]{4})>(?:<([0-9a-f]{4})>)?$`).FindAllStringSubmatch(string(b), -1) {
		hex := func(s string) uint16 {
			n, err := strconv.ParseUint(s, 16, 16)
			if err != nil {
				t.Fatal(err)
			}
			return uint16(n)
		}
		switch {
		case line[3] == "" && line[2] == "ffff": // the range of codes
		case line[3] == "":
			m[hex(line[1])] = rune(hex(line[2]))
		default:
			for code := hex(line[1]); code <= hex(line[2]); code++ {
				m[code] = rune(hex(line[3]) + code - hex(line[1]))
			}
		}
	}
	return m
}
