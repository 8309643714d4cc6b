package schedule

import "concordat/internal/doc"

// assets are what the business depends on, how long it can do without, and backups.
func (w writer) assets() []doc.Block {
	if len(w.a.CriticalAssets) == 0 {
		return nil
	}
	in := doc.Table{Columns: []doc.Column{
		column("Asset", 26, doc.Left), column("Priority", 8, doc.Right), column("Back within", 12, doc.Right), column("Data lost at most", 12, doc.Right),
		column("Owner", 14, doc.Left), column("If it fails", 28, doc.Left),
	}}
	out := doc.Table{Columns: []doc.Column{column("Asset", 40, doc.Left), column("Why it is out of scope", 60, doc.Left)}}
	for i, x := range w.a.CriticalAssets {
		name := cell(w.value(x.Name, "CriticalAssets[%d].Name", i), text(" (%s)", label(assetLabels, x.Kind)))
		if len(x.Classification) > 0 {
			name = append(name, text("; holds %s", words(dataLabels, x.Classification)))
		}
		if k, ok := w.a.ThirdPartyIndex(x.ThirdParty); ok {
			name = append(name, text("; run by "), w.value(w.a.Parties.ThirdParties[k].Name, "Parties.ThirdParties[%d].Name", k))
		}
		if !x.In() {
			out.Rows = append(out.Rows, doc.Row{Cells: []doc.Cell{name, cell(w.value(x.ExclusionReason, "CriticalAssets[%d].ExclusionReason", i))}})
			continue
		}
		contingency := none()
		if x.Contingency != "" {
			contingency = cell(w.value(x.Contingency, "CriticalAssets[%d].Contingency", i))
		}
		in.Rows = append(in.Rows, doc.Row{Cells: []doc.Cell{
			name, cell(w.value(number(x.Priority), "CriticalAssets[%d].Priority", i)),
			w.hours(x.RTOHours, "CriticalAssets[%d].RTOHours", i), w.hours(x.RPOHours, "CriticalAssets[%d].RPOHours", i),
			cell(w.person(x.Owner)), contingency,
		}})
	}
	blocks := []doc.Block{paragraph(text("Priority 1 is the highest."))}
	if len(in.Rows) > 0 {
		blocks = append(blocks, in)
	}
	if len(out.Rows) > 0 {
		blocks = append(blocks, heading("Out of scope"), out)
	}
	blocks = append(blocks, w.impacts()...)
	blocks = append(blocks, w.backups()...)
	return append(blocks, w.continuity()...)
}

func (w writer) hours(n int, path string, i int) doc.Cell {
	if n == 0 {
		return cell(text("not stated"))
	}
	return cell(w.value(duration(n), path, i))
}

func (w writer) backups() []doc.Block {
	if len(w.a.Backups) == 0 {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{
		column("Asset", 28, doc.Left), column("At least every", 14, doc.Left), column("Off-site copy", 12, doc.Left), column("Isolated Copy", 16, doc.Left),
		column("Encrypted; key held by", 16, doc.Left), column("Restore Test", 14, doc.Left),
	}}
	for i, b := range w.a.Backups {
		k, _ := w.a.AssetIndex(b.Asset)
		name := cell(w.value(w.a.CriticalAssets[k].Name, "CriticalAssets[%d].Name", k))
		if b.IncludesLogs {
			name = append(name, text(", with logs"))
		}
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			name,
			cell(w.value(duration(b.EveryHours), "Backups[%d].EveryHours", i)),
			cell(text("%s", yesNo(is(b.Offsite)))),
			cell(text("%s", label(isolationLabels, b.Isolated))),
			cell(text("%s; %s", yesNo(is(b.Encrypted)), holder(b.KeyHolder))),
			cell(w.value(every(b.RestoreTestMonths), "Backups[%d].RestoreTestMonths", i)),
		}})
	}
	return []doc.Block{heading("Backups"), t}
}

// impacts is what the loss of each asset does to the business.
func (w writer) impacts() []doc.Block {
	t := doc.Table{Columns: []doc.Column{
		column("Asset", 40, doc.Left), column("Secrecy", 12, doc.Right), column("Correctness", 12, doc.Right),
		column("Availability", 12, doc.Right), column("Law", 12, doc.Right), column("Money", 12, doc.Right),
	}}
	for i, x := range w.a.CriticalAssets {
		if x.Impact == nil {
			continue
		}
		cells := []doc.Cell{cell(w.value(x.Name, "CriticalAssets[%d].Name", i))}
		for _, part := range []struct {
			field string
			level int
		}{
			{"Confidentiality", x.Impact.Confidentiality}, {"Integrity", x.Impact.Integrity}, {"Availability", x.Impact.Availability},
			{"Legal", x.Impact.Legal}, {"Financial", x.Impact.Financial},
		} {
			level := none()
			if part.level > 0 {
				level = cell(w.value(number(part.level), "CriticalAssets[%d].Impact.%s", i, part.field))
			}
			cells = append(cells, level)
		}
		t.Rows = append(t.Rows, row(cells...))
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []doc.Block{
		heading("What a loss does to the business"),
		paragraph(text("Each figure runs from 1 (hardly felt) to 5 (the business cannot go on).")), t,
	}
}

// continuity is how the business goes on when systems or the provider fail.
func (w writer) continuity() []doc.Block {
	c := w.a.Continuity
	if c == nil {
		return nil
	}
	var f facts
	f.text(w, "Plan", c.Plan, "Continuity.Plan")
	f.list("Suppliers on which the Parties count", w.texts(c.Suppliers, "Continuity.Suppliers"))
	f.text(w, "Updates while the Provider’s tools are down", c.ManualPatching, "Continuity.ManualPatching")
	if c.ExerciseMonths > 0 {
		f.add("The Parties practice", w.value(every(c.ExerciseMonths), "Continuity.ExerciseMonths"))
	}
	return f.table("If systems or the Provider fail", "Subject", "What is agreed")
}
