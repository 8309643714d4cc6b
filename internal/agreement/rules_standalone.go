package agreement

import (
	"fmt"
	"regexp"
)

func (c *checker) besideOrAlone() {
	switch a := c.a; {
	case a.MSA == nil && a.Standalone == nil:
		c.errorf("MSA", `name the Master Service Agreement in "msa"; where there is none, say so in "standalone"`, `expected either "msa" or "standalone", found neither`)
	case a.MSA != nil && a.Standalone != nil:
		c.errorf("Standalone", `take out "standalone", or "msa" where there is no Master Service Agreement`, `expected either "msa" or "standalone", found both`)
		c.note("MSA", "the Master Service Agreement")
	}
}

// alone reports whether the agreement stands alone: nothing then says what it
// leaves open. One with an MSA as well is for R111.
func (c *checker) alone() bool { return c.a.Standalone != nil && c.a.MSA == nil }

func (c *checker) aloneNote() { c.note("Standalone", "there is no Master Service Agreement") }

func (c *checker) lawAndForum() {
	switch g := c.a.GoverningLaw; {
	case !c.alone():
	case g == nil:
		c.errorf("Standalone", `add "governing_law" with "jurisdiction" and "forum"`, "an agreement without a Master Service Agreement states no law and no forum")
	case g.Forum == "":
		c.errorf("GoverningLaw", `add "forum", the court or tribunal that decides`, "no forum is stated, and no Master Service Agreement names one")
		c.aloneNote()
	}
}

func (c *checker) priceOfLeaving() {
	t := c.a.Transition
	if !c.alone() || t == nil || t.Out == nil || t.Out.HourlyRate != nil {
		return
	}
	c.errorf("Transition.Out", `add "hourly_rate"; 0 is help without a charge`, "the price of help after the end is not stated, and no Master Service Agreement states it")
	c.aloneNote()
}

func (c *checker) remediesStated() {
	if !c.alone() {
		return
	}
	for i, x := range c.a.ServiceLevels {
		if x.Remedy == "" {
			c.errorf(fmt.Sprintf("ServiceLevels[%d]", i), `say in "remedy" what follows`, "%s does not say what follows when it is missed, and no Master Service Agreement says it", named("service level", x.ID))
			c.aloneNote()
		}
	}
}

// masterAgreement is a mention of an MSA.
var masterAgreement = regexp.MustCompile(`\bMSA\b|(?i:\bmaster (?:\pL+ )?services? agreement)`)

func (c *checker) namesMSA() {
	if !c.alone() {
		return
	}
	c.eachText(masterAgreement.MatchString, func(text, path string) {
		if path == "Standalone.Reason" {
			return
		}
		up, _ := cutPath(path)
		c.warnf(path, "write what applies in its place", "%q in %s names a Master Service Agreement, and there is none: %q", c.lookup(path).key, c.what(up), masterAgreement.FindString(text))
		c.aloneNote()
	})
}
