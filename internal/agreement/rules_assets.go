package agreement

import "fmt"

func (c *checker) hasAsset() {
	if len(c.a.CriticalAssets) == 0 {
		c.errorf("CriticalAssets", `list in "critical_assets" what the business cannot do without`, "no critical asset is listed")
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
			c.errorf(fmt.Sprintf("Backups[%d].EveryHours", i), "back up more often or accept a longer loss of data",
				"%s runs every %s, but %q may lose data of %s only", named("backup", x.ID), hours(x.EveryHours), x.Asset, hours(rpo))
			c.note(fmt.Sprintf("CriticalAssets[%d].RPOHours", j), "rpo_hours of %q", x.Asset)
		}
	}
}

func (c *checker) restoreTests() {
	for i, x := range c.a.Backups {
		if x.RestoreTestMonths > 12 {
			c.errorf(fmt.Sprintf("Backups[%d].RestoreTestMonths", i), "test a restore once in 12 months at least",
				"a restore of %s is tested every %d months; expected at most 12", named("backup", x.ID), x.RestoreTestMonths)
		}
	}
}

func hours(n int) string { return count(n, "hour", "hours") }
