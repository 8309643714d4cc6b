package yamlsrc

import (
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"concordat/internal/diag"
)

// syntaxMessage is what a person reads for a message of the YAML library.
type syntaxMessage struct {
	library       string // the library's message
	context       string // what the library's context must contain
	message, hint string
	opening       bool // the place to look at is where the construct begins
}

// What is said whatever the library says.
var (
	tabMessage   = syntaxMessage{message: "a tabulator stands where YAML allows none", hint: "indent with spaces, or put the value in quotes"}
	quoteMessage = syntaxMessage{message: "expected nothing after the closing quote",
		hint: "put the whole value in quotes; inside single quotes write a single quote twice, inside double quotes a double quote as \\\""}
	endMessage = syntaxMessage{message: "the text ends inside a list or mapping", hint: "add the closing bracket"}
)

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
	{"expected ',' or ']'", "", "expected \",\" or \"]\" in the list", "close the list, or put the value in quotes", false},
	{"expected ',' or '}'", "", "expected \",\" or \"}\" in the mapping", "close the mapping, or put the value in quotes", false},
	{"did not find expected '-' indicator", "", "expected a further list entry that begins with \"- \"", "indent the entries of one list alike", false},
	{"did not find expected key", "", "expected the name of a field", "indent the fields of one mapping alike; put a value in quotes as a whole", false},
	{"could not find expected ':'", "", "expected a colon after the name of a field", "write \"name: value\"", true},
	{"expected node content", "", "expected a value", "delete what stands here too much, or put the value in quotes", false},
	{"mapping keys are not allowed", "", "an unquoted value cannot begin with \"? \"", quoteHint, false},
	{"", "directive", "directives are not used here", "delete the line", true},
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
func (d *parser) syntax(err error) {
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

func (d *parser) syntaxError(e *yaml.LoadError) {
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
	before := strings.TrimRight(d.text.text[:start], " ")
	inFlow := strings.Contains(e.ContextMsg, "flow")
	switch {
	case strings.HasPrefix(d.text.text[start:], "\t"):
		m = tabMessage
	case start == len(d.text.text) && inFlow:
		m = endMessage
	case !m.opening && start < len(d.text.text) && (strings.HasSuffix(before, "'") || strings.HasSuffix(before, `"`)):
		m = quoteMessage
	}
	d.list.Errorf(codeSyntax, d.text.token(start), m.hint, "%s", m.message)
	if inFlow && e.ContextMark.Line > 0 && e.ContextMark != e.Mark {
		last := &d.list[len(d.list)-1]
		open := d.text.token(d.text.at(e.ContextMark.Line, e.ContextMark.Column))
		last.Notes = append(last.Notes, diag.Note{Span: open, Message: "it begins here"})
	}
}
