package lint

import (
	"math/bits"
	"slices"

	"concordat/internal/clause"
)

// space is all combinations of the facts that a library asks.
type space struct {
	choices []clause.Choice
	asked   []bool // by the library; others stand only in laws
	laws    []formula
	byAxis  [][]int // laws of each axis
	island  []int   // of each axis: axes of two islands share no law
	known   map[string]bool
}

// point gives facts values: an index into the values of the choice of each
// axis, or free.
type point []int8

const free = int8(-1)

// formula is a condition on some axes.
type formula struct {
	axes  []int
	holds func(point) bool
}

// newSpace is the space of what is asked, and of what the invariants of facts and
// further laws tie to it.
func newSpace(asked []clause.Asked, laws ...clause.Condition) *space {
	invariants := append(clause.Invariants(), laws...)
	laws = nil
	direct := clause.Choices(asked)
	all := direct
	for more := true; more; {
		more = false
		for _, law := range invariants {
			if slices.ContainsFunc(laws, func(c clause.Condition) bool { return c.String() == law.String() }) || !touches(law, all) {
				continue
			}
			laws, more = append(laws, law), true
			// A law adds facts, but no values to tell apart.
			asked = append(asked, clause.Asked{Facts: law.Asked().Facts, Words: law.Asked().Words})
			all = clause.Choices(asked)
		}
	}
	s := &space{choices: all, known: map[string]bool{}}
	for _, c := range all {
		s.asked = append(s.asked, slices.ContainsFunc(direct, func(d clause.Choice) bool { return d.Fact == c.Fact && d.Kind == c.Kind }))
	}
	s.byAxis = make([][]int, len(all))
	s.island = make([]int, len(all))
	for i := range s.island {
		s.island[i] = i
	}
	for i, law := range laws {
		f := s.condition(law)
		s.laws = append(s.laws, f)
		for _, x := range f.axes {
			s.byAxis[x] = append(s.byAxis[x], i)
			from, to := s.island[x], s.island[f.axes[0]]
			for j, at := range s.island {
				if at == from {
					s.island[j] = to
				}
			}
		}
	}
	return s
}

// touches reports whether a law asks one of the choices.
func touches(law clause.Condition, choices []clause.Choice) bool {
	a := law.Asked()
	return slices.ContainsFunc(choices, func(c clause.Choice) bool {
		return slices.Contains(a.Facts, c.Fact) && (c.Kind == "" || slices.Contains(a.Words, c.Kind))
	})
}

// axesOf are the axes of what is asked, in order.
func (s *space) axesOf(asked ...clause.Asked) []int {
	var axes []int
	for i, c := range s.choices {
		if slices.ContainsFunc(asked, func(a clause.Asked) bool {
			return slices.Contains(a.Facts, c.Fact) && (c.Kind == "" || slices.Contains(a.Words, c.Kind))
		}) {
			axes = append(axes, i)
		}
	}
	return axes
}

// facts are the facts at a point; what is free there has its first value.
func (s *space) facts(p point) *clause.Facts {
	f := &clause.Facts{}
	for i, c := range s.choices {
		c.Set(f, int(max(p[i], 0)))
	}
	return f
}

// nowhere is the point at which all is free.
func (s *space) nowhere() point {
	p := make(point, len(s.choices))
	for i := range p {
		p[i] = free
	}
	return p
}

// size is the number of combinations of axes, or limit if there are more.
func (s *space) size(axes []int, limit int) int {
	n := 1
	for _, x := range axes {
		if n *= s.choices[x].Len(); n > limit {
			return limit
		}
	}
	return n
}

// index numbers the combinations of axes.
func (s *space) index(axes []int, p point) int {
	n := 0
	for _, x := range axes {
		n = n*s.choices[x].Len() + int(p[x])
	}
	return n
}

// each calls f with all combinations of axes at p, which it changes and
// restores. It stops when f is false.
func (s *space) each(axes []int, p point, f func() bool) bool {
	if len(axes) == 0 {
		return f()
	}
	x := axes[0]
	before := p[x]
	defer func() { p[x] = before }()
	for v := range s.choices[x].Len() {
		p[x] = int8(v)
		if !s.each(axes[1:], p, f) {
			return false
		}
	}
	return true
}

