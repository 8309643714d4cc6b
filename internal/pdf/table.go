package pdf

import (
	"cmp"
	"fmt"
	"slices"

	"concordat/internal/doc"
)

// table adds a table: a head on tinted ground, which is repeated on each
// page, and rows between thin rules. A row is divided between pages only if
// it is higher than half a page.
func (l *layouter) table(b doc.Table, c column) {
	for _, row := range b.Rows {
		if len(row.Cells) > len(b.Columns) {
			panic(fmt.Sprintf("pdf: row of %d cells in a table of %d columns", len(row.Cells), len(b.Columns)))
		}
	}
	if len(b.Columns) == 0 {
		return
	}
	heads := make([]text, len(b.Columns))
	for i, col := range b.Columns {
		heads[i] = textOf(Bold, col.Head...)
	}
	rows := make([][]text, len(b.Rows))
	for i, row := range b.Rows {
		rows[i] = make([]text, len(b.Columns))
		for j, cell := range row.Cells {
			rows[i][j] = textOf(cellStyle(row), cell...)
		}
	}
	g := l.grid(b, heads, rows, c)
	l.space(l.manner.tableGap)

	hasHead := false
	for _, t := range heads {
		hasHead = hasHead || !t.empty()
	}
	if hasHead {
		l.tableHead(g, heads)
	}
	for i, row := range b.Rows {
		if row.Total || i == 0 && hasHead {
			l.glue = max(l.glue, 1)
		}
		l.row(g, rows[i], row.Total)
	}
	l.head = nil
	l.space(l.manner.tableGap)
}

// cellStyle is the style of the cells of a row.
func cellStyle(row doc.Row) Style {
	if row.Total {
		return Bold
	}
	return Regular
}

// grid is the geometry of a table: its columns without their padding.
type grid struct {
	outer column
	cols  []column
	align []doc.Align
	look  look
	whole Length // height of a row above which it may be divided
}

func (l *layouter) tableHead(g grid, heads []text) {
	lines := l.rowLines(g, heads)
	p := merged(lines)
	p.boxes = append(p.boxes, Box{X: g.outer.x, Y: 0, Width: g.outer.width, Height: p.height, Color: fill})
	if p.height > g.whole {
		// A head of this height is set once, and divided like a row.
		for _, s := range lines {
			l.push(s)
		}
		return
	}
	p.rules = append(p.rules, Rule{X1: g.outer.x, Y1: p.height, X2: g.outer.x + g.outer.width, Y2: p.height, Thick: Pt, Color: navy})
	l.push(p)
	repeated := head{height: p.height, boxes: p.boxes, rules: p.rules}
	for _, r := range p.runs {
		r.Role = RoleRepeat
		repeated.runs = append(repeated.runs, r)
	}
	l.head = &repeated
}

// row adds a row: as one piece, or as one for each line if it is high.
func (l *layouter) row(g grid, cells []text, total bool) {
	lines := l.rowLines(g, cells)
	height := Length(0)
	for _, s := range lines {
		height += s.height
	}
	below := Rule{X1: g.outer.x, X2: g.outer.x + g.outer.width, Thick: Pt / 2, Color: hairline}
	if total {
		top := below
		top.Thick, top.Color = Pt, navy
		lines[0].rules = append(lines[0].rules, top)
	}
	last := &lines[len(lines)-1]
	below.Y1, below.Y2 = last.height, last.height
	last.rules = append(last.rules, below)
	if height > g.whole {
		for _, s := range lines {
			l.push(s)
		}
		return
	}
	l.push(merged(lines))
}

// rowLines is a row, line by line: piece i holds line i of each cell.
func (l *layouter) rowLines(g grid, cells []text) []piece {
	k := g.look
	pieces := []piece{{height: k.leading + l.manner.cellPadY}}
	for i, t := range cells {
		if t.empty() {
			continue
		}
		flow := l.nextFlow()
		for j, ln := range l.f.lines(t, g.cols[i].units(k.size)) {
			if j == len(pieces) {
				pieces = append(pieces, piece{height: k.leading})
			}
			x := g.cols[i].x
			room := g.cols[i].width - scale(ln.ink, k.size)
			switch g.align[i] {
			case doc.Left:
			case doc.Center:
				x += room / 2
			case doc.Right:
				x += room
			default:
				panic(fmt.Sprintf("pdf: unknown alignment %d", int(g.align[i])))
			}
			y := k.baseline()
			if j == 0 {
				y += l.manner.cellPadY
			}
			l.runs(t, ln, k, x, y, RoleBody, flow, &pieces[j])
		}
	}
	pieces[len(pieces)-1].height += l.manner.cellPadY
	return pieces
}

// merged is the slices of a row as one piece, to be read cell by cell.
func merged(lines []piece) piece {
	var p piece
	for _, s := range lines {
		p.absorb(s, p.height)
		p.height += s.height
	}
	slices.SortStableFunc(p.runs, func(a, b Run) int { return cmp.Compare(a.Flow, b.Flow) })
	return p
}

