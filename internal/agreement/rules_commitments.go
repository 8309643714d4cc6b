package agreement

import (
	"fmt"
	"slices"
	"strings"
)

func (c *checker) commitmentCosts() {
	for i, m := range c.a.Commitments {
		if m.Cost != nil && m.Cost.IsZero() && m.CustomerHours == 0 {
			c.errorf(fmt.Sprintf("Commitments[%d].Cost", i), `give its cost, or the "customer_hours" it takes`, "%s takes neither money nor hours of the customer", named("commitment", m.ID))
		}
	}
}

// commitmentIndexes are the indexes of commitments by their ids, the first of
// two with one id.
func (a *Agreement) commitmentIndexes() map[string]int {
	indexes := make(map[string]int, len(a.Commitments))
	for i := len(a.Commitments) - 1; i >= 0; i-- {
		if id := a.Commitments[i].ID; id != "" {
			indexes[id] = i
		}
	}
	return indexes
}

func (c *checker) dependencies() {
	a := c.a
	indexes := a.commitmentIndexes()
	if c.dependencyCycles(indexes) {
		return // their dates contradict each other whatever they are
	}
	for i, m := range a.Commitments {
		for j, id := range m.DependsOn {
			k, ok := indexes[id]
			if !ok {
				continue
			}
			path := fmt.Sprintf("Commitments[%d].DependsOn[%d]", i, j)
			due := a.Commitments[k].Due
			switch {
			case due.IsZero():
			case !m.Due.IsZero() && due.After(m.Due):
				c.errorf(path, "move one of the dates", "%s is due on %s, before %q on which it depends", named("commitment", m.ID), m.Due, id)
				c.note(fmt.Sprintf("Commitments[%d].Due", k), "%q is due on %s", id, due)
			case !m.Start.IsZero() && m.Start.Before(due):
				c.warnf(path, "start later, or check whether it can begin without", "%s starts on %s, before %q on which it depends is due", named("commitment", m.ID), m.Start, id)
				c.note(fmt.Sprintf("Commitments[%d].Due", k), "%q is due on %s", id, due)
			}
		}
	}
}

// dependencyCycles reports each circle of dependencies once, at the
// dependency that closes it, and whether there was one.
func (c *checker) dependencyCycles(indexes map[string]int) bool {
	a := c.a
	found := false
	const unvisited, onPath, done = 0, 1, 2
	state := make([]int, len(a.Commitments))
	var path []int
	var visit func(i int)
	visit = func(i int) {
		state[i] = onPath
		path = append(path, i)
		for j, id := range a.Commitments[i].DependsOn {
			k, ok := indexes[id]
			if !ok || c.full() {
				continue
			}
			switch state[k] {
			case unvisited:
				visit(k)
			case onPath:
				found = true
				c.cycle(path, k, fmt.Sprintf("Commitments[%d].DependsOn[%d]", i, j))
			}
		}
		path = path[:len(path)-1]
		state[i] = done
	}
	for i := range a.Commitments {
		if state[i] == unvisited {
			visit(i)
		}
	}
	return found
}

// longestCycle is how many commitments of a circle are named.
const longestCycle = 12

// cycle reports the circle at the end of path that begins at the commitment k.
func (c *checker) cycle(path []int, k int, at string) {
	path = path[slices.Index(path, k):]
	var ids []string
	for j, i := range path {
		if len(path) > longestCycle && j == longestCycle-1 {
			ids = append(ids, fmt.Sprintf("%d more", len(path)-j))
			break
		}
		ids = append(ids, fmt.Sprintf("%q", c.a.Commitments[i].ID))
	}
	c.errorf(at, "delete one of the dependencies", "commitments wait for each other in a circle: %s -> %q", strings.Join(ids, " -> "), c.a.Commitments[k].ID)
}

func (c *checker) acceptanceCriteria() {
	for i, m := range c.a.Commitments {
		if len(m.AcceptanceCriteria) == 0 {
			c.errorf(fmt.Sprintf("Commitments[%d]", i), `say in "acceptance_criteria" what shows that it is done`, "%s has no acceptance criteria", named("commitment", m.ID))
		}
	}
}

func (c *checker) commitmentsInTerm() {
	a := c.a
	for i, m := range a.Commitments {
		if m.Due.IsZero() {
			continue
		}
		if a.Term.ordered() && (m.Due.Before(a.Term.Effective) || m.Due.After(a.Term.End)) {
			c.errorf(fmt.Sprintf("Commitments[%d].Due", i), "move it into the term", "%s is due on %s, outside the term from %s to %s", named("commitment", m.ID), m.Due, a.Term.Effective, a.Term.End)
			c.note("Term", "the term")
		}
		if m.Start.After(m.Due) {
			c.errorf(fmt.Sprintf("Commitments[%d].Start", i), "move one of the dates", "%s starts on %s, after it is due on %s", named("commitment", m.ID), m.Start, m.Due)
			c.note(fmt.Sprintf("Commitments[%d].Due", i), "due on %s", m.Due)
		}
	}
}

