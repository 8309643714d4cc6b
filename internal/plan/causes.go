package plan

import (
	"cmp"
	"fmt"
	"slices"

	"concordat/internal/provenance"
)

// Cause is an input that differs.
type Cause struct {
	Kind    CauseKind `json:"kind"`
	ID      string    `json:"id,omitempty"`      // of a text, or the path of a file
	What    What      `json:"what,omitempty"`    // of texts: added, removed, changed or said
	From    string    `json:"from,omitempty"`    // version before, of texts and the program
	To      string    `json:"to,omitempty"`      // version now
	Counsel Material  `json:"counsel,omitempty"` // of texts: what counsel says of the version now
	Reason  string    `json:"reason,omitempty"`  // of texts: as counsel wrote
}

// CauseKind is what an input is.
type CauseKind string

// The kinds stand in the order in which causes are told.
const (
	NewAgreement  CauseKind = "new"        // there was no document
	Unrecorded    CauseKind = "unrecorded" // there are files, and nobody knows what they say
	ClauseText    CauseKind = "clause"     // its words differ; or the library has it now, or has it no more
	TermText      CauseKind = "term"       // its meaning
	LayoutText    CauseKind = "layout"     //
	Library       CauseKind = "library"    // order, conditions or parameters of clauses
	SharedFile    CauseKind = "file"       // its values
	FrameworkFile CauseKind = "framework"  // a file that gives controls
	OwnFile       CauseKind = "agreement"  // the customer's own file
	Finality      CauseKind = "final"      // a document for signature where a draft was, or the other way round
	Program       CauseKind = "program"    // another concordat
	Unknown       CauseKind = "unknown"    // nothing that is recorded: a defect, or a record that somebody changed
)

var causeKinds = [...]CauseKind{NewAgreement, Unrecorded, ClauseText, TermText, LayoutText, Library, SharedFile, FrameworkFile, OwnFile, Finality, Program, Unknown}

func (k CauseKind) order() int { return slices.Index(causeKinds[:], k) }

// String is one line on the cause, such as "clause inc-02 1.0.0 -> 1.1.0".
func (c Cause) String() string {
	switch c.Kind {
	case NewAgreement:
		return "new agreement"
	case Unrecorded:
		return "files of which nothing is recorded"
	case ClauseText, TermText, LayoutText:
		text := fmt.Sprintf("%s %s %s", c.Kind, c.ID, cmp.Or(c.From, c.To))
		switch {
		case c.What == Said:
			return text + ", only in what is said about it"
		case c.What != Changed:
			return text + ", " + string(c.What)
		case c.From != c.To:
			return text + " -> " + c.To
		default:
			return text + ", without a new version"
		}
	case Library:
		return "library: order, conditions or parameters of clauses"
	case SharedFile:
		return "file " + c.ID
	case FrameworkFile:
		return "framework file " + c.ID
	case OwnFile:
		if c.ID == "" {
			return "the customer's own file"
		}
		return "own file " + c.ID
	case Finality:
		return "made " + c.To + ", no longer " + c.From
	case Program:
		if c.From == c.To {
			return "concordat " + c.To + ", another build"
		}
		return "concordat " + c.From + " -> " + c.To
	case Unknown:
		return "nothing that is recorded"
	default:
		panic(fmt.Sprintf("plan: unknown cause %q", string(c.Kind)))
	}
}

func compareCauses(a, b Cause) int {
	return cmp.Or(cmp.Compare(a.Kind.order(), b.Kind.order()), cmp.Compare(a.ID, b.ID), cmp.Compare(a.From, b.From),
		cmp.Compare(a.To, b.To), cmp.Compare(a.What, b.What), cmp.Compare(a.Counsel, b.Counsel), cmp.Compare(a.Reason, b.Reason))
}

// input is a text that differs.
type input struct {
	Cause
	onlySaid bool
}

