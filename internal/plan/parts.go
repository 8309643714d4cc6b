package plan

import (
	"slices"
	"strings"

	"concordat/internal/doc"
)

// Part is a part of a document that differs.
type Part struct {
	Kind   PartKind      `json:"kind"`
	ID     string        `json:"id,omitempty"`     // its anchor, such as "inc-02" or "schedule-budget"; empty for layout, signatures and header
	Number string        `json:"number,omitempty"` // as it would be printed, such as "13.2"; as it was, when it is removed
	Title  string        `json:"title,omitempty"`
	What   What          `json:"what"`
	Words  bool          `json:"words"` // a word or number of it differs; else only its form
	Rows   *Rows         `json:"rows,omitempty"`
	Texts  []Replacement `json:"texts,omitempty"` // the sentences and rows that differ, of changed parts
	More   int           `json:"more,omitempty"`  // how many more of them differ
}

// Rows counts the rows of tables that differ in a part.
type Rows struct {
	Changed int `json:"changed,omitempty"` // rows with the same first cell
	Added   int `json:"added,omitempty"`
	Removed int `json:"removed,omitempty"`
}

// Replacement is a sentence or row that is another now.
type Replacement struct {
	Old string `json:"old,omitempty"` // empty when it is added
	New string `json:"new,omitempty"` // empty when it is removed
}

// PartKind is what a part of a document is.
type PartKind string

const (
	Article    PartKind = "article"    // its heading
	Clause     PartKind = "clause"     // with its heading
	Schedule   PartKind = "schedule"   // with its heading
	Layout     PartKind = "layout"     // what the layout prints itself: title, summary and all that is no other part
	Signatures PartKind = "signatures" // the blocks to sign, and the words before them
	Header     PartKind = "header"     // running headers and footers, and what the files say about themselves
)

const (
	articleAnchor  = "article-"
	scheduleAnchor = "schedule-"
)

// section is one part of one document.
type section struct {
	kind   PartKind
	anchor string
	key    string      // kind and anchor
	head   doc.Heading // where there is one
	blocks []doc.Block // with the heading
	listed bool
}

func newSection(kind PartKind, anchor string) *section {
	return &section{kind: kind, anchor: anchor, key: string(kind) + " " + anchor}
}

// split cuts a document into its parts, in their order. Each block stands in one of
// them; what stands in several places under one name is one part, in the first.
func split(blocks []doc.Block) []*section {
	var all []*section
	layout, signatures := newSection(Layout, ""), newSection(Signatures, "")
	add := func(s *section) *section {
		if !s.listed {
			s.listed = true
			all = append(all, s)
		}
		return s
	}
	anchored := map[string]*section{}
	now, article := add(layout), layout
	for i, b := range blocks {
		switch b := b.(type) {
		case doc.Heading:
			switch {
			case b.Anchor != "":
				s := anchored[b.Anchor]
				if s == nil {
					kind := Clause
					switch {
					case strings.HasPrefix(b.Anchor, articleAnchor):
						kind = Article
					case strings.HasPrefix(b.Anchor, scheduleAnchor):
						kind = Schedule
					}
					s = newSection(kind, b.Anchor)
					s.head = b
					anchored[b.Anchor] = s
				}
				now = add(s)
				if b.Level <= 2 {
					article = now
				}
			case b.Level <= 2:
				now = layout
				if signs(blocks[i+1:]) {
					now = add(signatures)
				}
				article = now
			case b.Level == 3 && now.kind == Clause:
				now = article // a clause that is left out, and keeps its number
			}
			now.blocks = append(now.blocks, b)
		case doc.Signature:
			add(signatures)
			signatures.blocks = append(signatures.blocks, b)
		default:
			now.blocks = append(now.blocks, b)
		}
	}
	return all
}

// signs reports whether somebody signs before the next heading of an article,
// schedule or the like.
func signs(blocks []doc.Block) bool {
	for _, b := range blocks {
		switch b := b.(type) {
		case doc.Heading:
			if b.Level <= 2 {
				return false
			}
		case doc.Signature:
			return true
		}
	}
	return false
}

// difference is what of two documents differs.
type difference struct {
	parts   []Part
	form    bool            // their looks as a whole
	defined map[string]bool // slugs of the terms whose meanings differ
	anchors map[string]bool // of the parts that differ and hold meanings
}

