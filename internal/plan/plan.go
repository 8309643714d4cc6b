// Package plan says what regenerating agreements would change, why, and who must
// sign again.
//
// It is for an operator who wants to know before writing a file, and for the
// lawyer whom he asks. Compare sets the document that would be made beside the one
// that was made; a Report gathers what Compare found of many customers. Values in,
// values out: nothing here opens a file or knows the time.
//
// It keeps these promises. Each word that differs lies in a part that is named. A
// change of which counsel has said nothing is told as such, and counts as material:
// silence never spares anybody a signature. Each document that would differ has a
// cause. A report does not depend on the order in which customers were added.
package plan

import (
	"fmt"

	"concordat/internal/provenance"
)

// State is what has happened to the present version of an agreement.
type State int

const (
	Unsent State = iota
	Sent         // to the customer, who has not signed it
	Signed       // by both
)

// String is unsent, sent or signed.
func (s State) String() string {
	switch s {
	case Unsent:
		return "unsent"
	case Sent:
		return "sent"
	case Signed:
		return "signed"
	default:
		panic(fmt.Sprintf("plan: unknown state %d", int(s)))
	}
}

// MarshalText is String.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Action is what somebody has to do for one customer.
type Action int

const (
	None       Action = iota
	Regenerate        // write the document anew: nobody outside has it
	Notify            // tell the customer
	Approve           // send the changed document again, for approval
	Amend             // amend and sign again
	Failed            // correct the agreement, which has errors
)

// actions are all of them, the least first.
var actions = [...]Action{None, Regenerate, Notify, Approve, Amend, Failed}

// String is none, regenerate, notify, approve, "amend and sign again" or failed.
func (a Action) String() string {
	switch a {
	case None:
		return "none"
	case Regenerate:
		return "regenerate"
	case Notify:
		return "notify"
	case Approve:
		return "approve"
	case Amend:
		return "amend and sign again"
	case Failed:
		return "failed"
	default:
		panic(fmt.Sprintf("plan: unknown action %d", int(a)))
	}
}

// MarshalText is String.
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// Material is whether a change is material as counsel sees it. Its zero is that
// there is nothing to say: no word differs.
type Material int

const (
	NoWords     Material = iota // no word differs
	NotMaterial                 // counsel gave each text that differs a new version, and calls none material
	Unsaid                      // counsel has said nothing of it
	IsMaterial                  // counsel calls it so
)

// String is "", no, unsaid or yes.
func (m Material) String() string {
	switch m {
	case NoWords:
		return ""
	case NotMaterial:
		return "no"
	case Unsaid:
		return "unsaid"
	case IsMaterial:
		return "yes"
	default:
		panic(fmt.Sprintf("plan: unknown materiality %d", int(m)))
	}
}

// MarshalText is String.
func (m Material) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// Change is what regenerating one agreement would change.
type Change struct {
	ID        string // of the agreement
	Agreement string // path of its file, from the folder of the agreements
	Customer  string // legal name
	Version   string // of the agreement
	State     State
	New       bool    // there is no document yet; nothing below but Causes and Action is filled
	Parts     []Part  // that differ, in the order of the document that would be made, removed ones where they stood
	Values    []Value // of the agreement that differ, removed ones last
	Sums      []Sum   // that differ, removed ones last
	Words     bool    // any word or number of the document differs
	Form      bool    // no word differs, and the looks or the bytes of its files do
	Material  Material
	Causes    []Cause // what made the difference; at least one where there is one
	NoEffect  []Cause // inputs that differ and touch nothing
	Action    Action
}

// Value is a value of an agreement that differs, or a row of a list that came or
// went with all its values.
type Value struct {
	Path string `json:"path"` // as in package provenance; that of a row ends in "]"
	What What   `json:"what"`
	Old  string `json:"old,omitempty"`
	New  string `json:"new,omitempty"`
	File string `json:"file"` // that states it now, or stated it when it is removed
}

// Sum is a computed amount that differs.
type Sum struct {
	Name string `json:"name"`
	Old  string `json:"old,omitempty"` // empty when it is added
	New  string `json:"new,omitempty"` // empty when it is removed
}

// What is what happened to a part, a value or an input. The words are those of
// "concordat library diff", and some more.
type What string

const (
	Added      What = "added"
	Removed    What = "removed"
	Changed    What = "changed"
	Moved      What = "moved"      // it stands in another place; other words than before are told too
	Renumbered What = "renumbered" // only numbers and references to them differ
	Said       What = "said"       // of a text: only what is said about it differs, such as who approved it
)

// Compare says what making a document anew would change. old is what is known of
// the document that was made, and nil where there are no files of it; now is what is known of
// the one that would be made. Where now names no outputs, nobody has made its files
// yet, and they count as the same when the documents are.
func Compare(old, now *provenance.Statement, state State) Change {
	c := changeOf(now, state)
	if old == nil {
		c.New, c.Action = true, Regenerate
		c.Causes = []Cause{{Kind: NewAgreement}}
		return c
	}
	d := compare(&old.Document, &now.Document)
	c.Parts = d.parts
	c.Values = compareValues(old, now)
	c.Sums = compareSums(old.Sums, now.Sums)
	for _, p := range c.Parts {
		c.Words = c.Words || p.Words
	}
	c.Form = !c.Words && (len(c.Parts) > 0 || d.form || !sameOutputs(old.Outputs, now.Outputs))
	judge(&c, old, now, d)
	c.Action = action(&c)
	return c
}

// Replace says what making a document anew would change whose files are there, and
// differ, and of which nobody knows what they say. It was never sent.
func Replace(now *provenance.Statement) Change {
	c := changeOf(now, Unsent)
	c.Words, c.Material, c.Action = true, Unsaid, Regenerate
	c.Causes = []Cause{{Kind: Unrecorded}}
	return c
}

func changeOf(now *provenance.Statement, state State) Change {
	c := Change{ID: now.ID, Customer: now.Document.Meta.Customer, Version: now.Version, State: state}
	if len(now.Inputs.Files) > 0 {
		c.Agreement = now.Inputs.Files[0].Path
	}
	return c
}

// sameOutputs reports whether files hold the same bytes. Files that nobody has
// made yet are the same.
func sameOutputs(old, now []provenance.Output) bool {
	if len(old) == 0 || len(now) == 0 {
		return true
	}
	if len(old) != len(now) {
		return false
	}
	for i := range old {
		if old[i].Name != now[i].Name || old[i].SHA256 != now[i].SHA256 {
			return false
		}
	}
	return true
}

func action(c *Change) Action {
	switch {
	case !c.Words && !c.Form:
		return None
	case c.State == Unsent:
		return Regenerate
	case !c.Words: // what was sent stands
		return None
	case c.Material == NotMaterial:
		return Notify
	case c.State == Sent:
		return Approve
	case c.State == Signed:
		return Amend
	default:
		panic(fmt.Sprintf("plan: unknown state %d", int(c.State)))
	}
}
