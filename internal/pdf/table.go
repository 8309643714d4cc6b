package pdf

import (
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
	l.cells = l.cells[:0]
	for _, col := range b.Columns {
		l.cells = append(l.cells, l.texts.of(Bold, col.Head))
	}
	for _, row := range b.Rows {
		style := Regular
		if row.Total {
			style = Bold
		}
		for j := range b.Columns {
			t := text{}
			if j < len(row.Cells) {
				t = l.texts.of(style, row.Cells[j])
			}
			l.cells = append(l.cells, t)
		}
	}
	g := l.grid(b, l.cells, c)
	l.space(l.manner.tableGap)

	heads, cells := l.cells[:len(b.Columns)], l.cells[len(b.Columns):]
	hasHead := slices.ContainsFunc(heads, func(t text) bool { return !t.empty() })
	if hasHead {
		l.tableHead(g, heads)
	}
	for i, row := range b.Rows {
		if row.Total || i == 0 && hasHead {
			l.glue = max(l.glue, 1)
		}
		l.tableRow(g, cells[:len(b.Columns)], row.Total)
		cells = cells[len(b.Columns):]
	}
	l.head = nil
	l.space(l.manner.tableGap)
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
	lines := l.breakRow(g, heads)
	if l.rowHeight(g, 0, lines, lines) > g.whole {
		// A head of this height is set once, and divided like a row.
		for i := range lines {
			l.push(l.piece(l.setRow(g, i, i+1, lines)))
		}
		return
	}
	height := l.setRow(g, 0, lines, lines)
	l.rules = append(l.rules, Rule{X1: g.outer.x, Y1: height, X2: g.outer.x + g.outer.width, Y2: height, Thick: Pt, Color: navy})
	p := l.piece(height)
	p.boxes = []Box{{X: g.outer.x, Y: 0, Width: g.outer.width, Height: height, Color: fill}}
	l.push(p)
	l.head = &p
}

// tableRow adds a row: as one piece, or as one for each line if it is high.
func (l *layouter) tableRow(g grid, cells []text, total bool) {
	lines := l.breakRow(g, cells)
	step := lines
	if l.rowHeight(g, 0, lines, lines) > g.whole {
		step = 1
	}
	for from := 0; from < lines; from += step {
		height := l.setRow(g, from, from+step, lines)
		line := Rule{X1: g.outer.x, X2: g.outer.x + g.outer.width}
		if total && from == 0 {
			line.Thick, line.Color = Pt, navy
			l.rules = append(l.rules, line)
		}
		if from+step == lines {
			line.Y1, line.Y2, line.Thick, line.Color = height, height, Pt/2, hairline
			l.rules = append(l.rules, line)
		}
		l.push(l.piece(height))
	}
}

// cellLines is a cell that is not empty, in lines no wider than its column.
type cellLines struct {
	column int
	t      *text
	flow   int
	lines  []line
}

// breakRow breaks the cells of a row, which setRow will set, and gives the
// number of lines of the highest one: one at least.
func (l *layouter) breakRow(g grid, cells []text) (lines int) {
	l.row, l.lines, lines = l.row[:0], l.lines[:0], 1
	for i := range cells {
		t := &cells[i]
		if t.empty() {
			continue
		}
		from := len(l.lines)
		l.lines = l.f.lines(l.lines, t, g.cols[i].units(g.look.size))
		c := cellLines{i, t, l.nextFlow(), l.lines[from:]}
		l.row = append(l.row, c)
		lines = max(lines, len(c.lines))
	}
	return lines
}

// rowHeight is the height of some lines of a row, with the padding above its
// first and below its last.
func (l *layouter) rowHeight(g grid, from, to, all int) Length {
	height := Length(to-from) * g.look.leading
	if from == 0 {
		height += l.manner.cellPadY
	}
	if to == all {
		height += l.manner.cellPadY
	}
	return height
}

// setRow sets some lines of a row, cell by cell, and gives their height.
func (l *layouter) setRow(g grid, from, to, all int) Length {
	top := g.look.baseline()
	if from == 0 {
		top += l.manner.cellPadY
	}
	for _, c := range l.row {
		for i := from; i < min(to, len(c.lines)); i++ {
			ln := c.lines[i]
			x := g.cols[c.column].x
			room := g.cols[c.column].width - scale(ln.ink, g.look.size)
			switch g.align[c.column] {
			case doc.Left:
			case doc.Center:
				x += room / 2
			case doc.Right:
				x += room
			default:
				panic(fmt.Sprintf("pdf: unknown alignment %d", int(g.align[c.column])))
			}
			l.set(c.t, ln, g.look, x, top+Length(i-from)*g.look.leading, RoleBody, c.flow)
		}
	}
	return l.rowHeight(g, from, to, all)
}

// grid decides the widths of the columns. A table whose words do not fit is
// set wider, then smaller; if they still do not fit, words are broken.
func (l *layouter) grid(b doc.Table, cells []text, c column) grid {
	word, whole := l.extents(cells, len(b.Columns))
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
func (l *layouter) extents(cells []text, columns int) (word, whole []int) {
	word, whole = make([]int, columns), make([]int, columns)
	for i := range cells {
		if cells[i].empty() {
			continue
		}
		a, b := l.f.extent(&cells[i])
		word[i%columns], whole[i%columns] = max(word[i%columns], a), max(whole[i%columns], b)
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
	capped := make([]Length, len(widths))
	for i, w := range widths {
		capped[i] = min(w, low)
	}
	return capped
}
