package schedule

import "concordat/internal/doc"

// options are the choices that the provider laid before the customer.
func (w writer) options() []doc.Block {
	if len(w.a.OptionsPresented) == 0 {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{
		column("No.", 10, doc.Left), column("Question", 26, doc.Left), column("Options", 46, doc.Left), column("Chosen", 18, doc.Left),
	}}
	for i, x := range w.a.OptionsPresented {
		var options doc.Cell
		for j, o := range x.Options {
			const path = "OptionsPresented[%d].Options[%d]"
			if j > 0 {
				options = append(options, text(" "))
			}
			options = append(options, strong(w.value(o.Name, path+".Name", i, j)))
			if o.Cost != nil {
				options = append(options, text(" ("), w.price(*o.Cost, path+".Cost", i, j), text(")"))
			}
			options = append(options, text(": "), w.value(o.Effect, path+".Effect", i, j))
		}
		chosen := cell(text("not decided"))
		if x.Chosen != "" {
			chosen = cell(w.value(x.Chosen, "OptionsPresented[%d].Chosen", i))
		}
		t.Rows = append(t.Rows, row(
			cell(w.value(x.ID, "OptionsPresented[%d].ID", i)),
			cell(w.value(x.Topic, "OptionsPresented[%d].Topic", i), text(" ("), w.date(x.Presented, "OptionsPresented[%d].Presented", i), text(")")),
			options, chosen))
	}
	return []doc.Block{paragraph(text("The Provider presented these choices. The last column shows what the Customer chose. A cost is the whole amount, not an amount a year.")), t}
}

// declined is advice of the provider that the customer did not take.
func (w writer) declined() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		column("No.", 10, doc.Left), column("Recommendation", 30, doc.Left), column("Decision", 30, doc.Left), column("What can happen", 30, doc.Left),
	}}
	for i, x := range w.a.DeclinedRecommendations {
		const path = "DeclinedRecommendations[%d]"
		advice := cell(w.value(x.Recommendation, path+".Recommendation", i), text(" (presented on "), w.date(x.Presented, path+".Presented", i), text(")."))
		if len(x.Options) > 0 {
			advice = append(advice, text(" Options: "))
			advice = append(advice, join("; ", w.texts(x.Options, path+".Options", i))...)
		}
		decision := cell(strong(text("%s", label(decisionLabels, x.Decision))))
		if x.DecidedBy != "" {
			decision = append(decision, text(" by "), w.person(x.DecidedBy))
		}
		if !x.Date.IsZero() {
			decision = append(decision, text(" on "), w.date(x.Date, path+".Date", i))
		}
		decision = append(decision, text("."))
		if x.Reason != "" {
			decision = append(decision, text(" "), w.value(x.Reason, path+".Reason", i))
		}
		if x.RiskAcceptance != "" {
			decision = append(decision, text(" Risk accepted: "), w.value(x.RiskAcceptance, path+".RiskAcceptance", i), text("."))
		}
		consequence := cell(w.value(x.Consequence, path+".Consequence", i))
		if !is(x.Explained) {
			consequence = append(consequence, text(" (not yet explained to the Customer)"))
		}
		t.Rows = append(t.Rows, row(cell(w.value(x.ID, path+".ID", i)), advice, decision, consequence))
	}
	return t
}

// gaps are known weaknesses that no purchased service closes.
func (w writer) gaps() doc.Table {
	t := doc.Table{Columns: []doc.Column{
		column("No.", 10, doc.Left), column("Weakness", 56, doc.Left), column("What is planned", 34, doc.Left),
	}}
	for i, x := range w.a.Gaps {
		gap := cell(w.value(x.Text, "Gaps[%d].Text", i))
		if x.Control != "" {
			gap = append(gap, text(" (Control "), w.value(x.Control, "Gaps[%d].Control", i), text(")"))
		}
		var plan []doc.Inline
		if k, ok := w.a.CommitmentIndex(x.Commitment); ok {
			plan = append(plan, text("Commitment "), w.value(x.Commitment, "Gaps[%d].Commitment", i), text(", due "), w.date(w.a.Commitments[k].Due, "Commitments[%d].Due", k))
		}
		if k, ok := w.a.RiskAcceptanceIndex(x.RiskAcceptance); ok {
			if len(plan) > 0 {
				plan = append(plan, text("; "))
			}
			plan = append(plan, text("Risk Acceptance "), w.value(x.RiskAcceptance, "Gaps[%d].RiskAcceptance", i), text(", until "),
				w.date(w.a.RiskAcceptances[k].Expires, "RiskAcceptances[%d].Expires", k))
		}
		if len(plan) == 0 {
			plan = cell(text("nothing"))
		}
		t.Rows = append(t.Rows, row(cell(w.value(x.ID, "Gaps[%d].ID", i)), gap, plan))
	}
	return t
}
