package expand

import "testing"

// TestWay holds that results of one template have the same Way only where they
// have the same text from the same places, and the same slots but for values.
func TestWay(t *testing.T) {
	type way struct {
		text  string
		slots []Slot
		spans string
	}
	spans := func(r Result) string {
		all := ""
		for i := range r.Size() {
			all += r.Span(i, i+1).String() + " "
		}
		return all
	}
	for _, text := range []string{
		"{{ if .Facts.Remote }}a{{ else }}a{{ end }}",
		"{{ if .Facts.Remote }}{{ .City }}{{ else }}{{ .Customer.Name }}{{ end }}",
		"{{ if .Facts.Remote }}{{ ref \"a\" }}{{ else }}{{ ref \"b\" }}{{ end }}",
		"{{ range .Facts.Seats }}x{{ end }}",
		"{{ range .Facts.Seats }}{{ $.City }}{{ end }}",
		"{{ if gt .Facts.Seats 4 }}x {{ end }}{{ if gt .Facts.Seats 8 }}x {{ end }}",
	} {
		tmpl, list := Compile(bodyOf("w.md", text), options())
		if tmpl == nil {
			t.Fatal(printed(list))
		}
		known := map[string]way{}
		results := 0
		for n := range 32 {
			r, list := tmpl.Execute(marked([]string{"one", "two"}[n/16], n))
			if list.HasErrors() {
				t.Fatal(printed(list))
			}
			results++
			got := way{r.Text(), r.Slots, spans(r)}
			before, ok := known[r.Way()]
			if !ok {
				known[r.Way()] = got
				continue
			}
			if before.text != got.text || before.spans != got.spans || len(before.slots) != len(got.slots) {
				t.Errorf("%q: one way to %q and %q", text, before.text, got.text)
			}
			for i, s := range got.slots {
				if b := before.slots[i]; b.Kind != s.Kind || b.Func != s.Func || b.Arg != s.Arg || b.Span != s.Span {
					t.Errorf("%q: slot %d of one way is %+v and %+v", text, i, b, s)
				}
			}
		}
		if len(known) < 2 || len(known) == results {
			t.Errorf("%q goes %d ways", text, len(known))
		}
	}
}
