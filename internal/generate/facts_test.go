package generate_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"concordat/clauses"
	"concordat/internal/agreement"
	"concordat/internal/assemble"
	"concordat/internal/clause"
	"concordat/internal/doc"
	"concordat/internal/framework"
	"concordat/internal/schedule"
	"concordat/internal/source"
	"concordat/internal/view"
	"concordat/templates"
)

// TestFacts holds what lint believes about all agreements to real ones: the
// examples, the small agreements, the variants, and several variants at once, in
// any of both forms.
func TestFacts(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	f := newFactChecker(t)
	frameworks, err := framework.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths(t) {
		a, list := agreement.LoadTree(p.tree, frameworks)
		if a == nil {
			t.Fatalf("%s:\n%s", p.name, printed(list))
		}
		f.check(t, p.name, a)
	}
	base := string(read(t, single).Text())
	load := func(name string, list ...variant) {
		text := base
		for _, v := range list {
			for _, e := range v.edits {
				if strings.Count(text, e[0]) == 1 { // of two variants of one field the first counts
					text = strings.Replace(text, e[0], e[1], 1)
				}
			}
		}
		if a, _ := agreement.Load(source.New(name, []byte(text)), frameworks); a != nil {
			f.check(t, name, a)
		}
	}
	all := variants(t)
	for _, v := range all {
		load(v.name, v)
	}
	random := rand.New(rand.NewPCG(1, 2))
	short := variant{edits: [][2]string{{"\nnotices:\n", "\nclauses: {preset: short}\nnotices:\n"}}}
	for range 600 {
		list := slices.Clone(all)
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		list = list[:1+random.IntN(12)]
		if random.IntN(3) == 0 {
			list = append(list, short)
		}
		var names []string
		for _, v := range list {
			names = append(names, v.name)
		}
		load(strings.Join(names, "; "), list...)
	}
	if len(f.seen) < 250 {
		t.Errorf("only %d different agreements", len(f.seen))
	}
	t.Logf("%d agreements of different facts", len(f.seen))
}

// factChecker compares what is believed about facts with agreements.
type factChecker struct {
	invariants []clause.Condition
	schedules  map[string]clause.Condition
	extracts   map[string]clause.Condition
	assembler  *assemble.Assembler
	seen       map[string]bool // facts, as text
}

func newFactChecker(t *testing.T) *factChecker {
	t.Helper()
	f := &factChecker{
		invariants: clause.Invariants(), schedules: map[string]clause.Condition{}, extracts: map[string]clause.Condition{},
		seen: map[string]bool{},
	}
	parse := func(text string) clause.Condition {
		if text == "" {
			return clause.Condition{}
		}
		c, err := clause.ParseCondition(text)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for _, id := range schedule.IDs() {
		f.schedules[id] = parse(schedule.PrintedWhen(id))
	}
	for _, id := range schedule.ExtractIDs() {
		f.extracts[id] = parse(schedule.ExtractPrintedWhen(id))
	}
	library, list, err := clause.Load(clause.Layer{FS: clauses.FS, Prefix: "clauses/"})
	if err != nil || list.HasErrors() {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	layout, list, err := clause.LoadLayout(templates.FS, "templates/", "cyber-constitution.md")
	if err != nil || list.HasErrors() {
		t.Fatalf("%v\n%s", err, printed(list))
	}
	if f.assembler, list = assemble.New(library, layout); list.HasErrors() {
		t.Fatal(printed(list))
	}
	return f
}

// printedToo are schedules that are printed for reasons of which no fact tells.
var printedToo = []string{"access", "incidents", "documents"}

func (f *factChecker) check(t *testing.T, name string, a *agreement.Agreement) {
	t.Helper()
	v := view.New(a)
	text := fmt.Sprintf("%+v", *v.Facts)
	if f.seen[text] {
		return
	}
	f.seen[text] = true
	for _, c := range f.invariants {
		if !c.Holds(v.Facts) {
			t.Errorf("%s: expected of all agreements: %s", name, c)
		}
	}
	document, _, list := f.assembler.Assemble(a, assemble.Options{})
	printed := func(id string) bool {
		return slices.ContainsFunc(document.Blocks, func(b doc.Block) bool {
			h, ok := b.(doc.Heading)
			return ok && h.Anchor == assemble.ScheduleAnchor(id)
		})
	}
	for _, id := range schedule.IDs() {
		sure := f.schedules[id].Holds(v.Facts)
		if got := printed(id); sure && !got || got && !sure && !slices.Contains(printedToo, id) {
			t.Errorf("%s: the schedule %q is printed: %t; %q is %t", name, id, got, schedule.PrintedWhen(id), sure)
		}
	}
	extracts := func(id string) bool { return len(schedule.Extract(id, a)) > 0 }
	for _, id := range schedule.ExtractIDs() {
		if sure := f.extracts[id].Holds(v.Facts); sure != extracts(id) && id != "dates" {
			t.Errorf("%s: the extract %q is printed: %t; %q is %t", name, id, extracts(id), schedule.ExtractPrintedWhen(id), sure)
		}
	}
	compareFilled(t, name, "", reflect.ValueOf(v).Elem(), reflect.ValueOf(view.Sample(v.Facts)).Elem())
	if len(a.Clauses.Exclude) > 0 {
		return
	}
	rehearsal, _, problems := f.assembler.Rehearse(assemble.Rehearsal{View: view.Sample(v.Facts), Printed: printed, Extract: extracts})
	if list.HasErrors() || problems.HasErrors() {
		t.Errorf("%s: %v", name, append(list, problems...))
	}
	if got, want := parts(rehearsal), parts(document); !slices.Equal(got, want) {
		t.Errorf("%s: the rehearsal has the parts\n%v\nthe document\n%v", name, got, want)
	}
}

// parts are the numbers and anchors of a document, but for its own schedules.
func parts(d doc.Document) []string {
	var list []string
	for _, b := range d.Blocks {
		if h, ok := b.(doc.Heading); ok && h.Anchor != "" {
			list = append(list, h.Number+" "+h.Anchor)
		}
	}
	return list
}

// compareFilled holds that a field of a view is filled where a sample says so,
// and empty where it does.
func compareFilled(t *testing.T, name, path string, real, sample reflect.Value) {
	t.Helper()
	for field, x := range real.Fields() {
		if !field.IsExported() || field.Name == "Facts" {
			continue
		}
		y := sample.FieldByIndex(field.Index)
		switch x.Kind() {
		case reflect.Pointer:
			compareFilled(t, name, path+field.Name+".", x.Elem(), y.Elem())
		case reflect.String, reflect.Slice:
			if (x.Len() > 0) != (y.Len() > 0) {
				t.Errorf("%s: the field %s%s is filled: %t, expected %t", name, path, field.Name, x.Len() > 0, y.Len() > 0)
			}
		case reflect.Int:
		default:
			t.Fatalf("%s%s is a %s", path, field.Name, x.Kind())
		}
	}
}
