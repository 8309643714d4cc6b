package schedule

import (
	"slices"

	"concordat/internal/doc"
)

// acceptances is the register of accepted risks, the next to expire first.
func (w writer) acceptances() []doc.Block {
	if len(w.a.RiskAcceptances) == 0 {
		return nil
	}
	order := make([]int, len(w.a.RiskAcceptances))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return w.a.RiskAcceptances[i].Expires.Compare(w.a.RiskAcceptances[j].Expires)
	})
	t := doc.Table{Columns: []doc.Column{
		column("No.", 11, doc.Left), column("Risk", 29, doc.Left), column("Why accepted, and what reduces it", 32, doc.Left),
		column("Rating", 10, doc.Left), column("Accepted", 18, doc.Left),
	}}
	for _, i := range order {
		x := w.a.RiskAcceptances[i]
		id := cell(w.value(x.ID, "RiskAcceptances[%d].ID", i))
		why := cell(w.value(x.Reason, "RiskAcceptances[%d].Reason", i))
		if x.Compensating != "" {
			why = append(why, text(" Reduced by: "), w.value(x.Compensating, "RiskAcceptances[%d].Compensating", i))
		}
		if x.LongReason != "" {
			why = append(why, text(" Why it lasts longer than twelve months: "), w.value(x.LongReason, "RiskAcceptances[%d].LongReason", i))
		}
		if x.Law != "" {
			why = append(why, text(" It touches a duty under %s. Accepting this risk does not change what the law requires.", label(lawLabels, x.Law)))
			if x.Counsel != "" {
				why = append(append(why, text(" Counsel: ")), sentence(w.value(x.Counsel, "RiskAcceptances[%d].Counsel", i))...)
			}
		}
		if x.Commitment != "" {
			why = append(why, text(" Ended by Commitment "), w.value(x.Commitment, "RiskAcceptances[%d].Commitment", i), text("."))
		}
		risk := cell(strong(w.value(x.Title, "RiskAcceptances[%d].Title", i)), text(". "), w.value(x.Risk, "RiskAcceptances[%d].Risk", i))
		if x.Control != "" {
			risk = append(risk, text(" (Control "), w.value(x.Control, "RiskAcceptances[%d].Control", i), text(")"))
		}
		if k, ok := w.a.AssetIndex(x.Asset); ok {
			risk = append(risk, text(" (Critical Asset: "), w.value(w.a.CriticalAssets[k].Name, "CriticalAssets[%d].Name", k), text(")"))
		}
		accepted := cell(text("by "), w.person(x.AcceptedBy), text(" on "), w.date(x.Date, "RiskAcceptances[%d].Date", i))
		if !x.Review.IsZero() {
			accepted = append(accepted, text("; looked at again on "), w.date(x.Review, "RiskAcceptances[%d].Review", i))
		}
		if x.Supersedes != "" {
			accepted = append(accepted, text("; renews "), w.value(x.Supersedes, "RiskAcceptances[%d].Supersedes", i))
		}
		accepted = append(accepted, text("; ends "), w.date(x.Expires, "RiskAcceptances[%d].Expires", i))
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			id,
			risk,
			why,
			cell(text("%d × %d = %d", x.Likelihood, x.Impact, x.Rating())),
			accepted,
		}})
	}
	blocks := []doc.Block{
		paragraph(text("The rating is likelihood times impact, each from 1 (low) to 5 (high).")),
		t,
	}
	if plan := w.a.Parties.Customer.RiskPlan; plan != "" {
		blocks = append(blocks, paragraph(sentence(text("The Customer’s own risk plan: "), w.value(plan, "Parties.Customer.RiskPlan"))...))
	}
	return blocks
}
