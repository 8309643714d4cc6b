package agreement

import (
	"fmt"
	"slices"

	"concordat/internal/calendar"
	"concordat/internal/framework"
)

// scaleBounds are the lowest and highest level of a scale, in tenths.
func scaleBounds(scale string) (low, high int, ok bool) {
	switch scale {
	case "implementation-1-4":
		return 10, 40, true
	case "capability-0-5":
		return 0, 50, true
	case "csf-tier-1-4":
		return 10, 40, true
	case "c2m2-mil-0-3":
		return 0, 30, true
	default:
		return 0, 0, false
	}
}

func (c *checker) levelsOnScale() {
	m := c.a.Maturity
	if m == nil {
		return
	}
	low, high, ok := scaleBounds(m.Scale)
	if !ok {
		return
	}
	level := func(l Level, path, what string) {
		if !l.IsZero() && (l.tenths < low || l.tenths > high) {
			c.errorf(path, "write a level of the scale, or choose another scale", "%s %s is not on the scale %q; expected %d to %d", what, l, m.Scale, low/10, high/10)
			c.note("Maturity.Scale", "the scale")
		}
	}
	whole := m.Scale == "csf-tier-1-4" || m.Scale == "c2m2-mil-0-3"
	step := func(l Level, path, item string, single bool) {
		switch {
		case l.IsZero():
		case whole && l.tenths%10 != 0:
			c.errorf(path, "round it down to the level that is reached", "level %s of %q is not whole, as the scale %q demands", l, item, m.Scale)
		case single && l.tenths%5 != 0:
			c.errorf(path, "round it to a whole or half level", "level %s of the single control %q is no whole or half step", l, item)
		}
	}
	level(m.LowThreshold, "Maturity.LowThreshold", "threshold")
	f, known := c.frameworks.Find(m.Framework)
	for i, s := range m.Scores {
		single := false
		if known {
			_, single = f.Item(s.Item)
		}
		if single && m.Scale == "csf-tier-1-4" {
			c.errorf(fmt.Sprintf("Maturity.Scores[%d].Item", i), "score a function or a category", "the scale %q is for functions and categories; %q is a single control", m.Scale, s.Item)
		}
		path := fmt.Sprintf("Maturity.Scores[%d].Current", i)
		level(s.Current, path, "level")
		step(s.Current, path, s.Item, single)
		for j, t := range s.Targets {
			path := fmt.Sprintf("Maturity.Scores[%d].Targets[%d].Level", i, j)
			level(t.Level, path, "level")
			step(t.Level, path, s.Item, single)
		}
	}
}

func (c *checker) assessmentDate() {
	m, effective := c.a.Maturity, c.a.Term.Effective
	if m == nil || m.Assessment.Date.IsZero() || effective.IsZero() {
		return
	}
	const path = "Maturity.Assessment.Date"
	date := m.Assessment.Date
	switch {
	case date.After(effective):
		c.errorf(path, "give the date of the assessment that was made", "the assessment of %s lies after the agreement begins on %s", date, effective)
		c.note("Term.Effective", "begins on %s", effective)
	case date.AddMonths(12).Before(effective):
		c.warnf(path, "assess again", "the assessment of %s is older than 12 months when the agreement begins on %s", date, effective)
		c.note("Term.Effective", "begins on %s", effective)
	}
}

func (c *checker) targetsRise() {
	if c.a.Maturity == nil {
		return
	}
	for i, s := range c.a.Maturity.Scores {
		before, beforePath := s.Current, fmt.Sprintf("Maturity.Scores[%d].Current", i)
		var by calendar.Date
		for j, t := range s.Targets {
			target := fmt.Sprintf("Maturity.Scores[%d].Targets[%d]", i, j)
			path := target + "."
			if !by.IsZero() && !t.By.IsZero() && !t.By.After(by) {
				c.errorf(path+"By", "write the targets in order of their dates", "%s for %s does not come after the one for %s", c.what(target), t.By, by)
				c.note(fmt.Sprintf("Maturity.Scores[%d].Targets[%d].By", i, j-1), "the one for %s", by)
			}
			if !before.IsZero() && !t.Level.IsZero() && t.Level.Less(before) {
				c.errorf(path+"Level", "raise the target or correct the level before it", "%s is level %s, below %s", c.what(target), t.Level, before)
				c.note(beforePath, "%s stands here", before)
			}
			if !t.Level.IsZero() {
				before, beforePath = t.Level, path+"Level"
			}
			if !t.By.IsZero() {
				by = t.By
			}
		}
	}
}

func (c *checker) targetsInTerm() {
	a := c.a
	if a.Maturity == nil || !a.Term.ordered() {
		return
	}
	for i, s := range a.Maturity.Scores {
		for j, t := range s.Targets {
			if t.By.IsZero() || t.By.After(a.Term.Effective) && !t.By.After(a.Term.End) {
				continue
			}
			target := fmt.Sprintf("Maturity.Scores[%d].Targets[%d]", i, j)
			c.errorf(target+".By", "move the target into the term",
				"%s for %s lies outside the term; expected a day after %s and until %s", c.what(target), t.By, a.Term.Effective, a.Term.End)
			c.note("Term", "the term")
		}
	}
}

func (c *checker) targetsHaveCommitments() {
	a := c.a
	m := a.Maturity
	if m == nil {
		return
	}
	f, ok := c.frameworks.Find(m.Framework)
	if !ok || a.framework == nil {
		return
	}
	sameFramework := f.ID == a.framework.ID
	hint := "add a commitment with one of its controls, or lower the targets"
	if !sameFramework {
		hint = `name it in "raises" of the commitment that raises it, or lower the targets`
	}
	for i, s := range m.Scores {
		rises := slices.ContainsFunc(s.Targets, func(t Target) bool { return !s.Current.IsZero() && s.Current.Less(t.Level) })
		parts := scoreParts(f, s.Item)
		if !rises || len(parts) == 0 {
			continue
		}
		part := func(id string) bool { return slices.Contains(parts, id) }
		raised := slices.ContainsFunc(a.Commitments, func(m Commitment) bool {
			return slices.ContainsFunc(m.Raises, part) || sameFramework && slices.ContainsFunc(m.Controls, part)
		})
		if !raised {
			c.errorf(fmt.Sprintf("Maturity.Scores[%d].Targets", i), hint,
				"%q has a target above its current level %s but no commitment raises it", s.Item, s.Current)
			c.note(fmt.Sprintf("Maturity.Scores[%d].Current", i), "its current level")
		}
	}
}

// scoreParts are the ids by which a commitment can say that it raises an item:
// the item's own, and those of the categories and controls within it.
func scoreParts(f *framework.Framework, item string) []string {
	var ids []string
	for _, x := range f.Within(item) {
		ids = append(ids, x.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	for _, category := range f.Categories {
		if category.Function == item {
			ids = append(ids, category.ID)
		}
	}
	return append(ids, item)
}

// ordered reports whether the term has a first and a later last day.
func (t Term) ordered() bool {
	return !t.Effective.IsZero() && t.End.After(t.Effective)
}