// texts are the texts of a kind that differ.
func texts(kind CauseKind, old, now []provenance.Text) []input {
	var all []input
	was := make(map[string]provenance.Text, len(old))
	for _, t := range old {
		was[t.ID] = t
	}
	for _, t := range now {
		o, ok := was[t.ID]
		delete(was, t.ID)
		in := input{Cause: Cause{Kind: kind, ID: t.ID, What: Changed, From: o.Version, To: t.Version}}
		switch {
		case !ok:
			in.What, in.Counsel = Added, Unsaid
			if t.Material {
				in.Counsel = IsMaterial
			}
			in.Reason = t.Reason
		case o.SHA256 == t.SHA256:
			continue
		default:
			if in.onlySaid = t.Words != "" && o.Words == t.Words; in.onlySaid {
				in.What = Said
				break
			}
			in.Counsel = counsel(kind, o.Version, t)
			if o.Version != t.Version {
				in.Reason = t.Reason
			}
		}
		all = append(all, in)
	}
	for _, t := range old {
		if _, ok := was[t.ID]; ok {
			all = append(all, input{Cause: Cause{Kind: kind, ID: t.ID, What: Removed, From: t.Version, Counsel: Unsaid}})
		}
	}
	return all
}

// counsel is what counsel says of a new version. What he says of it covers the step
// from the version just before; of one that skips versions only a yes is known.
func counsel(kind CauseKind, from string, t provenance.Text) Material {
	switch {
	case from == t.Version:
		return Unsaid
	case t.Material:
		return IsMaterial
	case kind == LayoutText || !follows(from, t.Version):
		return Unsaid
	default:
		return NotMaterial
	}
}

// follows reports whether no version can lie between two.
func follows(from, to string) bool {
	var a, b [3]int
	if !version(from, &a) || !version(to, &b) {
		return false
	}
	return b == [3]int{a[0], a[1], a[2] + 1} || b == [3]int{a[0], a[1] + 1, 0} || b == [3]int{a[0] + 1, 0, 0}
}

func version(text string, v *[3]int) bool {
	n, err := fmt.Sscanf(text, "%d.%d.%d", &v[0], &v[1], &v[2])
	return n == 3 && err == nil && text == fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2])
}

// judgement is the work of finding causes.
type judgement struct {
	c         *Change
	old, now  *provenance.Inputs
	d         *difference
	differs   bool            // anything
	numbers   bool            // words differ, and only numbers do
	stated    map[string]bool // paths of files that state a value, before or now
	live      []bool          // by part: it has to be explained
	explained []bool
	causes    map[Cause]bool
	idle      []Cause
	unsaid    bool // something has changed of which counsel has said nothing
	rewritten bool // a clause or the layout can have changed which terms are used
}

// judge finds what made the difference, and whether counsel has spoken of all of it.
//
// A text explains the part that it is printed in. What else differs (tables, sums,
// what came and went) is explained by values that differ, then by the library, then
// by the program. Values, and words of the program, can stand in every part, and
// nothing tells in which: so they are a cause whenever they and a word differ.
func judge(c *Change, old, now *provenance.Statement, d *difference) {
	j := &judgement{c: c, old: &old.Inputs, now: &now.Inputs, d: d, differs: c.Words || c.Form, causes: map[Cause]bool{}}
	j.live, j.explained = make([]bool, len(c.Parts)), make([]bool, len(c.Parts))
	j.numbers = c.Words
	for i, p := range c.Parts {
		if j.live[i] = c.Form || p.Words && p.What != Renumbered; j.live[i] {
			j.numbers = false
		}
	}
	j.stated = map[string]bool{}
	for _, s := range []*provenance.Statement{old, now} {
		states := make([]bool, len(s.Inputs.Files))
		for _, v := range s.Values {
			if v.File < len(states) {
				states[v.File] = true
			}
		}
		for i, f := range s.Inputs.Files {
			if states[i] {
				j.stated[f.Path] = true
			}
		}
	}
	clauses := texts(ClauseText, j.old.Clauses, j.now.Clauses)
	terms := texts(TermText, j.old.Terms, j.now.Terms)
	layouts := texts(LayoutText, []provenance.Text{j.old.Layout}, []provenance.Text{j.now.Layout})

	j.files()
	j.clauses(clauses)
	j.layout(layouts)
	j.terms(terms)
	j.finality()
	j.program()
	if !j.hasValues() && !j.causes[j.concordat()] {
		j.approvals(slices.Concat(clauses, terms))
	}
	j.frameworks()
	j.library()
	j.rest()
	j.settle(slices.Concat(clauses, terms, layouts))
	c.Material = j.material()
}

// cause notes a cause of which counsel has said nothing, unless it is a text.
func (j *judgement) cause(c Cause) {
	j.causes[c] = true
	if c.Counsel == NoWords || c.Counsel == Unsaid {
		j.unsaid = true
	}
}

