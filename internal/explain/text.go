package explain

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"concordat/internal/clause"
)

func number(n int) clause.ParameterValue { return clause.ParameterValue(strconv.Itoa(n)) }

// Text writes an explanation for a person: first the answer and its reason, then
// where the words come from, then what filled them.
func (e Explanation) Text(w io.Writer) error {
	var p page
	p.printf("%s: %s\n\n", e.ID, e.Title)
	e.decision(&p)
	e.words(&p)
	e.filling(&p)
	_, err := io.WriteString(w, p.String())
	return err
}

// page is text in the making.
type page struct{ strings.Builder }

func (p *page) printf(format string, args ...any) { fmt.Fprintf(&p.Builder, format, args...) }

// table writes a heading and rows whose cells stand below each other. Cells that
// are empty at the end of a row are left out.
func (p *page) table(heading string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	if heading != "" {
		p.printf("\n%s\n", heading)
	}
	p.rows(rows)
}

func (p *page) rows(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if i < len(row)-1 {
				widths[i] = max(widths[i], utf8.RuneCountInString(cell))
			}
		}
	}
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			line += "  " + cell
			if i < len(row)-1 {
				line += strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			}
		}
		p.printf("%s\n", strings.TrimRight(line, " "))
	}
}

func (p *Place) String() string {
	if p == nil {
		return "not written in the agreement"
	}
	return p.File + ":" + strconv.Itoa(p.Line)
}

// decision says whether the part is in the document, and why.
func (e Explanation) decision(p *page) {
	d := e.Document
	switch {
	case d.In == Unknown:
		p.printf("Whether it is in the document is unknown: the agreement has errors.\n")
	case d.In == No && e.Kind == "term":
		p.printf("Not in the document, for none of its words use the term.\n")
	case d.In == No:
		p.printf("Not in the document.\n")
	case e.Kind == "term":
		p.printf("In the document, for its words use the term. %s prints the meaning.\n", or(d.Number, "No clause"))
	default:
		p.printf("In the document: %s.\n", d.Number)
	}
	if e.Kind == "term" {
		return
	}
	switch c := d.Condition; {
	case c == nil:
		p.printf("It has no condition: every document has it.\n")
	default:
		holds := map[Answer]string{Yes: "which is so", No: "which is not so", Unknown: "which is unknown"}[c.Holds]
		p.printf("It has the condition %s, %s:\n", c.Text, holds)
		p.rows(facts(c.Facts))
	}
	if out := d.LeftOut; out != nil {
		who := map[string]string{
			"agreement": "The agreement leaves it out",
			"preset":    fmt.Sprintf("The preset %q leaves it out", out.Name),
			"layer":     fmt.Sprintf("The library %q leaves it out", out.Name),
		}[out.By]
		if d.In == Yes {
			who = strings.Replace(who, "leaves", "would leave", 1)
		}
		p.printf("%s (%s): %s\n", who, out.Place, out.Reason)
	}
	if d.In == Yes && d.Kept != nil {
		var why []string
		if len(d.Kept.Required) > 0 {
			why = append(why, "required by "+strings.Join(d.Kept.Required, ", "))
		}
		if len(d.Kept.Named) > 0 {
			var names []string
			for _, id := range d.Kept.Named {
				names = append(names, or(id, "the layout"))
			}
			why = append(why, "named by "+strings.Join(names, ", "))
		}
		p.printf("It stays, for it is %s.\n", strings.Join(why, " and "))
	}
}

