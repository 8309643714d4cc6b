package lint

import (
	"fmt"
	"strconv"
	"strings"

	"concordat/internal/clause"
	"concordat/internal/diag"
)

// maxMonths is how old the law that a text describes may be.
const maxMonths = 12

// checkEditions examines what files say about their versions.
func (e *examination) checkEditions() {
	for _, u := range e.all() {
		edition, text, ok := u.edition()
		if !ok {
			continue
		}
		if !edition.AsOf.IsZero() {
			if edition.AsOf.AddMonths(maxMonths).Before(e.Day) {
				e.list.Warnf(codeStale, text.Span("AsOf"), "read the law again, mend the words, and set \"as_of\" to the day on which you did",
					"the law that it describes is that of %s, more than %d months before %s", edition.AsOf, maxMonths, e.Day)
			}
			if len(edition.Sources) == 0 {
				e.list.Warnf(codeNoSources, text.Span("AsOf"), "add \"sources\" with the law that it was written from", "it describes law and names no source")
			}
		}
		if edition.Reason == "" {
			e.list.Warnf(codeNoReason, text.Span("Version"), "add \"reason: ...\"", "nobody says why there is version %s", edition.Version)
		}
		if later(edition.Version) && !text.Written("Material") {
			e.list.Warnf(codeNoMaterial, text.Span("Version"), "add \"material: true\" if who has signed the version before must sign again, else \"material: false\"",
				"version %s does not say whether its change is material", edition.Version)
		}
		if edition.EffectiveFrom.IsZero() {
			e.list.Warnf(codeNoDate, text.Span("Version"), "add \"effective_from: ...\" with a day such as 2027-01-31", "version %s has no first day", edition.Version)
		}
	}
}

// later reports whether a version is above 1.0.0.
func later(version string) bool {
	version, _, _ = strings.Cut(version, "-")
	parts := strings.Split(version, ".")
	major, err := strconv.Atoi(parts[0])
	return err == nil && (major > 1 || major == 1 && version != "1.0.0")
}

// checkConditions examines which clauses can stand together.
func (e *examination) checkConditions() {
	for _, c := range e.Library.Clauses() {
		needed := e.needed(c)
		contradicts := false
		for _, n := range needed {
			for i, id := range n.Conflicts {
				if has(needed, id) {
					contradicts = true
					e.list = append(e.list, conflict(c, n, i, id))
				}
			}
		}
		if contradicts {
			continue
		}
		var conditions []clause.Condition
		for _, n := range needed {
			conditions = append(conditions, n.When)
		}
		if !clause.CanHold(conditions...) {
			e.list.Errorf(codeNeverSelected, c.Span("Requires"), "give the clauses conditions that can hold together",
				"no document can have clause %q together with what it requires", c.ID)
			continue
		}
		for i, id := range c.Conflicts {
			if other, ok := e.Library.Clause(id); ok && !clause.CanHold(c.When, other.When) {
				e.list.Warnf(codeIdleConflict, c.Span(fmt.Sprintf("Conflicts[%d]", i)), "delete it", "clause %q is never in a document with this one", id)
			}
		}
	}
}

// conflict is the problem of a clause that needs two that conflict.
func conflict(c, n *clause.Clause, i int, id string) diag.Diagnostic {
	d := diag.Diagnostic{
		Code: codeConflict, Severity: diag.Error, Span: n.Span(fmt.Sprintf("Conflicts[%d]", i)),
		Message: fmt.Sprintf("clause %q conflicts with %q and requires it", n.ID, id),
		Hint:    "delete one of the two",
	}
	if n != c {
		d.Message = fmt.Sprintf("clause %q conflicts with %q, and clause %q requires both", n.ID, id, c.ID)
		if id == c.ID {
			d.Message = fmt.Sprintf("clause %q conflicts with %q, which requires it", n.ID, id)
		}
		d.Notes = []diag.Note{{Span: c.Span("Requires"), Message: "required here"}}
	}
	return d
}

// needed are a clause and all that it requires, also by way of others.
func (e *examination) needed(c *clause.Clause) []*clause.Clause {
	all := []*clause.Clause{c}
	for i := 0; i < len(all); i++ {
		for _, id := range all[i].Requires {
			if n, ok := e.Library.Clause(id); ok && !has(all, id) {
				all = append(all, n)
			}
		}
	}
	return all
}

func has(list []*clause.Clause, id string) bool {
	for _, c := range list {
		if c.ID == id {
			return true
		}
	}
	return false
}
