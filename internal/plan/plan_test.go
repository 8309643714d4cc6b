package plan

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/internal/doc"
	"concordat/internal/provenance"
)

func plain(s string) []doc.Inline { return []doc.Inline{doc.Text{Value: s}} }

func paragraph(text ...doc.Inline) doc.Block { return doc.Paragraph{Text: text} }

func heading(level int, number, anchor, title string) doc.Block {
	return doc.Heading{Level: level, Number: number, Anchor: anchor, Text: plain(title)}
}

func row(cells ...string) doc.Row {
	var r doc.Row
	for _, c := range cells {
		r.Cells = append(r.Cells, plain(c))
	}
	return r
}

// sample is a document with each kind of part.
func sample() *provenance.Statement {
	return &provenance.Statement{
		ID: "lodz", Version: "1.0.0",
		Inputs: provenance.Inputs{
			Program: "v1.0.0", Build: "b0", Printed: "p0", Library: "l0",
			Layout: provenance.Text{ID: "cyber-constitution", Version: "0.1.0", SHA256: "y0"},
			Clauses: []provenance.Text{
				{ID: "def-01", Version: "1.0.0", SHA256: "d0", Words: "d0"},
				{ID: "inc-01", Version: "1.0.0", SHA256: "a0", Words: "a0"},
				{ID: "inc-02", Version: "1.0.0", SHA256: "c0", Words: "c0"},
			},
			Terms: []provenance.Text{{ID: "incident", Version: "1.0.0", SHA256: "t0", Words: "t0"}},
			Files: []provenance.File{{Path: "customers/lodz.yaml", SHA256: "f0"}, {Path: "provider.yaml", SHA256: "g0"}, {Path: "own-controls.json", SHA256: "h0"}},
		},
		Values: []provenance.Value{
			{Path: "parties.customer.legal_name", Text: "Łódź Dental"},
			{Path: "budget.lines[BL-01].title", Text: "Backup"},
			{Path: "budget.lines[BL-01].amount", Text: "100", File: 1},
			{Path: "notes[0]", Text: "hm"},
		},
		Sums:    []provenance.Sum{{Name: "budget 2027", Amount: "USD 100.00"}},
		Outputs: []provenance.Output{{Name: "lodz.md", SHA256: "o0"}, {Name: "lodz.pdf", SHA256: "o1"}},
		Document: doc.Document{
			Meta: doc.Meta{ID: "lodz", Title: "Cyber Constitution", Version: "1.0.0", Customer: "Łódź Dental", Provider: "MSP"},
			Blocks: []doc.Block{
				heading(1, "", "", "Cyber Constitution"),
				heading(2, "", "", "At a glance"),
				paragraph(doc.Text{Value: "It costs USD 100. See "}, doc.Ref{Target: "inc-02", Text: "Section 2.2"}, doc.Text{Value: "."}),
				heading(2, "Article 1", "article-words", "Words"),
				heading(3, "1.1", "def-01", "Words"),
				paragraph(doc.Strong{Text: plain("Incident")}, doc.Text{Value: " means an event."}),
				heading(2, "Article 2", "article-incidents", "Incidents"),
				heading(3, "2.1", "inc-01", "What it is"),
				paragraph(plain("It is bad.")...),
				heading(3, "2.2", "inc-02", "Telling"),
				paragraph(plain("The Provider tells the Customer within 48 hours. It writes.")...),
				doc.List{Ordered: true, Items: []doc.Item{{Label: "(a)", Blocks: []doc.Block{paragraph(plain("by phone;")...)}}}},
				heading(2, "Schedule A", "schedule-matrix", "Matrix"),
				doc.Table{Columns: []doc.Column{{Head: plain("Control")}, {Head: plain("Owner")}}, Rows: []doc.Row{row("1.A", "Provider"), row("1.B", "Customer")}},
				heading(2, "Schedule B", "schedule-budget", "Budget"),
				doc.Table{Columns: []doc.Column{{Head: plain("Line")}, {Head: plain("2027")}}, Rows: []doc.Row{row("Backup", "100"), row("All", "100")}},
				heading(2, "", "", "Signatures"),
				paragraph(plain("The Parties sign.")...),
				doc.Signature{Party: plain("Customer"), LegalName: plain("Łódź Dental"), Name: plain("Ada"), Title: plain("Owner")},
			},
		},
	}
}

