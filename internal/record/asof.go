package record

import (
	"concordat/internal/calendar"
	"concordat/internal/diag"
)

// Check compares the record with a day: which commitments are late without a
// delay, who has not signed though the term has begun, which acceptances have
// expired with nobody saying what became of them, and what is recorded for
// later days. All of it are warnings; places are in the record, with notes in
// the agreement. The list is in the order of the file.
func (r *Record) Check(asOf calendar.Date) diag.List {
	c := &checker{r: r, a: r.agreement}
	r.dates(func(path string, d calendar.Date) {
		if d.After(asOf) {
			c.warnf(codeFuture, path, "record it when it has happened, or correct the date", "%s is after %s, the day of this check", d, asOf)
		}
	})
	c.late(asOf)
	c.unsigned(asOf)
	c.unended(asOf)
	return c.list.Sorted()
}

func (c *checker) late(asOf calendar.Date) {
	for k, promise := range c.a.Commitments {
		if !asOf.After(promise.Due) || !c.r.Status(promise.ID).Open() {
			continue
		}
		path := "Commitments"
		for i, x := range c.r.Commitments {
			if x.Commitment == promise.ID {
				path = row("Commitments", i) + ".Status"
			}
		}
		if x, ok := c.r.Commitment(promise.ID); ok && x.explains(promise.Due) {
			continue
		}
		c.warnf(codeLate, path, `record it as done with its evidence, or add to its "delays" why`, "commitment %q is %s, %s after it was due, without a delay",
			promise.ID, c.r.Status(promise.ID), days(promise.Due.DaysUntil(asOf)))
		c.noteAgreement(row("Commitments", k)+".Due", "due on %s", promise.Due)
	}
}

func (c *checker) unsigned(asOf calendar.Date) {
	if asOf.Before(c.a.Term.Effective) {
		return
	}
	for k, s := range c.a.Signatories {
		if _, signed := c.r.SignedBy(s.Person, c.present()); !signed {
			c.warnf(codeUnsigned, "Signed", `add the signature to "signed"`, "the term has begun on %s, and no signature of %q under version %s is recorded", c.a.Term.Effective, s.Person, c.present())
			c.noteAgreement(row("Signatories", k)+".Person", "signs")
		}
	}
}

func (c *checker) unended(asOf calendar.Date) {
	for k, x := range c.a.RiskAcceptances {
		if _, ended := c.r.Acceptance(x.ID); ended || !asOf.After(x.Expires) {
			continue
		}
		c.warnf(codeUnended, "Acceptances", `say in "acceptances" what became of it`, "acceptance %q expired on %s, and nobody says what became of it", x.ID, x.Expires)
		c.noteAgreement(row("RiskAcceptances", k)+".Expires", "expires on %s", x.Expires)
	}
}
