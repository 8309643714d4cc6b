package yamlsrc

import (
	"testing"

	"concordat/internal/source"
)

const positionsText = `schema: concordat/v1
customer:
  legal_name: "Łódź"
  phone: '0''1'
  address: |-
    one
    two
  cap: 5
lines:
  - id: A
    due: 2027-01-31
  - {id: B}
tags: [é, plain text
  on two lines]
nested:
  - - x
note: >-
  a

  b
start:
`

func TestPositions(t *testing.T) {
	_, p, _ := decodeText("p.yaml", positionsText)
	for _, tc := range []struct{ path, value, key, nearest string }{
		{"", "1:1 ", "", "1:1 "},
		{"Schema", "1:9 concordat/v1", "1:1 schema", "1:9 concordat/v1"},
		{"Customer", "2:1 customer", "2:1 customer", "2:1 customer"},
		{"Customer.LegalName", `3:15 "Łódź"`, "3:3 legal_name", `3:15 "Łódź"`},
		{"Customer.Contact.Phone", "4:10 '0''1'", "4:3 phone", "4:10 '0''1'"},
		{"Customer.Phone", "4:10 '0''1'", "4:3 phone", "4:10 '0''1'"},
		{"Customer.Contact", "2:1 customer", "2:1 customer", "2:1 customer"},
		{"Customer.Contact.Email", "", "", "2:1 customer"},
		{"Customer.Email", "", "", "2:1 customer"},
		{"Customer.Address", "5:12 |-\n    one\n    two", "5:3 address", "5:12 |-\n    one\n    two"},
		{"Customer.Cap", "8:8 5", "8:3 cap", "8:8 5"},
		{"Customer.Fee", "", "", "2:1 customer"},
		{"Provider", "", "", "1:1 "},
		{"Provider.Contact.Phone", "", "", "1:1 "},
		{"Lines", "9:1 lines", "9:1 lines", "9:1 lines"},
		{"Lines[0]", "10:5 id", "", "10:5 id"},
		{"Lines[0].ID", "10:9 A", "10:5 id", "10:9 A"},
		{"Lines[0].Due", "11:10 2027-01-31", "11:5 due", "11:10 2027-01-31"},
		{"Lines[0].Item", "", "", "10:5 id"},
		{"Lines[1]", "12:5 {", "", "12:5 {"},
		{"Lines[1].ID", "12:10 B", "12:6 id", "12:10 B"},
		{"Lines[2]", "", "", "9:1 lines"},
		{"Lines[2].ID", "", "", "9:1 lines"},
		{"Lines[x].ID", "", "", "9:1 lines"},
		{"Lines[-1]", "", "", "9:1 lines"},
		{"Lines[", "", "", "9:1 lines"},
		{"Tags[0]", "13:8 é", "", "13:8 é"},
		{"Tags[1]", "13:11 plain text\n  on two lines", "", "13:11 plain text\n  on two lines"},
		{"Nested[0]", "16:5 -", "", "16:5 -"},
		{"Nested[0][0]", "16:7 x", "", "16:7 x"},
		{"Nested[0][1]", "", "", "16:5 -"},
		{"Note", "17:7 >-\n  a\n\n  b", "17:1 note", "17:7 >-\n  a\n\n  b"},
		{"Start", "21:1 start", "21:1 start", "21:1 start"},
		{"Schema.X", "", "", "1:9 concordat/v1"},
		{".", "", "", "1:1 "},
	} {
		if got := shown(p.Value(tc.path)); got != tc.value {
			t.Errorf("Value(%q) = %q, want %q", tc.path, got, tc.value)
		}
		if got := shown(p.Key(tc.path)); got != tc.key {
			t.Errorf("Key(%q) = %q, want %q", tc.path, got, tc.key)
		}
		if got := shown(p.Nearest(tc.path), true); got != tc.nearest {
			t.Errorf("Nearest(%q) = %q, want %q", tc.path, got, tc.nearest)
		}
	}
}

func shown(s source.Span, ok bool) string {
	if !ok {
		return ""
	}
	return s.String()[len("p.yaml:"):] + " " + s.Text()
}

func TestPositionsOfAPart(t *testing.T) {
	f := source.New("p.yaml", []byte("---\nschema: Łódź\nstart: x\n---\n\x01 body\n"))
	var s sample
	p, list := Decode(f.Span(4, 4+len("schema: Łódź\nstart: x\n")), &s, Options{})
	if got, want := shown(p.Value("Schema")), "2:9 Łódź"; got != want {
		t.Errorf("Value = %q, want %q", got, want)
	}
	if got, want := shown(p.Nearest("Tags"), true), "2:1 "; got != want {
		t.Errorf("Nearest = %q, want %q", got, want)
	}
	if got, want := printed(list), `p.yaml:3:8: error: start: expected a date such as 2027-03-31, found "x" [yaml-value]
  |
3 | start: x
  |        ^
`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
