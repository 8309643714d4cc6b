package yamlsrc

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// quick reads the YAML that nearly all files are written in: mappings and lists in
// blocks and in brackets, scalars on one line, blocks of text. It is some ten times
// as fast as the YAML library, and no other reading: whatever is not surely within
// this part of the language, and all that is wrong, it leaves to the library. Tests
// hold that both make the same tree of each text that quick reads.
//
// What it leaves: tabulators and carriage returns, characters of four bytes, keys
// that are no words, keys or entries without value, scalars of several lines that
// are no block, anchors, aliases, tags, documents and directives, comments in
// brackets, a comma before a closing bracket.
type quick struct {
	t      *text
	s      string
	pos    int // the first character of the next line that is neither blank nor a comment
	indent int // of that line, in spaces; -1 at the end of the text
	depth  int
	count  int  // nodes
	failed bool // the library has to read the text

	nodes  []Node  // room for more
	fields []Field // of the mappings that are being read, the innermost last
	items  []*Node // likewise of lists
	ready  []Field // room for finished mappings
	listed []*Node
}

// readQuickly is the root of the text, or nil where the library has to read it.
func (t *text) readQuickly() *Node {
	if strings.IndexByte(t.text, '\t') >= 0 || strings.IndexByte(t.text, '\r') >= 0 {
		return nil
	}
	q := &quick{t: t, s: t.text}
	q.line(0)
	if q.indent != 0 {
		return nil
	}
	root := q.mapping(0)
	if q.failed || q.indent >= 0 || q.count > MaxNodes {
		return nil
	}
	return root
}

// fail leaves the text to the library.
func (q *quick) fail() *Node {
	q.failed = true
	q.pos, q.indent = len(q.s), -1
	return nil
}

// at is the byte at an offset; the text ends in line feeds.
func (q *quick) at(i int) byte {
	if i < len(q.s) {
		return q.s[i]
	}
	return '\n'
}

// spaces is the offset of the first byte from i on that is no space.
func (q *quick) spaces(i int) int {
	for i < len(q.s) && q.s[i] == ' ' {
		i++
	}
	return i
}

