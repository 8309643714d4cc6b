package framework

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// Limits of an OSCAL file.
const (
	MaxOSCAL = 64 << 20 // bytes; the largest catalog of NIST has 11 million

	maxOSCALDepth    = 100    // objects and lists inside each other
	maxOSCALControls = 20_000 // controls and groups
	maxOSCALKeys     = 100    // of one object that is read
	maxOSCALProblems = 100    // that are reported
)

// catalog is what an import needs of an OSCAL catalog.
type catalog struct {
	uuid, title, version text
	published, modified  text     // dates with times
	identifiers          []string // of the framework, as the publisher's tools know it
	groups               []group
	controls             []control
}

type group struct {
	id, class, title, label, sortID text
	groups                          []group
	controls                        []control
	span                            source.Span
}

type control struct {
	id, class, title, label, sortID text
	withdrawn                       bool
	controls                        []control
	span                            source.Span
}

// text is a string of the file with its place. Its zero is one that is absent.
type text struct {
	value string
	span  source.Span
}

// errStop ends the reading of a file after a problem that hides the rest.
var errStop = errors.New("the rest cannot be read")

// oscalReader reads an OSCAL file in one pass, keeping only the catalog.
type oscalReader struct {
	file  *source.File
	json  *json.Decoder
	list  diag.List
	depth int
	count int                    // controls and groups
	first map[string]source.Span // of each id
}

// readCatalog reads the catalog of a file. The list tells what is wrong with
// it; the catalog must not be used when the list has errors.
func readCatalog(file *source.File) (*catalog, diag.List) {
	r := &oscalReader{file: file, first: map[string]source.Span{}}
	if !r.looksLikeJSON() {
		return nil, r.list
	}
	r.json = json.NewDecoder(strings.NewReader(file.Text()))
	r.json.UseNumber()
	c, err := r.root()
	if err == nil {
		err = r.end()
	}
	if err != nil && !errors.Is(err, errStop) {
		panic(fmt.Sprintf("framework: reading JSON from memory: %v", err))
	}
	return c, r.list.Sorted()
}

func (r *oscalReader) errorf(code string, span source.Span, hint, format string, args ...any) {
	r.list.Errorf(code, span, hint, format, args...)
}

// looksLikeJSON refuses the other forms in which OSCAL is published.
func (r *oscalReader) looksLikeJSON() bool {
	const hint = "download the JSON form of the catalog"
	whole := r.file.Text()
	for i, c := range whole {
		if c == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(whole[i:]); size == 1 {
				r.errorf(codeFormat, r.file.Span(i, i+1), hint, "expected text in UTF-8, found the byte 0x%02X", whole[i])
				return false
			}
		}
	}
	begin := len(whole) - len(strings.TrimLeft(whole, " \t\r\n"))
	span := r.file.Span(begin, begin)
	switch {
	case begin == len(whole):
		r.errorf(codeFormat, span, hint, "the file is empty")
	case strings.HasPrefix(whole[begin:], "<"):
		r.errorf(codeFormat, span, hint, "expected JSON, found XML or a web page")
	case strings.HasPrefix(whole[begin:], "\ufeff"):
		r.errorf(codeFormat, span, "save the file as UTF-8 without byte order mark", "the file begins with a byte order mark")
	case whole[begin] != '{':
		r.errorf(codeFormat, span, hint, "expected JSON that begins with {, found something else")
	default:
		return true
	}
	return false
}

// token reads the next token with its place.
func (r *oscalReader) token() (json.Token, source.Span, error) {
	if len(r.list) >= maxOSCALProblems {
		return nil, source.Span{}, errStop
	}
	before := int(r.json.InputOffset())
	token, err := r.json.Token()
	start := r.skipSeparators(before)
	if err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			end := len(r.file.Text())
			r.errorf(codeFormat, r.file.Span(end, end), "download the file again", "the file ends before its end: it is not whole")
		} else {
			r.errorf(codeFormat, r.file.Span(start, start), "download the file again", "the file is not JSON: %s", strings.TrimPrefix(err.Error(), "json: "))
		}
		return nil, source.Span{}, errStop
	}
	return token, r.file.Span(start, max(start, int(r.json.InputOffset()))), nil
}

// skipSeparators is the offset of the next token.
func (r *oscalReader) skipSeparators(at int) int {
	whole := r.file.Text()
	for at < len(whole) && strings.IndexByte(" \t\r\n,:", whole[at]) >= 0 {
		at++
	}
	return at
}

// end demands that nothing follows the value of the file.
func (r *oscalReader) end() error {
	at := r.skipSeparators(int(r.json.InputOffset()))
	if at < len(r.file.Text()) {
		r.errorf(codeFormat, r.file.Span(at, at), "download the file again", "something follows the end of the JSON")
		return errStop
	}
	return nil
}

