package plan

import (
	"bufio"
	"fmt"
	"io"
)

// Schema names the form of a report in JSON.
const Schema = "concordat/plan/v1"

// JSON writes all that is known: counts, causes, and of each customer what Change
// has. Of parts that came or went the words are not repeated; of others, the first
// that differ.
func (r *Report) JSON(w io.Writer) error {
	customers, failures := r.sorted()
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "{\n\"schema\": %s,\n\"actions\": [", encode(Schema))
	for i, n := range r.counts {
		comma(out, i)
		out.WriteString(encode(struct {
			Action    Action `json:"action"`
			Customers int    `json:"customers"`
		}{actions[i], n}))
	}
	out.WriteString("\n],\n\"causes\": [")
	for i, g := range r.sortedGroups() {
		comma(out, i)
		out.WriteString(encode(struct {
			Cause
			Customers int `json:"customers"`
			Sent      int `json:"sent"`
			Signed    int `json:"signed"`
			Approve   int `json:"approve"`
			Amend     int `json:"amend"`
		}{g.cause, g.customers, g.sent, g.signed, g.approve, g.mustAmend}))
	}
	out.WriteString("\n],\n\"customers\": [")
	for i, k := range customers {
		comma(out, i)
		head := encode(struct {
			ID        string   `json:"id"`
			Agreement string   `json:"agreement"`
			Customer  string   `json:"customer"`
			Version   string   `json:"version"`
			State     State    `json:"state"`
			Action    Action   `json:"action"`
			New       bool     `json:"new"`
			Words     bool     `json:"words"`
			Form      bool     `json:"form"`
			Material  Material `json:"material"`
		}{k.id, k.agreement, k.name, k.version, k.state, k.action, k.isNew, k.words, k.form, k.material})
		out.WriteString(head[:len(head)-1])
		r.parts.list(out, "parts", k.parts)
		r.values.list(out, "values", k.values)
		r.sums.list(out, "sums", k.sums)
		r.causes.list(out, "causes", k.causes)
		r.causes.list(out, "no_effect", k.noEffect)
		out.WriteByte('}')
	}
	out.WriteString("\n],\n\"failed\": [")
	for i, f := range failures {
		comma(out, i)
		out.WriteString(encode(struct {
			Agreement string `json:"agreement"`
			Errors    int    `json:"errors"`
		}{f.name, f.errors}))
	}
	out.WriteString("\n]\n}\n")
	return out.Flush()
}

// comma begins an entry of a list, on a line of its own.
func comma(out *bufio.Writer, i int) {
	if i > 0 {
		out.WriteByte(',')
	}
	out.WriteByte('\n')
}

func (f *fragments) list(out *bufio.Writer, name string, numbers []uint32) {
	fmt.Fprintf(out, ",%q:[", name)
	for i, n := range numbers {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(f.texts[n])
	}
	out.WriteByte(']')
}
