package yamlsrc

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"concordat/internal/diag"
	"concordat/internal/source"
)

// checkLaws decodes a text and asserts what holds for every input: no panic,
// valid spans, the same result twice, and texts that are what is written.
func checkLaws(t testing.TB, text string) {
	t.Helper()
	f := source.New("f.yaml", []byte(text))
	var a, b sample
	p, list := Decode(f.Span(0, len(text)), &a, Options{What: "agreement"})
	again, listAgain := Decode(f.Span(0, len(text)), &b, Options{What: "agreement"})
	if !reflect.DeepEqual(a, b) || !reflect.DeepEqual(list, listAgain) || !reflect.DeepEqual(p, again) {
		t.Errorf("decoding twice differs")
	}
	checkPlaces(t, p)
	for _, d := range list {
		if !d.Span.Valid() || d.Span.IsZero() {
			t.Errorf("%s at %d to %d is not valid", d.Code, d.Span.Start, d.Span.End)
		}
		for _, n := range d.Notes {
			if !n.Span.Valid() || n.Span.IsZero() {
				t.Errorf("note of %s at %d to %d is not valid", d.Code, n.Span.Start, n.Span.End)
			}
		}
		if strings.Contains(d.Message, "yaml:") || strings.Contains(d.Message, "*yaml") || strings.HasSuffix(d.Message, ".") {
			t.Errorf("message %q", d.Message)
		}
	}
	printed(list)
	checkWrite(t, text)
	checkTexts(t, p, "", reflect.ValueOf(a))
}

// checkTexts asserts for all strings in v that the recorded span holds what
// was decoded: a plain scalar on one line is the value itself, a quoted one
// has its quotes, and one without escapes holds the value between them.
func checkTexts(t testing.TB, p *Positions, path string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			checkTexts(t, p, path, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				checkTexts(t, p, strings.TrimPrefix(path+"."+f.Name, "."), v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkTexts(t, p, path+"["+itoa(i)+"]", v.Index(i))
		}
	case reflect.String:
		value := v.String()
		if value == "" {
			return
		}
		span, ok := p.Value(path)
		if !ok {
			t.Errorf("%s: %q is written nowhere", path, value)
			return
		}
		text := span.Text()
		switch text[0] {
		case '"', '\'':
			if len(text) < 2 || text[len(text)-1] != text[0] {
				t.Errorf("%s: %q is no quoted scalar", path, text)
				return
			}
			inner := text[1 : len(text)-1]
			if text[0] == '\'' {
				inner = strings.ReplaceAll(inner, "''", "'")
			}
			if inner != value && !strings.Contains(text, "\n") && (text[0] == '\'' || !strings.Contains(text, `\`)) {
				t.Errorf("%s: %q decoded as %q", path, text, value)
			}
		case '|', '>':
			if strings.Join(strings.Fields(value), "") != "" && !strings.HasSuffix(strings.Join(strings.Fields(text), ""), strings.Join(strings.Fields(value), "")) {
				t.Errorf("%s: block %q decoded as %q", path, text, value)
			}
		default:
			if !strings.Contains(text, "\n") && text != value {
				t.Errorf("%s: %q decoded as %q", path, text, value)
			}
			if strings.Join(strings.Fields(text), "") != strings.Join(strings.Fields(value), "") {
				t.Errorf("%s: %q decoded as %q", path, text, value)
			}
		}
	}
}

func itoa(i int) string {
	data, err := json.Marshal(i)
	if err != nil {
		panic(err)
	}
	return string(data)
}

func FuzzDecode(f *testing.F) {
	names, err := filepath.Glob("testdata/*/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Fuzz(func(t *testing.T, text string) { checkLaws(t, text) })
}

// corpora is the folder of the shared corpora.
func corpora(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("CONCORDAT_CORPORA")
	if dir == "" {
		t.Skip("CONCORDAT_CORPORA is not set")
	}
	return dir
}

func TestYAMLTestSuite(t *testing.T) {
	for _, name := range glob(t, filepath.Join(corpora(t), "yaml-test-suite", "*.yaml")) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text := read(t, name)
			checkLaws(t, text)
			// Inside a mapping, so that more than the root is looked at.
			checkLaws(t, "tree:\n  kids:\n  - leaf:\n"+indent(text, "      "))
			checkLaws(t, "note:\n"+indent(text, "  "))
			checkLaws(t, "tags:\n- "+strings.TrimLeft(indent(text, "  "), " "))
		})
	}
}

func indent(text, by string) string {
	return by + strings.ReplaceAll(text, "\n", "\n"+by) + "\n"
}

// hostile strings decode exactly or are refused, however they are written.
func TestHostileStrings(t *testing.T) {
	dir := corpora(t)
	for _, name := range []string{"hostile-strings.json", "blns.json"} {
		var list []string
		if err := json.Unmarshal([]byte(read(t, filepath.Join(dir, name))), &list); err != nil {
			t.Fatal(err)
		}
		exact, refused := 0, 0
		for _, want := range list {
			quoted, err := json.Marshal(want)
			if err != nil {
				t.Fatal(err)
			}
			forms := []string{
				string(quoted),
				"'" + strings.ReplaceAll(want, "'", "''") + "'",
				"|-\n" + indent(want, "  "),
			}
			if want != "" && !strings.ContainsAny(want[:1], `"'|>`) && !strings.Contains(want, "\n") {
				forms = append(forms, want) // others are not plain scalars, or cut by a comment line
			}
			for _, written := range forms {
				for _, field := range []string{"note", "schema"} {
					text := field + ": " + written + "\n"
					checkLaws(t, text)
					s, _, diags := decodeText("h.yaml", text)
					got := s.Note + s.Schema
					switch {
					case diags.HasErrors():
						refused++
					case got == want, same(got, want, written):
						exact++
					default:
						t.Errorf("%q decoded as %q", text, got)
					}
				}
			}
		}
		t.Logf("%s: %d strings, %d decoded exactly, %d refused", name, len(list), exact, refused)
	}
}

// same allows what YAML itself means by a text that was not quoted as JSON:
// spaces around a plain scalar, and the folding of line breaks.
func same(got, want, written string) bool {
	if strings.HasPrefix(written, `"`) && written != want {
		return false
	}
	return strings.Join(strings.Fields(got), " ") == strings.Join(strings.Fields(want), " ")
}

func BenchmarkDecode(b *testing.B) {
	var text strings.Builder
	text.WriteString("schema: concordat/v1\nlines:\n")
	for text.Len() < 100_000 {
		text.WriteString("  - id: B1\n    item: \"Łódź Dental backup, monthly\"\n    due: 2027-03-31\n")
	}
	f := source.New("b.yaml", []byte(text.String()))
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		var s sample
		if _, list := Decode(f.Span(0, text.Len()), &s, Options{}); len(list) > 0 {
			b.Fatal(list[0].Message)
		}
	}
}

