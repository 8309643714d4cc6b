// Package record reads what happened to an agreement after it was written:
// when it was sent and signed, how its commitments stand and why some are
// late, which evidence there is, which tests and reviews were held.
//
// It is for those who keep an agreement alive: the provider's account manager
// writes the record beside the agreement, in <id>.record.yaml; from here it is
// known what is due on a day, and later work (progress reports) reads it.
//
// It keeps one promise: a record can fulfil what the agreement promises, never
// change it. No field of a record says what is promised, by whom, by when or
// for how much; a record is read beside its agreement and gives a list of
// problems, and the agreement is the same before and after. A new date that a
// party proposes is information until an amendment makes it the due date.
//
// A row names things by their ids in the agreement. When an amendment has taken
// a thing out, the row stays and says in its field "version" to which version
// of the agreement its ids belong: history is never rewritten to fit the
// present.
package record

import (
	"fmt"

	"concordat/internal/agreement"
	"concordat/internal/calendar"
	"concordat/internal/diag"
	"concordat/internal/source"
	"concordat/internal/yamlsrc"
)

// schema is the first line of a record.
const schema = "concordat/record/v1"

// Suffix ends the name of each record file, after the id of the agreement.
const Suffix = ".record.yaml"

// FileName is the name of the record of the agreement with an id. It stands in
// the folder of the agreement's own file.
func FileName(id string) string { return id + Suffix }

// Record is one record file. After Load it does not change.
type Record struct {
	Schema      string        `yaml:"schema" check:"required"`
	Agreement   string        `yaml:"agreement" check:"required"` // id of the agreement
	Sent        []Sending     `yaml:"sent"`
	Signed      []Signature   `yaml:"signed"`
	Commitments []Progress    `yaml:"commitments"` // one row for each commitment that somebody has begun to work on
	Restores    []RestoreTest `yaml:"restore_tests"`
	Reviews     []ReviewHeld  `yaml:"reviews"` // exercises and reviews of access are reviews too
	Evidence    []Proof       `yaml:"evidence"`
	Acceptances []Ending      `yaml:"acceptances"`
	Declined    []Declined    `yaml:"declined_recommendations"`
	Incidents   []Incident    `yaml:"incidents"`

	file      *source.File
	positions *yamlsrc.Positions
}

// Load reads a record and checks it against its agreement, which must have
// been loaded without an error. It reports all it finds, in the order of the
// file: first what is wrong with the file's shape and, when nothing is, what is
// wrong with its fields and rows.
//
// The record is nil when one of the problems is an error; warnings come beside
// it. Load knows no date; see Due.
func Load(f *source.File, a *agreement.Agreement) (*Record, diag.List) {
	r := &Record{file: f}
	positions, list := yamlsrc.Decode(f.Span(0, len(f.Text())), r, yamlsrc.Options{What: "record file"})
	r.positions = positions
	c := &checker{r: r, a: a, list: list}
	c.checkSchema() // also beside errors of the shape: it explains them in a file of another kind
	if !c.list.HasErrors() {
		c.checkIdentity()
	}
	if !c.list.HasErrors() {
		c.checkFields()
		c.checkRepeats()
		c.checkSigning()
		c.checkCommitments()
		c.checkDeeds()
		c.checkAcceptances()
		c.checkDeclined()
		c.checkIncidents()
	}
	list = c.list.Sorted()
	if list.HasErrors() {
		return nil, list
	}
	return r, list
}

// File is the file that r was loaded from.
func (r *Record) File() *source.File { return r.file }

// Span is where the value at a path was written, such as
// "Commitments[3].Since": the Go names from the root. A value that is not in
// the file has the span of its nearest parent.
func (r *Record) Span(path string) source.Span { return r.positions.Nearest(path) }

// Commitment is the row of the commitment with an id.
func (r *Record) Commitment(id string) (*Progress, bool) {
	for i := range r.Commitments {
		if r.Commitments[i].Commitment == id {
			return &r.Commitments[i], true
		}
	}
	return nil, false
}

// Status is how the commitment with an id stands. A commitment without a row
// is planned.
func (r *Record) Status(id string) Status {
	if x, ok := r.Commitment(id); ok {
		return x.Status
	}
	return Planned
}

// Acceptance is the row that says what became of the risk acceptance with an
// id.
func (r *Record) Acceptance(id string) (*Ending, bool) {
	for i := range r.Acceptances {
		if r.Acceptances[i].Acceptance == id {
			return &r.Acceptances[i], true
		}
	}
	return nil, false
}

// LastRestore is the latest restore test of the backup with an id; of two on
// one day the one written last.
func (r *Record) LastRestore(backup string) (*RestoreTest, bool) {
	return last(r.Restores, func(x *RestoreTest) (string, calendar.Date) { return x.Backup, x.Date }, backup)
}

// LastReview is the latest time the review with an id was held.
func (r *Record) LastReview(review string) (*ReviewHeld, bool) {
	return last(r.Reviews, func(x *ReviewHeld) (string, calendar.Date) { return x.Review, x.Date }, review)
}

// SignedBy is the latest signature of a person under a version of the agreement.
func (r *Record) SignedBy(person string, version Version) (*Signature, bool) {
	return last(r.Signed, func(x *Signature) (string, calendar.Date) {
		if x.Version != version {
			return "", x.Date
		}
		return x.Person, x.Date
	}, person)
}

// last is the row of an id with the latest date. No row has the id "".
func last[T any](rows []T, key func(*T) (string, calendar.Date), want string) (*T, bool) {
	var found *T
	var latest calendar.Date
	for i := range rows {
		id, date := key(&rows[i])
		if id == want && id != "" && (found == nil || !date.Before(latest)) {
			found, latest = &rows[i], date
		}
	}
	return found, found != nil
}

// row is the path of a row, such as "Commitments[3]".
func row(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i) }
