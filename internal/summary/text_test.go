package summary

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"concordat/internal/agreement"
)

func TestLinesFitThePage(t *testing.T) {
	for _, id := range exampleIDs() {
		t.Run(id, func(t *testing.T) {
			s := Of(loadExample(t, id))
			for _, full := range []bool{false, true} {
				for line := range strings.Lines(textOf(t, s, full)) {
					line = strings.TrimSuffix(line, "\n")
					if utf8.RuneCountInString(line) > pageWidth || strings.TrimRight(line, " ") != line {
						t.Errorf("%q", line)
					}
				}
			}
			if n := strings.Count(textOf(t, s, false), "\n"); n > 7 {
				t.Errorf("the short form has %d lines", n)
			}
		})
	}
}

// TestLongWordsStayWhole: an id or path is never broken, and is found by search.
func TestLongWordsStayWhole(t *testing.T) {
	var p page
	word := strings.Repeat("x", 90)
	p.line("  ", 4, "before "+word+" after")
	if want := "  before\n    " + word + "\n    after\n"; p.String() != want {
		t.Errorf("found %q", p.String())
	}
}

func TestNamesOfFilesSteerNoTerminal(t *testing.T) {
	s := Summary{Checklist: Checklist{Questions: []Answer{{ID: "S1", Answered: true, Fields: []Field{{Key: "x", File: "a\x1b[2J\u202eb.yaml", Line: 3}}}}}}
	if text := textOf(t, s, true); !strings.Contains(text, "x (a\ufffd[2J\ufffdb.yaml:3)\n") {
		t.Errorf("found %q", text)
	}
}

type fullDisk struct{}

var errFull = errors.New("disk full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestTextReportsFaults(t *testing.T) {
	if err := Of(&agreement.Agreement{}).Text(fullDisk{}, true); !errors.Is(err, errFull) {
		t.Errorf("found %v", err)
	}
}

// TestEmptyAgreement: nothing is invented and nothing panics.
func TestEmptyAgreement(t *testing.T) {
	s := Of(&agreement.Agreement{})
	golden(t, "testdata/empty.txt", textOf(t, s, false)+"\n"+strings.Repeat("=", pageWidth)+"\n\n"+textOf(t, s, true))
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"cost":null`, `"heaviest_month":null`, `"commitments":[]`, `"payers":[]`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the JSON lacks %s:\n%s", want, text)
		}
	}
	if n := strings.Count(string(text), "null"); n != 2 {
		t.Errorf("the JSON has %d nulls, want 2", n)
	}
}

func BenchmarkOf(b *testing.B) {
	a := loadExample(b, "manufacturer-cmmc")
	b.ReportAllocs()
	for b.Loop() {
		Of(a)
	}
}
