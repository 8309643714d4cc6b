package pdf

import (
	"slices"
	"strconv"
	"strings"

	"concordat/internal/doc"
)

const (
	frameReach = 4 * Pt // beyond the body, where a page divides a frame
	frameBar   = 3 * Pt // width of the bar at its left
	frameBoxes = 2      // background and bar
)

// pager puts pieces on pages.
type pager struct {
	plan    *Plan
	page    *Page  // the one that is being filled
	y       Length // below the last piece
	top     Length
	bottom  Length
	empty   bool   // the page holds nothing yet
	head    *piece // to be drawn at the top with the page's first piece
	frame   *frame // of the last piece
	frameAt int    // index of its boxes on the page of that piece
}

func (p *Plan) bodyHeight() Length { return p.Height - p.Margin.Top - p.Margin.Bottom }

// paginate divides pieces among pages: pieces that are glued together stay
// together unless they are higher than a page. A page is filled in the memory
// of one.
func (p *Plan) paginate(pieces []piece, page *Page) {
	g := &pager{plan: p, page: page, top: p.Margin.Top, bottom: p.Height - p.Margin.Bottom}
	g.begin(nil)
	for i := 0; i < len(pieces); {
		end := i + 1
		for end < len(pieces) && pieces[end].glued && !pieces[end].newPage {
			end++
		}
		group := pieces[i:end]
		i = end
		if group[0].newPage && !g.empty {
			g.turn(nil)
		}
		if !g.fits(group) && !g.empty {
			g.turn(group[0].head)
		}
		for j := range group {
			if !g.fits(group[j:j+1]) && !g.empty {
				g.turn(group[j].head)
			}
			g.place(&group[j])
		}
	}
	g.end()
}

// fits reports whether a group fits on the rest of the page.
func (g *pager) fits(group []piece) bool {
	height := Length(0)
	for i := range group {
		if i > 0 || !g.empty {
			height += group[i].before
		}
		height += group[i].height
	}
	return g.y+height <= g.bottom
}

// begin begins a page, with a table's head if it divides one.
func (g *pager) begin(head *piece) {
	g.page.Boxes, g.page.Rules, g.page.Runs = g.page.Boxes[:0], g.page.Rules[:0], g.page.Runs[:0]
	g.y, g.empty, g.head = g.top, true, head
	if head != nil {
		g.y += head.height
	}
}

// end adds the page to the plan, with room for what runs on each page.
func (g *pager) end() {
	g.plan.Pages = append(g.plan.Pages, Page{
		Boxes: append(make([]Box, 0, len(g.page.Boxes)+1), g.page.Boxes...),
		Rules: append(make([]Rule, 0, len(g.page.Rules)+6), g.page.Rules...),
		Runs:  append(make([]Run, 0, len(g.page.Runs)+4), g.page.Runs...),
	})
}

func (g *pager) turn(head *piece) {
	g.end()
	g.begin(head)
}

// place draws a piece below the last one.
func (g *pager) place(p *piece) {
	if !g.empty {
		g.y += p.before
	}
	if p.frame != nil {
		g.extend(p.frame, p.height)
	}
	if g.head != nil {
		g.draw(g.head, g.top)
		for i := range g.page.Runs { // nothing stands above it
			g.page.Runs[i].Role = RoleRepeat
		}
	}
	g.draw(p, g.y)
	g.y += p.height
	g.empty, g.head, g.frame = false, nil, p.frame
}

// extend makes the background of a frame reach down to the end of its piece
// at y, or begins it there. Where a page divides a frame, both parts reach
// into the margins a little.
func (g *pager) extend(f *frame, height Length) {
	if f != g.frame || g.empty {
		top := g.y
		if f == g.frame {
			top = g.top - frameReach
			before := g.plan.Pages[len(g.plan.Pages)-1]
			for i := range frameBoxes {
				before.Boxes[g.frameAt+i].Height += frameReach
			}
		}
		g.frameAt = len(g.page.Boxes)
		g.page.Boxes = append(g.page.Boxes,
			Box{X: f.x, Y: top, Width: f.width, Color: quoteFill},
			Box{X: f.x, Y: top, Width: frameBar, Color: navy})
	}
	for i := range frameBoxes {
		box := &g.page.Boxes[g.frameAt+i]
		box.Height = g.y + height - box.Y
	}
}

