package record

import "concordat/internal/calendar"

// The fields of rows. A tag `check:"required"` demands a value; a word after
// it, such as "commitment", says what the value names in the agreement.
//
// Version, where it is written, is the version of the agreement to which the
// ids of the row belong; without it they belong to the present one.

// Sending is one sending of a version of the agreement to the customer.
type Sending struct {
	Version Version       `yaml:"version" check:"required"`
	Date    calendar.Date `yaml:"date" check:"required"`
	To      string        `yaml:"to" check:"required,person"`
	How     Channel       `yaml:"how" check:"required"`
	Digest  Digest        `yaml:"sha256"` // of the file that was sent
	Note    string        `yaml:"note"`
}

// Signature is one person's signature under a version of the agreement.
type Signature struct {
	Version Version       `yaml:"version" check:"required"`
	Person  string        `yaml:"person" check:"required,signatory"`
	Date    calendar.Date `yaml:"date" check:"required"`
	How     Signing       `yaml:"how" check:"required"`
	Digest  Digest        `yaml:"sha256"` // of the file that was signed
	Note    string        `yaml:"note"`
}

// Progress is how one commitment stands.
type Progress struct {
	Version    Version       `yaml:"version"`
	Commitment string        `yaml:"commitment" check:"required,commitment"`
	Status     Status        `yaml:"status" check:"required"`
	Since      calendar.Date `yaml:"since" check:"required"` // first day on which it stood so
	Note       string        `yaml:"note"`
	Delays     []Delay       `yaml:"delays"`
	Evidence   []Evidence    `yaml:"evidence"`
	Confirmed  *Confirmation `yaml:"confirmed"` // the other party's word that its acceptance criteria are met
}

// Confirmation is one party's word in writing about what the other has done.
type Confirmation struct {
	By   string        `yaml:"by" check:"required,person"`
	Date calendar.Date `yaml:"date" check:"required"`
}

// Delay is why a commitment is late, or blocked.
type Delay struct {
	Cause       Cause         `yaml:"cause" check:"required"`
	Since       calendar.Date `yaml:"since" check:"required"` // first day on which it held the work up
	Until       calendar.Date `yaml:"until"`                  // last such day; absent while it lasts
	CausedBy    Side          `yaml:"caused_by"`              // what the parties agree on; absent while they do not
	Note        string        `yaml:"note"`
	ProposedDue calendar.Date `yaml:"proposed_due"` // information only: the commitment stays due when the agreement says
}

// Open reports whether the delay lasts.
func (x Delay) Open() bool { return x.Until.IsZero() }

// Evidence shows that something was done: where it is kept, who put it there.
type Evidence struct {
	Reference string        `yaml:"reference" check:"required"` // such as a ticket, a report or a path
	Date      calendar.Date `yaml:"date" check:"required"`
	By        string        `yaml:"by" check:"required,person"`
}

// Proof is evidence that a control is in place.
type Proof struct {
	Version  Version `yaml:"version"`
	Control  string  `yaml:"control" check:"required,control"`
	Evidence `yaml:",inline"`
}

// RestoreTest is one test that a backup can be restored.
type RestoreTest struct {
	Version   Version       `yaml:"version"`
	Backup    string        `yaml:"backup" check:"required,backup"`
	Date      calendar.Date `yaml:"date" check:"required"`
	By        string        `yaml:"by" check:"required,person"`
	Result    Result        `yaml:"result" check:"required"`
	Reference string        `yaml:"reference" check:"required"` // of the report
	Note      string        `yaml:"note"`
	Confirmed *Confirmation `yaml:"confirmed"` // the other party's word that it can use what was restored
}

// ReviewHeld is one review that was held, with its minutes.
type ReviewHeld struct {
	Version   Version       `yaml:"version"`
	Review    string        `yaml:"review" check:"required,review"`
	Date      calendar.Date `yaml:"date" check:"required"`
	Attendees []string      `yaml:"attendees" check:"required,person"`
	Summary   string        `yaml:"summary,lines"` // what was found; this or Minutes is required
	Minutes   string        `yaml:"minutes"`       // where the minutes are kept
	Decisions []Decision    `yaml:"decisions"`
}

// Decision is one decision of a review. A decision that changes the agreement
// counts when the agreement is amended.
type Decision struct {
	Decision string `yaml:"decision" check:"required"`
	By       string `yaml:"by" check:"required,person"`
}

// Ending is what became of a risk acceptance.
type Ending struct {
	Version    Version       `yaml:"version"`
	Acceptance string        `yaml:"acceptance" check:"required,acceptance"`
	Ended      EndKind       `yaml:"ended" check:"required"`
	Date       calendar.Date `yaml:"date" check:"required"`
	By         string        `yaml:"by" check:"required,person"` // who states it
	Reason     string        `yaml:"reason" check:"required"`    // why the risk is gone, or what the customer decided when it expired
}

// Declined is a recommendation of the provider that the customer has not
// taken. It is written in the words of the agreement's own list of them, into
// which an amendment may take it.
type Declined struct {
	Version        Version       `yaml:"version"`
	Recommendation string        `yaml:"recommendation" check:"required"`
	Presented      calendar.Date `yaml:"presented" check:"required"`
	Decision       Answer        `yaml:"decision" check:"required"`
	DecidedBy      string        `yaml:"decided_by" check:",person"` // of the customer; absent without an answer, as is Date
	Date           calendar.Date `yaml:"date"`
	Consequence    string        `yaml:"consequence" check:"required"` // what can happen, as the provider explained it
	Reason         string        `yaml:"reason"`                       // why, as the customer gave it
}

// Incident is how fast one party told the other about an incident, and no more:
// the incident itself stands in a report elsewhere.
type Incident struct {
	Version  Version       `yaml:"version"`
	Incident string        `yaml:"incident" check:"required"`        // reference of its report
	AwareBy  string        `yaml:"aware_by" check:"required,person"` // who of the one party knew first
	Aware    calendar.Date `yaml:"aware" check:"required"`
	Told     string        `yaml:"told" check:"required,person"` // who of the other party was told
	Notified calendar.Date `yaml:"notified" check:"required"`
	Hours    *int          `yaml:"hours" check:"required"` // from awareness to notification, begun hours count
}
