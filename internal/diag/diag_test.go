package diag

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/source"
)

func TestSorted(t *testing.T) {
	a := source.New("a.yaml", []byte("0123456789"))
	b := source.New("b.yaml", []byte("0123456789"))
	var list List
	list.Errorf("late", b.Span(1, 2), "", "b")
	list.Warnf("warned", a.Span(5, 6), "", "w")
	list.Errorf("zz", a.Span(5, 6), "", "e2")
	list.Errorf("aa", a.Span(5, 6), "", "e1")
	list.Errorf("aa", a.Span(5, 6), "", "e1")
	list.Errorf("aa", a.Span(5, 6), "a hint", "e1")
	list.Errorf("early", a.Span(0, 1), "", "first in the file")
	list.Errorf("nowhere", source.Span{}, "", "of no place")
	before := list[0]
	var got []string
	for _, d := range list.Sorted() {
		got = append(got, d.Span.String()+" "+d.Severity.String()+" "+d.Code+" "+d.Hint)
	}
	want := []string{
		"- error nowhere ",
		"a.yaml:1:1 error early ",
		"a.yaml:1:6 error aa ",
		"a.yaml:1:6 error aa a hint",
		"a.yaml:1:6 error zz ",
		"a.yaml:1:6 warning warned ",
		"b.yaml:1:2 error late ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if list[0].Code != before.Code || len(list) != 8 {
		t.Error("Sorted changed the list")
	}
}

func TestHasErrors(t *testing.T) {
	var list List
	if list.HasErrors() {
		t.Error("an empty list has errors")
	}
	list.Warnf("w", source.Span{}, "", "w")
	if list.HasErrors() {
		t.Error("a warning is an error")
	}
	list.Errorf("e", source.Span{}, "", "e")
	if !list.HasErrors() {
		t.Error("an error is none")
	}
}

func TestZeroSeverityPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	_ = Severity(0).String()
}
