package pdf

import (
	"fmt"
	"time"

	"github.com/johnfercher/go-tree/node"
	"github.com/johnfercher/maroto/v2/pkg/components/col"
	"github.com/johnfercher/maroto/v2/pkg/components/page"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/breakline"
	"github.com/johnfercher/maroto/v2/pkg/consts/linestyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/orientation"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"concordat/internal/doc"
)

// family is the name of the fonts in maroto's tree.
const family = "liberationserif"

// undated stands for the date of a document that has none.
var undated = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)

// Write draws a plan. The same plan and meta give the same bytes. A character
// that cannot be drawn is a defect of the caller, who has to ask Check, and
// panics.
func (f *Fonts) Write(p *Plan, meta doc.Meta) ([]byte, error) {
	for i := range p.Pages {
		for j := range p.Pages[i].Runs {
			if text := p.Pages[i].Runs[j].Text; !f.drawable(text) {
				panic(fmt.Sprintf("pdf: %q cannot be drawn; Check was not asked", text))
			}
		}
	}
	// Margins are nought, since a plan has its own.
	c := config.NewBuilder().
		WithDimensions(mm(p.Width), mm(p.Height)).
		WithLeftMargin(0).WithTopMargin(0).WithRightMargin(0).WithBottomMargin(0).
		WithTitle(oneLine(joinNonEmpty(" – ", meta.Title, meta.Customer)), true).
		WithAuthor(oneLine(meta.Provider), true).
		WithSubject(joinNonEmpty(" · ", meta.ID, version(meta.Version)), true).
		WithCreator("Concordat", true).
		WithCreationDate(effective(meta)).
		Build()
	provider := newProvider(f, c)
	provider.SetMetadata(c.Metadata)
	for i := range p.Pages {
		tree := page.New().Add(row.New(mm(p.Height)).Add(col.New().Add(&sheet{page: &p.Pages[i]})))
		tree.SetConfig(c)
		provider.file.Page()
		tree.Render(provider, entity.NewRootCell(c.Dimensions.Width, c.Dimensions.Height, *c.Margins))
	}
	file, err := provider.GenerateBytes()
	if err != nil {
		return nil, fmt.Errorf("draw the document: %w", err)
	}
	return file, nil
}

// effective is the date a file carries as that of its making.
func effective(meta doc.Meta) time.Time {
	date, err := time.Parse(time.DateOnly, meta.Effective)
	if err != nil {
		return undated
	}
	return date
}

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
func (s *sheet) GetHeight(core.Provider, *entity.Cell) float64 { return s.config.Dimensions.Height }

// Render draws boxes, rules and runs at their places on the page, whatever
// cell the grid of maroto gives. A provider keeps nothing of what it is given.
func (s *sheet) Render(provider core.Provider, _ *entity.Cell) {
	for _, b := range s.page.Boxes {
		// A line as thick as the box is high.
		drawRule(provider, Rule{X1: b.X, Y1: b.Y + b.Height/2, X2: b.X + b.Width, Y2: b.Y + b.Height/2, Thick: b.Height, Color: b.Color})
	}
	for _, r := range s.page.Rules {
		drawRule(provider, r)
	}
	var (
		cell  entity.Cell
		color props.Color
		text  = props.Text{Family: family, Align: align.Left, BreakLineStrategy: breakline.EmptySpaceStrategy, Color: &color}
	)
	for i := range s.page.Runs {
		r := &s.page.Runs[i]
		// AddText puts the baseline one font size below the top.
		text.Left, text.Top = mm(r.X), mm(r.Y-r.Size)
		text.Style, text.Size = fontStyle(r.Style), float64(r.Size)/float64(Pt)
		color = propsColor(r.Color)
		provider.AddText(r.Text, &cell, &text)
	}
}

// drawRule draws a line from end to end of a cell that is as long and has no
// width of its own.
func drawRule(provider core.Provider, r Rule) {
	cell := entity.Cell{X: mm(min(r.X1, r.X2)), Y: mm(min(r.Y1, r.Y2)), Width: mm(max(r.X1, r.X2) - min(r.X1, r.X2)), Height: mm(max(r.Y1, r.Y2) - min(r.Y1, r.Y2))}
	along := orientation.Horizontal
	if cell.Height > cell.Width {
		along = orientation.Vertical
	}
	color := propsColor(r.Color)
	provider.AddLine(&cell, &props.Line{
		Color:       &color,
		Style:       linestyle.Solid,
		Thickness:   mm(r.Thick),
		Orientation: along,
		SizePercent: 100,
	})
}
