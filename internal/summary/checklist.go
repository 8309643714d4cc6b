package summary

import (
	"reflect"
	"strings"

	"concordat/internal/agreement"
)

// Checklist holds an agreement against the questions that CISA advises a
// customer to ask before it gives work to a provider (CISA Insights, Risk
// Considerations for Managed Service Provider Customers, September 2021), in
// our words. A question is answered when the agreement says something to each
// part of it, whether or not the answer is a good one.
type Checklist struct {
	Answered  int      `json:"answered"`
	Total     int      `json:"total"`
	Questions []Answer `json:"questions"` // in the order of docs/checklist.md
}

// Answer is what an agreement says to one question.
type Answer struct {
	ID       string     `json:"id"`    // S, O or T (strategic, operational, tactical) with a number: "S1"
	Topic    string     `json:"topic"` // a few words for a list
	Question string     `json:"question"`
	Answered bool       `json:"answered"`
	Fields   []Field    `json:"fields"`  // that answer parts of it
	Missing  [][]string `json:"missing"` // parts without an answer: for each the keys of fields, any one of which would give it
}

// Field is a value that answers.
type Field struct {
	Key  string `json:"field"` // as a user writes it, with [] for the rows of a list: "critical_assets[].impact"
	File string `json:"file"`  // as named on the command line or under use; empty for an agreement without a file
	Line int    `json:"line"`  // from 1; 0 without a file
}

func checklist(a *agreement.Agreement) Checklist {
	var c Checklist
	for _, q := range questions() {
		answer := Answer{ID: q.id, Topic: q.topic, Question: q.ask, Fields: []Field{}, Missing: [][]string{}}
		for _, n := range q.needs {
			if !n.asks(a) {
				continue
			}
			path := n.find(a)
			if path == "" {
				answer.Missing = append(answer.Missing, n.fields)
				continue
			}
			f := Field{Key: key(path)}
			if span := a.Span(path); !span.IsZero() {
				f.File, f.Line = span.File.Name(), span.File.Position(span.Start).Line
			}
			answer.Fields = append(answer.Fields, f)
		}
		if answer.Answered = len(answer.Missing) == 0; answer.Answered {
			c.Answered++
		}
		c.Questions = append(c.Questions, answer)
	}
	c.Total = len(c.Questions)
	return c
}

// key is the field at a path as a user writes it: "CriticalAssets[2].Impact"
// is "critical_assets[].impact". It panics at a path that the model has not.
func key(path string) string {
	t := reflect.TypeFor[agreement.Agreement]()
	var keys []string
	for step := range strings.SplitSeq(path, ".") {
		name, _, isRow := strings.Cut(step, "[")
		field, ok := t.FieldByName(name)
		if !ok {
			panic("summary: an agreement has no " + path)
		}
		tag, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
		t = field.Type
		if isRow {
			tag, t = tag+"[]", t.Elem()
		}
		if t.Kind() == reflect.Pointer {
			t = t.Elem()
		}
		keys = append(keys, tag)
	}
	return strings.Join(keys, ".")
}

// alternatives are keys of fields of which one is expected: `"a", "b" or "c"`.
func alternatives(keys []string) string {
	text := ""
	for i, k := range keys {
		switch {
		case i == 0:
		case i == len(keys)-1:
			text += " or "
		default:
			text += ", "
		}
		text += `"` + k + `"`
	}
	return text
}