// skip passes over the rest of a value whose first token is given.
func (r *oscalReader) skip(token json.Token) error {
	depth := 0
	for {
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
		var span source.Span
		var err error
		if token, span, err = r.token(); err != nil {
			return err
		}
		if r.depth+depth > maxOSCALDepth {
			return r.tooDeep(span)
		}
	}
}

func (r *oscalReader) tooDeep(span source.Span) error {
	r.errorf(codeShape, span, "", "more than %d objects and lists inside each other", maxOSCALDepth)
	return errStop
}

// open reads the beginning of an object or list. It is false for another
// value, which is reported and passed over.
func (r *oscalReader) open(what string, delim json.Delim) (source.Span, bool, error) {
	token, span, err := r.token()
	if err != nil {
		return span, false, err
	}
	if token != delim {
		r.errorf(codeShape, span, "", "%s: expected %s, found %s", what, jsonKind(delim), jsonKind(token))
		return span, false, r.skip(token)
	}
	if r.depth++; r.depth > maxOSCALDepth {
		return span, false, r.tooDeep(span)
	}
	return span, true, nil
}

func jsonKind(token json.Token) string {
	switch token := token.(type) {
	case json.Delim:
		if token == '{' {
			return "an object"
		}
		return "a list"
	case string:
		return "text"
	case json.Number:
		return "a number"
	case bool:
		return "true or false"
	case nil:
		return "null"
	default:
		panic(fmt.Sprintf("framework: a token of type %T", token))
	}
}

// object reads an object; field reads the value of each key, or gives false
// for one that is passed over. It is false for another value, which is reported
// and passed over.
func (r *oscalReader) object(what string, field func(key text) (bool, error)) (start source.Span, ok bool, err error) {
	start, ok, err = r.open(what, '{')
	if !ok {
		return start, false, err
	}
	seen := map[string]bool{}
	for {
		token, span, err := r.token()
		if err != nil {
			return start, true, err
		}
		key, isKey := token.(string)
		if !isKey { // the closing brace
			r.depth--
			return start, true, nil
		}
		if seen[key] {
			r.errorf(codeShape, span, "download the file again", "%s: the key %q stands twice", what, key)
		}
		seen[key] = true
		if len(seen) > maxOSCALKeys {
			r.errorf(codeShape, span, "", "%s: more than %d keys", what, maxOSCALKeys)
			return start, true, errStop
		}
		taken, err := field(text{key, span})
		if err == nil && !taken {
			if token, _, err = r.token(); err == nil {
				err = r.skip(token)
			}
		}
		if err != nil {
			return start, true, err
		}
	}
}

// array reads a list; entry reads each of its values.
func (r *oscalReader) array(what string, entry func() error) error {
	_, ok, err := r.open(what, '[')
	if !ok {
		return err
	}
	for r.json.More() {
		if err := entry(); err != nil {
			return err
		}
	}
	r.depth--
	_, _, err = r.token()
	return err
}

// text reads a string.
func (r *oscalReader) text(what string, into *text) error {
	token, span, err := r.token()
	if err != nil {
		return err
	}
	value, ok := token.(string)
	if !ok {
		r.errorf(codeShape, span, "", "%s: expected text, found %s", what, jsonKind(token))
		return r.skip(token)
	}
	*into = text{value, span}
	return nil
}

// root reads the whole file.
func (r *oscalReader) root() (*catalog, error) {
	var found *catalog
	others := 0
	start, _, err := r.object("the file", func(key text) (bool, error) {
		if key.value == "catalog" {
			c, err := r.catalog()
			found = c
			return true, err
		}
		if !strings.HasPrefix(key.value, "$") {
			others++
			hint := "import a catalog, or a profile that was resolved into one"
			switch key.value {
			case "profile":
				hint = "a profile only names controls: download the catalog it was resolved into"
			case "component-definition", "system-security-plan", "assessment-plan", "assessment-results", "plan-of-action-and-milestones", "mapping-collection":
			default:
				r.errorf(codeKind, key.span, hint, "expected an OSCAL catalog, found %q", clip(key.value))
				return false, nil
			}
			r.errorf(codeKind, key.span, hint, "expected an OSCAL catalog, found a %s", strings.ReplaceAll(key.value, "-", " "))
		}
		return false, nil
	})
	if err == nil && found == nil && others == 0 {
		r.errorf(codeKind, start, "import a catalog, or a profile that was resolved into one", "expected an OSCAL catalog, found none")
	}
	return found, err
}