// grid decides the widths of the columns. A table whose words do not fit is
// set wider, then smaller; if they still do not fit, words are broken.
func (l *layouter) grid(b doc.Table, heads []text, rows [][]text, c column) grid {
	word, whole := l.extents(heads, rows)
	n := len(b.Columns)
	outer, k := c, l.manner.cell
	fits := func() bool {
		sum := Length(0)
		for i := range word {
			sum += scale(word[i], k.size) + 2*l.manner.cellPadX
		}
		return sum <= outer.width
	}
	crowded := func() bool {
		sum := Length(0)
		for i := range whole {
			sum += scale(whole[i], k.size) + 2*l.manner.cellPadX
		}
		return sum > outer.width && n > 4
	}
	if (!fits() || crowded()) && l.frame == nil && c.x > l.full.x {
		outer = l.full
	}
	for _, smaller := range l.manner.smaller {
		if !fits() {
			k = smaller
		}
	}
	least, most := make([]Length, n), make([]Length, n)
	for i := range word {
		// A hair more than needed, for what is lost in rounding.
		least[i] = scale(word[i], k.size) + 2*l.manner.cellPadX + Pt/10
		most[i] = scale(whole[i], k.size) + 2*l.manner.cellPadX + Pt/10
	}
	keepShort(least, most, outer.width)
	weights := make([]int, n)
	for i, col := range b.Columns {
		weights[i] = max(col.Weight, 0)
	}
	widths := columnWidths(outer.width, least, most, weights)
	g := grid{outer: outer, look: k, cols: make([]column, n), align: make([]doc.Align, n), whole: l.bodyHeight / 2}
	x := outer.x
	for i := range widths {
		g.cols[i] = column{x + l.manner.cellPadX, max(widths[i]-2*l.manner.cellPadX, Pt)}
		g.align[i] = b.Columns[i].Align
		x += widths[i]
	}
	return g
}

// keepShort raises the least widths so that short texts, such as dates and
// amounts, are not broken, as long as that leaves a third of the width to others.
func keepShort(least, most []Length, width Length) {
	for _, short := range []Length{120 * Pt, 80 * Pt, 60 * Pt} {
		kept, sum := slices.Clone(least), Length(0)
		for i := range kept {
			if most[i] <= short {
				kept[i] = most[i]
			}
			sum += kept[i]
		}
		if sum <= width*2/3 {
			copy(least, kept)
			return
		}
	}
}

// extents are, for each column, the width of its widest word and of its
// longest text, in thousandths of an em.
func (l *layouter) extents(heads []text, rows [][]text) (word, whole []int) {
	word, whole = make([]int, len(heads)), make([]int, len(heads))
	measure := func(cells []text) {
		for i, t := range cells {
			if t.empty() {
				continue
			}
			a, b := l.f.extent(t)
			word[i], whole[i] = max(word[i], a), max(whole[i], b)
		}
	}
	measure(heads)
	for _, cells := range rows {
		measure(cells)
	}
	return word, whole
}

// columnWidths divides a width among columns: least and most are the widths
// that a column needs for its widest word and for its longest text. Columns
// with a weight share by it; those of weight 0 take what their content asks
// for. No column gets less than its widest word if all can have that. The sum
// of the result is width.
func columnWidths(width Length, least, most []Length, weights []int) []Length {
	n := len(least)
	widths := make([]Length, n)
	least = capSum(least, width)
	want := make([]Length, n)
	auto, weighted, sumWeights := Length(0), Length(0), 0
	for i := range want {
		if weights[i] == 0 {
			// One long text shall not take the room of all others.
			want[i] = max(min(most[i], width*6/10), least[i])
			auto += want[i]
		} else {
			weighted += least[i]
			sumWeights += weights[i]
		}
	}
	if sumWeights > 0 {
		// Columns without weight get what they want, up to half the table.
		rest := max(width-auto, width/2, weighted)
		for i := range want {
			if weights[i] > 0 {
				want[i] = max(rest*Length(weights[i])/Length(sumWeights), least[i])
			}
		}
	}
	sumLeast, sumWant := Length(0), Length(0)
	for i := range want {
		sumLeast += least[i]
		sumWant += want[i]
	}
	used := Length(0)
	for i := range widths {
		switch {
		case sumWant <= width:
			widths[i] = want[i] + (width-sumWant)*want[i]/max(sumWant, 1)
		default:
			widths[i] = least[i] + (width-sumLeast)*(want[i]-least[i])/max(sumWant-sumLeast, 1)
		}
		used += widths[i]
	}
	widths[n-1] += width - used
	return widths
}

// capSum lowers the largest widths to one cap so that all fit into total.
func capSum(widths []Length, total Length) []Length {
	capped := slices.Clone(widths)
	low, high := Length(0), total
	for low < high { // the largest cap whose sum fits
		middle := (low + high + 1) / 2
		sum := Length(0)
		for _, w := range widths {
			sum += min(w, middle)
		}
		if sum <= total {
			low = middle
		} else {
			high = middle - 1
		}
	}
	for i, w := range widths {
		capped[i] = min(w, low)
	}
	return capped
}
