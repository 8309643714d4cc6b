package yamlsrc

import (
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"
)

// syntaxMessage is what a person reads for a message of the YAML library.
type syntaxMessage struct {
	library       string // the library's message
	context       string // what the library's context must contain
	message, hint string
	opening       bool // the place to look at is where the construct begins
}

const quoteHint = "put the value in quotes"

// syntaxMessages are tried in order.
var syntaxMessages = []syntaxMessage{
	{"mapping values are not allowed", "", "a colon stands where no field can begin",
		"put a value that holds \": \" in quotes; indent fields of one mapping alike", false},
	{"block sequence entries are not allowed", "", "a list entry stands where no list can begin",
		"begin each entry on a line of its own, or put the value in quotes", false},
	{"cannot start any token", "", "an unquoted value cannot begin with this character", quoteHint, false},
	{"unexpected end of stream", "quoted scalar", "the quote that begins here is not closed", "add the closing quote", true},
	{"unexpected document indicator", "quoted scalar", "the quote that begins here is not closed", "add the closing quote", true},
	{"unknown escape character", "", "unknown escape after a backslash", `write a backslash in double quotes twice, or use single quotes`, false},
	{"hexadecimal number", "", "expected digits of a character's number after the backslash", `write a backslash in double quotes twice, or use single quotes`, false},
	{"invalid Unicode character escape", "", "the escape names no Unicode character", "write the character itself", false},
	{"expected ',' or ']'", "", "expected \",\" or \"]\" in the list that begins with \"[\"", "close the list, or put the value in quotes", false},
	{"expected ',' or '}'", "", "expected \",\" or \"}\" in the mapping that begins with \"{\"", "close the mapping, or put the value in quotes", false},
	{"expected '-' indicator", "", "expected a further list entry that begins with \"- \"", "indent the entries of one list alike", false},
	{"did not find expected key", "", "expected the name of a field", "indent the fields of one mapping alike; put a value in quotes as a whole", false},
	{"could not find expected ':'", "", "expected a colon after the name of a field", "write \"name: value\"", true},
	{"expected node content", "", "expected a value", quoteHint, false},
	{"equal to 0", "", "the indentation of a block of text cannot be 0", "delete the digit", false},
	{"comment or line break", "block scalar", "expected the text on the lines below", "begin the text on the next line", false},
	{"comment without preceding whitespace", "", "expected a space before the comment", "write a space before \"#\", or put the value in quotes", false},
	{"tab character", "", "a tabulator stands in the indentation", "indent with spaces", false},
	{"mixed spaces and tabs", "", "a tabulator stands in the indentation", "indent with spaces", false},
	{"alphabetic or numeric character", "", "an unquoted value cannot begin with \"&\" or \"*\"", quoteHint, true},
	{"", "a tag", "an unquoted value cannot begin with \"!\"", quoteHint, true},
	{"undefined tag handle", "", "an unquoted value cannot begin with \"!\"", quoteHint, true},
	{"<document start>", "", "expected one mapping in the whole text", "indent the fields of one mapping alike", false},
	{"after document-end marker", "", "expected nothing after \"...\"", "delete the rest of the line", false},
	{"exceeded max depth", "", "too many mappings and lists inside each other", "", false},
}

// syntax reports an error of the YAML library.
func (d *decoder) syntax(err error) {
	var list *yaml.LoadErrors
	if errors.As(err, &list) {
		for _, e := range list.Errors {
			d.syntaxError(e)
		}
		return
	}
	var single *yaml.LoadError
	switch {
	case errors.As(err, &single):
		d.syntaxError(single)
	case errors.Is(err, io.EOF):
		d.list.Errorf(codeEmpty, d.text.span(0, 0), "", "%s is empty", d.what)
	default:
		d.list.Errorf(codeSyntax, d.text.span(0, 0), "", "the text is not YAML")
	}
}

func (d *decoder) syntaxError(e *yaml.LoadError) {
	if name, isAlias := strings.CutPrefix(e.Message, "unknown anchor '"); isAlias {
		name, _, _ = strings.Cut(name, "'")
		start := d.text.at(e.Mark.Line, e.Mark.Column)
		d.list.Errorf(codeAnchor, d.text.span(start, d.text.match(start, "*"+name)), anchorHint+", or put it in quotes",
			"alias \"*%s\" is not used here", name)
		return
	}
	m := syntaxMessage{message: "the text is not YAML"}
	for _, candidate := range syntaxMessages {
		if strings.Contains(e.Message, candidate.library) && strings.Contains(e.ContextMsg, candidate.context) {
			m = candidate
			break
		}
	}
	mark := e.Mark
	if m.opening && e.ContextMark.Line > 0 || mark.Line == 0 {
		mark = e.ContextMark
	}
	start := d.text.at(mark.Line, mark.Column)
	if strings.HasPrefix(d.text.text[start:], "\t") {
		m.message, m.hint = "a tabulator stands where YAML allows none", "indent with spaces, or put the value in quotes"
	}
	d.list.Errorf(codeSyntax, d.text.token(start), m.hint, "%s", m.message)
}