func (q *quick) lineEnd(i int) int {
	if n := strings.IndexByte(q.s[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(q.s)
}

// line goes to the next line with content, from the start of a line.
func (q *quick) line(start int) {
	for start < len(q.s) {
		at := q.spaces(start)
		switch q.at(at) {
		case '\n':
			start = at + 1
		case '#':
			start = q.lineEnd(at) + 1
		default:
			q.pos, q.indent = at, at-start
			return
		}
	}
	q.pos, q.indent = len(q.s), -1
}

// endLine goes to the next line with content, from the end of a value.
func (q *quick) endLine(at int) {
	if q.failed {
		return
	}
	next := q.spaces(at)
	switch c := q.at(next); {
	case c == '\n':
		q.line(next + 1)
	case c == '#' && next > at:
		q.line(q.lineEnd(next) + 1)
	default:
		q.fail()
	}
}

func (q *quick) node(kind Kind, start, end int) *Node {
	if len(q.nodes) == cap(q.nodes) {
		q.nodes = make([]Node, 0, 128)
	}
	q.count++
	q.nodes = append(q.nodes, Node{Kind: kind, text: q.t, Span: q.t.span(start, end)})
	return &q.nodes[len(q.nodes)-1]
}

// deeper begins a mapping or list.
func (q *quick) deeper() bool {
	q.depth++
	if q.depth > MaxDepth {
		q.fail()
	}
	return !q.failed
}

// keyEnd is the offset of the colon after a word at i, or -1.
func (q *quick) keyEnd(i int) int {
	const most = 100
	start := i
	for i < len(q.s) && i-start < most && (isLetter(q.s[i]) || i > start && (isDigit(q.s[i]) || q.s[i] == '-')) {
		i++
	}
	if i == start || q.at(i) != ':' || q.at(i+1) != ' ' && q.at(i+1) != '\n' {
		return -1
	}
	return i
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }

// key reads the key that ends before the colon.
func (q *quick) key(start, colon int) *Node {
	key := q.node(Scalar, start, colon)
	key.Value, key.untagged = q.s[start:colon], true
	return key
}

// mapping reads the fields of a mapping in block form that begins at pos, indented
// by indent.
func (q *quick) mapping(indent int) *Node {
	if !q.deeper() {
		return nil
	}
	n, first := q.node(Mapping, 0, 0), len(q.fields)
	for q.indent == indent {
		colon := q.keyEnd(q.pos)
		if colon < 0 {
			return q.fail()
		}
		key := q.key(q.pos, colon)
		if value := q.value(colon+1, indent); value != nil {
			q.fields = append(q.fields, Field{key, value})
		}
	}
	if q.failed || q.indent > indent {
		return q.fail()
	}
	q.depth--
	n.Fields = q.takeFields(first)
	n.Span = n.Fields[0].Key.Span
	return n
}

// value reads the value of a key of a mapping in block form.
func (q *quick) value(at, indent int) *Node {
	next := q.spaces(at)
	if c := q.at(next); c != '\n' && c != '#' {
		return q.inline(next, indent)
	}
	q.endLine(at)
	entry := q.isEntry()
	switch {
	case q.indent == indent && entry:
		return q.sequence(indent, true)
	case q.indent > indent && entry:
		return q.sequence(q.indent, false)
	case q.indent > indent:
		return q.mapping(q.indent)
	}
	return q.fail()
}

// isEntry reports whether the line begins an entry of a list.
func (q *quick) isEntry() bool { return q.at(q.pos) == '-' && q.at(q.pos+1) == ' ' }

// sequence reads the entries of a list in block form that begins at pos. beside tells
// that it is indented as little as the key it belongs to.
func (q *quick) sequence(indent int, beside bool) *Node {
	if !q.deeper() {
		return nil
	}
	n, first := q.node(List, q.pos, q.pos+1), len(q.items)
	for q.indent == indent && q.isEntry() {
		lineStart := q.pos - indent
		at := q.spaces(q.pos + 1)
		var item *Node
		if q.keyEnd(at) >= 0 {
			q.pos, q.indent = at, at-lineStart
			item = q.mapping(q.indent)
		} else if c := q.at(at); c == '\n' || c == '#' || c == '-' && q.at(at+1) == ' ' {
			return q.fail()
		} else {
			item = q.inline(at, indent)
		}
		if item != nil {
			q.items = append(q.items, item)
		}
	}
	if q.failed || q.indent > indent || q.indent == indent && !beside {
		return q.fail()
	}
	q.depth--
	n.Items = q.takeItems(first)
	return n
}

// takeFields takes the fields from first on off the stack.
func (q *quick) takeFields(first int) []Field {
	n := len(q.fields) - first
	if cap(q.ready)-len(q.ready) < n {
		q.ready = make([]Field, 0, max(256, n))
	}
	from := len(q.ready)
	q.ready = append(q.ready, q.fields[first:]...)
	q.fields = q.fields[:first]
	return q.ready[from:len(q.ready):len(q.ready)]
}

// takeItems takes the entries from first on off the stack.
func (q *quick) takeItems(first int) []*Node {
	n := len(q.items) - first
	if cap(q.listed)-len(q.listed) < n {
		q.listed = make([]*Node, 0, max(256, n))
	}
	from := len(q.listed)
	q.listed = append(q.listed, q.items[first:]...)
	q.items = q.items[:first]
	return q.listed[from:len(q.listed):len(q.listed)]
}

// inline reads a value that begins on the line of its key or dash, and goes on to the
// next line.
func (q *quick) inline(at, indent int) *Node {
	var n *Node
	var end int
	switch q.s[at] {
	case '[', '{':
		n, end = q.flow(at, indent)
	case '"', '\'':
		n, end = q.quoted(at)
	case '|', '>':
		return q.block(at, indent)
	default:
		n, end = q.plain(at)
	}
	q.endLine(end)
	return n
}

// beginsPlain reports whether the character at an offset surely begins a plain
// scalar.
func (q *quick) beginsPlain(at int) bool {
	switch c := q.at(at); c {
	case '-':
		return isLetter(q.at(at+1)) || isDigit(q.at(at+1))
	case ' ', '\n', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`':
		return false
	default:
		return c > ' ' && c != 0x7f
	}
}

// scalar makes a plain scalar.
func (q *quick) scalar(at, end int) (*Node, int) {
	n := q.node(Scalar, at, end)
	n.Value, n.untagged = q.s[at:end], true
	return n, end
}

// plain reads a plain scalar outside of brackets.
func (q *quick) plain(at int) (*Node, int) {
	if !q.beginsPlain(at) {
		return q.fail(), at
	}
	end := at // after the last character that is no space
scan:
	for i := at; i < len(q.s); i++ {
		switch c := q.s[i]; {
		case c == '\n':
			break scan
		case c == ' ':
			continue
		case c == '#' && q.s[i-1] == ' ':
			break scan
		case c == ':' && (q.at(i+1) == ' ' || q.at(i+1) == '\n'), c >= 0xf0:
			return q.fail(), at
		}
		end = i + 1
	}
	return q.scalar(at, end)
}

// plainInFlow reads a plain scalar in brackets.
func (q *quick) plainInFlow(at int) (*Node, int) {
	if !q.beginsPlain(at) {
		return q.fail(), at
	}
	end := at
	for i := at; i < len(q.s); i++ {
		switch c := q.s[i]; {
		case c == ' ':
			continue
		case c == ',' || c == ']' || c == '}':
			return q.scalar(at, end)
		case c == '\n' || c == '[' || c == '{' || c >= 0xf0 || c == '#' && q.s[i-1] == ' ' ||
			c == ':' && strings.IndexByte(" \n,[]{}", q.at(i+1)) >= 0:
			return q.fail(), at
		}
		end = i + 1
	}
	return q.fail(), at
}

// quoted reads a scalar in quotes on one line.
func (q *quick) quoted(at int) (*Node, int) {
	quote := q.s[at]
	i, escapes := at+1, false
	for ; ; i++ {
		c := q.at(i)
		switch {
		case c == '\n' || c >= 0xf0:
			return q.fail(), at
		case quote == '"' && c == '\\' && strings.IndexByte(`"\n`, q.at(i+1)) >= 0, quote == '\'' && c == '\'' && q.at(i+1) == '\'':
			escapes = true
			i++
			continue
		case quote == '"' && c == '\\':
			return q.fail(), at
		}
		if c == quote {
			break
		}
	}
	n := q.node(Scalar, at, i+1)
	n.Value = q.s[at+1 : i]
	if quote == '"' {
		n.style = yaml.DoubleQuotedStyle
	} else {
		n.style = yaml.SingleQuotedStyle
	}
	if escapes {
		n.Value = unquote(n.Value, quote)
	}
	return n, i + 1
}

// unquote resolves ” in single quotes, and \", \\ and \n in double ones.
func unquote(s string, quote byte) string {
	if quote == '\'' {
		return strings.ReplaceAll(s, "''", "'")
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '\\' {
			i++
			if c = s[i]; c == 'n' {
				c = '\n'
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// flow reads a mapping or list in brackets, and gives the offset after it.
func (q *quick) flow(at, indent int) (*Node, int) {
	if !q.deeper() {
		return nil, at
	}
	closing, kind := byte(']'), List
	if q.s[at] == '{' {
		closing, kind = '}', Mapping
	}
	n, firstField, firstItem := q.node(kind, at, at+1), len(q.fields), len(q.items)
	n.style = yaml.FlowStyle
	if i := q.inFlow(at+1, indent); q.at(i) == closing {
		at = i
	} else {
		for q.at(at) != closing {
			at = q.inFlow(at+1, indent) // after a bracket or comma
			var key, value *Node
			if kind == Mapping {
				colon := q.keyEnd(at)
				if colon < 0 || q.at(colon+1) != ' ' {
					return q.fail(), at
				}
				key = q.key(at, colon)
				at = q.inFlow(colon+1, indent)
			}
			switch q.at(at) {
			case '[', '{':
				value, at = q.flow(at, indent)
			case '"', '\'':
				value, at = q.quoted(at)
			default:
				value, at = q.plainInFlow(at)
			}
			if q.failed {
				return nil, at
			}
			at = q.inFlow(at, indent)
			if q.at(at) != ',' && q.at(at) != closing {
				return q.fail(), at
			}
			if kind == Mapping {
				q.fields = append(q.fields, Field{key, value})
			} else {
				q.items = append(q.items, value)
			}
		}
	}
	q.depth--
	if kind == Mapping {
		n.Fields = q.takeFields(firstField)
	} else {
		n.Items = q.takeItems(firstItem)
	}
	return n, at + 1
}

// inFlow is the offset of the next character in brackets that is no space, perhaps on
// the next line, which is indented more than what the brackets stand in.
func (q *quick) inFlow(at, indent int) int {
	at = q.spaces(at)
	if at >= len(q.s) || q.s[at] != '\n' {
		return at
	}
	next := q.spaces(at + 1)
	if next-at-1 <= indent || q.at(next) == '\n' {
		q.fail()
	}
	return next
}

// block reads a scalar that is a block of text.
func (q *quick) block(at, indent int) *Node {
	literal, header := q.s[at] == '|', at+1
	strip := q.at(header) == '-'
	if strip {
		header++
	}
	if q.at(header) != '\n' || header >= len(q.s) {
		return q.fail()
	}
	start := header + 1 // of a line
	own := q.spaces(start) - start
	if own <= indent || q.at(start+own) == '\n' {
		return q.fail()
	}
	var b strings.Builder
	for start < len(q.s) {
		from := q.spaces(start)
		end := q.lineEnd(from)
		switch {
		case from == end && from == start && q.continues(start, own):
			if !literal {
				return q.fail()
			}
			b.WriteByte('\n')
			start = end + 1
			continue
		case from == end && from > start:
			return q.fail()
		}
		if from-start < own {
			break
		}
		if end == len(q.s) || !literal && from-start > own {
			return q.fail()
		}
		if b.Len() > 0 && literal {
			b.WriteByte('\n')
		} else if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(q.s[start+own : end])
		start = end + 1
	}
	if !strip {
		b.WriteByte('\n')
	}
	n := q.node(Scalar, at, at)
	n.Value, n.style = b.String(), yaml.FoldedStyle
	if literal {
		n.style = yaml.LiteralStyle
	}
	n.Span = q.t.span(at, max(header, q.t.match(header, n.Value)))
	for i := range len(n.Value) {
		if n.Value[i] >= 0xf0 {
			return q.fail()
		}
	}
	for start < len(q.s) && q.s[q.spaces(start):q.lineEnd(start)] == "" {
		if q.s[start] == ' ' {
			return q.fail() // at the end of a text such lines count
		}
		start++
	}
	q.line(min(start, len(q.s)))
	return n
}

// continues reports whether the block of text that is indented by own goes on after
// the empty lines at start.
func (q *quick) continues(start, own int) bool {
	for start < len(q.s) && q.s[start] == '\n' {
		start++
	}
	from := q.spaces(start)
	return from-start >= own && q.at(from) != '\n'
}

// Forms of numbers and moments that the YAML library knows.
var (
	libraryFloat   = regexp.MustCompile(`^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$`)
	libraryMoments = []string{"2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00", "2006-1-2 15:4:5.999999999", "2006-1-2"}
)

// isTagged reports whether the YAML library takes a plain scalar that begins as a
// number for something else than text.
func isTagged(value string) bool {
	if value[0] == '.' {
		_, err := strconv.ParseFloat(value, 64)
		return err == nil
	}
	if digits := strings.TrimLeft(value, "0123456789"); len(value)-len(digits) == 4 && strings.HasPrefix(digits, "-") {
		for _, form := range libraryMoments {
			if _, err := time.Parse(form, value); err == nil {
				return true
			}
		}
	}
	plain := strings.ReplaceAll(value, "_", "")
	if _, err := strconv.ParseInt(plain, 0, 64); err == nil {
		return true
	}
	if _, err := strconv.ParseUint(strings.TrimPrefix(plain, "+"), 0, 64); err == nil {
		return true
	}
	if libraryFloat.MatchString(plain) {
		_, err := strconv.ParseFloat(plain, 64)
		return err == nil
	}
	return false
}
