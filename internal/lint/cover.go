package lint

import (
	"cmp"
	"math/bits"
	"slices"
)

// pair is one value of each of two axes, the first axis before the second.
type pair struct {
	x, y int
	v, w int8
}

// cover is points such that each possible pair of values of two asked axes is
// in one of them. It is made as AETG does, but without chance: each row begins
// with the first pair that no row has, and takes for one axis after another the
// value that adds most, and of these the one with which most pairs are left. Of
// more than maxPairs pairs some are left to luck.
func (s *space) cover() []point {
	var axes []int
	for x := range s.choices {
		if s.asked[x] {
			axes = append(axes, x)
		}
	}
	left := map[pair]bool{}
	open := make([][]int, len(s.choices)) // pairs left, by axis and value
	for x, c := range s.choices {
		open[x] = make([]int, c.Len())
	}
	drop := func(p pair) {
		if left[p] {
			delete(left, p)
			open[p.x][p.v]--
			open[p.y][p.w]--
		}
	}
	var order []pair
	for i, x := range axes {
		for _, y := range axes[i+1:] {
			if len(order)+s.choices[x].Len()*s.choices[y].Len() > maxPairs {
				continue
			}
			for v := range s.choices[x].Len() {
				for w := range s.choices[y].Len() {
					p := pair{x, y, int8(v), int8(w)}
					left[p] = true
					open[x][v]++
					open[y][w]++
					order = append(order, p)
				}
			}
		}
	}
	var rows []point
	for _, first := range order {
		if !left[first] {
			continue
		}
		p := s.nowhere()
		p[first.x], p[first.y] = first.v, first.w
		d := s.domains(p)
		if !s.narrow(d, s.every()) {
			drop(first)
			continue
		}
		if _, ok := s.search(slices.Clone(d), 0); !ok {
			drop(first)
			continue
		}
		row := s.extend(d, axes, left, open)
		for i, x := range axes {
			for _, y := range axes[i+1:] {
				drop(pair{x, y, row[x], row[y]})
			}
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		if row, ok := s.complete(s.nowhere()); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// extend chooses a value for each axis that d leaves open.
func (s *space) extend(d domains, axes []int, left map[pair]bool, open [][]int) point {
	byOpen := slices.Clone(axes)
	slices.SortStableFunc(byOpen, func(x, y int) int { return slices.Max(open[y]) - slices.Max(open[x]) })
	for _, x := range byOpen {
		if bits.OnesCount64(d[x]) == 1 {
			continue
		}
		type option struct {
			value      int8
			gain, open int
		}
		var options []option
		for v := d[x]; v != 0; v &= v - 1 {
			o := option{value: int8(bits.TrailingZeros64(v))}
			for _, y := range axes {
				if y == x || bits.OnesCount64(d[y]) != 1 {
					continue
				}
				w := int8(bits.TrailingZeros64(d[y]))
				if x < y && left[pair{x, y, o.value, w}] || y < x && left[pair{y, x, w, o.value}] {
					o.gain++
				}
			}
			o.open = open[x][o.value]
			options = append(options, o)
		}
		slices.SortStableFunc(options, func(a, b option) int { return cmp.Or(b.gain-a.gain, b.open-a.open) })
		for _, o := range options {
			try := slices.Clone(d)
			try[x] = 1 << o.value
			if !s.narrow(try, s.byAxis[x]) {
				continue
			}
			if _, ok := s.search(slices.Clone(try), 0); ok {
				d = try
				break
			}
		}
	}
	d, ok := s.search(d, 0)
	if !ok {
		panic("lint: a row that could be completed cannot be")
	}
	row := make(point, len(d))
	for x, left := range d {
		row[x] = int8(bits.TrailingZeros64(left))
	}
	return row
}
