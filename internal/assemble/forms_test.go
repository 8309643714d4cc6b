package assemble

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"concordat/internal/agreement"
	"concordat/internal/view"
)

// Remembered is everything that a keeps from one document for the next, as text.
func (a *Assembler) Remembered() string {
	var b strings.Builder
	all := []template{a.layout}
	for _, c := range a.library.Clauses() {
		all = append(all, a.clauses[c.ID])
	}
	for _, t := range a.terms {
		all = append(all, t.template)
	}
	for _, t := range all {
		for way, read := range t.forms.byWay {
			fmt.Fprintf(&b, "%q ", way)
			writeStrings(&b, reflect.ValueOf(read), map[any]bool{})
		}
	}
	return b.String()
}

// writeStrings writes all strings that can be reached from v.
func writeStrings(b *strings.Builder, v reflect.Value, seen map[any]bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.Kind() == reflect.Pointer {
			if v.IsNil() || seen[v.Pointer()] {
				return
			}
			seen[v.Pointer()] = true
		}
		writeStrings(b, v.Elem(), seen)
	case reflect.Struct:
		for i := range v.NumField() {
			writeStrings(b, v.Field(i), seen)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			writeStrings(b, v.Index(i), seen)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			writeStrings(b, k, seen)
			writeStrings(b, v.MapIndex(k), seen)
		}
	case reflect.String:
		b.WriteString(v.String())
		b.WriteByte('\n')
	}
}

// TermsOf are the ids of the terms in each clause, term and the layout of a document:
// as note finds them in what is remembered, and as they are found in the blocks.
func (a *Assembler) TermsOf(ag *agreement.Agreement) (noted, found []string) {
	s := a.begin(ag, view.New(ag))
	s.whole(Options{})
	fillings := []filling{s.fill(s.layout, s.expand(s.layout))}
	for _, article := range s.selection.Articles {
		for _, c := range article.Clauses {
			fillings = append(fillings, s.filled[c.ID])
		}
	}
	for _, t := range s.used {
		fillings = append(fillings, s.fill(t.template, s.expand(t.template)))
	}
	for _, f := range fillings {
		all := make([]bool, len(s.terms))
		s.noteBlocks(s.blocks(f, noBlocks), all)
		body := f.Body()
		found = append(found, body.String()+fmt.Sprint(indexes(all)))
		all = make([]bool, len(s.terms))
		s.note(f, noBlocks, all)
		noted = append(noted, body.String()+fmt.Sprint(indexes(all)))
	}
	return noted, found
}

// TestFormsAreBounded holds that one template keeps a limited number of forms of
// a limited size, whatever comes, and still gives back what it keeps.
func TestFormsAreBounded(t *testing.T) {
	f := &forms{}
	for i := range 10 * maxForms {
		way, form := fmt.Sprint(i), &reading{}
		f.put(way, form, i*100)
		if len(f.byWay) > maxForms || f.bytes > maxFormText {
			t.Fatalf("after %d ways: %d forms of %d bytes", i, len(f.byWay), f.bytes)
		}
		if f.get(way) != form {
			t.Fatalf("way %d was not kept", i)
		}
	}
	f.put("large", &reading{}, maxFormText+1)
	if f.get("large") != nil {
		t.Error("a form of a text that is too large was kept")
	}
	first, second := &reading{}, &reading{}
	f.put("same", first, 1)
	bytes := f.bytes
	f.put("same", second, 1)
	if f.get("same") != first || f.bytes != bytes {
		t.Error("a way was kept twice")
	}
}