// open reports whether a part that differs has no explanation yet.
func (j *judgement) open() bool {
	for i := range j.live {
		if j.live[i] && !j.explained[i] {
			return true
		}
	}
	return false
}

// explain marks the live parts of which f holds, and reports whether there is one.
func (j *judgement) explain(f func(Part) bool) bool {
	found := false
	for i, p := range j.c.Parts {
		if j.live[i] && f(p) {
			j.explained[i], found = true, true
		}
	}
	return found
}

func (j *judgement) hasValues() bool { return len(j.c.Values) > 0 }

// files finds the files whose values differ. Where a value differs and its file does
// not, it follows from another file, as a date that is counted from another does:
// then each file that differs is a cause.
func (j *judgement) files() {
	was, is := digests(j.old), digests(j.now)
	touched := map[string]bool{}
	follows := false
	for _, v := range j.c.Values {
		if before, ok := was[v.File]; ok && before == is[v.File] {
			follows = true
		} else {
			touched[v.File] = true
		}
	}
	var changed []string
	for path := range j.stated {
		if was[path] != is[path] {
			changed = append(changed, path)
		}
	}
	if follows {
		for _, path := range changed {
			touched[path] = true
		}
		for _, v := range j.c.Values {
			if len(changed) == 0 {
				touched[v.File] = true
			}
		}
	}
	for path := range touched {
		if c := j.file(path); j.differs {
			j.cause(c)
		} else {
			j.idle = append(j.idle, c)
		}
	}
	for _, path := range changed {
		if !touched[path] {
			j.idle = append(j.idle, j.file(path))
		}
	}
	if len(j.c.Sums) > 0 {
		j.unsaid = true
	}
	if j.hasValues() { // which can stand everywhere
		j.explain(func(Part) bool { return true })
	}
}

// digests are those of files, by path.
func digests(in *provenance.Inputs) map[string]string {
	all := make(map[string]string, len(in.Files))
	for _, f := range in.Files {
		all[f.Path] = f.SHA256
	}
	return all
}

// file is a file of values as a cause.
func (j *judgement) file(path string) Cause {
	if path == j.c.Agreement || len(j.old.Files) > 0 && path == j.old.Files[0].Path {
		return Cause{Kind: OwnFile, ID: path}
	}
	return Cause{Kind: SharedFile, ID: path}
}

// clauses finds the clauses that differ. One comes or goes as the library has it, or
// as a value meets its condition; where both differ, nothing tells which it was.
func (j *judgement) clauses(clauses []input) {
	for _, in := range clauses {
		part := func(p Part) bool { return p.Kind == Clause && p.ID == in.ID }
		switch {
		case in.onlySaid:
		case in.What == Changed:
			moved := slices.ContainsFunc(j.c.Parts, func(p Part) bool { return part(p) && p.What == Moved && len(p.Texts)+p.More > 0 })
			if j.explain(func(p Part) bool { return part(p) && p.What == Changed }) || moved {
				j.cause(in.Cause)
				j.rewritten = true
			}
		case j.old.Library != j.now.Library:
			if j.explain(part) {
				j.cause(in.Cause)
				j.rewritten = true
				// A heading comes and goes with what stands under it.
				j.explain(func(p Part) bool { return p.Kind == Article && p.What == in.What })
			}
		}
	}
}

// layout finds whether the layout touches the document.
func (j *judgement) layout(layouts []input) {
	for _, in := range layouts {
		prints := func(p Part) bool {
			return p.Kind == Layout || p.Kind == Signatures || p.Kind == Header || p.Kind == Schedule && p.What != Changed
		}
		if j.explain(prints) || j.c.Form && j.d.form {
			j.cause(in.Cause)
			j.rewritten = true
		}
	}
}

// terms finds the terms that differ. One comes or goes because a clause uses it, or
// none does any more; else the library has it now or no more.
func (j *judgement) terms(terms []input) {
	prints := func(p Part) bool { return p.Kind == Clause && j.d.anchors[p.ID] }
	named := false // some term that differs has another meaning, by its name
	came := false
	for _, in := range terms {
		named = named || in.What == Changed && j.d.defined[in.ID]
		came = came || in.What != Changed
	}
	for _, in := range terms {
		switch {
		case in.onlySaid:
		case in.What == Changed && named && !j.d.defined[in.ID]:
		case in.What != Changed && (j.rewritten || j.hasValues() || j.old.Library == j.now.Library):
		case j.explain(prints):
			j.cause(in.Cause)
		}
	}
	if came && j.rewritten {
		j.explain(prints)
	}
}

