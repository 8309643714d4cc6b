package pdf

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/johnfercher/maroto/v2/pkg/consts/align"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core/entity"
	"github.com/johnfercher/maroto/v2/pkg/props"
)

// TestHundredths holds the rounding of lengths against that of printing.
func TestHundredths(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	check := func(points float64) {
		t.Helper()
		printed, err := strconv.ParseFloat(fmt.Sprintf("%.2f", points), 64)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := int(hundredths(points)), int(math.Round(printed*100)); got != want {
			t.Errorf("%v points are %d hundredths, want %d", points, got, want)
		}
	}
	for l := -10 * Pt; l <= 850*Pt; l++ {
		check(mm(l) * pointsInMM)
		check(float64(l) / 1000)
	}
	for l := range 4000 { // halves, quarters, eighths
		check(float64(l) / 8)
		check(-float64(l) / 8)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 100_000 {
		check(r.Float64() * 1000)
	}
}

// TestStyles takes each style to maroto and back.
func TestStyles(t *testing.T) {
	for s := range Style(styles) {
		if got := styleOf(fontStyle(s)); got != s {
			t.Errorf("style %s comes back as %s", s, got)
		}
	}
}

// TestProviderRefuses asks for what no plan holds.
func TestProviderRefuses(t *testing.T) {
	f := loadFonts(t)
	link := "https://example.com"
	for name, draw := range map[string]func(p *provider){
		"image":  func(p *provider) { p.AddImageFromFile("x.png", &entity.Cell{}, &props.Rect{}) },
		"link":   func(p *provider) { p.AddText("a", &entity.Cell{}, &props.Text{Align: align.Left, Hyperlink: &link}) },
		"centre": func(p *provider) { p.AddText("a", &entity.Cell{}, &props.Text{Align: align.Center}) },
		"style":  func(p *provider) { styleOf(fontstyle.Type("X")) },
		"dashes": func(p *provider) { p.AddLine(&entity.Cell{}, &props.Line{Style: "dashed", SizePercent: 100}) },
	} {
		t.Run(name, func(t *testing.T) {
			p := &provider{file: f.writer.Begin(61200, 79200), height: 100}
			p.file.Page()
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			draw(p)
		})
	}
}
