package pdf

import (
	"fmt"

	"concordat/internal/doc"
)

func txt(s string) doc.Inline { return doc.Text{Value: s} }

func inl(parts ...any) []doc.Inline {
	var out []doc.Inline
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			out = append(out, txt(p))
		case doc.Inline:
			out = append(out, p)
		}
	}
	return out
}

func bold(s string) doc.Inline { return doc.Strong{Text: inl(s)} }
func ital(s string) doc.Inline { return doc.Emphasis{Text: inl(s)} }

func para(parts ...any) doc.Block { return doc.Paragraph{Text: inl(parts...)} }

func heading(level int, number string, parts ...any) doc.Block {
	return doc.Heading{Level: level, Number: number, Text: inl(parts...)}
}

func items(ordered bool, labels []string, blocks ...[]doc.Block) doc.Block {
	l := doc.List{Ordered: ordered}
	for i, b := range blocks {
		item := doc.Item{Blocks: b}
		if ordered {
			item.Label = labels[i]
		}
		l.Items = append(l.Items, item)
	}
	return l
}

func trow(cells ...any) doc.Row {
	var r doc.Row
	for _, c := range cells {
		r.Cells = append(r.Cells, inl(c))
	}
	return r
}

func tcol(headText string, align doc.Align, weight int) doc.Column {
	return doc.Column{Head: inl(headText), Align: align, Weight: weight}
}

func sampleMeta() doc.Meta {
	return doc.Meta{
		ID:        "cpa-2027",
		Title:     "Cyber Constitution",
		Version:   "1.0.0",
		Language:  "en-US",
		Provider:  "Northwind Managed Security, LLC",
		Customer:  "Łódź Dental Sp. z o.o.",
		Effective: "2027-01-01",
		Paper:     doc.Letter,
		Draft:     true,
	}
}

// sample is a short agreement that holds every kind of block and inline.
func sample() doc.Document {
	abc := []string{"(a)", "(b)", "(c)"}
	roman := []string{"(i)", "(ii)", "(iii)"}
	return doc.Document{Meta: sampleMeta(), Blocks: []doc.Block{
		heading(1, "", "Cyber Constitution"),
		para("between ", bold("Northwind Managed Security, LLC"), " (the “", bold("Provider"), "”) and ", bold("Łódź Dental Sp. z o.o."), " (the “", bold("Customer"), "”)"),
		para("Effective 1 January 2027. This document adds to the Master Service Agreement of 14 March 2025 and does not replace it. It settles who is responsible for what, what risk the Customer owns, and what time and money both parties commit to become more secure."),
		doc.Quote{Blocks: []doc.Block{
			para(bold("In plain words.")),
			para("We back up what matters, keep a copy out of reach, and prove twice a year that it restores. You tell us what matters, approve the money, and sign for the risks you keep."),
			items(false, nil,
				[]doc.Block{para("Three promises cost money this year; the sum is ", bold("USD 41,880.00"), ".")},
				[]doc.Block{para("Two risks stay with you until 30 June 2027.")},
			),
		}},
		heading(2, "Article 1", "Purpose and parties"),
		heading(3, "1.1", "What this document does"),
		para("The Provider shall back up each system listed in ", doc.Ref{Target: "schedule-backups", Text: "Schedule B"}, " and shall restore it within the time that stands beside it. ", ital("Essential Records"), " means the records without which the Customer cannot treat a patient, and is set out in ", doc.Link{Dest: "https://example.com/terms", Text: inl("the terms of service")}, "; ", doc.Strong{Text: inl(ital("no other document"))}, " changes that meaning."),
		para("Notices go to:"),
		para("Łódź Dental Sp. z o.o.", doc.LineBreak{}, "ul. Piotrkowska 104", doc.LineBreak{}, "90-926 Łódź, Poland"),
		heading(3, "1.2", "What each party shall do, and by when, in the year that begins on the effective date and in each year that follows it"),
		para("The Provider shall:"),
		items(true, abc,
			[]doc.Block{para("name a security lead who answers within one business day and who is known to the Customer by name, telephone number and address;")},
			[]doc.Block{
				para("keep the following copies of the Essential Records:"),
				items(true, roman,
					[]doc.Block{para("one on the premises, encrypted;")},
					[]doc.Block{para("one in another country of the European Economic Area, which nobody at the Provider can delete alone; and")},
					[]doc.Block{
						para("one that is not reachable from any network, made:"),
						items(false, nil,
							[]doc.Block{para("each Friday, and")},
							[]doc.Block{para("before each change to the practice software.")},
						),
					},
				),
			},
			[]doc.Block{
				para("report to the Customer each quarter."),
				para("The report names each restore test, its date, and whether it was passed."),
			},
		),
		para("The Customer shall decide within ten business days on what the Provider proposes."),
		heading(4, "1.2.1", "When a decision is late"),
		para("A date that depends on the decision moves by as many business days as the decision is late."),
		heading(2, "Article 2", "Money"),
		heading(3, "2.1", "Budget for the first year"),
		para("The parties commit to the sums in this table."),
		doc.Table{
			Columns: []doc.Column{tcol("Line", doc.Left, 0), tcol("What is bought", doc.Left, 0), tcol("Quantity", doc.Right, 0), tcol("Unit price", doc.Right, 0), tcol("Per year", doc.Right, 0)},
			Rows: []doc.Row{
				trow("B-01", "Endpoint detection and response, monitored day and night by people", "24", "USD 9.50", "USD 2,736.00"),
				trow("B-02", "Immutable backup", "2 TB", "USD 120.00", "USD 2,880.00"),
				trow("B-03", "Security lead, two days in each month, on the premises or by video", "24 days", "USD 1,400.00", "USD 33,600.00"),
				trow("B-04", "Contingency, rounded to 10", "", "", "USD 2,664.00"),
				{Cells: []doc.Cell{inl("Total"), nil, nil, nil, inl("USD 41,880.00")}, Total: true},
			},
		},
		heading(2, "Schedule B", "Responsibilities"),
		para("R: responsible. A: accountable. C: consulted. I: informed."),
		doc.Table{
			Columns: []doc.Column{tcol("Control", doc.Left, 6), tcol("Provider", doc.Center, 1), tcol("Customer", doc.Center, 1), tcol("Note", doc.Left, 4)},
			Rows: func() []doc.Row {
				var rows []doc.Row
				for i := 1; i <= 24; i++ {
					rows = append(rows, trow(fmt.Sprintf("Control %d: privileged accounts use phishing-resistant sign-in", i), "R", "A", "Reviewed each quarter"))
				}
				return rows
			}(),
		},
		heading(2, "", "Signatures"),
		para("Each person who signs states that they may bind the party they sign for."),
		doc.Signature{Party: inl("Provider"), LegalName: inl("Northwind Managed Security, LLC"), Name: inl("Dana Whitfield"), Title: inl("Managing Member")},
		doc.Signature{Party: inl("Customer"), LegalName: inl("Łódź Dental Spółka z ograniczoną odpowiedzialnością"), Name: inl("Zażółć Gęślą"), Title: inl("Prezes Zarządu")},
		doc.PageBreak{},
		heading(2, "Annex", "A page of its own"),
		para("The last words."),
	}}
}