// condition is a condition as a table of its axes.
func (s *space) condition(c clause.Condition) formula {
	if c.IsZero() {
		return formula{holds: func(point) bool { return true }}
	}
	axes := s.axesOf(c.Asked())
	p := s.nowhere()
	size := s.size(axes, maxTable+1)
	if size > maxTable {
		return formula{axes, func(p point) bool { return c.Holds(s.facts(p)) }}
	}
	table := make([]bool, 0, size)
	s.each(axes, p, func() bool {
		f := &clause.Facts{}
		for _, x := range axes {
			s.choices[x].Set(f, int(p[x]))
		}
		table = append(table, c.Holds(f))
		return true
	})
	return formula{axes, func(p point) bool { return table[s.index(axes, p)] }}
}

// either holds where one of formulas does.
func either(formulas []formula) formula {
	var all formula
	for _, f := range formulas {
		all.axes = union(all.axes, f.axes)
	}
	all.holds = func(p point) bool {
		return slices.ContainsFunc(formulas, func(f formula) bool { return f.holds(p) })
	}
	return all
}

// both holds where two formulas do.
func both(a, b formula) formula {
	return formula{union(a.axes, b.axes), func(p point) bool { return a.holds(p) && b.holds(p) }}
}

// union is the axes of both, in order.
func union(a, b []int) []int {
	all := append(slices.Clone(a), b...)
	slices.Sort(all)
	return slices.Compact(all)
}

// minus is the axes of a that are not in b.
func minus(a, b []int) []int {
	return slices.DeleteFunc(slices.Clone(a), func(x int) bool { return slices.Contains(b, x) })
}

// possible reports whether some agreement may have the facts that p fixes. It
// remembers what it found of each island.
func (s *space) possible(p point) bool {
	islands := map[int][]byte{}
	for x, v := range p {
		if v != free && len(s.byAxis[x]) > 0 {
			islands[s.island[x]] = append(islands[s.island[x]], byte(x), byte(x>>8), byte(v))
		}
	}
	for island, key := range islands {
		answer, ok := s.known[string(key)]
		if !ok {
			part := s.nowhere()
			for x, v := range p {
				if s.island[x] == island {
					part[x] = v
				}
			}
			_, answer = s.complete(part)
			s.known[string(key)] = answer
		}
		if !answer {
			return false
		}
	}
	return true
}

// domains are the values that are left for each axis, as bits.
type domains []uint64

func (s *space) domains(p point) domains {
	d := make(domains, len(s.choices))
	for x, c := range s.choices {
		d[x] = 1<<c.Len() - 1
		if p[x] != free {
			d[x] = 1 << p[x]
		}
	}
	return d
}

// complete is a point without free axes that agrees with p and with all laws,
// the one with the fewest facts of content that a search in order finds.
func (s *space) complete(p point) (point, bool) {
	d := s.domains(p)
	if !s.narrow(d, s.every()) {
		return nil, false
	}
	d, ok := s.search(d, 0)
	if !ok {
		return nil, false
	}
	full := make(point, len(d))
	for x, left := range d {
		full[x] = int8(bits.TrailingZeros64(left))
	}
	return full, true
}

func (s *space) search(d domains, from int) (domains, bool) {
	for from < len(d) && bits.OnesCount64(d[from]) == 1 {
		from++
	}
	if from == len(d) {
		return d, true
	}
	for left := d[from]; left != 0; left &= left - 1 {
		try := slices.Clone(d)
		try[from] = left & -left
		if s.narrow(try, s.byAxis[from]) {
			if full, ok := s.search(try, from+1); ok {
				return full, true
			}
		}
	}
	return nil, false
}

// every is all laws.
func (s *space) every() []int {
	all := make([]int, len(s.laws))
	for i := range all {
		all[i] = i
	}
	return all
}

// narrow takes values out of d that a law forbids, beginning with some laws. It is false when an axis has none left.
func (s *space) narrow(d domains, laws []int) bool {
	queue := slices.Clone(laws)
	p := s.nowhere()
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		law := s.laws[i]
		support := make([]uint64, len(law.axes))
		s.within(law.axes, d, p, func() {
			if law.holds(p) {
				for k, x := range law.axes {
					support[k] |= 1 << p[x]
				}
			}
		})
		for k, x := range law.axes {
			if support[k] == 0 {
				return false
			}
			if support[k] == d[x] {
				continue
			}
			d[x] = support[k]
			for _, other := range s.byAxis[x] {
				if other != i && !slices.Contains(queue, other) {
					queue = append(queue, other)
				}
			}
		}
	}
	return true
}

// within calls f with all combinations of axes that d leaves.
func (s *space) within(axes []int, d domains, p point, f func()) {
	if len(axes) == 0 {
		f()
		return
	}
	x := axes[0]
	for left := d[x]; left != 0; left &= left - 1 {
		p[x] = int8(bits.TrailingZeros64(left))
		s.within(axes[1:], d, p, f)
	}
	p[x] = free
}
