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
		if !x.In() {
			out.Rows = append(out.Rows, doc.Row{Cells: []doc.Cell{name, cell(w.value(x.ExclusionReason, "CriticalAssets[%d].ExclusionReason", i))}})
			continue
		}
		contingency := none()
		if x.Contingency != "" {
			contingency = cell(w.value(x.Contingency, "CriticalAssets[%d].Contingency", i))
		}
		in.Rows = append(in.Rows, doc.Row{Cells: []doc.Cell{
			name, cell(w.value(plainInt(x.Priority), "CriticalAssets[%d].Priority", i)),
			w.hours(x.RTOHours, "CriticalAssets[%d].RTOHours", i), w.hours(x.RPOHours, "CriticalAssets[%d].RPOHours", i),
			cell(w.person(x.Owner)), contingency,
		}})
	}
	blocks := []doc.Block{paragraph(text("Priority 1 is restored first. The times are planning goals, unless the MSA promises them."))}
	if len(in.Rows) > 0 {
		blocks = append(blocks, in)
	}
	if len(out.Rows) > 0 {
		blocks = append(blocks, heading("Out of scope"), out)
	}
	return append(blocks, w.backups()...)
}

func (w writer) hours(n int, path string, i int) doc.Cell {
	if n == 0 {
		return cell(text("not stated"))
	}
	return cell(w.value(plural(n, "hour", "hours"), path, i))
}

func (w writer) backups() []doc.Block {
	if len(w.a.Backups) == 0 {
		return nil
	}
	t := doc.Table{Columns: []doc.Column{
		column("Asset", 28, doc.Left), column("At least every", 14, doc.Left), column("Off-site copy", 12, doc.Left), column("Isolated Copy", 16, doc.Left),
		column("Encrypted; key held by", 16, doc.Left), column("Restore test", 14, doc.Left),
	}}
	yes := func(b *bool) string {
		if *b {
			return "yes"
		}
		return "no"
	}
	for i, b := range w.a.Backups {
		k, _ := w.a.AssetIndex(b.Asset)
		t.Rows = append(t.Rows, doc.Row{Cells: []doc.Cell{
			cell(w.value(w.a.CriticalAssets[k].Name, "CriticalAssets[%d].Name", k)),
			cell(w.value(plural(b.EveryHours, "hour", "hours"), "Backups[%d].EveryHours", i)),
			cell(text("%s", yes(b.Offsite))),
			cell(text("%s", label(isolationLabels, b.Isolated))),
			cell(text("%s; %s", yes(b.Encrypted), party(b.KeyHolder))),
			cell(w.value(every(b.RestoreTestMonths), "Backups[%d].RestoreTestMonths", i)),
		}})
	}
	return []doc.Block{heading("Backups"), t}
}