// set replaces a text everywhere in a document.
func set(s *provenance.Statement, old, now string) {
	var replace func([]doc.Inline) []doc.Inline
	replace = func(text []doc.Inline) []doc.Inline {
		text = slices.Clone(text)
		for i, in := range text {
			switch in := in.(type) {
			case doc.Text:
				in.Value = strings.ReplaceAll(in.Value, old, now)
				text[i] = in
			case doc.Ref:
				in.Text = strings.ReplaceAll(in.Text, old, now)
				text[i] = in
			case doc.Strong:
				text[i] = doc.Strong{Text: replace(in.Text)}
			}
		}
		return text
	}
	s.Document.Blocks = doc.MapInlines(s.Document.Blocks, replace)
}

// find is the place of the heading of an anchor.
func find(s *provenance.Statement, anchor string) int {
	return slices.IndexFunc(s.Document.Blocks, func(b doc.Block) bool {
		h, ok := b.(doc.Heading)
		return ok && h.Anchor == anchor
	})
}

func setClause(s *provenance.Statement, id, version string, material bool, reason string) {
	i := slices.IndexFunc(s.Inputs.Clauses, func(t provenance.Text) bool { return t.ID == id })
	s.Inputs.Clauses[i] = provenance.Text{ID: id, Version: version, SHA256: "c1", Words: "c1", Material: material, Reason: reason}
}

// enter puts a clause before inc-02.
func enter(s *provenance.Statement) {
	at := find(s, "inc-02")
	h := s.Document.Blocks[at].(doc.Heading)
	h.Number = "2.3"
	s.Document.Blocks[at] = h
	s.Document.Blocks = slices.Insert(s.Document.Blocks, at, heading(3, "2.2", "inc-05", "New"), paragraph(plain("More.")...))
	set(s, "Section 2.2", "Section 2.3")
	s.Inputs.Clauses = slices.Insert(s.Inputs.Clauses, 2, provenance.Text{ID: "inc-05", Version: "1.0.0", SHA256: "e0", Words: "e0", Reason: "first version"})
}

