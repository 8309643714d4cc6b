package expand

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
	"text/template/parse"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// treeName is the name of every template; it occurs in errors of
// text/template only, which are rewritten.
const treeName = "T"

func parseTree(text string) (*parse.Tree, error) {
	tree := parse.New(treeName)
	tree.Mode = parse.SkipFuncCheck // the checker says it better, and all at once
	return tree.Parse(text, "", "", map[string]*parse.Tree{})
}

// parseBody parses the template. Its syntax errors name a line only, so the
// action at fault is found as the one whose addition makes the error appear.
func parseBody(body source.Span, s scan, list *diag.List) *parse.Tree {
	text := body.Text()
	tree, err := parseTree(text)
	if err == nil {
		return tree
	}
	message := syntaxMessage(err)
	switch {
	case message == "unexpected EOF" && len(s.open) > 0:
		for _, a := range s.open {
			word, _ := firstWord(strings.TrimPrefix(text[a.start+len("{{"):a.end], "- "))
			list.Errorf(codeSyntax, at(body, a.start, a.end), `close it with "{{ end }}"`, "%q has no end", word)
		}
		return nil
	case s.unclosed >= 0 && strings.HasPrefix(message, "unclosed"),
		s.unclosed >= 0 && strings.HasPrefix(message, "comment ends"):
		end := s.unclosed + len("{{")
		list.Errorf(codeSyntax, at(body, s.unclosed, end), `end it with "}}"`, "%s", message)
		return nil
	}
	i := sort.Search(len(s.actions), func(i int) bool {
		_, prefixErr := parseTree(text[:s.actions[i].end])
		return prefixErr != nil && prefixErr.Error() == err.Error()
	})
	place, hint := at(body, 0, 0), ""
	if i < len(s.actions) {
		place = at(body, s.actions[i].start, s.actions[i].end)
	}
	code := codeSyntax
	if strings.HasPrefix(message, "undefined variable") {
		code, hint = codeVariable, "declare it before it is used, outside of the block"
	}
	list.Errorf(code, place, hint, "%s", message)
	return nil
}

var (
	syntaxPrefix = regexp.MustCompile(`^template: ` + treeName + `:\d+: `)
	syntaxPlace  = regexp.MustCompile(` (?:in action )?started at ` + treeName + `:\d+`)
)

// syntaxMessage is an error of the parser without its names and lines.
func syntaxMessage(err error) string {
	message := syntaxPrefix.ReplaceAllString(err.Error(), "")
	return syntaxPlace.ReplaceAllString(message, "")
}

// mustStandAt panics unless the bytes of the text at pos are want: positions
// of the parser are relied on, not hoped for.
func mustStandAt(text string, pos int, want string) {
	if pos < 0 || pos > len(text) || !strings.HasPrefix(text[pos:], want) {
		panic(fmt.Sprintf("expand: %q does not stand at %d", want, pos))
	}
}
