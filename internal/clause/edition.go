package clause

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"concordat/internal/calendar"
)

// Edition says which version of its words a clause or term holds, where they
// come from, and who stands behind them.
type Edition struct {
	Version       string        `yaml:"version"` // semantic version such as "1.2.0"
	Status        Status        `yaml:"status"`
	Sources       []string      `yaml:"sources"`        // short codes of what it was written from, such as "aa22-131a" or "cpg-2.0/3.O"
	Reason        string        `yaml:"reason"`         // why this version exists; may be empty
	Material      bool          `yaml:"material"`       // counsel calls the change to this version material: who has signed an earlier one signs again
	EffectiveFrom calendar.Date `yaml:"effective_from"` // first day on which the version may be used; may be zero
	AsOf          calendar.Date `yaml:"as_of"`          // the day whose law it describes; zero when it describes none
	Replaces      string        `yaml:"replaces"`       // version of the words in the layer below whose place it takes; empty for new ones
	Approved      *Approval     `yaml:"approved"`       // nil when nobody has approved it
	Suppress      []Suppression `yaml:"lint"`           // findings that were seen and stay
}

// Approval is by whom and when words were approved, and which words.
type Approval struct {
	By     string        `yaml:"by"`
	On     calendar.Date `yaml:"on"`
	SHA256 string        `yaml:"sha256"` // Digest of the file as it was approved
}

// Digest is the SHA-256, in hexadecimal digits, of the file without the fields
// status and approved of its front matter: it does not change when the file is
// approved, and does with every other change.
func (t Text) Digest() string {
	text := t.File.Text()
	hash := sha256.New()
	for n := 1; n <= t.File.Lines(); {
		end := t.File.LineStart(n + 1)
		if n == t.File.Lines() {
			end = len(text)
		}
		if !t.governs(n) {
			hash.Write([]byte(text[t.File.LineStart(n):end]))
			n++
			continue
		}
		for n++; strings.HasPrefix(t.File.Line(n), " "); n++ {
		}
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// isApproved reports whether somebody approved exactly the words of e, which
// stand in t.
func (e Edition) isApproved(t Text) bool {
	return e.Status == Approved && e.Approved != nil && e.Approved.SHA256 == t.Digest()
}

// IsApproved reports whether somebody approved exactly the words of the file.
func (c *Clause) IsApproved() bool { return c.isApproved(c.Text) }

// IsApproved reports whether somebody approved exactly the words of the file.
func (t *Term) IsApproved() bool { return t.isApproved(t.Text) }

// governs reports whether a line begins the field status or approved of the
// front matter. The lines of its value after it begin with a space.
func (t Text) governs(n int) bool {
	for _, field := range []string{"Status", "Approved"} {
		if key, ok := t.positions.Key(field); ok && t.File.Position(key.Start).Line == n {
			return true
		}
	}
	return false
}

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// checkEdition checks what the front matter of a clause or term says of its
// version. An approval of
// other words than those in the file is a warning: drafts are written with it.
func (r *reader) checkEdition(e Edition, t Text) {
	checkVersion(&r.list, t.Span("Version"), e.Version)
	checkVersion(&r.list, t.Span("Replaces"), e.Replaces)
	checkRepeats(&r.list, t.Span, "Sources", e.Sources)
	for i, x := range e.Suppress {
		at := fmt.Sprintf("Suppress[%d]", i)
		checkRequired(&r.list, t.positions, t.Span(at), "what is suppressed", []required{
			{at + ".Code", "code", x.Code == ""},
			{at + ".Reason", "reason", x.Reason == ""},
		})
		e.Suppress[i].Span = t.Span(at + ".Code")
	}
	switch a := e.Approved; {
	case e.Status == Approved && a == nil:
		r.list.Errorf(codeApproval, t.Span("Status"), "approve it by \"concordat lint --approve\", or write \"status: reviewed\"", "nobody is named who approved it")
	case a == nil:
	case e.Status != Approved:
		r.list.Errorf(codeApproval, t.Span("Approved"), "delete \"approved\", or approve it anew", "it has an approval, and the status %q", e.Status)
	default:
		checkRequired(&r.list, t.positions, t.Span("Approved"), "the approval", []required{
			{"Approved.By", "by", a.By == ""},
			{"Approved.On", "on", a.On.IsZero()},
			{"Approved.SHA256", "sha256", a.SHA256 == ""},
		})
		switch {
		case a.SHA256 == "":
		case !digestForm.MatchString(a.SHA256):
			r.list.Errorf(codeApproval, t.Span("Approved.SHA256"), "approve it anew by \"concordat lint --approve\"", "expected 64 digits of a SHA-256")
		case a.SHA256 != t.Digest():
			r.list.Warnf(codeApprovalStale, t.Span("Approved.SHA256"), "have it read again, then approve it anew; until then write \"status: reviewed\"",
				"the words are others than those that %s approved on %s", a.By, a.On)
		}
	}
}

// Status is how far a clause or term has come. Its zero is invalid.
type Status int

const (
	Draft    Status = iota + 1 // being written
	Reviewed                   // read by a second person
	Approved                   // released by a lawyer
	Retired                    // kept for the record, in no document
)

var statusWords = words{{"draft", int(Draft)}, {"reviewed", int(Reviewed)}, {"approved", int(Approved)}, {"retired", int(Retired)}}

// UnmarshalText reads draft, reviewed, approved or retired.
func (s *Status) UnmarshalText(text []byte) error {
	return statusWords.read((*int)(s), string(text))
}

// String is the word that UnmarshalText reads.
func (s Status) String() string { return statusWords.word("status", int(s)) }
