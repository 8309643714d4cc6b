package diag

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/source"
)

func TestJSON(t *testing.T) {
	r := Report{Excerpts: true, Files: []FileReport{
		{File: "a.yaml", Diagnostics: List{
			{"c", Warning, at("shared.yaml", "é👍: «b\nc»\n"), "m <b>", "", nil},
			{"d", Warning, at("a.yaml", strings.Repeat("x", maxShown)+"«y»"), "a long line has no excerpt", "h", []Note{{source.Span{}, "of no place"}}},
		}},
		{File: "b.yaml", ID: "b", Diagnostics: List{{"e", Error, source.Span{}, "\u202e\x7f\x00\xff", "", nil}}, Summary: json.RawMessage(`[1, "\u2066"]`)},
	}}
	want := `{
  "schema": "concordat/report/v1",
  "tool": {
    "name": "concordat",
    "version": ""
  },
  "files": [
    {
      "file": "a.yaml",
      "status": "warnings",
      "diagnostics": [
        {
          "code": "c",
          "severity": "warning",
          "message": "m <b>",
          "file": "shared.yaml",
          "start": {
            "line": 1,
            "column": 5,
            "offset": 8
          },
          "end": {
            "line": 2,
            "column": 2,
            "offset": 11
          },
          "excerpt": "é👍: b"
        },
        {
          "code": "d",
          "severity": "warning",
          "message": "a long line has no excerpt",
          "hint": "h",
          "file": "a.yaml",
          "start": {
            "line": 1,
            "column": 1001,
            "offset": 1000
          },
          "end": {
            "line": 1,
            "column": 1002,
            "offset": 1001
          },
          "notes": [
            {
              "message": "of no place"
            }
          ]
        }
      ]
    },
    {
      "file": "b.yaml",
      "id": "b",
      "status": "errors",
      "diagnostics": [
        {
          "code": "e",
          "severity": "error",
          "message": "\u202e\u007f\u0000\ufffd"
        }
      ],
      "summary": [
        1,
        "\u2066"
      ]
    }
  ]
}
`
	if diff := cmp.Diff(want, write(t, r, JSONFormat)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestEscape(t *testing.T) {
	for _, s := range []string{"", "plain", "é東👍", "a\u202eb", "\U000e0041", "\u007f\u0085\U0010ffff", "\u200d\ufeff\ufffd"} {
		quoted, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		escaped := escape(quoted)
		var back string
		if err := json.Unmarshal(escaped, &back); err != nil || back != s {
			t.Errorf("escape(%s) = %s, which reads %q, %v", quoted, escaped, back, err)
		}
	}
	if got, want := string(escape([]byte("\"\U000e0041é\""))), `"\udb40\udc41é"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// fuzzed is a report of one diagnostic with one note, the first of no file.
func fuzzed(name, text, code, message, hint, note string, start, end int) Report {
	f := source.New(name, []byte(text))
	start = min(max(start, 0), len(text))
	end = min(max(end, start), len(text))
	d := Diagnostic{code, Error, f.Span(start, end), message, hint, []Note{{f.Span(start, start), note}, {source.Span{}, note}}}
	return Report{Version: hint, Excerpts: true, Files: []FileReport{{File: name, ID: note, Diagnostics: List{
		{code, Warning, source.Span{}, message, hint, nil}, d,
	}}}}
}

func seed(f *testing.F) {
	f.Add("a.yaml", "a: b\n", "code", "message", "hint", "note", 3, 4)
	f.Add("ü b%.yaml", "\ufeffé👍: b\r\n\r\n", "R01", "a\nb::c", "%0A\u202e", "[x](1)", 7, 14)
	f.Add("\xff:,\n", "\x00\xff👍🏽", "::", "\x1b%\r\n", "", "\\]", 2, 5)
}

// valid is what JSON can hold of a string: U+FFFD in place of bad bytes.
func valid(s string) string {
	return strings.Map(func(r rune) rune { return r }, s)
}

// FuzzJSON holds JSON to its law: what is read back is what was reported.
func FuzzJSON(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, name, text, code, message, hint, note string, start, end int) {
		r := fuzzed(name, text, code, message, hint, note, start, end)
		written := write(t, r, JSONFormat)
		var back jsonReport
		if err := json.Unmarshal([]byte(written), &back); err != nil {
			t.Fatalf("%v\n%s", err, written)
		}
		file := back.Files[0]
		if file.File != valid(name) || file.ID != valid(note) || file.Status != "errors" || len(file.Diagnostics) != 2 {
			t.Errorf("read back %q %q %q", file.File, file.ID, file.Status)
		}
		for i, d := range file.Diagnostics {
			if d.Code != valid(code) || d.Message != valid(message) || d.Hint != valid(hint) || len(d.Notes) != 2*i {
				t.Errorf("read back %+v", d)
			}
			for _, n := range d.Notes {
				if n.Message != valid(note) {
					t.Errorf("read back %q", n.Message)
				}
			}
		}
		d, span := file.Diagnostics[1], r.Files[0].Diagnostics[1].Span
		if d.Start.Offset != span.Start || d.End.Offset != span.End {
			t.Errorf("read back %+v %+v, want %d %d", d.Start, d.End, span.Start, span.End)
		}
		if span.Valid() {
			if got := span.File.Offset(d.Start.Line, d.Start.Column); got > span.Start {
				t.Errorf("line %d column %d is byte %d, want at most %d", d.Start.Line, d.Start.Column, got, span.Start)
			}
		}
	})
}