// entry is an action that prints no field by its name.
func entry(written string) string {
	if written == "." || strings.HasPrefix(written, "$") {
		return "an entry of the list"
	}
	return written
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func facts(all []Fact) [][]string {
	var rows [][]string
	for _, f := range all {
		switch f.Value {
		case "":
			rows = append(rows, []string{f.Name})
		default:
			rows = append(rows, []string{f.Name, f.Value, f.Place.String()})
		}
	}
	return rows
}

// words says where the words come from and who stands behind them.
func (e Explanation) words(p *page) {
	w := e.Words
	layer := w.Layer + " " + w.LayerVersion
	if at := slices.Index(w.Layers, w.Layer); at > 0 {
		layer += ", above " + strings.Join(w.Layers[:at], ", ")
	} else if len(w.Layers) > 1 {
		layer += ", below " + strings.Join(w.Layers[1:], ", ")
	}
	version := w.Version
	if w.Replaces != "" {
		version += ", replaces " + w.Replaces + " of a library below"
	}
	if w.Material {
		version += ", a material change"
	}
	status := w.Status
	switch a := w.Approval; {
	case a == nil:
		status += ", approved by nobody"
	case a.Valid:
		status += fmt.Sprintf(", approved by %s on %s", a.By, a.On)
	default:
		status += fmt.Sprintf(", but %s approved other words on %s", a.By, a.On)
	}
	rows := [][]string{{"article", e.Article}, {"words", w.Place.String()}, {"library", layer}, {"version", version}, {"reason", w.Reason},
		{"in use from", w.EffectiveFrom}, {"law as of", w.AsOf}, {"status", status},
		{"binds", e.Binds}, {"purpose", e.Purpose}, {"plain", e.Plain},
		{"requires", strings.Join(e.Requires, ", ")}, {"conflicts", strings.Join(e.Conflicts, ", ")}}
	for i, s := range e.Sources {
		head := ""
		if i == 0 {
			head = "sources"
		}
		rows = append(rows, []string{head, s.String()})
	}
	var written [][]string
	for _, row := range rows {
		if row[1] != "" {
			written = append(written, row)
		}
	}
	p.table("The words", written)
}

// String is a source on one line.
func (s Source) String() string {
	text := s.Code
	for _, more := range []struct{ before, text string }{{": ", s.Title}, {", ", s.Publisher}, {", ", s.Published}, {", ", s.URL}} {
		if more.text != "" {
			text += more.before + more.text
		}
	}
	return text
}

// filling says what filled the words.
func (e Explanation) filling(p *page) {
	p.table("Facts that the text asks", facts(e.Facts))
	var rows [][]string
	for _, b := range e.Branches {
		way := map[string]string{"yes": "yes", "no": "no", "both": "yes and no", "neither": "not reached"}[b.Way]
		if strings.HasPrefix(b.Condition, "range ") {
			way = strings.Replace(strings.Replace(way, "yes", "once for each entry", 1), "no", "has no entry", 1)
		}
		if b.Way == "neither" {
			way = "not reached"
		}
		rows = append(rows, []string{"line " + strconv.Itoa(b.Place.Line), strings.Repeat("  ", b.Depth) + b.Condition, way})
	}
	p.table("Which way the text went (lines of "+e.Words.Place.File+")", rows)
	rows = nil
	for _, v := range e.Values {
		var from []string
		for _, f := range v.From {
			where := f.Field
			if f.Place != nil {
				where = f.Place.String() + " (" + f.Field + ")"
			}
			from = append(from, where)
		}
		rows = append(rows, []string{"line " + strconv.Itoa(v.Line), `"` + v.Text + `"`, or(strings.Join(from, ", "), entry(v.Written))})
	}
	p.table("Values in the text (lines of "+e.Words.Place.File+", and from where)", rows)
	rows = nil
	for _, x := range e.Parameters {
		how := "default, " + x.Place.String()
		if x.Set {
			how = "set by " + x.Place.String() + ", default " + x.Default
		}
		rows = append(rows, []string{x.Name, `"` + x.Text + `"`, how + ", allowed " + x.Allowed})
	}
	p.table("Parameters in the text", rows)
	rows = nil
	for _, t := range e.Terms {
		rows = append(rows, []string{t.Name, t.ID, t.Layer + ", version " + t.Version + ", " + t.Status})
	}
	p.table("Defined terms in the text", rows)
	p.table("Refers to", e.parts(e.Refers))
	heading := "Referred to by"
	if e.Kind == "term" {
		heading = "Used by"
	} else if e.Document.In != Yes {
		heading = "Would be referred to by, in some documents"
	}
	p.table(heading, e.parts(e.ReferredBy))
}

// parts are rows of a table.
func (e Explanation) parts(all []Part) [][]string {
	var rows [][]string
	for _, x := range all {
		id, number := x.Anchor, x.Number
		switch {
		case id == "":
			id, number = "layout", "the pages around the articles"
		case strings.HasPrefix(id, "term-"):
			number = "the meaning of a term"
		case number == "" && e.Document.In == Unknown:
		case number == "":
			number = "not in the document"
		}
		rows = append(rows, []string{id, number, x.Title})
	}
	return rows
}
