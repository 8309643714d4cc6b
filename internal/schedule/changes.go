package schedule

import "concordat/internal/doc"

// changes are the classes of change, who approves spending, and blackout periods.
func (w writer) changes() []doc.Block {
	ca := w.a.ChangeAuthorization
	classes := doc.Table{Columns: []doc.Column{
		column("Class", 14, doc.Left), column("Examples", 42, doc.Left), column("Approval", 26, doc.Left), column("Notice", 18, doc.Left),
	}}
	for i, c := range ca.Classes {
		var examples []doc.Inline
		for j, e := range c.Examples {
			examples = append(examples, w.value(e, "ChangeAuthorization.Classes[%d].Examples[%d]", i, j))
		}
		notice := "none"
		if c.NoticeDays > 0 {
			notice = plural(c.NoticeDays, "Business Day", "Business Days")
		}
		classes.Rows = append(classes.Rows, doc.Row{Cells: []doc.Cell{
			cell(text("%s", label(classLabels, c.ID))), join("; ", examples),
			cell(text("%s", label(approvalLabels, c.Approval))), cell(text("%s", notice)),
		}})
	}
	blocks := []doc.Block{heading("Classes of change"), classes}
	if b := w.a.Budget; b != nil {
		t := doc.Table{Columns: []doc.Column{column("Spending", 30, doc.Left), column("Approved by", 45, doc.Left), column("How", 25, doc.Left)}}
		lower := ""
		for i, x := range b.Thresholds {
			limit := cell(text("above %s", lower))
			if x.UpTo != nil {
				limit = cell(text("up to "), w.value(x.UpTo.Format(b.Currency), "Budget.Thresholds[%d].UpTo", i))
				lower = x.UpTo.Format(b.Currency)
			} else if lower == "" {
				limit = cell(text("any amount"))
			}
			var approvers []doc.Inline
			for _, id := range x.Approvers {
				approvers = append(approvers, w.person(id))
			}
			t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{limit, join(" or ", approvers), cell(text("%s", label(channelLabels, x.Channel)))}})
		}
		blocks = append(blocks, heading("Who approves spending"), t)
	}
	if len(ca.Blackouts) > 0 {
		t := doc.Table{Columns: []doc.Column{column("Blackout Period", 50, doc.Left), column("From", 25, doc.Left), column("To", 25, doc.Left)}}
		for i, b := range ca.Blackouts {
			t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
				cell(w.value(b.Name, "ChangeAuthorization.Blackouts[%d].Name", i)),
				cell(w.value(b.From.Long(w.language), "ChangeAuthorization.Blackouts[%d].From", i)),
				cell(w.value(b.To.Long(w.language), "ChangeAuthorization.Blackouts[%d].To", i)),
			}})
		}
		blocks = append(blocks, heading("Blackout Periods of each year"), t)
	}
	return blocks
}
