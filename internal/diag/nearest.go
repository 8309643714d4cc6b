package diag

import "slices"

// Nearest is the known name that name was most likely meant to be, or empty
// when none is near: at most a third of the longer name's letters (and at
// least one) may be wrong, missing, surplus or swapped with their neighbour.
// Of names equally near it is the first in sorted order.
func Nearest(name string, known []string) string {
	a := []rune(name)
	if len(a) > longestName {
		return ""
	}
	best, bestDistance := "", -1
	for _, candidate := range slices.Sorted(slices.Values(known)) {
		b := []rune(candidate)
		longest := max(len(a), len(b))
		limit := max(longest/3, 1)
		if bestDistance >= 0 {
			limit = min(limit, bestDistance-1)
		}
		// Two names of one letter each share nothing when that letter differs.
		if longest < 2 || max(len(a)-len(b), len(b)-len(a)) > limit {
			continue
		}
		if d := distance(a, b); d <= limit {
			best, bestDistance = candidate, d
		}
	}
	return best
}

// longestName is how many letters a name has at most for which a near one is
// looked for: a name that is longer is no slip of the pen, and comparing such
// names takes the time of their lengths multiplied.
const longestName = 200

// distance is the number of letters to insert, delete, replace or swap with
// their neighbour to get from a to b (optimal string alignment).
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before, last, row = last, row, before
		row[0] = i + 1
		for j, y := range b {
			cost := 1
			if x == y {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x == b[j-1] && a[i-1] == y {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