// compare finds the parts that differ.
func compare(old, now *doc.Document) *difference {
	d := &difference{defined: map[string]bool{}, anchors: map[string]bool{}}
	if sameBlocks(old.Blocks, now.Blocks) {
		d.meta(old.Meta, now.Meta)
		return d
	}
	before, after := split(old.Blocks), split(now.Blocks)
	was := make(map[string]*section, len(before))
	for _, s := range before {
		was[s.key] = s
	}
	is := make(map[string]*section, len(after))
	for _, s := range after {
		is[s.key] = s
	}
	moved := movedKeys(before, after, was, is)
	budget := maxTexts
	gone := 0 // of before, how many were passed
	removed := func(until string) {
		for ; gone < len(before) && before[gone].key != until; gone++ {
			if s := before[gone]; is[s.key] == nil {
				d.parts = append(d.parts, whole(s, Removed))
			}
		}
	}
	for _, s := range after {
		o := was[s.key]
		if o == nil {
			d.parts = append(d.parts, whole(s, Added))
			continue
		}
		if !moved[s.key] {
			removed(s.key)
		}
		if p, differs := d.comparePart(o, s, &budget); differs || moved[s.key] {
			if moved[s.key] {
				p.What, p.Words = Moved, true
			}
			d.parts = append(d.parts, p)
		}
	}
	removed("")
	d.meta(old.Meta, now.Meta)
	return d
}

// whole is a part that came or went.
func whole(s *section, what What) Part {
	p := s.named(what)
	p.Words = true
	for _, b := range s.blocks {
		if t, ok := b.(doc.Table); ok && len(t.Rows) > 0 {
			if p.Rows == nil {
				p.Rows = &Rows{}
			}
			if what == Added {
				p.Rows.Added += len(t.Rows)
			} else {
				p.Rows.Removed += len(t.Rows)
			}
		}
	}
	return p
}

func (s *section) named(what What) Part {
	return Part{Kind: s.kind, ID: s.anchor, Number: s.head.Number, Title: doc.Plain(s.head.Text), What: what}
}

// comparePart compares one part of two documents.
func (d *difference) comparePart(old, now *section, budget *int) (p Part, differs bool) {
	if sameBlocks(old.blocks, now.blocks) {
		return now.named(Changed), false
	}
	p = now.named(Changed)
	a, b := units(old.blocks), units(now.blocks)
	keys := slices.EqualFunc(a, b, func(x, y unit) bool { return x.key() == y.key() })
	if keys {
		if p.Words = !slices.EqualFunc(a, b, func(x, y unit) bool { return x.text() == y.text() }); p.Words {
			p.What = Renumbered
		}
		return p, true
	}
	p.Words = true
	p.Rows = compareRows(a, b)
	replaced := replacements(a, b)
	n := min(len(replaced), maxPartTexts, *budget)
	p.Texts, p.More = replaced[:n:n], len(replaced)-n
	*budget -= n
	d.compareMeanings(old, now)
	return p, true
}

// movedKeys are the parts that both documents have, and one has in another order:
// as few as can be.
func movedKeys(before, after []*section, was, is map[string]*section) map[string]bool {
	place := map[string]int{}
	for _, s := range before {
		if is[s.key] != nil {
			place[s.key] = len(place)
		}
	}
	var keys []string
	ordered := true
	last := -1
	for _, s := range after {
		if was[s.key] == nil {
			continue
		}
		keys = append(keys, s.key)
		ordered = ordered && place[s.key] > last
		last = place[s.key]
	}
	if ordered {
		return nil
	}
	// The longest run of parts in the old order stands; the others were moved.
	length, from := make([]int, len(keys)), make([]int, len(keys))
	best := -1
	for i := range keys {
		length[i], from[i] = 1, -1
		for j := range i {
			if place[keys[j]] < place[keys[i]] && length[j]+1 > length[i] {
				length[i], from[i] = length[j]+1, j
			}
		}
		if best < 0 || length[i] > length[best] {
			best = i
		}
	}
	moved := map[string]bool{}
	for _, k := range keys {
		moved[k] = true
	}
	for i := best; i >= 0; i = from[i] {
		delete(moved, keys[i])
	}
	return moved
}

// meta compares what stands in running headers and footers, and the looks of the
// whole document.
func (d *difference) meta(old, now doc.Meta) {
	lines := func(m doc.Meta) []string {
		lines := []string{m.Title, m.Customer, m.Provider, m.ID, "Version " + m.Version, "from " + m.Effective}
		if m.Draft {
			lines = append(lines, "DRAFT")
		}
		return lines
	}
	a, b := lines(old), lines(now)
	d.form = old.Paper != now.Paper || old.Compact != now.Compact || old.Language != now.Language
	if slices.Equal(a, b) {
		return
	}
	p := Part{Kind: Header, What: Changed, Words: true}
	for i := range max(len(a), len(b)) {
		r := Replacement{}
		if i < len(a) {
			r.Old = a[i]
		}
		if i < len(b) {
			r.New = b[i]
		}
		if r.Old != r.New {
			p.Texts = append(p.Texts, r)
		}
	}
	d.parts = append(d.parts, p)
}
