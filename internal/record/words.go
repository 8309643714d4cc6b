package record

import (
	"fmt"
	"regexp"
	"strings"

	"concordat/internal/diag"
)

// Status is how a commitment stands. Its zero is invalid.
type Status string

const (
	Planned    Status = "planned"
	InProgress Status = "in_progress"
	Blocked    Status = "blocked"   // work has stopped; an open delay says why
	Done       Status = "done"      // its acceptance criteria are met, with evidence
	Cancelled  Status = "cancelled" // an amendment has taken it out of the agreement
)

// Open reports whether a commitment that stands so is still to be fulfilled.
func (s Status) Open() bool {
	switch s {
	case Planned, InProgress, Blocked:
		return true
	case Done, Cancelled:
		return false
	default:
		panic(fmt.Sprintf("record: unknown status %q", string(s)))
	}
}

func (s *Status) UnmarshalText(text []byte) error { return word(s, text) }

func (Status) words() []string {
	return list(Planned, InProgress, Blocked, Done, Cancelled)
}

// Channel is how the agreement reached the customer. Its zero is invalid.
type Channel string

const (
	Email    Channel = "email"
	Portal   Channel = "portal"
	Post     Channel = "post"
	InPerson Channel = "in_person"
)

func (c *Channel) UnmarshalText(text []byte) error { return word(c, text) }

func (Channel) words() []string { return list(Email, Portal, Post, InPerson) }

// Signing is how a person signed. Its zero is invalid.
type Signing string

const (
	Ink        Signing = "ink"
	Electronic Signing = "electronic"
)

func (s *Signing) UnmarshalText(text []byte) error { return word(s, text) }

func (Signing) words() []string { return list(Ink, Electronic) }

// Side is who caused a delay. Its zero says that the parties have not agreed.
type Side string

const (
	ByProvider Side = "provider"
	ByCustomer Side = "customer"
	ByBoth     Side = "both"
	ByNeither  Side = "neither"
)

func (s *Side) UnmarshalText(text []byte) error { return word(s, text) }

func (Side) words() []string { return list(ByProvider, ByCustomer, ByBoth, ByNeither) }

// Result is how a restore test went. Its zero is invalid.
type Result string

const (
	Passed  Result = "passed"
	Partial Result = "partial" // some of it came back
	Failed  Result = "failed"
)

func (r *Result) UnmarshalText(text []byte) error { return word(r, text) }

func (Result) words() []string { return list(Passed, Partial, Failed) }

// Answer is what the customer said to a recommendation. Its zero is invalid.
type Answer string

const (
	Refused  Answer = "declined"
	Deferred Answer = "deferred"
	NoAnswer Answer = "no_answer" // which is never consent
)

func (a *Answer) UnmarshalText(text []byte) error { return word(a, text) }

func (Answer) words() []string { return list(Refused, Deferred, NoAnswer) }

// EndKind is how a risk acceptance ended. Its zero is invalid.
type EndKind string

const (
	Closed  EndKind = "closed"  // the risk is gone
	Expired EndKind = "expired" // its last day has passed
)

func (k *EndKind) UnmarshalText(text []byte) error { return word(k, text) }

func (EndKind) words() []string { return list(Closed, Expired) }

// worded is a type that is one of a few words.
type worded interface {
	~string
	words() []string
}

// word reads one of the words of T.
func word[T worded](to *T, text []byte) error {
	words := (*to).words()
	for _, w := range words {
		if w == string(text) {
			*to = T(w)
			return nil
		}
	}
	return &hintedError{
		message: fmt.Sprintf("expected %s, found %q", choice(words), text),
		hint:    didYouMean(string(text), words),
	}
}

func list[T ~string](words ...T) []string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = string(w)
	}
	return texts
}

// Version is a version of an agreement, such as "1.0.0".
type Version string

var versionForm = regexp.MustCompile(`^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$`)

func (v *Version) UnmarshalText(text []byte) error {
	if !versionForm.Match(text) {
		return &hintedError{fmt.Sprintf("expected a version of the agreement such as 1.0.0, found %q", text), ""}
	}
	*v = Version(text)
	return nil
}

// compare is negative when v is an earlier version than w. What follows the
// three numbers does not count.
func (v Version) compare(w Version) int {
	a, b := versionForm.FindStringSubmatch(string(v)), versionForm.FindStringSubmatch(string(w))
	if a == nil || b == nil {
		return 0
	}
	for i := 1; i <= 3; i++ {
		// As text, since a number may have more digits than any type holds.
		switch {
		case len(a[i]) != len(b[i]):
			return len(a[i]) - len(b[i])
		case a[i] != b[i]:
			return strings.Compare(a[i], b[i])
		}
	}
	return 0
}

// Digest is the SHA-256 of a file, as 64 small hexadecimal digits.
type Digest string

var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

func (d *Digest) UnmarshalText(text []byte) error {
	if !digestForm.Match(text) {
		return &hintedError{fmt.Sprintf("expected 64 digits from 0 to 9 and a to f, found %d characters", len([]rune(string(text)))), "copy what sha256sum prints for the file"}
	}
	*d = Digest(text)
	return nil
}

// hintedError is a fault of a value, with what to do about it.
type hintedError struct{ message, hint string }

func (e *hintedError) Error() string { return e.message }

func (e *hintedError) Hint() string { return e.hint }

// choice names the words of which one is expected.
func choice(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = fmt.Sprintf("%q", w)
	}
	end := len(quoted) - 1
	if end < 1 {
		return strings.Join(quoted, "")
	}
	return strings.Join(quoted[:end], ", ") + " or " + quoted[end]
}

// didYouMean is a hint that names the word most likely meant, or empty. A word
// that differs in capitals only is the nearest.
func didYouMean(found string, words []string) string {
	near := diag.Nearest(found, words)
	for _, w := range words {
		if strings.EqualFold(found, w) {
			near = w
		}
	}
	if near == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %q?", near)
}
