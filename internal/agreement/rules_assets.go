package agreement

import (
	"fmt"
	"slices"
)

func (c *checker) hasAsset() {
	if len(c.a.CriticalAssets) == 0 {
		c.errorf("CriticalAssets", `list in "critical_assets" what the business cannot do without`, "no critical asset is listed")
		return
	}
	if !slices.ContainsFunc(c.a.CriticalAssets, func(x Asset) bool { return x.InScope == nil || x.In() }) {
		c.errorf("CriticalAssets", `set "in_scope: true" where the agreement protects it`, "all %d critical assets are out of scope, so that nothing is protected", len(c.a.CriticalAssets))
	}
}

func (c *checker) backupOftenEnough() {
	a := c.a
	for i, x := range a.Backups {
		j, ok := a.AssetIndex(x.Asset)
		if !ok {
			continue
		}
		if rpo := a.CriticalAssets[j].RPOHours; rpo > 0 && x.EveryHours > rpo {
			c.errorf(fmt.Sprintf("Backups[%d].EveryHours", i), fmt.Sprintf("lower \"every_hours\" to %d, or raise \"rpo_hours\" of the asset if the business can bear it", rpo),
				"%s runs every %s, but %q may lose data of %s only", named("backup", x.ID), hours(x.EveryHours), x.Asset, hours(rpo))
			c.note(fmt.Sprintf("CriticalAssets[%d].RPOHours", j), "rpo_hours of %q", x.Asset)
		}
	}
}

func (c *checker) restoreTests() {
	for i, x := range c.a.Backups {
		if x.RestoreTestMonths > 12 {
			c.errorf(fmt.Sprintf("Backups[%d].RestoreTestMonths", i), "test a restore once in 12 months at least",
				"a restore of %s is tested every %d months; expected at most 12 months", named("backup", x.ID), x.RestoreTestMonths)
		}
	}
}

func hours(n int) string { return count(n, "hour", "hours") }

func (c *checker) importantAssets() {
	a := c.a
	// A backup of an unknown asset was meant for one of these.
	misspelt := slices.ContainsFunc(a.Backups, func(b Backup) bool { _, ok := a.AssetIndex(b.Asset); return !ok })
	for i, x := range a.CriticalAssets {
		if !x.In() || x.Priority < 1 || x.Priority > 2 {
			continue
		}
		row := fmt.Sprintf("CriticalAssets[%d]", i)
		asset := named("asset", x.ID)
		if x.RTOHours == 0 {
			c.warnf(row, `add "rto_hours"`, "%s of priority %d does not say how long the business can be without it", asset, x.Priority)
		}
		if x.RPOHours == 0 {
			c.warnf(row, `add "rpo_hours"`, "%s of priority %d does not say how much data may be lost", asset, x.Priority)
		}
		backedUp := slices.ContainsFunc(a.Backups, func(b Backup) bool { return b.Asset == x.ID })
		accepted := slices.ContainsFunc(a.RiskAcceptances, func(r RiskAcceptance) bool { return r.Asset == x.ID })
		if x.ID != "" && !backedUp && !accepted && !misspelt {
			c.warnf(row, "add a backup of it, or a risk acceptance that names it", "%s of priority %d has neither a backup nor a risk acceptance", asset, x.Priority)
		}
	}
}

func (c *checker) contingencyPlan() {
	for i, x := range c.a.CriticalAssets {
		if x.In() && x.Priority == 1 && x.Contingency == "" {
			c.warnf(fmt.Sprintf("CriticalAssets[%d]", i), `say in "contingency" how the business goes on without it`, "%s of priority 1 has no contingency", named("asset", x.ID))
		}
	}
}

func (c *checker) isolatedCopy() {
	a := c.a
	if a.Regulatory.HIPAA != nil && len(a.Backups) == 0 {
		c.errorf("Regulatory.HIPAA", `list in "backups" what is backed up, and how`, "HIPAA asks for a data backup plan (45 CFR 164.308(a)(7)(ii)(A)), but nothing is backed up")
	}
	for i, x := range a.CriticalAssets {
		if !x.In() || x.Priority != 1 {
			continue
		}
		backups, isolated := 0, 0
		for _, b := range a.Backups {
			if b.Asset != x.ID || b.Isolated == "" {
				continue
			}
			backups++
			if b.Isolated != "none" {
				isolated++
			}
		}
		if backups > 0 && isolated == 0 {
			c.warnf(fmt.Sprintf("CriticalAssets[%d]", i), `keep an immutable or offline copy, and say so in "isolated" of a backup`, "%s of priority 1 has no backup that an intruder cannot change", named("asset", x.ID))
		}
	}
}

func (c *checker) keyHolder() {
	for i, x := range c.a.Backups {
		if x.KeyHolder == Provider {
			c.warnf(fmt.Sprintf("Backups[%d].KeyHolder", i), "let the customer hold a key as well", "only the provider can open %s", named("backup", x.ID))
		}
	}
}

func (c *checker) excludedData() {
	for i, x := range c.a.CriticalAssets {
		if x.InScope != nil && !x.In() && len(x.Classification) > 0 {
			c.warnf(fmt.Sprintf("CriticalAssets[%d].Classification", i), "take it into scope, or keep such data elsewhere", "%s is out of scope but holds sensitive data (%s)", named("asset", x.ID), conjoin("and", x.Classification))
		}
	}
}
