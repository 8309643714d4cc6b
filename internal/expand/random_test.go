package expand

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

var rounds = flag.Int("rounds", 2000, "templates that TestRandom makes")

// writer makes random templates of which most compile.
type writer struct {
	*rand.Rand
	vars []string // text variables in scope
	b    strings.Builder
}

func (w *writer) pick(list ...string) string { return list[w.IntN(len(list))] }

// name is an expression that gives text; person says what dot is.
func (w *writer) name(person bool) string {
	if len(w.vars) > 0 && w.IntN(4) == 0 {
		return w.vars[w.IntN(len(w.vars))]
	}
	if person && w.IntN(3) > 0 {
		return w.pick(".Name", ".Boss.Name", ".Boss.Level")
	}
	return w.pick("$.City", "$.Customer.Name", "$.Vendor.Name", "$.Customer.Boss.Level", `"literal"`, "`raw}}`", "(first $.People).Name",
		`(index $.Prices "a")`, "(upper $.City)", `(ternary "x" "y" $.Facts.Remote)`, "(join \", \" $.Customer.Tags)", "(andList $.Facts.Kinds)",
		`(countOf $.Facts.Seats "day" "days")`, "(words $.Facts.Seats)", "($.Customer).Name", "$.Vendor.Boss.Name", "$.Lines")
}

func (w *writer) number() string {
	return w.pick("$.Facts.Seats", "3", "$.Customer.Age", "(add 1 $.Facts.Seats)", "(len $.People)", "(sub 1 2)", "-4", "$.Days.x")
}

func (w *writer) facts() string {
	return w.pick("$.Facts.Remote", "eq $.Facts.Region \"eu\"", "gt $.Facts.Seats 4", "and $.Facts.Remote (lt $.Facts.Seats 9)",
		"not $.Facts.Remote", "or $.Facts.Remote $.Facts.Kinds", "$.Facts.Remote | and (gt $.Facts.Seats 2)", "$.Facts.Kinds | or (lt $.Facts.Seats 3)", "$.Facts.Remote | not", "and $.Facts.Seats $.Facts.Region | or false", "has \"a\" $.Facts.Kinds", "$.Facts.Region | contains \"e\"", "$.Flag")
}

func (w *writer) open(text string) {
	w.b.WriteString("{{" + w.pick(" ", "- ", "\n") + text + w.pick(" ", " -", "\n") + "}}")
}

func (w *writer) body(depth int, person bool) {
	vars := len(w.vars)
	for range 1 + w.IntN(4) {
		w.b.WriteString(w.pick("words ", "*", "\n\n", "ä ", "}}", " { ", "1. ", "", "|", "{{/* note */}}", " {{- /* {{ */ -}} "))
		switch w.IntN(12) {
		case 0, 1, 2:
			w.open(w.name(person))
		case 3:
			w.open(w.name(person) + w.pick(" | upper", " | trim | lower", " | replace \"a\" \"bb\"", " | list | andList", " | printf"))
		case 4:
			w.open(w.number())
		case 5:
			w.open(w.pick(`ref "a"`, `schedule "b"`, "articles"))
		case 6:
			v := fmt.Sprintf("$v%d", w.IntN(5))
			w.open(v + " := " + w.name(person))
			w.vars = append(w.vars, v)
		case 7:
			if len(w.vars) > 0 {
				w.open(w.vars[w.IntN(len(w.vars))] + " = " + w.name(person))
			}
		default:
			if depth == 0 {
				continue
			}
			w.block(depth, person)
		}
	}
	w.vars = w.vars[:vars]
}

func (w *writer) block(depth int, person bool) {
	inner := person
	switch w.IntN(5) {
	case 0, 1:
		w.open("if " + w.pick("", "", "$x := ") + w.facts())
		if w.IntN(3) == 0 {
			w.body(depth-1, person)
			w.open("else if " + w.facts())
		}
	case 2:
		w.open(w.pick("range $.People", "range $i, $p := $.People", "range reverse $.People", "range $.People | reverse", "range $p := $.People"))
		inner = true
		if w.IntN(4) == 0 {
			w.open("if " + w.facts())
			w.open(w.pick("break", "continue"))
			w.open("end")
		}
	case 3:
		w.open(w.pick("with $.Facts.Region", "with $.Facts", "with $r := $.Facts.Region", "with $n := $.Facts.Seats"))
		inner = false
	case 4:
		w.open(w.pick("range 3", "range $k, $t := $.Prices", "range $k, $t := $.Days", "range $t := $.Days", "range $n := $.Facts.Seats", "range $.Facts.Seats", "range $v0 = $.Customer.Tags", "range $v1, $v0 = $.Customer.Tags", "range $.Shops", "range $.Vendor.Tags"))
		inner = false
	}
	w.body(depth-1, inner)
	if w.IntN(3) == 0 {
		w.open("else")
		w.body(depth-1, person)
	}
	w.open("end")
}

// TestRandom holds the laws of FuzzExpand against templates that mostly
// compile, with values that would be markup, syntax or tokens.
func TestRandom(t *testing.T) {
	values := []string{"plain", "*a*", "{{ .City }}", "}}", "# x\u00a0", "| a |", "<b>", "[x](y)", "1.", "\\", "&amp;", "www.x.example ", "Łódź", "`", "-"}
	filled, same := 0, 0
	for seed := range uint64(*rounds) {
		w := &writer{Rand: rand.New(rand.NewPCG(seed, 7))}
		w.body(3, false)
		text := w.b.String()
		body := bodyOf("r.md", text)
		opts := options()
		if seed%2 == 0 {
			opts.Branch = []string{"Facts"}
		}
		tmpl, list := Compile(body, opts)
		checkSpans(t, body, list)
		if tmpl == nil {
			continue
		}
		n := w.IntN(60)
		data := marked(values[w.IntN(len(values))], n)
		r, list := tmpl.Execute(data)
		checkSpans(t, body, list)
		if list.HasErrors() {
			continue
		}
		filled++
		checkResult(t, text, r)
		checkOracle(t, text, r, data)
		other, list := tmpl.Execute(marked(values[w.IntN(len(values))], n))
		if list.HasErrors() || opts.Branch == nil && strings.Contains(text, "$.Flag") {
			continue
		}
		same++
		if other.Way() != r.Way() || other.Text() != r.Text() || len(other.Slots) != len(r.Slots) {
			t.Fatalf("%s\nthe values changed the text: %q, %q", text, r.Text(), other.Text())
		}
	}
	if filled < *rounds/4 || same < *rounds/4 {
		t.Errorf("only %d of %d templates were filled, %d compared", filled, *rounds, same)
	}
	t.Logf("%d filled, %d compared", filled, same)
}
