package pdf

import (
	"strconv"
	"strings"

	"concordat/internal/doc"
)

// pager puts pieces on pages.
type pager struct {
	plan    *Plan
	page    *Page
	y       Length // below the last piece
	top     Length
	bottom  Length
	empty   bool   // the page holds nothing yet
	frame   *frame // of the last piece
	frameAt int    // index of its box on the page
}

func (p *Plan) bodyHeight() Length { return p.Height - p.Margin.Top - p.Margin.Bottom }

// paginate divides pieces among pages: pieces that are glued together stay
// together unless they are higher than a page.
func (p *Plan) paginate(pieces []piece) {
	g := &pager{plan: p, top: p.Margin.Top, bottom: p.Height - p.Margin.Bottom}
	g.turn(nil)
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
			g.place(group[j])
		}
	}
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

// turn begins a page, with a table's head if it divides one.
func (g *pager) turn(h *head) {
	g.plan.Pages = append(g.plan.Pages, Page{})
	g.page = &g.plan.Pages[len(g.plan.Pages)-1]
	g.y, g.empty, g.frame = g.top, true, nil
	if h != nil {
		g.draw(h.boxes, h.rules, h.runs)
		g.y += h.height
	}
}

func (g *pager) place(p piece) {
	above := g.y
	if !g.empty {
		g.y += p.before
	}
	if p.frame != nil {
		if p.frame != g.frame {
			above = g.y
			g.frameAt = len(g.page.Boxes)
			g.page.Boxes = append(g.page.Boxes,
				Box{X: p.frame.x, Y: above, Width: p.frame.width, Color: quoteFill},
				Box{X: p.frame.x, Y: above, Width: 3 * Pt, Color: navy})
		}
		for i := range 2 {
			box := &g.page.Boxes[g.frameAt+i]
			box.Height = g.y + p.height - box.Y
		}
	}
	g.frame = p.frame
	g.draw(p.boxes, p.rules, p.runs)
	g.y += p.height
	g.empty = false
}

// draw copies what counts from the top of a piece to the page at y.
func (g *pager) draw(boxes []Box, rules []Rule, runs []Run) {
	for _, b := range boxes {
		b.Y += g.y
		g.page.Boxes = append(g.page.Boxes, b)
	}
	for _, r := range rules {
		r.Y1 += g.y
		r.Y2 += g.y
		g.page.Rules = append(g.page.Rules, r)
	}
	for _, r := range runs {
		r.Y += g.y
		g.page.Runs = append(g.page.Runs, r)
	}
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
	for i := range p.Pages {
		page := &p.Pages[i]
		var header []Run
		room := right - left
		if m.Draft {
			w := scale(f.width(draftLook.style, DraftMark), draftLook.size)
			pad := 5 * Pt
			box := Box{X: right - w - 2*pad, Y: headerBaseline - 11*Pt, Width: w + 2*pad, Height: 16 * Pt, Color: redFill}
			page.Boxes = append(page.Boxes, box)
			page.Rules = append(page.Rules, border(box, draftLook.color)...)
			header = append(header, Run{X: box.X + pad, Y: headerBaseline, Size: draftLook.size, Style: draftLook.style, Color: draftLook.color, Role: RoleHeader, Text: DraftMark + " "})
			room -= box.Width + 16*Pt
		}
		if i > 0 {
			title := f.shorten(joinNonEmpty(" · ", m.Title, m.Customer), room, size)
			if title != "" {
				header = append(header, Run{X: left, Y: headerBaseline, Size: size, Color: grey, Role: RoleHeader, Text: title + " "})
			}
			y := headerBaseline + 9*Pt
			page.Rules = append(page.Rules, Rule{X1: left, Y1: y, X2: right, Y2: y, Thick: Pt / 2, Color: hairline})
		}
		page.Runs = append(header, page.Runs...)

		y := p.Height - footerBaseline
		number := "Page " + strconv.Itoa(i+1) + " of " + strconv.Itoa(len(p.Pages))
		w := scale(f.width(Regular, number), size)
		if id := f.shorten(joinNonEmpty(" · ", m.ID, version(m.Version)), right-left-w-24*Pt, size); id != "" {
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
