package pdf

import (
	"fmt"
	"math"

	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/linestyle"
	"github.com/johnfercher/maroto/v2/pkg/consts/orientation"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"

	"concordat/internal/pdffile"
)

// provider draws on the pages of a file what maroto's tree asks for. The tree
// of a plan asks for lines and for texts on one line each; whatever else it
// could ask for panics, since the embedded interface is nil.
type provider struct {
	core.Provider
	file   *pdffile.File
	height float64 // of a page, in millimetres
	info   pdffile.Info
}

func newProvider(f *Fonts, c *entity.Config) *provider {
	return &provider{file: f.writer.Begin(unit(c.Dimensions.Width), unit(c.Dimensions.Height)), height: c.Dimensions.Height}
}

// CreateCol does nothing: a column is not seen.
func (p *provider) CreateCol(float64, float64, *entity.Config, *props.Cell) {}

// CreateRow does nothing: a page is one row.
func (p *provider) CreateRow(float64) {}

// AddText draws a text on one line, beginning at the left of its place in a
// cell, its baseline one font size below the top of that place.
func (p *provider) AddText(text string, cell *entity.Cell, prop *props.Text) {
	if prop.Align != align.Left || prop.Hyperlink != nil {
		panic(fmt.Sprintf("pdf: text %q is not set from the left, or leads somewhere", text))
	}
	x, y := cell.X+prop.Left, cell.Y+prop.Top+prop.Size/pointsInMM
	p.file.Text(unit(x), unit(p.height-y), int(styleOf(prop.Style)), hundredths(prop.Size), fileColor(prop.Color), text)
}

// AddLine draws a line along the upper or left side of a cell.
func (p *provider) AddLine(cell *entity.Cell, prop *props.Line) {
	if prop.Style != linestyle.Solid || prop.SizePercent != 100 || prop.OffsetPercent != 0 {
		panic("pdf: a line is not solid, or not as long as its cell")
	}
	x, y := cell.X, cell.Y
	if prop.Orientation == orientation.Vertical {
		y += cell.Height
	} else {
		x += cell.Width
	}
	p.file.Line(unit(cell.X), unit(p.height-cell.Y), unit(x), unit(p.height-y), unit(prop.Thickness), fileColor(prop.Color))
}

// SetMetadata keeps what the file says about itself.
func (p *provider) SetMetadata(m *entity.Metadata) {
	text := func(t *entity.Utf8Text) string {
		if t == nil {
			return ""
		}
		return t.Text
	}
	p.info = pdffile.Info{
		Title:    text(m.Title),
		Author:   text(m.Author),
		Subject:  text(m.Subject),
		Creator:  text(m.Creator),
		Producer: "Concordat",
		Date:     *m.CreationDate,
	}
}

// GenerateBytes is the file, which takes no further call.
func (p *provider) GenerateBytes() ([]byte, error) { return p.file.Finish(p.info), nil }

// mm is a length in millimetres, the unit of maroto.
func mm(l Length) float64 { return float64(l) * 25.4 / float64(72*Pt) }

// pointsInMM is how many points a millimetre has.
const pointsInMM = 72 / 25.4

// unit is a length in millimetres in the unit of a file.
func unit(mm float64) pdffile.Unit { return hundredths(mm * pointsInMM) }

// hundredths is the nearest number of hundredths of a point, an even one of two
// that are equally near: what the verb %.2f prints. The product is rounded once
// only, by FMA, since many lengths of a plan lie close to the middle.
func hundredths(points float64) pdffile.Unit {
	n := math.Floor(points * 100)
	over := math.FMA(points, 100, -(n + 0.5))
	if over > 0 || over == 0 && math.Mod(n, 2) != 0 {
		n++
	}
	return pdffile.Unit(n)
}

func fileColor(c *props.Color) pdffile.Color {
	return pdffile.Color{R: uint8(c.Red), G: uint8(c.Green), B: uint8(c.Blue)}
}

func propsColor(c Color) props.Color {
	return props.Color{Red: int(c.R), Green: int(c.G), Blue: int(c.B)}
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

func styleOf(s fontstyle.Type) Style {
	switch s {
	case fontstyle.Normal:
		return Regular
	case fontstyle.Bold:
		return Bold
	case fontstyle.Italic:
		return Italic
	case fontstyle.BoldItalic:
		return BoldItalic
	default:
		panic(fmt.Sprintf("pdf: unknown font style %q", s))
	}
}