// clip shortens a text of a file for a message.
func clip(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

func (r *oscalReader) catalog() (*catalog, error) {
	c := &catalog{}
	start, ok, err := r.object("the catalog", func(key text) (bool, error) {
		switch key.value {
		case "uuid":
			return true, r.text("the uuid of the catalog", &c.uuid)
		case "metadata":
			return true, r.metadata(c)
		case "groups":
			return true, r.groups(&c.groups)
		case "controls":
			return true, r.controls(&c.controls)
		}
		return false, nil
	})
	if ok && err == nil {
		for _, field := range []struct {
			name string
			text text
		}{{"title", c.title}, {"version", c.version}, {"last-modified", c.modified}} {
			if field.text.span.IsZero() {
				r.errorf(codeShape, start, "", "the metadata of the catalog has no %q", field.name)
			}
		}
	}
	return c, err
}

func (r *oscalReader) metadata(c *catalog) error {
	_, _, err := r.object("the metadata", func(key text) (bool, error) {
		switch key.value {
		case "title":
			return true, r.text("the title of the catalog", &c.title)
		case "version":
			return true, r.text("the version of the catalog", &c.version)
		case "published":
			return true, r.text("the date of the catalog", &c.published)
		case "last-modified":
			return true, r.text("the date of the catalog", &c.modified)
		case "props":
			return true, r.props(func(name, _, value text) {
				if name.value == "framework-version-identifier" {
					c.identifiers = append(c.identifiers, value.value)
				}
			})
		}
		return false, nil
	})
	return err
}

// props reads a list of properties.
func (r *oscalReader) props(each func(name, class, value text)) error {
	return r.array("the properties", func() error {
		var name, class, value text
		_, _, err := r.object("a property", func(key text) (bool, error) {
			switch key.value {
			case "name":
				return true, r.text("the name of a property", &name)
			case "class":
				return true, r.text("the class of a property", &class)
			case "value":
				return true, r.text("the value of a property", &value)
			}
			return false, nil
		})
		each(name, class, value)
		return err
	})
}

// begin counts a group or control.
func (r *oscalReader) begin(span source.Span) error {
	if r.count++; r.count > maxOSCALControls {
		r.errorf(codeTooLarge, span, "import a profile that was resolved into a smaller catalog", "more than %d controls and groups", maxOSCALControls)
		return errStop
	}
	return nil
}

// claim reports an id that was read before.
func (r *oscalReader) claim(id text) {
	if id.value == "" {
		return
	}
	if first, twice := r.first[id.value]; twice {
		r.errorf(codeOSCALDuplicateID, id.span, "download the file again, or tell its publisher", "a second control or group has the id %q", clip(id.value))
		last := &r.list[len(r.list)-1]
		last.Notes = append(last.Notes, diag.Note{Span: first, Message: "first here"})
		return
	}
	r.first[id.value] = id.span
}

func (r *oscalReader) groups(into *[]group) error {
	return r.array("the groups", func() error {
		var g group
		span, ok, err := r.object("a group", func(key text) (bool, error) {
			switch key.value {
			case "id":
				return true, r.text("the id of a group", &g.id)
			case "class":
				return true, r.text("the class of a group", &g.class)
			case "title":
				return true, r.text("the title of a group", &g.title)
			case "props":
				return true, r.props(func(name, class, value text) {
					labels(name, class, value, &g.label, &g.sortID)
				})
			case "groups":
				return true, r.groups(&g.groups)
			case "controls":
				return true, r.controls(&g.controls)
			}
			return false, nil
		})
		if !ok || err != nil {
			return err
		}
		if g.title.value == "" {
			r.errorf(codeShape, span, "", "a group has no title")
		}
		r.claim(g.id)
		g.span = span
		*into = append(*into, g)
		return r.begin(span)
	})
}

func (r *oscalReader) controls(into *[]control) error {
	return r.array("the controls", func() error {
		var c control
		span, ok, err := r.object("a control", func(key text) (bool, error) {
			switch key.value {
			case "id":
				return true, r.text("the id of a control", &c.id)
			case "class":
				return true, r.text("the class of a control", &c.class)
			case "title":
				return true, r.text("the title of a control", &c.title)
			case "props":
				return true, r.props(func(name, class, value text) {
					labels(name, class, value, &c.label, &c.sortID)
					if name.value == "status" && strings.EqualFold(value.value, "withdrawn") {
						c.withdrawn = true
					}
				})
			case "controls":
				return true, r.controls(&c.controls)
			}
			return false, nil
		})
		if !ok || err != nil {
			return err
		}
		if c.id.value == "" {
			r.errorf(codeShape, span, "", "a control has no id")
		}
		r.claim(c.id)
		c.span = span
		*into = append(*into, c)
		return r.begin(span)
	})
}

// labels takes the properties by which people name and order entries. Labels
// with a class are other spellings, such as "AC-02" for "AC-2".
func labels(name, class, value text, label, sortID *text) {
	switch {
	case name.value == "label" && class.value == "" && label.span.IsZero():
		*label = value
	case name.value == "sort-id" && sortID.span.IsZero():
		*sortID = value
	}
}

// inOrder is the entries in the order of their sort ids, where all have one.
func inOrder[T any](entries []T, sortID func(T) string) []T {
	if slices.ContainsFunc(entries, func(x T) bool { return sortID(x) == "" }) {
		return entries
	}
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b T) int { return strings.Compare(sortID(a), sortID(b)) })
	return sorted
}
