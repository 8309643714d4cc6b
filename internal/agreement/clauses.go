package agreement

import (
	"fmt"
	"slices"

	"concordat/internal/calendar"
)

// Clauses are what the parties agree about the clauses of the library.
//
// Nothing includes a clause whose condition does not hold: its words would not
// be true.
type Clauses struct {
	Preset  string           `yaml:"preset" validate:"omitempty,oneof=full short"`       // how much of the library the document has; absent is full. short is for firms of fewer than 25 people: it leaves out the clauses that the library names, and prints schedules and pages compactly
	Wording string           `yaml:"wording" validate:"omitempty,oneof=standard strict"` // absent is standard. strict has shorter times and stronger duties for both parties, where sensitive data or a regulator asks for them
	Exclude []ExcludedClause `yaml:"exclude" validate:"dive"`

	// Library is a folder of clauses of this customer's own, as a path from the folder
	// of this file. They stand above those of the provider.
	Library    string         `yaml:"library" validate:"max=200"`
	Parameters []SetParameter `yaml:"parameters" validate:"dive"`

	Unapproved *Unapproved `yaml:"unapproved"` // who takes words that no lawyer has approved; absent is nobody
}

// Unapproved is the decision to sign words that no lawyer has approved. The
// document says it.
type Unapproved struct {
	AcceptedBy string        `yaml:"accepted_by" validate:"required"` // id of a person who signs for either party
	On         calendar.Date `yaml:"on" validate:"required"`
	Reason     string        `yaml:"reason" validate:"required,max=400"` // why it is not left until they are approved
}

// SetParameter sets a number or word in the text of a clause. Which there are,
// and which values they may have, is known to the library only.
type SetParameter struct {
	ID    string         `yaml:"id" validate:"required,max=65"`     // of the clause and its parameter, such as "amd-01.notice"
	Value ParameterValue `yaml:"value" validate:"required,max=100"` // such as 45; without a unit, which the clause has
}

// ParameterValue is a whole number or a word, as it is written.
type ParameterValue string

// UnmarshalText takes any text: the library says which values are allowed.
func (v *ParameterValue) UnmarshalText(text []byte) error {
	*v = ParameterValue(text)
	return nil
}

// ExcludedClause leaves a clause out of the document. Which clauses there are
// is known to the library only.
type ExcludedClause struct {
	ID     string `yaml:"id" validate:"required,max=60"`      // of the clause, such as "shr-01"
	Reason string `yaml:"reason" validate:"required,max=400"` // why the parties do without it
}

// Short reports whether the document is to have few pages.
func (c Clauses) Short() bool { return c.Preset == "short" }

// Strict reports whether the clauses have their strict wording.
func (c Clauses) Strict() bool { return c.Wording == "strict" }

// essentialClauses are those without which the document is no such agreement:
// who answers for what, who does what, and who may sign.
var essentialClauses = []string{"rol-04", "rsk-01", "sig-01"}

// With them goes how the agreement stands beside the MSA, or what takes the
// place of one.
var (
	besideMSA  = []string{"pur-02"}
	withoutMSA = []string{"pur-05", "ord-01", "lim-01", "dis-01"}
)

func (c *checker) essentialClauses() {
	own, where := besideMSA, ""
	if c.a.Standalone != nil {
		own, where = withoutMSA, " without a Master Service Agreement"
	}
	for i, x := range c.a.Clauses.Exclude {
		path := fmt.Sprintf("Clauses.Exclude[%d].ID", i)
		switch {
		case slices.Contains(essentialClauses, x.ID):
			c.errorf(path, `take it out of "exclude"`, "the clause %q is part of every agreement", x.ID)
		case slices.Contains(own, x.ID):
			c.errorf(path, `take it out of "exclude"`, "the clause %q is part of every agreement%s", x.ID, where)
		}
	}
}

// unapprovedWords holds the acceptance of words that no lawyer has approved to
// somebody who can bind a party by it.
func (c *checker) unapprovedWords() {
	a, x := c.a, c.a.Clauses.Unapproved
	if x == nil {
		return
	}
	if _, known := a.PersonIndex(x.AcceptedBy); known && !slices.ContainsFunc(a.Signatories, func(s Signatory) bool { return s.Person == x.AcceptedBy }) {
		c.errorf("Clauses.Unapproved.AcceptedBy", "name a person who signs", "%q accepts words that no lawyer has approved, and does not sign", x.AcceptedBy)
		c.note("Signatories", "those who sign")
	}
	if !x.On.IsZero() && !a.Term.Effective.IsZero() && x.On.After(a.Term.Effective) {
		c.errorf("Clauses.Unapproved.On", "accept it before the first day, or have the words approved", "words that no lawyer has approved are accepted on %s, after they are in force", x.On)
		c.note("Term.Effective", "the first day")
	}
}