// draw copies what a piece holds to the page, with its top at y.
func (g *pager) draw(p *piece, y Length) {
	for _, b := range p.boxes {
		b.Y += y
		g.page.Boxes = append(g.page.Boxes, b)
	}
	g.page.Rules = appendRules(g.page.Rules, p.rules, y)
	g.page.Runs = appendRuns(g.page.Runs, p.runs, y)
}

// appendRules adds rules that stand lower by y.
func appendRules(to, rules []Rule, y Length) []Rule {
	for _, r := range rules {
		r.Y1 += y
		r.Y2 += y
		to = append(to, r)
	}
	return to
}

// appendRuns adds runs that stand lower by y.
func appendRuns(to, runs []Run, y Length) []Run {
	from := len(to)
	to = append(to, runs...)
	for i := from; i < len(to); i++ {
		to[i].Y += y
	}
	return to
}

const (
	headerBaseline = 44 * Pt // from the top of the paper
	footerBaseline = 44 * Pt // from its bottom
)

// DraftMark is printed on each page of a document that is a draft.
const DraftMark = "DRAFT – NOT FOR SIGNATURE"

// running adds the running headers and footers.
func (f *Fonts) running(p *Plan, m doc.Meta) {
	left, right := p.Margin.Left, p.Width-p.Margin.Right
	size := markLook.size
	room := right - left
	header := make([]Run, 0, 2)
	var box Box
	if m.Draft {
		w := scale(f.width(draftLook.style, DraftMark), draftLook.size)
		pad := 5 * Pt
		box = Box{X: right - w - 2*pad, Y: headerBaseline - 11*Pt, Width: w + 2*pad, Height: 16 * Pt, Color: redFill}
		header = append(header, Run{X: box.X + pad, Y: headerBaseline, Size: draftLook.size, Style: draftLook.style, Color: draftLook.color, Role: RoleHeader, Text: DraftMark + " "})
		room -= box.Width + 16*Pt
	}
	title := f.shorten(joinNonEmpty(" · ", m.Title, m.Customer), room, size)
	id := joinNonEmpty(" · ", m.ID, version(m.Version))
	for i := range p.Pages {
		page := &p.Pages[i]
		if m.Draft {
			page.Boxes = append(page.Boxes, box)
			page.Rules = append(page.Rules, border(box, draftLook.color)...)
		}
		if i == 1 && title != "" {
			header = append(header, Run{X: left, Y: headerBaseline, Size: size, Color: grey, Role: RoleHeader, Text: title + " "})
		}
		if i > 0 {
			y := headerBaseline + 9*Pt
			page.Rules = append(page.Rules, Rule{X1: left, Y1: y, X2: right, Y2: y, Thick: Pt / 2, Color: hairline})
		}
		page.Runs = slices.Insert(page.Runs, 0, header...)

		y := p.Height - footerBaseline
		number := "Page " + strconv.Itoa(i+1) + " of " + strconv.Itoa(len(p.Pages))
		w := scale(f.width(Regular, number), size)
		if id := f.shorten(id, right-left-w-24*Pt, size); id != "" {
			page.Runs = append(page.Runs, Run{X: left, Y: y, Size: size, Color: grey, Role: RoleFooter, Text: id + " "})
		}
		page.Runs = append(page.Runs, Run{X: right - w, Y: y, Size: size, Color: grey, Role: RoleFooter, Text: number + " "})
		page.Rules = append(page.Rules, Rule{X1: left, Y1: y - 14*Pt, X2: right, Y2: y - 14*Pt, Thick: Pt / 2, Color: hairline})
	}
}

func version(v string) string {
	if v == "" {
		return ""
	}
	return "Version " + v
}

// border is the outline of a box.
func border(b Box, c Color) []Rule {
	l, t, r, u := b.X, b.Y, b.X+b.Width, b.Y+b.Height
	w := Pt / 2
	return []Rule{{l, t, r, t, w, c}, {r, t, r, u, w, c}, {r, u, l, u, w, c}, {l, u, l, t, w, c}}
}

// joinNonEmpty joins the parts that are not empty, each on one line.
func joinNonEmpty(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p = strings.TrimSpace(oneLine(p)); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}

// shorten is a text of one line, with an ellipsis for what is wider than room.
func (f *Fonts) shorten(s string, room, size Length) string {
	limit := int(room * 1000 / size)
	if f.width(Regular, s) <= limit {
		return s
	}
	const ellipsis = "…"
	w := f.width(Regular, ellipsis)
	for i, r := range s {
		rw := f.runeWidth(Regular, r)
		if w+rw > limit {
			return strings.TrimRight(s[:i], " ") + ellipsis
		}
		w += rw
	}
	return s
}
