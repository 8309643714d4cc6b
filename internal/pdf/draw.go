package pdf

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/breakline"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/linestyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/orientation"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
	"github.com/phpdave11/gofpdf"

	"concordat/internal/doc"
)

// family is the name under which the faces are embedded. It becomes a PDF name
// as it is, so it holds no space.
const family = "liberationserif"

// gofpdfDefaults sets what gofpdf keeps in variables of its package and copies
// into each document it makes: without them the order of a file's objects is
// that of a Go map, and its date of change the clock. They are set once, to
// constants, before the first document is made; nothing else may set them.
var gofpdfDefaults = sync.OnceFunc(func() {
	gofpdf.SetDefaultCatalogSort(true)
	gofpdf.SetDefaultModificationDate(placeholderDate)
})

// placeholderDate stands in every file that gofpdf makes, until Write puts the
// document's own date there.
var placeholderDate = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)

// Write draws a plan. The same plan and meta give the same bytes. An error is
// one of the drawing library; a character that cannot be drawn is a defect of
// the caller, who has to ask Check, and panics.
func (f *Fonts) Write(p *Plan, meta doc.Meta) ([]byte, error) {
	gofpdfDefaults()
	used := p.styles()
	for i := range p.Pages {
		for _, r := range p.Pages[i].Runs {
			if !f.drawable(r.Text) {
				panic(fmt.Sprintf("pdf: %q cannot be drawn; Check was not asked", r.Text))
			}
		}
	}
	date := effective(meta)
	// Margins are nought, since a plan has its own; a row of nearly a page's
	// height makes maroto begin a page for each.
	b := config.NewBuilder().
		WithDimensions(mm(p.Width), mm(p.Height)).
		WithLeftMargin(0).WithTopMargin(0).WithRightMargin(0).WithBottomMargin(0).
		WithCustomFonts(f.custom(used)).
		WithDefaultFont(&props.Font{Family: family, Style: fontStyle(used[0]), Size: 10}).
		WithCompression(true).
		WithTitle(oneLine(joinNonEmpty(" – ", meta.Title, meta.Customer)), true).
		WithAuthor(oneLine(meta.Provider), true).
		WithSubject(joinNonEmpty(" · ", meta.ID, version(meta.Version)), true).
		WithCreator("Concordat", true).
		WithCreationDate(date)
	m := maroto.New(b.Build())
	for i := range p.Pages {
		m.AddRows(row.New(mm(p.Height) - 1).Add(col.New().Add(&sheet{page: &p.Pages[i]})))
	}
	made, err := m.Generate()
	if err != nil {
		return nil, fmt.Errorf("draw the document: %w", err)
	}
	return setModificationDate(made.GetBytes(), date)
}

// setModificationDate puts a date of the same length in the place of
// placeholderDate. The dictionary it stands in follows all streams.
func setModificationDate(file []byte, date time.Time) ([]byte, error) {
	entry := func(t time.Time) []byte { return []byte("/ModDate (D:" + t.Format("20060102150405") + ")") }
	at := bytes.LastIndex(file, entry(placeholderDate))
	if at < 0 {
		return nil, fmt.Errorf("draw the document: the file has no date of change where one was written")
	}
	copy(file[at:], entry(date))
	return file, nil
}

// effective is the date a file carries as that of its making.
func effective(meta doc.Meta) time.Time {
	date, err := time.Parse(time.DateOnly, meta.Effective)
	if err != nil {
		return placeholderDate
	}
	return date
}

// styles are the styles that a plan uses, in their order; at least one.
func (p *Plan) styles() []Style {
	var seen [styles]bool
	for i := range p.Pages {
		for j := range p.Pages[i].Runs {
			seen[p.Pages[i].Runs[j].Style] = true
		}
	}
	var used []Style
	for s, yes := range seen {
		if yes {
			used = append(used, Style(s))
		}
	}
	if used == nil {
		used = append(used, Regular)
	}
	return used
}

// custom are the faces for one document. gofpdf appends to the bytes it is
// given, so each document has its own.
func (f *Fonts) custom(used []Style) []*entity.CustomFont {
	var fonts []*entity.CustomFont
	for _, s := range used {
		fonts = append(fonts, &entity.CustomFont{Family: family, Style: fontStyle(s), Bytes: slices.Clone(f.faces[s].ttf)})
	}
	return fonts
}

func fontStyle(s Style) fontstyle.Type {
	switch s {
	case Regular:
		return fontstyle.Normal
	case Bold:
		return fontstyle.Bold
	case Italic:
		return fontstyle.Italic
	case BoldItalic:
		return fontstyle.BoldItalic
	default:
		panic(fmt.Sprintf("pdf: unknown style %d", uint8(s)))
	}
}

// mm is a length in millimetres, the unit of maroto.
func mm(l Length) float64 { return float64(l) * 25.4 / float64(72*Pt) }

// sheet is a maroto component that draws one page of a plan.
type sheet struct {
	page   *Page
	config *entity.Config
}

// SetConfig is called by maroto when the sheet is added.
func (s *sheet) SetConfig(config *entity.Config) { s.config = config }

// GetStructure names the sheet in maroto's tree.
func (s *sheet) GetStructure() *node.Node[core.Structure] {
	return node.New(core.Structure{Type: "sheet"})
}

// GetHeight is not asked for, since the row of a sheet has a height.
func (s *sheet) GetHeight(core.Provider, *entity.Cell) float64 { return s.config.Dimensions.Height - 1 }

// endless is wider and higher than any paper: text in a cell of this size is
// never wrapped or moved.
const endless = 10_000

// Render draws boxes, rules and runs at their places on the page, whatever
// cell the grid of maroto gives.
func (s *sheet) Render(provider core.Provider, _ *entity.Cell) {
	for _, b := range s.page.Boxes {
		drawRule(provider, Rule{X1: b.X, Y1: b.Y + b.Height/2, X2: b.X + b.Width, Y2: b.Y + b.Height/2, Thick: b.Height, Color: b.Color})
	}
	for _, r := range s.page.Rules {
		drawRule(provider, r)
	}
	for _, r := range s.page.Runs {
		// AddText puts the baseline one font size below the top.
		provider.AddText(r.Text, &entity.Cell{Width: endless, Height: endless}, &props.Text{
			Left:              mm(r.X),
			Top:               mm(r.Y - r.Size),
			Family:            family,
			Style:             fontStyle(r.Style),
			Size:              float64(r.Size) / float64(Pt),
			Align:             align.Left,
			BreakLineStrategy: breakline.EmptySpaceStrategy,
			Color:             propsColor(r.Color),
		})
	}
}

// drawRule draws a line from end to end of a cell that is as long and has no
// width of its own. A box is a line as thick as it is high.
func drawRule(provider core.Provider, r Rule) {
	cell := &entity.Cell{X: mm(min(r.X1, r.X2)), Y: mm(min(r.Y1, r.Y2)), Width: mm(max(r.X1, r.X2) - min(r.X1, r.X2)), Height: mm(max(r.Y1, r.Y2) - min(r.Y1, r.Y2))}
	along := orientation.Horizontal
	if cell.Height > cell.Width {
		along = orientation.Vertical
	}
	provider.AddLine(cell, &props.Line{
		Color:       propsColor(r.Color),
		Style:       linestyle.Solid,
		Thickness:   mm(r.Thick),
		Orientation: along,
		SizePercent: 100,
	})
}

func propsColor(c Color) *props.Color {
	return &props.Color{Red: int(c.R), Green: int(c.G), Blue: int(c.B)}
}