func (c *checker) dueInBlackout() {
	a := c.a
	for i, m := range a.Commitments {
		if m.Due.IsZero() {
			continue
		}
		for j, b := range a.ChangeAuthorization.Blackouts {
			if b.From.IsZero() || b.To.IsZero() || !b.Contains(m.Due) {
				continue
			}
			c.warnf(fmt.Sprintf("Commitments[%d].Due", i), "move the date, or make sure that the work needs no such change in that period", "%s is due on %s, in the blackout %q", named("commitment", m.ID), m.Due, b.Name)
			c.note(fmt.Sprintf("ChangeAuthorization.Blackouts[%d]", j), "from %s to %s the security executive must agree to every normal or major change", b.From.Long(a.Info.Language), b.To.Long(a.Info.Language))
		}
	}
}

// interimDays is how many days after the first day of the term a commitment
// of priority 1 or 2 may be due without an interim control.
const interimDays = 90

func (c *checker) interimControls() {
	effective := c.a.Term.Effective
	for i, m := range c.a.Commitments {
		if m.Due.IsZero() {
			continue
		}
		if x := m.InterimControl; x != nil {
			if !x.Until.IsZero() && x.Until.Before(m.Due) {
				c.errorf(fmt.Sprintf("Commitments[%d].InterimControl.Until", i), "keep it until the commitment is due", "the interim control of %s ends on %s, before it is due on %s", named("commitment", m.ID), x.Until, m.Due)
				c.note(fmt.Sprintf("Commitments[%d].Due", i), "due on %s", m.Due)
			}
			continue
		}
		if days := effective.DaysUntil(m.Due); !effective.IsZero() && (m.Priority == 1 || m.Priority == 2) && days > interimDays {
			c.warnf(fmt.Sprintf("Commitments[%d]", i), `say in "interim_control" what protects the customer until then`, "%s of priority %d is due %d days after the agreement begins, without an interim control; expected one beyond %d days", named("commitment", m.ID), m.Priority, days, interimDays)
			c.note(fmt.Sprintf("Commitments[%d].Due", i), "due on %s", m.Due)
			c.beginsNote()
		}
	}
}

func (c *checker) firstThingsFirst() {
	for i, m := range c.a.Commitments {
		if m.Priority != 1 || m.Due.IsZero() {
			continue
		}
		for k, other := range c.a.Commitments {
			if other.Owner == m.Owner && other.Priority > 1 && !other.Due.IsZero() && other.Due.Before(m.Due) {
				c.warnf(fmt.Sprintf("Commitments[%d].Due", i), "check the order or the priorities", "%s of priority 1 is due on %s, after %s of priority %d", named("commitment", m.ID), m.Due, named("commitment", other.ID), other.Priority)
				c.note(fmt.Sprintf("Commitments[%d].Due", k), "due on %s", other.Due)
				break
			}
		}
	}
}

func (c *checker) escalationOrder() {
	for i, x := range c.a.Escalations {
		for j := 1; j < len(x.Steps); j++ {
			if before := x.Steps[j-1].AfterDays; x.Steps[j].AfterDays <= before {
				path := fmt.Sprintf("Escalations[%d].Steps[%d].AfterDays", i, j)
				c.errorf(path, "write the steps in the order in which they are taken", "step %d of %s comes after %s, not later than the step before it after %s", j+1, named("escalation", x.ID), count(x.Steps[j].AfterDays, "day", "days"), count(before, "day", "days"))
				c.note(fmt.Sprintf("Escalations[%d].Steps[%d].AfterDays", i, j-1), "the step before it")
			}
		}
	}
}

func (c *checker) escalationTop() {
	a := c.a
	for i, x := range a.Escalations {
		if len(x.Steps) == 0 {
			continue
		}
		last := len(x.Steps) - 1
		step := x.Steps[last]
		path := fmt.Sprintf("Escalations[%d].Steps[%d].", i, last)
		if _, ok := a.Person(step.Customer); ok && step.Customer != a.Parties.Customer.SecurityExecutive && !slices.Contains(a.Governance.DecisionMakers, step.Customer) {
			c.errorf(path+"Customer", "end with a decision maker or the security executive", "%s ends with %q, who decides nothing for the customer", named("escalation", x.ID), step.Customer)
			c.note("Governance.DecisionMakers", "the decision makers")
		}
		signs := slices.ContainsFunc(a.Signatories, func(s Signatory) bool { return s.Person == step.Provider })
		if _, ok := a.Person(step.Provider); ok && !signs && len(a.Signatories) > 0 {
			c.errorf(path+"Provider", "end with a person who signs for the provider", "%s ends with %q, who cannot bind the provider", named("escalation", x.ID), step.Provider)
			c.note("Signatories", "those who sign")
		}
	}
}
