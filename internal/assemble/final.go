package assemble

import (
	"fmt"
	"slices"

	"concordat/internal/calendar"
	"concordat/internal/clause"
	"concordat/internal/diag"
	"concordat/internal/doc"
	"concordat/internal/schedule"
)

// maxUnapproved is how many clauses and terms one message names.
const maxUnapproved = 10

// lawMonths is the age in months after which what a clause says of law is read
// again.
const lawMonths = 12

// acceptedSchedule is where a document says who took words that nobody has
// approved.
const acceptedSchedule = "documents"

// wording is one clause or term of a document.
type wording struct {
	clause.Edition
	clause.Text
	what, id string
	approved bool
}

// wordings are the clauses of the document, and of the terms those in use.
func (s *assembly) wordings(used []term) (clauses, terms []wording) {
	for _, article := range s.selection.Articles {
		for _, c := range article.Clauses {
			clauses = append(clauses, wording{c.Edition, c.Text, "clause", c.ID, c.IsApproved()})
		}
	}
	for _, t := range used {
		terms = append(terms, wording{t.Edition, t.Text, "term", t.ID, t.IsApproved()})
	}
	return clauses, terms
}

func unapproved(all []wording) []wording {
	return slices.DeleteFunc(slices.Clone(all), func(w wording) bool { return w.approved })
}

// counted gives the schedule that says which words nobody has approved its
// numbers. Which terms are in use is known only when all else is filled: so it is
// built again.
func (s *assembly) counted(used []term) {
	if s.agreement.Clauses.Unapproved == nil {
		return
	}
	clauses, terms := s.wordings(used)
	s.names.Clauses = schedule.Count{Unapproved: len(unapproved(clauses)), All: len(clauses)}
	s.names.Terms = schedule.Count{Unapproved: len(unapproved(terms)), All: len(terms)}
	if before, ok := s.schedules[acceptedSchedule]; ok {
		made, _ := s.computed.schedule(acceptedSchedule)
		s.schedules[acceptedSchedule] = append(before[:1:1], made.Blocks...) // behind its heading
	}
}

// checkFinal demands words that may be signed on a day: approved, or accepted by
// somebody, and in force.
func (s *assembly) checkFinal(day calendar.Date, used []term, blocks []doc.Block) {
	clauses, terms := s.wordings(used)
	all := slices.Concat(clauses, terms)
	for _, w := range all {
		if w.EffectiveFrom.After(day) {
			s.list.Errorf(codeNotInForce, w.Span("EffectiveFrom"), "sign on that day or later, or take the version before",
				"the %s %q may be used from %s, after %s", w.what, w.id, w.EffectiveFrom, day)
		}
		if !w.AsOf.IsZero() && w.AsOf.AddMonths(lawMonths).Before(day) {
			s.list.Warnf(codeOldLaw, w.Span("AsOf"), "read the law again, mend the words, and set \"as_of\" to the day on which you did",
				"the law that the %s %q describes is that of %s, more than %d months before %s", w.what, w.id, w.AsOf, lawMonths, day)
		}
	}
	without := unapproved(all)
	if len(without) == 0 {
		return
	}
	at := s.agreement.Span("Clauses")
	if s.agreement.Clauses.Unapproved != nil {
		anchor := ScheduleAnchor(acceptedSchedule)
		if s.main == nil && !slices.ContainsFunc(blocks, func(b doc.Block) bool {
			h, ok := b.(doc.Heading)
			return ok && h.Anchor == anchor
		}) {
			s.list.Errorf(codeUnapproved, s.agreement.Span("Clauses.Unapproved"), "add {{ schedule \""+acceptedSchedule+"\" }} to the layout",
				"the document does not print who accepted words that no lawyer has approved")
		}
		return
	}
	d := diag.Diagnostic{
		Code: codeUnapproved, Severity: diag.Error, Span: at,
		Message: fmt.Sprintf("no lawyer has approved %d of %d clauses and %d of %d defined terms of this document",
			len(unapproved(clauses)), len(clauses), len(unapproved(terms)), len(terms)),
		Hint: "have them approved by \"concordat lint --approve\", or say in \"clauses: {unapproved: ...}\" who accepts them",
	}
	for i, w := range without {
		if i == maxUnapproved {
			d.Notes = append(d.Notes, diag.Note{Span: w.Span("Status"), Message: fmt.Sprintf("and %d others", len(without)-i)})
			break
		}
		status := w.Status.String()
		if w.Status == clause.Approved {
			status = "approved, but its words have changed since"
		}
		d.Notes = append(d.Notes, diag.Note{Span: w.Span("Status"), Message: fmt.Sprintf("%s %q %s: %s", w.what, w.id, w.Version, status)})
	}
	s.list = append(s.list, d)
}
