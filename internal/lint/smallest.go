package lint

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"concordat/internal/assemble"
	"concordat/internal/diag"
	"concordat/internal/source"
)

func prints(f assemble.Filled) bool {
	return slices.ContainsFunc(f.Calls, func(call assemble.Call) bool { return call.Terms })
}

func key(code string, at source.Span) string {
	name := ""
	if !at.IsZero() {
		name = at.File.Name()
	}
	return fmt.Sprintf("%s %s %d", code, name, at.Start)
}

// found reports a problem, once for each code and place.
func (c *combinations) found(code string, at source.Span, d diag.Diagnostic) {
	if c.reported[key(code, at)] {
		return
	}
	c.reported[key(code, at)] = true
	d.Code, d.Severity, d.Span = code, diag.Error, at
	c.list = append(c.list, d)
}

// reason reports a problem that occurs at those of some points, of axes, that
// can be completed so that bad holds: with the fewest facts that bring it about.
func (c *combinations) reason(code string, at source.Span, axes []int, points []point, bad formula, message, hint string, other ...diag.Note) {
	extra := minus(bad.axes, axes)
	if len(points) == 0 || c.reported[key(code, at)] {
		return
	}
	if size := c.space.size(extra, MaxExact); size*len(points) > MaxExact {
		c.report.Pairwise = append(c.report.Pairwise, strings.TrimSuffix(path.Base(at.File.Name()), ".md"))
		return
	}
	all := union(axes, extra)
	failing := map[string]point{}
	var order []point
	for _, from := range points {
		p := slices.Clone(from)
		c.space.each(extra, p, func() bool {
			c.report.Exact++
			if bad.holds(p) && c.space.possible(p) {
				q := slices.Clone(p)
				failing[pointKey(q)] = q
				order = append(order, q)
			}
			return true
		})
	}
	if len(order) == 0 {
		return
	}
	says := c.smallest(all, order, func(p point) bool { _, fails := failing[pointKey(p)]; return fails })
	c.found(code, at, diag.Diagnostic{Message: says + message, Hint: hint, Notes: other})
}

func pointKey(p point) string {
	b := make([]byte, len(p))
	for i, v := range p {
		b[i] = byte(v)
	}
	return string(b)
}

// smallest is the beginning of a message: the fewest facts with which a problem
// occurs whatever the other facts of axes are.
func (c *combinations) smallest(axes []int, failing []point, fails func(point) bool) string {
	// What does not fail, of what can be.
	var fine []point
	if c.space.size(axes, maxTable+1) <= maxTable {
		p := c.space.nowhere()
		c.space.each(axes, p, func() bool {
			if !fails(p) && c.space.possible(p) {
				fine = append(fine, slices.Clone(p))
			}
			return true
		})
	} else {
		return c.says(axes, failing[0], nil)
	}
	enough := func(p point, kept []int) bool {
		c.effort += len(fine)
		return !slices.ContainsFunc(fine, func(q point) bool {
			return !slices.ContainsFunc(kept, func(x int) bool { return q[x] != p[x] })
		})
	}
	for n := range min(len(axes), maxSubset) + 1 {
		for _, kept := range subsets(axes, n) {
			if c.effort += len(fine) + len(failing); c.effort > maxEffort {
				break
			}
			spoiled := map[int]bool{} // values of these facts with which the problem may be absent
			for _, p := range fine {
				spoiled[c.space.index(kept, p)] = true
			}
			i := slices.IndexFunc(failing, func(p point) bool { return !spoiled[c.space.index(kept, p)] })
			if i >= 0 {
				return c.says(kept, failing[i], func(q point) bool { return enough(q, kept) })
			}
		}
	}
	p, kept := failing[0], slices.Clone(axes)
	for _, x := range axes {
		if less := minus(kept, []int{x}); c.effort <= maxEffort && enough(p, less) {
			kept = less
		}
	}
	return c.says(kept, p, func(q point) bool { return c.effort <= maxEffort && enough(q, kept) })
}

// subsets are all choices of n axes, in order.
func subsets(axes []int, n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var list [][]int
	for i := range axes {
		for _, rest := range subsets(axes[i+1:], n-1) {
			list = append(list, append([]int{axes[i]}, rest...))
		}
	}
	return list
}

// says puts facts into words: "when backups.count is 0 and access.count is
// above 0: ". It tells of as many values of numbers as are enough, too.
func (c *combinations) says(axes []int, p point, enough func(point) bool) string {
	if len(axes) == 0 {
		return "in each document: "
	}
	from, to := slices.Clone(p), slices.Clone(p)
	q := slices.Clone(p)
	var inside func(axes []int) bool
	inside = func(axes []int) bool {
		if len(axes) == 0 {
			return enough(q)
		}
		x := axes[0]
		defer func() { q[x] = p[x] }()
		for q[x] = from[x]; q[x] <= to[x]; q[x]++ {
			if !inside(axes[1:]) {
				return false
			}
		}
		return true
	}
	var list []string
	for _, x := range axes {
		choice := c.space.choices[x]
		for enough != nil && choice.Number() && int(to[x]) < choice.Len()-1 {
			if to[x]++; !inside(axes) {
				to[x]--
				break
			}
		}
		for enough != nil && choice.Number() && from[x] > 0 {
			if from[x]--; !inside(axes) {
				from[x]++
				break
			}
		}
		list = append(list, choice.SaysRange(int(from[x]), int(to[x])))
	}
	last := len(list) - 1
	if last == 0 {
		return "when " + list[0] + ": "
	}
	return "when " + strings.Join(list[:last], ", ") + " and " + list[last] + ": "
}
