package yamlsrc

import (
	"slices"
	"strconv"
	"strings"

	"concordat/internal/source"
)

// Positions remembers where each value was written.
//
// A path names a field the way validator's StructNamespace does without its
// first part: Go names of fields joined by points, entries of lists by index
// from 0, such as "Parties.Customer.LegalName" or "Commitments[3].Due". The
// fields of an inline struct are found with its name in the path and without.
type Positions struct {
	root *place
}

// place is where a value and its key are written, and the places inside it.
type place struct {
	key, value source.Span
	structure  *structure // of a mapping
	fields     []*place   // of a mapping, as in its structure; nil for what is not written
	items      []place    // of a list
}

// Value is the span of the value at path: the text of a scalar with its
// quotes; for a mapping or list its key where it has one, else its first
// token. The root's is the empty span at the start of the text. It is false
// when nothing is written there.
func (p *Positions) Value(path string) (source.Span, bool) {
	at, rest := p.walk(path)
	if rest != "" || at.value.IsZero() {
		return source.Span{}, false
	}
	return at.value, true
}

// Key is the span of the key of path in its mapping. It is false when nothing
// is written there, and for entries of lists, which have no key.
func (p *Positions) Key(path string) (source.Span, bool) {
	at, rest := p.walk(path)
	if rest != "" || at.key.IsZero() {
		return source.Span{}, false
	}
	return at.key, true
}

// Nearest is the span of the value at path or, where nothing is written, of
// the nearest mapping or list around it that is.
func (p *Positions) Nearest(path string) source.Span {
	at, _ := p.walk(path)
	return at.value
}

// walk follows path as far as it is written, and gives what remains of it.
// An index that is not written remains with its field.
func (p *Positions) walk(path string) (at *place, rest string) {
	at = p.root
	for path != "" {
		step, rest := cutStep(path)
		next := at.step(step)
		if next == nil {
			return at, path
		}
		at, path = next, rest
	}
	return at, ""
}

// step is the place inside p to which a step leads, or nil.
func (p *place) step(step string) *place {
	if index, isIndex := indexOf(step); isIndex {
		if index < 0 || index >= len(p.items) {
			return nil
		}
		return &p.items[index]
	}
	if p.structure == nil {
		return nil
	}
	if i := slices.Index(p.structure.names, step); i >= 0 {
		return p.fields[i]
	}
	if slices.Contains(p.structure.inlines, step) {
		return p // its fields stand in the same mapping
	}
	return nil
}

// cutStep splits "Commitments[3].Due" into "Commitments" and "[3].Due", and
// that into "[3]" and "Due".
func cutStep(path string) (step, rest string) {
	if strings.HasPrefix(path, "[") {
		if end := strings.IndexByte(path, ']'); end > 0 {
			return path[:end+1], strings.TrimPrefix(path[end+1:], ".")
		}
		return path, ""
	}
	for end := range len(path) { // less work than strings.IndexAny
		if path[end] == '.' || path[end] == '[' {
			return path[:end], strings.TrimPrefix(path[end:], ".")
		}
	}
	return path, ""
}

// indexOf reads "[3]". An index that is no number is -1.
func indexOf(step string) (index int, isIndex bool) {
	if !strings.HasPrefix(step, "[") {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSuffix(step[1:], "]"))
	if err != nil {
		return -1, true
	}
	return n, true
}
