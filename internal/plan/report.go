package plan

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Report is what regenerating many agreements would change. Its zero is ready for
// use by one goroutine at a time. It keeps once what many customers have in common:
// a thousand customers whom one clause touches cost little more than one.
type Report struct {
	customers []customer
	failures  []failure
	groups    map[Cause]*group
	counts    [len(actions)]int
	parts     fragments
	values    fragments
	sums      fragments
	causes    fragments
	short     []string // causes in words, by their number in causes
}

// customer is what is kept of a Change.
type customer struct {
	id, agreement, name, version string
	state                        State
	action                       Action
	material                     Material
	isNew, words, form           bool
	parts, values, sums          []uint32
	causes, noEffect             []uint32
}

// failure is an agreement that has errors.
type failure struct {
	name   string
	errors int
}

// fragments are pieces of JSON, each once.
type fragments struct {
	number map[string]uint32
	texts  []string
}

func (f *fragments) add(v any) uint32 {
	text := encode(v)
	n, ok := f.number[text]
	if !ok {
		if f.number == nil {
			f.number = map[string]uint32{}
		}
		n = uint32(len(f.texts))
		f.number[text] = n
		f.texts = append(f.texts, text)
	}
	return n
}

// encode is a value as JSON on one line.
func encode(v any) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(fmt.Sprintf("plan: %v", err))
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

func addAll[T any](f *fragments, all []T) []uint32 {
	if len(all) == 0 {
		return nil
	}
	numbers := make([]uint32, len(all))
	for i, v := range all {
		numbers[i] = f.add(v)
	}
	return numbers
}

// Add takes the change of one customer.
func (r *Report) Add(c Change) {
	r.counts[c.Action]++
	k := customer{
		id: c.ID, agreement: c.Agreement, name: c.Customer, version: c.Version,
		state: c.State, action: c.Action, material: c.Material, isNew: c.New, words: c.Words, form: c.Form,
		parts: addAll(&r.parts, c.Parts), values: addAll(&r.values, c.Values), sums: addAll(&r.sums, c.Sums),
		causes: r.addCauses(c.Causes), noEffect: r.addCauses(c.NoEffect),
	}
	r.customers = append(r.customers, k)
	if r.groups == nil {
		r.groups = map[Cause]*group{}
	}
	for _, cause := range c.Causes {
		if cause.Kind == OwnFile {
			cause.ID = "" // one for all customers
		}
		g := r.groups[cause]
		if g == nil {
			g = &group{cause: cause}
			r.groups[cause] = g
		}
		g.add(&c)
	}
}

func (r *Report) addCauses(causes []Cause) []uint32 {
	numbers := addAll(&r.causes, causes)
	for i, n := range numbers {
		if int(n) == len(r.short) {
			r.short = append(r.short, causes[i].String())
		}
	}
	return numbers
}

// AddFailed takes an agreement that has errors, by its id or the path of its file.
func (r *Report) AddFailed(name string, errors int) {
	r.failures = append(r.failures, failure{name, errors})
	r.counts[Failed]++
}

// sorted are the customers in order of their ids, and the failures of their names.
func (r *Report) sorted() ([]customer, []failure) {
	customers, failures := slices.Clone(r.customers), slices.Clone(r.failures)
	slices.SortFunc(customers, func(a, b customer) int {
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.agreement, b.agreement))
	})
	slices.SortFunc(failures, func(a, b failure) int {
		return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.errors, b.errors))
	})
	return customers, failures
}

// group is what one cause touches.
type group struct {
	cause              Cause
	customers          int
	sent, signed       int
	approve, mustAmend int // by this cause, alone or with others
	inWords            int // of whose documents a word differs

	example  string        // id of the customer of what follows: the first that has words, or else the first
	words    []Replacement // that the cause changed there
	more     int           // how many more
	title    string        // of the clause that the cause is
	same     string        // the words of a customer as JSON
	variants bool          // the words are others for other customers
}

func (g *group) add(c *Change) {
	g.customers++
	switch c.State {
	case Unsent:
	case Sent:
		g.sent++
	case Signed:
		g.signed++
	default:
		panic(fmt.Sprintf("plan: unknown state %d", int(c.State)))
	}
	if g.cause.Counsel != NotMaterial { // else another cause asks it of them
		switch c.Action {
		case Approve:
			g.approve++
		case Amend:
			g.mustAmend++
		}
	}
	if c.Words {
		g.inWords++
	}
	words, more, title := g.cause.words(c)
	text := ""
	if len(words) > 0 {
		text = encode(words)
		g.variants = g.variants || g.same != "" && g.same != text
		g.same = text
	}
	if has, had := len(words) > 0, len(g.words) > 0; g.example == "" || has && !had || has == had && c.ID < g.example {
		g.example, g.words, g.more, g.title = c.ID, words, more, title
	}
}

// maxWords is how many words that differ are shown of a cause.
const maxWords = 3

// words are what a cause changed in one document, where that is short, and the title
// of the clause that it is.
func (c Cause) words(change *Change) (words []Replacement, more int, title string) {
	take := func(all []Replacement, others int) {
		for _, w := range all {
			if len(words) < maxWords {
				words = append(words, w)
			} else {
				more++
			}
		}
		more += others
	}
	switch c.Kind {
	case ClauseText, LayoutText, TermText:
		for _, p := range change.Parts {
			switch {
			case c.Kind == ClauseText && p.Kind == Clause && p.ID == c.ID:
				title = p.Title
				take(p.Texts, p.More)
			case c.Kind == LayoutText && p.Kind == Layout:
				take(p.Texts, p.More)
			case c.Kind == TermText && p.Kind == Clause:
				take(slices.DeleteFunc(slices.Clone(p.Texts), func(w Replacement) bool { return !w.defines(c.ID) }), 0)
			}
		}
	case SharedFile, OwnFile:
		for _, v := range change.Values {
			if v.File == cmp.Or(c.ID, change.Agreement) {
				take([]Replacement{v.words()}, 0)
			}
		}
	case Finality, Program, FrameworkFile, Library:
		for _, p := range change.Parts {
			if p.Kind != Clause {
				take(p.Texts, p.More)
			}
		}
	case NewAgreement, Unrecorded, Unknown:
	default:
		panic(fmt.Sprintf("plan: unknown cause %q", string(c.Kind)))
	}
	return words, more, title
}

// words are a value as a sentence: before with its path.
func (v Value) words() Replacement {
	at := func(text string) string {
		if text == "" {
			return v.Path
		}
		return v.Path + ": " + text
	}
	switch v.What {
	case Added:
		return Replacement{New: at(v.New)}
	case Removed:
		return Replacement{Old: at(v.Old)}
	default:
		return Replacement{at(v.Old), v.New}
	}
}

// defines reports whether a sentence is the meaning of a term.
func (w Replacement) defines(id string) bool {
	for _, text := range []string{w.Old, w.New} {
		if name, _, ok := strings.Cut(text, means); ok && slug(name) == id {
			return true
		}
	}
	return false
}

// sortedGroups are the causes, first those for which most must sign again.
func (r *Report) sortedGroups() []*group {
	var all []*group
	for _, g := range r.groups {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *group) int {
		return cmp.Or(b.mustAmend-a.mustAmend, b.approve-a.approve, b.customers-a.customers, compareCauses(a.cause, b.cause))
	})
	return all
}