func (j *judgement) finality() {
	if j.old.Final == j.now.Final {
		return
	}
	c := Cause{Kind: Finality, From: draft(j.old.Final), To: draft(j.now.Final)}
	if j.explain(func(p Part) bool { return p.Kind == Layout || p.Kind == Header }) {
		j.cause(c)
	} else {
		j.idle = append(j.idle, c)
	}
}

func draft(final bool) string {
	if final {
		return "for signature"
	}
	return "as a draft"
}

// concordat is the program as a cause.
func (j *judgement) concordat() Cause {
	return Cause{Kind: Program, From: j.old.Program, To: j.now.Program}
}

// program finds whether another concordat prints other words of its own, which can
// stand everywhere.
func (j *judgement) program() {
	if j.old.Printed != j.now.Printed && j.c.Words {
		j.cause(j.concordat())
		j.explain(func(Part) bool { return true })
	}
}

// approvals finds texts that somebody approved, or no longer does: some documents
// say how many are not.
func (j *judgement) approvals(all []input) {
	says := func(p Part) bool { return p.Kind == Schedule && p.What == Changed }
	for _, in := range all {
		if in.onlySaid && j.explain(says) {
			j.cause(in.Cause)
		}
	}
}

// frameworks finds files that state no value: their controls stand in schedules.
func (j *judgement) frameworks() {
	was, is := digests(j.old), digests(j.now)
	for _, f := range slices.Concat(j.old.Files, j.now.Files) {
		before, there := was[f.Path]
		if there && before == is[f.Path] || j.stated[f.Path] {
			continue
		}
		if c := (Cause{Kind: FrameworkFile, ID: f.Path}); j.explain(func(p Part) bool { return p.Kind == Schedule }) {
			j.cause(c)
		} else if !j.causes[c] {
			j.idle = append(j.idle, c)
		}
	}
}

// library finds whether the library has its texts in another order, or gives them
// other parameters.
func (j *judgement) library() {
	if j.old.Library == j.now.Library {
		return
	}
	order := func(p Part) bool {
		return p.What == Moved && (p.Kind == Clause || p.Kind == Article) || p.Kind == Article && p.What == Changed
	}
	c := Cause{Kind: Library}
	if !j.explain(order) && !j.open() && !(j.numbers && len(j.causes) == 0) {
		j.idle = append(j.idle, c)
		return
	}
	j.explain(func(p Part) bool { return p.Kind != Header })
	j.cause(c)
}

// rest names a cause where none was found.
func (j *judgement) rest() {
	lacking := j.differs && (j.open() || len(j.causes) == 0)
	program := j.concordat()
	other := j.old.Build != j.now.Build || j.old.Printed != j.now.Printed || j.old.Program != j.now.Program
	switch {
	case other && (lacking || j.c.Form && j.old.Build != j.now.Build):
		j.cause(program)
	case lacking:
		j.cause(Cause{Kind: Unknown})
	case other && !j.causes[program]:
		j.idle = append(j.idle, program)
	}
}

// settle puts causes in order, and texts that differ and are none beside them. A text
// that came or went for another reason does not differ itself.
func (j *judgement) settle(all []input) {
	for _, in := range all {
		if !j.causes[in.Cause] && in.What != Added && in.What != Removed {
			j.idle = append(j.idle, in.Cause)
		}
	}
	for c := range j.causes {
		j.c.Causes = append(j.c.Causes, c)
	}
	slices.SortFunc(j.c.Causes, compareCauses)
	slices.SortFunc(j.idle, compareCauses)
	j.c.NoEffect = slices.Compact(j.idle)
}

// material is what counsel says of all that differs. That numbers move is not
// material by itself.
func (j *judgement) material() Material {
	if !j.c.Words {
		return NoWords
	}
	for c := range j.causes {
		if c.Counsel == IsMaterial {
			return IsMaterial
		}
	}
	if j.unsaid && !(j.numbers && !j.hasValues() && len(j.c.Sums) == 0) {
		return Unsaid
	}
	return NotMaterial
}