// Texts made to be slow: long lines, many entries, many problems.
func hostileTexts() map[string]string {
	fill := func(head, part, tail string) string {
		n := (MaxSize - len(head) - len(tail)) / len(part)
		return head + strings.Repeat(part, n) + tail
	}
	few := func(head, part, tail string) string { return head + strings.Repeat(part, MaxNodes-20) + tail }
	return map[string]string{
		"one line of entries":   few("tags: [é", ", é", "]\n"),
		"one line of problems":  few("tags: [é", ", 1", "]\n"),
		"one line of fields":    fill("{a: é", ", b: é", "}\n"),
		"unknown fields":        fill("", "wxyzéabcdefghijklm: 1\n", ""),
		"one long text":         fill("note: ", "é ", "é\n"),
		"one long quoted text":  fill("note: \"", "\\\"", "\"\n"),
		"one long block":        fill("note: |-\n", "  é\n", ""),
		"long plain lines":      fill("note: a\n", "  é\n", ""),
		"open brackets":         fill("", "[", ""),
		"open braces":           fill("", "{a: ", ""),
		"dashes":                fill("", "- ", ""),
		"question marks":        fill("", "? ", ""),
		"anchors":               fill("", "&a ", ""),
		"anchored keys":         fill("", "&a é: *a\n", ""),
		"tags":                  fill("", "!a ", ""),
		"comments":              fill("note: a\n", "# c\n", ""),
		"comment after comment": fill("tags:\n", "- a # c\n# d\n\n", ""),
		"spaces":                fill("note: a", " ", "\n"),
		"line breaks":           fill("note: a", "\n", "\n"),
		"carriage returns":      fill("note: a\n", "\r\n", "\n"),
		"documents":             fill("", "---\n", ""),
		"quotes":                fill("", "\"a\"\n", ""),
		"long key":              fill("", "a", ": b\n"),
		"long quoted key":       fill("\"", "a", "\": b\n"),
		"colons":                fill("", "a: ", ""),
		"bad bytes":             fill("", "\xff", ""),
		"mixed words":           fill("note: ", "\u0410c ", "a\n"),
		"marks":                 fill("note: a", "\u0301", "\n"),
	}
}

func TestHostileTexts(t *testing.T) {
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			_, p, list := decodeText("h.yaml", text)
			checkPlaces(t, p)
			if len(list) > maxProblems+1 {
				t.Errorf("%d diagnostics", len(list))
			}
			var diagnostics diag.List = list
			printed(diagnostics)
		})
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, text := range hostileTexts() {
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				decodeText("h.yaml", text)
			}
		})
	}
}