// tell is a change in words, for comparison.
func tell(c Change) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s; material %q; words %t; form %t\n", c.Action, c.Material, c.Words, c.Form)
	for _, p := range c.Parts {
		fmt.Fprintf(&b, "  %s %s %s", p.What, p.Kind, p.ID)
		if !p.Words {
			b.WriteString(", form")
		}
		if p.Rows != nil {
			fmt.Fprintf(&b, ", rows %+v", *p.Rows)
		}
		b.WriteByte('\n')
		for _, r := range p.Texts {
			fmt.Fprintf(&b, "    %q -> %q\n", r.Old, r.New)
		}
		if p.More > 0 {
			fmt.Fprintf(&b, "    and %d\n", p.More)
		}
	}
	for _, v := range c.Values {
		fmt.Fprintf(&b, "  value %s %s %q -> %q in %s\n", v.What, v.Path, v.Old, v.New, v.File)
	}
	for _, s := range c.Sums {
		fmt.Fprintf(&b, "  sum %s %q -> %q\n", s.Name, s.Old, s.New)
	}
	for _, x := range c.Causes {
		fmt.Fprintf(&b, "  because of %s", x)
		if x.Counsel != NoWords {
			fmt.Fprintf(&b, " (%s)", x.Counsel)
		}
		b.WriteByte('\n')
	}
	for _, x := range c.NoEffect {
		fmt.Fprintf(&b, "  without effect: %s\n", x)
	}
	return b.String()
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(s *provenance.Statement)
		state  State
		want   string
	}{
		{"nothing", func(*provenance.Statement) {}, Signed, `
none; material ""; words false; form false
`},
		{"clause, material", func(s *provenance.Statement) {
			set(s, "48 hours", "24 hours")
			setClause(s, "inc-02", "1.1.0", true, "a shorter time")
		}, Signed, `
amend and sign again; material "yes"; words true; form false
  changed clause inc-02
    "The Provider tells the Customer within 48 hours." -> "The Provider tells the Customer within 24 hours."
  because of clause inc-02 1.0.0 -> 1.1.0 (yes)
`},
		{"clause, not material, signed", func(s *provenance.Statement) {
			set(s, "It writes.", "It writes a letter.")
			setClause(s, "inc-02", "1.0.1", false, "clearer")
		}, Signed, `
notify; material "no"; words true; form false
  changed clause inc-02
    "It writes." -> "It writes a letter."
  because of clause inc-02 1.0.0 -> 1.0.1 (no)
`},
		{"clause, not material, sent", func(s *provenance.Statement) {
			set(s, "It writes.", "It writes a letter.")
			setClause(s, "inc-02", "1.0.1", false, "clearer")
		}, Sent, `
notify; material "no"; words true; form false
  changed clause inc-02
    "It writes." -> "It writes a letter."
  because of clause inc-02 1.0.0 -> 1.0.1 (no)
`},
		{"clause without a new version", func(s *provenance.Statement) {
			set(s, "It writes.", "")
			setClause(s, "inc-02", "1.0.0", true, "of an earlier change")
		}, Sent, `
approve; material "unsaid"; words true; form false
  changed clause inc-02
    "It writes." -> ""
  because of clause inc-02 1.0.0, without a new version (unsaid)
`},
		{"clause with a version left out", func(s *provenance.Statement) {
			set(s, "It writes.", "It calls.")
			setClause(s, "inc-02", "1.2.0", false, "clearer")
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  changed clause inc-02
    "It writes." -> "It calls."
  because of clause inc-02 1.0.0 -> 1.2.0 (unsaid)
`},
		{"clause and term, one material", func(s *provenance.Statement) {
			set(s, "It writes.", "It calls.")
			setClause(s, "inc-02", "1.0.1", false, "clearer")
			set(s, "an event.", "any event.")
			s.Inputs.Terms[0] = provenance.Text{ID: "incident", Version: "2.0.0", SHA256: "t1", Words: "t1", Material: true}
		}, Sent, `
approve; material "yes"; words true; form false
  changed clause def-01
    "Incident means an event." -> "Incident means any event."
  changed clause inc-02
    "It writes." -> "It calls."
  because of clause inc-02 1.0.0 -> 1.0.1 (no)
  because of term incident 1.0.0 -> 2.0.0 (yes)
`},
		{"a clause uses a new term", func(s *provenance.Statement) {
			set(s, "It writes.", "It writes a Report.")
			setClause(s, "inc-02", "1.0.1", false, "clearer")
			s.Document.Blocks = slices.Insert(s.Document.Blocks, find(s, "article-incidents"), paragraph(doc.Strong{Text: plain("Report")}, doc.Text{Value: " means a letter."}))
			s.Inputs.Terms = append(s.Inputs.Terms, provenance.Text{ID: "report", Version: "1.0.0", SHA256: "r0", Words: "r0"})
		}, Signed, `
notify; material "no"; words true; form false
  changed clause def-01
    "" -> "Report means a letter."
  changed clause inc-02
    "It writes." -> "It writes a Report."
  because of clause inc-02 1.0.0 -> 1.0.1 (no)
`},
		{"the library knows a word as a term", func(s *provenance.Statement) {
			s.Document.Blocks = slices.Insert(s.Document.Blocks, find(s, "article-incidents"), paragraph(doc.Strong{Text: plain("Report")}, doc.Text{Value: " means a letter."}))
			s.Inputs.Terms = append(s.Inputs.Terms, provenance.Text{ID: "report", Version: "1.0.0", SHA256: "r0", Words: "r0"})
			s.Inputs.Library = "l1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  changed clause def-01
    "" -> "Report means a letter."
  because of term report 1.0.0, added (unsaid)
  without effect: library: order, conditions or parameters of clauses
`},
		{"value to table to sum", func(s *provenance.Statement) {
			set(s, "100", "120")
			s.Values[2].Text = "120"
			s.Sums[0].Amount = "USD 120.00"
			s.Inputs.Files[1].SHA256 = "g1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  changed layout 
    "It costs USD 100." -> "It costs USD 120."
  changed schedule schedule-budget, rows {Changed:2 Added:0 Removed:0}
    "Backup | 100" -> "Backup | 120"
    "All | 100" -> "All | 120"
  value changed budget.lines[BL-01].amount "100" -> "120" in provider.yaml
  sum budget 2027 "USD 100.00" -> "USD 120.00"
  because of file provider.yaml
`},
		{"a row of the customer's own", func(s *provenance.Statement) {
			i := find(s, "schedule-budget") + 1
			table := s.Document.Blocks[i].(doc.Table)
			table.Rows = slices.Insert(slices.Clone(table.Rows), 1, row("Tests", "50"))
			s.Document.Blocks[i] = table
			s.Values = append(s.Values, provenance.Value{Path: "budget.lines[BL-02].title", Text: "Tests"}, provenance.Value{Path: "budget.lines[BL-02].amount", Text: "50"})
			s.Values = slices.Delete(s.Values, 3, 4)
			s.Inputs.Files[0].SHA256 = "f1"
		}, Unsent, `
regenerate; material "unsaid"; words true; form false
  changed schedule schedule-budget, rows {Changed:0 Added:1 Removed:0}
    "" -> "Tests | 50"
  value added budget.lines[BL-02] "" -> "" in customers/lodz.yaml
  value removed notes[0] "hm" -> "" in customers/lodz.yaml
  because of own file customers/lodz.yaml
`},
		{"a clause that a value lets in", func(s *provenance.Statement) {
			enter(s)
			s.Values[3].Text = "yes"
			s.Inputs.Files[0].SHA256 = "f1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  renumbered layout 
  added clause inc-05
  renumbered clause inc-02
  value changed notes[0] "hm" -> "yes" in customers/lodz.yaml
  because of own file customers/lodz.yaml
`},
		{"a clause that the library has now", func(s *provenance.Statement) {
			enter(s)
			s.Inputs.Library = "l1"
		}, Sent, `
approve; material "unsaid"; words true; form false
  renumbered layout 
  added clause inc-05
  renumbered clause inc-02
  because of clause inc-05 1.0.0, added (unsaid)
  without effect: library: order, conditions or parameters of clauses
`},
		{"an article goes with its clause", func(s *provenance.Statement) {
			s.Document.Blocks = slices.Delete(s.Document.Blocks, find(s, "article-words"), find(s, "article-incidents"))
			s.Inputs.Clauses = s.Inputs.Clauses[1:]
			s.Inputs.Library = "l1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  removed article article-words
  removed clause def-01
  because of clause def-01 1.0.0, removed (unsaid)
  without effect: library: order, conditions or parameters of clauses
`},
		{"another order", func(s *provenance.Statement) {
			at, end := find(s, "inc-01"), find(s, "inc-02")
			moved := slices.Clone(s.Document.Blocks[at:end])
			s.Document.Blocks = slices.Delete(s.Document.Blocks, at, end)
			s.Document.Blocks = slices.Insert(s.Document.Blocks, find(s, "schedule-matrix"), moved...)
			s.Inputs.Library = "l1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  moved clause inc-01
  because of library: order, conditions or parameters of clauses
`},
		{"another order, and other words", func(s *provenance.Statement) {
			at, end := find(s, "inc-01"), find(s, "inc-02")
			moved := slices.Clone(s.Document.Blocks[at:end])
			s.Document.Blocks = slices.Delete(s.Document.Blocks, at, end)
			s.Document.Blocks = slices.Insert(s.Document.Blocks, find(s, "schedule-matrix"), moved...)
			set(s, "It is bad.", "It is very bad.")
			setClause(s, "inc-01", "1.0.1", false, "clearer")
			s.Inputs.Library = "l1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  moved clause inc-01
    "It is bad." -> "It is very bad."
  because of clause inc-01 1.0.0 -> 1.0.1 (no)
  because of library: order, conditions or parameters of clauses
`},
		{"other numbers", func(s *provenance.Statement) {
			set(s, "Section 2.2", "Section II.2")
			for i, b := range s.Document.Blocks {
				if h, ok := b.(doc.Heading); ok && h.Number == "2.2" {
					h.Number = "II.2"
					s.Document.Blocks[i] = h
				}
			}
			s.Inputs.Library = "l1"
		}, Signed, `
notify; material "no"; words true; form false
  renumbered layout 
  renumbered clause inc-02
  because of library: order, conditions or parameters of clauses
`},
		{"a reference to another part, printed alike", func(s *provenance.Statement) {
			p := s.Document.Blocks[2].(doc.Paragraph)
			p.Text = slices.Clone(p.Text)
			p.Text[1] = doc.Ref{Target: "inc-01", Text: "Section 2.2"}
			s.Document.Blocks[2] = p
			s.Inputs.Layout.SHA256, s.Inputs.Library = "y1", "l1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  changed layout 
    "See Section 2.2." -> "See Section 2.2."
  because of layout cyber-constitution 0.1.0, without a new version (unsaid)
  without effect: library: order, conditions or parameters of clauses
`},
		{"layout", func(s *provenance.Statement) {
			set(s, "The Parties sign.", "The Parties sign here.")
			s.Inputs.Layout = provenance.Text{ID: "cyber-constitution", Version: "0.1.1", SHA256: "y1"}
			s.Inputs.Library = "l1"
		}, Sent, `
approve; material "unsaid"; words true; form false
  changed signatures 
    "The Parties sign." -> "The Parties sign here."
  because of layout cyber-constitution 0.1.0 -> 0.1.1 (unsaid)
  without effect: library: order, conditions or parameters of clauses
`},
		{"who signs", func(s *provenance.Statement) {
			set(s, "Ada", "Eve")
			s.Values[3].Text = "Eve"
			s.Inputs.Files[0].SHA256 = "f1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  changed signatures 
    "Customer | Łódź Dental | Ada | Owner" -> "Customer | Łódź Dental | Eve | Owner"
  value changed notes[0] "hm" -> "Eve" in customers/lodz.yaml
  because of own file customers/lodz.yaml
`},
		{"a value that follows from another file", func(s *provenance.Statement) {
			set(s, "48 hours", "24 hours")
			s.Values[2].Text = "120" // stated in provider.yaml, which is the same
			s.Inputs.Files[0].SHA256 = "f1"
		}, Unsent, `
regenerate; material "unsaid"; words true; form false
  changed clause inc-02
    "The Provider tells the Customer within 48 hours." -> "The Provider tells the Customer within 24 hours."
  value changed budget.lines[BL-01].amount "100" -> "120" in provider.yaml
  because of own file customers/lodz.yaml
`},
		{"a value beside a clause", func(s *provenance.Statement) {
			set(s, "It writes.", "It calls.")
			setClause(s, "inc-02", "1.0.1", false, "clearer")
			s.Values[2].Text = "120"
			s.Inputs.Files[1].SHA256 = "g1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  changed clause inc-02
    "It writes." -> "It calls."
  value changed budget.lines[BL-01].amount "100" -> "120" in provider.yaml
  because of clause inc-02 1.0.0 -> 1.0.1 (no)
  because of file provider.yaml
`},
		{"a comment in a file", func(s *provenance.Statement) { s.Inputs.Files[1].SHA256 = "g1" }, Signed, `
none; material ""; words false; form false
  without effect: file provider.yaml
`},
		{"framework file", func(s *provenance.Statement) {
			set(s, "1.B", "1.C")
			s.Inputs.Files[2].SHA256 = "h1"
		}, Sent, `
approve; material "unsaid"; words true; form false
  changed schedule schedule-matrix, rows {Changed:0 Added:1 Removed:1}
    "1.B | Customer" -> "1.C | Customer"
  because of framework file own-controls.json
`},
		{"program without effect", func(s *provenance.Statement) {
			s.Inputs.Program, s.Inputs.Build, s.Inputs.Printed = "v1.1.0", "b1", "p1"
			s.Outputs = nil
		}, Signed, `
none; material ""; words false; form false
  without effect: concordat v1.0.0 -> v1.1.0
`},
		{"program, in words", func(s *provenance.Statement) {
			set(s, "Control", "Goal")
			s.Inputs.Program, s.Inputs.Build, s.Inputs.Printed = "v1.1.0", "b1", "p1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  changed schedule schedule-matrix
    "Control | Owner" -> "Goal | Owner"
  because of concordat v1.0.0 -> v1.1.0
`},
		{"program, in words, beside a clause", func(s *provenance.Statement) {
			set(s, "It writes.", "It calls.")
			setClause(s, "inc-02", "1.0.1", false, "clearer")
			s.Inputs.Program, s.Inputs.Printed = "v1.1.0", "p1"
		}, Signed, `
amend and sign again; material "unsaid"; words true; form false
  changed clause inc-02
    "It writes." -> "It calls."
  because of clause inc-02 1.0.0 -> 1.0.1 (no)
  because of concordat v1.0.0 -> v1.1.0
`},
		{"another build beside a clause", func(s *provenance.Statement) {
			set(s, "It writes.", "It calls.")
			setClause(s, "inc-02", "1.0.1", false, "clearer")
			s.Inputs.Build = "b1"
		}, Signed, `
notify; material "no"; words true; form false
  changed clause inc-02
    "It writes." -> "It calls."
  because of clause inc-02 1.0.0 -> 1.0.1 (no)
  without effect: concordat v1.0.0, another build
`},
		{"another build, in form, unsent", func(s *provenance.Statement) {
			s.Inputs.Build = "b1"
			s.Outputs[1].SHA256 = "o2"
		}, Unsent, `
regenerate; material ""; words false; form true
  because of concordat v1.0.0, another build
`},
		{"another build, in form, signed", func(s *provenance.Statement) {
			s.Inputs.Build = "b1"
			s.Outputs[1].SHA256 = "o2"
		}, Signed, `
none; material ""; words false; form true
  because of concordat v1.0.0, another build
`},
		{"a word set in bold", func(s *provenance.Statement) {
			i := find(s, "inc-01") + 1
			s.Document.Blocks[i] = paragraph(doc.Strong{Text: plain("It is bad.")})
			setClause(s, "inc-01", "1.0.1", false, "")
		}, Unsent, `
regenerate; material ""; words false; form true
  changed clause inc-01, form
  because of clause inc-01 1.0.0 -> 1.0.1 (no)
`},
		{"an approval", func(s *provenance.Statement) {
			s.Inputs.Clauses[0].SHA256, s.Inputs.Clauses[0].Approved = "d1", true
		}, Signed, `
none; material ""; words false; form false
  without effect: clause def-01 1.0.0, only in what is said about it
`},
		{"for signature", func(s *provenance.Statement) {
			s.Inputs.Final = true
			s.Document.Meta.Draft = true
		}, Unsent, `
regenerate; material "unsaid"; words true; form false
  changed header 
    "" -> "DRAFT"
  because of made for signature, no longer as a draft
`},
		{"for no reason", func(s *provenance.Statement) { set(s, "It is bad.", "It is good.") }, Signed, `
amend and sign again; material "unsaid"; words true; form false
  changed clause inc-01
    "It is bad." -> "It is good."
  because of nothing that is recorded
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := sample()
			c.change(now)
			got := tell(Compare(sample(), now, c.state))
			if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if same := tell(Compare(now, now, c.state)); same != "none; material \"\"; words false; form false\n" {
				t.Errorf("beside itself:\n%s", same)
			}
		})
	}
}

func TestCompareNew(t *testing.T) {
	const want = "regenerate; material \"\"; words false; form false\n  because of new agreement\n"
	if got := tell(Compare(nil, sample(), Unsent)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
