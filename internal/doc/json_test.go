package doc

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"concordat/internal/source"
)

// everyKind holds each block and inline, with each field set.
var everyKind = Document{
	Meta: Meta{ID: "cpa-2027", Title: "Cyber <Constitution> & more", Version: "1.0.0", Language: "en-US", Provider: "Łódź \"IT\" Sp.", Customer: "A\\B\u2028C", Effective: "2027-01-01", Paper: A4, Draft: true, Compact: true},
	Blocks: []Block{
		Heading{Level: 2, Number: "Article 3", Anchor: "art-3", Text: []Inline{Text{Value: "Risk"}}},
		Paragraph{Text: []Inline{
			Strong{Text: []Inline{Text{Value: "a"}, Emphasis{Text: []Inline{Text{Value: "b"}}}}},
			Link{Dest: "https://example.com/?a=1&b=2", Text: []Inline{Text{Value: "here"}}},
			LineBreak{},
			Ref{Target: "bkp-01", Text: "Section 4.2"},
			Text{},
		}},
		List{Ordered: true, Items: []Item{{Label: "(a)", Blocks: []Block{Paragraph{}, List{Items: []Item{{}}}}}}},
		Table{
			Columns: []Column{{Head: []Inline{Text{Value: "x"}}, Align: Right, Weight: 3}, {Align: Center}, {}},
			Rows:    []Row{{Cells: []Cell{{Text{Value: "1"}}, {}, nil}, Total: true}, {}},
		},
		Quote{Blocks: []Block{PageBreak{}}},
		Signature{Party: []Inline{Text{Value: "Provider"}}, LegalName: []Inline{Text{Value: "P"}}, Name: []Inline{Text{Value: "N"}}, Title: []Inline{Text{Value: "T"}}},
		Signature{Witnessed: true},
		PageBreak{},
	},
}

var ignoreOrigins = cmp.Options{
	cmpopts.EquateEmpty(),
	cmp.Comparer(func(a, b source.Span) bool { return true }),
}

func TestDecodeEncode(t *testing.T) {
	data, err := Encode(everyKind)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(everyKind, back, ignoreOrigins); diff != "" {
		t.Error(diff)
	}
	again, err := Encode(back)
	if err != nil || string(again) != string(data) {
		t.Errorf("encoding again gives other bytes (%v)", err)
	}
}

func TestEncodeForm(t *testing.T) {
	d := Document{
		Meta:   Meta{ID: "x", Paper: Letter},
		Blocks: []Block{Paragraph{Text: []Inline{Text{Value: "a < "}, Text{}, Text{Value: "b & \u00e9"}, LineBreak{}, Text{}, Text{}}}},
	}
	const want = `{"meta":{"id":"x","title":"","version":"","language":"","provider":"","customer":"","effective":"","paper":"letter","draft":false},"blocks":[{"kind":"paragraph","text":[{"kind":"text","value":"a < b & é"},{"kind":"line-break"},{"kind":"text"}]}]}
`
	got, err := Encode(d)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestEncodeRefuses(t *testing.T) {
	deep := Quote{}
	for range maxDepth + 1 {
		deep = Quote{Blocks: []Block{deep}}
	}
	for name, d := range map[string]Document{
		"paper":     {},
		"utf-8":     {Meta: Meta{Paper: A4}, Blocks: []Block{Paragraph{Text: []Inline{Text{Value: "\xff"}}}}},
		"alignment": {Meta: Meta{Paper: A4}, Blocks: []Block{Table{Columns: []Column{{Align: 9}}}}},
		"depth":     {Meta: Meta{Paper: A4}, Blocks: []Block{deep}},
	} {
		if out, err := Encode(d); err == nil {
			t.Errorf("%s: no error, but %s", name, out)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good, err := Encode(Document{Meta: Meta{Paper: A4}, Blocks: []Block{Paragraph{Text: []Inline{Text{Value: "a"}}}}})
	if err != nil {
		t.Fatal(err)
	}
	replaced := func(old, new string) string {
		if !strings.Contains(string(good), old) {
			t.Fatalf("no %q in %s", old, good)
		}
		return strings.Replace(string(good), old, new, 1)
	}
	for _, bad := range []string{
		"", "null", "[]", string(good) + "x", string(good) + string(good),
		replaced(`"kind":"paragraph"`, `"kind":"paragraf"`),
		replaced(`"kind":"paragraph"`, `"Kind":"paragraph"`),
		replaced(`"kind":"paragraph"`, `"kind":"paragraph","level":1`),
		replaced(`"kind":"paragraph"`, `"kind":"quote"`),
		replaced(`"kind":"paragraph",`, ``),
		replaced(`"kind":"text"`, `"kind":"span"`),
		replaced(`"value":"a"`, `"value":1`),
		replaced(`"value":"a"`, `"value":"b","value":"a"`),
		replaced(`"value":"a"`, "\"value\":\"\xff\""),
		replaced(`"value":"a"`, `"value":"\ud800"`),
		replaced(`"paper":"a4"`, `"paper":"a3"`),
		replaced(`"draft":false`, `"draft":false, "pages": 3`),
	} {
		if d, err := Decode([]byte(bad)); err == nil {
			t.Errorf("accepted %s as %+v", bad, d)
		}
	}
}

// FuzzDecode holds Decode to its law: what it accepts is what Encode writes, and it
// accepts what the decoder of the standard library does.
func FuzzDecode(f *testing.F) {
	data, err := Encode(everyKind)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"meta":{},"blocks":[]}`))
	f.Add(bytes.ReplaceAll(data, []byte(","), []byte(" ,\n")))
	f.Add(bytes.ReplaceAll(data, []byte("a"), []byte(`\u0061`)))
	f.Add(bytes.ReplaceAll(data, []byte(`"kind":"paragraph"`), []byte(`"kind":"paragraph","text":[]`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Decode(data)
		other, otherErr := decodeByLibrary(data)
		if (err == nil) != (otherErr == nil) {
			t.Fatalf("accepted by one: %v; %v", err, otherErr)
		}
		if err != nil {
			return
		}
		if diff := cmp.Diff(other, d); diff != "" {
			t.Fatal(diff)
		}
		written, err := Encode(d)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(written)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(d, back, ignoreOrigins); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestHeadingText(t *testing.T) {
	words := []Inline{Text{Value: "Words"}}
	for _, test := range []struct {
		number string
		text   []Inline
		want   string
	}{
		{"", words, "Words"},
		{"Article 3", words, "Article 3. Words"},
		{"Schedule B", words, "Schedule B. Words"},
		{"3.2", words, "3.2 Words"},
		{"3.", words, "3. Words"},
		{"Part I.", words, "Part I. Words"},
		{"Article 3", nil, "Article 3"},
	} {
		if got := Plain(HeadingText(Heading{Number: test.number, Text: test.text})); got != test.want {
			t.Errorf("%q: %q, expected %q", test.number, got, test.want)
		}
	}
}
